//! The one door to the data: a transaction that sees one region, as one user.
pub mod embedded;
pub mod migrering;
mod ord;
pub mod roller;
mod varsel;

use std::ops::{Deref, DerefMut};

use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Transaction};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub(crate) use self::ord::{les, les_mulig, les_ord};
pub(crate) use self::varsel::{Varsel, Varsler};
use crate::{Error, Result};

/// The pool of the web role. Only the kernel opens transactions on it.
#[derive(Clone)]
pub struct Db {
    pool: PgPool,
    varsler: Varsler,
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
    pub(crate) i_dag: Date,
    pub(crate) na: OffsetDateTime,
}

impl Db {
    pub fn new(pool: PgPool) -> Self {
        Self { varsler: Varsler::ny(pool.clone()), pool }
    }

    /// What others change.
    pub(crate) fn varsler(&self) -> &Varsler {
        &self.varsler
    }

    /// A transaction that Postgres itself keeps from writing. It ends by being dropped.
    pub(crate) async fn read(&self, scope: Scope) -> Result<Tx> {
        self.begin("begin isolation level repeatable read, read only", scope).await
    }

    pub(crate) async fn write(&self, scope: Scope) -> Result<Tx> {
        self.begin("begin", scope).await
    }

    /// A transaction in no region, for log-in alone: there every row of a tenant is an error, not an answer.
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub(crate) async fn utenfor(&self) -> Result<Tx> {
        si_begin();
        Ok(Tx(self.pool.begin().await?))
    }

    /// Whether the database answers.
    pub(crate) async fn svarer(&self) -> bool {
        sqlx::query("select 1").execute(&self.pool).await.is_ok()
    }

    /// The pool itself, for single statements of the kernel.
    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Begins and names region, user, role and day in one message: one wait instead of three.
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    async fn begin(&self, begin: &str, scope: Scope) -> Result<Tx> {
        let Scope { region, bruker, person, rolle, kommune, enhet, i_dag, na } = scope;
        let eller_tom = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let (kommune, enhet) = (eller_tom(kommune), eller_tom(enhet));
        let statements = format!(
            "{begin}; set local app.region = '{region}'; set local app.bruker = '{bruker}'; \
             set local app.person = '{person}'; set local app.rolle = '{rolle}'; set local app.kommune = '{kommune}'; \
             set local app.enhet = '{enhet}'; set local app.i_dag = '{i_dag}'; \
             set local app.na = '{}'",
            na.unix_timestamp()
        );
        si_begin();
        // Uuids, a day, a moment and a word of ours, never text from outside.
        Ok(Tx(self.pool.begin_with(AssertSqlSafe(statements)).await?))
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
