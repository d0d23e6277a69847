-- Who sees which rows inside a region: the database decides by person and role, not only by region (ARCHITECTURE.md, «Who sees what»).
--
-- The policies are restrictive: they narrow what `egen_region` lets through. They hold for the web role; the owner, as which the
-- functions below run, is still bound to its region, and each of them names the region too.

-- The role one acts in, and the kommune and enhet it is for. Unset is an error, never «everything».
create function gjeldende_rolle() returns text language sql stable
return current_setting('app.rolle');

create function gjeldende_kommune() returns uuid language sql stable
return nullif(current_setting('app.kommune'), '')::uuid;

create function gjeldende_enhet() returns uuid language sql stable
return nullif(current_setting('app.enhet'), '')::uuid;

-- Steps into a role of the region that is set, until the transaction ends: for whoever looks from `psql` through somebody's eyes (docs/sikkerhet.md).
create function tre_inn(rolle uuid, i_dag date) returns void language plpgsql as $$
begin
    perform set_config('app.bruker', p.bruker_id::text, true), set_config('app.person', p.id::text, true),
            set_config('app.rolle', r.type, true), set_config('app.kommune', coalesce(r.kommune_id::text, ''), true),
            set_config('app.enhet', coalesce(r.enhet_id::text, ''), true), set_config('app.i_dag', tre_inn.i_dag::text, true)
       from rolle r
       join person p on p.region_id = r.region_id and p.id = r.person_id and p.bruker_id is not null
      where r.region_id = gjeldende_region() and r.id = tre_inn.rolle and daterange(r.gyldig_fra, r.gyldig_til, '[]') @> tre_inn.i_dag
        and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> tre_inn.i_dag;
    if not found then
        raise exception 'rollen finnes ikke her, eller er ikke i bruk denne dagen' using errcode = '42501';
    end if;
end $$;

-- What the policies below ask, row by row, are functions in plpgsql: those keep their plans, and need no plan of their own in every statement.

-- The fora I sit in today.
create function mine_fora() returns setof uuid language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return query select fm.forum_id from forum_medlem fm
                  where fm.region_id = gjeldende_region() and fm.person_id = gjeldende_person()
                    and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag();
end $$;

-- Whether I sit in a forum today.
create function sitter_i(forum uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from forum_medlem fm
                    where fm.region_id = gjeldende_region() and fm.forum_id = sitter_i.forum and fm.person_id = gjeldende_person()
                      and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag());
end $$;

-- Whether I lead a forum today, in the role I act in: as teamleder of one enhet, only that enhet's.
create function leder_i(forum uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from forum_medlem fm
                     join forum f on f.region_id = fm.region_id and f.id = fm.forum_id
                    where fm.region_id = gjeldende_region() and fm.forum_id = leder_i.forum and fm.person_id = gjeldende_person() and fm.leder
                      and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag()
                      and (gjeldende_enhet() is null or f.enhet_id = gjeldende_enhet()));
end $$;

-- Whether I was called in to a møte; asked past the policies that ask it.
create function er_innkalt(mote uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from motedeltaker d
                    where d.region_id = gjeldende_region() and d.mote_id = er_innkalt.mote and d.person_id = gjeldende_person());
end $$;

-- Whether I lead the forum of a møte. What was said round a child in a møte that is over (`om_barn`) is not the leader's by office:
-- only those who were in it have it.
create function leder_motet(mote uuid, om_barn boolean) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from mote m
                    where m.region_id = gjeldende_region() and m.id = leder_motet.mote and leder_i(m.forum_id)
                      and (not om_barn or m.status <> 'ferdigstilt'));
end $$;

-- Whether I was called in to a møte of the forum that had a tiltak or a request on its agenda: one from a day on, not called off.
create function er_innkalt_etter(forum uuid, fra timestamptz) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from mote m
                     join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person()
                    where m.region_id = gjeldende_region() and m.forum_id = er_innkalt_etter.forum and m.slutt >= er_innkalt_etter.fra
                      and m.status not in ('avlyst', 'lukket'));
end $$;

-- Whether I was called in to a whole møte, or to one of its elements of this kind.
create function er_innkalt_til(mote uuid, elementtype text) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from motedeltaker d
                    where d.region_id = gjeldende_region() and d.mote_id = er_innkalt_til.mote and d.person_id = gjeldende_person()
                      and (d.moteelement_id is null
                           or exists (select from moteelement e
                                       where e.region_id = d.region_id and e.id = d.moteelement_id and e.type = er_innkalt_til.elementtype)));
end $$;

-- Whether I was called in to a whole møte, or to this element of it.
create function er_innkalt_under(mote uuid, element uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from motedeltaker d
                    where d.region_id = gjeldende_region() and d.mote_id = er_innkalt_under.mote and d.person_id = gjeldende_person()
                      and (d.moteelement_id is null or d.moteelement_id = er_innkalt_under.element));
end $$;

-- Whether a sak that has no møte yet will meet me: it stands on the forum's first open møte that may take it.
create function venter_meg(forum uuid, elementtype text, ikke_for date) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return er_innkalt_til((
        select m.id from mote m
         where m.region_id = gjeldende_region() and m.forum_id = venter_meg.forum and m.status in ('planlagt', 'innkalt', 'pagar')
           and (venter_meg.ikke_for is null or venter_meg.ikke_for <= m.dato)
         order by m.start limit 1), venter_meg.elementtype);
end $$;

-- When and in which forum a møte is, for those who know of it from what came of it.
create function motehode(mote uuid) returns table (forum text, start timestamptz, dato date) language sql stable
security definer set search_path = public, pg_temp
begin atomic
    select f.navn, m.start, m.dato from mote m join forum f on f.region_id = m.region_id and f.id = m.forum_id
     where m.region_id = gjeldende_region() and m.id = motehode.mote;
end;

-- Triggers keep the rules whoever writes, so they look past who sees what.
do $$
declare f regprocedure;
begin
    for f in select p.oid from pg_proc p
              where p.pronamespace = 'public'::regnamespace and p.prorettype = 'trigger'::regtype and not p.prosecdef loop
        execute format('alter function %s security definer set search_path = public, pg_temp', f);
    end loop;
end $$;

-- The frame of a møte: who is called in, who sits in the forum, and the kommune's and region's own who plan.
create policy hvem on mote as restrictive for select to samhandling_web using (
    forum_id in (select mine_fora())
    or (select gjeldende_rolle()) = 'regionkoordinator'
    or ((select gjeldende_rolle()) in ('kommunekoordinator', 'kommunalsjef')
        and exists (select from forum f
                     where f.region_id = mote.region_id and f.id = mote.forum_id and f.kommune_id = (select gjeldende_kommune())))
    or er_innkalt(id));

-- Who is called in, and what they have answered, is for those who are in it and whoever leads it.
create policy hvem on motedeltaker as restrictive for select to samhandling_web using (
    person_id = (select gjeldende_person()) or er_innkalt(mote_id) or leder_motet(mote_id, false));

-- An element with its note: those called in to the møte, or to that element.
create policy hvem on moteelement as restrictive for select to samhandling_web using (
    er_innkalt_under(mote_id, id) or leder_motet(mote_id, type = 'observasjon'));

-- What hangs on an element follows it.
create policy hvem on beslutning as restrictive to samhandling_web using (
    exists (select from moteelement e where e.region_id = beslutning.region_id and e.id = beslutning.moteelement_id));
create policy hvem on kompetanseheving as restrictive to samhandling_web using (
    exists (select from moteelement e where e.region_id = kompetanseheving.region_id and e.id = kompetanseheving.moteelement_id));
create policy hvem on referat_tekst as restrictive to samhandling_web using (
    exists (select from moteelement e where e.region_id = referat_tekst.region_id and e.id = referat_tekst.moteelement_id));

-- What hangs on the whole møte.
create policy hvem on referat_versjon as restrictive to samhandling_web using (er_innkalt(mote_id) or leder_motet(mote_id, false));
create policy hvem on referat_lesing as restrictive to samhandling_web using (er_innkalt(mote_id) or leder_motet(mote_id, false));
create policy hvem on medvirkning as restrictive to samhandling_web using (
    er_innkalt_til(mote_id, 'observasjon') or leder_motet(mote_id, true));

-- A sak: the forum's own, and those in the møte it is or will be treated in. One round a child that has been treated belongs to the møte.
create policy hvem on sak as restrictive to samhandling_web using (
    ((mote_id is null or niva = 'system') and forum_id in (select mine_fora())
     and (select gjeldende_rolle()) not in ('invitert', 'systemadministrator', 'statsforvalter'))
    or (mote_id is null and status in ('foreslatt', 'satt_opp') and venter_meg(forum_id, elementtype, ikke_for))
    or (mote_id is not null and (er_innkalt_til(mote_id, elementtype) or leder_motet(mote_id, niva = 'individ'))));

-- A tiltak: the team that follows it up. One round a child: those in the møte it came from, whoever answers for it, and while it is
-- open those of the møter that have it on their agenda.
create policy hvem on tiltak as restrictive to samhandling_web using (
    (select gjeldende_rolle()) in ('teamleder', 'teammedlem', 'invitert', 'kommunekoordinator', 'regionkoordinator')
    and forum_id in (select mine_fora())
    and (niva = 'system' or ansvarlig_id = (select gjeldende_person()) or er_innkalt_til(mote_id, 'observasjon')
         or leder_motet(mote_id, true) or (status <> 'avsluttet' and er_innkalt_etter(forum_id, opprettet))));
create policy hvem on tiltak_evaluering as restrictive to samhandling_web using (
    exists (select from tiltak t where t.region_id = tiltak_evaluering.region_id and t.id = tiltak_evaluering.tiltak_id));

-- Whether words are asked to be taken out, and who has received them.
create function har_varsel(sladding uuid) returns boolean language sql stable
security definer set search_path = public, pg_temp
begin atomic
    select exists (select from sladding_varsel v
                    where v.region_id = gjeldende_region() and v.sladding_id = har_varsel.sladding and v.person_id = gjeldende_person());
end;
create policy hvem on sladding as restrictive to samhandling_web using (
    er_innkalt(mote_id) or leder_motet(mote_id, false) or har_varsel(id));
create policy hvem on sladding_varsel as restrictive to samhandling_web using (
    person_id = (select gjeldende_person())
    or exists (select from sladding s where s.region_id = sladding_varsel.region_id and s.id = sladding_varsel.sladding_id));

-- A request between teams and tjenester: both ends (0034).
create function var_innkalt_i(person uuid, kommune uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from motedeltaker d
                     join mote m on m.region_id = d.region_id and m.id = d.mote_id and m.dato > i_dag() - 365
                     join forum f on f.region_id = m.region_id and f.id = m.forum_id and f.kommune_id = var_innkalt_i.kommune
                    where d.region_id = gjeldende_region() and d.person_id = var_innkalt_i.person and not d.fast);
end $$;

create or replace function tjenestefolk() returns table (tjeneste_id uuid, kommune_id uuid, person_id uuid) language sql stable
begin atomic
    select tk.tjeneste_id, tk.kommune_id, p.id
      from person p
      join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id and daterange(t.gyldig_fra, t.gyldig_til, '[]') @> i_dag()
      join tjeneste_kommune tk on tk.region_id = t.region_id and tk.tjeneste_id = t.id
                              and daterange(tk.gyldig_fra, tk.gyldig_til, '[]') @> i_dag()
     where p.region_id = gjeldende_region() and p.bruker_id is not null and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
       and exists (select from rolle r
                    where r.region_id = p.region_id and r.person_id = p.id
                      and r.type in ('teamleder', 'teammedlem', 'invitert', 'kommunekoordinator')
                      and daterange(r.gyldig_fra, r.gyldig_til, '[]') @> i_dag())
       and (exists (select from forum_medlem m
                      join forum f on f.region_id = m.region_id and f.id = m.forum_id and f.kommune_id = tk.kommune_id
                                  and daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
                     where m.region_id = p.region_id and m.person_id = p.id
                       and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag())
            or var_innkalt_i(p.id, tk.kommune_id));
end;

-- Whether I work in a tjeneste for the kommune of a forum.
create function svarer_for(tjeneste uuid, forum uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from tjenestefolk() t
                     join forum f on f.region_id = gjeldende_region() and f.id = svarer_for.forum and f.kommune_id = t.kommune_id
                    where t.tjeneste_id = svarer_for.tjeneste and t.person_id = gjeldende_person());
end $$;

create policy hvem on bistandsforesporsel as restrictive to samhandling_web using (
    ((select gjeldende_rolle()) in ('teamleder', 'teammedlem', 'kommunekoordinator')
     and (fra_forum_id in (select mine_fora()) or til_forum_id in (select mine_fora())))
    or ((select gjeldende_rolle()) = 'kommunekoordinator'
        and exists (select from forum f
                     where f.region_id = bistandsforesporsel.region_id and f.id in (fra_forum_id, til_forum_id)
                       and f.kommune_id = (select gjeldende_kommune())))
    or (til_tjeneste_id is not null and (select gjeldende_rolle()) in ('teamleder', 'teammedlem', 'invitert', 'kommunekoordinator')
        and svarer_for(til_tjeneste_id, fra_forum_id)));

-- What nobody else has to do with.
create policy hvem on importutkast as restrictive to samhandling_web using (bruker_id = (select gjeldende_bruker()));

-- Numbers only: of people and seats they see themselves and those they work with. Before a role is chosen there is none, and nothing
-- here may ask who I am; so all that does is asked inside functions.
create function er_kollega(person uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return er_kollega.person = gjeldende_person()
        or exists (select from forum_medlem fm
                    where fm.region_id = gjeldende_region() and fm.person_id = er_kollega.person and fm.forum_id in (select mine_fora()))
        or exists (select from motedeltaker d where d.region_id = gjeldende_region() and d.person_id = er_kollega.person and er_innkalt(d.mote_id));
end $$;
create function er_mitt_forum(forum uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return er_mitt_forum.forum in (select mine_fora()) and gjeldende_region() is not null;
end $$;
create function bare_tall() returns boolean language sql stable
return coalesce(current_setting('app.rolle', true) in ('kommunedirektor', 'statsforvalter', 'politiker'), false);

create policy hvem on forum_medlem as restrictive for select to samhandling_web using (
    not (select bare_tall()) or er_mitt_forum(forum_id));
create policy hvem on person as restrictive for select to samhandling_web using (
    not (select bare_tall()) or er_kollega(id));
create policy hvem on rolle as restrictive for select to samhandling_web using (
    not (select bare_tall()) or er_kollega(person_id));
