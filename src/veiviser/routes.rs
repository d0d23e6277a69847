//! The door of the veiviser: for everybody who has a role.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;

use super::{db, views};
use crate::{
    App, Result,
    auth::{Handling, Medlem, Rett},
    web::Page,
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/veiviser")]
pub struct Veiviser;

pub fn routes() -> Router<App> {
    Router::new().typed_get(vis)
}

async fn vis(_: Veiviser, medlem: Medlem) -> Result<Page<views::Veiviser>> {
    let mut tx = medlem.read_med(Rett::Egen).await?;
    let team = db::team(&mut tx).await?;
    Ok(Page(views::Veiviser { team, melder: medlem.kan(Handling::MeldeBehov), lofter: medlem.kan(Handling::Lofte) }))
}
