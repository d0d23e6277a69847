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

use crate::{App, referat::Hold};

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

/// Make a tiltak under an element of the agenda, without a decision.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/element/{element}/tiltak")]
pub struct LagTiltakUnder {
    pub id: Uuid,
    pub element: Uuid,
}

/// What [`ny::Fra`] says of a form that was opened while the møte is run.
const HOLD: &str = "hold";

impl LagTiltak {
    /// The form as it is opened from the page the møte is run from, to come back there.
    pub fn fra_hold(&self) -> String {
        format!("{self}?fra={HOLD}")
    }
}

impl LagTiltakUnder {
    /// As [`LagTiltak::fra_hold`].
    pub fn fra_hold(&self) -> String {
        format!("{self}?fra={HOLD}")
    }
}

/// What a tiltak is made from: a decision, or an element of the agenda.
pub(super) struct Kilde {
    pub(super) mote: Uuid,
    pub(super) id: Uuid,
    /// Where the form is sent.
    pub(super) handling: String,
    /// Its place on the page the møte is run from.
    anker: &'static str,
}

impl From<LagTiltak> for Kilde {
    fn from(sti: LagTiltak) -> Self {
        Self { mote: sti.id, id: sti.beslutning, handling: sti.to_string(), anker: "vedtak" }
    }
}

impl From<LagTiltakUnder> for Kilde {
    fn from(sti: LagTiltakUnder) -> Self {
        Self { mote: sti.id, id: sti.element, handling: sti.to_string(), anker: "punkt" }
    }
}

impl Kilde {
    /// Its place on the page the møte is run from, when the form was opened there.
    pub(super) fn pa_hold(&self, fra: &str) -> Option<String> {
        (fra == HOLD).then(|| format!("{}#{}-{}", Hold { id: self.mote }, self.anker, self.id))
    }
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(liste::liste)
        .typed_get(vis::vis)
        .typed_get(ny::vis)
        .typed_post(ny::opprett)
        .typed_get(ny::vis_under)
        .typed_post(ny::opprett_under)
        .typed_get(endre::vis)
        .typed_post(endre::lagre)
        .typed_get(evaluer::vis)
        .typed_post(evaluer::lagre)
        .typed_get(status::vis)
        .typed_post(status::flytt)
        .merge(super::nivaer::routes())
        .merge(super::overfor::routes())
}
