//! Journey 5: the main job with JavaScript turned off.
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Hus, Skjerm, steg};

#[sqlx::test]
async fn the_main_job_works_without_script_at_a_desk(pool: PgPoolOptions, connect: PgConnectOptions) {
    hele_jobben(&Hus::apne(pool, connect).await, Skjerm::UtenSkript).await;
}

#[sqlx::test]
async fn the_main_job_works_without_script_on_a_narrow_screen(pool: PgPoolOptions, connect: PgConnectOptions) {
    hele_jobben(&Hus::apne(pool, connect).await, Skjerm::SmalUtenSkript).await;
}

async fn hele_jobben(hus: &Hus, skjerm: Skjerm) {
    let n = hus.som(1, skjerm).await;
    assert!(!n.kjorer_skript().await, "JavaScript er slått av");
    steg::book(&n).await;
    let mote = n.sti().await;
    n.klikk("Rediger agenda").await;
    n.fyll_i("agenda/nytt", "tittel", "Orientering fra rektor").await;
    n.fyll_i("agenda/nytt", "minutter", "10").await;
    n.klikk("Legg til element").await;
    for plass in (0..3).rev() {
        n.klikk("Flytt opp Orientering fra rektor").await;
        n.vent_til_nr(plass, "Orientering fra rektor").await;
    }
    for plass in 1..4 {
        n.klikk("Flytt ned Orientering fra rektor").await;
        n.vent_til_nr(plass, "Orientering fra rektor").await;
    }
    n.klikk("Fjern Orientering fra rektor").await;
    hus.logg_inn(&n, 2).await;
    n.ga(&mote).await;
    n.sier("Ikke svart").await;
    n.ga(&format!("{mote}/svar")).await;
    n.klikk("Kommer").await;
    n.klikk("Send svaret").await;
    n.sier("du kommer").await;
    hus.klokka_er(steg::MOTEDAGEN);
    hus.logg_inn(&n, 1).await;
    n.ga(&mote).await;
    steg::hold(&n).await;
    hus.logg_inn(&n, 8).await;
    n.ga("/oversikt").await;
    n.sier("2 av 9").await;
    n.skjermbilde("uten-skript").await;
}
