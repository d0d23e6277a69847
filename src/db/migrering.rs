//! The migrations, built into the program.
use sqlx::{
    Connection, PgConnection,
    migrate::{MigrateError, Migrator},
    postgres::PgConnectOptions,
};

/// Every migration in `migrations/`, in order.
pub static MIGRERINGER: Migrator = sqlx::migrate!();

/// Brings the database up to date as its owner. Two at once take turns.
pub async fn migrer(eier: &PgConnectOptions) -> Result<(), MigrateError> {
    let mut db = PgConnection::connect_with(eier).await?;
    MIGRERINGER.run(&mut db).await?;
    Ok(db.close().await?)
}
