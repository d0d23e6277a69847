//! Tiltak by level: primær, sekundær and tertiær side by side, what shares a goal, and whether the effort moves to the left
//! («beskriver tiltak på primært, sekundært og tertiært nivå», «en reell venstreforskyvning»).
mod db;
mod fordeling;
mod routes;
mod views;

pub use routes::TiltakNivaer;
pub(super) use routes::routes;

use fordeling::{Fordeling, retning};
