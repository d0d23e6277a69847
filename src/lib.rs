//! The house, room by room. Rooms stand on the kernel (`auth`, `config`, `db`, `error`, `tekst`, `tid`, `web`);
//! the kernel knows no room.
pub mod admin;
pub mod auth;
pub mod bistand;
pub mod config;
pub mod db;
pub mod demo;
pub mod dokument;
pub mod egne;
pub mod enhet;
pub mod error;
pub mod forum;
pub mod glass;
pub mod hendelse;
pub mod hjem;
pub mod import;
pub mod kommune;
pub mod kompetanse;
pub mod lesing;
pub mod lofttall;
pub mod medvirkning;
pub mod mote;
pub mod motemal;
pub mod om;
pub mod oppmote;
pub mod oversikt;
pub mod person;
pub mod puls;
pub mod referat;
pub mod regelsett;
pub mod rettelse;
pub mod sak;
pub mod serie;
pub mod sladding;
pub mod tekst;
pub mod tid;
pub mod tilgang;
pub mod tiltak;
pub mod tjeneste;
pub mod veiviser;
pub mod web;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
};
use sqlx::PgPool;
use time::OffsetDateTime;
use tokio::sync::watch;
use tower_http::{compression::CompressionLayer, csrf::CsrfLayer, timeout::TimeoutLayer};

pub use config::Config;
pub use error::{Error, Result};

/// The largest body a page takes, in bytes; the import takes its own.
const STORSTE_KROPP: usize = 1024 * 1024;

/// What every handler can reach: the data, the settings and the clock.
#[derive(Clone)]
pub struct App {
    pub(crate) db: db::Db,
    pub config: Arc<Config>,
    klokke: Klokke,
    /// True when the server is about to stop: what would last for ever ends then.
    pub(crate) stopp: Arc<watch::Sender<bool>>,
}

/// Tells the time; tests set their own.
pub type Klokke = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;

/// Now by the machine's clock; whoever has an [`App`] asks that instead.
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub fn na() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

impl App {
    pub fn new(pool: PgPool, config: Arc<Config>) -> Self {
        Self::med_klokke(pool, config, Arc::new(na))
    }

    pub fn med_klokke(pool: PgPool, config: Arc<Config>, klokke: Klokke) -> Self {
        Self { db: db::Db::new(pool), config, klokke, stopp: Arc::default() }
    }

    /// Ends the streams that pages follow, so that the server can stop.
    pub fn steng(&self) {
        self.stopp.send_replace(true);
    }

    /// The program's own key.
    pub(crate) fn nokkel(&self) -> Result<&auth::Nokkel> {
        self.config.nokkel.as_ref().ok_or_else(|| Error::Intern("SAMHANDLING_NOKKEL is not set".into()))
    }

    /// Now, to the microsecond that Postgres keeps.
    pub fn na(&self) -> OffsetDateTime {
        let na = (self.klokke)();
        na.replace_nanosecond(na.nanosecond() / 1000 * 1000).unwrap_or(na)
    }
}

/// Every page of the house, framed and guarded.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(admin::routes())
        .merge(auth::routes())
        .merge(bistand::routes())
        .merge(dokument::routes())
        .merge(egne::routes())
        .merge(enhet::routes())
        .merge(forum::routes())
        .merge(glass::routes())
        .merge(hendelse::routes())
        .merge(hjem::routes())
        .merge(import::routes())
        .merge(kommune::routes())
        .merge(kompetanse::routes())
        .merge(lesing::routes())
        .merge(lofttall::routes())
        .merge(medvirkning::routes())
        .merge(mote::routes())
        .merge(motemal::routes())
        .merge(om::routes())
        .merge(oppmote::routes())
        .merge(oversikt::routes())
        .merge(person::routes())
        .merge(puls::routes())
        .merge(referat::routes())
        .merge(regelsett::routes())
        .merge(rettelse::routes())
        .merge(sak::routes())
        .merge(serie::routes())
        .merge(sladding::routes())
        .merge(tilgang::routes())
        .merge(tiltak::routes())
        .merge(tjeneste::routes())
        .merge(veiviser::routes())
        .fallback(async || Error::IkkeFunnet)
        .layer(axum::extract::DefaultBodyLimit::max(STORSTE_KROPP))
        .layer(from_fn_with_state(app.clone(), auth::layer))
        .layer(CsrfLayer::new())
        .layer(web::fang_panikk())
        .layer(from_fn(web::krev_adresse))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(30)))
        .layer(from_fn_with_state(app.clone(), web::frame)) // it dresses every answer
        .layer(CompressionLayer::new())
        .merge(web::assets::routes())
        .merge(web::helse_routes())
        .layer(from_fn_with_state(app.clone(), web::hoder))
        .layer(from_fn_with_state(app.clone(), web::logg))
        .with_state(app)
}
