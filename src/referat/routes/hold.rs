//! The one page a møte is run from: attendance, and the elements in order with notes and decisions.
use uuid::Uuid;

use super::Hold;
use crate::{
    Error, Result,
    auth::{Adgang, Handling, Medlem},
    oppmote,
    referat::{db, views},
    web::{MedStatus, Page, Videre},
};

/// Everybody called in writes notes; the leader also decides and keeps the attendance. A møte that is over has no such page.
pub(super) async fn vis(Hold { id }: Hold, medlem: Medlem) -> Result<Result<Page<views::Hold>, Videre>> {
    let mut tx = medlem.read().await?;
    let leder = Adgang::til_mote(&mut tx, &medlem.rolle, id).await?.til(Handling::LedeMote);
    let referat = db::hent(&mut tx, id).await?;
    if referat.status.er_slutt() {
        return Ok(Err(Videre::til(&super::mote(id))));
    }
    let deltakere = oppmote::deltakere(&mut tx, id).await?;
    Ok(Ok(Page(views::Hold::ny(referat, deltakere, leder, &medlem))))
}

/// The same page with what could not be saved: what was written stays where it was written.
pub(super) async fn med_feil(
    id: Uuid,
    medlem: &Medlem,
    krever: Handling,
    skrevet: views::Skrevet,
) -> Result<MedStatus<views::Hold>> {
    let mut tx = medlem.read().await?;
    let adgang = Adgang::til_mote(&mut tx, &medlem.rolle, id).await?;
    if !adgang.til(krever) {
        return Err(Error::IkkeTilgang);
    }
    let referat = db::hent(&mut tx, id).await?;
    db::apent(referat.status)?;
    if !referat.punkter.iter().any(|p| p.id == skrevet.punkt) {
        return Err(Error::IkkeFunnet);
    }
    let deltakere = oppmote::deltakere(&mut tx, id).await?;
    Ok(Page::med_feil(views::Hold {
        skrevet,
        ..views::Hold::ny(referat, deltakere, adgang.til(Handling::LedeMote), medlem)
    }))
}
