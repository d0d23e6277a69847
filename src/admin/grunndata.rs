//! What lists and forms of kommuner, tjenester and enheter have in common: they are never deleted, only ended.
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use crate::{
    Error, Result, tekst, tid,
    web::{Feil, Leser},
};

/// What stands above every list of master data.
pub struct Listehode {
    pub tittel: &'static str,
    pub ingress: &'static str,
    /// Words and path of the form that makes a new one.
    pub ny: (&'static str, &'static str),
    /// Label of the search field.
    pub sok: &'static str,
}

/// What every form of master data holds beside its own fields.
pub struct Skjemahode {
    pub overskrift: String,
    /// Words and path of the list it came from.
    pub liste: (&'static str, &'static str),
    /// Where the form is sent.
    pub sti: String,
    pub knapp: &'static str,
    /// Makes a new thing sent twice one thing; empty when something is edited.
    pub nokkel: String,
    /// The row version that is edited; empty when the thing is new.
    pub versjon: String,
    pub feil: Feil,
    pub slutt: Option<Slutt>,
}

/// How one thing of the master data is ended or reopened.
pub struct Slutt {
    /// What it is called, in the definite form: «kommunen».
    pub hva: &'static str,
    pub gyldig_til: Option<Date>,
    pub i_dag: Date,
    /// The last day, as typed.
    pub siste_dag: String,
    /// What follows from ending it, in sentences.
    pub folger: Vec<String>,
}

impl Slutt {
    /// When it ends, in words; `None` while it goes on.
    pub fn i_ord(&self) -> Option<String> {
        let til = self.gyldig_til?;
        let ord = if til < self.i_dag { "Avsluttet. Siste dag var" } else { "Avsluttes. Siste dag er" };
        Some(format!("{ord} {}.", tid::dato(til)))
    }
}

/// The form that ends something, and with nothing but its version the one that reopens it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Avslutning {
    pub siste_dag: String,
    pub versjon: String,
}

impl Avslutning {
    /// The last day; the first possible one is when the thing began.
    pub fn les(&self) -> Result<Date, Feil> {
        let mut leser = Leser::default();
        let dag = leser.dato("siste_dag", "Siste dag", &self.siste_dag);
        leser.ferdig(dag)
    }

    pub fn versjon(&self) -> i32 {
        les_versjon(&self.versjon)
    }
}

/// The row version a form holds; one that is none fits no row.
pub fn les_versjon(versjon: &str) -> i32 {
    versjon.parse().unwrap_or_default()
}

/// What the page of a thing is filled with: what is stored, what was typed and is wrong, or what was typed on a stale page.
pub enum Vist<F> {
    Lagret,
    Skrevet(F, Feil),
    Utdatert(F),
    /// What is stored, and why it could not be ended or reopened.
    Slutt(Avslutning, Feil),
}

impl<F> Vist<F> {
    /// What the fields hold, what is wrong with them, and the last day where one was typed. `utdatert` sets what was typed
    /// on a stale page beside what is stored.
    pub fn fyll(self, lagret: F, utdatert: impl FnOnce(F, &F) -> (F, Feil)) -> (F, Feil, Option<String>) {
        match self {
            Self::Lagret => (lagret, Feil::default(), None),
            Self::Skrevet(skrevet, feil) => (skrevet, feil, None),
            Self::Utdatert(skrevet) => {
                let (felter, feil) = utdatert(skrevet, &lagret);
                (felter, feil, None)
            }
            Self::Slutt(skjema, feil) => (lagret, feil, Some(skjema.siste_dag)),
        }
    }
}

/// What a write came to.
pub enum Utgang {
    Lagret,
    /// Somebody else had saved in the meantime.
    Utdatert,
    Feil(Feil),
}

/// Sorts what a write answered (`false` is a stale page): a broken rule of ending belongs to the last day, what
/// `feltfeil` knows belongs to its field, and the rest is an error.
pub fn utgang(lagret: Result<bool>, feltfeil: impl Fn(&Error) -> Option<Feil>) -> Result<Utgang> {
    match lagret {
        Ok(true) => Ok(Utgang::Lagret),
        Ok(false) => Ok(Utgang::Utdatert),
        Err(Error::Regelbrudd(ord)) => Ok(Utgang::Feil(Feil::en("siste_dag", &ord))),
        Err(error) => feltfeil(&error).map(Utgang::Feil).ok_or(error),
    }
}

/// The error of a first day after the last, said at the field that was sent.
pub fn finnes_fra(felt: &str) -> Feil {
    let melding = match felt {
        "siste_dag" => "Siste dag kan ikke være før den første dagen den var med",
        _ => "Den første dagen kan ikke være etter den siste",
    };
    Feil::en(felt, melding)
}

impl Skjemahode {
    /// The page of a form that makes something new.
    pub fn ny(overskrift: &str, liste: (&'static str, &'static str), sti: &str, nokkel: &str, feil: Feil) -> Self {
        let nokkel = if nokkel.is_empty() { Uuid::new_v4().to_string() } else { nokkel.to_owned() };
        Self {
            overskrift: overskrift.to_owned(),
            liste,
            sti: sti.to_owned(),
            knapp: "Legg til",
            nokkel,
            versjon: String::new(),
            feil,
            slutt: None,
        }
    }

    /// The page of a form that edits, ends or reopens what stands.
    pub fn endre(
        overskrift: &str,
        liste: (&'static str, &'static str),
        sti: String,
        versjon: &str,
        feil: Feil,
        slutt: Slutt,
    ) -> Self {
        Self {
            overskrift: overskrift.to_owned(),
            liste,
            sti,
            knapp: "Lagre endringene",
            nokkel: String::new(),
            versjon: versjon.to_owned(),
            feil,
            slutt: Some(slutt),
        }
    }
}

/// An organisasjonsnummer that may be left out; spaces between its digits do not count.
pub fn les_orgnr(leser: &mut Leser, raw: &str) -> Option<String> {
    let orgnr: String = raw.chars().filter(|tegn| !tegn.is_whitespace()).collect();
    let rett = orgnr.is_empty() || tekst::orgnr_gyldig(&orgnr);
    leser.krev(
        "orgnr",
        rett,
        "Organisasjonsnummeret har ni sifre, og det siste er et kontrollsiffer. Se etter en skrivefeil",
    );
    (rett && !orgnr.is_empty()).then_some(orgnr)
}
