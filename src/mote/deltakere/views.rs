//! The face of who is invited.
use askama::Template;

use uuid::Uuid;

use super::{
    Kandidat,
    routes::{FjernDeltaker, Gjest, NyGjest},
};
use crate::{
    medvirkning::VisMedvirkning,
    mote::{Mote, Status, db::Deltaker},
    tjeneste::Tjenestetype,
    web::Feil,
};

#[derive(Template)]
#[template(path = "mote/deltakere.html")]
pub(super) struct Side {
    pub(super) mote: Mote,
    pub(super) deltakere: Vec<Deltaker>,
    pub(super) kandidater: Vec<Kandidat>,
    pub(super) sok: String,
    pub(super) gjest: Gjest,
    pub(super) feil: Feil,
    pub(super) nokkel: Uuid,
}

impl Side {
    fn ny_gjest(&self) -> NyGjest {
        NyGjest { id: self.mote.id }
    }

    fn medvirkning(&self) -> VisMedvirkning {
        VisMedvirkning { id: self.mote.id }
    }

    fn tjenester() -> [(&'static str, &'static str); 6] {
        Tjenestetype::ALLE.map(|t| (t.slug(), t.navn()))
    }

    fn er_i_gang(&self) -> bool {
        self.mote.status == Status::Pagar
    }

    /// A guest may be taken off as long as the møte lasts, the others until it begins.
    fn kan_fjernes(&self, deltaker: &Deltaker) -> bool {
        !deltaker.fast && (self.mote.er_apent() || deltaker.person.is_none())
    }

    fn fjern(&self, deltaker: &Deltaker) -> String {
        FjernDeltaker { id: self.mote.id, deltaker: deltaker.id }.to_string()
    }
}
