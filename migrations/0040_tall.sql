-- Numbers for those who may not see the rows they are counted from (ARCHITECTURE.md, «Who sees what»). The views and functions run as
-- the owner and name the region themselves; each says whose numbers it gives.

-- The fora whose numbers I may see: my kommune's, those I sit in, as one of the kommune's own team all of the kommune's, and `regionens`
-- for those who compare kommuner.
create function tallfora(regionens boolean) returns setof uuid language sql stable
security definer set search_path = public, pg_temp
begin atomic
    select f.id from forum f
     where f.region_id = gjeldende_region()
       and ((regionens and gjeldende_rolle() in ('regionkoordinator', 'kommunedirektor', 'statsforvalter'))
            or (gjeldende_rolle() in ('kommunekoordinator', 'kommunalsjef', 'politiker') and f.kommune_id = gjeldende_kommune())
            or f.id in (select mine_fora())
            or f.kommune_id in (select egen.kommune_id from forum egen
                                 where egen.region_id = gjeldende_region() and egen.type = 'tst_kommune' and egen.id in (select mine_fora())));
end;

-- A møte in numbers.
create view mote_tall with (security_barrier) as
    select m.region_id, m.id, m.forum_id, f.type as forum_type, f.enhet_id, f.kommune_id, m.start, m.dato, m.minutter, m.status,
           coalesce(m.kort_begrunnelse, '') <> '' as begrunnet,
           m.status = 'ferdigstilt' and exists (
               select from motedeltaker d
                where d.region_id = m.region_id and d.mote_id = m.id and d.moteplikt
                  and d.oppmote is distinct from 'til_stede' and d.oppmote is distinct from 'vara') as brudd
      from mote m
      join forum f on f.region_id = m.region_id and f.id = m.forum_id
     where m.region_id = gjeldende_region() and m.forum_id in (select tallfora(true));

create function er_holdt(mote mote_tall, min_varighet int) returns boolean language sql immutable
return mote.status = 'ferdigstilt' and (mote.minutter >= min_varighet or mote.begrunnet);

create function er_planlagt(mote mote_tall) returns boolean language sql immutable
return mote.status in ('planlagt', 'innkalt', 'pagar');

-- Who came to a møte, service by service.
create view oppmote_tall with (security_barrier) as
    select m.region_id, m.id as mote_id, m.forum_id, f.type as forum_type, f.kommune_id, m.dato, m.status, d.tjenestetype,
           count(*) as innkalt, count(*) filter (where d.svar <> 'ubesvart') as svart,
           count(*) filter (where d.oppmote in ('til_stede', 'vara')) as mott,
           count(*) filter (where d.moteplikt and d.oppmote is distinct from 'til_stede' and d.oppmote is distinct from 'vara') as brudd
      from mote m
      join forum f on f.region_id = m.region_id and f.id = m.forum_id
      join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id
     where m.region_id = gjeldende_region() and m.forum_id in (select tallfora(true))
     group by m.region_id, m.id, m.forum_id, f.type, f.kommune_id, m.dato, m.status, d.tjenestetype;

-- Tiltak and saker by where they were solved, and when. What is round single children is not for those who see numbers only: few would be
-- one.
create view tiltak_tall with (security_barrier) as
    select t.region_id, t.forum_id, f.type as forum_type, f.kommune_id, m.dato, t.niva, t.tiltaksniva, t.tjenestetype,
           case when t.status = 'avsluttet' and not exists (
                         select from tiltak_evaluering l where l.region_id = t.region_id and l.tiltak_id = t.id and l.videre = 'loftet')
                then (select max(e.tid) from tiltak_evaluering e
                       where e.region_id = t.region_id and e.tiltak_id = t.id and e.videre = 'avsluttet' and e.virker <> 'virker_ikke')
                end as lost
      from tiltak t
      join mote m on m.region_id = t.region_id and m.id = t.mote_id
      join forum f on f.region_id = t.region_id and f.id = t.forum_id
     where t.region_id = gjeldende_region() and t.forum_id in (select tallfora(false)) and (t.niva = 'system' or not bare_tall());

create view sak_tall with (security_barrier) as
    select s.region_id, s.forum_id, f.type as forum_type, f.kommune_id, m.start, s.niva, s.status, s.utfall, s.fast
      from sak s
      join mote m on m.region_id = s.region_id and m.id = s.mote_id
      join forum f on f.region_id = s.region_id and f.id = s.forum_id
     where s.region_id = gjeldende_region() and s.forum_id in (select tallfora(false)) and (s.niva = 'system' or not bare_tall());

-- Requests by who asked and who was asked, and how they ended.
create view bistand_tall with (security_barrier) as
    select b.region_id, b.fra_forum_id, b.til_forum_id, f.navn as fra, coalesce(t.navn, tj.navn) as til, b.opprettet, b.besvart, b.svarfrist,
           b.avvist_grunn <> '' as avvist, coalesce(b.besvart, case when b.avvist_grunn <> '' then b.avgjort end) as ferdig,
           exists (select from bistandsforesporsel c
                    where c.region_id = b.region_id and c.opphav_id = b.id and c.besvart is not null) as av_tjeneste
      from bistandsforesporsel b
      join forum f on f.region_id = b.region_id and f.id = b.fra_forum_id
      left join forum t on t.region_id = b.region_id and t.id = b.til_forum_id
      left join tjeneste tj on tj.region_id = b.region_id and tj.id = b.til_tjeneste_id
     where b.region_id = gjeldende_region()
       and (b.fra_forum_id in (select tallfora(false)) or b.til_forum_id in (select tallfora(false)));

grant select on mote_tall, oppmote_tall, tiltak_tall, sak_tall, bistand_tall to samhandling_web;
revoke insert, update, delete on mote_tall, oppmote_tall, tiltak_tall, sak_tall, bistand_tall from samhandling_web;

create or replace function semestertall(fora uuid[], fra date[], til date[], minst int[])
returns table (forum uuid, holdt bigint, planlagt bigint) language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return query
        select q.forum, t.holdt, t.planlagt
          from unnest(fora, semestertall.fra, semestertall.til, semestertall.minst) as q (forum, fra, til, minst)
         cross join lateral (
             select count(*) filter (where er_holdt(m, q.minst)) as holdt, count(*) filter (where er_planlagt(m)) as planlagt
               from mote_tall m
              where m.forum_id = q.forum and m.dato between q.fra and q.til) t;
end $$;

-- What somebody still answers for in a forum, in numbers: before a seat or an access ends.
create function ansvar(forum uuid, person uuid) returns table (ubesvart bigint, besvart bigint, tiltak bigint, bistand bigint, moter bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select d.ubesvart, d.besvart,
           (select count(*) from tiltak t
             where t.region_id = gjeldende_region() and t.forum_id = ansvar.forum and t.ansvarlig_id = ansvar.person
               and t.status <> 'avsluttet'),
           (select count(*) from bistandsforesporsel b
             where b.region_id = gjeldende_region() and b.til_forum_id = ansvar.forum and b.mottatt_av = ansvar.person
               and b.status in ('mottatt', 'akseptert')),
           (select count(*) from mote m
             where m.region_id = gjeldende_region() and m.forum_id = ansvar.forum and m.moteleder_id = ansvar.person
               and m.status in ('planlagt', 'innkalt') and m.dato > i_dag())
      from (select count(*) filter (where d.svar = 'ubesvart') as ubesvart, count(*) filter (where d.svar <> 'ubesvart') as besvart
              from mote m
              join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id and d.person_id = ansvar.person
             where m.region_id = gjeldende_region() and m.forum_id = ansvar.forum and m.status in ('planlagt', 'innkalt')
               and m.dato > i_dag()) d;
end;

-- When somebody is taken between two days: start and end in seconds, never where or with whom.
create function opptatt(person uuid, fra date, til date) returns json language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return (select json_agg(array[extract(epoch from m.start)::bigint, extract(epoch from m.slutt)::bigint] order by m.start)
              from motedeltaker d
              join mote m on m.region_id = d.region_id and m.id = d.mote_id
             where d.region_id = gjeldende_region() and d.person_id = opptatt.person and d.svar in ('ubesvart', 'kommer')
               and m.status in ('planlagt', 'innkalt', 'pagar') and m.dato between opptatt.fra and opptatt.til);
end $$;

-- Whether a tiltak round a single child came out of an element, told to those who may read the element.
create function om_et_barn(element uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from tiltak t
                    where t.region_id = gjeldende_region() and t.moteelement_id = om_et_barn.element and t.niva = 'individ');
end $$;

-- How many texts hold the words that are to be taken out of a møte, also those that the one who asks may not read.
create function sladdetall(mote uuid, passasje text) returns bigint language sql stable
security definer set search_path = public, pg_temp
begin atomic
    select count(*) from sladdetreff(sladdetall.mote, sladdetall.passasje) t
     where t.tabell <> 'sladding' and (er_innkalt(sladdetall.mote) or leder_motet(sladdetall.mote, false));
end;

-- The pulse is read by nobody, row for row: what is answered goes in, and numbers come out.
revoke all on pulssvar from samhandling_web;
create function puls_legg_til(mote uuid, semester date, likeverd int, rad int, hyppighet text) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
declare
    forum uuid;
begin
    select m.forum_id into strict forum from mote m
      join puls_svart s on s.region_id = m.region_id and s.mote_id = m.id and s.person_id = gjeldende_person()
     where m.region_id = gjeldende_region() and m.id = puls_legg_til.mote;
    with for_ as (
             delete from pulssvar p
              where p.region_id = gjeldende_region() and p.forum_id = forum and p.semester = puls_legg_til.semester
             returning p.likeverd, p.rad, p.hyppighet),
         alle as (select f.likeverd, f.rad, f.hyppighet from for_ f
                   union all
                  select puls_legg_til.likeverd, puls_legg_til.rad, puls_legg_til.hyppighet)
    insert into pulssvar (forum_id, semester, likeverd, rad, hyppighet)
        select forum, puls_legg_til.semester, a.likeverd, a.rad, a.hyppighet from alle a order by random();
end $$;

-- As in 0036, for those who lead the forum.
create or replace function puls_tall(forum uuid, fra date) returns json language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
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
     where s.region_id = gjeldende_region() and s.forum_id = puls_tall.forum and s.semester = puls_tall.fra and leder_i(puls_tall.forum)
    having count(*) >= 5);
end $$;

-- Whether I may change who sits in a forum (the systemadministrator when somebody leaves), and with it who is called in to its coming møter.
create function endrer_team(forum uuid) returns boolean language sql stable
begin atomic
    select gjeldende_rolle() in ('regionkoordinator', 'systemadministrator') or leder_i(endrer_team.forum)
        or (gjeldende_rolle() = 'kommunekoordinator'
            and (sitter_i(endrer_team.forum)
                 or exists (select from forum f
                             where f.region_id = gjeldende_region() and f.id = endrer_team.forum and f.kommune_id = gjeldende_kommune())));
end;

-- Whether somebody has no seat in a forum from a day on. A leader who gives their own seat away is no leader any more when what hangs on
-- the seat is to follow it; then the seats, already changed by the right to, say what may follow.
create function har_gatt(forum uuid, person uuid, dag date) returns boolean language sql stable
begin atomic
    select har_gatt.person is not null
       and not exists (select from forum_medlem fm
                        where fm.region_id = gjeldende_region() and fm.forum_id = har_gatt.forum and fm.person_id = har_gatt.person
                          and coalesce(fm.gyldig_til >= har_gatt.dag, true));
end;

-- Whether one may give another's part in a forum to a third: whoever may change the team, and the one whose own seat has just gone to them.
create function overtar(forum uuid, fra uuid, til uuid, dag date) returns boolean language sql stable
return endrer_team(forum) or (har_gatt(forum, fra, dag) and not har_gatt(forum, til, dag));

-- Takes somebody (null: an empty seat of this service) off the forum's møter after a day, unless they have answered. How many that was.
create function plass_av_kommende(forum uuid, person uuid, tjenestetype text, etter date) returns bigint language plpgsql
security definer set search_path = public, pg_temp as $$
declare
    antall bigint;
begin
    if not (endrer_team(plass_av_kommende.forum) or har_gatt(plass_av_kommende.forum, plass_av_kommende.person, etter + 1)) then
        raise exception 'bare den som kan endre teamet' using errcode = '42501';
    end if;
    delete from motedeltaker d using mote m
     where m.region_id = gjeldende_region() and m.forum_id = plass_av_kommende.forum and m.status in ('planlagt', 'innkalt')
       and m.dato > plass_av_kommende.etter and d.region_id = m.region_id and d.mote_id = m.id and d.svar = 'ubesvart' and d.oppmote is null
       and (d.person_id = plass_av_kommende.person
            or (plass_av_kommende.person is null and d.person_id is null and d.tjenestetype = plass_av_kommende.tjenestetype));
    get diagnostics antall = row_count;
    return antall;
end $$;

-- Gives the forum's coming møter what a seat now says, whoever asks: its person takes an empty place of the same service or a new one. A seat that is
-- not fixed changes only the møter its person is called to already. How many møter they were added to.
create function plass_pa_kommende(plass uuid) returns bigint language plpgsql
security definer set search_path = public, pg_temp as $$
declare
    s forum_medlem;
    fylt bigint;
    nye bigint;
begin
    select * into strict s from forum_medlem fm where fm.region_id = gjeldende_region() and fm.id = plass_pa_kommende.plass;
    update motedeltaker d set fast = s.fast, moteplikt = s.moteplikt, tjenestetype = s.tjenestetype
      from mote m
     where m.region_id = s.region_id and m.forum_id = s.forum_id and m.status in ('planlagt', 'innkalt') and m.dato >= i_dag()
       and d.region_id = m.region_id and d.mote_id = m.id and d.person_id = s.person_id;
    update motedeltaker d set person_id = s.person_id, moteplikt = s.moteplikt
      from (select distinct on (m.id) ledig.region_id, ledig.id
              from mote m
              join motedeltaker ledig on ledig.region_id = m.region_id and ledig.mote_id = m.id and ledig.person_id is null
                                     and ledig.gjest is null and ledig.tjenestetype = s.tjenestetype
             where m.region_id = s.region_id and m.forum_id = s.forum_id and s.fast and s.person_id is not null
               and m.status in ('planlagt', 'innkalt') and m.dato >= i_dag() and daterange(s.gyldig_fra, s.gyldig_til, '[]') @> m.dato
               and not exists (select from motedeltaker alt where alt.region_id = m.region_id and alt.mote_id = m.id
                                                              and alt.person_id = s.person_id)) ledig
     where d.region_id = ledig.region_id and d.id = ledig.id;
    get diagnostics fylt = row_count;
    insert into motedeltaker (id, mote_id, person_id, tjenestetype, fast, moteplikt)
    select gen_random_uuid(), m.id, s.person_id, s.tjenestetype, s.fast, s.moteplikt
      from mote m
     where m.region_id = s.region_id and m.forum_id = s.forum_id and s.fast and m.status in ('planlagt', 'innkalt') and m.dato >= i_dag()
       and daterange(s.gyldig_fra, s.gyldig_til, '[]') @> m.dato
       and not exists (select from motedeltaker d
                        where d.region_id = m.region_id and d.mote_id = m.id
                          and (d.person_id = s.person_id
                               or (s.person_id is null and d.person_id is null and d.tjenestetype = s.tjenestetype)));
    get diagnostics nye = row_count;
    return fylt + nye;
end $$;

-- Gives one person's part in the forum's møter after a day to another: those they lead, and those they are called to. What was answered
-- was another's answer.
create function moter_overtas(forum uuid, fra uuid, til uuid, etter date) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    if not overtar(moter_overtas.forum, fra, til, etter + 1) then
        raise exception 'bare den som kan endre teamet' using errcode = '42501';
    end if;
    update mote m set moteleder_id = til
     where m.region_id = gjeldende_region() and m.forum_id = moter_overtas.forum and m.moteleder_id = fra
       and m.status in ('planlagt', 'innkalt') and m.dato > etter;
    update motedeltaker d set person_id = til, svar = 'ubesvart', svar_tid = null, grunn = null, vara_navn = null
      from mote m
     where m.region_id = gjeldende_region() and m.forum_id = moter_overtas.forum and m.status in ('planlagt', 'innkalt') and m.dato > etter
       and d.region_id = m.region_id and d.mote_id = m.id and d.person_id = fra and d.oppmote is null
       and not exists (select from motedeltaker alt where alt.region_id = d.region_id and alt.mote_id = d.mote_id and alt.person_id = til);
    delete from motedeltaker d using mote m
     where m.region_id = gjeldende_region() and m.forum_id = moter_overtas.forum and m.status in ('planlagt', 'innkalt') and m.dato > etter
       and d.region_id = m.region_id and d.mote_id = m.id and d.person_id = fra and d.oppmote is null;
end $$;

-- Gives all that somebody answers for in the team to another, as of a service.
create function tiltak_overtas(forum uuid, fra uuid, til uuid, tjenestetype text) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    if not overtar(tiltak_overtas.forum, fra, til, i_dag() + 1) then
        raise exception 'bare den som kan endre teamet' using errcode = '42501';
    end if;
    update tiltak t set ansvarlig_id = til, tjenestetype = tiltak_overtas.tjenestetype, versjon = t.versjon + 1
     where t.region_id = gjeldende_region() and t.forum_id = tiltak_overtas.forum and t.ansvarlig_id = fra and t.status <> 'avsluttet';
end $$;

-- Whom a request was sent on to, and how that stands, for those who may read the request: never what was asked there, or answered.
create function sendt_videre(bistand uuid) returns table (id uuid, til text, status text, nr bigint) language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return query
        select c.id, coalesce(f.navn, t.navn), c.status, row_number() over (order by c.opprettet, c.id)
          from bistandsforesporsel c
          left join forum f on f.region_id = c.region_id and f.id = c.til_forum_id
          left join tjeneste t on t.region_id = c.region_id and t.id = c.til_tjeneste_id
         where c.region_id = gjeldende_region() and c.opphav_id = sendt_videre.bistand;
end $$;

-- As in 0021, with a plan that is kept.
create or replace function bistand_synlig(fra uuid, til uuid, kommune uuid) returns boolean language plpgsql stable
set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from forum_medlem m
                    where m.region_id = gjeldende_region() and m.forum_id in (fra, til) and m.person_id = gjeldende_person()
                      and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag())
        or exists (select from forum f
                    where f.region_id = gjeldende_region() and f.id in (fra, til) and f.kommune_id = bistand_synlig.kommune);
end $$;

-- As in 0034.
create or replace function bistand_ved_mote(m mote) returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (
    select coalesce(json_agg(json_build_object(
               'id', b.id, 'overskrift', b.overskrift, 'status', b.status, 'svar', b.svar, 'avvist_grunn', b.avvist_grunn,
               'til', coalesce(t.navn, tj.navn), 'punkt', e.tittel, 'herfra', b.mote_id is not distinct from m.id,
               'videre', array(select s.til from sendt_videre(b.id) s order by s.nr),
               'medlem', bistand_synlig(b.fra_forum_id, b.til_forum_id, null),
               'kommuner', array_remove(array[f.kommune_id, t.kommune_id], null)) order by b.opprettet, b.id), '[]'::json)
      from bistandsforesporsel b
      join forum f on f.region_id = b.region_id and f.id = b.fra_forum_id
      left join forum t on t.region_id = b.region_id and t.id = b.til_forum_id
      left join tjeneste tj on tj.region_id = b.region_id and tj.id = b.til_tjeneste_id
      left join moteelement e on e.region_id = b.region_id and e.id = b.moteelement_id
      left join lateral (select coalesce(b.besvart, b.avgjort) as tid where b.svar <> '' or b.avvist_grunn <> '') svart on true
     where b.region_id = m.region_id and b.fra_forum_id = m.forum_id
       and (b.mote_id = m.id
            or (m.status not in ('avlyst', 'lukket') and m.start >= svart.tid
                and not exists (select from mote n
                                 where n.region_id = m.region_id and n.forum_id = m.forum_id and n.status not in ('avlyst', 'lukket')
                                   and n.start >= svart.tid and n.start < m.start))));
end $$;
