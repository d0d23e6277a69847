//! The face of a seat: one form for the new and for the old.
use askama::Template;
use uuid::Uuid;

use super::{
    ansvar::Ansvar,
    db::Lagret,
    routes::{AvsluttMedlem, EndreMedlem, NyttMedlem, Raw, overfor_fra},
};
use crate::{
    forum::{Forum, Kompetanse, Plass, VisTeam},
    tid,
    tjeneste::Tjenestetype,
    web::Feil,
};

/// Somebody who can take a seat.
pub(super) struct Personvalg {
    pub(super) id: Uuid,
    pub(super) navn: String,
    /// «PPT-rådgiver, PPT i regionen».
    pub(super) hvem: String,
}

/// How a seat takes part: value, word and what it means.
const DELTAR: [(&str, &str, &str); 2] = [
    ("fast", "Fast", "Kalles inn til alle møter."),
    ("behov", "Ved behov", "Kalles bare inn til møter der det trengs."),
];

#[derive(Template)]
#[template(path = "forum/medlem.html")]
pub(super) struct Skjemaside {
    pub(super) forum: Forum,
    /// The seat that is changed; none when it is new.
    pub(super) na: Option<Plass>,
    pub(super) leder: Option<Plass>,
    pub(super) personer: Vec<Personvalg>,
    /// Coming møter its person is called to: not answered, answered.
    pub(super) innkallinger: (i64, i64),
    /// What its person still answers for in the team.
    pub(super) ansvar: Ansvar,
    /// Whether the one who asks may hand that over.
    pub(super) overforer: bool,
    pub(super) raw: Raw,
    pub(super) feil: Feil,
}

impl Skjemaside {
    fn tittel(&self) -> &'static str {
        if self.na.is_some() { "Endre medlem" } else { "Legg til medlem" }
    }

    fn team(&self) -> VisTeam {
        VisTeam { id: self.forum.id }
    }

    fn handling(&self) -> String {
        match &self.na {
            Some(na) => EndreMedlem { id: self.forum.id, medlem: na.id }.to_string(),
            None => NyttMedlem { id: self.forum.id }.to_string(),
        }
    }

    fn avslutt(&self, na: &Plass) -> AvsluttMedlem {
        AvsluttMedlem { id: self.forum.id, medlem: na.id }
    }

    fn tjenester(&self) -> [(&'static str, &str); 6] {
        Tjenestetype::ALLE.map(|t| (t.slug(), tjenestenavn(&self.forum, t)))
    }

    fn personvalg(&self) -> Vec<(String, String)> {
        let ord =
            |p: &Personvalg| if p.hvem.is_empty() { p.navn.clone() } else { format!("{} – {}", p.navn, p.hvem) };
        self.personer.iter().map(|p| (p.id.to_string(), ord(p))).collect()
    }

    /// What a tick at «Leder teamet» will do.
    fn om_leder(&self) -> String {
        let leder = self.leder.as_ref().filter(|l| self.na.as_ref().is_none_or(|na| na.id != l.id));
        match leder.and_then(|l| l.person.as_ref()) {
            Some(person) => format!("{} leder teamet nå. Krysser du av her, flyttes rollen.", person.navn),
            None => "Lederen booker og holder møtene og kan endre medlemmene.".to_owned(),
        }
    }

    /// What the person of a seat leaves behind.
    fn om_ansvar(&self, na: &Plass) -> Option<String> {
        self.ansvar.setning(&na.person.as_ref()?.navn)
    }

    /// Where the tiltak of the seat's person are handed over, for the one who may.
    fn overfor(&self, na: &Plass) -> Option<String> {
        let person = na.person.as_ref().filter(|_| self.overforer && self.ansvar.tiltak > 0)?;
        Some(overfor_fra(self.forum.id, person.id))
    }

    fn kompetanser(&self) -> Vec<(&'static str, &'static str, bool)> {
        let valgt = |k: &Kompetanse| self.raw.kompetanse.iter().any(|v| v == k.slug());
        Kompetanse::ALLE.iter().map(|k| (k.slug(), k.navn(), valgt(k))).collect()
    }

    fn om_innkallinger(&self) -> String {
        let moter = |n| if n == 1 { "1 kommende møte".to_owned() } else { format!("{n} kommende møter") };
        let besvart = |n| format!("Svar som allerede er gitt for {}, blir stående.", moter(n));
        match self.innkallinger {
            (0, 0) => "Plassen har ingen innkallinger til kommende møter.".to_owned(),
            (0, n) => besvart(n),
            (n, 0) => format!("Ubesvart innkalling til {} etter siste dag fjernes.", moter(n)),
            (n, m) => format!("Ubesvart innkalling til {} etter siste dag fjernes. {}", moter(n), besvart(m)),
        }
    }
}

fn tjenestenavn(forum: &Forum, type_: Tjenestetype) -> &str {
    match (type_, &forum.enhet) {
        (Tjenestetype::Enhet, Some(enhet)) => enhet,
        _ => type_.navn(),
    }
}

/// What somebody else has stored in a seat while `raw` was written, field by field and in words.
pub(super) fn forskjell(forum: &Forum, personer: &[Personvalg], lagret: &Lagret, raw: &Raw) -> Feil {
    if let Some(til) = lagret.gyldig_til {
        return Feil::en("versjon", &format!("Plassen er avsluttet av noen andre. Siste dag er {}", tid::dato(til)));
    }
    let na = Raw::av(&lagret.onske, lagret.versjon);
    let person = |id: &str| personer.iter().find(|p| p.id.to_string() == id).map_or("ingen", |p| p.navn.as_str());
    let tjeneste = |slug: &str| slug.parse().map_or("", |t| tjenestenavn(forum, t));
    let deltar = |slug: &str| if slug == "fast" { "Fast" } else { "Ved behov" };
    let ja = |svar: &str| if svar == "ja" { "ja" } else { "nei" };
    let ord = |slugs: &[String]| {
        let navn: Vec<_> = slugs.iter().filter_map(|s| s.parse().ok()).map(Kompetanse::navn).collect();
        navn.join(", ")
    };
    Feil::utdatert(&[
        ("tjenestetype", tjeneste(&na.tjenestetype), tjeneste(&raw.tjenestetype)),
        ("person", person(&na.person), person(&raw.person)),
        ("deltar", deltar(&na.deltar), deltar(&raw.deltar)),
        ("moteplikt", ja(&na.moteplikt), ja(&raw.moteplikt)),
        ("vara", person(&na.vara), person(&raw.vara)),
        ("leder", ja(&na.leder), ja(&raw.leder)),
        ("fullmakt", ja(&na.fullmakt), ja(&raw.fullmakt)),
        ("fullmakt_fra", &na.fullmakt_fra, &raw.fullmakt_fra),
        ("fullmakt_av", &na.fullmakt_av, raw.fullmakt_av.trim()),
        ("kompetanse", &ord(&na.kompetanse), &ord(&raw.kompetanse)),
    ])
}
