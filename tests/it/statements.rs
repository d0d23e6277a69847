//! What a page costs: at most six statements, whatever the number of rows.
use std::{
    fmt::Debug,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::http::{Method, StatusCode};
use sqlx::{
    Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{Layer, layer::Context, prelude::*};

use crate::{
    TestApp,
    ruter::{RUTER, Rute, Svar},
};

/// The most that a page may ask of the database, its session and `begin` among them.
pub(crate) const HOYST: u32 = 6;

/// Counts what sqlx sends; `begin` is told by the kernel, since sqlx does not tell it.
#[derive(Clone, Default)]
pub(crate) struct Teller(Arc<AtomicU32>);

impl<S: Subscriber> Layer<S> for Teller {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut av_siden = AvSiden(true);
            event.record(&mut av_siden);
            self.0.fetch_add(av_siden.0.into(), Ordering::Relaxed);
        }
    }
}

/// Whether a statement is the page's own. A new connection's first words (`TestApp::over`) come when the pool likes.
struct AvSiden(bool);

impl Visit for AvSiden {
    fn record_debug(&mut self, felt: &Field, verdi: &dyn Debug) {
        self.0 &= !(felt.name() == "summary" && format!("{verdi:?}").contains("set role"));
    }
}

impl Teller {
    /// Listens on this thread, where the test and everything it starts runs.
    pub(crate) fn lytt() -> (Self, DefaultGuard) {
        let teller = Self::default();
        let vakt = tracing_subscriber::registry().with(teller.clone()).set_default();
        (teller, vakt)
    }

    pub(crate) fn fra_null(&self) -> u32 {
        self.0.swap(0, Ordering::Relaxed)
    }
}

/// Every page, asked for by the first of each role that may see it: path, who, and how many statements it took.
async fn sider(app: &TestApp, teller: &Teller) -> Vec<(String, u32, u32)> {
    let mut alle = Vec::new();
    for rute in RUTER.iter().filter(|r| r.metode == Method::GET) {
        for nr in seere(rute) {
            let sti = rute.her("0a");
            teller.fra_null();
            let side = app.som("0a", nr).get(&sti).await;
            if side.status == StatusCode::OK {
                alle.push((sti, nr, teller.fra_null()));
            }
        }
    }
    assert!(alle.len() > 20, "bare {} sider", alle.len());
    alle
}

fn seere(rute: &Rute) -> impl Iterator<Item = u32> {
    [1, 2, 5, 6, 7, 8, 9, 10].into_iter().filter(|nr| rute.svar_til(*nr) == Svar::Ja)
}

#[sqlx::test]
async fn no_page_takes_more_than_six_statements_however_many_rows(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let (teller, _vakt) = Teller::lytt();
    let fa = sider(&app, &teller).await;
    app.eier.execute(include_str!("fixtures/mange.sql")).await.unwrap();
    let mange = sider(&app, &teller).await;
    let mut brudd: Vec<String> = Vec::new();
    for (sti, nr, antall) in fa.iter().chain(&mange).filter(|(.., antall)| *antall > HOYST) {
        brudd.push(format!("{sti} som {nr}: {antall} setninger"));
    }
    for (sti, nr, antall) in &mange {
        let foer = fa.iter().find(|(s, n, _)| s == sti && n == nr).map_or(HOYST, |(.., antall)| *antall);
        if *antall > foer {
            brudd.push(format!("{sti} som {nr}: {foer} setninger med få rader, {antall} med mange"));
        }
    }
    assert!(brudd.is_empty(), "høyst {HOYST} setninger:\n  {}", brudd.join("\n  "));
    // The counter counts: a page of words asks for the session and no more, a list for more than that.
    let sett = |sti: &str| mange.iter().find(|(s, ..)| s == sti).map(|(.., antall)| *antall);
    assert_eq!(sett("/personvern"), Some(1));
    assert!(sett("/moter") >= Some(3), "{mange:?}");
}
