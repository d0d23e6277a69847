//! The forms that change a møte, and what they are read as.
use serde::Deserialize;
use time::{Date, Duration, OffsetDateTime, Time};
use uuid::Uuid;

use super::{super::Agenda, db::Utkast};
use crate::{
    mote::{Elementtype, Moteelement, Status, klokke},
    tid,
    web::{Feil, Leser},
};

/// Why a form was sent back: something to mend, or a page that was stale.
pub(super) enum Avslag {
    Feil(Feil),
    Utdatert(Feil),
}

impl From<Feil> for Avslag {
    fn from(feil: Feil) -> Self {
        Self::Feil(feil)
    }
}

/// Titles and minutes of all elements at once, as sent.
#[derive(Default)]
pub(super) struct Agendaskjema {
    pub(super) versjon: String,
    pub(super) kort_begrunnelse: String,
    felter: Vec<(String, String)>,
}

/// A new element, as sent.
#[derive(Clone, Default, Deserialize)]
pub(super) struct NyttElement {
    #[serde(default)]
    pub(super) nokkel: String,
    #[serde(default)]
    pub(super) tittel: String,
    #[serde(default)]
    pub(super) minutter: String,
}

/// Another day, time or place, as sent.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Flytting {
    #[serde(default)]
    pub(super) versjon: String,
    #[serde(default)]
    pub(super) dato: String,
    #[serde(default)]
    pub(super) start: String,
    #[serde(default)]
    pub(super) sted: String,
}

/// The name of an element's field: «tittel_…» or «minutter_…».
pub(super) fn felt(hva: &str, element: Uuid) -> String {
    format!("{hva}_{element}")
}

impl Agendaskjema {
    pub(super) fn fra(felter: Vec<(String, String)>) -> Self {
        let mut skjema = Self::default();
        for (navn, verdi) in felter {
            match navn.as_str() {
                "versjon" => skjema.versjon = verdi,
                "kort_begrunnelse" => skjema.kort_begrunnelse = verdi,
                _ => skjema.felter.push((navn, verdi)),
            }
        }
        skjema
    }

    /// What was typed, sent from a page of that version.
    pub(super) fn med_versjon(self, versjon: String) -> Self {
        Self { versjon, ..self }
    }

    /// The page as it is stored.
    pub(super) fn lagret(utkast: &Utkast) -> Self {
        let felter = utkast.agenda.elementer().iter();
        let felter = felter
            .flat_map(|e| [(felt("tittel", e.id), e.tittel.clone()), (felt("minutter", e.id), e.minutter.to_string())]);
        Self {
            versjon: utkast.mote.versjon.to_string(),
            kort_begrunnelse: utkast.mote.kort_begrunnelse.clone(),
            felter: felter.collect(),
        }
    }

    /// What stands in a field; `None` when the form did not hold it.
    pub(super) fn verdi(&self, felt: &str) -> Option<&str> {
        self.felter.iter().find(|(navn, _)| navn == felt).map(|(_, verdi)| verdi.as_str())
    }

    /// Puts titles and minutes into the draft's agenda and gives the reason for a short one, where that is needed.
    /// While the møte is under way only the minutes are read.
    pub(super) fn bruk(&self, utkast: &mut Utkast) -> Result<Option<String>, Avslag> {
        if self.versjon != utkast.mote.versjon.to_string() {
            return Err(Avslag::Utdatert(self.utdatert(utkast)));
        }
        let mut leser = Leser::default();
        let mut endringer = Vec::new();
        for element in utkast.agenda.elementer() {
            let (tittel, minutter) = (felt("tittel", element.id), felt("minutter", element.id));
            let skrevet = self.verdi(&tittel).filter(|_| utkast.mote.status != Status::Pagar);
            let ny_tittel = leser.tekst(&tittel, "Tittel", skrevet.unwrap_or(&element.tittel), 200);
            let skrevet = self.verdi(&minutter).map_or_else(|| element.minutter.to_string(), str::to_owned);
            endringer.push((element.id, ny_tittel, les_minutter(&mut leser, &minutter, &skrevet)));
        }
        let kort = leser.valgfri("kort_begrunnelse", "Kort begrunnelse", &self.kort_begrunnelse, 500);
        let (endringer, kort) = leser.ferdig((endringer, kort))?;
        if let Err(regel) = utkast.agenda.endre_alle(&endringer) {
            let forste = endringer.first().map(|(id, ..)| felt("minutter", *id)).unwrap_or_default();
            return Err(Feil::en(&forste, &regel.to_string()).into());
        }
        Ok(krev_lengde(&utkast.agenda, utkast.krav, &kort)?)
    }

    /// What somebody else has stored, beside what was typed here.
    fn utdatert(&self, utkast: &Utkast) -> Feil {
        let lagret = Self::lagret(utkast);
        let par: Vec<(&str, &str, &str)> = lagret
            .felter
            .iter()
            .filter_map(|(navn, verdi)| Some((navn.as_str(), verdi.as_str(), self.verdi(navn)?)))
            .chain([("kort_begrunnelse", lagret.kort_begrunnelse.as_str(), self.kort_begrunnelse.as_str())])
            .collect();
        Feil::utdatert(&par)
    }
}

/// The reason to keep with the agenda: none when it is long enough.
pub(super) fn krev_lengde(agenda: &Agenda, krav: Option<u32>, kort: &str) -> Result<Option<String>, Feil> {
    let krav = krav.unwrap_or(0);
    match agenda.krev_full_lengde(krav, Some(kort)) {
        Ok(()) => Ok((agenda.varighet() < krav).then(|| kort.to_owned())),
        Err(regel) => Err(Feil::en("kort_begrunnelse", &regel.to_string())),
    }
}

fn les_minutter(leser: &mut Leser, felt: &str, skrevet: &str) -> u32 {
    let minutter = leser.tall(felt, "Minutter", skrevet, 5..=480);
    leser.krev(felt, minutter.is_some(), "Skriv hvor mange minutter elementet skal vare");
    minutter.unwrap_or_default().unsigned_abs()
}

impl NyttElement {
    pub(super) fn les(&self) -> Result<Moteelement, Feil> {
        let mut leser = Leser::default();
        let tittel = leser.tekst("tittel", "Tittel", &self.tittel, 200);
        let minutter = les_minutter(&mut leser, "minutter", &self.minutter);
        leser.ferdig(Moteelement { id: Uuid::now_v7(), elementtype: Elementtype::Annet, tittel, minutter })
    }
}

impl Flytting {
    pub(super) fn lagret(utkast: &Utkast) -> Self {
        let mote = &utkast.mote;
        Self {
            versjon: mote.versjon.to_string(),
            dato: tid::iso(mote.dato()),
            start: tid::iso_kl(klokke(mote.start)),
            sted: mote.sted.clone(),
        }
    }

    /// The new time and place.
    pub(super) fn les(&self, utkast: &Utkast, na: OffsetDateTime) -> Result<(OffsetDateTime, String), Avslag> {
        let lagret = Self::lagret(utkast);
        if self.versjon != lagret.versjon {
            return Err(Avslag::Utdatert(Feil::utdatert(&[
                ("dato", &lagret.dato, &self.dato),
                ("start", &lagret.start, &self.start),
                ("sted", &lagret.sted, &self.sted),
            ])));
        }
        let mut leser = Leser::default();
        let (dato, start): (Date, Time) =
            (leser.dato("dato", "Dato", &self.dato), leser.klokke("start", "Klokkeslett", &self.start));
        let sted = leser.tekst("sted", "Sted", &self.sted, 200);
        let nytt = tid::oyeblikk(dato, start);
        let i_tide = nytt == utkast.mote.start || nytt >= na - Duration::days(1);
        leser.krev("dato", i_tide, "Tidspunktet er passert for mer enn et døgn siden. Velg en senere dag");
        let naert = nytt <= na + Duration::days(2 * 366);
        leser.krev("dato", naert, "Dagen ligger mer enn to år fram i tid. Velg en tidligere dag");
        Ok(leser.ferdig((nytt, sted))?)
    }
}
