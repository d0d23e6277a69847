//! The life of a tiltak: proposed, decided, under way, evaluated; carried on, changed, lifted, and in the end ended.
//!
//! Strategisk plan, Nord-Østerdal, kap. 6: «Vi setter inn, følger opp og evaluerer tiltak», and «Vi gjør ikke mer av det som
//! ikke virker, vi gjør noe nytt». The trigger `tiltak_liv` refuses the same moves.
use std::fmt;

use crate::tekst::lukket_liste;

/// Where a tiltak stands. Nothing leaves `Avsluttet`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Foreslatt,
    Besluttet,
    Pagar,
    TilEvaluering,
    /// Evaluated, and goes on as it is.
    Viderefort,
    /// Evaluated, and goes on as something new.
    Endret,
    Avsluttet,
    /// Raised to the kommune.
    Loftet,
}

/// A move somebody makes with a tiltak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trekk {
    Beslutt,
    Start,
    TilEvaluering,
    Avslutt,
}

/// What an evaluation found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Virkning {
    Virker,
    Delvis,
    VirkerIkke,
}

/// What an evaluation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Videre {
    Viderefort,
    Endret,
    Avsluttet,
    Loftet,
}

/// A move that the tiltak does not allow, in words for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UlovligTrekk {
    Trekk {
        fra: Status,
        trekk: Trekk,
    },
    IkkeTilEvaluering(Status),
    /// «Virker ikke» cannot be carried on as it is.
    VirkerIkkeUendret,
    /// Said to be changed, but neither goal nor words are.
    IngenEndring,
}

impl Status {
    pub const ALLE: [Self; 8] = [
        Self::Foreslatt,
        Self::Besluttet,
        Self::Pagar,
        Self::TilEvaluering,
        Self::Viderefort,
        Self::Endret,
        Self::Loftet,
        Self::Avsluttet,
    ];

    /// The state after `trekk`, or why it cannot be made.
    pub fn etter(self, trekk: Trekk) -> Result<Self, UlovligTrekk> {
        match (self, trekk) {
            (Self::Foreslatt, Trekk::Beslutt) => Ok(Self::Besluttet),
            (Self::Besluttet | Self::Viderefort | Self::Endret | Self::Loftet, Trekk::Start) => Ok(Self::Pagar),
            (Self::Pagar, Trekk::TilEvaluering) => Ok(Self::TilEvaluering),
            (Self::Foreslatt | Self::Besluttet | Self::Loftet, Trekk::Avslutt) => Ok(Self::Avsluttet),
            _ => Err(UlovligTrekk::Trekk { fra: self, trekk }),
        }
    }

    pub fn kan(self, trekk: Trekk) -> bool {
        self.etter(trekk).is_ok()
    }

    /// The state after an evaluation; `endret` is whether goal or words are others than before.
    pub fn evaluert(self, virkning: Virkning, videre: Videre, endret: bool) -> Result<Self, UlovligTrekk> {
        match (self, virkning, videre) {
            (Self::TilEvaluering, Virkning::VirkerIkke, Videre::Viderefort) => Err(UlovligTrekk::VirkerIkkeUendret),
            (Self::TilEvaluering, _, Videre::Endret) if !endret => Err(UlovligTrekk::IngenEndring),
            (Self::TilEvaluering, _, videre) => Ok(videre.status()),
            _ => Err(UlovligTrekk::IkkeTilEvaluering(self)),
        }
    }

    /// Whether it may be evaluated; one under way is sent to evaluation on the way.
    pub fn kan_evalueres(self) -> bool {
        matches!(self, Self::Pagar | Self::TilEvaluering)
    }

    /// Whether nothing more can happen to it.
    pub fn er_slutt(self) -> bool {
        self == Self::Avsluttet
    }

    /// As stored and in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Foreslatt => "foreslatt",
            Self::Besluttet => "besluttet",
            Self::Pagar => "pagar",
            Self::TilEvaluering => "til_evaluering",
            Self::Viderefort => "viderefort",
            Self::Endret => "endret",
            Self::Avsluttet => "avsluttet",
            Self::Loftet => "loftet",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Foreslatt => "Foreslått",
            Self::Besluttet => "Besluttet",
            Self::Pagar => "Pågår",
            Self::TilEvaluering => "Til evaluering",
            Self::Viderefort => "Videreført",
            Self::Endret => "Endret",
            Self::Avsluttet => "Avsluttet",
            Self::Loftet => "Løftet",
        }
    }

    /// Designsystemet's colour name for the tag.
    pub fn farge(self) -> &'static str {
        match self {
            Self::Foreslatt | Self::Avsluttet => "neutral",
            Self::Besluttet | Self::Loftet => "info",
            Self::TilEvaluering => "warning",
            Self::Pagar | Self::Viderefort | Self::Endret => "success",
        }
    }

    /// Name of the Aksel icon.
    pub fn ikon(self) -> &'static str {
        match self {
            Self::Foreslatt => "LightBulb",
            Self::Besluttet => "Clipboard",
            Self::Pagar => "Play",
            Self::TilEvaluering => "ClipboardCheckmark",
            Self::Viderefort => "ArrowsCirclepath",
            Self::Endret => "Pencil",
            Self::Avsluttet => "CheckmarkCircle",
            Self::Loftet => "ArrowUp",
        }
    }
}

impl Trekk {
    pub const ALLE: [Self; 4] = [Self::Beslutt, Self::Start, Self::TilEvaluering, Self::Avslutt];

    /// As in forms.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Beslutt => "beslutt",
            Self::Start => "start",
            Self::TilEvaluering => "til_evaluering",
            Self::Avslutt => "avslutt",
        }
    }

    /// As a button says it.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Beslutt => "Beslutt tiltaket",
            Self::Start => "Sett i gang tiltaket",
            Self::TilEvaluering => "Send til evaluering",
            Self::Avslutt => "Avslutt tiltaket",
        }
    }
}

impl Virkning {
    pub const ALLE: [Self; 3] = [Self::Virker, Self::Delvis, Self::VirkerIkke];

    /// As stored and in forms.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Virker => "virker",
            Self::Delvis => "delvis",
            Self::VirkerIkke => "virker_ikke",
        }
    }

    /// As said on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Virker => "Virker",
            Self::Delvis => "Virker delvis",
            Self::VirkerIkke => "Virker ikke",
        }
    }
}

impl Videre {
    pub const ALLE: [Self; 4] = [Self::Viderefort, Self::Endret, Self::Avsluttet, Self::Loftet];

    pub fn status(self) -> Status {
        match self {
            Self::Viderefort => Status::Viderefort,
            Self::Endret => Status::Endret,
            Self::Avsluttet => Status::Avsluttet,
            Self::Loftet => Status::Loftet,
        }
    }

    /// As stored and in forms.
    pub fn slug(self) -> &'static str {
        self.status().slug()
    }

    /// As a choice says it.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Viderefort => "Fortsett som før",
            Self::Endret => "Endre tiltaket",
            Self::Avsluttet => "Avslutt tiltaket",
            Self::Loftet => "Løft til kommunen",
        }
    }

    /// Whether only the leader of the team decides it.
    pub fn krever_leder(self) -> bool {
        matches!(self, Self::Avsluttet | Self::Loftet)
    }
}

lukket_liste!(Status, Trekk, Virkning, Videre);

impl fmt::Display for UlovligTrekk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Trekk { fra: Status::Avsluttet, .. } | Self::IkkeTilEvaluering(Status::Avsluttet) => {
                "Tiltaket er avsluttet. Lag et nytt tiltak fra en beslutning i stedet."
            }
            Self::Trekk { fra: Status::Foreslatt, .. } => "Tiltaket er bare foreslått. Beslutt det først.",
            Self::Trekk { trekk: Trekk::Beslutt, .. } => "Tiltaket er allerede besluttet.",
            Self::Trekk { fra: Status::Pagar | Status::TilEvaluering, trekk: Trekk::Avslutt } => {
                "Et tiltak som er i gang, avsluttes når det evalueres. Evaluer tiltaket."
            }
            Self::Trekk { fra: Status::TilEvaluering, .. } => "Tiltaket venter på evaluering. Evaluer det.",
            Self::Trekk { fra: Status::Pagar, .. } => "Tiltaket er allerede i gang.",
            Self::Trekk { .. } | Self::IkkeTilEvaluering(_) => "Tiltaket er ikke i gang. Sett det i gang først.",
            Self::VirkerIkkeUendret => {
                "Tiltaket virker ikke og kan ikke fortsette som før. Endre det, avslutt det eller løft det."
            }
            Self::IngenEndring => "Mål og tiltak er som før. Skriv hva dere gjør annerledes.",
        })
    }
}

impl std::error::Error for UlovligTrekk {}

impl From<UlovligTrekk> for crate::Error {
    fn from(ulovlig: UlovligTrekk) -> Self {
        Self::Regelbrudd(ulovlig.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Anything that can be tried with a tiltak.
    #[derive(Clone, Copy, Debug)]
    enum Forsok {
        Trekk(Trekk),
        Evaluering(Virkning, Videre, bool),
    }

    fn gjor(status: Status, forsok: Forsok) -> Result<Status, UlovligTrekk> {
        match forsok {
            Forsok::Trekk(trekk) => status.etter(trekk),
            Forsok::Evaluering(virkning, videre, endret) => status.evaluert(virkning, videre, endret),
        }
    }

    fn forsok() -> impl Strategy<Value = Forsok> {
        let velg = |n: usize| 0..n;
        prop_oneof![
            velg(Trekk::ALLE.len()).prop_map(|i| Forsok::Trekk(Trekk::ALLE[i])),
            (velg(3), velg(4), any::<bool>()).prop_map(|(v, n, e)| Forsok::Evaluering(
                Virkning::ALLE[v],
                Videre::ALLE[n],
                e
            )),
        ]
    }

    #[test]
    fn the_ordinary_life_of_a_tiltak() {
        let i_gang = [Trekk::Beslutt, Trekk::Start, Trekk::TilEvaluering];
        let evalueres = i_gang.into_iter().try_fold(Status::Foreslatt, Status::etter).unwrap();
        assert_eq!(evalueres, Status::TilEvaluering);
        for videre in [Videre::Viderefort, Videre::Endret] {
            let igjen = evalueres.evaluert(Virkning::Delvis, videre, true).unwrap();
            assert_eq!(igjen.etter(Trekk::Start).and_then(|s| s.etter(Trekk::TilEvaluering)), Ok(evalueres));
        }
        assert_eq!(evalueres.evaluert(Virkning::Virker, Videre::Avsluttet, false), Ok(Status::Avsluttet));
    }

    #[test]
    fn what_does_not_work_is_never_carried_on_unchanged() {
        for endret in [true, false] {
            let svar = Status::TilEvaluering.evaluert(Virkning::VirkerIkke, Videre::Viderefort, endret);
            assert_eq!(svar, Err(UlovligTrekk::VirkerIkkeUendret));
        }
        let svar = Status::TilEvaluering.evaluert(Virkning::VirkerIkke, Videre::Endret, false);
        assert_eq!(svar, Err(UlovligTrekk::IngenEndring));
    }

    #[test]
    fn states_and_moves_are_read_back() {
        assert!(Status::ALLE.iter().all(|s| s.slug().parse() == Ok(*s)));
        assert!(Trekk::ALLE.iter().all(|t| t.slug().parse() == Ok(*t)));
        assert!(Virkning::ALLE.iter().all(|v| v.slug().parse() == Ok(*v)));
        assert!(Videre::ALLE.iter().all(|v| v.slug().parse() == Ok(*v)));
    }

    proptest! {
        #[test]
        fn nothing_leaves_the_end_and_nothing_under_way_ends_without_evaluation(
            alle in prop::collection::vec(forsok(), 0..60),
        ) {
            let mut status = Status::Foreslatt;
            for ett in alle {
                let neste = gjor(status, ett);
                if status.er_slutt() {
                    prop_assert!(neste.is_err());
                }
                if let Ok(neste) = neste {
                    let evaluert = matches!(ett, Forsok::Evaluering(..));
                    prop_assert!(neste != status);
                    prop_assert!(evaluert == (status == Status::TilEvaluering), "only an evaluation leaves evaluation");
                    prop_assert!(!(status == Status::Pagar && neste.er_slutt()));
                    status = neste;
                }
            }
        }
    }
}
