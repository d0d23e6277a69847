//! Møte: a meeting of a forum and its agenda, the elements in the order they are taken.
mod agenda;
mod helligdager;
mod tilstand;

pub use agenda::{Agenda, Elementtype, Moteelement, Regelbrudd};
pub use helligdager::{Forslag, er_ferie, er_fridag, forslag, helligdag, helligdager, paskedag};
pub use tilstand::{Handling, Status, UlovligOvergang};
