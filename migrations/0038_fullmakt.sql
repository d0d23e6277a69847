-- What a seat brings: the authority to decide for its tjeneste («møtedeltakerne har fått delegert nok ansvar til å være
-- beslutningsdyktige»), since when and from whom, and what its person knows well (Strategisk plan, Nord-Østerdal, kap. 6).
alter table forum_medlem
    add column fullmakt     boolean not null default true,
    add column fullmakt_fra date,
    add column fullmakt_av  text not null default '',
    add column kompetanse   text[] not null default '{}',
    add constraint forum_medlem_fullmakt check (fullmakt or (fullmakt_fra is null and fullmakt_av = '')),
    add constraint forum_medlem_kompetanse check (kompetanse <@ array[
        'moteledelse', 'laeringsmiljo', 'sprak', 'psykisk_helse', 'fravaer', 'overgang', 'foreldre', 'flerkulturelt', 'tidlig_innsats']);

-- Whether one who is called in may decide for their tjeneste: by their seat on the day of the møte. A seat that nobody has filled has
-- its tjeneste's own, and so has one who comes instead.
create function har_fullmakt(d motedeltaker) returns boolean language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return coalesce((select bool_or(fm.fullmakt)
                       from mote m
                       join forum_medlem fm on fm.region_id = m.region_id and fm.forum_id = m.forum_id and fm.person_id = d.person_id
                                           and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> m.dato
                      where m.region_id = d.region_id and m.id = d.mote_id), true);
end $$;
