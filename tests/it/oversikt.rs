//! A semester in numbers: who sees which, and that they follow what happens in the møter.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

#[sqlx::test]
async fn the_direktor_sees_every_kommune_in_numbers_and_no_word_of_a_mote(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let side = app.som("0a", 8).get("/oversikt").await.er(StatusCode::OK);
    for ord in ["Oversikt høsten 2026", "Nordregionen", "Tynset", "Alvdal", "2 av 3", "1 av 9", "PPT"] {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    assert!(!side.html.contains("Notat fra") && !side.sier("Rita Rektor"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_kommunalsjef_is_led_to_the_own_kommune_and_no_further(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let tynset = format!("/oversikt/kommune/{}", id("0a", "01", 1));
    let sjef = app.som("0a", 7);
    let ledet = sjef.get("/oversikt").await.er(StatusCode::SEE_OTHER);
    assert_eq!(ledet.sted.as_deref(), Some(tynset.as_str()));
    let side = sjef.folg(&ledet).await.er(StatusCode::OK);
    assert!(side.sier("Fjellheim skole") && side.sier("1 av 5 møter holdt, 3 planlagt"), "{}", side.tekst());
    let alvdal = format!("/oversikt/kommune/{}", id("0a", "01", 2));
    sjef.get(&alvdal).await.er(StatusCode::FORBIDDEN);
    let side = app.som("0a", 12).get(&alvdal).await.er(StatusCode::OK);
    assert!(side.sier("Mangler team"), "{}", side.tekst());
    app.som("0b", 8).get(&tynset).await.er(StatusCode::NOT_FOUND);
    app.som("0a", 1).get(&tynset).await.er(StatusCode::FORBIDDEN);
}

#[sqlx::test]
async fn last_autumn_is_another_page_and_nonsense_is_not_found(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let direktor = app.som("0a", 8);
    let side = direktor.get("/oversikt?semester=2025-host").await.er(StatusCode::OK);
    assert!(side.sier("Oversikt høsten 2025") && side.sier("Ingen møter er ferdigstilt"), "{}", side.tekst());
    direktor.get("/oversikt?semester=2025-jul").await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn few_barn_are_not_counted_out_loud(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    sqlx::query("update enhet set antall = 3 where navn = 'Bjørka barnehage'").execute(&app.eier).await.unwrap();
    let side = app.som("0a", 7).get(&format!("/oversikt/kommune/{}", id("0a", "01", 1))).await.er(StatusCode::OK);
    assert!(side.sier("‹ 5"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_mote_without_its_ppt_is_a_broken_duty(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let before = app.som("0a", 8).get("/oversikt").await.tekst();
    sqlx::raw_sql(
        "alter table motedeltaker disable trigger las;
         update motedeltaker set oppmote = 'ikke_mott' where tjenestetype = 'ppt' and oppmote is not null",
    )
    .execute(&app.eier)
    .await
    .unwrap();
    let after = app.som("0a", 8).get("/oversikt").await.tekst();
    assert!(before.contains("Møter med brutt møteplikt 0"), "{before}");
    assert!(after.contains("Møter med brutt møteplikt 1") && after.contains("PPT 1 0 0 % 1"), "{after}");
}
