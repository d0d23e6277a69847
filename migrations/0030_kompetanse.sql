-- What the staff learned under the second element: «Veiledning av ansatte eller kompetanseheving i personalet og temaet»
-- (Strategisk plan, Nord-Østerdal, kap. 6). Numbers of staff and themes, never who.
create table kompetanseheving (
    region_id         uuid not null default gjeldende_region(),
    id                uuid not null,
    mote_id           uuid not null,
    moteelement_id    uuid not null,
    tema              text not null check (tema <> ''),
    veileder_tjeneste text not null check (veileder_tjeneste in ('enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen')),
    veileder          text not null default '',  -- the role or the other service, in words
    antall_ansatte    int  not null check (antall_ansatte between 1 and 999),
    opprettet_av      uuid not null,
    opprettet         timestamptz not null,
    versjon           int  not null default 1,
    primary key (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, moteelement_id) references moteelement (region_id, id) on delete cascade,
    foreign key (region_id, opprettet_av) references person (region_id, id),
    check (veileder_tjeneste <> 'annen' or veileder <> '')
);
create index kompetanseheving_element on kompetanseheving (region_id, moteelement_id);
create index kompetanseheving_mote on kompetanseheving (region_id, mote_id);

alter table kompetanseheving enable row level security;
alter table kompetanseheving force  row level security;
create policy egen_region on kompetanseheving using (region_id = (select gjeldende_region()));
grant select, insert, update, delete on kompetanseheving to samhandling_web;

create trigger las before insert or update or delete on kompetanseheving for each row execute function las_ferdigstilt();
create trigger si_fra after insert or update or delete on kompetanseheving for each row execute function si_fra_om_mote();

-- It is logged while the møte is under way, under an element that is for it.
create function kompetanse_liv() returns trigger language plpgsql as $$
begin
    if not exists (select from moteelement e
                     join mote m on m.region_id = e.region_id and m.id = e.mote_id
                    where e.region_id = new.region_id and e.id = new.moteelement_id and e.mote_id = new.mote_id
                      and e.type = 'veiledning' and m.status = 'pagar') then
        raise exception 'kompetanseheving føres under veiledning, mens møtet er i gang' using errcode = 'SH004';
    end if;
    return new;
end $$;
create trigger liv before insert or update on kompetanseheving for each row execute function kompetanse_liv();

-- A møte where somebody learned something was held.
create function lukkes_tomt() returns trigger language plpgsql as $$
begin
    if exists (select from kompetanseheving k where k.region_id = new.region_id and k.mote_id = new.id) then
        raise exception 'det er ført kompetanseheving i møtet' using errcode = 'SH002';
    end if;
    return new;
end $$;
create trigger lukkes_tomt before update on mote for each row
    when (new.status = 'lukket' and old.status <> 'lukket') execute function lukkes_tomt();

-- What is logged under an element, for the pages that show it.
create function kompetanse_under(e moteelement) returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    if e.type is distinct from 'veiledning' then
        return '[]'::json;
    end if;
    return (
    select coalesce(json_agg(json_build_object('id', k.id, 'tema', k.tema, 'tjeneste', k.veileder_tjeneste, 'veileder', k.veileder,
                                               'antall', k.antall_ansatte) order by k.opprettet, k.id), '[]'::json)
      from kompetanseheving k
     where k.region_id = e.region_id and k.moteelement_id = e.id);
end $$;
