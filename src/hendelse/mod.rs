//! Hendelseslogg: who did what, when, from where, and how it went; and the proof that nobody has touched it since.
//!
//! The rows are written by the database itself (`migrations/0045_hendelse.sql`): triggers on every table of a region, and the kernel's
//! own word of reads and refusals. This room shows them and checks them.
mod db;
mod felt;
mod kjede;
mod monster;
mod ord;
mod routes;
mod segl;
mod sok;
mod verifisering;
mod views;

pub use db::forsegl;
pub use felt::{felt, felter};
pub use kjede::{Avvik, Hode};
pub use monster::Monster;
pub use ord::{Omrade, Slag, Utfall, ting};
pub use routes::routes;
pub use segl::{MINSTE_NOKKEL, Nokkel};
pub use sok::i_tall;
pub use verifisering::{Regionsvar, verifiser};
