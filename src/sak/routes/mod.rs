//! The doors of saker: to report a need, one sak, and the leader's steps.
mod flytt;
mod meld;
mod steg;

use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{Sak, db, skjema::Steg, views};
use crate::{
    App, Error, Result,
    auth::{Handling, Medlem},
    web::{Feil, Page},
};

/// Choose what kind of need to report.
#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/team/{id}/meld")]
pub struct MeldBehov {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone)]
#[typed_path("/team/{id}/meld/{slag}")]
pub(super) struct Meld {
    pub(super) id: Uuid,
    pub(super) slag: String,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/saker/{id}")]
pub struct VisSak {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/saker/{id}/sett-opp")]
struct SettOpp {
    id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/saker/{id}/avsla")]
struct Avsla {
    id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/saker/{id}/utsett")]
struct Utsett {
    id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/saker/{id}/angre")]
struct Angre {
    id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/saker/{id}/behandle")]
struct Behandle {
    id: Uuid,
}

/// Another place among the saker under the same element.
#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/saker/{id}/flytt")]
pub struct FlyttSak {
    pub id: Uuid,
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(meld::velg)
        .typed_get(meld::vis)
        .typed_post(meld::meld)
        .typed_get(vis)
        .typed_post(steg::sett_opp)
        .typed_post(steg::avsla)
        .typed_post(steg::utsett)
        .typed_post(steg::angre)
        .typed_post(steg::behandle)
        .typed_post(flytt::flytt)
}

async fn vis(VisSak { id }: VisSak, medlem: Medlem) -> Result<Page<views::Vis>> {
    let (mut tx, adgang) = medlem.read_sak(id).await?;
    let sak = db::hent(&mut tx, id).await?;
    let leder = adgang.til(Handling::LedeSak);
    Ok(Page(views::Vis { steg: Steg::av(&sak), sak, leder, i_dag: medlem.i_dag(), feil: Feil::default() }))
}

/// The sak for one who leads its team; others see it but may not touch it.
async fn som_leder(medlem: &Medlem, id: Uuid) -> Result<Sak> {
    let (mut tx, adgang) = medlem.read_sak(id).await?;
    if !adgang.til(Handling::LedeSak) {
        return Err(Error::IkkeTilgang);
    }
    db::hent(&mut tx, id).await
}
