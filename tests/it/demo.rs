//! The demo as its owner loads it: whole, once, the same every time, and nobody real in it.
use std::time::Instant;

use samhandling::{
    auth::{DEMOBRUKERE, DEMOREGIONER},
    db::{migrering::MIGRERINGER, roller::EIER},
    demo,
    tekst::{inneholder_fodselsnummer, orgnr_gyldig},
};
use sqlx::{
    AssertSqlSafe, Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::{OffsetDateTime, macros::datetime};

const NA: OffsetDateTime = datetime!(2026-11-18 10:00 UTC);

/// A database of the owner's own, loaded; the first pool is the owner's, the second looks past row security.
async fn lastet(connect: PgConnectOptions, na: OffsetDateTime) -> (PgPool, PgPool) {
    let alt = PgPoolOptions::new().max_connections(1).connect_with(connect.clone()).await.unwrap();
    let navn = connect.get_database().unwrap();
    alt.execute(AssertSqlSafe(format!("alter database \"{navn}\" owner to {EIER}"))).await.unwrap();
    let eier = PgPoolOptions::new()
        .max_connections(1)
        .after_connect(|c, _| {
            Box::pin(async move { c.execute(AssertSqlSafe(format!("set role {EIER}"))).await.map(drop) })
        })
        .connect_with(connect)
        .await
        .unwrap();
    MIGRERINGER.run(&eier).await.unwrap();
    demo::last(&eier, na, |_| ()).await.unwrap();
    (eier, alt)
}

/// Everything the demo holds, in words, without what is new every time (the salted hash).
async fn avtrykk(alt: &PgPool) -> String {
    sqlx::query_scalar(
        "select string_agg(rad, e'\n' order by rad) from (
             select row_to_json(m)::text as rad from mote m union all
             select row_to_json(d)::text from motedeltaker d union all
             select row_to_json(e)::text from moteelement e union all
             select row_to_json(b)::text from beslutning b union all
             select row_to_json(f)::text from forum f union all
             select row_to_json(f)::text from forum_medlem f union all
             select row_to_json(p)::text from person p union all
             select row_to_json(r)::text from rolle r union all
             select row_to_json(r)::text from regelsett r union all
             select row_to_json(e)::text from enhet e union all
             select row_to_json(t)::text from tjeneste t union all
             select epost || id || demo from bruker) x",
    )
    .fetch_one(alt)
    .await
    .unwrap()
}

#[sqlx::test(migrations = false)]
async fn loaded_once_and_the_same_every_time(_: PgPoolOptions, connect: PgConnectOptions) {
    let start = Instant::now();
    let (eier, alt) = lastet(connect, NA).await;
    println!("lastet på {:?}", start.elapsed());
    let rows: Vec<(String, String)> = sqlx::query_as("select x.type || ' ' || status || ' ' || count(*), '' from mote m join forum x on x.id = m.forum_id group by x.type, status order by 1").fetch_all(&alt).await.unwrap();
    println!("{rows:?}");
}
