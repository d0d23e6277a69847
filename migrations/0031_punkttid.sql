-- How the time goes in a møte: the leader starts an element, and all in the room see what is used and left.
alter table moteelement
    add column startet        timestamptz,             -- when it was first begun
    add column pagar_fra      timestamptz,             -- when it was last begun; null when it is not what they are at
    add column brukt_sekunder int not null default 0,  -- in the stretches that have ended
    add constraint moteelement_tid check (brukt_sekunder >= 0 and (startet is not null or (pagar_fra is null and brukt_sekunder = 0))),
    add constraint moteelement_pagar check (pagar_fra >= startet);

-- One at a time.
create unique index moteelement_ett_i_gang on moteelement (region_id, mote_id) where pagar_fra is not null;

-- The clock goes only in a møte under way, and never back.
create function punkttid_liv() returns trigger language plpgsql as $$
begin
    if not exists (select from mote m where m.region_id = new.region_id and m.id = new.mote_id and m.status = 'pagar') then
        raise exception 'et punkt startes mens møtet er i gang' using errcode = 'SH004';
    end if;
    if old.startet is not null and (new.startet is distinct from old.startet or new.brukt_sekunder < old.brukt_sekunder) then
        raise exception 'tiden som er brukt, endres ikke' using errcode = 'SH004';
    end if;
    return new;
end $$;
create trigger tid before update on moteelement for each row
    when ((new.startet, new.pagar_fra, new.brukt_sekunder) is distinct from (old.startet, old.pagar_fra, old.brukt_sekunder))
    execute function punkttid_liv();
