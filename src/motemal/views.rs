//! The faces of motemaler.
use askama::Template;

use super::{
    db::Malversjon,
    mal::Malelement,
    routes::{Forskjell, ListMaler, NyVersjon, VisMal},
    skjema::{Rad, Raw},
};
use crate::{forum::Forumtype, mote::Elementtype, tid, web::Feil};

#[derive(Template)]
#[template(path = "motemal/liste.html")]
pub(super) struct Liste {
    pub(super) versjoner: Vec<Malversjon>,
}

/// A kind of forum with the version that holds and how many older there are.
struct Linje<'a> {
    navn: &'static str,
    ny: NyVersjon,
    gjeldende: Option<&'a Malversjon>,
    eldre: usize,
}

impl Liste {
    /// Kinds with a motemal first.
    fn linjer(&self) -> Vec<Linje<'_>> {
        let linje = |slag: Forumtype| {
            let mine = || self.versjoner.iter().filter(move |v| v.forum_type == slag.slug());
            let gjeldende = mine().find(|v| v.gjeldende);
            Linje { navn: slag.navn(), ny: ny_versjon(slag), gjeldende, eldre: mine().filter(|v| !v.gjeldende).count() }
        };
        let mut linjer: Vec<Linje<'_>> = Forumtype::ALLE.into_iter().map(linje).collect();
        linjer.sort_by_key(|l| l.gjeldende.is_none());
        linjer
    }
}

fn ny_versjon(slag: Forumtype) -> NyVersjon {
    NyVersjon { forum_type: slag.slug().to_owned() }
}

impl Malversjon {
    fn sti(&self) -> VisMal {
        VisMal { id: self.id }
    }

    fn slag(&self) -> &'static str {
        self.forum_type.parse().map_or("Annet forum", Forumtype::navn)
    }

    fn varighet(&self) -> String {
        tid::timer(u32::try_from(self.minutter).unwrap_or_default())
    }

    fn ny(&self) -> NyVersjon {
        NyVersjon { forum_type: self.forum_type.clone() }
    }
}

#[derive(Template)]
#[template(path = "motemal/forskjell.html")]
pub(super) struct Forskjeller {
    pub(super) ny: Malversjon,
    /// The version it is set beside; `None` when there is no earlier one.
    pub(super) gammel: Option<Malversjon>,
    pub(super) ord: Vec<String>,
}

#[derive(Template)]
#[template(path = "motemal/vis.html")]
pub(super) struct Vis {
    pub(super) mal: Malversjon,
    pub(super) versjoner: Vec<Malversjon>,
    pub(super) elementer: Vec<Malelement>,
}

impl Vis {
    /// Where the versions stand that are not shown.
    fn forskjell(&self) -> Forskjell {
        Forskjell { id: self.mal.id }
    }

    fn forskjell_fra(&self, fra: &Malversjon) -> String {
        format!("{}?fra={}", self.forskjell(), fra.id)
    }

    fn har_eldre(&self) -> bool {
        self.versjoner.iter().any(|v| v.versjon < self.mal.versjon)
    }

    fn andre(&self) -> Vec<&Malversjon> {
        self.versjoner.iter().filter(|v| v.id != self.mal.id).collect()
    }
}

#[derive(Template)]
#[template(path = "motemal/skjema.html")]
pub(super) struct Skjema {
    pub(super) slag: Forumtype,
    pub(super) raw: Raw,
    /// The least minutes the rules ask for; 0 when they ask for none.
    pub(super) minste: u32,
    /// What somebody else has saved meanwhile.
    pub(super) lagret: Option<(Malversjon, Vec<Malelement>)>,
    pub(super) feil: Feil,
}

/// A row of the form: its number from 1, the ids of its fields, and what was typed.
struct Radfelt<'a> {
    nr: usize,
    slag: String,
    tittel: String,
    hjelp: String,
    minutter: String,
    rad: &'a Rad,
    forste: bool,
    siste: bool,
}

impl Skjema {
    fn sti(&self) -> NyVersjon {
        ny_versjon(self.slag)
    }

    fn rader(&self) -> Vec<Radfelt<'_>> {
        let antall = self.raw.rader.len();
        let rad = |(nr, rad)| Radfelt {
            nr,
            slag: format!("slag-{nr}"),
            tittel: format!("tittel-{nr}"),
            hjelp: format!("hjelp-{nr}"),
            minutter: format!("minutter-{nr}"),
            rad,
            forste: nr == 1,
            siste: nr == antall,
        };
        (1..).zip(&self.raw.rader).map(rad).collect()
    }

    /// The agenda as it would become, for a møte that begins 08.30: clock, title, help.
    fn agenda(&self) -> Vec<(String, &str, &str)> {
        let mut fra = time::macros::time!(8:30);
        let linje = |rad: &'_ Rad| {
            let minutter = rad.minutter.trim().parse::<u32>().ok().filter(|m| *m <= 480).unwrap_or(0);
            let til = fra + time::Duration::minutes(minutter.into());
            let klokke = format!("{}–{}", tid::kl(fra), tid::kl(til));
            fra = til;
            klokke
        };
        let tider: Vec<String> = self.raw.rader.iter().map(linje).collect();
        tider
            .into_iter()
            .zip(&self.raw.rader)
            .map(|(tid, rad)| (tid, rad.tittel.as_str(), rad.hjelp.as_str()))
            .collect()
    }

    fn typer() -> impl Iterator<Item = (&'static str, &'static str)> {
        Elementtype::ALLE.into_iter().map(|t| (t.slug(), t.navn()))
    }
}
