//! Person: somebody who works in the region, the roles they act in and the account they log in with.
mod db;
mod innlogging;
mod rolle;
mod routes;
mod skjema;
mod vakt;
mod views;

use axum::Router;

pub use rolle::avslutt_roller;
pub use routes::{ListPersoner, VisPerson};

use crate::App;

pub fn routes() -> Router<App> {
    routes::routes().merge(rolle::routes()).merge(innlogging::routes())
}
