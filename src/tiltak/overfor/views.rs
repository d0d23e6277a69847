//! The face of handing over tiltak: first whose, then which and to whom.
use askama::Template;
use uuid::Uuid;

use super::{OverforTiltak, db::Ansvarlig, routes::Felter};
use crate::{forum::VisTeam, tiltak::db::Mulig, web::Feil};

#[derive(Template)]
#[template(path = "tiltak/overfor.html")]
pub(super) struct Overfor {
    sti: OverforTiltak,
    forum: String,
    ansvarlige: Vec<Ansvarlig>,
    mulige: Vec<Mulig>,
    fra: Option<Uuid>,
    /// `None` until the form has been sent: then every tiltak is chosen.
    skrevet: Option<Felter>,
    feil: Feil,
}

impl Overfor {
    pub(super) fn ny(
        sti: OverforTiltak,
        forum: String,
        ansvarlige: Vec<Ansvarlig>,
        mulige: Vec<Mulig>,
        fra: Option<Uuid>,
    ) -> Self {
        Self { sti, forum, ansvarlige, mulige, fra, skrevet: None, feil: Feil::default() }
    }

    /// The same page with what was typed.
    pub(super) fn med(self, skrevet: Felter, feil: Feil) -> Self {
        Self { skrevet: Some(skrevet), feil, ..self }
    }

    fn team(&self) -> VisTeam {
        VisTeam { id: self.sti.id }
    }

    /// The one whose tiltak are handed over.
    fn valgt(&self) -> Option<&Ansvarlig> {
        self.ansvarlige.iter().find(|a| Some(a.id) == self.fra)
    }

    fn velg(&self, ansvarlig: &Ansvarlig) -> String {
        format!("{}?fra={}", self.sti, ansvarlig.id)
    }

    /// The tiltak of the one chosen: id, words, and whether it is ticked.
    fn tiltak(&self, av: &Ansvarlig) -> Vec<(Uuid, String, bool)> {
        let valgt = |id: Uuid| self.skrevet.as_ref().is_none_or(|felter| felter.tiltak.contains(&id));
        av.tiltak.iter().map(|(id, ord)| (*id, ord.clone(), valgt(*id))).collect()
    }

    /// Everybody else in the team.
    fn til(&self) -> Vec<(Uuid, String)> {
        let andre = self.mulige.iter().filter(|m| Some(m.id) != self.fra);
        andre.map(|m| (m.id, format!("{}, {}", m.navn, m.tjeneste))).collect()
    }

    fn til_valgt(&self) -> &str {
        self.skrevet.as_ref().map_or("", |felter| felter.til.as_str())
    }
}

impl Ansvarlig {
    fn antall(&self) -> String {
        format!("{} {}", self.tiltak.len(), if self.tiltak.len() == 1 { "åpent tiltak" } else { "åpne tiltak" })
    }
}
