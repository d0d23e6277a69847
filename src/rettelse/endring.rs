//! What has changed between two texts, word by word.

/// A stretch of words: in both texts, only in the first, or only in the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Del {
    Likt(String),
    Borte(String),
    Nytt(String),
}

/// The most pairs of words that are weighed against each other; longer changes are shown as one out and one in.
const FLEST_PAR: usize = 4_000_000;

/// The second text told by the first: what is alike, what is gone and what has come.
pub fn endringer(for_: &str, etter: &str) -> Vec<Del> {
    let (gamle, nye) = (ordene(for_), ordene(etter));
    let likt = |(a, b): &(&&str, &&str)| a == b;
    let foran = gamle.iter().zip(&nye).take_while(likt).count();
    let (rest_gamle, rest_nye) = (&gamle[foran..], &nye[foran..]);
    let bak = rest_gamle.iter().rev().zip(rest_nye.iter().rev()).take_while(likt).count();
    let midt_gamle = &rest_gamle[..rest_gamle.len() - bak];
    let midt_nye = &rest_nye[..rest_nye.len() - bak];
    let mut deler = Vec::new();
    legg_til(&mut deler, Del::Likt(gamle[..foran].concat()));
    if midt_gamle.len().saturating_mul(midt_nye.len()) > FLEST_PAR {
        legg_til(&mut deler, Del::Borte(midt_gamle.concat()));
        legg_til(&mut deler, Del::Nytt(midt_nye.concat()));
    } else {
        flett(&mut deler, midt_gamle, midt_nye);
    }
    legg_til(&mut deler, Del::Likt(rest_gamle[rest_gamle.len() - bak..].concat()));
    deler
}

/// Words and the white space between them, so that put together they are the text again.
fn ordene(tekst: &str) -> Vec<&str> {
    let biter = tekst.split_inclusive(char::is_whitespace);
    biter.flat_map(|bit| <[_; 2]>::from(bit.split_at(bit.trim_end().len()))).filter(|ord| !ord.is_empty()).collect()
}

/// Walks the longest common run of words.
fn flett(deler: &mut Vec<Del>, gamle: &[&str], nye: &[&str]) {
    let bredde = nye.len() + 1;
    let mut lengst = vec![0_u16; (gamle.len() + 1) * bredde];
    for i in (0..gamle.len()).rev() {
        for j in (0..nye.len()).rev() {
            lengst[i * bredde + j] = if gamle[i] == nye[j] {
                lengst[(i + 1) * bredde + j + 1].saturating_add(1)
            } else {
                lengst[(i + 1) * bredde + j].max(lengst[i * bredde + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < gamle.len() || j < nye.len() {
        if i < gamle.len() && j < nye.len() && gamle[i] == nye[j] {
            legg_til(deler, Del::Likt(gamle[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j == nye.len() || (i < gamle.len() && lengst[(i + 1) * bredde + j] >= lengst[i * bredde + j + 1]) {
            legg_til(deler, Del::Borte(gamle[i].to_owned()));
            i += 1;
        } else {
            legg_til(deler, Del::Nytt(nye[j].to_owned()));
            j += 1;
        }
    }
}

/// Adds words, to the last stretch when it is of the same kind.
fn legg_til(deler: &mut Vec<Del>, ny: Del) {
    match (deler.last_mut(), ny) {
        (Some(Del::Likt(siste)), Del::Likt(ord))
        | (Some(Del::Borte(siste)), Del::Borte(ord))
        | (Some(Del::Nytt(siste)), Del::Nytt(ord)) => siste.push_str(&ord),
        (_, Del::Likt(ord) | Del::Borte(ord) | Del::Nytt(ord)) if ord.is_empty() => {}
        (_, ny) => deler.push(ny),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_word_changed_is_one_out_and_one_in() {
        let deler = endringer("Vi møtes på mandag igjen", "Vi møtes på tirsdag igjen");
        assert_eq!(
            deler,
            [
                Del::Likt("Vi møtes på ".into()),
                Del::Borte("mandag".into()),
                Del::Nytt("tirsdag".into()),
                Del::Likt(" igjen".into())
            ]
        );
        assert_eq!(endringer("", "Nytt"), [Del::Nytt("Nytt".into())]);
        assert_eq!(endringer("Likt", "Likt"), [Del::Likt("Likt".into())]);
    }

    fn satt_sammen(deler: &[Del], uten: fn(&Del) -> bool) -> String {
        let ord = deler.iter().filter(|d| !uten(d)).map(|d| match d {
            Del::Likt(ord) | Del::Borte(ord) | Del::Nytt(ord) => ord.as_str(),
        });
        ord.collect()
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_out_of_it(for_ in "([abc]{1,2}[ \n]){0,30}", etter in "([abc]{1,2}[ \n]){0,30}") {
            let deler = endringer(&for_, &etter);
            prop_assert_eq!(satt_sammen(&deler, |d| matches!(d, Del::Nytt(_))), for_);
            prop_assert_eq!(satt_sammen(&deler, |d| matches!(d, Del::Borte(_))), etter);
        }
    }
}
