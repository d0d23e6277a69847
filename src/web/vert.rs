//! The address people reach us by, for a link that is read on the screen and handed over.
use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

use crate::App;

/// Scheme and host, as the one who asks has them in the browser's own line.
pub struct Vert(String);

impl Vert {
    /// A path of ours as a whole address.
    pub fn adresse(&self, sti: &str) -> String {
        format!("{}{sti}", self.0)
    }
}

impl FromRequestParts<App> for Vert {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let vert = parts.headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let skjema = if app.config.tls { "https" } else { "http" };
        Ok(Self(if vert.is_empty() { String::new() } else { format!("{skjema}://{vert}") }))
    }
}
