//! The door of the numbers.
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    db::{self, Vindu},
    views,
};
use crate::{
    App, Result,
    auth::{Medlem, Rett},
    regelsett::{self, Semester},
    web::Page,
};

/// The numbers of a kommune's own team.
#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/team/{id}/loft/tall")]
pub struct Lofttall {
    pub id: Uuid,
}

#[derive(Deserialize)]
struct Valgt {
    #[serde(default)]
    semester: String,
}

pub fn routes() -> Router<App> {
    Router::new().typed_get(vis)
}

async fn vis(sti: Lofttall, medlem: Medlem, Query(valgt): Query<Valgt>) -> Result<Page<views::Vis>> {
    let mut tx = medlem.read_med(Rett::SeLofttall(sti.id)).await?;
    let regler = regelsett::hent(&mut tx).await?;
    let grenser = regler.region().semestergrenser;
    let na = Semester::for_dato(medlem.i_dag(), grenser);
    let semester = if valgt.semester.is_empty() { na } else { valgt.semester.parse()? };
    let vindu = Vindu::av(semester.start(grenser), semester.slutt(grenser));
    let loft = db::loft(&mut tx, sti.id, &vindu).await?;
    let losninger = db::lost(&mut tx, sti.id, &vindu).await?;
    Ok(Page(views::Vis::ny(sti, loft, losninger, (semester, na))))
}
