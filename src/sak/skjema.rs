//! The forms of a sak, as typed: raw text in, a command or the errors of its fields out.
use serde::Deserialize;
use uuid::Uuid;

use super::{Ny, Oppsett, Sak, Slag};
use crate::{
    mote::Elementtype,
    tiltak::Niva,
    web::{Feil, Leser},
};

/// The longest heading, the longest text, the longest reference and the longest reason, in characters.
const TITTEL: usize = 120;
const TEKST: usize = 2_000;
const REFERANSE: usize = 60;
const GRUNN: usize = 500;

/// A need as it is reported.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Melding {
    pub(super) nokkel: String,
    pub(super) tittel: String,
    pub(super) beskrivelse: String,
    pub(super) samtykke_ref: String,
}

impl Melding {
    pub(super) fn tom() -> Self {
        Self { nokkel: Uuid::new_v4().to_string(), ..Self::default() }
    }

    pub(super) fn les(&self, slag: Slag) -> Result<Ny, Feil> {
        let mut leser = Leser::default();
        let samtykke_ref = match slag {
            Slag::Samtykke => leser.tekst("samtykke_ref", "Hvor samtykket ligger", &self.samtykke_ref, REFERANSE),
            _ => String::new(),
        };
        let tittel = leser.tekst("tittel", "Hva det gjelder", &self.tittel, TITTEL);
        let beskrivelse = leser.valgfri("beskrivelse", "Utdyp", &self.beskrivelse, TEKST);
        leser.ferdig(Ny { slag, tittel, beskrivelse, samtykke_ref })
    }
}

/// Any step of a sak that stands on its page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Steg {
    pub(super) nokkel: String,
    pub(super) versjon: String,
    pub(super) elementtype: String,
    pub(super) minutter: String,
    pub(super) fast: String,
    pub(super) grunn: String,
    pub(super) utfall: String,
    /// The page to come back to: `hold` is the one a møte is run from.
    pub(super) tilbake: String,
}

impl Steg {
    pub(super) fn av(sak: &Sak) -> Self {
        Self {
            nokkel: Uuid::new_v4().to_string(),
            versjon: sak.versjon.to_string(),
            elementtype: sak.elementtype.slug().to_owned(),
            minutter: sak.minutter.map(|m| m.to_string()).unwrap_or_default(),
            fast: if sak.fast { "ja".to_owned() } else { String::new() },
            ..Self::default()
        }
    }

    /// The row version of the page; one that is none fits no row.
    pub(super) fn versjon(&self) -> i32 {
        self.versjon.parse().unwrap_or_default()
    }

    /// Where it is to stand. What is about a child stays under the third element.
    pub(super) fn oppsett(&self, niva: Niva) -> Result<Oppsett, Feil> {
        let mut leser = Leser::default();
        let elementtype = match niva {
            Niva::Individ => Some(Elementtype::Observasjon),
            Niva::System => leser.valg("elementtype", "Del av møtet", &self.elementtype),
        };
        leser.krev("elementtype", elementtype.is_none_or(Elementtype::er_fast), "Velg en av de tre delene av møtet");
        let minutter = match self.minutter.trim() {
            "" => None,
            raw => leser.tall("minutter", "Minutter", raw, 5..=240).and_then(|m| u32::try_from(m).ok()),
        };
        let elementtype = elementtype.unwrap_or(Elementtype::Generell);
        leser.ferdig(Oppsett { elementtype, minutter, fast: !self.fast.is_empty() })
    }

    pub(super) fn grunn(&self) -> Result<String, Feil> {
        let mut leser = Leser::default();
        let grunn = leser.tekst("grunn", "Hvorfor saken ikke tas opp", &self.grunn, GRUNN);
        leser.ferdig(grunn)
    }
}
