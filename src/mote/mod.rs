//! Møte: a meeting of a forum and its agenda, the elements in the order they are taken.
mod agenda;
mod db_team;
mod element;
mod helligdager;
mod tilstand;

pub use agenda::{Agenda, Regelbrudd};
pub use db_team::{sett_pa_kommende, ta_av_kommende};
pub use element::{Elementtype, Moteelement};
pub use helligdager::{Forslag, er_ferie, er_fridag, forslag, helligdag, helligdager, paskedag};
pub use tilstand::{Handling, Status, UlovligOvergang};
