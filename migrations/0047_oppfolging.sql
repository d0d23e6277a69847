-- What an administrator has looked into: a pattern in the log, by one person in one hour, and what they found.
create table oppfolging (
    region_id uuid        not null default gjeldende_region(),
    id        uuid        not null,
    person_id uuid        not null,
    monster   text        not null check (monster in ('avvist', 'lest', 'natt', 'innlogging')),
    time      timestamptz not null,
    kommentar text        not null check (kommentar <> ''),
    sett_av   uuid        not null default gjeldende_person(),
    sett      timestamptz not null,
    primary key (region_id, id),
    foreign key (region_id, person_id) references person (region_id, id),
    foreign key (region_id, sett_av) references person (region_id, id)
);
create unique index oppfolging_en_gang on oppfolging (region_id, person_id, monster, time);
alter table oppfolging enable row level security;
alter table oppfolging force  row level security;
create policy egen_region on oppfolging using (region_id = (select gjeldende_region()));
create policy administrators on oppfolging as restrictive to samhandling_web
    using ((select er_systemadministrator())) with check ((select er_systemadministrator()) and sett_av = (select gjeldende_person()));
revoke all on oppfolging from samhandling_web;
grant select, insert (id, person_id, monster, time, kommentar, sett) on oppfolging to samhandling_web;
select loggfor_tabell('oppfolging');

-- Reads, exports, refusals and failed log-ins are few beside changes, and are counted by the hour.
create index hendelse_bruk on hendelse (region_id, tid) where slag in ('lest', 'eksport', 'avvist', 'innlogging_feilet');

-- What each person has done hour by hour in the last days, where it is much: `minst` is the lowest number that means anything.
create function uvanlig_bruk(dager int, minst int)
returns table (person_id uuid, navn text, timen timestamptz, avvist bigint, lest bigint, feilet bigint) language plpgsql stable
set plan_cache_mode = force_generic_plan as $$
begin
    return query
    select t.person_id, coalesce(p.navn, ''), t.timen, t.avvist, t.lest, t.feilet
      from (select h.person_id, date_trunc('hour', h.tid) as timen,
                   count(*) filter (where h.slag = 'avvist') as avvist,
                   count(distinct h.mote_id) filter (where h.slag in ('lest', 'eksport')) as lest,
                   count(*) filter (where h.slag = 'innlogging_feilet') as feilet
              from hendelse h
             where h.region_id = gjeldende_region() and h.slag in ('lest', 'eksport', 'avvist', 'innlogging_feilet')
               and h.tid > now() - dager * interval '1 day' and h.person_id is not null
             group by 1, 2 having count(*) >= minst) t
      left join person p on p.region_id = gjeldende_region() and p.id = t.person_id;
end $$;
