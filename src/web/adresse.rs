//! The address of whoever asks, as far as it can be trusted.
use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap, Request},
};

use crate::App;

/// The address of a request; `None` when nothing tells it.
pub(crate) fn adresse<B>(app: &App, request: &Request<B>) -> Option<IpAddr> {
    adresse_av(app, request.headers(), request.extensions())
}

pub(crate) fn adresse_av(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
    // The last address is the one our own proxy wrote.
    let fra_proxy = || headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
    let direkte = || extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    if app.config.stol_pa_proxy { fra_proxy().or_else(direkte) } else { direkte() }
}
