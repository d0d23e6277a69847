//! Forum: a lasting meeting place with members, first of all the tverrfaglig samhandlingsteam (TST) round a unit.
mod avgang;
mod db;
mod evner;
mod forvalt;
mod manglende;
mod medlem;
mod plass;
mod routes;
mod semester;
mod slag;
mod sted;
mod views;

pub use avgang::{Arving, frigi, frigi_plasser};
pub use db::{Semestertall, Spenn, semestertall};
pub use evner::{Evner, Kompetanse};
pub use plass::{Plass, manglende_tjenester};
pub use routes::{ListTeam, VisTeam, routes};
pub use semester::{Maling, Sted};
pub use slag::Forumtype;
pub use sted::{avslutt_i_kommune, avslutt_ved_enhet, folg_enhetene, gjenapne_i_kommune, gjenapne_ved_enhet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::mote::Status;

/// A forum with where it works.
#[derive(Clone, Debug)]
pub struct Forum {
    pub id: Uuid,
    pub navn: String,
    pub type_: Forumtype,
    pub mandat: String,
    pub kommune: Option<String>,
    pub enhet: Option<String>,
    pub sted: Sted,
    /// Its last day, when it has been ended.
    pub gyldig_til: Option<Date>,
}

/// A møte as its forum's page lists it.
#[derive(Clone, Debug)]
struct Motelinje {
    id: Uuid,
    start: OffsetDateTime,
    minutter: u32,
    sted: String,
    status: Status,
    /// Invited: «3 av 4 har svart».
    inviterte: u32,
    har_svart: u32,
    /// Whether the one who asks is invited.
    deltaker: bool,
}
