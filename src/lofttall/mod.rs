//! Løft i tall: what is lifted to a kommune's own team, what it sends on, and how near the children things are solved.
//!
//! Strategisk plan, Nord-Østerdal: «tydelige rutiner for informasjonsflyt og bistand», and «Det skal løses hos dem som er nærmest
//! barnet». Counts only: no word of a request, and what is about single children is never told when it is few.
mod db;
mod routes;
mod tall;
mod views;

pub use db::kommunale_team;
pub use routes::{Lofttall, routes};
