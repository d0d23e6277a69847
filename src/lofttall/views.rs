//! The face of the numbers.
use askama::Template;

use super::{
    Lofttall,
    db::Loft,
    tall::{Losningsniva, Lost},
};
use crate::{
    forum::VisTeam,
    regelsett::{Halvar, Semester},
    tekst::under_fem,
    tid::prosent,
};

/// How many semesters one may choose among.
const SEMESTRE: usize = 8;

#[derive(Template)]
#[template(path = "lofttall/vis.html")]
pub(super) struct Vis {
    sti: Lofttall,
    loft: Loft,
    lost: Lost,
    valg: Valg,
}

/// The semester shown, and those that may be.
struct Valg {
    semester: Semester,
    semestre: Vec<(String, String)>,
}

impl Vis {
    pub(super) fn ny(sti: Lofttall, loft: Loft, losninger: Lost, (semester, na): (Semester, Semester)) -> Self {
        let mut alle: Vec<_> = std::iter::successors(Some(na), |s| Some(s.forrige())).take(SEMESTRE).collect();
        if !alle.contains(&semester) {
            alle.push(semester);
        }
        let semestre = alle.into_iter().map(|s| (s.slug(), s.navn())).collect();
        Self { sti, loft, lost: losninger, valg: Valg { semester, semestre } }
    }

    fn team(&self) -> String {
        VisTeam { id: self.sti.id }.to_string()
    }

    /// «høsten 2026».
    fn nar(&self) -> String {
        let Semester { ar, halvar } = self.valg.semester;
        match halvar {
            Halvar::Host => format!("høsten {ar}"),
            Halvar::Var => format!("våren {ar}"),
        }
    }

    /// «6 av 10 (60 %) ble løst på enheten eller i teamet rundt den.»; none when nothing was solved.
    fn naermest(&self) -> Option<String> {
        match self.lost.naermest() {
            (_, 0) => None,
            (naer, alle) => {
                let andel = prosent(naer, alle);
                Some(format!("{naer} av {alle} på systemnivå ({andel}) ble løst på enheten eller i teamet rundt den."))
            }
        }
    }
}

impl Losningsniva {
    /// What was solved round single children, never told when it is few; no request is about one.
    fn rundt_barn(self, antall: u32) -> String {
        if self == Self::Tjeneste { "–".to_owned() } else { under_fem(antall) }
    }
}
