-- Saker: what a team wants to talk about. It is proposed, put on the agenda or declined, and treated in a møte; what is not
-- treated comes back by itself. Until a møte begins, a sak belongs to the team alone, and stands on its first open møte.
create table sak (
    region_id    uuid not null default gjeldende_region(),
    id           uuid not null,
    forum_id     uuid not null,
    mote_id      uuid,                          -- the møte it is treated in, from the moment that begins
    elementtype  text not null check (elementtype in ('generell', 'veiledning', 'observasjon')),
    niva         text not null check (niva in ('system', 'individ')),
    grunnlag     text check (grunnlag in ('anonym', 'samtykke')),
    samtykke_ref text not null default '',      -- where the consent lies, never whose it is
    tittel       text not null check (tittel <> ''),
    beskrivelse  text not null default '',
    minutter     int check (minutter between 5 and 240),
    fast         boolean not null default false, -- comes back on every agenda
    plass        int not null default 0,
    ikke_for     date,                          -- put off: the first day a møte may take it
    status       text not null default 'foreslatt'
                 check (status in ('foreslatt', 'satt_opp', 'behandlet', 'ikke_behandlet', 'avslatt')),
    utfall       text check (utfall in ('drofting', 'rad', 'veiledning', 'tiltak', 'loftet', 'henvist', 'bekymring')),
    avslag_grunn text not null default '',
    fra_sak_id   uuid,                          -- the same sak on the agenda before
    meldt_av     uuid not null,
    meldt        timestamptz not null,
    avgjort_av   uuid,
    avgjort      timestamptz,
    versjon      int not null default 1,
    primary key (region_id, id),
    foreign key (region_id, forum_id) references forum (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, fra_sak_id) references sak (region_id, id),
    foreign key (region_id, meldt_av) references person (region_id, id),
    foreign key (region_id, avgjort_av) references person (region_id, id),
    -- Round a child only under the third element, and only with a basis (Strategisk plan, Nord-Østerdal, kap. 6).
    check (niva = 'system' or elementtype = 'observasjon'),
    check ((niva = 'individ') = (grunnlag is not null)),
    check ((samtykke_ref <> '') = (grunnlag is not distinct from 'samtykke')),
    check ((avslag_grunn <> '') = (status = 'avslatt')),
    check ((utfall is not null) = (status = 'behandlet')),
    check (mote_id is not null or status not in ('behandlet', 'ikke_behandlet')),
    check (mote_id is null or status in ('satt_opp', 'behandlet', 'ikke_behandlet'))
);
create index sak_forum on sak (region_id, forum_id) where status in ('foreslatt', 'satt_opp');
create index sak_mote on sak (region_id, mote_id) where mote_id is not null;
create unique index sak_fra on sak (region_id, fra_sak_id) where fra_sak_id is not null;

alter table sak enable row level security;
alter table sak force  row level security;
create policy egen_region on sak using (region_id = (select gjeldende_region()));
grant select, insert on sak to samhandling_web;
revoke update, delete on sak from samhandling_web;
grant update (mote_id, elementtype, tittel, beskrivelse, minutter, fast, plass, ikke_for, status, utfall, avslag_grunn,
              avgjort_av, avgjort, versjon) on sak to samhandling_web;

-- The same moves as src/sak/tilstand.rs, whoever asks; and nothing changes in a møte that is ferdigstilt.
create function sak_gang() returns trigger language plpgsql as $$
declare
    m mote;
begin
    if tg_op = 'INSERT' then
        if new.status not in ('foreslatt', 'satt_opp') then
            raise exception 'En sak begynner som meldt eller satt opp' using errcode = 'SH022';
        end if;
    elsif new.status <> old.status and (old.status, new.status) not in (
        ('foreslatt', 'satt_opp'), ('foreslatt', 'avslatt'), ('satt_opp', 'avslatt'), ('satt_opp', 'foreslatt'),
        ('avslatt', 'foreslatt'), ('satt_opp', 'behandlet'), ('behandlet', 'satt_opp'), ('satt_opp', 'ikke_behandlet')) then
        raise exception 'Saken kan ikke gå fra % til %', old.status, new.status using errcode = 'SH022';
    end if;
    if tg_op = 'UPDATE' and old.mote_id is not null then
        select * into m from mote where mote.region_id = old.region_id and mote.id = old.mote_id;
        if m.status = 'ferdigstilt' then
            raise exception 'møtet er ferdigstilt og låst' using errcode = 'SH001';
        end if;
    end if;
    if new.mote_id is not null and (tg_op = 'INSERT' or new.mote_id is distinct from old.mote_id) then
        select * into m from mote where mote.region_id = new.region_id and mote.id = new.mote_id;
        if m.forum_id <> new.forum_id then
            raise exception 'Møtet hører ikke til teamet som har saken' using errcode = 'SH022';
        end if;
        if m.status = 'ferdigstilt' then
            raise exception 'møtet er ferdigstilt og låst' using errcode = 'SH001';
        end if;
    end if;
    return new;
end $$;
create trigger gang before insert or update on sak for each row execute function sak_gang();

-- A møte takes the team's saker with it when it begins, and leaves behind what it did not treat: nothing open vanishes.
create function mote_tar_saker() returns trigger language plpgsql as $$
begin
    if new.status = old.status then
        return new;
    end if;
    if new.status = 'pagar' then
        update sak s set mote_id = new.id, versjon = s.versjon + 1
         where s.region_id = new.region_id and s.forum_id = new.forum_id and s.mote_id is null and s.status = 'satt_opp'
           and (s.ikke_for is null or s.ikke_for <= new.dato);
    elsif new.status = 'ferdigstilt' then
        update sak s set status = 'ikke_behandlet', versjon = s.versjon + 1
         where s.region_id = new.region_id and s.mote_id = new.id and s.status = 'satt_opp';
        insert into sak (region_id, id, forum_id, elementtype, niva, grunnlag, samtykke_ref, tittel, beskrivelse, minutter, fast, plass,
                         status, fra_sak_id, meldt_av, meldt, avgjort_av, avgjort)
        select s.region_id, gen_random_uuid(), s.forum_id, s.elementtype, s.niva, s.grunnlag, s.samtykke_ref, s.tittel, s.beskrivelse,
               s.minutter, s.fast, s.plass, 'satt_opp', s.id, s.meldt_av, s.meldt, s.avgjort_av, s.avgjort
          from sak s
         where s.region_id = new.region_id and s.mote_id = new.id and (s.status = 'ikke_behandlet' or s.fast);
    elsif new.status <> 'innkalt' then
        -- Called off or closed: its saker wait for the next one.
        update sak s set mote_id = null, status = 'satt_opp', utfall = null, versjon = s.versjon + 1
         where s.region_id = new.region_id and s.mote_id = new.id;
    end if;
    return new;
end $$;
create trigger tar_saker before update of status on mote for each row execute function mote_tar_saker();

-- The saker of a møte: those it treats or treated, and on the team's first open one those that wait for it.
create function saker_ved_mote(m mote) returns json language plpgsql stable as $$
begin
    return (
    select coalesce(json_agg(json_build_object(
               'id', s.id, 'elementtype', s.elementtype, 'niva', s.niva, 'grunnlag', s.grunnlag, 'tittel', s.tittel,
               'beskrivelse', s.beskrivelse, 'minutter', s.minutter, 'fast', s.fast, 'status', s.status, 'utfall', s.utfall,
               'versjon', s.versjon, 'meldt_av', p.navn, 'sent', s.meldt > m.start - interval '7 days' and s.fra_sak_id is null,
               'fra_mote', fm.id, 'fra_dato', fm.dato) order by s.plass, s.meldt, s.id), '[]'::json)
      from sak s
      join person p on p.region_id = s.region_id and p.id = s.meldt_av
      left join sak fra on fra.region_id = s.region_id and fra.id = s.fra_sak_id
      left join mote fm on fm.region_id = fra.region_id and fm.id = fra.mote_id
     where s.region_id = m.region_id and s.forum_id = m.forum_id
       and (s.mote_id = m.id
            or (s.mote_id is null and s.status in ('foreslatt', 'satt_opp') and m.status in ('planlagt', 'innkalt', 'pagar')
                and (s.ikke_for is null or s.ikke_for <= m.dato)
                and not exists (select from mote n
                                 where n.region_id = m.region_id and n.forum_id = m.forum_id and n.start < m.start
                                   and n.status in ('planlagt', 'innkalt', 'pagar')
                                   and (s.ikke_for is null or s.ikke_for <= n.dato)))));
end $$;

-- How the one who asks stands to the team of a sak; no row when it does not exist here.
create function forhold_til_sak(sak uuid)
returns table (kommune_id uuid, enhet_id uuid, leder boolean, medlem boolean, deltaker boolean) language sql stable
begin atomic
    select f.kommune_id, f.enhet_id, f.leder, f.medlem, false
      from sak s, lateral forhold_til_forum(s.forum_id) f
     where s.region_id = gjeldende_region() and s.id = forhold_til_sak.sak;
end;

create trigger si_fra after insert or update on sak for each row execute function si_fra_om_mote();
