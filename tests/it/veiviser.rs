//! The way to the team for whoever is worried, and the tiltak of the teams level by level.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

#[sqlx::test]
async fn whoever_is_worried_is_led_to_their_own_team_and_its_next_day(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    assert!(app.som("0a", 2).get("/").await.html.contains("href=\"/veiviser\""));
    let helse = app.som("0a", 3).get("/veiviser").await.er(StatusCode::OK);
    assert!(helse.sier("TST Fjellheim skole Neste møte er onsdag 25. november 2026"), "{}", helse.tekst());
    assert!(
        helse.html.contains(&format!("/team/{}/meld", id("0a", "0a", 1))) && !helse.sier("TST Bjørka"),
        "{}",
        helse.tekst()
    );
    let sjef = app.som("0a", 7).get("/veiviser").await.er(StatusCode::OK);
    assert!(sjef.sier("Du sitter ikke i noe team"), "{}", sjef.tekst());
}

#[sqlx::test]
async fn tiltak_stand_by_level_and_the_primary_share_is_said(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let nytt = format!(
        "set session_replication_role = replica;
         insert into tiltak (region_id, id, forum_id, mote_id, moteelement_id, mal, hva, niva, tiltaksniva, kategori, tjenestetype,
                             ansvarlig_id, frist, neste_evaluering, utformet_med, status, opprettet_av, opprettet)
         select region_id, gen_random_uuid(), forum_id, mote_id, moteelement_id, 'ro i garderoben ', 'Vakt i gangen', niva, 'tertiaer',
                kategori, 'enhet', ansvarlig_id, frist, neste_evaluering, utformet_med, status, opprettet_av, opprettet
           from tiltak where id = '{}';
         set session_replication_role = origin",
        id("0a", "20", 1)
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(nytt)).execute(&app.eier).await.unwrap();
    let side = app.som("0a", 2).get("/tiltak/nivaer").await.er(StatusCode::OK);
    let tekst = side.tekst();
    for ord in
        ["Mindre grupper inn fra friminutt", "Flere som arbeider mot samme mål", "Vakt i gangen", "høst 2026 1 0 1 50"]
    {
        assert!(side.sier(ord), "{ord}: {tekst}");
    }
    // A team one does not sit in has nothing to show, and neither has an id that is none.
    for team in [id("0a", "0a", 2).to_string(), id("0b", "0a", 1).to_string()] {
        let side = app.som("0a", 3).get(&format!("/tiltak/nivaer?team={team}")).await.er(StatusCode::OK);
        assert!(!side.sier("Vakt i gangen") && side.sier("Ingen tiltak er laget"), "{}", side.tekst());
    }
    app.som("0a", 7).get("/tiltak/nivaer").await.er(StatusCode::FORBIDDEN);
}
