//! Every migration applies to a database that people already use.
use samhandling::db::migrering::MIGRERINGER;
use sqlx::{Executor, PgPool};

/// The migration after which the sample data was the whole of what there was.
const FORST_I_BRUK: i64 = 3;

#[sqlx::test(migrations = false)]
async fn every_migration_applies_over_sample_data(db: PgPool) {
    MIGRERINGER.run_to(FORST_I_BRUK, &db).await.unwrap();
    db.execute(include_str!("../fixtures/to_regioner.sql")).await.unwrap();
    let foer = rader(&db).await;
    MIGRERINGER.run(&db).await.unwrap();
    let etter = rader(&db).await;
    for (tabell, antall) in foer {
        let na = etter.iter().find(|(t, _)| *t == tabell);
        assert!(na.is_some_and(|(_, na)| *na >= antall), "{tabell}: {antall} rader ble {na:?}");
    }
}

/// How many rows each table holds.
async fn rader(db: &PgPool) -> Vec<(String, i64)> {
    sqlx::query_as(
        "select relname::text, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', relname), true, true, '')))[1]::text::bigint
           from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> '_sqlx_migrations' order by 1",
    )
    .fetch_all(db)
    .await
    .unwrap()
}
