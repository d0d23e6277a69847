//! Whatever is sent, by whomever, is answered: no 5xx, and no word of another region.
//!
//! A run sends some thousand requests; `FUZZ=100000` sends as many as it says. The same number is the same requests.
use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use proptest::{
    prelude::*,
    sample::{Index, select},
    strategy::ValueTree,
    test_runner::TestRunner,
};
use scraper::{Html, Selector};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    Aktor, TestApp, id,
    ruter::{RUTER, Rute},
};

const GANGER: usize = 1_500;
/// So many requests later the house is filled again: some of them end sessions, teams and people.
const FORFRA: usize = 300;
/// Stands in the rows of the other region alone.
const DERES: &str = "Sørregionen";
/// These end the session that the next ones come with, or answer for as long as one listens.
const IKKE: [&str; 3] = ["/logg-ut", "/moter/{id}/direkte", "/konto/okter"];

/// What a field may hold that nobody thought of.
const RART: [&str; 30] = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "2",
    "ja",
    "99999999999999999999",
    "2147483648",
    "1e9",
    "NaN",
    "31.12.9999",
    "2026-02-30",
    "2026-11-25",
    "24:00",
    "08.30",
    "\0",
    "a\0b",
    "\u{202e}snudd",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "' or 1=1 --",
    "%",
    "%00",
    "../../etc/passwd",
    "//ond.example",
    "/\t/ond.example",
    "\r\nset-cookie: okt=x",
    "🧑‍🤝‍🧑",
    "10 20 30 40 50",
];

/// One request, before it is put together.
#[derive(Clone, Debug)]
struct Forsok {
    rute: Index,
    hvem: u32,
    /// Whose rows the address names: one's own region's, the other's, or nobody's.
    rader: u8,
    felter: Vec<(Index, Verdi)>,
    /// In the address too.
    sporring: bool,
}

#[derive(Clone, Debug)]
enum Verdi {
    Rart(&'static str),
    Tilfeldig(String),
    Lang(usize),
    /// A value that stands in some form of the house.
    Fra(Index),
    Rad(&'static str, &'static str, u32),
}

fn forsok() -> impl Strategy<Value = Forsok> {
    let slag = select(&["01", "02", "03", "05", "06", "0a", "0b", "0c", "0d", "0e", "40"][..]);
    let verdi = prop_oneof![
        4 => select(&RART[..]).prop_map(Verdi::Rart),
        2 => "\\PC{0,60}".prop_map(Verdi::Tilfeldig),
        1 => (1_000_usize..12_000).prop_map(Verdi::Lang),
        4 => any::<Index>().prop_map(Verdi::Fra),
        2 => (select(&["0a", "0b"][..]), slag, 1_u32..50).prop_map(|(region, slag, nr)| Verdi::Rad(region, slag, nr)),
    ];
    (any::<Index>(), 0_u32..15, 0_u8..6, prop::collection::vec((any::<Index>(), verdi), 0..8), any::<bool>())
        .prop_map(|(rute, hvem, rader, felter, sporring)| Forsok { rute, hvem, rader, felter, sporring })
}

/// The names and values of all fields that the pages show.
async fn felter(app: &TestApp) -> (Vec<String>, Vec<String>) {
    let velg = Selector::parse("input[name], select[name], textarea[name], option[value]").unwrap();
    let (mut navn, mut verdier) = (BTreeSet::new(), BTreeSet::new());
    for rute in RUTER.iter().filter(|r| r.metode == Method::GET && !IKKE.contains(&r.monster())) {
        for nr in [1, 6, 9, 10] {
            let side = app.som("0a", nr).get(&rute.her("0a")).await;
            for felt in Html::parse_document(&side.html).select(&velg) {
                navn.extend(felt.value().attr("name").map(str::to_owned));
                verdier.extend(felt.value().attr("value").map(str::to_owned));
            }
        }
    }
    (navn.into_iter().collect(), verdier.into_iter().collect())
}

async fn send(hvem: &Aktor, rute: &Rute, sti: String, kropp: &[(&str, &str)]) -> crate::Side {
    if rute.metode == Method::GET {
        return hvem.get(&sti).await;
    }
    let sendt = Request::post(sti).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    hvem.send(sendt, Body::from(serde_html_form::to_string(kropp).unwrap())).await
}

#[sqlx::test]
async fn whatever_is_sent_is_answered_and_tells_nothing_of_others(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    assert!(app.som("0b", 1).get(&format!("/moter/{}", id("0b", "0c", 2))).await.sier(DERES), "the word to look for");
    let (navn, verdier) = felter(&app).await;
    assert!(navn.len() > 100 && verdier.len() > 100, "{} {}", navn.len(), verdier.len());
    let ruter: Vec<&Rute> = RUTER.iter().filter(|r| !IKKE.contains(&r.monster())).collect();
    let ganger = std::env::var("FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(GANGER);
    let mut runner = TestRunner::deterministic();
    let mut feil = Vec::new();
    for n in 0..ganger {
        if n % FORFRA == FORFRA - 1 {
            app.begynn_forfra().await;
        }
        let forsok = forsok().new_tree(&mut runner).unwrap().current();
        let rute = *forsok.rute.get(&ruter);
        let tekst = |verdi: &Verdi| match verdi {
            Verdi::Rart(rart) => (*rart).to_owned(),
            Verdi::Tilfeldig(ord) => ord.clone(),
            Verdi::Lang(tegn) => "å".repeat(*tegn),
            Verdi::Fra(hvilken) => hvilken.get(&verdier).clone(),
            Verdi::Rad(region, slag, nr) => id(region, slag, *nr).to_string(),
        };
        let felter: Vec<(&str, String)> =
            forsok.felter.iter().map(|(felt, verdi)| (felt.get(&navn).as_str(), tekst(verdi))).collect();
        let par: Vec<(&str, &str)> = felter.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let mut sti = match forsok.rader {
            0 => rute.her("0b"),
            1 => rute.her("ff"),
            _ => rute.her("0a"),
        };
        if forsok.sporring && sti.len() < 200 {
            let kort: Vec<_> = par.iter().filter(|(_, v)| v.len() < 400).collect();
            sti = format!("{}?{}", sti.split('?').next().unwrap(), serde_html_form::to_string(kort).unwrap());
        }
        let hvem = if forsok.hvem == 0 { app.fremmed() } else { app.som("0a", forsok.hvem) };
        let svar = send(&hvem, rute, sti.clone(), &par).await;
        let ekko = par.iter().any(|(_, verdi)| verdi.contains(DERES));
        if svar.status.is_server_error() || (svar.html.contains(DERES) && !ekko) {
            feil.push(format!("{n}: {} {sti} som {}: {} {par:?}", rute.metode, forsok.hvem, svar.status));
        }
    }
    assert!(feil.is_empty(), "{} av {ganger}:\n{}", feil.len(), feil[..feil.len().min(20)].join("\n"));
}
