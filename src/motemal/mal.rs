//! The rules of a motemal: what an agenda must hold before møter may be made from it.
use crate::mote::Elementtype;

/// The longest an agenda may be in all, in minutes: as for a møte.
const LENGSTE: u32 = 720;

/// One element of a motemal, in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malelement {
    pub elementtype: Elementtype,
    pub tittel: String,
    /// What the leader is told about it.
    pub hjelp: String,
    /// Minutes set aside.
    pub minutter: u32,
}

/// What a version of a motemal says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mal {
    pub navn: String,
    /// Said when a møte begins: the child's best.
    pub apning: String,
    /// The round it ends with.
    pub avrunding: String,
    /// What to see to before and after, one thing on each line.
    pub sjekk_for: String,
    pub sjekk_etter: String,
    pub elementer: Vec<Malelement>,
}

/// A rule of the motemal that would be broken, in words for the person who tries.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Regelbrudd {
    #[error("Malen må ha minst ett element")]
    Tom,
    #[error("Planen sier at et TST-møte har tre elementer. «{0}» mangler")]
    Mangler(Elementtype),
    #[error("«{0}» står flere ganger. Bruk «Annet» for punkter utenom planens tre")]
    Flere(Elementtype),
    #[error(
        "Planens tre elementer står i fast rekkefølge: generell diskusjon, veiledning, observasjon. \
         Andre elementer kan stå hvor som helst"
    )]
    Rekkefolge,
    #[error("Malen er på {varighet} minutter. Regelen sier at et TST-møte skal ha minst {minste}. Legg til tid")]
    ForKort { varighet: u32, minste: u32 },
    #[error("Malen er på {0} minutter. Et møte kan vare i høyst {LENGSTE}")]
    ForLang(u32),
}

/// Minutes in all.
pub(super) fn varighet(elementer: &[Malelement]) -> u32 {
    elementer.iter().map(|e| e.minutter).sum()
}

/// Whether møter may be made from these elements. A TST holds the plan's three in order and is at least `minste` minutes
/// (Strategisk plan, Nord-Østerdal, kap. 6); other fora decide for themselves.
pub fn sjekk(er_tst: bool, elementer: &[Malelement], minste: u32) -> Result<(), Regelbrudd> {
    if elementer.is_empty() {
        return Err(Regelbrudd::Tom);
    }
    let varighet = varighet(elementer);
    if varighet > LENGSTE {
        return Err(Regelbrudd::ForLang(varighet));
    }
    if !er_tst {
        return Ok(());
    }
    let faste: Vec<Elementtype> = elementer.iter().map(|e| e.elementtype).filter(|t| t.er_fast()).collect();
    for fast in Elementtype::ALLE.into_iter().filter(|t| t.er_fast()) {
        match faste.iter().filter(|t| **t == fast).count() {
            0 => return Err(Regelbrudd::Mangler(fast)),
            1 => {}
            _ => return Err(Regelbrudd::Flere(fast)),
        }
    }
    if !faste.is_sorted() {
        return Err(Regelbrudd::Rekkefolge);
    }
    if varighet < minste { Err(Regelbrudd::ForKort { varighet, minste }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn element(elementtype: Elementtype, minutter: u32) -> Malelement {
        Malelement { elementtype, tittel: elementtype.navn().to_owned(), hjelp: String::new(), minutter }
    }

    fn elementer() -> impl Strategy<Value = Vec<Malelement>> {
        let ett = (prop::sample::select(Elementtype::ALLE.to_vec()), 5u32..120).prop_map(|(t, m)| element(t, m));
        prop::collection::vec(ett, 0..6)
    }

    #[test]
    fn the_plans_three_in_order_and_two_and_a_half_hours() {
        use Elementtype::{Annet, Generell, Observasjon, Veiledning};
        let mal = |deler: &[(Elementtype, u32)]| deler.iter().map(|(t, m)| element(*t, *m)).collect::<Vec<_>>();
        let hel = mal(&[(Generell, 45), (Veiledning, 60), (Annet, 5), (Observasjon, 45)]);
        assert_eq!(sjekk(true, &hel, 150), Ok(()));
        assert_eq!(sjekk(true, &hel[..3], 30), Err(Regelbrudd::Mangler(Observasjon)));
        let feil = mal(&[(Veiledning, 60), (Generell, 60), (Observasjon, 60)]);
        assert_eq!(sjekk(true, &feil, 150), Err(Regelbrudd::Rekkefolge));
        assert_eq!(sjekk(false, &feil, 150), Ok(()));
        let kort = mal(&[(Generell, 45), (Veiledning, 60), (Observasjon, 44)]);
        assert_eq!(sjekk(true, &kort, 150), Err(Regelbrudd::ForKort { varighet: 149, minste: 150 }));
        assert_eq!(sjekk(false, &[], 0), Err(Regelbrudd::Tom));
    }

    proptest! {
        #[test]
        fn what_a_tst_accepts_holds_the_three_once_in_order_and_is_long_enough(alle in elementer(), minste in 30u32..300) {
            if sjekk(true, &alle, minste).is_ok() {
                let faste: Vec<_> = alle.iter().map(|e| e.elementtype).filter(|t| t.er_fast()).collect();
                prop_assert_eq!(faste, Elementtype::ALLE[..3].to_vec());
                prop_assert!((minste..=LENGSTE).contains(&varighet(&alle)));
                prop_assert_eq!(sjekk(false, &alle, minste), Ok(()));
            }
        }
    }
}
