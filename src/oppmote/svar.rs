//! Answers to an invitation and attendance, with what each of them asks for.

use crate::tekst::{Kjennetegn, lukket_liste};

/// The longest name of a stand-in, in characters.
const LENGSTE_NAVN: usize = 120;

/// What somebody invited has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Svar {
    Ubesvart,
    Kommer,
    SenderVara,
    Forfall,
}

/// What happened when the møte was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Oppmote {
    TilStede,
    Vara,
    Forfall,
    IkkeMott,
}

/// Why somebody cannot come. A closed list, so that nobody writes down their own or another's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Forfallsgrunn {
    Fravaer,
    AnnetOppdrag,
    ReiseEllerVaer,
    Annet,
}

/// What follows an answer; only the part that belongs to it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detaljer {
    /// The stand-in's name.
    pub vara: Option<String>,
    pub grunn: Option<Forfallsgrunn>,
}

/// What an answer lacks, in words for the person who gives it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Regelbrudd {
    #[error("Skriv navnet på den som møter som vara.")]
    ManglerVara,
    #[error("Navnet på vara er for langt. Bruk høyst {LENGSTE_NAVN} tegn.")]
    ForLangtNavn,
    #[error("Ikke skriv {0} her.")]
    Kjennetegn(Kjennetegn),
    #[error("Velg en grunn for forfallet.")]
    ManglerGrunn,
}

impl Detaljer {
    fn vara(navn: Option<&str>) -> Result<Self, Regelbrudd> {
        let navn = navn.map(str::trim).unwrap_or_default();
        match Kjennetegn::i(navn) {
            _ if navn.is_empty() => Err(Regelbrudd::ManglerVara),
            _ if navn.chars().count() > LENGSTE_NAVN => Err(Regelbrudd::ForLangtNavn),
            Some(tegn) => Err(Regelbrudd::Kjennetegn(tegn)),
            None => Ok(Self { vara: Some(navn.to_owned()), grunn: None }),
        }
    }

    fn grunn(grunn: Option<Forfallsgrunn>) -> Result<Self, Regelbrudd> {
        grunn.map(|grunn| Self { vara: None, grunn: Some(grunn) }).ok_or(Regelbrudd::ManglerGrunn)
    }
}

impl Svar {
    pub const ALLE: [Self; 4] = [Self::Ubesvart, Self::Kommer, Self::SenderVara, Self::Forfall];

    /// Those a person can give.
    pub const VALG: [Self; 3] = [Self::Kommer, Self::SenderVara, Self::Forfall];

    /// Takes what belongs to the answer: a stand-in needs a name, an absence a reason.
    pub fn med(self, vara: Option<&str>, grunn: Option<Forfallsgrunn>) -> Result<Detaljer, Regelbrudd> {
        match self {
            Self::SenderVara => Detaljer::vara(vara),
            Self::Forfall => Detaljer::grunn(grunn),
            Self::Ubesvart | Self::Kommer => Ok(Detaljer::default()),
        }
    }

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Ubesvart => "ubesvart",
            Self::Kommer => "kommer",
            Self::SenderVara => "sender_vara",
            Self::Forfall => "forfall",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Ubesvart => "Ikke svart",
            Self::Kommer => "Kommer",
            Self::SenderVara => "Sender vara",
            Self::Forfall => "Forfall",
        }
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::Ubesvart => "neutral",
            Self::Kommer => "success",
            Self::SenderVara => "info",
            Self::Forfall => "warning",
        }
    }
}

impl Oppmote {
    pub const ALLE: [Self; 4] = [Self::TilStede, Self::Vara, Self::Forfall, Self::IkkeMott];

    /// Takes what belongs to the attendance: a stand-in needs a name, an absence a reason.
    pub fn med(self, vara: Option<&str>, grunn: Option<Forfallsgrunn>) -> Result<Detaljer, Regelbrudd> {
        match self {
            Self::Vara => Detaljer::vara(vara),
            Self::Forfall => Detaljer::grunn(grunn),
            Self::TilStede | Self::IkkeMott => Ok(Detaljer::default()),
        }
    }

    /// Whether the service was there, itself or by a stand-in.
    pub fn oppfyller_moteplikt(self) -> bool {
        matches!(self, Self::TilStede | Self::Vara)
    }

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::TilStede => "til_stede",
            Self::Vara => "vara",
            Self::Forfall => "forfall",
            Self::IkkeMott => "ikke_mott",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::TilStede => "Til stede",
            Self::Vara => "Vara",
            Self::Forfall => "Forfall",
            Self::IkkeMott => "Ikke møtt",
        }
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::TilStede => "success",
            Self::Vara => "info",
            Self::Forfall => "warning",
            Self::IkkeMott => "danger",
        }
    }
}

impl Forfallsgrunn {
    pub const ALLE: [Self; 4] = [Self::Fravaer, Self::AnnetOppdrag, Self::ReiseEllerVaer, Self::Annet];

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Fravaer => "fravaer",
            Self::AnnetOppdrag => "annet_oppdrag",
            Self::ReiseEllerVaer => "reise_eller_vaer",
            Self::Annet => "annet",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Fravaer => "Fravær",
            Self::AnnetOppdrag => "Annet oppdrag",
            Self::ReiseEllerVaer => "Reise eller vær",
            Self::Annet => "Annet",
        }
    }
}

lukket_liste!(Svar, Oppmote, Forfallsgrunn);

impl From<Regelbrudd> for crate::Error {
    fn from(regel: Regelbrudd) -> Self {
        Self::Ugyldig(regel.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stand_in_needs_a_name_and_an_absence_a_reason() {
        let grunn = Some(Forfallsgrunn::ReiseEllerVaer);
        assert_eq!(Svar::SenderVara.med(Some("  "), grunn), Err(Regelbrudd::ManglerVara));
        assert_eq!(Svar::Forfall.med(Some("Kari"), None), Err(Regelbrudd::ManglerGrunn));
        assert_eq!(Oppmote::Vara.med(None, None), Err(Regelbrudd::ManglerVara));
        assert_eq!(Oppmote::Forfall.med(None, grunn), Ok(Detaljer { vara: None, grunn }));
    }

    #[test]
    fn what_does_not_belong_to_the_answer_is_not_kept() {
        let grunn = Some(Forfallsgrunn::Fravaer);
        assert_eq!(Svar::Kommer.med(Some("Kari"), grunn), Ok(Detaljer::default()));
        let vara = Svar::SenderVara.med(Some(" Kari Vik "), grunn);
        assert_eq!(vara, Ok(Detaljer { vara: Some("Kari Vik".into()), grunn: None }));
    }

    #[test]
    fn every_choice_is_read_back() {
        assert!(Svar::ALLE.iter().all(|s| s.slug().parse() == Ok(*s)));
        assert!(Oppmote::ALLE.iter().all(|o| o.slug().parse() == Ok(*o)));
        assert!(Forfallsgrunn::ALLE.iter().all(|f| f.slug().parse() == Ok(*f)));
        assert!("syk".parse::<Forfallsgrunn>().is_err());
    }
}
