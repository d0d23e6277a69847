//! About the site itself: personvern, its protocol, and tilgjengelighet, open to everybody.
mod protokoll;

use askama::Template;
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;

use crate::{App, web::Page};

pub use protokoll::{Behandling, PROTOKOLL};

#[derive(TypedPath, Deserialize)]
#[typed_path("/personvern")]
pub struct Personvern;

#[derive(TypedPath, Deserialize)]
#[typed_path("/personvern/protokoll")]
pub struct Protokoll;

#[derive(TypedPath, Deserialize)]
#[typed_path("/tilgjengelighet")]
pub struct Tilgjengelighet;

#[derive(Template)]
#[template(path = "om/personvern.html")]
struct Personvernside;

#[derive(Template)]
#[template(path = "om/protokoll.html")]
struct Protokollside {
    alle: &'static [Behandling],
}

#[derive(Template)]
#[template(path = "om/tilgjengelighet.html")]
struct Tilgjengelighetside;

pub fn routes() -> Router<App> {
    Router::new().typed_get(personvern).typed_get(protokoll).typed_get(tilgjengelighet)
}

async fn personvern(_: Personvern) -> Page<impl Template> {
    Page(Personvernside)
}

async fn protokoll(_: Protokoll) -> Page<impl Template> {
    Page(Protokollside { alle: &PROTOKOLL })
}

async fn tilgjengelighet(_: Tilgjengelighet) -> Page<impl Template> {
    Page(Tilgjengelighetside)
}
