//! The life of a møte: planned, called, under way, finished; or called off.
use std::fmt;

use crate::tekst::lukket_liste;

/// Where a møte stands. Nothing leaves `Ferdigstilt` or `Avlyst`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Planlagt,
    Innkalt,
    Pagar,
    Ferdigstilt,
    Avlyst,
}

/// What can be done to a møte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Handling {
    Innkall,
    Start,
    Ferdigstill,
    /// Needs a reason, which the form asks for.
    Avlys,
}

/// A step the møte's state does not allow, in words for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UlovligOvergang {
    pub fra: Status,
    pub handling: Handling,
}

impl Status {
    pub const ALLE: [Self; 5] = [Self::Planlagt, Self::Innkalt, Self::Pagar, Self::Ferdigstilt, Self::Avlyst];

    /// The state after `handling`, or why it cannot be done.
    pub fn overgang(self, handling: Handling) -> Result<Self, UlovligOvergang> {
        match (self, handling) {
            (Self::Planlagt, Handling::Innkall) => Ok(Self::Innkalt),
            (Self::Innkalt, Handling::Start) => Ok(Self::Pagar),
            (Self::Pagar, Handling::Ferdigstill) => Ok(Self::Ferdigstilt),
            (Self::Planlagt | Self::Innkalt, Handling::Avlys) => Ok(Self::Avlyst),
            _ => Err(UlovligOvergang { fra: self, handling }),
        }
    }

    pub fn kan(self, handling: Handling) -> bool {
        self.overgang(handling).is_ok()
    }

    /// Whether nothing more can happen to it.
    pub fn er_slutt(self) -> bool {
        matches!(self, Self::Ferdigstilt | Self::Avlyst)
    }

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Planlagt => "planlagt",
            Self::Innkalt => "innkalt",
            Self::Pagar => "pagar",
            Self::Ferdigstilt => "ferdigstilt",
            Self::Avlyst => "avlyst",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Planlagt => "Planlagt",
            Self::Innkalt => "Innkalt",
            Self::Pagar => "Pågår",
            Self::Ferdigstilt => "Ferdigstilt",
            Self::Avlyst => "Avlyst",
        }
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::Planlagt => "neutral",
            Self::Innkalt => "info",
            Self::Pagar => "warning",
            Self::Ferdigstilt => "success",
            Self::Avlyst => "danger",
        }
    }

    /// Name of the Aksel icon.
    pub fn ikon(self) -> &'static str {
        match self {
            Self::Planlagt => "Calendar",
            Self::Innkalt => "EnvelopeClosed",
            Self::Pagar => "Clock",
            Self::Ferdigstilt => "CheckmarkCircle",
            Self::Avlyst => "XMarkOctagon",
        }
    }
}

impl Handling {
    pub const ALLE: [Self; 4] = [Self::Innkall, Self::Start, Self::Ferdigstill, Self::Avlys];

    /// As in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Innkall => "innkall",
            Self::Start => "start",
            Self::Ferdigstill => "ferdigstill",
            Self::Avlys => "avlys",
        }
    }

    /// As a button says it.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Innkall => "Send innkalling",
            Self::Start => "Start møtet",
            Self::Ferdigstill => "Ferdigstill møtet",
            Self::Avlys => "Avlys møtet",
        }
    }
}

lukket_liste!(Status, Handling);

impl fmt::Display for UlovligOvergang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.fra, self.handling) {
            (Status::Ferdigstilt, _) => "Møtet er ferdigstilt og låst.",
            (Status::Avlyst, _) => "Møtet er avlyst. Book et nytt møte i stedet.",
            (Status::Planlagt, Handling::Start) => {
                "Ingen er kalt inn til møtet ennå. Send innkallingen før du starter møtet."
            }
            (Status::Planlagt | Status::Innkalt, Handling::Ferdigstill) => {
                "Møtet er ikke startet. Start møtet før du ferdigstiller det."
            }
            (Status::Innkalt, Handling::Innkall) => "Innkallingen er allerede sendt.",
            (Status::Pagar, Handling::Avlys) => "Møtet er i gang og kan ikke avlyses. Ferdigstill det i stedet.",
            (Status::Pagar, _) => "Møtet er allerede i gang.",
            (fra, handling) => {
                return write!(
                    f,
                    "«{}» passer ikke for et møte som er {}.",
                    handling.navn(),
                    fra.navn().to_lowercase()
                );
            }
        })
    }
}

impl std::error::Error for UlovligOvergang {}

impl From<UlovligOvergang> for crate::Error {
    fn from(ulovlig: UlovligOvergang) -> Self {
        Self::Regelbrudd(ulovlig.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ordinary_life_of_a_mote() {
        let ferdig = [Handling::Innkall, Handling::Start, Handling::Ferdigstill]
            .into_iter()
            .try_fold(Status::Planlagt, Status::overgang);
        assert_eq!(ferdig, Ok(Status::Ferdigstilt));
        for fra in [Status::Planlagt, Status::Innkalt] {
            assert_eq!(fra.overgang(Handling::Avlys), Ok(Status::Avlyst));
        }
        assert!(!Status::Planlagt.kan(Handling::Start));
    }

    #[test]
    fn every_refusal_has_words_of_its_own() {
        for fra in Status::ALLE {
            for handling in Handling::ALLE {
                if let Err(ulovlig) = fra.overgang(handling) {
                    assert!(!ulovlig.to_string().contains("passer ikke"), "{ulovlig:?}");
                }
            }
        }
    }

    #[test]
    fn states_and_acts_are_read_back() {
        assert!(Status::ALLE.iter().all(|s| s.slug().parse() == Ok(*s)));
        assert!(Handling::ALLE.iter().all(|h| h.slug().parse() == Ok(*h)));
    }

    proptest! {
        #[test]
        fn nothing_leaves_the_end(
            handlinger in prop::collection::vec(prop::sample::select(Handling::ALLE.to_vec()), 0..30),
        ) {
            let mut status = Status::Planlagt;
            for handling in handlinger {
                let neste = status.overgang(handling);
                if status.er_slutt() {
                    prop_assert_eq!(neste, Err(UlovligOvergang { fra: status, handling }));
                }
                if let Ok(neste) = neste {
                    prop_assert!(neste > status, "a møte never goes back");
                    status = neste;
                }
            }
        }
    }
}
