//! What an import would do with a file, and what stands in its way.
use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Feltendring, Kjent, Lesning, Rad, Radfeil, Utfall, sammenlign};

/// More lines with errors than this is a wrong file, not a file with errors.
pub const FLEST_FEIL: usize = 100;

/// One line with errors: its number, the name it carries, and column and cause of each error.
#[derive(Debug, PartialEq, Eq)]
pub struct Feillinje {
    pub linje: u64,
    pub navn: String,
    pub feil: Vec<(&'static str, String)>,
}

/// A file compared with the region.
#[derive(Debug, Default)]
pub struct Forslag {
    pub nye: Vec<Rad>,
    pub endrede: Vec<(Rad, uuid::Uuid, Vec<Feltendring>)>,
    pub uendret: usize,
    /// Rows of kommuner outside the region, right or wrong.
    pub utenfor: usize,
    pub feil: Vec<Feillinje>,
}

/// Why a file is not imported as it is.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Hindring {
    #[error("{0} linjer har feil. Det tyder på at filen er en annen enn du tror. Rett filen og last den opp på nytt")]
    ForMangeFeil(usize),
    #[error("{}. Rett filen og last den opp på nytt, eller kryss av for at de skal utelates", linjer(.0))]
    IkkeUtelatt(Vec<u64>),
    #[error("Det er ingenting å importere: alt i filen er lagret fra før")]
    Ingenting,
}

fn linjer(nummer: &[u64]) -> String {
    let tall: Vec<String> = nummer.iter().map(u64::to_string).collect();
    match tall.split_last() {
        Some((siste, [])) => format!("Linje {siste} har feil"),
        Some((siste, resten)) => format!("Linjene {} og {siste} har feil", resten.join(", ")),
        None => String::new(),
    }
}

impl Forslag {
    /// `kommuner` are the kommunenummer of the region. Errors in the lines of others are not ours to mend.
    pub fn ny(lesning: Lesning, kommuner: &[String], kjente: &[Kjent]) -> Self {
        let (andres, vare): (Vec<Radfeil>, Vec<Radfeil>) =
            lesning.feil.into_iter().partition(|f| !f.kommunenr.is_empty() && !kommuner.contains(&f.kommunenr));
        let sammenligning = sammenlign(lesning.rader, kommuner, kjente);
        let mut forslag =
            Self { utenfor: sammenligning.utenfor + per_linje(andres).len(), feil: per_linje(vare), ..Self::default() };
        for (rad, utfall) in sammenligning.rader {
            match utfall {
                Utfall::Ny => forslag.nye.push(rad),
                Utfall::Endret { id, endringer } => forslag.endrede.push((rad, id, endringer)),
                Utfall::Uendret { .. } => forslag.uendret += 1,
            }
        }
        forslag
    }

    /// Whether there is anything to save.
    pub fn er_tomt(&self) -> bool {
        self.nye.is_empty() && self.endrede.is_empty()
    }

    /// Everything in the file must be right, or left out by the number of its line.
    pub fn krev_klart(&self, utelat: &[u64]) -> Result<(), Hindring> {
        if self.feil.len() > FLEST_FEIL {
            return Err(Hindring::ForMangeFeil(self.feil.len()));
        }
        let glemt: Vec<u64> = self.feil.iter().map(|f| f.linje).filter(|linje| !utelat.contains(linje)).collect();
        if !glemt.is_empty() {
            return Err(Hindring::IkkeUtelatt(glemt));
        }
        if self.er_tomt() { Err(Hindring::Ingenting) } else { Ok(()) }
    }

    /// «23 nye og 4 endrede».
    pub fn i_ord(&self) -> String {
        let ord = |antall: usize, en: &str, flere: &str| format!("{antall} {}", if antall == 1 { en } else { flere });
        match (self.nye.len(), self.endrede.len()) {
            (nye, 0) => ord(nye, "ny", "nye"),
            (0, endrede) => ord(endrede, "endret", "endrede"),
            (nye, endrede) => format!("{} og {}", ord(nye, "ny", "nye"), ord(endrede, "endret", "endrede")),
        }
    }

    /// Tells two proposals apart: whoever confirms one has seen just that.
    pub fn merke(&self) -> String {
        let alt = format!("{:?}", (&self.nye, &self.endrede, &self.feil));
        let mut forste = [0; 8];
        forste.copy_from_slice(&Sha256::digest(alt)[..8]);
        format!("{:016x}", u64::from_be_bytes(forste))
    }
}

fn per_linje(feil: Vec<Radfeil>) -> Vec<Feillinje> {
    let mut linjer: BTreeMap<u64, Feillinje> = BTreeMap::new();
    for Radfeil { linje, felt, navn, arsak, .. } in feil {
        let her = linjer.entry(linje).or_insert_with(|| Feillinje { linje, navn, feil: Vec::new() });
        her.feil.push((felt, arsak));
    }
    linjer.into_values().collect()
}

impl From<Hindring> for crate::Error {
    fn from(hindring: Hindring) -> Self {
        Self::Ugyldig(hindring.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::les;

    fn forslag(linjer: &[&str]) -> Forslag {
        let tekst = format!("{}\n{}", super::super::OVERSKRIFT.join(";"), linjer.join("\n"));
        Forslag::ny(les(tekst.as_bytes()).unwrap(), &["3427".to_owned()], &[])
    }

    const RETT: &str = "3427;skole;123456785;Fjell skole;54;1;7;offentlig";
    const GAL: &str = "3427;sfo;123456786;Fjell skole;54;1;7;offentlig";

    #[test]
    fn what_is_wrong_must_be_left_out_by_its_line() {
        let forslag = forslag(&[GAL, RETT, GAL]);
        assert_eq!(forslag.feil.iter().map(|f| (f.linje, f.feil.len())).collect::<Vec<_>>(), [(2, 2), (4, 2)]);
        assert_eq!(forslag.krev_klart(&[2]), Err(Hindring::IkkeUtelatt(vec![4])));
        assert!(forslag.krev_klart(&[]).unwrap_err().to_string().starts_with("Linjene 2 og 4 har feil"));
        assert_eq!(forslag.krev_klart(&[4, 2, 9]), Ok(()));
        assert_eq!(forslag.i_ord(), "1 ny");
    }

    #[test]
    fn lines_of_other_kommuner_are_passed_over_also_when_they_are_wrong() {
        let forslag =
            forslag(&[RETT, "5001;skole;974570068;By skole;1;1;7;privat", "5001;skole;1;By skole;1;1;7;privat"]);
        assert_eq!((forslag.utenfor, forslag.feil.len(), forslag.nye.len()), (2, 0, 1));
        assert_eq!(super::Forslag::default().krev_klart(&[]), Err(Hindring::Ingenting));
    }

    #[test]
    fn a_file_with_errors_everywhere_is_the_wrong_file() {
        let forslag = forslag(&vec![GAL; FLEST_FEIL + 1]);
        let alle: Vec<u64> = (0..200).collect();
        assert_eq!(forslag.krev_klart(&alle), Err(Hindring::ForMangeFeil(FLEST_FEIL + 1)));
    }

    #[test]
    fn another_proposal_has_another_mark() {
        assert_eq!(forslag(&[RETT]).merke(), forslag(&[RETT]).merke());
        assert_ne!(forslag(&[RETT]).merke(), forslag(&[RETT, GAL]).merke());
    }
}
