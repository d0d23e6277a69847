//! Referat: what a møte wrote down; locked when the møte is finished.
//!
//! Another room that shows a referat reads it with [`hent`] and prints each [`Punkt`] with the macro `referat::punkt` in
//! `templates/referat/vis.html`. Only this room starts and finishes a møte and writes notes and decisions.
mod db;
mod ferdig;
mod lop;
mod routes;
mod storskjerm;
mod views;

use time::{OffsetDateTime, Time};
use uuid::Uuid;

pub use db::hent;
pub use ferdig::{Deltaker, Element, Ferdigstilling, Mangel, Vedtak};
pub use lop::{Bruk, Lop};
pub use routes::{
    Direkte, Ferdigstill, FjernBeslutning, Hold, NyBeslutning, SkrivNotat, Start, StartPunkt, StoppPunkt, Storskjerm,
    StorskjermPunkt, routes,
};

use crate::{
    kompetanse::Heving,
    medvirkning::Medvirkning,
    mote::{Elementtype, Status},
    tid,
    tjeneste::Tjenestetype,
};

/// The longest note and the longest decision, in characters.
pub const LENGSTE_NOTAT: usize = 20_000;
pub const LENGSTE_BESLUTNING: usize = 2_000;

/// A møte with everything written down in it.
#[derive(Clone, Debug)]
pub struct Referat {
    pub mote: Uuid,
    /// The name of the forum that meets.
    pub forum: String,
    pub er_tst: bool,
    pub kommune: Option<Uuid>,
    pub enhet: Option<Uuid>,
    pub start: OffsetDateTime,
    pub slutt: OffsetDateTime,
    pub sted: String,
    pub status: Status,
    /// Planned minutes, the sum of the agenda.
    pub minutter: u32,
    /// Why it is shorter than the rule, if somebody has said.
    pub kort_begrunnelse: Option<String>,
    pub moteleder: Option<String>,
    pub medvirkning: Medvirkning,
    /// Whether something about a child or a family has been treated.
    pub om_barn: bool,
    pub moteleder_id: Option<Uuid>,
    pub punkter: Vec<Punkt>,
}

/// One element of the agenda as it was held.
#[derive(Clone, Debug)]
pub struct Punkt {
    pub id: Uuid,
    /// Its place on the agenda, counted from 1.
    pub nr: usize,
    pub elementtype: Elementtype,
    pub tittel: String,
    /// What to think of in this element.
    pub hjelp: String,
    pub minutter: u32,
    /// When it begins and ends by the agenda.
    pub fra: Time,
    pub til: Time,
    /// How its time has gone.
    pub lop: Lop,
    pub gjennomfort: bool,
    pub notat: String,
    pub notat_av: Option<String>,
    pub notat_tid: Option<OffsetDateTime>,
    /// Of the note: an edit of an older one is a conflict.
    pub versjon: i32,
    pub beslutninger: Vec<Beslutning>,
    /// What the staff were guided in.
    pub kompetanse: Vec<Heving>,
}

/// What the møte decided, with the service that commits itself.
#[derive(Clone, Debug)]
pub struct Beslutning {
    pub id: Uuid,
    pub tekst: String,
    pub tjeneste: Tjenestetype,
    pub opprettet: OffsetDateTime,
    /// The tiltak it has become.
    pub tiltak: Option<Uuid>,
}

impl Referat {
    /// The page of the møte.
    pub fn sti(&self) -> String {
        routes::mote(self.mote)
    }

    /// «onsdag 18. november 2026, kl. 09.30–12.00».
    pub fn nar(&self) -> String {
        let (start, slutt) = (tid::lokal(self.start), tid::lokal(self.slutt));
        format!("{}, {}", tid::dato_i_ord(start.date()), tid::tidsrom(start.time(), slutt.time()))
    }
}

impl Beslutning {
    /// Its first words, to tell one from another.
    fn kort(&self) -> String {
        self.tekst.chars().take(60).collect()
    }
}

impl Punkt {
    pub fn tidsrom(&self) -> String {
        tid::tidsrom(self.fra, self.til)
    }

    /// «Begynte kl. 08.35. Brukt 40 av 45 minutter», once it has ended.
    pub fn brukt(&self) -> Option<String> {
        let startet = self.lop.startet.filter(|_| self.lop.pagar_fra.is_none())?;
        let bruk = self.lop.bruk(self.minutter, startet)?;
        Some(format!("Begynte kl. {}. {}", tid::kl(tid::lokal(startet).time()), bruk.brukt()))
    }

    /// When it began, or else when it is to begin.
    fn begynner(&self) -> Time {
        self.lop.startet.map_or(self.fra, |startet| tid::lokal(startet).time())
    }

    /// «kl. 13.42.07», when something is saved.
    pub fn lagret_kl(&self) -> Option<String> {
        self.notat_tid.map(|nar| format!("kl. {}", tid::lagret_kl(tid::lokal(nar).time())))
    }
}
