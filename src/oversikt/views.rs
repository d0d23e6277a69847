//! The face of oversikt: key numbers, tables, and charts that are tables too.
use askama::Template;
use uuid::Uuid;

use super::{
    db::{Kommunerad, Oppmoterad, Vindu},
    routes::KommuneOversikt,
    tall::{Enhetstall, Oppmotetall, Sum, per_tjeneste},
};
use crate::{
    regelsett::{Halvar, Semester},
    tid::prosent,
};

#[derive(Template)]
#[template(path = "oversikt/region.html")]
pub(super) struct Region {
    navn: String,
    felles: Felles,
    kommuner: Vec<(Kommunerad, Sum)>,
}

#[derive(Template)]
#[template(path = "oversikt/kommune.html")]
pub(super) struct Kommune {
    id: Uuid,
    navn: String,
    felles: Felles,
    enheter: Vec<Enhetstall>,
    hele_regionen: bool,
    ser_team: bool,
}

/// What both pages show.
struct Felles {
    semester: Semester,
    semestre: Vec<(String, String)>,
    sum: Sum,
    oppmote: Vec<Stolpe>,
    trend: Vec<Soyle>,
}

/// A bar of the attendance chart; lengths in SVG units of a 0–100 scale.
struct Stolpe {
    navn: &'static str,
    tall: Oppmotetall,
    andel: String,
    lengde: u32,
    y: usize,
}

/// A column of the trend chart.
struct Soyle {
    navn: String,
    holdt: u32,
    x: usize,
    y: u32,
    hoyde: u32,
}

/// Height of the trend chart's columns at most.
const SOYLEHOYDE: u32 = 100;

impl Region {
    pub(super) fn ny(
        vindu: Vindu,
        navn: String,
        kommuner: Vec<Kommunerad>,
        oppmote: Vec<Oppmoterad>,
        trend: &[u32],
    ) -> Self {
        let sum = Sum::av(kommuner.iter().flat_map(|k| &k.enheter));
        let kommuner = kommuner.into_iter().map(|k| (Sum::av(&k.enheter), k)).map(|(sum, k)| (k, sum)).collect();
        Self { navn, felles: Felles::ny(vindu, sum, oppmote, trend), kommuner }
    }

    /// A kommune's own page, in the same semester.
    fn sti(&self, kommune: &Kommunerad) -> String {
        format!("{}?semester={}", KommuneOversikt { id: kommune.id }, self.felles.semester.slug())
    }
}

impl Kommune {
    pub(super) fn ny(
        vindu: Vindu,
        kommune: Kommunerad,
        oppmote: Vec<Oppmoterad>,
        trend: &[u32],
        hele_regionen: bool,
        ser_team: bool,
    ) -> Self {
        let felles = Felles::ny(vindu, Sum::av(&kommune.enheter), oppmote, trend);
        Self { id: kommune.id, navn: kommune.navn, felles, enheter: kommune.enheter, hele_regionen, ser_team }
    }
}

impl Felles {
    fn ny(vindu: Vindu, sum: Sum, oppmote: Vec<Oppmoterad>, trend: &[u32]) -> Self {
        let oppmote = per_tjeneste(oppmote).into_iter().enumerate().map(|(nr, (tjeneste, tall))| Stolpe {
            navn: tjeneste.navn(),
            tall,
            andel: prosent(tall.mott, tall.innkalt),
            lengde: (tall.mott * 100).checked_div(tall.innkalt).unwrap_or_default(),
            y: nr * 36,
        });
        let hoyest = trend.iter().copied().max().unwrap_or_default().max(1);
        let semestre = std::iter::successors(Some(vindu.semester), |s| Some(s.forrige()));
        let mut soyler: Vec<_> = semestre.zip(trend).map(|(s, holdt)| (s.navn(), *holdt)).collect();
        soyler.reverse();
        let trend = soyler.into_iter().enumerate().map(|(nr, (navn, holdt))| {
            let hoyde = holdt * SOYLEHOYDE / hoyest;
            Soyle { navn, holdt, x: nr * 90 + 10, y: SOYLEHOYDE - hoyde + 20, hoyde }
        });
        Self {
            semester: vindu.semester,
            semestre: valg(vindu),
            sum,
            oppmote: oppmote.collect(),
            trend: trend.collect(),
        }
    }

    /// Height of the attendance chart.
    fn hoyde(&self) -> usize {
        self.oppmote.len() * 36 + 4
    }

    /// «i høst» or «våren 2025»: this semester as people say it.
    fn nar(&self) -> String {
        match self.semester.halvar {
            Halvar::Host => format!("høsten {}", self.semester.ar),
            Halvar::Var => format!("våren {}", self.semester.ar),
        }
    }
}

/// The semesters one can choose: the next, this, and three years back.
fn valg(vindu: Vindu) -> Vec<(String, String)> {
    let na = Semester::for_dato(vindu.idag, vindu.grenser);
    let mut alle: Vec<_> = std::iter::successors(Some(na.neste()), |s| Some(s.forrige())).take(8).collect();
    if !alle.contains(&vindu.semester) {
        alle.push(vindu.semester);
    }
    alle.into_iter().map(|s| (s.slug(), s.navn())).collect()
}
