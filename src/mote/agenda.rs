//! The rules of an agenda. No database, no web, no clock: only what is true.
use time::{Duration, Time};
use uuid::Uuid;

use super::{
    Elementtype, Moteelement,
    element::{LENGSTE_TITTEL, MINUTTER},
};
use crate::tekst::Kjennetegn;

/// The longest an agenda may be in all, in minutes: half a day and night, so that a møte ends the day it begins.
const LENGSTE_AGENDA: u32 = 720;

/// Elements in order; the first has plass 1. Locked once the møte is ferdigstilt.
#[derive(Clone, Debug)]
pub struct Agenda {
    elementer: Vec<Moteelement>,
    last: bool,
}

/// A rule of the agenda that would be broken, in words for the person who tries.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Regelbrudd {
    #[error("Agendaen er låst fordi møtet er ferdigstilt.")]
    Last,
    #[error("Elementet står ikke på agendaen. Kanskje noen andre har fjernet det; last siden på nytt.")]
    UkjentElement,
    #[error(
        "Agendaen er på {varighet} minutter. Planen sier at et TST-møte skal ha minst {minste}. \
         Legg til tid, eller skriv hvorfor dette møtet er kortere."
    )]
    ForKort { varighet: u32, minste: u32 },
    #[error("«{0}» er et av de tre elementene planen krever, og kan ikke fjernes. Du kan endre tittel og tid.")]
    FraMalen(String),
    #[error(
        "De tre elementene fra planen står i fast rekkefølge: generell diskusjon, veiledning, observasjon. \
         Andre elementer kan stå hvor som helst."
    )]
    Rekkefolge,
    #[error("Agendaen har allerede et element for {0}. Velg «Annet» for et nytt punkt.")]
    FinnesAllerede(Elementtype),
    #[error("Elementet må ha en tittel.")]
    UtenTittel,
    #[error("Tittelen er for lang. Bruk høyst {LENGSTE_TITTEL} tegn.")]
    ForLangTittel,
    #[error("Ikke skriv {0} i agendaen.")]
    Kjennetegn(Kjennetegn),
    #[error("Agendaen blir på {0} minutter. Et møte kan vare i høyst {LENGSTE_AGENDA}.")]
    ForLang(u32),
    #[error("Et element må vare fra {} til {} minutter.", MINUTTER.start(), MINUTTER.end())]
    Minutter,
}

impl Agenda {
    pub fn new(elementer: Vec<Moteelement>, last: bool) -> Self {
        Self { elementer, last }
    }

    pub fn elementer(&self) -> &[Moteelement] {
        &self.elementer
    }

    /// Total minutes.
    pub fn varighet(&self) -> u32 {
        self.elementer.iter().map(|e| e.minutter).sum()
    }

    /// When each element begins and ends, for a møte that begins at `start`.
    pub fn klokkeslett(&self, start: Time) -> Vec<(Time, Time)> {
        let mut fra = start;
        let tider = self.elementer.iter().map(|element| {
            let til = fra + Duration::minutes(element.minutter.into());
            (std::mem::replace(&mut fra, til), til)
        });
        tider.collect()
    }

    /// Asks for at least `minste` minutes, or a reason why not (Strategisk plan, Nord-Østerdal, kap. 6).
    pub fn krev_full_lengde(&self, minste: u32, begrunnelse: Option<&str>) -> Result<(), Regelbrudd> {
        let varighet = self.varighet();
        let begrunnet = begrunnelse.is_some_and(|b| !b.trim().is_empty());
        if varighet >= minste || begrunnet { Ok(()) } else { Err(Regelbrudd::ForKort { varighet, minste }) }
    }

    /// Refuses an agenda longer than a day has room for.
    pub fn krev_plass(&self) -> Result<(), Regelbrudd> {
        krev_plass_til(self.varighet())
    }

    /// Moves an element to `plass`, counted from 1; a plass past the end means last.
    pub fn flytt(&mut self, id: Uuid, plass: usize) -> Result<(), Regelbrudd> {
        let fra = self.finn_apen(id)?;
        let mut ny = self.elementer.clone();
        let element = ny.remove(fra);
        let er_fast = element.elementtype.er_fast();
        ny.insert(plass.saturating_sub(1).min(ny.len()), element);
        if er_fast && !ny.iter().map(|e| e.elementtype).filter(|e| e.er_fast()).is_sorted() {
            return Err(Regelbrudd::Rekkefolge);
        }
        self.elementer = ny;
        Ok(())
    }

    /// Moves an element one place earlier; the first stays where it is.
    pub fn opp(&mut self, id: Uuid) -> Result<(), Regelbrudd> {
        let fra = self.finn_apen(id)?;
        self.flytt(id, fra)
    }

    /// Moves an element one place later; the last stays where it is.
    pub fn ned(&mut self, id: Uuid) -> Result<(), Regelbrudd> {
        let fra = self.finn_apen(id)?;
        self.flytt(id, fra + 2)
    }

    /// Whether `opp` would move it, for pages that offer only what works.
    pub fn kan_opp(&self, id: Uuid) -> bool {
        self.endrer(id, Self::opp)
    }

    /// Whether `ned` would move it.
    pub fn kan_ned(&self, id: Uuid) -> bool {
        self.endrer(id, Self::ned)
    }

    fn endrer(&self, id: Uuid, flytting: fn(&mut Self, Uuid) -> Result<(), Regelbrudd>) -> bool {
        let mut proving = self.clone();
        flytting(&mut proving, id).is_ok() && proving.elementer != self.elementer
    }

    /// Adds an element last. The plan's three are there from the start, so another of those is refused.
    pub fn legg_til(&mut self, element: Moteelement) -> Result<(), Regelbrudd> {
        self.krev_apen()?;
        element.sjekk()?;
        krev_plass_til(self.varighet() + element.minutter)?;
        let slag = element.elementtype;
        if slag.er_fast() && self.elementer.iter().any(|e| e.elementtype == slag) {
            return Err(Regelbrudd::FinnesAllerede(slag));
        }
        let plass = match slag {
            Elementtype::Annet => None,
            _ => self.elementer.iter().position(|e| e.elementtype.er_fast() && e.elementtype > slag),
        };
        self.elementer.insert(plass.unwrap_or(self.elementer.len()), element);
        Ok(())
    }

    /// Gives an element another title and length.
    pub fn endre(&mut self, id: Uuid, tittel: &str, minutter: u32) -> Result<(), Regelbrudd> {
        let plass = self.finn_apen(id)?;
        let nytt = Moteelement { tittel: tittel.trim().to_owned(), minutter, ..self.elementer[plass].clone() };
        nytt.sjekk()?;
        krev_plass_til(self.varighet() - self.elementer[plass].minutter + minutter)?;
        self.elementer[plass] = nytt;
        Ok(())
    }

    /// Gives several elements another title and length at once; only the sum at the end counts, and a refusal changes nothing.
    pub fn endre_alle(&mut self, endringer: &[(Uuid, String, u32)]) -> Result<(), Regelbrudd> {
        let mut ny = self.clone();
        for (id, tittel, minutter) in endringer {
            let plass = ny.finn_apen(*id)?;
            let nytt =
                Moteelement { tittel: tittel.trim().to_owned(), minutter: *minutter, ..ny.elementer[plass].clone() };
            nytt.sjekk()?;
            ny.elementer[plass] = nytt;
        }
        ny.krev_plass()?;
        *self = ny;
        Ok(())
    }

    /// Takes an element off the agenda; never one of the plan's three.
    pub fn fjern(&mut self, id: Uuid) -> Result<(), Regelbrudd> {
        let plass = self.finn_apen(id)?;
        if self.elementer[plass].elementtype.er_fast() {
            return Err(Regelbrudd::FraMalen(self.elementer[plass].tittel.clone()));
        }
        self.elementer.remove(plass);
        Ok(())
    }

    fn krev_apen(&self) -> Result<(), Regelbrudd> {
        if self.last { Err(Regelbrudd::Last) } else { Ok(()) }
    }

    fn finn_apen(&self, id: Uuid) -> Result<usize, Regelbrudd> {
        self.krev_apen()?;
        self.elementer.iter().position(|e| e.id == id).ok_or(Regelbrudd::UkjentElement)
    }
}

fn krev_plass_til(varighet: u32) -> Result<(), Regelbrudd> {
    if varighet > LENGSTE_AGENDA { Err(Regelbrudd::ForLang(varighet)) } else { Ok(()) }
}

impl From<Regelbrudd> for crate::Error {
    /// What was typed can be mended (422); what the agenda's state forbids cannot (409).
    fn from(regel: Regelbrudd) -> Self {
        match regel {
            Regelbrudd::UtenTittel
            | Regelbrudd::ForLangTittel
            | Regelbrudd::Kjennetegn(_)
            | Regelbrudd::Minutter
            | Regelbrudd::ForLang(_)
            | Regelbrudd::ForKort { .. } => Self::Ugyldig(regel.to_string()),
            _ => Self::Regelbrudd(regel.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::time;

    use super::*;
    use crate::tekst::inneholder_fodselsnummer;

    fn id(nr: usize) -> Uuid {
        Uuid::from_u128(nr as u128)
    }

    fn element(nr: usize, elementtype: Elementtype, minutter: u32) -> Moteelement {
        Moteelement { id: id(nr), elementtype, tittel: format!("Punkt {nr}"), minutter }
    }

    /// The plan's three as 0, 1 and 2, then `andre` more.
    fn agenda(andre: usize) -> Agenda {
        let slag = |nr| Elementtype::ALLE[usize::min(nr, 3)];
        Agenda::new((0..3 + andre).map(|nr| element(nr, slag(nr), 50)).collect(), false)
    }

    fn faste(a: &Agenda) -> Vec<Elementtype> {
        a.elementer().iter().map(|e| e.elementtype).filter(|e| e.er_fast()).collect()
    }

    #[derive(Clone, Debug)]
    enum Steg {
        Flytt(usize, usize),
        Opp(usize),
        Ned(usize),
        LeggTil(usize, u32),
        Endre(usize, u32),
        Fjern(usize),
    }

    fn flytting() -> impl Strategy<Value = Steg> {
        prop_oneof![
            (0usize..12, 0usize..14).prop_map(|(e, p)| Steg::Flytt(e, p)),
            (0usize..12).prop_map(Steg::Opp),
            (0usize..12).prop_map(Steg::Ned),
        ]
    }

    fn steg() -> impl Strategy<Value = Steg> {
        prop_oneof![
            flytting(),
            (20usize..40, 0u32..600).prop_map(|(e, m)| Steg::LeggTil(e, m)),
            (0usize..40, 0u32..600).prop_map(|(e, m)| Steg::Endre(e, m)),
            (0usize..40).prop_map(Steg::Fjern),
        ]
    }

    fn ga(a: &mut Agenda, steg: &Steg) -> Result<(), Regelbrudd> {
        match *steg {
            Steg::Flytt(e, p) => a.flytt(id(e), p),
            Steg::Opp(e) => a.opp(id(e)),
            Steg::Ned(e) => a.ned(id(e)),
            Steg::LeggTil(e, m) => a.legg_til(element(e, Elementtype::Annet, m)),
            Steg::Endre(e, m) => a.endre(id(e), "Nytt navn", m),
            Steg::Fjern(e) => a.fjern(id(e)),
        }
    }

    proptest! {
        #[test]
        fn no_moves_lose_an_element_or_turn_the_three_around(
            andre in 0usize..9, alle in prop::collection::vec(flytting(), 0..40),
        ) {
            let mut a = agenda(andre);
            for steg in &alle {
                let _ = ga(&mut a, steg);
                prop_assert_eq!(faste(&a), &Elementtype::ALLE[..3]);
            }
            let mut ider: Vec<_> = a.elementer().iter().map(|e| e.id).collect();
            ider.sort();
            prop_assert_eq!(ider, (0..3 + andre).map(id).collect::<Vec<_>>());
        }

        #[test]
        fn whatever_is_done_the_three_stay_and_the_sum_is_right(alle in prop::collection::vec(steg(), 0..40)) {
            let mut a = agenda(2);
            for steg in &alle {
                let for_steget = a.elementer().to_vec();
                if ga(&mut a, steg).is_err() {
                    prop_assert_eq!(a.elementer(), &for_steget[..], "a refused step changes nothing");
                }
            }
            prop_assert_eq!(faste(&a), &Elementtype::ALLE[..3]);
            prop_assert!(a.varighet() <= LENGSTE_AGENDA);
            prop_assert!(a.elementer().iter().all(|e| MINUTTER.contains(&e.minutter)));
            let tider = a.klokkeslett(time!(0:00));
            let sum: i64 = tider.iter().map(|(fra, til)| (*til - *fra).whole_minutes().rem_euclid(1440)).sum();
            prop_assert_eq!(sum, i64::from(a.varighet()));
            prop_assert!(tider.windows(2).all(|par| par[0].1 == par[1].0));
        }

        #[test]
        fn an_allowed_move_lands_where_asked(andre in 1usize..9, hvem in 0usize..12, plass in 1usize..20) {
            let mut a = agenda(andre);
            let hvem = hvem % (3 + andre);
            match a.flytt(id(hvem), plass) {
                Ok(()) => prop_assert_eq!(a.elementer()[plass.min(3 + andre) - 1].id, id(hvem)),
                Err(brudd) => prop_assert!(brudd == Regelbrudd::Rekkefolge && hvem < 3),
            }
        }

        #[test]
        fn the_buttons_tell_the_truth(
            andre in 0usize..6, alle in prop::collection::vec(flytting(), 0..20), hvem in 0usize..9,
        ) {
            let mut a = agenda(andre);
            for steg in &alle {
                let _ = ga(&mut a, steg);
            }
            let foran = a.elementer().to_vec();
            let (kan_opp, kan_ned) = (a.kan_opp(id(hvem)), a.kan_ned(id(hvem)));
            let mut b = a.clone();
            let flyttet = a.opp(id(hvem)).is_ok() && a.elementer() != foran;
            prop_assert_eq!(kan_opp, flyttet);
            let flyttet = b.ned(id(hvem)).is_ok() && b.elementer() != foran;
            prop_assert_eq!(kan_ned, flyttet);
        }

        #[test]
        fn a_locked_agenda_refuses_everything(alle in prop::collection::vec(steg(), 1..20)) {
            let mut a = Agenda::new(agenda(2).elementer().to_vec(), true);
            for steg in &alle {
                prop_assert_eq!(ga(&mut a, steg), Err(Regelbrudd::Last));
            }
        }
    }

    #[test]
    fn up_and_down_are_one_step_and_stop_at_the_ends() {
        let mut a = agenda(2);
        let rekke = |a: &Agenda| a.elementer().iter().map(|e| e.id.as_u128()).collect::<Vec<_>>();
        a.opp(id(3)).unwrap();
        assert_eq!(rekke(&a), [0, 1, 3, 2, 4]);
        a.ned(id(1)).unwrap();
        assert_eq!(rekke(&a), [0, 3, 1, 2, 4]);
        a.ned(id(4)).unwrap();
        assert_eq!((a.ned(id(1)), a.opp(id(1)), a.opp(id(0))), (Err(Regelbrudd::Rekkefolge), Ok(()), Ok(())));
        assert_eq!(rekke(&a), [0, 1, 3, 2, 4]);
    }

    #[test]
    fn two_and_a_half_hours_is_enough_and_a_minute_less_needs_a_reason() {
        let mut a = agenda(0);
        assert_eq!(a.krev_full_lengde(150, None), Ok(()));
        a.endre(id(2), "Observasjon", 49).unwrap();
        let brudd = Regelbrudd::ForKort { varighet: 149, minste: 150 };
        assert_eq!(a.krev_full_lengde(150, None), Err(brudd.clone()));
        assert_eq!(a.krev_full_lengde(150, Some("  ")), Err(brudd.clone()));
        assert_eq!(a.krev_full_lengde(150, Some("Bare ett tema")), Ok(()));
        assert!(brudd.to_string().contains("er på 149 minutter. Planen sier at et TST-møte skal ha minst 150. Legg"));
    }

    #[test]
    fn the_plans_three_stay_and_others_come_and_go() {
        let mut a = agenda(1);
        assert_eq!(a.fjern(id(1)), Err(Regelbrudd::FraMalen("Punkt 1".into())));
        assert_eq!(a.fjern(id(3)), Ok(()));
        assert_eq!(a.fjern(id(3)), Err(Regelbrudd::UkjentElement));
        let dobbel = element(9, Elementtype::Veiledning, 20);
        assert_eq!(a.legg_til(dobbel), Err(Regelbrudd::FinnesAllerede(Elementtype::Veiledning)));
        let nummer = (0..1000).map(|i| format!("Om 010190 12{i:03}")).find(|n| inneholder_fodselsnummer(n)).unwrap();
        let fnr = Moteelement { tittel: nummer, ..element(9, Elementtype::Annet, 20) };
        assert_eq!(a.legg_til(fnr), Err(Regelbrudd::Kjennetegn(Kjennetegn::Fodselsnummer)));
    }

    #[test]
    fn a_missing_one_of_the_three_is_added_in_its_place() {
        let mut a =
            Agenda::new(vec![element(0, Elementtype::Generell, 50), element(2, Elementtype::Observasjon, 50)], false);
        a.legg_til(element(1, Elementtype::Veiledning, 50)).unwrap();
        assert_eq!(faste(&a), &Elementtype::ALLE[..3]);
    }

    #[test]
    fn the_clock_follows_the_minutes() {
        let tider = agenda(0).klokkeslett(time!(8:30));
        assert_eq!(tider[1], (time!(9:20), time!(10:10)));
        assert_eq!(tider[2].1, time!(11:00));
    }
}
