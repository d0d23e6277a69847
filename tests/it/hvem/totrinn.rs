//! The second step of a log-in.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::{Duration, macros::datetime};

use super::{NA, kode, koder, logg_inn, med_passord, sett_opp, streng};
use crate::{Aktor, Side, TestApp, id};

async fn send_kode(app: &TestApp, halv: &Aktor, kode: &str) -> Side {
    let side = halv.get("/logg-inn/kode?neste=/konto").await.er(StatusCode::OK);
    app.still_klokka(datetime!(2026-11-18 10:00 UTC));
    halv.fyll(&side, "/logg-inn/kode", &[("kode", kode)]).await
}

#[sqlx::test]
async fn after_the_password_comes_a_code_and_halfway_opens_nothing(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let (hemmelighet, papir) = sett_opp(&app.som("0a", 1), NA - 30).await;
    assert_eq!(papir.len(), 10);
    let svar = logg_inn(&app, 1).await;
    assert!(svar.sted.as_deref().is_some_and(|s| s.starts_with("/logg-inn/kode")), "{:?}", svar.sted);
    assert!(!svar.kapsler.iter().any(|k| k.starts_with("okt=")), "{:?}", svar.kapsler);
    let halv = app.fremmed().med_navngitt_kapsel(&svar, "halv=");
    for sti in ["/", "/konto", "/konto/totrinn", "/pa-vegne-av", "/team"] {
        assert!(halv.get(sti).await.er(StatusCode::SEE_OTHER).sted.unwrap().starts_with("/logg-inn"), "{sti}");
    }
    let feil = send_kode(&app, &halv, "000000").await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("Koden er feil eller brukt før"), "{}", feil.tekst());
    let riktig = kode(&hemmelighet, NA);
    let inne = send_kode(&app, &halv, &riktig).await.er(StatusCode::SEE_OTHER);
    app.fremmed().med_kapsel(&inne).get("/konto").await.er(StatusCode::OK);
    // Neither the half session nor the code is good for more.
    halv.get("/logg-inn/kode").await.er(StatusCode::SEE_OTHER);
    let igjen = app.fremmed().med_navngitt_kapsel(&logg_inn(&app, 1).await, "halv=");
    send_kode(&app, &igjen, &riktig).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    // The half session is over after ten minutes.
    app.still_klokka(datetime!(2026-11-18 10:00 UTC) + Duration::minutes(11));
    igjen.post("/logg-inn/kode", &[("kode", &kode(&hemmelighet, NA + 660))]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn a_code_on_paper_works_once_and_says_how_many_are_left(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let (_, papir) = sett_opp(&app.som("0a", 1), NA).await;
    let halv = async || app.fremmed().med_navngitt_kapsel(&logg_inn(&app, 1).await, "halv=");
    let her = halv().await;
    let inne = send_kode(&app, &her, &papir[3].to_uppercase()).await.er(StatusCode::SEE_OTHER);
    assert!(app.fremmed().med_kapsel(&inne).folg(&inne).await.sier("gjenopprettingskode. Du har 9 igjen"));
    send_kode(&app, &halv().await, &papir[3]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    // New codes make the old ones worthless.
    let nye = app.fremmed().med_kapsel(&inne).post("/konto/totrinn/koder", &[]).await.er(StatusCode::OK);
    assert_eq!(koder(&nye).len(), 10);
    send_kode(&app, &halv().await, &papir[4]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    send_kode(&app, &halv().await, &koder(&nye)[0]).await.er(StatusCode::SEE_OTHER);
    // What is stored tells nothing: no code, and a secret that is sealed.
    let lagret: String = sqlx::query_scalar(
        "select string_agg(encode(kode_hash, 'escape'), ' ') || (select encode(hemmelighet, 'escape') from totrinn) from gjenopprettingskode",
    )
    .fetch_one(&app.eier)
    .await
    .unwrap();
    assert!(!koder(&nye).iter().any(|k| lagret.contains(k)));
}

#[sqlx::test]
async fn guessing_codes_costs_what_guessing_passwords_does(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let (hemmelighet, _) = sett_opp(&app.som("0a", 1), NA - 30).await;
    let halv = app.fremmed().med_navngitt_kapsel(&logg_inn(&app, 1).await, "halv=");
    for _ in 0..5 {
        send_kode(&app, &halv, "123123").await.er(StatusCode::UNPROCESSABLE_ENTITY);
    }
    send_kode(&app, &halv, &kode(&hemmelighet, NA)).await.er(StatusCode::TOO_MANY_REQUESTS);
}

#[sqlx::test]
async fn outside_the_demo_nobody_gets_anywhere_before_it_is_set_up(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = streng(pool, connect).await;
    for nr in 1..=12 {
        for sti in ["/", "/team", "/konto", "/admin", "/moter"] {
            let svar = app.som("0a", nr).get(sti).await.er(StatusCode::SEE_OTHER);
            assert_eq!(svar.sted.as_deref(), Some("/konto/totrinn"), "{nr} {sti}");
        }
        for sti in ["/konto", "/konto/okter", "/konto/koble", "/tilganger"] {
            let svar = app.som("0a", nr).post(sti, &[]).await.er(StatusCode::SEE_OTHER);
            assert_eq!(svar.sted.as_deref(), Some("/konto/totrinn"), "{nr} {sti}");
        }
    }
    let admin = app.som("0a", 10);
    sett_opp(&admin, NA).await;
    admin.get("/admin").await.er(StatusCode::OK);
    admin.post("/konto/totrinn/av", &[]).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn an_administrator_takes_a_lost_step_away_and_its_holder_is_told(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 2).await;
    let (per, arne) = (app.som("0a", 2), app.som("0a", 10));
    sett_opp(&per, NA).await;
    let person = format!("/admin/personer/{}", id("0a", "05", 2));
    let side = arne.get(&person).await.er(StatusCode::OK);
    let bort = format!("{person}/innlogging/totrinn");
    app.som("0a", 9).post(&bort, &[]).await.er(StatusCode::FORBIDDEN);
    arne.fyll(&side, &bort, &[]).await.er(StatusCode::SEE_OTHER);
    per.get("/konto").await.er(StatusCode::SEE_OTHER);
    let inne = logg_inn(&app, 2).await;
    let per = app.fremmed().med_kapsel(&inne);
    assert!(per.folg(&inne).await.sier("tok bort totrinnskoden din 18.11.2026"));
    assert!(per.get("/konto/totrinn").await.sier("tok bort totrinnskoden din 18.11.2026"));
    sett_opp(&per, NA + 30).await;
    let igjen = logg_inn(&app, 2).await;
    assert!(igjen.sted.unwrap().starts_with("/logg-inn/kode"));
}

#[sqlx::test]
async fn a_secret_is_the_houses_own_and_another_browsers_sessions_end(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    let andre = app.fremmed().med_kapsel(&logg_inn(&app, 1).await);
    let rita = app.som("0a", 1);
    // Neither one's own secret, nor one the page gave to somebody else, nor one that is too old.
    let side = app.som("0a", 2).get("/konto/totrinn").await;
    let andres = koder(&side)[0].replace(' ', "");
    rita.fyll(&side, "/konto/totrinn", &[("kode", &kode(&andres, NA))]).await.er(StatusCode::SEE_OTHER);
    rita.post("/konto/totrinn", &[("hemmelighet", &"00".repeat(56)), ("kode", "328482")])
        .await
        .er(StatusCode::SEE_OTHER);
    assert!(rita.get("/konto").await.sier("Sett opp totrinnskode"));
    sett_opp(&rita, NA).await;
    assert!(rita.get("/konto").await.sier("Satt opp 18.11.2026. Du har 10 gjenopprettingskoder igjen"));
    andre.get("/konto").await.er(StatusCode::SEE_OTHER);
}
