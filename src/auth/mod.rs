//! Who is asking: accounts, sessions, the role they act in, and what that role may do where.
mod adgang;
mod ender;
mod halv;
mod inn;
mod innlogging;
pub mod konto;
mod lenke;
mod medlem;
mod nokkel;
mod nylig;
mod okt;
mod okter;
mod passord;
pub mod rett;
mod routes;
mod totrinn;
mod views;

pub use adgang::Adgang;
pub use ender::Ender;
pub use medlem::{Identitet, Medlem, Rolle};
pub use nokkel::Nokkel;
pub use nylig::krev_nylig;
pub use okt::{avslutt_alle, layer};
pub use passord::{hash_passord, lag_passord};
pub use rett::{Handling, Rett, Rolletype};
pub use routes::routes;
pub use views::{DEMOBRUKERE, DEMOREGIONER};
