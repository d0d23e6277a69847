//! Tilgang: twice a year whoever answers for an access confirms it or ends it; what nobody confirms ends after a warning.
mod daglig;
mod db;
mod frist;
mod routes;
mod views;

pub use daglig::daglig;
pub use frist::{apnet, fersk, slutter};
pub use routes::{GjennomgaTilganger, routes};
use time::Date;

use crate::tid;

/// What the first page says of access.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct TilMeg {
    /// Whether the region's access has been looked after today.
    pub gjort: bool,
    /// How many wait for me to confirm or end them.
    pub venter: i64,
    /// How many of my own will end.
    pub egne: i64,
    /// When that was first said.
    #[serde(with = "tid::iso_dato::option")]
    varslet: Option<Date>,
}

impl TilMeg {
    /// The day my own ends, unless somebody confirms it.
    pub fn slutter(&self) -> Option<Date> {
        self.varslet.map(slutter)
    }
}
