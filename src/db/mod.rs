//! The one door to the data: a transaction that sees one region, as one user.
pub mod embedded;
pub mod migrering;
mod ord;
pub mod roller;
mod spor;
mod varsel;

use std::{
    collections::BTreeSet,
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, PoisonError},
};

use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Transaction};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub(crate) use self::ord::{les, les_mulig, les_ord};
pub(crate) use self::spor::{ISammeSpor, Spor};
pub(crate) use self::varsel::{Varsel, Varsler};
use crate::{Error, Result};

/// The pool of the web role. Only the kernel opens transactions on it.
#[derive(Clone)]
pub struct Db {
    pool: PgPool,
    varsler: Varsler,
    /// The regions that something has happened in since the log was sealed.
    berorte: Arc<Mutex<BTreeSet<Uuid>>>,
}

/// A transaction bound to one region and one user. Dropped, it rolls back.
#[must_use = "nothing is saved until the transaction is committed"]
pub struct Tx(Transaction<'static, Postgres>);

/// Whose eyes a transaction looks through, and on which day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    pub(crate) region: Uuid,
    pub(crate) bruker: Uuid,
    pub(crate) person: Uuid,
    /// The kind of role they act in, and the kommune and enhet it is for.
    pub(crate) rolle: &'static str,
    pub(crate) kommune: Option<Uuid>,
    pub(crate) enhet: Option<Uuid>,
    /// On whose behalf; nil for a command, which acts for nobody.
    pub(crate) rolle_id: Uuid,
    pub(crate) i_dag: Date,
    pub(crate) na: OffsetDateTime,
}

/// What is noted in the log before a transaction looks, as far as it is open to the one who asks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Noteres {
    Ingenting,
    /// A møte whose words are to be read.
    Mote(Uuid),
    Tiltak(Uuid),
    Sak(Uuid),
    Bistand(Uuid),
    /// A møte that leaves the house as a file; whether there is one only when it is ferdigstilt.
    Fil(Uuid, bool),
    /// The referater of a forum in a period, as one file.
    Filer(Uuid, Date, Date),
}

impl Noteres {
    /// In a transaction of its own, that is over before the next one looks; empty when there is nothing to note.
    fn setninger(self, hvem: &str) -> String {
        let noter = match self {
            Self::Ingenting => return String::new(),
            Self::Mote(mote) => format!("slipp_inn('{mote}')"),
            Self::Tiltak(tiltak) => format!("slipp_inn_tiltak('{tiltak}')"),
            Self::Sak(sak) => format!("slipp_inn_sak('{sak}')"),
            Self::Bistand(bistand) => format!("slipp_inn_bistand('{bistand}')"),
            Self::Fil(mote, bare_ferdig) => format!("noter_fil('{mote}', {bare_ferdig})"),
            Self::Filer(forum, fra, til) => format!("noter_filer('{forum}', '{fra}', '{til}')"),
        };
        format!("begin; {hvem}; select {noter}; commit; ")
    }
}

impl Db {
    pub fn new(pool: PgPool) -> Self {
        Self { varsler: Varsler::ny(pool.clone()), pool, berorte: Arc::default() }
    }

    /// What others change.
    pub(crate) fn varsler(&self) -> &Varsler {
        &self.varsler
    }

    /// The regions that transactions have been opened in since the last time this was asked.
    pub(crate) fn ta_berorte(&self) -> BTreeSet<Uuid> {
        std::mem::take(&mut *self.berorte.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A transaction that Postgres itself keeps from writing. It ends by being dropped.
    pub(crate) async fn read(&self, scope: Scope, noteres: Noteres) -> Result<Tx> {
        self.begin("begin isolation level repeatable read, read only", scope, noteres).await
    }

    pub(crate) async fn write(&self, scope: Scope, noteres: Noteres) -> Result<Tx> {
        self.begin("begin", scope, noteres).await
    }

    /// A transaction in no region, for log-in alone: there every row of a tenant is an error, not an answer.
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub(crate) async fn utenfor(&self) -> Result<Tx> {
        si_begin();
        // An address, an id and a route of ours.
        Ok(Tx(self.pool.begin_with(AssertSqlSafe(format!("begin{}", spor::innstillinger()))).await?))
    }

    /// Whether the database answers.
    pub(crate) async fn svarer(&self) -> bool {
        sqlx::query("select 1").execute(&self.pool).await.is_ok()
    }

    /// The pool itself, for single statements of the kernel.
    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Begins and names region, user, role and day in one message: one wait instead of three. What is noted goes in the same message.
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    async fn begin(&self, begin: &str, scope: Scope, noteres: Noteres) -> Result<Tx> {
        let Scope { region, bruker, person, rolle, kommune, enhet, rolle_id, i_dag, na } = scope;
        self.berorte.lock().unwrap_or_else(PoisonError::into_inner).insert(region);
        let eller_tom = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let (kommune, enhet, rolle_id) =
            (eller_tom(kommune), eller_tom(enhet), eller_tom(Some(rolle_id).filter(|id| !id.is_nil())));
        let hvem = format!(
            "set local app.region = '{region}'; set local app.bruker = '{bruker}'; set local app.person = '{person}'; \
             set local app.rolle = '{rolle}'; set local app.kommune = '{kommune}'; set local app.enhet = '{enhet}'; \
             set local app.rolle_id = '{rolle_id}'; set local app.i_dag = '{i_dag}'; set local app.na = '{}'{}",
            na.unix_timestamp(),
            spor::innstillinger()
        );
        let noter = noteres.setninger(&hvem);
        si_begin();
        // Uuids, a day, a moment, an address and words of ours, never text from outside.
        Ok(Tx(self.pool.begin_with(AssertSqlSafe(format!("{noter}{begin}; {hvem}"))).await?))
    }
}

/// A `begin` is a message like any other, but sqlx does not log it.
fn si_begin() {
    tracing::debug!(target: "sqlx::query", summary = "begin");
}

impl Tx {
    pub(crate) async fn commit(self) -> Result<()> {
        self.0.commit().await.map_err(Error::from)
    }
}

impl Deref for Tx {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}
