//! The faces of auth.
use askama::Template;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{inn::Etterpa, okt::Valg, okter::MinOkt, totrinn};
use crate::{tid, web::Feil};

#[derive(Template, Default)]
#[template(path = "auth/logg_inn.html")]
pub(super) struct LoggInn {
    pub(super) epost: String,
    pub(super) etterpa: Etterpa,
    pub(super) feil: Feil,
    pub(super) demo: bool,
}

impl LoggInn {
    pub(super) fn ny(neste: String, demo: bool) -> Self {
        Self { etterpa: Etterpa { neste, ..Etterpa::default() }, demo, ..Self::default() }
    }

    /// The page a form meets when its session has ended.
    pub(super) fn for_skjema(sti: String, skjema: String) -> Self {
        let etterpa = Etterpa { neste: String::new(), gjenoppta_sti: sti, gjenoppta_skjema: skjema };
        Self { etterpa, ..Self::default() }
    }
}

/// The second step.
#[derive(Template)]
#[template(path = "auth/kode.html")]
pub(super) struct Kode {
    pub(super) etterpa: Etterpa,
    pub(super) feil: Feil,
}

/// The page behind a link that works once; no e-mail when it works no more.
#[derive(Template)]
#[template(path = "auth/ny_innlogging.html")]
pub(super) struct NyInnlogging {
    pub(super) epost: Option<String>,
    pub(super) lenke: String,
    pub(super) feil: Feil,
}

/// Is it you? Asked before a sensitive act, with the form that waits.
#[derive(Template)]
#[template(path = "auth/bekreft.html")]
pub(super) struct Bekreft {
    /// Where the answer goes: to the form's own path, with a mark.
    pub(super) sti: String,
    pub(super) holdt: String,
    pub(super) har_totrinn: bool,
    pub(super) feil: Feil,
}

/// The demo's log-ins: what stands before the @, and who that is.
pub const DEMOBRUKERE: [(&str, &str); 13] = [
    ("teamleder", "Rektor og teamleder"),
    ("styrer", "Styrer i barnehage og teamleder"),
    ("ppt", "PPT-rådgiver"),
    ("helsesykepleier", "Helsesykepleier"),
    ("barnevern", "Barnevernskontakt"),
    ("nav", "NAV-veileder, invitert"),
    ("kommunalsjef", "Kommunalsjef oppvekst"),
    ("kommunedirektor", "Kommunedirektør"),
    ("politiker", "Politiker i kommunestyret"),
    ("statsforvalter", "Rådgiver hos statsforvalteren"),
    ("koordinator", "Regionkoordinator og kommunekoordinator"),
    ("admin", "Systemadministrator"),
    ("admin2", "Systemadministrator nummer to"),
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
    pub(super) totrinn: totrinn::Stand,
    /// Whether it may not be turned off.
    pub(super) totrinn_kreves: bool,
    /// Where the account is signed in.
    pub(super) okter: Vec<MinOkt>,
    pub(super) feil: Feil,
}

impl Konto {
    /// The day the second step was set up.
    fn totrinn_fra(&self) -> Option<String> {
        self.totrinn.opprettet.map(|nar| tid::dato(tid::dag(nar)))
    }

    /// Whether it is signed in anywhere else.
    fn er_flere_steder(&self) -> bool {
        self.okter.iter().any(|o| !o.denne)
    }
}

impl MinOkt {
    fn begynte(&self) -> String {
        nar(self.opprettet)
    }

    fn brukt(&self) -> String {
        nar(self.sist_brukt)
    }
}

/// «22.11.2026 kl. 11.52».
fn nar(oyeblikk: OffsetDateTime) -> String {
    let lokal = tid::lokal(oyeblikk);
    format!("{} kl. {}", tid::dato(lokal.date()), tid::kl(lokal.time()))
}
