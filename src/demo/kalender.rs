//! When the demo's møter are: weekdays in the school year, nobody in two places at once.
use std::collections::HashSet;

use time::{Date, Duration, Month};
use uuid::Uuid;

use super::terning::Terning;
use crate::{
    mote::{er_ferie, er_fridag, paskedag},
    regelsett::{Halvar, Semester},
};

/// The days of a semester on which a møte can be held, earliest first.
pub(super) fn motedager(semester: Semester) -> Vec<Date> {
    let (fra, til) = match semester.halvar {
        Halvar::Host => ((Month::August, 24), (Month::December, 17)),
        Halvar::Var => ((Month::January, 6), (Month::June, 16)),
    };
    let grense = |(maned, dag)| Date::from_calendar_date(semester.ar, maned, dag).unwrap_or(Date::MIN);
    let (mut dag, til) = (grense(fra), grense(til));
    let mut dager = Vec::new();
    while dag <= til {
        if !er_fridag(dag) && !er_ferie(dag) && !er_skolefri(dag) {
            dager.push(dag);
        }
        dag += Duration::DAY;
    }
    dager
}

/// The weeks off that most schools share: autumn in week 41, winter in week 8, and the days before Easter.
fn er_skolefri(dag: Date) -> bool {
    let for_paske = (paskedag(dag.year()) - dag).whole_days();
    matches!(dag.iso_week(), 8 | 41) || (0..=8).contains(&for_paske)
}

/// One place in each of `antall` equal parts of a list of `lengde`, where the dice fall.
pub(super) fn fordel(lengde: usize, antall: usize, terning: &mut Terning) -> Vec<usize> {
    (0..antall)
        .map(|del| {
            let (fra, til) = (del * lengde / antall, (del + 1) * lengde / antall);
            fra + terning.tall(til - fra)
        })
        .collect()
}

/// Who is in a møte when: before or after lunch on a day.
#[derive(Default)]
pub(super) struct Opptatt(HashSet<(Uuid, Date, bool)>);

impl Opptatt {
    /// The first half day from `fra` on when everybody is free, and takes it; true is after lunch.
    pub(super) fn ta(&mut self, folk: &[Uuid], dager: &[Date], fra: usize, helst_etter: bool) -> Option<(Date, bool)> {
        let ledig = |dag, etter| !folk.iter().any(|person| self.0.contains(&(*person, dag, etter)));
        let (dag, etter) = dager
            .iter()
            .skip(fra)
            .flat_map(|dag| [(*dag, helst_etter), (*dag, !helst_etter)])
            .find(|(dag, etter)| ledig(*dag, *etter))?;
        self.0.extend(folk.iter().map(|person| (*person, dag, etter)));
        Some((dag, etter))
    }
}

#[cfg(test)]
mod tests {
    use time::{Weekday, macros::date};

    use super::*;

    #[test]
    fn days_of_work_only() {
        for semester in Semester::var(2020).til(Semester::host(2035)) {
            let dager = motedager(semester);
            assert!((60..120).contains(&dager.len()), "{semester:?}: {}", dager.len());
            assert!(dager.iter().all(|d| !matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday)));
            assert!(!dager.contains(&date!(2026 - 05 - 14)) && !dager.contains(&date!(2026 - 10 - 06)));
        }
    }

    #[test]
    fn nobody_is_in_two_places() {
        let (a, b, c) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let dager = [date!(2026 - 09 - 01), date!(2026 - 09 - 02)];
        let mut opptatt = Opptatt::default();
        assert_eq!(opptatt.ta(&[a, b], &dager, 0, false), Some((dager[0], false)));
        assert_eq!(opptatt.ta(&[b, c], &dager, 0, false), Some((dager[0], true)));
        assert_eq!(opptatt.ta(&[a], &dager, 0, false), Some((dager[0], true)));
        assert_eq!(opptatt.ta(&[c, a], &dager, 0, true), Some((dager[1], true)));
        assert_eq!(opptatt.ta(&[c, a], &dager, 2, true), None);
    }

    #[test]
    fn one_in_each_part_and_in_order() {
        let plasser = fordel(80, 5, &mut Terning::ny("fordel"));
        assert!(plasser.iter().enumerate().all(|(i, p)| (i * 16..(i + 1) * 16).contains(p)), "{plasser:?}");
    }
}
