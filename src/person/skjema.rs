//! The form of a person, and what it must hold.
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::db::Person;
use crate::{
    tid,
    web::{Feil, Leser},
};

/// The fields as they were typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Raw {
    pub(super) versjon: i32,
    pub(super) navn: String,
    pub(super) tittel: String,
    pub(super) epost: String,
    pub(super) telefon: String,
    pub(super) tjeneste: String,
    pub(super) enhet: String,
    pub(super) gyldig_fra: String,
    pub(super) gyldig_til: String,
}

/// A person as somebody wants them.
#[derive(Debug)]
pub(super) struct Onsket {
    pub(super) navn: String,
    pub(super) tittel: String,
    pub(super) epost: String,
    pub(super) telefon: String,
    pub(super) tjeneste: Option<Uuid>,
    pub(super) enhet: Option<Uuid>,
    pub(super) gyldig_fra: Date,
    pub(super) gyldig_til: Option<Date>,
}

impl Raw {
    pub(super) fn ny(i_dag: Date) -> Self {
        Self { gyldig_fra: tid::iso(i_dag), ..Self::default() }
    }

    pub(super) fn av(person: &Person) -> Self {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            versjon: person.versjon,
            navn: person.navn.clone(),
            tittel: person.tittel.clone(),
            epost: person.epost.clone(),
            telefon: person.telefon.clone(),
            tjeneste: id(person.tjeneste_id),
            enhet: id(person.enhet_id),
            gyldig_fra: tid::iso(person.gyldig_fra),
            gyldig_til: person.gyldig_til.map(tid::iso).unwrap_or_default(),
        }
    }

    pub(super) fn les(&self) -> Result<Onsket, Feil> {
        let mut leser = Leser::default();
        let navn = leser.tekst("navn", "Navn", &self.navn, 100);
        let tittel = leser.valgfri("tittel", "Tittel", &self.tittel, 100);
        let epost = leser.kontakt("epost", "E-post", &self.epost, 200).to_lowercase();
        leser.krev("epost", er_epost(&epost), "Skriv en hel e-postadresse, for eksempel kari@kommunen.no");
        let telefon = leser.kontakt("telefon", "Telefon", &self.telefon, 20);
        let siffer = telefon.chars().filter(char::is_ascii_digit).count();
        let bare_tall = telefon.chars().all(|c| c.is_ascii_digit() || c == ' ') || telefon.starts_with('+');
        leser.krev("telefon", telefon.is_empty() || (bare_tall && (5..=15).contains(&siffer)), TELEFON);
        let mut valgt = |felt: &str, navn: &str, raw: &str| {
            (!raw.is_empty()).then(|| leser.valg::<Uuid>(felt, navn, raw)).flatten()
        };
        let tjeneste = valgt("tjeneste", "Tjeneste", &self.tjeneste);
        let enhet = valgt("enhet", "Enhet", &self.enhet);
        let gyldig_fra = leser.dato("gyldig_fra", "Første dag", &self.gyldig_fra);
        let gyldig_til = leser.valgfri_dato("gyldig_til", "Siste dag", &self.gyldig_til);
        leser.krev(
            "gyldig_til",
            gyldig_til.is_none_or(|til| til >= gyldig_fra),
            "Siste dag kan ikke være før første dag",
        );
        leser.ferdig(Onsket { navn, tittel, epost, telefon, tjeneste, enhet, gyldig_fra, gyldig_til })
    }

    /// What is stored now beside what was typed, where they differ.
    pub(super) fn utdatert(&self, lagret: &Self, ord: impl Fn(&str) -> String) -> Feil {
        Feil::utdatert(&[
            ("navn", &lagret.navn, self.navn.trim()),
            ("tittel", &lagret.tittel, self.tittel.trim()),
            ("epost", &lagret.epost, self.epost.trim()),
            ("telefon", &lagret.telefon, self.telefon.trim()),
            ("tjeneste", &ord(&lagret.tjeneste), &ord(&self.tjeneste)),
            ("enhet", &ord(&lagret.enhet), &ord(&self.enhet)),
            ("gyldig_fra", &dato(&lagret.gyldig_fra), &dato(&self.gyldig_fra)),
            ("gyldig_til", &dato(&lagret.gyldig_til), &dato(&self.gyldig_til)),
        ])
    }
}

const TELEFON: &str = "Skriv telefonnummeret med bare tall, for eksempel 22 22 22 22";

/// A date as people write it, or the text itself when it is none.
fn dato(raw: &str) -> String {
    tid::les_dato(raw.trim()).map_or_else(|| raw.trim().to_owned(), tid::dato)
}

/// Whether a text can be an e-mail address: something, one @, something with a dot.
pub(super) fn er_epost(tekst: &str) -> bool {
    let uten_rom = tekst.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ','));
    let deler = tekst.split_once('@').filter(|(_, domene)| !domene.contains('@'));
    uten_rom && deler.is_some_and(|(navn, domene)| !navn.is_empty() && domene.len() > 2 && domene.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_place() {
        for rett in ["kari@kommunen.no", "o.n+1@a.example"] {
            assert!(er_epost(rett), "{rett}");
        }
        for feil in ["", "kari", "@kommunen.no", "kari@", "kari@kommunen", "ka ri@kommunen.no", "a@b@c.no", "<a@b.no>"]
        {
            assert!(!er_epost(feil), "{feil}");
        }
    }

    #[test]
    fn a_form_says_everything_that_is_wrong_at_once() {
        let raw = Raw {
            epost: "kari".into(),
            telefon: "ring meg".into(),
            tjeneste: "ppt".into(),
            gyldig_fra: "2026-11-18".into(),
            gyldig_til: "2026-11-17".into(),
            ..Raw::default()
        };
        let feil = raw.les().unwrap_err();
        let felter: Vec<&str> = feil.alle().iter().map(|(felt, _)| felt.as_str()).collect();
        assert_eq!(felter, ["navn", "epost", "telefon", "tjeneste", "gyldig_til"]);
    }
}
