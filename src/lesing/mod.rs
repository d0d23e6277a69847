//! Lesing: the referat as it is read, and what those who were called in say of it: that it is read, or a remark.
//!
//! A word belongs to one version of the referat; a correction (`rettelse`) asks again. Silence until the deadline counts as read.
mod db;
mod routes;
mod stilling;
mod views;

pub use routes::{BekreftLest, SkrivMerknad, VisReferat, VisVersjon, routes};
pub use stilling::{FRIST_DAGER, Stengt, Stilling, frist, kan_svare};
