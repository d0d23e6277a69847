//! Why a møte is closed without a referat.
use time::Date;

use crate::tekst::lukket_liste;

/// What became of it, since it was not held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lukkearsak {
    IkkeHoldt,
    Dobbeltbooket,
    Feil,
}

impl Lukkearsak {
    pub const ALLE: [Self; 3] = [Self::IkkeHoldt, Self::Dobbeltbooket, Self::Feil];

    /// As stored.
    pub fn slug(self) -> &'static str {
        match self {
            Self::IkkeHoldt => "ikke_holdt",
            Self::Dobbeltbooket => "dobbeltbooket",
            Self::Feil => "feil",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::IkkeHoldt => "Møtet ble ikke holdt",
            Self::Dobbeltbooket => "Møtet var booket to ganger",
            Self::Feil => "Møtet ble opprettet ved en feil",
        }
    }

    /// A møte whose day has not come may still be held: then it is called off instead, so that people are told.
    pub fn passer(self, motedag: Date, i_dag: Date) -> Result<(), &'static str> {
        if self == Self::IkkeHoldt && motedag > i_dag {
            return Err("Møtedagen er ikke kommet ennå. Avlys møtet i stedet, så får deltakerne beskjed");
        }
        Ok(())
    }
}

lukket_liste!(Lukkearsak);

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_mote_to_come_is_not_one_that_was_not_held() {
        let (dag, for_) = (date!(2026 - 11 - 18), date!(2026 - 11 - 17));
        assert!(Lukkearsak::IkkeHoldt.passer(dag, for_).is_err());
        assert_eq!(Lukkearsak::IkkeHoldt.passer(dag, dag), Ok(()));
        assert_eq!(Lukkearsak::Dobbeltbooket.passer(dag, for_), Ok(()));
        assert!(Lukkearsak::ALLE.iter().all(|a| a.slug().parse() == Ok(*a)));
    }
}
