//! The life of a bistandsforespørsel: sent, received, decided, answered, closed; and how its deadline reads.
use std::fmt;

use time::Date;

use crate::{tekst::lukket_liste, tid};

/// Where a request stands. Nothing leaves `Lukket`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Sendt,
    Mottatt,
    Akseptert,
    Avvist,
    Besvart,
    Lukket,
}

/// What can be done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Handling {
    Motta,
    Aksepter,
    /// Needs a reason, which the form asks for.
    Avvis,
    Svar,
    /// The sender's own: they have read what came back.
    Lukk,
}

/// A step the request's state does not allow, in words for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UlovligOvergang {
    pub fra: Status,
    pub handling: Handling,
}

impl Status {
    pub const ALLE: [Self; 6] =
        [Self::Sendt, Self::Mottatt, Self::Akseptert, Self::Avvist, Self::Besvart, Self::Lukket];

    /// The state after `handling`, or why it cannot be done. The database refuses the same steps (`bistand_gang`).
    pub fn overgang(self, handling: Handling) -> Result<Self, UlovligOvergang> {
        match (self, handling) {
            (Self::Sendt, Handling::Motta) => Ok(Self::Mottatt),
            (Self::Mottatt, Handling::Aksepter) => Ok(Self::Akseptert),
            (Self::Mottatt, Handling::Avvis) => Ok(Self::Avvist),
            (Self::Akseptert, Handling::Svar) => Ok(Self::Besvart),
            (Self::Besvart | Self::Avvist, Handling::Lukk) => Ok(Self::Lukket),
            _ => Err(UlovligOvergang { fra: self, handling }),
        }
    }

    pub fn kan(self, handling: Handling) -> bool {
        self.overgang(handling).is_ok()
    }

    /// Whether the receiver still owes the sender something.
    pub fn venter_svar(self) -> bool {
        matches!(self, Self::Sendt | Self::Mottatt | Self::Akseptert)
    }

    /// Whether the receiver may ask somebody else in turn.
    pub fn kan_sendes_videre(self) -> bool {
        matches!(self, Self::Mottatt | Self::Akseptert)
    }

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Sendt => "sendt",
            Self::Mottatt => "mottatt",
            Self::Akseptert => "akseptert",
            Self::Avvist => "avvist",
            Self::Besvart => "besvart",
            Self::Lukket => "lukket",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Sendt => "Sendt",
            Self::Mottatt => "Mottatt",
            Self::Akseptert => "Akseptert",
            Self::Avvist => "Avvist",
            Self::Besvart => "Besvart",
            Self::Lukket => "Lukket",
        }
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::Sendt | Self::Lukket => "neutral",
            Self::Mottatt => "info",
            Self::Akseptert => "warning",
            Self::Avvist => "danger",
            Self::Besvart => "success",
        }
    }

    /// Name of the Aksel icon.
    pub fn ikon(self) -> &'static str {
        match self {
            Self::Sendt => "EnvelopeClosed",
            Self::Mottatt => "Checkmark",
            Self::Akseptert => "Clock",
            Self::Avvist => "XMarkOctagon",
            Self::Besvart => "CheckmarkCircle",
            Self::Lukket => "Archive",
        }
    }
}

lukket_liste!(Status);

impl Handling {
    pub const ALLE: [Self; 5] = [Self::Motta, Self::Aksepter, Self::Avvis, Self::Svar, Self::Lukk];

    /// As a button says it.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Motta => "Bekreft at den er mottatt",
            Self::Aksepter => "Aksepter",
            Self::Avvis => "Avvis",
            Self::Svar => "Send svaret",
            Self::Lukk => "Lukk forespørselen",
        }
    }
}

impl fmt::Display for UlovligOvergang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.fra, self.handling) {
            (Status::Lukket, _) => "Forespørselen er lukket. Send en ny hvis dere trenger mer hjelp.",
            (_, Handling::Motta) => "Forespørselen er allerede mottatt.",
            (Status::Sendt, Handling::Aksepter | Handling::Avvis | Handling::Svar) => {
                "Bekreft først at forespørselen er mottatt."
            }
            (Status::Mottatt, Handling::Svar) => "Aksepter forespørselen før du svarer på den.",
            (Status::Akseptert, Handling::Aksepter | Handling::Avvis) => "Forespørselen er allerede akseptert.",
            (Status::Avvist, _) => "Forespørselen er avvist.",
            (Status::Besvart, _) => "Forespørselen er allerede besvart.",
            _ => "Forespørselen kan ikke lukkes før den er besvart eller avvist.",
        })
    }
}

impl std::error::Error for UlovligOvergang {}

impl From<UlovligOvergang> for crate::Error {
    fn from(ulovlig: UlovligOvergang) -> Self {
        Self::Regelbrudd(ulovlig.to_string())
    }
}

/// Whether an answer is owed and the day it was wanted by has passed.
pub fn over_frist(status: Status, svarfrist: Date, i_dag: Date) -> bool {
    status.venter_svar() && svarfrist < i_dag
}

/// The deadline in words: «05.12.2026, om 3 dager», «01.12.2026, 2 dager over fristen».
pub fn frist_i_ord(status: Status, svarfrist: Date, i_dag: Date) -> String {
    let dato = tid::dato(svarfrist);
    let dager = |antall: i64| if antall == 1 { "1 dag".to_owned() } else { format!("{antall} dager") };
    match (svarfrist - i_dag).whole_days() {
        _ if !status.venter_svar() => dato,
        0 => format!("{dato}, i dag"),
        1 => format!("{dato}, i morgen"),
        igjen if igjen > 0 => format!("{dato}, om {}", dager(igjen)),
        over => format!("{dato}, {} over fristen", dager(-over)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::{Duration, macros::date};

    use super::*;

    #[test]
    fn the_ordinary_life_of_a_request_and_the_short_one() {
        let gang = |alle: &[Handling]| alle.iter().try_fold(Status::Sendt, |s, h| s.overgang(*h));
        let svart = [Handling::Motta, Handling::Aksepter, Handling::Svar, Handling::Lukk];
        assert_eq!(gang(&svart), Ok(Status::Lukket));
        assert_eq!(gang(&[Handling::Motta, Handling::Avvis, Handling::Lukk]), Ok(Status::Lukket));
        assert!(gang(&[Handling::Motta, Handling::Svar]).is_err() && gang(&[Handling::Lukk]).is_err());
    }

    #[test]
    fn every_refusal_speaks_of_the_state_it_refuses_in() {
        for fra in Status::ALLE {
            for handling in Handling::ALLE {
                if let Err(ulovlig) = fra.overgang(handling) {
                    let ord = ulovlig.to_string();
                    assert!(!ord.contains("kan ikke lukkes") || handling == Handling::Lukk, "{ulovlig:?}: {ord}");
                    assert!(!ord.contains("lukket") || fra == Status::Lukket, "{ulovlig:?}: {ord}");
                }
            }
        }
    }

    #[test]
    fn states_are_read_back() {
        assert!(Status::ALLE.iter().all(|s| s.slug().parse() == Ok(*s)));
    }

    #[test]
    fn a_deadline_reads_as_people_say_it() {
        let (i_dag, om) = (date!(2026 - 11 - 18), |d| date!(2026 - 11 - 18) + Duration::days(d));
        let ord = |d| frist_i_ord(Status::Mottatt, om(d), i_dag);
        assert_eq!((ord(0), ord(1)), ("18.11.2026, i dag".into(), "19.11.2026, i morgen".into()));
        assert_eq!((ord(3), ord(-1)), ("21.11.2026, om 3 dager".into(), "17.11.2026, 1 dag over fristen".into()));
        assert_eq!(frist_i_ord(Status::Besvart, om(-9), i_dag), "09.11.2026");
    }

    proptest! {
        #[test]
        fn nobody_goes_back_and_nothing_leaves_the_end(
            handlinger in prop::collection::vec(prop::sample::select(Handling::ALLE.to_vec()), 0..30),
        ) {
            let (mut status, mut avvist, mut besvart) = (Status::Sendt, false, false);
            for handling in handlinger {
                let neste = status.overgang(handling);
                if status == Status::Lukket {
                    prop_assert_eq!(neste, Err(UlovligOvergang { fra: status, handling }));
                }
                if let Ok(neste) = neste {
                    prop_assert!(neste > status, "a request never goes back");
                    (avvist, besvart) = (avvist || neste == Status::Avvist, besvart || neste == Status::Besvart);
                    status = neste;
                }
                prop_assert!(!(avvist && besvart), "refused and answered");
                prop_assert!(status != Status::Lukket || avvist || besvart, "closed without a word back");
            }
        }

        #[test]
        fn only_what_is_owed_can_be_late(dager in -400i64..400, status in prop::sample::select(Status::ALLE.to_vec())) {
            let i_dag = date!(2026 - 11 - 18);
            let frist = i_dag + Duration::days(dager);
            let ord = frist_i_ord(status, frist, i_dag);
            prop_assert_eq!(over_frist(status, frist, i_dag), ord.contains("over fristen"));
            prop_assert_eq!(over_frist(status, frist, i_dag), dager < 0 && status.venter_svar());
        }
    }
}
