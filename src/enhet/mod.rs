//! Enhet: a school or kindergarten, the place a team stands round.
mod db;
mod routes;
mod slag;
mod views;

pub use db::{Enhetsrad, lagre_flere, opprett_flere};
pub use routes::routes;
pub use slag::{Eier, Enhetstype};
use time::Date;
use uuid::Uuid;

/// An enhet as the region has it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Enhet {
    pub id: Uuid,
    pub kommune_id: Uuid,
    /// The slug of its [`Enhetstype`].
    #[sqlx(rename = "type")]
    pub type_: String,
    pub orgnr: Option<String>,
    pub navn: String,
    /// Elever or barn; `None` when nobody knows.
    pub antall: Option<i32>,
    /// First and last class or age.
    pub trinn_fra: Option<i32>,
    pub trinn_til: Option<i32>,
    /// The slug of its [`Eier`].
    pub eier: String,
    pub adresse: String,
    pub gyldig_fra: Date,
    /// The last day it is with the region; `None` while that goes on.
    pub gyldig_til: Option<Date>,
    versjon: i32,
}

/// What a form says about an enhet; everything in it is checked.
#[derive(Clone, Debug)]
struct Oppgitt {
    kommune: Uuid,
    type_: Enhetstype,
    orgnr: Option<String>,
    navn: String,
    antall: Option<i32>,
    trinn_fra: Option<i32>,
    trinn_til: Option<i32>,
    eier: Eier,
    adresse: String,
    gyldig_fra: Date,
}
