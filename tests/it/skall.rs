//! The shell: what every answer carries, and what no address, day or guess gets past.
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::macros::datetime;

use crate::{TestApp, id, testapp::config};

#[sqlx::test]
async fn every_answer_is_shut_to_other_sites(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start_med(pool, connect, samhandling::Config { tls: true, ..config() }).await;
    for sti in ["/", "/logg-inn", "/finnes-ikke", "/static/finnes-ikke", "/helse", "/klar"] {
        let svar = app.fremmed().svar(Request::get(sti), Body::empty()).await;
        let hode = |navn: &str| svar.headers().get(navn).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let csp = hode("content-security-policy");
        assert!(csp.starts_with("default-src 'none'") && csp.contains("frame-ancestors 'none'"), "{sti}: {csp}");
        assert!(!csp.contains("unsafe"), "{sti}: {csp}");
        for (navn, verdi) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(hode(navn), verdi, "{sti}: {navn}");
        }
        assert!(hode("permissions-policy").contains("camera=()"), "{sti}");
        assert!(!hode("referrer-policy").is_empty(), "{sti}");
    }
}

#[sqlx::test]
async fn what_was_said_on_the_way_is_bound_to_the_host(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start_med(pool, connect, samhandling::Config { tls: true, ..config() }).await;
    let ut = Request::post("/logg-ut")
        .header(header::COOKIE, "__Host-okt=p1@0a.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let svar = app.fremmed().svar(ut, Body::empty()).await;
    assert_eq!(svar.status(), StatusCode::SEE_OTHER);
    let kapsler: Vec<_> = svar.headers().get_all(header::SET_COOKIE).iter().map(|k| k.to_str().unwrap()).collect();
    let flash = kapsler.iter().find(|k| k.starts_with("__Host-flash=")).unwrap();
    assert!(flash.contains("; Secure") && flash.contains("; HttpOnly") && flash.contains("; Path=/;"), "{flash}");
    // Another site's words do not become a link here.
    let ond = "4865690a4865720a2f2f6f6e642e6578616d706c65"; // «Hei», «Her», «//ond.example»
    let med_ond = Request::get("/logg-inn").header(header::COOKIE, format!("__Host-flash={ond}"));
    let side = app.fremmed().svar(med_ond, Body::empty()).await;
    let html = axum::body::to_bytes(side.into_body(), 1 << 20).await.unwrap();
    assert!(!String::from_utf8_lossy(&html).contains("ond.example"));
}

#[sqlx::test]
async fn addresses_and_days_that_are_none_are_no_faults_of_ours(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for (nr, sti) in [(1, "/team?sok=%00"), (10, "/admin/personer?sok=a%00b"), (1, "/moter/%00"), (1, "/static/%00")] {
        app.som("0a", nr).get(sti).await.er(StatusCode::NOT_FOUND);
    }
    let (rita, sti) = (app.som("0a", 1), format!("/team/{}/medlem/{}", id("0a", "0a", 1), id("0a", "0b", 2)));
    let side = rita.get(&sti).await.er(StatusCode::OK);
    for dag in ["31.12.9999", "2101-01-01", "01.01.1899"] {
        let svar = rita.fyll(&side, &format!("{sti}/avslutt"), &[("siste_dag", dag)]).await;
        assert!(svar.er(StatusCode::UNPROCESSABLE_ENTITY).sier("Skriv «Siste dag» som dag, måned og år"), "{dag}");
    }
    let json = Request::post(&sti)
        .header(header::COOKIE, "okt=p1@0a.example")
        .header(header::CONTENT_TYPE, "application/json");
    assert_eq!(rita.svar(json, Body::from("deltar=fast")).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn nobody_new_is_sent_to_a_server_that_stops(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.fremmed().get("/klar").await.er(StatusCode::OK);
    app.app().steng();
    app.fremmed().get("/klar").await.er(StatusCode::SERVICE_UNAVAILABLE);
    app.fremmed().get("/helse").await.er(StatusCode::OK);
    app.som("0a", 1).get("/").await.er(StatusCode::OK);
}

#[sqlx::test]
async fn a_session_in_use_ends_after_twelve_hours_too(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rita = app.som("0a", 1);
    for (na, status) in [
        (datetime!(2026-11-18 15:00 UTC), StatusCode::OK),
        (datetime!(2026-11-18 21:54 UTC), StatusCode::OK),
        (datetime!(2026-11-18 21:56 UTC), StatusCode::SEE_OTHER),
    ] {
        app.still_klokka(na);
        rita.get("/").await.er(status);
    }
}

#[sqlx::test]
async fn one_address_tries_few_passwords_of_many(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let prov = async |epost: &str| {
        app.fremmed().post("/logg-inn", &[("epost", epost), ("passord", "sommeren 2026 er her")]).await.status
    };
    for nr in 0..50 {
        assert_eq!(prov(&format!("nr{nr}@0a.example")).await, StatusCode::UNPROCESSABLE_ENTITY, "{nr}");
    }
    assert_eq!(prov("nr50@0a.example").await, StatusCode::TOO_MANY_REQUESTS);
}

#[sqlx::test]
async fn nobody_opens_a_door_for_themselves(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let arne = app.som("0a", 10);
    let sti = format!("/admin/personer/{}/rolle/ny", id("0a", "05", 10));
    let side = arne.get(&sti).await.er(StatusCode::OK);
    let svar = arne.fyll(&side, &sti, &[("type", "teammedlem"), ("fra", "2026-11-19")]).await;
    assert!(svar.er(StatusCode::CONFLICT).sier("Ingen gir seg selv en rolle"));
    // Nor by ending somebody and being their heir.
    let sti = format!("/admin/personer/{}/avslutt", id("0a", "05", 1));
    let side = arne.get(&sti).await.er(StatusCode::OK);
    let (plass, meg) = (id("0a", "0b", 1).to_string(), id("0a", "05", 10).to_string());
    let svar = arne.fyll(&side, &sti, &[("siste_dag", "2026-11-18"), (&plass, &meg)]).await;
    assert!(svar.er(StatusCode::CONFLICT).sier("En systemadministrator tar ikke plass"));
    let selv = "update rolle set gyldig_til = null, type = 'teamleder' where person_id = gjeldende_person()";
    assert_eq!(app.web(9, selv).await.as_deref(), Some("SH007"));
    assert_eq!(app.web(10, "update rolle set gyldig_til = i_dag() where person_id = gjeldende_person()").await, None);
}
