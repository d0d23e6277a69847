//! How one who was called in stands to a version of the referat, and until when they may say something of it.
use std::fmt;

use time::{Date, Duration};

use crate::tid;

/// Days from a version is made until silence counts as read, the last one included.
pub const FRIST_DAGER: i32 = 5;

/// The last day to confirm or comment on a version that was made on `fra`.
pub fn frist(fra: Date) -> Date {
    fra + Duration::days(FRIST_DAGER.into())
}

/// What one has said, or what their silence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stilling {
    /// Made the version, and so has read it.
    Skrev,
    Lest(Date),
    /// Wrote a remark, and so has read it.
    Merknad(Date),
    Venter,
    /// Said nothing before the deadline.
    RegnesSomLest(Date),
}

impl Stilling {
    /// `lest` and `merknad` are the days one said so.
    pub fn ny(skrev: bool, lest: Option<Date>, merknad: Option<Date>, frist: Date, i_dag: Date) -> Self {
        match (merknad, lest) {
            (Some(dag), _) => Self::Merknad(dag),
            _ if skrev => Self::Skrev,
            (None, Some(dag)) => Self::Lest(dag),
            (None, None) if i_dag > frist => Self::RegnesSomLest(frist),
            (None, None) => Self::Venter,
        }
    }

    /// Whether nothing more is asked of them.
    pub fn er_ferdig(self) -> bool {
        self != Self::Venter
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::Skrev | Self::Lest(_) => "success",
            Self::Merknad(_) => "info",
            Self::Venter => "warning",
            Self::RegnesSomLest(_) => "neutral",
        }
    }

    /// Name of the Aksel icon.
    pub fn ikon(self) -> &'static str {
        match self {
            Self::Skrev | Self::Lest(_) | Self::RegnesSomLest(_) => "CheckmarkCircle",
            Self::Merknad(_) => "Pencil",
            Self::Venter => "Clock",
        }
    }
}

impl fmt::Display for Stilling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Skrev => f.write_str("Skrev referatet"),
            Self::Lest(dag) => write!(f, "Lest {}", tid::dato(*dag)),
            Self::Merknad(dag) => write!(f, "Merknad {}", tid::dato(*dag)),
            Self::Venter => f.write_str("Ikke svart ennå"),
            Self::RegnesSomLest(frist) => write!(f, "Regnes som lest, ingen svar innen {}", tid::dato(*frist)),
        }
    }
}

/// Why nothing may be said of it; its `Display` is for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stengt {
    IkkeKaltInn,
    /// A newer version has come since the page was read.
    Rettet,
    FristenErUte(Date),
}

/// Whether the one who asks may confirm or comment on version `nr` of a referat.
pub fn kan_svare(innkalt: bool, (nr, gjeldende): (i32, i32), frist: Date, i_dag: Date) -> Result<(), Stengt> {
    match () {
        () if !innkalt => Err(Stengt::IkkeKaltInn),
        () if nr != gjeldende => Err(Stengt::Rettet),
        () if i_dag > frist => Err(Stengt::FristenErUte(frist)),
        () => Ok(()),
    }
}

impl fmt::Display for Stengt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IkkeKaltInn => f.write_str("Bare de som var kalt inn til møtet, bekrefter referatet."),
            Self::Rettet => f.write_str("Referatet er rettet mens du leste. Les den nye versjonen først."),
            Self::FristenErUte(frist) => {
                write!(f, "Fristen var {}. Si fra til møtelederen hvis noe i referatet må rettes.", tid::dato(*frist))
            }
        }
    }
}

impl From<Stengt> for crate::Error {
    fn from(stengt: Stengt) -> Self {
        Self::Regelbrudd(stengt.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    const FRIST: Date = date!(2026 - 11 - 27);

    #[test]
    fn silence_is_said_as_what_it_is() {
        assert_eq!(frist(date!(2026 - 11 - 22)), FRIST);
        assert_eq!(Stilling::ny(false, None, None, FRIST, FRIST), Stilling::Venter);
        let etter = Stilling::ny(false, None, None, FRIST, date!(2026 - 11 - 28));
        assert_eq!(etter.to_string(), "Regnes som lest, ingen svar innen 27.11.2026");
    }

    #[test]
    fn the_last_day_counts() {
        assert_eq!(kan_svare(true, (2, 2), FRIST, FRIST), Ok(()));
        assert_eq!(kan_svare(true, (2, 2), FRIST, date!(2026 - 11 - 28)), Err(Stengt::FristenErUte(FRIST)));
        assert_eq!(kan_svare(true, (1, 2), FRIST, FRIST), Err(Stengt::Rettet));
        assert_eq!(kan_svare(false, (1, 1), FRIST, FRIST), Err(Stengt::IkkeKaltInn));
    }

    proptest! {
        #[test]
        fn who_has_spoken_is_never_said_to_be_silent(skrev: bool, lest: bool, merknad: bool, dager in -9i64..9) {
            let dag = |ja: bool| ja.then_some(date!(2026 - 11 - 24));
            let stilling = Stilling::ny(skrev, dag(lest), dag(merknad), FRIST, FRIST + Duration::days(dager));
            let taus = !(skrev || lest || merknad);
            prop_assert_eq!(stilling == Stilling::RegnesSomLest(FRIST), taus && dager > 0);
            prop_assert_eq!(stilling.er_ferdig(), !taus || dager > 0);
        }
    }
}
