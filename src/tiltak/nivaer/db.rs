//! SQL for tiltak by level: those of the teams one sits in.
use sqlx::Row;
use uuid::Uuid;

use super::Fordeling;
use crate::{
    Result,
    db::{Tx, les, les_ord},
    regelsett::{Semester, Semestergrenser},
    tiltak::Tiltaksniva,
};

/// The most tiltak the page shows.
const FLEST: i64 = 200;

/// An open tiltak.
pub(super) struct Apent {
    pub(super) id: Uuid,
    pub(super) hva: String,
    pub(super) mal: String,
    pub(super) team: String,
    pub(super) ansvarlig: String,
    pub(super) tiltaksniva: Tiltaksniva,
}

/// Those that have not ended, by goal, of one team or all of one's own.
pub(super) async fn apne(tx: &mut Tx, team: Option<Uuid>) -> Result<Vec<Apent>> {
    let rader = sqlx::query(
        "select t.id, t.hva, t.mal, t.tiltaksniva, f.navn as team, p.navn as ansvarlig
           from tiltak t
           join forum f on f.region_id = t.region_id and f.id = t.forum_id
           join person p on p.region_id = t.region_id and p.id = t.ansvarlig_id
          where t.status <> 'avsluttet' and ($1::uuid is null or t.forum_id = $1)
            and (t.region_id, t.forum_id) in (
                    select fm.region_id, fm.forum_id from forum_medlem fm
                     where fm.person_id = gjeldende_person() and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag())
          order by lower(t.mal), t.frist, t.id
          limit $2",
    )
    .bind(team)
    .bind(FLEST)
    .fetch_all(&mut **tx)
    .await?;
    let apent = |r: &sqlx::postgres::PgRow| {
        Ok(Apent {
            id: r.get("id"),
            hva: r.get("hva"),
            mal: r.get("mal"),
            team: r.get("team"),
            ansvarlig: r.get("ansvarlig"),
            tiltaksniva: les(r, "tiltaksniva")?,
        })
    };
    rader.iter().map(apent).collect()
}

/// How many began in each semester, also of those that have ended.
pub(super) async fn fordeling(
    tx: &mut Tx,
    semestre: &[Semester],
    grenser: Semestergrenser,
    team: Option<Uuid>,
) -> Result<Vec<Fordeling>> {
    let (fra, til): (Vec<_>, Vec<_>) = semestre.iter().map(|s| (s.start(grenser), s.slutt(grenser))).unzip();
    let rader = sqlx::query(
        "select s.nr, t.tiltaksniva, count(*) as antall
           from unnest($1::date[], $2::date[]) with ordinality as s (fra, til, nr)
           join tiltak_tall t on t.dato between s.fra and s.til and ($3::uuid is null or t.forum_id = $3)
          where (t.region_id, t.forum_id) in (
                    select fm.region_id, fm.forum_id from forum_medlem fm
                     where fm.person_id = gjeldende_person() and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag())
          group by s.nr, t.tiltaksniva",
    )
    .bind(fra)
    .bind(til)
    .bind(team)
    .fetch_all(&mut **tx)
    .await?;
    let mut alle: Vec<_> = semestre.iter().map(|s| Fordeling { semester: *s, antall: [0; 3] }).collect();
    for rad in rader {
        let niva: Tiltaksniva = les_ord(rad.get("tiltaksniva"))?;
        let plass = Tiltaksniva::ALLE.iter().position(|n| *n == niva).unwrap_or_default();
        let nr = usize::try_from(rad.get::<i64, _>("nr")).unwrap_or_default();
        if let Some(her) = nr.checked_sub(1).and_then(|nr| alle.get_mut(nr)) {
            her.antall[plass] = u32::try_from(rad.get::<i64, _>("antall")).unwrap_or_default();
        }
    }
    Ok(alle)
}
