//! «Mine møter»: those the one who asks is invited to or leads the forum of; the coming ones by day, the earlier by page.
mod db;
mod routes;
mod views;

pub use routes::MineMoter;
pub(super) use routes::routes;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{BookMote, Status, VisMote, klokke, views::Valg};
use crate::{
    oppmote::{Forfallsgrunn, Oppmote, Svar},
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
    vara: String,
    grunn: Option<Forfallsgrunn>,
    /// What may be said from the list itself.
    valg: Valg,
}

impl Rad {
    fn tidsrom(&self) -> String {
        tid::tidsrom(klokke(self.start), klokke(self.slutt))
    }

    fn dato(&self) -> String {
        tid::dato(tid::dag(self.start))
    }

    fn svar_slug(&self) -> &'static str {
        self.svar.map_or("", Svar::slug)
    }

    fn oppmote_slug(&self) -> &'static str {
        self.oppmote.map_or("", Oppmote::slug)
    }

    fn grunn_slug(&self) -> &'static str {
        self.grunn.map_or("", Forfallsgrunn::slug)
    }

    /// Which møte, for screen readers: «TST Fjellheim skole 25.11.2026».
    fn om(&self) -> String {
        format!("{} {}", self.forum, self.dato())
    }

    fn sti(&self) -> String {
        VisMote { id: self.id }.to_string()
    }
}
