//! The database a command works on, opened and closed round the work.
use std::sync::Arc;

use samhandling::{
    App,
    config::{Config, Database},
    db::{
        embedded::Klynge,
        migrering,
        roller::{self, DATABASE, EIER, WEB},
    },
    demo,
};
use sqlx::{
    Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{Svar, si, signal::Stopp};

/// The connection that hears what others change, beside those of the pages.
const LYTTER: u32 = 1;

/// An open database, ours or somebody else's.
pub(super) struct Tilgang {
    klynge: Option<Klynge>,
    web: Option<PgConnectOptions>,
    eier: Option<PgConnectOptions>,
}

/// Opens the database, does the work, and closes it again however the work went.
pub(super) async fn med(config: &Config, arbeid: impl AsyncFnOnce(&Tilgang, &mut Stopp) -> Svar) -> Svar {
    let mut stopp = Stopp::lytt()?;
    let tilgang = Tilgang::apne(config).await?;
    let svar = arbeid(&tilgang, &mut stopp).await;
    if let Some(klynge) = tilgang.klynge {
        let stoppet = klynge.slipp()?;
        si(if stoppet { "Databasen er stoppet." } else { "Databasen er i bruk av andre og går videre." });
    }
    svar
}

impl Tilgang {
    async fn apne(config: &Config) -> Svar<Self> {
        Ok(match &config.database {
            Database::Innebygd(mappe) => {
                let klynge = Klynge::start(mappe, &|linje| si(linje)).await?;
                let (web, eier) = (klynge.forbindelse(WEB, DATABASE), klynge.forbindelse(EIER, DATABASE));
                Self { klynge: Some(klynge), web: Some(web), eier: Some(eier) }
            }
            Database::Ekstern { web, eier } => {
                Self { klynge: None, web: web.as_deref().cloned(), eier: eier.as_deref().cloned() }
            }
        })
    }

    pub(super) fn kan_migrere(&self) -> bool {
        self.eier.is_some()
    }

    /// Whoever owns the tables: migrates, and founds regions.
    pub(super) fn eier(&self) -> Svar<&PgConnectOptions> {
        Ok(self.eier.as_ref().ok_or("Sett MIGRATE_DATABASE_URL til adressen for databasens eier")?)
    }

    pub(super) async fn migrer(&self) -> Svar {
        let eier = self.eier()?;
        svarer(eier, "MIGRATE_DATABASE_URL").await?;
        migrering::migrer(eier).await.map_err(|e| format!("Databasen kunne ikke oppdateres: {e}"))?;
        Ok(())
    }

    /// A single connection of the owner, for what a command does in its name.
    pub(super) async fn eierpool(&self) -> Svar<PgPool> {
        Ok(PgPoolOptions::new().max_connections(1).connect_with(self.eier()?.clone()).await?)
    }

    /// Loads the demo, once, as the tables' owner.
    pub(super) async fn demo(&self) -> Svar {
        let pool = self.eierpool().await?;
        demo::last(&pool, samhandling::na(), |linje| si(linje)).await?;
        pool.close().await;
        Ok(())
    }

    /// The app over a pool of the web role, which must be one that row security binds.
    pub(super) async fn app(&self, config: Arc<Config>) -> Svar<App> {
        let web = self.web.clone().ok_or("Sett DATABASE_URL til adressen for web-rollen")?;
        svarer(&web, "DATABASE_URL").await?;
        let valg = PgPoolOptions::new().max_connections(config.pool + LYTTER).min_connections(1).acquire_timeout(VENT);
        let pool = valg.connect_with(web.application_name("samhandling")).await?;
        roller::krev_trygg_web_rolle(&pool).await?;
        let tom = sqlx::query_scalar("select to_regclass('public.region') is null").fetch_one(&pool).await?;
        if tom {
            return Err("Databasen er tom. Sett MIGRATE_DATABASE_URL til eieren, eller kjør samhandling migrate".into());
        }
        Ok(App::new(pool, config))
    }
}

/// Tells at once what is wrong with an address; a pool only says that it waited in vain.
async fn svarer(adresse: &PgConnectOptions, navn: &str) -> Svar {
    let db = PgConnection::connect_with(adresse).await;
    db.map_err(|e| format!("Databasen i {navn} kan ikke brukes: {e}"))?.close().await?;
    Ok(())
}

/// How long a page waits for a free connection before it says that something is wrong.
const VENT: std::time::Duration = std::time::Duration::from_secs(5);
