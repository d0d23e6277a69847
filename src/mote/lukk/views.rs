//! The face of closing a møte without a referat.
use askama::Template;
use uuid::Uuid;

use super::{LukkMote, Lukkearsak, routes::RaLukking};
use crate::{mote::Mote, web::Feil};

#[derive(Template)]
#[template(path = "mote/lukk.html")]
pub(super) struct Lukk {
    sti: LukkMote,
    mote: Mote,
    ra: RaLukking,
    feil: Feil,
    nokkel: Uuid,
}

impl Lukk {
    pub(super) fn ny(mote: Mote, ra: RaLukking, feil: Feil) -> Self {
        Self { sti: LukkMote { id: mote.id }, mote, ra, feil, nokkel: Uuid::new_v4() }
    }
}

/// The reasons, as a list to choose from.
fn arsaker() -> [(&'static str, &'static str); 3] {
    Lukkearsak::ALLE.map(|a| (a.slug(), a.navn()))
}
