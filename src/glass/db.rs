//! SQL for bryt glass. Every step is checked by `glass_gang` too.
use sqlx::{Row, postgres::PgRow};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::Status;
use crate::{
    Result,
    db::{Tx, les},
};

/// The most requests the list shows.
const FLEST: i64 = 100;

/// A request with what an administrator may know of the møte: its forum and its day.
pub(super) struct Foresporsel {
    pub(super) id: Uuid,
    pub(super) mote: Uuid,
    pub(super) forum: String,
    pub(super) dag: Date,
    pub(super) grunn: String,
    pub(super) status: Status,
    pub(super) bedt_av: String,
    pub(super) bedt: OffsetDateTime,
    pub(super) avgjort_av: Option<String>,
    pub(super) avgjort: Option<OffsetDateTime>,
    pub(super) avslag_grunn: String,
    pub(super) utloper: Option<OffsetDateTime>,
    /// Whether the one who looks has asked for it.
    pub(super) egen: bool,
}

/// One request, or with `None` the latest of the region.
pub(super) async fn hent(tx: &mut Tx, id: Option<Uuid>) -> Result<Vec<Foresporsel>> {
    let rader = sqlx::query(
        "select g.id, g.mote_id, h.forum, h.dato, g.grunn, g.status, b.navn as bedt_av, g.bedt, a.navn as avgjort_av, g.avgjort,
                g.avslag_grunn, g.utloper, g.bedt_av = gjeldende_person() as egen
           from brutt_glass g
           join lateral motehode(g.mote_id) h on true
           join person b on b.region_id = g.region_id and b.id = g.bedt_av
           left join person a on a.region_id = g.region_id and a.id = g.avgjort_av
          where $1::uuid is null or g.id = $1
          order by g.bedt desc, g.id
          limit $2",
    )
    .bind(id)
    .bind(FLEST)
    .fetch_all(&mut **tx)
    .await?;
    rader.iter().map(foresporsel).collect()
}

fn foresporsel(rad: &PgRow) -> Result<Foresporsel> {
    Ok(Foresporsel {
        id: rad.get("id"),
        mote: rad.get("mote_id"),
        forum: rad.get("forum"),
        dag: rad.get("dato"),
        grunn: rad.get("grunn"),
        status: les(rad, "status")?,
        bedt_av: rad.get("bedt_av"),
        bedt: rad.get("bedt"),
        avgjort_av: rad.get("avgjort_av"),
        avgjort: rad.get("avgjort"),
        avslag_grunn: rad.get("avslag_grunn"),
        utloper: rad.get("utloper"),
        egen: rad.get("egen"),
    })
}

/// Where a request stands and whether it is one's own, held until the transaction ends.
pub(super) async fn hold(tx: &mut Tx, id: Uuid) -> Result<(Status, bool)> {
    let rad =
        sqlx::query("select status, bedt_av = gjeldende_person() as egen from brutt_glass where id = $1 for update");
    let rad = rad.bind(id).fetch_one(&mut **tx).await?;
    Ok((les(&rad, "status")?, rad.get("egen")))
}

/// Whether there is such a møte in the region.
pub(super) async fn finnes(tx: &mut Tx, mote: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select from motehode($1))").bind(mote).fetch_one(&mut **tx).await?)
}

pub(super) async fn be(tx: &mut Tx, (id, mote): (Uuid, Uuid), grunn: &str, na: OffsetDateTime) -> Result<()> {
    sqlx::query("insert into brutt_glass (id, mote_id, grunn, bedt) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(mote)
        .bind(grunn)
        .bind(na)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Opens the møte for the one who asked, until a moment.
pub(super) async fn apne(tx: &mut Tx, id: Uuid, (na, til): (OffsetDateTime, OffsetDateTime)) -> Result<()> {
    let sql = "update brutt_glass set status = 'apent', avgjort_av = gjeldende_person(), avgjort = $2, utloper = $3 where id = $1";
    sqlx::query(sql).bind(id).bind(na).bind(til).execute(&mut **tx).await?;
    Ok(())
}

pub(super) async fn avsla(tx: &mut Tx, id: Uuid, grunn: &str, na: OffsetDateTime) -> Result<()> {
    let sql = "update brutt_glass set status = 'avslatt', avgjort_av = gjeldende_person(), avgjort = $2, avslag_grunn = $3 where id = $1";
    sqlx::query(sql).bind(id).bind(na).bind(grunn).execute(&mut **tx).await?;
    Ok(())
}

pub(super) async fn lukk(tx: &mut Tx, id: Uuid) -> Result<()> {
    sqlx::query("update brutt_glass set status = 'lukket' where id = $1").bind(id).execute(&mut **tx).await?;
    Ok(())
}
