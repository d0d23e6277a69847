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
    let direkte = || extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    if app.config.stol_pa_proxy { fra_proxy(headers).or_else(direkte) } else { direkte() }
}

/// The last address of the last line is the one our own proxy wrote; what stands before it, the browser may have said itself.
fn fra_proxy(headers: &HeaderMap) -> Option<IpAddr> {
    headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_says_of_itself_is_not_believed() {
        let mut hoder = HeaderMap::new();
        hoder.append("x-forwarded-for", "192.0.2.1, 192.0.2.2".parse().unwrap());
        assert_eq!(fra_proxy(&hoder), "192.0.2.2".parse().ok());
        hoder.append("x-forwarded-for", "198.51.100.7".parse().unwrap());
        assert_eq!(fra_proxy(&hoder), "198.51.100.7".parse().ok());
    }
}
