//! The doors of motemaler: list, look, and make a new version.
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    db::{self, Malversjon},
    forskjell::forskjeller,
    mal::{self, Mal, Malelement},
    skjema::{Knapp, Raw},
    views,
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    forum::Forumtype,
    mote::Elementtype,
    regelsett,
    web::{Feil, MedStatus, Page, Skjema, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/motemaler")]
pub(super) struct ListMaler;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/motemaler/{id}")]
pub(super) struct VisMal {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/motemaler/type/{forum_type}")]
pub(super) struct NyVersjon {
    pub(super) forum_type: String,
}

/// What is new in a version, beside the one before it or the one asked for.
#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/motemaler/{id}/forskjell")]
pub(super) struct Forskjell {
    pub(super) id: Uuid,
}

#[derive(Deserialize)]
struct Fra {
    fra: Option<Uuid>,
}

/// The form once more, saved or not, or on to the new version.
type Svar = Result<Result<Videre, MedStatus<views::Skjema>>>;

pub fn routes() -> Router<App> {
    Router::new().typed_get(liste).typed_get(vis).typed_get(forskjell).typed_get(ny).typed_post(lagre)
}

impl NyVersjon {
    fn slag(&self) -> Result<Forumtype> {
        self.forum_type.parse().map_err(|_| Error::IkkeFunnet)
    }
}

async fn liste(_: ListMaler, medlem: Medlem) -> Result<Page<views::Liste>> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    Ok(Page(views::Liste { versjoner: db::alle(&mut tx).await? }))
}

async fn vis(VisMal { id }: VisMal, medlem: Medlem) -> Result<Page<views::Vis>> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let alle = db::alle(&mut tx).await?;
    let mal = alle.iter().find(|v| v.id == id).cloned().ok_or(Error::IkkeFunnet)?;
    let versjoner = alle.into_iter().filter(|v| v.forum_type == mal.forum_type).collect();
    let elementer = db::elementer(&mut tx, id).await?;
    Ok(Page(views::Vis { mal, versjoner, elementer }))
}

async fn forskjell(
    Forskjell { id }: Forskjell,
    medlem: Medlem,
    Query(Fra { fra }): Query<Fra>,
) -> Result<Page<views::Forskjeller>> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let alle = db::alle(&mut tx).await?;
    let ny = alle.iter().find(|v| v.id == id).cloned().ok_or(Error::IkkeFunnet)?;
    let samme: Vec<Malversjon> = alle.into_iter().filter(|v| v.forum_type == ny.forum_type && v.id != id).collect();
    let gammel = match fra {
        Some(fra) => Some(samme.iter().find(|v| v.id == fra).ok_or(Error::IkkeFunnet)?),
        None => samme.iter().find(|v| v.versjon < ny.versjon),
    };
    let ord = match gammel {
        Some(gammel) => {
            let for_ = gammel.mal(db::elementer(&mut tx, gammel.id).await?);
            forskjeller(&for_, &ny.mal(db::elementer(&mut tx, id).await?))
        }
        None => Vec::new(),
    };
    Ok(Page(views::Forskjeller { gammel: gammel.cloned(), ny, ord }))
}

async fn ny(sti: NyVersjon, medlem: Medlem) -> Result<Page<views::Skjema>> {
    let slag = sti.slag()?;
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let raw = match gjeldende(&mut tx, slag).await? {
        Some((mal, elementer)) => Raw::av(&mal.mal(elementer), mal.versjon),
        None => Raw::av(&utgangspunkt(slag), 0),
    };
    let minste = minste(&mut tx, slag).await?;
    Ok(Page(views::Skjema { slag, raw, minste, lagret: None, feil: Feil::default() }))
}

async fn lagre(sti: NyVersjon, medlem: Medlem, Skjema(felter): Skjema<Vec<(String, String)>>) -> Svar {
    let slag = sti.slag()?;
    let (mut raw, knapp) = Raw::fra(&felter);
    if knapp != Knapp::Lagre {
        raw.flytt(knapp);
        let side = igjen(&medlem, slag, raw, Feil::default()).await?;
        return Ok(Err(Page::med_status(axum::http::StatusCode::OK, side)));
    }
    let ny = match raw.les() {
        Ok(lest) => lest,
        Err(feil) => return Ok(Err(Page::med_feil(igjen(&medlem, slag, raw, feil).await?))),
    };
    let svar = medlem
        .write_once(raw.les_nokkel()?, Rett::EndreGrunndata, async |tx| {
            let minste = minste(tx, slag).await?;
            mal::sjekk(slag.er_tst(), &ny.elementer, minste).map_err(|brudd| Error::Ugyldig(brudd.to_string()))?;
            let ny = db::ny_versjon(tx, slag, raw.basert_pa, &ny).await?;
            Ok(VisMal { id: ny.ok_or_else(|| Error::Regelbrudd(String::new()))? }.to_string())
        })
        .await;
    match svar {
        Ok(sted) => Ok(Ok(Videre::til(&sted).med("Den nye versjonen er lagret. Møter som bookes fra nå, bruker den"))),
        Err(Error::Ugyldig(brudd)) => {
            Ok(Err(Page::med_feil(igjen(&medlem, slag, raw, Feil::en("elementer", &brudd)).await?)))
        }
        Err(error) if matches!(error, Error::Regelbrudd(_)) || error.on_constraint("motemal_versjon") => {
            utdatert(&medlem, slag, raw).await
        }
        Err(error) => Err(error),
    }
}

/// The form again, beside the version somebody else has made meanwhile.
async fn utdatert(medlem: &Medlem, slag: Forumtype, mut raw: Raw) -> Svar {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let lagret = gjeldende(&mut tx, slag).await?;
    let minste = minste(&mut tx, slag).await?;
    raw.basert_pa = lagret.as_ref().map_or(0, |(mal, _)| mal.versjon);
    let feil = Feil::en(
        "elementer",
        "Noen andre har laget en ny versjon mens du skrev. Den står under. Lagre igjen for å bruke din",
    );
    Ok(Err(Page::utdatert(views::Skjema { slag, raw, minste, lagret, feil })))
}

async fn igjen(medlem: &Medlem, slag: Forumtype, raw: Raw, feil: Feil) -> Result<views::Skjema> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let minste = minste(&mut tx, slag).await?;
    Ok(views::Skjema { slag, raw, minste, lagret: None, feil })
}

/// The version that holds, with its elements.
async fn gjeldende(tx: &mut Tx, slag: Forumtype) -> Result<Option<(Malversjon, Vec<Malelement>)>> {
    let alle = db::alle(tx).await?;
    let Some(mal) = alle.into_iter().find(|v| v.gjeldende && v.forum_type == slag.slug()) else { return Ok(None) };
    let elementer = db::elementer(tx, mal.id).await?;
    Ok(Some((mal, elementer)))
}

/// The least minutes an agenda for this kind of forum may have.
async fn minste(tx: &mut Tx, slag: Forumtype) -> Result<u32> {
    Ok(if slag.er_tst() { regelsett::hent(tx).await?.region().min_varighet } else { 0 })
}

/// What a first version begins with: the plan's three for a TST, one open point for others.
fn utgangspunkt(slag: Forumtype) -> Mal {
    let element = |(elementtype, minutter, hjelp): (Elementtype, u32, &str)| {
        let tittel = if elementtype == Elementtype::Annet { "Saker" } else { elementtype.navn() };
        Malelement { elementtype, tittel: tittel.to_owned(), hjelp: hjelp.to_owned(), minutter }
    };
    let deler: &[(Elementtype, u32, &str)] = if slag.er_tst() {
        &[
            (Elementtype::Generell, 45, "Hva ble vi enige om sist, og er det gjort? Hva sier barna?"),
            (Elementtype::Veiledning, 60, "Hva strever de voksne med? Hvem av oss kan noe om dette?"),
            (Elementtype::Observasjon, 45, "Er drøftingen anonym, eller foreligger samtykke? Ikke skriv navn."),
        ]
    } else {
        &[(Elementtype::Annet, 60, "")]
    };
    Mal {
        navn: slag.navn().to_owned(),
        apning: "Vi er her for barnets beste. Hva vil dette møtet bety for barna?".to_owned(),
        avrunding: "Hver sier kort: Hva tar jeg med meg, og hva gjør jeg til neste gang?".to_owned(),
        elementer: deler.iter().copied().map(element).collect(),
        ..Mal::default()
    }
}
