//! Patterns in the log that somebody should look into: by one person, in one hour.
use crate::tekst::liste;

/// Refusals in an hour from which they are many.
pub(super) const MANGE_AVVIST: i64 = 10;
/// Møter opened in an hour from which they are many.
pub(super) const MANGE_LEST: i64 = 40;
/// Møter opened in an hour of the night from which it is more than a look.
pub(super) const MANGE_OM_NATTEN: i64 = 3;
/// Failed log-ins in an hour from which they are many.
pub(super) const MANGE_FEILET: i64 = 10;
/// Fewer than this of anything in an hour never means something.
pub(super) const MINST: i64 = 3;
/// How many days back one looks.
pub(super) const DAGER: i32 = 30;

liste! {
    /// Why an hour is looked into.
    Monster {
        Avvist = "avvist", "Ble avvist mange ganger";
        Lest = "lest", "Åpnet mange møter";
        Natt = "natt", "Åpnet møter om natten";
        Innlogging = "innlogging", "Mange mislykkede innlogginger";
    }
}

/// What one person did in one hour.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Telling {
    pub(super) avvist: i64,
    /// Møter that were opened, each once.
    pub(super) lest: i64,
    pub(super) feilet: i64,
    /// The hour on the wall, 0–23.
    pub(super) klokke: u8,
}

/// Whether an hour on the wall is of the night: from 23 to 05.
pub(super) fn er_natt(klokke: u8) -> bool {
    !(5..23).contains(&klokke)
}

/// What in the hour should be looked into, with its number.
pub(super) fn i_timen(t: Telling) -> Vec<(Monster, i64)> {
    let natt = if er_natt(t.klokke) { t.lest } else { 0 };
    let alle = [
        (Monster::Avvist, t.avvist, MANGE_AVVIST),
        (Monster::Lest, t.lest, MANGE_LEST),
        (Monster::Natt, natt, MANGE_OM_NATTEN),
        (Monster::Innlogging, t.feilet, MANGE_FEILET),
    ];
    alle.into_iter()
        .filter(|(_, antall, mange)| antall >= mange)
        .map(|(monster, antall, _)| (monster, antall))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_hour_is_left_alone() {
        let dag = Telling { avvist: 9, lest: 39, feilet: 9, klokke: 10 };
        assert_eq!(i_timen(dag), []);
        assert_eq!(i_timen(Telling { lest: 2, klokke: 2, ..Telling::default() }), []);
    }

    #[test]
    fn each_threshold_is_reached_at_its_own_number() {
        let time = |t: Telling| i_timen(t).into_iter().map(|(m, _)| m).collect::<Vec<_>>();
        assert_eq!(time(Telling { avvist: 10, klokke: 12, ..Telling::default() }), [Monster::Avvist]);
        assert_eq!(time(Telling { lest: 40, klokke: 12, ..Telling::default() }), [Monster::Lest]);
        assert_eq!(time(Telling { feilet: 10, klokke: 12, ..Telling::default() }), [Monster::Innlogging]);
        assert_eq!(time(Telling { lest: 3, klokke: 23, ..Telling::default() }), [Monster::Natt]);
        assert_eq!(time(Telling { lest: 40, klokke: 4, ..Telling::default() }), [Monster::Lest, Monster::Natt]);
    }

    #[test]
    fn the_night_is_from_eleven_to_five() {
        let natt: Vec<u8> = (0..24).filter(|t| er_natt(*t)).collect();
        assert_eq!(natt, [0, 1, 2, 3, 4, 23]);
        assert!([MANGE_AVVIST, MANGE_LEST, MANGE_OM_NATTEN, MANGE_FEILET].iter().all(|mange| *mange >= MINST));
    }
}
