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
    db::Tx,
    referat::Hold,
    tjeneste::Tjenestetype,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// The longest name of a guest, in characters.
const LENGSTE_NAVN: usize = 120;

/// Who is invited, and who more could be.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/deltakere")]
pub struct Deltakere {
    pub id: Uuid,
}

/// Somebody who came and is nobody here.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/deltakere/gjest")]
pub(super) struct NyGjest {
    pub(super) id: Uuid,
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

/// A guest as typed.
#[derive(Deserialize, Default)]
pub(super) struct Gjest {
    #[serde(default)]
    nokkel: String,
    #[serde(default)]
    pub(super) tjenestetype: String,
    #[serde(default)]
    pub(super) navn: String,
}

impl Gjest {
    fn les(&self) -> Result<(Tjenestetype, String), Feil> {
        let mut leser = Leser::default();
        let tjeneste = leser.valg("tjenestetype", "Tjeneste", &self.tjenestetype).unwrap_or(Tjenestetype::Annen);
        let navn = leser.tekst("navn", "Navn eller rolle", &self.navn, LENGSTE_NAVN);
        leser.ferdig((tjeneste, navn))
    }
}

pub(in crate::mote) fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_post(legg_til).typed_post(gjest).typed_post(fjern)
}

async fn vis(Deltakere { id }: Deltakere, medlem: Medlem, Query(Sok { sok }): Query<Sok>) -> Result<Page<views::Side>> {
    let sok: String = sok.replace('\0', "").trim().chars().take(100).collect();
    Ok(Page(side(id, &medlem, sok, Gjest::default(), Feil::default()).await?))
}

async fn side(id: Uuid, medlem: &Medlem, sok: String, gjest: Gjest, feil: Feil) -> Result<views::Side> {
    let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
    let mote = mote::hent(&mut tx, id).await?;
    mote.krev_ikke_slutt()?;
    let deltakere = mote::deltakere(&mut tx, id).await?;
    let kandidater = db::kandidater(&mut tx, &mote, &sok).await?;
    Ok(views::Side { mote, deltakere, kandidater, sok, gjest, feil, nokkel: Uuid::new_v4() })
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

/// Logs somebody who came without being called in; there is a møte to come to while it is under way.
async fn gjest(NyGjest { id }: NyGjest, medlem: Medlem, Skjema(ny): Skjema<Gjest>) -> Utfall<views::Side> {
    let nokkel = les_nokkel(&ny.nokkel)?;
    let (tjeneste, navn) = match ny.les() {
        Ok(gjest) => gjest,
        Err(feil) => return Ok(Err(Page::med_feil(side(id, &medlem, String::new(), ny, feil).await?))),
    };
    let lagre = async |tx: &mut Tx| {
        mote::hent_for_endring(tx, id).await?.krev_i_gang()?;
        db::ta_imot(tx, id, tjeneste, &navn).await?;
        Ok(Deltakere { id }.to_string())
    };
    let sted = medlem.write_once(nokkel, Rett::LedeMote(id), lagre).await?;
    Ok(Ok(Videre::til(&sted).med(format!("{navn} er ført som til stede")).og_sa("Til møtet", &Hold { id })))
}

async fn fjern(FjernDeltaker { id, deltaker }: FjernDeltaker, medlem: Medlem) -> Result<Videre> {
    medlem
        .write(Rett::LedeMote(id), async |tx| {
            let mote = mote::hent_for_endring(tx, id).await?;
            mote.krev_ikke_slutt()?;
            db::ta_av(tx, &mote, deltaker).await
        })
        .await?;
    Ok(Videre::til(&Deltakere { id }).med("Deltakeren er tatt ut"))
}
