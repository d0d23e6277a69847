//! The faces of kommuner, and the form they are written in.
use askama::Template;
use serde::Deserialize;
use time::Date;

use super::{
    Kommune, Oppgitt,
    db::{Innhold, Rad},
    routes::{Kommuner, NyKommune, VisKommune},
};
use crate::{
    Error,
    admin::{Listehode, Skjemahode, Slutt, Vist, finnes_fra},
    tid,
    web::{Feil, Leser, Liste, Utdrag},
};

#[derive(Template)]
#[template(path = "kommune/liste.html")]
pub(super) struct Kommuneliste {
    pub(super) hode: Listehode,
    pub(super) liste: Liste,
    pub(super) utdrag: Utdrag<Rad>,
    pub(super) i_dag: Date,
}

pub(super) const LISTEHODE: Listehode = Listehode {
    tittel: "Kommuner",
    ingress: "Kommunene som er med i samarbeidet.",
    ny: ("Legg til kommune", NyKommune::STI),
    sok: "Søk etter navn eller nummer",
};

/// The form of a kommune, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) nokkel: String,
    pub(super) versjon: String,
    kommunenummer: String,
    navn: String,
    gyldig_fra: String,
}

impl Felter {
    pub(super) fn tom(i_dag: Date) -> Self {
        Self { gyldig_fra: tid::iso(i_dag), ..Self::default() }
    }

    pub(super) fn fra(kommune: &Kommune) -> Self {
        Self {
            nokkel: String::new(),
            versjon: kommune.versjon.to_string(),
            kommunenummer: kommune.kommunenummer.clone(),
            navn: kommune.navn.clone(),
            gyldig_fra: tid::iso(kommune.gyldig_fra),
        }
    }

    pub(super) fn les(&self) -> Result<Oppgitt, Feil> {
        let mut leser = Leser::default();
        let kommunenummer = leser.tekst("kommunenummer", "Kommunenummer", &self.kommunenummer, 20);
        let fire_siffer = kommunenummer.len() == 4 && kommunenummer.bytes().all(|b| b.is_ascii_digit());
        leser.krev("kommunenummer", fire_siffer, "Kommunenummeret har fire sifre, for eksempel 3427 eller 0301");
        let navn = leser.tekst("navn", "Navn", &self.navn, 100);
        let gyldig_fra = leser.dato("gyldig_fra", "Med fra", &self.gyldig_fra);
        leser.ferdig(Oppgitt { kommunenummer, navn, gyldig_fra })
    }

    /// What is stored now beside what was typed.
    fn utdatert(&self, na: &Self) -> Feil {
        Feil::utdatert(&[
            ("kommunenummer", &na.kommunenummer, self.kommunenummer.trim()),
            ("navn", &na.navn, self.navn.trim()),
            ("gyldig_fra", &na.gyldig_fra, self.gyldig_fra.trim()),
        ])
    }
}

/// What the database refuses, said at the field it is about.
pub(super) fn feltfeil(error: &Error) -> Option<Feil> {
    if error.on_constraint("kommune_nummer") {
        return Some(Feil::en("kommunenummer", "En annen kommune i regionen har dette nummeret"));
    }
    error.on_constraint("kommune_check").then(|| finnes_fra("gyldig_fra"))
}

#[derive(Template)]
#[template(path = "kommune/rediger.html")]
pub(super) struct Rediger {
    hode: Skjemahode,
    felter: Felter,
}

impl Rediger {
    pub(super) fn ny(felter: Felter, feil: Feil) -> Self {
        let hode = Skjemahode::ny("Legg til kommune", LISTE, NyKommune::STI, &felter.nokkel, feil);
        Self { hode, felter }
    }

    /// The page of a kommune, filled as `vist` says.
    pub(super) fn endre(kommune: &Kommune, innhold: &Innhold, i_dag: Date, vist: Vist<Felter>) -> Self {
        let (felter, feil, siste_dag) = vist.fyll(Felter::fra(kommune), |skrevet, na| {
            let feil = skrevet.utdatert(na);
            (Felter { versjon: na.versjon.clone(), ..skrevet }, feil)
        });
        let siste_dag = siste_dag.unwrap_or_else(|| tid::iso(i_dag));
        let folger = if kommune.gyldig_til.is_none() { folger(innhold) } else { Vec::new() };
        let slutt = Slutt { hva: "kommunen", gyldig_til: kommune.gyldig_til, i_dag, siste_dag, folger };
        let sti = VisKommune { id: kommune.id }.to_string();
        let hode = Skjemahode::endre(&kommune.navn, LISTE, sti, &felter.versjon, feil, slutt);
        Self { hode, felter }
    }
}

const LISTE: (&str, &str) = ("Kommuner", Kommuner::STI);

fn folger(innhold: &Innhold) -> Vec<String> {
    let mut folger: Vec<String> = innhold.team.iter().map(|team| format!("{team} avsluttes samme dag.")).collect();
    if innhold.enheter > 0 {
        folger.push(format!(
            "Kommunen har {} som må avsluttes først.",
            if innhold.enheter == 1 { "én enhet".to_owned() } else { format!("{} enheter", innhold.enheter) }
        ));
    }
    if innhold.roller > 0 {
        folger.push("Roller i kommunen blir stående til du avslutter dem under Personer.".to_owned());
    }
    folger
}

impl Rad {
    /// The page of one kommune.
    fn sti(&self) -> String {
        VisKommune { id: self.id }.to_string()
    }
}
