//! The doors of «mine møter».
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;

use super::{PER_SIDE, db, views};
use crate::{
    App, Error, Result,
    auth::{Handling, Medlem},
    web::Page,
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter")]
pub struct MineMoter;

/// Where to choose the team, for those who lead several.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/book")]
pub(super) struct VelgTeam;

#[derive(Deserialize)]
struct Sidevalg {
    side: Option<i64>,
}

pub(in crate::mote) fn routes() -> Router<App> {
    Router::new().typed_get(mine).typed_get(velg_team)
}

async fn mine(_: MineMoter, medlem: Medlem, Query(valg): Query<Sidevalg>) -> Result<Page<views::Mine>> {
    if !medlem.kan(Handling::SeMote) {
        return Err(Error::IkkeTilgang);
    }
    let side = valg.side.unwrap_or(1).clamp(1, 10_000);
    let mut tx = medlem.read().await?;
    let dager = views::etter_dag(db::kommende(&mut tx, &medlem).await?, &medlem);
    let (tidligere, antall) = db::tidligere(&mut tx, &medlem, side).await?;
    let ledet = db::ledet(&mut tx, &medlem).await?;
    let sider = (antall + PER_SIDE - 1) / PER_SIDE;
    let (ser_tiltak, ser_bistand) = (medlem.kan(Handling::SeTiltak), medlem.kan(Handling::SvareForTjeneste));
    Ok(Page(views::Mine { dager, tidligere, ledet, side, sider, ser_bistand, ser_tiltak }))
}

async fn velg_team(_: VelgTeam, medlem: Medlem) -> Result<Page<views::Velg>> {
    if !medlem.kan(Handling::BookMote) {
        return Err(Error::IkkeTilgang);
    }
    let mut tx = medlem.read().await?;
    Ok(Page(views::Velg { ledet: db::ledet(&mut tx, &medlem).await? }))
}
