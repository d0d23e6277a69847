//! What waits for somebody: the tasks that follow from their møter and teams, most urgent first.
use time::{Date, Duration};

use super::{Bistandstall, MeldteSaker, MineTiltak, MittMote, MittTeam, TilLesing, Tilgang};
use crate::{glass, mote::Status, puls, regelsett, sladding, tilgang, tjeneste::Tjenestetype};

/// How long before a møte its leader is asked to call people to it; a whole year may be planned ahead.
const INNKALLING_FOR: Duration = Duration::weeks(4);

/// Days after a møte until its leader is reminded of the referat, and until it is said more strongly.
const PURRING: i64 = 3;
const SISTE_PURRING: i64 = 7;

/// One thing to do.
#[derive(Clone, Copy)]
pub(super) enum Oppgave<'a> {
    /// A møte under way that one leads.
    Ferdigstill(&'a MittMote),
    /// A møte that has been without a referat for so many days that its leader is reminded of it.
    Purring(&'a MittMote, i64),
    /// A møte whose day has passed, and nobody has started or called it off.
    IkkeHoldt(&'a MittMote),
    /// Called in for today.
    Start(&'a MittMote),
    /// The day has come: log one's own attendance.
    Oppmote(&'a MittMote),
    /// An invitation without an answer.
    Svar(&'a MittMote),
    /// A referat to confirm or comment.
    Les(&'a TilLesing),
    /// Words to be taken out of a referat, or copies of it to delete.
    Sladding(&'a sladding::TilMeg),
    /// A møte one was in, that asks what one thought of it.
    Puls(&'a puls::TilMeg),
    /// A møte that comes soon, and nobody is called to yet.
    KallInn(&'a MittMote),
    /// Tiltak one answers for, past their deadline.
    TiltakOverFristen(i64),
    /// Tiltak one answers for whose evaluation has come.
    TiltakTilEvaluering(i64),
    /// A team that will not reach the rule with what is planned.
    Book(&'a MittTeam),
    Mangler(&'a MittTeam, Tjenestetype),
    Ledig(&'a MittTeam, Tjenestetype),
    /// Units without a team.
    OpprettTeam(u32),
    UtenRolle(Tilgang),
    /// Others' requests to break glass.
    BruttGlass(Tilgang),
    /// A møte of mine that an administrator was let in to.
    GlassHosMeg(&'a glass::TilMeg),
    RollerUtloper(Tilgang),
    /// Access that I answer for and have not confirmed this half-year.
    GjennomgaTilganger(tilgang::TilMeg),
    /// My own that ends unless somebody confirms it.
    TilgangSlutter(tilgang::TilMeg),
    /// Bistandsforespørsler that I should have answered by now.
    BistandUte(i64),
    NyBistand(i64),
    /// My own that have been answered, for me to read and close.
    BistandSvart(i64),
    /// Saker that wait for me to put them on the agenda or not.
    MeldteSaker(MeldteSaker),
}

/// The one task a møte gives, if any. Who may not lead gets only what is their own.
pub(super) fn av_mote(mote: &MittMote, i_dag: Date, kan_lede: bool) -> Option<Oppgave<'_>> {
    let (dag, leder) = (mote.dag(), mote.leder && kan_lede);
    let dager = (i_dag - dag).whole_days();
    match mote.status {
        _ if leder && dager >= PURRING && !mote.status.er_slutt() => Some(Oppgave::Purring(mote, dager)),
        Status::Pagar if leder => Some(Oppgave::Ferdigstill(mote)),
        Status::Planlagt | Status::Innkalt if leder && dag < i_dag => Some(Oppgave::IkkeHoldt(mote)),
        Status::Innkalt if leder && dag == i_dag => Some(Oppgave::Start(mote)),
        Status::Innkalt | Status::Pagar if mote.svar.is_some() && mote.oppmote.is_none() && dag <= i_dag => {
            Some(Oppgave::Oppmote(mote))
        }
        Status::Innkalt if mote.svar == Some(crate::oppmote::Svar::Ubesvart) && dag > i_dag => {
            Some(Oppgave::Svar(mote))
        }
        Status::Planlagt if leder && dag - i_dag <= INNKALLING_FOR => Some(Oppgave::KallInn(mote)),
        _ => None,
    }
}

/// What the tiltak one answers for ask.
pub(super) fn av_tiltak<'a>(tiltak: MineTiltak) -> impl Iterator<Item = Oppgave<'a>> {
    let over = (tiltak.over_fristen > 0).then_some(Oppgave::TiltakOverFristen(tiltak.over_fristen));
    let evaluer = (tiltak.til_evaluering > 0).then_some(Oppgave::TiltakTilEvaluering(tiltak.til_evaluering));
    over.into_iter().chain(evaluer)
}

/// What a team asks of its leader.
pub(super) fn av_team(team: &MittTeam) -> impl Iterator<Item = Oppgave<'_>> {
    let bak = matches!(team.stilling.status, regelsett::Status::Bak | regelsett::Status::IkkeNaabar);
    let book = bak.then_some(Oppgave::Book(team));
    let mangler = team.mangler.iter().map(move |t| Oppgave::Mangler(team, *t));
    let ledige = team.ledige.iter().map(move |t| Oppgave::Ledig(team, *t));
    book.into_iter().chain(mangler).chain(ledige)
}

/// What the administrator of users has to do.
pub(super) fn av_tilgang<'a>(tilgang: Tilgang) -> impl Iterator<Item = Oppgave<'a>> {
    let uten = (tilgang.uten_rolle > 0).then_some(Oppgave::UtenRolle(tilgang));
    let utloper = (tilgang.utloper > 0).then_some(Oppgave::RollerUtloper(tilgang));
    let glass = (tilgang.glass > 0).then_some(Oppgave::BruttGlass(tilgang));
    glass.into_iter().chain(uten).chain(utloper)
}

/// What the half-yearly review of access asks and tells.
pub(super) fn av_gjennomgang<'a>(meg: tilgang::TilMeg) -> impl Iterator<Item = Oppgave<'a>> {
    let venter = (meg.venter > 0).then_some(Oppgave::GjennomgaTilganger(meg));
    let slutter = (meg.egne > 0).then_some(Oppgave::TilgangSlutter(meg));
    venter.into_iter().chain(slutter)
}

/// What the bistandsforespørsler at either end ask.
pub(super) fn av_bistand<'a>(tall: Bistandstall) -> impl Iterator<Item = Oppgave<'a>> {
    let alle = [
        (tall.ute, Oppgave::BistandUte(tall.ute)),
        (tall.nye, Oppgave::NyBistand(tall.nye)),
        (tall.svart, Oppgave::BistandSvart(tall.svart)),
    ];
    alle.into_iter().filter(|(antall, _)| *antall > 0).map(|(_, oppgave)| oppgave)
}

impl Oppgave<'_> {
    /// Whether the referat has been waited for so long that it is said strongly.
    pub(super) fn er_siste_purring(&self) -> bool {
        matches!(self, Self::Purring(_, dager) if *dager >= SISTE_PURRING)
    }

    /// The urgent first, and of two alike the earlier møte.
    pub(super) fn rekkefolge(&self) -> (u8, Option<time::OffsetDateTime>) {
        match self {
            Self::Ferdigstill(m) => (0, Some(m.start)),
            Self::Purring(m, dager) if *dager >= SISTE_PURRING => (0, Some(m.start)),
            Self::Start(m) => (1, Some(m.start)),
            Self::Oppmote(m) => (2, Some(m.start)),
            Self::IkkeHoldt(m) | Self::Purring(m, _) => (3, Some(m.start)),
            Self::Svar(m) => (4, Some(m.start)),
            Self::KallInn(m) => (5, Some(m.start)),
            Self::BruttGlass(_) | Self::GlassHosMeg(_) => (1, None),
            Self::Sladding(_) => (2, None),
            Self::BistandUte(_) | Self::TilgangSlutter(_) => (4, None),
            Self::NyBistand(_) | Self::MeldteSaker(_) => (5, None),
            Self::TiltakOverFristen(_) | Self::BistandSvart(_) | Self::Les(_) => (6, None),
            Self::TiltakTilEvaluering(_) => (7, None),
            Self::Book(_) => (8, None),
            Self::Mangler(..) => (9, None),
            Self::Ledig(..) => (10, None),
            Self::OpprettTeam(_) => (11, None),
            Self::UtenRolle(_) => (12, None),
            Self::RollerUtloper(_) | Self::GjennomgaTilganger(_) => (13, None),
            Self::Puls(_) => (14, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::{Duration, macros::datetime};
    use uuid::Uuid;

    use super::*;
    use crate::{
        oppmote::{Oppmote, Svar},
        tid,
    };

    fn mote(status: Status, dager: i64, leder: bool, svar: Option<Svar>) -> MittMote {
        let start = datetime!(2026-11-18 08:00 UTC) + Duration::days(dager);
        MittMote {
            id: Uuid::nil(),
            forum: "TST Fjellheim skole".into(),
            hvor: String::new(),
            start,
            slutt: start + Duration::minutes(150),
            sted: "Møterommet".into(),
            status,
            inviterte: 4,
            har_svart: 0,
            leder,
            svar,
            oppmote: None,
        }
    }

    fn slag(mote: &MittMote, kan_lede: bool) -> Option<u8> {
        av_mote(mote, tid::dag(datetime!(2026-11-18 08:00 UTC)), kan_lede).map(|o| o.rekkefolge().0)
    }

    #[test]
    fn the_day_and_the_role_decide_what_a_mote_asks() {
        let ubesvart = Some(Svar::Ubesvart);
        for (status, dager, leder, svar, fasit) in [
            (Status::Pagar, 0, true, ubesvart, Some(0)),
            (Status::Pagar, 0, false, ubesvart, Some(2)),
            (Status::Innkalt, 0, true, ubesvart, Some(1)),
            (Status::Innkalt, 0, false, Some(Svar::Kommer), Some(2)),
            (Status::Innkalt, -1, true, None, Some(3)),
            (Status::Planlagt, -1, true, None, Some(3)),
            (Status::Pagar, -2, true, None, Some(0)),
            (Status::Pagar, -3, true, None, Some(3)),
            (Status::Innkalt, -6, true, None, Some(3)),
            (Status::Innkalt, -7, true, None, Some(0)),
            (Status::Pagar, -7, false, None, None),
            (Status::Lukket, -7, true, None, None),
            (Status::Innkalt, 7, true, ubesvart, Some(4)),
            (Status::Innkalt, 7, false, Some(Svar::Kommer), None),
            (Status::Planlagt, 7, false, ubesvart, None),
            (Status::Planlagt, 28, true, ubesvart, Some(5)),
            (Status::Planlagt, 29, true, ubesvart, None),
        ] {
            assert_eq!(slag(&mote(status, dager, leder, svar), true), fasit, "{status} {dager} {leder}");
        }
        assert_eq!(
            slag(&MittMote { oppmote: Some(Oppmote::TilStede), ..mote(Status::Pagar, 0, false, ubesvart) }, true),
            None
        );
    }

    proptest! {
        #[test]
        fn who_may_not_lead_is_never_asked_to(status in 0usize..6, dager in -9i64..9, leder: bool, svar in 0usize..5) {
            let svar = Svar::ALLE.get(svar).copied();
            let her = mote(Status::ALLE[status], dager, leder, svar);
            prop_assert!(!matches!(slag(&her, false), Some(0 | 1 | 3 | 5)));
            prop_assert!(slag(&her, true).is_none() || !her.status.er_slutt());
        }
    }
}
