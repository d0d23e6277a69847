//! Nothing typed is lost: the net goes, the server is killed, the log-in ends, each in the middle of a sentence.
use sqlx::{
    Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::macros::datetime;

use super::{Hus, Nettleser, Skjerm, tjener::Tjener};
use crate::testapp::id;

#[sqlx::test]
async fn nothing_typed_is_lost_at_a_desk(pool: PgPoolOptions, connect: PgConnectOptions) {
    skriv_gjennom_alt(pool, connect, Skjerm::Bred).await;
}

#[sqlx::test]
async fn nothing_typed_is_lost_on_a_phone(pool: PgPoolOptions, connect: PgConnectOptions) {
    skriv_gjennom_alt(pool, connect, Skjerm::Telefon).await;
}

async fn skriv_gjennom_alt(pool: PgPoolOptions, connect: PgConnectOptions, skjerm: Skjerm) {
    let app = Hus::innred(pool.clone(), connect.clone()).await;
    let mut tjener = Tjener::start(app.clone(), pool, connect).await;
    let hus = Hus { app, adresse: tjener.adresse };
    let n = hus.som(1, skjerm).await;
    n.ga(&format!("/moter/{}/hold", id("0a", "0c", 3))).await;

    skriv(&n, "Vi begynner med planen").await;
    n.sier("Lagret kl. 11.00.00").await;
    uten_nett(&hus, &n).await;
    uten_tjener(&hus, &n, &mut tjener).await;
    uten_okt(&hus, &n).await;
    assert_eq!(notat(&hus).await, "Vi begynner med planen, uten nett, uten tjener, og trykker lagre, uten innlogging");
}

/// The train goes into a tunnel.
async fn uten_nett(hus: &Hus, n: &Nettleser) {
    hus.klokka_er(datetime!(2026-11-18 10:05 UTC));
    n.nett(false).await;
    skriv(n, ", uten nett").await;
    er_ikke_lagret(n).await;
    n.skjermbilde("uten-nett").await;
    n.nett(true).await;
    n.sier("Lagret kl. 11.05.00").await;
    n.glem_konsollen().await;
    n.sjekk().await;
}

/// The server dies between two words, and comes back by itself.
async fn uten_tjener(hus: &Hus, n: &Nettleser, tjener: &mut Tjener) {
    hus.klokka_er(datetime!(2026-11-18 10:10 UTC));
    n.klikk("Legg til beslutning").await;
    n.fyll("Hva er besluttet?", "Vi prøver igjen").await;
    n.fyll("Hvilken tjeneste forplikter seg?", "PPT").await;
    skriv(n, ", uten").await;
    tjener.drep();
    skriv(n, " tjener").await;
    er_ikke_lagret(n).await;
    // Whoever presses the button meanwhile keeps the page and the words.
    skriv(n, ", og trykker lagre").await;
    n.send_uten_sjekk(&notatsti(), "Lagre notat").await;
    er_ikke_lagret(n).await;
    n.send_uten_sjekk(&beslutningssti(), "Legg til beslutningen").await;
    n.sier("Det du skrev, står her. Prøv igjen om litt.").await;
    n.skjermbilde("uten-tjener").await;
    assert_eq!(notat(hus).await, "Vi begynner med planen, uten nett");
    tjener.start_igjen().await;
    n.sier("Lagret kl. 11.10.00").await;
    assert_eq!(notat(hus).await, "Vi begynner med planen, uten nett, uten tjener, og trykker lagre");
    n.glem_konsollen().await;
    n.send(&n.skjema(&beslutningssti()).await, "Legg til beslutningen").await;
    n.sier("Beslutningen er lagret").await;
    n.sier("Vi prøver igjen").await;
}

/// The session ends while one writes.
async fn uten_okt(hus: &Hus, n: &Nettleser) {
    hus.klokka_er(datetime!(2026-11-18 10:15 UTC));
    sqlx::query("delete from okt").execute(&hus.app.eier).await.unwrap();
    skriv(n, ", uten innlogging").await;
    n.sier("Du er logget ut").await;
    er_ikke_lagret(n).await;
    n.glem_konsollen().await;
    n.skjermbilde("logget-ut").await;
    n.klikk("Logg inn igjen").await;
    hus.fyll_ut_innlogging(n, 1).await;
    n.sier(", som ikke ble lagret").await;
    n.skjermbilde("utkast-etter-innlogging").await;
    n.klikk("Sett den inn i notatet").await;
    n.sier("Lagret kl. 11.15.00").await;
    n.sjekk().await;
}

async fn er_ikke_lagret(n: &Nettleser) {
    n.sier("trygt i nettleseren").await;
    assert!(!n.tekst().await.contains("Lagret kl."), "det som ikke er lagret, sies ikke lagret: {}", n.tekst().await);
}

fn beslutningssti() -> String {
    format!("{}/beslutning", id("0a", "0d", 31))
}

fn notatsti() -> String {
    format!("{}/notat", id("0a", "0d", 31))
}

async fn skriv(n: &Nettleser, ord: &str) {
    n.skriv_videre(&notatsti(), "notat", ord).await;
}

/// What the database has.
async fn notat(hus: &Hus) -> String {
    let sql = "select notat from moteelement where id = $1";
    sqlx::query(sql).bind(id("0a", "0d", 31)).fetch_one(&hus.app.eier).await.unwrap().get(0)
}
