//! One element of an agenda: what it is for, and what it may be called and last.
use std::ops::RangeInclusive;

use uuid::Uuid;

use super::Regelbrudd;
use crate::tekst::{Kjennetegn, lukket_liste};

/// What one element may last, in minutes.
pub(super) const MINUTTER: RangeInclusive<u32> = 5..=480;
/// The longest title, in characters.
pub(super) const LENGSTE_TITTEL: usize = 200;

/// What an element is for. The first three are the plan's own and come in this order
/// (Strategisk plan, Nord-Østerdal, kap. 6: «møtene har tre elementer»).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Elementtype {
    Generell,
    Veiledning,
    Observasjon,
    Annet,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moteelement {
    pub id: Uuid,
    pub elementtype: Elementtype,
    pub tittel: String,
    /// Minutes set aside.
    pub minutter: u32,
}

impl Elementtype {
    pub const ALLE: [Self; 4] = [Self::Generell, Self::Veiledning, Self::Observasjon, Self::Annet];

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Generell => "generell",
            Self::Veiledning => "veiledning",
            Self::Observasjon => "observasjon",
            Self::Annet => "annet",
        }
    }

    /// As said on the screen; also the title an element has from the start.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Generell => "Generell diskusjon eller planlegging",
            Self::Veiledning => "Veiledning eller kompetanseheving",
            Self::Observasjon => "Observasjon eller samtaler",
            Self::Annet => "Annet",
        }
    }

    /// Whether it is one of the plan's three.
    pub fn er_fast(self) -> bool {
        self != Self::Annet
    }
}

lukket_liste!(Elementtype);

impl Moteelement {
    /// Whether it may stand on an agenda.
    pub(super) fn sjekk(&self) -> Result<(), Regelbrudd> {
        let tittel = self.tittel.trim();
        match Kjennetegn::i(tittel) {
            _ if tittel.is_empty() => Err(Regelbrudd::UtenTittel),
            _ if tittel.chars().count() > LENGSTE_TITTEL => Err(Regelbrudd::ForLangTittel),
            Some(tegn) => Err(Regelbrudd::Kjennetegn(tegn)),
            None if !MINUTTER.contains(&self.minutter) => Err(Regelbrudd::Minutter),
            None => Ok(()),
        }
    }
}
