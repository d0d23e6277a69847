//! Who may come in, how long, and what becomes of what they wrote.
use axum::http::{Request, StatusCode};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::{Duration, macros::datetime};

use crate::{TestApp, id};

const PASSORD: &str = "fire gode ord her";

async fn med_passord(app: &TestApp, nr: u32) {
    let hash = samhandling::auth::hash_passord(PASSORD.into()).await.unwrap();
    sqlx::query("update bruker set passord_hash = $2 where id = $1")
        .bind(id("0a", "04", nr))
        .bind(hash)
        .execute(&app.eier)
        .await
        .unwrap();
}

#[sqlx::test]
async fn the_right_password_opens_the_front_page_and_the_header_says_who_and_where(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let fremmed = app.fremmed();
    let side = fremmed.get("/logg-inn").await.er(StatusCode::OK);
    let svar = fremmed
        .fyll(&side, "/logg-inn", &[("epost", "P1@0a.example"), ("passord", PASSORD)])
        .await
        .er(StatusCode::SEE_OTHER);
    assert_eq!(svar.sted.as_deref(), Some("/"));
    let ut = app.som("0a", 2).post("/logg-ut", &[]).await;
    assert!(app.som("0a", 2).folg(&ut).await.er(StatusCode::OK).sier("Du er logget ut"));
    assert!(svar.kapsler[0].contains("HttpOnly") && svar.kapsler[0].contains("SameSite=Lax"), "{:?}", svar.kapsler);
    let side = fremmed.med_kapsel(&svar).get("/konto").await.er(StatusCode::OK);
    assert!(
        side.sier("Nordregionen") && side.sier("Rita Rektor") && side.sier("Rektor, Fjellheim skole"),
        "{}",
        side.tekst()
    );
}

#[sqlx::test]
async fn a_wrong_email_and_a_wrong_password_get_the_same_answer(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let feil = async |epost: &str| {
        let side = app.fremmed().post("/logg-inn", &[("epost", epost), ("passord", "galt passord her")]).await;
        side.er(StatusCode::UNPROCESSABLE_ENTITY).html.replace(epost, "")
    };
    assert_eq!(feil("p1@0a.example").await, feil("ukjent@0a.example").await);
}

#[sqlx::test]
async fn after_five_failures_even_the_right_password_waits(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let prov = async |passord: &str| {
        app.fremmed().post("/logg-inn", &[("epost", "p1@0a.example"), ("passord", passord)]).await.status
    };
    for _ in 0..5 {
        assert_eq!(prov("galt passord her").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(prov(PASSORD).await, StatusCode::TOO_MANY_REQUESTS);
    app.still_klokka(datetime!(2026-11-18 10:00 UTC) + Duration::seconds(16));
    assert_eq!(prov(PASSORD).await, StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn a_session_ends_after_twelve_idle_hours_and_with_the_password(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let rektor = app.som("0a", 1);
    app.still_klokka(datetime!(2026-11-18 21:50 UTC));
    rektor.get("/konto").await.er(StatusCode::OK);
    app.still_klokka(datetime!(2026-11-19 09:51 UTC));
    let ute = rektor.get("/konto?a=b").await.er(StatusCode::SEE_OTHER);
    assert_eq!(ute.sted.as_deref(), Some("/logg-inn?neste=/konto%3Fa%3Db"));

    app.still_klokka(datetime!(2026-11-18 10:00 UTC));
    let inne = app.fremmed().post("/logg-inn", &[("epost", "p1@0a.example"), ("passord", PASSORD)]).await;
    let her = app.fremmed().med_kapsel(&inne);
    let side = her.get("/konto").await;
    let nytt = "fem andre gode ord her";
    let byttet = her
        .fyll(&side, "/konto", &[("gjeldende", PASSORD), ("nytt", nytt), ("gjenta", nytt)])
        .await
        .er(StatusCode::SEE_OTHER);
    her.get("/konto").await.er(StatusCode::SEE_OTHER);
    her.med_kapsel(&byttet).get("/konto").await.er(StatusCode::OK);
}

#[sqlx::test]
async fn a_form_sent_after_the_session_ended_waits_for_its_writer(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let skrevet = "Vi ble enige om å <b>prøve</b> en ny rutine & følge opp.";
    let side =
        app.fremmed().post("/pa-vegne-av", &[("notat", skrevet), ("rolle", "x")]).await.er(StatusCode::UNAUTHORIZED);
    assert!(side.sier("er tatt vare på"), "{}", side.tekst());
    let svar = app
        .fremmed()
        .fyll(&side, "/logg-inn", &[("epost", "p1@0a.example"), ("passord", PASSORD)])
        .await
        .er(StatusCode::OK);
    assert!(svar.sier(skrevet), "{}", svar.tekst());
    let igjen = app.fremmed().med_kapsel(&svar).fyll(&svar, "/pa-vegne-av", &[]).await;
    assert_eq!(igjen.status, StatusCode::UNPROCESSABLE_ENTITY, "the form was sent on, and judged for what it held");
}

#[sqlx::test]
async fn a_role_that_has_ended_is_gone_at_once_and_nobody_takes_anothers(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let andres = id("0b", "06", 1).to_string();
    rektor.post("/pa-vegne-av", &[("rolle", &andres)]).await.er(StatusCode::NOT_FOUND);
    sqlx::raw_sql("set app.region = '00000000-0000-0000-0a00-000000000001'; update rolle set gyldig_til = '2026-11-17' where type = 'teamleder'")
        .execute(&app.eier)
        .await
        .unwrap();
    let side = rektor.get("/pa-vegne-av").await.er(StatusCode::OK);
    assert!(side.sier("ingen rolle som gjelder i dag"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_post_from_another_site_is_refused_and_errors_wear_the_frame(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let request =
        Request::post("/logg-ut").header("sec-fetch-site", "cross-site").header("host", "samhandling.example");
    let side = app.som("0a", 1).send(request, axum::body::Body::empty()).await.er(StatusCode::FORBIDDEN);
    assert!(side.html.contains("<!doctype html>") && side.sier("annet nettsted"), "{}", side.html);
}

#[sqlx::test]
async fn one_sees_where_one_is_signed_in_and_logs_out_elsewhere(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let logg_inn = async || {
        let side = app.fremmed().get("/logg-inn").await;
        let felter = [("epost", "p1@0a.example"), ("passord", PASSORD)];
        app.fremmed().med_kapsel(&app.fremmed().fyll(&side, "/logg-inn", &felter).await.er(StatusCode::SEE_OTHER))
    };
    let (pa_telefon, pa_pc) = (logg_inn().await, logg_inn().await);
    let side = pa_pc.get("/konto").await.er(StatusCode::OK);
    assert!(side.sier("Denne nettleseren") && side.sier("Logget inn 18.11.2026 kl. 11.00"), "{}", side.tekst());
    assert_eq!(side.html.matches("Logg ut der").count(), 2, "the fixture's own and the phone");
    // Somebody else's session is not theirs to end, whatever they call it.
    let andres: String =
        sqlx::query_scalar("select encode(sha256(token_hash), 'hex') from okt where bruker_id <> $1 limit 1")
            .bind(id("0a", "04", 1))
            .fetch_one(&app.eier)
            .await
            .unwrap();
    let nei = pa_pc.post("/konto/okter", &[("okt", &andres)]).await.er(StatusCode::SEE_OTHER);
    assert!(pa_pc.folg(&nei).await.sier("Du var alt logget ut der"));
    app.som("0a", 2).get("/konto").await.er(StatusCode::OK);
    let svar = pa_pc.post("/konto/okter", &[]).await.er(StatusCode::SEE_OTHER);
    assert!(pa_pc.folg(&svar).await.sier("Du er logget ut der"));
    pa_pc.get("/konto").await.er(StatusCode::OK);
    for ute in [pa_telefon, app.som("0a", 1)] {
        assert!(ute.get("/konto").await.er(StatusCode::SEE_OTHER).sted.unwrap().starts_with("/logg-inn"));
    }
    app.som("0a", 2).get("/konto").await.er(StatusCode::OK);
}

#[sqlx::test]
async fn nobody_is_sent_on_to_another_site(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rolle = id("0a", "06", 1).to_string();
    for ond in [
        "https:%2F%2Fond.example",
        "%2F%2Fond.example",
        "%2F%5Cond.example",
        "%2F%09%2Fond.example",
        "%2F%0A%2Fond.example",
    ] {
        let svar = app.som("0a", 1).post(&format!("/pa-vegne-av?neste={ond}"), &[("rolle", &rolle)]).await;
        assert_eq!(svar.er(StatusCode::SEE_OTHER).sted.as_deref(), Some("/"), "{ond}");
    }
}
