//! Veiviser: what to look for, what to do alone, together or by lifting it, and when the team next meets.
mod db;
mod routes;
mod views;

pub use routes::{Veiviser, routes};
