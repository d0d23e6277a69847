//! The face of sladding.
use askama::Template;
use uuid::Uuid;

use super::{
    Avgjorelse, BeOmSladding, Status, VisVarsel,
    db::{self, Motet, Sladding, Treff},
    routes::{Avsla, Godkjenn, Skrevet, Trekk},
};
use crate::{
    lesing::VisReferat,
    rettelse::{Del, endringer},
    tid,
    web::Feil,
};

impl Motet {
    /// «TST Fjellheim skole, onsdag 25. november 2026».
    fn tittel(&self) -> String {
        format!("{}, {}", self.forum, tid::dato_i_ord(self.dag))
    }

    fn referat(&self) -> VisReferat {
        VisReferat { id: self.id }
    }
}

#[derive(Template)]
#[template(path = "sladding/be.html")]
pub(super) struct Be {
    pub(super) motet: Motet,
    pub(super) skrevet: Skrevet,
    pub(super) feil: Feil,
    pub(super) nokkel: Uuid,
}

impl Be {
    fn sti(&self) -> BeOmSladding {
        BeOmSladding { id: self.motet.id }
    }
}

#[derive(Template)]
#[template(path = "sladding/vis.html")]
pub(super) struct Vis {
    pub(super) sladding: Sladding,
    pub(super) status: Status,
    /// The texts that the one who looks may read, and how many there are besides.
    pub(super) treff: Vec<Treff>,
    pub(super) resten: usize,
    pub(super) avslag: String,
    pub(super) feil: Feil,
    pub(super) nokkel: Uuid,
}

impl Vis {
    fn kan(&self, avgjorelse: Avgjorelse) -> bool {
        self.status.avgjor(avgjorelse, self.sladding.egen).is_ok()
    }

    fn venter(&self) -> bool {
        self.status == Status::Bedt
    }

    /// «Dessuten i 2 tekster i saker, tiltak og forespørsler som kom av møtet»; those are not everybody's to read.
    fn resten(&self) -> Option<String> {
        match self.resten {
            0 => None,
            1 => Some("Det blir også borte fra 1 tekst i saker, tiltak og forespørsler som kom av møtet.".to_owned()),
            n => Some(format!("Det blir også borte fra {n} tekster i saker, tiltak og forespørsler som kom av møtet.")),
        }
    }

    fn godkjenn(&self) -> Godkjenn {
        Godkjenn { id: self.sladding.motet.id, sladding: self.sladding.spor.id }
    }

    fn avsla(&self) -> Avsla {
        Avsla { id: self.sladding.motet.id, sladding: self.sladding.spor.id }
    }

    fn trekk(&self) -> Trekk {
        Trekk { id: self.sladding.motet.id, sladding: self.sladding.spor.id }
    }
}

impl Treff {
    /// Where the text stands, in words.
    fn hvor(&self) -> &'static str {
        match &*self.tabell {
            "moteelement" => "Agenda og notat",
            "beslutning" => "Beslutning",
            "motedeltaker" => "Deltakere",
            "medvirkning" => "Medvirkning",
            "kompetanseheving" => "Kompetanseheving",
            "referat_versjon" | "referat_tekst" => "Rettet versjon av referatet",
            "referat_lesing" => "Merknad",
            "sak" => "Sak",
            "tiltak" | "tiltak_evaluering" => "Tiltak",
            "bistandsforesporsel" => "Bistandsforespørsel",
            _ => "Om møtet",
        }
    }

    fn deler(&self) -> Vec<Del> {
        endringer(&self.tekst, &self.etter)
    }
}

#[derive(Template)]
#[template(path = "sladding/varsel.html")]
pub(super) struct Varsel {
    pub(super) sti: VisVarsel,
    pub(super) varsel: db::Varsel,
}

impl Varsel {
    fn motedag(&self) -> String {
        tid::dato_i_ord(self.varsel.motedag)
    }

    fn sladdet(&self) -> String {
        let nar = tid::lokal(self.varsel.sladdet);
        format!("{} kl. {}", tid::dato(nar.date()), tid::kl(nar.time()))
    }

    fn kvittert(&self) -> Option<String> {
        self.varsel.kvittert.map(|nar| tid::dato(tid::dag(nar)))
    }
}
