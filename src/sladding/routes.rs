//! The doors of sladding: to ask, to judge, and to say that one's own copies are gone.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{Avgjorelse, db, views};
use crate::{
    App, Result,
    auth::{Medlem, Rett, krev_nylig},
    db::Tx,
    lesing::VisReferat,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// The longest passage and the longest reason, in characters.
const LENGSTE_PASSASJE: usize = 500;
const LENGSTE_GRUNN: usize = 1_000;

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/sladding")]
pub struct BeOmSladding {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/moter/{id}/sladding/{sladding}")]
pub struct VisSladding {
    pub id: Uuid,
    pub sladding: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/moter/{id}/sladding/{sladding}/godkjenn")]
pub(super) struct Godkjenn {
    pub(super) id: Uuid,
    pub(super) sladding: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/moter/{id}/sladding/{sladding}/avsla")]
pub(super) struct Avsla {
    pub(super) id: Uuid,
    pub(super) sladding: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/moter/{id}/sladding/{sladding}/trekk")]
pub(super) struct Trekk {
    pub(super) id: Uuid,
    pub(super) sladding: Uuid,
}

/// The notice to one who had received what was taken out.
#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/sladding/{id}")]
pub struct VisVarsel {
    pub id: Uuid,
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(skjema)
        .typed_get(vis)
        .merge(krev_nylig(Router::new().typed_post(be).typed_post(godkjenn)))
        .typed_post(avsla)
        .typed_post(trekk)
        .typed_get(varsel)
        .typed_post(kvitter)
}

/// A request as typed.
#[derive(Deserialize, Default)]
pub(super) struct Skrevet {
    #[serde(default)]
    nokkel: String,
    #[serde(default)]
    pub(super) passasje: String,
    #[serde(default)]
    pub(super) grunn: String,
}

impl Skrevet {
    /// The words and the reason. At least two letters or digits, or they would be everywhere.
    fn les(&self) -> Result<(String, String), Feil> {
        let mut leser = Leser::default();
        // A number or an address that has come in before is what one wants out.
        let passasje = leser.kontakt("passasje", "Teksten som skal bort", &self.passasje, LENGSTE_PASSASJE);
        leser.krev("passasje", !passasje.is_empty(), "Fyll ut «Teksten som skal bort»");
        let tegn = passasje.chars().filter(|c| c.is_alphanumeric()).count();
        leser.krev("passasje", tegn >= 2, "Skriv minst to bokstaver eller tall");
        let grunn = leser.tekst("grunn", "Hvorfor teksten skal bort", &self.grunn, LENGSTE_GRUNN);
        leser.ferdig((passasje, grunn))
    }
}

async fn skjema(sti: BeOmSladding, medlem: Medlem) -> Result<Page<views::Be>> {
    Ok(Page(side(sti.id, &medlem, Skrevet::default(), Feil::default()).await?))
}

async fn side(id: Uuid, medlem: &Medlem, skrevet: Skrevet, feil: Feil) -> Result<views::Be> {
    let mut tx = medlem.read_med(Rett::Sladde(id)).await?;
    let motet = db::motet(&mut tx, id).await?;
    Ok(views::Be { motet, skrevet, feil, nokkel: Uuid::new_v4() })
}

async fn be(BeOmSladding { id }: BeOmSladding, medlem: Medlem, Skjema(skrevet): Skjema<Skrevet>) -> Utfall<views::Be> {
    let (passasje, grunn) = match prov(id, &medlem, &skrevet).await? {
        Ok(ord) => ord,
        Err(feil) => return Ok(Err(Page::med_feil(side(id, &medlem, skrevet, feil).await?))),
    };
    let na = medlem.na();
    let lagre = async |tx: &mut Tx| {
        let ny = Uuid::now_v7();
        db::be(tx, (ny, id), (&passasje, &grunn), na).await?;
        Ok(VisSladding { id, sladding: ny }.to_string())
    };
    let sted = medlem.write_once(les_nokkel(&skrevet.nokkel)?, Rett::Sladde(id), lagre).await?;
    Ok(Ok(Videre::til(&sted).med("Du har bedt om sladding. En annen som var i møtet, må godkjenne før noe skjer")))
}

/// What is asked for, or what is wrong with it. Whether words stand in what came of the møte is told to those who may read it.
async fn prov(id: Uuid, medlem: &Medlem, skrevet: &Skrevet) -> Result<Result<(String, String), Feil>> {
    let mut tx = medlem.read_med(Rett::Sladde(id)).await?;
    db::motet(&mut tx, id).await?;
    let (passasje, grunn) = match skrevet.les() {
        Ok(ord) => ord,
        Err(feil) => return Ok(Err(feil)),
    };
    let (finnes, gjentar) = db::prov(&mut tx, id, (&passasje, &grunn)).await?;
    let mut leser = Leser::default();
    let ukjent = "Vi finner ikke denne teksten i møtet. Kopier den nøyaktig slik den står, med hele ord";
    leser.krev("passasje", finnes, ukjent);
    leser.krev("grunn", !gjentar, "Grunnen blir stående. Skriv den uten å gjenta det som skal bort");
    Ok(leser.ferdig((passasje, grunn)))
}

async fn vis(sti: VisSladding, medlem: Medlem) -> Result<Page<views::Vis>> {
    Ok(Page(vis_side(sti, &medlem, String::new(), Feil::default()).await?))
}

async fn vis_side(sti: VisSladding, medlem: &Medlem, avslag: String, feil: Feil) -> Result<views::Vis> {
    let mut tx = medlem.read_med(Rett::Sladde(sti.id)).await?;
    let sladding = db::hent(&mut tx, sti.id, sti.sladding).await?;
    let (treff, resten) = match &sladding.passasje {
        Some(passasje) => db::treff(&mut tx, sti.id, passasje).await?,
        None => (Vec::new(), 0),
    };
    Ok(views::Vis { status: sladding.spor.status()?, sladding, treff, resten, avslag, feil, nokkel: Uuid::new_v4() })
}

#[derive(Deserialize)]
struct Steg {
    #[serde(default)]
    nokkel: String,
    #[serde(default)]
    avslag: String,
}

async fn godkjenn(sti: Godkjenn, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Result<Videre> {
    let (id, sladding, na) = (sti.id, sti.sladding, medlem.na());
    let lagre = async |tx: &mut Tx| {
        krev(tx, id, sladding, Avgjorelse::Godkjenn).await?;
        db::godkjenn(tx, sladding, na).await?;
        Ok(VisReferat { id }.to_string())
    };
    let neste = medlem.write_once(les_nokkel(&steg.nokkel)?, Rett::Sladde(id), lagre).await?;
    Ok(Videre::til(&neste).med("Teksten er sladdet. De som hadde fått den, blir bedt om å slette kopiene sine"))
}

async fn avsla(sti: Avsla, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Utfall<views::Vis> {
    let (vis, na) = (VisSladding { id: sti.id, sladding: sti.sladding }, medlem.na());
    let mut leser = Leser::default();
    let grunn = leser.tekst("avslag", "Hvorfor du avslår", &steg.avslag, LENGSTE_GRUNN);
    let grunn = match leser.ferdig(grunn) {
        Ok(grunn) => grunn,
        Err(feil) => return Ok(Err(Page::med_feil(vis_side(vis, &medlem, steg.avslag, feil).await?))),
    };
    let lagre = async |tx: &mut Tx| {
        let etter = krev(tx, sti.id, sti.sladding, Avgjorelse::Avsla).await?;
        db::avslutt(tx, sti.sladding, etter, &grunn, na).await?;
        Ok(vis.to_string())
    };
    let neste = medlem.write_once(les_nokkel(&steg.nokkel)?, Rett::Sladde(sti.id), lagre).await?;
    Ok(Ok(Videre::til(&neste).med("Sladdingen er avslått. Referatet står som det er")))
}

async fn trekk(sti: Trekk, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Result<Videre> {
    let na = medlem.na();
    let lagre = async |tx: &mut Tx| {
        let etter = krev(tx, sti.id, sti.sladding, Avgjorelse::Trekk).await?;
        db::avslutt(tx, sti.sladding, etter, "", na).await?;
        Ok(VisSladding { id: sti.id, sladding: sti.sladding }.to_string())
    };
    let neste = medlem.write_once(les_nokkel(&steg.nokkel)?, Rett::Sladde(sti.id), lagre).await?;
    Ok(Videre::til(&neste).med("Forespørselen er trukket"))
}

/// The state after a step on a request of this møte.
async fn krev(tx: &mut Tx, mote: Uuid, id: Uuid, avgjorelse: Avgjorelse) -> Result<super::Status> {
    let sladding = db::hent(tx, mote, id).await?;
    Ok(sladding.spor.status()?.avgjor(avgjorelse, sladding.egen)?)
}

async fn varsel(sti: VisVarsel, medlem: Medlem) -> Result<Page<views::Varsel>> {
    let mut tx = medlem.read_med(Rett::Egen).await?;
    Ok(Page(views::Varsel { sti, varsel: db::varsel(&mut tx, sti.id).await? }))
}

async fn kvitter(VisVarsel { id }: VisVarsel, medlem: Medlem) -> Result<Videre> {
    let na = medlem.na();
    medlem.write(Rett::Egen, async |tx| db::kvitter(tx, id, na).await).await?;
    Ok(Videre::til(&"/").med("Takk. Du har bekreftet at kopiene dine er slettet"))
}
