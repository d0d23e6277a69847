//! The face of «Koble på».
use askama::Template;
use uuid::Uuid;

use super::{Fagperson, Grunnlag, KoblePa, Tjeneste, routes::Valgt};
use crate::{mote::Mote, tid, web::Feil};

#[derive(Template)]
#[template(path = "mote/koble_pa.html")]
pub(super) struct Side {
    pub(super) sti: KoblePa,
    pub(super) mote: Mote,
    pub(super) grunnlag: Grunnlag,
    pub(super) tjenester: Vec<Tjeneste>,
    pub(super) valgt: Valgt,
    pub(super) feil: Feil,
}

impl Side {
    /// The tjenester with somebody to call in, and under each its people.
    fn grupper(&self) -> Vec<(&str, Vec<(Uuid, String)>)> {
        let med_folk = self.tjenester.iter().filter(|t| !t.folk.is_empty());
        med_folk.map(|t| (t.navn.as_str(), t.folk.iter().map(|p| (p.id, p.ord())).collect())).collect()
    }

    /// Those nobody is registered for: they must be asked another way.
    fn uten_folk(&self) -> Vec<&Tjeneste> {
        self.tjenester.iter().filter(|t| t.folk.is_empty()).collect()
    }

    /// This møte, and the next when there is one.
    fn moter(&self) -> Vec<(Uuid, String)> {
        let dag = |start| tid::dato_i_ord(tid::dag(start));
        let dette = (self.mote.id, format!("Dette møtet, {}", dag(self.mote.start)));
        let neste = self.grunnlag.neste.as_ref().map(|n| (n.id, format!("Neste møte, {}", dag(n.start))));
        [dette].into_iter().chain(neste).collect()
    }
}

impl Fagperson {
    /// «Nils Nav, NAV-veileder (kalt inn til dette møtet)».
    fn ord(&self) -> String {
        let hvem = if self.tittel.is_empty() { self.navn.clone() } else { format!("{}, {}", self.navn, self.tittel) };
        match (self.dette, self.neste) {
            (true, true) => format!("{hvem} (kalt inn til begge møtene)"),
            (true, false) => format!("{hvem} (kalt inn til dette møtet)"),
            (false, true) => format!("{hvem} (kalt inn til neste møte)"),
            (false, false) => hvem,
        }
    }
}
