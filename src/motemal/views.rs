//! The faces of motemaler.
use askama::Template;

use super::{
    db::Malversjon,
    mal::Malelement,
    routes::{ListMaler, NyVersjon, VisMal},
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
#[template(path = "motemal/vis.html")]
pub(super) struct Vis {
    pub(super) mal: Malversjon,
    pub(super) versjoner: Vec<Malversjon>,
    pub(super) elementer: Vec<Malelement>,
}

impl Vis {
    /// Where the versions stand that are not shown.
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

    fn typer() -> impl Iterator<Item = (&'static str, &'static str)> {
        Elementtype::ALLE.into_iter().map(|t| (t.slug(), t.navn()))
    }
}
