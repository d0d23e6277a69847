//! Medvirkning: how children and guardians take part in a møte, as counts and ways, never as names; and the invitation they get.
//!
//! What is about a child cannot be finished before it is said how the child and the guardians were heard (`krever_medvirkning`).
mod db;
mod del;
mod routes;
mod skjema;
mod views;

pub use del::{Del, Mate, Medvirkning};
pub use routes::{Invitasjon, VisMedvirkning, routes};
