//! Reads our own source, so that tests can ask what it says: files, words, strings and paths of modules.
use std::{fs, iter, path::Path, sync::LazyLock};

/// A file of the house: its path from the root, and its text.
pub(crate) struct Fil {
    pub(crate) sti: String,
    pub(crate) tekst: String,
}

/// A word of Rust. Comments are gone, and so is everything that is built for tests alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ord {
    Navn(String),
    /// What a string literal means, escapes read.
    Tekst(String),
    Tegn(char),
}

/// A source file of `src/` and its words.
pub(crate) struct Kilde {
    pub(crate) sti: String,
    pub(crate) ord: Vec<Ord>,
}

/// Every Rust file of the program itself.
pub(crate) fn program() -> &'static [Kilde] {
    static ALLE: LazyLock<Vec<Kilde>> =
        LazyLock::new(|| filer("src", "rs").into_iter().map(|fil| Kilde::les(&fil.sti, &fil.tekst)).collect());
    &ALLE
}

/// The files with this ending under a folder of the house, in order.
pub(crate) fn filer(mappe: &str, ending: &str) -> Vec<Fil> {
    let rot = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut alle = Vec::new();
    let mut mapper = vec![rot.join(mappe)];
    while let Some(mappe) = mapper.pop() {
        for post in fs::read_dir(&mappe).unwrap().map(|post| post.unwrap().path()) {
            if post.is_dir() {
                mapper.push(post);
            } else if post.extension().is_some_and(|e| e == ending) {
                let sti = post.strip_prefix(rot).unwrap().to_str().unwrap().to_owned();
                alle.push(Fil { sti, tekst: fs::read_to_string(&post).unwrap() });
            }
        }
    }
    alle.sort_by(|a, b| a.sti.cmp(&b.sti));
    assert!(!alle.is_empty(), "ingen filer *.{ending} i {mappe}");
    alle
}

impl Kilde {
    pub(crate) fn les(sti: &str, tekst: &str) -> Self {
        Self { sti: sti.to_owned(), ord: uten_makroer(uten_tester(&ord(tekst))) }
    }

    /// The modules the file stands in: `src/mote/db.rs` is `mote`, `db`.
    pub(crate) fn modul(&self) -> Vec<&str> {
        let sti = self.sti.trim_start_matches("src/").trim_end_matches(".rs");
        sti.split('/').filter(|del| !matches!(*del, "mod" | "lib" | "main")).collect()
    }

    /// The room or the part of the kernel it belongs to.
    pub(crate) fn rom(&self) -> &str {
        self.modul().first().copied().unwrap_or("lib")
    }

    pub(crate) fn tekster(&self) -> impl Iterator<Item = &str> {
        self.ord.iter().filter_map(Ord::tekst)
    }

    /// Every path of modules that is named, `use` trees taken apart, `self` and `super` led back to `crate`.
    pub(crate) fn stier(&self) -> Vec<Vec<String>> {
        let mut alle = Vec::new();
        let mut i = 0;
        while i < self.ord.len() {
            if self.ord[i].er("use") {
                i = tre(&self.ord, i + 1, &[], &mut alle);
            } else if matches!(self.ord[i], Ord::Navn(_)) {
                let (sti, etter) = sti(&self.ord, i);
                alle.push(sti);
                i = etter;
            } else {
                i += 1;
            }
        }
        alle.into_iter().map(|sti| self.fra_roten(sti)).collect()
    }

    fn fra_roten(&self, sti: Vec<String>) -> Vec<String> {
        let mut her: Vec<String> = self.modul().into_iter().map(str::to_owned).collect();
        let opp = sti.iter().take_while(|del| *del == "super").count();
        match sti.first().map(String::as_str) {
            Some("super") => her.truncate(her.len().saturating_sub(opp)),
            Some("self") => {}
            // The commands stand outside the library and call it by name.
            Some("samhandling") => her = Vec::new(),
            _ => return sti,
        }
        let rest = sti.into_iter().skip(opp.max(1));
        iter::once("crate".to_owned()).chain(her).chain(rest).collect()
    }
}

impl Ord {
    pub(crate) fn er(&self, navn: &str) -> bool {
        matches!(self, Self::Navn(n) if n == navn)
    }

    pub(crate) fn tekst(&self) -> Option<&str> {
        if let Self::Tekst(tekst) = self { Some(tekst) } else { None }
    }

    pub(crate) fn navn(&self) -> Option<&str> {
        if let Self::Navn(navn) = self { Some(navn) } else { None }
    }
}

/// One path from `i` on, and where it ends.
fn sti(ord: &[Ord], mut i: usize) -> (Vec<String>, usize) {
    let mut deler = Vec::new();
    while let Some(Ord::Navn(navn)) = ord.get(i) {
        deler.push(navn.clone());
        i += 1;
        if ord.get(i) == Some(&Ord::Tegn(':')) && ord.get(i + 1) == Some(&Ord::Tegn(':')) {
            i += 2;
        } else {
            break;
        }
    }
    (deler, i)
}

/// The paths of a `use` tree; ends behind it.
fn tre(ord: &[Ord], i: usize, foran: &[String], alle: &mut Vec<Vec<String>>) -> usize {
    let (deler, mut i) = sti(ord, i);
    let her: Vec<String> = foran.iter().cloned().chain(deler).collect();
    if ord.get(i) != Some(&Ord::Tegn('{')) {
        alle.push(her);
        while ord.get(i).is_some_and(|o| !matches!(o, Ord::Tegn(',' | '}' | ';'))) {
            i += 1; // a star, or `as` and another name
        }
        return i;
    }
    i += 1;
    while ord.get(i).is_some_and(|o| *o != Ord::Tegn('}')) {
        i = tre(ord, i, &her, alle);
        i += usize::from(ord.get(i) == Some(&Ord::Tegn(',')));
    }
    i + 1
}

/// The words without what stands under `#[cfg(test)]`.
fn uten_tester(ord: &[Ord]) -> Vec<Ord> {
    let mut igjen = Vec::with_capacity(ord.len());
    let mut i = 0;
    while i < ord.len() {
        let test = ord[i] == Ord::Tegn('#')
            && ord.get(i + 2).is_some_and(|o| o.er("cfg"))
            && ord.get(i + 4).is_some_and(|o| o.er("test"));
        if test {
            i = etter_tingen(ord, i + 7);
        } else {
            igjen.push(ord[i].clone());
            i += 1;
        }
    }
    igjen
}

/// Where the item that begins at `i` ends: behind its braces or its semicolon.
fn etter_tingen(ord: &[Ord], mut i: usize) -> usize {
    let mut dybde = 0;
    while i < ord.len() {
        match ord[i] {
            Ord::Tegn('{') => dybde += 1,
            Ord::Tegn('}') if dybde == 1 => return i + 1,
            Ord::Tegn('}') => dybde -= 1,
            Ord::Tegn(';') if dybde == 0 => return i + 1,
            _ => {}
        }
        i += 1;
    }
    i
}

/// A macro of the file that stands for a text: its parameters, its words.
struct Makro {
    navn: String,
    parametre: Vec<String>,
    ord: Vec<Ord>,
}

/// The words with the file's own macros written out.
fn uten_makroer(mut ord: Vec<Ord>) -> Vec<Ord> {
    while let Some(i) = ord.iter().position(|o| o.er("macro_rules")) {
        let slutt = etter_tingen(&ord, i);
        let hode = i + 4; // macro_rules ! navn {
        let pil = hode + ord[hode..].iter().position(|o| *o == Ord::Tegn('>')).unwrap();
        let parametre = ord[hode..pil].windows(2).filter(|to| to[0] == Ord::Tegn('$')).filter_map(|to| to[1].navn());
        let makro = Makro {
            navn: ord[i + 2].navn().unwrap().to_owned(),
            parametre: parametre.map(str::to_owned).collect(),
            ord: ord[pil + 2..etter_tingen(&ord, pil + 1) - 1].to_vec(),
        };
        ord.drain(i..slutt);
        ord = skrevet_ut(&ord, &makro);
    }
    ord
}

fn skrevet_ut(ord: &[Ord], makro: &Makro) -> Vec<Ord> {
    let mut ut = Vec::with_capacity(ord.len());
    let mut i = 0;
    while i < ord.len() {
        if !(ord[i].er(&makro.navn) && ord.get(i + 1) == Some(&Ord::Tegn('!'))) {
            ut.push(ord[i].clone());
            i += 1;
            continue;
        }
        let slutt = parentes(ord, i + 2);
        let verdier: Vec<&[Ord]> = ord[i + 3..slutt].split(|o| *o == Ord::Tegn(',')).collect();
        let mut kropp = makro.ord.iter();
        while let Some(o) = kropp.next() {
            if *o == Ord::Tegn('$')
                && let Some(nr) = kropp.next().and_then(|n| makro.parametre.iter().position(|p| n.er(p)))
            {
                ut.extend_from_slice(verdier[nr]);
            } else {
                ut.push(o.clone());
            }
        }
        i = slutt + 1;
    }
    ut
}

/// Where the parenthesis that opens at `i` closes.
pub(crate) fn parentes(ord: &[Ord], i: usize) -> usize {
    let mut dybde = 0;
    for (j, o) in ord.iter().enumerate().skip(i) {
        match o {
            Ord::Tegn('(') => dybde += 1,
            Ord::Tegn(')') if dybde == 1 => return j,
            Ord::Tegn(')') => dybde -= 1,
            _ => {}
        }
    }
    ord.len()
}

/// Cuts Rust into words, far enough to tell code from comments and strings.
fn ord(kilde: &str) -> Vec<Ord> {
    let c: Vec<char> = kilde.chars().collect();
    let mut alle = Vec::new();
    let mut i = 0;
    while i < c.len() {
        let neste = c.get(i + 1).copied().unwrap_or_default();
        match c[i] {
            '/' if neste == '/' => i += c[i..].iter().take_while(|t| **t != '\n').count(),
            '/' if neste == '*' => {
                i += 2;
                while i < c.len() && !(c[i - 1] == '*' && c[i] == '/') {
                    i += 1;
                }
                i += 1;
            }
            '"' => i = tekst(&c, i + 1, &mut alle),
            'r' | 'b' if ra_tekst(&c, i).is_some() => {
                let (fra, vern) = ra_tekst(&c, i).unwrap();
                let slutt: Vec<char> = iter::once('"').chain(iter::repeat_n('#', vern)).collect();
                let lengde = c[fra..].windows(slutt.len()).position(|v| v == slutt).unwrap();
                alle.push(Ord::Tekst(c[fra..fra + lengde].iter().collect()));
                i = fra + lengde + slutt.len();
            }
            '\'' if neste == '\\' => i += 3 + c[i + 3..].iter().take_while(|t| **t != '\'').count() + 1,
            '\'' if c.get(i + 2) == Some(&'\'') => i += 3,
            t if t.is_alphanumeric() || t == '_' => {
                let lengde = c[i..].iter().take_while(|t| t.is_alphanumeric() || **t == '_').count();
                alle.push(Ord::Navn(c[i..i + lengde].iter().collect()));
                i += lengde;
            }
            t => {
                if !t.is_whitespace() {
                    alle.push(Ord::Tegn(t));
                }
                i += 1;
            }
        }
    }
    alle
}

/// Where the text of a raw string begins, and how many `#` guard it.
fn ra_tekst(c: &[char], i: usize) -> Option<(usize, usize)> {
    let fra = if c[i] == 'b' { i + 1 } else { i };
    if c.get(fra) != Some(&'r') {
        return None;
    }
    let vern = c[fra + 1..].iter().take_while(|t| **t == '#').count();
    (c.get(fra + 1 + vern) == Some(&'"')).then_some((fra + 2 + vern, vern))
}

/// A plain string from behind its first quote; ends behind its last.
fn tekst(c: &[char], mut i: usize, alle: &mut Vec<Ord>) -> usize {
    let mut tekst = String::new();
    while c[i] != '"' {
        if c[i] != '\\' {
            tekst.push(c[i]);
            i += 1;
            continue;
        }
        match c[i + 1] {
            // A line that goes on below begins at its first word.
            '\n' => i += c[i + 1..].iter().take_while(|t| t.is_whitespace()).count() - 1,
            'n' => tekst.push('\n'),
            't' => tekst.push('\t'),
            annet => tekst.push(annet),
        }
        i += 2;
    }
    alle.push(Ord::Tekst(tekst));
    i + 1
}

#[test]
fn a_macro_that_stands_for_a_text_is_written_out() {
    let kilde = Kilde::les(
        "src/mote/db.rs",
        r#"macro_rules! mine { ($hva:literal, $x:literal) => { concat!("a ", $hva, " b ", $x) }; }
        macro_rules! alt { () => { "c" }; }
        fn f() { q(mine!("1", "2")); q(concat!("d ", alt!())) }"#,
    );
    assert_eq!(kilde.tekster().collect::<Vec<_>>(), ["a ", "1", " b ", "2", "d ", "c"]);
}

#[test]
fn words_strings_and_paths_are_told_apart() {
    let kilde = Kilde::les(
        "src/mote/routes.rs",
        r##"//! "not" a string
        use super::{db, agenda::{self, Plan as P}};
        use crate::{auth::Medlem, web::*};
        fn f<'a>(c: &'a str) -> char { /* "nor" this */ let _ = '"'; let _ = '\''; crate::forum::db::alle("a \
              b\"", r#"raw "x" y"#); 'x' }
        #[cfg(test)]
        mod tests { use crate::enhet::db; const S: &str = "gone"; }
        const B: &str = "here";"##,
    );
    assert_eq!(kilde.tekster().collect::<Vec<_>>(), ["a b\"", "raw \"x\" y", "here"]);
    let stier: Vec<String> = kilde.stier().iter().map(|s| s.join("::")).collect();
    for sti in
        ["crate::mote::db", "crate::mote::agenda::Plan", "crate::auth::Medlem", "crate::web", "crate::forum::db::alle"]
    {
        assert!(stier.iter().any(|s| s == sti), "{sti}: {stier:?}");
    }
    assert!(!stier.iter().any(|s| s.contains("enhet")), "{stier:?}");
}
