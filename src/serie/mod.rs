//! Serie: the møter of a whole semester, proposed for one team or many and booked in one act.
//!
//! `plan` proposes the days. The møter themselves are made by the room `mote`, just as one that is booked alone.
mod db;
mod plan;
mod routes;
mod sjekk;
mod skjema;
mod views;

pub use plan::Rytme;
pub use routes::{Serie, SerieForTeam, routes};
