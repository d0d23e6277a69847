//! Somebody leaves a team: another takes over the tiltak they answer for, all in one step.
mod db;
mod routes;
mod views;

pub use db::overta;
pub use routes::OverforTiltak;
pub(super) use routes::routes;
