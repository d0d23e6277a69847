//! The doors of bryt glass: to ask, to let in or refuse, and to close again.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use time::Duration;
use uuid::Uuid;

use super::{Avgjorelse, LENGST, db, views};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett, krev_nylig},
    db::Tx,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// The longest reason, in characters.
const LENGSTE_GRUNN: usize = 1_000;

/// The requests of the region, and the form that makes one.
#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/glass")]
pub struct Glass;

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/admin/glass/{id}")]
pub struct VisGlass {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/admin/glass/{id}/apne")]
pub(super) struct Apne {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/admin/glass/{id}/avsla")]
pub(super) struct Avsla {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/admin/glass/{id}/lukk")]
pub(super) struct Lukk {
    pub(super) id: Uuid,
}

pub fn routes() -> Router<App> {
    let vernet = krev_nylig(Router::new().typed_post(be).typed_post(apne));
    Router::new().typed_get(liste).typed_get(vis).typed_post(avsla).typed_post(lukk).merge(vernet)
}

/// A request as typed.
#[derive(Deserialize, Default)]
pub(super) struct Skrevet {
    #[serde(default)]
    nokkel: String,
    #[serde(default)]
    pub(super) mote: String,
    #[serde(default)]
    pub(super) grunn: String,
}

impl Skrevet {
    /// The møte, by its address or what stands last in it, and the reason.
    fn les(&self) -> Result<(Uuid, String), Feil> {
        let mut leser = Leser::default();
        let mote = self.mote.trim().split('/').find_map(|del| del.get(..36).and_then(|id| id.parse().ok()));
        leser.krev("mote", mote.is_some(), "Lim inn adressen til møtet, slik den som trenger hjelp, har sendt den");
        let grunn = leser.tekst("grunn", "Hvorfor møtet må åpnes", &self.grunn, LENGSTE_GRUNN);
        leser.ferdig((mote.unwrap_or_default(), grunn))
    }
}

async fn liste(_: Glass, medlem: Medlem) -> Result<Page<views::Liste>> {
    let mut tx = medlem.read_med(Rett::BryteGlass).await?;
    let alle = db::hent(&mut tx, None).await?;
    Ok(Page(views::Liste::ny(alle, medlem.na(), Skrevet::default(), Feil::default())))
}

async fn be(_: Glass, medlem: Medlem, Skjema(skrevet): Skjema<Skrevet>) -> Utfall<views::Liste> {
    let mut tx = medlem.read_med(Rett::BryteGlass).await?;
    let (mote, grunn) = match skrevet.les() {
        Ok((mote, grunn)) if db::finnes(&mut tx, mote).await? => (mote, grunn),
        feil => {
            let feil = feil.err().unwrap_or_else(|| Feil::en("mote", "Vi finner ikke dette møtet i regionen"));
            let alle = db::hent(&mut tx, None).await?;
            return Ok(Err(Page::med_feil(views::Liste::ny(alle, medlem.na(), skrevet, feil))));
        }
    };
    drop(tx);
    let na = medlem.na();
    let lagre = async |tx: &mut Tx| {
        let ny = Uuid::now_v7();
        db::be(tx, (ny, mote), &grunn, na).await?;
        Ok(VisGlass { id: ny }.to_string())
    };
    let sted = medlem.write_once(les_nokkel(&skrevet.nokkel)?, Rett::BryteGlass, lagre).await?;
    Ok(Ok(Videre::til(&sted).med("Du har bedt om å bryte glass. En annen systemadministrator må godkjenne")))
}

async fn vis(VisGlass { id }: VisGlass, medlem: Medlem) -> Result<Page<views::Vis>> {
    Ok(Page(side(id, &medlem, String::new(), Feil::default()).await?))
}

async fn side(id: Uuid, medlem: &Medlem, avslag: String, feil: Feil) -> Result<views::Vis> {
    let mut tx = medlem.read_med(Rett::BryteGlass).await?;
    let sak = db::hent(&mut tx, Some(id)).await?.pop().ok_or(Error::IkkeFunnet)?;
    Ok(views::Vis { sak, na: medlem.na(), avslag, feil })
}

#[derive(Deserialize)]
struct Steg {
    #[serde(default)]
    timer: String,
    #[serde(default)]
    avslag: String,
}

async fn apne(Apne { id }: Apne, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Result<Videre> {
    let timer = steg.timer.parse().ok().filter(|t| (1..=LENGST.whole_hours()).contains(t));
    let na = medlem.na();
    let lagre = async |tx: &mut Tx| {
        let (status, egen) = db::hold(tx, id).await?;
        status.avgjor(Avgjorelse::Apne, egen)?;
        let timer = timer.ok_or_else(|| Error::Ugyldig("Velg hvor lenge møtet skal være åpent".into()))?;
        db::apne(tx, id, (na, na + Duration::hours(timer))).await
    };
    medlem.write(Rett::BryteGlass, lagre).await?;
    Ok(Videre::til(&VisGlass { id }).med("Møtet er åpnet. De som var i møtet, har fått beskjed"))
}

async fn avsla(Avsla { id }: Avsla, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Utfall<views::Vis> {
    let mut leser = Leser::default();
    let grunn = leser.tekst("avslag", "Hvorfor du avslår", &steg.avslag, LENGSTE_GRUNN);
    let grunn = match leser.ferdig(grunn) {
        Ok(grunn) => grunn,
        Err(feil) => return Ok(Err(Page::med_feil(side(id, &medlem, steg.avslag, feil).await?))),
    };
    let na = medlem.na();
    let lagre = async |tx: &mut Tx| {
        let (status, egen) = db::hold(tx, id).await?;
        status.avgjor(Avgjorelse::Avsla, egen)?;
        db::avsla(tx, id, &grunn, na).await
    };
    medlem.write(Rett::BryteGlass, lagre).await?;
    Ok(Ok(Videre::til(&VisGlass { id }).med("Forespørselen er avslått")))
}

async fn lukk(Lukk { id }: Lukk, medlem: Medlem) -> Result<Videre> {
    let lagre = async |tx: &mut Tx| {
        let (status, egen) = db::hold(tx, id).await?;
        status.avgjor(Avgjorelse::Lukk, egen)?;
        db::lukk(tx, id).await
    };
    medlem.write(Rett::BryteGlass, lagre).await?;
    Ok(Videre::til(&VisGlass { id }).med("Forespørselen er lukket"))
}
