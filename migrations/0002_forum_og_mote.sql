-- Fora of every kind, their members, and the møter they hold.

create table forum (
    region_id  uuid not null default gjeldende_region() references region (id),
    id         uuid not null,
    type       text not null check (type in ('tst_enhet', 'tst_kommune', 'kommunedirektorforum', 'arbeidsgruppe',
                   'arbeidsutvalg', 'regionrad', 'politisk_nemnd', 'fagrad', 'politirad', 'slt', 'kog', 'ungdomsrad',
                   'steg_gruppe', 'familieteam')),
    navn       text not null check (navn <> ''),
    mandat     text not null default '',
    kommune_id uuid,                            -- the kommune it works in; null for the whole region
    enhet_id   uuid,
    gyldig_fra date not null,
    gyldig_til date check (gyldig_til >= gyldig_fra),
    versjon    int  not null default 1,
    primary key (region_id, id),
    foreign key (region_id, kommune_id) references kommune (region_id, id),
    foreign key (region_id, enhet_id) references enhet (region_id, id),
    check (type <> 'tst_enhet' or (enhet_id is not null and kommune_id is not null)),
    check (type <> 'tst_kommune' or (enhet_id is null and kommune_id is not null))
);
create unique index forum_en_per_enhet on forum (region_id, enhet_id) where type = 'tst_enhet' and gyldig_til is null;
create index forum_kommune on forum (region_id, kommune_id, enhet_id);

-- A seat in a forum. A seat without person_id waits for its tjeneste to name somebody.
create table forum_medlem (
    region_id       uuid not null default gjeldende_region(),
    id              uuid not null,
    forum_id        uuid not null,
    person_id       uuid,
    tjenestetype    text not null check (tjenestetype in ('enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen')),
    tjeneste_id     uuid,
    fast            boolean not null default true,     -- false: ved behov
    moteplikt       boolean not null default true,
    leder           boolean not null default false,
    vara_person_id  uuid,
    gyldig_fra      date not null,
    gyldig_til      date check (gyldig_til >= gyldig_fra),
    versjon         int  not null default 1,
    primary key (region_id, id),
    foreign key (region_id, forum_id) references forum (region_id, id),
    foreign key (region_id, person_id) references person (region_id, id),
    foreign key (region_id, tjeneste_id) references tjeneste (region_id, id),
    foreign key (region_id, vara_person_id) references person (region_id, id),
    check (not moteplikt or fast)
);
create unique index forum_medlem_en_gang on forum_medlem (region_id, forum_id, person_id)
    where gyldig_til is null and person_id is not null;
create index forum_medlem_person on forum_medlem (region_id, person_id, forum_id);

create table motemal (
    region_id  uuid not null default gjeldende_region() references region (id),
    id         uuid not null,
    forum_type text not null,
    navn       text not null check (navn <> ''),
    versjon    int  not null check (versjon > 0),
    gjeldende  boolean not null default true,
    primary key (region_id, id)
);
create unique index motemal_versjon on motemal (region_id, forum_type, versjon);
create unique index motemal_gjeldende on motemal (region_id, forum_type) where gjeldende;

create table motemal_element (
    region_id  uuid not null default gjeldende_region(),
    id         uuid not null,
    motemal_id uuid not null,
    plass      int  not null check (plass > 0),
    type       text not null check (type in ('generell', 'veiledning', 'observasjon', 'annet')),
    tittel     text not null check (tittel <> ''),
    hjelp      text not null default '',
    minutter   int  not null check (minutter between 5 and 480),
    primary key (region_id, id),
    foreign key (region_id, motemal_id) references motemal (region_id, id) on delete cascade
);
create unique index motemal_element_plass on motemal_element (region_id, motemal_id, plass);

create table mote (
    region_id          uuid not null default gjeldende_region(),
    id                 uuid not null,
    forum_id           uuid not null,
    motemal_id         uuid,
    start              timestamptz not null,
    minutter           int  not null check (minutter between 0 and 1440),  -- the sum of its elements
    slutt              timestamptz not null generated always as
                       ((start at time zone 'UTC' + minutter * interval '1 minute') at time zone 'UTC') stored,
    dato               date not null generated always as ((start at time zone 'Europe/Oslo')::date) stored,
    sted               text not null check (sted <> ''),
    status             text not null default 'planlagt'
                       check (status in ('planlagt', 'innkalt', 'pagar', 'ferdigstilt', 'avlyst')),
    kort_begrunnelse   text,                    -- why the møte is shorter than the rule
    avlyst_begrunnelse text,
    mangler_begrunnelse text,                   -- why it was finished with something missing
    moteleder_id       uuid,
    opprettet_av       uuid not null,
    opprettet          timestamptz not null,
    startet            timestamptz,
    ferdigstilt        timestamptz,
    ferdigstilt_av     uuid,
    versjon            int not null default 1,
    primary key (region_id, id),
    foreign key (region_id, forum_id) references forum (region_id, id),
    foreign key (region_id, motemal_id) references motemal (region_id, id),
    foreign key (region_id, moteleder_id) references person (region_id, id),
    foreign key (region_id, opprettet_av) references person (region_id, id),
    foreign key (region_id, ferdigstilt_av) references person (region_id, id),
    check ((status = 'avlyst') = (coalesce(avlyst_begrunnelse, '') <> '')),
    check ((status = 'ferdigstilt') = (ferdigstilt is not null))
);
create index mote_forum on mote (region_id, forum_id, start);
create index mote_dato on mote (region_id, dato, forum_id, status);

create table moteelement (
    region_id    uuid not null default gjeldende_region(),
    id           uuid not null,
    mote_id      uuid not null,
    plass        int  not null check (plass > 0),
    type         text not null check (type in ('generell', 'veiledning', 'observasjon', 'annet')),
    tittel       text not null check (tittel <> ''),
    hjelp        text not null default '',
    minutter     int  not null check (minutter between 5 and 480),
    gjennomfort  boolean not null default false,
    notat        text not null default '',
    notat_av     uuid,
    notat_tid    timestamptz,
    versjon      int  not null default 1,        -- of the notat
    primary key (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id) on delete cascade,
    foreign key (region_id, notat_av) references person (region_id, id),
    unique (region_id, mote_id, plass) deferrable
);

-- Who is invited, what they answered, and whether they came.
create table motedeltaker (
    region_id     uuid not null default gjeldende_region(),
    id            uuid not null,
    mote_id       uuid not null,
    person_id     uuid,                          -- null: a seat its tjeneste has not filled
    tjenestetype  text not null check (tjenestetype in ('enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen')),
    fast          boolean not null,
    moteplikt     boolean not null,
    svar          text not null default 'ubesvart' check (svar in ('ubesvart', 'kommer', 'sender_vara', 'forfall')),
    oppmote       text check (oppmote in ('til_stede', 'vara', 'forfall', 'ikke_mott')),
    vara_navn     text,                          -- who comes or came instead
    -- A closed list, so that nobody writes a health detail.
    grunn         text check (grunn in ('fravaer', 'annet_oppdrag', 'reise_eller_vaer', 'annet')),
    svar_tid      timestamptz,
    oppmote_tid   timestamptz,
    oppmote_av    uuid,
    primary key (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id) on delete cascade,
    foreign key (region_id, person_id) references person (region_id, id),
    foreign key (region_id, oppmote_av) references person (region_id, id),
    check (oppmote <> 'vara' or coalesce(vara_navn, '') <> ''),
    check (oppmote <> 'forfall' or grunn is not null)
);
create index motedeltaker_mote on motedeltaker (region_id, mote_id) include (tjenestetype, oppmote, moteplikt);
create unique index motedeltaker_en_gang on motedeltaker (region_id, mote_id, person_id) where person_id is not null;
create index motedeltaker_person on motedeltaker (region_id, person_id, mote_id);

create table beslutning (
    region_id      uuid not null default gjeldende_region(),
    id             uuid not null,
    moteelement_id uuid not null,
    tekst          text not null check (tekst <> ''),
    tjenestetype   text not null check (tjenestetype in ('enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen')),
    opprettet_av   uuid not null,
    opprettet      timestamptz not null,
    primary key (region_id, id),
    foreign key (region_id, moteelement_id) references moteelement (region_id, id) on delete cascade,
    foreign key (region_id, opprettet_av) references person (region_id, id)
);
create index beslutning_element on beslutning (region_id, moteelement_id);

-- A ferdigstilt møte is locked: nothing in it changes, whoever asks.
create function las_ferdigstilt() returns trigger language plpgsql as $$
declare
    laast boolean;
    rad record;
begin
    if tg_op = 'DELETE' then rad := old; else rad := new; end if;
    if tg_table_name = 'mote' then
        laast := old.status = 'ferdigstilt';
    elsif tg_table_name = 'beslutning' then
        select m.status = 'ferdigstilt' into laast
          from moteelement e join mote m on m.region_id = e.region_id and m.id = e.mote_id
         where e.region_id = rad.region_id and e.id = rad.moteelement_id;
    else
        select m.status = 'ferdigstilt' into laast from mote m where m.region_id = rad.region_id and m.id = rad.mote_id;
    end if;
    if laast then
        raise exception 'møtet er ferdigstilt og låst' using errcode = 'SH001';
    end if;
    return rad;
end $$;

create trigger las before update or delete on mote for each row execute function las_ferdigstilt();
create trigger las before insert or update or delete on moteelement for each row execute function las_ferdigstilt();
create trigger las before insert or update or delete on motedeltaker for each row execute function las_ferdigstilt();
create trigger las before insert or update or delete on beslutning for each row execute function las_ferdigstilt();
