//! The doors of bistandsforespørsler: the list, one request, and the two steps that need no words.
mod behandle;
mod loft;
mod videre;

use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Foresporsel, Handling, Innsyn, db, mottakere, skjema::Steg, views};
use crate::{
    App, Error, Result,
    auth::{self, Medlem, Rett, rett::Omfang},
    db::Tx,
    lofttall::kommunale_team,
    web::{Liste, Page, Skjema, Videre, les_nokkel},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/bistand")]
pub struct Bistand;

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/bistand/{id}")]
pub struct VisBistand {
    pub id: Uuid,
}

/// Lift something from a team to its kommune.
#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/team/{id}/loft")]
pub struct Loft {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/bistand/{id}/motta")]
struct Motta {
    id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/bistand/{id}/avgjor")]
pub(super) struct Avgjor {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/bistand/{id}/svar")]
pub(super) struct GiSvar {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/bistand/{id}/lukk")]
struct Lukk {
    id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/bistand/{id}/send-videre")]
pub(super) struct SendVidere {
    pub(super) id: Uuid,
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(liste)
        .typed_get(vis)
        .typed_get(loft::vis)
        .typed_post(loft::send)
        .typed_post(motta)
        .typed_get(behandle::avgjor_side)
        .typed_post(behandle::avgjor)
        .typed_get(behandle::svar_side)
        .typed_post(behandle::svar)
        .typed_post(lukk)
        .typed_get(videre::vis)
        .typed_post(videre::send)
}

async fn liste(_: Bistand, liste: Liste, medlem: Medlem) -> Result<Page<views::Oversikt>> {
    if !medlem.kan(auth::Handling::SvareForTjeneste) {
        return Err(Error::IkkeTilgang);
    }
    let mut tx = medlem.read().await?;
    let innsyn = innsyn(&medlem);
    let utdrag = db::liste(&mut tx, &liste, innsyn).await?;
    let tall = if innsyn.fora { kommunale_team(&mut tx, innsyn.kommune).await? } else { Vec::new() };
    Ok(Page(views::Oversikt { liste, utdrag, i_dag: medlem.i_dag(), innsyn, tall }))
}

async fn vis(VisBistand { id }: VisBistand, medlem: Medlem) -> Result<Page<views::Vis>> {
    let (mut tx, ender) = medlem.read_bistand(id).await?;
    let foresporsel = db::hent(&mut tx, id, innsyn(&medlem)).await?;
    Ok(Page(views::Vis::ny(foresporsel, &ender, medlem.i_dag())))
}

async fn motta(Motta { id }: Motta, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Result<Videre> {
    let sti = gjor(&medlem, Rett::BehandleBistand(id), id, &steg, (Handling::Motta, "")).await?;
    let ord = "Forespørselen er mottatt, og avsenderen ser det";
    Ok(Videre::til(&sti).med(ord).og_sa("Ta stilling til den", &Avgjor { id }))
}

async fn lukk(Lukk { id }: Lukk, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Result<Videre> {
    let sti = gjor(&medlem, Rett::LukkeBistand(id), id, &steg, (Handling::Lukk, "")).await?;
    Ok(Videre::til(&sti).med("Forespørselen er lukket. Svaret står fortsatt på møtet den ble løftet fra"))
}

/// How far the member's role sees.
fn innsyn(medlem: &Medlem) -> Innsyn {
    let omfang = medlem.rolle.type_.omfang(auth::Handling::SeBistand);
    let kommune = medlem.rolle.kommune.filter(|_| omfang == Omfang::Kommune);
    Innsyn { fora: omfang != Omfang::Ingen, kommune }
}

/// Takes one step, once. A step the state does not allow, or on a page older than the request, is refused in words.
async fn gjor(
    medlem: &Medlem,
    rett: Rett,
    id: Uuid,
    steg: &Steg,
    (handling, tekst): (Handling, &str),
) -> Result<String> {
    let (na, versjon) = (medlem.na(), steg.versjon());
    medlem
        .write_once(les_nokkel(&steg.nokkel)?, rett, async |tx| ta_steg(tx, id, versjon, (handling, tekst), na).await)
        .await
}

async fn ta_steg(
    tx: &mut Tx,
    id: Uuid,
    versjon: i32,
    (handling, tekst): (Handling, &str),
    na: OffsetDateTime,
) -> Result<String> {
    let (status, lagret) = db::las(tx, id).await?;
    let ny = status.overgang(handling)?;
    krev_fersk(versjon, lagret)?;
    db::flytt(tx, id, ny, tekst, na).await?;
    Ok(VisBistand { id }.to_string())
}

fn krev_fersk(versjon: i32, lagret: i32) -> Result<()> {
    let ord = "Noen andre har endret forespørselen mens du hadde siden åpen. Se hva som er nytt, og prøv igjen.";
    if versjon == lagret { Ok(()) } else { Err(Error::Regelbrudd(ord.to_owned())) }
}

/// The request as a form's page shows it, for the one that is asked.
async fn som_mottaker(medlem: &Medlem, id: Uuid) -> Result<(Tx, Foresporsel)> {
    let mut tx = medlem.read_med(Rett::BehandleBistand(id)).await?;
    let foresporsel = db::hent(&mut tx, id, innsyn(medlem)).await?;
    Ok((tx, foresporsel))
}
