-- What a ferdigstilt møte holds is neither changed nor carried out of it: the lock asks of the møte a row comes from, and of the
-- one it goes to. Until now an update could move a row from a locked møte to an open one.
create or replace function las_ferdigstilt() returns trigger language plpgsql as $$
declare
    laast boolean;
begin
    -- What is not there (the old row of an insert, the new one of a delete) is null.
    if tg_table_name = 'mote' then
        laast := old.status = 'ferdigstilt';
    elsif tg_table_name = 'beslutning' then
        laast := exists (select from moteelement e
                           join mote m on m.region_id = e.region_id and m.id = e.mote_id and m.status = 'ferdigstilt'
                          where e.region_id in (old.region_id, new.region_id) and e.id in (old.moteelement_id, new.moteelement_id));
    else
        laast := exists (select from mote m
                          where m.region_id in (old.region_id, new.region_id) and m.id in (old.mote_id, new.mote_id)
                            and m.status = 'ferdigstilt');
    end if;
    if laast then
        raise exception 'møtet er ferdigstilt og låst' using errcode = 'SH001';
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;

-- Nor does the web role move them at all.
revoke update on medvirkning, kompetanseheving from samhandling_web;
grant update (barn_invitert, barn_deltok, barn_mate, foresatte_invitert, foresatte_deltok, foresatte_mate, begrunnelse, endret_av, endret,
              versjon) on medvirkning to samhandling_web;
grant update (tema, veileder_tjeneste, veileder, antall_ansatte, versjon) on kompetanseheving to samhandling_web;
