//! The face of the log: one form, to make and to edit.
use askama::Template;
use uuid::Uuid;

use super::{EndreKompetanse, LoggKompetanse, db::Punkt, skjema::Felter};
use crate::{mote::VisMote, referat::Hold, tjeneste::Tjenestetype, web::Feil};

#[derive(Template)]
#[template(path = "kompetanse/skjema.html")]
pub(super) struct Skjema {
    handling: String,
    tittel: &'static str,
    punkt: Punkt,
    felter: Felter,
    feil: Feil,
    ny: bool,
}

impl Skjema {
    pub(super) fn ny(punkt: Punkt, felter: Felter, feil: Feil) -> Self {
        let handling = LoggKompetanse { id: punkt.mote, element: punkt.element }.to_string();
        Self { handling, tittel: "Før kompetanseheving", punkt, felter, feil, ny: true }
    }

    pub(super) fn endre(kompetanse: Uuid, punkt: Punkt, felter: Felter, feil: Feil) -> Self {
        let handling = EndreKompetanse { id: punkt.mote, kompetanse }.to_string();
        Self { handling, tittel: "Endre kompetansehevingen", punkt, felter, feil, ny: false }
    }

    fn motesti(&self) -> VisMote {
        VisMote { id: self.punkt.mote }
    }

    fn tilbake(&self) -> String {
        pa_hold(self.punkt.mote, self.punkt.element)
    }

    fn tjenester() -> [(&'static str, &'static str); 6] {
        Tjenestetype::ALLE.map(|t| (t.slug(), t.navn()))
    }
}

/// The element on the page the møte is run from.
pub(super) fn pa_hold(mote: Uuid, element: Uuid) -> String {
    format!("{}#punkt-{element}", Hold { id: mote })
}
