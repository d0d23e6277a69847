//! The chain of a region's log: each row carries the hash of the one before, so that a touched row is found.
use std::{fmt, fmt::Write as _, str::FromStr};

use sha2::{Digest, Sha256};

/// One row, as the chain sees it: what it says, in one text, and its two hashes.
pub(super) struct Ledd {
    pub(super) lopenr: i64,
    pub(super) tekst: String,
    pub(super) forrige: Vec<u8>,
    pub(super) hash: Vec<u8>,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Avvik {
    /// Rows are gone: the first and the last number.
    Mangler(i64, i64),
    /// What a row says is not what was written.
    Endret(i64),
    /// A row does not follow the one before it.
    Brudd(i64),
    /// A seal (its number) does not fit the row it was set on.
    Segl(i64, i64),
    /// A seal was not made with our key.
    UekteSegl(i64),
    /// Seals are gone before this one.
    SeglMangler(i64),
    /// A head that was kept elsewhere is not in any chain.
    Hode(Hode),
    /// A table is not logged any more.
    Avslatt(String),
}

impl fmt::Display for Avvik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mangler(fra, til) if fra == til => write!(f, "Hendelse {fra} mangler: raden er fjernet"),
            Self::Mangler(fra, til) => write!(f, "Hendelse {fra} til {til} mangler: radene er fjernet"),
            Self::Endret(nr) => write!(f, "Hendelse {nr} er endret etter at den ble skrevet"),
            Self::Brudd(nr) => {
                write!(f, "Hendelse {nr} følger ikke etter hendelsen foran: noe er satt inn, fjernet eller flyttet her")
            }
            Self::Segl(segl, nr) => {
                write!(f, "Segl {segl} passer ikke med hendelse {nr}: kjeden er skrevet om eller kuttet")
            }
            Self::UekteSegl(segl) => write!(f, "Segl {segl} er ikke laget med nøkkelen vår"),
            Self::SeglMangler(segl) => write!(f, "Segl mangler foran segl {segl}"),
            Self::Hode(hode) => write!(f, "Hodet {hode} finnes ikke i noen kjede: kjeden er skrevet om eller kuttet"),
            Self::Avslatt(tabell) => write!(f, "Loggen er slått av for tabellen {tabell}"),
        }
    }
}

/// The last row of a chain, to be kept elsewhere: `1234:ab01…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hode {
    pub lopenr: i64,
    pub hash: Vec<u8>,
}

impl fmt::Display for Hode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.lopenr, hex(&self.hash))
    }
}

impl FromStr for Hode {
    type Err = &'static str;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        const HJELP: &str = "Skriv hodet slik det ble skrevet ut: nummer, kolon og 64 tegn";
        let (nr, hash) = s.trim().split_once(':').ok_or(HJELP)?;
        let lopenr = nr.parse().map_err(|_| HJELP)?;
        let hash =
            (0..hash.len()).step_by(2).map(|i| hash.get(i..i + 2).and_then(|to| u8::from_str_radix(to, 16).ok()));
        let hash: Vec<u8> = hash.collect::<Option<_>>().ok_or(HJELP)?;
        if hash.len() == 32 { Ok(Self { lopenr, hash }) } else { Err(HJELP) }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// A walk along a chain, row by row from the first.
pub(super) struct Vandring {
    forrige: Vec<u8>,
    sist: i64,
    pub(super) antall: u64,
    pub(super) avvik: Vec<Avvik>,
}

impl Vandring {
    /// The first row follows the region itself.
    pub(super) fn begynn(region: &str) -> Self {
        Self { forrige: Sha256::digest(region.as_bytes()).to_vec(), sist: 0, antall: 0, avvik: Vec::new() }
    }

    /// Takes the next row; they come by rising number.
    pub(super) fn ta(&mut self, ledd: &Ledd) {
        let ventet = self.sist + 1;
        if ledd.lopenr > ventet {
            self.avvik.push(Avvik::Mangler(ventet, ledd.lopenr - 1));
        } else if ledd.forrige != self.forrige {
            self.avvik.push(Avvik::Brudd(ledd.lopenr));
        }
        let riktig = Sha256::new().chain_update(&ledd.forrige).chain_update(ledd.tekst.as_bytes()).finalize();
        if riktig.as_slice() != ledd.hash {
            self.avvik.push(Avvik::Endret(ledd.lopenr));
        }
        self.forrige.clone_from(&ledd.hash);
        self.sist = ledd.lopenr;
        self.antall += 1;
    }

    /// Where the chain ends; `None` when nothing has happened yet.
    pub(super) fn hode(&self) -> Option<Hode> {
        (self.sist > 0).then(|| Hode { lopenr: self.sist, hash: self.forrige.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kjede(tekster: &[&str]) -> Vec<Ledd> {
        let mut forrige = Sha256::digest(b"region").to_vec();
        (1..)
            .zip(tekster)
            .map(|(lopenr, tekst)| {
                let hash = Sha256::new().chain_update(&forrige).chain_update(tekst.as_bytes()).finalize().to_vec();
                let ledd = Ledd { lopenr, tekst: (*tekst).to_owned(), forrige: forrige.clone(), hash: hash.clone() };
                forrige = hash;
                ledd
            })
            .collect()
    }

    fn ga(kjede: &[Ledd]) -> Vec<Avvik> {
        let mut vandring = Vandring::begynn("region");
        for ledd in kjede {
            vandring.ta(ledd);
        }
        vandring.avvik
    }

    #[test]
    fn an_untouched_chain_has_nothing_wrong_and_a_head() {
        let alle = kjede(&["a", "b", "c"]);
        assert_eq!(ga(&alle), []);
        let mut vandring = Vandring::begynn("region");
        assert_eq!(vandring.hode(), None);
        for ledd in &alle {
            vandring.ta(ledd);
        }
        let hode = vandring.hode().unwrap();
        assert_eq!(hode.to_string().parse(), Ok(hode.clone()));
        assert_eq!((hode.lopenr, vandring.antall), (3, 3));
    }

    #[test]
    fn whatever_is_done_to_a_row_is_found_where_it_was_done() {
        let mut alle = kjede(&["a", "b", "c", "d"]);
        alle[1].tekst = "x".into();
        assert_eq!(ga(&alle), [Avvik::Endret(2)]);
        let mut alle = kjede(&["a", "b", "c", "d"]);
        alle.remove(1);
        assert_eq!(ga(&alle), [Avvik::Mangler(2, 2)]);
        let mut alle = kjede(&["a", "b", "c", "d"]);
        alle.remove(0);
        assert_eq!(ga(&alle), [Avvik::Mangler(1, 1)]);
        // Two rows that change places, numbers and all.
        let mut alle = kjede(&["a", "b", "c", "d"]);
        alle.swap(1, 2);
        (alle[1].lopenr, alle[2].lopenr) = (2, 3);
        assert!(ga(&alle).contains(&Avvik::Brudd(2)), "{:?}", ga(&alle));
        // A row that stands for another, with a hash of its own.
        let mut alle = kjede(&["a", "b", "c", "d"]);
        alle[1].tekst = "x".into();
        alle[1].hash = Sha256::new().chain_update(&alle[1].forrige).chain_update(b"x").finalize().to_vec();
        assert_eq!(ga(&alle), [Avvik::Brudd(3)]);
    }

    #[test]
    fn a_head_that_is_none_is_refused() {
        for daarlig in ["", "12", "12:", "x:00", "12:zz", "12:0011", "12:å0"] {
            assert!(daarlig.parse::<Hode>().is_err(), "{daarlig}");
        }
    }
}
