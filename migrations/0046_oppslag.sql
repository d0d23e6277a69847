-- Who has opened which møte, by the hour: what is written in a møte may only be read by one who has been noted as a reader of it.
create table oppslag (
    region_id uuid        not null default gjeldende_region() references region (id),
    person_id uuid        not null default gjeldende_person(),
    time      timestamptz not null default date_trunc('hour', now()),
    mote_id   uuid        not null,
    primary key (region_id, person_id, time, mote_id)
);
alter table oppslag enable row level security;
alter table oppslag force  row level security;
create policy egen_region on oppslag using (region_id = (select gjeldende_region()));
revoke all on oppslag from samhandling_web;
grant select, insert (mote_id) on oppslag to samhandling_web;

-- Whether a møte is open to the one who asks, in the role they act in: the row SeMote of the table of rights, with Innkalt; and by broken glass.
create function apner_mote(mote uuid) returns boolean language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (gjeldende_rolle() not in ('systemadministrator', 'statsforvalter')
            and exists (select from forhold_til_mote(mote) f
                         where f.deltaker or (f.leder and (gjeldende_enhet() is null or gjeldende_enhet() = f.enhet_id))))
        or glass_apent(mote);
end $$;

create policy eget_apent on oppslag as restrictive to samhandling_web
    using (person_id = (select gjeldende_person()))
    with check (person_id = (select gjeldende_person()) and apner_mote(mote_id));

-- There is no way to be noted without the log being told.
create function loggfor_oppslag() returns trigger language plpgsql as $$
begin
    insert into hendelse (slag, tabell, rad_id, mote_id) values ('lest', 'mote', new.mote_id, new.mote_id);
    return null;
end $$;
create trigger logg after insert on oppslag for each row execute function loggfor_oppslag();

-- Notes that the one who asks reads a møte, once an hour. One to whom it is not open is not noted, and will be refused.
create function slipp_inn(mote uuid) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
    if not exists (select from oppslag o
                    where o.region_id = gjeldende_region() and o.person_id = gjeldende_person()
                      and o.time = date_trunc('hour', now()) and o.mote_id = mote)
       and apner_mote(mote) then
        insert into oppslag (mote_id) values (mote) on conflict do nothing;
    end if;
end $$;

-- Of the log a person sees what they have done themselves, the systemadministrator all of the region, and those of a møte what is done in it.
create function er_systemadministrator() returns boolean language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from rolle r
                    where r.region_id = gjeldende_region() and r.id = gjeldende_rolle_id() and r.person_id = gjeldende_person()
                      and r.type = 'systemadministrator' and daterange(r.gyldig_fra, r.gyldig_til, '[]') @> i_dag());
end $$;
create policy innsyn on hendelse as restrictive for select to samhandling_web
    using (person_id = (select gjeldende_person()) or (select er_systemadministrator()) or (mote_id is not null and apner_mote(mote_id)));
