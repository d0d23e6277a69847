//! Administrasjon: the front page of what a role may look after, and the form all master data share.
mod grunndata;
mod routes;
mod views;

pub use grunndata::{
    Avslutning, Listehode, Skjemahode, Slutt, Utgang, Vist, finnes_fra, les_orgnr, les_versjon, utgang,
};
pub use routes::routes;
