//! The face of the veiviser.
use askama::Template;

use super::db::Team;
use crate::{forum::VisTeam, sak::MeldBehov, tid};

#[derive(Template)]
#[template(path = "veiviser/vis.html")]
pub(super) struct Veiviser {
    pub(super) team: Vec<Team>,
    pub(super) melder: bool,
    pub(super) lofter: bool,
}

impl Team {
    fn sti(&self) -> VisTeam {
        VisTeam { id: self.id }
    }

    fn meld(&self) -> MeldBehov {
        MeldBehov { id: self.id }
    }

    /// When the team meets next, in words.
    fn nar(&self) -> String {
        self.neste.map_or_else(
            || "Neste møte er ikke booket".to_owned(),
            |dag| format!("Neste møte er {}", tid::dato_i_ord(dag)),
        )
    }
}
