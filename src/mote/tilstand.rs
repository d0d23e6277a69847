//! The life of a møte: planned, called, under way, finished; or called off; or closed without a referat. The database
//! refuses the same moves (`mote_liv`).
use std::fmt;

use time::{Duration, OffsetDateTime};

use crate::{
    tekst::{lukket_liste, stor},
    tid,
};

/// Where a møte stands. No [`Handling`] leads out of the last three; only a fresh [`Avlysning`] can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Planlagt,
    Innkalt,
    Pagar,
    Ferdigstilt,
    Avlyst,
    /// Ended without a referat: not held, booked twice, or made by mistake. It does not count as held.
    Lukket,
}

/// What can be done to a møte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Handling {
    Innkall,
    Start,
    Ferdigstill,
    /// Needs a reason, which the form asks for.
    Avlys,
    /// Close without a referat; needs a reason, and that nothing is written in it.
    Lukk,
}

/// How long an avlysning made by mistake can be taken back.
const ANGREFRIST: Duration = Duration::hours(24);

/// A møte's being called off: when, and where it stood before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avlysning {
    pub fra: Status,
    pub tid: OffsetDateTime,
}

/// An avlysning is taken back too late; its `Display` is for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForSentAAngre(pub OffsetDateTime);

impl Avlysning {
    /// The last moment it can be taken back.
    pub fn frist(self) -> OffsetDateTime {
        self.tid + ANGREFRIST
    }

    /// Where the møte stands when it is taken back.
    pub fn angre(self, na: OffsetDateTime) -> Result<Status, ForSentAAngre> {
        if na <= self.frist() { Ok(self.fra) } else { Err(ForSentAAngre(self.frist())) }
    }

    /// «torsdag 19. november 2026 kl. 11.00».
    pub fn frist_i_ord(self) -> String {
        i_ord(self.frist())
    }
}

fn i_ord(nar: OffsetDateTime) -> String {
    let nar = tid::lokal(nar);
    format!("{} kl. {}", tid::dato_i_ord(nar.date()), tid::kl(nar.time()))
}

/// A step the møte's state does not allow, in words for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UlovligOvergang {
    pub fra: Status,
    pub handling: Handling,
}

impl Status {
    pub const ALLE: [Self; 6] =
        [Self::Planlagt, Self::Innkalt, Self::Pagar, Self::Ferdigstilt, Self::Avlyst, Self::Lukket];

    /// The state after `handling`, or why it cannot be done.
    pub fn overgang(self, handling: Handling) -> Result<Self, UlovligOvergang> {
        match (self, handling) {
            (Self::Planlagt, Handling::Innkall) => Ok(Self::Innkalt),
            (Self::Innkalt, Handling::Start) => Ok(Self::Pagar),
            (Self::Pagar, Handling::Ferdigstill) => Ok(Self::Ferdigstilt),
            (Self::Planlagt | Self::Innkalt, Handling::Avlys) => Ok(Self::Avlyst),
            (Self::Planlagt | Self::Innkalt | Self::Pagar, Handling::Lukk) => Ok(Self::Lukket),
            _ => Err(UlovligOvergang { fra: self, handling }),
        }
    }

    pub fn kan(self, handling: Handling) -> bool {
        self.overgang(handling).is_ok()
    }

    /// Whether nothing more can happen to it.
    pub fn er_slutt(self) -> bool {
        matches!(self, Self::Ferdigstilt | Self::Avlyst | Self::Lukket)
    }

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Planlagt => "planlagt",
            Self::Innkalt => "innkalt",
            Self::Pagar => "pagar",
            Self::Ferdigstilt => "ferdigstilt",
            Self::Avlyst => "avlyst",
            Self::Lukket => "lukket",
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
            Self::Lukket => "Lukket uten referat",
        }
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::Planlagt | Self::Lukket => "neutral",
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
            Self::Avlyst | Self::Lukket => "XMarkOctagon",
        }
    }
}

impl Handling {
    pub const ALLE: [Self; 5] = [Self::Innkall, Self::Start, Self::Ferdigstill, Self::Avlys, Self::Lukk];

    /// As in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Innkall => "innkall",
            Self::Start => "start",
            Self::Ferdigstill => "ferdigstill",
            Self::Avlys => "avlys",
            Self::Lukk => "lukk",
        }
    }

    /// As a button says it.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Innkall => "Send innkalling",
            Self::Start => "Start møtet",
            Self::Ferdigstill => "Ferdigstill møtet",
            Self::Avlys => "Avlys møtet",
            Self::Lukk => "Lukk uten referat",
        }
    }
}

lukket_liste!(Status, Handling);

impl fmt::Display for UlovligOvergang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.fra, self.handling) {
            (Status::Ferdigstilt, _) => "Møtet er ferdigstilt og låst.",
            (Status::Lukket, _) => "Møtet er lukket uten referat. Book et nytt møte i stedet.",
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

impl fmt::Display for ForSentAAngre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} gikk fristen for å angre avlysningen ut. Book et nytt møte i stedet.", stor(&i_ord(self.0)))
    }
}

impl From<ForSentAAngre> for crate::Error {
    fn from(sent: ForSentAAngre) -> Self {
        Self::Regelbrudd(sent.to_string())
    }
}

impl From<UlovligOvergang> for crate::Error {
    fn from(ulovlig: UlovligOvergang) -> Self {
        Self::Regelbrudd(ulovlig.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

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
        for fra in [Status::Planlagt, Status::Innkalt, Status::Pagar] {
            assert_eq!(fra.overgang(Handling::Lukk), Ok(Status::Lukket));
        }
    }

    #[test]
    fn an_avlysning_is_taken_back_within_a_day() {
        let avlysning = Avlysning { fra: Status::Innkalt, tid: datetime!(2026-11-18 10:00 UTC) };
        assert_eq!(avlysning.frist_i_ord(), "torsdag 19. november 2026 kl. 11.00");
        assert_eq!(avlysning.angre(datetime!(2026-11-19 10:00 UTC)), Ok(Status::Innkalt));
        let sent = avlysning.angre(datetime!(2026-11-19 10:00:01 UTC)).map_err(|e| e.to_string());
        assert!(sent.is_err_and(|ord| ord.starts_with("Torsdag 19. november 2026 kl. 11.00 gikk fristen")));
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
        fn taken_back_it_stands_as_it_did(fra in 0usize..6, sekunder in 0i64..200_000) {
            let fra = Status::ALLE[fra];
            let tid = datetime!(2026-11-18 10:00 UTC);
            if fra.kan(Handling::Avlys) {
                let svar = Avlysning { fra, tid }.angre(tid + Duration::seconds(sekunder));
                prop_assert_eq!(svar.ok(), (sekunder <= 86_400).then_some(fra));
            }
        }

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
