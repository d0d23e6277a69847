//! The stream that keeps a møte's page alike for all who have it open.
use axum::{extract::State, response::Response};

use super::Direkte;
use crate::{
    App, Result,
    auth::{Medlem, Rett},
    web,
};

/// Says when somebody has changed the møte; the page then asks for itself again, with its own right.
pub(super) async fn folg(Direkte { id }: Direkte, State(app): State<App>, medlem: Medlem) -> Result<Response> {
    medlem.read_med(Rett::SeMote(id)).await.map(drop)?;
    Ok(web::folg(&app, medlem.rolle.region, id))
}
