//! Semester: the autumn or spring the required number of møter is counted in.
use std::{fmt, str::FromStr};

use time::{Date, Month};

/// Which half of the school year; spring comes first in the calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Halvar {
    Var,
    Host,
}

/// One semester, named by the calendar year it begins in. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Semester {
    pub ar: i32,
    pub halvar: Halvar,
}

/// The day and month each semester begins; it lasts until the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Semestergrenser {
    var: (Month, u8),
    host: (Month, u8),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Semestergrensene må være to datoer som finnes hvert år, og vårsemesteret må begynne før høstsemesteret")]
pub struct UgyldigeGrenser;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Semesteret finnes ikke. Skriv det som 2026-host eller 2026-var")]
pub struct UkjentSemester;

impl Default for Semestergrenser {
    /// Autumn 1.8.–31.12., spring 1.1.–31.7.
    fn default() -> Self {
        Self { var: (Month::January, 1), host: (Month::August, 1) }
    }
}

impl Semestergrenser {
    /// Month and day of each beginning. 29 February is refused, as it is not there every year.
    pub fn new(var: (Month, u8), host: (Month, u8)) -> Result<Self, UgyldigeGrenser> {
        let finnes = |(maned, dag): (Month, u8)| (1..=maned.length(2025)).contains(&dag);
        let for_host = (u8::from(var.0), var.1) < (u8::from(host.0), host.1);
        if finnes(var) && finnes(host) && for_host { Ok(Self { var, host }) } else { Err(UgyldigeGrenser) }
    }

    /// The same from plain numbers, as they are stored.
    pub fn fra_tall(var: (u8, u8), host: (u8, u8)) -> Result<Self, UgyldigeGrenser> {
        let grense = |(maned, dag)| Ok((Month::try_from(maned).map_err(|_| UgyldigeGrenser)?, dag));
        Self::new(grense(var)?, grense(host)?)
    }

    /// The same from «01-01» and «08-01».
    pub fn fra_tekst(var: &str, host: &str) -> Result<Self, UgyldigeGrenser> {
        let grense = |tekst: &str| {
            let (maned, dag) = tekst.split_once('-')?;
            Some((maned.parse().ok()?, dag.parse().ok()?))
        };
        Self::fra_tall(grense(var).ok_or(UgyldigeGrenser)?, grense(host).ok_or(UgyldigeGrenser)?)
    }

    /// «01-01» and «08-01», as they are stored: spring, then autumn.
    pub fn tekst(self) -> (String, String) {
        let tekst = |(maned, dag): (Month, u8)| format!("{:02}-{dag:02}", u8::from(maned));
        (tekst(self.var), tekst(self.host))
    }

    /// Month and day spring begins.
    pub fn var(self) -> (Month, u8) {
        self.var
    }

    /// Month and day autumn begins.
    pub fn host(self) -> (Month, u8) {
        self.host
    }
}

impl Semester {
    pub const fn host(ar: i32) -> Self {
        Self { ar, halvar: Halvar::Host }
    }

    pub const fn var(ar: i32) -> Self {
        Self { ar, halvar: Halvar::Var }
    }

    /// The one semester a date lies in.
    pub fn for_dato(dato: Date, grenser: Semestergrenser) -> Self {
        let ar = dato.year();
        [Self::host(ar), Self::var(ar)]
            .into_iter()
            .find(|semester| semester.start(grenser) <= dato)
            .unwrap_or(Self::host(ar - 1))
    }

    /// First day.
    pub fn start(self, grenser: Semestergrenser) -> Date {
        let (maned, dag) = match self.halvar {
            Halvar::Var => grenser.var,
            Halvar::Host => grenser.host,
        };
        Date::from_calendar_date(self.ar, maned, dag).unwrap_or(Date::MAX)
    }

    /// Last day: the day before the next begins.
    pub fn slutt(self, grenser: Semestergrenser) -> Date {
        self.neste().start(grenser).previous_day().unwrap_or(Date::MIN)
    }

    pub fn inneholder(self, dato: Date, grenser: Semestergrenser) -> bool {
        Self::for_dato(dato, grenser) == self
    }

    #[must_use]
    pub fn neste(self) -> Self {
        match self.halvar {
            Halvar::Var => Self::host(self.ar),
            Halvar::Host => Self::var(self.ar + 1),
        }
    }

    #[must_use]
    pub fn forrige(self) -> Self {
        match self.halvar {
            Halvar::Host => Self::var(self.ar),
            Halvar::Var => Self::host(self.ar - 1),
        }
    }

    /// This and every later semester up to and with `siste`; none when `siste` is earlier.
    pub fn til(self, siste: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |semester| Some(semester.neste()))
            .take_while(move |semester| *semester <= siste)
    }

    /// «2026/27»: the school year, begun in autumn.
    pub fn skolear(self) -> String {
        let forste = match self.halvar {
            Halvar::Host => self.ar,
            Halvar::Var => self.ar - 1,
        };
        format!("{forste}/{:02}", (forste + 1).rem_euclid(100))
    }

    /// «2026-host», as stored and in addresses.
    pub fn slug(self) -> String {
        format!("{}-{}", self.ar, if self.halvar == Halvar::Host { "host" } else { "var" })
    }

    /// «høst 2026».
    pub fn navn(self) -> String {
        format!("{} {}", self.arstid(), self.ar)
    }

    /// «høst» or «vår», as in «1 av 2 i høst».
    pub fn arstid(self) -> &'static str {
        match self.halvar {
            Halvar::Host => "høst",
            Halvar::Var => "vår",
        }
    }
}

impl fmt::Display for Semester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.navn())
    }
}

impl FromStr for Semester {
    type Err = UkjentSemester;

    /// Reads the slug. Only years from 1900 to 2999, so that an address cannot ask for the end of time.
    fn from_str(slug: &str) -> Result<Self, UkjentSemester> {
        let (ar, halvar) = slug.split_once('-').ok_or(UkjentSemester)?;
        if ar.len() != 4 || !ar.bytes().all(|b| b.is_ascii_digit()) {
            return Err(UkjentSemester);
        }
        let ar = ar.parse().ok().filter(|ar| (1900..3000).contains(ar)).ok_or(UkjentSemester)?;
        match halvar {
            "host" => Ok(Self::host(ar)),
            "var" => Ok(Self::var(ar)),
            _ => Err(UkjentSemester),
        }
    }
}

impl From<UkjentSemester> for crate::Error {
    /// A semester is named in an address, so an unknown one is a page that is not there.
    fn from(_: UkjentSemester) -> Self {
        Self::IkkeFunnet
    }
}

impl From<UgyldigeGrenser> for crate::Error {
    fn from(feil: UgyldigeGrenser) -> Self {
        Self::Ugyldig(feil.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    fn grenser() -> impl Strategy<Value = Semestergrenser> {
        (1u8..=6, 1u8..=28, 7u8..=12, 1u8..=28)
            .prop_map(|(vm, vd, hm, hd)| Semestergrenser::fra_tall((vm, vd), (hm, hd)).unwrap())
    }

    fn semester() -> impl Strategy<Value = Semester> {
        (1990i32..2090, prop::bool::ANY)
            .prop_map(|(ar, host)| if host { Semester::host(ar) } else { Semester::var(ar) })
    }

    #[test]
    fn the_default_year_turns_on_the_first_of_january_and_august() {
        let g = Semestergrenser::default();
        for (dato, fasit) in [
            (date!(2026 - 07 - 31), Semester::var(2026)),
            (date!(2026 - 08 - 01), Semester::host(2026)),
            (date!(2026 - 12 - 31), Semester::host(2026)),
            (date!(2027 - 01 - 01), Semester::var(2027)),
        ] {
            assert_eq!(Semester::for_dato(dato, g), fasit);
        }
        assert_eq!(Semester::host(2026).slutt(g), date!(2026 - 12 - 31));
    }

    #[test]
    fn an_autumn_may_last_past_new_year_where_the_region_says_so() {
        let g = Semestergrenser::fra_tall((1, 10), (8, 15)).unwrap();
        assert_eq!(Semester::for_dato(date!(2027 - 01 - 09), g), Semester::host(2026));
        assert_eq!(Semester::host(2026).slutt(g), date!(2027 - 01 - 09));
    }

    #[test]
    fn limits_that_cannot_be_are_refused() {
        for (var, host) in [((2, 29), (8, 1)), ((8, 1), (1, 1)), ((1, 1), (1, 1)), ((13, 1), (8, 1)), ((1, 0), (8, 1))]
        {
            assert_eq!(Semestergrenser::fra_tall(var, host), Err(UgyldigeGrenser));
        }
    }

    #[test]
    fn names_read_as_people_say_them() {
        let s = Semester::host(2026);
        assert_eq!((s.navn(), s.slug(), s.skolear()), ("høst 2026".into(), "2026-host".into(), "2026/27".into()));
        assert_eq!(Semester::var(2027).skolear(), "2026/27");
        assert_eq!(Semester::host(1999).skolear(), "1999/00");
        for feil in ["", "2026", "2026-sommer", "26-host", "+026-host", "0001-var", "2026-host-1"] {
            assert_eq!(feil.parse::<Semester>(), Err(UkjentSemester), "{feil}");
        }
    }

    proptest! {
        #[test]
        fn every_date_lies_in_exactly_one_semester(dag in 0i32..40_000, g in grenser()) {
            let dato = Date::from_julian_day(2_447_893 + dag).unwrap();
            let her = Semester::for_dato(dato, g);
            let rundt = her.forrige().forrige().til(her.neste().neste());
            let treff: Vec<_> = rundt.filter(|s| s.start(g) <= dato && dato <= s.slutt(g)).collect();
            prop_assert_eq!(treff, vec![her]);
        }

        #[test]
        fn semesters_follow_each_other_without_a_gap(s in semester(), g in grenser()) {
            prop_assert_eq!(s.slutt(g).next_day().unwrap(), s.neste().start(g));
            prop_assert_eq!(s.neste().forrige(), s);
            prop_assert!(s < s.neste() && s.forrige() < s);
            prop_assert_eq!(s.start(g) < s.neste().start(g), true);
            prop_assert!(s.inneholder(s.start(g), g) && s.inneholder(s.slutt(g), g));
        }

        #[test]
        fn a_semester_and_its_limits_are_read_back_as_written(s in semester(), g in grenser()) {
            let (var, host) = g.tekst();
            prop_assert_eq!(Semestergrenser::fra_tekst(&var, &host), Ok(g));
            prop_assert_eq!(s.slug().parse(), Ok(s));
        }

        #[test]
        fn walking_the_years_takes_two_steps_a_year(s in semester(), ar in 0i32..30) {
            let siste = Semester { ar: s.ar + ar, ..s };
            let alle: Vec<_> = s.til(siste).collect();
            prop_assert_eq!(i32::try_from(alle.len()).unwrap(), 2 * ar + 1);
            prop_assert!(alle.is_sorted());
            prop_assert_eq!(siste.til(s).count(), usize::from(ar == 0));
        }
    }
}
