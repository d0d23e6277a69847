//! Halfway in: the password was right, the code has not come yet. It opens nothing but the page that asks for the code.
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar};
use time::Duration;
use uuid::Uuid;

use super::okt;
use crate::{App, Result};

/// How long the code may take to come.
const VARER: Duration = Duration::minutes(10);

fn navn(app: &App) -> &'static str {
    if app.config.tls { "__Host-halv" } else { "halv" }
}

/// Remembers for a while that this browser knew the password, and gives the cookie for it.
pub(super) async fn apne(app: &App, bruker: Uuid) -> Result<Cookie<'static>> {
    let token = okt::nytt_token()?;
    let mut tx = app.db.utenfor().await?;
    sqlx::query("delete from halv_okt where opprettet <= $1").bind(app.na() - VARER).execute(&mut *tx).await?;
    sqlx::query("insert into halv_okt (token_hash, bruker_id, opprettet) values ($1, $2, $3)")
        .bind(okt::hash(&token))
        .bind(bruker)
        .bind(app.na())
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(okt::kapsel(app, navn(app), token))
}

/// Whose password this browser knew, if it is not too long ago and the account has not been closed meanwhile.
pub(super) async fn hvem(app: &App, headers: &HeaderMap) -> Result<Option<Uuid>> {
    let jar = CookieJar::from_headers(headers);
    let Some(token) = jar.get(navn(app)).map(Cookie::value) else { return Ok(None) };
    let mut tx = app.db.utenfor().await?;
    let bruker = sqlx::query_scalar(
        "select h.bruker_id from halv_okt h join bruker b on b.id = h.bruker_id and not b.sperret
          where h.token_hash = $1 and h.opprettet > $2",
    );
    Ok(bruker.bind(okt::hash(token)).bind(app.na() - VARER).fetch_optional(&mut *tx).await?)
}

/// Ends it, and takes its cookie away.
pub(super) async fn lukk(app: &App, bruker: Uuid) -> Result<Cookie<'static>> {
    let mut tx = app.db.utenfor().await?;
    sqlx::query("delete from halv_okt where bruker_id = $1").bind(bruker).execute(&mut *tx).await?;
    tx.commit().await?;
    let mut tom = okt::kapsel(app, navn(app), String::new());
    tom.make_removal();
    Ok(tom)
}
