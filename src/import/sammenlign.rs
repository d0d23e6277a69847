//! Comparing the rows of a file with the enheter that are there: what is new, what is changed, what is not ours.
use std::collections::HashMap;

use uuid::Uuid;

use super::Rad;
use crate::enhet::{Eier, Enhetstype};

/// An enhet as the region has it today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kjent {
    pub id: Uuid,
    pub kommunenr: String,
    pub enhetstype: Enhetstype,
    pub orgnr: String,
    pub navn: String,
    pub antall: Option<u32>,
    pub fra: Option<u32>,
    pub til: Option<u32>,
    pub eier: Eier,
}

/// One field that the file has otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feltendring {
    pub felt: &'static str,
    pub gammel: String,
    pub ny: String,
}

/// What an import would do with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Utfall {
    Ny,
    Endret { id: Uuid, endringer: Vec<Feltendring> },
    Uendret { id: Uuid },
}

/// The rows of the region's own kommuner with what would happen to each, and how many were passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sammenligning {
    /// A row as it would be saved: what the file leaves empty is as it was.
    pub rader: Vec<(Rad, Utfall)>,
    /// Rows of kommuner outside the region; the file is often the whole county's.
    pub utenfor: usize,
}

/// Compares by orgnr. `kommuner` are the kommunenummer of the region.
pub fn sammenlign(rader: Vec<Rad>, kommuner: &[String], kjente: &[Kjent]) -> Sammenligning {
    let pa_orgnr: HashMap<&str, &Kjent> = kjente.iter().map(|kjent| (kjent.orgnr.as_str(), kjent)).collect();
    let (vare, andres): (Vec<Rad>, Vec<Rad>) = rader.into_iter().partition(|rad| kommuner.contains(&rad.kommunenr));
    let rader = vare.into_iter().map(|rad| match pa_orgnr.get(rad.orgnr.as_str()) {
        None => (rad, Utfall::Ny),
        Some(kjent) => {
            let rad = kjent.fyll_ut(rad);
            let endringer = kjent.endringer(&rad);
            let id = kjent.id;
            (rad, if endringer.is_empty() { Utfall::Uendret { id } } else { Utfall::Endret { id, endringer } })
        }
    });
    Sammenligning { rader: rader.collect(), utenfor: andres.len() }
}

impl Sammenligning {
    /// How many rows are new, changed and unchanged.
    pub fn antall(&self) -> (usize, usize, usize) {
        self.rader.iter().fold((0, 0, 0), |(nye, endret, uendret), (_, utfall)| match utfall {
            Utfall::Ny => (nye + 1, endret, uendret),
            Utfall::Endret { .. } => (nye, endret + 1, uendret),
            Utfall::Uendret { .. } => (nye, endret, uendret + 1),
        })
    }
}

impl Kjent {
    /// An empty number in the file means that the file does not know, not that nobody does.
    fn fyll_ut(&self, rad: Rad) -> Rad {
        let (fra, til) = if rad.fra.is_none() && rad.til.is_none() { (self.fra, self.til) } else { (rad.fra, rad.til) };
        Rad { antall: rad.antall.or(self.antall), fra, til, ..rad }
    }

    fn endringer(&self, rad: &Rad) -> Vec<Feltendring> {
        let tall = |verdi: Option<u32>| verdi.map_or_else(|| "ikke oppgitt".to_owned(), |tall| tall.to_string());
        let felter = [
            ("kommunenr", self.kommunenr.clone(), rad.kommunenr.clone()),
            ("type", self.enhetstype.to_string(), rad.enhetstype.to_string()),
            ("navn", self.navn.clone(), rad.navn.clone()),
            ("antall", tall(self.antall), tall(rad.antall)),
            ("fra", tall(self.fra), tall(rad.fra)),
            ("til", tall(self.til), tall(rad.til)),
            ("eier", self.eier.to_string(), rad.eier.to_string()),
        ];
        let ulike = felter.into_iter().filter(|(_, gammel, ny)| gammel != ny);
        ulike.map(|(felt, gammel, ny)| Feltendring { felt, gammel, ny }).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rad() -> impl Strategy<Value = Rad> {
        let tall = || prop::option::of(0u32..9);
        let kommune = prop::sample::select(vec!["3424", "3426", "5001"]);
        let slag = prop::sample::select(Enhetstype::ALLE.to_vec());
        let eier = prop::sample::select(Eier::ALLE.to_vec());
        (kommune, slag, "[A-Å]{1,3}", tall(), tall(), tall(), eier).prop_map(
            |(kommunenr, enhetstype, navn, antall, fra, til, eier)| Rad {
                linje: 0,
                kommunenr: kommunenr.into(),
                enhetstype,
                orgnr: String::new(),
                navn,
                antall,
                fra,
                til,
                eier,
            },
        )
    }

    fn rader() -> impl Strategy<Value = Vec<Rad>> {
        prop::collection::vec(rad(), 0..12).prop_map(|rader| {
            rader.into_iter().zip(2u64..).map(|(rad, linje)| Rad { linje, orgnr: linje.to_string(), ..rad }).collect()
        })
    }

    fn lagret(rad: &Rad) -> Kjent {
        let Rad { kommunenr, enhetstype, orgnr, navn, antall, fra, til, eier, linje } = rad.clone();
        Kjent { id: Uuid::from_u128(linje.into()), kommunenr, enhetstype, orgnr, navn, antall, fra, til, eier }
    }

    fn region() -> [String; 2] {
        ["3424", "3426"].map(String::from)
    }

    proptest! {
        #[test]
        fn an_import_run_twice_changes_nothing(for_importen in rader(), filen in rader()) {
            let kjente: Vec<_> = for_importen.iter().map(lagret).collect();
            let forste = sammenlign(filen.clone(), &region(), &kjente);
            let mut etter: HashMap<String, Kjent> = kjente.into_iter().map(|k| (k.orgnr.clone(), k)).collect();
            etter.extend(forste.rader.iter().map(|(rad, _)| (rad.orgnr.clone(), lagret(rad))));
            let etter: Vec<_> = etter.into_values().collect();
            let andre = sammenlign(filen, &region(), &etter);
            prop_assert_eq!(andre.antall(), (0, 0, forste.rader.len()));
        }

        #[test]
        fn every_row_is_counted_once(filen in rader(), kjente in rader()) {
            let kjente: Vec<_> = kjente.iter().map(lagret).collect();
            let svar = sammenlign(filen.clone(), &region(), &kjente);
            prop_assert_eq!(svar.rader.len() + svar.utenfor, filen.len());
            prop_assert_eq!(svar.utenfor, filen.iter().filter(|rad| rad.kommunenr == "5001").count());
            let (nye, endret, uendret) = svar.antall();
            prop_assert_eq!(nye + endret + uendret, svar.rader.len());
        }
    }

    #[test]
    fn a_change_is_told_field_by_field() {
        let ny = Rad {
            linje: 2,
            kommunenr: "3424".into(),
            enhetstype: Enhetstype::Skole,
            orgnr: "123456785".into(),
            navn: "Berger skole".into(),
            antall: None,
            fra: Some(1),
            til: Some(10),
            eier: Eier::Offentlig,
        };
        let gammel = Kjent { navn: "Berger skule".into(), antall: Some(54), til: Some(7), ..lagret(&ny) };
        let svar = sammenlign(vec![ny], &region(), std::slice::from_ref(&gammel));
        let endring = |felt, gammel: &str, ny: &str| Feltendring { felt, gammel: gammel.into(), ny: ny.into() };
        let endringer = vec![endring("navn", "Berger skule", "Berger skole"), endring("til", "7", "10")];
        assert_eq!(svar.rader[0].1, Utfall::Endret { id: gammel.id, endringer });
        assert_eq!(svar.rader[0].0.antall, Some(54), "an empty number keeps what was known");
    }
}
