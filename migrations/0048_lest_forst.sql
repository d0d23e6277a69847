-- What a møte decided, and what its referat was corrected to, is read only by one who is noted as a reader of it: a page that forgets to
-- tell the log shows nothing. The notes themselves stand in rows that calendars and lists need too, so there the kernel alone tells.
create function har_lest(mote uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from oppslag o
                    where o.region_id = gjeldende_region() and o.person_id = gjeldende_person()
                      and o.time >= date_trunc('hour', now()) - interval '1 hour' and o.mote_id = har_lest.mote);
end $$;
-- And an element, past the policies that ask it.
create function har_lest_under(element uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from moteelement e
                    where e.region_id = gjeldende_region() and e.id = har_lest_under.element and har_lest(e.mote_id));
end $$;
create policy lest_forst on beslutning as restrictive for select to samhandling_web using (har_lest_under(moteelement_id));
create policy lest_forst on referat_tekst as restrictive for select to samhandling_web using (har_lest_under(moteelement_id));

-- Notes that the one who asks reads a row that is no møte, once an hour.
create function noter_lest(tabell text, rad uuid, mote uuid) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
    if not exists (select from hendelse h
                    where h.region_id = gjeldende_region() and h.tid >= date_trunc('hour', now()) and h.slag = 'lest'
                      and h.slag in ('lest', 'eksport', 'avvist', 'innlogging_feilet')
                      and h.person_id = gjeldende_person() and h.rad_id = noter_lest.rad) then
        insert into hendelse (slag, tabell, rad_id, mote_id) values ('lest', noter_lest.tabell, noter_lest.rad, noter_lest.mote);
    end if;
end $$;

-- A tiltak: the møte it came from, where that is open to the reader, and on individnivå the tiltak itself.
create function slipp_inn_tiltak(tiltak uuid) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
    mote uuid;
    individ boolean;
begin
    select t.mote_id, t.niva = 'individ' into mote, individ from tiltak t
     where t.region_id = gjeldende_region() and t.id = slipp_inn_tiltak.tiltak;
    if mote is not null then
        perform slipp_inn(mote);
    end if;
    if individ and exists (select from forhold_til_tiltak(slipp_inn_tiltak.tiltak) f where f.medlem or f.deltaker or f.leder) then
        perform noter_lest('tiltak', slipp_inn_tiltak.tiltak, null);
    end if;
end $$;

-- A sak and a request, to whoever may see them (policy `hvem`); those of the møte they belong to see who did.
create function slipp_inn_sak(sak uuid) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
    perform noter_lest('sak', s.id, s.mote_id) from sak s where s.region_id = gjeldende_region() and s.id = slipp_inn_sak.sak;
end $$;
create function slipp_inn_bistand(bistand uuid) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
    perform noter_lest('bistandsforesporsel', b.id, b.mote_id) from bistandsforesporsel b
      where b.region_id = gjeldende_region() and b.id = slipp_inn_bistand.bistand;
end $$;

-- Notes that a møte leaves the house as a file: by one to whom it is open, and once it is ferdigstilt when only then there is a file.
create function noter_fil(mote uuid, bare_ferdig boolean) returns void language plpgsql as $$
begin
    perform slipp_inn(noter_fil.mote);
    if apner_mote(noter_fil.mote)
       and (not bare_ferdig or exists (select from mote m where m.region_id = gjeldende_region() and m.id = noter_fil.mote
                                           and m.status = 'ferdigstilt')) then
        insert into hendelse (slag, tabell, rad_id, mote_id) values ('eksport', 'mote', noter_fil.mote, noter_fil.mote);
    end if;
end $$;

-- The same for the referater of a team in a period, in one file: each møte is read, and the team's file leaves once.
create function noter_filer(forum uuid, fra date, til date) returns void language plpgsql as $$
declare
    m uuid;
    noen boolean := false;
begin
    for m in select x.id from mote x
              where x.region_id = gjeldende_region() and x.forum_id = noter_filer.forum and x.status = 'ferdigstilt'
                and x.dato between noter_filer.fra and noter_filer.til
              order by x.dato, x.id loop
        if apner_mote(m) then
            perform slipp_inn(m);
            noen := true;
        end if;
    end loop;
    if noen then
        insert into hendelse (slag, tabell, rad_id) values ('eksport', 'forum', noter_filer.forum);
    end if;
end $$;
