//! How requests are counted, and how near the children something was solved. No database, no web, no clock.
use crate::tekst::lukket_liste;

/// The requests between two ends in one semester.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tall {
    pub(super) sendt: u32,
    pub(super) besvart: u32,
    /// Refused, with a reason.
    pub(super) avvist: u32,
    /// Of those that were answered or refused: by the day that was asked for.
    pub(super) innen_frist: u32,
    /// Still to be answered, and that day has passed.
    pub(super) over_frist: u32,
    /// Whole days from sent to answered, the middle one; none when nothing is answered.
    pub(super) dager: Option<u32>,
}

impl Tall {
    /// Answered or refused.
    pub(super) fn ferdige(&self) -> u32 {
        self.besvart + self.avvist
    }

    /// Still to be answered.
    pub(super) fn venter(&self) -> u32 {
        self.sendt.saturating_sub(self.ferdige())
    }

    /// «3 dager», «samme dag», «–».
    pub(super) fn dager_i_ord(&self) -> String {
        match self.dager {
            None => "–".to_owned(),
            Some(0) => "samme dag".to_owned(),
            Some(1) => "1 dag".to_owned(),
            Some(n) => format!("{n} dager"),
        }
    }

    /// «3, 1 av dem over fristen»: what waits, and how much of it waits too long.
    pub(super) fn venter_i_ord(&self) -> String {
        match (self.venter(), self.over_frist) {
            (venter, 0) => venter.to_string(),
            (venter, over) if venter == over => format!("{over} over fristen"),
            (venter, over) => format!("{venter}, {over} av dem over fristen"),
        }
    }

    /// «1 av 2»: of what came back, how much in time.
    pub(super) fn innen_i_ord(&self) -> String {
        match self.ferdige() {
            0 => "–".to_owned(),
            ferdige => format!("{} av {ferdige}", self.innen_frist),
        }
    }
}

/// Where something was solved, the nearest to the children first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Losningsniva {
    Enhet,
    Tst,
    Kommune,
    Tjeneste,
}

impl Losningsniva {
    const ALLE: [Self; 4] = [Self::Enhet, Self::Tst, Self::Kommune, Self::Tjeneste];

    /// As the database counts it.
    fn slug(self) -> &'static str {
        match self {
            Self::Enhet => "enhet",
            Self::Tst => "tst",
            Self::Kommune => "kommune",
            Self::Tjeneste => "tjeneste",
        }
    }

    /// As said on the screen.
    fn navn(self) -> &'static str {
        match self {
            Self::Enhet => "Enheten selv",
            Self::Tst => "Teamet rundt enheten",
            Self::Kommune => "Kommunens eget team",
            Self::Tjeneste => "En tjeneste eller et annet team",
        }
    }
}

lukket_liste!(Losningsniva);

/// How much was solved at each level: on systemnivå, and round single children.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lost(pub(super) Vec<(Losningsniva, u32, u32)>);

impl Lost {
    /// Every level in order, also those where nothing was solved.
    pub(super) fn alle(&self) -> impl Iterator<Item = (Losningsniva, u32, u32)> {
        Losningsniva::ALLE.iter().map(|niva| {
            let her = self.0.iter().filter(|(n, ..)| n == niva);
            her.fold((*niva, 0, 0), |(n, system, barn), (_, s, b)| (n, system + s, barn + b))
        })
    }

    /// Of what was solved on systemnivå: how much at the unit or in the team round it, and how much in all.
    pub(super) fn naermest(&self) -> (u32, u32) {
        let naer = |niva| matches!(niva, Losningsniva::Enhet | Losningsniva::Tst);
        self.0
            .iter()
            .fold((0, 0), |(n, alle), (niva, system, _)| (n + if naer(*niva) { *system } else { 0 }, alle + system))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_answered_nor_refused_waits() {
        let tall = Tall { sendt: 7, besvart: 3, avvist: 1, innen_frist: 2, over_frist: 2, dager: Some(1) };
        assert_eq!((tall.ferdige(), tall.venter()), (4, 3));
        assert_eq!(
            (tall.venter_i_ord(), tall.dager_i_ord()),
            ("3, 2 av dem over fristen".to_owned(), "1 dag".to_owned())
        );
        assert_eq!((Tall::default().venter_i_ord(), Tall::default().dager_i_ord()), ("0".to_owned(), "–".to_owned()));
    }

    #[test]
    fn the_unit_and_its_team_are_the_nearest() {
        use Losningsniva::{Enhet, Kommune, Tjeneste, Tst};
        let lost = Lost(vec![(Tjeneste, 1, 0), (Tst, 4, 7), (Enhet, 2, 1), (Kommune, 3, 0)]);
        assert_eq!(lost.naermest(), (6, 10));
        let alle: Vec<_> = lost.alle().collect();
        assert_eq!(alle, [(Enhet, 2, 1), (Tst, 4, 7), (Kommune, 3, 0), (Tjeneste, 1, 0)]);
        assert_eq!(Lost::default().alle().map(|(_, s, b)| s + b).sum::<u32>(), 0);
    }
}
