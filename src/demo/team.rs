//! The fora of a region and who sits in them.
use time::Date;
use uuid::Uuid;

use super::{
    folk::{Folk, Kommunefolk, Stab},
    grunnlag::{Enhet, Kommune, Malelement, Maler},
    rader::{Forum, ForumMedlem},
    verksted::{Menneske, Verksted},
};
use crate::{
    enhet::Enhetstype,
    regelsett::{Regelsett, Semestergrenser},
    tjeneste::Tjenestetype::{self, Annen, Barnevern, Helsesykepleier, Nav, Ppt},
};

/// A forum with its members and its habits; what its møter are made from.
pub(super) struct Team {
    pub(super) forum: Uuid,
    pub(super) navn: String,
    pub(super) slag: Slag,
    /// Number of the kommune; empty for the whole region.
    pub(super) kommune: &'static str,
    pub(super) steder: Vec<String>,
    pub(super) leder: Menneske,
    pub(super) seter: Vec<Sete>,
    pub(super) vane: Vane,
    pub(super) fra: Date,
    /// Elever or barn, where it is a unit's.
    pub(super) antall: Option<u32>,
    pub(super) regel: Regelsett,
    pub(super) mal: Uuid,
    pub(super) elementer: &'static [Malelement],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slag {
    Enhet(Enhetstype),
    Kommune,
    Direktorer,
}

/// How faithfully a team meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vane {
    /// As often as required, and the whole semester planned.
    IRute,
    /// Too seldom, and little is planned.
    Bak,
    /// Hardly ever.
    Stille,
}

#[derive(Clone)]
pub(super) struct Sete {
    pub(super) person: Option<Menneske>,
    pub(super) vara: Option<Menneske>,
    pub(super) type_: Tjenestetype,
    pub(super) tjeneste: Option<Uuid>,
    pub(super) plass: Plass,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Plass {
    Leder,
    /// Must come or send a stand-in.
    Fast,
    /// Comes as a rule, without having to.
    FastUtenPlikt,
    VedBehov,
}

impl Sete {
    fn ny(person: Option<&Menneske>, type_: Tjenestetype, plass: Plass) -> Self {
        Self { person: person.cloned(), vara: None, type_, tjeneste: None, plass }
    }

    /// A seat of a service; its leader stands in, unless it is the leader's own.
    fn fra(stab: &Stab, person: Option<&Menneske>, plass: Plass) -> Self {
        let vara = person.filter(|p| p.id != stab.leder.id && stab.type_ != Nav).map(|_| stab.leder.clone());
        Self { vara, tjeneste: Some(stab.id), ..Self::ny(person, stab.type_, plass) }
    }

    /// The service's log-in, for one møte alone.
    pub(super) fn invitert(stab: &Stab) -> Self {
        Self::fra(stab, stab.folk.first(), Plass::VedBehov)
    }

    pub(super) fn fast(&self) -> bool {
        self.plass != Plass::VedBehov
    }

    pub(super) fn moteplikt(&self) -> bool {
        matches!(self.plass, Plass::Leder | Plass::Fast)
    }
}

impl Team {
    /// The keys of everybody who has a seat and is expected.
    pub(super) fn folk(&self) -> Vec<Uuid> {
        self.seter.iter().filter(|s| s.fast()).filter_map(|s| s.person.as_ref()).map(|p| p.id).collect()
    }
}

const MANDAT_ENHET: &str = "Fast team rundt enheten. Planlegger, gir veiledning og observerer, slik at barn og unge får hjelp \
                            tidlig og der de er. Arbeider på systemnivå; ingen enkeltbarn navngis.";
const MANDAT_KOMMUNE: &str = "Samler det som går igjen i enhetenes team, følger opp møter og oppmøte, og foreslår tiltak for hele \
                              kommunen.";
const MANDAT_DIREKTORER: &str = "Styringsgruppe for samarbeidet i regionen. Ser bare tall, aldri møtenes innhold.";

impl Verksted {
    /// Every forum of the region; the main school's team first.
    pub(super) fn teamene(&mut self, kommuner: &[Kommune], folk: &Folk, maler: &Maler) -> Vec<Team> {
        let mut team = Vec::new();
        let mut nr = 0;
        for (kommune, her) in kommuner.iter().zip(&folk.kommuner) {
            team.push(self.kommuneteam(kommune, her, folk, maler));
            for (enhet, leder) in kommune.enheter.iter().zip(&her.enheter) {
                nr += 1;
                if let Some(nytt) = self.enhetsteam((kommune, enhet, nr), leder, (folk, her), maler) {
                    team.push(nytt);
                }
            }
        }
        team.push(self.direktorforum(folk, maler));
        let hovedskole = self.region.hovedskole;
        team.sort_by_key(|t| !t.navn.ends_with(hovedskole));
        team
    }

    /// The team of a unit; `None` where there is none. `nr` is the unit's number in the region.
    fn enhetsteam(
        &mut self,
        (kommune, enhet, nr): (&Kommune, &Enhet, usize),
        (leder, andre): &(Menneske, Option<Menneske>),
        (folk, her): (&Folk, &Kommunefolk),
        maler: &Maler,
    ) -> Option<Team> {
        let fakta = enhet.fakta;
        let mut terning = self.terning(fakta.navn);
        let hoved = fakta.navn == self.region.hovedskole || fakta.navn == self.region.hovedbarnehage;
        let (uten, vane, ny) = (terning.sjanse(8), terning.tall(100), terning.sjanse(7));
        let (uten_barnevern, vakant) = (terning.sjanse(7), terning.sjanse(6));
        let uten = uten && fakta.type_ == Enhetstype::Barnehage;
        if !hoved && (uten || self.region.uten_team.contains(&fakta.navn)) {
            return None;
        }
        let valgt = |stab: &Stab, skritt: usize| {
            let plass = if hoved { 0 } else { (nr + skritt) % stab.folk.len() };
            stab.folk[plass].clone()
        };
        let mut seter = vec![Sete::ny(Some(leder), Tjenestetype::Enhet, Plass::Leder)];
        seter.extend(andre.as_ref().map(|p| Sete::ny(Some(p), Tjenestetype::Enhet, Plass::FastUtenPlikt)));
        let gjest = folk.gjest.as_ref().filter(|(_, nummer)| *nummer == kommune.nummer).map(|(p, _)| p.clone());
        seter.push(Sete::fra(&folk.ppt, Some(&gjest.unwrap_or_else(|| valgt(&folk.ppt, 0))), Plass::Fast));
        let helse = valgt(&her.helse, 0);
        seter.push(Sete::fra(&her.helse, Some(&helse).filter(|_| hoved || !vakant), Plass::Fast));
        if hoved || !uten_barnevern {
            // Another step than PPT's, so that the same two do not always meet.
            let skritt = nr / folk.barnevern.folk.len();
            seter.push(Sete::fra(&folk.barnevern, Some(&valgt(&folk.barnevern, skritt)), Plass::Fast));
        }
        if fakta.trinn().is_some_and(|(_, til)| til >= 8) {
            seter.push(Sete::fra(&folk.nav, folk.nav.folk.get(1), Plass::VedBehov));
        }
        let vane = match vane {
            _ if hoved => Vane::IRute,
            _ if self.region.stille.contains(&fakta.navn) => Vane::Stille,
            ..62 => Vane::IRute,
            62..87 => Vane::Bak,
            _ => Vane::Stille,
        };
        let denne = self.semestre().last().map_or(self.i_dag, |s| s.start(Semestergrenser::default()));
        let fra = if ny && !hoved { denne } else { self.fra() };
        let id = self.forum("tst_enhet", format!("TST {}", fakta.navn), (Some(kommune.id), Some(enhet.id)), fra);
        let steder = [
            "Møterommet",
            "Personalrommet",
            if fakta.type_ == Enhetstype::Skole { "Biblioteket" } else { "Fellesrommet" },
        ]
        .map(|rom| format!("{rom}, {}", fakta.navn));
        let team = Team {
            forum: id,
            navn: format!("TST {}", fakta.navn),
            slag: Slag::Enhet(fakta.type_),
            kommune: kommune.nummer,
            steder: steder.into(),
            leder: leder.clone(),
            seter,
            vane,
            fra,
            antall: fakta.antall(),
            regel: self.regel_for(kommune.nummer, fakta.navn),
            mal: maler.enhet.id,
            elementer: maler.enhet.elementer,
        };
        self.medlemmer(&team);
        Some(team)
    }

    fn kommuneteam(&mut self, kommune: &Kommune, her: &Kommunefolk, folk: &Folk, maler: &Maler) -> Team {
        let fra = self.fra();
        let navn = format!("Kommunalt TST {}", kommune.navn);
        let forum = self.forum("tst_kommune", navn.clone(), (Some(kommune.id), None), fra);
        let team = Team {
            forum,
            navn,
            slag: Slag::Kommune,
            kommune: kommune.nummer,
            steder: vec![format!("Kommunehuset i {}", kommune.navn)],
            leder: her.koordinator.clone(),
            seter: vec![
                Sete::ny(Some(&her.koordinator), Annen, Plass::Leder),
                Sete::ny(Some(&her.sjef), Annen, Plass::FastUtenPlikt),
                Sete::fra(&folk.ppt, Some(&folk.ppt.leder), Plass::Fast),
                Sete::fra(&her.helse, Some(&her.helse.leder), Plass::Fast),
                Sete::fra(&folk.barnevern, Some(&folk.barnevern.leder), Plass::Fast),
                Sete::fra(&folk.nav, Some(&folk.nav.leder), Plass::VedBehov),
            ],
            vane: Vane::IRute,
            fra,
            antall: None,
            regel: Regelsett::default(),
            mal: maler.kommune.id,
            elementer: maler.kommune.elementer,
        };
        self.medlemmer(&team);
        team
    }

    fn direktorforum(&mut self, folk: &Folk, maler: &Maler) -> Team {
        let fra = self.fra();
        let navn = format!("Kommunedirektørforum {}", self.region.navn);
        let forum = self.forum("kommunedirektorforum", navn.clone(), (None, None), fra);
        let mut seter = vec![Sete::ny(Some(&folk.regionkoordinator), Annen, Plass::Leder)];
        seter.extend(folk.kommuner.iter().map(|k| Sete::ny(Some(&k.direktor), Annen, Plass::Fast)));
        let team = Team {
            forum,
            navn,
            slag: Slag::Direktorer,
            kommune: "",
            steder: vec!["Formannskapssalen".into(), "Digitalt".into()],
            leder: folk.regionkoordinator.clone(),
            seter,
            vane: Vane::IRute,
            fra,
            antall: None,
            regel: Regelsett { min_host: 2, min_var: 2, ..Regelsett::default() },
            mal: maler.direktorer.id,
            elementer: maler.direktorer.elementer,
        };
        self.medlemmer(&team);
        team
    }

    fn forum(
        &mut self,
        type_: &'static str,
        navn: String,
        (kommune_id, enhet_id): (Option<Uuid>, Option<Uuid>),
        gyldig_fra: Date,
    ) -> Uuid {
        let mandat = match (enhet_id, kommune_id) {
            (Some(_), _) => MANDAT_ENHET,
            (None, Some(_)) => MANDAT_KOMMUNE,
            _ => MANDAT_DIREKTORER,
        };
        let id = self.ider.neste();
        self.rader.forum.push(Forum { id, type_, navn, mandat, kommune_id, enhet_id, gyldig_fra });
        id
    }

    fn medlemmer(&mut self, team: &Team) {
        for sete in &team.seter {
            let id = self.ider.neste();
            self.rader.forum_medlem.push(ForumMedlem {
                id,
                forum_id: team.forum,
                person_id: sete.person.as_ref().map(|p| p.id),
                tjenestetype: sete.type_.slug(),
                tjeneste_id: sete.tjeneste,
                fast: sete.fast(),
                moteplikt: sete.moteplikt(),
                leder: sete.plass == Plass::Leder,
                vara_person_id: sete.vara.as_ref().map(|p| p.id),
                gyldig_fra: team.fra,
                fullmakt_fra: sete.fast().then_some(team.fra),
                fullmakt_av: if sete.fast() { fullmakt_av(sete.type_) } else { "" },
                kompetanse: kompetanse(sete.type_, sete.plass == Plass::Leder),
            });
        }
    }

    /// The rules at one unit: the region's, with what its kommune and itself have decided otherwise.
    fn regel_for(&self, kommune: &str, enhet: &str) -> Regelsett {
        let mut regel = Regelsett::default();
        if self.region.kommuneregel.0 == kommune {
            regel.min_varighet = self.region.kommuneregel.1;
        }
        if let Some((_, host, var, _)) = self.region.enhetsregel.filter(|(navn, ..)| *navn == enhet) {
            (regel.min_host, regel.min_var) = (host, var);
        }
        regel
    }

    /// In how many of a hundred møter a service comes itself, and whether it sends a stand-in otherwise.
    pub(super) fn fremmote(&self, kommune: &str, tjeneste: Tjenestetype) -> (usize, bool) {
        let sjelden = self.region.sjelden.iter().find(|s| s.kommune == kommune && s.tjeneste == tjeneste);
        sjelden.map_or_else(
            || match tjeneste {
                Tjenestetype::Enhet => (98, false),
                Ppt => (92, false),
                Helsesykepleier => (90, false),
                Barnevern => (84, false),
                Nav | Annen => (88, false),
            },
            |s| (s.til_stede, s.sender_vara),
        )
    }
}

/// Who has given the seats of a tjeneste their authority.
fn fullmakt_av(tjeneste: Tjenestetype) -> &'static str {
    match tjeneste {
        Tjenestetype::Enhet => "kommunalsjefen",
        Ppt => "PPT-lederen",
        Helsesykepleier => "ledende helsesykepleier",
        Barnevern => "barnevernlederen",
        Nav => "NAV-lederen",
        Annen => "kommunedirektøren",
    }
}

/// What the team counts on a seat for.
fn kompetanse(tjeneste: Tjenestetype, leder: bool) -> Vec<&'static str> {
    let fag: &[&str] = match tjeneste {
        Tjenestetype::Enhet => &["laeringsmiljo"],
        Ppt => &["sprak", "fravaer"],
        Helsesykepleier => &["psykisk_helse", "tidlig_innsats"],
        Barnevern => &["foreldre"],
        Nav | Annen => &[],
    };
    leder.then_some("moteledelse").into_iter().chain(fag.iter().copied()).collect()
}
