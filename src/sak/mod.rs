//! Sak: what a team wants to talk about, from the need that is reported to the outcome of the møte.
//!
//! Any member reports a need; the leader puts it on the agenda, puts it off or declines it with a reason. Until a møte begins
//! a sak belongs to the team alone and stands on its first open møte; what a møte does not treat comes back on the next one by
//! itself (`mote_tar_saker`). Strategisk plan, Nord-Østerdal: «plikt til å handle når de får uro for et barn».
mod db;
mod ord;
mod routes;
mod skjema;
mod tilstand;
mod ved_mote;
mod views;

pub use ord::{Grunnlag, Slag, Utfall};
pub use routes::{FlyttSak, MeldBehov, VisSak, routes};
pub use tilstand::{Status, Trekk, UlovligTrekk};
pub use ved_mote::{Saker, VedMote};

use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{mote::Elementtype, tiltak::Niva};

/// How long before a møte its saker should be known; later ones are the leader's to judge.
pub const SAKSFRIST: Duration = Duration::days(7);

/// One sak as its own page knows it.
#[derive(Clone, Debug)]
struct Sak {
    id: Uuid,
    forum: (Uuid, String),
    elementtype: Elementtype,
    niva: Niva,
    grunnlag: Option<Grunnlag>,
    samtykke_ref: String,
    tittel: String,
    beskrivelse: String,
    minutter: Option<u32>,
    fast: bool,
    status: Status,
    utfall: Option<Utfall>,
    avslag_grunn: String,
    meldt_av: (Uuid, String),
    meldt: OffsetDateTime,
    versjon: i32,
    /// The møte it stands on or waits for, and whether that one has begun.
    mote: Option<Motet>,
    /// Where it was before it came back.
    fra: Option<(Uuid, Date)>,
}

/// A møte a sak has to do with.
#[derive(Clone, Debug)]
struct Motet {
    id: Uuid,
    start: OffsetDateTime,
    status: crate::mote::Status,
}

/// What a need is when it is reported; everything in it is checked.
#[derive(Clone, Debug)]
struct Ny {
    slag: Slag,
    tittel: String,
    beskrivelse: String,
    samtykke_ref: String,
}

/// How a sak stands on the agenda; everything in it is checked.
#[derive(Clone, Copy, Debug)]
struct Oppsett {
    elementtype: Elementtype,
    minutter: Option<u32>,
    fast: bool,
}
