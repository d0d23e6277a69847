//! Small rules about text that every room shares: what must not be written, and numbers that must not be shown.
use std::fmt::Write as _;

/// Characters people put between the digits of a fødselsnummer.
const SKILLETEGN: [char; 13] =
    ['.', '-', '–', '/', '_', '*', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{2011}'];
/// How many such characters may stand in a row, as in «010190 - 12345».
const FLEST_SKILLETEGN: usize = 3;

/// The value of a form or a column that is not one of the choices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» er ikke et av valgene")]
pub struct UkjentValg(pub String);

/// Reads the types of a closed list by the `slug` of each of `ALLE`, and writes them by their `navn`.
macro_rules! lukket_liste {
    ($($type:ty),+) => { $(
        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.navn())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = $crate::tekst::UkjentValg;

            fn from_str(tekst: &str) -> Result<Self, Self::Err> {
                $crate::tekst::velg(&Self::ALLE[..], Self::slug, tekst)
            }
        }
    )+ };
}
pub(crate) use lukket_liste;

/// A closed list: each choice with its word in database and form, and its words on the screen.
macro_rules! liste {
    ($(#[$om:meta])* $navn:ident { $($valg:ident = $slug:literal, $ord:literal;)+ }) => {
        $(#[$om])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $navn {
            $($valg,)+
        }

        impl $navn {
            pub const ALLE: &'static [Self] = &[$(Self::$valg,)+];

            /// As stored and in forms.
            pub fn slug(self) -> &'static str {
                match self {
                    $(Self::$valg => $slug,)+
                }
            }

            /// As said on the screen.
            pub fn navn(self) -> &'static str {
                match self {
                    $(Self::$valg => $ord,)+
                }
            }

            /// As a form's list of choices wants it.
            pub fn alternativer() -> Vec<(&'static str, &'static str)> {
                Self::ALLE.iter().map(|valg| (valg.slug(), valg.navn())).collect()
            }
        }

        $crate::tekst::lukket_liste!($navn);
    };
}
pub(crate) use liste;

/// With a capital letter first: «Onsdag 25. november».
pub(crate) fn stor(tekst: &str) -> String {
    let mut tegn = tekst.chars();
    tegn.next().map(|forste| forste.to_uppercase().chain(tegn).collect()).unwrap_or_default()
}

/// Bytes as hex digits, two for each.
pub(crate) fn hex(byte: &[u8]) -> String {
    byte.iter().fold(String::with_capacity(byte.len() * 2), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// The bytes behind hex digits; `None` when the text is anything else.
pub(crate) fn fra_hex(hex: &str) -> Option<Vec<u8>> {
    let par = |par: &[u8]| match par {
        [a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => {
            u8::from_str_radix(std::str::from_utf8(par).ok()?, 16).ok()
        }
        _ => None,
    };
    hex.as_bytes().chunks(2).map(par).collect()
}

/// Finds the choice whose slug is `tekst`.
pub(crate) fn velg<T: Copy>(alle: &[T], slug: fn(T) -> &'static str, tekst: &str) -> Result<T, UkjentValg> {
    alle.iter().copied().find(|&valg| slug(valg) == tekst).ok_or_else(|| UkjentValg(tekst.chars().take(40).collect()))
}

/// Whether a text holds something that reads as a fødselsnummer or D-nummer, also with spaces, dots or hyphens inside.
///
/// Eleven digits with a possible date and both control digits right. D-numbers (day + 40) and the numbers of test people
/// and help numbers (month + 20, 40, 60 or 80) count too; a number inside a longer row of digits does not.
pub fn inneholder_fodselsnummer(tekst: &str) -> bool {
    let grupper = siffergrupper(tekst);
    (0..grupper.len()).any(|forste| {
        let mut siffer = Vec::with_capacity(11);
        for (plass, gruppe) in grupper[forste..].iter().enumerate() {
            if plass > 0 && !gruppe.henger_sammen {
                break;
            }
            siffer.extend_from_slice(&gruppe.siffer);
            if siffer.len() >= 11 {
                break;
            }
        }
        er_fodselsnummer(&siffer)
    })
}

/// An unbroken row of digits.
struct Siffergruppe {
    siffer: Vec<u32>,
    /// Only a few separators stand between this and the group before.
    henger_sammen: bool,
}

fn siffergrupper(tekst: &str) -> Vec<Siffergruppe> {
    let mut grupper: Vec<Siffergruppe> = Vec::new();
    let (mut i_gruppe, mut henger_sammen, mut skilletegn) = (false, false, 0);
    for tegn in tekst.chars() {
        if let Some(siffer) = tegn.to_digit(10) {
            match grupper.last_mut().filter(|_| i_gruppe) {
                Some(gruppe) => gruppe.siffer.push(siffer),
                None => grupper.push(Siffergruppe { siffer: vec![siffer], henger_sammen }),
            }
            (i_gruppe, henger_sammen, skilletegn) = (true, true, 0);
        } else {
            i_gruppe = false;
            skilletegn += 1;
            let lov = tegn.is_whitespace() || SKILLETEGN.contains(&tegn);
            henger_sammen = henger_sammen && lov && skilletegn <= FLEST_SKILLETEGN;
        }
    }
    grupper
}

/// What in a text leads to one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kjennetegn {
    Fodselsnummer,
    Telefonnummer,
    Epostadresse,
}

impl Kjennetegn {
    /// The first of them that a text holds.
    pub fn i(tekst: &str) -> Option<Self> {
        let alle = [
            (Self::Fodselsnummer, inneholder_fodselsnummer as fn(&str) -> bool),
            (Self::Telefonnummer, inneholder_telefonnummer),
            (Self::Epostadresse, inneholder_epost),
        ];
        alle.into_iter().find(|(_, inneholder)| inneholder(tekst)).map(|(tegn, _)| tegn)
    }
}

/// With its article: «et telefonnummer».
impl std::fmt::Display for Kjennetegn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Fodselsnummer => "et fødselsnummer",
            Self::Telefonnummer => "et telefonnummer",
            Self::Epostadresse => "en e-postadresse",
        })
    }
}

/// Whether a text holds something that reads as an e-mail address.
pub fn inneholder_epost(tekst: &str) -> bool {
    tekst.split(|c: char| c.is_whitespace() || "<>(),;:«»\"".contains(c)).any(|ord| {
        ord.trim_end_matches('.').split_once('@').is_some_and(|(hvem, hvor)| {
            hvem.ends_with(char::is_alphanumeric)
                && hvor.split_once('.').is_some_and(|(navn, topp)| !navn.is_empty() && !topp.is_empty())
        })
    })
}

/// Whether a text holds something that reads as a Norwegian telephone number: eight digits, written together or in twos or as
/// three, two and three, perhaps after +47. Dates, clocks and organisasjonsnummer are none.
pub fn inneholder_telefonnummer(tekst: &str) -> bool {
    let ord: Vec<&str> = tekst
        .split_whitespace()
        .map(|ord| ord.trim_matches(|c: char| !c.is_ascii_digit()))
        .map(|ord| ord.strip_prefix("47").filter(|rest| rest.len() == 8).unwrap_or(ord))
        .collect();
    let lengder = |grupper: &[&str]| grupper.iter().map(|g| g.len()).collect::<Vec<_>>();
    (0..ord.len()).any(|fra| {
        let grupper: Vec<&str> = ord[fra..]
            .iter()
            .copied()
            .take(4)
            .take_while(|o| !o.is_empty() && o.chars().all(|c| c.is_ascii_digit()))
            .collect();
        let begynner = ord[fra].starts_with(|c: char| ('2'..='9').contains(&c));
        begynner && (1..=grupper.len()).any(|n| matches!(*lengder(&grupper[..n]), [8] | [3, 2, 3] | [2, 2, 2, 2]))
    })
}

fn er_fodselsnummer(siffer: &[u32]) -> bool {
    let &[d1, d2, m1, m2, ..] = siffer else { return false };
    let (dag, maned) = (d1 * 10 + d2, m1 * 10 + m2);
    siffer.len() == 11
        && matches!(dag, 1..=31 | 41..=71)
        && (1..=12).contains(&(maned % 20))
        && mod11(&siffer[..9], &[3, 7, 6, 1, 8, 9, 4, 5, 2]) == Some(siffer[9])
        && mod11(&siffer[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) == Some(siffer[10])
}

/// Whether nine digits are an organisasjonsnummer, by its control digit.
pub fn orgnr_gyldig(orgnr: &str) -> bool {
    let siffer: Vec<u32> = orgnr.chars().filter_map(|tegn| tegn.to_digit(10)).collect();
    orgnr.len() == 9 && siffer.len() == 9 && mod11(&siffer[..8], &[3, 2, 7, 6, 5, 4, 3, 2]) == Some(siffer[8])
}

/// The control digit of a number; `None` when no digit fits.
fn mod11(siffer: &[u32], vekter: &[u32]) -> Option<u32> {
    let sum: u32 = siffer.iter().zip(vekter).map(|(siffer, vekt)| siffer * vekt).sum();
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        kontroll => Some(kontroll),
    }
}

/// A count of something about children, as it may be shown to anybody outside the team: «‹ 5» for the small ones.
pub fn under_fem(antall: u32) -> String {
    if antall < 5 { "‹\u{a0}5".to_owned() } else { crate::tid::tall(antall.into()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Eleven digits for a day, a month and an individual number, when its control digits exist.
    fn lag(dag: u32, maned: u32, ar: u32, individ: u32) -> Option<String> {
        let forste = format!("{dag:02}{maned:02}{ar:02}{individ:03}");
        let mut siffer: Vec<u32> = forste.chars().filter_map(|c| c.to_digit(10)).collect();
        siffer.push(mod11(&siffer, &[3, 7, 6, 1, 8, 9, 4, 5, 2])?);
        siffer.push(mod11(&siffer, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])?);
        Some(siffer.iter().filter_map(|s| char::from_digit(*s, 10)).collect())
    }

    #[test]
    fn dates_phones_and_orgnr_are_no_fodselsnummer() {
        let rene = [
            "",
            "Møtet 12.02.2026 kl. 08.30–11.00",
            "Ring 22 22 22 22 eller 33 33 33 33",
            "orgnr 974 760 673",
            "11111111111",
            "Elever: 12, 13, 14 og 15",
        ];
        for ren in rene {
            assert!(!inneholder_fodselsnummer(ren), "{ren}");
        }
    }

    #[test]
    fn e_mail_addresses_and_nothing_else() {
        for epost in ["kari@kommunen.no", "Skriv til <kari.vik@a.b.no>.", "mailto:k@x.no", "(ola@barnehage.example)"] {
            assert!(inneholder_epost(epost), "{epost}");
        }
        for annet in ["", "kl. 09 @ biblioteket", "@team", "5@6", "a@b", "Vi møtes kl. 10.00."] {
            assert!(!inneholder_epost(annet), "{annet}");
        }
    }

    #[test]
    fn telephone_numbers_and_nothing_else() {
        for nummer in ["Ring 99887766.", "tlf: +4799887766", "(+47) 998 87 766", "99 88 77 66, etter 12"] {
            assert!(inneholder_telefonnummer(nummer), "{nummer}");
        }
        for annet in
            ["", "12.02.2026 kl. 08.30–11.00", "orgnr 974 760 673", "974760673", "5 av 20 barn i 2026", "12345678"]
        {
            assert!(!inneholder_telefonnummer(annet), "{annet}");
        }
    }

    #[test]
    fn orgnr_by_its_control_digit() {
        for rett in ["123456785", "874565172", "973681737"] {
            assert!(orgnr_gyldig(rett), "{rett}");
        }
        for feil in ["123456786", "12345678", "1234567855", "", "12345678ø", "000000001", "１２３４５６７８５"]
        {
            assert!(!orgnr_gyldig(feil), "{feil}");
        }
    }

    #[test]
    fn small_counts_are_not_shown() {
        assert_eq!((under_fem(0), under_fem(4)), ("‹\u{a0}5".into(), "‹\u{a0}5".into()));
        assert_eq!((under_fem(5), under_fem(1200)), ("5".into(), "1\u{a0}200".into()));
    }

    proptest! {
        #[test]
        fn found_however_it_is_written(
            dag in 1u32..=31, d in prop::bool::ANY, maned in 1u32..=12, pluss in prop::sample::select(vec![0u32, 40, 80]),
            ar in 0u32..100, individ in 0u32..1000,
            skille in prop::sample::select(vec!["", " ", "\u{a0}", ".", "-", " - ", "\u{200b}", "_"]),
            foran in prop::sample::select(vec!["", "Gutten ", "f.", "født 12.02.2026 ", "nr:"]),
            bak in prop::sample::select(vec!["", ".", " går i 2. klasse", ", 12"]),
        ) {
            prop_assume!(lag(dag + 40 * u32::from(d), maned + pluss, ar, individ).is_some());
            let nummer = lag(dag + 40 * u32::from(d), maned + pluss, ar, individ).unwrap();
            let tekst = format!("{foran}{}{skille}{}{bak}", &nummer[..6], &nummer[6..]);
            prop_assert!(inneholder_fodselsnummer(&tekst), "{}", tekst);
        }

        #[test]
        fn one_digit_wrong_is_none(
            dag in 1u32..=31, maned in 1u32..=12, ar in 0u32..100, individ in 0u32..1000, plass in 0usize..11,
        ) {
            prop_assume!(lag(dag, maned, ar, individ).is_some());
            let mut nummer = lag(dag, maned, ar, individ).unwrap().into_bytes();
            nummer[plass] = if nummer[plass] == b'9' { b'0' } else { nummer[plass] + 1 };
            prop_assert!(!inneholder_fodselsnummer(&String::from_utf8(nummer).unwrap()));
        }

        #[test]
        fn any_text_can_be_asked(tekst in "[0-9 .\\-æa]{0,40}") {
            let _ = (inneholder_fodselsnummer(&tekst), orgnr_gyldig(&tekst));
        }
    }
}
