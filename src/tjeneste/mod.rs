//! Tjeneste: a professional service that sends people to teams, such as PPT or barnevern.
//! One may serve several kommuner.
mod db;
mod routes;
mod views;

pub use routes::routes;
use time::Date;
use uuid::Uuid;

use crate::tekst::lukket_liste;

/// A tjeneste as the region has it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Tjeneste {
    pub id: Uuid,
    /// The slug of its [`Tjenestetype`].
    #[sqlx(rename = "type")]
    pub type_: String,
    pub navn: String,
    pub orgnr: Option<String>,
    /// Telephone or e-mail, as people write it.
    pub kontakt: String,
    pub gyldig_fra: Date,
    pub gyldig_til: Option<Date>,
    versjon: i32,
    /// The kommuner it serves today.
    pub kommuner: Vec<Uuid>,
}

/// What a form says about a tjeneste; everything in it is checked.
#[derive(Clone, Debug)]
struct Oppgitt {
    type_: Tjenestetype,
    navn: String,
    orgnr: Option<String>,
    kontakt: String,
    gyldig_fra: Date,
    kommuner: Vec<Uuid>,
}

/// What kind of service somebody comes from.
///
/// Strategisk plan, Nord-Østerdal, kap. 6: «skole/barnehage, PPT, helsesykepleier og barnevern, og det er møteplikt. NAV og
/// andre instanser kobles på ved behov».
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tjenestetype {
    /// The school or kindergarten itself.
    Enhet,
    Ppt,
    Helsesykepleier,
    Barnevern,
    Nav,
    Annen,
}

impl Tjenestetype {
    pub const ALLE: [Self; 6] =
        [Self::Enhet, Self::Ppt, Self::Helsesykepleier, Self::Barnevern, Self::Nav, Self::Annen];
    /// Those that a tjeneste of the region may be: all but the unit itself.
    pub const EGNE: [Self; 5] = [Self::Ppt, Self::Helsesykepleier, Self::Barnevern, Self::Nav, Self::Annen];

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Enhet => "enhet",
            Self::Ppt => "ppt",
            Self::Helsesykepleier => "helsesykepleier",
            Self::Barnevern => "barnevern",
            Self::Nav => "nav",
            Self::Annen => "annen",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Enhet => "Skole eller barnehage",
            Self::Ppt => "PPT",
            Self::Helsesykepleier => "Helsesykepleier",
            Self::Barnevern => "Barnevern",
            Self::Nav => "NAV",
            Self::Annen => "Annen tjeneste",
        }
    }
}

lukket_liste!(Tjenestetype);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_and_nothing_else() {
        for tjeneste in Tjenestetype::ALLE {
            assert_eq!(tjeneste.slug().parse(), Ok(tjeneste));
        }
        assert!("politi".parse::<Tjenestetype>().is_err());
    }
}
