-- After the møte: corrections of its referat, who has read it, and the two ways a møte ends without one.

-- A correction of a ferdigstilt referat. The møte itself is version 1 and stays as it was locked.
create table referat_versjon (
    region_id uuid not null default gjeldende_region(),
    id        uuid not null,
    mote_id   uuid not null,
    nr        int  not null check (nr >= 2),
    grunn     text not null check (grunn <> ''),
    rettet_av uuid not null,
    rettet    timestamptz not null,
    primary key (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, rettet_av) references person (region_id, id),
    unique (region_id, mote_id, nr)
);
create index referat_versjon_rettet on referat_versjon (region_id, rettet);

-- Every text of a version: the note of an element, or one of its decisions. An empty one is taken out.
create table referat_tekst (
    region_id      uuid not null default gjeldende_region(),
    id             uuid not null,
    versjon_id     uuid not null,
    moteelement_id uuid not null,
    beslutning_id  uuid,                        -- null: the note
    tekst          text not null,
    primary key (region_id, id),
    foreign key (region_id, versjon_id) references referat_versjon (region_id, id),
    foreign key (region_id, moteelement_id) references moteelement (region_id, id),
    foreign key (region_id, beslutning_id) references beslutning (region_id, id),
    unique nulls not distinct (region_id, versjon_id, moteelement_id, beslutning_id)
);

-- What one who was called in has said of a version: that it is read, or a remark.
create table referat_lesing (
    region_id uuid not null default gjeldende_region(),
    id        uuid not null,
    mote_id   uuid not null,
    nr        int  not null,
    person_id uuid not null,
    merknad   text check (merknad <> ''),       -- null: read
    tid       timestamptz not null,
    primary key (region_id, id),
    foreign key (region_id, mote_id) references mote (region_id, id),
    foreign key (region_id, person_id) references person (region_id, id)
);
create unique index referat_lesing_en_gang on referat_lesing (region_id, mote_id, nr, person_id) where merknad is null;
create index referat_lesing_mote on referat_lesing (region_id, mote_id, nr, person_id);

-- The version of a referat that counts.
create function referat_nr(mote uuid) returns int language sql stable
begin atomic
    select coalesce(max(v.nr), 1) from referat_versjon v
     where v.region_id = gjeldende_region() and v.mote_id = referat_nr.mote;
end;

-- What is written is never rewritten, by anybody: the web role is not granted it, and these say so to the owner too.
create function las_versjon() returns trigger language plpgsql as $$
begin
    raise exception 'referatet er ferdigstilt og låst' using errcode = 'SH001';
end $$;
create trigger las before update or delete on referat_versjon for each row execute function las_versjon();
create trigger las before update or delete on referat_tekst for each row execute function las_versjon();
create trigger las before update or delete on referat_lesing for each row execute function las_versjon();

-- A version is the next one of a ferdigstilt møte, made by the one who asks.
create function versjon_liv() returns trigger language plpgsql as $$
begin
    perform from mote m where m.region_id = new.region_id and m.id = new.mote_id and m.status = 'ferdigstilt' for update;
    if not found then
        raise exception 'bare et ferdigstilt referat kan rettes' using errcode = 'SH003';
    end if;
    if new.nr <> referat_nr(new.mote_id) + 1 then
        raise exception 'noen andre har rettet referatet i mellomtiden' using errcode = 'SH003';
    end if;
    if new.rettet_av <> gjeldende_person() then
        raise exception 'en rettelse står i navnet til den som retter' using errcode = 'SH003';
    end if;
    return new;
end $$;
create trigger liv before insert on referat_versjon for each row execute function versjon_liv();

-- Its texts come with it, in the same transaction, and never later.
create function versjonstekst_liv() returns trigger language plpgsql as $$
begin
    if not exists (select from referat_versjon v
                     join moteelement e on e.region_id = v.region_id and e.mote_id = v.mote_id and e.id = new.moteelement_id
                    where v.region_id = new.region_id and v.id = new.versjon_id and v.xmin = pg_current_xact_id()::xid
                      and (new.beslutning_id is null
                           or exists (select from beslutning b where b.region_id = e.region_id and b.moteelement_id = e.id
                                                                 and b.id = new.beslutning_id))) then
        raise exception 'versjonen er låst' using errcode = 'SH001';
    end if;
    return new;
end $$;
create trigger liv before insert on referat_tekst for each row execute function versjonstekst_liv();

-- One speaks for oneself, of the version that counts, of a møte one was called to.
create function lesing_liv() returns trigger language plpgsql as $$
begin
    if new.person_id <> gjeldende_person()
       or not exists (select from mote m
                        join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id and d.person_id = new.person_id
                       where m.region_id = new.region_id and m.id = new.mote_id and m.status = 'ferdigstilt') then
        raise exception 'bare de som var kalt inn, svarer på et ferdigstilt referat' using errcode = 'SH003';
    end if;
    if new.nr <> referat_nr(new.mote_id) then
        raise exception 'referatet er rettet i mellomtiden. Les den nye versjonen først' using errcode = 'SH003';
    end if;
    return new;
end $$;
create trigger liv before insert on referat_lesing for each row execute function lesing_liv();

-- The referater that wait for a word from the one who asks, until so many days have gone: for the first page.
create function referat_til_meg(dager int) returns json language plpgsql stable as $$
begin
    return (
    select coalesce(json_agg(json_build_object('mote', m.id, 'forum', f.navn, 'motedag', to_char(m.dato, 'DD.MM.YYYY'), 'nr', g.nr,
                                               'frist', to_char((g.tid at time zone 'Europe/Oslo')::date + dager, 'DD.MM.YYYY')) order by g.tid, m.id), '[]'::json)
      from (select n.id from mote n
             where n.region_id = gjeldende_region() and n.status = 'ferdigstilt'
               and n.ferdigstilt >= (i_dag() - dager)::timestamp at time zone 'Europe/Oslo'
            union
            select v.mote_id from referat_versjon v
             where v.region_id = gjeldende_region() and v.rettet >= (i_dag() - dager)::timestamp at time zone 'Europe/Oslo') nye
      join motedeltaker d on d.region_id = gjeldende_region() and d.mote_id = nye.id and d.person_id = gjeldende_person()
      join mote m on m.region_id = d.region_id and m.id = d.mote_id
      join forum f on f.region_id = m.region_id and f.id = m.forum_id
      cross join lateral (
          select coalesce(max(v.nr), 1) as nr, coalesce(max(v.rettet), m.ferdigstilt) as tid,
                 coalesce((array_agg(v.rettet_av order by v.nr desc))[1], m.ferdigstilt_av) as av
            from referat_versjon v where v.region_id = m.region_id and v.mote_id = m.id) g
     where g.av is distinct from gjeldende_person()
       and not exists (select from referat_lesing l
                        where l.region_id = m.region_id and l.mote_id = m.id and l.nr = g.nr and l.person_id = gjeldende_person()));
end $$;
create index mote_ferdigstilt on mote (region_id, ferdigstilt) where status = 'ferdigstilt';

-- A møte that is not held, or ought not to be there, is closed without a referat. An avlysning made by mistake is taken back.
alter table mote
    drop constraint mote_status_check,
    add constraint mote_status_check check (status in ('planlagt', 'innkalt', 'pagar', 'ferdigstilt', 'avlyst', 'lukket')),
    add lukket_arsak       text check (lukket_arsak in ('ikke_holdt', 'dobbeltbooket', 'feil')),
    add lukket_begrunnelse text,
    add lukket             timestamptz,
    add lukket_av          uuid,
    add avlyst             timestamptz,
    add avlyst_av          uuid,
    add avlyst_fra         text check (avlyst_fra in ('planlagt', 'innkalt')), -- where it stood before
    add angret             timestamptz,
    add angret_av          uuid,
    -- The columns are new and empty, and the owner has no region to look through for rows to check.
    add foreign key (region_id, lukket_av) references person (region_id, id) not valid,
    add foreign key (region_id, avlyst_av) references person (region_id, id) not valid,
    add foreign key (region_id, angret_av) references person (region_id, id) not valid,
    add check ((status = 'lukket') = (lukket_arsak is not null)),
    add check (status <> 'lukket' or coalesce(lukket_begrunnelse, '') <> '');

-- The life of a møte, as in src/mote/tilstand.rs. It comes after the lock («las»), which speaks first.
create function mote_liv() returns trigger language plpgsql as $$
begin
    if new.status = old.status then
        if old.status in ('avlyst', 'lukket')
           and (new.avlyst, new.avlyst_fra, new.lukket, new.lukket_arsak) is distinct from (old.avlyst, old.avlyst_fra, old.lukket, old.lukket_arsak) then
            raise exception 'når og hvorfor møtet endte, endres ikke' using errcode = 'SH002';
        end if;
        return new;
    end if;
    if old.status = 'avlyst' then
        if new.status is distinct from old.avlyst_fra or new.angret is null or new.angret < old.avlyst
           or new.angret > old.avlyst + interval '24 hours' then
            raise exception 'en avlysning kan bare angres det første døgnet' using errcode = 'SH002';
        end if;
        return new;
    end if;
    if (old.status, new.status) not in (
           ('planlagt', 'innkalt'), ('innkalt', 'pagar'), ('pagar', 'ferdigstilt'),
           ('planlagt', 'avlyst'), ('innkalt', 'avlyst'),
           ('planlagt', 'lukket'), ('innkalt', 'lukket'), ('pagar', 'lukket')) then
        raise exception 'et møte går ikke fra % til %', old.status, new.status using errcode = 'SH002';
    end if;
    if new.status = 'avlyst' and new.avlyst_fra is distinct from old.status and new.avlyst_fra is not null then
        raise exception 'avlysningen husker feil' using errcode = 'SH002';
    end if;
    if new.status = 'lukket'
       and (exists (select from moteelement e where e.region_id = new.region_id and e.mote_id = new.id and e.notat <> '')
            or exists (select from moteelement e
                         join beslutning b on b.region_id = e.region_id and b.moteelement_id = e.id
                        where e.region_id = new.region_id and e.mote_id = new.id)) then
        raise exception 'det er skrevet notater eller beslutninger i møtet' using errcode = 'SH002';
    end if;
    return new;
end $$;
create trigger liv before update on mote for each row execute function mote_liv();

-- A møte begins at its beginning; only the owner brings in those that have been.
create policy begynner on mote as restrictive for insert to samhandling_web with check (status in ('planlagt', 'innkalt'));

-- An answer that has come stands on the next møte that is held, not on one that is closed.
create or replace function bistand_ved_mote(m mote) returns json language plpgsql stable as $$
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
            or (m.status not in ('avlyst', 'lukket') and m.start >= svart.tid
                and not exists (select from mote n
                                 where n.region_id = m.region_id and n.forum_id = m.forum_id and n.status not in ('avlyst', 'lukket')
                                   and n.start >= svart.tid and n.start < m.start))));
end $$;

do $$
declare t text;
begin
    foreach t in array array['referat_versjon', 'referat_tekst', 'referat_lesing'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force  row level security', t);
        execute format('create policy egen_region on %I using (region_id = (select gjeldende_region()))', t);
        execute format('grant select, insert on %I to samhandling_web', t);
        execute format('revoke update, delete on %I from samhandling_web', t);
    end loop;
end $$;
