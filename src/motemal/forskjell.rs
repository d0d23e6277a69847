//! What is different between two versions of a motemal, in words.
use super::mal::{Mal, Malelement, varighet};

/// Every difference from `gammel` to `ny`, one sentence each; none when they say the same.
pub(super) fn forskjeller(gammel: &Mal, ny: &Mal) -> Vec<String> {
    let mut ord = Vec::new();
    if gammel.navn != ny.navn {
        ord.push(format!("Malen heter nå «{}». Før het den «{}».", ny.navn, gammel.navn));
    }
    ord.extend(elementer(&gammel.elementer, &ny.elementer));
    let (for_, na) = (varighet(&gammel.elementer), varighet(&ny.elementer));
    if for_ != na {
        ord.push(format!("Til sammen {na} minutter. Før var det {for_}."));
    }
    for (navn, for_, na) in
        [("Åpningen", &gammel.apning, &ny.apning), ("Avrundingen", &gammel.avrunding, &ny.avrunding)]
    {
        ord.extend(tekst(navn, for_, na));
    }
    for (navn, for_, na) in [
        ("sjekklisten før møtet", &gammel.sjekk_for, &ny.sjekk_for),
        ("sjekklisten etter møtet", &gammel.sjekk_etter, &ny.sjekk_etter),
    ] {
        let nye = na.lines().filter(|l| !for_.lines().any(|f| f == *l));
        ord.extend(nye.map(|l| format!("Nytt i {navn}: «{l}».")));
        let borte = for_.lines().filter(|l| !na.lines().any(|n| n == *l));
        ord.extend(borte.map(|l| format!("Tatt bort fra {navn}: «{l}».")));
    }
    ord
}

fn tekst(navn: &str, for_: &str, na: &str) -> Option<String> {
    match (for_, na) {
        _ if for_ == na => None,
        ("", _) => Some(format!("{navn} er ny: «{na}».")),
        (_, "") => Some(format!("{navn} er tatt bort. Den var «{for_}».")),
        _ => Some(format!("{navn} er nå «{na}». Før var den «{for_}».")),
    }
}

/// An element is known again by its title, or as the only one of the plan's kinds.
fn elementer(gamle: &[Malelement], nye: &[Malelement]) -> Vec<String> {
    let mut igjen: Vec<&Malelement> = gamle.iter().collect();
    let par: Vec<(&Malelement, Option<&Malelement>)> =
        nye.iter().map(|n| (n, ta(&mut igjen, |g| g.tittel == n.tittel))).collect();
    let mut par: Vec<_> = par
        .into_iter()
        .map(|(n, g)| (n, g.or_else(|| ta(&mut igjen, |g| n.elementtype.er_fast() && g.elementtype == n.elementtype))))
        .collect();
    let mut ord: Vec<String> = igjen.iter().map(|g| format!("«{}» er tatt bort.", g.tittel)).collect();
    let plasser: Vec<usize> =
        par.iter().filter_map(|(_, g)| gamle.iter().position(|x| g.is_some_and(|g| std::ptr::eq(g, x)))).collect();
    if !plasser.is_sorted() {
        ord.push("Elementene står i en annen rekkefølge.".to_owned());
    }
    for (n, g) in par.drain(..) {
        match g {
            None => ord.push(format!("«{}» er nytt, med {} minutter.", n.tittel, n.minutter)),
            Some(g) => ord.extend(endringer(g, n)),
        }
    }
    ord
}

fn ta<'a>(igjen: &mut Vec<&'a Malelement>, er: impl Fn(&Malelement) -> bool) -> Option<&'a Malelement> {
    igjen.iter().position(|g| er(g)).map(|plass| igjen.remove(plass))
}

fn endringer(g: &Malelement, n: &Malelement) -> Vec<String> {
    let mut ord = Vec::new();
    if g.tittel != n.tittel {
        ord.push(format!("«{}» heter nå «{}».", g.tittel, n.tittel));
    }
    if g.minutter != n.minutter {
        ord.push(format!("«{}» har {} minutter. Før var det {}.", n.tittel, n.minutter, g.minutter));
    }
    if g.elementtype != n.elementtype {
        ord.push(format!("«{}» er nå av slaget {}.", n.tittel, n.elementtype));
    }
    ord.extend(tekst(&format!("Hjelpen til «{}»", n.tittel), &g.hjelp, &n.hjelp));
    ord
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mote::Elementtype;

    fn element(elementtype: Elementtype, tittel: &str, minutter: u32) -> Malelement {
        Malelement { elementtype, tittel: tittel.to_owned(), hjelp: String::new(), minutter }
    }

    #[test]
    fn each_change_is_one_sentence() {
        use Elementtype::{Annet, Generell, Veiledning};
        let gammel = Mal {
            navn: "TST".into(),
            sjekk_for: "Rom".into(),
            elementer: vec![
                element(Generell, "Åpent", 45),
                element(Veiledning, "Veiledning", 60),
                element(Annet, "Pause", 10),
            ],
            ..Mal::default()
        };
        let ny = Mal {
            apning: "Barnets beste".into(),
            sjekk_for: "Kaffe".into(),
            elementer: vec![
                element(Generell, "Diskusjon", 45),
                element(Annet, "Runde", 5),
                element(Veiledning, "Veiledning", 75),
            ],
            ..gammel.clone()
        };
        let fasit = [
            "«Pause» er tatt bort.",
            "«Åpent» heter nå «Diskusjon».",
            "«Runde» er nytt, med 5 minutter.",
            "«Veiledning» har 75 minutter. Før var det 60.",
            "Til sammen 125 minutter. Før var det 115.",
            "Åpningen er ny: «Barnets beste».",
            "Nytt i sjekklisten før møtet: «Kaffe».",
            "Tatt bort fra sjekklisten før møtet: «Rom».",
        ];
        assert_eq!(forskjeller(&gammel, &ny), fasit);
    }

    fn elementer() -> impl Strategy<Value = Vec<Malelement>> {
        let ett = (prop::sample::select(Elementtype::ALLE.to_vec()), "[a-c]", 5u32..8)
            .prop_map(|(t, tittel, m)| element(t, &tittel, m));
        prop::collection::vec(ett, 0..5)
    }

    proptest! {
        #[test]
        fn nothing_is_said_exactly_when_nothing_is_different(a in elementer(), b in elementer()) {
            let (a, b) = (Mal { elementer: a, ..Mal::default() }, Mal { elementer: b, ..Mal::default() });
            prop_assert!(forskjeller(&a, &a).is_empty());
            prop_assert_eq!(forskjeller(&a, &b).is_empty(), a == b);
        }
    }
}
