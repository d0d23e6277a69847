//! What the projector shows. It is read by all who are called in, and by passers-by.
use uuid::Uuid;

use super::{Storskjerm, StorskjermPunkt};
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    referat::{db, storskjerm},
    sak::Saker,
    web::Page,
};

pub(super) async fn vis(Storskjerm { id }: Storskjerm, medlem: Medlem) -> Result<Page<storskjerm::Side>> {
    side(id, None, &medlem).await
}

pub(super) async fn vis_punkt(sti: StorskjermPunkt, medlem: Medlem) -> Result<Page<storskjerm::Side>> {
    side(sti.id, Some(sti.nr), &medlem).await
}

async fn side(id: Uuid, nr: Option<usize>, medlem: &Medlem) -> Result<Page<storskjerm::Side>> {
    let mut tx = medlem.read_med(Rett::SeMote(id)).await?;
    let referat = db::hent(&mut tx, id).await?;
    if nr.is_some_and(|nr| !referat.punkter.iter().any(|p| p.nr == nr)) {
        return Err(Error::IkkeFunnet);
    }
    let elementer: Vec<_> = referat.punkter.iter().map(|p| p.elementtype).collect();
    let saker = Saker::hent(&mut tx, id, &elementer).await?;
    Ok(Page(storskjerm::Side::ny(referat, saker, nr, medlem)))
}
