//! The door in: e-mail and password first, then a code for whoever has a second step.
use std::net::{IpAddr, Ipv4Addr};

use axum::{
    Router,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::{
    extract::{CookieJar, Query},
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Identitet, halv, innlogging, okt,
    routes::{Neste, PaVegneAv, i_adresse},
    totrinn::{self, OppsettTotrinn, Svar},
    views,
};
use crate::{
    App, Error, Result, tid,
    web::{Feil, Page, Skjema, Videre, adresse_av, trygg_sti},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/logg-inn")]
pub(super) struct LoggInn;

/// The second step.
#[derive(TypedPath, Deserialize)]
#[typed_path("/logg-inn/kode")]
struct LoggInnKode;

/// Where to go when in: a page, or a form that was sent after the session had ended, as its path and its raw body.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Etterpa {
    pub(super) neste: String,
    pub(super) gjenoppta_sti: String,
    pub(super) gjenoppta_skjema: String,
}

#[derive(Deserialize)]
struct Innlogging {
    #[serde(default)]
    epost: String,
    #[serde(default)]
    passord: String,
    #[serde(flatten)]
    etterpa: Etterpa,
}

#[derive(Deserialize)]
struct Kode {
    #[serde(default)]
    kode: String,
    #[serde(flatten)]
    etterpa: Etterpa,
}

pub(super) fn routes() -> Router<App> {
    Router::new().typed_get(side).typed_post(logg_inn).typed_get(kode_side).typed_post(kode)
}

async fn side(
    _: LoggInn,
    State(app): State<App>,
    Query(Neste { neste }): Query<Neste>,
    identitet: Option<Identitet>,
) -> Response {
    let neste = trygg_sti(neste.as_deref().unwrap_or("/")).to_owned();
    match identitet {
        Some(_) => Redirect::to(&neste).into_response(),
        None => Page(views::LoggInn::ny(neste, app.config.demo)).into_response(),
    }
}

async fn logg_inn(
    _: LoggInn,
    State(app): State<App>,
    adresse: Adresse,
    headers: HeaderMap,
    jar: CookieJar,
    Skjema(skjema): Skjema<Innlogging>,
) -> Result<Response> {
    let Some(bruker) = innlogging::logg_inn(&app, &skjema.epost, skjema.passord, adresse.0).await? else {
        let feil = Feil::en("epost", "E-postadressen eller passordet er feil. Prøv igjen");
        let side = views::LoggInn { epost: skjema.epost, etterpa: skjema.etterpa, feil, demo: app.config.demo };
        return Ok(Page::med_feil(side).into_response());
    };
    if totrinn::stand(&app, bruker).await?.opprettet.is_none() {
        return inne(&app, bruker, &headers, jar, skjema.etterpa, None).await;
    }
    let jar = jar.add(halv::apne(&app, bruker).await?);
    if skjema.etterpa.gjenoppta_sti.is_empty() {
        let neste = i_adresse(trygg_sti(&skjema.etterpa.neste));
        return Ok((jar, Redirect::to(&format!("{LoggInnKode}?neste={neste}"))).into_response());
    }
    Ok((jar, Page(views::Kode { etterpa: skjema.etterpa, feil: Feil::default() })).into_response())
}

async fn kode_side(
    _: LoggInnKode,
    State(app): State<App>,
    headers: HeaderMap,
    Query(Neste { neste }): Query<Neste>,
) -> Result<Response> {
    if halv::hvem(&app, &headers).await?.is_none() {
        return Ok(Redirect::to(LoggInn::PATH).into_response());
    }
    let etterpa = Etterpa { neste: trygg_sti(neste.as_deref().unwrap_or("/")).to_owned(), ..Etterpa::default() };
    Ok(Page(views::Kode { etterpa, feil: Feil::default() }).into_response())
}

async fn kode(
    _: LoggInnKode,
    State(app): State<App>,
    headers: HeaderMap,
    jar: CookieJar,
    Skjema(Kode { kode, etterpa }): Skjema<Kode>,
) -> Result<Response> {
    let Some(bruker) = halv::hvem(&app, &headers).await? else {
        let feil =
            Feil::en("epost", "Det gikk for lang tid før koden kom. Begynn på nytt med e-postadresse og passord");
        let side = views::LoggInn { epost: String::new(), etterpa, feil, demo: app.config.demo };
        return Ok(Page::med_feil(side).into_response());
    };
    let igjen = match totrinn::prov(&app, bruker, &kode).await? {
        Svar::Feil => {
            return Ok(Page::med_feil(views::Kode { etterpa, feil: Feil::en("kode", FEIL_KODE) }).into_response());
        }
        Svar::Riktig => None,
        Svar::PaPapir(igjen) => Some(igjen),
    };
    let jar = jar.add(halv::lukk(&app, bruker).await?);
    inne(&app, bruker, &headers, jar, etterpa, igjen).await
}

pub(super) const FEIL_KODE: &str = "Koden er feil eller brukt før. Vent til appen viser en ny, og prøv igjen";

/// Opens the session and goes on: to the page, to the form that waited, or first to the choice of a role.
async fn inne(
    app: &App,
    bruker: Uuid,
    headers: &HeaderMap,
    jar: CookieJar,
    etterpa: Etterpa,
    pa_papir: Option<i64>,
) -> Result<Response> {
    let (kapsel, valgt) = okt::apne(app, bruker, okt::token(app, headers)).await?;
    let jar = jar.add(kapsel);
    if !etterpa.gjenoppta_sti.is_empty() && valgt {
        let sti = trygg_sti(&etterpa.gjenoppta_sti).to_owned();
        return Ok((jar, Page(views::Gjenoppta::ny(sti, &etterpa.gjenoppta_skjema))).into_response());
    }
    let neste = trygg_sti(&etterpa.neste);
    let sted = if valgt { neste.to_owned() } else { format!("{}?neste={}", PaVegneAv::PATH, i_adresse(neste)) };
    let videre = Videre::til(&sted);
    let videre = match (pa_papir, totrinn::stand(app, bruker).await?.nullstilt) {
        (Some(igjen), _) => {
            let ord = format!("Du brukte en gjenopprettingskode. Du har {igjen} igjen");
            videre.med(ord).og_sa("Lag nye koder", &super::routes::Konto)
        }
        (None, Some(nar)) => {
            let dag = tid::dato(tid::dag(nar));
            let ord = format!("Systemadministratoren tok bort totrinnskoden din {dag}. Var det ikke avtalt, si fra");
            videre.med(ord).og_sa("Sett opp totrinnskode", &OppsettTotrinn)
        }
        (None, None) => videre,
    };
    Ok((jar, videre).into_response())
}

/// The address of whoever asks, as far as it can be trusted.
pub(super) struct Adresse(pub(super) IpAddr);

impl axum::extract::FromRequestParts<App> for Adresse {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &App) -> Result<Self> {
        let adresse = adresse_av(app, &parts.headers, &parts.extensions);
        Ok(Self(adresse.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
    }
}
