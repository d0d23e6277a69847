//! The sessions of one account, for its owner to see and to end.
use sqlx::Row;
use time::OffsetDateTime;
use uuid::Uuid;

use super::okt;
use crate::{App, Result};

/// A session that has not ended.
pub(super) struct MinOkt {
    /// Names it without giving away the token it is known by.
    pub(super) id: String,
    pub(super) opprettet: OffsetDateTime,
    pub(super) sist_brukt: OffsetDateTime,
    /// Whether it is the one that asks.
    pub(super) denne: bool,
}

/// Those of an account, the one last used first.
pub(super) async fn mine(app: &App, bruker: Uuid, token: &str) -> Result<Vec<MinOkt>> {
    let mut tx = app.db.utenfor().await?;
    let rader = sqlx::query(
        "select encode(sha256(o.token_hash), 'hex') as id, o.opprettet, o.sist_brukt, o.token_hash = $2 as denne
           from okt o
          where o.bruker_id = $1 and o.opprettet > $3::timestamptz - interval '12 hours'
          order by o.sist_brukt desc, o.opprettet desc",
    )
    .bind(bruker)
    .bind(okt::hash(token))
    .bind(app.na())
    .fetch_all(&mut *tx)
    .await?;
    let min = |r: &sqlx::postgres::PgRow| MinOkt {
        id: r.get("id"),
        opprettet: r.get("opprettet"),
        sist_brukt: r.get("sist_brukt"),
        denne: r.get("denne"),
    };
    Ok(rader.iter().map(min).collect())
}

/// Ends one of the account's other sessions, or all of them (`None`), and gives how many.
pub(super) async fn avslutt(app: &App, bruker: Uuid, token: &str, id: Option<&str>) -> Result<u64> {
    let mut tx = app.db.utenfor().await?;
    let svar = sqlx::query(
        "delete from okt
          where bruker_id = $1 and token_hash <> $2 and ($3::text is null or encode(sha256(token_hash), 'hex') = $3)",
    )
    .bind(bruker)
    .bind(okt::hash(token))
    .bind(id)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(svar.rows_affected())
}
