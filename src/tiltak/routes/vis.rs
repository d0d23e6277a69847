//! One tiltak with where it comes from, how it has gone and what may be done with it.
use super::VisTiltak;
use crate::{
    Result,
    auth::{Adgang, Medlem},
    tiltak::{db, views},
    web::Page,
};

pub(super) async fn vis(VisTiltak { id }: VisTiltak, medlem: Medlem) -> Result<Page<views::Vis>> {
    let mut tx = medlem.read().await?;
    let adgang = Adgang::til_tiltak(&mut tx, &medlem.rolle, id).await?;
    let tiltak = db::hent(&mut tx, id).await?;
    let evalueringer = db::evalueringer(&mut tx, id).await?;
    Ok(Page(views::Vis { adgang, tiltak, evalueringer, i_dag: medlem.i_dag() }))
}
