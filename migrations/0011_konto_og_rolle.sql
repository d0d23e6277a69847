-- Accounts and roles as an administrator meets them.

-- Whether an account works in more than one region; not in which. It looks through the account's own eyes for a moment.
create function i_flere_regioner(konto uuid) returns boolean language plpgsql as $$
declare
    meg text := current_setting('app.bruker');
    svar boolean;
begin
    perform set_config('app.bruker', konto::text, true);
    select count(*) > 1 into svar from tilknytning t where t.bruker_id = konto;
    perform set_config('app.bruker', meg, true);
    return svar;
end $$;

-- What the rooms may know of an account: how it stands, never its password.
create function kontostand(konto uuid)
returns table (epost text, sperret boolean, ma_bytte_passord boolean, i_flere_regioner boolean) language sql stable
begin atomic
    select b.epost, b.sperret, b.ma_bytte_passord, i_flere_regioner(b.id) from bruker b where b.id = kontostand.konto;
end;

-- An account that somebody already has is joined to a person only by its holder, with a code from the person's own
-- region: the region that made the account first must not thereby come into the next.
create table kobling (
    region_id uuid not null default gjeldende_region(),
    person_id uuid not null,
    bruker_id uuid not null references bruker (id),
    kode_hash bytea not null,
    opprettet timestamptz not null,
    primary key (region_id, person_id),
    foreign key (region_id, person_id) references person (region_id, id)
);
create index kobling_bruker on kobling (bruker_id);
alter table kobling enable row level security;
alter table kobling force  row level security;
create policy egen_region on kobling using (region_id = gjeldende_region());
create policy egen_bruker on kobling for select using (bruker_id = gjeldende_bruker());

-- Joins an account to the person its code was made for, and says in which region; null for a wrong or old code.
create function koble(konto uuid, kode bytea, na timestamptz) returns text language plpgsql as $$
declare k kobling;
begin
    perform set_config('app.bruker', konto::text, true),
            set_config('app.region', '00000000-0000-0000-0000-000000000000', true);
    -- A reset of the password waits here, and then sees that the account has got one region more.
    perform from bruker b where b.id = konto for update;
    select * into k from kobling
     where kobling.bruker_id = konto and kobling.kode_hash = kode and kobling.opprettet > na - interval '14 days';
    if not found then return null; end if;
    perform set_config('app.region', k.region_id::text, true);
    update person set bruker_id = konto, versjon = versjon + 1
     where person.region_id = k.region_id and person.id = k.person_id and person.bruker_id is null;
    delete from kobling where kobling.region_id = k.region_id and kobling.person_id = k.person_id;
    return (select r.navn from region r where r.id = k.region_id);
end $$;

-- A role that has been in force is ended, never deleted; one that has not begun may be taken back.
grant delete on rolle to samhandling_web;
create policy bare_ubrukte on rolle as restrictive for delete using (gyldig_fra >= i_dag());
