//! The faces of tjenester, and the form they are written in.
use askama::Template;
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::{
    Oppgitt, Tjeneste, Tjenestetype,
    db::{Innhold, Rad},
    routes::{NyTjeneste, Tjenester, VisTjeneste},
};
use crate::{
    Error,
    admin::{Listehode, Skjemahode, Slutt, Vist, finnes_fra, les_orgnr},
    kommune::Kommunevalg,
    tid,
    web::{Feil, Leser, Liste, Utdrag},
};

const LISTE: (&str, &str) = ("Tjenester", Tjenester::STI);

#[derive(Template)]
#[template(path = "tjeneste/liste.html")]
pub(super) struct Tjenesteliste {
    pub(super) hode: Listehode,
    pub(super) liste: Liste,
    pub(super) utdrag: Utdrag<Rad>,
    pub(super) i_dag: Date,
}

pub(super) const LISTEHODE: Listehode = Listehode {
    tittel: "Tjenester",
    ingress: "Tjenestene som sender folk til teamene. En tjeneste kan dekke flere kommuner.",
    ny: ("Legg til tjeneste", NyTjeneste::STI),
    sok: "Søk etter navn eller organisasjonsnummer",
};

/// The form of a tjeneste, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) nokkel: String,
    pub(super) versjon: String,
    #[serde(rename = "type")]
    type_: String,
    navn: String,
    orgnr: String,
    kontakt: String,
    gyldig_fra: String,
    kommune: Vec<Uuid>,
}

impl Felter {
    pub(super) fn tom(i_dag: Date) -> Self {
        Self { gyldig_fra: tid::iso(i_dag), ..Self::default() }
    }

    fn fra(tjeneste: &Tjeneste) -> Self {
        Self {
            nokkel: String::new(),
            versjon: tjeneste.versjon.to_string(),
            type_: tjeneste.type_.clone(),
            navn: tjeneste.navn.clone(),
            orgnr: tjeneste.orgnr.clone().unwrap_or_default(),
            kontakt: tjeneste.kontakt.clone(),
            gyldig_fra: tid::iso(tjeneste.gyldig_fra),
            kommune: tjeneste.kommuner.clone(),
        }
    }

    pub(super) fn les(&self) -> Result<Oppgitt, Feil> {
        let mut leser = Leser::default();
        let type_ = leser.valg::<Tjenestetype>("type", "Type", &self.type_).filter(|t| *t != Tjenestetype::Enhet);
        leser.krev("type", type_.is_some(), "Velg «Type»");
        let navn = leser.tekst("navn", "Navn", &self.navn, 100);
        let orgnr = les_orgnr(&mut leser, &self.orgnr);
        let kontakt = leser.kontakt("kontakt", "Kontakt", &self.kontakt, 200);
        let gyldig_fra = leser.dato("gyldig_fra", "Med fra", &self.gyldig_fra);
        let type_ = type_.unwrap_or(Tjenestetype::Annen);
        leser.ferdig(Oppgitt { type_, navn, orgnr, kontakt, gyldig_fra, kommuner: self.kommune.clone() })
    }

    /// What is stored now beside what was typed.
    fn utdatert(&self, na: &Self, kommuner: &[Kommunevalg]) -> Feil {
        let navn = |valgt: &[Uuid]| -> String {
            let navn: Vec<&str> = kommuner.iter().filter(|k| valgt.contains(&k.id)).map(|k| k.navn.as_str()).collect();
            navn.join(", ")
        };
        Feil::utdatert(&[
            ("type", type_i_ord(&na.type_), type_i_ord(&self.type_)),
            ("navn", &na.navn, self.navn.trim()),
            ("orgnr", &na.orgnr, &self.orgnr.replace(' ', "")),
            ("kontakt", &na.kontakt, self.kontakt.trim()),
            ("gyldig_fra", &na.gyldig_fra, self.gyldig_fra.trim()),
            ("kommune", &navn(&na.kommune), &navn(&self.kommune)),
        ])
    }
}

fn type_i_ord(slug: &str) -> &'static str {
    slug.parse().map_or("", Tjenestetype::navn)
}

/// What the database refuses, said at the field it is about.
pub(super) fn feltfeil(error: &Error) -> Option<Feil> {
    if error.on_constraint("tjeneste_navn") {
        return Some(Feil::en("navn", "En annen tjeneste i regionen har dette navnet"));
    }
    if error.on_constraint("tjeneste_kommune_region_id_kommune_id_fkey") {
        return Some(Feil::en("kommune", "Velg kommuner fra listen"));
    }
    error.on_constraint("tjeneste_check").then(|| finnes_fra("gyldig_fra"))
}

#[derive(Template)]
#[template(path = "tjeneste/rediger.html")]
pub(super) struct Rediger {
    hode: Skjemahode,
    felter: Felter,
    kommuner: Vec<Kommunevalg>,
}

impl Rediger {
    pub(super) fn ny(felter: Felter, kommuner: Vec<Kommunevalg>, feil: Feil) -> Self {
        let hode = Skjemahode::ny("Legg til tjeneste", LISTE, NyTjeneste::STI, &felter.nokkel, feil);
        Self { hode, felter, kommuner }
    }

    /// The page of a tjeneste, filled as `vist` says.
    pub(super) fn endre(
        tjeneste: &Tjeneste,
        innhold: &Innhold,
        kommuner: Vec<Kommunevalg>,
        i_dag: Date,
        vist: Vist<Felter>,
    ) -> Self {
        let (felter, feil, siste_dag) = vist.fyll(Felter::fra(tjeneste), |skrevet, na| {
            let feil = skrevet.utdatert(na, &kommuner);
            (Felter { versjon: na.versjon.clone(), ..skrevet }, feil)
        });
        let siste_dag = siste_dag.unwrap_or_else(|| tid::iso(i_dag));
        let folger = if tjeneste.gyldig_til.is_none() { folger(innhold) } else { Vec::new() };
        let slutt = Slutt { hva: "tjenesten", gyldig_til: tjeneste.gyldig_til, i_dag, siste_dag, folger };
        let sti = VisTjeneste { id: tjeneste.id }.to_string();
        let hode = Skjemahode::endre(&tjeneste.navn, LISTE, sti, &felter.versjon, feil, slutt);
        Self { hode, felter, kommuner }
    }

    fn typer() -> [(&'static str, &'static str); 5] {
        Tjenestetype::EGNE.map(|t| (t.slug(), t.navn()))
    }

    /// The kommuner with the region today, and those it serves already.
    fn dekker(&self) -> Vec<(Uuid, &str, bool)> {
        let valgt = |k: &&Kommunevalg| self.felter.kommune.contains(&k.id);
        let vises = self.kommuner.iter().filter(|k| k.gjelder || valgt(k));
        vises.map(|k| (k.id, k.navn.as_str(), valgt(&k))).collect()
    }
}

fn folger(innhold: &Innhold) -> Vec<String> {
    let mut folger = vec!["Tjenesten dekker ingen kommuner etter den siste dagen.".to_owned()];
    if innhold.personer > 0 {
        let hvem =
            if innhold.personer == 1 { "Én person".to_owned() } else { format!("{} personer", innhold.personer) };
        folger.push(format!("{hvem} hører til tjenesten og blir stående til du flytter dem under Personer."));
    }
    if innhold.plasser > 0 {
        let plasser = if innhold.plasser == 1 { "én plass" } else { "plasser" };
        folger.push(format!("Tjenesten beholder {plasser} i team til teamet er endret."));
    }
    folger
}

impl Rad {
    /// The page of one tjeneste.
    fn sti(&self) -> String {
        VisTjeneste { id: self.id }.to_string()
    }

    fn slag(&self) -> &'static str {
        type_i_ord(&self.type_)
    }

    fn dekker(&self) -> String {
        if self.kommuner.is_empty() { "Ingen".to_owned() } else { self.kommuner.join(", ") }
    }
}
