//! The face of moving a møte to another day, time or place.
use askama::Template;

use super::{db::Utkast, skjema::Flytting};
use crate::{mote::Mote, web::Feil};

#[derive(Template)]
#[template(path = "mote/flytt.html")]
pub(super) struct FlyttSide {
    mote: Mote,
    skjema: Flytting,
    feil: Feil,
}

impl FlyttSide {
    pub(super) fn ny(utkast: Utkast) -> Self {
        Self { skjema: Flytting::lagret(&utkast), mote: utkast.mote, feil: Feil::default() }
    }

    /// The same page with what was typed, and the stored version.
    pub(super) fn med(self, skrevet: Flytting, feil: Feil) -> Self {
        Self { skjema: Flytting { versjon: self.skjema.versjon, ..skrevet }, feil, ..self }
    }
}
