//! Forum: a lasting meeting place with members, first of all the tverrfaglig samhandlingsteam (TST) round a unit.
mod db;
mod routes;
mod slag;
mod sted;

pub use db::{Semestertall, Spenn, semestertall};
pub use routes::{ListTeam, VisTeam};
pub use slag::Forumtype;
pub use sted::{avslutt_i_kommune, avslutt_ved_enhet, folg_enhetene, gjenapne_i_kommune, gjenapne_ved_enhet};
