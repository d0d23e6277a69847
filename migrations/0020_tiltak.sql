-- Tiltak: what a team has agreed to do, followed until it works or ends (Strategisk plan, Nord-Østerdal, kap. 6).
create table tiltak (
    region_id        uuid not null default gjeldende_region(),
    id               uuid not null,
    forum_id         uuid not null,
    mote_id          uuid not null,
    moteelement_id   uuid not null,
    beslutning_id    uuid,                       -- null when it was proposed without a decision, or the decision is withdrawn
    mal              text not null check (mal <> ''),
    hva              text not null check (hva <> ''),
    niva             text not null check (niva in ('system', 'individ')),
    tiltaksniva      text not null check (tiltaksniva in ('primaer', 'sekundaer', 'tertiaer')),
    kategori         text not null check (kategori in ('laeringsmiljo', 'oppvekstmiljo', 'naervaer', 'overgang', 'foreldre',
                         'kompetanse', 'bolig', 'inntekt', 'fritid', 'annet')),
    styrker          text not null default '',
    tjenestetype     text not null check (tjenestetype in ('enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen')),
    ansvarlig_id     uuid not null,
    frist            date not null,
    neste_evaluering date not null,
    utformet_med     text not null check (utformet_med in ('ingen', 'barn', 'foresatte', 'begge')),
    status           text not null check (status in ('foreslatt', 'besluttet', 'pagar', 'til_evaluering', 'viderefort', 'endret',
                         'avsluttet', 'loftet')),
    skal_evalueres   boolean,                    -- of one that has ended: whether somebody looks at it once more
    evalueres        date,
    versjon          int  not null default 1,
    opprettet_av     uuid not null,
    opprettet        timestamptz not null,
    primary key (region_id, id),
    foreign key (region_id, forum_id) references forum (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, moteelement_id) references moteelement (region_id, id),
    foreign key (region_id, beslutning_id) references beslutning (region_id, id) on delete set null (beslutning_id),
    foreign key (region_id, ansvarlig_id) references person (region_id, id),
    foreign key (region_id, opprettet_av) references person (region_id, id),
    check ((status = 'avsluttet') = (skal_evalueres is not null)),
    check (evalueres is null or skal_evalueres)
);
create unique index tiltak_beslutning on tiltak (region_id, beslutning_id) where beslutning_id is not null;
create index tiltak_forum on tiltak (region_id, forum_id, status);
create index tiltak_ansvarlig on tiltak (region_id, ansvarlig_id) where status <> 'avsluttet';
create index tiltak_mote on tiltak (region_id, mote_id);
create index tiltak_element on tiltak (region_id, moteelement_id);

-- An evaluation, never changed: whether it works, and what next. It keeps the words it was about.
create table tiltak_evaluering (
    region_id        uuid not null default gjeldende_region(),
    id               uuid not null,
    tiltak_id        uuid not null,
    tiltak_versjon   int  not null,              -- the version that was looked at: each is evaluated once
    mote_id          uuid,                       -- the møte it was said in
    virker           text not null check (virker in ('virker', 'delvis', 'virker_ikke')),
    notat            text not null default '',
    videre           text not null check (videre in ('viderefort', 'endret', 'avsluttet', 'loftet')),
    neste_evaluering date,
    mal              text not null,
    hva              text not null,
    person_id        uuid not null,
    tid              timestamptz not null,
    primary key (region_id, id),
    foreign key (region_id, tiltak_id) references tiltak (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, person_id) references person (region_id, id),
    check ((videre = 'avsluttet') = (neste_evaluering is null)),
    -- «Vi gjør ikke mer av det som ikke virker, vi gjør noe nytt.»
    constraint virker_ikke_endres check (virker <> 'virker_ikke' or videre <> 'viderefort')
);
create unique index tiltak_evaluering_en_gang on tiltak_evaluering (region_id, tiltak_id, tiltak_versjon);

-- The life of a tiltak, as in src/tiltak/tilstand.rs.
create function tiltak_liv() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.status not in ('foreslatt', 'besluttet') then
            raise exception 'et tiltak begynner som foreslått eller besluttet' using errcode = 'SH020';
        end if;
        return new;
    end if;
    -- A withdrawn decision takes its link with it, and nothing else.
    if to_jsonb(new) - 'beslutning_id' = to_jsonb(old) - 'beslutning_id' and new.beslutning_id is null then
        return new;
    end if;
    if old.status = 'avsluttet' then
        raise exception 'tiltaket er avsluttet' using errcode = 'SH020';
    end if;
    if new.versjon <> old.versjon + 1
       or (new.region_id, new.id, new.forum_id, new.mote_id, new.moteelement_id, new.opprettet_av, new.opprettet)
          is distinct from (old.region_id, old.id, old.forum_id, old.mote_id, old.moteelement_id, old.opprettet_av, old.opprettet) then
        raise exception 'hvor et tiltak kommer fra, endres ikke' using errcode = 'SH020';
    end if;
    if new.status = old.status then
        return new;
    end if;
    if (old.status, new.status) not in (
           ('foreslatt', 'besluttet'), ('foreslatt', 'avsluttet'),
           ('besluttet', 'pagar'), ('besluttet', 'avsluttet'),
           ('pagar', 'til_evaluering'),
           ('til_evaluering', 'viderefort'), ('til_evaluering', 'endret'), ('til_evaluering', 'avsluttet'),
           ('til_evaluering', 'loftet'),
           ('viderefort', 'pagar'), ('endret', 'pagar'),
           ('loftet', 'pagar'), ('loftet', 'avsluttet')) then
        raise exception 'et tiltak går ikke fra % til %', old.status, new.status using errcode = 'SH020';
    end if;
    if old.status = 'til_evaluering'
       and not exists (select from tiltak_evaluering e
                        where e.region_id = old.region_id and e.tiltak_id = old.id and e.tiltak_versjon = old.versjon
                          and e.videre = new.status) then
        raise exception 'tiltaket er ikke evaluert' using errcode = 'SH020';
    end if;
    if new.status = 'endret' and (new.mal, new.hva) is not distinct from (old.mal, old.hva) then
        raise exception 'tiltaket er ikke endret' using errcode = 'SH020';
    end if;
    return new;
end $$;
create trigger liv before insert or update on tiltak for each row execute function tiltak_liv();

create function tiltak_evaluering_liv() returns trigger language plpgsql as $$
begin
    if not exists (select from tiltak t
                    where t.region_id = new.region_id and t.id = new.tiltak_id and t.versjon = new.tiltak_versjon
                      and t.status = 'til_evaluering') then
        raise exception 'tiltaket er ikke til evaluering' using errcode = 'SH020';
    end if;
    return new;
end $$;
create trigger liv before insert on tiltak_evaluering for each row execute function tiltak_evaluering_liv();

-- How the one who asks stands to a tiltak: to its forum, and as `deltaker` whether they answer for it.
create function forhold_til_tiltak(tiltak uuid)
returns table (kommune_id uuid, enhet_id uuid, leder boolean, medlem boolean, deltaker boolean) language sql stable
begin atomic
    select f.kommune_id, f.enhet_id, f.leder, f.medlem, t.ansvarlig_id = gjeldende_person()
      from tiltak t, lateral forhold_til_forum(t.forum_id) f
     where t.region_id = gjeldende_region() and t.id = forhold_til_tiltak.tiltak;
end;

do $$
declare t text;
begin
    foreach t in array array['tiltak', 'tiltak_evaluering'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force  row level security', t);
        execute format('create policy egen_region on %I using (region_id = (select gjeldende_region()))', t);
    end loop;
end $$;
grant select, insert, update on tiltak to samhandling_web;
revoke delete on tiltak from samhandling_web;
grant select, insert on tiltak_evaluering to samhandling_web;
revoke update, delete on tiltak_evaluering from samhandling_web;
