//! Whether those in the room can decide: «møtedeltakerne har fått delegert nok ansvar til å være beslutningsdyktige»
//! (Strategisk plan, Nord-Østerdal, kap. 6).
//!
//! The plan says that the fixed services have delegated authority, not how many of them it takes. The rule of the house is
//! the møteleder and at least half of the fixed services, each by somebody with authority to decide for it or by their stand-in;
//! a service with several seats is there when one of them is. «Annen» is no one service, so each such seat counts for itself.
use std::fmt;

use time::OffsetDateTime;
use uuid::Uuid;

use super::{Deltaker, opphold::kl};
use crate::tjeneste::Tjenestetype;

/// How those in the room stand to the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dyktighet {
    /// How many participants' attendance is registered.
    fort: usize,
    leder: bool,
    til_stede: usize,
    faste: usize,
    /// Who had to come and is not there, each with why: «PPT (Per Pedagog) gikk kl. 10.40».
    mangler: Vec<String>,
}

impl Dyktighet {
    /// At an instant; `None` asks for the whole møte, however late somebody came or early they left.
    pub fn av(deltakere: &[Deltaker], moteleder: Option<Uuid>, nar: Option<OffsetDateTime>) -> Self {
        let tjenester = tjenester(deltakere, nar);
        Self {
            fort: deltakere.iter().filter(|d| d.oppmote.is_some()).count(),
            // Whoever leads without a seat of their own is there by leading.
            leder: moteleder
                .is_some_and(|leder| deltakere.iter().find(|d| d.person == Some(leder)).is_none_or(|d| d.er_inne(nar))),
            til_stede: tjenester.iter().filter(|(_, inne)| *inne).count(),
            faste: tjenester.len(),
            mangler: deltakere
                .iter()
                .filter(|d| d.moteplikt && !kan_beslutte(d, nar))
                .map(|d| savnet(d, nar))
                .collect(),
        }
    }

    pub fn er_dyktig(&self) -> bool {
        self.leder && self.til_stede >= self.trengs()
    }

    /// How many of the fixed services it takes.
    fn trengs(&self) -> usize {
        self.faste.div_ceil(2)
    }

    /// Whether anybody's attendance is registered; until then nothing can be said.
    pub fn er_fort(&self) -> bool {
        self.fort > 0
    }

    pub fn mangler(&self) -> &[String] {
        &self.mangler
    }
}

/// The fixed services, and whether each is there.
fn tjenester(deltakere: &[Deltaker], nar: Option<OffsetDateTime>) -> Vec<(Tjenestetype, bool)> {
    let mut tjenester: Vec<(Tjenestetype, bool)> = Vec::new();
    for deltaker in deltakere.iter().filter(|d| d.fast) {
        let samme = tjenester.iter_mut().find(|(t, _)| *t == deltaker.tjeneste && *t != Tjenestetype::Annen);
        match samme {
            Some((_, inne)) => *inne |= kan_beslutte(deltaker, nar),
            None => tjenester.push((deltaker.tjeneste, kan_beslutte(deltaker, nar))),
        }
    }
    tjenester
}

/// Whether somebody is there, or was in the møte (`None`), with authority to decide for a tjeneste.
pub fn kan_beslutte_for(deltakere: &[Deltaker], tjeneste: Tjenestetype, nar: Option<OffsetDateTime>) -> bool {
    deltakere.iter().any(|d| d.tjeneste == tjeneste && kan_beslutte(d, nar))
}

/// Whether they are there with authority to decide for their tjeneste.
fn kan_beslutte(deltaker: &Deltaker, nar: Option<OffsetDateTime>) -> bool {
    deltaker.fullmakt && deltaker.er_inne(nar)
}

fn savnet(deltaker: &Deltaker, nar: Option<OffsetDateTime>) -> String {
    let hvem = match &deltaker.navn {
        Some(navn) => format!("{} ({navn})", deltaker.tjeneste),
        None => deltaker.tjeneste.to_string(),
    };
    let opphold = deltaker.opphold;
    match (deltaker.oppmote, opphold.gikk) {
        (None, _) => format!("{hvem} er ikke ført"),
        _ if deltaker.er_inne(nar) => format!("{hvem} er her uten fullmakt til å beslutte"),
        (Some(oppmote), _) if !oppmote.oppfyller_moteplikt() => format!("{hvem}: {}", oppmote.navn().to_lowercase()),
        (_, Some(gikk)) if nar.is_some_and(|nar| gikk <= nar) => format!("{hvem} gikk kl. {}", kl(gikk)),
        _ => format!("{hvem} er ikke kommet ennå"),
    }
}

/// What is so now, and when it is not so, what it takes.
impl fmt::Display for Dyktighet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { til_stede, faste, .. } = self;
        if !self.er_fort() {
            return f.write_str("Når oppmøtet er ført, står det her om dere er beslutningsdyktige.");
        }
        if self.er_dyktig() {
            return write!(
                f,
                "Dere er beslutningsdyktige. Møtelederen og {til_stede} av {faste} faste tjenester er til stede."
            );
        }
        f.write_str("Dere er ikke beslutningsdyktige nå. ")?;
        match (self.leder, *til_stede >= self.trengs()) {
            (false, true) => f.write_str("Møtelederen er ikke til stede.")?,
            (false, false) => write!(
                f,
                "Møtelederen er ikke til stede, og bare {til_stede} av {faste} faste tjenester er her. Det trengs minst {}.",
                self.trengs()
            )?,
            (true, _) => write!(
                f,
                "Bare {til_stede} av {faste} faste tjenester er til stede. Det trengs minst {}.",
                self.trengs()
            )?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::{Duration, macros::datetime};

    use super::*;
    use crate::oppmote::{Opphold, Oppmote, Svar};

    const NA: OffsetDateTime = datetime!(2026-11-25 09:40 UTC);
    const FASTE: [Tjenestetype; 4] =
        [Tjenestetype::Enhet, Tjenestetype::Ppt, Tjenestetype::Helsesykepleier, Tjenestetype::Barnevern];

    /// Seat number `nr`; the first is the møteleder's.
    fn deltaker(nr: u128, tjeneste: Tjenestetype, oppmote: Option<Oppmote>) -> Deltaker {
        Deltaker {
            id: Uuid::from_u128(nr),
            person: Some(Uuid::from_u128(nr)),
            navn: Some(format!("Person {nr}")),
            tittel: String::new(),
            tjeneste,
            fast: true,
            moteplikt: true,
            fullmakt: true,
            svar: Svar::Ubesvart,
            oppmote,
            vara: None,
            grunn: None,
            opphold: Opphold::default(),
        }
    }

    /// The four fixed services, each there or not.
    fn team(inne: [bool; 4]) -> Vec<Deltaker> {
        let oppmote = |inne| Some(if inne { Oppmote::TilStede } else { Oppmote::IkkeMott });
        (0..).zip(FASTE).zip(inne).map(|((nr, tjeneste), inne)| deltaker(nr, tjeneste, oppmote(inne))).collect()
    }

    fn na(deltakere: &[Deltaker]) -> Dyktighet {
        Dyktighet::av(deltakere, Some(Uuid::from_u128(0)), Some(NA))
    }

    #[test]
    fn the_leader_and_half_of_the_services_can_decide() {
        let halve = na(&team([true, true, false, false]));
        assert!(halve.er_dyktig());
        assert_eq!(
            halve.to_string(),
            "Dere er beslutningsdyktige. Møtelederen og 2 av 4 faste tjenester er til stede."
        );
        let alene = na(&team([true, false, false, false]));
        assert_eq!(
            alene.to_string(),
            "Dere er ikke beslutningsdyktige nå. Bare 1 av 4 faste tjenester er til stede. Det trengs minst 2."
        );
        let uten_leder = na(&team([false, true, true, true]));
        assert_eq!(uten_leder.to_string(), "Dere er ikke beslutningsdyktige nå. Møtelederen er ikke til stede.");
        assert_eq!(uten_leder.mangler(), ["Skole eller barnehage (Person 0): ikke møtt"]);
    }

    #[test]
    fn it_follows_those_who_leave() {
        let mut deltakere = team([true, true, false, false]);
        deltakere[1].opphold.gikk = Some(NA - Duration::MINUTE);
        let etter = na(&deltakere);
        assert!(!etter.er_dyktig());
        assert_eq!(etter.mangler()[0], "PPT (Person 1) gikk kl. 10.39");
        assert!(Dyktighet::av(&deltakere, Some(Uuid::from_u128(0)), Some(NA - Duration::HOUR)).er_dyktig());
        assert!(Dyktighet::av(&deltakere, Some(Uuid::from_u128(0)), None).er_dyktig(), "in the møte as a whole");
    }

    #[test]
    fn a_stand_in_decides_and_two_seats_of_one_service_are_one() {
        let mut deltakere = team([true, false, false, false]);
        deltakere[1].oppmote = Some(Oppmote::Vara);
        assert!(na(&deltakere).er_dyktig());
        let to_ppt = [
            deltaker(0, Tjenestetype::Enhet, Some(Oppmote::TilStede)),
            deltaker(1, Tjenestetype::Ppt, None),
            deltaker(2, Tjenestetype::Ppt, Some(Oppmote::TilStede)),
        ];
        assert_eq!((na(&to_ppt).til_stede, na(&to_ppt).faste), (2, 2));
    }

    #[test]
    fn one_without_authority_is_there_but_decides_nothing() {
        let mut deltakere = team([true, true, false, false]);
        deltakere[1].fullmakt = false;
        assert!(!na(&deltakere).er_dyktig());
        assert_eq!(na(&deltakere).mangler()[0], "PPT (Person 1) er her uten fullmakt til å beslutte");
    }

    #[test]
    fn before_anybody_is_registered_nothing_is_said() {
        let tomt: Vec<_> = (0..).zip(FASTE).map(|(nr, t)| deltaker(nr, t, None)).collect();
        assert!(na(&tomt).to_string().starts_with("Når oppmøtet er ført"));
        assert!(!na(&tomt).er_dyktig());
    }

    #[test]
    fn one_who_leads_without_a_seat_is_there() {
        let uten_sete = Dyktighet::av(&team([true, true, false, false]), Some(Uuid::from_u128(9)), Some(NA));
        assert!(uten_sete.er_dyktig());
        assert!(!Dyktighet::av(&team([true; 4]), None, Some(NA)).er_dyktig(), "somebody must lead");
    }

    proptest! {
        #[test]
        fn one_more_in_the_room_never_takes_the_right_away(inne in prop::array::uniform4(any::<bool>()), nr in 0usize..4) {
            let mut flere = inne;
            flere[nr] = true;
            prop_assert!(!na(&team(inne)).er_dyktig() || na(&team(flere)).er_dyktig());
            prop_assert_eq!(na(&team(inne)).mangler().len(), inne.iter().filter(|inne| !**inne).count());
        }

        #[test]
        fn each_seat_of_no_one_service_counts(antall in 1usize..8, inne in 0usize..8) {
            let inne = inne.min(antall);
            let deltakere: Vec<_> = (0..antall)
                .map(|nr| deltaker(nr as u128, Tjenestetype::Annen, Some(if nr < inne { Oppmote::TilStede } else { Oppmote::Forfall })))
                .collect();
            prop_assert_eq!(na(&deltakere).er_dyktig(), inne > 0 && inne * 2 >= antall);
        }
    }
}
