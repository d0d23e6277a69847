//! The faces of import.
use askama::Template;

use super::{
    FLEST_FEIL, Feltendring, Forslag, OVERSKRIFT,
    routes::{Forkast, VisUtkast},
};
use crate::{tid, web::Feil};

/// So many rows of a kind are shown; the rest is counted.
const VISTE: usize = 200;

#[derive(Template)]
#[template(path = "import/opplasting.html")]
pub(super) struct Opplasting {
    pub(super) feil: Feil,
}

#[derive(Template)]
#[template(path = "import/forhandsvisning.html")]
pub(super) struct Forhandsvisning {
    pub(super) sti: VisUtkast,
    pub(super) filnavn: String,
    pub(super) forslag: Forslag,
    /// Lines already ticked to be left out.
    pub(super) utelat: Vec<u64>,
    pub(super) feil: Feil,
}

impl Forhandsvisning {
    fn forkast(&self) -> Forkast {
        Forkast { id: self.sti.id }
    }

    /// Whether the file is wrong as a whole.
    fn for_mange_feil(&self) -> bool {
        self.forslag.feil.len() > FLEST_FEIL
    }

    fn utelates(&self, linje: u64) -> bool {
        self.utelat.contains(&linje)
    }

    /// The counts: words and how many.
    fn tall(&self) -> [(&'static str, String); 5] {
        let tall = |antall: usize| tid::tall(i64::try_from(antall).unwrap_or(i64::MAX));
        [
            ("Nye", tall(self.forslag.nye.len())),
            ("Endrede", tall(self.forslag.endrede.len())),
            ("Uendrede", tall(self.forslag.uendret)),
            ("Linjer med feil", tall(self.forslag.feil.len())),
            ("I kommuner utenfor regionen (hoppes over)", tall(self.forslag.utenfor)),
        ]
    }

    /// «Importer 23 nye og 4 endrede».
    fn knapp(&self) -> String {
        format!("Importer {}", self.forslag.i_ord())
    }

    fn flere_nye(&self) -> usize {
        self.forslag.nye.len().saturating_sub(VISTE)
    }

    fn flere_endrede(&self) -> usize {
        self.forslag.endrede.len().saturating_sub(VISTE)
    }
}

impl Feltendring {
    /// The column's name as a label.
    fn etikett(&self) -> &'static str {
        match self.felt {
            "kommunenr" => "Kommunenummer",
            "type" => "Type",
            "navn" => "Navn",
            "antall" => "Antall",
            "fra" => "Fra trinn eller alder",
            "til" => "Til trinn eller alder",
            _ => "Eier",
        }
    }
}
