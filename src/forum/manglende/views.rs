//! The faces of the wizard: what it proposes, and what it made.
use askama::Template;
use uuid::Uuid;

use super::{
    Enhet, Forslag,
    db::{FLEST, Nytt},
};
use crate::{
    forum::{VisTeam, views::Kommunevalg},
    tjeneste::Tjenestetype,
    web::Feil,
};

#[derive(Template)]
#[template(path = "forum/manglende.html")]
pub(super) struct Veiviser {
    pub(super) nokkel: Uuid,
    pub(super) kommuner: Vec<Kommunevalg>,
    pub(super) valgt: Option<Uuid>,
    pub(super) rader: Vec<Rad>,
    pub(super) feil: Feil,
}

/// A unit and the seats proposed for its team.
pub(super) struct Rad {
    pub(super) enhet: Enhet,
    pub(super) forslag: Vec<Forslag>,
    pub(super) avkrysset: bool,
}

impl Rad {
    /// The unit's own seat by its name, the others by their service.
    fn tjeneste(&self, forslag: &Forslag) -> &str {
        match forslag.tjenestetype {
            Tjenestetype::Enhet => &self.enhet.navn,
            type_ => type_.navn(),
        }
    }
}

impl Veiviser {
    fn er_valgt(&self, kommune: &Kommunevalg) -> bool {
        self.valgt == Some(kommune.id)
    }

    fn kommune(&self) -> String {
        self.valgt.map_or_else(String::new, |id| id.to_string())
    }

    fn knapp(&self) -> String {
        format!("Opprett {} team", self.rader.len())
    }

    /// More units than one page makes.
    fn er_full(&self) -> bool {
        i64::try_from(self.rader.len()).is_ok_and(|antall| antall >= FLEST)
    }

    /// The rows, kommune by kommune.
    fn grupper(&self) -> impl Iterator<Item = &[Rad]> {
        self.rader.chunk_by(|a, b| a.enhet.kommune == b.enhet.kommune)
    }
}

#[derive(Template)]
#[template(path = "forum/opprettet.html")]
pub(super) struct Kvittering {
    pub(super) team: Vec<Nytt>,
}

impl Kvittering {
    fn tittel(&self) -> String {
        match self.team.len() {
            1 => "1 team er opprettet".to_owned(),
            n => format!("{n} team er opprettet"),
        }
    }

    fn ledige(&self) -> usize {
        self.team.iter().map(|t| t.ledige.len()).sum()
    }
}

impl Nytt {
    fn sti(&self) -> VisTeam {
        VisTeam { id: self.id }
    }

    /// «PPT, Barnevern».
    fn tomme_plasser(&self) -> String {
        self.ledige.iter().map(|t| t.navn()).collect::<Vec<_>>().join(", ")
    }
}
