//! The kinds of enhet and of owner.

use serde::{Deserialize, Serialize};

use crate::tekst::lukket_liste;

/// School or kindergarten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Enhetstype {
    Skole,
    Barnehage,
}

impl Enhetstype {
    pub const ALLE: [Self; 2] = [Self::Skole, Self::Barnehage];

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Skole => "skole",
            Self::Barnehage => "barnehage",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Skole => "Skole",
            Self::Barnehage => "Barnehage",
        }
    }

    /// Whom it counts: «elever» or «barn».
    pub fn hvem(self) -> &'static str {
        match self {
            Self::Skole => "elever",
            Self::Barnehage => "barn",
        }
    }
}

/// Who owns an enhet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Eier {
    Offentlig,
    Privat,
}

impl Eier {
    pub const ALLE: [Self; 2] = [Self::Offentlig, Self::Privat];

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Offentlig => "offentlig",
            Self::Privat => "privat",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Offentlig => "Offentlig",
            Self::Privat => "Privat",
        }
    }
}

lukket_liste!(Enhetstype, Eier);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_and_nothing_else() {
        for slag in Enhetstype::ALLE {
            assert_eq!(slag.slug().parse(), Ok(slag));
        }
        for eier in Eier::ALLE {
            assert_eq!(eier.slug().parse(), Ok(eier));
        }
        assert!("Skole".parse::<Enhetstype>().is_err());
    }
}
