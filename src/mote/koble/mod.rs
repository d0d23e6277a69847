//! «Koble på»: from an element of the agenda the leader calls in somebody of a tjeneste, to this møte or the next one.
//!
//! Strategisk plan, Nord-Østerdal: «Vi kobler på rett kompetanse til rett tid».
mod db;
mod routes;
mod views;

pub use routes::KoblePa;
pub(super) use routes::routes;

use time::OffsetDateTime;
use uuid::Uuid;

/// The element somebody is called in to, and the møte after this one.
struct Grunnlag {
    tittel: String,
    /// The forum's next møte that has not begun, and its first element of the same kind.
    neste: Option<Neste>,
}

struct Neste {
    id: Uuid,
    start: OffsetDateTime,
    element: Option<Uuid>,
}

/// A tjeneste that serves the kommune, with those who come from it.
struct Tjeneste {
    navn: String,
    kontakt: String,
    folk: Vec<Fagperson>,
}

struct Fagperson {
    id: Uuid,
    navn: String,
    tittel: String,
    /// Called in already, to this møte and to the next.
    dette: bool,
    neste: bool,
}
