//! Oppmøte: who said they would come, and who came.
mod svar;

pub use svar::{Detaljer, Forfallsgrunn, Oppmote, Regelbrudd, Svar};
