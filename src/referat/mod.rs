//! Referat: what a møte wrote down; locked when the møte is finished.
mod ferdig;

pub use ferdig::{Deltaker, Element, Ferdigstilling, Mangel};
