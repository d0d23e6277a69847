//! The doors of the second step: set it up, make new codes for paper, turn it off.
use axum::{
    Router,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use time::Duration;

use super::{db, views};
use crate::{
    App, Error, Result,
    auth::{Identitet, inn::FEIL_KODE, nylig::krev_nylig, okt, okter, routes::Konto},
    tekst,
    web::{Feil, Page, Skjema, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/konto/totrinn")]
pub(in crate::auth) struct OppsettTotrinn;

#[derive(TypedPath, Deserialize)]
#[typed_path("/konto/totrinn/koder")]
struct NyeKoder;

#[derive(TypedPath, Deserialize)]
#[typed_path("/konto/totrinn/av")]
struct SlaAv;

/// Bytes of a secret: as many as HMAC-SHA-1 gives (RFC 4226, section 4).
const LENGDE: usize = 20;
/// How long somebody may take to set it up.
const VARER: Duration = Duration::minutes(30);

/// The secret as the page was given it, sealed, and the first code from the app.
#[derive(Deserialize)]
struct Oppsett {
    #[serde(default)]
    hemmelighet: String,
    #[serde(default)]
    kode: String,
}

pub(in crate::auth) fn routes() -> Router<App> {
    let vernet = Router::new().typed_post(sett_opp).typed_post(nye_koder).typed_post(sla_av);
    Router::new().typed_get(side).merge(krev_nylig(vernet))
}

async fn side(_: OppsettTotrinn, State(app): State<App>, identitet: Identitet) -> Result<Page<views::Oppsett>> {
    krev_eget_passord(&identitet)?;
    let mut hemmelighet = [0; LENGDE];
    getrandom::fill(&mut hemmelighet).map_err(|e| Error::Intern(e.to_string()))?;
    let forseglet = forsegl(&app, &identitet, &hemmelighet)?;
    Ok(Page(views::Oppsett::ny(&app, &identitet, &hemmelighet, forseglet, Feil::default()).await?))
}

async fn sett_opp(
    _: OppsettTotrinn,
    State(app): State<App>,
    identitet: Identitet,
    headers: HeaderMap,
    Skjema(skjema): Skjema<Oppsett>,
) -> Result<Response> {
    krev_eget_passord(&identitet)?;
    let Some(hemmelighet) = apne(&app, &identitet, &skjema.hemmelighet)? else {
        return Ok(Videre::til(&OppsettTotrinn)
            .med("Siden var for gammel. Her er en ny kode å lese av")
            .into_response());
    };
    if let Some(koder) = db::sett_opp(&app, identitet.bruker, &hemmelighet, &skjema.kode).await? {
        let token = okt::token(&app, &headers).ok_or(Error::Utlogget)?;
        okter::avslutt(&app, identitet.bruker, &token, None).await?;
        return Ok(Page(views::Koder { koder, ny: true }).into_response());
    }
    let feil = Feil::en("kode", FEIL_KODE);
    let side = views::Oppsett::ny(&app, &identitet, &hemmelighet, skjema.hemmelighet, feil).await?;
    Ok(Page::med_feil(side).into_response())
}

async fn nye_koder(_: NyeKoder, State(app): State<App>, identitet: Identitet) -> Result<Response> {
    if !identitet.har_totrinn {
        return Ok(Videre::til(&OppsettTotrinn).into_response());
    }
    let mut tx = app.db.utenfor().await?;
    let koder = db::nye_koder(&mut tx, identitet.bruker).await?;
    tx.commit().await?;
    Ok(Page(views::Koder { koder, ny: false }).into_response())
}

async fn sla_av(_: SlaAv, State(app): State<App>, identitet: Identitet) -> Result<Videre> {
    if identitet.krever_totrinn(&app) {
        return Err(Error::Regelbrudd(
            "Rollen din krever totrinnskode. Du kan bytte telefon, men ikke slå den av".into(),
        ));
    }
    let mut tx = app.db.utenfor().await?;
    db::nullstill(&mut tx, identitet.bruker).await?;
    tx.commit().await?;
    Ok(Videre::til(&Konto).med("Totrinnskoden er slått av"))
}

/// Whoever has a password that somebody else knows chooses their own first.
fn krev_eget_passord(identitet: &Identitet) -> Result<()> {
    if identitet.ma_bytte_passord { Err(Error::MaByttePassord) } else { Ok(()) }
}

/// What a secret on its way to be set up is sealed as.
fn om(identitet: &Identitet) -> Vec<u8> {
    [b"oppsett".as_slice(), identitet.bruker.as_bytes()].concat()
}

/// The secret and when it is too old: between page and form the browser keeps it, unread.
fn forsegl(app: &App, identitet: &Identitet, hemmelighet: &[u8]) -> Result<String> {
    let frist = (app.na() + VARER).unix_timestamp().to_be_bytes();
    Ok(tekst::hex(&app.nokkel()?.forsegl(&[frist.as_slice(), hemmelighet].concat(), &om(identitet))?))
}

fn apne(app: &App, identitet: &Identitet, forseglet: &str) -> Result<Option<Vec<u8>>> {
    let nokkel = app.nokkel()?;
    let klart = tekst::fra_hex(forseglet).and_then(|byte| nokkel.apne(&byte, &om(identitet)));
    Ok(klart.and_then(|klart| {
        let (frist, hemmelighet) = klart.split_first_chunk()?;
        (i64::from_be_bytes(*frist) > app.na().unix_timestamp()).then(|| hemmelighet.to_vec())
    }))
}
