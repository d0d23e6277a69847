//! Bryt glass: the one road by which an administrator may read a møte they were not in. One asks with a reason, another lets them in for
//! four hours at most, and the team is told at once. A møte that is locked
//! from inside (`mote.last_innenfra`) stays closed.
mod db;
mod routes;
mod tilstand;
mod views;

use serde::Deserialize;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub use routes::{Glass, VisGlass, routes};
pub use tilstand::{Avgjorelse, LENGST, Nektet, Status};

use crate::{Result, mote::VisMote, tid};

/// How many days the first page tells the team of it.
pub const VARSLES_DAGER: i32 = 14;

/// What the team reads of it on the page of the møte.
#[derive(Clone, Debug, Deserialize)]
pub struct Brudd {
    bedt_av: String,
    avgjort_av: String,
    pub grunn: String,
    #[serde(with = "time::serde::iso8601")]
    avgjort: OffsetDateTime,
    #[serde(with = "time::serde::iso8601")]
    utloper: OffsetDateTime,
}

impl Brudd {
    /// Reads what `glass_ved_mote` gives.
    ///
    /// # Errors
    /// When it is not what that function gives.
    pub fn les(json: &str) -> Result<Vec<Self>> {
        serde_json::from_str(json).map_err(|feil| crate::Error::Intern(format!("brutt glass: {feil}")))
    }

    /// «Arne Admin fikk åpne møtet 18.11.2026 kl. 11.00, til kl. 13.00. Godkjent av Åse Admin».
    pub fn i_ord(&self) -> String {
        format!(
            "{} fikk åpne møtet {}, til {}. Godkjent av {}",
            self.bedt_av,
            nar(self.avgjort),
            tid::kl(tid::lokal(self.utloper).time()),
            self.avgjort_av
        )
    }
}

/// A møte of mine that an administrator was let in to.
#[derive(Clone, Debug, Deserialize)]
pub struct TilMeg {
    mote: Uuid,
    forum: String,
    #[serde(with = "tid::iso_dato")]
    motedag: Date,
    av: String,
}

impl TilMeg {
    pub fn forum(&self) -> &str {
        &self.forum
    }

    pub fn detalj(&self) -> String {
        format!("{} har fått åpne møtet {} uten å være med.", self.av, tid::dato(self.motedag))
    }

    pub fn sti(&self) -> String {
        format!("{}#glass", VisMote { id: self.mote })
    }
}

/// «18.11.2026 kl. 11.00».
fn nar(tid_: OffsetDateTime) -> String {
    format!("{} {}", tid::dato(tid::dag(tid_)), tid::kl(tid::lokal(tid_).time()))
}
