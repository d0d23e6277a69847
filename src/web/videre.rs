//! On to the next page, with a word about what just happened.
use axum::{
    http::{HeaderMap, HeaderValue, header, header::InvalidHeaderValue},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;

use super::Flash;
use crate::{Config, tekst};

/// A path of our own site to go on to, or the front page: never another site's address.
pub fn trygg_sti(sti: &str) -> &str {
    let egen = sti.starts_with('/') && !sti.starts_with("//") && !sti.contains(|c: char| c == '\\' || c.is_control());
    if egen { sti } else { "/" }
}

/// A redirect after a form, with what happened and perhaps the step it invites to.
pub struct Videre {
    sted: String,
    tekst: Option<String>,
    neste: Option<(String, String)>,
}

impl Videre {
    pub fn til(sted: &(impl ToString + ?Sized)) -> Self {
        Self { sted: sted.to_string(), tekst: None, neste: None }
    }

    /// Says what happened at the top of the next page.
    #[must_use]
    pub fn med(mut self, tekst: impl Into<String>) -> Self {
        self.tekst = Some(tekst.into());
        self
    }

    /// Offers the next step: words and path.
    #[must_use]
    pub fn og_sa(mut self, ord: impl Into<String>, sti: &(impl ToString + ?Sized)) -> Self {
        self.neste = Some((ord.into(), sti.to_string()));
        self
    }
}

impl IntoResponse for Videre {
    fn into_response(self) -> Response {
        let mut response = Redirect::to(&self.sted).into_response();
        if let Some(tekst) = self.tekst {
            response.extensions_mut().insert(Flash { tekst, neste: self.neste });
        }
        response
    }
}

/// What was said on the way is a cookie until the next page.
pub(super) fn sett_flash(config: &Config, response: &mut Response) {
    let Some(Flash { tekst, neste }) = response.extensions_mut().remove() else { return };
    let (ord, sti) = neste.unwrap_or_default();
    if let Ok(kapsel) = HeaderValue::from_str(&kapsel(config, &hex(&format!("{tekst}\n{ord}\n{sti}")), 60)) {
        response.headers_mut().append(header::SET_COOKIE, kapsel);
    }
}

/// The cookie with this value, for so many seconds; with TLS its name binds it to this host.
fn kapsel(config: &Config, verdi: &str, sekunder: u8) -> String {
    let (navn, sikker) = (navn(config), if config.tls { "; Secure" } else { "" });
    format!("{navn}={verdi}; Path=/; Max-Age={sekunder}; HttpOnly; SameSite=Lax{sikker}")
}

fn navn(config: &Config) -> &'static str {
    if config.tls { "__Host-flash" } else { "flash" }
}

/// Text as hex, since a cookie holds only plain characters.
fn hex(tekst: &str) -> String {
    tekst::hex(tekst.as_bytes())
}

fn fra_hex(hex: &str) -> Option<String> {
    String::from_utf8(tekst::fra_hex(hex)?).ok()
}

pub(super) fn les_flash(config: &Config, headers: &HeaderMap) -> Option<Flash> {
    let jar = CookieJar::from_headers(headers);
    let tekst = fra_hex(jar.get(navn(config))?.value())?;
    let mut linjer = tekst.split('\n').map(str::to_owned);
    let (tekst, ord, sti) = (linjer.next()?, linjer.next()?, linjer.next()?);
    Some(Flash { tekst, neste: (sti == trygg_sti(&sti)).then_some((ord, sti)) })
}

pub(super) fn uten_flash(config: &Config) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::from_str(&kapsel(config, "", 0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_paths_of_our_own_are_gone_on_to() {
        assert_eq!(trygg_sti("/moter/1?a=b"), "/moter/1?a=b");
        for ond in [
            "https://ond.example",
            "//ond.example",
            "/\\ond.example",
            "javascript:alert(1)",
            "",
            "/a\r\nb",
            "/\t/ond.example",
            "/\u{1}",
        ] {
            assert_eq!(trygg_sti(ond), "/", "{ond}");
        }
    }

    proptest! {
        #[test]
        fn text_survives_the_cookie(tekst in "\\PC*") {
            prop_assert_eq!(fra_hex(&hex(&tekst)), Some(tekst));
        }
    }
}
