//! What people have written, as lines that can be set: nothing is lost, and no word is too long for its line.

/// A line in pieces: it may be broken between two of them.
pub(super) type Linje = Vec<String>;
/// Paragraphs of lines.
pub(super) type Avsnitt = Vec<Vec<Linje>>;

/// Words up to this many characters are never broken.
const HELT_ORD: usize = 24;
/// The length of the pieces of a longer one.
const BIT: usize = 12;
/// What stands for a character that has no meaning outside the machine it was written on.
const UKJENT: char = '\u{fffd}';

/// A text of several lines: an empty line begins a new paragraph.
pub(super) fn avsnitt(tekst: &str) -> Avsnitt {
    let mut alle = vec![Vec::new()];
    for linje in ren(tekst).lines() {
        if !linje.trim().is_empty() {
            if let Some(siste) = alle.last_mut() {
                siste.push(biter(linje));
            }
        } else if alle.last().is_some_and(|siste| !siste.is_empty()) {
            alle.push(Vec::new());
        }
    }
    alle.retain(|linjer| !linjer.is_empty());
    alle
}

/// A text of one line: a name, a title.
pub(super) fn linje(tekst: &str) -> Linje {
    biter(&en_linje(tekst))
}

/// The same in one piece, for what a reader of PDF shows outside the page.
pub(super) fn en_linje(tekst: &str) -> String {
    ren(tekst).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without what no archive takes: characters that steer and do not say go, private ones are shown as unknown.
fn ren(tekst: &str) -> String {
    let tegn = tekst.chars().filter_map(|t| match t {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        // Marks that turn the order of letters round could make a text say another thing on paper than on the screen.
        '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        t if t.is_control() => None,
        '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'.. => Some(UKJENT),
        t if u32::from(t) & 0xfffe == 0xfffe => Some(UKJENT),
        t => Some(t),
    });
    tegn.collect()
}

/// The line, cut inside words that are too long to stand whole on one.
fn biter(linje: &str) -> Linje {
    let mut biter = vec![String::new()];
    for ord in linje.split_inclusive(' ') {
        let langt = ord.chars().count() > HELT_ORD;
        let mut forrige = ' ';
        let mut siden = 0;
        for tegn in ord.chars() {
            if langt && siden >= BIT && kan_deles(forrige, tegn) {
                biter.push(String::new());
                siden = 0;
            }
            if let Some(siste) = biter.last_mut() {
                siste.push(tegn);
            }
            (forrige, siden) = (tegn, siden + 1);
        }
    }
    biter
}

/// Whether nothing that belongs together is torn apart: what is drawn in one, such as a letter and its accent, is not.
fn kan_deles(foran: char, bak: char) -> bool {
    let hel = |t: char| t.is_alphanumeric() || t.is_ascii_punctuation();
    hel(foran) && hel(bak)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_and_paragraphs_are_kept() {
        let en = |l: &str| vec![l.to_owned()];
        assert_eq!(avsnitt("Ett\nto\n\n\n tre \n"), [vec![en("Ett"), en("to")], vec![en(" tre ")]]);
        assert_eq!(avsnitt(" \n "), Vec::<Vec<Linje>>::new());
        assert_eq!(linje(" Ett\nto "), ["Ett to"]);
    }

    #[test]
    fn a_word_without_end_is_cut_where_it_may_be() {
        let biter = linje(&format!("kort {}", "o".repeat(10_000)));
        assert!(biter.iter().all(|b| b.chars().count() <= BIT + 5), "{biter:?}");
        assert_eq!(linje("minoritetsspråk"), ["minoritetsspråk"]);
        let med_aksent = "e\u{301}".repeat(40);
        assert!(linje(&med_aksent).iter().all(|b| !b.starts_with('\u{301}')));
    }

    #[test]
    fn what_no_archive_takes_is_gone() {
        assert_eq!(en_linje("a\u{0}b\u{feff}c\u{e000}d\u{7}"), "abc\u{fffd}d");
        assert_eq!(en_linje("#let $x$ <script> 👍🏽 áŋ"), "#let $x$ <script> 👍🏽 áŋ");
    }

    proptest! {
        #[test]
        fn every_written_word_is_there(tekst in "(\\PC{0,40}\n?){0,5}") {
            let ord = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let satt: Vec<String> = avsnitt(&tekst).concat().iter().map(|l| l.concat()).collect();
            prop_assert_eq!(ord(&satt.join("\n")), ord(&ren(&tekst)));
        }
    }
}
