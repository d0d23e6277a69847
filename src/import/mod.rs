//! Import: enheter read from a file, compared with what is there, and shown before anything is saved.
mod fil;
mod les;
mod sammenlign;

pub use fil::{Filfeil, MAKS_BYTES};
pub use les::{Lesning, OVERSKRIFT, Rad, Radfeil, les};
pub use sammenlign::{Feltendring, Kjent, Sammenligning, Utfall, sammenlign};
