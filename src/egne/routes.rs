//! The doors of what is stored about oneself.
use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
};
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;

use super::{db, views};
use crate::{
    App, Result,
    auth::{Medlem, Rett, krev_nylig},
    web::Page,
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/konto/opplysninger")]
pub(super) struct Opplysninger;

pub fn routes() -> Router<App> {
    Router::new().typed_get(vis).merge(krev_nylig(Router::new().typed_post(last_ned)))
}

async fn vis(_: Opplysninger, medlem: Medlem) -> Result<Page<views::Vis>> {
    let mut tx = medlem.read().await?;
    Ok(Page(views::Vis { funn: db::funn(&mut tx).await? }))
}

async fn last_ned(_: Opplysninger, medlem: Medlem) -> Result<Response> {
    let alt = medlem.write(Rett::Egen, async |tx| db::alt(tx).await).await?;
    let hoder = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mine-opplysninger.json\""),
    ];
    Ok((hoder, format!("{alt:#}\n")).into_response())
}
