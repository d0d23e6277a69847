//! Behandlingsprotokollen says all that is stored.
use std::collections::BTreeSet;

use axum::http::StatusCode;
use samhandling::om::PROTOKOLL;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::TestApp;

#[sqlx::test]
async fn every_column_stands_in_the_protocol_and_no_other(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let lagret: Vec<String> = sqlx::query_scalar(
        "select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
          where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> '_sqlx_migrations'
            and a.attnum > 0 and not a.attisdropped",
    )
    .fetch_all(&app.eier)
    .await
    .unwrap();
    let tabeller = PROTOKOLL.iter().flat_map(|b| b.tabeller);
    let sagt: Vec<String> =
        tabeller.flat_map(|(tabell, kolonner)| kolonner.split(' ').map(move |k| format!("{tabell}.{k}"))).collect();
    let (lagret_, sagt_): (BTreeSet<_>, BTreeSet<_>) = (lagret.iter().collect(), sagt.iter().collect());
    assert_eq!(lagret_.symmetric_difference(&sagt_).collect::<Vec<_>>(), Vec::<&&String>::new());
    assert_eq!(sagt.len(), sagt_.len(), "once each");
    let side = app.fremmed().get("/personvern/protokoll").await.er(StatusCode::OK);
    for b in PROTOKOLL {
        assert!(side.sier(b.navn) && side.sier(&b.opplysninger()), "{}: {}", b.navn, b.opplysninger());
    }
}
