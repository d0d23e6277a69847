//! Four eyes: whoever asks for a sladding never approves it.
use std::fmt;

use crate::tekst::liste;

liste! {
    /// Where a request stands. Nothing leaves the last three.
    Status {
        Bedt = "bedt", "Venter på godkjenning";
        Godkjent = "godkjent", "Sladdet";
        Avslatt = "avslatt", "Avslått";
        Trukket = "trukket", "Trukket";
    }
}

/// What can be done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Avgjorelse {
    Godkjenn,
    /// Needs a reason, which the form asks for.
    Avsla,
    /// By the one who asked.
    Trekk,
}

/// Why a step cannot be taken, in words for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nektet {
    Avgjort,
    Egen,
    Andres,
}

impl Status {
    /// The state after a step, taken by the one who asked (`egen`) or by another. The database refuses the same.
    ///
    /// # Errors
    /// When it has been judged already, or this is not theirs to do.
    pub fn avgjor(self, avgjorelse: Avgjorelse, egen: bool) -> Result<Self, Nektet> {
        match (self, avgjorelse, egen) {
            (Self::Bedt, Avgjorelse::Godkjenn, false) => Ok(Self::Godkjent),
            (Self::Bedt, Avgjorelse::Avsla, false) => Ok(Self::Avslatt),
            (Self::Bedt, Avgjorelse::Trekk, true) => Ok(Self::Trukket),
            (Self::Bedt, Avgjorelse::Trekk, false) => Err(Nektet::Andres),
            (Self::Bedt, ..) => Err(Nektet::Egen),
            _ => Err(Nektet::Avgjort),
        }
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::Bedt => "warning",
            Self::Godkjent => "success",
            Self::Avslatt | Self::Trukket => "neutral",
        }
    }

    /// Name of the Aksel icon.
    pub fn ikon(self) -> &'static str {
        match self {
            Self::Bedt => "Clock",
            Self::Godkjent => "CheckmarkCircle",
            Self::Avslatt | Self::Trukket => "XMarkOctagon",
        }
    }
}

impl fmt::Display for Nektet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Avgjort => "Forespørselen er allerede avgjort.",
            Self::Egen => "Du har bedt om dette selv. En annen som var i møtet, må ta stilling.",
            Self::Andres => "Bare den som ba om sladdingen, kan trekke den.",
        })
    }
}

impl From<Nektet> for crate::Error {
    fn from(nektet: Nektet) -> Self {
        Self::Regelbrudd(nektet.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_judges_their_own_and_nothing_is_judged_twice() {
        for &status in Status::ALLE {
            for avgjorelse in [Avgjorelse::Godkjenn, Avgjorelse::Avsla, Avgjorelse::Trekk] {
                for egen in [true, false] {
                    let etter = status.avgjor(avgjorelse, egen);
                    assert_eq!(etter.is_ok(), status == Status::Bedt && egen == (avgjorelse == Avgjorelse::Trekk));
                    assert!(etter.is_err() || etter != Ok(status), "a step that leads nowhere");
                    if status != Status::Bedt {
                        assert_eq!(etter, Err(Nektet::Avgjort));
                    }
                }
            }
        }
    }
}
