//! Dokument: agenda and referat as PDF, and all referater of a team in a period as one.
//!
//! A document is made when it is asked for and kept nowhere. It says what the page says, to those who may read the page:
//! they may leave out what is about a single child (`?uten_individ=1`), before they pass it on. `sett` sets the type; the
//! templates in `templates/dokument/` get what people have written as values, never as markup.
mod db;
mod routes;
mod sett;
mod tekst;
mod views;

pub use routes::{AgendaPdf, ReferatPdf, ReferaterPdf, routes};
