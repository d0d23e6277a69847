-- Only a TST talks about a child or a family. The other fora are for what is strategic
-- (samhandlingsplanen: «bør i hovedsak være av strategisk karakter»).
create function sak_bare_tst() returns trigger language plpgsql as $$
begin
    if new.niva = 'individ' and not exists (
        select from forum f where f.region_id = new.region_id and f.id = new.forum_id and f.type like 'tst%') then
        raise exception 'Bare et tverrfaglig samhandlingsteam drøfter et barn eller en familie' using errcode = 'SH022';
    end if;
    return new;
end $$;
create trigger bare_tst before insert or update of niva, forum_id on sak for each row execute function sak_bare_tst();

-- The days are days, said in words by the page.
create or replace function referat_til_meg(dager int) returns json language plpgsql stable
set plan_cache_mode = force_generic_plan as $$
begin
    return (
    select coalesce(json_agg(json_build_object('mote', m.id, 'forum', f.navn, 'motedag', m.dato, 'nr', g.nr,
                                               'frist', (g.tid at time zone 'Europe/Oslo')::date + dager) order by g.tid, m.id), '[]'::json)
      from (select n.id from mote n
             where n.region_id = gjeldende_region() and n.status = 'ferdigstilt'
               and n.ferdigstilt >= (i_dag() - dager)::timestamp at time zone 'Europe/Oslo'
            union
            select v.mote_id from referat_versjon v
             where v.region_id = gjeldende_region() and v.rettet >= (i_dag() - dager)::timestamp at time zone 'Europe/Oslo') nye
      join motedeltaker d on d.region_id = gjeldende_region() and d.mote_id = nye.id and d.person_id = gjeldende_person()
      join mote m on m.region_id = d.region_id and m.id = d.mote_id
      join forum f on f.region_id = m.region_id and f.id = m.forum_id
      cross join lateral (
          select coalesce(max(v.nr), 1) as nr, coalesce(max(v.rettet), m.ferdigstilt) as tid,
                 coalesce((array_agg(v.rettet_av order by v.nr desc))[1], m.ferdigstilt_av) as av
            from referat_versjon v where v.region_id = m.region_id and v.mote_id = m.id) g
     where g.av is distinct from gjeldende_person()
       and not exists (select from referat_lesing l
                        where l.region_id = m.region_id and l.mote_id = m.id and l.nr = g.nr and l.person_id = gjeldende_person()));
end $$;
