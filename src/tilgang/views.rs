//! The face of going through access.
use askama::Template;

use super::{
    db::{FLEST, Linje},
    frist::slutter,
};
use crate::{auth::Rolletype, tid, web::Feil};

#[derive(Template)]
#[template(path = "tilgang/gjennomga.html")]
pub(super) struct Gjennomga {
    pub(super) linjer: Vec<Linje>,
    /// What was chosen, when the form comes back.
    pub(super) valg: Vec<(String, String)>,
    pub(super) feil: Feil,
}

impl Gjennomga {
    fn er_flere(&self) -> bool {
        i64::try_from(self.linjer.len()).unwrap_or_default() >= FLEST
    }

    fn er_valgt(&self, linje: &Linje, svar: &str) -> bool {
        self.valg.iter().any(|(id, valgt)| valgt == svar && *id == linje.id.to_string())
    }
}

impl Linje {
    /// «Leder i TST Fjellheim skole», «Plass i …» or «Kommunalsjef, Tynset».
    fn hva(&self) -> String {
        match (self.slag.as_str(), self.sted.as_str()) {
            ("leder", sted) => format!("Leder i {sted}"),
            ("plass", sted) => format!("Plass i {sted}"),
            (slag, sted) => {
                let navn = slag.parse::<Rolletype>().map_or("Ukjent rolle", Rolletype::navn);
                if sted.is_empty() { format!("Rollen {}", navn.to_lowercase()) } else { format!("{navn}, {sted}") }
            }
        }
    }

    fn siden(&self) -> String {
        tid::dato(self.fra)
    }

    /// The last day, when it has been warned of.
    fn slutter(&self) -> Option<String> {
        self.varslet.map(|dag| tid::dato(slutter(dag)))
    }
}

/// What was done, in words.
pub(super) fn gjort(bekreftet: usize, avsluttet: usize) -> String {
    let telt = |n: usize| if n == 1 { "1 tilgang".to_owned() } else { format!("{n} tilganger") };
    match (bekreftet, avsluttet) {
        (0, 0) => "Ingen tilganger er endret. Noen andre har alt gått gjennom dem".to_owned(),
        (b, 0) => format!("{} er bekreftet", telt(b)),
        (0, a) => format!("{} er avsluttet", telt(a)),
        (b, a) => format!("{} er bekreftet, {a} avsluttet", telt(b)),
    }
}
