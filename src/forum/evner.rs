//! What a seat brings to its team: the authority to decide for its tjeneste, and what its person knows well.
use time::Date;

use crate::{tekst::liste, tid};

liste! {
    /// What somebody knows so well that the team counts on it («å by på sin kompetanse og sine ressurser»).
    Kompetanse {
        Moteledelse = "moteledelse", "Møteledelse";
        Laeringsmiljo = "laeringsmiljo", "Læringsmiljø og lek";
        Sprak = "sprak", "Språk, lesing og skriving";
        PsykiskHelse = "psykisk_helse", "Psykisk helse";
        Fravaer = "fravaer", "Skolefravær";
        Overgang = "overgang", "Overganger";
        Foreldre = "foreldre", "Foreldresamarbeid";
        Flerkulturelt = "flerkulturelt", "Flerkulturelt arbeid";
        TidligInnsats = "tidlig_innsats", "Tidlig innsats";
    }
}

/// Authority and knowledge of a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evner {
    /// Whether they may decide for their tjeneste.
    pub fullmakt: bool,
    pub(super) fra: Option<Date>,
    /// The role that gave it; empty when nobody has said.
    pub(super) av: String,
    pub kompetanse: Vec<Kompetanse>,
}

impl Evner {
    /// «Fullmakt fra 01.08.2026 av barnevernlederen»; empty when there is nothing to say beyond that they have it.
    pub(super) fn fullmakt_i_ord(&self) -> String {
        let fra = self.fra.map(|dag| format!(" fra {}", tid::dato(dag))).unwrap_or_default();
        let av = if self.av.is_empty() { String::new() } else { format!(" av {}", self.av) };
        match (self.fullmakt, fra.is_empty() && av.is_empty()) {
            (false, _) => "Uten fullmakt til å beslutte".to_owned(),
            (true, true) => String::new(),
            (true, false) => format!("Fullmakt{fra}{av}"),
        }
    }

    /// «Møteledelse, overganger».
    pub fn kompetanse_i_ord(&self) -> String {
        let ord: Vec<_> = self.kompetanse.iter().map(|k| k.navn().to_lowercase()).collect();
        crate::tekst::stor(&ord.join(", "))
    }

    pub(super) fn leder_moter(&self) -> bool {
        self.kompetanse.contains(&Kompetanse::Moteledelse)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn authority_and_knowledge_in_words() {
        let evner = |fullmakt, fra, av: &str| Evner {
            fullmakt,
            fra,
            av: av.to_owned(),
            kompetanse: vec![Kompetanse::Moteledelse, Kompetanse::Overgang],
        };
        assert_eq!(evner(true, None, "").fullmakt_i_ord(), "");
        assert_eq!(evner(false, None, "").fullmakt_i_ord(), "Uten fullmakt til å beslutte");
        let gitt = evner(true, Some(date!(2026 - 08 - 01)), "PPT-lederen");
        assert_eq!(gitt.fullmakt_i_ord(), "Fullmakt fra 01.08.2026 av PPT-lederen");
        assert_eq!((gitt.kompetanse_i_ord().as_str(), gitt.leder_moter()), ("Møteledelse, overganger", true));
    }
}
