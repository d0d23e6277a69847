//! Oppmøte: who said they would come, and who came.
//!
//! Other rooms show a person's own choices with the macros in `templates/oppmote/svar.html` (`svar`, `mitt_oppmote`), which
//! take plain strings, and the whole list with [`deltakere`]. Only this room writes answers and attendance.
mod db;
mod dyktig;
mod nar;
mod opphold;
mod routes;
mod svar;
mod tider;
mod views;

use time::OffsetDateTime;
use uuid::Uuid;

pub use db::{deltaker, deltakere, deltakere_i};
pub use dyktig::{Dyktighet, kan_beslutte_for};
pub use nar::{Stengt, kan_fore, kan_fore_eget, kan_svare};
pub use opphold::{Feiltid, Opphold, Trykk};
pub use routes::{AlleTilStede, MittOppmote, MittSvar, Registrer, routes};
pub use svar::{Detaljer, Forfallsgrunn, Oppmote, Regelbrudd, Svar};
pub use tider::RegistrerTid;

use crate::tjeneste::Tjenestetype;

/// A participant of a møte as one list shows them.
#[derive(Clone, Debug)]
pub struct Deltaker {
    pub id: Uuid,
    /// `None` for a seat its service has not filled.
    pub person: Option<Uuid>,
    pub navn: Option<String>,
    /// What they are: «PPT-rådgiver».
    pub tittel: String,
    pub tjeneste: Tjenestetype,
    pub fast: bool,
    pub moteplikt: bool,
    /// Whether they may decide for their tjeneste.
    pub fullmakt: bool,
    pub svar: Svar,
    pub oppmote: Option<Oppmote>,
    /// Who comes or came instead.
    pub vara: Option<String>,
    pub grunn: Option<Forfallsgrunn>,
    /// When they came late or left early.
    pub opphold: Opphold,
}

impl Deltaker {
    /// How to speak of them: the person, or the service whose seat is empty.
    pub fn hvem(&self) -> &str {
        self.navn.as_deref().unwrap_or(self.tjeneste.navn())
    }

    /// What they come as: «PPT-rådgiver, PPT», each word once.
    pub fn rolle(&self) -> String {
        let tjeneste = self.tjeneste.navn();
        if self.tittel.is_empty() || self.tittel == tjeneste {
            tjeneste.to_owned()
        } else {
            format!("{}, {tjeneste}", self.tittel)
        }
    }

    pub fn svar_slug(&self) -> &'static str {
        self.svar.slug()
    }

    /// Empty when nobody has registered it.
    pub fn oppmote_slug(&self) -> &'static str {
        self.oppmote.map_or("", Oppmote::slug)
    }

    /// Empty when nobody comes instead.
    pub fn vara_navn(&self) -> &str {
        self.vara.as_deref().unwrap_or_default()
    }

    /// Empty when none is given.
    pub fn grunn_slug(&self) -> &'static str {
        self.grunn.map_or("", Forfallsgrunn::slug)
    }

    /// The attendance in words: «Vara: Kari Vik», «Forfall: reise eller vær», «Til stede, kom kl. 09.15».
    pub fn oppmote_i_ord(&self) -> String {
        let ord = self.oppmote.map_or_else(|| "Ikke ført".to_owned(), |oppmote| self.med_detaljer(oppmote.navn()));
        self.opphold.i_ord().map_or(ord.clone(), |opphold| format!("{ord}, {opphold}"))
    }

    /// Whether they or their stand-in are in the room at an instant; `None` asks whether they came at all.
    pub fn er_inne(&self, nar: Option<OffsetDateTime>) -> bool {
        self.kom() && nar.is_none_or(|nar| self.opphold.er_inne(nar))
    }

    /// Whether they or their stand-in came.
    fn kom(&self) -> bool {
        self.oppmote.is_some_and(Oppmote::oppfyller_moteplikt)
    }

    /// What may be logged with one tap as it happens.
    pub fn trykk(&self) -> &'static [Trykk] {
        match (self.kom(), self.opphold) {
            (false, _) => &[Trykk::Kom],
            (true, Opphold { gikk: Some(_), .. }) => &[Trykk::KomTilbake],
            (true, Opphold { kom: Some(_), .. }) => &[Trykk::Gikk],
            (true, _) => &[Trykk::Kom, Trykk::Gikk],
        }
    }

    /// The answer in words.
    pub fn svar_i_ord(&self) -> String {
        self.med_detaljer(self.svar.navn())
    }

    fn med_detaljer(&self, hva: &str) -> String {
        match (&self.vara, self.grunn) {
            (Some(vara), _) => format!("{hva}: {vara}"),
            (None, Some(grunn)) => format!("{hva}: {}", grunn.navn().to_lowercase()),
            (None, None) => hva.to_owned(),
        }
    }
}

/// How far the registering has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    pub av: usize,
    pub registrert: usize,
    pub til_stede: usize,
    pub vara: usize,
    /// Of those who came.
    pub gatt: usize,
}

impl Telling {
    pub fn av(deltakere: &[Deltaker]) -> Self {
        let antall = |hva| deltakere.iter().filter(|d| d.oppmote == Some(hva)).count();
        Self {
            av: deltakere.len(),
            registrert: deltakere.iter().filter(|d| d.oppmote.is_some()).count(),
            til_stede: antall(Oppmote::TilStede),
            vara: antall(Oppmote::Vara),
            gatt: deltakere.iter().filter(|d| d.opphold.gikk.is_some()).count(),
        }
    }
}

/// «3 av 4 registrert, 2 til stede og 1 vara, 1 har gått».
impl std::fmt::Display for Telling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} av {} registrert, {} til stede", self.registrert, self.av, self.til_stede)?;
        if self.vara > 0 {
            write!(f, " og {} vara", self.vara)?;
        }
        if self.gatt > 0 { write!(f, ", {} har gått", self.gatt) } else { Ok(()) }
    }
}
