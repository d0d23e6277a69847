//! The doors of the documents: each answers with a file, to whoever may read the page it is made from.
use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use time::{Date, Duration};
use uuid::Uuid;

use super::{db, sett, views::Dokument};
use crate::{
    App, Error, Result,
    auth::{Handling, Medlem},
    forum::VisTeam,
    mote::{Status, VisMote},
    tid,
    web::Videre,
};

/// The longest period one document covers: a school year.
const LENGSTE_PERIODE: Duration = Duration::days(366);

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/agenda.pdf")]
pub struct AgendaPdf {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/referat.pdf")]
pub struct ReferatPdf {
    pub id: Uuid,
}

/// All referater of a team from one day to another (`?fra=…&til=…`).
#[derive(TypedPath, Deserialize)]
#[typed_path("/team/{id}/referater.pdf")]
pub struct ReferaterPdf {
    pub id: Uuid,
}

/// What the reader wants of it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Valg {
    /// Anything but nothing leaves out what is about a single child.
    uten_individ: String,
    fra: String,
    til: String,
}

impl Valg {
    fn uten_individ(&self) -> bool {
        !self.uten_individ.is_empty()
    }

    fn periode(&self) -> Result<(Date, Date)> {
        let periode = tid::les_dato(&self.fra).zip(tid::les_dato(&self.til));
        let periode = periode.filter(|(fra, til)| fra <= til && *til - *fra <= LENGSTE_PERIODE);
        periode.ok_or_else(|| Error::Ugyldig("Velg en periode på høyst ett år, med første og siste dag".into()))
    }
}

pub fn routes() -> Router<App> {
    Router::new().typed_get(agenda).typed_get(referat).typed_get(referater)
}

async fn agenda(AgendaPdf { id }: AgendaPdf, medlem: Medlem, Query(valg): Query<Valg>) -> Result<Pdf> {
    let mote = les(id, &medlem, false).await?;
    sett(Dokument::agenda(&mote, valg.uten_individ(), &medlem)).await
}

/// A møte that has no referat yet is shown as it is.
async fn referat(
    ReferatPdf { id }: ReferatPdf,
    medlem: Medlem,
    Query(valg): Query<Valg>,
) -> Result<Result<Pdf, Videre>> {
    let mote = les(id, &medlem, true).await?;
    if mote.status != Status::Ferdigstilt {
        return Ok(Err(
            Videre::til(&VisMote { id }).med("Møtet er ikke ferdigstilt, så det finnes ikke noe referat ennå")
        ));
    }
    sett(Dokument::referat(&mote, valg.uten_individ(), &medlem)).await.map(Ok)
}

/// One møte, for those who may see it. The transaction ends before the type is set.
async fn les(id: Uuid, medlem: &Medlem, bare_ferdig: bool) -> Result<db::Mote> {
    let (mut tx, adgang) = medlem.read_mote_til_fil(id, bare_ferdig).await?;
    let mut moter = db::moter(&mut tx, &[id], adgang.til(Handling::SeTiltak)).await?;
    moter.pop().ok_or(Error::IkkeFunnet)
}

async fn referater(
    ReferaterPdf { id }: ReferaterPdf,
    medlem: Medlem,
    Query(valg): Query<Valg>,
) -> Result<Result<Pdf, Videre>> {
    let periode = valg.periode()?;
    let (team, moter) = les_periode(id, periode, &medlem).await?;
    if moter.is_empty() {
        let ord = "Det finnes ingen referater du kan lese fra denne perioden";
        return Ok(Err(Videre::til(&VisTeam { id }).med(ord)));
    }
    sett(Dokument::referater(&team, periode, &moter, valg.uten_individ(), &medlem)).await.map(Ok)
}

/// The referater of a team: those that the team's page leads the one who asks to, and no others.
async fn les_periode(id: Uuid, periode: (Date, Date), medlem: &Medlem) -> Result<(db::Team, Vec<db::Mote>)> {
    let (mut tx, adgang) = medlem.read_referater(id, periode).await?;
    let alle = adgang.til(Handling::SeMote);
    let (team, ider) = db::team(&mut tx, id, periode, (alle, adgang.kan(Handling::SeMote))).await?;
    let moter = db::moter(&mut tx, &ider, adgang.til(Handling::SeTiltak)).await?;
    Ok((team, moter))
}

/// A finished document on its way out.
struct Pdf {
    filnavn: String,
    innhold: Vec<u8>,
}

/// Sets the type of a document.
async fn sett(dokument: Dokument) -> Result<Pdf> {
    let innhold = sett::pdf(dokument.mal, &dokument.innhold).await?;
    Ok(Pdf { filnavn: dokument.filnavn, innhold })
}

impl IntoResponse for Pdf {
    fn into_response(self) -> Response {
        let mut response = self.innhold.into_response();
        let hode = response.headers_mut();
        hode.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
        hode.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Ok(verdi) = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", self.filnavn)) {
            hode.insert(header::CONTENT_DISPOSITION, verdi);
        }
        response
    }
}
