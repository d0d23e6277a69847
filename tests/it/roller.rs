//! The program starts only with a web role that row security binds.
use samhandling::db::roller::{Feil, krev_trygg_web_rolle};
use sqlx::{
    AssertSqlSafe, Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

/// What the start-up says to a role made as `attributter`, after `forst` has been run; `{rolle}` is its name.
async fn provd(sjef: &PgPool, connect: PgConnectOptions, attributter: &str, forst: &str) -> Result<(), Feil> {
    let rolle = format!("prove_{}", Uuid::new_v4().simple());
    let kjor = async |sql: String| sjef.execute(AssertSqlSafe(sql.replace("{rolle}", &rolle))).await.unwrap();
    kjor(format!("create role {{rolle}} login password 'prove' {attributter}; {forst}")).await;
    let pool = PgPoolOptions::new().connect_with(connect.username(&rolle).password("prove")).await.unwrap();
    let svar = krev_trygg_web_rolle(&pool).await;
    pool.close().await;
    kjor("reassign owned by {rolle} to current_user; drop owned by {rolle}; drop role {rolle}".to_owned()).await;
    svar
}

#[sqlx::test]
async fn a_role_with_rights_and_nothing_else_may_answer_the_web(pool: PgPoolOptions, connect: PgConnectOptions) {
    let sjef = pool.connect_with(connect.clone()).await.unwrap();
    provd(&sjef, connect, "nosuperuser", "grant select on all tables in schema public to {rolle}").await.unwrap();
}

#[sqlx::test]
async fn a_role_that_row_security_does_not_bind_is_refused_with_the_reason(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let sjef = pool.connect_with(connect.clone()).await.unwrap();
    sjef.execute("create role prove_eier").await.unwrap();
    for (attributter, forst, grunn) in [
        ("superuser", "", "er superbruker"),
        ("bypassrls", "", "har bypassrls"),
        ("", "alter table mote owner to {rolle}", "eier tabellen mote"),
        // It does not own the table, but may at any time say «set role».
        (
            "noinherit",
            "grant prove_eier to {rolle}; alter table mote owner to prove_eier",
            "prove_eier eier tabellen mote",
        ),
    ] {
        let feil = provd(&sjef, connect.clone(), attributter, forst).await.unwrap_err().to_string();
        assert!(feil.contains(grunn) && feil.contains("docs/roller.sql"), "{feil}");
    }
    sjef.execute("reassign owned by prove_eier to current_user; drop role prove_eier").await.unwrap();
}
