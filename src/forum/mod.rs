//! Forum: a lasting meeting place with members, first of all the tverrfaglig samhandlingsteam (TST) round a unit.
mod db;
mod routes;
mod slag;

pub use db::{Semestertall, Spenn, semestertall};
pub use routes::{ListTeam, VisTeam};
pub use slag::Forumtype;
