//! What comes after the møter of the demo: a referat that was corrected, what those who were there thought, and who needs their access.
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use crate::{
    Result,
    regelsett::{Semester, Semestergrenser},
};

/// The last referat of the log-in's own team is corrected by its leader, whose name the correction stands in.
const RETTET: &str = "
    insert into referat_versjon (id, mote_id, nr, grunn, rettet_av, rettet)
    select md5('rettet' || m.id)::uuid, m.id, 2, 'Antallet klasser var feil, og fristen manglet.',
           set_config('app.person', m.moteleder_id::text, true)::uuid, greatest($1 - interval '1 day', m.ferdigstilt)
      from mote m
      join person p on p.region_id = m.region_id and p.id = m.moteleder_id and p.epost like 'teamleder@%'
     where m.region_id = gjeldende_region() and m.status = 'ferdigstilt'
     order by m.start desc limit 1";

/// All its texts, the first note with the words that were missing.
const TEKSTER: &str = "
    insert into referat_tekst (id, versjon_id, moteelement_id, beslutning_id, tekst)
    select md5(v.id::text || t.id)::uuid, v.id, t.element, t.beslutning, t.ord
      from referat_versjon v
      cross join lateral (
          select e.id, e.id as element, null::uuid as beslutning,
                 e.notat || case e.plass when 1 then ' Det gjelder alle klassene på mellomtrinnet, og vi ser på det igjen om fire uker.' else '' end as ord
            from moteelement e where e.region_id = v.region_id and e.mote_id = v.mote_id
          union all
          select b.id, e.id, b.id, b.tekst
            from moteelement e join beslutning b on b.region_id = e.region_id and b.moteelement_id = e.id
           where e.region_id = v.region_id and e.mote_id = v.mote_id) t
     where v.region_id = gjeldende_region()";

/// Four of five of those who were in the semester's møter have answered; who, nobody knows, and nor does the demo.
const PULS: &str = "
    insert into pulssvar (id, forum_id, semester, likeverd, rad)
    select md5('puls' || d.id)::uuid, m.forum_id, $1, 3 + n.nr % 3, 5 - n.nr % 4 / 2
      from mote m
      join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id and d.oppmote = 'til_stede'
      cross join lateral (select ('x' || substr(md5(d.id::text), 1, 6))::bit(24)::int as nr) n
     where m.region_id = gjeldende_region() and m.status = 'ferdigstilt' and m.dato between $1 and i_dag() - 15 and n.nr % 5 > 0";

/// Everybody's access was gone through yesterday, but not the seats of the log-in's own team: they are there to be tried.
const TILGANGER: &str = "
    insert into tilgangskontroll (id, plass_id, rolle_id, bekreftet)
    select md5('tilgang' || m.id)::uuid, m.id, null::uuid, i_dag() - 1
      from forum_medlem m
     where m.region_id = gjeldende_region()
       and not exists (select from forum_medlem l
                         join person p on p.region_id = l.region_id and p.id = l.person_id and p.epost like 'teamleder@%'
                        where l.region_id = m.region_id and l.forum_id = m.forum_id and l.leder)
    union all
    select md5('tilgang' || r.id)::uuid, null, r.id, i_dag() - 1 from rolle r where r.region_id = gjeldende_region()";

/// Writes it; the møter are locked by now.
pub(super) async fn lagre(db: &mut PgConnection, i_dag: Date, na: OffsetDateTime) -> Result<()> {
    sqlx::query(RETTET).bind(na).execute(&mut *db).await?;
    sqlx::query(TEKSTER).execute(&mut *db).await?;
    let grenser = Semestergrenser::default();
    sqlx::query(PULS).bind(Semester::for_dato(i_dag, grenser).start(grenser)).execute(&mut *db).await?;
    sqlx::query(TILGANGER).execute(&mut *db).await?;
    Ok(())
}
