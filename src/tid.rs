//! Oslo time and Norwegian formats: the one place that converts between an instant and the clock on the wall.
use std::sync::LazyLock;

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset, Weekday, macros::offset};

// Days in JSON, as Postgres writes them: 2026-06-05.
time::serde::format_description!(pub(crate) iso_dato, Date, "[year]-[month]-[day]");

/// The zone every time is shown in; its rules are compiled in, so the machine's own do not matter.
static OSLO: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Oslo").unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(1))));

/// Keeps a number and its unit on the same line.
const HARDT_MELLOMROM: char = '\u{a0}';

/// Date and clock in Oslo at an instant.
pub fn lokal(oyeblikk: OffsetDateTime) -> PrimitiveDateTime {
    let forskyvning = Timestamp::from_second(oyeblikk.unix_timestamp())
        .map_or(offset!(+1), |tidspunkt| utc_offset(OSLO.to_offset(tidspunkt)));
    let lokal = oyeblikk.checked_to_offset(forskyvning).unwrap_or(oyeblikk);
    PrimitiveDateTime::new(lokal.date(), lokal.time())
}

/// The day it is in Oslo at an instant.
pub fn dag(oyeblikk: OffsetDateTime) -> Date {
    lokal(oyeblikk).date()
}

/// The instant of a date and clock in Oslo.
///
/// A clock that is skipped in March is read as an hour later (02.30 is 03.30); one that comes twice in October is the
/// first of the two.
pub fn oyeblikk(dato: Date, klokke: Time) -> OffsetDateTime {
    let lokal = PrimitiveDateTime::new(dato, klokke);
    let forskyvning = civil(lokal).map_or(offset!(+1), |civil| match OSLO.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => utc_offset(offset),
        AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => utc_offset(before),
    });
    lokal.assume_offset(forskyvning)
}

fn utc_offset(forskyvning: jiff::tz::Offset) -> UtcOffset {
    UtcOffset::from_whole_seconds(forskyvning.seconds()).unwrap_or(offset!(+1))
}

fn civil(lokal: PrimitiveDateTime) -> Option<DateTime> {
    let ar = i16::try_from(lokal.year()).ok()?;
    let del = |tall: u8| i8::try_from(tall).ok();
    let (maned, dag) = (del(lokal.month().into())?, del(lokal.day())?);
    let (time, minutt, sekund) = (del(lokal.hour())?, del(lokal.minute())?, del(lokal.second())?);
    DateTime::new(ar, maned, dag, time, minutt, sekund, 0).ok()
}

/// «05.06.2026».
pub fn dato(dato: Date) -> String {
    format!("{:02}.{:02}.{}", dato.day(), u8::from(dato.month()), dato.year())
}

/// «torsdag 12. februar 2026».
pub fn dato_i_ord(dato: Date) -> String {
    format!("{} {}", dag_i_ord(dato), dato.year())
}

/// «torsdag 12. februar», for when the year is plain.
pub fn dag_i_ord(dato: Date) -> String {
    format!("{} {}. {}", ukedag(dato), dato.day(), maned(dato.month()))
}

/// «torsdag».
pub fn ukedag(dato: Date) -> &'static str {
    match dato.weekday() {
        Weekday::Monday => "mandag",
        Weekday::Tuesday => "tirsdag",
        Weekday::Wednesday => "onsdag",
        Weekday::Thursday => "torsdag",
        Weekday::Friday => "fredag",
        Weekday::Saturday => "lørdag",
        Weekday::Sunday => "søndag",
    }
}

/// «februar».
pub fn maned(maned: Month) -> &'static str {
    match maned {
        Month::January => "januar",
        Month::February => "februar",
        Month::March => "mars",
        Month::April => "april",
        Month::May => "mai",
        Month::June => "juni",
        Month::July => "juli",
        Month::August => "august",
        Month::September => "september",
        Month::October => "oktober",
        Month::November => "november",
        Month::December => "desember",
    }
}

/// «08.30», without the «kl.».
pub fn kl(klokke: Time) -> String {
    format!("{:02}.{:02}", klokke.hour(), klokke.minute())
}

/// «kl. 08.30–11.00».
pub fn tidsrom(start: Time, slutt: Time) -> String {
    format!("kl. {}–{}", kl(start), kl(slutt))
}

/// «13.42.07», for saying when something was saved.
pub fn lagret_kl(klokke: Time) -> String {
    format!("{}.{:02}", kl(klokke), klokke.second())
}

/// A length of time in words: «2,5 timer», «1 time», «45 minutter», «2 timer og 20 minutter».
pub fn timer(minutter: u32) -> String {
    let (hele, rest) = (minutter / 60, minutter % 60);
    let ord_for = |antall: u32, en: &str, flere: &str| format!("{antall} {}", if antall == 1 { en } else { flere });
    let (timer, minutter) = (ord_for(hele, "time", "timer"), ord_for(rest, "minutt", "minutter"));
    match (hele, rest) {
        (0, _) => minutter,
        (_, 0) => timer,
        (_, 30) => format!("{hele},5 timer"),
        _ => format!("{timer} og {minutter}"),
    }
}

/// «12 500», with hard spaces between the thousands.
pub fn tall(tall: i64) -> String {
    let siffer = tall.unsigned_abs().to_string();
    let mut ut = if tall < 0 { String::from("−") } else { String::new() };
    for (plass, tegn) in siffer.chars().enumerate() {
        if plass > 0 && (siffer.len() - plass).is_multiple_of(3) {
            ut.push(HARDT_MELLOMROM);
        }
        ut.push(tegn);
    }
    ut
}

/// «16 %» of a whole, «–» of nothing.
///
/// Rounded, but «100 %» is said only when it is all and «0 %» only when it is none.
pub fn prosent(del: u32, av: u32) -> String {
    if av == 0 {
        return "–".to_owned();
    }
    let (del, av) = (u64::from(del), u64::from(av));
    let avrundet = (del * 100 + av / 2) / av;
    let prosent = if del == 0 || del >= av { avrundet } else { avrundet.clamp(1, 99) };
    format!("{prosent}{HARDT_MELLOMROM}%")
}

/// «2026-02-12», as a date field wants it.
pub fn iso(dato: Date) -> String {
    format!("{:04}-{:02}-{:02}", dato.year(), u8::from(dato.month()), dato.day())
}

/// «08:30», as a time field wants it.
pub fn iso_kl(klokke: Time) -> String {
    format!("{:02}:{:02}", klokke.hour(), klokke.minute())
}

/// Reads «2026-02-12», «12.02.2026» or «12.2.2026», from 1900 to 2100: with what lies further off nobody can reckon.
pub fn les_dato(tekst: &str) -> Option<Date> {
    let tekst = tekst.trim();
    let (ar, maned, dag) = if let Some((ar, rest)) = tekst.split_once('-') {
        let (maned, dag) = rest.split_once('-')?;
        (ar, maned, dag)
    } else {
        let (dag, rest) = tekst.split_once('.')?;
        let (maned, ar) = rest.split_once('.')?;
        (ar, maned, dag)
    };
    let ar = if ar.len() == 4 {
        siffer(ar, 4).filter(|ar| (1900..=2100).contains(ar)).map(i32::from)?
    } else {
        return None;
    };
    let maned = Month::try_from(u8::try_from(siffer(maned, 2)?).ok()?).ok()?;
    Date::from_calendar_date(ar, maned, u8::try_from(siffer(dag, 2)?).ok()?).ok()
}

/// Reads «08:30», «8.30», «0830» or «kl. 8.30»; seconds are passed over.
pub fn les_klokke(tekst: &str) -> Option<Time> {
    let tekst = tekst.trim().trim_start_matches("kl").trim_start_matches('.').trim();
    let (time, minutt) = match tekst.split_once([':', '.']) {
        Some((time, rest)) => (time, rest.split_once([':', '.']).map_or(rest, |(minutt, _)| minutt)),
        None => tekst.is_ascii().then(|| tekst.split_at_checked(tekst.len().checked_sub(2)?))??,
    };
    if minutt.len() != 2 {
        return None;
    }
    Time::from_hms(u8::try_from(siffer(time, 2)?).ok()?, u8::try_from(siffer(minutt, 2)?).ok()?, 0).ok()
}

/// A number of one to `flest` plain digits: no sign, no space.
fn siffer(tekst: &str, flest: usize) -> Option<u16> {
    let bare_siffer = (1..=flest).contains(&tekst.len()) && tekst.bytes().all(|b| b.is_ascii_digit());
    if bare_siffer { tekst.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, datetime, time};

    use super::*;

    #[test]
    fn the_clock_in_oslo_follows_summer_and_winter() {
        assert_eq!(lokal(datetime!(2026-02-12 07:30 UTC)), datetime!(2026-02-12 08:30));
        assert_eq!(lokal(datetime!(2026-06-12 06:30 UTC)), datetime!(2026-06-12 08:30));
        assert_eq!(dag(datetime!(2026-06-12 22:30 UTC)), date!(2026 - 06 - 13));
        assert_eq!(oyeblikk(date!(2026 - 06 - 12), time!(8:30)), datetime!(2026-06-12 06:30 UTC));
    }

    #[test]
    fn a_skipped_clock_is_an_hour_later_and_a_doubled_one_is_the_first() {
        assert_eq!(oyeblikk(date!(2026 - 03 - 29), time!(2:30)), datetime!(2026-03-29 01:30 UTC));
        assert_eq!(lokal(datetime!(2026-03-29 01:30 UTC)), datetime!(2026-03-29 03:30));
        assert_eq!(oyeblikk(date!(2026 - 10 - 25), time!(2:30)), datetime!(2026-10-25 00:30 UTC));
    }

    #[test]
    fn dates_and_clocks_read_as_norwegians_write_them() {
        let d = date!(2026 - 02 - 12);
        assert_eq!((dato(d), iso(d)), ("12.02.2026".into(), "2026-02-12".into()));
        assert_eq!(dato_i_ord(d), "torsdag 12. februar 2026");
        assert_eq!(dag_i_ord(d), "torsdag 12. februar");
        assert_eq!(tidsrom(time!(8:30), time!(11:00)), "kl. 08.30–11.00");
        assert_eq!(lagret_kl(time!(13:42:07)), "13.42.07");
    }

    #[test]
    fn lengths_and_numbers_read_as_norwegians_write_them() {
        let ord = [(0, "0 minutter"), (1, "1 minutt"), (30, "30 minutter"), (45, "45 minutter"), (60, "1 time")];
        let mer = [(61, "1 time og 1 minutt"), (90, "1,5 timer"), (120, "2 timer"), (150, "2,5 timer")];
        for (minutter, fasit) in ord.into_iter().chain(mer).chain([(140, "2 timer og 20 minutter")]) {
            assert_eq!(timer(minutter), fasit);
        }
        assert_eq!(tall(12_500), "12\u{a0}500");
        assert_eq!((tall(999), tall(-1000), tall(0)), ("999".into(), "−1\u{a0}000".into(), "0".into()));
        assert_eq!((prosent(1, 6), prosent(0, 0)), ("17\u{a0}%".into(), "–".into()));
        assert_eq!((prosent(999, 1000), prosent(1, 1000)), ("99\u{a0}%".into(), "1\u{a0}%".into()));
        assert_eq!((prosent(7, 7), prosent(0, 7)), ("100\u{a0}%".into(), "0\u{a0}%".into()));
    }

    #[test]
    fn a_wrong_date_or_clock_is_no_date_or_clock() {
        for feil in ["", "12.2", "31.02.2026", "2026-13-01", "12.02.26", "+2.02.2026", "i morgen", "2026-02-12-1"] {
            assert_eq!(les_dato(feil), None, "{feil}");
        }
        for feil in ["", "8", "24:00", "8:3", "08:60", "-8:30", "8.300", "halv ni", "ø0", "12345"] {
            assert_eq!(les_klokke(feil), None, "{feil}");
        }
        for rett in ["08:30", "8.30", "0830", "830", "kl. 8.30", " 08:30:15 "] {
            assert_eq!(les_klokke(rett), Some(time!(8:30)), "{rett}");
        }
        assert_eq!(les_dato("12.2.2026"), Some(date!(2026 - 02 - 12)));
    }

    proptest! {
        #[test]
        fn every_date_is_read_back_as_written(dag in 0i32..73_400) {
            let d = Date::from_julian_day(2_415_021 + dag).unwrap();
            prop_assert_eq!(les_dato(&dato(d)), Some(d));
            prop_assert_eq!(les_dato(&iso(d)), Some(d));
        }

        #[test]
        fn every_minute_is_read_back_as_written(minutt in 0u32..1440) {
            let t = Time::MIDNIGHT + time::Duration::minutes(i64::from(minutt));
            prop_assert_eq!(les_klokke(&kl(t)), Some(t));
            prop_assert_eq!(les_klokke(&iso_kl(t)), Some(t));
        }

        #[test]
        fn an_instant_survives_the_clock_except_in_the_doubled_hour(sekund in 0i64..4_000_000_000) {
            let her = OffsetDateTime::from_unix_timestamp(sekund).unwrap();
            let pa_veggen = lokal(her);
            let igjen = oyeblikk(pa_veggen.date(), pa_veggen.time());
            prop_assert_eq!(lokal(igjen), pa_veggen);
            prop_assert!(igjen == her || her - igjen == time::Duration::HOUR);
        }

        #[test]
        fn reading_never_panics(tekst in "\\PC{0,12}") {
            let _ = (les_dato(&tekst), les_klokke(&tekst));
        }
    }
}
