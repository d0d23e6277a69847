//! Import: enheter read from a file, compared with what is there, and shown before anything is saved.
mod db;
mod fil;
mod forslag;
mod les;
mod routes;
mod sammenlign;
mod views;

pub use db::med_kommando;
pub use fil::{Filfeil, MAKS_BYTES};
pub use forslag::{FLEST_FEIL, Feillinje, Forslag, Hindring};
pub use les::{Lesning, OVERSKRIFT, Rad, Radfeil, les};
pub use routes::routes;
pub use sammenlign::{Feltendring, Kjent, Sammenligning, Utfall, sammenlign};
