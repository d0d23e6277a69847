//! The server's own log and traces hold nothing of what people are or write, whatever is asked for and however it fails.
use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::{
    body::Body,
    http::{Request, header},
};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::eier;
use crate::{TestApp, id};

/// Planted in every kind of place; each word is found nowhere else.
const MERKER: [&str; 9] = [
    "zirkonepost",
    "zirkonpassord",
    "zirkonnotat",
    "zirkonsok",
    "zirkonsti",
    "zirkontoken",
    "zirkonnavn",
    "zirkonkode",
    "zirkonhode",
];

#[derive(Clone, Default)]
struct Logg(Arc<Mutex<Vec<u8>>>);

impl io::Write for Logg {
    fn write(&mut self, linje: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(linje);
        Ok(linje.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn plant(app: &TestApp) {
    let fremmed = app.fremmed();
    fremmed.post("/logg-inn", &[("epost", "zirkonepost@0a.example"), ("passord", "zirkonpassord")]).await;
    fremmed.get("/logg-inn?neste=/zirkonsti").await;
    fremmed.get("/zirkonsti/zirkonsti?sok=zirkonsok").await;
    let kapsel = Request::get("/").header(header::COOKIE, "okt=zirkontoken").header(header::USER_AGENT, "zirkonhode");
    fremmed.send(kapsel, Body::empty()).await;
    let rektor = app.som("0a", 1);
    let na = format!("/moter/{}", id("0a", "0c", 3));
    let element = format!("{na}/element/{}", id("0a", "0d", 31));
    rektor.post(&format!("{element}/notat"), &[("notat", "zirkonnotat"), ("versjon", "1")]).await;
    rektor.post(&format!("{element}/notat"), &[("notat", "zirkonnotat"), ("versjon", "zirkonnotat")]).await;
    rektor.post(&format!("{element}/notat"), &[("notat", "zirkonnotat\0"), ("versjon", "1")]).await;
    rektor.get("/moter/zirkonsti").await;
    rektor.post("/konto", &[("gjeldende", "zirkonpassord"), ("nytt", "zirkonpassord"), ("gjenta", "x")]).await;
    rektor.post("/konto/koble", &[("kode", "zirkonkode")]).await;
    let admin = app.som("0a", 10);
    admin.get("/admin/personer?sok=zirkonsok&vis=zirkonsok").await;
    admin.get("/admin/hendelser?sok=zirkonsok&fra=zirkonsok").await;
    let person = [
        ("nokkel", "00000000-0000-4000-8000-000000000001"),
        ("navn", "zirkonnavn"),
        ("epost", "zirkonepost@0a.example"),
        ("gyldig_fra", "2026-11-18"),
    ];
    admin.post("/admin/personer", &person).await;
    admin
        .post(
            "/admin/personer",
            &[("nokkel", "00000000-0000-4000-8000-000000000002"), ("navn", "zirkonnavn"), ("epost", "p1@0a.example")],
        )
        .await;
    rektor
        .send(Request::post("/moter/x").header(header::CONTENT_TYPE, "application/json"), "{\"zirkonnotat\": 1".into())
        .await;
}

#[sqlx::test]
async fn the_servers_own_log_holds_no_personal_data(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let logg = Logg::default();
    let skriver = logg.clone();
    // All that is written with RUST_LOG as low as anybody would set it for the house's own lines and the libraries' warnings.
    let filter = tracing_subscriber::EnvFilter::new("info,samhandling=trace,tower_http=trace,sqlx=warn");
    let filter = samhandling::config::uten_adresser(filter);
    let abonnent = tracing_subscriber::fmt().with_env_filter(filter).with_writer(move || skriver.clone()).finish();
    let vakt = tracing::subscriber::set_default(abonnent);
    plant(&app).await;
    // And when the database itself says no, with the words in its mouth.
    eier(&app, "update moteelement set notat = '', versjon = 1 where notat like 'zirkon%'").await;
    eier(&app, "alter table moteelement add constraint nei check (notat not like '%zirkonnotat%') not valid").await;
    plant(&app).await;
    eier(&app, "alter table person drop column tittel cascade").await;
    plant(&app).await;
    drop(vakt);
    let skrevet = String::from_utf8_lossy(&logg.0.lock().unwrap()).into_owned();
    assert!(skrevet.contains("42703") && skrevet.contains("23514"), "{skrevet}");
    let funn: Vec<&str> = MERKER.into_iter().filter(|m| skrevet.contains(m)).collect();
    let linjer: Vec<&str> = skrevet.lines().filter(|l| MERKER.iter().any(|m| l.contains(m))).collect();
    assert!(funn.is_empty(), "{funn:?}: {linjer:#?}");
    for person in ["Rita Rektor", "p1@0a.example", "Arne Admin"] {
        assert!(!skrevet.contains(person), "{person}");
    }
}
