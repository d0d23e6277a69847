//! About the site itself: personvern and tilgjengelighet, open to everybody.
use askama::Template;
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;

use crate::{App, web::Page};

#[derive(TypedPath, Deserialize)]
#[typed_path("/personvern")]
pub struct Personvern;

#[derive(TypedPath, Deserialize)]
#[typed_path("/tilgjengelighet")]
pub struct Tilgjengelighet;

#[derive(Template)]
#[template(path = "om/personvern.html")]
struct Personvernside;

#[derive(Template)]
#[template(path = "om/tilgjengelighet.html")]
struct Tilgjengelighetside;

pub fn routes() -> Router<App> {
    Router::new().typed_get(personvern).typed_get(tilgjengelighet)
}

async fn personvern(_: Personvern) -> Page<impl Template> {
    Page(Personvernside)
}

async fn tilgjengelighet(_: Tilgjengelighet) -> Page<impl Template> {
    Page(Tilgjengelighetside)
}
