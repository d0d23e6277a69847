//! Changing a møte before it is held: the agenda's elements and their order, and its day, time and place.
mod agendaside;
mod db;
mod flytting;
mod routes;
mod skjema;

pub(super) use routes::routes;
pub use routes::{FlyttMote, RedigerAgenda};
