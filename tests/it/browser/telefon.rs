//! Journey 3: PPT answers an invitation and logs the own attendance on a phone, one step each.
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Hus, Skjerm};

#[sqlx::test]
async fn ppt_answers_and_logs_on_a_phone(pool: PgPoolOptions, connect: PgConnectOptions) {
    svar_og_for(&Hus::apne(pool, connect).await, Skjerm::Telefon).await;
}

#[sqlx::test]
async fn ppt_answers_and_logs_at_a_desk(pool: PgPoolOptions, connect: PgConnectOptions) {
    svar_og_for(&Hus::apne(pool, connect).await, Skjerm::Bred).await;
}

async fn svar_og_for(hus: &Hus, skjerm: Skjerm) {
    let n = hus.som(2, skjerm).await;
    n.sier("Oppgaver til meg").await;
    n.skjermbilde("hjem-ppt").await;
    n.klikk("Jeg er til stede").await;
    n.sier("Oppmøtet ditt er lagret: til stede").await;
    n.klikk("Kommer").await;
    n.sier("Svaret ditt er lagret: du kommer").await;
    n.ga("/moter").await;
    n.skjermbilde("mine-moter").await;
    n.ga("/moter/00000000-0000-0000-0a0c-000000000005").await;
    n.skjermbilde("mote-innkalt").await;
}
