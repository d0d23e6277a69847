//! How new tiltak are spread over the levels, and which way that moves.
use crate::{regelsett::Semester, tid};

/// How many tiltak began in a semester, level by level in the order of `Tiltaksniva::ALLE`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fordeling {
    pub(super) semester: Semester,
    pub(super) antall: [u32; 3],
}

impl Fordeling {
    pub(super) fn sum(&self) -> u32 {
        self.antall.iter().sum()
    }

    /// Per cent on the primary level; none when nothing began.
    pub(super) fn primaer(&self) -> Option<u32> {
        (self.antall[0] * 100).checked_div(self.sum())
    }

    /// «60 %»; a dash when nothing began.
    pub(super) fn andel(&self) -> String {
        tid::prosent(self.antall[0], self.sum())
    }
}

/// Which way the primary share has gone between the first and the last semester with any tiltak; newest first.
pub(super) fn retning(fordelinger: &[Fordeling]) -> Option<String> {
    let med: Vec<_> = fordelinger.iter().filter(|f| f.sum() > 0).collect();
    let (ny, gammel) = (med.first()?, med.last().filter(|_| med.len() > 1)?);
    let (fra, til) = (gammel.primaer()?, ny.primaer()?);
    let hvordan = match til.cmp(&fra) {
        std::cmp::Ordering::Greater => "har økt: innsatsen flytter seg mot venstre, til det som forebygger",
        std::cmp::Ordering::Less => "har gått ned: innsatsen flytter seg mot høyre",
        std::cmp::Ordering::Equal => "er den samme",
    };
    Some(format!(
        "Andelen på primært nivå {hvordan}. Den var {} {} og er {} {}.",
        gammel.andel(),
        gammel.semester.navn(),
        ny.andel(),
        ny.semester.navn()
    ))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::regelsett::Semestergrenser;

    #[test]
    fn the_direction_is_said_in_words_and_an_empty_semester_says_nothing() {
        let na = Semester::for_dato(date!(2026 - 11 - 18), Semestergrenser::default());
        let i = |semester, antall| Fordeling { semester, antall };
        let for_ = na.forrige();
        let ord = retning(&[i(na, [3, 1, 1]), i(for_, [0, 0, 0]), i(for_.forrige(), [1, 2, 1])]).unwrap();
        assert!(ord.contains("har økt") && ord.contains("60"), "{ord}");
        assert!(retning(&[i(na, [1, 2, 1]), i(for_, [3, 1, 1])]).unwrap().contains("gått ned"));
        assert!(retning(&[i(na, [1, 1, 0]), i(for_, [2, 2, 0])]).unwrap().contains("den samme"));
        assert_eq!(retning(&[i(na, [3, 1, 1]), i(for_, [0; 3])]), None);
        assert_eq!((i(na, [0; 3]).andel().as_str(), i(na, [0; 3]).primaer()), ("–", None));
    }
}
