-- Bistandsforespørsler: what a team lifts to the kommune's own team, and the answer that comes back.
create table bistandsforesporsel (
    region_id       uuid not null default gjeldende_region(),
    id              uuid not null,
    fra_forum_id    uuid not null,
    til_forum_id    uuid,
    til_tjeneste_id uuid,
    opphav_id       uuid,                       -- the request this one was sent on from
    mote_id         uuid,                       -- the møte it was lifted from, and the point of its agenda
    moteelement_id  uuid,
    overskrift      text not null check (overskrift <> ''),
    behov           text not null check (behov <> ''),
    provd           text not null default '',
    svarfrist       date not null,
    status          text not null default 'sendt'
                    check (status in ('sendt', 'mottatt', 'akseptert', 'avvist', 'besvart', 'lukket')),
    svar            text not null default '',
    avvist_grunn    text not null default '',
    opprettet_av    uuid not null,
    opprettet       timestamptz not null,
    mottatt_av      uuid,
    mottatt         timestamptz,
    avgjort_av      uuid,
    avgjort         timestamptz,
    besvart_av      uuid,
    besvart         timestamptz,
    lukket_av       uuid,
    lukket          timestamptz,
    versjon         int not null default 1,
    primary key (region_id, id),
    foreign key (region_id, fra_forum_id) references forum (region_id, id),
    foreign key (region_id, til_forum_id) references forum (region_id, id),
    foreign key (region_id, til_tjeneste_id) references tjeneste (region_id, id),
    foreign key (region_id, opphav_id) references bistandsforesporsel (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, moteelement_id) references moteelement (region_id, id) on delete set null (moteelement_id),
    foreign key (region_id, opprettet_av) references person (region_id, id),
    foreign key (region_id, mottatt_av) references person (region_id, id),
    foreign key (region_id, avgjort_av) references person (region_id, id),
    foreign key (region_id, besvart_av) references person (region_id, id),
    foreign key (region_id, lukket_av) references person (region_id, id),
    check (num_nonnulls(til_forum_id, til_tjeneste_id) = 1),
    check (til_forum_id is distinct from fra_forum_id),
    check (moteelement_id is null or mote_id is not null),
    -- Every state has its moments, and no others.
    check ((mottatt is null) = (status = 'sendt') and (mottatt is null) = (mottatt_av is null)),
    check ((avgjort is null) = (status in ('sendt', 'mottatt')) and (avgjort is null) = (avgjort_av is null)),
    check ((lukket is null) = (status <> 'lukket') and (lukket is null) = (lukket_av is null)),
    check ((besvart is null) = (svar = '') and (besvart is null) = (besvart_av is null)),
    check (besvart is null or status in ('besvart', 'lukket')),
    check (avvist_grunn = '' or status in ('avvist', 'lukket')),
    check (status <> 'avvist' or avvist_grunn <> ''),
    -- What is closed was either answered or refused.
    check (status not in ('besvart', 'lukket') or (besvart is not null) <> (avvist_grunn <> ''))
);
create index bistandsforesporsel_fra on bistandsforesporsel (region_id, fra_forum_id, status);
create index bistandsforesporsel_til on bistandsforesporsel (region_id, til_forum_id, status);
create index bistandsforesporsel_opphav on bistandsforesporsel (region_id, opphav_id) where opphav_id is not null;
create index bistandsforesporsel_mote on bistandsforesporsel (region_id, mote_id) where mote_id is not null;
create index bistandsforesporsel_element on bistandsforesporsel (region_id, moteelement_id) where moteelement_id is not null;

alter table bistandsforesporsel enable row level security;
alter table bistandsforesporsel force  row level security;
create policy egen_region on bistandsforesporsel using (region_id = (select gjeldende_region()));

-- What was asked for stands as it was sent: the web role may only move it on.
grant select, insert on bistandsforesporsel to samhandling_web;
revoke update, delete on bistandsforesporsel from samhandling_web;
grant update (status, svar, avvist_grunn, mottatt_av, mottatt, avgjort_av, avgjort, besvart_av, besvart, lukket_av, lukket, versjon)
    on bistandsforesporsel to samhandling_web;

-- The same moves as src/bistand/tilstand.rs, whoever asks; and what is written once stays.
create function bistand_gang() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> 'sendt' then
            raise exception 'En bistandsforespørsel begynner som sendt' using errcode = 'SH021';
        end if;
        if new.opphav_id is not null and not exists (
            select from bistandsforesporsel o
             where o.region_id = new.region_id and o.id = new.opphav_id and o.til_forum_id = new.fra_forum_id
               and o.status in ('mottatt', 'akseptert')) then
            raise exception 'Bare den som har tatt imot forespørselen, kan sende den videre' using errcode = 'SH021';
        end if;
        if new.mote_id is not null and not exists (
            select from mote m where m.region_id = new.region_id and m.id = new.mote_id and m.forum_id = new.fra_forum_id) then
            raise exception 'Møtet hører ikke til teamet som sender' using errcode = 'SH021';
        end if;
        if new.moteelement_id is not null and not exists (
            select from moteelement e
             where e.region_id = new.region_id and e.id = new.moteelement_id and e.mote_id = new.mote_id) then
            raise exception 'Punktet hører ikke til møtet' using errcode = 'SH021';
        end if;
        return new;
    end if;
    if new.status <> old.status and (old.status, new.status) not in (
        ('sendt', 'mottatt'), ('mottatt', 'akseptert'), ('mottatt', 'avvist'), ('akseptert', 'besvart'),
        ('besvart', 'lukket'), ('avvist', 'lukket')) then
        raise exception 'Forespørselen kan ikke gå fra % til %', old.status, new.status using errcode = 'SH021';
    end if;
    if (old.mottatt is not null and (new.mottatt, new.mottatt_av) is distinct from (old.mottatt, old.mottatt_av))
       or (old.avgjort is not null
           and (new.avgjort, new.avgjort_av, new.avvist_grunn) is distinct from (old.avgjort, old.avgjort_av, old.avvist_grunn))
       or (old.besvart is not null and (new.besvart, new.besvart_av, new.svar) is distinct from (old.besvart, old.besvart_av, old.svar))
       or (old.lukket is not null and (new.lukket, new.lukket_av) is distinct from (old.lukket, old.lukket_av)) then
        raise exception 'Det som er skrevet i forespørselen, kan ikke endres' using errcode = 'SH021';
    end if;
    return new;
end $$;
create trigger gang before insert or update on bistandsforesporsel for each row execute function bistand_gang();

-- How the one who asks stands to both ends of a request. A tjeneste has no leader here: the kommune acts for it.
create function forhold_til_bistand(bistand uuid)
returns table (mottaker boolean, kommune_id uuid, enhet_id uuid, leder boolean, medlem boolean) language sql stable
begin atomic
    select false, f.kommune_id, f.enhet_id, f.leder, f.medlem
      from bistandsforesporsel b, lateral forhold_til_forum(b.fra_forum_id) f
     where b.region_id = gjeldende_region() and b.id = forhold_til_bistand.bistand
     union all
    select true, f.kommune_id, f.enhet_id, f.leder, f.medlem
      from bistandsforesporsel b, lateral forhold_til_forum(b.til_forum_id) f
     where b.region_id = gjeldende_region() and b.id = forhold_til_bistand.bistand
     union all
    select true, f.kommune_id, null::uuid, false, false
      from bistandsforesporsel b, lateral forhold_til_forum(b.fra_forum_id) f
     where b.region_id = gjeldende_region() and b.id = forhold_til_bistand.bistand and b.til_tjeneste_id is not null;
end;

-- Whether a request between two fora is to be seen: by their members, and by the kommune (null: by members alone).
create function bistand_synlig(fra uuid, til uuid, kommune uuid) returns boolean language sql stable
begin atomic
    select exists (select from forum_medlem m
                    where m.region_id = gjeldende_region() and m.forum_id in (fra, til) and m.person_id = gjeldende_person()
                      and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag())
           or exists (select from forum f
                       where f.region_id = gjeldende_region() and f.id in (fra, til) and f.kommune_id = bistand_synlig.kommune);
end;

-- What was lifted from a møte, and what has come back to its team since the møte before: shown on the møte's own page.
create function bistand_ved_mote(m mote) returns json language plpgsql stable as $$
begin
    return (
    select coalesce(json_agg(json_build_object(
               'id', b.id, 'overskrift', b.overskrift, 'status', b.status, 'svar', b.svar, 'avvist_grunn', b.avvist_grunn,
               'til', coalesce(t.navn, tj.navn), 'punkt', e.tittel, 'herfra', b.mote_id is not distinct from m.id,
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
            or (m.status <> 'avlyst' and m.start >= svart.tid
                and not exists (select from mote n
                                 where n.region_id = m.region_id and n.forum_id = m.forum_id and n.status <> 'avlyst'
                                   and n.start >= svart.tid and n.start < m.start))));
end $$;

-- What waits for the one who asks, at either end: for the first page. As leader of one unit (`enhet`) only that unit's; with
-- `kommune` also what others there are asked.
create function bistand_til_meg(enhet uuid, kommune uuid) returns json language plpgsql stable as $$
begin
    return (
    with ledet as materialized (
        select m.forum_id from forum_medlem m
          join forum f on f.region_id = m.region_id and f.id = m.forum_id
         where m.region_id = gjeldende_region() and m.person_id = gjeldende_person() and m.leder
           and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag()
           and (bistand_til_meg.enhet is null or f.enhet_id = bistand_til_meg.enhet)),
    apne as (
        select b.status, b.svarfrist < i_dag() as ute, b.fra_forum_id in (select forum_id from ledet) as fra_meg,
               b.til_forum_id in (select forum_id from ledet) or coalesce(t.kommune_id = bistand_til_meg.kommune, false) as til_meg
          from bistandsforesporsel b
          left join forum t on t.region_id = b.region_id and t.id = b.til_forum_id
         where b.region_id = gjeldende_region() and b.status <> 'lukket')
    select json_build_object(
               'nye', count(*) filter (where til_meg and status = 'sendt'),
               'ute', count(*) filter (where til_meg and ute and status in ('sendt', 'mottatt', 'akseptert')),
               'svart', count(*) filter (where fra_meg and status in ('besvart', 'avvist')))
      from apne);
end $$;
