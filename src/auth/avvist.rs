//! Refusals, as the hendelseslogg is told: here at the door, so that no page can forget it.
use axum::{
    extract::{MatchedPath, Request},
    http::StatusCode,
};
use uuid::Uuid;

use super::Identitet;
use crate::{App, Result, db::Noteres};

/// The place a request asks for: the id in its path, when it has one.
#[derive(Clone, Copy)]
pub(super) struct Sted(Option<Uuid>);

/// `None` where there is no such page at all.
pub(super) fn sted(request: &Request) -> Option<Sted> {
    request.extensions().get::<MatchedPath>()?;
    Some(Sted(request.uri().path().split('/').find_map(|del| del.parse().ok())))
}

/// Tells the log of an answer that refuses: 403, or 404 for a row that is not there for the one who asks.
pub(super) async fn noter(app: &App, identitet: &Identitet, sted: Option<Sted>, status: StatusCode) -> Result<()> {
    let utfall = match (status, sted) {
        (StatusCode::FORBIDDEN, Some(_)) => "ikke_tilgang",
        (StatusCode::NOT_FOUND, Some(Sted(Some(_)))) => "ikke_funnet",
        _ => return Ok(()),
    };
    let Some(rolle) = &identitet.rolle else { return Ok(()) };
    let mut tx = app.db.write(rolle.scope(identitet.bruker, app.na()), Noteres::Ingenting).await?;
    sqlx::query("insert into hendelse (slag, rad_id, utfall) values ('avvist', $1, $2)")
        .bind(sted.and_then(|Sted(id)| id))
        .bind(utfall)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}
