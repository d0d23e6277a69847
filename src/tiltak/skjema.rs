//! The form a tiltak is written in: raw strings in, a checked command out.
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::{
    Kategori, Niva, Status, Tiltak, Tiltaksniva, UtformetMed,
    db::{Mulig, Utgangspunkt},
};
use crate::{
    tid,
    tjeneste::Tjenestetype,
    web::{Feil, Leser},
};

/// The longest goal, tiltak and strengths, in characters.
pub(super) const LENGST: usize = 2_000;

/// What a form says about a tiltak; everything in it is checked.
#[derive(Clone, Debug)]
pub(super) struct Oppgitt {
    pub(super) mal: String,
    pub(super) hva: String,
    pub(super) niva: Niva,
    pub(super) tiltaksniva: Tiltaksniva,
    pub(super) kategori: Kategori,
    pub(super) styrker: String,
    pub(super) tjeneste: Tjenestetype,
    pub(super) ansvarlig: Uuid,
    pub(super) frist: Date,
    pub(super) neste_evaluering: Date,
    pub(super) utformet_med: UtformetMed,
}

/// The form as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) nokkel: String,
    pub(super) versjon: String,
    pub(super) mal: String,
    pub(super) hva: String,
    pub(super) niva: String,
    pub(super) tiltaksniva: String,
    pub(super) kategori: String,
    pub(super) styrker: String,
    pub(super) tjenestetype: String,
    pub(super) ansvarlig: String,
    pub(super) frist: String,
    pub(super) neste_evaluering: String,
    pub(super) utformet_med: String,
    /// Of a new one: decided, or only proposed.
    pub(super) status: String,
    /// Of a new one: which page the form was opened from.
    pub(super) fra: String,
}

/// A date that must not have passed, unless it is one that stood there before.
pub(super) fn dato_fra(
    leser: &mut Leser,
    felt: &str,
    navn: &str,
    raw: &str,
    (i_dag, for_): (Date, Option<Date>),
) -> Date {
    let dato = leser.dato(felt, navn, raw);
    leser.krev(felt, dato >= i_dag || for_ == Some(dato), &format!("«{navn}» kan ikke være en dag som har vært"));
    dato
}

impl Felter {
    /// As the form begins: the decision's words, its service and the one who sits there for it. Without a decision it is
    /// only proposed.
    pub(super) fn av(fra: &Utgangspunkt, mulige: &[Mulig]) -> Self {
        let neste_evaluering = fra.neste_mote.map(tid::iso).unwrap_or_default();
        let tomt = Self { nokkel: Uuid::new_v4().to_string(), neste_evaluering, ..Self::default() };
        let Some((_, tekst, tjeneste)) = &fra.beslutning else {
            return Self { status: Status::Foreslatt.slug().to_owned(), ..tomt };
        };
        let ansvarlig = mulige.iter().find(|m| m.tjeneste == *tjeneste);
        Self {
            hva: tekst.clone(),
            tjenestetype: tjeneste.slug().to_owned(),
            ansvarlig: ansvarlig.map(|m| m.id.to_string()).unwrap_or_default(),
            status: Status::Besluttet.slug().to_owned(),
            ..tomt
        }
    }

    pub(super) fn fra(tiltak: &Tiltak) -> Self {
        Self {
            nokkel: String::new(),
            versjon: tiltak.versjon.to_string(),
            mal: tiltak.mal.clone(),
            hva: tiltak.hva.clone(),
            niva: tiltak.niva.slug().to_owned(),
            tiltaksniva: tiltak.tiltaksniva.slug().to_owned(),
            kategori: tiltak.kategori.slug().to_owned(),
            styrker: tiltak.styrker.clone(),
            tjenestetype: tiltak.tjeneste.slug().to_owned(),
            ansvarlig: tiltak.ansvarlig.to_string(),
            frist: tid::iso(tiltak.frist),
            neste_evaluering: tid::iso(tiltak.neste_evaluering),
            utformet_med: tiltak.utformet_med.slug().to_owned(),
            status: String::new(),
            fra: String::new(),
        }
    }

    pub(super) fn versjon(&self) -> i32 {
        self.versjon.parse().unwrap_or_default()
    }

    /// Decided, unless the form says that it is only proposed.
    pub(super) fn begynner(&self) -> Status {
        if self.status == Status::Foreslatt.slug() { Status::Foreslatt } else { Status::Besluttet }
    }

    /// `for_` are the dates that stood there before: deadline and evaluation.
    pub(super) fn les(&self, i_dag: Date, for_: Option<(Date, Date)>) -> Result<Oppgitt, Feil> {
        let mut leser = Leser::default();
        let mal = leser.tekst("mal", "Mål", &self.mal, LENGST);
        let hva = leser.tekst("hva", "Tiltak", &self.hva, LENGST);
        let niva = leser.valg("niva", "Nivå", &self.niva);
        let tiltaksniva = leser.valg("tiltaksniva", "Tiltaksnivå", &self.tiltaksniva);
        let kategori = leser.valg("kategori", "Tema", &self.kategori);
        let styrker = leser.valgfri("styrker", "Styrker å bygge på", &self.styrker, LENGST);
        let tjeneste = leser.valg("tjenestetype", "Ansvarlig tjeneste", &self.tjenestetype);
        let ansvarlig = leser.valg("ansvarlig", "Ansvarlig person", &self.ansvarlig);
        let (frist_for, evaluering_for) = for_.unzip();
        let frist = dato_fra(&mut leser, "frist", "Frist", &self.frist, (i_dag, frist_for));
        let evaluering = (i_dag, evaluering_for);
        let neste_evaluering =
            dato_fra(&mut leser, "neste_evaluering", "Neste evaluering", &self.neste_evaluering, evaluering);
        let utformet_med = leser.valg("utformet_med", "Utformet sammen med", &self.utformet_med);
        leser.ferdig(Oppgitt {
            mal,
            hva,
            niva: niva.unwrap_or(Niva::Individ),
            tiltaksniva: tiltaksniva.unwrap_or(Tiltaksniva::Primaer),
            kategori: kategori.unwrap_or(Kategori::Annet),
            styrker,
            tjeneste: tjeneste.unwrap_or(Tjenestetype::Annen),
            ansvarlig: ansvarlig.unwrap_or_default(),
            frist,
            neste_evaluering,
            utformet_med: utformet_med.unwrap_or(UtformetMed::Ingen),
        })
    }

    /// What is stored now beside what was typed.
    pub(super) fn utdatert(&self, na: &Self, mulige: &[Mulig]) -> Feil {
        let hvem = |id: &str| mulige.iter().find(|m| m.id.to_string() == id).map_or("", |m| m.navn.as_str());
        Feil::utdatert(&[
            ("mal", &na.mal, self.mal.trim()),
            ("hva", &na.hva, self.hva.trim()),
            ("niva", ord(&na.niva, Niva::navn), ord(&self.niva, Niva::navn)),
            ("tiltaksniva", ord(&na.tiltaksniva, Tiltaksniva::navn), ord(&self.tiltaksniva, Tiltaksniva::navn)),
            ("kategori", ord(&na.kategori, Kategori::navn), ord(&self.kategori, Kategori::navn)),
            ("styrker", &na.styrker, self.styrker.trim()),
            ("tjenestetype", ord(&na.tjenestetype, Tjenestetype::navn), ord(&self.tjenestetype, Tjenestetype::navn)),
            ("ansvarlig", hvem(&na.ansvarlig), hvem(&self.ansvarlig)),
            ("frist", &dato(&na.frist), &dato(&self.frist)),
            ("neste_evaluering", &dato(&na.neste_evaluering), &dato(&self.neste_evaluering)),
            ("utformet_med", ord(&na.utformet_med, UtformetMed::navn), ord(&self.utformet_med, UtformetMed::navn)),
        ])
    }
}

/// A choice as the screen says it.
fn ord<T: std::str::FromStr>(slug: &str, navn: fn(T) -> &'static str) -> &'static str {
    slug.parse().map_or("", navn)
}

fn dato(raw: &str) -> String {
    tid::les_dato(raw).map_or_else(|| raw.to_owned(), tid::dato)
}

/// The form of an evaluation, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Evalueringsfelter {
    pub(super) nokkel: String,
    pub(super) versjon: String,
    pub(super) virker: String,
    pub(super) notat: String,
    pub(super) videre: String,
    pub(super) mal: String,
    pub(super) hva: String,
    pub(super) neste_evaluering: String,
    pub(super) skal_evalueres: String,
    pub(super) evalueres: String,
}

impl Evalueringsfelter {
    pub(super) fn fra(tiltak: &Tiltak) -> Self {
        Self {
            nokkel: Uuid::new_v4().to_string(),
            versjon: tiltak.versjon.to_string(),
            mal: tiltak.mal.clone(),
            hva: tiltak.hva.clone(),
            ..Self::default()
        }
    }

    pub(super) fn versjon(&self) -> i32 {
        self.versjon.parse().unwrap_or_default()
    }
}

/// Whether one that ends is to be looked at once more, and when: «skal det evalueres?» must be answered.
pub(super) fn les_slutt(leser: &mut Leser, skal: &str, nar: &str, i_dag: Date) -> (bool, Option<Date>) {
    leser.krev("skal_evalueres", matches!(skal, "ja" | "nei"), "Svar på om tiltaket skal evalueres senere");
    let senere = skal == "ja" && !nar.trim().is_empty();
    let nar = senere.then(|| dato_fra(leser, "evalueres", "Evalueres igjen", nar, (i_dag, None)));
    (skal == "ja", nar)
}
