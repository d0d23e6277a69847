//! Møte: a meeting of a forum and its agenda, the elements in the order they are taken.
//!
//! `book` makes it, `rediger` orders its agenda and moves it to another day, `deltakere` says who is invited, `koble` calls in a tjeneste to one element, `mine` lists those
//! of the one who asks. What happens while it is held belongs to the rooms `referat` and `oppmote`.
mod agenda;
mod book;
mod db;
mod deltakere;
mod element;
mod helligdager;
mod koble;
mod lukk;
mod mine;
mod plasser;
mod rediger;
mod routes;
mod tilstand;
mod views;

pub use agenda::{Agenda, Regelbrudd};
pub use book::{BekreftMote, BookMote};
pub(crate) use book::{Grunnlag, NyttMote, VARSEL, grunnlag, opprett};
pub use deltakere::Deltakere;
pub use element::{Elementtype, Moteelement};
pub use helligdager::{Forslag, er_ferie, er_fridag, forslag, helligdag, helligdager, om_dagen, paskedag};
pub use koble::KoblePa;
pub use lukk::{AngreAvlysning, LukkMote, Lukkearsak};
pub use mine::MineMoter;
pub use plasser::{overta, sett_pa_kommende, ta_av_kommende};
pub use rediger::{FlyttMote, RedigerAgenda};
pub use routes::{AvlysMote, InnkallTilMote, VisMote, routes};
pub use tilstand::{Avlysning, ForSentAAngre, Handling, Status, UlovligOvergang};

use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

use crate::{glass::Brudd, medvirkning::Medvirkning, tid};

/// One møte as its own pages know it: what, when, where, and how it stands.
pub(crate) struct Mote {
    pub(crate) id: Uuid,
    pub(crate) forum: Uuid,
    pub(crate) forum_navn: String,
    /// Whether the forum is a tverrfaglig samhandlingsteam: only those have a least length.
    pub(crate) er_tst: bool,
    pub(crate) kommune: Option<Uuid>,
    pub(crate) enhet: Option<Uuid>,
    /// The unit and the kommune in words, as far as the forum has them.
    pub(crate) hvor: String,
    pub(crate) start: OffsetDateTime,
    pub(crate) slutt: OffsetDateTime,
    pub(crate) sted: String,
    pub(crate) status: Status,
    pub(crate) kort_begrunnelse: String,
    pub(crate) avlyst_begrunnelse: String,
    pub(crate) mangler_begrunnelse: String,
    /// When and from where it was called off, while it is.
    pub(crate) avlysning: Option<Avlysning>,
    /// When an avlysning was last taken back.
    pub(crate) angret: Option<OffsetDateTime>,
    /// Why it was closed without a referat.
    pub(crate) lukket: Option<(Lukkearsak, String)>,
    pub(crate) moteleder: String,
    pub(crate) versjon: i32,
    /// The version of the motemal it was made from.
    pub(crate) mal: Option<FraMal>,
    /// What was lifted from it and what has come back, for `bistand::VedMote` to read as far as the role reaches.
    pub(crate) bistand: String,
    /// What the team wants to talk about in it, for `sak::Saker` to spread over the agenda.
    pub(crate) saker: String,
    /// How children and guardians take part in it.
    pub(crate) medvirkning: Medvirkning,
    /// Whether it asks the one who reads what they thought of it.
    puls: bool,
    /// Who has been let in without being in it.
    glass: Vec<Brudd>,
    /// Whether it is closed to all but those who are called in.
    last_innenfra: bool,
}

/// What the version of the motemal that a møte came from says about it. A version never changes.
pub(crate) struct FraMal {
    pub(crate) navn: String,
    pub(crate) versjon: i32,
    pub(crate) apning: String,
    pub(crate) avrunding: String,
    pub(crate) sjekk_for: String,
    pub(crate) sjekk_etter: String,
}

impl Mote {
    pub(crate) fn sti(&self) -> String {
        VisMote { id: self.id }.to_string()
    }

    /// The path of one of its pages or acts: «agenda», «avlys», «hold» …
    pub(crate) fn understi(&self, hva: &str) -> String {
        format!("{}/{hva}", self.sti())
    }

    pub(crate) fn dato(&self) -> Date {
        tid::dag(self.start)
    }

    /// «TST Fjellheim skole, onsdag 25. november 2026».
    pub(crate) fn tittel(&self) -> String {
        format!("{}, {}", self.forum_navn, tid::dato_i_ord(self.dato()))
    }

    /// «kl. 08.30–11.00».
    pub(crate) fn tidsrom(&self) -> String {
        tid::tidsrom(klokke(self.start), klokke(self.slutt))
    }

    /// Whether day, place, people and the elements themselves may still be changed.
    pub(crate) fn er_apent(&self) -> bool {
        matches!(self.status, Status::Planlagt | Status::Innkalt)
    }

    /// Says no, in words, unless the møte is under way.
    pub(crate) fn krev_i_gang(&self) -> crate::Result<()> {
        self.krev_ikke_slutt()?;
        if self.er_apent() {
            return Err(crate::Error::Regelbrudd("Møtet er ikke startet ennå.".to_owned()));
        }
        Ok(())
    }

    /// Says no, in words, when the møte has begun or ended.
    pub(crate) fn krev_apent(&self) -> crate::Result<()> {
        let ord = match self.status {
            Status::Planlagt | Status::Innkalt => return Ok(()),
            Status::Pagar => "Møtet er i gang. Du kan endre rekkefølge og minutter, men ikke noe annet i innkallingen.",
            Status::Ferdigstilt => "Møtet er ferdigstilt og låst.",
            Status::Avlyst => "Møtet er avlyst. Book et nytt møte i stedet.",
            Status::Lukket => "Møtet er lukket uten referat. Book et nytt møte i stedet.",
        };
        Err(crate::Error::Regelbrudd(ord.to_owned()))
    }

    /// Says no, in words, when the møte has ended: until then somebody who comes along may be added.
    pub(crate) fn krev_ikke_slutt(&self) -> crate::Result<()> {
        if self.status == Status::Pagar { Ok(()) } else { self.krev_apent() }
    }
}

/// The clock in Oslo at an instant.
pub(crate) fn klokke(oyeblikk: OffsetDateTime) -> Time {
    tid::lokal(oyeblikk).time()
}

/// When each element begins and ends, as said on the screen: «08.30–09.15».
pub(crate) fn tider(agenda: &Agenda, start: Time) -> Vec<String> {
    agenda.klokkeslett(start).into_iter().map(|(fra, til)| format!("{}–{}", tid::kl(fra), tid::kl(til))).collect()
}
