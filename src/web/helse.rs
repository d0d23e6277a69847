//! Answers for a load balancer: `/helse` lives, `/klar` can serve.
use axum::{Router, extract::State, http::StatusCode, routing::get};

use crate::App;

pub fn routes() -> Router<App> {
    Router::new().route("/helse", get(async || "ok\n")).route("/klar", get(klar))
}

/// Not any more as soon as the server is about to stop, so that nobody new is sent here.
async fn klar(State(app): State<App>) -> (StatusCode, &'static str) {
    if *app.stopp.borrow() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopper\n")
    } else if app.db.svarer().await {
        (StatusCode::OK, "klar\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "databasen svarer ikke\n")
    }
}
