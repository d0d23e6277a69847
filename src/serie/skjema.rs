//! What the two steps of a series send in, and what it is read as.
use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use time::{Date, Duration, OffsetDateTime, Time, Weekday};
use uuid::Uuid;

use super::{plan::Rytme, routes::Lag, sjekk::Plassert};
use crate::{
    Result,
    mote::Status,
    regelsett::Semester,
    tid,
    web::{Feil, Leser, les_nokkel},
};

/// A series reaches at most this far ahead, as a single booking does.
const LENGST_FRAM: Duration = Duration::days(2 * 366);
/// The most teams one plan can hold, and the most møter of each.
pub(super) const FLEST_TEAM: usize = 60;
pub(super) const FLEST_MOTER: usize = 20;
/// The weekdays one can choose, with the number they are sent as.
pub(super) const UKEDAGER: [(&str, Weekday); 5] = [
    ("1", Weekday::Monday),
    ("2", Weekday::Tuesday),
    ("3", Weekday::Wednesday),
    ("4", Weekday::Thursday),
    ("5", Weekday::Friday),
];

/// Step 1 as sent.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Onske {
    pub(super) team: Vec<String>,
    pub(super) semester: String,
    pub(super) rytme: String,
    pub(super) ukedag: String,
    pub(super) start: String,
}

/// Step 1 as read.
pub(super) struct Valg {
    pub(super) team: Vec<Uuid>,
    pub(super) semester: Semester,
    pub(super) rytme: Rytme,
    pub(super) ukedag: Weekday,
    pub(super) start: Time,
}

impl Onske {
    /// What the form begins with: this semester, the rule, Wednesday morning.
    pub(super) fn forste(team: Vec<String>, semester: Semester) -> Self {
        let rytme = Rytme::default().slug().to_owned();
        Self { team, semester: semester.slug(), rytme, ukedag: "3".into(), start: "08:30".into() }
    }

    /// Whether nothing has been asked for yet.
    pub(super) fn er_tomt(&self) -> bool {
        self.team.is_empty() && self.rytme.is_empty()
    }

    pub(super) fn les(&self, mulige: &[Semester]) -> Result<Valg, Feil> {
        let mut leser = Leser::default();
        let mut team: Vec<Uuid> = self.team.iter().filter_map(|id| id.parse().ok()).collect();
        let mut sett = HashSet::new();
        team.retain(|id| sett.insert(*id));
        leser.krev("team", !team.is_empty(), "Velg minst ett team");
        leser.krev("team", team.len() <= FLEST_TEAM, &format!("Velg høyst {FLEST_TEAM} team om gangen"));
        let semester = mulige.iter().find(|s| s.slug() == self.semester).copied();
        leser.krev("semester", semester.is_some(), "Velg «Semester»");
        let rytme = leser.valg("rytme", "Hvor ofte", &self.rytme).unwrap_or_default();
        let ukedag = UKEDAGER.iter().find(|(nr, _)| *nr == self.ukedag).map(|(_, dag)| *dag);
        leser.krev("ukedag", ukedag.is_some(), "Velg «Ukedag»");
        let start = leser.klokke("start", "Møtene begynner", &self.start);
        let (semester, ukedag) = (semester.unwrap_or(Semester::host(2000)), ukedag.unwrap_or(Weekday::Monday));
        leser.ferdig(Valg { team, semester, rytme, ukedag, start })
    }
}

/// Step 2 as sent.
#[derive(Clone, Default)]
pub(super) struct Raw {
    pub(super) nokkel: Uuid,
    pub(super) semester: String,
    /// What the times of new rows begin with.
    pub(super) start: String,
    /// The marks of the warnings that were shown.
    pub(super) sett: HashSet<String>,
    pub(super) team: Vec<Rawteam>,
}

/// The form of one team.
#[derive(Clone, Default)]
pub(super) struct Rawteam {
    pub(super) id: Uuid,
    pub(super) sted: String,
    pub(super) kort: String,
    pub(super) rader: Vec<Rad>,
}

/// One møte of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rad {
    pub(super) med: bool,
    pub(super) dato: String,
    pub(super) start: String,
}

/// What a button of the form asks for; teams are counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Knapp {
    #[default]
    Sjekk,
    LeggTil(usize),
    Bekreft(Status),
}

impl Knapp {
    fn les(verdi: &str) -> Self {
        let nr = verdi.strip_prefix("legg-til-").and_then(|nr| nr.parse::<usize>().ok()?.checked_sub(1));
        match verdi {
            "innkall" => Self::Bekreft(Status::Innkalt),
            "plan" => Self::Bekreft(Status::Planlagt),
            _ => nr.map_or(Self::Sjekk, Self::LeggTil),
        }
    }
}

impl Raw {
    /// The form and its button from the fields that were sent.
    pub(super) fn fra(felter: &[(String, String)]) -> Result<(Self, Knapp)> {
        let (mut raw, mut knapp, mut nokkel) = (Self::default(), Knapp::default(), "");
        let mut team: BTreeMap<usize, (Rawteam, BTreeMap<usize, Rad>)> = BTreeMap::new();
        for (navn, verdi) in felter {
            match navn.as_str() {
                "nokkel" => nokkel = verdi,
                "semester" => raw.semester.clone_from(verdi),
                "start" => raw.start.clone_from(verdi),
                "sett" => raw.sett.extend(verdi.split_whitespace().map(str::to_owned)),
                "knapp" => knapp = Knapp::les(verdi),
                _ => {
                    let mut deler = navn.split('-');
                    let Some(felt) = deler.next() else { continue };
                    let mut nr = |flest| deler.next()?.parse().ok().filter(|nr| (1..=flest).contains(nr));
                    let (lag, rad): (Option<usize>, Option<usize>) = (nr(FLEST_TEAM), nr(FLEST_MOTER));
                    let Some((lag, rader)) = lag.map(|nr| team.entry(nr).or_default()) else { continue };
                    match (felt, rad.map(|nr| rader.entry(nr).or_default())) {
                        ("team", None) => lag.id = les_nokkel(verdi)?,
                        ("sted", None) => lag.sted.clone_from(verdi),
                        ("kort", None) => lag.kort.clone_from(verdi),
                        ("med", Some(rad)) => rad.med = true,
                        ("dato", Some(rad)) => rad.dato.clone_from(verdi),
                        ("start", Some(rad)) => rad.start.clone_from(verdi),
                        _ => {}
                    }
                }
            }
        }
        let mut sett = HashSet::new();
        let team = team.into_values().map(|(lag, rader)| Rawteam { rader: rader.into_values().collect(), ..lag });
        raw.team = team.filter(|lag| sett.insert(lag.id)).collect();
        raw.nokkel = les_nokkel(nokkel)?;
        Ok((raw, knapp))
    }

    pub(super) fn ider(&self) -> Vec<Uuid> {
        self.team.iter().map(|t| t.id).collect()
    }

    /// Adds an empty row to a team.
    pub(super) fn legg_til(&mut self, team: usize) {
        let rad = Rad { med: true, dato: String::new(), start: self.start.clone() };
        if let Some(lag) = self.team.get_mut(team).filter(|lag| lag.rader.len() < FLEST_MOTER) {
            lag.rader.push(rad);
        }
    }

    /// The møter that have a day and a time, whatever else may be wrong.
    pub(super) fn plasserte(&self) -> Vec<Plassert> {
        let i_team = |(team, lag): (usize, &Rawteam)| {
            let rader = lag.rader.iter().enumerate().filter(|(_, r)| r.med).collect::<Vec<_>>();
            rader
                .into_iter()
                .filter_map(move |(rad, r)| {
                    let (dato, start) = tid::les_dato(r.dato.trim()).zip(tid::les_klokke(r.start.trim()))?;
                    Some(Plassert { team, rad, dato, start })
                })
                .collect::<Vec<_>>()
        };
        self.team.iter().enumerate().flat_map(i_team).collect()
    }

    /// The last day that is written anywhere within reach.
    pub(super) fn siste_dag(&self, i_dag: Date) -> Option<Date> {
        self.plasserte().into_iter().map(|p| p.dato).filter(|d| *d <= i_dag + LENGST_FRAM).max()
    }

    /// The møter to book, or what is wrong with the form.
    pub(super) fn les(&self, lag: &[Lag], na: OffsetDateTime) -> Result<Vec<Plassert>, Feil> {
        let mut leser = Leser::default();
        for (nr, (skrevet, lag)) in (1..).zip(self.team.iter().zip(lag)) {
            let mut tider = HashSet::new();
            let med = (1..).zip(&skrevet.rader).filter(|(_, rad)| rad.med && !rad.dato.trim().is_empty());
            for (rad_nr, rad) in med {
                let (dagfelt, tidfelt) = (format!("dato-{nr}-{rad_nr}"), format!("start-{nr}-{rad_nr}"));
                let dato = leser.dato(&dagfelt, "Dato", &rad.dato);
                let start = leser.klokke(&tidfelt, "Klokkeslett", &rad.start);
                let oyeblikk = tid::oyeblikk(dato, start);
                leser.krev(&dagfelt, oyeblikk > na, "Tidspunktet er passert. Velg en senere dag, eller ta bort møtet");
                let langt = "Dagen ligger mer enn to år fram i tid. Velg en tidligere dag";
                leser.krev(&dagfelt, oyeblikk <= na + LENGST_FRAM, langt);
                leser.krev(&dagfelt, tider.insert(oyeblikk), "Det samme møtet står to ganger. Ta bort det ene");
            }
            if !tider.is_empty() {
                leser.tekst(&format!("sted-{nr}"), "Sted", &skrevet.sted, 200);
                let kort = leser.valgfri(&format!("kort-{nr}"), "Kort begrunnelse", &skrevet.kort, 500);
                leser.krev(&format!("kort-{nr}"), !lag.er_for_kort() || !kort.is_empty(), &lag.for_kort());
            }
        }
        let plan = self.plasserte();
        leser.krev("plan", !plan.is_empty(), "Planen har ingen møter. Legg til minst én dag");
        leser.ferdig(plan)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_button_says_what_to_do() {
        assert_eq!(Knapp::les("innkall"), Knapp::Bekreft(Status::Innkalt));
        assert_eq!(Knapp::les("plan"), Knapp::Bekreft(Status::Planlagt));
        assert_eq!(Knapp::les("legg-til-2"), Knapp::LeggTil(1));
        for annet in ["", "sjekk", "legg-til-0", "legg-til-", "bekreft"] {
            assert_eq!(Knapp::les(annet), Knapp::Sjekk, "{annet}");
        }
    }

    proptest! {
        #[test]
        fn any_fields_can_be_sent(felter in prop::collection::vec(("(dato|start|med|sted|x)?(-[0-9]{0,3}){0,3}", "\\PC{0,8}"), 0..30)) {
            let mut felter = felter;
            felter.push(("nokkel".into(), Uuid::nil().to_string()));
            let (mut raw, _) = Raw::fra(&felter).unwrap();
            raw.legg_til(0);
            prop_assert!(raw.team.len() <= FLEST_TEAM && raw.team.iter().all(|t| t.rader.len() <= FLEST_MOTER));
            prop_assert!(raw.plasserte().iter().all(|p| raw.team[p.team].rader[p.rad].med));
        }
    }
}
