//! The form of a new version: rows of elements that can be added, removed and moved before anything is saved.
use std::collections::BTreeMap;

use uuid::Uuid;

use super::mal::{Mal, Malelement};
use crate::{
    Error, Result,
    mote::Elementtype,
    web::{Feil, Leser},
};

/// How many elements an agenda can have.
const FLEST: usize = 20;

/// The form as it was typed.
#[derive(Clone, Default)]
pub(super) struct Raw {
    pub(super) nokkel: String,
    /// The version it was made from; 0 when the forum had none.
    pub(super) basert_pa: i32,
    pub(super) navn: String,
    pub(super) apning: String,
    pub(super) avrunding: String,
    pub(super) sjekk_for: String,
    pub(super) sjekk_etter: String,
    /// Whether the agenda is shown as it would become.
    pub(super) vis: bool,
    pub(super) rader: Vec<Rad>,
}

/// One element as it was typed.
#[derive(Clone, Default)]
pub(super) struct Rad {
    pub(super) slag: String,
    pub(super) tittel: String,
    pub(super) hjelp: String,
    pub(super) minutter: String,
}

/// What a button of the form asks for; rows are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Knapp {
    Lagre,
    /// Show the agenda as it would become.
    Vis,
    LeggTil,
    Opp(usize),
    Ned(usize),
    Fjern(usize),
}

impl Raw {
    pub(super) fn av(mal: &Mal, versjon: i32) -> Self {
        let rad = |e: &Malelement| Rad {
            slag: e.elementtype.slug().to_owned(),
            tittel: e.tittel.clone(),
            hjelp: e.hjelp.clone(),
            minutter: e.minutter.to_string(),
        };
        Self {
            nokkel: Uuid::new_v4().to_string(),
            basert_pa: versjon,
            navn: mal.navn.clone(),
            apning: mal.apning.clone(),
            avrunding: mal.avrunding.clone(),
            sjekk_for: mal.sjekk_for.clone(),
            sjekk_etter: mal.sjekk_etter.clone(),
            vis: false,
            rader: mal.elementer.iter().map(rad).collect(),
        }
    }

    /// The form and its button from the fields that were sent.
    pub(super) fn fra(felter: &[(String, String)]) -> (Self, Knapp) {
        let mut raw = Self::default();
        let mut knapp = Knapp::Lagre;
        let mut rader: BTreeMap<usize, Rad> = BTreeMap::new();
        for (navn, verdi) in felter {
            match navn.as_str() {
                "nokkel" => raw.nokkel.clone_from(verdi),
                "basert_pa" => raw.basert_pa = verdi.parse().unwrap_or_default(),
                "navn" => raw.navn.clone_from(verdi),
                "apning" => raw.apning.clone_from(verdi),
                "avrunding" => raw.avrunding.clone_from(verdi),
                "sjekk_for" => raw.sjekk_for.clone_from(verdi),
                "sjekk_etter" => raw.sjekk_etter.clone_from(verdi),
                "knapp" => knapp = Knapp::les(verdi),
                _ => {
                    let Some((felt, nr)) = navn.split_once('-') else { continue };
                    let Some(nr) = nr.parse().ok().filter(|nr| (1..=FLEST).contains(nr)) else { continue };
                    let rad = rader.entry(nr).or_default();
                    match felt {
                        "slag" => rad.slag.clone_from(verdi),
                        "tittel" => rad.tittel.clone_from(verdi),
                        "hjelp" => rad.hjelp.clone_from(verdi),
                        "minutter" => rad.minutter.clone_from(verdi),
                        _ => {}
                    }
                }
            }
        }
        raw.rader = rader.into_values().collect();
        (raw, knapp)
    }

    /// Changes the rows as a button asks; nothing is saved.
    pub(super) fn flytt(&mut self, knapp: Knapp) {
        let antall = self.rader.len();
        match knapp {
            Knapp::Vis => self.vis = true,
            Knapp::LeggTil if antall < FLEST => {
                self.rader.push(Rad { slag: "annet".into(), minutter: "15".into(), ..Rad::default() });
            }
            Knapp::Opp(nr) if (1..antall).contains(&nr) => self.rader.swap(nr, nr - 1),
            Knapp::Ned(nr) if nr + 1 < antall => self.rader.swap(nr, nr + 1),
            Knapp::Fjern(nr) if nr < antall => drop(self.rader.remove(nr)),
            _ => {}
        }
    }

    pub(super) fn les(&self) -> Result<Mal, Feil> {
        let mut leser = Leser::default();
        let navn = leser.tekst("navn", "Navn på malen", &self.navn, 100);
        let apning = leser.valgfri("apning", "Åpning", &self.apning, 500);
        let avrunding = leser.valgfri("avrunding", "Avrunding", &self.avrunding, 500);
        let mut liste = |felt: &str, navn: &str, raw: &str| {
            let tekst = leser.valgfri(felt, navn, raw, 1000);
            tekst.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
        };
        let sjekk_for = liste("sjekk_for", "Sjekkliste før møtet", &self.sjekk_for);
        let sjekk_etter = liste("sjekk_etter", "Sjekkliste etter møtet", &self.sjekk_etter);
        let mut elementer = Vec::new();
        for (nr, rad) in (1..).zip(&self.rader) {
            let elementtype: Option<Elementtype> = leser.valg(&format!("slag-{nr}"), "Slag", &rad.slag);
            let tittel = leser.tekst(&format!("tittel-{nr}"), "Tittel", &rad.tittel, 200);
            let hjelp = leser.valgfri(&format!("hjelp-{nr}"), "Hjelp til møtelederen", &rad.hjelp, 500);
            let felt = format!("minutter-{nr}");
            let minutter = leser.tall(&felt, "Minutter", &rad.minutter, 5..=480);
            leser.krev(&felt, minutter.is_some(), "Fyll ut «Minutter»");
            if let (Some(elementtype), Some(minutter)) = (elementtype, minutter) {
                elementer.push(Malelement { elementtype, tittel, hjelp, minutter: minutter.unsigned_abs() });
            }
        }
        leser.ferdig(Mal { navn, apning, avrunding, sjekk_for, sjekk_etter, elementer })
    }

    pub(super) fn les_nokkel(&self) -> Result<Uuid> {
        self.nokkel.parse().map_err(|_| Error::Ugyldig("Last siden på nytt og prøv igjen".into()))
    }

    /// Minutes in all, of the rows that hold a number.
    pub(super) fn sum(&self) -> u32 {
        self.rader.iter().filter_map(|r| r.minutter.trim().parse::<u32>().ok()).fold(0, u32::saturating_add)
    }
}

impl Knapp {
    fn les(verdi: &str) -> Self {
        let nr = |rest: &str| rest.parse::<usize>().ok().and_then(|nr| nr.checked_sub(1));
        match verdi.split_once('-') {
            Some(("opp", rest)) => nr(rest).map_or(Self::Lagre, Self::Opp),
            Some(("ned", rest)) => nr(rest).map_or(Self::Lagre, Self::Ned),
            Some(("fjern", rest)) => nr(rest).map_or(Self::Lagre, Self::Fjern),
            Some(("legg", "til")) => Self::LeggTil,
            _ if verdi == "vis" => Self::Vis,
            _ => Self::Lagre,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn felter(antall: usize) -> Vec<(String, String)> {
        let rad =
            |nr: usize| [(format!("tittel-{nr}"), format!("Sak {nr}")), (format!("minutter-{nr}"), "10".to_owned())];
        (1..=antall).flat_map(rad).collect()
    }

    proptest! {
        #[test]
        fn rows_are_moved_and_none_is_lost(antall in 0usize..20, nr in 0usize..25, opp in prop::bool::ANY) {
            let (mut raw, _) = Raw::fra(&felter(antall));
            let mut for_: Vec<String> = raw.rader.iter().map(|r| r.tittel.clone()).collect();
            raw.flytt(if opp { Knapp::Opp(nr) } else { Knapp::Ned(nr) });
            let mut etter: Vec<String> = raw.rader.iter().map(|r| r.tittel.clone()).collect();
            for_.sort();
            etter.sort();
            prop_assert_eq!(for_, etter);
            prop_assert_eq!(raw.sum(), 10 * u32::try_from(antall).unwrap());
        }

        #[test]
        fn any_fields_can_be_sent(felter in prop::collection::vec(("[a-z]{0,8}-?[0-9]{0,3}", "\\PC{0,8}"), 0..20)) {
            let (mut raw, knapp) = Raw::fra(&felter);
            raw.flytt(knapp);
            prop_assert!(raw.rader.len() <= FLEST);
        }
    }

    #[test]
    fn a_button_says_what_to_do_with_which_row() {
        let les = |verdi: &str| Raw::fra(&[("knapp".to_owned(), verdi.to_owned())]).1;
        assert_eq!(les("opp-2"), Knapp::Opp(1));
        assert_eq!(les("fjern-1"), Knapp::Fjern(0));
        assert_eq!(les("legg-til"), Knapp::LeggTil);
        for annet in ["lagre", "", "opp-", "opp-0", "ned-x"] {
            assert_eq!(les(annet), Knapp::Lagre, "{annet}");
        }
    }
}
