//! The faces of a forum: the list, and one team with its seats and møter.
use std::{collections::HashMap, fmt::Write as _};

use askama::Template;
use time::Date;
use uuid::Uuid;

use super::{
    Forum, Forumtype, Maling, Motelinje, Plass, Semestertall, VisTeam,
    forvalt::EndreTeam,
    manglende_tjenester,
    medlem::{EndreMedlem, NyttMedlem},
    routes::Filter,
};
use crate::{
    auth::{Adgang, Handling, Rolle, Rolletype, rett::Omfang},
    bistand::Loft,
    dokument::ReferaterPdf,
    lofttall::Lofttall,
    mote::{BookMote, Status, VisMote},
    puls::Tall,
    regelsett::Stilling,
    sak::MeldBehov,
    serie::{Serie, SerieForTeam},
    tid,
    tiltak::{OverforTiltak, TiltakListe},
    tjeneste::Tjenestetype,
};

/// How far a list may look for the one who asks; their own fora are always within it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rekkevidde {
    pub(super) hele_regionen: bool,
    pub(super) kommune: Option<Uuid>,
}

impl Rekkevidde {
    /// `None` when the role reaches nowhere.
    pub(super) fn av(rolle: &Rolle, handling: Handling) -> Option<Self> {
        let omfang = rolle.type_.omfang(handling);
        let kommune = rolle.kommune.filter(|_| omfang == Omfang::Kommune);
        (omfang != Omfang::Ingen).then_some(Self { hele_regionen: omfang == Omfang::Region, kommune })
    }
}

/// A kommune to filter by.
pub(super) struct Kommunevalg {
    pub(super) id: Uuid,
    pub(super) navn: String,
    pub(super) uten_team: u32,
}

#[derive(Template)]
#[template(path = "forum/liste.html")]
pub(super) struct Liste {
    pub(super) rader: Vec<Rad>,
    pub(super) treff: u32,
    pub(super) filter: Filter,
    pub(super) kommuner: Vec<Kommunevalg>,
    pub(super) kan_opprette: bool,
    pub(super) kan_booke_serie: bool,
    pub(super) rolle: Rolletype,
}

pub(super) struct Rad {
    forum: Forum,
    ledere: String,
    nar: String,
    stilling: Stilling,
}

impl Rad {
    pub(super) fn ny(forum: Forum, ledere: String, mal: &Maling, tall: &HashMap<Uuid, Semestertall>) -> Self {
        let stilling = mal.stilling(tall.get(&forum.id).copied().unwrap_or_default());
        Self { forum, ledere, nar: mal.nar(), stilling }
    }

    fn sti(&self) -> VisTeam {
        VisTeam { id: self.forum.id }
    }
}

impl Liste {
    fn er_filtrert(&self) -> bool {
        !self.filter.sok.trim().is_empty() || self.filter.kommune().is_some() || self.filter.type_().is_some()
    }

    fn uten_team(&self) -> u32 {
        self.kommuner.iter().map(|k| k.uten_team).sum()
    }

    fn enheter(&self) -> String {
        match self.uten_team() {
            1 => "1 enhet har".to_owned(),
            n => format!("{n} enheter har"),
        }
    }

    fn valgt(&self, kommune: &Kommunevalg) -> bool {
        self.filter.kommune() == Some(kommune.id)
    }

    fn sider(&self) -> i64 {
        (i64::from(self.treff) + Filter::PER_SIDE - 1) / Filter::PER_SIDE
    }

    /// The list's own address, up to the number of the page.
    fn sti(&self) -> String {
        let mut sti = format!("/team?sok={}", i_adresse(self.filter.sok.trim()));
        if let Some(kommune) = self.filter.kommune() {
            let _ = write!(sti, "&kommune={kommune}");
        }
        if let Some(type_) = self.filter.type_() {
            let _ = write!(sti, "&type={}", type_.slug());
        }
        sti + "&side="
    }
}

/// Text written so that it can stand in an address.
fn i_adresse(tekst: &str) -> String {
    serde_html_form::to_string([("", tekst)]).unwrap_or_default().trim_start_matches('=').to_owned()
}

#[derive(Template)]
#[template(path = "forum/vis.html")]
pub(super) struct Vis {
    pub(super) adgang: Adgang,
    pub(super) forum: Forum,
    /// The ended ones too.
    pub(super) plasser: Vec<Plass>,
    pub(super) mal: Maling,
    /// Newest first.
    pub(super) moter: Vec<Motelinje>,
    pub(super) tall: Semestertall,
    /// What those who were in the møter thought, for the leader.
    pub(super) puls: Option<Tall>,
    pub(super) i_dag: Date,
}

impl Vis {
    fn endre(&self) -> EndreTeam {
        EndreTeam { id: self.forum.id }
    }

    fn kan_endre(&self) -> bool {
        self.adgang.til(Handling::EndreTeam) && self.forum.gyldig_til.is_none()
    }

    fn ser_puls(&self) -> bool {
        self.adgang.til(Handling::LedeMote)
    }

    fn ser_tiltak(&self) -> bool {
        self.adgang.til(Handling::SeTiltak)
    }

    fn overforer_tiltak(&self) -> bool {
        self.adgang.til(Handling::EndreTiltak)
    }

    fn overfor(&self) -> OverforTiltak {
        OverforTiltak { id: self.forum.id }
    }

    fn tiltak(&self) -> String {
        format!("{TiltakListe}?vis=team&team={}", self.forum.id)
    }

    fn kan_booke(&self) -> bool {
        self.adgang.til(Handling::BookMote) && self.forum.gyldig_til.is_none()
    }

    fn kan_booke_serie(&self) -> bool {
        self.adgang.til(Handling::BookSerie) && self.forum.gyldig_til.is_none()
    }

    fn serie(&self) -> SerieForTeam {
        SerieForTeam { forum: self.forum.id }
    }

    fn book(&self) -> BookMote {
        BookMote { forum: self.forum.id }
    }

    /// Where the leader of a unit's team lifts something to the kommune.
    fn loft(&self) -> Option<Loft> {
        let kan = self.adgang.til(Handling::Lofte) && self.forum.type_ == Forumtype::TstEnhet;
        (kan && self.forum.gyldig_til.is_none()).then_some(Loft { id: self.forum.id })
    }

    fn melder(&self) -> bool {
        self.adgang.til(Handling::MeldeBehov) && self.avsluttet().is_none()
    }

    fn meld(&self) -> MeldBehov {
        MeldBehov { id: self.forum.id }
    }

    /// The numbers of what is lifted to the kommune's own team.
    fn lofttall(&self) -> Option<Lofttall> {
        let ser = self.forum.type_ == Forumtype::TstKommune && self.adgang.til(Handling::SeLofttall);
        ser.then_some(Lofttall { id: self.forum.id })
    }

    fn ser_bistand(&self) -> bool {
        self.adgang.til(Handling::SeBistand)
    }

    fn nytt_medlem(&self) -> NyttMedlem {
        NyttMedlem { id: self.forum.id }
    }

    fn medlem(&self, plass: &Plass) -> EndreMedlem {
        EndreMedlem { id: self.forum.id, medlem: plass.id }
    }

    fn stilling(&self) -> Stilling {
        self.mal.stilling(self.tall)
    }

    fn avsluttet(&self) -> Option<String> {
        self.forum.gyldig_til.map(|til| format!("Teamet er avsluttet. Siste dag er {}.", tid::dato(til)))
    }

    /// «TST på enheten · Tynset · 303 elever».
    fn om(&self) -> String {
        let mut om = self.forum.type_.navn().to_owned();
        if let Some(kommune) = &self.forum.kommune {
            let _ = write!(om, " · {kommune}");
        }
        if let Some((type_, antall)) = self.forum.sted.enhetstype.zip(self.forum.sted.antall) {
            let _ = write!(om, " · {} {}", tid::tall(antall.into()), type_.hvem());
        }
        om
    }

    fn navaerende(&self) -> Vec<&Plass> {
        self.plasser.iter().filter(|p| p.gyldig_til.is_none_or(|til| til >= self.i_dag)).collect()
    }

    fn tidligere(&self) -> Vec<&Plass> {
        self.plasser.iter().filter(|p| p.gyldig_til.is_some_and(|til| til < self.i_dag)).collect()
    }

    /// Fixed services without a seat; the rule speaks of units' teams.
    fn mangler(&self) -> Vec<Tjenestetype> {
        let na: Vec<Plass> = self.navaerende().into_iter().cloned().collect();
        match self.forum.type_ {
            Forumtype::TstEnhet => manglende_tjenester(&self.mal.regelsett.faste_tjenester, &na),
            _ => Vec::new(),
        }
    }

    /// The leader of a TST whose roles do not let them book møter.
    fn leder_uten_rolle(&self) -> Option<&str> {
        let mut ledere = self.navaerende().into_iter().filter(|p| p.leder).filter_map(|p| p.person.as_ref());
        ledere.find(|p| self.forum.type_.er_tst() && !p.kan_lede).map(|p| p.navn.as_str())
    }

    /// The leader who has not said that they know how to lead a møte («ledere som har kompetanse i å lede tverrfaglige møter»).
    fn leder_uten_moteledelse(&self) -> Option<&str> {
        let leder = self.navaerende().into_iter().find(|p| p.leder && !p.evner.leder_moter())?;
        leder.person.as_ref().filter(|_| self.forum.type_.er_tst()).map(|p| p.navn.as_str())
    }

    fn har_leder(&self) -> bool {
        self.navaerende().iter().any(|p| p.leder)
    }

    /// The seat's service as this team calls it: «Fjellheim skole», «PPT».
    fn tjeneste<'a>(&'a self, plass: &'a Plass) -> &'a str {
        match (plass.tjenestetype, &self.forum.enhet, &plass.tjeneste) {
            (Tjenestetype::Enhet, Some(enhet), _) => enhet,
            (Tjenestetype::Annen, _, Some(tjeneste)) => tjeneste,
            (Tjenestetype::Annen, ..) => "Medlem",
            (type_, ..) => type_.navn(),
        }
    }

    fn kommende(&self) -> Vec<&Motelinje> {
        self.moter.iter().filter(|m| !m.status.er_slutt()).rev().collect()
    }

    fn holdte(&self) -> Vec<&Motelinje> {
        self.moter.iter().filter(|m| m.status.er_slutt()).collect()
    }

    /// This semester's referater and the last one's as one document each, when there are any to read.
    fn referater(&self) -> Vec<(String, String)> {
        let grenser = self.mal.regelsett.semestergrenser;
        let alle = [self.mal.semester, self.mal.semester.forrige()].into_iter().filter_map(|semester| {
            let holdt = |m: &&Motelinje| m.status == Status::Ferdigstilt && self.lenke(m).is_some();
            let i_semesteret = |m: &Motelinje| semester.inneholder(tid::dag(m.start), grenser);
            self.moter.iter().filter(holdt).any(i_semesteret).then(|| {
                let (fra, til) = (tid::iso(semester.start(grenser)), tid::iso(semester.slutt(grenser)));
                let sti = ReferaterPdf { id: self.forum.id };
                let ord = format!("Last ned alle referatene fra {}en {}", semester.arstid(), semester.ar);
                (ord, format!("{sti}?fra={fra}&til={til}"))
            })
        });
        alle.collect()
    }

    /// Where the møte is shown, for those who may see it.
    fn lenke(&self, mote: &Motelinje) -> Option<String> {
        let ser = mote.deltaker && self.adgang.kan(Handling::SeMote) || self.adgang.til(Handling::SeMote);
        ser.then(|| VisMote { id: mote.id }.to_string())
    }
}

impl Plass {
    fn forste_dag(&self) -> String {
        tid::dato(self.gyldig_fra)
    }

    fn siste_dag(&self) -> Option<String> {
        self.gyldig_til.map(tid::dato)
    }
}

impl Motelinje {
    fn nar(&self) -> String {
        let (start, slutt) = (tid::lokal(self.start), tid::lokal(self.slutt()));
        format!("{}, {}", tid::dato_i_ord(start.date()), tid::tidsrom(start.time(), slutt.time()))
    }

    fn dag(&self) -> String {
        tid::dato_i_ord(tid::dag(self.start))
    }

    fn slutt(&self) -> time::OffsetDateTime {
        self.start + time::Duration::minutes(self.minutter.into())
    }

    fn svar(&self) -> Option<String> {
        let venter = matches!(self.status, Status::Planlagt | Status::Innkalt) && self.inviterte > 0;
        venter.then(|| format!("{} av {} har svart", self.har_svart, self.inviterte))
    }
}
