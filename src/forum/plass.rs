//! The rules of seats: who must be in a team, and that somebody leads it.
use time::Date;
use uuid::Uuid;

use super::evner::Evner;
use crate::tjeneste::Tjenestetype;

/// A seat in a forum. Without a person it waits for its tjeneste to name somebody.
#[derive(Clone, Debug)]
pub struct Plass {
    pub id: Uuid,
    pub tjenestetype: Tjenestetype,
    /// The tjeneste's own name, «PPT i Nord-Østerdal».
    pub tjeneste: Option<String>,
    pub person: Option<Person>,
    pub vara: Option<String>,
    pub(super) vara_id: Option<Uuid>,
    /// Otherwise called in when needed.
    pub fast: bool,
    pub moteplikt: bool,
    pub leder: bool,
    pub evner: Evner,
    pub gyldig_fra: Date,
    pub gyldig_til: Option<Date>,
    pub(super) versjon: i32,
}

/// Who sits there.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Uuid,
    pub navn: String,
    pub tittel: String,
    pub epost: String,
    pub telefon: String,
    /// Whether one of their roles lets them book and hold møter in a team they lead.
    pub kan_lede: bool,
}

impl Plass {
    /// The seat as one could have wished it: what its form begins with.
    pub(super) fn onske(&self) -> Onske {
        Onske {
            tjenestetype: self.tjenestetype,
            person: self.person.as_ref().map(|p| p.id),
            vara: self.vara_id,
            fast: self.fast,
            moteplikt: self.moteplikt,
            leder: self.leder,
            evner: self.evner.clone(),
        }
    }
}

impl Person {
    /// The telephone number as a link dials it.
    pub(super) fn ring(&self) -> String {
        self.telefon.split_whitespace().collect()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Regelbrudd {
    #[error("Et TST må ha en leder. Gjør en annen til leder først, så kan du endre denne plassen")]
    UtenLeder,
    #[error("Teamlederen må ha et navn. Velg hvem som leder teamet")]
    LederUtenNavn,
    #[error("Møteplikt gjelder bare faste medlemmer. Velg «Fast», eller ta bort møteplikten")]
    PliktUtenFast,
    #[error("Et medlem kan ikke være sin egen vara. Velg en annen")]
    EgenVara,
}

/// The fixed services that have no seat in a team.
pub fn manglende_tjenester(faste: &[Tjenestetype], plasser: &[Plass]) -> Vec<Tjenestetype> {
    let har = |t: &&Tjenestetype| plasser.iter().any(|p| p.fast && p.tjenestetype == **t);
    faste.iter().filter(|t| !har(t)).copied().collect()
}

/// What one may write about a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Onske {
    pub(super) tjenestetype: Tjenestetype,
    pub(super) person: Option<Uuid>,
    pub(super) vara: Option<Uuid>,
    pub(super) fast: bool,
    pub(super) moteplikt: bool,
    pub(super) leder: bool,
    pub(super) evner: Evner,
}

impl Onske {
    /// Field and words of every rule the seat breaks; `var_leder` is whether it led the team until now.
    pub(super) fn regelbrudd(&self, er_tst: bool, var_leder: bool) -> Vec<(&'static str, Regelbrudd)> {
        let regler = [
            ("leder", er_tst && var_leder && !self.leder, Regelbrudd::UtenLeder),
            ("person", self.leder && self.person.is_none(), Regelbrudd::LederUtenNavn),
            ("moteplikt", self.moteplikt && !self.fast, Regelbrudd::PliktUtenFast),
            ("vara", self.vara.is_some() && self.vara == self.person, Regelbrudd::EgenVara),
        ];
        regler.into_iter().filter(|(_, brutt, _)| *brutt).map(|(felt, _, regel)| (felt, regel)).collect()
    }
}

impl From<Regelbrudd> for crate::Error {
    fn from(regel: Regelbrudd) -> Self {
        Self::Regelbrudd(regel.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn onske() -> Onske {
        Onske {
            tjenestetype: Tjenestetype::Ppt,
            person: Some(Uuid::nil()),
            vara: None,
            fast: true,
            moteplikt: true,
            leder: false,
            evner: Evner { fullmakt: true, fra: None, av: String::new(), kompetanse: Vec::new() },
        }
    }

    fn brudd(onske: &Onske, var_leder: bool) -> Vec<&'static str> {
        onske.regelbrudd(true, var_leder).into_iter().map(|(felt, _)| felt).collect()
    }

    #[test]
    fn a_seat_keeps_the_rules_and_the_only_leader_stays() {
        assert_eq!(brudd(&onske(), false), Vec::<&str>::new());
        assert_eq!(brudd(&onske(), true), ["leder"]);
        assert!(onske().regelbrudd(false, true).is_empty(), "only a TST must have a leader");
        assert_eq!(brudd(&Onske { fast: false, ..onske() }, false), ["moteplikt"]);
        assert_eq!(brudd(&Onske { vara: Some(Uuid::nil()), ..onske() }, false), ["vara"]);
        assert_eq!(brudd(&Onske { person: None, leder: true, ..onske() }, false), ["person"]);
    }
}
