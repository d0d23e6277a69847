//! Who is invited to a møte: the fixed members stay, those needed this once are added and taken off.
mod db;
mod routes;
mod views;

pub use routes::Deltakere;
pub(super) use routes::routes;

use uuid::Uuid;

use crate::tjeneste::Tjenestetype;

/// Somebody who could be invited.
struct Kandidat {
    id: Uuid,
    navn: String,
    tittel: String,
    tjeneste: Tjenestetype,
    hvor: String,
}
