//! The shell: headers that every answer carries, addresses that are none, and a handler that panics.
use std::any::Any;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::catch_panic::{CatchPanicLayer, ResponseForPanic};

use crate::{App, Error};

/// Nothing from elsewhere, nothing inline, and no other page round ours.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; \
                   form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const HODER: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];
/// For a year nothing but TLS.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Sets what the answer has not said itself: a page may be stricter about where it came from, and a file may be kept.
pub async fn hoder(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (navn, verdi) in HODER {
        response.headers_mut().entry(navn).or_insert(HeaderValue::from_static(verdi));
    }
    if app.config.tls {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

/// No address holds the one character that no text may hold.
pub async fn krev_adresse(request: Request, next: Next) -> Response {
    if request.uri().path_and_query().is_some_and(|sti| sti.as_str().contains("%00")) {
        return Error::IkkeFunnet.into_response();
    }
    next.run(request).await
}

/// A handler that panics answers like one that failed; what it said may hold data, and is not told on.
#[derive(Clone, Copy)]
pub struct Panikk;

impl ResponseForPanic for Panikk {
    type ResponseBody = axum::body::Body;
    fn response_for_panic(&mut self, _: Box<dyn Any + Send>) -> Response {
        Error::Intern("a handler panicked".into()).into_response()
    }
}

pub fn fang_panikk() -> CatchPanicLayer<Panikk> {
    CatchPanicLayer::custom(Panikk)
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::StatusCode, routing::get};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_answer() {
        let panikk = get(async || -> &'static str { panic!("Kari Nordmann") });
        let app = Router::new().route("/", panikk).layer(fang_panikk());
        let svar = app.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(svar.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
