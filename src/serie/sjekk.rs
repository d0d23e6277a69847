//! The rules of a plan somebody is about to confirm: what is odd about each møte in it, in words. Never a refusal.
use std::hash::{DefaultHasher, Hash, Hasher};

use time::{Date, Duration, OffsetDateTime, Time};
use uuid::Uuid;

use crate::{
    mote::{Grunnlag, om_dagen},
    regelsett::{Semester, Semestergrenser},
    tid,
};

/// A team and the semester its plan is for.
pub(super) struct Ramme<'a> {
    pub(super) grunnlag: &'a Grunnlag,
    pub(super) semester: Semester,
    pub(super) grenser: Semestergrenser,
}

/// A møte of the plan that has a day and a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plassert {
    /// Which team it is for, counted from 0.
    pub(super) team: usize,
    /// Which row of the team's form, counted from 0.
    pub(super) rad: usize,
    pub(super) dato: Date,
    pub(super) start: Time,
}

impl Plassert {
    pub(super) fn tidsrom(&self, lengde: u32) -> (OffsetDateTime, OffsetDateTime) {
        let fra = tid::oyeblikk(self.dato, self.start);
        (fra, fra + Duration::minutes(lengde.into()))
    }
}

/// What is odd about one møte among the others of the plan.
pub(super) fn varsler(rammer: &[Ramme<'_>], plan: &[Plassert], mote: &Plassert) -> Vec<String> {
    let Some(ramme) = rammer.get(mote.team) else { return Vec::new() };
    let mut ord: Vec<String> = om_dagen(mote.dato).into_iter().collect();
    if !ramme.semester.inneholder(mote.dato, ramme.grenser) {
        ord.push(format!("Dagen ligger utenfor {}, så møtet teller ikke i det semesteret.", ramme.semester.navn()));
    }
    if ramme.grunnlag.egne.contains(&mote.dato) {
        ord.push("Teamet har alt et møte denne dagen.".to_owned());
    }
    if plan.iter().any(|p| (p.team, p.dato) == (mote.team, mote.dato) && p.rad != mote.rad) {
        ord.push("Teamet har to møter denne dagen i planen.".to_owned());
    }
    let (fra, til) = mote.tidsrom(ramme.grunnlag.lengde());
    ord.extend(ramme.grunnlag.opptatte(fra, til).into_iter().map(|ord| format!("{ord}.")));
    for annet in plan.iter().filter(|p| p.team != mote.team) {
        let Some(andre) = rammer.get(annet.team) else { continue };
        let (a_fra, a_til) = annet.tidsrom(andre.grunnlag.lengde());
        if fra < a_til && a_fra < til {
            ord.extend(felles(ramme.grunnlag, andre.grunnlag, mote.dato));
        }
    }
    ord
}

/// Those who would have to be in two teams at once.
fn felles(her: &Grunnlag, der: &Grunnlag, dato: Date) -> Vec<String> {
    let sitter_der = |person: Option<Uuid>| der.medlemmer.iter().any(|m| m.person == person && m.gjelder(dato));
    let begge = her.medlemmer.iter().filter(|m| m.person.is_some() && m.gjelder(dato) && sitter_der(m.person));
    begge.map(|m| format!("{}: {} skal være i {} på samme tid i denne planen.", m.tjeneste, m.navn, der.navn)).collect()
}

/// A mark of a warning that has been shown, to know it by when the form comes back.
pub(super) fn merke(team: Uuid, mote: &Plassert, ord: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (team, mote.dato.to_julian_day(), mote.start.as_hms(), ord).hash(&mut hasher);
    format!("{:x}", hasher.finish())
}
