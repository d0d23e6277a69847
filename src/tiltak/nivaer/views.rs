//! The face of tiltak by level.
use askama::Template;
use uuid::Uuid;

use super::{Fordeling, db::Apent, retning};
use crate::tiltak::{Tiltaksniva, VisTiltak, kort};

#[derive(Template)]
#[template(path = "tiltak/nivaer.html")]
pub(super) struct Nivaer {
    pub(super) apne: Vec<Apent>,
    pub(super) fordeling: Vec<Fordeling>,
    pub(super) team: Option<Uuid>,
}

impl Nivaer {
    /// The levels, each with its tiltak.
    fn kolonner(&self) -> Vec<(Tiltaksniva, Vec<&Apent>)> {
        let her = |niva| self.apne.iter().filter(move |t| t.tiltaksniva == niva).collect();
        Tiltaksniva::ALLE.iter().map(|niva| (*niva, her(*niva))).collect()
    }

    /// Goals that more than one tiltak works towards, with who does; they come sorted by goal.
    fn felles_mal(&self) -> Vec<(&str, Vec<&Apent>)> {
        let mut alle: Vec<(&str, Vec<&Apent>)> = Vec::new();
        for tiltak in &self.apne {
            let mal = tiltak.mal.trim();
            match alle.last_mut().filter(|(siste, _)| siste.to_lowercase() == mal.to_lowercase()) {
                Some((_, felles)) => felles.push(tiltak),
                None => alle.push((mal, vec![tiltak])),
            }
        }
        alle.retain(|(_, felles)| felles.len() > 1);
        alle
    }

    fn retning(&self) -> Option<String> {
        retning(&self.fordeling)
    }

    /// Whether any tiltak began in the semesters it looks back on.
    fn har_tall(&self) -> bool {
        self.fordeling.iter().any(|f| f.sum() > 0)
    }

    /// Height of the chart.
    fn hoyde(&self) -> usize {
        self.fordeling.len() * 36 + 4
    }

    fn liste(&self) -> String {
        self.team.map_or_else(|| "/tiltak?vis=team".to_owned(), |team| format!("/tiltak?vis=team&team={team}"))
    }
}

impl Apent {
    fn sti(&self) -> VisTiltak {
        VisTiltak { id: self.id }
    }

    fn tittel(&self) -> String {
        kort(&self.hva)
    }
}
