//! The first page, role by role, and the two pages about the site.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::macros::datetime;

use crate::{TestApp, id};

/// Runs SQL as the owner, standing in region 0a.
async fn sql(app: &TestApp, sql: &str) {
    let med_region = format!("set app.region = '{}'; {sql}", id("0a", "00", 1));
    sqlx::raw_sql(AssertSqlSafe(med_region)).execute(&app.eier).await.unwrap();
}

#[sqlx::test]
async fn everybody_has_a_first_page_with_their_tasks_on_top(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for nr in 1..=14 {
        let side = app.som("0a", nr).get("/").await.er(StatusCode::OK);
        assert!(side.sier("Oppgaver til meg") && side.sier("onsdag 18. november 2026"), "{nr}: {}", side.tekst());
    }
    let ut = app.fremmed().get("/").await.er(StatusCode::SEE_OTHER);
    assert!(ut.sted.unwrap().starts_with("/logg-inn"));
}

#[sqlx::test]
async fn the_team_leader_sees_the_mote_under_way_the_next_and_the_semester(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let side = app.som("0a", 1).get("/").await.er(StatusCode::OK);
    for ord in ["Hei, Rita", "Møtet er i gang", "Send innkalling", "1 av 5 møter holdt i høst, 3 planlagt", "Book møte"]
    {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    assert!(side.html.contains(&format!("/moter/{}/hold", id("0a", "0c", 3))), "straight to the møte under way");
    assert!(!side.sier("Bjørka"), "another unit's");

    sql(&app, "update mote set status = 'ferdigstilt', ferdigstilt = now() where status = 'pagar'").await;
    sql(
        &app,
        "update motedeltaker set svar = 'kommer' where tjenestetype in ('ppt', 'barnevern', 'nav') and mote_id in
               (select id from mote where status = 'innkalt')",
    )
    .await;
    let side = app.som("0a", 1).get("/").await;
    assert!(side.sier("Neste møte onsdag 25. november 2026 kl. 08.30–11.00"), "{}", side.tekst());
    assert!(side.sier("3 av 5 har svart"), "{}", side.tekst());
}

#[sqlx::test]
async fn staff_see_their_moter_across_units_by_day_and_answer_in_place(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let ppt = app.som("0a", 2);
    let side = ppt.get("/").await.er(StatusCode::OK);
    let tekst = side.tekst();
    let plass = |ord: &str| tekst.rfind(ord).unwrap_or_else(|| panic!("{ord}: {tekst}"));
    assert!(plass("I dag, onsdag 18. november") < plass("onsdag 25. november"));
    assert!(plass("onsdag 25. november") < plass("torsdag 26. november"));
    assert!(side.sier("TST Bjørka barnehage") && side.sier("Svar på innkallingen") && side.sier("Før oppmøtet ditt"));
    assert!(!side.sier("Book møte") && !side.sier("Tall for"), "{tekst}");

    let sti = format!("/moter/{}/svar", id("0a", "0c", 1));
    let svar = ppt.post(&sti, &[("svar", "kommer"), ("tilbake", "/")]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(svar.sted.as_deref(), Some("/"));
    let side = ppt.get("/").await;
    assert!(!side.html.contains(&format!("action=\"{sti}\"")), "answered, and gone from the tasks");
}

#[sqlx::test]
async fn the_past_day_the_empty_seat_and_the_missing_service_are_tasks(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    sql(&app, "update forum_medlem set person_id = null where tjenestetype = 'ppt'").await;
    sql(&app, "update forum_medlem set gyldig_til = '2026-11-17' where tjenestetype = 'barnevern'").await;
    sql(&app, "update regelsett set stor_host = 7").await;
    app.still_klokka(datetime!(2026-11-18 10:00 UTC));
    let side = app.som("0a", 1).get("/").await.er(StatusCode::OK);
    assert!(side.sier("PPT har ikke navngitt noen") && side.sier("Barnevern har ingen fast plass"), "{}", side.tekst());
    assert!(
        side.html.contains("/medlem/ny?tjeneste=barnevern") && side.sier("Kan ikke lenger nås"),
        "{}",
        side.tekst()
    );

    sql(&app, "update mote set start = '2026-11-16 08:00Z' where status = 'innkalt'").await;
    let side = app.som("0a", 1).get("/").await;
    assert!(side.sier("Dagen er passert, og møtet er ikke ferdigstilt"), "{}", side.tekst());
}

#[sqlx::test]
async fn who_has_nothing_to_do_is_told_so_kindly(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let side = app.som("0a", 7).get("/").await.er(StatusCode::OK);
    assert!(side.sier("Du er à jour"), "{}", side.tekst());
}

#[sqlx::test]
async fn those_who_steer_see_numbers_and_the_director_no_unit_or_mote(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for nr in [6, 7, 8, 9, 12] {
        let side = app.som("0a", nr).get("/").await.er(StatusCode::OK);
        assert!(side.sier("Tall for høst 2026") && side.sier("Enheter med team"), "{nr}: {}", side.tekst());
        assert!(!side.sier("TST Fjellheim") && !side.html.contains("/moter/0"), "{nr}: {}", side.tekst());
    }
    let direktor = app.som("0a", 8).get("/").await;
    assert!(direktor.sier("Enheter med team 2 av 2"), "{}", direktor.tekst());
    let region = app.som("0a", 9).get("/").await;
    assert!(region.sier("2 av 3") && region.sier("1 enhet har ikke noe team"), "{}", region.tekst());
    let annen_kommune = app.som("0a", 12).get("/").await;
    assert!(
        annen_kommune.sier("0 av 1") && !annen_kommune.html.contains("/team/manglende"),
        "{}",
        annen_kommune.tekst()
    );
}

#[sqlx::test]
async fn barnevern_is_reminded_that_bekymringsmelding_goes_elsewhere(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    assert!(app.som("0a", 4).get("/").await.sier("Bekymringsmelding meldes ikke her"));
    assert!(!app.som("0a", 2).get("/").await.sier("Bekymringsmelding"));
}

#[sqlx::test]
async fn the_administrator_sees_persons_without_a_role_and_never_a_mote(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    sql(&app, "insert into motedeltaker (id, mote_id, person_id, tjenestetype, fast, moteplikt)
               values (gen_random_uuid(), '00000000-0000-0000-0a0c-000000000001', '00000000-0000-0000-0a05-000000000010', 'annen', false, false)")
        .await;
    sql(&app, "update rolle set gyldig_til = '2026-11-17' where person_id = '00000000-0000-0000-0a05-000000000003'")
        .await;
    sql(&app, "update rolle set gyldig_til = '2026-12-01' where person_id = '00000000-0000-0000-0a05-000000000002'")
        .await;
    let side = app.som("0a", 10).get("/").await.er(StatusCode::OK);
    assert!(
        side.sier("1 person har konto, men ingen rolle") && side.sier("1 rolle går ut innen 30 dager"),
        "{}",
        side.tekst()
    );
    assert!(!side.sier("TST") && !side.html.contains("/moter"), "{}", side.tekst());
}

#[sqlx::test]
async fn the_pages_about_the_site_are_open_to_all(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for (sti, ord) in [("/personvern", "Informasjonskapsler"), ("/tilgjengelighet", "Si fra om feil")] {
        assert!(app.fremmed().get(sti).await.er(StatusCode::OK).sier(ord));
        assert!(app.som("0a", 1).get(sti).await.er(StatusCode::OK).sier(ord));
    }
}
