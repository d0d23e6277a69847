//! The faces of making and changing a forum.
use askama::Template;
use uuid::Uuid;

use super::{
    db::{Lagret, Valg},
    routes::{AvsluttTeam, EndreTeam, Raw},
};
use crate::{
    forum::{Forumtype, VisTeam},
    web::Feil,
};

#[derive(Template)]
#[template(path = "forum/ny.html")]
pub(super) struct Ny {
    pub(super) valg: Valg,
    /// Whether the role may make fora for the whole region.
    pub(super) hele_regionen: bool,
    pub(super) raw: Raw,
    pub(super) feil: Feil,
}

impl Ny {
    /// Every kind but the teams round units: those come from the wizard.
    fn typer() -> Vec<(&'static str, &'static str)> {
        Forumtype::ALLE.into_iter().filter(|t| *t != Forumtype::TstEnhet).map(|t| (t.slug(), t.navn())).collect()
    }
}

#[derive(Template)]
#[template(path = "forum/endre.html")]
pub(super) struct Endre {
    pub(super) id: Uuid,
    pub(super) lagret: Lagret,
    pub(super) kan_avslutte: bool,
    pub(super) raw: Raw,
    pub(super) feil: Feil,
}

impl Endre {
    fn team(&self) -> VisTeam {
        VisTeam { id: self.id }
    }

    fn lagre(&self) -> EndreTeam {
        EndreTeam { id: self.id }
    }

    fn avslutt(&self) -> AvsluttTeam {
        AvsluttTeam { id: self.id }
    }
}
