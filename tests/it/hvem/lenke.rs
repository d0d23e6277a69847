//! A link that works once.
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::{Duration, macros::datetime};

use super::{koder, logg_inn, med_passord};
use crate::{TestApp, id};

const NYTT: &str = "hatt elv sykkel lampe";

/// A link for person 2 as the administrator hands it over: the path with its token.
async fn lag(app: &TestApp) -> String {
    let arne = app.som("0a", 10);
    let person = format!("/admin/personer/{}", id("0a", "05", 2));
    let side = arne.get(&person).await.er(StatusCode::OK);
    let vist = arne.fyll(&side, &format!("{person}/innlogging/passord"), &[]).await.er(StatusCode::OK);
    koder(&vist)[0].clone()
}

#[sqlx::test]
async fn a_link_is_looked_at_often_and_used_once(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 2).await;
    let gammel = app.fremmed().med_kapsel(&logg_inn(&app, 2).await);
    let lenke = lag(&app).await;
    let token = lenke.strip_prefix("/ny-innlogging?lenke=").unwrap();
    assert_eq!(token.len(), 64);
    for _ in 0..3 {
        app.fremmed().get(&lenke).await.er(StatusCode::OK);
    }
    let svar = app.fremmed().svar(Request::get(&lenke), Body::empty()).await;
    assert_eq!(svar.headers()["referrer-policy"], "no-referrer");
    let side = app.fremmed().get(&lenke).await;
    assert!(side.sier("p2@0a.example"), "{}", side.tekst());
    gammel.get("/konto").await.er(StatusCode::OK);
    let prov = async |nytt: &str| {
        let felter = [("nytt", nytt), ("gjenta", nytt)];
        app.fremmed().fyll(&side, "/ny-innlogging", &felter).await
    };
    let svak = prov("Samhandling2026").await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svak.sier("bygger på «samhandling»"), "{}", svak.tekst());
    assert_eq!(prov(NYTT).await.er(StatusCode::SEE_OTHER).sted.as_deref(), Some("/logg-inn"));
    gammel.get("/konto").await.er(StatusCode::SEE_OTHER);
    app.som("0a", 2).get("/konto").await.er(StatusCode::SEE_OTHER);
    assert!(prov(NYTT).await.er(StatusCode::UNPROCESSABLE_ENTITY).sier("brukt, byttet ut eller eldre"));
    let inne = app.fremmed().post("/logg-inn", &[("epost", "p2@0a.example"), ("passord", NYTT)]).await;
    app.fremmed().med_kapsel(&inne.er(StatusCode::SEE_OTHER)).get("/konto").await.er(StatusCode::OK);
    // The token is nowhere but in the link.
    let funnet: bool = sqlx::query_scalar(
        "select exists (select from engangslenke where encode(token_hash, 'escape') like '%' || $1 || '%')",
    )
    .bind(token)
    .fetch_one(&app.eier)
    .await
    .unwrap();
    assert!(!funnet);
}

#[sqlx::test]
async fn a_link_is_dead_after_half_an_hour_and_when_a_newer_one_is_made(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let (forste, andre) = (lag(&app).await, lag(&app).await);
    let virker = async |lenke: &str| app.fremmed().get(lenke).await.er(StatusCode::OK).sier("p2@0a.example");
    assert!(!virker(&forste).await && virker(&andre).await);
    assert!(!virker("/ny-innlogging").await && !virker("/ny-innlogging?lenke=tull").await);
    app.still_klokka(datetime!(2026-11-18 10:00 UTC) + Duration::minutes(30));
    assert!(!virker(&andre).await);
    let token = andre.split('=').next_back().unwrap();
    let felter = [("lenke", token), ("nytt", NYTT), ("gjenta", NYTT)];
    app.fremmed().post("/ny-innlogging", &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn two_who_use_a_link_at_once_are_one(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let side = app.fremmed().get(&lag(&app).await).await;
    let fremmed = app.fremmed();
    let send = async || fremmed.fyll(&side, "/ny-innlogging", &[("nytt", NYTT), ("gjenta", NYTT)]).await.status;
    let (forste, andre) = tokio::join!(send(), send());
    let mut svar = [forste, andre];
    svar.sort_unstable();
    assert_eq!(svar, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
}
