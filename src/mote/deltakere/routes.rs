//! The doors of who is invited.
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    super::{VisMote, db as mote},
    db, views,
};
use crate::{
    App, Result,
    auth::{Medlem, Rett},
    web::{Page, Skjema, Videre},
};

/// Who is invited, and who more could be.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/deltakere")]
pub struct Deltakere {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/deltakere/{deltaker}/fjern")]
pub(super) struct FjernDeltaker {
    pub(super) id: Uuid,
    pub(super) deltaker: Uuid,
}

#[derive(Deserialize)]
struct Sok {
    #[serde(default)]
    sok: String,
}

#[derive(Deserialize)]
struct NyDeltaker {
    person: Uuid,
}

pub(in crate::mote) fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_post(legg_til).typed_post(fjern)
}

async fn vis(Deltakere { id }: Deltakere, medlem: Medlem, Query(Sok { sok }): Query<Sok>) -> Result<Page<views::Side>> {
    let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
    let mote = mote::hent(&mut tx, id).await?;
    mote.krev_ikke_slutt()?;
    let sok: String = sok.replace('\0', "").trim().chars().take(100).collect();
    let deltakere = mote::deltakere(&mut tx, id).await?;
    let kandidater = db::kandidater(&mut tx, &mote, &sok).await?;
    Ok(Page(views::Side { mote, deltakere, kandidater, sok }))
}

async fn legg_til(Deltakere { id }: Deltakere, medlem: Medlem, Skjema(ny): Skjema<NyDeltaker>) -> Result<Videre> {
    let navn = medlem
        .write(Rett::LedeMote(id), async |tx| {
            mote::hent_for_endring(tx, id).await?.krev_ikke_slutt()?;
            db::kall_inn(tx, id, ny.person).await
        })
        .await?;
    Ok(Videre::til(&Deltakere { id }).med(format!("{navn} er kalt inn")).og_sa("Se møtet", &VisMote { id }))
}

async fn fjern(FjernDeltaker { id, deltaker }: FjernDeltaker, medlem: Medlem) -> Result<Videre> {
    medlem
        .write(Rett::LedeMote(id), async |tx| {
            mote::hent_for_endring(tx, id).await?.krev_apent()?;
            db::ta_av(tx, id, deltaker).await
        })
        .await?;
    Ok(Videre::til(&Deltakere { id }).med("Deltakeren er ikke lenger kalt inn"))
}
