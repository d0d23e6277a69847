//! Which seats a new team gets, and who is proposed for them.
use uuid::Uuid;

use crate::tjeneste::Tjenestetype;

/// Somebody proposed for a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Valgt {
    pub(super) id: Uuid,
    pub(super) navn: String,
}

/// A tjeneste that serves a kommune.
#[derive(Clone, Debug)]
pub(super) struct Tilbud {
    pub(super) kommune: Uuid,
    pub(super) tjeneste: Uuid,
    pub(super) type_: Tjenestetype,
    /// Its only active person.
    pub(super) eneste: Option<Valgt>,
    /// The one who sits for it in most of the kommune's teams.
    pub(super) mest: Option<Valgt>,
}

/// A seat of a team to be. Without a person its tjeneste will be asked to name somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Forslag {
    pub(super) tjenestetype: Tjenestetype,
    pub(super) tjeneste: Option<Uuid>,
    pub(super) person: Option<Valgt>,
    pub(super) leder: bool,
}

/// One seat for the unit, which leads when somebody is known there, and one for each fixed service.
///
/// When several tjenester of a kind serve the kommune, nobody is guessed among them.
pub(super) fn plasser(faste: &[Tjenestetype], kommune: Uuid, leder: Option<&Valgt>, tilbud: &[Tilbud]) -> Vec<Forslag> {
    let egen =
        Forslag { tjenestetype: Tjenestetype::Enhet, tjeneste: None, person: leder.cloned(), leder: leder.is_some() };
    let andre = faste.iter().filter(|t| **t != Tjenestetype::Enhet).map(|&tjenestetype| {
        let mut her = tilbud.iter().filter(|t| t.kommune == kommune && t.type_ == tjenestetype);
        let den_ene = her.next().filter(|_| her.next().is_none());
        let person = den_ene.and_then(|t| t.mest.clone().or_else(|| t.eneste.clone()));
        Forslag { tjenestetype, tjeneste: den_ene.map(|t| t.tjeneste), person, leder: false }
    });
    std::iter::once(egen).chain(andre).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HER: Uuid = Uuid::from_u128(1);
    const FASTE: [Tjenestetype; 3] = [Tjenestetype::Enhet, Tjenestetype::Ppt, Tjenestetype::Barnevern];

    fn valgt(navn: &str) -> Valgt {
        Valgt { id: Uuid::from_u128(navn.len() as u128), navn: navn.into() }
    }

    fn ppt(kommune: Uuid, eneste: Option<&str>, mest: Option<&str>) -> Tilbud {
        let tjeneste = Uuid::from_u128(7);
        Tilbud { kommune, tjeneste, type_: Tjenestetype::Ppt, eneste: eneste.map(valgt), mest: mest.map(valgt) }
    }

    fn hvem(forslag: &[Forslag]) -> Vec<Option<&str>> {
        forslag.iter().map(|f| f.person.as_ref().map(|p| p.navn.as_str())).collect()
    }

    #[test]
    fn the_unit_leads_and_each_fixed_service_has_one_seat() {
        let rita = valgt("Rita");
        let forslag = plasser(&FASTE, HER, Some(&rita), &[ppt(HER, Some("Per"), None)]);
        assert_eq!(forslag.iter().map(|f| f.tjenestetype).collect::<Vec<_>>(), FASTE);
        assert_eq!(hvem(&forslag), [Some("Rita"), Some("Per"), None]);
        assert_eq!(forslag.iter().filter(|f| f.leder).count(), 1);
        assert!(plasser(&FASTE, HER, None, &[]).iter().all(|f| !f.leder && f.person.is_none()));
    }

    #[test]
    fn who_sits_in_most_teams_goes_first_and_nobody_is_guessed() {
        let ett = |tilbud: &[Tilbud]| hvem(&plasser(&FASTE, HER, None, tilbud))[1].map(str::to_owned);
        assert_eq!(ett(&[ppt(HER, None, Some("Pernille"))]).as_deref(), Some("Pernille"));
        assert_eq!(ett(&[ppt(HER, None, None)]), None);
        assert_eq!(ett(&[ppt(Uuid::from_u128(2), Some("Per"), None)]), None, "serves another kommune");
        assert_eq!(ett(&[ppt(HER, Some("Per"), None), ppt(HER, Some("Kari"), None)]), None, "two to choose from");
    }
}
