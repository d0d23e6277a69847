//! The faces of the second step.
use std::fmt::Write as _;

use askama::Template;
use qrcodegen::{QrCode, QrCodeEcc};

use super::{db, kode};
use crate::{App, Error, Result, auth::Identitet, tid, web::Feil};

#[derive(Template)]
#[template(path = "auth/totrinn.html")]
pub(super) struct Oppsett {
    /// The secret in groups of four.
    grupper: Vec<String>,
    /// The secret sealed, for the form.
    forseglet: String,
    qr: Qr,
    kreves: bool,
    har_fra_for: bool,
    /// The day an administrator took the last one away.
    nullstilt: Option<String>,
    feil: Feil,
}

/// A square of black and white, as the path of an SVG.
struct Qr {
    sider: i32,
    sti: String,
}

/// The codes for paper, shown once.
#[derive(Template)]
#[template(path = "auth/koder.html")]
pub(super) struct Koder {
    pub(super) koder: Vec<String>,
    /// Whether the second step has just been set up.
    pub(super) ny: bool,
}

impl Oppsett {
    pub(super) async fn ny(
        app: &App,
        identitet: &Identitet,
        hemmelighet: &[u8],
        forseglet: String,
        feil: Feil,
    ) -> Result<Self> {
        let ord = kode::base32(hemmelighet);
        let stand = db::stand(app, identitet.bruker).await?;
        Ok(Self {
            grupper: ord.as_bytes().chunks(4).map(|g| String::from_utf8_lossy(g).into_owned()).collect(),
            forseglet,
            qr: Qr::av(&kode::otpauth(&ord, &identitet.epost))?,
            kreves: identitet.krever_totrinn(app),
            har_fra_for: identitet.har_totrinn,
            nullstilt: stand.nullstilt.map(|nar| tid::dato(tid::dag(nar))),
            feil,
        })
    }
}

impl Qr {
    /// With a white edge of four, so that a camera sees where it ends.
    fn av(tekst: &str) -> Result<Self> {
        let kode = QrCode::encode_text(tekst, QrCodeEcc::Medium).map_err(|e| Error::Intern(e.to_string()))?;
        let mut sti = String::new();
        for y in 0..kode.size() {
            for x in (0..kode.size()).filter(|x| kode.get_module(*x, y)) {
                let _ = write!(sti, "M{},{}h1v1h-1z", x + 4, y + 4);
            }
        }
        Ok(Self { sider: kode.size() + 8, sti })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_as_large_as_it_says() {
        let qr = Qr::av(&kode::otpauth(&"A".repeat(32), &format!("{}@tynset.example", "a".repeat(180)))).unwrap();
        assert!(qr.sider > 29 && qr.sti.starts_with("M4,4h1v1h-1z"));
    }
}
