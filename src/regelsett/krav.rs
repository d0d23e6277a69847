//! What is required of a unit: the region's rule, changed by its kommune and then by the unit itself.
use crate::{enhet::Enhetstype, tjeneste::Tjenestetype};

use super::{Halvar, Semester, Semestergrenser};

/// A full set of rules (Strategisk plan, Nord-Østerdal, kap. 6, unless a field says otherwise).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regelsett {
    /// The least a møte sets aside, in minutes: «minimum 2,5 timer».
    pub min_varighet: u32,
    /// Møter in autumn: «minst 2 ganger i høstsemesteret».
    pub min_host: u32,
    /// Møter in spring: «3 ganger i vårsemesteret».
    pub min_var: u32,
    /// Møter in autumn for large units: «de største virksomhetene kan ha månedlige møter».
    pub stor_host: u32,
    /// Møter in spring for large units.
    pub stor_var: u32,
    /// From this many elever a school is large; the plan names no number, so this is our default.
    pub stor_skole: u32,
    /// From this many barn a kindergarten is large; our default too.
    pub stor_barnehage: u32,
    /// The services that must take part in every team.
    pub faste_tjenester: Vec<Tjenestetype>,
    pub semestergrenser: Semestergrenser,
}

/// What a kommune or a unit has decided otherwise; `None` follows the level above.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overstyring {
    pub min_varighet: Option<u32>,
    pub min_host: Option<u32>,
    pub min_var: Option<u32>,
    pub stor_host: Option<u32>,
    pub stor_var: Option<u32>,
    pub stor_skole: Option<u32>,
    pub stor_barnehage: Option<u32>,
    pub faste_tjenester: Option<Vec<Tjenestetype>>,
    pub semestergrenser: Option<Semestergrenser>,
    /// Why it is otherwise here; shown wherever the rule is.
    pub begrunnelse: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Skriv hvorfor regelen er en annen her. Begrunnelsen vises sammen med regelen")]
pub struct UtenBegrunnelse;

impl Default for Regelsett {
    fn default() -> Self {
        Self {
            min_varighet: 150,
            min_host: 2,
            min_var: 3,
            stor_host: 5,
            stor_var: 6,
            stor_skole: 300,
            stor_barnehage: 80,
            faste_tjenester: vec![
                Tjenestetype::Enhet,
                Tjenestetype::Ppt,
                Tjenestetype::Helsesykepleier,
                Tjenestetype::Barnevern,
            ],
            semestergrenser: Semestergrenser::default(),
        }
    }
}

impl Overstyring {
    /// Refuses an override that nobody has given a reason for.
    pub fn krev_begrunnelse(&self) -> Result<(), UtenBegrunnelse> {
        if self.begrunnelse.trim().is_empty() { Err(UtenBegrunnelse) } else { Ok(()) }
    }
}

/// The rules that hold at one unit: the region's, then its kommune's, then its own; the later wins, field by field.
pub fn gjeldende(region: &Regelsett, kommune: Option<&Overstyring>, enhet: Option<&Overstyring>) -> Regelsett {
    [kommune, enhet].into_iter().flatten().fold(region.clone(), Regelsett::med)
}

impl Regelsett {
    /// These rules with what `over` decides otherwise.
    #[must_use]
    pub fn med(self, over: &Overstyring) -> Self {
        Self {
            min_varighet: over.min_varighet.unwrap_or(self.min_varighet),
            min_host: over.min_host.unwrap_or(self.min_host),
            min_var: over.min_var.unwrap_or(self.min_var),
            stor_host: over.stor_host.unwrap_or(self.stor_host),
            stor_var: over.stor_var.unwrap_or(self.stor_var),
            stor_skole: over.stor_skole.unwrap_or(self.stor_skole),
            stor_barnehage: over.stor_barnehage.unwrap_or(self.stor_barnehage),
            faste_tjenester: over.faste_tjenester.clone().unwrap_or(self.faste_tjenester),
            semestergrenser: over.semestergrenser.unwrap_or(self.semestergrenser),
        }
    }

    /// How many møter a unit owes in a semester; `antall` is its elever or barn, and an unknown number counts as small.
    ///
    /// A large unit never owes fewer than a small one, whatever the numbers say.
    pub fn krav(&self, enhetstype: Enhetstype, antall: Option<u32>, semester: Semester) -> u32 {
        let (minst, stor) = match semester.halvar {
            Halvar::Host => (self.min_host, self.stor_host),
            Halvar::Var => (self.min_var, self.stor_var),
        };
        if self.er_stor(enhetstype, antall) { minst.max(stor) } else { minst }
    }

    /// Whether a unit counts among the largest.
    pub fn er_stor(&self, enhetstype: Enhetstype, antall: Option<u32>) -> bool {
        let grense = match enhetstype {
            Enhetstype::Skole => self.stor_skole,
            Enhetstype::Barnehage => self.stor_barnehage,
        };
        antall.is_some_and(|antall| antall >= grense)
    }
}

impl From<UtenBegrunnelse> for crate::Error {
    fn from(feil: UtenBegrunnelse) -> Self {
        Self::Ugyldig(feil.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn overstyring() -> impl Strategy<Value = Overstyring> {
        let tall = || prop::option::of(0u32..400);
        let tjenester = prop::option::of(Just(vec![Tjenestetype::Enhet, Tjenestetype::Nav]));
        (tall(), tall(), tall(), tall(), tall(), tjenester).prop_map(|(a, b, c, d, e, faste_tjenester)| Overstyring {
            min_varighet: a,
            min_host: b,
            min_var: c,
            stor_host: d,
            stor_skole: e,
            faste_tjenester,
            begrunnelse: "Prøves ut".into(),
            ..Overstyring::default()
        })
    }

    #[test]
    fn two_in_autumn_three_in_spring_and_monthly_for_the_largest() {
        let regel = Regelsett::default();
        let (host, var) = (Semester::host(2026), Semester::var(2027));
        for (slag, antall, fasit) in [
            (Enhetstype::Skole, Some(299), (2, 3)),
            (Enhetstype::Skole, Some(300), (5, 6)),
            (Enhetstype::Barnehage, Some(79), (2, 3)),
            (Enhetstype::Barnehage, Some(80), (5, 6)),
            (Enhetstype::Barnehage, None, (2, 3)),
        ] {
            assert_eq!((regel.krav(slag, antall, host), regel.krav(slag, antall, var)), fasit);
        }
    }

    #[test]
    fn an_override_without_a_reason_is_refused() {
        let mut over = Overstyring { min_host: Some(1), begrunnelse: "  ".into(), ..Overstyring::default() };
        assert_eq!(over.krev_begrunnelse(), Err(UtenBegrunnelse));
        over.begrunnelse = "Fire elever".into();
        assert_eq!(over.krev_begrunnelse(), Ok(()));
    }

    proptest! {
        #[test]
        fn the_unit_wins_over_the_kommune_and_the_kommune_over_the_region(k in overstyring(), e in overstyring()) {
            let region = Regelsett::default();
            let regel = gjeldende(&region, Some(&k), Some(&e));
            prop_assert_eq!(regel.min_host, e.min_host.or(k.min_host).unwrap_or(region.min_host));
            prop_assert_eq!(regel.min_varighet, e.min_varighet.or(k.min_varighet).unwrap_or(region.min_varighet));
            let faste = e.faste_tjenester.as_ref().or(k.faste_tjenester.as_ref()).unwrap_or(&region.faste_tjenester);
            prop_assert_eq!(&regel.faste_tjenester, faste);
            prop_assert_eq!(gjeldende(&region, Some(&k), None), gjeldende(&region, None, Some(&k)));
            prop_assert_eq!(gjeldende(&region, None, None), region);
        }

        #[test]
        fn more_children_never_lower_the_requirement(
            k in overstyring(), a in 0u32..600, b in 0u32..600, ar in 2000i32..2050,
        ) {
            let regel = gjeldende(&Regelsett::default(), Some(&k), None);
            for slag in Enhetstype::ALLE {
                for semester in [Semester::host(ar), Semester::var(ar)] {
                    let krav = |antall| regel.krav(slag, Some(antall), semester);
                    prop_assert!(krav(a.min(b)) <= krav(a.max(b)));
                    prop_assert!(regel.krav(slag, None, semester) <= krav(a));
                }
            }
        }
    }
}
