//! The life of a sak: reported, put on the agenda or declined, treated or not. The trigger `sak_gang` refuses the same moves.
use std::fmt;

use crate::tekst::liste;

liste! {
    /// Where a sak stands. Nothing leaves `IkkeBehandlet`: it has come back as a new one.
    Status {
        Foreslatt = "foreslatt", "Meldt";
        SattOpp = "satt_opp", "På agendaen";
        Behandlet = "behandlet", "Behandlet";
        IkkeBehandlet = "ikke_behandlet", "Ikke behandlet";
        Avslatt = "avslatt", "Avslått";
    }
}

/// What can be done with a sak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trekk {
    SettOpp,
    /// Needs a reason, which the form asks for.
    Avsla,
    /// Wait for the møte after the next one.
    Utsett,
    /// Take back the last decision about it.
    Angre,
    Behandle,
}

/// A move the sak does not allow, in words for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UlovligTrekk {
    pub fra: Status,
    pub trekk: Trekk,
}

impl Status {
    /// The state after `trekk`, or why it cannot be made. `i_mote` is whether the møte it stands on has begun.
    pub fn etter(self, trekk: Trekk, i_mote: bool) -> Result<Self, UlovligTrekk> {
        match (self, trekk) {
            (Self::Foreslatt | Self::SattOpp, Trekk::SettOpp) => Ok(Self::SattOpp),
            (Self::Foreslatt | Self::SattOpp, Trekk::Avsla) => Ok(Self::Avslatt),
            (Self::Foreslatt | Self::SattOpp, Trekk::Utsett) => Ok(self),
            (Self::SattOpp, Trekk::Angre) if !i_mote => Ok(Self::Foreslatt),
            (Self::Avslatt, Trekk::Angre) => Ok(Self::Foreslatt),
            (Self::Behandlet, Trekk::Angre) if i_mote => Ok(Self::SattOpp),
            (Self::SattOpp | Self::Behandlet, Trekk::Behandle) if i_mote => Ok(Self::Behandlet),
            _ => Err(UlovligTrekk { fra: self, trekk }),
        }
    }

    pub fn kan(self, trekk: Trekk, i_mote: bool) -> bool {
        self.etter(trekk, i_mote).is_ok()
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::Foreslatt => "info",
            Self::SattOpp => "neutral",
            Self::Behandlet => "success",
            Self::IkkeBehandlet => "warning",
            Self::Avslatt => "danger",
        }
    }

    /// The icon beside the word.
    pub fn ikon(self) -> &'static str {
        match self {
            Self::Foreslatt => "EnvelopeClosed",
            Self::SattOpp => "Calendar",
            Self::Behandlet => "CheckmarkCircle",
            Self::IkkeBehandlet => "ExclamationmarkTriangle",
            Self::Avslatt => "XMarkOctagon",
        }
    }
}

impl fmt::Display for UlovligTrekk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hva = match self.trekk {
            Trekk::SettOpp => "settes på agendaen",
            Trekk::Avsla => "avslås",
            Trekk::Utsett => "utsettes",
            Trekk::Angre => "angres",
            Trekk::Behandle => "behandles før møtet er i gang",
        };
        write!(f, "Saken har status «{}» og kan ikke {hva}.", self.fra.navn().to_lowercase())
    }
}

impl From<UlovligTrekk> for crate::Error {
    fn from(feil: UlovligTrekk) -> Self {
        Self::Regelbrudd(feil.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TREKK: [Trekk; 5] = [Trekk::SettOpp, Trekk::Avsla, Trekk::Utsett, Trekk::Angre, Trekk::Behandle];

    proptest! {
        #[test]
        fn nothing_is_treated_outside_a_mote_and_what_was_left_behind_stays(
            trekk in prop::collection::vec((0usize..5, any::<bool>()), 0..30),
        ) {
            let mut status = Status::Foreslatt;
            for (nr, i_mote) in trekk {
                if let Ok(ny) = status.etter(TREKK[nr], i_mote) {
                    prop_assert!(i_mote || ny != Status::Behandlet);
                    prop_assert!(ny != Status::IkkeBehandlet, "only the end of a møte leaves a sak behind");
                    status = ny;
                }
            }
        }
    }

    #[test]
    fn every_decision_can_be_taken_back_before_the_mote() {
        for status in [Status::SattOpp, Status::Avslatt] {
            assert_eq!(status.etter(Trekk::Angre, false), Ok(Status::Foreslatt));
        }
        assert_eq!(Status::Behandlet.etter(Trekk::Angre, true), Ok(Status::SattOpp));
        assert!(TREKK.iter().all(|&trekk| !Status::IkkeBehandlet.kan(trekk, true)));
    }
}
