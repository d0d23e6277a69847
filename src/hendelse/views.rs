//! The faces of the log.
use std::fmt::Write as _;

use askama::Template;
use serde_json::Value;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    felt::{self, felter},
    monster::Monster,
    ord::{self, Omrade, Slag, Utfall},
    routes::FolgOpp as FolgOppSti,
    sok::{Funn, Leser, Rad, Sok},
};
use crate::{
    auth::Rolletype,
    tid,
    web::{self, Feil, Utdrag},
};

#[derive(Template)]
#[template(path = "hendelse/liste.html")]
pub(super) struct Logg {
    pub(super) liste: web::Liste,
    pub(super) utdrag: Utdrag<Rad>,
    pub(super) sok: Sok,
}

#[derive(Template)]
#[template(path = "hendelse/mine.html")]
pub(super) struct Mine {
    pub(super) liste: web::Liste,
    pub(super) utdrag: Utdrag<Rad>,
}

#[derive(Template)]
#[template(path = "hendelse/sett_av.html")]
pub(super) struct SettAv {
    pub(super) id: Uuid,
    pub(super) forum: String,
    pub(super) dato: Date,
    pub(super) lesere: Vec<Leser>,
}

#[derive(Template)]
#[template(path = "hendelse/oppfolging.html")]
pub(super) struct Oppfolging {
    apne: Vec<Funn>,
    sette: Vec<Funn>,
}

#[derive(Template)]
#[template(path = "hendelse/folg_opp.html")]
pub(super) struct FolgOpp {
    pub(super) person: Uuid,
    pub(super) navn: String,
    pub(super) monster: Monster,
    pub(super) time: OffsetDateTime,
    pub(super) kommentar: String,
    pub(super) feil: Feil,
}

/// «22.11.2026 kl. 11.52».
fn nar(oyeblikk: OffsetDateTime) -> String {
    let lokal = tid::lokal(oyeblikk);
    format!("{} kl. {}", tid::dato(lokal.date()), tid::kl(lokal.time()))
}

/// «onsdag 18. november kl. 13–14».
fn timen(time: OffsetDateTime) -> String {
    let lokal = tid::lokal(time);
    let klokke = lokal.hour();
    format!("{} kl. {klokke:02}–{:02}", tid::dag_i_ord(lokal.date()), (klokke + 1) % 24)
}

fn rolle(type_: Option<&String>) -> &'static str {
    type_.and_then(|t| t.parse::<Rolletype>().ok()).map_or("", Rolletype::navn)
}

impl Logg {
    fn fra(&self) -> String {
        tid::iso(self.sok.fra)
    }

    fn antall(&self) -> String {
        antall(self.utdrag.totalt)
    }
}

impl Mine {
    fn antall(&self) -> String {
        antall(self.utdrag.totalt)
    }
}

fn antall(totalt: i64) -> String {
    format!("{} {}", tid::tall(totalt), if totalt == 1 { "hendelse" } else { "hendelser" })
}

impl Rad {
    fn nar(&self) -> String {
        nar(self.tid)
    }

    /// Who: by name, or what did it when nobody was signed in.
    fn hvem(&self) -> &str {
        match &self.navn {
            Some(navn) => navn,
            None if self.av != "samhandling_web" => "Driften av tjenesten",
            None if self.huset => "Tjenesten selv",
            None => "Ukjent",
        }
    }

    fn rolle(&self) -> &'static str {
        rolle(self.rolle_type.as_ref())
    }

    /// What happened, in words.
    fn hva(&self) -> String {
        match (self.slag, self.tabell.as_deref()) {
            (Slag::Endring, Some(tabell)) => {
                format!("{} {}", ord::gjort(self.operasjon.as_deref().unwrap_or_default()), ord::ting(tabell))
            }
            (Slag::Avvist, _) => match ord::sted(self.arsak.as_deref().unwrap_or_default()) {
                Some(sted) => format!("{} fra {sted}", Slag::Avvist.navn()),
                None => Slag::Avvist.navn().to_owned(),
            },
            (Slag::Lest, Some("tiltak")) => "Leste et tiltak på individnivå".to_owned(),
            (Slag::Lest, Some("mote")) => "Leste et møte".to_owned(),
            (Slag::Lest, Some(tabell)) => format!("Leste {}", ord::ting(tabell)),
            (slag, _) => slag.navn().to_owned(),
        }
    }

    /// The møte it was about: «TST Fjellheim skole, 25.11.2026».
    fn mote(&self) -> String {
        self.mote.as_ref().map(|(forum, dato)| format!("{forum}, {}", tid::dato(*dato))).unwrap_or_default()
    }

    /// Which fields changed, in words.
    fn felter(&self) -> String {
        if matches!(self.slag, Slag::Endring | Slag::Konto) { felter(&self.felter) } else { String::new() }
    }

    /// Before and after, where that can be told.
    fn verdier(&self) -> String {
        let mut ord = String::new();
        let Some(Value::Object(alle)) = &self.verdier else { return ord };
        for (felt, verdi) in alle.iter().filter(|(felt, _)| !felt.ends_with("id") && *felt != "versjon") {
            let som_ord = |v: &Value| match v {
                Value::Null => "ingenting".to_owned(),
                Value::Bool(true) => "ja".to_owned(),
                Value::Bool(false) => "nei".to_owned(),
                Value::String(tekst) => tekst.replace('_', " "),
                annet => annet.to_string(),
            };
            if let Some([foer, etter]) = verdi.as_array().map(Vec::as_slice) {
                let skille = if ord.is_empty() { "" } else { ", " };
                let _ = write!(ord, "{skille}{}: {} → {}", felt::felt(felt), som_ord(foer), som_ord(etter));
            }
        }
        ord
    }

    fn farge(&self) -> &'static str {
        match self.utfall {
            Utfall::Ok => "neutral",
            Utfall::IkkeTilgang | Utfall::IkkeFunnet | Utfall::Feilet => "warning",
        }
    }

    fn ikon(&self) -> &'static str {
        if self.utfall == Utfall::Ok { "Checkmark" } else { "ExclamationmarkTriangle" }
    }
}

impl SettAv {
    fn tittel(&self) -> String {
        format!("{}, {}", self.forum, tid::dato(self.dato))
    }

    fn mote(&self) -> String {
        format!("/moter/{}", self.id)
    }
}

impl Leser {
    fn hvem(&self) -> &str {
        self.navn.as_deref().unwrap_or("Ukjent")
    }

    fn rolle(&self) -> &'static str {
        rolle(self.rolle_type.as_ref())
    }

    fn sist(&self) -> String {
        nar(self.sist)
    }

    /// How often, in words.
    fn ganger(&self) -> String {
        let filer = match self.filer {
            0 => String::new(),
            1 => ", lastet ned 1 fil".to_owned(),
            antall => format!(", lastet ned {antall} filer"),
        };
        let apnet = if self.ganger == 1 { "1 gang".to_owned() } else { format!("{} ganger", self.ganger) };
        format!("{apnet}{filer}")
    }
}

impl Oppfolging {
    pub(super) fn ny(funn: Vec<Funn>) -> Self {
        let (sette, apne) = funn.into_iter().partition(|f| f.sett.is_some());
        Self { apne, sette }
    }
}

impl Funn {
    fn ikon(&self) -> &'static str {
        match self.monster {
            Monster::Natt => "Moon",
            Monster::Avvist | Monster::Innlogging => "ExclamationmarkTriangle",
            Monster::Lest => "Eye",
        }
    }

    /// What was seen, in a sentence.
    fn setning(&self) -> String {
        let (antall, time) = (self.antall, timen(self.time));
        match self.monster {
            Monster::Avvist => format!("Ble avvist {antall} ganger {time}."),
            Monster::Lest => format!("Åpnet {antall} møter {time}."),
            Monster::Natt => format!("Åpnet {antall} møter om natten, {time}."),
            Monster::Innlogging => format!("{antall} mislykkede innlogginger {time}."),
        }
    }

    fn sti(&self) -> String {
        let sti = FolgOppSti { person: self.person };
        format!("{sti}?monster={}&time={}", self.monster.slug(), self.time.unix_timestamp())
    }

    /// The events themselves.
    fn hendelser(&self) -> String {
        let dag = tid::iso(tid::dag(self.time));
        let par = [("sok", self.navn.as_str()), ("fra", &dag), ("til", &dag)];
        format!("/admin/hendelser?{}", serde_html_form::to_string(par).unwrap_or_default())
    }

    /// Who looked into it, and when.
    fn sett_av(&self) -> String {
        self.sett.as_ref().map(|(navn, tid, _)| format!("Sett av {navn} {}", nar(*tid))).unwrap_or_default()
    }

    fn kommentar(&self) -> &str {
        self.sett.as_ref().map_or("", |(.., kommentar)| kommentar)
    }
}

impl FolgOpp {
    fn sti(&self) -> String {
        FolgOppSti { person: self.person }.to_string()
    }

    fn timen(&self) -> String {
        timen(self.time)
    }

    fn sekunder(&self) -> i64 {
        self.time.unix_timestamp()
    }
}
