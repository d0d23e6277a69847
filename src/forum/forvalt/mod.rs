//! Looking after fora: make one of any kind, change its name and mandat, and end it.
mod db;
mod routes;
mod views;

pub(super) use routes::{EndreTeam, routes};
