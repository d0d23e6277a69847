//! Booking a møte in two steps: a day and a time, then the agenda, the place and those called in.
mod db;
mod routes;
mod skjema;
mod views;

pub(super) use routes::routes;
pub use routes::{BekreftMote, BookMote};

use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Elementtype, Forslag, forslag};
use crate::tjeneste::Tjenestetype;

/// Suggestions begin this many days ahead, so that people can plan.
const VARSEL: Duration = Duration::days(7);
/// … and end this many days ahead.
const SYNSRAND: Duration = Duration::weeks(10);

/// A forum about to meet: what its møte is made from.
struct Grunnlag {
    forum: Uuid,
    navn: String,
    hvor: String,
    er_tst: bool,
    kommune: Option<Uuid>,
    enhet: Option<Uuid>,
    /// Where the forum usually meets; empty when nobody knows.
    sted: String,
    motemal: Option<Uuid>,
    elementer: Vec<Malelement>,
    medlemmer: Vec<FastMedlem>,
}

/// An element as the region's motemal has it.
struct Malelement {
    elementtype: Elementtype,
    tittel: String,
    hjelp: String,
    minutter: u32,
}

/// A fixed seat of the forum; without a person it is vacant.
struct FastMedlem {
    person: Option<Uuid>,
    navn: String,
    tjeneste: Tjenestetype,
    moteplikt: bool,
    opptatt: Vec<(OffsetDateTime, OffsetDateTime)>,
}

impl Grunnlag {
    /// The length of the motemal, in minutes.
    fn lengde(&self) -> u32 {
        self.elementer.iter().map(|e| e.minutter).sum()
    }

    /// Times of the coming weeks when every fixed member is free.
    fn forslag(&self, i_dag: Date, antall: usize, lengde: u32) -> Vec<Forslag> {
        let opptatt: Vec<_> = self.medlemmer.iter().flat_map(|m| m.opptatt.iter().copied()).collect();
        forslag(i_dag + VARSEL, i_dag + SYNSRAND, antall, &opptatt, lengde)
    }
}
