//! The doors of a referat as it is read.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{db, frist, kan_svare, views};
use crate::{
    App, Error, Result,
    auth::{Handling, Medlem, Rett},
    db::Tx,
    mote::VisMote,
    rettelse, tid,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// The longest remark, in characters.
const LENGSTE_MERKNAD: usize = 2_000;

/// The referat in the version that counts.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/referat")]
pub struct VisReferat {
    pub id: Uuid,
}

/// An earlier version of it.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/referat/versjon/{nr}")]
pub struct VisVersjon {
    pub id: Uuid,
    pub nr: i32,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/referat/lest")]
pub struct BekreftLest {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/referat/merknad")]
pub struct SkrivMerknad {
    pub id: Uuid,
}

pub fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_get(vis_versjon).typed_post(bekreft).typed_post(merknad)
}

/// A møte that has no referat yet is shown as it is.
async fn vis(VisReferat { id }: VisReferat, medlem: Medlem) -> Result<Result<Page<views::Referat>, Videre>> {
    match side(id, None, &medlem).await? {
        Some(side) => Ok(Ok(Page(side))),
        None => Ok(Err(Videre::til(&VisMote { id }))),
    }
}

async fn vis_versjon(VisVersjon { id, nr }: VisVersjon, medlem: Medlem) -> Result<Page<views::Referat>> {
    side(id, Some(nr), &medlem).await?.map(Page).ok_or(Error::IkkeFunnet)
}

/// Read by exactly those who may see the møte. `None` when there is no such version.
async fn side(id: Uuid, nr: Option<i32>, medlem: &Medlem) -> Result<Option<views::Referat>> {
    let (mut tx, adgang) = medlem.read_mote(id).await?;
    let historie = match rettelse::hent(&mut tx, id).await {
        Err(Error::IkkeFunnet) => return Ok(None),
        annet => annet?,
    };
    let nr = nr.unwrap_or(historie.gjeldende());
    if historie.versjon(nr).is_none() {
        return Ok(None);
    }
    let lesere = db::lesere(&mut tx, id, nr).await?;
    Ok(Some(views::Referat::ny(historie, nr, lesere, adgang.til(Handling::LedeMote), medlem)))
}

#[derive(Deserialize)]
struct RaSvar {
    #[serde(default)]
    nokkel: String,
    /// The version that was read.
    #[serde(default)]
    versjon: String,
    #[serde(default)]
    merknad: String,
}

async fn bekreft(BekreftLest { id }: BekreftLest, medlem: Medlem, Skjema(ra): Skjema<RaSvar>) -> Result<Videre> {
    let (nr, na) = (les_nr(&ra.versjon)?, medlem.na());
    medlem
        .write(Rett::SvareMote(id), async |tx| {
            krev_apent(tx, &medlem, id, nr).await?;
            db::svar(tx, id, nr, None, na).await
        })
        .await?;
    Ok(Videre::til(&VisReferat { id }).med("Takk. Du har bekreftet at du har lest referatet"))
}

async fn merknad(
    SkrivMerknad { id }: SkrivMerknad,
    medlem: Medlem,
    Skjema(ra): Skjema<RaSvar>,
) -> Utfall<views::Referat> {
    let (nokkel, nr, na) = (les_nokkel(&ra.nokkel)?, les_nr(&ra.versjon)?, medlem.na());
    let mut leser = Leser::default();
    let tekst = leser.tekst("merknad", "Merknad", &ra.merknad, LENGSTE_MERKNAD);
    let tekst = match leser.ferdig(tekst) {
        Ok(tekst) => tekst,
        Err(feil) => return med_feil(id, &medlem, ra.merknad, feil).await,
    };
    let lagre = async |tx: &mut Tx| {
        krev_apent(tx, &medlem, id, nr).await?;
        db::svar(tx, id, nr, Some(&tekst), na).await?;
        Ok(VisReferat { id }.to_string())
    };
    match medlem.write_once(nokkel, Rett::SvareMote(id), lagre).await {
        // What was written must not be lost because the referat was corrected, or the day went by.
        Err(Error::Regelbrudd(ord)) => med_feil(id, &medlem, ra.merknad, Feil::en("merknad", &ord)).await,
        annet => Ok(Ok(Videre::til(&annet?).med("Merknaden er lagret. De som var kalt inn til møtet, kan lese den"))),
    }
}

/// The page again with what was written, for one who may write it.
async fn med_feil(id: Uuid, medlem: &Medlem, merknad: String, feil: Feil) -> Utfall<views::Referat> {
    medlem.read_med(Rett::SvareMote(id)).await.map(drop)?;
    let side = side(id, None, medlem).await?;
    let side = side.ok_or_else(|| Error::Regelbrudd("Referatet er ikke ferdig ennå".into()))?;
    Ok(Err(Page::med_feil(side.med_feil(merknad, feil))))
}

async fn krev_apent(tx: &mut Tx, medlem: &Medlem, id: Uuid, nr: i32) -> Result<()> {
    let stand = db::stand(tx, id).await?;
    kan_svare(stand.innkalt, (nr, stand.gjeldende), frist(tid::dag(stand.tid)), medlem.i_dag())?;
    Ok(())
}

fn les_nr(nr: &str) -> Result<i32> {
    nr.parse().map_err(|_| Error::Ugyldig("Vi forsto ikke skjemaet. Last siden på nytt og prøv igjen".into()))
}
