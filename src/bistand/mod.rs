//! Bistandsforespørsel: what a team lifts to the kommune's own team, which may ask a tjeneste in turn, and the answer that comes
//! back to its agenda.
//!
//! Strategisk plan, Nord-Østerdal: «tydelige rutiner for informasjonsflyt og bistand» between the teams round units and the
//! municipal one. It holds no names: the least that is needed to ask, what has been tried, and a day to answer by.
mod db;
mod mottakere;
mod routes;
mod skjema;
mod tilstand;
mod ved_mote;
mod views;

pub use routes::{Bistand, Loft, VisBistand, routes};
pub use tilstand::{Handling, Status, UlovligOvergang, frist_i_ord, over_frist};
use time::{Date, OffsetDateTime};
use uuid::Uuid;
pub use ved_mote::VedMote;

/// What is asked for; everything in it is checked.
#[derive(Clone, Debug)]
struct Oppgitt {
    overskrift: String,
    behov: String,
    provd: String,
    svarfrist: Date,
}

/// One request as its own page knows it.
#[derive(Clone, Debug)]
struct Foresporsel {
    id: Uuid,
    fra: (Uuid, String),
    /// Without an id it is a tjeneste.
    til: (Option<Uuid>, String),
    innhold: Oppgitt,
    status: Status,
    svar: String,
    avvist_grunn: String,
    versjon: i32,
    mote: Option<Opphavsmote>,
    /// What has happened, the first first.
    hendelser: Vec<Hendelse>,
    /// The request it was sent on from, for those who may see that.
    opphav: Option<(Uuid, String)>,
    videre: Vec<SendtVidere>,
}

/// The møte a request was lifted from.
#[derive(Clone, Debug)]
struct Opphavsmote {
    id: Uuid,
    start: OffsetDateTime,
    /// The point of its agenda; empty when none was named.
    punkt: String,
    /// Whether the one who asks may open it.
    synlig: bool,
}

/// Something that was done to a request: what, by whom, when.
#[derive(Clone, Debug)]
struct Hendelse {
    hva: &'static str,
    hvem: String,
    nar: OffsetDateTime,
}

/// A request sent on from another one.
#[derive(Clone, Debug, serde::Deserialize)]
struct SendtVidere {
    id: Uuid,
    til: String,
    status: String,
    /// Whether the one who asks may open it.
    synlig: bool,
    /// What came back, for those who may open it.
    svar: String,
    avvist_grunn: String,
}

/// How far a member sees requests beyond those sent to their own tjeneste.
#[derive(Clone, Copy, Debug)]
struct Innsyn {
    /// Those of the fora one is a member of.
    fora: bool,
    /// Every one of this kommune.
    kommune: Option<Uuid>,
}

/// Whom a request is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mottaker {
    Forum(Uuid),
    Tjeneste(Uuid),
}

/// What a form to lift something needs to know.
#[derive(Clone, Debug)]
struct Grunnlag {
    forum: (Uuid, String),
    kommune: String,
    er_kommunens: bool,
    avsluttet: bool,
    /// The kommune's own team, when it has one.
    mottaker: Option<(Uuid, String)>,
    mote: Option<Motevalg>,
}

/// The møte that something is lifted from, with its points.
#[derive(Clone, Debug)]
struct Motevalg {
    id: Uuid,
    start: OffsetDateTime,
    punkter: Vec<(Uuid, String)>,
}
