//! What becomes of coming møter when the seats of their team change.
mod db;

pub use db::{overta, sett_pa_kommende, ta_av_kommende};
