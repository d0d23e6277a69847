//! The one page a møte is run from: attendance, and the elements in order with notes and decisions.
use uuid::Uuid;

use super::Hold;
use crate::{
    Error, Result,
    auth::{Adgang, Handling, Medlem},
    db::Tx,
    oppmote,
    referat::{Referat, db, views},
    sak::Saker,
    web::{MedStatus, Page, Videre},
};

/// Everybody called in writes notes; the leader also decides and keeps the attendance. A møte that is over has no such page.
pub(super) async fn vis(Hold { id }: Hold, medlem: Medlem) -> Result<Result<Page<views::Hold>, Videre>> {
    let (mut tx, adgang) = medlem.read_mote(id).await?;
    let referat = db::hent(&mut tx, id).await?;
    if referat.status.er_slutt() {
        return Ok(Err(Videre::til(&super::mote(id))));
    }
    Ok(Ok(Page(side(&mut tx, referat, adgang, &medlem).await?)))
}

async fn side(tx: &mut Tx, referat: Referat, adgang: Adgang, medlem: &Medlem) -> Result<views::Hold> {
    let deltakere = oppmote::deltakere(tx, referat.mote).await?;
    let elementer: Vec<_> = referat.punkter.iter().map(|p| p.elementtype).collect();
    let saker = Saker::hent(tx, referat.mote, &elementer).await?;
    Ok(views::Hold::ny(referat, deltakere, saker, adgang, medlem))
}

/// The same page with what could not be saved: what was written stays where it was written.
pub(super) async fn med_feil(
    id: Uuid,
    medlem: &Medlem,
    krever: Handling,
    skrevet: views::Skrevet,
) -> Result<MedStatus<views::Hold>> {
    let (mut tx, adgang) = medlem.read_mote(id).await?;
    if !adgang.til(krever) {
        return Err(Error::IkkeTilgang);
    }
    let referat = db::hent(&mut tx, id).await?;
    db::apent(referat.status)?;
    if !referat.punkter.iter().any(|p| p.id == skrevet.punkt) {
        return Err(Error::IkkeFunnet);
    }
    let side = side(&mut tx, referat, adgang, medlem).await?;
    Ok(Page::med_feil(views::Hold { skrevet, ..side }))
}
