//! Changing a møte before it is held: the agenda's elements and their order, and its day, time and place.
mod db;
mod routes;
mod skjema;
mod views;

pub(super) use routes::routes;
pub use routes::{FlyttMote, RedigerAgenda};
