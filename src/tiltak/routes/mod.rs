//! The doors of tiltak.
mod endre;
mod evaluer;
mod liste;
mod ny;
mod status;
mod vis;

use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use crate::App;

pub(super) use status::Flytting;

#[derive(TypedPath, Deserialize)]
#[typed_path("/tiltak")]
pub struct TiltakListe;

#[derive(TypedPath, Deserialize)]
#[typed_path("/tiltak/{id}")]
pub struct VisTiltak {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/tiltak/{id}/endre")]
pub(super) struct EndreTiltak {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/tiltak/{id}/evaluer")]
pub(super) struct EvaluerTiltak {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/tiltak/{id}/status")]
pub(super) struct FlyttTiltak {
    pub(super) id: Uuid,
}

/// Make a tiltak of a decision.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/beslutning/{beslutning}/tiltak")]
pub struct LagTiltak {
    pub id: Uuid,
    pub beslutning: Uuid,
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(liste::liste)
        .typed_get(vis::vis)
        .typed_get(ny::vis)
        .typed_post(ny::opprett)
        .typed_get(endre::vis)
        .typed_post(endre::lagre)
        .typed_get(evaluer::vis)
        .typed_post(evaluer::lagre)
        .typed_get(status::vis)
        .typed_post(status::flytt)
        .merge(super::overfor::routes())
}
