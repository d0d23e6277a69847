//! Journey 2: the rektor runs the møte and finishes it.
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Hus, Skjerm, steg};

#[sqlx::test]
async fn a_rektor_runs_and_finishes_at_a_desk(pool: PgPoolOptions, connect: PgConnectOptions) {
    book_og_hold(&Hus::apne(pool, connect).await, Skjerm::Bred).await;
}

#[sqlx::test]
async fn a_rektor_runs_and_finishes_on_a_phone(pool: PgPoolOptions, connect: PgConnectOptions) {
    book_og_hold(&Hus::apne(pool, connect).await, Skjerm::Telefon).await;
}

async fn book_og_hold(hus: &Hus, skjerm: Skjerm) {
    let n = hus.som(1, skjerm).await;
    steg::book(&n).await;
    let mote = n.sti().await;
    hus.klokka_er(steg::MOTEDAGEN);
    hus.logg_inn(&n, 1).await;
    n.ga(&mote).await;
    steg::hold(&n).await;
    n.ga(&mote).await;
    n.sier("Vi prøver en felles rutine for overganger").await;
    n.skjermbilde("mote-ferdig").await;
}
