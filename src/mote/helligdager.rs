//! Days off, and proposals for when a møte can be held.
use time::{Date, Duration, Month, OffsetDateTime, Time, Weekday, macros::time};

use crate::{tekst::stor, tid};

/// When møter usually begin: in the morning, or after lunch.
const STARTER: [Time; 2] = [time!(8:30), time!(12:00)];
/// Days between proposals where there is room, so that a choice is a real choice.
const SPREDNING: i64 = 4;

/// A day and a clock that suits everybody asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forslag {
    pub dato: Date,
    pub start: Time,
    pub slutt: Time,
}

/// Easter Sunday, by Meeus' rule for the Gregorian calendar.
pub fn paskedag(ar: i32) -> Date {
    let gyllentall = ar.rem_euclid(19);
    let (hundrear, i_hundrearet) = (ar.div_euclid(100), ar.rem_euclid(100));
    let (skudd, hundrerest) = (hundrear / 4, hundrear % 4);
    let manerettelse = (hundrear - (hundrear + 8) / 25 + 1) / 3;
    let epakt = (19 * gyllentall + hundrear - skudd - manerettelse + 15) % 30;
    let til_sondag = (32 + 2 * hundrerest + 2 * (i_hundrearet / 4) - epakt - i_hundrearet % 4) % 7;
    let rettelse = (gyllentall + 11 * epakt + 22 * til_sondag) / 451;
    let dager = i64::from(epakt + til_sondag - 7 * rettelse);
    let tidligst = Date::from_calendar_date(ar, Month::March, 22).unwrap_or(Date::MIN);
    tidligst.saturating_add(Duration::days(dager))
}

/// The public holidays of a year, in order, with their names.
pub fn helligdager(ar: i32) -> Vec<(Date, &'static str)> {
    let faste = [
        (Month::January, 1, "1. nyttårsdag"),
        (Month::May, 1, "arbeidernes dag"),
        (Month::May, 17, "grunnlovsdagen"),
        (Month::December, 25, "1. juledag"),
        (Month::December, 26, "2. juledag"),
    ];
    let bevegelige = [
        (-3, "skjærtorsdag"),
        (-2, "langfredag"),
        (0, "1. påskedag"),
        (1, "2. påskedag"),
        (39, "Kristi himmelfartsdag"),
        (49, "1. pinsedag"),
        (50, "2. pinsedag"),
    ];
    let paske = paskedag(ar);
    let faste =
        faste.into_iter().filter_map(|(maned, dag, navn)| Some((Date::from_calendar_date(ar, maned, dag).ok()?, navn)));
    let bevegelige = bevegelige.into_iter().map(|(dager, navn)| (paske.saturating_add(Duration::days(dager)), navn));
    let mut alle: Vec<_> = faste.chain(bevegelige).collect();
    alle.sort_by_key(|(dato, _)| *dato);
    alle
}

/// The holiday's name, when the day is one.
pub fn helligdag(dato: Date) -> Option<&'static str> {
    helligdager(dato.year()).into_iter().find_map(|(dag, navn)| (dag == dato).then_some(navn))
}

/// Whether nobody is at work: a weekend or a public holiday.
pub fn er_fridag(dato: Date) -> bool {
    matches!(dato.weekday(), Weekday::Saturday | Weekday::Sunday) || helligdag(dato).is_some()
}

/// Whether schools are closed everywhere: July and 22.12.–2.1. Other holidays differ between kommuner.
pub fn er_ferie(dato: Date) -> bool {
    matches!((dato.month(), dato.day()), (Month::July, _) | (Month::December, 22..) | (Month::January, ..=2))
}

/// What is odd about holding a møte on a day, in words; a warning, never a refusal.
pub fn om_dagen(dato: Date) -> Option<String> {
    let dag = stor(&tid::dag_i_ord(dato));
    let hva = match helligdag(dato) {
        Some(navn) => format!("er en helligdag ({navn})"),
        None if er_fridag(dato) => "er i helgen".to_owned(),
        None if er_ferie(dato) => "er i skoleferien".to_owned(),
        None => return None,
    };
    Some(format!("{dag} {hva}. Velg en annen dag om det ikke er meningen."))
}

/// Up to `antall` times from `fra` to `til` (both included) when everybody is free, at most one a day, earliest first.
///
/// Spread over weekdays and over mornings and afternoons. `opptatt` is the members' other møter, `lengde` the minutes.
pub fn forslag(
    fra: Date,
    til: Date,
    antall: usize,
    opptatt: &[(OffsetDateTime, OffsetDateTime)],
    lengde: u32,
) -> Vec<Forslag> {
    let mut valgt: Vec<Forslag> = Vec::new();
    // First well spread; then, where the days are few, whatever is left.
    for (sprang, ny_ukedag) in [(SPREDNING, true), (1, false)] {
        let mut dag = fra;
        while dag <= til && valgt.len() < antall {
            let brukt = valgt.iter().any(|v| v.dato == dag) || (ny_ukedag && ukedag_brukt(&valgt, dag));
            let ledig = if brukt || er_fridag(dag) || er_ferie(dag) {
                None
            } else {
                ledig_start(dag, valgt.len() % 2, opptatt, lengde)
            };
            valgt.extend(ledig);
            let Some(neste) = dag.checked_add(Duration::days(if ledig.is_some() { sprang } else { 1 })) else { break };
            dag = neste;
        }
    }
    valgt.sort_by_key(|v| v.dato);
    valgt
}

/// Whether the weekday is taken in this round of five.
fn ukedag_brukt(valgt: &[Forslag], dag: Date) -> bool {
    valgt[valgt.len() / 5 * 5..].iter().any(|v| v.dato.weekday() == dag.weekday())
}

fn ledig_start(dag: Date, helst: usize, opptatt: &[(OffsetDateTime, OffsetDateTime)], lengde: u32) -> Option<Forslag> {
    let (for_lunsj, etter_lunsj) = STARTER.split_at(helst);
    etter_lunsj.iter().chain(for_lunsj).find_map(|&start| {
        let fra = tid::oyeblikk(dag, start);
        let til = fra.checked_add(Duration::minutes(lengde.into()))?;
        let slutt = tid::lokal(til);
        let krasjer = opptatt.iter().any(|(o_fra, o_til)| fra < *o_til && *o_fra < til);
        (!krasjer && slutt.date() == dag).then(|| Forslag { dato: dag, start, slutt: slutt.time() })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn easter_as_the_almanac_has_it() {
        for dato in [
            date!(2024 - 03 - 31),
            date!(2025 - 04 - 20),
            date!(2026 - 04 - 05),
            date!(2027 - 03 - 28),
            date!(2008 - 03 - 23),
            date!(2038 - 04 - 25),
            date!(1954 - 04 - 18),
        ] {
            assert_eq!(paskedag(dato.year()), dato);
        }
    }

    #[test]
    fn the_days_off_of_2026() {
        let dager: Vec<_> = helligdager(2026).into_iter().map(|(dato, _)| tid::dato(dato)).collect();
        let fasit = "01.01 02.04 03.04 05.04 06.04 01.05 14.05 17.05 24.05 25.05 25.12 26.12";
        assert_eq!(dager, fasit.split(' ').map(|d| format!("{d}.2026")).collect::<Vec<_>>());
        assert_eq!(helligdag(date!(2026 - 05 - 14)), Some("Kristi himmelfartsdag"));
        assert!(er_fridag(date!(2026 - 02 - 14)) && !er_fridag(date!(2026 - 02 - 12)));
    }

    #[test]
    fn a_free_month_gives_five_weekdays_mornings_and_afternoons() {
        let valg = forslag(date!(2026 - 02 - 02), date!(2026 - 03 - 13), 5, &[], 150);
        let ukedager: HashSet<_> = valg.iter().map(|v| v.dato.weekday()).collect();
        assert_eq!((valg.len(), ukedager.len()), (5, 5));
        assert!(STARTER.iter().all(|start| valg.iter().any(|v| v.start == *start)));
        assert_eq!(tid::tidsrom(valg[0].start, valg[0].slutt), "kl. 08.30–11.00");
    }

    #[test]
    fn a_taken_morning_gives_the_afternoon() {
        let dag = date!(2026 - 02 - 12);
        let opptatt = [(tid::oyeblikk(dag, time!(9:00)), tid::oyeblikk(dag, time!(11:30)))];
        let valg = forslag(dag, dag, 3, &opptatt, 150);
        assert_eq!(valg, vec![Forslag { dato: dag, start: time!(12:00), slutt: time!(14:30) }]);
    }

    proptest! {
        #[test]
        fn easter_is_a_sunday_in_its_five_weeks(ar in 1583i32..4000) {
            let paske = paskedag(ar);
            prop_assert_eq!(paske.weekday(), Weekday::Sunday);
            let (tidligst, senest) = ((Month::March, 22), (Month::April, 25));
            let grense = |(maned, dag)| Date::from_calendar_date(ar, maned, dag).unwrap();
            prop_assert!(grense(tidligst) <= paske && paske <= grense(senest));
        }

        #[test]
        fn no_proposal_falls_on_a_day_off_or_on_another_mote(
            fra in 0i32..800, dager in 0i32..120, antall in 0usize..12, lengde in 30u32..480,
            moter in prop::collection::vec((0i64..2880, 15i64..600), 0..30),
        ) {
            let fra = Date::from_julian_day(2_460_950 + fra).unwrap();
            let til = fra + Duration::days(dager.into());
            let opptatt: Vec<_> = moter.iter().map(|(time, minutter)| {
                let start = tid::oyeblikk(fra, Time::MIDNIGHT) + Duration::hours(*time);
                (start, start + Duration::minutes(*minutter))
            }).collect();
            let valg = forslag(fra, til, antall, &opptatt, lengde);
            prop_assert!(valg.len() <= antall);
            prop_assert!(valg.is_sorted_by(|a, b| a.dato < b.dato));
            for v in &valg {
                prop_assert!(fra <= v.dato && v.dato <= til && !er_fridag(v.dato) && !er_ferie(v.dato));
                let (start, slutt) = (tid::oyeblikk(v.dato, v.start), tid::oyeblikk(v.dato, v.slutt));
                prop_assert_eq!(slutt - start, Duration::minutes(lengde.into()));
                prop_assert!(opptatt.iter().all(|(o_fra, o_til)| slutt <= *o_fra || *o_til <= start));
            }
        }

        #[test]
        fn no_free_day_is_left_unsaid_when_more_are_wanted(fra in 0i32..800, dager in 0i64..40) {
            let fra = Date::from_julian_day(2_460_950 + fra).unwrap();
            let ledige = (0..=dager).filter(|d| {
                let dag = fra + Duration::days(*d);
                !er_fridag(dag) && !er_ferie(dag)
            }).count();
            prop_assert_eq!(forslag(fra, fra + Duration::days(dager), 100, &[], 150).len(), ledige);
        }
    }
}
