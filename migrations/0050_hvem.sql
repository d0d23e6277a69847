-- Who are you: the second step of a log-in, links that work once, and when somebody last showed that it was them.
-- Like accounts and sessions these belong to no region; `auth` alone reads and writes them.

-- When its holder last showed that it was them, after the log-in itself; null until then.
alter table okt add column bekreftet timestamptz;

-- When an administrator took the second step away; told to the account's holder until they set up a new one.
alter table bruker add column totrinn_nullstilt timestamptz;

-- The secret that an account's app makes its codes from, sealed with the program's key.
create table totrinn (
    bruker_id   uuid primary key references bruker (id) on delete cascade,
    hemmelighet bytea not null,
    siste_steg  bigint not null,               -- a code, and any before it, is taken once
    opprettet   timestamptz not null
);

-- What stands in for the app when it is lost: each works once.
create table gjenopprettingskode (
    bruker_id uuid not null references bruker (id) on delete cascade,
    kode_hash bytea not null,
    primary key (bruker_id, kode_hash)
);

-- The password was right; the code has not come yet. It opens nothing.
create table halv_okt (
    token_hash bytea primary key,
    bruker_id  uuid not null references bruker (id) on delete cascade,
    opprettet  timestamptz not null
);
create index halv_okt_bruker on halv_okt (bruker_id);

-- A link to choose a password by, given to one person; the newest of an account alone works, once, for half an hour.
create table engangslenke (
    bruker_id  uuid primary key references bruker (id) on delete cascade,
    token_hash bytea not null,
    opprettet  timestamptz not null
);
create unique index engangslenke_token on engangslenke (token_hash);

-- What the rooms may know of the second step: whether there is one.
create function har_totrinn(konto uuid) returns boolean language sql stable
begin atomic
    select exists (select from totrinn t where t.bruker_id = har_totrinn.konto);
end;
