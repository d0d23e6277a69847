//! What is stored about oneself: to look at, and to take along (GDPR articles 15 and 20).
mod db;
mod routes;
mod views;

pub use routes::routes;
