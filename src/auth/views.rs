//! The faces of auth.
use askama::Template;
use uuid::Uuid;

use super::{Identitet, okt::Valg};
use crate::web::Feil;

#[derive(Template, Default)]
#[template(path = "auth/logg_inn.html")]
pub(super) struct LoggInn {
    pub(super) epost: String,
    pub(super) neste: String,
    pub(super) gjenoppta_sti: String,
    pub(super) gjenoppta_skjema: String,
    pub(super) feil: Feil,
    pub(super) demo: bool,
}

impl LoggInn {
    pub(super) fn ny(neste: String, demo: bool) -> Self {
        Self { neste, demo, ..Self::default() }
    }

    /// The page a form meets when its session has ended.
    pub(super) fn for_skjema(sti: String, skjema: String) -> Self {
        Self { gjenoppta_sti: sti, gjenoppta_skjema: skjema, ..Self::default() }
    }
}

/// The demo's log-ins: what stands before the @, and who that is.
pub const DEMOBRUKERE: [(&str, &str); 10] = [
    ("teamleder", "Rektor og teamleder"),
    ("styrer", "Styrer i barnehage og teamleder"),
    ("ppt", "PPT-rådgiver"),
    ("helsesykepleier", "Helsesykepleier"),
    ("barnevern", "Barnevernskontakt"),
    ("nav", "NAV-veileder, invitert"),
    ("kommunalsjef", "Kommunalsjef oppvekst"),
    ("kommunedirektor", "Kommunedirektør"),
    ("koordinator", "Regionkoordinator og kommunekoordinator"),
    ("admin", "Systemadministrator"),
];

/// The demo's regions, as the domains of their log-ins.
pub const DEMOREGIONER: [&str; 3] = ["nord-osterdal.example", "vaernesregionen.example", "0-24.example"];

/// The form that waited while its writer logged in.
#[derive(Template)]
#[template(path = "auth/gjenoppta.html")]
pub(super) struct Gjenoppta {
    sti: String,
    felter: Vec<(String, String)>,
}

impl Gjenoppta {
    pub(super) fn ny(sti: String, skjema: &str) -> Self {
        Self { sti, felter: crate::web::les_skjema(skjema.as_bytes()).unwrap_or_default() }
    }

    /// What its writer wrote: fields with words in them.
    fn skrevet(&self) -> impl Iterator<Item = &(String, String)> {
        self.felter.iter().filter(|(navn, verdi)| navn != "nokkel" && verdi.contains(' '))
    }
}

#[derive(Template)]
#[template(path = "auth/pa_vegne_av.html")]
pub(super) struct PaVegneAv {
    pub(super) valg: Vec<Valg>,
    pub(super) na: Option<Uuid>,
}

#[derive(Template)]
#[template(path = "auth/konto.html")]
pub(super) struct Konto {
    pub(super) epost: String,
    pub(super) ma_bytte: bool,
    pub(super) feil: Feil,
}

impl Konto {
    pub(super) fn ny(identitet: &Identitet) -> Self {
        Self { epost: identitet.epost.clone(), ma_bytte: identitet.ma_bytte_passord, feil: Feil::default() }
    }
}
