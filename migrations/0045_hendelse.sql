-- Hendelseslogg: who did what, when, from where, and how it went. Rows are only added, and each carries the hash of the one before, so
-- that what is changed, removed, put in or moved is found afterwards (`samhandling logg verifiser`), whoever did it.
create table hendelse (
    region_id   uuid        not null default gjeldende_region() references region (id),
    lopenr      bigint      not null,
    tid         timestamptz not null,
    slag        text        not null check (slag in ('endring', 'lest', 'eksport', 'avvist', 'innlogging', 'innlogging_feilet',
                                'utlogging', 'rolle_valgt', 'konto', 'loggpause')),
    bruker_id   uuid,
    person_id   uuid,
    rolle_id    uuid,       -- on whose behalf
    rolle_type  text,
    av          text        not null default current_user,  -- the database's own role: the web, or its owner
    tabell      text,
    rad_id      uuid,
    mote_id     uuid,
    operasjon   text        check (operasjon in ('ny', 'endret', 'slettet')),
    felter      text[],     -- the columns that changed
    verdier     jsonb,      -- {column: [before, after]} where nobody can have written words or names
    innhold     jsonb,      -- the same for what belongs to a møte's content: kept, but for nobody on the web to read
    tegn        jsonb,      -- {column: [before, after]} in characters, for every other column that changed
    utfall      text        not null default 'ok' check (utfall in ('ok', 'ikke_tilgang', 'ikke_funnet', 'feilet')),
    fra         text,       -- the address as the server saw it
    foresporsel text,       -- the request's id in the server's own log
    arsak       text,       -- method and route
    forrige     bytea       not null,
    hash        bytea       not null,
    primary key (region_id, lopenr)
);
create index hendelse_tid on hendelse (region_id, tid);
create index hendelse_person on hendelse (region_id, person_id, lopenr);
create index hendelse_mote on hendelse (region_id, mote_id, lopenr) where mote_id is not null;

-- The head of the chain, sealed now and then with a key that the database does not have: who rewrites the chain cannot seal it again.
create table loggsegl (
    region_id uuid        not null default gjeldende_region() references region (id),
    nr        bigint      not null,
    lopenr    bigint      not null,
    hash      bytea       not null,
    segl      bytea       not null,     -- HMAC-SHA256 over region, nr, lopenr and hash
    tid       timestamptz not null default clock_timestamp(),
    primary key (region_id, nr)
);

do $$
declare t text;
begin
    foreach t in array array['hendelse', 'loggsegl'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force  row level security', t);
        execute format('create policy egen_region on %I using (region_id = (select gjeldende_region()))', t);
        execute format('revoke all on %I from samhandling_web', t);
    end loop;
end $$;
-- Who, when, from where, number and hash are not the caller's to say.
grant insert (slag, tabell, rad_id, mote_id, operasjon, felter, verdier, innhold, tegn, utfall) on hendelse to samhandling_web;
grant select (region_id, lopenr, tid, slag, bruker_id, person_id, rolle_id, rolle_type, av, tabell, rad_id, mote_id, operasjon, felter,
              verdier, tegn, utfall, fra, foresporsel, arsak) on hendelse to samhandling_web;
grant select, insert (nr, lopenr, hash, segl) on loggsegl to samhandling_web;

-- The id of the role somebody acts in; null for the house itself.
create function gjeldende_rolle_id() returns uuid language sql stable
return nullif(current_setting('app.rolle_id', true), '')::uuid;

-- As in 0039, with the id of the role.
create or replace function tre_inn(rolle uuid, i_dag date) returns void language plpgsql as $$
begin
    perform set_config('app.bruker', p.bruker_id::text, true), set_config('app.person', p.id::text, true),
            set_config('app.rolle', r.type, true), set_config('app.rolle_id', r.id::text, true), set_config('app.kommune', coalesce(r.kommune_id::text, ''), true),
            set_config('app.enhet', coalesce(r.enhet_id::text, ''), true), set_config('app.i_dag', tre_inn.i_dag::text, true)
       from rolle r
       join person p on p.region_id = r.region_id and p.id = r.person_id and p.bruker_id is not null
      where r.region_id = gjeldende_region() and r.id = tre_inn.rolle and daterange(r.gyldig_fra, r.gyldig_til, '[]') @> tre_inn.i_dag
        and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> tre_inn.i_dag;
    if not found then
        raise exception 'rollen finnes ikke her, eller er ikke i bruk denne dagen' using errcode = '42501';
    end if;
end $$;

-- Puts a row at the end of its region's chain. It runs as its owner since nobody else may read the whole chain, and no caller may say who
-- they are. The lock lasts until the transaction ends, so triggers write at commit.
create function lenk_hendelse() returns trigger language plpgsql
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    ingen constant uuid := '00000000-0000-0000-0000-000000000000'; -- what the house does of its own is nobody's
    hode record;
begin
    -- Who sent the statement, whoever the functions on its way run as.
    new.av := coalesce(nullif(current_setting('role'), 'none'), session_user);
    -- Changes, reads and sessions are told by their own triggers, and by nobody else; the log is paused by its owner alone.
    if pg_trigger_depth() < 2 and (new.slag in ('eksport', 'avvist', 'innlogging_feilet')
                                   or (new.slag = 'lest' and new.tabell in ('tiltak', 'sak', 'bistandsforesporsel'))
                                   or (new.slag = 'loggpause' and new.av <> 'samhandling_web')) is not true then
        raise exception 'denne hendelsen skrives bare av databasen selv' using errcode = '42501';
    end if;
    new.region_id := gjeldende_region();
    new.bruker_id := nullif(nullif(current_setting('app.bruker', true), '')::uuid, ingen);
    new.person_id := nullif(nullif(current_setting('app.person', true), '')::uuid, ingen);
    if new.person_id is null and new.bruker_id is not null then
        select p.id into new.person_id from person p where p.region_id = new.region_id and p.bruker_id = new.bruker_id;
    end if;
    if new.slag = 'loggpause' then
        new.bruker_id := null; -- whoever operates the database, and none of the region's people
        new.person_id := null;
    end if;
    new.rolle_id := gjeldende_rolle_id();
    if new.rolle_id is not null then
        select r.type into new.rolle_type from rolle r where r.region_id = new.region_id and r.id = new.rolle_id;
    end if;
    new.fra := nullif(current_setting('app.fra', true), '');
    new.foresporsel := nullif(current_setting('app.foresporsel', true), '');
    new.arsak := nullif(current_setting('app.arsak', true), '');
    perform pg_advisory_xact_lock(hashtextextended('hendelse/' || new.region_id, 0));
    select h.lopenr, h.hash into hode from hendelse h where h.region_id = new.region_id order by h.lopenr desc limit 1;
    new.tid := clock_timestamp();
    new.lopenr := coalesce(hode.lopenr, 0) + 1;
    new.forrige := coalesce(hode.hash, sha256(convert_to(new.region_id::text, 'UTF8')));
    new.hash := sha256(new.forrige || convert_to(jsonb_build_array(
        new.region_id, new.lopenr, (extract(epoch from new.tid) * 1000000)::bigint, new.slag, new.bruker_id, new.person_id, new.rolle_id,
        new.rolle_type, new.av, new.tabell, new.rad_id, new.mote_id, new.operasjon, new.felter, new.verdier, new.innhold,
        new.tegn, new.utfall, new.fra, new.foresporsel, new.arsak)::text, 'UTF8'));
    return new;
end $$;
create trigger lenk before insert on hendelse for each row execute function lenk_hendelse();

-- The end of the region's chain, to be sealed.
create function logghode(out lopenr bigint, out hash bytea) language plpgsql stable
security definer set search_path = public, pg_temp as $$
begin
    select h.lopenr, h.hash into logghode.lopenr, logghode.hash from hendelse h
     where h.region_id = gjeldende_region() order by h.lopenr desc limit 1;
end $$;
revoke execute on function logghode() from public;
grant execute on function logghode() to samhandling_web;

-- The columns of a table in which nobody can write words or names: they are logged by value. Of the rest only the length is, since the log
-- can never be sladdet.
create function loggkolonner(tabell regclass) returns text[] language sql stable
return (
    select coalesce(array_agg(a.attname::text order by a.attnum), '{}')
      from pg_attribute a
     where a.attrelid = tabell and a.attnum > 0 and not a.attisdropped and a.attname <> 'region_id'
       and (a.atttypid in ('uuid'::regtype, 'date'::regtype, 'timestamptz'::regtype, 'time'::regtype, 'int2'::regtype, 'int4'::regtype,
                           'int8'::regtype, 'numeric'::regtype, 'bool'::regtype)
            or (a.atttypid in ('text'::regtype, 'text[]'::regtype)
                and exists (select from pg_constraint c
                             where c.conrelid = tabell and c.contype = 'c' and c.conkey = array[a.attnum]
                               and pg_get_constraintdef(c.oid) ~ ('^CHECK \(\(' || a.attname || ' (= ANY \(|<@ )ARRAY\[[^]]*\]\)*( NOT VALID)?$')))));

-- Writes what a transaction did to one row, when it commits; as its owner, since it must find the møte of what its writer may not read.
create function loggfor() returns trigger language plpgsql
security definer set search_path = public, pg_temp set timezone = 'UTC' set plan_cache_mode = force_generic_plan as $$
declare
    foer jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    etter jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    rad jsonb := coalesce(etter, foer);
    apne text[] := tg_argv[0];
    her text := current_setting('app.region', true);
    region text := coalesce(rad ->> 'region_id', rad ->> 'id');
    mote uuid;
    f text[];
    v jsonb;
    t jsonb;
begin
    select array_agg(k.key),
           jsonb_object_agg(k.key, jsonb_build_array(foer -> k.key, etter -> k.key)) filter (where k.key = any (apne)),
           jsonb_object_agg(k.key, jsonb_build_array(coalesce(length(foer ->> k.key), 0), coalesce(length(etter ->> k.key), 0)))
               filter (where k.key <> all (apne))
      into f, v, t
      from jsonb_each(rad) k
     where k.key <> 'region_id' and coalesce(foer ->> k.key, '') <> coalesce(etter ->> k.key, '');
    if f is null then
        return null;
    end if;
    mote := case when tg_table_name = 'mote' then rad ->> 'id'
                 when rad ? 'mote_id' then rad ->> 'mote_id' end;
    if region is distinct from her then
        perform set_config('app.region', region, true);
    end if;
    if mote is null and rad ? 'moteelement_id' then
        select e.mote_id into mote from moteelement e
         where e.region_id = region::uuid and e.id = (rad ->> 'moteelement_id')::uuid;
    elsif mote is null and rad ? 'versjon_id' then
        select r.mote_id into mote from referat_versjon r where r.region_id = region::uuid and r.id = (rad ->> 'versjon_id')::uuid;
    end if;
    insert into hendelse (slag, tabell, rad_id, mote_id, operasjon, felter, verdier, innhold, tegn)
    values ('endring', tg_table_name, (rad ->> nullif(tg_argv[1], ''))::uuid, mote,
            case tg_op when 'INSERT' then 'ny' when 'UPDATE' then 'endret' else 'slettet' end, f,
            case when tg_argv[2] is null then v end, case when tg_argv[2] is not null then v end, t);
    if region is distinct from her then
        perform set_config('app.region', coalesce(her, ''), true);
    end if;
    return null;
end $$;

-- Logs a table from now on. Call it again after adding columns to one. What is about a møte or what came of it is content.
create function loggfor_tabell(tabell regclass) returns void language plpgsql as $$
declare
    nokkel text;
begin
    select a.attname into nokkel
      from pg_index i
      join unnest(i.indkey::int[]) with ordinality k (attnum, nr) on true
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
     where i.indrelid = tabell and i.indisprimary and a.attname <> 'region_id' and a.atttypid = 'uuid'::regtype
     order by a.attname <> 'id', k.nr limit 1;
    if exists (select from pg_trigger g where g.tgrelid = tabell and g.tgname = 'logg') then
        execute format('drop trigger logg on %s', tabell);
    end if;
    execute format('create constraint trigger logg after insert or update or delete on %s deferrable initially deferred
                    for each row execute function loggfor(%L, %L%s)', tabell, loggkolonner(tabell), coalesce(nokkel, ''),
                   case when tabell::text in ('moteelement', 'beslutning', 'medvirkning', 'kompetanseheving', 'referat_versjon',
                        'referat_tekst', 'referat_lesing', 'sladding', 'sak', 'tiltak', 'tiltak_evaluering', 'bistandsforesporsel')
                        then ', ''innhold''' end);
end $$;
revoke execute on function loggfor_tabell(regclass) from public;

-- Not these: the log itself; the key of a form and the draft of an import, whose rows are logged when they become something; tilknytning,
-- which follows person; sessions, below; and the pulse, of which nobody shall know who answered what.
do $$
declare t regclass;
begin
    for t in select c.oid from pg_class c
              where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
                and (c.relname = 'region'
                     or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'region_id' and not a.attisdropped))
                and c.relname not in ('hendelse', 'loggsegl', 'innsending', 'importutkast', 'tilknytning', 'okt', 'pulssvar', 'puls_svart')
    loop
        perform loggfor_tabell(t);
    end loop;
end $$;

-- The regions of an account, seen through its own eyes for a moment.
create function regioner_for(konto uuid) returns uuid[] language plpgsql as $$
declare
    meg text := current_setting('app.bruker', true);
    her text := current_setting('app.region', true);
    alle uuid[];
begin
    perform set_config('app.bruker', konto::text, true), set_config('app.region', '00000000-0000-0000-0000-000000000000', true);
    select array_agg(t.region_id order by t.region_id) into alle from tilknytning t where t.bruker_id = konto;
    perform set_config('app.bruker', coalesce(meg, ''), true), set_config('app.region', coalesce(her, ''), true);
    return coalesce(alle, '{}');
end $$;

-- Writes something about an account in each of these regions. Who does it is the account itself, unless somebody else is named.
create function noter_konto(konto uuid, regioner uuid[], slag text, operasjon text, felter text[], verdier jsonb, utfall text)
returns void language plpgsql as $$
declare
    meg text := current_setting('app.bruker', true);
    her text := current_setting('app.region', true);
    r uuid;
begin
    if coalesce(meg, '') = '' then
        perform set_config('app.bruker', konto::text, true);
    end if;
    foreach r in array regioner loop
        perform set_config('app.region', r::text, true);
        insert into hendelse (slag, tabell, rad_id, operasjon, felter, verdier, utfall)
        values (noter_konto.slag, 'bruker', konto, noter_konto.operasjon, noter_konto.felter, noter_konto.verdier, noter_konto.utfall);
    end loop;
    perform set_config('app.bruker', coalesce(meg, ''), true), set_config('app.region', coalesce(her, ''), true);
end $$;

-- Log-in, log-out and the choice of a role.
create function loggfor_okt() returns trigger language plpgsql as $$
declare
    o okt := case when tg_op = 'DELETE' then old else new end;
begin
    perform noter_konto(o.bruker_id, case when o.region_id is null then regioner_for(o.bruker_id) else array[o.region_id] end,
                        case tg_op when 'INSERT' then 'innlogging' when 'UPDATE' then 'rolle_valgt' else 'utlogging' end,
                        null, null, jsonb_strip_nulls(jsonb_build_object('rolle_id', o.rolle_id)), 'ok');
    return null;
end $$;
create constraint trigger logg_inn_ut after insert or delete on okt deferrable initially deferred
    for each row execute function loggfor_okt();
create constraint trigger logg_valg after update of rolle_id on okt deferrable initially deferred
    for each row when (new.rolle_id is distinct from old.rolle_id) execute function loggfor_okt();

-- What happens to an account, in every region it belongs to.
create function loggfor_bruker() returns trigger language plpgsql as $$
declare
    foer jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    etter jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    rad jsonb := coalesce(etter, foer);
    f text[];
begin
    select array_agg(k.key) into f from jsonb_each(rad) k where coalesce(foer ->> k.key, '') <> coalesce(etter ->> k.key, '');
    if f is not null then
        perform noter_konto((rad ->> 'id')::uuid, regioner_for((rad ->> 'id')::uuid), 'konto',
                            case tg_op when 'INSERT' then 'ny' when 'UPDATE' then 'endret' else 'slettet' end, f,
                            case when 'sperret' = any (f) then jsonb_build_object('sperret', jsonb_build_array(foer -> 'sperret', etter -> 'sperret')) end,
                            'ok');
    end if;
    return null;
end $$;
create constraint trigger logg after insert or update or delete on bruker deferrable initially deferred
    for each row execute function loggfor_bruker();

-- A password or a code that was wrong, or was not heard since there had been too many: for every region the account belongs to. An
-- address that nobody has is nobody's event.
create function noter_feilet_innlogging(epost text, utfall text) returns void language plpgsql as $$
declare
    konto uuid;
begin
    select b.id into konto from bruker b where b.epost = noter_feilet_innlogging.epost;
    if konto is not null then
        perform noter_konto(konto, regioner_for(konto), 'innlogging_feilet', null, null, null, noter_feilet_innlogging.utfall);
    end if;
end $$;

-- Turns the log of rows off and on again, for the owner who fills a whole region at once; that it was off is itself an event.
create function logg_pause(av boolean) returns void language plpgsql as $$
declare t record;
begin
    set constraints all immediate;
    for t in select g.tgrelid::regclass as tabell, g.tgname from pg_trigger g
              where g.tgname in ('logg', 'logg_inn_ut', 'logg_valg', 'logg_konto', 'logg_konto_ny', 'logg_konto_bort') and not g.tgisinternal loop
        execute format('alter table %s %s trigger %I', t.tabell, case when av then 'disable' else 'enable' end, t.tgname);
    end loop;
    set constraints all deferred;
    if not av then
        insert into hendelse (slag) values ('loggpause');
    end if;
end $$;
revoke execute on function logg_pause(boolean) from public;
