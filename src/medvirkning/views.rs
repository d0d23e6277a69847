//! The faces of medvirkning: what is known of it, and the invitation as a letter.
use askama::Template;
use uuid::Uuid;

use super::{Del, Mate, Medvirkning, VisMedvirkning, db::Motet, skjema::Felter};
use crate::{Result, db::les_ord, mote::VisMote, tid, tjeneste::Tjenestetype, web::Feil};

#[derive(Template)]
#[template(path = "medvirkning/vis.html")]
pub(super) struct Vis {
    pub(super) id: Uuid,
    pub(super) mote: Motet,
    pub(super) leder: bool,
    pub(super) felter: Felter,
    pub(super) feil: Feil,
}

impl Vis {
    fn motesti(&self) -> VisMote {
        VisMote { id: self.id }
    }

    fn sti(&self) -> VisMedvirkning {
        VisMedvirkning { id: self.id }
    }

    fn invitasjon(&self, til: &str) -> String {
        format!("{}?til={til}", super::Invitasjon { id: self.id })
    }

    fn skriver(&self) -> bool {
        self.leder && !self.mote.status.er_slutt()
    }

    fn mater() -> Vec<(&'static str, &'static str)> {
        Mate::alternativer()
    }
}

/// What is stored beside what was written, for the fields that differ.
pub(super) fn utdatert(lagret: &Medvirkning, skrevet: &Medvirkning) -> Feil {
    let felter = |m: &Medvirkning| {
        let del =
            |d: Del| [d.invitert.to_string(), d.deltok.to_string(), d.mate.map_or("ikke ført", Mate::navn).to_owned()];
        [del(m.barn), del(m.foresatte)].concat().into_iter().chain([m.begrunnelse.clone()]).collect::<Vec<_>>()
    };
    let navn = [
        "barn_invitert",
        "barn_deltok",
        "barn_mate",
        "foresatte_invitert",
        "foresatte_deltok",
        "foresatte_mate",
        "begrunnelse",
    ];
    let (lagret, skrevet) = (felter(lagret), felter(skrevet));
    let par: Vec<_> =
        navn.iter().zip(lagret.iter().zip(&skrevet)).map(|(navn, (l, s))| (*navn, l.as_str(), s.as_str())).collect();
    Feil::utdatert(&par)
}

/// A letter to guardians, or a shorter one to a child. The name is written by hand: none is stored.
#[derive(Template)]
#[template(path = "medvirkning/invitasjon.html")]
pub(super) struct Invitasjon {
    id: Uuid,
    mote: Motet,
    /// «Pedagogisk-psykologisk tjeneste (PPT): Ingrid Solbakken».
    hvem: Vec<String>,
    til_barn: bool,
}

impl Invitasjon {
    pub(super) fn ny(id: Uuid, mote: Motet, innkalte: &[(String, Option<String>)], til_barn: bool) -> Result<Self> {
        let hvem = innkalte.iter().map(|(tjeneste, navn)| {
            let tjeneste = les_ord::<Tjenestetype>(tjeneste)?.navn();
            Ok(navn.as_ref().map_or_else(|| tjeneste.to_owned(), |navn| format!("{tjeneste}: {navn}")))
        });
        Ok(Self { id, mote, hvem: hvem.collect::<Result<_>>()?, til_barn })
    }

    fn motesti(&self) -> VisMote {
        VisMote { id: self.id }
    }

    fn tilbake(&self) -> VisMedvirkning {
        VisMedvirkning { id: self.id }
    }

    fn annen(&self) -> String {
        format!("{}?til={}", super::Invitasjon { id: self.id }, if self.til_barn { "foresatte" } else { "barn" })
    }

    /// «Onsdag 25. november 2026 kl. 08.30–11.00».
    fn nar(&self) -> String {
        let (start, slutt) = (tid::lokal(self.mote.start), tid::lokal(self.mote.slutt));
        let dag = crate::tekst::stor(&tid::dato_i_ord(start.date()));
        format!("{dag} {}", tid::tidsrom(start.time(), slutt.time()))
    }

    /// Where the letter comes from.
    fn fra(&self) -> &str {
        self.mote.enhet.as_deref().unwrap_or(&self.mote.forum)
    }
}
