//! The wizard that makes the teams that are missing: one round every school and kindergarten (Strategisk plan, Nord-Østerdal,
//! kap. 6: «faste tverrfaglige samhandlingsteam (TST) på alle skoler og barnehager»).
mod db;
mod foresla;
mod routes;
mod views;

use uuid::Uuid;

pub(super) use routes::routes;

use crate::{enhet::Enhetstype, regelsett::Regler};
use foresla::{Forslag, Tilbud, Valgt};

/// A unit without a team.
struct Enhet {
    id: Uuid,
    navn: String,
    type_: Enhetstype,
    kommune: Uuid,
    kommune_navn: String,
    /// Its teamleder, or the only person who works there.
    leder: Option<Valgt>,
}

impl Enhet {
    /// The seats its team will have.
    fn forslag(&self, regler: &Regler, tilbud: &[Tilbud]) -> Vec<Forslag> {
        let faste = regler.for_enhet(self.kommune, self.id).faste_tjenester;
        foresla::plasser(&faste, self.kommune, self.leder.as_ref(), tilbud)
    }
}
