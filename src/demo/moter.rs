//! Which møter there are: spread over the semesters, those of today, and the states they have come to.
use time::{Date, Duration, OffsetDateTime, Time, macros::time};
use uuid::Uuid;

use super::{
    folk::Folk,
    kalender::{fordel, motedager},
    mote::{Avtale, Svarvis},
    team::{Plass, Sete, Slag, Team, Vane},
    terning::Terning,
    verksted::Verksted,
};
use crate::{
    enhet::Enhetstype,
    mote::Status,
    regelsett::{Semester, Semestergrenser},
    tid,
    tjeneste::Tjenestetype,
};

/// No other møte of the same team this near one that is set by today's date.
const AVSTAND: i64 = 9;
/// The next semester is planned this long before it begins.
const PLANLEGGES: Duration = Duration::days(50);
/// Invitations are sent this long before a møte.
const INNKALLES: Duration = Duration::days(16);

/// A team's møte on a day that follows from today's date.
struct Fast {
    forum: Uuid,
    dato: Date,
}

impl Verksted {
    pub(super) fn moter(&mut self, team: &[Team], folk: &Folk) {
        let mut faste = Vec::new();
        self.i_dag_og_neste_uke(team, folk, &mut faste);
        self.nylig_holdt(team, &mut faste);
        let mut nr = vec![0; team.len()];
        for semester in self.semestre() {
            let dager = motedager(semester);
            for (team, nr) in team.iter().zip(&mut nr) {
                if team.fra <= semester.start(Semestergrenser::default()) {
                    self.semester(team, (semester, usize::MAX), (&dager, &faste), folk, nr);
                }
            }
        }
        // Where things go well, the next semester is begun on in good time.
        let neste = Semester::for_dato(self.i_dag, Semestergrenser::default()).neste();
        if neste.start(Semestergrenser::default()) - self.i_dag < PLANLEGGES {
            let dager = motedager(neste);
            for (team, nr) in team.iter().zip(&mut nr).filter(|(t, _)| t.vane == Vane::IRute) {
                self.semester(team, (neste, 2), (&dager, &faste), folk, nr);
            }
        }
    }

    /// One team's semester, or its first `hoyst` møter. `nr` counts the team's møter.
    fn semester(
        &mut self,
        team: &Team,
        (semester, hoyst): (Semester, usize),
        (dager, faste): (&[Date], &[Fast]),
        folk: &Folk,
        nr: &mut usize,
    ) {
        let mut terning = self.terning(&format!("{}/{}", team.navn, semester));
        let plasser = fordel(dager.len(), antall(team, semester, &mut terning), &mut terning);
        for plass in plasser.into_iter().take(hoyst) {
            let inviterte = inviterte(team, folk, *nr, &mut terning);
            let (avlyses, etter, beholdes) = (terning.sjanse(6), terning.sjanse(50), terning.sjanse(35));
            let mut folkene = team.folk();
            folkene.extend(inviterte.iter().filter_map(|s| s.person.as_ref()).map(|p| p.id));
            // Called off, and where things go well held some days later instead.
            for forsok in 0..=usize::from(avlyses && team.vane == Vane::IRute) {
                let Some((dato, etter)) = self.opptatt.ta(&folkene, dager, plass + forsok * 7, etter) else { continue };
                let opptatt =
                    faste.iter().any(|f| f.forum == team.forum && (f.dato - dato).whole_days().abs() < AVSTAND);
                let uplanlagt = dato > self.i_dag && team.vane != Vane::IRute && !beholdes;
                if opptatt || uplanlagt || dato == self.i_dag {
                    continue;
                }
                let status = self.status(dato, avlyses && forsok == 0);
                let klokke = klokke(etter, &mut terning);
                let avtale =
                    Avtale { team, start: tid::oyeblikk(dato, klokke), status, inviterte: &inviterte, nr: *nr };
                self.mote(&avtale, Svarvis::Blandet, &mut terning);
                *nr += 1;
            }
        }
    }

    fn status(&self, dato: Date, avlyses: bool) -> Status {
        match dato {
            _ if avlyses => Status::Avlyst,
            dato if dato < self.i_dag => Status::Ferdigstilt,
            dato if dato - self.i_dag < INNKALLES => Status::Innkalt,
            _ => Status::Planlagt,
        }
    }

    /// Today's møte at the main school, ready to be started; one under way elsewhere; and next week's that PPT has not answered.
    fn i_dag_og_neste_uke(&mut self, team: &[Team], folk: &Folk, faste: &mut Vec<Fast>) {
        let Some(hoved) = team.first() else { return };
        let mut terning = self.terning("i dag");
        let start = self.i_dag_kl(time!(7:00), Duration::ZERO);
        let inviterte = [];
        let avtale = Avtale { team: hoved, start, status: Status::Innkalt, inviterte: &inviterte, nr: 100 };
        self.mote(&avtale, Svarvis::Nesten(Tjenestetype::Barnevern), &mut terning);
        faste.push(Fast { forum: hoved.forum, dato: self.i_dag });

        let opptatte = hoved.folk();
        let annet = team.iter().find(|t| {
            let felles = t.folk().iter().any(|person| opptatte.contains(person));
            matches!(t.slag, Slag::Enhet(_))
                && t.kommune != hoved.kommune
                && !felles
                && t.seter.iter().all(|s| s.person.is_some())
        });
        if let Some(annet) = annet {
            let start = self.i_dag_kl(time!(6:00), Duration::HOUR);
            let avtale = Avtale { team: annet, start, status: Status::Pagar, inviterte: &inviterte, nr: 101 };
            self.mote(&avtale, Svarvis::Blandet, &mut terning);
            faste.push(Fast { forum: annet.forum, dato: self.i_dag });
        }

        let barnehage = self.region.hovedbarnehage;
        let neste = team.iter().find(|t| t.navn.ends_with(barnehage));
        if let (Some(neste), Some(dato)) = (neste, self.neste_uke()) {
            let inviterte = [Sete::invitert(&folk.nav)];
            let mut folkene = neste.folk();
            folkene.extend(folk.nav.folk.first().map(|p| p.id));
            self.opptatt.ta(&folkene, &[dato], 0, false);
            let start = tid::oyeblikk(dato, time!(8:30));
            let avtale = Avtale { team: neste, start, status: Status::Innkalt, inviterte: &inviterte, nr: 102 };
            self.mote(&avtale, Svarvis::Nesten(Tjenestetype::Ppt), &mut terning);
            faste.push(Fast { forum: neste.forum, dato });
        }
    }

    /// The last møte of the main barnehage: its referat waits to be read, and those who were there are asked how it was.
    fn nylig_holdt(&mut self, team: &[Team], faste: &mut Vec<Fast>) {
        let barnehage = team.iter().find(|t| t.navn.ends_with(self.region.hovedbarnehage));
        let dager: Vec<_> = self.semestre().flat_map(motedager).filter(|dag| *dag < self.i_dag).collect();
        let (Some(team), Some(dato)) = (barnehage, dager.last().copied()) else { return };
        self.opptatt.ta(&team.folk(), &[dato], 0, true);
        let start = tid::oyeblikk(dato, time!(12:00));
        let avtale = Avtale { team, start, status: Status::Ferdigstilt, inviterte: &[], nr: 103 };
        let mut terning = self.terning("nylig holdt");
        self.mote(&avtale, Svarvis::Blandet, &mut terning);
        faste.push(Fast { forum: team.forum, dato });
    }

    /// The last half hour struck today, `for_` earlier; within hours that let the møte end on the same day.
    fn i_dag_kl(&self, tidligst: Time, for_: Duration) -> OffsetDateTime {
        let na = tid::lokal(self.na).time();
        let halv = Duration::minutes(i64::from(na.hour()) * 60 + i64::from(na.minute() / 30 * 30)) - for_;
        let tidligst = tidligst.duration_since(Time::MIDNIGHT);
        tid::oyeblikk(self.i_dag, Time::MIDNIGHT + halv.clamp(tidligst, Duration::hours(21)))
    }

    /// A day for a møte next week, or the first after a holiday.
    fn neste_uke(&self) -> Option<Date> {
        let mandag = self.i_dag + Duration::days(7 - i64::from(self.i_dag.weekday().number_days_from_monday()));
        let denne = Semester::for_dato(self.i_dag, Semestergrenser::default());
        let dager = denne.til(denne.neste()).flat_map(motedager);
        dager.into_iter().filter(|dag| *dag >= mandag).nth(1)
    }
}

/// How many møter a team means to hold in a semester.
fn antall(team: &Team, semester: Semester, terning: &mut Terning) -> usize {
    let type_ = match team.slag {
        Slag::Enhet(type_) => type_,
        Slag::Kommune | Slag::Direktorer => Enhetstype::Skole,
    };
    let krav = usize::try_from(team.regel.krav(type_, team.antall, semester)).unwrap_or_default();
    match team.vane {
        Vane::IRute => krav + usize::from(terning.sjanse(12)),
        Vane::Bak => krav.saturating_sub(1 + usize::from(krav > 4)) + usize::from(terning.sjanse(25)),
        Vane::Stille => krav / 3 + usize::from(terning.sjanse(25)),
    }
}

/// Those who come to this møte alone, and members who are wanted this time.
fn inviterte(team: &Team, folk: &Folk, nr: usize, terning: &mut Terning) -> Vec<Sete> {
    let mut inviterte: Vec<_> =
        team.seter.iter().filter(|s| s.plass == Plass::VedBehov && terning.sjanse(40)).cloned().collect();
    let (nav, hvert) = (terning.sjanse(8), nr % 2 == 1 && team.leder.epost.starts_with("teamleder@"));
    if matches!(team.slag, Slag::Enhet(_)) && (nav || hvert) {
        inviterte.push(Sete::invitert(&folk.nav));
    }
    inviterte
}

fn klokke(etter_lunsj: bool, terning: &mut Terning) -> Time {
    terning.velg(if etter_lunsj { &[time!(12:00), time!(12:30)] } else { &[time!(8:30), time!(9:00)] })
}
