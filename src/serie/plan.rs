//! The rules of a series: which days a team can be proposed, spread evenly over what is left of a semester.
use time::{Date, Duration, Month, OffsetDateTime, Time, Weekday};

use crate::{
    mote::{er_ferie, er_fridag},
    tekst::lukket_liste,
    tid,
};

/// Two møter of a team closer than this are proposed only where there is no other room.
const MELLOMROM: Duration = Duration::days(7);

/// How often a team is to meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rytme {
    /// As many as the regelsett still asks for (Strategisk plan, Nord-Østerdal, kap. 6: 2 in autumn, 3 in spring).
    #[default]
    EtterRegelen,
    HverManed,
    /// None are proposed: one writes them oneself.
    EgneDatoer,
}

impl Rytme {
    pub const ALLE: [Self; 3] = [Self::EtterRegelen, Self::HverManed, Self::EgneDatoer];

    /// As sent by the form.
    pub fn slug(self) -> &'static str {
        match self {
            Self::EtterRegelen => "regel",
            Self::HverManed => "maned",
            Self::EgneDatoer => "egne",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::EtterRegelen => "Etter regelen",
            Self::HverManed => "Hver måned",
            Self::EgneDatoer => "Egne datoer",
        }
    }
}

lukket_liste!(Rytme);

/// What the days of one team are chosen from. Both ends of the window are included.
#[derive(Clone, Debug)]
pub(super) struct Behov<'a> {
    pub(super) fra: Date,
    pub(super) til: Date,
    pub(super) ukedag: Weekday,
    pub(super) start: Time,
    /// Minutes.
    pub(super) lengde: u32,
    /// Days the team meets already.
    pub(super) egne: &'a [Date],
    /// When its fixed members are taken.
    pub(super) opptatt: &'a [(OffsetDateTime, OffsetDateTime)],
}

impl Behov<'_> {
    /// The proposed days, in order; `mangler` is what the regelsett still asks for.
    pub(super) fn foresla(&self, rytme: Rytme, mangler: u32) -> Vec<Date> {
        match rytme {
            Rytme::EtterRegelen => self.jevnt(mangler),
            Rytme::HverManed => self.manedlig(),
            Rytme::EgneDatoer => Vec::new(),
        }
    }

    /// Up to `antall` days spread evenly, those the team has already counted in.
    fn jevnt(&self, antall: u32) -> Vec<Date> {
        let Some((fra, til)) = self.skoletid() else { return Vec::new() };
        let egne: Vec<Date> = self.egne.iter().copied().filter(|d| (fra..=til).contains(d)).collect();
        let antall = usize::try_from(antall).unwrap_or(usize::MAX).min(usize::from(u8::MAX));
        let mut plasser = del_opp(fra, til, antall + egne.len());
        for egen in egne {
            let naermest = (0..plasser.len()).min_by_key(|i| (midten(plasser[*i]) - egen).abs());
            naermest.map(|i| plasser.remove(i));
        }
        let mut valgt: Vec<Date> = Vec::new();
        for plass in plasser {
            valgt.extend(self.velg(plass, &valgt));
        }
        while valgt.len() < antall {
            let Some(dag) = self.velg((fra, til), &valgt) else { break };
            valgt.push(dag);
        }
        valgt.sort_unstable();
        valgt
    }

    /// One day in each month that is left and has none.
    fn manedlig(&self) -> Vec<Date> {
        let Some((fra, til)) = self.skoletid() else { return Vec::new() };
        let mut valgt = Vec::new();
        let mut forste = fra;
        while forste <= til {
            let (ar, maned) = (forste.year(), forste.month());
            let siste = forste.replace_day(maned.length(ar)).unwrap_or(til).min(til);
            if !self.egne.iter().any(|d| (d.year(), d.month()) == (ar, maned)) {
                valgt.extend(self.velg((forste, siste), &valgt));
            }
            let neste_ar = if maned == Month::December { ar + 1 } else { ar };
            let Ok(neste) = Date::from_calendar_date(neste_ar, maned.next(), 1) else { break };
            forste = neste;
        }
        valgt
    }

    /// The window without the holidays at its ends.
    fn skoletid(&self) -> Option<(Date, Date)> {
        let apen = |d: &Date| !er_fridag(*d) && !er_ferie(*d);
        let fra = self.dager((self.fra, self.til)).find(apen)?;
        let mut til = self.til;
        while !apen(&til) {
            til = til.previous_day()?;
        }
        Some((fra, til))
    }

    /// The best free day of a part of the window: not close to another, on the weekday asked for, near the middle.
    fn velg(&self, del: (Date, Date), valgt: &[Date]) -> Option<Date> {
        let tatt = || self.egne.iter().chain(valgt);
        let naer = |d: Date| tatt().any(|t| (*t - d).abs() < MELLOMROM);
        let ledige = self.dager(del).filter(|d| !tatt().any(|t| t == d) && self.er_ledig(*d));
        ledige.min_by_key(|d| (naer(*d), d.weekday() != self.ukedag, (*d - midten(del)).abs(), *d))
    }

    fn dager(&self, (fra, til): (Date, Date)) -> impl Iterator<Item = Date> + use<> {
        let siste = til.min(self.til);
        std::iter::successors(Some(fra.max(self.fra)), |d| d.next_day()).take_while(move |d| *d <= siste)
    }

    /// Whether people are at work and every fixed member is free, and the møte ends the day it begins.
    fn er_ledig(&self, dag: Date) -> bool {
        let fra = tid::oyeblikk(dag, self.start);
        let til = fra + Duration::minutes(self.lengde.into());
        let krasjer = self.opptatt.iter().any(|(o_fra, o_til)| fra < *o_til && *o_fra < til);
        !er_fridag(dag) && !er_ferie(dag) && !krasjer && tid::dag(til) == dag
    }
}

/// A stretch of days cut in equal parts; none of them is empty.
fn del_opp(fra: Date, til: Date, antall: usize) -> Vec<(Date, Date)> {
    let (dager, antall) = ((til - fra).whole_days() + 1, i64::try_from(antall).unwrap_or(0));
    let grense = |nr: i64| fra.saturating_add(Duration::days(dager * nr / antall));
    let deler = (0..antall).map(|nr| (grense(nr), grense(nr + 1).saturating_sub(Duration::DAY)));
    deler.filter(|(fra, til)| fra <= til).collect()
}

fn midten((fra, til): (Date, Date)) -> Date {
    fra.saturating_add(Duration::days((til - fra).whole_days() / 2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, time};

    use super::*;

    fn var<'a>(egne: &'a [Date], opptatt: &'a [(OffsetDateTime, OffsetDateTime)]) -> Behov<'a> {
        let (fra, til) = (date!(2027 - 01 - 01), date!(2027 - 07 - 31));
        Behov { fra, til, ukedag: Weekday::Wednesday, start: time!(8:30), lengde: 150, egne, opptatt }
    }

    fn ord(dager: &[Date]) -> String {
        dager.iter().map(|d| tid::dag_i_ord(*d)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn three_in_spring_stand_evenly_on_the_weekday_asked_for() {
        let valgt = var(&[], &[]).foresla(Rytme::EtterRegelen, 3);
        assert_eq!(ord(&valgt), "onsdag 3. februar, onsdag 31. mars, onsdag 2. juni");
    }

    #[test]
    fn those_the_team_has_already_are_counted_in() {
        let egne = [date!(2027 - 04 - 07)];
        let valgt = var(&egne, &[]).foresla(Rytme::EtterRegelen, 2);
        assert_eq!(ord(&valgt), "onsdag 3. februar, onsdag 2. juni");
    }

    #[test]
    fn each_month_has_one_and_july_none() {
        let egne = [date!(2027 - 02 - 09)];
        let valgt = var(&egne, &[]).foresla(Rytme::HverManed, 0);
        let fasit = "onsdag 20. januar, onsdag 17. mars, onsdag 14. april, onsdag 19. mai, onsdag 16. juni";
        assert_eq!(ord(&valgt), fasit);
    }

    #[test]
    fn a_taken_wednesday_gives_the_nearest_or_another_day_when_all_are_taken() {
        let onsdag = date!(2027 - 02 - 03);
        let tatt = |d: Date| (tid::oyeblikk(d, time!(9:00)), tid::oyeblikk(d, time!(10:00)));
        let valgt = var(&[], &[tatt(onsdag)]).foresla(Rytme::EtterRegelen, 3);
        assert_eq!(tid::dag_i_ord(valgt[0]), "onsdag 27. januar");
        let alle: Vec<_> = (-30..30).map(|uke| tatt(onsdag + Duration::weeks(uke))).collect();
        let valgt = var(&[], &alle).foresla(Rytme::EtterRegelen, 3);
        assert!(valgt.len() == 3 && valgt.iter().all(|d| d.weekday() != Weekday::Wednesday), "{valgt:?}");
    }

    #[test]
    fn own_dates_and_a_semester_that_is_over_give_none() {
        assert!(var(&[], &[]).foresla(Rytme::EgneDatoer, 3).is_empty());
        let over = Behov { fra: date!(2027 - 08 - 01), ..var(&[], &[]) };
        assert!(over.foresla(Rytme::EtterRegelen, 3).is_empty());
        let jul = Behov { fra: date!(2026 - 12 - 23), til: date!(2026 - 12 - 31), ..var(&[], &[]) };
        assert!(jul.foresla(Rytme::HverManed, 0).is_empty() && jul.foresla(Rytme::EtterRegelen, 2).is_empty());
    }

    fn behov() -> impl Strategy<Value = (Date, i64, Vec<i64>, Vec<(i64, i64)>, u32)> {
        let dag = (0i32..800).prop_map(|d| Date::from_julian_day(2_460_950 + d).unwrap());
        let moter = prop::collection::vec((0i64..5000, 15i64..600), 0..40);
        (dag, 0i64..230, prop::collection::vec(0i64..230, 0..5), moter, 15u32..480)
    }

    proptest! {
        #[test]
        fn no_day_is_proposed_that_anybody_must_refuse(
            (fra, dager, egne, moter, lengde) in behov(), ukedag in 0u8..5, mangler in 0u32..9, rytme in 0usize..3,
        ) {
            let til = fra + Duration::days(dager);
            let egne: Vec<Date> = egne.into_iter().map(|d| fra + Duration::days(d)).collect();
            let opptatt: Vec<_> = moter.iter().map(|(time, minutter)| {
                let start = tid::oyeblikk(fra, Time::MIDNIGHT) + Duration::hours(*time);
                (start, start + Duration::minutes(*minutter))
            }).collect();
            let ukedag = Weekday::Monday.nth_next(ukedag);
            let behov = Behov { fra, til, ukedag, start: time!(8:30), lengde, egne: &egne, opptatt: &opptatt };
            let valgt = behov.foresla(Rytme::ALLE[rytme], mangler);
            prop_assert!(valgt.is_sorted_by(|a, b| a < b));
            for dag in &valgt {
                prop_assert!(fra <= *dag && *dag <= til && !er_fridag(*dag) && !er_ferie(*dag) && !egne.contains(dag));
                let start = tid::oyeblikk(*dag, time!(8:30));
                let slutt = start + Duration::minutes(lengde.into());
                prop_assert!(opptatt.iter().all(|(o_fra, o_til)| slutt <= *o_fra || *o_til <= start));
            }
            let ledige = behov.dager((fra, til)).filter(|d| !egne.contains(d) && behov.er_ledig(*d)).count();
            match Rytme::ALLE[rytme] {
                // As many as were asked for, while there are free days; never one more.
                Rytme::EtterRegelen => prop_assert_eq!(valgt.len(), ledige.min(mangler as usize)),
                Rytme::HverManed => prop_assert!(valgt.windows(2).all(|par| par[0].month() != par[1].month())),
                Rytme::EgneDatoer => prop_assert!(valgt.is_empty()),
            }
        }

        #[test]
        fn with_room_enough_they_stand_evenly_and_on_the_weekday(
            start in 0i32..800, uker in 1i64..6, antall in 1u32..7, ukedag in 0u8..5,
        ) {
            let fra = Date::from_julian_day(2_460_950 + start).unwrap();
            // Two weeks at least for each, so that every part holds the weekday.
            let til = fra + Duration::weeks((uker + 1) * i64::from(antall));
            let ukedag = Weekday::Monday.nth_next(ukedag);
            let behov = Behov { fra, til, ukedag, start: time!(8:30), lengde: 150, egne: &[], opptatt: &[] };
            let Some((fra, til)) = behov.skoletid() else { return Ok(()) };
            let valgt = behov.foresla(Rytme::EtterRegelen, antall);
            let deler = del_opp(fra, til, antall as usize);
            let fri = |del| behov.dager(del).filter(|d| behov.er_ledig(*d)).count() > 0;
            if deler.iter().all(|del| fri(*del)) {
                // One in each part of equal length is what «evenly» means.
                for (dag, (del_fra, del_til)) in valgt.iter().zip(&deler) {
                    prop_assert!(del_fra <= dag && dag <= del_til, "{dag} {del_fra} {del_til}");
                }
                let ferie = behov.dager((fra, til)).any(|d| er_ferie(d) || (er_fridag(d) && d.weekday() == ukedag));
                let lange = deler.iter().all(|(a, b)| (*b - *a).whole_days() >= 13);
                if !ferie && lange {
                    prop_assert!(valgt.iter().all(|d| d.weekday() == ukedag), "{valgt:?}");
                }
            }
        }
    }
}
