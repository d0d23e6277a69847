//! Two administrators, a reason, four hours at most.
use std::fmt;

use time::Duration;

use crate::tekst::liste;

/// The longest that a møte may be open to one who was not in it.
pub const LENGST: Duration = Duration::hours(4);

liste! {
    /// Where a request stands. Nothing leaves the last two.
    Status {
        Bedt = "bedt", "Venter på godkjenning";
        Apent = "apent", "Åpnet";
        Avslatt = "avslatt", "Avslått";
        Lukket = "lukket", "Lukket";
    }
}

/// What can be done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Avgjorelse {
    /// By another than the one who asked.
    Apne,
    Avsla,
    /// By either: takes it back, or ends it before its time.
    Lukk,
}

/// Why a step cannot be taken, in words for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nektet {
    Avgjort,
    Egen,
}

impl Status {
    /// The state after a step, taken by the one who asked (`egen`) or by another. The database refuses the same.
    ///
    /// # Errors
    /// When it has been judged already, or this is not theirs to do.
    pub fn avgjor(self, avgjorelse: Avgjorelse, egen: bool) -> Result<Self, Nektet> {
        match (self, avgjorelse) {
            (Self::Bedt, Avgjorelse::Apne | Avgjorelse::Avsla) if egen => Err(Nektet::Egen),
            (Self::Bedt, Avgjorelse::Apne) => Ok(Self::Apent),
            (Self::Bedt, Avgjorelse::Avsla) => Ok(Self::Avslatt),
            (Self::Bedt | Self::Apent, Avgjorelse::Lukk) => Ok(Self::Lukket),
            _ => Err(Nektet::Avgjort),
        }
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::Bedt => "warning",
            Self::Apent => "danger",
            Self::Avslatt | Self::Lukket => "neutral",
        }
    }

    /// Name of the Aksel icon.
    pub fn ikon(self) -> &'static str {
        match self {
            Self::Bedt => "Clock",
            Self::Apent => "ExclamationmarkTriangle",
            Self::Avslatt | Self::Lukket => "XMarkOctagon",
        }
    }
}

impl fmt::Display for Nektet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Avgjort => "Forespørselen er allerede avgjort.",
            Self::Egen => "Du har bedt om dette selv. En annen systemadministrator må ta stilling.",
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
    fn nobody_lets_themselves_in_and_what_is_over_stays_over() {
        for &status in Status::ALLE {
            for avgjorelse in [Avgjorelse::Apne, Avgjorelse::Avsla, Avgjorelse::Lukk] {
                for egen in [true, false] {
                    let etter = status.avgjor(avgjorelse, egen);
                    let lov = match status {
                        Status::Bedt => avgjorelse == Avgjorelse::Lukk || !egen,
                        Status::Apent => avgjorelse == Avgjorelse::Lukk,
                        Status::Avslatt | Status::Lukket => false,
                    };
                    assert_eq!(etter.is_ok(), lov, "{status:?} {avgjorelse:?} {egen}");
                    assert_ne!(etter, Ok(status), "a step that leads nowhere");
                }
            }
        }
    }
}
