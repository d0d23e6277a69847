//! Who is asked, and when: those who were there, in the days after the referat is finished, once.
use time::{Date, Duration};

use super::FRIST_DAGER;
use crate::oppmote::Oppmote;

/// How a møte stands to one who comes to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stilling {
    Apen,
    Svart,
    IkkeFerdig,
    VarIkkeDer,
    FristenUte,
}

impl Stilling {
    /// `ferdig` is the day the referat was finished.
    pub(super) fn av(ferdig: Option<Date>, oppmote: Option<Oppmote>, svart: bool, i_dag: Date) -> Self {
        match ferdig {
            None => Self::IkkeFerdig,
            Some(_) if svart => Self::Svart,
            Some(_) if oppmote != Some(Oppmote::TilStede) => Self::VarIkkeDer,
            Some(dag) if i_dag > dag + Duration::days(FRIST_DAGER.into()) => Self::FristenUte,
            Some(_) => Self::Apen,
        }
    }

    /// Why there is nothing to answer.
    pub(super) fn ord(self) -> &'static str {
        match self {
            Self::Apen => "",
            Self::Svart => "Takk, du har svart. Svaret er anonymt, så det kan ikke hentes fram eller endres.",
            Self::IkkeFerdig => "Spørsmålene kommer når møtet er ferdigstilt.",
            Self::VarIkkeDer => "Bare de som var til stede i møtet, blir spurt.",
            Self::FristenUte => "Fristen for å svare er ute.",
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn only_those_who_were_there_are_asked_and_only_for_a_while() {
        let (ferdig, var_der) = (Some(date!(2026 - 11 - 18)), Some(Oppmote::TilStede));
        let av = |oppmote, svart, i_dag| Stilling::av(ferdig, oppmote, svart, i_dag);
        assert_eq!(av(var_der, false, date!(2026 - 12 - 02)), Stilling::Apen);
        assert_eq!(av(var_der, false, date!(2026 - 12 - 03)), Stilling::FristenUte);
        assert_eq!(av(var_der, true, date!(2026 - 12 - 03)), Stilling::Svart);
        for oppmote in [None, Some(Oppmote::Vara), Some(Oppmote::Forfall), Some(Oppmote::IkkeMott)] {
            assert_eq!(av(oppmote, false, date!(2026 - 11 - 19)), Stilling::VarIkkeDer);
        }
        assert_eq!(Stilling::av(None, var_der, false, date!(2026 - 11 - 19)), Stilling::IkkeFerdig);
    }
}
