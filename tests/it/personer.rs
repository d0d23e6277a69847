//! Who is who in the example, and how far each reaches: what the table of routes is held against.
use samhandling::auth::{
    Handling::{self, BehandleBistand, Lofte},
    Rolletype,
    rett::Omfang::{self, Egne, Ingen, Innkalt, Kommune, Ledet, Region},
};

use crate::ruter::Sted;

/// Somebody of the fixture: the role and the place it is for.
pub(crate) struct Person {
    nr: u32,
    pub(crate) type_: Rolletype,
    kommune: Option<u32>,
    enhet: Option<u32>,
}

const fn person(nr: u32, type_: Rolletype, kommune: Option<u32>, enhet: Option<u32>) -> Person {
    Person { nr, type_, kommune, enhet }
}

pub(crate) const PERSONER: [Person; 14] = [
    person(1, Rolletype::Teamleder, None, Some(1)),
    person(2, Rolletype::Teammedlem, None, None),
    person(3, Rolletype::Teammedlem, None, None),
    person(4, Rolletype::Teammedlem, None, None),
    person(5, Rolletype::Invitert, None, None),
    person(6, Rolletype::Kommunekoordinator, Some(1), None),
    person(7, Rolletype::Kommunalsjef, Some(1), None),
    person(8, Rolletype::Kommunedirektor, Some(1), None),
    person(9, Rolletype::Regionkoordinator, None, None),
    person(10, Rolletype::Systemadministrator, None, None),
    person(11, Rolletype::Teamleder, None, Some(2)),
    person(12, Rolletype::Kommunalsjef, Some(2), None),
    person(13, Rolletype::Politiker, Some(1), None),
    person(14, Rolletype::Statsforvalter, None, None),
];

/// A forum of the fixture: kommune, enhet, leader, members.
type Forum = (Option<u32>, Option<u32>, u32, &'static [u32]);

const FORA: [Forum; 4] = [
    (Some(1), Some(1), 1, &[1, 2, 3, 4, 5]),
    (Some(1), Some(2), 11, &[11, 2]),
    (Some(1), None, 6, &[6, 2]),
    (None, None, 9, &[9, 8]),
];

/// A møte of the fixture: its forum and who is called in.
const MOTER: [(u32, &[u32]); 5] =
    [(1, &[1, 2, 3, 4, 5]), (1, &[1, 2, 3, 4]), (1, &[1, 2, 3, 4]), (1, &[1, 2, 3, 4]), (2, &[11, 2])];

/// A bistandsforespørsel of `eksempler.sql`: the forum that asks, and the one that is asked.
const BISTAND: [(u32, u32); 4] = [(1, 3), (1, 3), (1, 3), (1, 3)];
/// A tiltak of the fixture: its forum and who answers for it.
const TILTAKENE: [(u32, u32); 1] = [(1, 2)];

/// A sak of the fixture: its forum.
const SAKENE: [u32; 2] = [1, 1];

impl Person {
    /// Whether the role reaches a place for an act, by the words of [`Omfang`].
    pub(crate) fn rekker(&self, handling: Handling, sted: Sted) -> bool {
        let (forum, innkalt) = match sted {
            Sted::Kommune(kommune) => {
                return match self.type_.omfang(handling) {
                    Region => true,
                    Kommune => self.kommune == Some(kommune),
                    Ingen | Innkalt | Egne | Ledet => false,
                };
            }
            // Asked of the forum that asks, of the one that is asked, or of either.
            Sted::Bistand(nr) => {
                let (fra, til) = BISTAND[nr as usize - 1];
                let (fra, til) = (Sted::Forum(fra), Sted::Forum(til));
                return match handling {
                    Lofte => self.rekker(handling, fra),
                    BehandleBistand => self.rekker(handling, til),
                    _ => self.rekker(handling, fra) || self.rekker(handling, til),
                };
            }
            Sted::Forum(forum) => (forum, false),
            Sted::Sak(sak) => (SAKENE[sak as usize - 1], false),
            Sted::Tiltak(tiltak) => {
                let (forum, ansvarlig) = TILTAKENE[tiltak as usize - 1];
                (forum, ansvarlig == self.nr)
            }
            Sted::Mote(mote) => {
                let (forum, innkalte) = MOTER[mote as usize - 1];
                (forum, innkalte.contains(&self.nr))
            }
        };
        let (kommune, enhet, leder, medlemmer) = FORA[forum as usize - 1];
        let leder = leder == self.nr && (self.enhet.is_none() || self.enhet == enhet);
        let medlem = medlemmer.contains(&self.nr);
        match self.type_.omfang(handling) {
            Omfang::Ingen => false,
            Innkalt => innkalt || leder,
            Egne => medlem,
            Ledet => leder,
            Kommune => medlem || (kommune.is_some() && kommune == self.kommune),
            Region => true,
        }
    }
}
