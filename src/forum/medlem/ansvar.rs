//! What somebody still answers for in a team: said when their seat ends, so that it is handed over and not forgotten.

/// How much is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ansvar {
    /// Tiltak of the team that have not ended.
    pub(super) tiltak: i64,
    /// Bistandsforespørsler to the team that they have received and nobody has answered.
    pub(super) bistand: i64,
}

impl Ansvar {
    /// «Per Pedagog har 3 åpne tiltak i dette teamet.»; none when nothing is open.
    pub(super) fn setning(self, navn: &str) -> Option<String> {
        let tiltak = match self.tiltak {
            0 => None,
            1 => Some("1 åpent tiltak i dette teamet".to_owned()),
            n => Some(format!("{n} åpne tiltak i dette teamet")),
        };
        let bistand = match self.bistand {
            0 => None,
            1 => Some("tatt imot 1 bistandsforespørsel som ikke er besvart".to_owned()),
            n => Some(format!("tatt imot {n} bistandsforespørsler som ikke er besvart")),
        };
        match (tiltak, bistand) {
            (None, None) => None,
            (Some(en), None) | (None, Some(en)) => Some(format!("{navn} har {en}.")),
            (Some(tiltak), Some(bistand)) => Some(format!("{navn} har {tiltak}, og har {bistand}.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_said_in_one_sentence() {
        let ord = |tiltak, bistand| Ansvar { tiltak, bistand }.setning("Per").unwrap_or_default();
        assert_eq!(ord(0, 0), "");
        assert_eq!(ord(1, 0), "Per har 1 åpent tiltak i dette teamet.");
        assert_eq!(ord(0, 2), "Per har tatt imot 2 bistandsforespørsler som ikke er besvart.");
        assert_eq!(
            ord(3, 1),
            "Per har 3 åpne tiltak i dette teamet, og har tatt imot 1 bistandsforespørsel som ikke er besvart."
        );
    }
}
