//! Who is asking: accounts, sessions, the role they act in, and what that role may do where.
mod adgang;
mod avvist;
mod ender;
mod innlogging;
pub mod konto;
mod medlem;
mod okt;
mod okter;
pub mod rett;
mod routes;
mod views;

pub use adgang::Adgang;
pub use ender::Ender;
pub use innlogging::{hash_passord, lag_passord, svakt_passord};
pub use medlem::{Identitet, Medlem, Rolle};
pub use okt::{avslutt_alle, layer};
pub use rett::{Handling, Rett, Rolletype};
pub use routes::routes;
pub use views::{DEMOBRUKERE, DEMOREGIONER};
