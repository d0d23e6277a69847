//! Journeys in a real Chromium against the real router over a real Postgres.
//!
//! `Hus` serves the app on a port of its own; `Nettleser` is one person's browser: a phone or a desk, with or without script.
//! Every page a journey comes to is checked: WCAG 2.1 AA by axe, the console, and that nothing is wider than the window.
//! `CHROMEDRIVER` and `CHROMIUM` say which programs to use. One that is missing fails the test.
mod booking;
mod hold;
mod hvem;
mod import;
mod nettleser;
mod sammen;
mod sider;
mod skjerm;
mod steg;
mod tall;
mod tapt;
mod tastatur;
mod telefon;
mod tjener;
mod uten_skript;
mod vegg;
mod wd;

use std::net::SocketAddr;

use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::OffsetDateTime;

use crate::TestApp;
use nettleser::Nettleser;
use skjerm::Skjerm;

const PASSORD: &str = "fire gode ord her";

/// The house, open on a port of its own.
struct Hus {
    app: TestApp,
    adresse: SocketAddr,
}

impl Hus {
    async fn apne(pool: PgPoolOptions, connect: PgConnectOptions) -> Self {
        let app = Self::innred(pool, connect).await;
        let lytter = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let adresse = lytter.local_addr().unwrap();
        let tjeneste: IntoMakeServiceWithConnectInfo<_, SocketAddr> =
            app.router().into_make_service_with_connect_info();
        tokio::spawn(async move { axum::serve(lytter, tjeneste).await });
        Self { app, adresse }
    }

    /// The house before its door is opened: everybody has a password.
    async fn innred(pool: PgPoolOptions, connect: PgConnectOptions) -> TestApp {
        let app = TestApp::start(pool, connect).await;
        let hash = samhandling::auth::hash_passord(PASSORD.into()).await.unwrap();
        sqlx::query("update bruker set passord_hash = $1").bind(hash).execute(&app.eier).await.unwrap();
        app
    }

    /// A browser that person `nr` of region 0a has signed in with.
    async fn som(&self, nr: u32, skjerm: Skjerm) -> Nettleser {
        let n = Nettleser::apne(self.adresse, skjerm).await;
        self.logg_inn(&n, nr).await;
        n
    }

    async fn logg_inn(&self, n: &Nettleser, nr: u32) {
        n.glem_okta().await;
        n.ga("/logg-inn").await;
        self.fyll_ut_innlogging(n, nr).await;
        n.sier("Logg ut").await;
    }

    /// Logs in on the page of log-in that one has come to.
    async fn fyll_ut_innlogging(&self, n: &Nettleser, nr: u32) {
        n.fyll("E-post", &format!("p{nr}@0a.example")).await;
        n.fyll("Passord", PASSORD).await;
        n.klikk("Logg inn").await;
    }

    fn klokka_er(&self, na: OffsetDateTime) {
        self.app.still_klokka(na);
    }
}
