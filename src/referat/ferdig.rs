//! What is missing before a møte can be called finished. The leader may finish all the same; nothing here forbids it.
use std::fmt;

use crate::oppmote::Oppmote;

/// An element as it was held.
#[derive(Clone, Debug)]
pub struct Element {
    pub tittel: String,
    pub gjennomfort: bool,
    pub har_notat: bool,
    /// Whether its note or a decision of it holds something that reads as a telephone number.
    pub har_telefonnummer: bool,
}

/// A participant as registered.
#[derive(Clone, Debug)]
pub struct Deltaker {
    /// How to speak of them: the service («PPT») or the person.
    pub navn: String,
    /// Fixed member of the team.
    pub fast: bool,
    pub moteplikt: bool,
    /// `None` when nobody has registered it.
    pub oppmote: Option<Oppmote>,
}

/// Whether enough were there to decide.
#[derive(Clone, Copy, Debug)]
pub struct Vedtak {
    /// In the møte as a whole, however late somebody came or early they left.
    pub dyktig: bool,
    /// Decisions that were written down while too few were in the room.
    pub uten_nok: usize,
    /// Decisions that bind a tjeneste nobody was there with authority to decide for.
    pub uten_fullmakt: usize,
}

/// A møte on its way to be finished.
#[derive(Clone, Copy, Debug)]
pub struct Ferdigstilling<'a> {
    pub elementer: &'a [Element],
    pub deltakere: &'a [Deltaker],
    pub vedtak: Vedtak,
    /// Minutes on the agenda.
    pub minutter: u32,
    /// Minutes the rules ask for.
    pub min_varighet: u32,
    /// Why it is shorter, if somebody has said.
    pub begrunnelse: Option<&'a str>,
    /// Something about a child has been treated, and nobody has said how the child and the guardians were heard.
    pub uten_medvirkning: bool,
}

/// One thing that is missing; its `Display` is the sentence to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mangel {
    IngenTilStede,
    IkkeBeslutningsdyktig,
    BesluttetUtenNok {
        antall: usize,
    },
    BesluttetUtenFullmakt {
        antall: usize,
    },
    /// Something that reads as a telephone number in a note or a decision.
    Telefonnummer {
        tittel: String,
    },
    IkkeDekket {
        tittel: String,
    },
    ForKort {
        minutter: u32,
        minste: u32,
    },
    /// A fixed member who had to come and neither came nor sent a stand-in.
    BruttMoteplikt {
        hvem: String,
        oppmote: Oppmote,
    },
    /// A fixed member who had to come and whose attendance nobody has registered; counts as missing.
    IkkeRegistrert {
        hvem: String,
    },
    UtenMedvirkning,
}

impl Mangel {
    /// Whether it must be mended: no reason is good enough.
    pub fn sperrer(&self) -> bool {
        *self == Self::UtenMedvirkning
    }
}

impl Ferdigstilling<'_> {
    /// Everything missing, the gravest first.
    pub fn mangler(&self) -> Vec<Mangel> {
        let ingen = !self.deltakere.iter().any(|d| d.oppmote.is_some_and(Oppmote::oppfyller_moteplikt));
        let begrunnet = self.begrunnelse.is_some_and(|b| !b.trim().is_empty());
        let for_kort = self.minutter < self.min_varighet && !begrunnet;
        let mut mangler: Vec<Mangel> = Vec::new();
        mangler.extend(self.uten_medvirkning.then_some(Mangel::UtenMedvirkning));
        mangler.extend(if ingen { vec![Mangel::IngenTilStede] } else { self.vedtak.mangler() });
        mangler.extend(self.deltakere.iter().filter_map(Deltaker::mangel));
        mangler.extend(self.elementer.iter().flat_map(Element::mangler));
        mangler.extend(for_kort.then_some(Mangel::ForKort { minutter: self.minutter, minste: self.min_varighet }));
        mangler
    }
}

impl Vedtak {
    /// Too few is said once; of single decisions there is more to say only when there were enough in all.
    fn mangler(self) -> Vec<Mangel> {
        if !self.dyktig {
            return vec![Mangel::IkkeBeslutningsdyktig];
        }
        let uten_nok = (self.uten_nok > 0).then_some(Mangel::BesluttetUtenNok { antall: self.uten_nok });
        let uten_fullmakt =
            (self.uten_fullmakt > 0).then_some(Mangel::BesluttetUtenFullmakt { antall: self.uten_fullmakt });
        uten_nok.into_iter().chain(uten_fullmakt).collect()
    }
}

impl Deltaker {
    /// Møteplikt (Strategisk plan, Nord-Østerdal, kap. 6: «Faste deltagere: … og det er møteplikt»).
    fn mangel(&self) -> Option<Mangel> {
        let hvem = (self.fast && self.moteplikt).then(|| self.navn.clone())?;
        match self.oppmote {
            None => Some(Mangel::IkkeRegistrert { hvem }),
            Some(oppmote) if oppmote.oppfyller_moteplikt() => None,
            Some(oppmote) => Some(Mangel::BruttMoteplikt { hvem, oppmote }),
        }
    }
}

impl Element {
    fn mangler(&self) -> impl Iterator<Item = Mangel> {
        let dekket = self.gjennomfort || self.har_notat;
        let tittel = || self.tittel.clone();
        let udekket = (!dekket).then(|| Mangel::IkkeDekket { tittel: tittel() });
        let telefon = self.har_telefonnummer.then(|| Mangel::Telefonnummer { tittel: tittel() });
        udekket.into_iter().chain(telefon)
    }
}

impl fmt::Display for Mangel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IngenTilStede => f.write_str("Ingen er registrert til stede. Før oppmøtet først."),
            Self::IkkeBeslutningsdyktig => f.write_str(
                "Dere var ikke beslutningsdyktige. Møtelederen og minst halvparten av de faste tjenestene må være til stede.",
            ),
            Self::BesluttetUtenNok { antall } => {
                let beslutninger = if *antall == 1 { "Én beslutning".to_owned() } else { format!("{antall} beslutninger") };
                write!(f, "{beslutninger} er ført mens dere ikke var beslutningsdyktige. Se hvem som kom sent eller gikk tidlig.")
            }
            Self::BesluttetUtenFullmakt { antall } => {
                let beslutninger = if *antall == 1 { "Én beslutning".to_owned() } else { format!("{antall} beslutninger") };
                write!(f, "{beslutninger} binder en tjeneste som ikke var til stede med fullmakt. Avtal det med tjenesten.")
            }
            Self::Telefonnummer { tittel } => write!(
                f,
                "I «{tittel}» står det noe som ser ut som et telefonnummer. Ta det bort hvis det gjelder et barn eller foresatte."
            ),
            Self::IkkeDekket { tittel } => {
                write!(
                    f,
                    "«{tittel}» er ikke gjennomført. Kryss av for at dere har vært gjennom punktet, \
                     eller skriv et notat."
                )
            }
            Self::ForKort { minutter, minste } => write!(
                f,
                "Agendaen er på {minutter} minutter. Planen sier at et TST-møte skal ha minst {minste}. \
                 Skriv hvorfor dette møtet var kortere."
            ),
            Self::BruttMoteplikt { hvem, oppmote: Oppmote::Forfall } => {
                write!(f, "{hvem} meldte forfall og sendte ikke vara. Møteplikten gjelder.")
            }
            Self::BruttMoteplikt { hvem, .. } => {
                write!(f, "{hvem} møtte ikke og sendte ikke vara. Møteplikten gjelder.")
            }
            Self::UtenMedvirkning => f.write_str(
                "Dere har snakket om et barn eller en familie. \
                 Skriv hvordan barnet og de foresatte medvirket, før møtet ferdigstilles.",
            ),
            Self::IkkeRegistrert { hvem } => {
                write!(f, "Oppmøtet til {hvem} er ikke ført. Det regnes som fravær, og møteplikten gjelder.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn element(gjennomfort: bool, har_notat: bool) -> Element {
        Element { tittel: "Veiledning".into(), gjennomfort, har_notat, har_telefonnummer: false }
    }

    fn ppt(oppmote: Option<Oppmote>) -> Deltaker {
        Deltaker { navn: "PPT".into(), fast: true, moteplikt: true, oppmote }
    }

    fn mote<'a>(elementer: &'a [Element], deltakere: &'a [Deltaker]) -> Ferdigstilling<'a> {
        Ferdigstilling {
            elementer,
            deltakere,
            vedtak: Vedtak { dyktig: true, uten_nok: 0, uten_fullmakt: 0 },
            minutter: 150,
            min_varighet: 150,
            begrunnelse: None,
            uten_medvirkning: false,
        }
    }

    #[test]
    fn a_whole_mote_lacks_nothing() {
        for oppmote in [Oppmote::TilStede, Oppmote::Vara] {
            let mangler = mote(&[element(true, false), element(false, true)], &[ppt(Some(oppmote))]).mangler();
            assert_eq!(mangler, vec![]);
        }
    }

    #[test]
    fn an_empty_mote_lacks_people() {
        assert_eq!(mote(&[], &[]).mangler(), vec![Mangel::IngenTilStede]);
    }

    #[test]
    fn absence_and_no_registration_are_said_apart() {
        let deltakere =
            [ppt(Some(Oppmote::Forfall)), ppt(Some(Oppmote::IkkeMott)), ppt(None), ppt(Some(Oppmote::TilStede))];
        let ord: Vec<_> = mote(&[], &deltakere).mangler().iter().map(ToString::to_string).collect();
        assert_eq!(
            ord,
            [
                "PPT meldte forfall og sendte ikke vara. Møteplikten gjelder.",
                "PPT møtte ikke og sendte ikke vara. Møteplikten gjelder.",
                "Oppmøtet til PPT er ikke ført. Det regnes som fravær, og møteplikten gjelder.",
            ]
        );
    }

    #[test]
    fn a_short_mote_lacks_its_reason() {
        let deltakere = [ppt(Some(Oppmote::TilStede))];
        let kort = Ferdigstilling { minutter: 149, ..mote(&[], &deltakere) };
        assert_eq!(kort.mangler(), vec![Mangel::ForKort { minutter: 149, minste: 150 }]);
        assert_eq!(Ferdigstilling { begrunnelse: Some("Bare ett tema"), ..kort }.mangler(), vec![]);
    }

    #[test]
    fn too_few_to_decide_is_said_once_and_only_when_somebody_was_there() {
        let deltakere = [ppt(Some(Oppmote::TilStede))];
        let uten = |dyktig, uten_nok| {
            Ferdigstilling { vedtak: Vedtak { dyktig, uten_nok, uten_fullmakt: uten_nok / 2 }, ..mote(&[], &deltakere) }
                .mangler()
        };
        assert_eq!(uten(false, 2), vec![Mangel::IkkeBeslutningsdyktig]);
        assert_eq!(uten(true, 1), vec![Mangel::BesluttetUtenNok { antall: 1 }]);
        assert_eq!(
            uten(true, 2),
            vec![Mangel::BesluttetUtenNok { antall: 2 }, Mangel::BesluttetUtenFullmakt { antall: 1 }]
        );
        assert_eq!(uten(true, 0), vec![]);
        let tomt = Ferdigstilling { vedtak: Vedtak { dyktig: false, uten_nok: 0, uten_fullmakt: 1 }, ..mote(&[], &[]) };
        assert_eq!(tomt.mangler(), vec![Mangel::IngenTilStede]);
    }

    proptest! {
        #[test]
        fn one_remark_for_each_thing_missing(
            elementer in prop::collection::vec((prop::bool::ANY, prop::bool::ANY), 0..6),
            deltakere in prop::collection::vec(
                (any::<bool>(), any::<bool>(), prop::option::of(prop::sample::select(Oppmote::ALLE.to_vec()))), 0..8),
            minutter in 0u32..300,
            uten_medvirkning: bool,
        ) {
            let elementer: Vec<_> = elementer.into_iter().map(|(g, n)| element(g, n)).collect();
            let deltakere: Vec<_> = deltakere
                .into_iter()
                .map(|(fast, moteplikt, oppmote)| Deltaker { fast, moteplikt, ..ppt(oppmote) })
                .collect();
            let mote = Ferdigstilling { minutter, uten_medvirkning, ..mote(&elementer, &deltakere) };
            let kom = |d: &Deltaker| matches!(d.oppmote, Some(Oppmote::TilStede | Oppmote::Vara));
            let fasit = usize::from(!deltakere.iter().any(kom))
                + deltakere.iter().filter(|d| d.fast && d.moteplikt && !kom(d)).count()
                + elementer.iter().filter(|e| !e.gjennomfort && !e.har_notat).count()
                + usize::from(minutter < 150)
                + usize::from(uten_medvirkning);
            prop_assert_eq!(mote.mangler().len(), fasit);
            prop_assert_eq!(mote.mangler().iter().any(Mangel::sperrer), uten_medvirkning);
        }
    }
}
