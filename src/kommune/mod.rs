//! Kommune: a member of the region, known by its four-digit number.
mod db;
mod routes;
mod views;

pub use db::{Kommunevalg, velgbare};
pub use routes::routes;
use time::Date;
use uuid::Uuid;

/// A kommune as the region has it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Kommune {
    pub id: Uuid,
    pub kommunenummer: String,
    pub navn: String,
    pub gyldig_fra: Date,
    /// The last day it is with the region; `None` while that goes on.
    pub gyldig_til: Option<Date>,
    versjon: i32,
}

/// What a form says about a kommune; everything in it is checked.
#[derive(Clone, Debug)]
struct Oppgitt {
    kommunenummer: String,
    navn: String,
    gyldig_fra: Date,
}
