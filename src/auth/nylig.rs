//! Sensitive acts ask once more who it is, unless that was shown a moment ago. What was filled in waits meanwhile.
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{Method, StatusCode, Uri, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::sync::Arc;
use time::Duration;

use super::{Identitet, innlogging, okt, totrinn, views};
use crate::{
    App, Error, Result,
    web::{Feil, Page},
};

/// How long a password or a code is good for.
pub(super) const VARER: Duration = Duration::minutes(10);

/// What a form's path ends with when it comes back with the answer to «is it you?».
const BEKREFT: &str = "bekreft=ja";

/// The answer, and the form it is about.
#[derive(Deserialize)]
struct Svar {
    #[serde(default)]
    passord: String,
    #[serde(default)]
    kode: String,
    #[serde(default)]
    skjema: String,
}

/// Guards the forms of these routes: each is asked for a password or a code unless one was given within ten minutes.
/// Pages are only looked at, and are left alone.
pub fn krev_nylig(routes: Router<App>) -> Router<App> {
    routes.route_layer(from_fn(vakt))
}

async fn vakt(request: Request, next: Next) -> Response {
    let identitet = request.extensions().get::<Arc<Identitet>>().cloned();
    match identitet {
        Some(hvem) if request.method() == Method::POST && !hvem.nylig => match spor(request, &hvem).await {
            Ok(side) => side,
            Err(error) => error.into_response(),
        },
        _ => next.run(request).await,
    }
}

/// The page that asks, with the form it holds back.
async fn spor(request: Request, hvem: &Identitet) -> Result<Response> {
    let sti = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let skjema = okt::les_kropp(request.into_body()).await?;
    let side =
        views::Bekreft { sti: med_svar(&sti), holdt: skjema, har_totrinn: hvem.har_totrinn, feil: Feil::default() };
    Ok(Page::med_status(StatusCode::UNAUTHORIZED, side).into_response())
}

fn med_svar(sti: &str) -> String {
    format!("{sti}{}{BEKREFT}", if sti.contains('?') { '&' } else { '?' })
}

/// A path without the answer's mark; `None` when it has none.
fn uten_svar(sti: &str) -> Option<&str> {
    sti.strip_suffix(BEKREFT).and_then(|sti| sti.strip_suffix(['?', '&']))
}

/// Judges an answer: the form it was about goes on as it was first sent, or the page asks again.
pub(super) async fn bekreft(app: &App, hvem: &mut Identitet, mut request: Request) -> Result<Request, Response> {
    let Some(sti) = request.uri().path_and_query().and_then(|p| uten_svar(p.as_str())).map(str::to_owned) else {
        return Ok(request);
    };
    if request.method() != Method::POST {
        return Ok(request);
    }
    let token = okt::token(app, request.headers()).unwrap_or_default();
    let kropp = std::mem::take(request.body_mut());
    let svar = les(kropp).await.map_err(IntoResponse::into_response)?;
    let feil = match stemmer(app, hvem, &svar).await {
        Ok(true) => None,
        Ok(false) if svar.kode.is_empty() => Some(Feil::en("passord", "Passordet er ikke riktig")),
        Ok(false) => Some(Feil::en("kode", super::inn::FEIL_KODE)),
        // The form is not lost while one waits.
        Err(vent @ Error::Vent(_)) => Some(Feil::en("passord", &vent.to_string())),
        Err(error) => return Err(error.into_response()),
    };
    if let Some(feil) = feil {
        let side = views::Bekreft { sti: med_svar(&sti), holdt: svar.skjema, har_totrinn: hvem.har_totrinn, feil };
        return Err(Page::med_feil(side).into_response());
    }
    okt::sett_bekreftet(app, &token).await.map_err(IntoResponse::into_response)?;
    hvem.nylig = true;
    let uri: Uri = sti.parse().map_err(|_| Error::IkkeFunnet.into_response())?;
    *request.uri_mut() = uri;
    request.headers_mut().insert(header::CONTENT_LENGTH, svar.skjema.len().into());
    *request.body_mut() = Body::from(svar.skjema);
    Ok(request)
}

async fn les(kropp: Body) -> Result<Svar> {
    let kropp = okt::les_kropp(kropp).await?;
    serde_html_form::from_str(&kropp).map_err(|_| Error::Ugyldig("Vi forsto ikke skjemaet".into()))
}

/// Either will do: the password, or a code where there is a second step.
async fn stemmer(app: &App, hvem: &Identitet, svar: &Svar) -> Result<bool> {
    if !svar.kode.is_empty() {
        return Ok(totrinn::prov(app, hvem.bruker, &svar.kode).await? != totrinn::Svar::Feil);
    }
    innlogging::riktig_passord(app, hvem.bruker, svar.passord.clone()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_the_question_as_it_was() {
        for sti in ["/konto", "/team/1?a=b&c=d"] {
            assert_eq!(uten_svar(&med_svar(sti)), Some(sti));
            assert_eq!(uten_svar(sti), None);
        }
    }
}
