-- In the room: who came late or left early, and a decision that becomes a tiltak is seen by all at once.

-- Null is the ordinary: there from the beginning, and to the end.
alter table motedeltaker
    add column kom  timestamptz,
    add column gikk timestamptz,
    add constraint motedeltaker_kom_for_gikk check (gikk > kom),
    add constraint motedeltaker_tid_er_oppmote
        check ((kom is null and gikk is null) or coalesce(oppmote in ('til_stede', 'vara'), false));

-- The same as src/oppmote/opphold.rs: on the day of the møte, and nobody leaves before it has begun.
create function opphold_liv() returns trigger language plpgsql as $$
declare m mote;
begin
    select * into m from mote where mote.region_id = new.region_id and mote.id = new.mote_id;
    if (new.kom at time zone 'Europe/Oslo')::date <> m.dato or (new.gikk at time zone 'Europe/Oslo')::date <> m.dato then
        raise exception 'klokkeslettet må være på møtedagen' using errcode = 'SH004';
    end if;
    if new.gikk <= least(m.start, m.startet) then
        raise exception 'ingen går før møtet har begynt' using errcode = 'SH004';
    end if;
    return new;
end $$;
create trigger opphold before insert or update on motedeltaker for each row
    when (new.kom is not null or new.gikk is not null) execute function opphold_liv();

create trigger si_fra after insert on tiltak for each row execute function si_fra_om_mote();
