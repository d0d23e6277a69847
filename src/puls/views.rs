//! The face of the pulse: one page of closed questions.
use askama::Template;

use super::{Hyppighet, SvarPuls, db::Motet, routes::Felter, stilling::Stilling};
use crate::{mote::VisMote, tid, web::Feil};

pub(super) const LIKEVERD: &str = "Ble du møtt som en likeverdig part?";
pub(super) const RAD: &str = "Fikk du råd du kan bruke?";
pub(super) const HYPPIGHET: &str = "Møtes dere passe ofte?";

#[derive(Template)]
#[template(path = "puls/svar.html")]
pub(super) struct Puls {
    pub(super) sti: SvarPuls,
    pub(super) mote: Motet,
    /// Whether it is the forum's last møte of the semester.
    pub(super) er_siste: bool,
    pub(super) felter: Felter,
    pub(super) feil: Feil,
}

impl Puls {
    fn motesti(&self) -> VisMote {
        VisMote { id: self.sti.id }
    }

    fn motedag(&self) -> String {
        tid::dato_i_ord(self.mote.dato)
    }

    fn er_apen(&self) -> bool {
        self.mote.stilling == Stilling::Apen
    }

    /// From not at all to wholly.
    fn skala() -> [(&'static str, &'static str); 5] {
        [("1", "1, ikke i det hele tatt"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5, fullt og helt")]
    }
}
