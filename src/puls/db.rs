//! SQL for the pulse. What is answered goes in with nothing that leads back to who answered.
use sqlx::Row;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Hyppighet, stilling::Stilling};
use crate::{
    Error, Result,
    db::{Tx, les_mulig},
    tid,
};

/// A møte as one who may answer meets it.
pub(super) struct Motet {
    pub(super) forum_navn: String,
    pub(super) kommune: Option<Uuid>,
    pub(super) enhet: Option<Uuid>,
    pub(super) dato: Date,
    /// The day of the forum's next møte that is not called off.
    pub(super) neste: Option<Date>,
    pub(super) stilling: Stilling,
}

/// What somebody answered.
#[derive(Clone, Copy)]
pub(super) struct Svar {
    pub(super) likeverd: i32,
    pub(super) rad: i32,
    pub(super) hyppighet: Option<Hyppighet>,
}

pub(super) async fn hent(tx: &mut Tx, mote: Uuid, i_dag: Date) -> Result<Motet> {
    let rad = sqlx::query(
        "select m.forum_id, f.navn as forum, f.kommune_id, f.enhet_id, m.dato, m.ferdigstilt, d.oppmote,
                (select min(n.dato) from mote n
                  where n.region_id = m.region_id and n.forum_id = m.forum_id and n.start > m.start
                    and n.status not in ('avlyst', 'lukket')) as neste,
                exists (select from puls_svart s
                         where s.region_id = m.region_id and s.mote_id = m.id and s.person_id = gjeldende_person()) as svart
           from mote m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
           left join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person()
          where m.id = $1",
    )
    .bind(mote)
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::IkkeFunnet)?;
    let ferdig = rad.get::<Option<OffsetDateTime>, _>("ferdigstilt").map(tid::dag);
    Ok(Motet {
        forum_navn: rad.get("forum"),
        kommune: rad.get("kommune_id"),
        enhet: rad.get("enhet_id"),
        dato: rad.get("dato"),
        neste: rad.get("neste"),
        stilling: Stilling::av(ferdig, les_mulig(&rad, "oppmote")?, rad.get("svart"), i_dag),
    })
}

/// Notes that I have answered; false when I had already.
pub(super) async fn merk_svart(tx: &mut Tx, mote: Uuid) -> Result<bool> {
    let ny = sqlx::query("insert into puls_svart (mote_id) values ($1) on conflict do nothing")
        .bind(mote)
        .execute(&mut **tx)
        .await?;
    Ok(ny.rows_affected() == 1)
}

/// Puts an answer among the others of the semester, and all of them back in an order and under ids that say nothing.
pub(super) async fn legg_til(tx: &mut Tx, mote: Uuid, semester: Date, svar: Svar) -> Result<()> {
    sqlx::query("select puls_legg_til($1, $2, $3, $4, $5)")
        .bind(mote)
        .bind(semester)
        .bind(svar.likeverd)
        .bind(svar.rad)
        .bind(svar.hyppighet.map(Hyppighet::slug))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
