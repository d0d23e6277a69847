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

-- As in 0003: and a session ends twelve hours after the log-in, however it is used.
create or replace function ga_inn(token bytea, na timestamptz, i_dag date)
returns table (bruker_id uuid, epost text, ma_bytte_passord boolean, region_id uuid, region text, kontakt text,
               person_id uuid, navn text, rolle_id uuid, type text, visning text, kommune_id uuid, enhet_id uuid, har_flere boolean)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
    o okt;
    b bruker;
begin
    select * into o from okt where okt.token_hash = ga_inn.token and okt.opprettet > na - interval '12 hours';
    if not found then return; end if;
    select * into b from bruker where bruker.id = o.bruker_id and not bruker.sperret;
    if not found then return; end if;
    if o.sist_brukt < na - interval '5 minutes' then
        update okt set sist_brukt = na where okt.token_hash = ga_inn.token;
    end if;
    perform set_config('app.bruker', b.id::text, true),
            set_config('app.region', coalesce(o.region_id, '00000000-0000-0000-0000-000000000000')::text, true);
    return query
        select b.id, b.epost, b.ma_bytte_passord, r.region_id, r.region, r.kontakt, r.person_id, r.navn, r.rolle_id, r.type,
               r.visning, r.kommune_id, r.enhet_id, r.har_flere
          from (values (1)) one
          left join lateral (
              select ro.region_id, re.navn as region, concat_ws(', ', nullif(re.kontakt_navn, ''), nullif(re.kontakt_epost, '')) as kontakt,
                     p.id as person_id, p.navn, ro.id as rolle_id, ro.type, rolle_visning(ro) as visning,
                     ro.kommune_id, ro.enhet_id,
                     (select count(*) > 1 from tilknytning t where t.bruker_id = b.id)
                     or (select count(*) > 1 from rolle andre
                          where andre.region_id = p.region_id and andre.person_id = p.id
                            and daterange(andre.gyldig_fra, andre.gyldig_til, '[]') @> ga_inn.i_dag) as har_flere
                from rolle ro
                join person p on p.region_id = ro.region_id and p.id = ro.person_id and p.bruker_id = b.id
                join region re on re.id = ro.region_id
               where ro.region_id = o.region_id and ro.id = o.rolle_id
                 and daterange(ro.gyldig_fra, ro.gyldig_til, '[]') @> ga_inn.i_dag
                 and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> ga_inn.i_dag) r on true;
end $$;

-- What the rooms may know of the second step: whether there is one.
create function har_totrinn(konto uuid) returns boolean language sql stable
begin atomic
    select exists (select from totrinn t where t.bruker_id = har_totrinn.konto);
end;

-- That an account got or lost a second step, new codes for paper or a link is told in every region it belongs to; never what they are.
create function loggfor_kontodel() returns trigger language plpgsql as $$
declare
    konto uuid := case when tg_op = 'DELETE' then old.bruker_id else new.bruker_id end;
begin
    perform noter_konto(konto, regioner_for(konto), 'konto', case tg_op when 'INSERT' then 'ny' when 'UPDATE' then 'endret' else 'slettet' end,
                        array[tg_table_name::text], null, 'ok');
    return null;
end $$;
-- Not each time a code is used: that is a log-in.
create constraint trigger logg_konto after insert or update of hemmelighet or delete on totrinn deferrable initially deferred
    for each row execute function loggfor_kontodel();
create constraint trigger logg_konto after insert or update or delete on engangslenke deferrable initially deferred
    for each row execute function loggfor_kontodel();

create function loggfor_koder() returns trigger language plpgsql as $$
declare konto uuid;
begin
    for konto in select distinct r.bruker_id from rader r loop
        perform noter_konto(konto, regioner_for(konto), 'konto', case tg_op when 'INSERT' then 'ny' else 'slettet' end, array[tg_table_name::text],
                            null, 'ok');
    end loop;
    return null;
end $$;
create trigger logg_konto_ny after insert on gjenopprettingskode referencing new table as rader for each statement execute function loggfor_koder();
create trigger logg_konto_bort after delete on gjenopprettingskode referencing old table as rader for each statement execute function loggfor_koder();
