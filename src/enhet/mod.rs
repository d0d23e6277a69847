//! Enhet: a school or kindergarten, the place a team stands round.
mod slag;

pub use slag::{Eier, Enhetstype};
