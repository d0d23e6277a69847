//! The face of a correction.
use askama::Template;
use uuid::Uuid;

use super::{Historie, RettReferat, routes::Skrevet};
use crate::web::Feil;

/// A text that may be corrected, as it stands in the version that counts.
pub(super) struct Felt {
    pub(super) id: String,
    pub(super) etikett: String,
    pub(super) element: Uuid,
    pub(super) beslutning: Option<Uuid>,
    pub(super) lagret: String,
}

/// All of them in order: the note of each element, then its decisions. A decision that was taken out stands empty.
pub(super) fn felter(historie: &Historie) -> Vec<Felt> {
    let gjeldende = historie.punkter(historie.gjeldende());
    let felter = historie.referat.punkter.iter().zip(gjeldende).flat_map(|(forst, na)| {
        let notat = Felt {
            id: format!("notat-{}", forst.id),
            etikett: format!("Notat til punkt {}", forst.nr),
            element: forst.id,
            beslutning: None,
            lagret: na.notat,
        };
        let vedtak = forst.beslutninger.iter().enumerate().map(move |(i, b)| Felt {
            id: format!("beslutning-{}", b.id),
            etikett: format!("Beslutning {} i punkt {}", i + 1, forst.nr),
            element: forst.id,
            beslutning: Some(b.id),
            lagret: na.beslutninger.iter().find(|n| n.id == b.id).map_or(String::new(), |n| n.tekst.clone()),
        });
        std::iter::once(notat).chain(vedtak)
    });
    felter.collect()
}

#[derive(Template)]
#[template(path = "rettelse/skjema.html")]
pub(super) struct Rett {
    sti: RettReferat,
    tittel: String,
    motesti: String,
    referatsti: String,
    /// Each element and its fields: the field, and what stands in it.
    punkter: Vec<(String, Vec<(Felt, String)>)>,
    grunn: String,
    /// The number that this correction will have.
    nr: i32,
    versjon: String,
    feil: Feil,
    nokkel: Uuid,
}

impl Rett {
    pub(super) fn ny(historie: &Historie, skrevet: &Skrevet, feil: Feil) -> Self {
        let referat = &historie.referat;
        let verdi = |felt: &Felt| skrevet.tekster.get(&felt.id).unwrap_or(&felt.lagret).clone();
        let mut alle = felter(historie);
        let punkter = referat.punkter.iter().map(|p| {
            let (mine, andre) = alle.drain(..).partition(|f: &Felt| f.element == p.id);
            alle = andre;
            (
                format!("{}. {}", p.nr, p.tittel),
                mine.into_iter().map(|f: Felt| (verdi(&f), f)).map(|(v, f)| (f, v)).collect(),
            )
        });
        Self {
            sti: RettReferat { id: referat.mote },
            tittel: format!("{}, {}", referat.forum, referat.nar()),
            referatsti: format!("{}/referat", referat.sti()),
            motesti: referat.sti(),
            punkter: punkter.collect(),
            grunn: skrevet.grunn.clone(),
            nr: historie.gjeldende() + 1,
            versjon: historie.stempel(),
            feil,
            nokkel: Uuid::new_v4(),
        }
    }
}
