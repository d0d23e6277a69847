//! How a forum stands in the semester: the rules of its place, laid on the numbers of its møter.
use time::Date;
use uuid::Uuid;

use super::{Semestertall, Spenn};
use crate::{
    enhet::Enhetstype,
    regelsett::{Grunnlag, Regelsett, Regler, Semester, Stilling},
};

/// Where a forum works, and how large its unit is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sted {
    pub kommune: Option<Uuid>,
    pub enhet: Option<Uuid>,
    pub enhetstype: Option<Enhetstype>,
    /// Elever or barn.
    pub antall: Option<u32>,
}

/// The measure of one forum in the semester a day lies in.
#[derive(Clone, Debug)]
pub struct Maling {
    pub regelsett: Regelsett,
    pub semester: Semester,
    /// Møter required; nothing is required of a forum that is not a unit's.
    pub krav: u32,
    dag: Date,
}

impl Maling {
    pub fn ny(regler: &Regler, sted: Sted, dag: Date) -> Self {
        let regelsett = regler.for_sted(sted.kommune, sted.enhet);
        let semester = Semester::for_dato(dag, regelsett.semestergrenser);
        let krav = sted.enhetstype.map_or(0, |type_| regelsett.krav(type_, sted.antall, semester));
        Self { regelsett, semester, krav, dag }
    }

    /// The days to count in.
    pub fn spenn(&self, forum: Uuid) -> Spenn {
        let grenser = self.regelsett.semestergrenser;
        let (fra, til) = (self.semester.start(grenser), self.semester.slutt(grenser));
        Spenn { forum, fra, til, min_varighet: self.regelsett.min_varighet }
    }

    /// How a forum with this many møter stands.
    pub fn stilling(&self, tall: Semestertall) -> Stilling {
        let grunnlag = Grunnlag {
            krav: self.krav,
            holdt: tall.holdt,
            planlagt: tall.planlagt,
            har_team: true,
            semester: self.semester,
            grenser: self.regelsett.semestergrenser,
            idag: self.dag,
        };
        grunnlag.stilling()
    }

    /// «i høst».
    pub fn nar(&self) -> String {
        format!("i {}", self.semester.arstid())
    }
}
