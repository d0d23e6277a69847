-- The fences, and the few questions asked before a fence is chosen.

do $$
declare t text;
begin
    foreach t in array array['kommune', 'tjeneste', 'tjeneste_kommune', 'enhet', 'person', 'rolle', 'regelsett', 'innsending',
                             'forum', 'forum_medlem', 'motemal', 'motemal_element', 'mote', 'moteelement',
                             'motedeltaker', 'beslutning'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force  row level security', t);
        execute format('create policy egen_region on %I using (region_id = gjeldende_region())', t);
    end loop;
end $$;

alter table region enable row level security;
alter table region force  row level security;
create policy egen_region on region using (id = gjeldende_region());

-- An account may know which regions it belongs to before it has chosen one.
alter table tilknytning enable row level security;
alter table tilknytning force  row level security;
create policy egen_bruker on tilknytning for select using (bruker_id = gjeldende_bruker());
create policy egen_region on tilknytning using (region_id = gjeldende_region());

-- A role in words, as the header shows it: «Rektor, Tynset barneskole».
create function rolle_visning(rolle rolle) returns text language sql stable
begin atomic
    select coalesce(nullif(p.tittel, ''), initcap(rolle.type)) || coalesce(', ' || coalesce(e.navn, k.navn, t.navn), '')
      from person p
      left join enhet e on e.region_id = rolle.region_id and e.id = rolle.enhet_id
      left join kommune k on k.region_id = rolle.region_id and k.id = rolle.kommune_id
      left join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
     where p.region_id = rolle.region_id and p.id = rolle.person_id;
end;

-- The roles an account holds today, region by region: it steps into each of its own regions in turn.
create function mine_roller(bruker uuid, i_dag date)
returns table (region_id uuid, region text, rolle_id uuid, type text, visning text)
language plpgsql as $$
declare r uuid;
begin
    perform set_config('app.bruker', bruker::text, true), set_config('app.region', '00000000-0000-0000-0000-000000000000', true);
    for r in select t.region_id from tilknytning t where t.bruker_id = mine_roller.bruker order by 1 loop
        perform set_config('app.region', r::text, true);
        return query
            select ro.region_id, re.navn, ro.id, ro.type, rolle_visning(ro)
              from rolle ro
              join person p on p.region_id = ro.region_id and p.id = ro.person_id and p.bruker_id = mine_roller.bruker
              join region re on re.id = ro.region_id
             where daterange(ro.gyldig_fra, ro.gyldig_til, '[]') @> mine_roller.i_dag
               and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> mine_roller.i_dag
             order by re.navn, ro.type, 5;
    end loop;
end $$;

-- Who holds this session, and in which role; no row when it has ended. Idle sessions end after 12 hours.
create function ga_inn(token bytea, na timestamptz, i_dag date)
returns table (bruker_id uuid, epost text, ma_bytte_passord boolean, region_id uuid, region text, kontakt text,
               person_id uuid, navn text, rolle_id uuid, type text, visning text, kommune_id uuid, enhet_id uuid, har_flere boolean)
language plpgsql as $$
declare
    o okt;
    b bruker;
begin
    select * into o from okt where okt.token_hash = ga_inn.token and okt.sist_brukt > na - interval '12 hours';
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

-- How the one who asks stands to a forum; no row when the forum does not exist here.
create function forhold_til_forum(forum uuid)
returns table (kommune_id uuid, enhet_id uuid, leder boolean, medlem boolean, deltaker boolean) language sql stable
begin atomic
    select f.kommune_id, f.enhet_id, coalesce(m.leder, false), m.leder is not null, false
      from forum f
      left join lateral (
          select bool_or(fm.leder) as leder from forum_medlem fm
           where fm.region_id = f.region_id and fm.forum_id = f.id and fm.person_id = gjeldende_person()
             and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag()) m on true
     where f.region_id = gjeldende_region() and f.id = forhold_til_forum.forum;
end;

-- How the one who asks stands to a møte.
create function forhold_til_mote(mote uuid)
returns table (kommune_id uuid, enhet_id uuid, leder boolean, medlem boolean, deltaker boolean) language sql stable
begin atomic
    select f.kommune_id, f.enhet_id, f.leder, f.medlem,
           exists (select from motedeltaker d
                    where d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person())
      from mote m, lateral forhold_til_forum(m.forum_id) f
     where m.region_id = gjeldende_region() and m.id = forhold_til_mote.mote;
end;

-- The web role owns nothing: it reads and writes rows, inside its region. It is made outside the migrations.
grant usage on schema public to samhandling_web;
grant select, insert, update, delete on all tables in schema public to samhandling_web;
revoke all on _sqlx_migrations from samhandling_web;
revoke insert, delete on region from samhandling_web;
revoke delete on bruker, kommune, tjeneste, enhet, person, rolle, forum, mote from samhandling_web;
alter default privileges in schema public grant select, insert, update, delete on tables to samhandling_web;
