//! When access is gone through, when it is warned of, and when it ends (Normen: access is reviewed periodically and ends when its need does).
use time::{Date, Duration, Month};

/// The days a review opens: after the autumn has begun, and after the spring has.
const APNES: [(Month, u8); 2] = [(Month::February, 1), (Month::September, 1)];
/// How long after that those who have not been confirmed are warned.
const TIL_VARSEL: Duration = Duration::days(30);
/// How long after the warning they end.
const TIL_SLUTT: Duration = Duration::days(30);
/// What was given so shortly before needs no confirming yet.
const FERSK: Duration = Duration::days(90);

/// The day the review of today opened.
pub fn apnet(i_dag: Date) -> Date {
    let dager =
        |ar: i32| APNES.into_iter().filter_map(move |(maned, dag)| Date::from_calendar_date(ar, maned, dag).ok());
    let alle = dager(i_dag.year() - 1).chain(dager(i_dag.year()));
    alle.filter(|dag| *dag <= i_dag).max().unwrap_or(i_dag)
}

/// The last day an access may have begun to be part of the review.
pub fn fersk(i_dag: Date) -> Date {
    apnet(i_dag) - FERSK
}

/// Whether it is time to warn of those that nobody has confirmed.
pub(super) fn varsles(i_dag: Date) -> bool {
    i_dag >= apnet(i_dag) + TIL_VARSEL
}

/// The last day of an access that was warned of on a day, unless it is confirmed.
pub fn slutter(varslet: Date) -> Date {
    varslet + TIL_SLUTT
}

/// Warned of on or before this day, it has ended.
pub(super) fn varslet_senest(i_dag: Date) -> Date {
    i_dag - TIL_SLUTT - Duration::DAY
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn a_review_opens_in_february_and_in_september() {
        for (i_dag, ventet) in [
            (date!(2026 - 01 - 31), date!(2025 - 09 - 01)),
            (date!(2026 - 02 - 01), date!(2026 - 02 - 01)),
            (date!(2026 - 08 - 31), date!(2026 - 02 - 01)),
            (date!(2026 - 11 - 18), date!(2026 - 09 - 01)),
        ] {
            assert_eq!(apnet(i_dag), ventet);
        }
        assert_eq!(fersk(date!(2026 - 11 - 18)), date!(2026 - 06 - 03));
    }

    #[test]
    fn nothing_is_warned_of_in_the_first_month_and_nothing_ends_in_the_next() {
        assert!(!varsles(date!(2026 - 09 - 30)) && varsles(date!(2026 - 10 - 01)));
        assert_eq!(slutter(date!(2026 - 10 - 01)), date!(2026 - 10 - 31));
        assert!(date!(2026 - 10 - 01) > varslet_senest(date!(2026 - 10 - 31)));
        assert!(date!(2026 - 10 - 01) <= varslet_senest(date!(2026 - 11 - 01)));
    }

    proptest! {
        #[test]
        fn whenever_it_is_warned_of_there_are_thirty_whole_days(dager in 0_i64..4000, etter in 0_i64..60) {
            let varslet = date!(2026 - 01 - 01) + Duration::days(dager);
            let i_dag = varslet + Duration::days(etter);
            prop_assert_eq!(varslet <= varslet_senest(i_dag), i_dag > slutter(varslet));
            prop_assert!(apnet(i_dag) <= i_dag && i_dag - apnet(i_dag) <= Duration::days(212));
        }
    }
}
