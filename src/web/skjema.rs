//! Forms: raw strings in, a command or the errors of its fields out.
use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use serde::de::DeserializeOwned;
use time::{Date, Time};
use uuid::Uuid;

use crate::{Error, tekst::Kjennetegn, tid};

/// The errors of a form: field id and words, in the order of the fields.
#[derive(Clone, Debug, Default)]
pub struct Feil(Vec<(String, String)>);

impl Feil {
    pub fn en(felt: &str, melding: &str) -> Self {
        Self(vec![(felt.to_owned(), melding.to_owned())])
    }

    pub fn legg_til(&mut self, felt: &str, melding: &str) {
        self.0.push((felt.to_owned(), melding.to_owned()));
    }

    pub fn for_felt(&self, felt: &str) -> Option<&str> {
        self.0.iter().find(|(f, _)| f == felt).map(|(_, melding)| melding.as_str())
    }

    pub fn alle(&self) -> &[(String, String)] {
        &self.0
    }

    pub fn er_tom(&self) -> bool {
        self.0.is_empty()
    }

    /// The errors of an edit on a stale page: for every field that somebody else has changed meanwhile, what is stored
    /// now stands beside what was typed. `felter` holds id, stored and typed.
    pub fn utdatert(felter: &[(&str, &str, &str)]) -> Self {
        let mut feil = Self::default();
        for (felt, lagret, _) in felter.iter().filter(|(_, lagret, skrevet)| lagret != skrevet) {
            feil.legg_til(
                felt,
                &format!("Noen andre har lagret «{lagret}» mens du skrev. Lagre igjen for å bruke din tekst"),
            );
        }
        if feil.er_tom() {
            feil.legg_til("versjon", "Noen andre har lagret det samme i mellomtiden");
        }
        feil
    }
}

/// Reads the fields of a form one by one and gathers what is wrong with them.
#[derive(Default)]
pub struct Leser {
    feil: Feil,
}

impl Leser {
    /// Text that must be there, at most `maks` characters. `navn` is the field's label.
    pub fn tekst(&mut self, felt: &str, navn: &str, raw: &str, maks: usize) -> String {
        let verdi = self.valgfri(felt, navn, raw, maks);
        self.krev(felt, !verdi.is_empty(), &format!("Fyll ut «{navn}»"));
        verdi
    }

    /// Text that may be empty. Nobody is to be reached, or known again, by what is written freely: no fødselsnummer, telephone
    /// number or e-mail address.
    pub fn valgfri(&mut self, felt: &str, navn: &str, raw: &str, maks: usize) -> String {
        let verdi = self.ord(felt, navn, raw, maks);
        self.krev_uten(felt, Kjennetegn::i(&verdi));
        verdi
    }

    /// Text that may be empty, where telephone numbers and e-mail addresses belong: how staff are reached.
    pub fn kontakt(&mut self, felt: &str, navn: &str, raw: &str, maks: usize) -> String {
        let verdi = self.ord(felt, navn, raw, maks);
        self.krev_uten(felt, Kjennetegn::i(&verdi).filter(|tegn| *tegn == Kjennetegn::Fodselsnummer));
        verdi
    }

    /// Text as it is stored, not too long.
    fn ord(&mut self, felt: &str, navn: &str, raw: &str, maks: usize) -> String {
        let verdi = raw.trim().replace("\r\n", "\n");
        let lengde = verdi.chars().count();
        self.krev(felt, lengde <= maks, &format!("«{navn}» har {lengde} tegn. Det er plass til {maks}"));
        verdi
    }

    fn krev_uten(&mut self, felt: &str, tegn: Option<Kjennetegn>) {
        if let Some(tegn) = tegn {
            let ord = format!(
                "Teksten ser ut til å inneholde {tegn}. Fjern det; her skal ingen personer kunne kjennes igjen"
            );
            self.krev(felt, false, &ord);
        }
    }

    /// A whole number that may be left out.
    pub fn tall(&mut self, felt: &str, navn: &str, raw: &str, innenfor: RangeInclusive<i32>) -> Option<i32> {
        let verdi = raw.trim();
        if verdi.is_empty() {
            return None;
        }
        let tall = verdi.replace([' ', '\u{a0}'], "").parse().ok().filter(|t| innenfor.contains(t));
        let melding = format!("«{navn}» må være et helt tall fra {} til {}", innenfor.start(), innenfor.end());
        self.krev(felt, tall.is_some(), &melding);
        tall
    }

    /// A date that must be there. Gives the first of year 2000 when it is not, with an error.
    pub fn dato(&mut self, felt: &str, navn: &str, raw: &str) -> Date {
        let dato = tid::les_dato(raw.trim());
        self.krev(felt, dato.is_some(), &format!("Skriv «{navn}» som dag, måned og år, for eksempel 12.02.2026"));
        dato.unwrap_or(time::macros::date!(2000 - 01 - 01))
    }

    /// A date that may be left out.
    pub fn valgfri_dato(&mut self, felt: &str, navn: &str, raw: &str) -> Option<Date> {
        (!raw.trim().is_empty()).then(|| self.dato(felt, navn, raw))
    }

    /// A time of day that must be there.
    pub fn klokke(&mut self, felt: &str, navn: &str, raw: &str) -> Time {
        let klokke = tid::les_klokke(raw.trim());
        self.krev(felt, klokke.is_some(), &format!("Skriv «{navn}» som time og minutt, for eksempel 08.30"));
        klokke.unwrap_or(Time::MIDNIGHT)
    }

    /// One of a closed list.
    pub fn valg<T: FromStr>(&mut self, felt: &str, navn: &str, raw: &str) -> Option<T> {
        let valgt = raw.parse().ok();
        self.krev(felt, valgt.is_some(), &format!("Velg «{navn}»"));
        valgt
    }

    /// Says `melding` at the field unless `ok`; only a field's first error is kept.
    pub fn krev(&mut self, felt: &str, ok: bool, melding: &str) {
        if !ok && self.feil.for_felt(felt).is_none() {
            self.feil.legg_til(felt, melding);
        }
    }

    /// The command, unless something was wrong.
    pub fn ferdig<T>(self, verdi: T) -> Result<T, Feil> {
        if self.feil.er_tom() { Ok(verdi) } else { Err(self.feil) }
    }
}

/// A form's fields as a struct. Refuses characters that no text may hold before any handler sees them.
pub struct Skjema<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Skjema<T> {
    type Rejection = Error;
    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        if !er_skjema(request.headers()) {
            return Err(Error::Ugyldig("Vi forsto ikke skjemaet. Last siden på nytt og prøv igjen".into()));
        }
        let body = Bytes::from_request(request, state).await.map_err(|_| Error::ForStor)?;
        let felter = les_skjema(&body)?;
        if felter.iter().any(|(_, verdi)| verdi.contains('\0')) {
            return Err(Error::Ugyldig("Teksten har tegn som ikke kan lagres".into()));
        }
        serde_html_form::from_bytes(&body)
            .map(Self)
            .map_err(|_| Error::Ugyldig("Vi forsto ikke skjemaet. Last siden på nytt og prøv igjen".into()))
    }
}

/// Whether a request says that it is a form.
pub fn er_skjema(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/x-www-form-urlencoded"))
}

/// The key that makes a form sent twice one act. A form without one is refused: then nothing would tell two apart.
pub fn les_nokkel(nokkel: &str) -> Result<Uuid, Error> {
    nokkel.parse().map_err(|_| Error::Ugyldig("Vi forsto ikke skjemaet. Last siden på nytt og prøv igjen".into()))
}

/// The fields of a form as they were sent, in order.
pub fn les_skjema(body: &[u8]) -> Result<Vec<(String, String)>, Error> {
    serde_html_form::from_bytes(body).map_err(|_| Error::Ugyldig("Vi forsto ikke skjemaet".into()))
}

/// Whether two values read the same on the screen: the choice of a list that is chosen.
pub fn like(a: &impl Display, b: &impl Display) -> bool {
    a.to_string() == b.to_string()
}
