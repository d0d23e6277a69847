-- A møte that administrators may never open, and the one road to the others: bryt glass, by two of them, for a few hours, told to the team.

-- Now, by the program's clock; without it, Postgres' own.
create function na() returns timestamptz language sql stable
return coalesce(to_timestamp(nullif(current_setting('app.na', true), '')::double precision), now());

alter table mote add column last_innenfra boolean not null default false;

create table brutt_glass (
    region_id    uuid not null default gjeldende_region(),
    id           uuid not null,
    mote_id      uuid not null,
    grunn        text not null check (grunn <> ''),
    status       text not null default 'bedt' check (status in ('bedt', 'apent', 'avslatt', 'lukket')),
    bedt_av      uuid not null default gjeldende_person(),
    bedt         timestamptz not null,
    avgjort_av   uuid,
    avgjort      timestamptz,
    avslag_grunn text not null default '',
    utloper      timestamptz,                   -- the last moment it is open
    primary key (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, bedt_av) references person (region_id, id),
    foreign key (region_id, avgjort_av) references person (region_id, id),
    constraint fire_oyne check (status not in ('apent', 'avslatt') or avgjort_av <> bedt_av),
    check ((avgjort is null) = (avgjort_av is null) and (avgjort is null) <= (status in ('bedt', 'lukket'))),
    check ((avslag_grunn <> '') = (status = 'avslatt')),
    check (status <> 'apent' or utloper is not null),
    constraint hoyst_fire_timer check (utloper > avgjort and utloper <= avgjort + interval '4 hours')
);
create index brutt_glass_mote on brutt_glass (region_id, mote_id);
create index brutt_glass_bedt_av on brutt_glass (region_id, bedt_av);

-- Asked for by oneself; opened or refused by another administrator, once; closed by either, or taken back.
create function glass_gang() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.status in ('bedt', 'apent')
       and exists (select from mote m where m.region_id = new.region_id and m.id = new.mote_id and m.last_innenfra) then
        raise exception 'møtet er låst innenfra, og åpnes ikke for andre enn dem som er med' using errcode = 'SH006';
    end if;
    if tg_op = 'INSERT' then
        if new.status <> 'bedt' or new.bedt_av <> gjeldende_person() or gjeldende_rolle() <> 'systemadministrator' then
            raise exception 'bare en systemadministrator ber om å bryte glass, for seg selv' using errcode = '42501';
        end if;
        return new;
    end if;
    if (new.mote_id, new.grunn, new.bedt_av, new.bedt) is distinct from (old.mote_id, old.grunn, old.bedt_av, old.bedt)
       or not ((old.status = 'bedt' and new.status in ('apent', 'avslatt', 'lukket')) or (old.status = 'apent' and new.status = 'lukket'))
       or (new.status in ('apent', 'avslatt') and new.avgjort_av <> gjeldende_person())
       or (old.status = 'apent' and (new.avgjort, new.avgjort_av, new.utloper) is distinct from (old.avgjort, old.avgjort_av, old.utloper))
       or gjeldende_rolle() <> 'systemadministrator' then
        raise exception 'forespørselen er allerede avgjort, eller må avgjøres av en annen systemadministrator' using errcode = 'SH006';
    end if;
    return new;
end $$;
create trigger gang before insert or update on brutt_glass for each row when (not sladder()) execute function glass_gang();
-- Whoever has the møte open is told at once.
create trigger si_fra after insert or update on brutt_glass for each row execute function si_fra_om_mote();

-- Whether I am let in to a møte for a while.
create function glass_apent(mote uuid) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return gjeldende_rolle() = 'systemadministrator'
       and exists (select from brutt_glass g
                     join mote m on m.region_id = g.region_id and m.id = g.mote_id and not m.last_innenfra
                    where g.region_id = gjeldende_region() and g.mote_id = glass_apent.mote and g.bedt_av = gjeldende_person()
                      and g.status = 'apent' and g.utloper > na());
end $$;

-- As in 0039: and by broken glass, and never by office when it is locked from inside.
create or replace function leder_motet(mote uuid, om_barn boolean) returns boolean language plpgsql stable
security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
    return exists (select from mote m
                    where m.region_id = gjeldende_region() and m.id = leder_motet.mote and not m.last_innenfra and leder_i(m.forum_id)
                      and (not om_barn or m.status <> 'ferdigstilt'))
        or glass_apent(leder_motet.mote);
end $$;

alter policy hvem on mote using (
    forum_id in (select mine_fora())
    or (select gjeldende_rolle()) = 'regionkoordinator'
    or ((select gjeldende_rolle()) in ('kommunekoordinator', 'kommunalsjef')
        and exists (select from forum f
                     where f.region_id = mote.region_id and f.id = mote.forum_id and f.kommune_id = (select gjeldende_kommune())))
    or er_innkalt(id)
    or ((select gjeldende_rolle()) = 'systemadministrator' and glass_apent(id)));

alter table brutt_glass enable row level security;
alter table brutt_glass force  row level security;
create policy egen_region on brutt_glass using (region_id = (select gjeldende_region()));
-- The administrators, and those whose møte it is.
create policy hvem on brutt_glass as restrictive to samhandling_web using (
    (select gjeldende_rolle()) = 'systemadministrator' or er_innkalt(mote_id) or leder_motet(mote_id, false));
grant select, insert on brutt_glass to samhandling_web;
revoke update, delete on brutt_glass from samhandling_web;
grant update (status, avgjort_av, avgjort, avslag_grunn, utloper) on brutt_glass to samhandling_web;

-- What the team is told of a møte of theirs: who, why, until when.
create function glass_ved_mote(m mote) returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (
    select coalesce(json_agg(json_build_object('bedt_av', b.navn, 'avgjort_av', a.navn, 'grunn', g.grunn, 'avgjort', g.avgjort,
                                               'utloper', g.utloper) order by g.avgjort, g.id), '[]'::json)
      from brutt_glass g
      join person b on b.region_id = g.region_id and b.id = g.bedt_av
      join person a on a.region_id = g.region_id and a.id = g.avgjort_av
     where g.region_id = m.region_id and g.mote_id = m.id and g.utloper is not null);
end $$;

-- The møter of mine that somebody was let in to these last days: for the first page.
create function glass_til_meg(dager int) returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
    return (
    select coalesce(json_agg(json_build_object('mote', m.id, 'forum', f.navn, 'motedag', m.dato, 'av', b.navn) order by g.avgjort, g.id), '[]'::json)
      from brutt_glass g
      join mote m on m.region_id = g.region_id and m.id = g.mote_id
      join forum f on f.region_id = m.region_id and f.id = m.forum_id
      join person b on b.region_id = g.region_id and b.id = g.bedt_av
     where g.region_id = gjeldende_region() and g.utloper is not null and g.bedt_av <> gjeldende_person()
       and g.avgjort >= na() - make_interval(days => dager) and (er_innkalt(m.id) or leder_motet(m.id, false)));
end $$;

-- As in 0037, and why a glass was broken.
create or replace function sladdesteder() returns table (tabell text, kolonner text[], hvor text) language sql immutable
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
        ('brutt_glass', array['grunn', 'avslag_grunn'], 't.mote_id = $1'),
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
