//! On to the next page, with a word about what just happened.
use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;

use super::Flash;
use crate::tekst;

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
            let (ord, sti) = self.neste.unwrap_or_default();
            let verdi =
                format!("flash={}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax", hex(&format!("{tekst}\n{ord}\n{sti}")));
            if let Ok(verdi) = HeaderValue::from_str(&verdi) {
                response.headers_mut().append(header::SET_COOKIE, verdi);
            }
        }
        response
    }
}

/// Text as hex, since a cookie holds only plain characters.
fn hex(tekst: &str) -> String {
    tekst::hex(tekst.as_bytes())
}

fn fra_hex(hex: &str) -> Option<String> {
    String::from_utf8(tekst::fra_hex(hex)?).ok()
}

pub(super) fn les_flash(headers: &HeaderMap) -> Option<Flash> {
    let jar = CookieJar::from_headers(headers);
    let tekst = fra_hex(jar.get("flash")?.value())?;
    let mut linjer = tekst.split('\n').map(str::to_owned);
    let (tekst, ord, sti) = (linjer.next()?, linjer.next()?, linjer.next()?);
    Some(Flash { tekst, neste: sti.starts_with('/').then_some((ord, sti)) })
}

pub(super) fn uten_flash() -> HeaderValue {
    HeaderValue::from_static("flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_paths_of_our_own_are_gone_on_to() {
        assert_eq!(trygg_sti("/moter/1?a=b"), "/moter/1?a=b");
        for ond in ["https://ond.example", "//ond.example", "/\\ond.example", "javascript:alert(1)", "", "/a\r\nb"] {
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
