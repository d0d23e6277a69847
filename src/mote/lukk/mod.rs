//! The two ways round a møte that is not to be: close it without a referat, or take back an avlysning made by mistake.
mod arsak;
mod db;
mod routes;
mod views;

pub use arsak::Lukkearsak;
pub(super) use routes::routes;
pub use routes::{AngreAvlysning, LukkMote};
