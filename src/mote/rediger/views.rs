//! The faces of a møte under change: its agenda, and its day, time and place.
use askama::Template;
use uuid::Uuid;

use super::{
    db::Utkast,
    routes::{FjernElement, FlyttElement, Flyttet},
    skjema::{Agendaskjema, Flytting, NyttElement, felt},
};
use crate::{
    mote::{Mote, Moteelement, klokke, tider},
    sak::VedMote,
    tid,
    web::Feil,
};

#[derive(Template)]
#[template(path = "mote/agenda.html")]
pub(super) struct AgendaSide {
    utkast: Utkast,
    skjema: Agendaskjema,
    nytt: NyttElement,
    feil: Feil,
    flyttet: Flyttet,
}

impl AgendaSide {
    pub(super) fn ny(utkast: Utkast) -> Self {
        let skjema = Agendaskjema::lagret(&utkast);
        let nytt = NyttElement { nokkel: Uuid::new_v4().to_string(), minutter: "15".into(), ..NyttElement::default() };
        Self { utkast, skjema, nytt, feil: Feil::default(), flyttet: Flyttet::default() }
    }

    /// The same page with what was typed. A stale page gets the stored version, so that saving again is a choice.
    pub(super) fn med(self, skrevet: Agendaskjema, feil: Feil) -> Self {
        Self { skjema: skrevet.med_versjon(self.skjema.versjon), feil, ..self }
    }

    pub(super) fn med_nytt(self, nytt: NyttElement, feil: Feil) -> Self {
        Self { nytt, feil, ..self }
    }

    /// The page after something on it was moved.
    pub(super) fn etter(self, flyttet: Flyttet) -> Self {
        Self { flyttet, ..self }
    }

    pub(super) fn med_feil(self, feil: Feil) -> Self {
        Self { feil, ..self }
    }

    /// Every element with its place, counted from 1, and its clock times.
    fn punkter(&self) -> Vec<(usize, &Moteelement, String)> {
        let tider = tider(&self.utkast.agenda, klokke(self.utkast.mote.start));
        let elementer = self.utkast.agenda.elementer().iter().enumerate();
        elementer.zip(tider).map(|((i, element), tid)| (i + 1, element, tid)).collect()
    }

    /// When the møte begins, as the script reads it.
    fn start(&self) -> String {
        tid::iso_kl(klokke(self.utkast.mote.start))
    }

    /// Whether any element has saker to put in order.
    fn har_saker(&self) -> bool {
        (0..self.utkast.agenda.elementer().len()).any(|nr| self.utkast.saker.under(nr).len() > 1)
    }

    /// Takes back the move of an element: the element and the place it stood at.
    fn angre_element(&self) -> Option<&Moteelement> {
        self.utkast.agenda.elementer().iter().find(|e| Some(e.id) == self.flyttet.flyttet)
    }

    /// Takes back the move of a sak under the element at `nr`.
    fn angre_sak(&self, nr: usize) -> Option<&VedMote> {
        self.utkast.saker.under(nr).iter().find(|s| Some(s.id) == self.flyttet.flyttet)
    }

    fn flytt(&self, element: &Moteelement) -> String {
        FlyttElement { id: self.utkast.mote.id, element: element.id }.to_string()
    }

    fn fjern(&self, element: &Moteelement) -> String {
        FjernElement { id: self.utkast.mote.id, element: element.id }.to_string()
    }

    fn kan_opp(&self, element: &Moteelement) -> bool {
        self.utkast.agenda.kan_opp(element.id)
    }

    fn kan_ned(&self, element: &Moteelement) -> bool {
        self.utkast.agenda.kan_ned(element.id)
    }

    fn verdi(&self, hva: &str, element: &Moteelement) -> String {
        let lagret = || if hva == "tittel" { element.tittel.clone() } else { element.minutter.to_string() };
        self.skjema.verdi(&felt(hva, element.id)).map_or_else(lagret, str::to_owned)
    }
}

#[derive(Template)]
#[template(path = "mote/flytt.html")]
pub(super) struct FlyttSide {
    mote: Mote,
    skjema: Flytting,
    feil: Feil,
}

impl FlyttSide {
    pub(super) fn ny(utkast: Utkast) -> Self {
        Self { skjema: Flytting::lagret(&utkast), mote: utkast.mote, feil: Feil::default() }
    }

    /// The same page with what was typed, and the stored version.
    pub(super) fn med(self, skrevet: Flytting, feil: Feil) -> Self {
        Self { skjema: Flytting { versjon: self.skjema.versjon, ..skrevet }, feil, ..self }
    }
}
