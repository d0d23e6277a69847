//! How the time of an element goes: what is set aside, used and left, in whole minutes.
use time::{Duration, OffsetDateTime};

/// The clock of one element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lop {
    /// When it was first begun.
    pub startet: Option<OffsetDateTime>,
    /// When it was last begun; `None` when it is not what they are at.
    pub pagar_fra: Option<OffsetDateTime>,
    /// In the stretches that have ended.
    pub brukt: Duration,
}

/// What is used of an element's minutes, at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bruk {
    pub i_gang: bool,
    /// Minutes set aside.
    pub planlagt: u32,
    /// Seconds used.
    pub sekunder: u32,
}

impl Lop {
    /// `None` when it was never begun.
    pub fn bruk(self, planlagt: u32, na: OffsetDateTime) -> Option<Bruk> {
        self.startet?;
        let na = self.pagar_fra.map_or(Duration::ZERO, |fra| (na - fra).max(Duration::ZERO));
        let sekunder = u32::try_from((self.brukt + na).whole_seconds()).unwrap_or_default();
        Some(Bruk { i_gang: self.pagar_fra.is_some(), planlagt, sekunder })
    }
}

impl Bruk {
    /// Whole minutes used.
    fn minutter(self) -> u32 {
        self.sekunder / 60
    }

    pub fn er_ute(self) -> bool {
        self.minutter() >= self.planlagt
    }

    /// «33 minutter igjen», «Tiden er ute», «5 minutter over tiden». `static/klokke.js` says the same as the minutes go.
    pub fn igjen(self) -> String {
        let minutter = |n: u32| format!("{n} {}", if n == 1 { "minutt" } else { "minutter" });
        match (self.planlagt.checked_sub(self.minutter()), self.minutter().checked_sub(self.planlagt)) {
            (Some(0), _) => "Tiden er ute".to_owned(),
            (Some(igjen), _) => format!("{} igjen", minutter(igjen)),
            (None, over) => format!("{} over tiden", minutter(over.unwrap_or_default())),
        }
    }

    /// «Brukt 12 av 45 minutter».
    pub fn brukt(self) -> String {
        format!("Brukt {} av {} minutter", self.minutter(), self.planlagt)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    const START: OffsetDateTime = datetime!(2026-11-25 07:30 UTC);

    fn i_gang(brukt: i64) -> Lop {
        Lop { startet: Some(START), pagar_fra: Some(START), brukt: Duration::minutes(brukt) }
    }

    #[test]
    fn the_time_that_is_left_is_said_in_words() {
        let etter = |minutter| i_gang(0).bruk(45, START + Duration::minutes(minutter)).unwrap();
        assert_eq!(
            (etter(12).brukt(), etter(12).igjen()),
            ("Brukt 12 av 45 minutter".into(), "33 minutter igjen".into())
        );
        assert_eq!(etter(44).igjen(), "1 minutt igjen");
        assert_eq!((etter(45).igjen(), etter(45).er_ute()), ("Tiden er ute".into(), true));
        assert_eq!(etter(50).igjen(), "5 minutter over tiden");
        assert_eq!(Lop::default().bruk(45, START), None);
    }

    #[test]
    fn what_was_used_before_counts_too() {
        let igjen = i_gang(10).bruk(45, START + Duration::minutes(5)).unwrap();
        assert_eq!(igjen.brukt(), "Brukt 15 av 45 minutter");
        let stoppet = Lop { pagar_fra: None, ..i_gang(10) };
        assert_eq!(stoppet.bruk(45, START + Duration::DAY).unwrap().brukt(), "Brukt 10 av 45 minutter");
    }

    proptest! {
        #[test]
        fn time_never_goes_back(brukt in 0i64..500, a in -100i64..500, b in 0i64..500, planlagt in 5u32..240) {
            let bruk = |minutt| i_gang(brukt).bruk(planlagt, START + Duration::minutes(minutt)).unwrap();
            prop_assert!(bruk(a).sekunder <= bruk(a + b).sekunder);
            prop_assert_eq!(bruk(a).er_ute(), !bruk(a).igjen().ends_with(" igjen"));
        }
    }
}
