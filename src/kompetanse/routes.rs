//! The doors of the log. Everybody in the room may write in it, as in the notes.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    db,
    skjema::Felter,
    views::{self, pa_hold},
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    web::{Feil, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// Log what the staff were guided in under an element.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/element/{element}/kompetanse")]
pub struct LoggKompetanse {
    pub id: Uuid,
    pub element: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/kompetanse/{kompetanse}")]
pub struct EndreKompetanse {
    pub id: Uuid,
    pub kompetanse: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/kompetanse/{kompetanse}/fjern")]
pub struct FjernKompetanse {
    pub id: Uuid,
    pub kompetanse: Uuid,
}

pub fn routes() -> Router<App> {
    Router::new().typed_get(ny).typed_post(opprett).typed_get(endre).typed_post(lagre).typed_post(fjern)
}

async fn ny(LoggKompetanse { id, element }: LoggKompetanse, medlem: Medlem) -> Result<Page<views::Skjema>> {
    Ok(Page(ny_side(id, element, &medlem, Felter::nye(), Feil::default()).await?))
}

async fn ny_side(id: Uuid, element: Uuid, medlem: &Medlem, felter: Felter, feil: Feil) -> Result<views::Skjema> {
    let mut tx = medlem.read_med(Rett::SkriveNotat(id)).await?;
    let punkt = db::punkt(&mut tx, id, element).await?;
    punkt.krev_i_gang()?;
    Ok(views::Skjema::ny(punkt, felter, feil))
}

async fn opprett(
    LoggKompetanse { id, element }: LoggKompetanse,
    medlem: Medlem,
    Skjema(felter): Skjema<Felter>,
) -> Utfall<views::Skjema> {
    let nokkel = les_nokkel(&felter.nokkel)?;
    let oppgitt = match felter.les() {
        Ok(oppgitt) => oppgitt,
        Err(feil) => return Ok(Err(Page::med_feil(ny_side(id, element, &medlem, felter, feil).await?))),
    };
    let na = medlem.na();
    let lagre = async |tx: &mut Tx| {
        db::opprett(tx, (id, element), &oppgitt, na).await?;
        Ok(pa_hold(id, element))
    };
    let sted = medlem.write_once(nokkel, Rett::SkriveNotat(id), lagre).await?;
    Ok(Ok(Videre::til(&sted).med("Kompetansehevingen er ført")))
}

async fn endre(EndreKompetanse { id, kompetanse }: EndreKompetanse, medlem: Medlem) -> Result<Page<views::Skjema>> {
    let mut tx = medlem.read_med(Rett::SkriveNotat(id)).await?;
    let (punkt, lagret) = db::hent(&mut tx, id, kompetanse).await?;
    punkt.krev_i_gang()?;
    Ok(Page(views::Skjema::endre(kompetanse, punkt, Felter::fra(&lagret), Feil::default())))
}

async fn lagre(
    EndreKompetanse { id, kompetanse }: EndreKompetanse,
    medlem: Medlem,
    Skjema(felter): Skjema<Felter>,
) -> Utfall<views::Skjema> {
    let feil = match felter.les() {
        Err(feil) => Some(feil),
        Ok(ny) => {
            let versjon = felter.versjon();
            let lagre = async |tx: &mut Tx| db::lagre(tx, (id, kompetanse), versjon, &ny).await;
            if let Some(element) = medlem.write(Rett::SkriveNotat(id), lagre).await? {
                return Ok(Ok(Videre::til(&pa_hold(id, element)).med("Kompetansehevingen er lagret")));
            }
            None
        }
    };
    let mut tx = medlem.read_med(Rett::SkriveNotat(id)).await?;
    let (punkt, lagret) = db::hent(&mut tx, id, kompetanse).await?;
    punkt.krev_i_gang()?;
    if let Some(feil) = feil {
        return Ok(Err(Page::med_feil(views::Skjema::endre(kompetanse, punkt, felter, feil))));
    }
    let feil = felter.utdatert(&Felter::fra(&lagret));
    let felter = Felter { versjon: lagret.versjon.to_string(), ..felter };
    Ok(Err(Page::utdatert(views::Skjema::endre(kompetanse, punkt, felter, feil))))
}

#[derive(Deserialize)]
struct RaFjerning {
    #[serde(default)]
    nokkel: String,
}

/// Takes it away; sent twice, it is gone once.
async fn fjern(
    FjernKompetanse { id, kompetanse }: FjernKompetanse,
    medlem: Medlem,
    Skjema(ra): Skjema<RaFjerning>,
) -> Result<Videre, Error> {
    let fjern = async |tx: &mut Tx| Ok(pa_hold(id, db::fjern(tx, id, kompetanse).await?));
    let sted = medlem.write_once(les_nokkel(&ra.nokkel)?, Rett::SkriveNotat(id), fjern).await?;
    Ok(Videre::til(&sted).med("Kompetansehevingen er fjernet"))
}
