//! The forms of a request, as typed: raw text in, a command or the errors of its fields out.
use serde::Deserialize;
use time::{Date, Duration};
use uuid::Uuid;

use super::{Foresporsel, Handling, Oppgitt};
use crate::{
    tid,
    web::{Feil, Leser},
};

/// The longest heading, the longest text and the longest reason, in characters.
const OVERSKRIFT: usize = 120;
const TEKST: usize = 2_000;
const GRUNN: usize = 1_000;
/// How long the receiver gets when nothing else is said, and the longest that may be asked for.
const VANLIG_FRIST: Duration = Duration::days(14);
const LENGSTE_FRIST: Duration = Duration::days(365);

/// What is chosen to send a request on to a team or a forum instead of a tjeneste.
pub(super) const ET_FORUM: &str = "forum";

/// What is lifted, or sent on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) nokkel: String,
    pub(super) versjon: String,
    pub(super) mote: String,
    pub(super) punkt: String,
    /// The tjeneste it is sent on to, or [`ET_FORUM`] and which.
    pub(super) til: String,
    pub(super) forum: String,
    pub(super) overskrift: String,
    pub(super) behov: String,
    pub(super) provd: String,
    pub(super) svarfrist: String,
}

impl Felter {
    pub(super) fn tom(i_dag: Date) -> Self {
        Self { nokkel: Uuid::new_v4().to_string(), svarfrist: tid::iso(i_dag + VANLIG_FRIST), ..Self::default() }
    }

    /// What was received, as the beginning of what is sent on.
    pub(super) fn fra(foresporsel: &Foresporsel, i_dag: Date) -> Self {
        let innhold = foresporsel.innhold.clone();
        Self {
            versjon: foresporsel.versjon.to_string(),
            overskrift: innhold.overskrift,
            behov: innhold.behov,
            provd: innhold.provd,
            ..Self::tom(i_dag)
        }
    }

    pub(super) fn les(&self, i_dag: Date) -> Result<Oppgitt, Feil> {
        let leser = Leser::default();
        self.les_med(leser, i_dag)
    }

    /// As [`Self::les`], for one that is sent on: it must also say to whom.
    pub(super) fn les_videre(&self, i_dag: Date) -> Result<(Uuid, Oppgitt), Feil> {
        let mut leser = Leser::default();
        let til: Option<Uuid> = if self.til == ET_FORUM {
            let forum = self.forum.parse().ok();
            leser.krev("forum", forum.is_some(), "Velg team eller forum");
            forum
        } else {
            let tjeneste = self.til.parse().ok();
            leser.krev("til", tjeneste.is_some(), "Velg hvem forespørselen skal sendes til");
            tjeneste
        };
        Ok((til.unwrap_or_default(), self.les_med(leser, i_dag)?))
    }

    fn les_med(&self, mut leser: Leser, i_dag: Date) -> Result<Oppgitt, Feil> {
        let overskrift = leser.tekst("overskrift", "Hva det gjelder", &self.overskrift, OVERSKRIFT);
        let behov = leser.tekst("behov", "Hva dere trenger hjelp til", &self.behov, TEKST);
        let provd = leser.tekst("provd", "Hva dere har prøvd", &self.provd, TEKST);
        let svarfrist = leser.dato("svarfrist", "Svarfrist", &self.svarfrist);
        let innenfor = svarfrist >= i_dag && svarfrist <= i_dag + LENGSTE_FRIST;
        leser.krev("svarfrist", innenfor, "Svarfristen må være i dag eller senere, og innen et år");
        leser.ferdig(Oppgitt { overskrift, behov, provd, svarfrist })
    }
}

/// A step from one state to the next, with the words that go with it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Steg {
    pub(super) nokkel: String,
    pub(super) versjon: String,
    pub(super) avgjorelse: String,
    pub(super) avvist_grunn: String,
    pub(super) svar: String,
}

impl Steg {
    pub(super) fn ny(versjon: i32) -> Self {
        Self { nokkel: Uuid::new_v4().to_string(), versjon: versjon.to_string(), ..Self::default() }
    }

    /// The row version of the page; one that is none fits no row.
    pub(super) fn versjon(&self) -> i32 {
        self.versjon.parse().unwrap_or_default()
    }

    /// What was decided, and the reason when it is no.
    pub(super) fn avgjorelse(&self) -> Result<(Handling, String), Feil> {
        let mut leser = Leser::default();
        let handling = match self.avgjorelse.as_str() {
            "aksepter" => Some(Handling::Aksepter),
            "avvis" => Some(Handling::Avvis),
            _ => None,
        };
        leser.krev("avgjorelse", handling.is_some(), "Velg om dere tar saken eller avviser den");
        let grunn = match handling {
            Some(Handling::Avvis) => leser.tekst("avvist_grunn", "Hvorfor dere avviser", &self.avvist_grunn, GRUNN),
            _ => String::new(),
        };
        leser.ferdig((handling.unwrap_or(Handling::Aksepter), grunn))
    }

    pub(super) fn svar(&self) -> Result<String, Feil> {
        let mut leser = Leser::default();
        let svar = leser.tekst("svar", "Svaret", &self.svar, TEKST);
        leser.ferdig(svar)
    }
}
