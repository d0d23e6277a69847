//! When an answer or attendance may be given: it depends on where the møte stands and on the day.
use std::fmt;

use time::Date;

use crate::{mote::Status, tid};

/// Why it may not be given now; its `Display` is for the person who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stengt {
    Ferdigstilt,
    Avlyst,
    Lukket,
    IkkeKaltInn,
    IkkeStartet,
    /// The møte is on a later day.
    ForTidlig(Date),
    /// Attendance is registered, so the answer no longer counts.
    AlleredeFort,
}

/// Whether an invitation may be answered: as long as the møte is not over, and nobody has registered who came.
pub fn kan_svare(status: Status, oppmote_fort: bool) -> Result<(), Stengt> {
    ikke_over(status)?;
    if oppmote_fort { Err(Stengt::AlleredeFort) } else { Ok(()) }
}

/// Whether a participant may log their own attendance: from the day of the møte on, once it has been called.
pub fn kan_fore_eget(status: Status, motedag: Date, i_dag: Date) -> Result<(), Stengt> {
    ikke_over(status)?;
    match status {
        Status::Planlagt => Err(Stengt::IkkeKaltInn),
        _ if i_dag < motedag => Err(Stengt::ForTidlig(motedag)),
        _ => Ok(()),
    }
}

/// Whether the leader may register who came: while the møte is under way.
pub fn kan_fore(status: Status) -> Result<(), Stengt> {
    ikke_over(status)?;
    if status == Status::Pagar { Ok(()) } else { Err(Stengt::IkkeStartet) }
}

fn ikke_over(status: Status) -> Result<(), Stengt> {
    match status {
        Status::Ferdigstilt => Err(Stengt::Ferdigstilt),
        Status::Avlyst => Err(Stengt::Avlyst),
        Status::Lukket => Err(Stengt::Lukket),
        Status::Planlagt | Status::Innkalt | Status::Pagar => Ok(()),
    }
}

impl fmt::Display for Stengt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ferdigstilt => f.write_str("Møtet er ferdigstilt og låst."),
            Self::Avlyst => f.write_str("Møtet er avlyst."),
            Self::Lukket => f.write_str("Møtet er lukket uten referat."),
            Self::IkkeKaltInn => f.write_str("Ingen er kalt inn til møtet ennå. Du kan føre oppmøte når det er gjort."),
            Self::IkkeStartet => f.write_str("Møtet er ikke startet. Start møtet før du fører oppmøte."),
            Self::ForTidlig(dag) => {
                write!(f, "Møtet er {}. Du kan føre oppmøte fra og med den dagen.", tid::dato_i_ord(*dag))
            }
            Self::AlleredeFort => f.write_str("Oppmøtet ditt er allerede ført. Endre oppmøtet i stedet."),
        }
    }
}

impl std::error::Error for Stengt {}

impl From<Stengt> for crate::Error {
    fn from(stengt: Stengt) -> Self {
        Self::Regelbrudd(stengt.to_string())
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const DAGEN: Date = date!(2026 - 11 - 25);

    #[test]
    fn nothing_is_given_after_the_end() {
        for (status, hvorfor) in [
            (Status::Ferdigstilt, Stengt::Ferdigstilt),
            (Status::Avlyst, Stengt::Avlyst),
            (Status::Lukket, Stengt::Lukket),
        ] {
            assert_eq!(kan_svare(status, true), Err(hvorfor));
            assert_eq!(kan_fore_eget(status, DAGEN, DAGEN), Err(hvorfor));
            assert_eq!(kan_fore(status), Err(hvorfor));
        }
    }

    #[test]
    fn one_answers_until_somebody_has_registered_who_came() {
        for status in [Status::Planlagt, Status::Innkalt, Status::Pagar] {
            assert_eq!(kan_svare(status, false), Ok(()));
            assert_eq!(kan_svare(status, true), Err(Stengt::AlleredeFort));
        }
    }

    #[test]
    fn own_attendance_opens_on_the_day_and_stays_open() {
        let dagen_for = date!(2026 - 11 - 24);
        assert_eq!(kan_fore_eget(Status::Innkalt, DAGEN, dagen_for), Err(Stengt::ForTidlig(DAGEN)));
        assert_eq!(kan_fore_eget(Status::Innkalt, DAGEN, DAGEN), Ok(()));
        assert_eq!(kan_fore_eget(Status::Pagar, DAGEN, date!(2026 - 11 - 27)), Ok(()));
        assert_eq!(kan_fore_eget(Status::Planlagt, DAGEN, DAGEN), Err(Stengt::IkkeKaltInn));
    }

    #[test]
    fn the_leader_registers_while_it_runs() {
        assert_eq!(kan_fore(Status::Pagar), Ok(()));
        assert_eq!(kan_fore(Status::Innkalt), Err(Stengt::IkkeStartet));
    }
}
