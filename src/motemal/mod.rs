//! Motemal: the region's agenda for one kind of forum, in versions; a møte is made from the one that holds when it is booked.
mod db;
mod forskjell;
mod mal;
mod routes;
mod skjema;
mod views;

pub use mal::{Mal, Malelement, Regelbrudd, sjekk};
pub use routes::routes;
