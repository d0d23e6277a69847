-- The pulse after a møte: whether those who were there were met as equals and got advice they can use («Alle deltakere i de tverrfaglige
-- møtene opplever seg som likeverdige parter», Strategisk plan, Nord-Østerdal), and at the semester's end whether they meet often enough.
-- What was answered and who has answered are two tables with nothing in common: an answer knows its forum and semester, not its møte,
-- its person or its time.
create table pulssvar (
    region_id uuid not null default gjeldende_region(),
    id        uuid not null default gen_random_uuid(),
    forum_id  uuid not null,
    semester  date not null,  -- its first day
    likeverd  int  not null check (likeverd between 1 and 5),
    rad       int  not null check (rad between 1 and 5),
    hyppighet text check (hyppighet in ('passe', 'for_ofte', 'for_sjelden')),
    primary key (region_id, id),
    foreign key (region_id, forum_id) references forum (region_id, id)
);
create index pulssvar_forum on pulssvar (region_id, forum_id, semester);

create table puls_svart (
    region_id uuid not null default gjeldende_region(),
    mote_id   uuid not null,
    person_id uuid not null default gjeldende_person(),
    primary key (region_id, mote_id, person_id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, person_id) references person (region_id, id)
);

alter table pulssvar enable row level security;
alter table pulssvar force  row level security;
create policy egen_region on pulssvar using (region_id = (select gjeldende_region()));
-- Whoever answers puts all answers of the semester back in a new order, so that none is the last. Ids and what Postgres itself knows of
-- a row (when, and where on the disk) are not to be read.
revoke all on pulssvar from samhandling_web;
grant select (region_id, forum_id, semester, likeverd, rad, hyppighet), insert, delete on pulssvar to samhandling_web;

alter table puls_svart enable row level security;
alter table puls_svart force  row level security;
create policy egen_region on puls_svart using (region_id = (select gjeldende_region()));
-- That one has answered is nobody else's business.
create policy bare_eget on puls_svart as restrictive using (person_id = (select gjeldende_person()));
revoke all on puls_svart from samhandling_web;
grant select, insert on puls_svart to samhandling_web;

-- Only those who were there are asked, and only after the møte is over.
create function puls_liv() returns trigger language plpgsql as $$
begin
    if not exists (select from mote m
                     join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id
                    where m.region_id = new.region_id and m.id = new.mote_id and m.status = 'ferdigstilt'
                      and d.person_id = new.person_id and d.oppmote = 'til_stede') then
        raise exception 'bare de som var til stede, svarer på pulsen, når møtet er ferdigstilt' using errcode = 'SH004';
    end if;
    return new;
end $$;
create trigger liv before insert on puls_svart for each row execute function puls_liv();

-- The møter of the last days that ask me.
create function puls_til_meg(dager int) returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (
    select coalesce(json_agg(json_build_object('mote', m.id, 'forum', f.navn, 'motedag', m.dato) order by m.ferdigstilt, m.id), '[]'::json)
      from mote m
      join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person() and d.oppmote = 'til_stede'
      join forum f on f.region_id = m.region_id and f.id = m.forum_id
     where m.region_id = gjeldende_region() and m.status = 'ferdigstilt'
       and m.ferdigstilt >= (i_dag() - dager)::timestamp at time zone 'Europe/Oslo'
       and not exists (select from puls_svart s
                        where s.region_id = m.region_id and s.mote_id = m.id and s.person_id = gjeldende_person()));
end $$;

-- Whether a møte asks me.
create function puls_venter(m mote, dager int) returns boolean language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return m.status = 'ferdigstilt' and m.ferdigstilt >= (i_dag() - dager)::timestamp at time zone 'Europe/Oslo'
       and exists (select from motedeltaker d
                    where d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person() and d.oppmote = 'til_stede')
       and not exists (select from puls_svart s
                        where s.region_id = m.region_id and s.mote_id = m.id and s.person_id = gjeldende_person());
end $$;

-- What a forum has answered in a semester, when at least five have. Averages are in halves, shares in tenths and the number in fives: who
-- looks before and after one more answer learns nothing of it.
create function puls_tall(forum uuid, fra date) returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (
    select json_build_object(
               'minst', count(*) / 5 * 5,
               'likeverd', round(avg(s.likeverd) * 2) / 2,
               'rad', round(avg(s.rad) * 2) / 2,
               'hyppighet', case when count(s.hyppighet) >= 5 then json_build_array(
                   round(10.0 * count(*) filter (where s.hyppighet = 'passe') / count(s.hyppighet)) * 10,
                   round(10.0 * count(*) filter (where s.hyppighet = 'for_ofte') / count(s.hyppighet)) * 10,
                   round(10.0 * count(*) filter (where s.hyppighet = 'for_sjelden') / count(s.hyppighet)) * 10) end)
      from pulssvar s
     where s.region_id = gjeldende_region() and s.forum_id = puls_tall.forum and s.semester = puls_tall.fra
    having count(*) >= 5);
end $$;
