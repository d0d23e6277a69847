//! The seats of a forum: added, changed and ended, never deleted.
mod ansvar;
mod db;
mod routes;
mod views;

pub(super) use routes::{EndreMedlem, NyttMedlem, routes};
