//! Puls: what those who were in a møte thought of it, in two or three closed questions, answered by nobody in particular.
//!
//! An answer knows its forum and its semester alone; who has answered stands elsewhere, and only each knows it of themselves. The leader
//! sees the team's averages from five answers on. Only this room writes `pulssvar` and `puls_svart`; the pages of a team print a [`Tall`]
//! with the macro in `templates/puls/deler.html`.
mod db;
mod routes;
mod stilling;
mod views;

pub use routes::{SvarPuls, routes};
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use crate::{Error, Result, tekst::liste, tid};

/// How many days after a referat is finished those who were there are asked.
pub const FRIST_DAGER: i32 = 14;

liste! {
    /// Whether the semester's møter come often enough («Hyppighet prøves ut og evalueres», Strategisk plan, Nord-Østerdal).
    Hyppighet {
        Passe = "passe", "Passe ofte";
        ForOfte = "for_ofte", "For ofte";
        ForSjelden = "for_sjelden", "For sjelden";
    }
}

/// A møte that asks me.
#[derive(Clone, Debug, Deserialize)]
pub struct TilMeg {
    pub mote: Uuid,
    pub forum: String,
    #[serde(with = "tid::iso_dato")]
    pub motedag: Date,
}

/// What a team has answered in a semester, coarse enough to tell nothing of one answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Tall {
    minst: u32,
    likeverd: f64,
    rad: f64,
    /// Percent of passe, for ofte and for sjelden.
    hyppighet: Option<[f64; 3]>,
}

impl Tall {
    /// Reads what `puls_tall` gives; nothing while too few have answered.
    pub fn les(json: Option<&str>) -> Result<Option<Self>> {
        json.map(serde_json::from_str).transpose().map_err(|feil| Error::Intern(feil.to_string()))
    }

    /// «4,5 av 5».
    pub fn likeverd(&self) -> String {
        av_fem(self.likeverd)
    }

    pub fn rad(&self) -> String {
        av_fem(self.rad)
    }

    pub fn minst(&self) -> u32 {
        self.minst
    }

    /// «Passe ofte: omtrent 70 %», and so on.
    pub fn hyppighet(&self) -> Vec<String> {
        let andeler = self.hyppighet.into_iter().flatten();
        Hyppighet::ALLE.iter().zip(andeler).map(|(valg, andel)| format!("{valg}: omtrent {andel} %")).collect()
    }
}

fn av_fem(snitt: f64) -> String {
    format!("{snitt} av 5").replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_in_halves_and_tenths() {
        let tall = |json| Tall::les(Some(json)).unwrap().unwrap();
        let alt = tall(r#"{"minst":5,"likeverd":4.5,"rad":3.0000,"hyppighet":[70,0,30]}"#);
        assert_eq!((alt.likeverd().as_str(), alt.rad().as_str()), ("4,5 av 5", "3 av 5"));
        assert_eq!(alt.hyppighet(), ["Passe ofte: omtrent 70 %", "For ofte: omtrent 0 %", "For sjelden: omtrent 30 %"]);
        assert!(tall(r#"{"minst":5,"likeverd":4,"rad":3,"hyppighet":null}"#).hyppighet().is_empty());
        assert!(Tall::les(None).unwrap().is_none());
    }
}
