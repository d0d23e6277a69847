//! What happens in the room, in the demo: somebody comes late, the staff learn something, and a clock goes where a møte is
//! under way.
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Under five of six elements of guidance that were gone through.
const KOMPETANSE: &str = "
    insert into kompetanseheving (id, mote_id, moteelement_id, tema, veileder_tjeneste, veileder, antall_ansatte, opprettet_av, opprettet)
    select md5('kompetanse' || e.id)::uuid, m.id, e.id, t.tema, t.tjeneste, t.veileder, 5 + e.nr % 14, m.moteleder_id,
           m.start + interval '100 minutes'
      from (select e.region_id, e.id, e.mote_id, row_number() over (order by e.id) as nr from moteelement e
             where e.region_id = gjeldende_region() and e.type = 'veiledning' and e.gjennomfort) e
      join mote m on m.region_id = e.region_id and m.id = e.mote_id and m.status = 'pagar'
      join (values (0, 'Språkmiljø i hverdagen', 'ppt', ''), (1, 'Søvn og skjerm', 'helsesykepleier', ''),
                   (2, 'Å snakke med barn om det som er vanskelig', 'barnevern', ''), (3, 'Felles språk om uro', 'enhet', 'inspektør'),
                   (4, 'Lek og inkludering', 'annen', 'Statped')) as t (nr, tema, tjeneste, veileder) on t.nr = e.nr % 6";

/// One in nine of those who came was late.
const SENT: &str = "
    update motedeltaker d set kom = m.start + interval '20 minutes'
      from mote m, (select o.id, row_number() over (order by o.id) as nr from motedeltaker o
                     where o.region_id = gjeldende_region() and o.oppmote = 'til_stede' and o.tjenestetype <> 'enhet') s
     where d.region_id = gjeldende_region() and d.id = s.id and s.nr % 9 = 4
       and m.region_id = d.region_id and m.id = d.mote_id and m.status = 'pagar' and m.start + interval '20 minutes' < $1";

/// Where they are in the middle: the first element has ended, the second has gone on for twelve minutes.
const KLOKKE: &str = "
    update moteelement e
       set startet = case e.plass when 1 then m.startet else $1 - interval '12 minutes' end,
           brukt_sekunder = case e.plass when 1 then least(e.minutter * 60, extract(epoch from $1 - m.startet)::int - 720) else 0 end,
           pagar_fra = case e.plass when 2 then $1 - interval '12 minutes' end
      from mote m
     where e.region_id = gjeldende_region() and m.region_id = e.region_id and m.id = e.mote_id and e.plass <= 2
       and m.status = 'pagar' and m.slutt > $1 and m.startet < $1 - interval '15 minutes'";

/// How a child and its guardians were heard, in one of five møter of the units' teams.
const MEDVIRKNING: &str = "
    insert into medvirkning (mote_id, barn_invitert, barn_deltok, barn_mate, foresatte_invitert, foresatte_deltok, foresatte_mate, begrunnelse,
                             endret_av, endret)
    select m.id, h.barn, 0, h.barn_mate, 2, h.deltok, h.foresatte_mate, h.begrunnelse, m.moteleder_id, m.start + interval '2 hours'
      from (select n.*, row_number() over (order by n.start desc, n.id) as nr from mote n
              join forum f on f.region_id = n.region_id and f.id = n.forum_id and f.type = 'tst_enhet'
             where n.region_id = gjeldende_region() and n.status = 'pagar' and n.slutt < $1) m
      join (values (1, 1, 'samtale', 2, 'i_motet', ''),
                   (2, 1, 'skriftlig', 1, 'i_motet', ''),
                   (3, 0, 'ikke', 0, 'samtale', 'Foresatte ønsket å snakke med barnet selv. Vi hører med dem igjen før neste møte.'))
           as h (nr, barn, barn_mate, deltok, foresatte_mate, begrunnelse) on h.nr = (m.nr - 1) / 5 % 3 + 1 and m.nr % 5 = 1";

/// Writes it, while the møter that have been held are not yet locked.
pub(super) async fn lagre(db: &mut PgConnection, na: OffsetDateTime) -> Result<()> {
    sqlx::query(KOMPETANSE).execute(&mut *db).await?;
    for sql in [SENT, KLOKKE, MEDVIRKNING] {
        sqlx::query(sql).bind(na).execute(&mut *db).await?;
    }
    Ok(())
}
