//! How units, kommuner and services are counted together. No database, no web, no clock: only what adds up.
use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{
    regelsett::{Status, Stilling},
    tjeneste::Tjenestetype,
};

/// One unit in one semester.
#[derive(Clone, Debug)]
pub(super) struct Enhetstall {
    pub(super) navn: String,
    pub(super) type_navn: &'static str,
    /// Elever or barn, already suppressed when few.
    pub(super) antall: String,
    pub(super) forum: Option<Uuid>,
    pub(super) stilling: Stilling,
    /// Ferdigstilte møter that lacked somebody with møteplikt.
    pub(super) brudd: u32,
}

/// A number of units together: a kommune, or the region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub enheter: u32,
    pub med_team: u32,
    pub krav: u32,
    pub holdt: u32,
    pub planlagt: u32,
    /// Units that have reached the rule or are on track.
    pub i_rute: u32,
    /// Units behind, with time left.
    pub bak: u32,
    /// Units that cannot reach the rule, did not reach it, or have no team.
    pub rode: u32,
    pub brudd: u32,
}

/// How a service has met: of those called in to ferdigstilte møter, how many came or sent a vara.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Oppmotetall {
    pub(super) innkalt: u32,
    pub(super) mott: u32,
    /// Times the duty to attend was not met.
    pub(super) brudd: u32,
}

impl Sum {
    pub(super) fn av<'a>(enheter: impl IntoIterator<Item = &'a Enhetstall>) -> Self {
        enheter.into_iter().fold(Self::default(), Self::med)
    }

    fn med(self, enhet: &Enhetstall) -> Self {
        let Stilling { status, krav, holdt, planlagt } = enhet.stilling;
        let ja = u32::from;
        Self {
            enheter: self.enheter + 1,
            med_team: self.med_team + ja(status != Status::UtenTeam),
            krav: self.krav + krav,
            holdt: self.holdt + holdt,
            planlagt: self.planlagt + planlagt,
            i_rute: self.i_rute + ja(matches!(status, Status::NaddKrav | Status::IRute)),
            bak: self.bak + ja(status == Status::Bak),
            rode: self.rode + ja(matches!(status, Status::IkkeNaabar | Status::IkkeNadd | Status::UtenTeam)),
            brudd: self.brudd + enhet.brudd,
        }
    }
}

impl Oppmotetall {
    #[must_use]
    pub(super) fn og(self, andre: Self) -> Self {
        Self { innkalt: self.innkalt + andre.innkalt, mott: self.mott + andre.mott, brudd: self.brudd + andre.brudd }
    }
}

/// Services in the order of their kind, from rows that may name the same kind more than once.
pub(super) fn per_tjeneste(
    rader: impl IntoIterator<Item = (Tjenestetype, Oppmotetall)>,
) -> Vec<(Tjenestetype, Oppmotetall)> {
    let mut sum: BTreeMap<usize, (Tjenestetype, Oppmotetall)> = BTreeMap::new();
    for (tjeneste, tall) in rader {
        let plass = Tjenestetype::ALLE.iter().position(|t| *t == tjeneste).unwrap_or_default();
        let her = sum.entry(plass).or_insert((tjeneste, Oppmotetall::default()));
        her.1 = her.1.og(tall);
    }
    sum.into_values().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn enhet(status: Status, holdt: u32) -> Enhetstall {
        Enhetstall {
            navn: String::new(),
            type_navn: "Skole",
            antall: String::new(),
            forum: None,
            stilling: Stilling { status, krav: 2, holdt, planlagt: 1 },
            brudd: holdt / 2,
        }
    }

    proptest! {
        #[test]
        fn the_kommuner_add_up_to_the_region(rader in prop::collection::vec((0u128..4, 0usize..6, 0u32..9), 0..40)) {
            let alle: Vec<_> = rader.iter().map(|(k, s, h)| (*k, enhet(Status::ALLE[*s], *h))).collect();
            let region = Sum::av(alle.iter().map(|(_, e)| e));
            prop_assert_eq!(region.i_rute + region.bak + region.rode, region.enheter);
            let kommuner = (0..4).map(|k| Sum::av(alle.iter().filter(|(her, _)| *her == k).map(|(_, e)| e)));
            let (enheter, holdt, brudd) = kommuner.fold((0, 0, 0), |s, k| (s.0 + k.enheter, s.1 + k.holdt, s.2 + k.brudd));
            prop_assert_eq!((enheter, holdt, brudd), (region.enheter, region.holdt, region.brudd));
        }

        #[test]
        fn a_service_named_twice_is_counted_once_with_both(a in 0u32..99, b in 0u32..99) {
            let tall = |n| Oppmotetall { innkalt: n + 1, mott: n, brudd: 1 };
            let sum = per_tjeneste([(Tjenestetype::Ppt, tall(a)), (Tjenestetype::Enhet, tall(1)), (Tjenestetype::Ppt, tall(b))]);
            prop_assert_eq!(sum, vec![
                (Tjenestetype::Enhet, tall(1)),
                (Tjenestetype::Ppt, Oppmotetall { innkalt: a + b + 2, mott: a + b, brudd: 2 }),
            ]);
        }
    }
}
