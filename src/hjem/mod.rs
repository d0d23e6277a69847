//! Hjem: the first page, by role: what waits for me, my next møte, how my team stands, and the numbers in short.
mod db;
mod oppgaver;
mod routes;
mod views;

pub use routes::{Hjem, routes};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    forum::{Forum, Maling},
    mote::Status,
    oppmote::{Oppmote, Svar},
    regelsett::Stilling,
    tid,
    tjeneste::Tjenestetype,
};

/// A møte I am called to or lead the forum of, not yet over.
#[derive(Clone, Debug)]
struct MittMote {
    id: Uuid,
    forum: String,
    /// The kommune; empty when the forum is the whole region's.
    hvor: String,
    start: OffsetDateTime,
    slutt: OffsetDateTime,
    sted: String,
    status: Status,
    inviterte: i64,
    har_svart: i64,
    leder: bool,
    /// What I have answered; `None` when I lead it without being called.
    svar: Option<Svar>,
    oppmote: Option<Oppmote>,
}

impl MittMote {
    fn dag(&self) -> Date {
        tid::dag(self.start)
    }
}

/// A team I lead, and how its semester stands.
struct MittTeam {
    forum: Forum,
    mal: Maling,
    stilling: Stilling,
    /// Fixed services without a seat.
    mangler: Vec<Tjenestetype>,
    /// Fixed seats without a person.
    ledige: Vec<Tjenestetype>,
}

/// A ferdigstilt referat that I have not said anything of, while its deadline lasts.
#[derive(Clone, Debug, serde::Deserialize)]
struct TilLesing {
    mote: Uuid,
    forum: String,
    #[serde(with = "tid::iso_dato")]
    motedag: Date,
    /// The last day to answer.
    #[serde(with = "tid::iso_dato")]
    frist: Date,
    /// The version that counts.
    nr: i32,
}

/// How many bistandsforespørsler wait for me, at either end.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize)]
struct Bistandstall {
    /// Not yet received.
    nye: i64,
    /// Not answered in time.
    ute: i64,
    /// Answered or refused, and not yet closed by me.
    svart: i64,
}

/// How the tiltak one answers for stand; each is counted once.
#[derive(Clone, Copy, Debug, Default)]
struct MineTiltak {
    over_fristen: i64,
    /// Those whose evaluation has come.
    til_evaluering: i64,
}

/// Saker reported to the teams I lead that nobody has judged.
#[derive(Clone, Copy, Debug, Default)]
struct MeldteSaker {
    antall: i64,
    /// The one that has waited longest.
    eldste: Uuid,
}

/// What an administrator of users has to look after.
#[derive(Clone, Copy, Debug, Default)]
struct Tilgang {
    /// Persons with an account but no role today.
    uten_rolle: i64,
    /// Roles that end within thirty days.
    utloper: i64,
    /// Requests of other administrators to break glass.
    glass: i64,
}
