//! Regelsett: what a region has decided about its team: how often, how long and with whom, and how a unit stands to it.
mod db;
mod krav;
mod routes;
mod semester;
mod skjema;
mod status;
mod views;

pub use db::{Regler, hent};
pub use krav::{Overstyring, Regelsett, UtenBegrunnelse, gjeldende};
pub use routes::routes;
pub use semester::{Halvar, Semester, Semestergrenser, UgyldigeGrenser, UkjentSemester};
pub use status::{Grunnlag, Status, Stilling};
