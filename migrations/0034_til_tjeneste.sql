-- The kommune's team sends a request on to a tjeneste, and those who come from it receive, decide and answer.
create index person_tjeneste on person (region_id, tjeneste_id) where tjeneste_id is not null;
create index bistandsforesporsel_til_tjeneste on bistandsforesporsel (region_id, til_tjeneste_id) where til_tjeneste_id is not null;

-- The same request waits for a tjeneste once, however many send it on at the same time.
create unique index bistandsforesporsel_apen_tjeneste on bistandsforesporsel (region_id, opphav_id, til_tjeneste_id)
    where til_tjeneste_id is not null and status in ('sendt', 'mottatt', 'akseptert');

-- Who answers for a tjeneste in a kommune it serves: those who come from it, can log in, and sit in a forum of that kommune or were
-- called in to one of its møter, when needed, within a year.
-- The kinds of role are those of auth::rett::TABELL that reach as far as `SvareForTjeneste`.
create function tjenestefolk() returns table (tjeneste_id uuid, kommune_id uuid, person_id uuid) language sql stable
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
            or exists (select from motedeltaker d
                         join mote m on m.region_id = d.region_id and m.id = d.mote_id and m.dato > i_dag() - 365
                         join forum f on f.region_id = m.region_id and f.id = m.forum_id and f.kommune_id = tk.kommune_id
                        where d.region_id = p.region_id and d.person_id = p.id and not d.fast));
end;

-- Only the kommune's own team asks a tjeneste, of something it was asked itself, and only one that serves the kommune that day.
create function bistand_til_tjeneste() returns trigger language plpgsql as $$
begin
    if new.opphav_id is null or not exists (
        select from forum f
         where f.region_id = new.region_id and f.id = new.fra_forum_id and f.type = 'tst_kommune') then
        raise exception 'Bare kommunens eget team sender en forespørsel videre til en tjeneste' using errcode = 'SH021';
    end if;
    if not exists (
        select from forum f
          join tjeneste_kommune tk on tk.region_id = f.region_id and tk.kommune_id = f.kommune_id and tk.tjeneste_id = new.til_tjeneste_id
          join tjeneste t on t.region_id = tk.region_id and t.id = tk.tjeneste_id
         where f.region_id = new.region_id and f.id = new.fra_forum_id
           and daterange(tk.gyldig_fra, tk.gyldig_til, '[]') @> (new.opprettet at time zone 'Europe/Oslo')::date
           and daterange(t.gyldig_fra, t.gyldig_til, '[]') @> (new.opprettet at time zone 'Europe/Oslo')::date) then
        raise exception 'Tjenesten betjener ikke kommunen' using errcode = 'SH021';
    end if;
    return new;
end $$;
create trigger til_tjeneste before insert on bistandsforesporsel
    for each row when (new.til_tjeneste_id is not null) execute function bistand_til_tjeneste();

-- How the one who asks stands to both ends of a request. Who answers for a tjeneste leads that end; the kommune acts for one
-- that nobody answers for.
drop function forhold_til_bistand(uuid);
create function forhold_til_bistand(bistand uuid)
returns table (mottaker boolean, kommune_id uuid, enhet_id uuid, leder boolean, medlem boolean, tjeneste boolean) language sql stable
begin atomic
    select false, f.kommune_id, f.enhet_id, f.leder, f.medlem, false
      from bistandsforesporsel b, lateral forhold_til_forum(b.fra_forum_id) f
     where b.region_id = gjeldende_region() and b.id = forhold_til_bistand.bistand
     union all
    select true, f.kommune_id, f.enhet_id, f.leder, f.medlem, false
      from bistandsforesporsel b, lateral forhold_til_forum(b.til_forum_id) f
     where b.region_id = gjeldende_region() and b.id = forhold_til_bistand.bistand
     union all
    select true, case when folk.antall = 0 then f.kommune_id end, null::uuid, folk.meg, folk.meg, true
      from bistandsforesporsel b
      join forum f on f.region_id = b.region_id and f.id = b.fra_forum_id
     cross join lateral (select count(*) as antall, coalesce(bool_or(t.person_id = gjeldende_person()), false) as meg
                           from tjenestefolk() t
                          where t.tjeneste_id = b.til_tjeneste_id and t.kommune_id = f.kommune_id) folk
     where b.region_id = gjeldende_region() and b.id = forhold_til_bistand.bistand and b.til_tjeneste_id is not null;
end;

-- Whether a request is to be seen: by the kommune (null: none), by members of its fora when `fora` says that these count, and by
-- those who answer for the tjeneste.
create function bistand_synlig(b bistandsforesporsel, kommune uuid, fora boolean) returns boolean language sql stable
begin atomic
    select (bistand_synlig.fora and bistand_synlig(b.fra_forum_id, b.til_forum_id, null))
           or exists (select from forum f
                       where f.region_id = b.region_id and f.id in (b.fra_forum_id, b.til_forum_id)
                         and f.kommune_id = bistand_synlig.kommune)
           or (b.til_tjeneste_id is not null
               and exists (select from tjenestefolk() t
                             join forum f on f.region_id = b.region_id and f.id = b.fra_forum_id and f.kommune_id = t.kommune_id
                            where t.tjeneste_id = b.til_tjeneste_id and t.person_id = gjeldende_person()));
end;

-- As in 0024, and whom it was sent on to.
create or replace function bistand_ved_mote(m mote) returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (
    select coalesce(json_agg(json_build_object(
               'id', b.id, 'overskrift', b.overskrift, 'status', b.status, 'svar', b.svar, 'avvist_grunn', b.avvist_grunn,
               'til', coalesce(t.navn, tj.navn), 'punkt', e.tittel, 'herfra', b.mote_id is not distinct from m.id,
               'videre', array(select coalesce(cf.navn, ct.navn)
                                 from bistandsforesporsel c
                                 left join forum cf on cf.region_id = c.region_id and cf.id = c.til_forum_id
                                 left join tjeneste ct on ct.region_id = c.region_id and ct.id = c.til_tjeneste_id
                                where c.region_id = b.region_id and c.opphav_id = b.id order by c.opprettet, c.id),
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

-- What waits for the one who asks, at either end: for the first page. As leader (when the role leads; of one unit, only that
-- unit's), as one who answers for a tjeneste (when the role does), and with `kommune` what others there are asked.
drop function bistand_til_meg(uuid, uuid);
create function bistand_til_meg(enhet uuid, kommune uuid, som_leder boolean, for_tjeneste boolean) returns json
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (
    with ledet as materialized (
        select m.forum_id from forum_medlem m
          join forum f on f.region_id = m.region_id and f.id = m.forum_id
         where m.region_id = gjeldende_region() and m.person_id = gjeldende_person() and m.leder and som_leder
           and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag()
           and (bistand_til_meg.enhet is null or f.enhet_id = bistand_til_meg.enhet)),
    mine as materialized (
        select t.tjeneste_id, t.kommune_id from tjenestefolk() t where t.person_id = gjeldende_person() and for_tjeneste),
    apne as (
        select b.status, b.svarfrist < i_dag() as ute, b.fra_forum_id in (select forum_id from ledet) as fra_meg,
               b.til_forum_id in (select forum_id from ledet) or coalesce(t.kommune_id = bistand_til_meg.kommune, false)
                   or (b.til_tjeneste_id is not null
                       and (exists (select from mine where mine.tjeneste_id = b.til_tjeneste_id and mine.kommune_id = f.kommune_id)
                            or (f.kommune_id = bistand_til_meg.kommune
                                and not exists (select from tjenestefolk() folk
                                                 where folk.tjeneste_id = b.til_tjeneste_id and folk.kommune_id = f.kommune_id))))
                   as til_meg
          from bistandsforesporsel b
          join forum f on f.region_id = b.region_id and f.id = b.fra_forum_id
          left join forum t on t.region_id = b.region_id and t.id = b.til_forum_id
         where b.region_id = gjeldende_region() and b.status <> 'lukket')
    select json_build_object(
               'nye', count(*) filter (where til_meg and status = 'sendt'),
               'ute', count(*) filter (where til_meg and ute and status in ('sendt', 'mottatt', 'akseptert')),
               'svart', count(*) filter (where fra_meg and status in ('besvart', 'avvist')))
      from apne);
end $$;
