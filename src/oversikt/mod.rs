//! Oversikt: a semester in numbers, per kommune and per unit, for those who steer. No meeting text, no names.
mod db;
mod routes;
mod tall;
mod views;

pub use db::sum;
pub use routes::{Oversikt, routes};
pub use tall::Sum;
