//! What the two steps send in, and what it is read as.
use serde::Deserialize;
use time::{Date, Duration, OffsetDateTime, Time};
use uuid::Uuid;

use super::{
    super::{Agenda, Moteelement, Status},
    Grunnlag, NyttMote,
};
use crate::{
    Result, tid,
    web::{Feil, Leser, les_nokkel},
};

/// A møte is booked at most this far ahead.
const LENGST_FRAM: Duration = Duration::days(2 * 366);

/// Step 1: one of the suggestions, or a day and time of one's own.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Tidsvalg {
    /// A suggestion as «2026-11-25T08:30», or «egen».
    #[serde(default)]
    pub(super) tid: String,
    #[serde(default)]
    pub(super) dato: String,
    #[serde(default)]
    pub(super) start: String,
}

impl Tidsvalg {
    /// The chosen day and time, or what is wrong with it.
    pub(super) fn les(&self, na: OffsetDateTime) -> Result<(Date, Time), Feil> {
        let (dato, start) = self.tid.split_once('T').unwrap_or((&self.dato, &self.start));
        let mut leser = Leser::default();
        if self.tid.is_empty() && dato.trim().is_empty() && start.trim().is_empty() {
            leser.krev("tid", false, "Velg et av forslagene, eller skriv dag og klokkeslett selv");
            return leser.ferdig((Date::MIN, Time::MIDNIGHT));
        }
        let (dato, start) = (leser.dato("dato", "Dato", dato), leser.klokke("start", "Klokkeslett", start));
        let oyeblikk = tid::oyeblikk(dato, start);
        let passert = oyeblikk >= na - Duration::days(1);
        leser.krev("dato", passert, "Tidspunktet er passert for mer enn et døgn siden. Velg en senere dag");
        leser.krev(
            "dato",
            oyeblikk <= na + LENGST_FRAM,
            "Dagen ligger mer enn to år fram i tid. Velg en tidligere dag",
        );
        leser.ferdig((dato, start))
    }
}

/// Step 2, as sent.
#[derive(Default)]
pub(super) struct Bekreftelse {
    pub(super) nokkel: Uuid,
    pub(super) tid: Tidsvalg,
    pub(super) sted: String,
    /// One for each element of the motemal, in order.
    pub(super) minutter: Vec<String>,
    pub(super) kort_begrunnelse: String,
    som: String,
}

/// A møte ready to be made.
pub(super) struct Booking {
    pub(super) start: OffsetDateTime,
    pub(super) sted: String,
    pub(super) minutter: Vec<i32>,
    pub(super) kort_begrunnelse: Option<String>,
    pub(super) status: Status,
}

impl Booking {
    /// The møte it is, in the forum it was read for.
    pub(super) fn mote<'a>(&'a self, grunnlag: &'a Grunnlag) -> NyttMote<'a> {
        NyttMote {
            grunnlag,
            start: self.start,
            minutter: self.minutter.clone(),
            sted: &self.sted,
            kort_begrunnelse: self.kort_begrunnelse.as_deref(),
            status: self.status,
        }
    }
}

/// The name of the field for the minutes of element `nr`, counted from 1.
pub(super) fn minuttfelt(nr: usize) -> String {
    format!("minutter_{nr}")
}

impl Bekreftelse {
    pub(super) fn fra(felter: Vec<(String, String)>) -> Result<Self> {
        let mut skjema = Self::default();
        let (mut minutter, mut nokkel) = (Vec::new(), String::new());
        for (navn, verdi) in felter {
            match navn.as_str() {
                "nokkel" => nokkel = verdi,
                "dato" => skjema.tid.dato = verdi,
                "start" => skjema.tid.start = verdi,
                "sted" => skjema.sted = verdi,
                "kort_begrunnelse" => skjema.kort_begrunnelse = verdi,
                "som" => skjema.som = verdi,
                _ => minutter
                    .extend(navn.strip_prefix("minutter_").and_then(|nr| nr.parse::<usize>().ok()).zip(Some(verdi))),
            }
        }
        minutter.sort_by_key(|(nr, _)| *nr);
        skjema.minutter = minutter.into_iter().map(|(_, verdi)| verdi).collect();
        skjema.nokkel = les_nokkel(&nokkel)?;
        Ok(skjema)
    }

    /// Reads the form by the motemal it was made from; `krav` is the least length in minutes, where there is one.
    pub(super) fn les(&self, grunnlag: &Grunnlag, start: OffsetDateTime, krav: Option<u32>) -> Result<Booking, Feil> {
        let mut leser = Leser::default();
        let mut elementer = Vec::new();
        for (i, mal) in grunnlag.elementer.iter().enumerate() {
            let felt = minuttfelt(i + 1);
            let skrevet = self.minutter.get(i).map_or("", String::as_str);
            let minutter = leser.tall(&felt, &format!("Minutter til {}", mal.tittel), skrevet, 5..=480);
            leser.krev(&felt, minutter.is_some(), &format!("Skriv hvor mange minutter «{}» skal vare", mal.tittel));
            elementer.push(Moteelement {
                id: Uuid::nil(),
                elementtype: mal.elementtype,
                tittel: mal.tittel.clone(),
                minutter: minutter.unwrap_or_default().unsigned_abs(),
            });
        }
        let sted = leser.tekst("sted", "Sted", &self.sted, 200);
        let kort = leser.valgfri("kort_begrunnelse", "Kort begrunnelse", &self.kort_begrunnelse, 500);
        let minutter: Vec<i32> = elementer.iter().filter_map(|e| i32::try_from(e.minutter).ok()).collect();
        let agenda = Agenda::new(elementer, false);
        if minutter.iter().all(|m| *m > 0) {
            sjekk_lengde(&mut leser, &agenda, krav, &kort);
        }
        let for_kort = krav.is_some_and(|krav| agenda.varighet() < krav);
        let status = if self.som == "planlagt" { Status::Planlagt } else { Status::Innkalt };
        leser.ferdig(Booking { start, sted, minutter, kort_begrunnelse: for_kort.then_some(kort), status })
    }
}

fn sjekk_lengde(leser: &mut Leser, agenda: &Agenda, krav: Option<u32>, kort: &str) {
    if let Err(regel) = agenda.krev_full_lengde(krav.unwrap_or(0), Some(kort)) {
        leser.krev("kort_begrunnelse", false, &regel.to_string());
    }
    if let Err(regel) = agenda.krev_plass() {
        leser.krev(&minuttfelt(1), false, &regel.to_string());
    }
}
