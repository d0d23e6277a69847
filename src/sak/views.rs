//! The faces of saker, and the small questions their templates ask.
use askama::Template;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    MeldBehov, SAKSFRIST, Sak, Slag, Status, Trekk, VisSak,
    db::Team,
    skjema::{Melding, Steg},
};
use crate::{
    forum::VisTeam,
    mote::{self, Elementtype, VisMote},
    tekst::stor,
    tid,
    tiltak::Niva,
    web::Feil,
};

#[derive(Template)]
#[template(path = "sak/velg.html")]
pub(super) struct Velg {
    pub(super) forum: Uuid,
    pub(super) team: Team,
}

impl Velg {
    fn tilbake(&self) -> VisTeam {
        VisTeam { id: self.forum }
    }

    /// Each kind of need, with the page it is written on.
    fn valg(&self) -> Vec<(Slag, String)> {
        let sti = MeldBehov { id: self.forum };
        Slag::ALLE
            .iter()
            .filter(|s| self.team.er_tst || s.grunnlag().is_none())
            .map(|&slag| (slag, format!("{sti}/{}", slag.slug())))
            .collect()
    }
}

#[derive(Template)]
#[template(path = "sak/meld.html")]
pub(super) struct Meld {
    pub(super) forum: Uuid,
    pub(super) team: Team,
    pub(super) slag: Slag,
    pub(super) felter: Melding,
    pub(super) feil: Feil,
    pub(super) i_dag: Date,
}

impl Meld {
    fn tilbake(&self) -> VisTeam {
        VisTeam { id: self.forum }
    }

    fn velg(&self) -> MeldBehov {
        MeldBehov { id: self.forum }
    }

    fn sti(&self) -> String {
        format!("{}/{}", self.velg(), self.slag.slug())
    }

    /// When it can be treated at the earliest, as far as is known.
    fn nar(&self) -> String {
        nar(self.team.neste, self.i_dag)
    }
}

/// «Neste møte er onsdag 3. desember 2026. Saksfristen er 26.11.2026.», or what stands in the way.
fn nar(neste: Option<OffsetDateTime>, i_dag: Date) -> String {
    let Some(start) = neste else {
        return "Det er ikke booket noe nytt møte ennå. Saken venter på det første som blir booket.".to_owned();
    };
    let (dag, frist) = (tid::dag(start), tid::dag(start) - SAKSFRIST);
    let nar = format!("Neste møte er {}.", tid::dato_i_ord(dag));
    if i_dag <= frist {
        format!("{nar} Saksfristen er {}.", tid::dato(frist))
    } else {
        let etter = "Lederen avgjør om saken kommer med, eller tas på møtet etter.";
        format!("{nar} Saksfristen var {}. {etter}", tid::dato(frist))
    }
}

#[derive(Template)]
#[template(path = "sak/vis.html")]
pub(super) struct Vis {
    pub(super) sak: Sak,
    pub(super) leder: bool,
    pub(super) i_dag: Date,
    pub(super) steg: Steg,
    pub(super) feil: Feil,
}

impl Vis {
    fn kan(&self, trekk: Trekk) -> bool {
        self.leder && self.sak.status.kan(trekk, self.sak.i_mote()) && !self.sak.er_last()
    }

    fn kan_utsette(&self) -> bool {
        self.kan(Trekk::Utsett) && self.sak.mote.is_some()
    }

    /// What happens now, in a sentence.
    fn hva_na(&self) -> String {
        let neste = self.sak.mote.as_ref().map(|m| m.start);
        match self.sak.status {
            Status::Foreslatt => format!("Teamlederen skal ta stilling til saken. {}", nar(neste, self.i_dag)),
            Status::SattOpp => match &self.sak.mote {
                Some(m) if self.sak.i_mote() => {
                    format!("Saken tas opp i møtet {}, som er i gang.", tid::dato_i_ord(tid::dag(m.start)))
                }
                Some(m) => format!("Saken tas opp {}.", tid::dato_i_ord(tid::dag(m.start))),
                None => "Saken tas opp på det første møtet som blir booket.".to_owned(),
            },
            Status::Behandlet => {
                let utfall = self.sak.utfall.map(|u| u.navn().to_lowercase()).unwrap_or_default();
                match neste {
                    Some(start) => format!("Saken ble behandlet {}: {utfall}.", tid::dato_i_ord(tid::dag(start))),
                    None => format!("Saken er behandlet: {utfall}."),
                }
            }
            Status::IkkeBehandlet => "Møtet rakk ikke saken. Den står på agendaen til neste møte.".to_owned(),
            Status::Avslatt => format!("Saken tas ikke opp. Grunnen: {}", self.sak.avslag_grunn),
        }
    }

    /// The parts of a møte a sak may be put under.
    fn deler() -> Vec<(&'static str, &'static str)> {
        Elementtype::ALLE.into_iter().filter(|e| e.er_fast()).map(|e| (e.slug(), e.navn())).collect()
    }

    fn velger_del(&self) -> bool {
        self.sak.niva == Niva::System
    }
}

impl Sak {
    /// Whether the møte it stands on has begun and not ended.
    pub(super) fn i_mote(&self) -> bool {
        self.mote.as_ref().is_some_and(|m| m.status == mote::Status::Pagar)
    }

    /// Whether it belongs to a møte that is over.
    fn er_last(&self) -> bool {
        self.mote.as_ref().is_some_and(|m| m.status.er_slutt())
    }

    fn sti(&self) -> String {
        VisSak { id: self.id }.to_string()
    }

    fn understi(&self, hva: &str) -> String {
        format!("{}/{hva}", self.sti())
    }

    fn team(&self) -> VisTeam {
        VisTeam { id: self.forum.0 }
    }

    fn motet(&self) -> Option<(String, String)> {
        let mote = self.mote.as_ref()?;
        Some((VisMote { id: mote.id }.to_string(), stor(&tid::dato_i_ord(tid::dag(mote.start)))))
    }

    fn fra_motet(&self) -> Option<(String, String)> {
        let (id, dag) = self.fra?;
        Some((VisMote { id }.to_string(), stor(&tid::dato_i_ord(dag))))
    }

    fn meldt(&self) -> String {
        let lokal = tid::lokal(self.meldt);
        format!("{} kl. {} av {}", tid::dato(lokal.date()), tid::kl(lokal.time()), self.meldt_av.1)
    }

    /// «Individnivå, anonym drøfting».
    fn niva_i_ord(&self) -> String {
        match self.grunnlag {
            Some(grunnlag) => format!("{}, {}", self.niva.kort(), grunnlag.navn().to_lowercase()),
            None => self.niva.kort().to_owned(),
        }
    }
}
