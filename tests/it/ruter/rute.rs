//! What a route of the table says: its path with rows in it, and what each of the example is answered.
use samhandling::auth::{
    Handling::{SeBistand, SeMote, SeSak, SeTeam, SeTiltak},
    rett::Omfang::Ingen,
};

use super::{Krav, Rute, Sted, Svar};
use crate::{id, personer::PERSONER};

impl Rute {
    /// The path as the code has it.
    pub(crate) fn monster(&self) -> &'static str {
        self.sti.split('?').next().unwrap_or(self.sti)
    }

    /// The path with the example's rows of a region in it.
    pub(crate) fn her(&self, region: &str) -> String {
        self.med(&self.rader.iter().map(|_| region).collect::<Vec<_>>())
    }

    /// The path with its first row of one region and the rest of another; `None` when it names fewer than two.
    pub(crate) fn blandet(&self, forste: &str, resten: &str) -> Option<String> {
        let regioner: Vec<&str> = (0..self.rader.len()).map(|i| if i == 0 { forste } else { resten }).collect();
        (self.rader.len() > 1).then(|| self.med(&regioner))
    }

    /// Whether the example names rows of a region.
    pub(crate) fn har_rader(&self) -> bool {
        !self.rader.is_empty()
    }

    fn med(&self, regioner: &[&str]) -> String {
        if self.monster() == "/static/{name}" {
            return samhandling::web::assets::url("app.css").to_owned();
        }
        let mut rader = self.rader.iter().zip(regioner);
        let deler = self.monster().split('/').map(|del| match del.strip_prefix('{').and_then(|_| rader.next()) {
            Some(((slag, nr), region)) => id(region, slag, *nr).to_string(),
            None if del == "{forum_type}" => "tst_enhet".to_owned(),
            None if del == "{nr}" => "1".to_owned(),
            None if del == "{slag}" => "anonym".to_owned(),
            None => del.to_owned(),
        });
        let sti = deler.collect::<Vec<_>>().join("/");
        sti + &self.sti[self.monster().len()..]
    }

    /// What person `nr` of the example's own region is answered.
    pub(crate) fn svar_til(&self, nr: u32) -> Svar {
        let person = &PERSONER[nr as usize - 1];
        let ja_eller = |ellers, ja| if ja { Svar::Ja } else { ellers };
        match self.krav {
            Krav::Alle | Krav::Innlogget => Svar::Ja,
            Krav::Til(mottakere) => ja_eller(Svar::Skjult, mottakere.contains(&nr)),
            Krav::Kan(handling) => ja_eller(Svar::Nektet, person.type_.omfang(handling) != Ingen),
            Krav::I(handling, sted) => {
                let ser = match sted {
                    Sted::Forum(_) => person.rekker(SeTeam, sted) || person.rekker(handling, sted),
                    Sted::Mote(_) => person.rekker(SeMote, sted),
                    Sted::Kommune(_) => true,
                    Sted::Bistand(_) => person.rekker(SeBistand, sted),
                    Sted::Tiltak(_) => person.rekker(SeTiltak, sted),
                    Sted::Sak(_) => person.rekker(SeSak, sted),
                };
                ja_eller(if ser { Svar::Nektet } else { Svar::Skjult }, ser && person.rekker(handling, sted))
            }
        }
    }
}
