//! The second step by keyboard alone: set up, logged in with, and asked for again before a sensitive act.
use fantoccini::key::Key;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::macros::datetime;

use super::{Hus, Nettleser, PASSORD, Skjerm};
use crate::hvem::{NA, kode};

#[sqlx::test]
async fn a_code_is_set_up_and_used_on_a_phone_by_keyboard_alone(pool: PgPoolOptions, connect: PgConnectOptions) {
    reise(&Hus::apne(pool, connect).await, Skjerm::Telefon).await;
}

#[sqlx::test]
async fn a_code_is_set_up_and_used_at_a_desk_by_keyboard_alone(pool: PgPoolOptions, connect: PgConnectOptions) {
    reise(&Hus::apne(pool, connect).await, Skjerm::Bred).await;
}

async fn reise(hus: &Hus, skjerm: Skjerm) {
    let n = hus.som(1, skjerm).await;
    n.ga("/konto/totrinn").await;
    n.skjermbilde("totrinn-oppsett").await;
    let hemmelighet = hemmelighet(&n.tekst().await);
    skriv(&n, "Kode Må fylles ut", "000000").await;
    n.sier("Koden er feil eller brukt før").await;
    skriv(&n, "Kode Må fylles ut", &kode(&hemmelighet, NA)).await;
    n.sier("Gjenopprettingskodene dine").await;
    n.glem_konsollen().await;
    n.sjekk().await;
    n.skjermbilde("totrinn-koder").await;

    n.glem_okta().await;
    n.ga("/logg-inn").await;
    hus.fyll_ut_innlogging(&n, 1).await;
    n.sier("Skriv koden fra appen").await;
    n.skjermbilde("totrinn-kode").await;
    skriv(&n, "Kode Må fylles ut", "123").await;
    n.sier("Koden er feil eller brukt før").await;
    skriv(&n, "Kode Må fylles ut", &kode(&hemmelighet, NA + 30)).await;
    n.sier("Logg ut").await;

    hus.klokka_er(datetime!(2026-11-18 10:20 UTC));
    n.glem_konsollen().await;
    n.ga("/konto").await;
    n.skjermbilde("totrinn-konto").await;
    n.tab_til("Lag nye gjenopprettingskoder").await;
    n.trykk(Key::Return).await;
    n.sier("Bekreft at det er deg").await;
    n.glem_konsollen().await;
    n.sjekk().await;
    n.skjermbilde("totrinn-bekreft").await;
    skriv(&n, "Passord Valgfritt", "galt passord her").await;
    n.sier("Passordet er ikke riktig").await;
    skriv(&n, "Passord Valgfritt", PASSORD).await;
    n.sier("Kodene du hadde fra før, virker ikke lenger").await;
    n.glem_konsollen().await;
    for farge in ["dark", "light"] {
        n.fargevalg(farge).await;
        for sti in ["/konto", "/konto/totrinn", "/tilganger", "/ny-innlogging"] {
            n.ga(sti).await;
        }
    }
}

/// Tabs to a field, writes in it and sends the form.
async fn skriv(n: &Nettleser, felt: &str, ord: &str) {
    n.tab_til(felt).await;
    n.fokus_er_synlig().await;
    n.trykk_tegn(ord).await;
    n.trykk(Key::Return).await;
}

/// The secret as it stands on the page: eight groups of four.
fn hemmelighet(tekst: &str) -> String {
    let ord: Vec<&str> = tekst.split_whitespace().collect();
    let gruppe = |o: &&&str| o.len() == 4 && o.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b));
    let atte = ord.windows(8).find(|v| v.iter().filter(gruppe).count() == 8);
    atte.unwrap().concat()
}
