//! The doors of oversikt: the region (or one's own kommune), and one kommune.
use axum::{
    Router,
    response::{IntoResponse, Redirect, Response},
};
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
    auth::{Handling, Medlem, Rett, rett::Omfang},
    regelsett::{self, Regler, Semester},
    web::Page,
};

/// The whole region, or on to one's own kommune.
#[derive(TypedPath, Deserialize)]
#[typed_path("/oversikt")]
pub struct Oversikt;

#[derive(TypedPath, Deserialize)]
#[typed_path("/oversikt/kommune/{id}")]
pub(super) struct KommuneOversikt {
    pub(super) id: Uuid,
}

#[derive(Deserialize)]
struct Valgt {
    semester: Option<String>,
}

/// How many semesters the trend goes back, the chosen one included.
const TREND: usize = 4;

pub fn routes() -> Router<App> {
    Router::new().typed_get(region).typed_get(kommune)
}

async fn region(_: Oversikt, medlem: Medlem, Query(valgt): Query<Valgt>) -> Result<Response> {
    if let (Omfang::Kommune, Some(id)) = (medlem.rolle.type_.omfang(Handling::SeOversikt), medlem.rolle.kommune) {
        return Ok(Redirect::to(&KommuneOversikt { id }.to_string()).into_response());
    }
    let mut tx = medlem.read_med(Rett::SeOversikt(None)).await?;
    let regler = regelsett::hent(&mut tx).await?;
    let vindu = vindu(&medlem, &regler, valgt)?;
    let kommuner = db::kommuner(&mut tx, &regler, vindu, None).await?;
    let (oppmote, trend) = db::oppmote_og_trend(&mut tx, &siste(vindu.semester), vindu.grenser, None).await?;
    Ok(Page(views::Region::ny(vindu, medlem.rolle.region_navn.clone(), kommuner, oppmote, &trend)).into_response())
}

async fn kommune(
    KommuneOversikt { id }: KommuneOversikt,
    medlem: Medlem,
    Query(valgt): Query<Valgt>,
) -> Result<Page<views::Kommune>> {
    let mut tx = medlem.read_med(Rett::SeOversikt(Some(id))).await?;
    let regler = regelsett::hent(&mut tx).await?;
    let vindu = vindu(&medlem, &regler, valgt)?;
    let kommune = db::kommuner(&mut tx, &regler, vindu, Some(id)).await?.pop().ok_or(crate::Error::IkkeFunnet)?;
    let (oppmote, trend) = db::oppmote_og_trend(&mut tx, &siste(vindu.semester), vindu.grenser, Some(id)).await?;
    let hele_regionen = medlem.rolle.type_.omfang(Handling::SeOversikt) == Omfang::Region;
    let ser_team = medlem.kan(Handling::SeTeam);
    Ok(Page(views::Kommune::ny(vindu, kommune, oppmote, &trend, hele_regionen, ser_team)))
}

/// The semester asked for, or the one today lies in.
fn vindu(medlem: &Medlem, regler: &Regler, valgt: Valgt) -> Result<Vindu> {
    let grenser = regler.region().semestergrenser;
    let idag = medlem.i_dag();
    let semester = match valgt.semester.filter(|s| !s.is_empty()) {
        Some(slug) => slug.parse()?,
        None => Semester::for_dato(idag, grenser),
    };
    Ok(Vindu { semester, grenser, idag })
}

/// The semester and those before it, newest first.
fn siste(semester: Semester) -> Vec<Semester> {
    std::iter::successors(Some(semester), |s| Some(s.forrige())).take(TREND).collect()
}
