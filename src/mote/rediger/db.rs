//! SQL for changing a møte.
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::{Agenda, Mote};
use crate::{
    Result,
    db::Tx,
    mote::{Moteelement, db},
    regelsett,
    sak::Saker,
};

/// A møte held for change: its agenda, and the least length the rules ask of it.
pub(super) struct Utkast {
    pub(super) mote: Mote,
    pub(super) agenda: Agenda,
    pub(super) krav: Option<u32>,
    pub(super) saker: Saker,
}

/// The møte as it is now.
pub(super) async fn hent(tx: &mut Tx, id: Uuid) -> Result<Utkast> {
    let mote = db::hent(tx, id).await?;
    utkast(tx, mote).await
}

/// As [`hent`], holding the møte until the transaction ends, so that two people sorting at once take turns.
pub(super) async fn hent_for_endring(tx: &mut Tx, id: Uuid) -> Result<Utkast> {
    let mote = db::hent_for_endring(tx, id).await?;
    utkast(tx, mote).await
}

async fn utkast(tx: &mut Tx, mote: Mote) -> Result<Utkast> {
    let agenda = db::agenda(tx, &mote).await?;
    let regler = regelsett::hent(tx).await?.for_sted(mote.kommune, mote.enhet);
    let krav = mote.er_tst.then_some(regler.min_varighet);
    let elementer: Vec<_> = agenda.elementer().iter().map(|e| e.elementtype).collect();
    let saker = Saker::les(&mote.saker, &elementer)?;
    Ok(Utkast { mote, agenda, krav, saker })
}

/// Stores order, titles and minutes of the elements that are there.
pub(super) async fn lagre_agenda(tx: &mut Tx, mote: Uuid, agenda: &Agenda) -> Result<()> {
    let elementer = agenda.elementer();
    sqlx::query(
        "update moteelement
            set plass = ny.plass, tittel = ny.tittel, minutter = ny.minutter
           from unnest($2::uuid[], $3::text[], $4::int[]) with ordinality as ny (id, tittel, minutter, plass)
          where moteelement.mote_id = $1 and moteelement.id = ny.id",
    )
    .bind(mote)
    .bind(elementer.iter().map(|e| e.id).collect::<Vec<_>>())
    .bind(elementer.iter().map(|e| e.tittel.as_str()).collect::<Vec<_>>())
    .bind(elementer.iter().map(|e| minutter(e.minutter)).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(super) async fn sett_inn(tx: &mut Tx, mote: Uuid, element: &Moteelement) -> Result<()> {
    sqlx::query(
        "insert into moteelement (id, mote_id, plass, type, tittel, minutter)
         select $2, $1, coalesce(max(plass), 0) + 1, $3, $4, $5 from moteelement where mote_id = $1",
    )
    .bind(mote)
    .bind(element.id)
    .bind(element.elementtype.slug())
    .bind(&element.tittel)
    .bind(minutter(element.minutter))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(super) async fn slett(tx: &mut Tx, mote: Uuid, element: Uuid) -> Result<()> {
    sqlx::query("delete from moteelement where mote_id = $1 and id = $2")
        .bind(mote)
        .bind(element)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Stores the sum of the agenda and the reason for a short one, and marks every open page of the møte as stale.
pub(super) async fn lagre_lengde(tx: &mut Tx, mote: Uuid, agenda: &Agenda, kort: Option<&str>) -> Result<()> {
    sqlx::query("update mote set minutter = $2, kort_begrunnelse = $3, versjon = versjon + 1 where id = $1")
        .bind(mote)
        .bind(minutter(agenda.varighet()))
        .bind(kort)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Stores another day, time and place. With `ny_tid`, what people have answered no longer holds.
pub(super) async fn lagre_tid(tx: &mut Tx, mote: Uuid, start: OffsetDateTime, sted: &str, ny_tid: bool) -> Result<()> {
    sqlx::query("update mote set start = $2, sted = $3, versjon = versjon + 1 where id = $1")
        .bind(mote)
        .bind(start)
        .bind(sted)
        .execute(&mut **tx)
        .await?;
    if ny_tid {
        sqlx::query(
            "update motedeltaker set svar = 'ubesvart', svar_tid = null, vara_navn = null, grunn = null where mote_id = $1",
        )
        .bind(mote)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Minutes as Postgres holds them; the rules keep them far below the limit.
fn minutter(minutter: u32) -> i32 {
    i32::try_from(minutter).unwrap_or(i32::MAX)
}
