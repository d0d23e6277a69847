//! Reading a CSV file of enheter row by row, with words for everything that is wrong.
use std::{collections::HashMap, str::FromStr};

use csv::{ReaderBuilder, StringRecord};
use serde::{Deserialize, Serialize};

use super::{Filfeil, fil::tekst};
use crate::{
    enhet::{Eier, Enhetstype},
    tekst::{Kjennetegn, orgnr_gyldig},
};

/// The columns, in order.
pub const OVERSKRIFT: [&str; 8] = ["kommunenr", "type", "orgnr", "navn", "antall", "fra", "til", "eier"];
/// The longest name, in characters.
const LENGSTE_NAVN: usize = 200;
/// More children than any unit has.
const FLEST: u32 = 20_000;
/// Higher than any class or age.
const HOYESTE_TRINN: u32 = 13;

/// One enhet as the file has it; everything in it is checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// Line in the file, the header being 1.
    pub linje: u64,
    pub kommunenr: String,
    pub enhetstype: Enhetstype,
    pub orgnr: String,
    pub navn: String,
    /// Elever or barn; `None` when the file does not say.
    pub antall: Option<u32>,
    /// First class or age.
    pub fra: Option<u32>,
    /// Last class or age.
    pub til: Option<u32>,
    pub eier: Eier,
}

/// Something wrong in one field of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radfeil {
    pub linje: u64,
    /// The kommune the line belongs to; empty when that cannot be read.
    pub kommunenr: String,
    /// The column, or «raden» when it is the line as a whole.
    pub felt: &'static str,
    /// The unit's name as the file has it, to recognise the line by; empty when it must not be shown.
    pub navn: String,
    pub arsak: String,
}

/// A file that could be read: the rows that are right and what is wrong in the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lesning {
    pub rader: Vec<Rad>,
    pub feil: Vec<Radfeil>,
}

/// Reads a file of enheter.
///
/// UTF-8 with or without BOM, or Windows-1252; any kind of line ending; fields may be quoted. Nothing is saved here.
pub fn les(bytes: &[u8]) -> Result<Lesning, Filfeil> {
    let tekst = tekst(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
    let mut leser =
        ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(tekst.as_bytes());
    let mut poster =
        leser.records().map_while(Result::ok).filter(|post| post.iter().any(|felt| !felt.trim().is_empty()));
    krev_overskrift(&poster.next().ok_or(Filfeil::Tom)?)?;
    let mut lesning = Lesning::default();
    let (mut teller, mut sett) = (Linjeteller { tekst: &tekst, byte: 0, linje: 1 }, HashMap::new());
    for post in poster {
        match les_rad(&post, teller.linje(&post), &mut sett) {
            Ok(rad) => lesning.rader.push(rad),
            Err(feil) => lesning.feil.extend(feil),
        }
    }
    Ok(lesning)
}

/// Tells which line a row begins on. The csv reader's own count forgets the empty lines it has just passed over.
struct Linjeteller<'a> {
    tekst: &'a str,
    byte: usize,
    linje: u64,
}

impl Linjeteller<'_> {
    fn linje(&mut self, post: &StringRecord) -> u64 {
        let start = post.position().map_or(self.byte, |plass| usize::try_from(plass.byte()).unwrap_or(self.byte));
        let tomme = self.tekst[start..].bytes().take_while(|b| *b == b'\n').count();
        let nye = self.tekst[self.byte..start + tomme].matches('\n').count();
        self.byte = start + tomme;
        self.linje += nye as u64;
        self.linje
    }
}

fn krev_overskrift(forste: &StringRecord) -> Result<(), Filfeil> {
    let funnet: Vec<String> = forste.iter().map(|felt| felt.trim().to_lowercase()).collect();
    if funnet == OVERSKRIFT {
        return Ok(());
    }
    let hele = funnet.join(";");
    if funnet.len() == 1 && hele.contains([',', '\t']) {
        return Err(Filfeil::Skilletegn);
    }
    let kort: String = hele.chars().take(100).collect();
    Err(Filfeil::Overskrift { funnet: if Kjennetegn::i(&kort).is_some() { "…".to_owned() } else { kort } })
}

/// The fields of one line and what has been found wrong with them so far.
struct Rader<'a> {
    post: &'a StringRecord,
    linje: u64,
    feil: Vec<Radfeil>,
}

impl<'a> Rader<'a> {
    fn felt(&self, kolonne: usize) -> &'a str {
        self.post.get(kolonne).unwrap_or_default().trim()
    }

    fn klag(&mut self, felt: &'static str, arsak: impl Into<String>) {
        let navn = self.felt(3);
        let navn = if Kjennetegn::i(navn).is_some() { String::new() } else { navn.chars().take(60).collect() };
        let kommunenr = self.felt(0);
        let kommunenr = if er_kommunenr(kommunenr) { kommunenr.to_owned() } else { String::new() };
        self.feil.push(Radfeil { linje: self.linje, kommunenr, felt, navn, arsak: arsak.into() });
    }

    fn krev(&mut self, rett: bool, felt: &'static str, arsak: &str) {
        if !rett {
            self.klag(felt, arsak);
        }
    }

    fn valg<T: FromStr>(&mut self, kolonne: usize, lovlige: &str) -> Option<T> {
        let verdi = self.felt(kolonne).to_lowercase().parse().ok();
        if verdi.is_none() {
            let funnet: String = self.felt(kolonne).chars().take(40).collect();
            self.klag(OVERSKRIFT[kolonne], format!("Skriv {lovlige}. Her står «{funnet}»."));
        }
        verdi
    }

    /// An empty field is no number and no error.
    fn tall(&mut self, kolonne: usize, storst: u32) -> Option<u32> {
        let tekst = self.felt(kolonne);
        if tekst.is_empty() {
            return None;
        }
        let tall = tekst.parse::<i64>();
        let arsak = match tall {
            Ok(tall) if tall < 0 => "Tallet kan ikke være negativt.".to_owned(),
            Ok(tall) if tall > i64::from(storst) => format!("Tallet er for høyt. Det høyeste som godtas, er {storst}."),
            Ok(_) => return tall.ok().and_then(|tall| u32::try_from(tall).ok()),
            Err(_) => "Skriv et helt tall, eller la feltet stå tomt.".to_owned(),
        };
        self.klag(OVERSKRIFT[kolonne], arsak);
        None
    }
}

fn er_kommunenr(tekst: &str) -> bool {
    tekst.len() == 4 && tekst.bytes().all(|b| b.is_ascii_digit())
}

/// One line, or everything that is wrong with it. `sett` holds the orgnr met so far and their lines.
fn les_rad(post: &StringRecord, linje: u64, sett: &mut HashMap<String, u64>) -> Result<Rad, Vec<Radfeil>> {
    let mut rad = Rader { post, linje, feil: Vec::new() };
    if post.len() != OVERSKRIFT.len() {
        let arsak = format!(
            "Linjen har {} felt; den skal ha {}. Se etter semikolon eller anførselstegn.",
            post.len(),
            OVERSKRIFT.len()
        );
        rad.klag("raden", arsak);
        return Err(rad.feil);
    }
    // Before anything else, so that no other message repeats the number.
    let tegn = (0..OVERSKRIFT.len()).find_map(|kolonne| Some((kolonne, Kjennetegn::i(rad.felt(kolonne))?)));
    if let Some((kolonne, tegn)) = tegn {
        rad.klag(OVERSKRIFT[kolonne], format!("Feltet inneholder {tegn}. Ta det ut av filen."));
        return Err(rad.feil);
    }
    let kommunenr = rad.felt(0);
    rad.krev(er_kommunenr(kommunenr), "kommunenr", "Kommunenummeret skal ha fire sifre, for eksempel 3427 eller 0301.");
    let enhetstype = rad.valg::<Enhetstype>(1, "skole eller barnehage");
    let orgnr: String = rad.felt(2).chars().filter(|tegn| !tegn.is_whitespace()).collect();
    sjekk_orgnr(&mut rad, &orgnr, sett);
    let navn = rad.felt(3).split_whitespace().collect::<Vec<_>>().join(" ");
    rad.krev(!navn.is_empty(), "navn", "Enheten må ha et navn.");
    rad.krev(navn.chars().count() <= LENGSTE_NAVN, "navn", "Navnet er for langt. Bruk høyst 200 tegn.");
    let antall = rad.tall(4, FLEST);
    let (fra, til) = (rad.tall(5, HOYESTE_TRINN), rad.tall(6, HOYESTE_TRINN));
    let i_rekkefolge = fra.zip(til).is_none_or(|(fra, til)| fra <= til);
    rad.krev(i_rekkefolge, "til", "Siste trinn eller alder kan ikke være lavere enn første.");
    let eier = rad.valg::<Eier>(7, "offentlig eller privat");
    match (enhetstype, eier) {
        (Some(enhetstype), Some(eier)) if rad.feil.is_empty() => {
            Ok(Rad { linje, kommunenr: kommunenr.to_owned(), enhetstype, orgnr, navn, antall, fra, til, eier })
        }
        _ => Err(rad.feil),
    }
}

fn sjekk_orgnr(rad: &mut Rader<'_>, orgnr: &str, sett: &mut HashMap<String, u64>) {
    if orgnr.is_empty() {
        rad.klag("orgnr", "Organisasjonsnummeret mangler. En enhet uten nummer legges inn for hånd.");
    } else if !orgnr_gyldig(orgnr) {
        rad.klag("orgnr", "Organisasjonsnummeret er feil: det skal ha ni sifre, og kontrollsifferet skal stemme.");
    } else if let Some(forste) = sett.get(orgnr) {
        rad.klag("orgnr", format!("Organisasjonsnummeret står også på linje {forste}. Behold bare én av linjene."));
    } else {
        sett.insert(orgnr.to_owned(), rad.linje);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::MAKS_BYTES;

    const TOPP: &str = "kommunenr;type;orgnr;navn;antall;fra;til;eier";

    fn fil(linjer: &[&str]) -> Vec<u8> {
        std::iter::once(TOPP).chain(linjer.iter().copied()).collect::<Vec<_>>().join("\n").into_bytes()
    }

    fn feltfeil(linje: &str) -> Vec<(&'static str, String)> {
        les(&fil(&[linje])).unwrap().feil.into_iter().map(|feil| (feil.felt, feil.arsak)).collect()
    }

    #[test]
    fn a_row_is_read_as_it_stands() {
        let lesning = les(&fil(&["0301;Skole;123 456 785;\"Øvre; skole\";54;1;7;offentlig", "", ";;;;;;;"])).unwrap();
        assert_eq!(lesning.feil, vec![]);
        assert_eq!(
            lesning.rader,
            vec![Rad {
                linje: 2,
                kommunenr: "0301".into(),
                enhetstype: Enhetstype::Skole,
                orgnr: "123456785".into(),
                navn: "Øvre; skole".into(),
                antall: Some(54),
                fra: Some(1),
                til: Some(7),
                eier: Eier::Offentlig,
            }]
        );
    }

    #[test]
    fn empty_numbers_are_unknown_and_nothing_else_may_be_empty() {
        for rett in ["3427;skole;123456785;Fjell skole;;;;privat", "3427;barnehage;123456785;Fjell;0;5;5;privat"] {
            assert_eq!(feltfeil(rett), vec![]);
        }
        let felt: Vec<_> = feltfeil(";;;;;;;privat").into_iter().map(|(felt, _)| felt).collect();
        assert_eq!(felt, ["kommunenr", "type", "orgnr", "navn"]);
    }

    #[test]
    fn the_same_file_in_any_dress_reads_the_same() {
        let enkel = fil(&["3427;barnehage;123456785;Bjørkly barnehage;80;0;5;privat"]);
        let fasit = les(&enkel).unwrap();
        let crlf = String::from_utf8(enkel.clone()).unwrap().replace('\n', "\r\n").into_bytes();
        let bom = [b"\xef\xbb\xbf".as_slice(), &enkel].concat();
        let windows = encoding_rs::WINDOWS_1252.encode(std::str::from_utf8(&enkel).unwrap()).0.into_owned();
        assert_ne!(windows, enkel);
        for kledd in [crlf, bom, windows] {
            assert_eq!(les(&kledd), Ok(fasit.clone()));
        }
    }

    #[test]
    fn the_line_is_the_one_an_editor_shows() {
        let rader = ["", "feil", "\"to\nlinjer\"", "", ";;;;;;;", "feil"];
        for slutt in ["\n", "\r\n", "\r"] {
            let tekst = format!("{TOPP}\n{}", rader.join("\n")).replace('\n', slutt);
            let linjer: Vec<_> = les(tekst.as_bytes()).unwrap().feil.iter().map(|feil| feil.linje).collect();
            assert_eq!(linjer, [3, 4, 8], "{slutt:?}");
        }
    }

    #[test]
    fn each_fault_is_said_at_its_field() {
        for (linje, felt, ord) in [
            ("342;skole;123456785;Fjell;1;1;7;privat", "kommunenr", "fire sifre"),
            ("3427;sfo;123456785;Fjell;1;1;7;privat", "type", "Her står «sfo»"),
            ("3427;skole;123456786;Fjell;1;1;7;privat", "orgnr", "kontrollsifferet"),
            ("3427;skole;123456785; ;1;1;7;privat", "navn", "må ha et navn"),
            ("3427;skole;123456785;Fjell;-1;1;7;privat", "antall", "negativt"),
            ("3427;skole;123456785;Fjell;mange;1;7;privat", "antall", "helt tall"),
            ("3427;skole;123456785;Fjell;99999999999999999999;1;7;privat", "antall", "helt tall"),
            ("3427;skole;123456785;Fjell;50000;1;7;privat", "antall", "for høyt"),
            ("3427;skole;123456785;Fjell;1;7;1;privat", "til", "lavere enn første"),
            ("3427;skole;123456785;Fjell;1;1;7;staten", "eier", "offentlig eller privat"),
            ("3427;skole;123456785;Fjell;1;1;7", "raden", "har 7 felt"),
        ] {
            let feil = feltfeil(linje);
            assert_eq!(feil.len(), 1, "{linje}: {feil:?}");
            assert!(feil[0].0 == felt && feil[0].1.contains(ord), "{linje}: {feil:?}");
        }
        let langt = format!("3427;skole;123456785;{};1;1;7;privat", "å".repeat(201));
        assert!(feltfeil(&langt)[0].1.contains("200 tegn"));
    }

    #[test]
    fn the_same_unit_twice_points_at_the_first() {
        let rad = "3427;skole;123456785;Fjell;1;1;7;privat";
        let lesning = les(&fil(&[rad, rad])).unwrap();
        assert_eq!((lesning.rader.len(), lesning.feil.len()), (1, 1));
        assert!(lesning.feil[0].linje == 3 && lesning.feil[0].arsak.contains("linje 2"));
    }

    #[test]
    fn a_fodselsnummer_is_refused_and_never_repeated() {
        let nummer = (0..1000)
            .map(|i| format!("01019012{i:03}"))
            .find(|n| Kjennetegn::i(n) == Some(Kjennetegn::Fodselsnummer))
            .unwrap();
        for linje in [
            format!("3427;skole;123456785;Kari {nummer};1;1;7;privat"),
            format!("3427;{nummer};12;{nummer};1;1;7;privat"),
        ] {
            let feil = les(&fil(&[&linje])).unwrap().feil;
            assert_eq!(feil.len(), 1);
            assert!(!format!("{feil:?}").contains(&nummer) && feil[0].arsak.contains("fødselsnummer"));
        }
    }

    #[test]
    fn a_file_of_another_kind_is_told_what_it_is() {
        assert_eq!(les(b""), Err(Filfeil::Tom));
        assert_eq!(les(b"\r\n \n"), Err(Filfeil::Tom));
        assert_eq!(les(b"\xef\xbb\xbf"), Err(Filfeil::Tom));
        assert_eq!(les(b"PK\x03\x04rest"), Err(Filfeil::Regneark));
        assert_eq!(les(b"\x89PNG\r\n\x1a\n\0\0"), Err(Filfeil::Binar));
        assert_eq!(les(&vec![b'a'; MAKS_BYTES + 1]), Err(Filfeil::ForStor));
        assert_eq!(les(TOPP.replace(';', ",").as_bytes()), Err(Filfeil::Skilletegn));
        let feil = les(b"orgnr;navn\n1;2").unwrap_err().to_string();
        assert!(feil.contains("«kommunenr;type;orgnr;navn;antall;fra;til;eier»") && feil.contains("«orgnr;navn»"));
        assert_eq!(les(TOPP.as_bytes()), Ok(Lesning::default()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = les(&bytes);
            let _ = les(&[TOPP.as_bytes(), b"\n", &bytes].concat());
        }

        #[test]
        fn every_line_is_either_right_or_explained(felt in prop::collection::vec("[a-zæøå0-9 ]{0,6}", 0..80)) {
            let linjer: Vec<String> = felt.chunks(8).map(|f| f.join(";")).collect();
            let skrevet = linjer.iter().filter(|l| !l.replace(';', "").trim().is_empty()).count();
            let lesning = les(&fil(&linjer.iter().map(String::as_str).collect::<Vec<_>>())).unwrap();
            let med_feil: std::collections::HashSet<_> = lesning.feil.iter().map(|f| f.linje).collect();
            prop_assert_eq!(lesning.rader.len() + med_feil.len(), skrevet);
        }
    }
}
