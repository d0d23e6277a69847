-- What a ferdigstilt møte holds is neither changed nor carried out of it: the lock asks of the møte a row comes from, and of the
-- one it goes to. Until now an update could move a row from a locked møte to an open one.
create or replace function las_ferdigstilt() returns trigger language plpgsql as $$
declare
    laast boolean;
begin
    if tg_table_name = 'mote' then
        laast := old.status = 'ferdigstilt';
    elsif tg_table_name = 'beslutning' then
        select bool_or(m.status = 'ferdigstilt') into laast
          from moteelement e join mote m on m.region_id = e.region_id and m.id = e.mote_id
         where (tg_op <> 'INSERT' and e.region_id = old.region_id and e.id = old.moteelement_id)
            or (tg_op <> 'DELETE' and e.region_id = new.region_id and e.id = new.moteelement_id);
    else
        select bool_or(m.status = 'ferdigstilt') into laast from mote m
         where (tg_op <> 'INSERT' and m.region_id = old.region_id and m.id = old.mote_id)
            or (tg_op <> 'DELETE' and m.region_id = new.region_id and m.id = new.mote_id);
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
