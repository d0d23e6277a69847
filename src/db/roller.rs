//! The two roles of the database: the owner, who migrates, and the web role, whom row security binds.
//!
//! Roles belong to the whole cluster, so they are made here and not in a migration (tests migrate in parallel).
use sqlx::{Connection, PgConnection, PgPool, postgres::PgConnectOptions};

/// Owns the database and everything in it.
pub const EIER: &str = "samhandling_eier";
/// Answers the web. Owns nothing.
pub const WEB: &str = "samhandling_web";
pub const DATABASE: &str = "samhandling";

#[derive(Debug, thiserror::Error)]
pub enum Feil {
    #[error(
        "Rollen {rolle} i DATABASE_URL kan gå utenom radsikkerheten, fordi {grunn}. Da kan én region se en annens \
         data, og programmet starter ikke. Bruk en rolle som bare har fått rettigheter (docs/roller.sql lager den), \
         og la eieren stå i MIGRATE_DATABASE_URL"
    )]
    UtryggRolle { rolle: String, grunn: String },
    #[error("Rollene i databasen kunne ikke leses: {0}")]
    Db(#[from] sqlx::Error),
}

/// Makes what is missing of roles and database in an embedded cluster, as its superuser.
pub async fn opprett(sjef: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut db = PgConnection::connect_with(sjef).await?;
    let finnes: (bool, bool, bool) = sqlx::query_as(
        "select exists (select from pg_roles where rolname = 'samhandling_eier'),
                exists (select from pg_roles where rolname = 'samhandling_web'),
                exists (select from pg_database where datname = 'samhandling')",
    )
    .fetch_one(&mut db)
    .await?;
    let mangler = [
        (finnes.0, "create role samhandling_eier login nosuperuser createdb nobypassrls"),
        (finnes.1, "create role samhandling_web login nosuperuser nocreatedb nobypassrls"),
        (finnes.2, "create database samhandling owner samhandling_eier"),
    ];
    for (_, sql) in mangler.into_iter().filter(|(finnes, _)| !finnes) {
        sqlx::query(sql).execute(&mut db).await?;
    }
    db.close().await
}

/// Refuses a web role that row security does not bind: a superuser, one with bypassrls, or an owner of tables.
///
/// A role counts as everything it can turn into with `set role`.
pub async fn krev_trygg_web_rolle(pool: &PgPool) -> Result<(), Feil> {
    let funn: Option<(String, String)> = sqlx::query_as(
        "select session_user::text, grunn from (
            select 1 as nr, format('%s er superbruker', rolname) as grunn from pg_roles
             where rolsuper and pg_has_role(session_user, oid, 'member')
            union all
            select 2, format('%s har bypassrls', rolname) from pg_roles
             where rolbypassrls and pg_has_role(session_user, oid, 'member')
            union all
            select 3, format('%s eier tabellen %s', pg_get_userbyid(relowner), relname) from pg_class
             where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
               and pg_has_role(session_user, relowner, 'member')
         ) as funn order by nr, grunn limit 1",
    )
    .fetch_optional(pool)
    .await?;
    funn.map_or(Ok(()), |(rolle, grunn)| Err(Feil::UtryggRolle { rolle, grunn }))
}
