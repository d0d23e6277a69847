//! The faces of tiltak: page structs and the small questions their templates ask.
use askama::Template;
use time::Date;
use uuid::Uuid;

use super::{
    Frist, Kategori, Niva, Status, Tiltak, TiltakNivaer, Tiltaksniva, Trekk, UtformetMed, Videre, Virkning,
    db::{Evaluering, Mulig, Utgangspunkt},
    routes::{Flytting, Kilde},
    skjema::{Evalueringsfelter, Felter},
    utvalg::{Rad, Telling, Utvalg, Valgt},
};
use crate::{
    auth::{Adgang, Handling},
    mote::VisMote,
    tid,
    tjeneste::Tjenestetype,
    web::{Feil, Liste, Utdrag},
};

#[derive(Template)]
#[template(path = "tiltak/liste.html")]
pub(super) struct Tiltaksliste {
    pub(super) liste: Liste,
    pub(super) valgt: Valgt,
    pub(super) utdrag: Utdrag<Rad>,
    pub(super) telling: Telling,
    pub(super) i_dag: Date,
}

impl Tiltaksliste {
    /// The same list of another kind; search and status are left behind.
    fn fane(&self, utvalg: Utvalg) -> String {
        let team = self.valgt.team.map(|team| format!("&team={team}")).unwrap_or_default();
        format!("{}?vis={}{team}", self.liste.sti(), utvalg.slug())
    }

    /// The same teams' tiltak, level by level.
    fn nivaer(&self) -> String {
        self.valgt.team.map_or_else(|| TiltakNivaer.to_string(), |team| format!("{TiltakNivaer}?team={team}"))
    }

    /// Whether something was searched for or a status chosen.
    fn er_filtrert(&self) -> bool {
        !self.liste.sok().is_empty() || self.valgt.status.is_some() || self.valgt.alle
    }

    /// The kinds of list with how many each has: words, path, and whether it is this one.
    fn faner(&self) -> [(String, String, bool); 3] {
        Utvalg::ALLE.map(|u| (format!("{} ({})", u.navn(), self.telling.av(u)), self.fane(u), u == self.valgt.utvalg))
    }

    fn statuser(&self) -> Vec<(&'static str, &'static str, bool)> {
        let en = Status::ALLE.map(|s| (s.slug(), s.navn(), self.valgt.status == Some(s)));
        en.into_iter().chain([("alle", "Alle", self.valgt.alle)]).collect()
    }

    fn frist(&self, rad: &Rad) -> Frist {
        rad.frist_i_ord(self.i_dag)
    }

    fn antall(&self) -> String {
        match self.utdrag.totalt {
            1 => "1 tiltak".to_owned(),
            n => format!("{} tiltak", tid::tall(n)),
        }
    }

    /// What the empty list says, and the step that changes it.
    fn tomt(&self) -> (&'static str, &'static str, String) {
        if self.er_filtrert() {
            return ("Ingen tiltak passer til det du søkte etter.", "Vis alle åpne", self.fane(self.valgt.utvalg));
        }
        match self.valgt.utvalg {
            Utvalg::Mine if self.telling.av(Utvalg::Team) > 0 => {
                ("Du har ikke ansvar for noen åpne tiltak.", "Se teamets tiltak", self.fane(Utvalg::Team))
            }
            Utvalg::Forfalte => (
                "Ingen tiltak er over fristen, og ingen venter på evaluering.",
                "Se teamets tiltak",
                self.fane(Utvalg::Team),
            ),
            _ => (
                "Teamet har ingen åpne tiltak. Et tiltak lages fra en beslutning: åpne møtet, og velg «Lag tiltak».",
                "Se møtene dine",
                crate::mote::MineMoter.to_string(),
            ),
        }
    }
}

#[derive(Template)]
#[template(path = "tiltak/vis.html")]
pub(super) struct Vis {
    pub(super) adgang: Adgang,
    pub(super) tiltak: Tiltak,
    pub(super) evalueringer: Vec<Evaluering>,
    pub(super) i_dag: Date,
}

impl Vis {
    fn mote(&self) -> VisMote {
        VisMote { id: self.tiltak.mote }
    }

    fn frist(&self) -> Frist {
        self.tiltak.frist_i_ord(self.i_dag)
    }

    /// The next move, when the reader may make it: its slug, the button's words, and whether it is what invites most.
    fn neste_trekk(&self) -> Option<(&'static str, &'static str, bool)> {
        let her = |trekk: &Trekk| *trekk != Trekk::Avslutt && self.tiltak.status.kan(*trekk);
        let neste = Trekk::ALLE.into_iter().find(her).filter(|_| self.adgang.til(Handling::FolgeTiltak))?;
        Some((neste.slug(), neste.navn(), neste != Trekk::TilEvaluering))
    }

    fn kan_evaluere(&self) -> bool {
        self.adgang.til(Handling::EvaluereTiltak) && self.tiltak.status.kan_evalueres()
    }

    fn kan_endre(&self) -> bool {
        self.adgang.til(Handling::EndreTiltak) && !self.tiltak.status.er_slutt()
    }

    fn kan_avslutte(&self) -> bool {
        self.adgang.til(Handling::EndreTiltak) && self.tiltak.status.kan(Trekk::Avslutt)
    }

    /// Whether evaluating is what comes now; before its day it is there but quiet.
    fn evalueringsvariant(&self) -> &'static str {
        let forfalt = self.tiltak.neste_evaluering <= self.i_dag || self.tiltak.frist < self.i_dag;
        let na = self.tiltak.status == Status::TilEvaluering || forfalt;
        if na { "primary" } else { "secondary" }
    }

    /// Whether it is to be looked at once more after its end.
    fn etter_slutt(&self) -> Option<String> {
        let skal = self.tiltak.skal_evalueres?;
        Some(match (skal, self.tiltak.evalueres) {
            (true, Some(nar)) => format!("Ja, {}", tid::dato(nar)),
            (true, None) => "Ja, dato er ikke satt".to_owned(),
            (false, _) => "Nei".to_owned(),
        })
    }
}

impl Tiltak {
    fn fristdato(&self) -> String {
        tid::dato(self.frist)
    }

    fn evalueringsdato(&self) -> String {
        tid::dato(self.neste_evaluering)
    }

    fn motedag_i_ord(&self) -> String {
        tid::dato_i_ord(self.motedag)
    }

    fn opprettet_dato(&self) -> String {
        tid::dato(self.opprettet)
    }
}

impl Rad {
    fn fristdato(&self) -> String {
        tid::dato(self.frist)
    }

    fn evalueringsdato(&self) -> String {
        tid::dato(self.neste_evaluering)
    }
}

impl Evaluering {
    fn er_endret(&self) -> bool {
        self.videre == Videre::Endret
    }

    fn neste_dato(&self) -> Option<String> {
        self.neste.map(tid::dato)
    }

    fn nar(&self) -> String {
        tid::dato(tid::dag(self.tid))
    }

    fn farge(&self) -> &'static str {
        match self.virkning {
            Virkning::Virker => "success",
            Virkning::Delvis => "warning",
            Virkning::VirkerIkke => "danger",
        }
    }

    fn ikon(&self) -> &'static str {
        match self.virkning {
            Virkning::Virker => "CheckmarkCircle",
            Virkning::Delvis => "ExclamationmarkTriangle",
            Virkning::VirkerIkke => "XMarkOctagon",
        }
    }

    fn motelenke(&self) -> Option<(VisMote, String)> {
        self.mote.map(|(id, dag)| (VisMote { id }, tid::dato(dag)))
    }
}

/// The form a tiltak is made and edited in.
#[derive(Template)]
#[template(path = "tiltak/skjema.html")]
pub(super) struct Rediger {
    overskrift: &'static str,
    handling: String,
    /// Words and path of the page it came from.
    tilbake: (String, String),
    forum: String,
    motedag: Date,
    punkt: String,
    beslutning: Option<String>,
    mulige: Vec<Mulig>,
    felter: Felter,
    feil: Feil,
    ny: bool,
}

impl Rediger {
    pub(super) fn ny(kilde: &Kilde, fra: Utgangspunkt, felter: Felter, mulige: Vec<Mulig>, feil: Feil) -> Self {
        Self {
            overskrift: "Lag tiltak",
            handling: kilde.handling.clone(),
            tilbake: match kilde.pa_hold(&felter.fra) {
                Some(hold) => ("Hold møtet".to_owned(), hold),
                None => (format!("Møtet {}", tid::dato(fra.motedag)), VisMote { id: kilde.mote }.to_string()),
            },
            forum: fra.forum_navn,
            motedag: fra.motedag,
            punkt: fra.punkt,
            beslutning: fra.beslutning.map(|(_, tekst, _)| tekst),
            mulige,
            felter,
            feil,
            ny: true,
        }
    }

    pub(super) fn endre(tiltak: Tiltak, felter: Felter, mut mulige: Vec<Mulig>, feil: Feil) -> Self {
        // Who answers for it stays until somebody else is chosen, also after leaving the team.
        if !mulige.iter().any(|m| m.id == tiltak.ansvarlig) {
            let (id, navn) = (tiltak.ansvarlig, format!("{} (ikke lenger i teamet)", tiltak.ansvarlig_navn));
            mulige.push(Mulig { id, navn, tjeneste: tiltak.tjeneste, kompetanse: Vec::new() });
        }
        Self {
            overskrift: "Endre tiltaket",
            handling: tiltak.understi("endre"),
            tilbake: (tiltak.tittel(), tiltak.sti()),
            forum: tiltak.forum_navn,
            motedag: tiltak.motedag,
            punkt: tiltak.punkt,
            beslutning: tiltak.beslutning,
            mulige,
            felter,
            feil,
            ny: false,
        }
    }

    fn motedag_i_ord(&self) -> String {
        tid::dato_i_ord(self.motedag)
    }

    fn personer(&self) -> Vec<(Uuid, String)> {
        let med_kompetanse = |m: &Mulig| {
            let hvem = std::iter::once(format!("{}, {}", m.navn, m.tjeneste));
            hvem.chain(m.kompetanse.iter().map(|k| k.navn().to_lowercase())).collect::<Vec<_>>().join(" · ")
        };
        self.mulige.iter().map(|m| (m.id, med_kompetanse(m))).collect()
    }

    fn tjenester() -> [(&'static str, &'static str); 6] {
        Tjenestetype::ALLE.map(|t| (t.slug(), t.navn()))
    }

    fn begynnelser() -> [(&'static str, &'static str); 2] {
        [
            (Status::Besluttet.slug(), "Det er besluttet"),
            (Status::Foreslatt.slug(), "Det er bare foreslått, og tas opp igjen i neste møte"),
        ]
    }
}

/// Where a tiltak may be moved to.
#[derive(Template)]
#[template(path = "tiltak/status.html")]
pub(super) struct Flytt {
    pub(super) tiltak: Tiltak,
    /// Whether the reader may end it.
    pub(super) leder: bool,
    pub(super) felter: Flytting,
    pub(super) feil: Feil,
}

impl Flytt {
    fn trekk(&self) -> Vec<(&'static str, &'static str)> {
        let mulige = Trekk::ALLE.into_iter().filter(|t| self.tiltak.status.kan(*t));
        mulige.filter(|t| self.leder || *t != Trekk::Avslutt).map(|t| (t.slug(), t.navn())).collect()
    }

    fn kan_avslutte(&self) -> bool {
        self.leder && self.tiltak.status.kan(Trekk::Avslutt)
    }
}

#[derive(Template)]
#[template(path = "tiltak/evaluer.html")]
pub(super) struct Evaluer {
    pub(super) tiltak: Tiltak,
    pub(super) leder: bool,
    pub(super) felter: Evalueringsfelter,
    pub(super) feil: Feil,
}

impl Evaluer {
    fn virkninger() -> [(&'static str, &'static str); 3] {
        Virkning::ALLE.map(|v| (v.slug(), v.navn()))
    }

    /// What the reader may choose; each with what it means.
    fn videre(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let mulige = Videre::ALLE.into_iter().filter(|v| self.leder || !v.krever_leder());
        mulige.map(|v| (v.slug(), v.navn(), forklaring(v))).collect()
    }
}

fn forklaring(videre: Videre) -> &'static str {
    match videre {
        Videre::Viderefort => "Når det virker, helt eller delvis.",
        Videre::Endret => "Skriv under hva dere gjør annerledes. Det gamle tiltaket blir stående i historikken.",
        Videre::Avsluttet => "Tiltaket kan ikke åpnes igjen.",
        Videre::Loftet => "Teamet kan ikke løse det alene. Ta det opp med kommunalt TST.",
    }
}

fn ja_nei() -> [(&'static str, &'static str); 2] {
    [("ja", "Ja"), ("nei", "Nei")]
}
