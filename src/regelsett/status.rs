//! How a unit stands in a semester: done, on track, behind, or no longer able to reach the requirement.
use time::{Date, Duration, Month, Weekday};

use super::{Semester, Semestergrenser};

/// The least time between two møter of a team that still leaves room to work.
const MELLOMROM: Duration = Duration::days(14);

/// What a unit's standing is reckoned from.
#[derive(Clone, Copy, Debug)]
pub struct Grunnlag {
    /// Møter required in the semester.
    pub krav: u32,
    /// Møter finished in the semester; only these count (a planned one is a promise).
    pub holdt: u32,
    /// Møter planned or called in and still to come.
    pub planlagt: u32,
    pub har_team: bool,
    pub semester: Semester,
    pub grenser: Semestergrenser,
    pub idag: Date,
}

/// The standing of one unit, without its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// As many held as required.
    NaddKrav,
    /// Enough held and planned together.
    IRute,
    /// Too few planned, but there is still time.
    Bak,
    /// The weeks that are left cannot hold the møter that are missing.
    IkkeNaabar,
    /// The semester is over and too few were held.
    IkkeNadd,
    /// Nobody to hold a møte.
    UtenTeam,
}

/// The standing of one unit with the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stilling {
    pub status: Status,
    pub krav: u32,
    pub holdt: u32,
    pub planlagt: u32,
}

impl Grunnlag {
    pub fn stilling(&self) -> Stilling {
        Stilling { status: self.status(), krav: self.krav, holdt: self.holdt, planlagt: self.planlagt }
    }

    fn status(&self) -> Status {
        let over = self.idag > self.semester.slutt(self.grenser);
        match self.holdt >= self.krav {
            true if over || self.har_team => Status::NaddKrav,
            _ if !self.har_team => Status::UtenTeam,
            _ if over => Status::IkkeNadd,
            _ if self.holdt + self.planlagt >= self.krav => Status::IRute,
            _ if self.krav - self.holdt <= self.plass_til() => Status::Bak,
            _ => Status::IkkeNaabar,
        }
    }

    /// How many møter the rest of the semester has room for, those already planned included.
    fn plass_til(&self) -> u32 {
        let slutt = self.semester.slutt(self.grenser);
        let mut dag = self.idag.max(self.semester.start(self.grenser));
        let mut plass = 0;
        while dag <= slutt {
            let skoledag = er_skoledag(dag);
            plass += u32::from(skoledag);
            let Some(neste) = dag.checked_add(if skoledag { MELLOMROM } else { Duration::DAY }) else { break };
            dag = neste;
        }
        plass
    }
}

/// Whether schools and kindergartens can be expected to hold a møte: a weekday outside July and 22.12.–1.1.
fn er_skoledag(dag: Date) -> bool {
    let ferie = matches!((dag.month(), dag.day()), (Month::July, _) | (Month::December, 22..) | (Month::January, 1));
    !ferie && !matches!(dag.weekday(), Weekday::Saturday | Weekday::Sunday)
}

impl Status {
    pub const ALLE: [Self; 6] =
        [Self::NaddKrav, Self::IRute, Self::Bak, Self::IkkeNaabar, Self::IkkeNadd, Self::UtenTeam];

    /// Designsystemet's colour name: success, warning or danger.
    pub fn farge(self) -> &'static str {
        match self {
            Self::NaddKrav | Self::IRute => "success",
            Self::Bak => "warning",
            Self::IkkeNaabar | Self::IkkeNadd | Self::UtenTeam => "danger",
        }
    }

    /// Name of the Aksel icon.
    pub fn ikon(self) -> &'static str {
        match self {
            Self::NaddKrav => "CheckmarkCircle",
            Self::IRute => "Calendar",
            Self::Bak => "ExclamationmarkTriangle",
            Self::IkkeNaabar | Self::IkkeNadd => "XMarkOctagon",
            Self::UtenTeam => "PersonGroup",
        }
    }

    /// A word or two, as on a tag.
    pub fn navn(self) -> &'static str {
        match self {
            Self::NaddKrav => "Kravet er nådd",
            Self::IRute => "I rute",
            Self::Bak => "Bak planen",
            Self::IkkeNaabar => "Kan ikke lenger nås",
            Self::IkkeNadd => "Kravet ble ikke nådd",
            Self::UtenTeam => "Mangler team",
        }
    }
}

impl Stilling {
    /// What follows, without the numbers: for where a meter has said them already.
    pub fn rad(&self) -> String {
        let setning = self.setning();
        setning.strip_prefix(&format!("{}. ", self.ord())).unwrap_or(&setning).to_owned()
    }

    /// Møter that are neither held nor planned.
    pub fn mangler(&self) -> u32 {
        self.krav.saturating_sub(self.holdt + self.planlagt)
    }

    /// «1 av 2 møter holdt, 1 planlagt».
    pub fn ord(&self) -> String {
        let moter = |antall: u32| if antall == 1 { "møte" } else { "møter" };
        let holdt = match self.krav {
            0 => format!("{} {} holdt", self.holdt, moter(self.holdt)),
            krav => format!("{} av {krav} {} holdt", self.holdt, moter(krav)),
        };
        if self.planlagt == 0 { holdt } else { format!("{holdt}, {} planlagt", self.planlagt) }
    }

    /// One sentence with what should be done, for the unit's own people.
    pub fn setning(&self) -> String {
        let mangler = self.mangler();
        let flere = if mangler == 1 { "ett møte".to_owned() } else { format!("{mangler} møter") };
        match self.status {
            Status::NaddKrav => format!("{}. Kravet for semesteret er nådd.", self.ord()),
            Status::IRute => format!("{}. Dere er i rute.", self.ord()),
            Status::Bak => format!("{}. Book {flere} til for å nå kravet.", self.ord()),
            Status::IkkeNaabar => {
                format!("{}. Det er for få uker igjen; kravet kan ikke lenger nås.", self.ord())
            }
            Status::IkkeNadd => format!("{}. Kravet ble ikke nådd.", self.ord()),
            Status::UtenTeam => "Enheten har ikke noe team ennå.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    fn host(krav: u32, holdt: u32, planlagt: u32, idag: Date) -> Grunnlag {
        let grenser = Semestergrenser::default();
        Grunnlag { krav, holdt, planlagt, har_team: true, semester: Semester::host(2026), grenser, idag }
    }

    #[test]
    fn an_autumn_told_by_its_days() {
        let oktober = date!(2026 - 10 - 01);
        for (grunnlag, fasit) in [
            (host(2, 2, 0, oktober), Status::NaddKrav),
            (host(2, 1, 1, oktober), Status::IRute),
            (host(2, 1, 0, oktober), Status::Bak),
            (host(2, 1, 0, date!(2026 - 12 - 21)), Status::Bak),
            (host(2, 0, 0, date!(2026 - 12 - 21)), Status::IkkeNaabar),
            (host(2, 1, 0, date!(2026 - 12 - 22)), Status::IkkeNaabar),
            (host(2, 0, 0, date!(2026 - 12 - 07)), Status::Bak),
            (host(2, 0, 0, date!(2026 - 12 - 08)), Status::IkkeNaabar),
            (host(4, 1, 1, date!(2026 - 12 - 01)), Status::IkkeNaabar), // room for two, and one of them is taken
            (host(2, 1, 0, date!(2027 - 01 - 01)), Status::IkkeNadd),
            (host(2, 2, 0, date!(2027 - 01 - 01)), Status::NaddKrav),
            (Grunnlag { har_team: false, ..host(2, 0, 0, oktober) }, Status::UtenTeam),
            (Grunnlag { har_team: false, ..host(0, 0, 0, oktober) }, Status::UtenTeam),
        ] {
            assert_eq!(grunnlag.stilling().status, fasit, "{grunnlag:?}");
        }
    }

    #[test]
    fn a_spring_ends_with_june_whatever_the_calendar_says() {
        let var = Grunnlag { semester: Semester::var(2026), ..host(3, 2, 0, date!(2026 - 06 - 30)) };
        assert_eq!(var.stilling().status, Status::Bak);
        assert_eq!(Grunnlag { idag: date!(2026 - 07 - 01), ..var }.stilling().status, Status::IkkeNaabar);
    }

    #[test]
    fn the_words_carry_the_numbers() {
        let dag = date!(2026 - 10 - 01);
        assert_eq!(host(2, 1, 1, dag).stilling().ord(), "1 av 2 møter holdt, 1 planlagt");
        assert_eq!(host(1, 0, 0, dag).stilling().ord(), "0 av 1 møte holdt");
        assert_eq!(host(0, 1, 0, dag).stilling().ord(), "1 møte holdt");
        let bak = host(3, 1, 0, dag).stilling();
        assert_eq!(bak.setning(), "1 av 3 møter holdt. Book 2 møter til for å nå kravet.");
        assert_eq!((bak.status.farge(), bak.mangler()), ("warning", 2));
    }

    proptest! {
        #[test]
        fn holding_or_planning_one_more_never_makes_it_worse(
            krav in 0u32..8, holdt in 0u32..8, planlagt in 0u32..8, dag in 0i64..200,
        ) {
            let her = host(krav, holdt, planlagt, date!(2026 - 08 - 01) + Duration::days(dag));
            let status = her.stilling().status;
            let en_til_holdt = Grunnlag { holdt: holdt + 1, ..her }.stilling().status;
            let en_til_planlagt = Grunnlag { planlagt: planlagt + 1, ..her }.stilling().status;
            prop_assert!(en_til_holdt <= status && en_til_planlagt <= status);
        }

        #[test]
        fn waiting_never_makes_it_better(krav in 0u32..14, holdt in 0u32..8, planlagt in 0u32..8, dag in 0i64..200) {
            let naa = host(krav, holdt, planlagt, date!(2026 - 08 - 01) + Duration::days(dag));
            let senere = Grunnlag { idag: naa.idag + Duration::DAY, ..naa };
            prop_assert!(senere.stilling().status >= naa.stilling().status);
        }

        #[test]
        fn green_is_never_said_of_too_few(krav in 1u32..8, holdt in 0u32..8, planlagt in 0u32..8, dag in 0i64..200) {
            let stilling = host(krav, holdt, planlagt, date!(2026 - 08 - 01) + Duration::days(dag)).stilling();
            if stilling.status.farge() == "success" {
                prop_assert_eq!(stilling.mangler(), 0);
            }
        }
    }
}
