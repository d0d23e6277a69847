-- Access is gone through twice a year: whoever answers for it confirms it or ends it, and what nobody confirms ends after a warning.

-- When a role or a seat was last confirmed, and when it was said that it would end.
create table tilgangskontroll (
    region_id    uuid not null default gjeldende_region() references region (id),
    id           uuid not null,
    rolle_id     uuid,
    plass_id     uuid,
    bekreftet    date,
    bekreftet_av uuid,
    varslet      date,
    primary key (region_id, id),
    foreign key (region_id, rolle_id) references rolle (region_id, id) on delete cascade,
    foreign key (region_id, plass_id) references forum_medlem (region_id, id) on delete cascade,
    foreign key (region_id, bekreftet_av) references person (region_id, id),
    check (num_nonnulls(rolle_id, plass_id) = 1)
);
create unique index tilgangskontroll_rolle on tilgangskontroll (region_id, rolle_id) where rolle_id is not null;
create unique index tilgangskontroll_plass on tilgangskontroll (region_id, plass_id) where plass_id is not null;

-- On which days the region's access has been looked after: the first who comes on a day sees to it.
create table tilgangsdag (
    region_id uuid not null default gjeldende_region() references region (id),
    dag       date not null,
    primary key (region_id, dag)
);

do $$
declare t text;
begin
    foreach t in array array['tilgangskontroll', 'tilgangsdag'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force  row level security', t);
        execute format('create policy egen_region on %I using (region_id = (select gjeldende_region()))', t);
    end loop;
end $$;
grant select, insert, update on tilgangskontroll to samhandling_web;
grant select, insert on tilgangsdag to samhandling_web;
revoke delete on tilgangskontroll, tilgangsdag from samhandling_web;
revoke update on tilgangsdag from samhandling_web;
select loggfor_tabell('tilgangskontroll');
select loggfor_tabell('tilgangsdag');

-- Every access that is in force today and older than `fersk`, and how it was last gone through. The seat of a leader is `leder`, any other
-- `plass`; a role is its own kind.
create function tilganger(fersk date)
returns table (id uuid, slag text, person_id uuid, forum_id uuid, kommune_id uuid, enhet_id uuid, fra date, bekreftet date, varslet date)
language sql stable
begin atomic
    select m.id, case when m.leder then 'leder' else 'plass' end, m.person_id, f.id, f.kommune_id, f.enhet_id, m.gyldig_fra, k.bekreftet, k.varslet
      from forum_medlem m
      join forum f on f.region_id = m.region_id and f.id = m.forum_id and daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
      left join tilgangskontroll k on k.region_id = m.region_id and k.plass_id = m.id
     where m.person_id is not null and m.gyldig_fra <= fersk and coalesce(m.gyldig_til > i_dag(), true)
    union all
    select r.id, r.type, r.person_id, null, coalesce(r.kommune_id, e.kommune_id), r.enhet_id, r.gyldig_fra, k.bekreftet, k.varslet
      from rolle r
      left join enhet e on e.region_id = r.region_id and e.id = r.enhet_id
      left join tilgangskontroll k on k.region_id = r.region_id and k.rolle_id = r.id
     where r.gyldig_fra <= fersk and coalesce(r.gyldig_til > i_dag(), true);
end;

-- Those that the one who asks answers for, acting in a role of this type for this kommune or enhet. Nobody answers for their own.
-- A forum's leader answers for its seats; the kommune's koordinator for the leaders and the roles of the kommune; the regionkoordinator for
-- leaders of no single kommune and for roles of no place; the systemadministrator for koordinatorer, other systemadministratorer, and what
-- belongs to a kommune without a koordinator.
create function tilganger_jeg_svarer_for(fersk date, rolle text, kommune uuid, enhet uuid)
returns table (id uuid, slag text, person_id uuid, forum_id uuid, kommune_id uuid, enhet_id uuid, fra date, bekreftet date, varslet date)
language sql stable
begin atomic
    select t.id, t.slag, t.person_id, t.forum_id, t.kommune_id, t.enhet_id, t.fra, t.bekreftet, t.varslet
      from tilganger(tilganger_jeg_svarer_for.fersk) t
     where t.slag = 'plass' and t.person_id <> gjeldende_person()
       and t.forum_id in (select fm.forum_id from forum_medlem fm
                           where fm.person_id = gjeldende_person() and fm.leder and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag())
       and (tilganger_jeg_svarer_for.enhet is null or tilganger_jeg_svarer_for.enhet = t.enhet_id)
    union all
    select t.id, t.slag, t.person_id, t.forum_id, t.kommune_id, t.enhet_id, t.fra, t.bekreftet, t.varslet
      from tilganger(tilganger_jeg_svarer_for.fersk) t
     where tilganger_jeg_svarer_for.rolle in ('kommunekoordinator', 'regionkoordinator', 'systemadministrator')
       and t.slag <> 'plass' and t.person_id <> gjeldende_person()
       and case
           when t.slag in ('leder', 'teamleder', 'kommunalsjef', 'kommunedirektor', 'politiker') and t.kommune_id is not null then
                case tilganger_jeg_svarer_for.rolle
                when 'kommunekoordinator' then t.kommune_id = tilganger_jeg_svarer_for.kommune
                when 'systemadministrator' then not exists (
                    select from rolle k
                     where k.type = 'kommunekoordinator' and k.kommune_id = t.kommune_id and k.person_id <> t.person_id
                       and daterange(k.gyldig_fra, k.gyldig_til, '[]') @> i_dag())
                else false end
           when t.slag in ('leder', 'teammedlem', 'invitert') then tilganger_jeg_svarer_for.rolle = 'regionkoordinator'
           else tilganger_jeg_svarer_for.rolle = 'systemadministrator' end;
end;

-- What the first page says of it: how many wait for the one who asks, and which of their own end soon. Confirmed since `apnet` is in order.
create function tilgang_til_meg(apnet date, fersk date, rolle text, kommune uuid, enhet uuid) returns json language sql stable
begin atomic
    select json_build_object(
        'gjort', exists (select from tilgangsdag d where d.dag = i_dag()),
        'venter', (select count(*) from tilganger_jeg_svarer_for(tilgang_til_meg.fersk, tilgang_til_meg.rolle, tilgang_til_meg.kommune, tilgang_til_meg.enhet) t
                    where coalesce(t.bekreftet < tilgang_til_meg.apnet, true)),
        'egne', egne.antall, 'varslet', egne.varslet)
      from (select count(*) as antall, min(t.varslet) as varslet from tilganger(tilgang_til_meg.fersk) t
             where t.person_id = gjeldende_person() and t.varslet >= tilgang_til_meg.apnet
               and coalesce(t.bekreftet < tilgang_til_meg.apnet, true)) egne;
end;
