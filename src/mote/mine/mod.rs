//! «Mine møter»: those the one who asks is invited to or leads the forum of; the coming ones by day, the earlier by page.
mod db;
mod routes;
mod views;

pub use routes::MineMoter;
pub(super) use routes::routes;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{BookMote, Status, VisMote, klokke};
use crate::{
    oppmote::{Oppmote, Svar},
    tid,
};

/// Earlier møter on one page.
const PER_SIDE: i64 = 20;

/// A forum the one who asks may book in.
struct Ledet {
    id: Uuid,
    navn: String,
}

impl Ledet {
    fn book(&self) -> String {
        BookMote { forum: self.id }.to_string()
    }
}

struct Rad {
    id: Uuid,
    forum: String,
    hvor: String,
    start: OffsetDateTime,
    slutt: OffsetDateTime,
    sted: String,
    status: Status,
    /// What the one who asks has answered; `None` when not invited.
    svar: Option<Svar>,
    oppmote: Option<Oppmote>,
}

impl Rad {
    fn tidsrom(&self) -> String {
        tid::tidsrom(klokke(self.start), klokke(self.slutt))
    }

    fn dato(&self) -> String {
        tid::dato(tid::dag(self.start))
    }

    fn sti(&self) -> String {
        VisMote { id: self.id }.to_string()
    }
}
