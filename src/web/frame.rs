//! The frame round every page, and the face of every failure.
use std::{any::Any, sync::Arc, time::Instant};

use askama::{DynTemplate, Template};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use uuid::Uuid;

use super::videre;
use crate::{
    App, Error,
    auth::{Handling, Identitet, Rolle},
    db::Spor,
};

/// What the layout needs and no page should have to carry.
pub struct Frame {
    pub path: String,
    pub bruker: Option<FrameBruker>,
    pub flash: Option<Flash>,
    pub demo: bool,
    pub versjon: &'static str,
}

/// Who is signed in, on whose behalf, and where they may go.
pub struct FrameBruker {
    pub navn: String,
    pub region: String,
    /// In words: «Rektor, Tynset barneskole».
    pub rolle: String,
    /// Whether there is another role to act in.
    pub kan_bytte: bool,
    pub meny: Vec<Menypunkt>,
    /// Whom in the region to ask.
    pub kontakt: String,
}

pub struct Menypunkt {
    pub sti: &'static str,
    pub ord: &'static str,
    pub ikon: &'static str,
    /// Whether the page shown lies under this item.
    pub her: bool,
}

/// What just happened, and the step it invites to (words, path).
#[derive(Clone)]
pub struct Flash {
    pub tekst: String,
    pub neste: Option<(String, String)>,
}

/// A page on its way out, not yet framed.
pub struct Page<T>(pub T);

impl<T: Template + Send + Sync + 'static> Page<T> {
    /// A page with a status of its own.
    pub fn med_status(status: StatusCode, page: T) -> MedStatus<T> {
        MedStatus(status, page)
    }

    /// A form that comes back with its errors: 422.
    pub fn med_feil(page: T) -> MedStatus<T> {
        MedStatus(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    /// A form that comes back because its page was stale: 409.
    pub fn utdatert(page: T) -> MedStatus<T> {
        MedStatus(StatusCode::CONFLICT, page)
    }
}

/// A page and its status.
pub struct MedStatus<T>(StatusCode, T);

#[derive(Clone)]
struct Unframed(Arc<dyn DynTemplate + Send + Sync>);

impl<T: Template + Send + Sync + 'static> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        MedStatus(StatusCode::OK, self.0).into_response()
    }
}

impl<T: Template + Send + Sync + 'static> IntoResponse for MedStatus<T> {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        response.extensions_mut().insert(Unframed(Arc::new(self.1)));
        response
    }
}

#[derive(Template)]
#[template(path = "feil.html")]
struct ErrorPage {
    status: StatusCode,
    text: String,
}

/// The outermost layer: frames pages, dresses bare errors (axum's own too), logs 5xx once.
pub async fn frame(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let flash = videre::les_flash(&app.config, request.headers());
    let mut response = next.run(request).await;
    let status = response.status();
    let page = match response.extensions_mut().remove::<Unframed>() {
        Some(Unframed(page)) => page,
        None if status.is_client_error() || status.is_server_error() => error_page(&response),
        None => {
            videre::sett_flash(&app.config, &mut response);
            return response;
        }
    };
    let bruker = response.extensions().get::<Arc<Identitet>>().and_then(|i| i.rolle.as_ref()).map(|r| bruker(r, &path));
    let had_flash = flash.is_some();
    let frame = Frame { path, bruker, flash, demo: app.config.demo, versjon: env!("CARGO_PKG_VERSION") };
    let values: (&str, &dyn Any) = ("frame", &frame);
    match page.dyn_render_with_values(&values) {
        Ok(html) => {
            let (mut parts, _) = response.into_parts();
            parts.headers.remove(header::CONTENT_TYPE);
            parts.headers.remove(header::CONTENT_LENGTH);
            if let Some(Ok(borte)) = had_flash.then(|| videre::uten_flash(&app.config)) {
                parts.headers.append(header::SET_COOKIE, borte);
            }
            (parts, Html(html)).into_response()
        }
        Err(error) => {
            tracing::error!(?error, "a page did not render");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn bruker(rolle: &Rolle, path: &str) -> FrameBruker {
    let kan = |handling| rolle.type_.omfang(handling) != crate::auth::rett::Omfang::Ingen;
    let punkt = |sti: &'static str, ord, ikon, vis: bool| {
        let her = if sti == "/" { path == "/" } else { path.starts_with(sti) };
        vis.then_some(Menypunkt { sti, ord, ikon, her })
    };
    let meny = [
        punkt("/", "Hjem", "House", true),
        punkt("/moter", "Møter", "Calendar", kan(Handling::SeMote)),
        punkt("/team", "Team", "PersonGroup", kan(Handling::SeTeam)),
        punkt("/oversikt", "Oversikt", "BarChart", kan(Handling::SeOversikt)),
        punkt("/admin", "Administrasjon", "Cog", kan(Handling::EndreGrunndata) || kan(Handling::SePersoner)),
    ];
    FrameBruker {
        navn: rolle.navn.clone(),
        region: rolle.region_navn.clone(),
        rolle: rolle.visning.clone(),
        kan_bytte: rolle.har_flere,
        meny: meny.into_iter().flatten().collect(),
        kontakt: rolle.kontakt.clone(),
    }
}

fn error_page(response: &Response) -> Arc<dyn DynTemplate + Send + Sync> {
    let status = response.status();
    let text = match response.extensions().get::<Arc<Error>>() {
        Some(error) => {
            if status.is_server_error() {
                tracing::error!(?error);
            }
            error.to_string()
        }
        None => in_words(status).to_owned(),
    };
    Arc::new(ErrorPage { status, text })
}

/// Words for errors that are not ours: axum's own and the layers'.
fn in_words(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "Siden finnes ikke, eller du har ikke tilgang til den",
        StatusCode::METHOD_NOT_ALLOWED => "Denne siden kan ikke brukes på den måten",
        StatusCode::FORBIDDEN => "Forespørselen kom fra et annet nettsted og ble avvist",
        StatusCode::PAYLOAD_TOO_LARGE => "Filen eller teksten er for stor",
        StatusCode::REQUEST_TIMEOUT => "Det tok for lang tid. Prøv igjen",
        s if s.is_server_error() => "Noe gikk galt hos oss. Prøv igjen om litt",
        _ => "Vi forsto ikke det som ble sendt. Gå tilbake og prøv igjen",
    }
}

/// One line a request, with an id that also goes back to the browser, and the request's trace for the hendelseslogg.
///
/// The path is the route's, with no ids in it: who looked at what stands in the hendelseslogg alone.
pub async fn logg(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = Uuid::new_v4();
    let metode = request.method().clone();
    let rute = request.extensions().get::<MatchedPath>().map(|rute| rute.as_str().to_owned());
    let spor = Spor::ny(super::adresse(&app, &request), id, metode.as_str(), rute.as_deref());
    let start = Instant::now();
    let mut response = spor.rundt(next.run(request)).await;
    let ms = start.elapsed().as_millis();
    let (id, rute) = (id.simple().to_string(), rute.unwrap_or_default());
    tracing::info!(target: "samhandling::foresporsel", id, %metode, rute, status = response.status().as_u16(), ms);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}
