-- Says which møte has changed, so that those who have it open see it at once. The message is ids and nothing else.
create function si_fra_om_mote() returns trigger language plpgsql as $$
declare
    rad record;
    mote uuid;
begin
    if tg_op = 'DELETE' then rad := old; else rad := new; end if;
    case tg_table_name
        when 'mote' then mote := rad.id;
        when 'beslutning' then
            select e.mote_id into mote from moteelement e where e.region_id = rad.region_id and e.id = rad.moteelement_id;
        else mote := rad.mote_id;
    end case;
    if mote is not null then
        perform pg_notify('endret', rad.region_id || '/' || mote);
    end if;
    return null;
end $$;

create trigger si_fra after update on mote for each row execute function si_fra_om_mote();
create trigger si_fra after insert or update or delete on moteelement for each row execute function si_fra_om_mote();
create trigger si_fra after insert or update or delete on motedeltaker for each row execute function si_fra_om_mote();
create trigger si_fra after insert or update or delete on beslutning for each row execute function si_fra_om_mote();
