//! The faces of persons.
use askama::Template;
use time::Date;
use uuid::Uuid;

use super::{
    db::{Alternativer, Linje, PER_SIDE, Person, Plass},
    rolle::{AvsluttRolle, Rolle},
    routes::{Avslutning, AvsluttPerson, EndrePerson, ListPersoner, NyPerson, VisPerson},
    skjema::Raw,
};
use crate::{
    auth::{Handling, Medlem, Rolletype},
    forum::VisTeam,
    tid,
    web::Feil,
};

#[derive(Template)]
#[template(path = "person/liste.html")]
pub(super) struct Liste {
    pub(super) linjer: Vec<Linje>,
    pub(super) antall: i64,
    pub(super) side: i64,
    pub(super) sok: String,
    pub(super) vis: String,
    pub(super) i_dag: Date,
}

impl Liste {
    /// «1 person», «212 personer»
    fn antall_i_ord(&self) -> String {
        format!("{} {}", tid::tall(self.antall), if self.antall == 1 { "person" } else { "personer" })
    }

    fn sider(&self) -> i64 {
        (self.antall + PER_SIDE - 1) / PER_SIDE
    }

    /// The same list from another page; the number is put last.
    fn sti(&self) -> String {
        let sok = serde_html_form::to_string([("sok", &self.sok), ("vis", &self.vis)]).unwrap_or_default();
        format!("{ListPersoner}?{sok}&side=")
    }

    fn utvalg(&self) -> [(&'static str, &'static str, bool); 3] {
        let annet = !matches!(self.vis.as_str(), "avsluttet" | "alle");
        [
            ("", "I tjeneste", annet),
            ("avsluttet", "Avsluttet", self.vis == "avsluttet"),
            ("alle", "Alle", self.vis == "alle"),
        ]
    }

    fn er_avsluttet(&self, linje: &Linje) -> bool {
        linje.gyldig_til.is_some_and(|til| til < self.i_dag)
    }
}

impl Linje {
    fn sti(&self) -> VisPerson {
        VisPerson { id: self.id }
    }

    /// «Teamleder, Regionkoordinator»
    fn roller_i_ord(&self) -> String {
        let navn = |slug: &String| slug.parse::<Rolletype>().map(Rolletype::navn).ok();
        self.roller.iter().filter_map(navn).collect::<Vec<_>>().join(", ")
    }
}

/// «fra 01.08.2026» or «01.08.2026–31.07.2027»
pub(super) fn tidsrom(fra: Date, til: Option<Date>) -> String {
    let fra = tid::dato(fra);
    til.map_or_else(|| format!("fra {fra}"), |til| format!("{fra}–{}", tid::dato(til)))
}

impl Plass {
    /// The name of its field in a form.
    fn felt(&self) -> String {
        self.id.to_string()
    }

    fn sti(&self) -> VisTeam {
        VisTeam { id: self.forum_id }
    }
}

impl Person {
    pub(super) fn sti(&self) -> VisPerson {
        VisPerson { id: self.id }
    }

    /// «fra 01.08.2026» or «01.08.2026–31.07.2027»
    fn tidsrom(&self) -> String {
        tidsrom(self.gyldig_fra, self.gyldig_til)
    }

    fn endre(&self) -> EndrePerson {
        EndrePerson { id: self.id }
    }

    fn avslutt(&self) -> AvsluttPerson {
        AvsluttPerson { id: self.id }
    }

    /// The e-mail their account has, or will have.
    pub(super) fn logger_inn_med(&self) -> &str {
        self.konto.epost.as_ref().unwrap_or(&self.epost)
    }
}

#[derive(Template)]
#[template(path = "person/vis.html")]
pub(super) struct Vis {
    person: Person,
    roller: Vec<Rolle>,
    plasser: Vec<Plass>,
    /// Whether the one who looks gives roles and log-ins.
    styrer_tilgang: bool,
    ser_team: bool,
    nokkel: Uuid,
    i_dag: Date,
}

impl Vis {
    pub(super) fn ny(person: Person, roller: Vec<Rolle>, plasser: Vec<Plass>, medlem: &Medlem) -> Self {
        Self {
            person,
            roller,
            plasser,
            styrer_tilgang: medlem.kan(Handling::EndreRoller),
            ser_team: medlem.kan(Handling::SeTeam),
            nokkel: Uuid::new_v4(),
            i_dag: medlem.i_dag(),
        }
    }

    fn er_avsluttet(&self) -> bool {
        self.person.gyldig_til.is_some_and(|til| til < self.i_dag)
    }

    /// Roles now, to come and ended, each with its heading.
    fn rollegrupper(&self) -> [(&'static str, Vec<&Rolle>); 3] {
        let gruppe = |hvilke: &dyn Fn(&Rolle) -> bool| self.roller.iter().filter(|r| hvilke(r)).collect();
        [
            ("Gjelder nå", gruppe(&|r| r.gjelder(self.i_dag))),
            ("Kommer", gruppe(&|r| r.kommer(self.i_dag))),
            ("Avsluttet", gruppe(&|r| r.er_avsluttet(self.i_dag))),
        ]
    }

    fn er_apen(&self, rolle: &Rolle) -> bool {
        !rolle.er_avsluttet(self.i_dag)
    }

    fn kan_avslutte(&self, rolle: &Rolle) -> bool {
        self.styrer_tilgang && self.er_apen(rolle)
    }

    fn avslutt_rolle(&self, rolle: &Rolle) -> AvsluttRolle {
        AvsluttRolle { id: self.person.id, rolle: rolle.id }
    }
}

#[derive(Template)]
#[template(path = "person/skjema.html")]
pub(super) struct Skjema {
    id: Option<Uuid>,
    pub(super) felter: Raw,
    pub(super) alternativer: Alternativer,
    pub(super) feil: Feil,
    nokkel: Uuid,
}

impl Skjema {
    pub(super) fn ny(id: Option<Uuid>, felter: Raw, alternativer: Alternativer, feil: Feil) -> Self {
        Self { id, felter, alternativer, feil, nokkel: Uuid::new_v4() }
    }

    fn handling(&self) -> String {
        self.id.map_or_else(|| ListPersoner.to_string(), |id| EndrePerson { id }.to_string())
    }

    fn tilbake(&self) -> String {
        self.id.map_or_else(|| ListPersoner.to_string(), |id| VisPerson { id }.to_string())
    }
}

impl Alternativer {
    /// The name of a tjeneste or enhet from the value of its choice.
    pub(super) fn ord(&self, valgt: &str) -> String {
        let alle = self.tjenester.iter().chain(&self.enheter);
        alle.into_iter()
            .find(|(id, _)| id.to_string() == valgt)
            .map_or_else(|| "ingen".into(), |(_, navn)| navn.clone())
    }
}

#[derive(Template)]
#[template(path = "person/avslutt.html")]
pub(super) struct Avslutt {
    pub(super) person: Person,
    pub(super) roller: Vec<Rolle>,
    pub(super) plasser: Vec<Plass>,
    /// Those who can take over.
    pub(super) andre: Vec<(Uuid, String)>,
    pub(super) skrevet: Avslutning,
    pub(super) feil: Feil,
}

impl Avslutt {
    /// Who was chosen to take over a seat; empty when it is left vacant.
    fn arving(&self, plass: &Plass) -> String {
        self.skrevet.arvinger.iter().find(|(p, _)| *p == plass.id).map(|(_, til)| til.to_string()).unwrap_or_default()
    }

    /// What goes with a seat: «leder, 2 møter og 1 åpent tiltak».
    fn folger(plass: &Plass) -> String {
        let telt = |n: i64, en: &str, flere: &str| (n > 0).then(|| format!("{n} {}", if n == 1 { en } else { flere }));
        let deler = [
            plass.leder.then(|| "leder teamet".to_owned()),
            telt(plass.moter, "møte å lede", "møter å lede"),
            telt(plass.tiltak, "åpent tiltak", "åpne tiltak"),
        ];
        deler.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// «TST Fjellheim skole (2 åpne)»: the teams where somebody must take over; empty when none has to.
    fn med_tiltak(&self) -> String {
        let med = self.plasser.iter().filter(|p| p.tiltak > 0);
        let ord = |p: &Plass| {
            format!("{} ({})", p.navn, if p.tiltak == 1 { "1 åpent".to_owned() } else { format!("{} åpne", p.tiltak) })
        };
        med.map(ord).collect::<Vec<_>>().join("; ")
    }
}
