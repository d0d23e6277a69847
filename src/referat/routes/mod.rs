//! The paths of holding a møte, and its beginning.
mod direkte;
mod ferdigstill;
mod hold;
mod notat;
mod punkttid;
mod storskjerm;

use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::db;
use crate::{
    App, Result,
    auth::{Medlem, Rett},
    web::Videre,
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/start")]
pub struct Start {
    pub id: Uuid,
}

/// The one page a møte is run from.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/hold")]
pub struct Hold {
    pub id: Uuid,
}

/// Tells those who have the møte open that it has changed.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/direkte")]
pub struct Direkte {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/element/{element}/notat")]
pub struct SkrivNotat {
    pub id: Uuid,
    pub element: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/element/{element}/beslutning")]
pub struct NyBeslutning {
    pub id: Uuid,
    pub element: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/beslutning/{beslutning}/fjern")]
pub struct FjernBeslutning {
    pub id: Uuid,
    pub beslutning: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/ferdigstill")]
pub struct Ferdigstill {
    pub id: Uuid,
}

/// Begin an element: its clock goes, for all in the room.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/element/{element}/start")]
pub struct StartPunkt {
    pub id: Uuid,
    pub element: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/element/{element}/stopp")]
pub struct StoppPunkt {
    pub id: Uuid,
    pub element: Uuid,
}

/// What the projector shows: the element they are at.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/vis")]
pub struct Storskjerm {
    pub id: Uuid,
}

/// The same of one element, whichever they are at.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/vis/{nr}")]
pub struct StorskjermPunkt {
    pub id: Uuid,
    pub nr: usize,
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_post(start)
        .typed_get(hold::vis)
        .typed_get(direkte::folg)
        .typed_post(notat::skriv)
        .typed_post(notat::ny_beslutning)
        .typed_post(notat::fjern_beslutning)
        .typed_post(punkttid::start)
        .typed_post(punkttid::stopp)
        .typed_get(storskjerm::vis)
        .typed_get(storskjerm::vis_punkt)
        .typed_get(ferdigstill::vis)
        .typed_post(ferdigstill::ferdigstill)
}

async fn start(Start { id }: Start, medlem: Medlem) -> Result<Videre> {
    let na = medlem.na();
    medlem.write(Rett::LedeMote(id), async |tx| db::start(tx, id, na).await).await?;
    Ok(Videre::til(&Hold { id }).med("Møtet er i gang"))
}

/// The page of the møte itself.
pub(in crate::referat) fn mote(id: Uuid) -> String {
    format!("/moter/{id}")
}

/// An element on the page the møte is run from.
pub(in crate::referat) fn punkt(id: Uuid, punkt: Uuid) -> String {
    format!("{}#punkt-{punkt}", Hold { id })
}
