//! Booking a møte in two steps: a day and a time, then the agenda, the place and those called in.
mod db;
mod routes;
mod skjema;
mod views;

pub(crate) use db::{grunnlag, opprett};
pub(super) use routes::routes;
pub use routes::{BekreftMote, BookMote};

use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Elementtype, Forslag, Status, forslag, klokke};
use crate::{enhet::Enhetstype, tid, tjeneste::Tjenestetype};

/// Suggestions begin this many days ahead, so that people can plan.
pub(crate) const VARSEL: Duration = Duration::days(7);
/// … and end this many days ahead.
const SYNSRAND: Duration = Duration::weeks(10);

/// A forum about to meet: what its møte is made from.
#[derive(Clone)]
pub(crate) struct Grunnlag {
    pub(crate) forum: Uuid,
    pub(crate) navn: String,
    pub(crate) hvor: String,
    pub(crate) er_tst: bool,
    pub(crate) kommune: Option<Uuid>,
    pub(crate) enhet: Option<Uuid>,
    pub(crate) enhetstype: Option<Enhetstype>,
    /// Elever or barn of the unit.
    pub(crate) antall: Option<u32>,
    /// Where the forum usually meets; empty when nobody knows.
    pub(crate) sted: String,
    pub(crate) motemal: Option<Uuid>,
    /// The one who asks, when they lead it; otherwise one who does.
    leder: Option<Uuid>,
    pub(crate) elementer: Vec<Malelement>,
    pub(crate) medlemmer: Vec<FastMedlem>,
    /// The days of its own coming møter.
    pub(crate) egne: Vec<Date>,
}

/// An element as the region's motemal has it.
#[derive(Clone)]
pub(crate) struct Malelement {
    elementtype: Elementtype,
    tittel: String,
    hjelp: String,
    minutter: u32,
}

/// A fixed seat of the forum; without a person it is vacant.
#[derive(Clone)]
pub(crate) struct FastMedlem {
    pub(crate) person: Option<Uuid>,
    pub(crate) navn: String,
    pub(crate) tjeneste: Tjenestetype,
    moteplikt: bool,
    fra: Date,
    til: Option<Date>,
    pub(crate) opptatt: Vec<(OffsetDateTime, OffsetDateTime)>,
}

/// A møte ready to be made, with its agenda as the motemal has it and its fixed members called in.
pub(crate) struct NyttMote<'a> {
    pub(crate) grunnlag: &'a Grunnlag,
    pub(crate) start: OffsetDateTime,
    /// One for each element of the motemal, in order.
    pub(crate) minutter: Vec<i32>,
    pub(crate) sted: &'a str,
    pub(crate) kort_begrunnelse: Option<&'a str>,
    pub(crate) status: Status,
}

impl FastMedlem {
    /// Whether the seat holds on a day.
    pub(crate) fn gjelder(&self, dato: Date) -> bool {
        self.fra <= dato && self.til.is_none_or(|til| dato <= til)
    }
}

impl Grunnlag {
    /// The length of the motemal, in minutes.
    pub(crate) fn lengde(&self) -> u32 {
        self.elementer.iter().map(|e| e.minutter).sum()
    }

    /// The minutes of each element of the motemal.
    pub(crate) fn minutter(&self) -> Vec<i32> {
        self.elementer.iter().map(|e| e.minutter.cast_signed()).collect()
    }

    /// Who is taken between two instants, and when; never where.
    pub(crate) fn opptatte(&self, fra: OffsetDateTime, til: OffsetDateTime) -> Vec<String> {
        let medlemmer = self.medlemmer.iter().filter(|m| m.person.is_some() && m.gjelder(tid::dag(fra)));
        medlemmer
            .flat_map(|m| m.opptatt.iter().map(move |tider| (m, tider)))
            .filter(|(_, (o_fra, o_til))| fra < *o_til && *o_fra < til)
            .map(|(m, (o_fra, o_til))| {
                let (o_fra, o_til) = (tid::kl(klokke(*o_fra)), tid::kl(klokke(*o_til)));
                format!("{}: {} er opptatt {o_fra}–{o_til}", m.tjeneste, m.navn)
            })
            .collect()
    }

    /// Times of the coming weeks when every fixed member is free.
    fn forslag(&self, i_dag: Date, antall: usize, lengde: u32) -> Vec<Forslag> {
        let opptatt: Vec<_> = self.medlemmer.iter().flat_map(|m| m.opptatt.iter().copied()).collect();
        forslag(i_dag + VARSEL, i_dag + SYNSRAND, antall, &opptatt, lengde)
    }
}
