//! Journey 1: the rektor books a møte, and puts its agenda in order with the keyboard alone.
use fantoccini::key::Key;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Hus, Skjerm, steg};

#[sqlx::test]
async fn a_rektor_books_and_reorders_by_keyboard_at_a_desk(pool: PgPoolOptions, connect: PgConnectOptions) {
    book_og_sorter(&Hus::apne(pool, connect).await, Skjerm::Bred).await;
}

#[sqlx::test]
async fn a_rektor_books_and_reorders_by_keyboard_on_a_narrow_screen(pool: PgPoolOptions, connect: PgConnectOptions) {
    book_og_sorter(&Hus::apne(pool, connect).await, Skjerm::Telefon).await;
}

async fn book_og_sorter(hus: &Hus, skjerm: Skjerm) {
    let n = hus.som(1, skjerm).await;
    n.skjermbilde("hjem-rektor").await;
    // From the front page to the møte without a mouse.
    n.tab_til("Book møte").await;
    n.trykk(Key::Enter).await;
    n.sier("Steg 1 av 2").await;
    n.sjekk().await;
    n.tab_til("tid").await;
    n.trykk_tegn(" ").await;
    n.tab_til("Gå videre").await;
    n.trykk(Key::Enter).await;
    n.sier("Steg 2 av 2").await;
    n.sjekk().await;
    n.tab_til("Book og send innkalling").await;
    n.trykk(Key::Enter).await;
    n.sier("Møtet er booket").await;
    n.sjekk().await;
    n.tab_til("Rediger agenda").await;
    n.trykk(Key::Enter).await;
    n.sier("Nytt element").await;
    n.sjekk().await;
    // An element of one's own goes last, and may be moved anywhere.
    n.fyll_i("agenda/nytt", "tittel", "Orientering fra rektor").await;
    n.fyll_i("agenda/nytt", "minutter", "10").await;
    n.tab_til("Legg til element").await;
    n.trykk(Key::Enter).await;
    n.sier("4. ").await;
    n.sjekk().await;
    assert_eq!(n.rekkefolge().await.last().map(String::as_str), Some("Orientering fra rektor"));
    for plass in (0..3).rev() {
        n.tab_til("Flytt opp Orientering fra rektor").await;
        n.trykk(Key::Enter).await;
        n.vent_til_nr(plass, "Orientering fra rektor").await;
        n.sjekk().await;
    }
    n.skjermbilde("agenda").await;
    steg::book(&n).await;
}
