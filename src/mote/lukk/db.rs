//! SQL for closing a møte, and for taking back an avlysning.
use time::OffsetDateTime;
use uuid::Uuid;

use super::Lukkearsak;
use crate::{Result, db::Tx, mote::Status};

/// Whether anything is written in the møte: then it was held, and is to be ferdigstilt.
pub(super) async fn er_skrevet_i(tx: &mut Tx, mote: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select from moteelement e
                          left join beslutning b on b.region_id = e.region_id and b.moteelement_id = e.id
                         where e.mote_id = $1 and (e.notat <> '' or b.id is not null))
             or exists (select from kompetanseheving k where k.mote_id = $1)",
    )
    .bind(mote)
    .fetch_one(&mut **tx)
    .await?)
}

pub(super) async fn lukk(
    tx: &mut Tx,
    mote: Uuid,
    status: Status,
    (arsak, begrunnelse): (Lukkearsak, &str),
    na: OffsetDateTime,
) -> Result<()> {
    sqlx::query(
        "update mote set status = $2, lukket_arsak = $3, lukket_begrunnelse = $4, lukket = $5, lukket_av = gjeldende_person(),
                versjon = versjon + 1
          where id = $1",
    )
    .bind(mote)
    .bind(status.slug())
    .bind(arsak.slug())
    .bind(begrunnelse)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The møte stands again as it did; that it was called off, is remembered.
pub(super) async fn angre(tx: &mut Tx, mote: Uuid, status: Status, na: OffsetDateTime) -> Result<()> {
    sqlx::query(
        "update mote set status = $2, avlyst_begrunnelse = null, avlyst_fra = null, angret = $3, angret_av = gjeldende_person(),
                versjon = versjon + 1
          where id = $1",
    )
    .bind(mote)
    .bind(status.slug())
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
