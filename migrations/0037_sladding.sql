-- Sladding: words taken out of a ferdigstilt møte for good, asked for by one and approved by another («fire øyne»). What stays is
-- who, when and why, never what.
create table sladding (
    region_id    uuid not null default gjeldende_region(),
    id           uuid not null,
    mote_id      uuid not null,
    passasje     text,                          -- the words, only while somebody has to judge
    grunn        text not null check (grunn <> ''),
    status       text not null default 'bedt' check (status in ('bedt', 'utfores', 'godkjent', 'avslatt', 'trukket')),
    avslag_grunn text not null default '',
    antall       int  not null default 0,       -- texts that the words stood in
    bedt_av      uuid not null,
    bedt         timestamptz not null,
    avgjort_av   uuid,
    avgjort      timestamptz,
    primary key (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, bedt_av) references person (region_id, id),
    foreign key (region_id, avgjort_av) references person (region_id, id),
    check ((passasje is null) = (status in ('godkjent', 'avslatt', 'trukket'))),
    check ((avgjort is null) = (status in ('bedt', 'utfores')) and (avgjort is null) = (avgjort_av is null)),
    check ((antall > 0) = (status in ('utfores', 'godkjent'))),
    check ((avslag_grunn <> '') = (status = 'avslatt')),
    constraint fire_oyne check (status not in ('godkjent', 'avslatt') or avgjort_av <> bedt_av),
    check (status <> 'trukket' or avgjort_av = bedt_av)
);
create index sladding_mote on sladding (region_id, mote_id);
create index sladding_apen on sladding (region_id, status) where status in ('bedt', 'utfores');

-- Who had received what is taken out, and when they said that their own copies are gone.
create table sladding_varsel (
    region_id   uuid not null default gjeldende_region(),
    sladding_id uuid not null,
    person_id   uuid not null,
    kvittert    timestamptz,
    primary key (region_id, sladding_id, person_id),
    foreign key (region_id, sladding_id) references sladding (region_id, id),
    foreign key (region_id, person_id) references person (region_id, id)
);
create index sladding_varsel_person on sladding_varsel (region_id, person_id) where kvittert is null;

do $$
declare t text;
begin
    foreach t in array array['sladding', 'sladding_varsel'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force  row level security', t);
        execute format('create policy egen_region on %I using (region_id = (select gjeldende_region()))', t);
        execute format('revoke all on %I from samhandling_web', t);
    end loop;
end $$;
-- Without `antall` the web role cannot approve: that is `sladd` alone.
grant select, insert (id, mote_id, passasje, grunn, bedt_av, bedt) on sladding to samhandling_web;
grant update (status, passasje, avslag_grunn, avgjort_av, avgjort) on sladding to samhandling_web;
grant select, update (kvittert) on sladding_varsel to samhandling_web;
create policy egen_kvittering on sladding_varsel as restrictive for update to samhandling_web using (person_id = gjeldende_person());

-- The pattern of a passage: whole words, and any white space between them. A letter is one of the Latin alphabets.
create function sladdemonster(passasje text) returns text language sql immutable
return case when passasje ~ '^[[:alnum:]À-ɏ]' then '(?<![[:alnum:]À-ɏ])' else '' end
       || regexp_replace(regexp_replace(btrim(passasje), '([][\\^$.|?*+(){}])', '\\\1', 'g'), '\s+', '\\s+', 'g')
       || case when passasje ~ '[[:alnum:]À-ɏ]$' then '(?![[:alnum:]À-ɏ])' else '' end;

create function sladdet(tekst text, passasje text) returns text language sql immutable
return regexp_replace(tekst, sladdemonster(passasje), '[sladdet]', 'g');

-- Where the words of a møte ($1) stand: what people have written in it, and in what came of it.
create function sladdesteder() returns table (tabell text, kolonner text[], hvor text) language sql immutable
begin atomic
    values
        ('mote', array['sted', 'kort_begrunnelse', 'avlyst_begrunnelse', 'mangler_begrunnelse', 'lukket_begrunnelse'], 't.id = $1'),
        ('moteelement', array['tittel', 'hjelp', 'notat'], 't.mote_id = $1'),
        ('beslutning', array['tekst'],
         '(t.region_id, t.moteelement_id) in (select e.region_id, e.id from moteelement e
                                               where e.region_id = gjeldende_region() and e.mote_id = $1)'),
        ('motedeltaker', array['vara_navn', 'gjest'], 't.mote_id = $1'),
        ('medvirkning', array['begrunnelse'], 't.mote_id = $1'),
        ('kompetanseheving', array['tema', 'veileder'], 't.mote_id = $1'),
        ('referat_versjon', array['grunn'], 't.mote_id = $1'),
        ('referat_tekst', array['tekst'],
         '(t.region_id, t.versjon_id) in (select v.region_id, v.id from referat_versjon v
                                           where v.region_id = gjeldende_region() and v.mote_id = $1)'),
        ('referat_lesing', array['merknad'], 't.mote_id = $1'),
        ('sladding', array['passasje', 'grunn', 'avslag_grunn'], 't.mote_id = $1 and t.status <> ''utfores'''),
        -- The same sak on the agendas before and after.
        ('sak', array['tittel', 'beskrivelse', 'samtykke_ref', 'avslag_grunn'],
         '(t.region_id, t.id) in (
              with recursive rekke as (
                  select s.region_id, s.id, s.fra_sak_id from sak s where s.region_id = gjeldende_region() and s.mote_id = $1
                   union
                  select s.region_id, s.id, s.fra_sak_id from sak s
                    join rekke r on s.region_id = r.region_id and (s.id = r.fra_sak_id or s.fra_sak_id = r.id))
              select region_id, id from rekke)'),
        ('tiltak', array['mal', 'hva', 'styrker'], 't.mote_id = $1'),
        ('tiltak_evaluering', array['notat', 'mal', 'hva'],
         't.mote_id = $1 or (t.region_id, t.tiltak_id) in (select i.region_id, i.id from tiltak i
                                                            where i.region_id = gjeldende_region() and i.mote_id = $1)'),
        -- What was lifted, and what was sent on from there.
        ('bistandsforesporsel', array['overskrift', 'behov', 'provd', 'svar', 'avvist_grunn'],
         '(t.region_id, t.id) in (
              with recursive rekke as (
                  select b.region_id, b.id from bistandsforesporsel b where b.region_id = gjeldende_region() and b.mote_id = $1
                   union
                  select b.region_id, b.id from bistandsforesporsel b
                    join rekke r on b.region_id = r.region_id and b.opphav_id = r.id)
              select region_id, id from rekke)');
end;

-- Every text of a møte that holds the passage, as it is and as it would be.
create function sladdetreff(mote uuid, passasje text) returns table (tabell text, for_ text, etter text)
language plpgsql stable as $$
declare
    sted record;
begin
    for sted in select * from sladdesteder() loop
        return query execute format(
            'select %L, k.tekst, sladdet(k.tekst, $2) from %I t cross join lateral unnest(array[%s]) as k (tekst)
              where t.region_id = gjeldende_region() and (%s) and k.tekst ~ sladdemonster($2)',
            sted.tabell, sted.tabell, (select string_agg(format('t.%I', k), ', ') from unnest(sted.kolonner) k), sted.hvor)
            using sladdetreff.mote, sladdetreff.passasje;
    end loop;
end $$;

-- Whether words are being taken out just now: only inside `sladd`, since nobody else can set that state, and it never lasts.
create function sladder() returns boolean language plpgsql stable as $$
begin
    return exists (select from sladding s
                    where s.region_id = nullif(current_setting('app.region', true), '')::uuid and s.status = 'utfores');
end $$;

-- Approves: takes the passage out of every text, tells those who had received it, and gives the number of texts. The one function
-- that runs as its owner, since nobody else may rewrite what is locked; every row is of the region that is set, here too.
create function sladd(sladding uuid, na timestamptz) returns int language plpgsql
security definer set search_path = public, pg_temp as $$
declare
    s sladding;
    m mote;
    rammet text[];
    treff int;
    sted record;
begin
    select * into s from sladding x where x.region_id = gjeldende_region() and x.id = sladd.sladding for update;
    if s.status is distinct from 'bedt' then
        raise exception 'forespørselen er allerede avgjort' using errcode = 'SH005';
    end if;
    select * into m from mote x where x.region_id = s.region_id and x.id = s.mote_id for update;
    if s.bedt_av = gjeldende_person() or not exists (select from forhold_til_mote(m.id) f where f.deltaker or f.leder) then
        raise exception 'en annen som var i møtet, må godkjenne' using errcode = 'SH005';
    end if;
    select count(*), array_agg(distinct t.tabell) into treff, rammet from sladdetreff(m.id, s.passasje) t where t.tabell <> 'sladding';
    if treff = 0 then
        raise exception 'teksten står ikke i møtet lenger' using errcode = 'SH005';
    end if;
    update sladding x set status = 'utfores', antall = treff where x.region_id = s.region_id and x.id = s.id;
    for sted in select * from sladdesteder() loop
        execute format(
            'update %I t set %s where t.region_id = gjeldende_region() and (%s) and (%s)', sted.tabell,
            (select string_agg(format('%I = sladdet(t.%I, $2)', k, k), ', ') from unnest(sted.kolonner) k)
                -- A page that was read before must not put the words back.
                || case when sted.tabell in ('sak', 'tiltak', 'bistandsforesporsel') then ', versjon = t.versjon + 1' else '' end,
            sted.hvor, (select string_agg(format('t.%I ~ sladdemonster($2)', k), ' or ') from unnest(sted.kolonner) k))
            using m.id, s.passasje;
    end loop;
    update sladding x set status = 'godkjent', passasje = null, avgjort_av = gjeldende_person(), avgjort = na
     where x.region_id = s.region_id and x.id = s.id;
    -- Others who asked for the same have got it.
    update sladding x set passasje = null, avgjort_av = gjeldende_person(), avgjort = na,
           status = case when x.bedt_av = gjeldende_person() then 'trukket' else 'godkjent' end,
           antall = case when x.bedt_av = gjeldende_person() then 0 else treff end
     where x.region_id = s.region_id and x.mote_id = m.id and x.passasje = '[sladdet]';
    -- Who could read it: those called in, the team (its saker and tiltak), and for a request both ends of it, however far it was sent.
    with recursive rekke as (
        select b.region_id, b.id, b.fra_forum_id, b.til_forum_id, b.til_tjeneste_id from bistandsforesporsel b
         where b.region_id = s.region_id and b.mote_id = m.id and 'bistandsforesporsel' = any (rammet)
         union
        select b.region_id, b.id, b.fra_forum_id, b.til_forum_id, b.til_tjeneste_id from bistandsforesporsel b
          join rekke r on b.region_id = r.region_id and b.opphav_id = r.id),
    fora as (
        select m.forum_id as id union select fra_forum_id from rekke union select til_forum_id from rekke)
    insert into sladding_varsel (region_id, sladding_id, person_id)
    select s.region_id, s.id, d.person_id from motedeltaker d
     where d.region_id = s.region_id and d.mote_id = m.id and d.person_id is not null
     union
    select s.region_id, s.id, fm.person_id from forum_medlem fm
     where fm.region_id = s.region_id and fm.person_id is not null and fm.forum_id in (select id from fora)
       and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag()
     union
    select s.region_id, s.id, folk.person_id
      from rekke r
      join forum f on f.region_id = r.region_id and f.id = r.fra_forum_id
      join tjenestefolk() folk on folk.tjeneste_id = r.til_tjeneste_id and folk.kommune_id = f.kommune_id
     union
    select s.region_id, s.id, ro.person_id
      from rekke r
      join forum f on f.region_id = r.region_id and f.id in (r.fra_forum_id, r.til_forum_id)
      join rolle ro on ro.region_id = f.region_id and ro.type = 'kommunekoordinator' and ro.kommune_id = f.kommune_id
                   and daterange(ro.gyldig_fra, ro.gyldig_til, '[]') @> i_dag()
     union
    select s.region_id, s.id, t.ansvarlig_id from tiltak t
     where t.region_id = s.region_id and t.mote_id = m.id and 'tiltak' = any (rammet);
    return treff;
end $$;
revoke execute on function sladd(uuid, timestamptz) from public;
grant execute on function sladd(uuid, timestamptz) to samhandling_web;

-- One asks for oneself, about a møte that is ferdigstilt; and what is judged stays so.
create function sladding_gang() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.bedt_av <> gjeldende_person()
           or not exists (select from mote m where m.region_id = new.region_id and m.id = new.mote_id and m.status = 'ferdigstilt') then
            raise exception 'bare et ferdigstilt møte sladdes, på ens egne vegne' using errcode = 'SH005';
        end if;
    elsif new.status <> old.status and old.status not in ('bedt', 'utfores') then
        raise exception 'forespørselen er allerede avgjort' using errcode = 'SH005';
    elsif new.status = old.status and not sladder() then
        raise exception 'det som er skrevet i forespørselen, endres ikke' using errcode = 'SH005';
    elsif new.avgjort_av is not null and new.avgjort_av <> gjeldende_person() then
        raise exception 'man avgjør på egne vegne' using errcode = 'SH005';
    elsif old.passasje is not null and sladdet(new.avslag_grunn, old.passasje) <> new.avslag_grunn then
        raise exception 'grunnen gjentar det som skal bort' using errcode = 'SH005';
    end if;
    if sladdet(new.grunn, new.passasje) <> new.grunn then
        raise exception 'grunnen gjentar det som skal bort' using errcode = 'SH005';
    end if;
    return new;
end $$;
create trigger gang before insert or update on sladding for each row execute function sladding_gang();

-- What keeps texts as they are lets only `sladd` through.
do $$
declare
    l record;
begin
    for l in select * from (values
        ('las', 'mote', 'update or delete', 'las_ferdigstilt'),
        ('las', 'moteelement', 'insert or update or delete', 'las_ferdigstilt'),
        ('las', 'motedeltaker', 'insert or update or delete', 'las_ferdigstilt'),
        ('las', 'beslutning', 'insert or update or delete', 'las_ferdigstilt'),
        ('las', 'medvirkning', 'insert or update or delete', 'las_ferdigstilt'),
        ('las', 'kompetanseheving', 'insert or update or delete', 'las_ferdigstilt'),
        ('liv', 'kompetanseheving', 'insert or update', 'kompetanse_liv'),
        ('las', 'referat_versjon', 'update or delete', 'las_versjon'),
        ('las', 'referat_tekst', 'update or delete', 'las_versjon'),
        ('las', 'referat_lesing', 'update or delete', 'las_versjon'),
        ('gang', 'sak', 'insert or update', 'sak_gang'),
        ('liv', 'tiltak', 'insert or update', 'tiltak_liv'),
        ('gang', 'bistandsforesporsel', 'insert or update', 'bistand_gang')) as v (navn, tabell, nar, funksjon)
    loop
        execute format('drop trigger %I on %I', l.navn, l.tabell);
        execute format('create trigger %I before %s on %I for each row when (not sladder()) execute function %I()',
                       l.navn, l.nar, l.tabell, l.funksjon);
    end loop;
end $$;

-- The trace, for the pages of the referat.
create function sladdinger_ved_mote(m mote) returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (
    select coalesce(json_agg(json_build_object(
               'id', s.id, 'status', s.status, 'grunn', s.grunn, 'avslag_grunn', s.avslag_grunn, 'antall', s.antall,
               'bedt_av', b.navn, 'bedt', (s.bedt at time zone 'Europe/Oslo')::date,
               'avgjort_av', a.navn, 'avgjort', (s.avgjort at time zone 'Europe/Oslo')::date,
               'varslet', v.alle, 'kvittert', v.kvittert) order by s.bedt, s.id), '[]'::json)
      from sladding s
      join person b on b.region_id = s.region_id and b.id = s.bedt_av
      left join person a on a.region_id = s.region_id and a.id = s.avgjort_av
      cross join lateral (select count(*) as alle, count(v.kvittert) as kvittert from sladding_varsel v
                           where v.region_id = s.region_id and v.sladding_id = s.id) v
     where s.region_id = m.region_id and s.mote_id = m.id);
end $$;

-- What waits for the one who asks: to judge what another has asked for, and to delete what they have got. For the first page.
create function sladding_til_meg() returns json language plpgsql stable as $$
begin
    return (
    select coalesce(json_agg(json_build_object('id', s.id, 'mote', m.id, 'forum', f.navn, 'motedag', m.dato,
                                               'avgjores', v.person_id is null) order by s.bedt, s.id), '[]'::json)
      from sladding s
      left join sladding_varsel v on v.region_id = s.region_id and v.sladding_id = s.id and v.person_id = gjeldende_person()
                                 and v.kvittert is null
      join mote m on m.region_id = s.region_id and m.id = s.mote_id
      join forum f on f.region_id = m.region_id and f.id = m.forum_id
     where s.region_id = gjeldende_region()
       and (s.id in (select k.sladding_id from sladding_varsel k
                      where k.region_id = gjeldende_region() and k.person_id = gjeldende_person() and k.kvittert is null)
            or (s.status = 'bedt' and s.bedt_av <> gjeldende_person()
                and exists (select from forhold_til_mote(m.id) r where r.deltaker or r.leder))));
end $$;
