//! The face of the front page of administrasjon.
use askama::Template;

/// One card: what is looked after, how much there is of it, and what one does there.
pub(super) struct Kort {
    pub(super) ord: &'static str,
    pub(super) sti: &'static str,
    pub(super) ikon: &'static str,
    pub(super) antall: String,
    pub(super) setning: &'static str,
}

#[derive(Template)]
#[template(path = "admin/forside.html")]
pub(super) struct Forside {
    pub(super) kort: Vec<Kort>,
}
