//! The faces of enheter, and the form they are written in.
use askama::Template;
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::{
    Eier, Enhet, Enhetstype, Oppgitt,
    db::{Innhold, Rad},
    routes::{Enheter, NyEnhet, VisEnhet},
};
use crate::{
    Error,
    admin::{Listehode, Skjemahode, Slutt, Vist, finnes_fra, les_orgnr},
    kommune::Kommunevalg,
    tid,
    web::{Feil, Leser, Liste, Utdrag},
};

const LISTE: (&str, &str) = ("Skoler og barnehager", Enheter::STI);

#[derive(Template)]
#[template(path = "enhet/liste.html")]
pub(super) struct Enhetsliste {
    pub(super) hode: Listehode,
    pub(super) liste: Liste,
    pub(super) utdrag: Utdrag<Rad>,
    pub(super) kommuner: Vec<Kommunevalg>,
    pub(super) i_dag: Date,
}

pub(super) const LISTEHODE: Listehode = Listehode {
    tittel: "Skoler og barnehager",
    ingress: "Enhetene som skal ha et tverrfaglig samhandlingsteam.",
    ny: ("Legg til skole eller barnehage", NyEnhet::STI),
    sok: "Søk etter navn eller organisasjonsnummer",
};

/// The form of an enhet, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) nokkel: String,
    pub(super) versjon: String,
    kommune: String,
    #[serde(rename = "type")]
    type_: String,
    orgnr: String,
    navn: String,
    antall: String,
    trinn_fra: String,
    trinn_til: String,
    eier: String,
    adresse: String,
    gyldig_fra: String,
}

impl Felter {
    pub(super) fn tom(i_dag: Date) -> Self {
        Self { gyldig_fra: tid::iso(i_dag), eier: Eier::Offentlig.slug().to_owned(), ..Self::default() }
    }

    fn fra(enhet: &Enhet) -> Self {
        let tall = |tall: Option<i32>| tall.map(|t| t.to_string()).unwrap_or_default();
        Self {
            nokkel: String::new(),
            versjon: enhet.versjon.to_string(),
            kommune: enhet.kommune_id.to_string(),
            type_: enhet.type_.clone(),
            orgnr: enhet.orgnr.clone().unwrap_or_default(),
            navn: enhet.navn.clone(),
            antall: tall(enhet.antall),
            trinn_fra: tall(enhet.trinn_fra),
            trinn_til: tall(enhet.trinn_til),
            eier: enhet.eier.clone(),
            adresse: enhet.adresse.clone(),
            gyldig_fra: tid::iso(enhet.gyldig_fra),
        }
    }

    pub(super) fn les(&self) -> Result<Oppgitt, Feil> {
        let mut leser = Leser::default();
        let kommune = leser.valg::<Uuid>("kommune", "Kommune", &self.kommune);
        let type_ = leser.valg::<Enhetstype>("type", "Type", &self.type_);
        let navn = leser.tekst("navn", "Navn", &self.navn, 200);
        let orgnr = les_orgnr(&mut leser, &self.orgnr);
        let antall = leser.tall("antall", "Antall elever eller barn", &self.antall, 0..=20_000);
        let trinn_fra = leser.tall("trinn_fra", "Fra trinn eller alder", &self.trinn_fra, 0..=13);
        let trinn_til = leser.tall("trinn_til", "Til trinn eller alder", &self.trinn_til, 0..=13);
        let i_rekkefolge = trinn_fra.zip(trinn_til).is_none_or(|(fra, til)| fra <= til);
        leser.krev("trinn_til", i_rekkefolge, "Det siste trinnet kan ikke være lavere enn det første");
        let eier = leser.valg::<Eier>("eier", "Eier", &self.eier);
        let adresse = leser.valgfri("adresse", "Adresse", &self.adresse, 200);
        let gyldig_fra = leser.dato("gyldig_fra", "Med fra", &self.gyldig_fra);
        leser.ferdig(Oppgitt {
            kommune: kommune.unwrap_or_default(),
            type_: type_.unwrap_or(Enhetstype::Skole),
            orgnr,
            navn,
            antall,
            trinn_fra,
            trinn_til,
            eier: eier.unwrap_or(Eier::Offentlig),
            adresse,
            gyldig_fra,
        })
    }

    /// What is stored now beside what was typed.
    fn utdatert(&self, na: &Self, kommuner: &[Kommunevalg]) -> Feil {
        let navn = |id: &str| kommuner.iter().find(|k| k.id.to_string() == id).map_or("", |k| k.navn.as_str());
        Feil::utdatert(&[
            ("kommune", navn(&na.kommune), navn(&self.kommune)),
            ("type", type_i_ord(&na.type_), type_i_ord(&self.type_)),
            ("navn", &na.navn, self.navn.trim()),
            ("orgnr", &na.orgnr, &self.orgnr.replace(' ', "")),
            ("antall", &na.antall, self.antall.trim()),
            ("trinn_fra", &na.trinn_fra, self.trinn_fra.trim()),
            ("trinn_til", &na.trinn_til, self.trinn_til.trim()),
            ("eier", &na.eier, &self.eier),
            ("adresse", &na.adresse, self.adresse.trim()),
            ("gyldig_fra", &na.gyldig_fra, self.gyldig_fra.trim()),
        ])
    }
}

fn type_i_ord(slug: &str) -> &'static str {
    slug.parse().map_or("", Enhetstype::navn)
}

/// What the database refuses, said at the field it is about.
pub(super) fn feltfeil(error: &Error) -> Option<Feil> {
    if error.on_constraint("enhet_orgnr") {
        return Some(Feil::en(
            "orgnr",
            "En annen enhet i regionen har dette nummeret. Se også blant dem som er avsluttet",
        ));
    }
    if error.on_constraint("enhet_region_id_kommune_id_fkey") {
        return Some(Feil::en("kommune", "Velg en kommune fra listen"));
    }
    error.on_constraint("enhet_check").then(|| finnes_fra("gyldig_fra"))
}

#[derive(Template)]
#[template(path = "enhet/rediger.html")]
pub(super) struct Rediger {
    hode: Skjemahode,
    felter: Felter,
    kommuner: Vec<Kommunevalg>,
}

impl Rediger {
    pub(super) fn ny(felter: Felter, kommuner: Vec<Kommunevalg>, feil: Feil) -> Self {
        let hode = Skjemahode::ny("Legg til skole eller barnehage", LISTE, NyEnhet::STI, &felter.nokkel, feil);
        Self { hode, felter, kommuner }
    }

    /// The page of an enhet, filled as `vist` says.
    pub(super) fn endre(
        enhet: &Enhet,
        innhold: &Innhold,
        kommuner: Vec<Kommunevalg>,
        i_dag: Date,
        vist: Vist<Felter>,
    ) -> Self {
        let (felter, feil, siste_dag) = vist.fyll(Felter::fra(enhet), |skrevet, na| {
            let feil = skrevet.utdatert(na, &kommuner);
            (Felter { versjon: na.versjon.clone(), ..skrevet }, feil)
        });
        let siste_dag = siste_dag.unwrap_or_else(|| tid::iso(i_dag));
        let folger = if enhet.gyldig_til.is_none() { folger(innhold) } else { Vec::new() };
        let slutt = Slutt { hva: hva(enhet), gyldig_til: enhet.gyldig_til, i_dag, siste_dag, folger };
        let sti = VisEnhet { id: enhet.id }.to_string();
        let hode = Skjemahode::endre(&enhet.navn, LISTE, sti, &felter.versjon, feil, slutt);
        Self { hode, felter, kommuner }
    }

    fn typer() -> [(&'static str, &'static str); 2] {
        Enhetstype::ALLE.map(|t| (t.slug(), t.navn()))
    }

    fn eiere() -> [(&'static str, &'static str); 2] {
        Eier::ALLE.map(|e| (e.slug(), e.navn()))
    }

    /// The kommuner with the region today, and the one it is in.
    fn kommunevalg(&self) -> Vec<(Uuid, &str)> {
        let vises = self.kommuner.iter().filter(|k| k.gjelder || k.id.to_string() == self.felter.kommune);
        vises.map(|k| (k.id, k.navn.as_str())).collect()
    }
}

fn hva(enhet: &Enhet) -> &'static str {
    match enhet.type_.parse() {
        Ok(Enhetstype::Barnehage) => "barnehagen",
        _ => "skolen",
    }
}

fn folger(innhold: &Innhold) -> Vec<String> {
    let mut folger: Vec<String> = innhold
        .team
        .iter()
        .map(|team| format!("{team} avsluttes samme dag. Møter som er holdt, blir stående."))
        .collect();
    match innhold.moter.as_slice() {
        [] => {}
        [dag] => folger.push(format!(
            "Teamet har et møte {}. Det må avlyses eller flyttes hvis det er etter den siste dagen.",
            tid::dato(*dag)
        )),
        moter => folger.push(format!(
            "Teamet har {} møter som er planlagt. De etter den siste dagen må avlyses eller flyttes først.",
            moter.len()
        )),
    }
    if innhold.personer > 0 {
        let hvem =
            if innhold.personer == 1 { "Én person".to_owned() } else { format!("{} personer", innhold.personer) };
        folger.push(format!("{hvem} hører til her og blir stående til du flytter dem under Personer."));
    }
    folger
}

impl Rad {
    /// The page of one enhet.
    fn sti(&self) -> String {
        VisEnhet { id: self.id }.to_string()
    }

    fn slag(&self) -> &'static str {
        type_i_ord(&self.type_)
    }

    /// «303 elever».
    fn antall_i_ord(&self) -> String {
        let hvem = self.type_.parse().map_or("", Enhetstype::hvem);
        self.antall.map_or_else(|| "Ikke oppgitt".to_owned(), |antall| format!("{} {hvem}", tid::tall(antall.into())))
    }
}

impl Enhetsliste {
    /// What the list can be narrowed to, and whether it is.
    fn typer(&self) -> [(&'static str, &'static str, bool); 2] {
        Enhetstype::ALLE.map(|t| (t.slug(), t.navn(), self.liste.verdi("type") == t.slug()))
    }

    fn kommunevalg(&self) -> Vec<(Uuid, &str, bool)> {
        let valgt = self.liste.verdi("kommune").parse().ok();
        self.kommuner.iter().map(|k| (k.id, k.navn.as_str(), valgt == Some(k.id))).collect()
    }
}
