//! The face of a møte: page structs and the small questions their templates ask.
use askama::Template;
use uuid::Uuid;

use super::{
    Agenda, Handling, Mote, Status,
    db::{Deltaker, Punkt},
    klokke, tider,
};
use crate::{
    auth::Medlem,
    oppmote::{Oppmote, Svar},
    web::Feil,
};

#[derive(Template)]
#[template(path = "mote/vis.html")]
pub(super) struct Vis {
    mote: Mote,
    agenda: Vec<(String, Punkt)>,
    varighet: u32,
    deltakere: Vec<Deltaker>,
    leder: bool,
    meg: Uuid,
    /// Whether the day of the møte has come.
    er_dagen: bool,
}

impl Vis {
    pub(super) fn ny(mote: Mote, punkter: Vec<Punkt>, deltakere: Vec<Deltaker>, leder: bool, medlem: &Medlem) -> Self {
        let agenda = Agenda::new(punkter.iter().map(|p| p.element.clone()).collect(), mote.status.er_slutt());
        Self {
            agenda: tider(&agenda, klokke(mote.start)).into_iter().zip(punkter).collect(),
            varighet: agenda.varighet(),
            er_dagen: medlem.i_dag() >= mote.dato(),
            meg: medlem.person(),
            mote,
            deltakere,
            leder,
        }
    }

    fn kan(&self, handling: Handling) -> bool {
        self.leder && self.mote.status.kan(handling)
    }

    /// «Start» is the step that invites once the day has come; before it, it is there but quiet.
    fn startvariant(&self) -> &'static str {
        if self.er_dagen { "primary" } else { "secondary" }
    }

    /// Whether attendance is what counts now, rather than answers.
    fn viser_oppmote(&self) -> bool {
        matches!(self.mote.status, Status::Pagar | Status::Ferdigstilt)
    }

    /// The one who asks, when invited.
    fn min_plass(&self) -> Option<&Deltaker> {
        self.deltakere.iter().find(|d| d.person == Some(self.meg))
    }

    /// «3 av 4 har svart».
    fn svart(&self) -> String {
        let svart = self.deltakere.iter().filter(|d| d.svar != Svar::Ubesvart).count();
        format!("{svart} av {} har svart", self.deltakere.len())
    }
}

impl Deltaker {
    /// What stands beside the name: answer or attendance, with the colour of its tag and an icon.
    pub(super) fn merke(&self, viser_oppmote: bool) -> (String, &'static str, &'static str) {
        let (ord, farge) = match (viser_oppmote, self.oppmote) {
            (true, Some(oppmote)) => (oppmote.navn(), oppmote.farge()),
            (true, None) => ("Ikke registrert", "neutral"),
            (false, _) => (self.svar.navn(), self.svar.farge()),
        };
        (format!("{ord}{}", self.tillegg(viser_oppmote)), farge, ikon(farge))
    }

    /// Who comes instead, or why somebody cannot come.
    fn tillegg(&self, viser_oppmote: bool) -> String {
        let (vara, forfall) = if viser_oppmote {
            (self.oppmote == Some(Oppmote::Vara), self.oppmote == Some(Oppmote::Forfall))
        } else {
            (self.svar == Svar::SenderVara, self.svar == Svar::Forfall)
        };
        match self.grunn {
            _ if vara && !self.vara.is_empty() => format!(": {}", self.vara),
            Some(grunn) if forfall => format!(": {}", grunn.navn().to_lowercase()),
            _ => String::new(),
        }
    }
}

fn ikon(farge: &str) -> &'static str {
    match farge {
        "success" => "CheckmarkCircle",
        "info" => "ArrowRightLeft",
        "warning" => "ExclamationmarkTriangle",
        "danger" => "XMarkOctagon",
        _ => "QuestionmarkCircle",
    }
}

#[derive(Template)]
#[template(path = "mote/avlys.html")]
pub(super) struct Avlys {
    pub(super) mote: Mote,
    pub(super) begrunnelse: String,
    pub(super) feil: Feil,
}
