//! The form of what the staff learned: raw strings in, a checked command out.
use serde::Deserialize;
use uuid::Uuid;

use super::db::Lagret;
use crate::{
    tjeneste::Tjenestetype,
    web::{Feil, Leser},
};

/// The longest theme and the longest name of a role or a service, in characters.
const LENGSTE_TEMA: usize = 200;
const LENGSTE_VEILEDER: usize = 120;

/// What a form says; everything in it is checked.
#[derive(Clone, Debug)]
pub(super) struct Oppgitt {
    pub(super) tema: String,
    pub(super) tjeneste: Tjenestetype,
    pub(super) veileder: String,
    pub(super) antall: i32,
}

/// The form as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) nokkel: String,
    pub(super) versjon: String,
    pub(super) tema: String,
    pub(super) tjenestetype: String,
    pub(super) veileder: String,
    pub(super) antall: String,
}

impl Felter {
    pub(super) fn nye() -> Self {
        Self { nokkel: Uuid::new_v4().to_string(), ..Self::default() }
    }

    pub(super) fn fra(lagret: &Lagret) -> Self {
        Self {
            nokkel: String::new(),
            versjon: lagret.versjon.to_string(),
            tema: lagret.tema.clone(),
            tjenestetype: lagret.tjeneste.slug().to_owned(),
            veileder: lagret.veileder.clone(),
            antall: lagret.antall.to_string(),
        }
    }

    pub(super) fn versjon(&self) -> i32 {
        self.versjon.parse().unwrap_or_default()
    }

    pub(super) fn les(&self) -> Result<Oppgitt, Feil> {
        let mut leser = Leser::default();
        let tema = leser.tekst("tema", "Tema", &self.tema, LENGSTE_TEMA);
        let tjeneste = leser.valg("tjenestetype", "Hvem veiledet?", &self.tjenestetype);
        let veileder = leser.valgfri("veileder", "Rolle eller tjeneste", &self.veileder, LENGSTE_VEILEDER);
        let uten_navn = tjeneste == Some(Tjenestetype::Annen) && veileder.is_empty();
        leser.krev("veileder", !uten_navn, "Skriv hvilken rolle eller tjeneste som veiledet");
        let antall = leser.tall("antall", "Antall ansatte", &self.antall, 1..=999);
        leser.krev("antall", antall.is_some(), "Skriv hvor mange ansatte veiledningen nådde");
        leser.ferdig(Oppgitt {
            tema,
            tjeneste: tjeneste.unwrap_or(Tjenestetype::Annen),
            veileder,
            antall: antall.unwrap_or_default(),
        })
    }

    /// What is stored now beside what was typed.
    pub(super) fn utdatert(&self, na: &Self) -> Feil {
        let ord = |slug: &str| slug.parse().map_or("", Tjenestetype::navn);
        Feil::utdatert(&[
            ("tema", &na.tema, self.tema.trim()),
            ("tjenestetype", ord(&na.tjenestetype), ord(&self.tjenestetype)),
            ("veileder", &na.veileder, self.veileder.trim()),
            ("antall", &na.antall, self.antall.trim()),
        ])
    }
}
