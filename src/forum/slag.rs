//! The kinds of forum.

use crate::tekst::lukket_liste;

/// What kind of meeting place a forum is. Møter and oppmøte work the same for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Forumtype {
    /// The team round one school or kindergarten.
    TstEnhet,
    TstKommune,
    Kommunedirektorforum,
    Arbeidsgruppe,
    Arbeidsutvalg,
    Regionrad,
    PolitiskNemnd,
    Fagrad,
    Politirad,
    Slt,
    Kog,
    Ungdomsrad,
    StegGruppe,
    Familieteam,
}

impl Forumtype {
    pub const ALLE: [Self; 14] = [
        Self::TstEnhet,
        Self::TstKommune,
        Self::Kommunedirektorforum,
        Self::Arbeidsgruppe,
        Self::Arbeidsutvalg,
        Self::Regionrad,
        Self::PolitiskNemnd,
        Self::Fagrad,
        Self::Politirad,
        Self::Slt,
        Self::Kog,
        Self::Ungdomsrad,
        Self::StegGruppe,
        Self::Familieteam,
    ];

    /// Whether it is a tverrfaglig samhandlingsteam, which must always have a leader.
    pub fn er_tst(self) -> bool {
        matches!(self, Self::TstEnhet | Self::TstKommune)
    }

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::TstEnhet => "tst_enhet",
            Self::TstKommune => "tst_kommune",
            Self::Kommunedirektorforum => "kommunedirektorforum",
            Self::Arbeidsgruppe => "arbeidsgruppe",
            Self::Arbeidsutvalg => "arbeidsutvalg",
            Self::Regionrad => "regionrad",
            Self::PolitiskNemnd => "politisk_nemnd",
            Self::Fagrad => "fagrad",
            Self::Politirad => "politirad",
            Self::Slt => "slt",
            Self::Kog => "kog",
            Self::Ungdomsrad => "ungdomsrad",
            Self::StegGruppe => "steg_gruppe",
            Self::Familieteam => "familieteam",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::TstEnhet => "TST på enheten",
            Self::TstKommune => "Kommunalt TST",
            Self::Kommunedirektorforum => "Kommunedirektørforum",
            Self::Arbeidsgruppe => "Arbeidsgruppe",
            Self::Arbeidsutvalg => "Arbeidsutvalg",
            Self::Regionrad => "Regionråd",
            Self::PolitiskNemnd => "Politisk nemnd",
            Self::Fagrad => "Fagråd",
            Self::Politirad => "Politiråd",
            Self::Slt => "SLT",
            Self::Kog => "Koordineringsgruppe for konfliktrådet",
            Self::Ungdomsrad => "Ungdomsråd",
            Self::StegGruppe => "Steg-gruppe",
            Self::Familieteam => "Familieteam",
        }
    }
}

lukket_liste!(Forumtype);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_and_nothing_else() {
        for slag in Forumtype::ALLE {
            assert_eq!(slag.slug().parse(), Ok(slag));
        }
        assert!("TST".parse::<Forumtype>().is_err());
    }
}
