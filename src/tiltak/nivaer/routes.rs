//! The door of tiltak by level.
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{db, views};
use crate::{
    App, Result,
    auth::{Medlem, Rett},
    regelsett::{self, Semester},
    web::Page,
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/tiltak/nivaer")]
pub struct TiltakNivaer;

/// How many semesters it looks back, this one included.
const SEMESTRE: usize = 4;

#[derive(Deserialize)]
struct Utvalg {
    #[serde(default)]
    team: String,
}

pub(in crate::tiltak) fn routes() -> Router<App> {
    Router::new().typed_get(vis)
}

/// Those of one's own teams, or of one of them; an id that is none of them has no tiltak.
async fn vis(_: TiltakNivaer, medlem: Medlem, Query(utvalg): Query<Utvalg>) -> Result<Page<views::Nivaer>> {
    let team: Option<Uuid> = utvalg.team.parse().ok();
    let mut tx = medlem.read_med(Rett::SeTiltak(None)).await?;
    let grenser = regelsett::hent(&mut tx).await?.region().semestergrenser;
    let na = Semester::for_dato(medlem.i_dag(), grenser);
    let semestre: Vec<_> = std::iter::successors(Some(na), |s| Some(s.forrige())).take(SEMESTRE).collect();
    let apne = db::apne(&mut tx, team).await?;
    let fordeling = db::fordeling(&mut tx, &semestre, grenser, team).await?;
    Ok(Page(views::Nivaer { apne, fordeling, team }))
}
