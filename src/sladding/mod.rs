//! Sladding: words taken out of a ferdigstilt møte for good, asked for by one and approved by another («fire øyne»).
//!
//! The words go from the referat, its versions and remarks, and from the saker, tiltak and requests that came of the møte
//! (`sladd` in `0037_sladding.sql`). What stays is who, when and why; who had received them is asked to delete their own copies.
mod db;
mod routes;
mod tilstand;
mod views;

use serde::Deserialize;
use time::Date;
use uuid::Uuid;

pub use routes::{BeOmSladding, VisSladding, VisVarsel, routes};
pub use tilstand::{Avgjorelse, Nektet, Status};

use crate::{Result, db::les_ord, tid};

/// What is left of a request when it has been judged: never the words.
#[derive(Clone, Debug, Deserialize)]
pub struct Spor {
    id: Uuid,
    status: String,
    grunn: String,
    avslag_grunn: String,
    bedt_av: String,
    #[serde(with = "tid::iso_dato")]
    bedt: Date,
    avgjort_av: Option<String>,
    #[serde(with = "tid::iso_dato::option")]
    avgjort: Option<Date>,
    /// Those who were asked to delete their copies, and those who say they have.
    varslet: i64,
    kvittert: i64,
}

/// Something that waits for the one who asks: a request of another's to judge, or copies to delete.
#[derive(Clone, Debug, Deserialize)]
pub struct TilMeg {
    id: Uuid,
    mote: Uuid,
    forum: String,
    #[serde(with = "tid::iso_dato")]
    motedag: Date,
    avgjores: bool,
}

impl Spor {
    /// Reads what `sladdinger_ved_mote` gives.
    ///
    /// # Errors
    /// When it is not what that function gives.
    pub fn les(json: &str) -> Result<Vec<Self>> {
        serde_json::from_str(json).map_err(|feil| crate::Error::Intern(format!("sladdinger: {feil}")))
    }

    fn status(&self) -> Result<Status> {
        les_ord(&self.status)
    }

    pub fn grunn(&self) -> &str {
        &self.grunn
    }

    pub fn sti(&self, mote: &Uuid) -> VisSladding {
        VisSladding { id: *mote, sladding: self.id }
    }

    /// The day it was asked for.
    pub fn nar(&self) -> String {
        tid::dato(self.bedt)
    }

    /// Whether words were taken out.
    pub fn er_utfort(&self) -> bool {
        self.status == Status::Godkjent.slug()
    }

    /// «22.11.2026: bedt om av Rita Rektor, godkjent av Per Pedagog 23.11.2026».
    pub fn i_ord(&self) -> String {
        let bedt = format!("{}: bedt om av {}", tid::dato(self.bedt), self.bedt_av);
        let (Some(av), Some(nar), Ok(status)) = (&self.avgjort_av, self.avgjort, self.status()) else { return bedt };
        match status {
            Status::Trukket => format!("{bedt}, trukket {}", tid::dato(nar)),
            Status::Avslatt => format!("{bedt}, avslått av {av} {}", tid::dato(nar)),
            _ => format!("{bedt}, godkjent av {av} {}", tid::dato(nar)),
        }
    }

    /// «2 av 4 har bekreftet at kopiene deres er slettet»; empty when nobody was asked.
    fn kopier(&self) -> String {
        match self.varslet {
            0 => String::new(),
            alle => format!("{} av {alle} har bekreftet at kopiene deres er slettet", self.kvittert),
        }
    }
}

impl TilMeg {
    /// Whether it is a request to judge, not copies to delete.
    pub fn avgjores(&self) -> bool {
        self.avgjores
    }

    pub fn hva(&self) -> &'static str {
        if self.avgjores { "Ta stilling til en sladding" } else { "Slett kopiene dine: referatet er sladdet" }
    }

    pub fn forum(&self) -> &str {
        &self.forum
    }

    pub fn detalj(&self) -> String {
        let dag = tid::dato(self.motedag);
        let hva = if self.avgjores {
            "En annen ber om at tekst tas ut av referatet."
        } else {
            "Det gjelder utskrifter, filer og notater fra før."
        };
        format!("Møtet {dag}. {hva}")
    }

    /// The button's words and where it leads.
    pub fn lenke(&self) -> (&'static str, String) {
        if self.avgjores {
            ("Se og avgjør", VisSladding { id: self.mote, sladding: self.id }.to_string())
        } else {
            ("Les og bekreft", VisVarsel { id: self.id }.to_string())
        }
    }
}
