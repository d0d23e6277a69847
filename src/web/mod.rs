//! The web kernel: the frame round every page, forms and their errors, flash, health.
mod adresse;
pub mod assets;
mod direkte;
mod frame;
mod helse;
mod liste;
mod skall;
mod skjema;
mod vert;
mod videre;

pub(crate) use adresse::{adresse, adresse_av};
pub(crate) use direkte::folg;
pub use frame::{Flash, Frame, FrameBruker, MedStatus, Menypunkt, Page, frame, logg};
pub use helse::routes as helse_routes;
pub use liste::{Liste, PER_SIDE, Utdrag};
pub use skall::{fang_panikk, hoder, krev_adresse};
pub use skjema::{Feil, Leser, Skjema, er_skjema, les_nokkel, les_skjema, like};
pub use vert::Vert;
pub use videre::{Videre, trygg_sti};

/// The answer of a form's handler: on to the next page, or the same page with its errors.
pub type Utfall<T> = crate::Result<std::result::Result<Videre, MedStatus<T>>>;
