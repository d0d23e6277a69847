//! Tiltak: what a team has agreed to do, with a goal, one who answers for it, a deadline and an evaluation.
//!
//! It is made in a møte, as a rule from a beslutning, and stands on the team's next agenda until it has ended. `tilstand` is its life,
//! which the database keeps too; only this room writes `tiltak` and `tiltak_evaluering`.
mod db;
mod nivaer;
mod ord;
mod overfor;
mod routes;
mod skjema;
mod tilstand;
mod utvalg;
mod views;

pub use nivaer::TiltakNivaer;
pub use ord::{Kategori, Niva, Tiltaksniva, UtformetMed};
pub use overfor::{OverforTiltak, overta};
pub use routes::{LagTiltak, LagTiltakUnder, TiltakListe, VisTiltak, routes};
pub use tilstand::{Status, Trekk, UlovligTrekk, Videre, Virkning};
use time::Date;
use uuid::Uuid;

use crate::{tid, tjeneste::Tjenestetype};

/// A tiltak with where it comes from and who answers for it.
#[derive(Clone, Debug)]
struct Tiltak {
    id: Uuid,
    forum: Uuid,
    forum_navn: String,
    mote: Uuid,
    motedag: Date,
    /// The element of the agenda it comes from.
    punkt: String,
    /// The words of the decision; `None` when there is none.
    beslutning: Option<String>,
    mal: String,
    hva: String,
    niva: Niva,
    tiltaksniva: Tiltaksniva,
    kategori: Kategori,
    styrker: String,
    tjeneste: Tjenestetype,
    ansvarlig: Uuid,
    ansvarlig_navn: String,
    frist: Date,
    neste_evaluering: Date,
    utformet_med: UtformetMed,
    status: Status,
    skal_evalueres: Option<bool>,
    evalueres: Option<Date>,
    versjon: i32,
    opprettet_av: String,
    opprettet: Date,
}

impl Tiltak {
    fn sti(&self) -> String {
        VisTiltak { id: self.id }.to_string()
    }

    /// The path of one of its pages or acts: «endre», «evaluer», «status».
    fn understi(&self, hva: &str) -> String {
        format!("{}/{hva}", self.sti())
    }

    fn tittel(&self) -> String {
        kort(&self.hva)
    }

    fn krev_apent(&self) -> crate::Result<()> {
        if self.status.er_slutt() {
            return Err(crate::Error::Regelbrudd("Tiltaket er avsluttet og kan ikke endres.".into()));
        }
        Ok(())
    }

    fn frist_i_ord(&self, i_dag: Date) -> Frist {
        frist_i_ord(self.status, (self.frist, self.neste_evaluering), i_dag)
    }
}

/// One that has not ended, as a møte lists it.
#[derive(Clone, Debug)]
pub struct Apent {
    pub id: Uuid,
    pub hva: String,
    pub ansvarlig: String,
    pub frist: Date,
    pub neste_evaluering: Date,
    pub status: Status,
}

impl Apent {
    pub fn sti(&self) -> String {
        VisTiltak { id: self.id }.to_string()
    }

    pub fn tittel(&self) -> String {
        kort(&self.hva)
    }

    pub fn fristdato(&self) -> String {
        tid::dato(self.frist)
    }

    /// How its dates stand, as [`frist_i_ord`] says it.
    pub fn frist_i_ord(&self, i_dag: Date) -> Frist {
        frist_i_ord(self.status, (self.frist, self.neste_evaluering), i_dag)
    }
}

/// How the dates of a tiltak stand today, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frist {
    pub ord: String,
    pub over: bool,
}

/// The date that matters now, and how far over it is: «12 dager over fristen», «Skulle vært evaluert 01.11.2026».
pub fn frist_i_ord(status: Status, (frist, evaluering): (Date, Date), i_dag: Date) -> Frist {
    let dager = (i_dag - frist).whole_days();
    match status {
        Status::Avsluttet => Frist { ord: String::new(), over: false },
        _ if dager > 0 => {
            let ord = if dager == 1 { "1 dag over fristen".to_owned() } else { format!("{dager} dager over fristen") };
            Frist { ord, over: true }
        }
        _ if evaluering < i_dag => {
            Frist { ord: format!("Skulle vært evaluert {}", tid::dato(evaluering)), over: true }
        }
        _ if dager == 0 => Frist { ord: "Fristen er i dag".to_owned(), over: false },
        _ => Frist { ord: String::new(), over: false },
    }
}

/// The first words of a tiltak, as its title.
fn kort(hva: &str) -> String {
    const LENGST: usize = 90;
    let linje = hva.lines().next().unwrap_or_default();
    if linje.chars().count() <= LENGST {
        return linje.to_owned();
    }
    let start: String = linje.chars().take(LENGST).collect();
    format!("{}…", start.rsplit_once(' ').map_or(start.as_str(), |(hele, _)| hele))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::date;

    use super::*;

    #[test]
    fn a_date_that_has_passed_is_said_in_words() {
        let i_dag = date!(2026 - 11 - 18);
        let ord = |frist, evaluering| frist_i_ord(Status::Pagar, (frist, evaluering), i_dag).ord;
        assert_eq!(ord(date!(2026 - 11 - 17), i_dag), "1 dag over fristen");
        assert_eq!(ord(date!(2026 - 11 - 06), i_dag), "12 dager over fristen");
        assert_eq!(ord(i_dag, date!(2026 - 11 - 01)), "Skulle vært evaluert 01.11.2026");
        assert_eq!(ord(i_dag, i_dag), "Fristen er i dag");
        assert_eq!(ord(date!(2026 - 12 - 01), i_dag), "");
        assert!(!frist_i_ord(Status::Avsluttet, (date!(2026 - 01 - 01), date!(2026 - 01 - 01)), i_dag).over);
    }

    proptest! {
        #[test]
        fn a_title_is_one_short_line(hva in "\\PC{0,300}\n?\\PC{0,50}") {
            let tittel = kort(&hva);
            prop_assert!(tittel.chars().count() <= 91 && !tittel.contains('\n'));
        }
    }
}
