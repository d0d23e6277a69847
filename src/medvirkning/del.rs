//! What is known of how somebody took part, and how it is said.
use serde::Deserialize;

use crate::tekst::liste;

liste! {
    /// How somebody was heard.
    Mate {
        IMotet = "i_motet", "Var med i møtet";
        Samtale = "samtale", "Ble hørt i en samtale utenfor møtet";
        Skriftlig = "skriftlig", "Ga synet sitt skriftlig eller på en annen måte";
        Ikke = "ikke", "Har ikke medvirket";
    }
}

/// One side: the children, or the guardians.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Del {
    pub invitert: u32,
    pub deltok: u32,
    /// `None` until somebody has said it.
    pub mate: Option<Mate>,
}

/// How both sides take part in one møte.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Rad")]
pub struct Medvirkning {
    pub barn: Del,
    pub foresatte: Del,
    /// Why somebody was not heard.
    pub begrunnelse: String,
    /// 0 when nothing is stored.
    pub versjon: i32,
}

impl Medvirkning {
    /// Whether it is said of both how they were heard.
    pub fn er_avklart(&self) -> bool {
        self.barn.mate.is_some() && self.foresatte.mate.is_some()
    }

    /// Whether both say the same, whichever version they are of.
    pub(super) fn sier_det_samme(&self, andre: &Self) -> bool {
        (self.barn, self.foresatte, &self.begrunnelse) == (andre.barn, andre.foresatte, &andre.begrunnelse)
    }

    /// Each side in a sentence: «Barn: 1 invitert, 1 deltok. Var med i møtet».
    pub fn i_ord(&self) -> [String; 2] {
        [format!("Barn: {}", self.barn.i_ord()), format!("Foresatte: {}", self.foresatte.i_ord())]
    }
}

impl Del {
    fn i_ord(self) -> String {
        let mate = self.mate.map_or("Medvirkningen er ikke ført ennå", Mate::navn);
        format!("{} invitert, {} deltok. {mate}.", self.invitert, self.deltok)
    }
}

/// A row of the table, as JSON gives it.
#[derive(Deserialize)]
struct Rad {
    barn_invitert: u32,
    barn_deltok: u32,
    barn_mate: Option<String>,
    foresatte_invitert: u32,
    foresatte_deltok: u32,
    foresatte_mate: Option<String>,
    begrunnelse: String,
    versjon: i32,
}

impl From<Rad> for Medvirkning {
    fn from(rad: Rad) -> Self {
        let mate = |ord: Option<String>| ord.and_then(|ord| ord.parse().ok());
        Self {
            barn: Del { invitert: rad.barn_invitert, deltok: rad.barn_deltok, mate: mate(rad.barn_mate) },
            foresatte: Del {
                invitert: rad.foresatte_invitert,
                deltok: rad.foresatte_deltok,
                mate: mate(rad.foresatte_mate),
            },
            begrunnelse: rad.begrunnelse,
            versjon: rad.versjon,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_settled_before_both_are_said() {
        let mut medvirkning =
            Medvirkning { barn: Del { invitert: 1, deltok: 0, mate: Some(Mate::Samtale) }, ..Medvirkning::default() };
        assert!(!medvirkning.er_avklart());
        medvirkning.foresatte = Del { invitert: 2, deltok: 1, mate: Some(Mate::IMotet) };
        assert!(medvirkning.er_avklart());
        assert_eq!(
            medvirkning.i_ord(),
            [
                "Barn: 1 invitert, 0 deltok. Ble hørt i en samtale utenfor møtet.",
                "Foresatte: 2 invitert, 1 deltok. Var med i møtet.",
            ]
        );
    }
}
