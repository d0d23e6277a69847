//! The leader at a desk, PPT on a phone and the wall: the time of an element, a late comer and a decision are seen at once.
use fantoccini::key::Key;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Hus, Skjerm};
use crate::testapp::id;

#[sqlx::test]
async fn the_wall_and_the_phone_follow_the_leader(pool: PgPoolOptions, connect: PgConnectOptions) {
    let hus = Hus::apne(pool, connect).await;
    let mote = format!("/moter/{}", id("0a", "0c", 3));
    let (rektor, vegg) = (hus.som(1, Skjerm::Telefon).await, hus.som(2, Skjerm::Bred).await);
    vegg.ga(&format!("{mote}/vis")).await;
    rektor.ga(&format!("{mote}/hold")).await;

    // Two taps for one who comes late.
    rektor.klikk("Kom eller gikk").await;
    rektor.klikk("Kom nå").await;
    rektor.sier("kom kl. 11.00").await;
    rektor.skjermbilde("kom-sent").await;

    rektor.klikk("Start 1. Generell").await;
    vegg.sier("45 minutter igjen").await;
    rektor.sier("Nå: 1. Generell").await;
    rektor.klikk("Legg til beslutning").await;
    rektor.fyll("Hva er besluttet?", "Vi lager en felles plan for friminuttene").await;
    rektor.fyll("Hvilken tjeneste forplikter seg?", "PPT").await;
    rektor.klikk("Legg til beslutningen").await;
    vegg.sier("Vi lager en felles plan for friminuttene").await;
    vegg.skjermbilde("vegg").await;

    // The arrow keys lead from element to element.
    vegg.trykk(Key::Right).await;
    vegg.sier("2. Veiledning").await;
    assert_eq!(vegg.sti().await, format!("{mote}/vis/2"));
    vegg.sier("Følg møtet: nå punkt 1").await;
    vegg.trykk(Key::Left).await;
    vegg.sier("1. Generell").await;
    vegg.sjekk().await;
}
