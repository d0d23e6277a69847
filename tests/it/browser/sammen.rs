//! Two in one møte: the leader at a desk and PPT on a phone see each other's changes, and no word is lost.
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Hus, Skjerm};
use crate::testapp::id;

#[sqlx::test]
async fn two_write_in_one_mote_and_nothing_is_lost(pool: PgPoolOptions, connect: PgConnectOptions) {
    let hus = Hus::apne(pool, connect).await;
    let hold = format!("/moter/{}/hold", id("0a", "0c", 3));
    let (rektor, ppt) = (hus.som(1, Skjerm::Bred).await, hus.som(2, Skjerm::Telefon).await);
    rektor.ga(&hold).await;
    ppt.ga(&hold).await;

    let notat = format!("{}/notat", id("0a", "0d", 31));
    rektor.fyll_i(&notat, "notat", "Rektor: vi begynner med høstens plan").await;
    let skjema = rektor.skjema(&notat).await;
    rektor.send(&skjema, "Lagre notat").await;
    ppt.sier("Lagret kl. 11.00.00 av").await;

    ppt.klikk("Jeg er til stede").await;
    rektor.sier("1 av 4 registrert").await;

    // The tab is closed in the middle of a sentence: the words lie in the browser.
    let neste = format!("{}/notat", id("0a", "0d", 32));
    ppt.fyll_i(&neste, "notat", "PPT: her er jeg midt i en").await;
    ppt.ga(&hold).await;
    ppt.sier("som ikke ble lagret").await;
    ppt.skjermbilde("utkast").await;
    ppt.klikk("Sett den inn i notatet").await;
    let skjema = ppt.skjema(&neste).await;
    ppt.send(&skjema, "Lagre notat").await;
    ppt.ga(&hold).await;
    assert!(!ppt.tekst().await.contains("som ikke ble lagret"), "det som er lagret, blir ikke tilbudt på nytt");
    rektor.ga(&hold).await;
    assert_eq!(rektor.innhold_i(&neste, "notat").await, "PPT: her er jeg midt i en");
}
