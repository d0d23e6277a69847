//! Rettelse: a new version of a ferdigstilt referat, with its reason. What was locked stays as it was, readable to the same people.
//!
//! The møte itself is version 1; [`hent`] gives it with every correction since, and [`Historie::punkter`] what one version says.
mod db;
mod endring;
mod routes;
mod views;

use std::collections::HashMap;

use time::OffsetDateTime;
use uuid::Uuid;

pub use db::hent;
pub use endring::{Del, endringer};
pub use routes::{RettReferat, routes};

use crate::{
    referat::{Beslutning, Punkt, Referat},
    sladding::Spor,
    tid,
};

/// A ferdigstilt referat and all its versions, the first first; never empty.
pub struct Historie {
    /// As the møte was locked.
    pub referat: Referat,
    pub versjoner: Vec<Versjon>,
    /// What has been taken out of it, or is asked to be.
    pub sladdinger: Vec<Spor>,
}

/// One version: when it came, from whom, and why.
pub struct Versjon {
    /// Counted from 1.
    pub nr: i32,
    pub tid: OffsetDateTime,
    pub av: Option<Uuid>,
    pub av_navn: String,
    /// Why the one before it was corrected; of the first, why it was finished with something missing.
    pub grunn: String,
    /// The note of each element (without a decision) and each decision of it.
    tekster: HashMap<(Uuid, Option<Uuid>), String>,
}

/// What a version changed in one element.
pub struct Endring {
    pub tittel: String,
    /// «Notat» or «Beslutning», and the words of both versions.
    pub deler: Vec<(&'static str, Vec<Del>)>,
}

impl Historie {
    /// The number of the version that counts.
    pub fn gjeldende(&self) -> i32 {
        self.versjoner.last().map_or(1, |v| v.nr)
    }

    /// What the texts were when a page was made: the version, and how often something has been taken out since.
    fn stempel(&self) -> String {
        format!("{}.{}", self.gjeldende(), self.sladdinger.iter().filter(|s| s.er_utfort()).count())
    }

    pub fn versjon(&self, nr: i32) -> Option<&Versjon> {
        self.versjoner.iter().find(|v| v.nr == nr)
    }

    /// What version `nr` says, element by element. A decision that was taken out is not there.
    pub fn punkter(&self, nr: i32) -> Vec<Punkt> {
        let tekster = self.versjon(nr).map(|v| &v.tekster).filter(|t| !t.is_empty());
        let Some(tekster) = tekster else { return self.referat.punkter.clone() };
        let tekst = |punkt: Uuid, beslutning| tekster.get(&(punkt, beslutning)).cloned().unwrap_or_default();
        let punkt = |p: &Punkt| Punkt {
            notat: tekst(p.id, None),
            beslutninger: p
                .beslutninger
                .iter()
                .map(|b| Beslutning { tekst: tekst(p.id, Some(b.id)), ..b.clone() })
                .filter(|b| !b.tekst.is_empty())
                .collect(),
            ..p.clone()
        };
        self.referat.punkter.iter().map(punkt).collect()
    }

    /// What version `nr` changed in the one before it; nothing for the first.
    pub fn endringer(&self, nr: i32) -> Vec<Endring> {
        let (gamle, nye) = (self.punkter(nr - 1), self.punkter(nr));
        let par = gamle.iter().zip(&nye);
        let alle = par.zip(&self.referat.punkter).map(|((gammelt, nytt), punkt)| {
            let tekst = |p: &Punkt, id| p.beslutninger.iter().find(|b| b.id == id).map_or("", |b| &b.tekst).to_owned();
            let vedtak = punkt.beslutninger.iter().map(|b| ("Beslutning", tekst(gammelt, b.id), tekst(nytt, b.id)));
            let notat = ("Notat", gammelt.notat.clone(), nytt.notat.clone());
            let deler = std::iter::once(notat).chain(vedtak).filter(|(_, for_, etter)| for_ != etter);
            let deler = deler.map(|(hva, for_, etter)| (hva, endringer(&for_, &etter))).collect();
            Endring { tittel: punkt.tittel.clone(), deler }
        });
        alle.filter(|e| nr > 1 && !e.deler.is_empty()).collect()
    }
}

impl Versjon {
    /// «Versjon 2, rettet 24.11.2026 av Rita Rektor»; the first is ferdigstilt.
    pub fn i_ord(&self) -> String {
        let hva = if self.nr > 1 { "rettet" } else { "ferdigstilt" };
        let av = if self.av_navn.is_empty() { String::new() } else { format!(" av {}", self.av_navn) };
        format!("Versjon {}, {hva} {}{av}", self.nr, tid::dato(tid::dag(self.tid)))
    }
}
