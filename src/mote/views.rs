//! The face of a møte: page structs and the small questions their templates ask.
use askama::Template;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Agenda, Elementtype, Handling, KoblePa, Mote, Status,
    db::{Beslutning, Deltaker, Punkt},
    klokke, tider,
};
use crate::{
    auth::{self, Adgang, Medlem},
    bistand::{Loft, VedMote},
    oppmote::{Forfallsgrunn, Oppmote, Svar, kan_fore_eget, kan_svare},
    sak::{MeldBehov, Saker},
    tiltak::{Apent, Frist, LagTiltak, LagTiltakUnder, VisTiltak},
    web::Feil,
};

#[derive(Template)]
#[template(path = "mote/vis.html")]
pub(super) struct Vis {
    mote: Mote,
    agenda: Vec<(String, Punkt)>,
    varighet: u32,
    deltakere: Vec<Deltaker>,
    /// The team's tiltak that have not ended, for those who may see them.
    apne: Vec<Apent>,
    adgang: Adgang,
    meg: Uuid,
    na: OffsetDateTime,
    i_dag: Date,
    bistand: Vec<VedMote>,
    saker: Saker,
    /// Where a member reports what the team should talk about.
    meld: Option<MeldBehov>,
    /// Where the leader lifts something from this møte to the kommune.
    loft: Option<String>,
}

impl Vis {
    pub(super) fn ny(
        mote: Mote,
        (punkter, apne): (Vec<Punkt>, Vec<Apent>),
        deltakere: Vec<Deltaker>,
        adgang: Adgang,
        medlem: &Medlem,
    ) -> crate::Result<Self> {
        let leder = adgang.til(auth::Handling::LedeMote);
        let lofter = leder && mote.enhet.is_some() && mote.er_tst && medlem.kan(auth::Handling::Lofte);
        let avholdes = !matches!(mote.status, Status::Avlyst | Status::Lukket);
        let loft = (lofter && avholdes).then(|| format!("{}?mote={}", Loft { id: mote.forum }, mote.id));
        let agenda = Agenda::new(punkter.iter().map(|p| p.element.clone()).collect(), mote.status.er_slutt());
        let elementer: Vec<_> = punkter.iter().map(|p| p.element.elementtype).collect();
        let kan_melde = adgang.til(auth::Handling::MeldeBehov) && !mote.status.er_slutt();
        Ok(Self {
            saker: Saker::les(&mote.saker, &elementer)?,
            meld: kan_melde.then_some(MeldBehov { id: mote.forum }),
            bistand: VedMote::les(&mote.bistand, &medlem.rolle)?,
            agenda: tider(&agenda, klokke(mote.start)).into_iter().zip(punkter).collect(),
            varighet: agenda.varighet(),
            na: medlem.na(),
            i_dag: medlem.i_dag(),
            meg: medlem.person(),
            mote,
            deltakere,
            apne,
            adgang,
            loft,
        })
    }

    fn leder(&self) -> bool {
        self.adgang.til(auth::Handling::LedeMote)
    }

    fn lager_tiltak(&self) -> bool {
        self.adgang.til(auth::Handling::EndreTiltak)
    }

    /// Whether the saker may be opened, and not only read.
    fn apner_saker(&self) -> bool {
        self.adgang.til(auth::Handling::SeSak)
    }

    /// The open tiltak stand on the agenda of every møte that is not over.
    fn viser_tiltak(&self) -> bool {
        self.adgang.til(auth::Handling::SeTiltak) && !self.mote.status.er_slutt()
    }

    /// How children and guardians take part stands under the element they are met in.
    fn viser_medvirkning(&self, punkt: &Punkt) -> bool {
        let tom = self.mote.medvirkning.versjon == 0 && self.mote.status.er_slutt();
        self.mote.er_tst && punkt.element.elementtype == Elementtype::Observasjon && !tom
    }

    /// Whether the møte is under way with something about a child on its agenda.
    fn ma_medvirke(&self) -> bool {
        self.saker.er_om_barn() && self.mote.status == Status::Pagar
    }

    fn frist(&self, tiltak: &Apent) -> Frist {
        tiltak.frist_i_ord(self.i_dag)
    }

    /// What a decision leads to: the tiltak it has become, or the form that makes one.
    fn tiltakslenke(&self, beslutning: &Beslutning) -> Option<(&'static str, String)> {
        match beslutning.tiltak {
            Some(id) => {
                self.adgang.til(auth::Handling::SeTiltak).then(|| ("Se tiltaket", VisTiltak { id }.to_string()))
            }
            None => self
                .lager_tiltak()
                .then(|| ("Lag tiltak", LagTiltak { id: self.mote.id, beslutning: beslutning.id }.to_string())),
        }
    }

    /// Where the leader makes a tiltak under an element of a møte that has begun.
    fn lag_tiltak(&self, punkt: &Punkt) -> Option<LagTiltakUnder> {
        let her = LagTiltakUnder { id: self.mote.id, element: punkt.element.id };
        (self.lager_tiltak() && self.viser_oppmote()).then_some(her)
    }

    /// Where the leader calls in a tjeneste to an element of a møte that is not over.
    fn koble_pa(&self, punkt: &Punkt) -> Option<KoblePa> {
        let her = KoblePa { id: self.mote.id, element: punkt.element.id };
        (self.leder() && !self.mote.status.er_slutt()).then_some(her)
    }

    fn kan(&self, handling: Handling) -> bool {
        self.leder() && self.mote.status.kan(handling)
    }

    /// Until when the one who asks may take the avlysning back.
    fn angrefrist(&self) -> Option<String> {
        let avlysning = self.mote.avlysning.filter(|_| self.leder() && self.mote.status == Status::Avlyst)?;
        avlysning.angre(self.na).is_ok().then(|| avlysning.frist_i_ord())
    }

    /// «Start» is the step that invites once the day has come; before it, it is there but quiet.
    fn startvariant(&self) -> &'static str {
        if self.i_dag >= self.mote.dato() { "primary" } else { "secondary" }
    }

    /// Whether attendance is what counts now, rather than answers.
    fn viser_oppmote(&self) -> bool {
        matches!(self.mote.status, Status::Pagar | Status::Ferdigstilt)
    }

    /// The one who asks, when invited.
    fn min_plass(&self) -> Option<&Deltaker> {
        self.deltakere.iter().find(|d| d.person == Some(self.meg))
    }

    fn mitt_valg(&self, plass: &Deltaker) -> Valg {
        Valg::na(self.mote.status, plass.oppmote.is_some(), self.mote.dato(), self.i_dag)
    }

    /// «3 av 4 har svart».
    fn svart(&self) -> String {
        let svart = self.deltakere.iter().filter(|d| d.svar != Svar::Ubesvart).count();
        format!("{svart} av {} har svart", self.deltakere.len())
    }
}

/// What the one who asks may say about their own seat just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Valg {
    Svar,
    Oppmote,
    Ingen,
}

impl Valg {
    /// Attendance once the day has come, an answer before it.
    pub(super) fn na(status: Status, fort: bool, motedag: Date, i_dag: Date) -> Self {
        if kan_fore_eget(status, motedag, i_dag).is_ok() {
            Self::Oppmote
        } else if kan_svare(status, fort).is_ok() {
            Self::Svar
        } else {
            Self::Ingen
        }
    }
}

impl Deltaker {
    pub(super) fn oppmote_slug(&self) -> &'static str {
        self.oppmote.map_or("", Oppmote::slug)
    }

    pub(super) fn grunn_slug(&self) -> &'static str {
        self.grunn.map_or("", Forfallsgrunn::slug)
    }

    /// What stands beside the name: answer or attendance, with the colour of its tag and an icon.
    pub(super) fn merke(&self, viser_oppmote: bool) -> (String, &'static str, &'static str) {
        let (ord, farge) = match (viser_oppmote, self.oppmote) {
            (true, Some(oppmote)) => (oppmote.navn(), oppmote.farge()),
            (true, None) => ("Ikke registrert", "neutral"),
            (false, _) => (self.svar.navn(), self.svar.farge()),
        };
        let opphold = self.opphold.i_ord().filter(|_| viser_oppmote).map(|ord| format!(", {ord}")).unwrap_or_default();
        (format!("{ord}{}{opphold}", self.tillegg(viser_oppmote)), farge, ikon(farge))
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
