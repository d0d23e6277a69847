-- The ground everything stands on: who asks, and what belongs to whom.
--
-- Every row of a region carries region_id, in its primary key and in every foreign key. The web role owns
-- nothing; it names its region, account and person once per transaction, and the policies do the rest.

-- Unset settings are an error, never «everything».
create function gjeldende_region() returns uuid language sql stable
return current_setting('app.region')::uuid;

create function gjeldende_bruker() returns uuid language sql stable
return current_setting('app.bruker')::uuid;

create function gjeldende_person() returns uuid language sql stable
return current_setting('app.person')::uuid;

-- Today, as the region's people reckon it. The clock is the program's, so that tests can set it.
create function i_dag() returns date language sql stable
return current_setting('app.i_dag')::date;

-- Accounts and sessions belong to no region: the same person may work in several. Only `auth` reads and writes them.
create table bruker (
    id               uuid primary key,
    epost            text not null check (epost = lower(epost) and epost like '%_@_%'),
    passord_hash     text not null,
    ma_bytte_passord boolean not null default false,
    demo             boolean not null default false,
    sperret          boolean not null default false,
    opprettet        timestamptz not null
);
create unique index bruker_epost on bruker (epost);

create table okt (
    token_hash bytea primary key,              -- sha-256 of the cookie's token; the token itself is never stored
    bruker_id  uuid not null references bruker (id) on delete cascade,
    region_id  uuid,                           -- null until region and role are chosen
    rolle_id   uuid,
    opprettet  timestamptz not null,
    sist_brukt timestamptz not null
);
create index okt_bruker on okt (bruker_id);

-- Failed log-ins per account and per address, as hashes.
create table innloggingsforsok (
    nokkel text primary key,
    feil   int not null,
    sist   timestamptz not null
);

create table region (
    id            uuid primary key,
    navn          text not null check (navn <> ''),
    visjon        text not null default '',
    kontakt_navn  text not null default '',
    kontakt_epost text not null default ''
);
create unique index region_navn on region (navn);

create table kommune (
    region_id     uuid not null default gjeldende_region() references region (id),
    id            uuid not null,
    kommunenummer text not null check (kommunenummer ~ '^[0-9]{4}$'),
    navn          text not null check (navn <> ''),
    gyldig_fra    date not null,
    gyldig_til    date check (gyldig_til >= gyldig_fra),
    versjon       int  not null default 1,
    primary key (region_id, id)
);
create unique index kommune_nummer on kommune (region_id, kommunenummer);

create table tjeneste (
    region_id  uuid not null default gjeldende_region() references region (id),
    id         uuid not null,
    type       text not null check (type in ('ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen')),
    navn       text not null check (navn <> ''),
    orgnr      text check (orgnr ~ '^[0-9]{9}$'),
    kontakt    text not null default '',
    gyldig_fra date not null,
    gyldig_til date check (gyldig_til >= gyldig_fra),
    versjon    int  not null default 1,
    primary key (region_id, id)
);
create unique index tjeneste_navn on tjeneste (region_id, navn);

-- A tjeneste may serve several kommuner.
create table tjeneste_kommune (
    region_id   uuid not null default gjeldende_region(),
    tjeneste_id uuid not null,
    kommune_id  uuid not null,
    gyldig_fra  date not null,
    gyldig_til  date check (gyldig_til >= gyldig_fra),
    primary key (region_id, tjeneste_id, kommune_id),
    foreign key (region_id, tjeneste_id) references tjeneste (region_id, id),
    foreign key (region_id, kommune_id) references kommune (region_id, id)
);

create table enhet (
    region_id  uuid not null default gjeldende_region(),
    id         uuid not null,
    kommune_id uuid not null,
    type       text not null check (type in ('skole', 'barnehage')),
    orgnr      text check (orgnr ~ '^[0-9]{9}$'),
    navn       text not null check (navn <> ''),
    antall     int check (antall >= 0),        -- elever or barn; null when not known
    trinn_fra  int check (trinn_fra between 0 and 13),
    trinn_til  int check (trinn_til between 0 and 13),
    eier       text not null check (eier in ('offentlig', 'privat')),
    adresse    text not null default '',
    gyldig_fra date not null,
    gyldig_til date check (gyldig_til >= gyldig_fra),
    versjon    int  not null default 1,
    primary key (region_id, id),
    foreign key (region_id, kommune_id) references kommune (region_id, id)
);
create unique index enhet_orgnr on enhet (region_id, orgnr);
create index enhet_kommune on enhet (region_id, kommune_id, navn);

-- Somebody who works in the region; an account may be a person in several regions.
create table person (
    region_id   uuid not null default gjeldende_region() references region (id),
    id          uuid not null,
    bruker_id   uuid references bruker (id),
    navn        text not null check (navn <> ''),
    tittel      text not null default '',      -- «Rektor», «PPT-rådgiver»
    epost       text not null check (epost = lower(epost)),
    telefon     text not null default '',
    tjeneste_id uuid,
    enhet_id    uuid,
    gyldig_fra  date not null,
    gyldig_til  date check (gyldig_til >= gyldig_fra),
    versjon     int  not null default 1,
    primary key (region_id, id),
    foreign key (region_id, tjeneste_id) references tjeneste (region_id, id),
    foreign key (region_id, enhet_id) references enhet (region_id, id)
);
create unique index person_epost on person (region_id, epost);
create unique index person_bruker on person (region_id, bruker_id);

-- Which regions an account has a person in: what the hall outside the regions may know. Kept by a trigger on person.
create table tilknytning (
    bruker_id uuid not null references bruker (id),
    region_id uuid not null references region (id),
    primary key (bruker_id, region_id)
);

create function folg_tilknytning() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' and old.bruker_id is not null and old.bruker_id is distinct from new.bruker_id then
        delete from tilknytning where bruker_id = old.bruker_id and region_id = old.region_id;
    end if;
    if new.bruker_id is not null then
        insert into tilknytning (bruker_id, region_id) values (new.bruker_id, new.region_id) on conflict do nothing;
    end if;
    return new;
end $$;
create trigger tilknytning after insert or update of bruker_id on person
    for each row execute function folg_tilknytning();

create table rolle (
    region_id  uuid not null default gjeldende_region(),
    id         uuid not null,
    person_id  uuid not null,
    type       text not null check (type in ('teamleder', 'teammedlem', 'invitert', 'kommunekoordinator',
                   'kommunalsjef', 'kommunedirektor', 'regionkoordinator', 'systemadministrator')),
    kommune_id uuid,
    enhet_id   uuid,
    gyldig_fra date not null,
    gyldig_til date check (gyldig_til >= gyldig_fra),
    versjon    int  not null default 1,
    primary key (region_id, id),
    foreign key (region_id, person_id) references person (region_id, id),
    foreign key (region_id, kommune_id) references kommune (region_id, id),
    foreign key (region_id, enhet_id) references enhet (region_id, id),
    -- A role stands in the place it is for.
    check ((type in ('kommunekoordinator', 'kommunalsjef', 'kommunedirektor')) = (kommune_id is not null)),
    check ((type = 'teamleder') = (enhet_id is not null))
);
create index rolle_person on rolle (region_id, person_id);

-- The region's rules; a kommune or an enhet may differ, with a reason. Null in an override means «as above».
create table regelsett (
    region_id       uuid not null default gjeldende_region() references region (id),
    id              uuid not null,
    kommune_id      uuid,
    enhet_id        uuid,
    min_varighet    int check (min_varighet between 30 and 480),      -- minutes
    min_host        int check (min_host between 0 and 12),            -- møter in the autumn semester
    min_var         int check (min_var between 0 and 12),
    stor_host       int check (stor_host between 0 and 12),           -- the same for large units
    stor_var        int check (stor_var between 0 and 12),
    stor_skole      int check (stor_skole > 0),                       -- elever from which a skole is large
    stor_barnehage  int check (stor_barnehage > 0),                   -- barn from which a barnehage is large
    faste_tjenester text[],
    host_start      text check (host_start ~ '^[01][0-9]-[0-3][0-9]$'), -- month and day
    var_start       text check (var_start ~ '^[01][0-9]-[0-3][0-9]$'),
    begrunnelse     text not null default '',
    versjon         int  not null default 1,
    primary key (region_id, id),
    foreign key (region_id, kommune_id) references kommune (region_id, id),
    foreign key (region_id, enhet_id) references enhet (region_id, id),
    check (kommune_id is null or enhet_id is null),
    -- The region's own rules are whole; every override says why.
    check (coalesce(kommune_id, enhet_id) is null or begrunnelse <> ''),
    check (coalesce(kommune_id, enhet_id) is not null
           or num_nulls(min_varighet, min_host, min_var, stor_host, stor_var, stor_skole, stor_barnehage,
                        faste_tjenester, host_start, var_start) = 0)
);
create unique index regelsett_sted on regelsett (region_id, kommune_id, enhet_id) nulls not distinct;

-- A form sent twice is one act: its key, and where the first sending led.
create table innsending (
    region_id uuid not null default gjeldende_region() references region (id),
    nokkel    uuid not null,
    bruker_id uuid not null default gjeldende_bruker(),
    svar      text,
    tid       timestamptz not null default now(),
    primary key (region_id, nokkel)
);
