//! SQL that keeps coming møter in step with the seats of their team. Only møter that have not begun are touched.
//!
//! Whoever may change a team may not therefore read its møter, so the database does it itself.
use time::Date;
use uuid::Uuid;

use crate::{Result, db::Tx, tjeneste::Tjenestetype};

/// Takes somebody (`None`: an empty seat of this service) off the forum's møter after a day, unless they have answered.
/// Gives how many møter that was.
pub async fn ta_av_kommende(
    tx: &mut Tx,
    forum: Uuid,
    person: Option<Uuid>,
    tjenestetype: Tjenestetype,
    etter: Date,
) -> Result<u64> {
    let antall: i64 = sqlx::query_scalar("select plass_av_kommende($1, $2, $3, $4)")
        .bind(forum)
        .bind(person)
        .bind(tjenestetype.slug())
        .bind(etter)
        .fetch_one(&mut **tx)
        .await?;
    Ok(antall.unsigned_abs())
}

/// Gives one person's part in the forum's møter after a day to another: those they lead, and those they are called to. What was
/// answered was another's answer.
pub async fn overta(tx: &mut Tx, forum: Uuid, (fra, til): (Uuid, Uuid), etter: Date) -> Result<()> {
    let sql = "select moter_overtas($1, $2, $3, $4)";
    sqlx::query(sql).bind(forum).bind(fra).bind(til).bind(etter).execute(&mut **tx).await?;
    Ok(())
}

/// Gives the forum's coming møter what a seat now says: its person takes an empty place of the same service or a new one.
/// A seat that is not fixed changes only the møter its person is called to already. Gives how many møter they were added to.
pub async fn sett_pa_kommende(tx: &mut Tx, plass: Uuid) -> Result<u64> {
    let antall: i64 = sqlx::query_scalar("select plass_pa_kommende($1)").bind(plass).fetch_one(&mut **tx).await?;
    Ok(antall.unsigned_abs())
}
