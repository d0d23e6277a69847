//! Kompetanse: what the staff were guided in under the second element of a møte, by which service, and how many it reached.
//!
//! It names themes and numbers, never people. The pages of a møte print a [`Heving`] with the macros in
//! `templates/kompetanse/deler.html`; only this room writes `kompetanseheving`.
mod db;
mod routes;
mod skjema;
mod views;

pub use routes::{EndreKompetanse, FjernKompetanse, LoggKompetanse, routes};
use serde::Deserialize;
use uuid::Uuid;

use crate::{Error, Result, tjeneste::Tjenestetype};

/// One theme that the staff were guided in.
#[derive(Clone, Debug, Deserialize)]
pub struct Heving {
    pub id: Uuid,
    pub tema: String,
    tjeneste: String,
    veileder: String,
    /// How many of the staff it reached.
    pub antall: u32,
}

impl Heving {
    /// Reads what the database gives of an element.
    pub fn les(json: &str) -> Result<Vec<Self>> {
        serde_json::from_str(json).map_err(|feil| Error::Intern(feil.to_string()))
    }

    /// Who guided: «PPT», «Skole eller barnehage, lærer i 3. trinn», «Statped».
    pub fn hvem(&self) -> String {
        match self.tjeneste.parse::<Tjenestetype>() {
            Ok(Tjenestetype::Annen) | Err(_) => self.veileder.clone(),
            Ok(tjeneste) if self.veileder.is_empty() => tjeneste.to_string(),
            Ok(tjeneste) => format!("{tjeneste}, {}", self.veileder),
        }
    }

    /// «8 ansatte».
    pub fn nadde(&self) -> String {
        if self.antall == 1 { "1 ansatt".to_owned() } else { format!("{} ansatte", self.antall) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guided_is_said_in_words() {
        let en = |tjeneste: &str, veileder: &str, antall: u32| {
            let json = format!(
                r#"[{{"id":"00000000-0000-0000-0000-000000000001","tema":"Lek","tjeneste":"{tjeneste}","veileder":"{veileder}","antall":{antall}}}]"#
            );
            let heving = Heving::les(&json).unwrap().remove(0);
            (heving.hvem(), heving.nadde())
        };
        assert_eq!(en("ppt", "", 8), ("PPT".to_owned(), "8 ansatte".to_owned()));
        assert_eq!(en("enhet", "inspektør", 1), ("Skole eller barnehage, inspektør".to_owned(), "1 ansatt".to_owned()));
        assert_eq!(en("annen", "Statped", 20).0, "Statped");
    }
}
