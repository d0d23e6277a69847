//! When a participant was in the room. Whoever has no clock times was there from the beginning to the end.
use time::{OffsetDateTime, Time};

use crate::{tekst::liste, tid};

/// When somebody came late and when they left early.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opphold {
    pub kom: Option<OffsetDateTime>,
    pub gikk: Option<OffsetDateTime>,
}

liste! {
    /// What the leader logs with one tap, as it happens.
    Trykk {
        Kom = "kom", "Kom nå";
        Gikk = "gikk", "Gikk nå";
        KomTilbake = "kom_tilbake", "Kom tilbake";
    }
}

/// Why clock times cannot be right, in words for the one who writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Feiltid {
    #[error("Klokkeslettet må være på møtedagen.")]
    AnnenDag,
    #[error("De kan ikke ha gått før de kom. Rett ett av klokkeslettene.")]
    GikkForKom,
    #[error("Møtet begynte kl. {}. De kan ikke ha gått før det.", tid::kl(*.0))]
    GikkForStart(Time),
}

impl Opphold {
    /// Clock times of the day of a møte that began at an instant.
    pub fn av_klokke(kom: Option<Time>, gikk: Option<Time>, begynte: OffsetDateTime) -> Self {
        let den_dagen = |klokke| tid::oyeblikk(tid::dag(begynte), klokke);
        Self { kom: kom.map(den_dagen), gikk: gikk.map(den_dagen) }
    }

    /// After one tap. The first «kom» and the first «gikk» stand, however often they are tapped.
    #[must_use]
    pub fn etter(self, trykk: Trykk, na: OffsetDateTime) -> Self {
        match trykk {
            Trykk::Kom => Self { kom: self.kom.or(Some(na)), ..self },
            Trykk::Gikk => Self { gikk: self.gikk.or(Some(na)), ..self },
            Trykk::KomTilbake => Self { gikk: None, ..self },
        }
    }

    /// Whether it may be so, in a møte that began at an instant; the database asks the same.
    pub fn sjekk(self, begynte: OffsetDateTime) -> Result<Self, Feiltid> {
        let dag = tid::dag(begynte);
        if [self.kom, self.gikk].into_iter().flatten().any(|nar| tid::dag(nar) != dag) {
            return Err(Feiltid::AnnenDag);
        }
        match (self.kom, self.gikk) {
            (Some(kom), Some(gikk)) if gikk <= kom => Err(Feiltid::GikkForKom),
            (_, Some(gikk)) if gikk <= begynte => Err(Feiltid::GikkForStart(tid::lokal(begynte).time())),
            _ => Ok(self),
        }
    }

    /// Whether one who attends is in the room at an instant.
    pub fn er_inne(self, nar: OffsetDateTime) -> bool {
        self.kom.is_none_or(|kom| kom <= nar) && self.gikk.is_none_or(|gikk| nar < gikk)
    }

    /// Both as a form's fields for clocks hold them: «09:15», or empty.
    pub fn klokker(self) -> (String, String) {
        let felt = |nar: Option<OffsetDateTime>| nar.map(|nar| tid::iso_kl(tid::lokal(nar).time())).unwrap_or_default();
        (felt(self.kom), felt(self.gikk))
    }

    /// Whether any clock time is logged.
    pub fn er_notert(self) -> bool {
        self != Self::default()
    }

    /// «kom kl. 09.15, gikk kl. 10.40»; `None` when there is nothing to say.
    pub fn i_ord(self) -> Option<String> {
        let ord = |hva: &str, nar: Option<OffsetDateTime>| nar.map(|nar| format!("{hva} kl. {}", kl(nar)));
        let deler: Vec<String> = [ord("kom", self.kom), ord("gikk", self.gikk)].into_iter().flatten().collect();
        (!deler.is_empty()).then(|| deler.join(", "))
    }
}

impl From<Feiltid> for crate::Error {
    fn from(feil: Feiltid) -> Self {
        Self::Ugyldig(feil.to_string())
    }
}

/// The clock in Oslo: «09.15».
pub(super) fn kl(nar: OffsetDateTime) -> String {
    tid::kl(tid::lokal(nar).time())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::{
        Duration,
        macros::{datetime, time},
    };

    use super::*;

    /// Half past eight in Oslo.
    const BEGYNTE: OffsetDateTime = datetime!(2026-11-25 07:30 UTC);

    #[test]
    fn late_and_early_are_said_in_words() {
        let opphold = Opphold::av_klokke(Some(time!(9:15)), Some(time!(10:40)), BEGYNTE);
        assert_eq!(opphold.i_ord().as_deref(), Some("kom kl. 09.15, gikk kl. 10.40"));
        assert_eq!(Opphold { kom: None, ..opphold }.i_ord().as_deref(), Some("gikk kl. 10.40"));
        assert_eq!(Opphold::default().i_ord(), None);
    }

    #[test]
    fn the_times_are_of_the_day_and_in_order() {
        let prov = |kom, gikk| Opphold::av_klokke(kom, gikk, BEGYNTE).sjekk(BEGYNTE).err();
        assert_eq!(prov(Some(time!(9:15)), Some(time!(9:15))), Some(Feiltid::GikkForKom));
        assert_eq!(prov(None, Some(time!(8:30))), Some(Feiltid::GikkForStart(time!(8:30))));
        assert_eq!(prov(None, Some(time!(8:31))), None);
        assert_eq!(prov(Some(time!(23:59)), None), None);
        let i_morgen = Opphold::default().etter(Trykk::Kom, BEGYNTE + Duration::DAY);
        assert_eq!(i_morgen.sjekk(BEGYNTE), Err(Feiltid::AnnenDag));
    }

    #[test]
    fn who_leaves_and_comes_back_is_in_the_room() {
        let gikk = Opphold::default().etter(Trykk::Gikk, BEGYNTE + Duration::HOUR);
        assert!(gikk.er_inne(BEGYNTE) && !gikk.er_inne(BEGYNTE + Duration::HOUR));
        assert!(gikk.etter(Trykk::KomTilbake, BEGYNTE + Duration::HOUR).er_inne(BEGYNTE + Duration::HOUR));
    }

    proptest! {
        #[test]
        fn a_tap_sent_twice_is_one(nr in 0usize..3, kom in prop::option::of(0i64..600), gikk in prop::option::of(0i64..600), na in 0i64..600) {
            let minutt = |m: i64| BEGYNTE + Duration::minutes(m);
            let opphold = Opphold { kom: kom.map(minutt), gikk: gikk.map(minutt) };
            let trykk = Trykk::ALLE[nr];
            let en = opphold.etter(trykk, minutt(na));
            prop_assert_eq!(en.etter(trykk, minutt(na + 1)), en);
        }

        #[test]
        fn what_is_accepted_is_a_stay_of_that_day(kom in prop::option::of(-1000i64..2000), gikk in prop::option::of(-1000i64..2000)) {
            let minutt = |m: i64| BEGYNTE + Duration::minutes(m);
            if let Ok(opphold) = (Opphold { kom: kom.map(minutt), gikk: gikk.map(minutt) }).sjekk(BEGYNTE) {
                prop_assert!(opphold.kom.zip(opphold.gikk).is_none_or(|(kom, gikk)| kom < gikk));
                prop_assert!(opphold.gikk.is_none_or(|gikk| gikk > BEGYNTE));
                prop_assert!([opphold.kom, opphold.gikk].into_iter().flatten().all(|t| tid::dag(t) == tid::dag(BEGYNTE)));
            }
        }
    }
}
