//! One tiltak with where it comes from, how it has gone and what may be done with it.
use super::VisTiltak;
use crate::{
    Result,
    auth::Medlem,
    tiltak::{db, views},
    web::Page,
};

pub(super) async fn vis(VisTiltak { id }: VisTiltak, medlem: Medlem) -> Result<Page<views::Vis>> {
    let (mut tx, adgang) = medlem.read_tiltak(id).await?;
    let tiltak = db::hent(&mut tx, id).await?;
    let evalueringer = db::evalueringer(&mut tx, id).await?;
    Ok(Page(views::Vis { adgang, tiltak, evalueringer, i_dag: medlem.i_dag() }))
}
