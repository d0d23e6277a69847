//! Import: enheter read from a file, compared with what is there, and shown before anything is saved.
mod les;
mod sammenlign;

pub use les::{Filfeil, Lesning, MAKS_BYTES, OVERSKRIFT, Rad, Radfeil, les};
pub use sammenlign::{Feltendring, Kjent, Sammenligning, Utfall, sammenlign};
