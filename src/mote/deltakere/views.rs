//! The face of who is invited.
use askama::Template;

use super::{Kandidat, routes::FjernDeltaker};
use crate::mote::{Mote, db::Deltaker};

#[derive(Template)]
#[template(path = "mote/deltakere.html")]
pub(super) struct Side {
    pub(super) mote: Mote,
    pub(super) deltakere: Vec<Deltaker>,
    pub(super) kandidater: Vec<Kandidat>,
    pub(super) sok: String,
}

impl Side {
    fn fjern(&self, deltaker: &Deltaker) -> String {
        FjernDeltaker { id: self.mote.id, deltaker: deltaker.id }.to_string()
    }
}
