//! Names of people who do not exist.
use std::collections::HashSet;

use super::terning::Terning;

/// First and last names that go together; one draw in so many percent.
struct Navneliste {
    prosent: usize,
    fornavn: &'static [&'static str],
    etternavn: &'static [&'static str],
}

const LISTER: [Navneliste; 6] = [
    Navneliste {
        prosent: 82,
        fornavn: &[
            "Anne", "Ingrid", "Kari", "Marit", "Silje", "Hilde", "Tone", "Eli", "Randi", "Gro", "Solveig", "Ragnhild",
            "Berit", "Astrid", "Camilla", "Ida", "Kristin", "Linda", "Mette", "Nina", "Sigrid", "Tuva", "Vilde", "Åse",
            "Guro", "Jorunn", "Liv", "Torill", "Ola", "Per", "Knut", "Lars", "Magnus", "Odd", "Pål", "Rune", "Sindre",
            "Tor", "Trond", "Vegard", "Øystein", "Arne", "Bjørn", "Eirik", "Geir", "Håkon", "Jostein", "Kjell", "Nils",
            "Stian",
        ],
        etternavn: &[
            "Granlien",
            "Bjørkhaug",
            "Lyngmoen",
            "Fjellstad",
            "Nysetlien",
            "Sætervang",
            "Elvestrand",
            "Haugbakken",
            "Steinmo",
            "Tangstuen",
            "Ryeng",
            "Kvernmo",
            "Brekkesletta",
            "Vollhaug",
            "Furumo",
            "Nordgarden",
            "Solhaugen",
            "Myrbekk",
            "Skogtun",
            "Engvollen",
            "Åsgarden",
            "Lillemoen",
            "Storhaugen",
            "Dalsetmo",
            "Bakketun",
            "Rognlien",
            "Holmslett",
            "Sjøvang",
            "Viksletta",
            "Moengen",
            "Grindstuen",
            "Øverlien",
            "Hegglund",
            "Tveitmo",
            "Langrabben",
            "Stubbmo",
            "Hammerbakk",
            "Søråsen",
            "Nesjevold",
            "Fossgarden",
        ],
    },
    Navneliste {
        prosent: 7,
        fornavn: &[
            "Máret", "Elle", "Sárá", "Inga", "Biret", "Risten", "Ánte", "Niillas", "Jovnna", "Mikkal", "Laila", "Aslak",
        ],
        etternavn: &[
            "Åarjelmo",
            "Vaerie",
            "Guovlanes",
            "Jillevaerie",
            "Sjulsbekk",
            "Rássegárdi",
            "Gielas",
            "Fjellvuoma",
        ],
    },
    Navneliste {
        prosent: 3,
        fornavn: &["Amina", "Yusuf", "Leyla", "Samir", "Rania", "Omar", "Maryam", "Hamid", "Zahra", "Elif"],
        etternavn: &["Haddadi", "Karimzad", "Yildirimli", "Rahimian", "Osmanovic", "Nazaryan"],
    },
    Navneliste {
        prosent: 3,
        fornavn: &["Selam", "Tesfay", "Nimo", "Idris", "Hodan", "Biniam", "Saba", "Abdi"],
        etternavn: &["Tesfagiorgis", "Abdirahim", "Warsameh", "Gebremeskel", "Jimaleh", "Habtom"],
    },
    Navneliste {
        prosent: 3,
        fornavn: &["Zofia", "Piotr", "Agnieszka", "Oksana", "Dmytro", "Katarzyna", "Tomasz", "Iryna"],
        etternavn: &["Nowaczyk", "Bondarczuk", "Kowalenko", "Zielinko", "Wronka", "Lewczuk"],
    },
    Navneliste {
        prosent: 2,
        fornavn: &["Linh", "Thanh", "Minh", "Priya", "Anjali", "Kavita"],
        etternavn: &["Tranvik", "Phamdal", "Nguyenmo", "Sivalingam", "Rajkumar-Li"],
    },
];

/// Gives out names, no name twice.
#[derive(Default)]
pub(super) struct Navn {
    brukt: HashSet<String>,
}

impl Navn {
    pub(super) fn neste(&mut self, terning: &mut Terning) -> String {
        loop {
            let mut kast = terning.tall(100);
            let mut liste = &LISTER[0];
            for neste in &LISTER {
                liste = neste;
                if kast < neste.prosent {
                    break;
                }
                kast -= neste.prosent;
            }
            let navn = format!("{} {}", terning.velg(liste.fornavn), terning.velg(liste.etternavn));
            if self.brukt.insert(navn.clone()) {
                return navn;
            }
        }
    }
}

/// The part of an e-mail address before the @: «Máret Øverlien» is `maret.overlien`.
pub(super) fn epostnavn(navn: &str) -> String {
    navn.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|tegn| match tegn {
            ' ' => Some('.'),
            'å' | 'á' | 'æ' => Some('a'),
            'ø' => Some('o'),
            tegn if tegn.is_ascii_alphanumeric() || tegn == '-' => Some(tegn),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_and_no_address_twice() {
        let (mut navn, mut terning) = (Navn::default(), Terning::ny("navn"));
        let alle: Vec<_> = (0..600).map(|_| navn.neste(&mut terning)).collect();
        let adresser: HashSet<_> = alle.iter().map(|n| epostnavn(n)).collect();
        assert_eq!(adresser.len(), alle.len());
        assert!(adresser.iter().all(|a| a.is_ascii() && a.contains('.')), "{adresser:?}");
        assert_eq!(LISTER.iter().map(|l| l.prosent).sum::<usize>(), 100);
    }

    #[test]
    fn an_address_has_plain_letters() {
        assert_eq!(epostnavn("Máret Øverlien"), "maret.overlien");
    }
}
