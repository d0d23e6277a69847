//! The faces of a series.
use askama::Template;
use uuid::Uuid;

use super::{
    Serie,
    db::{Booket as Rad, Valgbart},
    plan::Rytme,
    routes::{Forslag as Plansti, Lag},
    sjekk::{self, Plassert, Ramme},
    skjema::{FLEST_MOTER, Onske, Raw, Rawteam, UKEDAGER},
};
use crate::{
    forum::VisTeam,
    mote::klokke,
    regelsett::{Semester, Stilling},
    tekst::stor,
    tid,
    web::Feil,
};

#[derive(Template)]
#[template(path = "serie/velg.html")]
pub(super) struct Velg {
    /// How each team stands, in which semester, and the team.
    pub(super) rader: Vec<(Stilling, String, Valgbart)>,
    pub(super) semestre: [Semester; 2],
    pub(super) onske: Onske,
    pub(super) feil: Feil,
}

impl Velg {
    /// The only team there is to choose.
    fn eneste(&self) -> Option<&Valgbart> {
        self.rader.first().map(|(.., team)| team).filter(|_| self.rader.len() == 1)
    }

    fn er_valgt(&self, team: &Valgbart) -> bool {
        self.onske.team.iter().any(|id| *id == team.id.to_string())
    }

    fn om((stilling, nar, team): &(Stilling, String, Valgbart)) -> String {
        let hvor = if team.kommune.is_empty() { String::new() } else { format!("{}. ", team.kommune) };
        format!("{hvor}{} {nar}", stor(&stilling.ord()))
    }

    fn semestervalg(&self) -> [(String, String, &'static str); 2] {
        let [na, neste] = self.semestre;
        let valg = |s: Semester, ord| (s.slug(), stor(&s.navn()), ord);
        [valg(na, "Fra om en uke og ut semesteret"), valg(neste, "Hele semesteret")]
    }

    fn rytmer() -> [(&'static str, &'static str, &'static str); 3] {
        let valg = |r: Rytme, ord| (r.slug(), r.navn(), ord);
        [
            valg(Rytme::EtterRegelen, "Så mange møter som regelen krever og som ikke er booket, jevnt fordelt"),
            valg(Rytme::HverManed, "Ett møte i hver måned som ikke har noe fra før"),
            valg(Rytme::EgneDatoer, "Du skriver dagene selv i neste steg"),
        ]
    }

    fn ukedager() -> impl Iterator<Item = (&'static str, &'static str)> {
        UKEDAGER.into_iter().zip(["Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag"]).map(|((nr, _), ord)| (nr, ord))
    }
}

#[derive(Template)]
#[template(path = "serie/forslag.html")]
pub(super) struct Forslag {
    lag: Vec<Lag>,
    raw: Raw,
    semester: Semester,
    /// How the plan was proposed; `None` once somebody has worked on it.
    rytme: Option<Rytme>,
    /// The warnings of each placed møte.
    varsler: Vec<(Plassert, Vec<String>)>,
    feil: Feil,
}

/// One møte of the form: the ids of its fields, what stands in them, and what is to be said about it.
struct Radfelt<'a> {
    nr: usize,
    med: String,
    dato: String,
    start: String,
    rad: &'a super::skjema::Rad,
    /// «Onsdag 25. november, kl. 08.30–11.00».
    ord: String,
    varsler: &'a [String],
}

impl Forslag {
    pub(super) fn ny(lag: Vec<Lag>, raw: Raw, semester: Semester, rytme: Option<Rytme>, feil: Feil) -> Self {
        let varsler = varsler(&lag, &raw);
        Self { lag, raw, semester, rytme, varsler, feil }
    }

    /// What has become odd about the plan since it was last shown; empty when every warning has been seen.
    pub(super) fn usett(lag: &[Lag], raw: &Raw) -> Feil {
        let mut feil = Feil::default();
        for (plassert, ord) in varsler(lag, raw) {
            let nye = ord.iter().any(|o| !raw.sett.contains(&sjekk::merke(raw.team[plassert.team].id, &plassert, o)));
            if nye {
                let felt = format!("dato-{}-{}", plassert.team + 1, plassert.rad + 1);
                let dag = stor(&tid::dag_i_ord(plassert.dato));
                feil.legg_til(&felt, &format!("{dag}: {} Endre møtet, eller bekreft likevel", ord.join(" ")));
            }
        }
        feil
    }

    /// The marks of the warnings this page shows.
    fn sett(&self) -> String {
        let merker = self
            .varsler
            .iter()
            .flat_map(|(plassert, ord)| ord.iter().map(|o| sjekk::merke(self.raw.team[plassert.team].id, plassert, o)));
        merker.collect::<Vec<_>>().join(" ")
    }

    fn team(&self) -> Vec<(usize, &Lag, &Rawteam)> {
        (1..).zip(&self.lag).zip(&self.raw.team).map(|((nr, lag), raw)| (nr, lag, raw)).collect()
    }

    fn rader(&self, nr: usize) -> Vec<Radfelt<'_>> {
        let (Some(raw), Some(lag)) = (self.raw.team.get(nr - 1), self.lag.get(nr - 1)) else { return Vec::new() };
        let rad = |(rad_nr, rad)| {
            let her = self.varsler.iter().find(|(p, _)| (p.team + 1, p.rad + 1) == (nr, rad_nr));
            let ord = her.map_or_else(String::new, |(p, _)| {
                let (fra, til) = p.tidsrom(lag.grunnlag.lengde());
                format!("{}, {}", stor(&tid::dag_i_ord(p.dato)), tid::tidsrom(klokke(fra), klokke(til)))
            });
            Radfelt {
                nr: rad_nr,
                med: format!("med-{nr}-{rad_nr}"),
                dato: format!("dato-{nr}-{rad_nr}"),
                start: format!("start-{nr}-{rad_nr}"),
                rad,
                ord,
                varsler: her.map_or(&[], |(_, ord)| ord),
            }
        };
        (1..).zip(&raw.rader).map(rad).collect()
    }

    fn kan_legge_til(raw: &Rawteam) -> bool {
        raw.rader.len() < FLEST_MOTER
    }

    /// How the team stands, and what the proposal makes of it.
    fn om(&self, lag: &Lag, raw: &Rawteam) -> String {
        let (stilling, antall) = (&lag.stilling, raw.rader.len());
        let na = format!("{} {}", stor(&stilling.ord()), lag.maling.nar());
        let mangler = usize::try_from(stilling.mangler()).unwrap_or(usize::MAX);
        match self.rytme {
            None => format!("{na}."),
            Some(Rytme::EgneDatoer) => format!("{na}. Skriv dagene selv. Rader uten dato blir ikke booket."),
            Some(Rytme::EtterRegelen) if stilling.krav == 0 => {
                format!("{na}. Regionen har ikke satt noe krav her. Legg til dager selv, eller velg «Hver måned».")
            }
            Some(Rytme::EtterRegelen) if mangler == 0 => {
                format!("{na}. Kravet er dekket, så vi foreslår ingen flere. Du kan legge til dager selv.")
            }
            Some(Rytme::EtterRegelen) if antall < mangler => {
                format!("{na}. Det mangler {mangler}, men vi fant bare {antall} dager der alle er ledige.")
            }
            Some(_) if antall == 0 => format!("{na}. Vi fant ingen dager der alle er ledige. Legg til dager selv."),
            Some(_) if antall == 1 => format!("{na}. Her er forslag til ett møte til."),
            Some(_) => format!("{na}. Her er forslag til {antall} møter til."),
        }
    }

    fn lengde(lag: &Lag) -> String {
        tid::timer(lag.grunnlag.lengde())
    }

    fn med_varsel(&self) -> usize {
        self.varsler.iter().filter(|(_, ord)| !ord.is_empty()).count()
    }

    /// Step 1 with the same teams.
    fn tilbake(&self) -> String {
        let team: Vec<String> = self.raw.team.iter().map(|t| format!("team={}", t.id)).collect();
        format!("{Serie}?{}", team.join("&"))
    }
}

/// Every placed møte of the plan with what is odd about it.
fn varsler(lag: &[Lag], raw: &Raw) -> Vec<(Plassert, Vec<String>)> {
    let rammer: Vec<Ramme<'_>> = lag.iter().map(Lag::ramme).collect();
    let plan = raw.plasserte();
    plan.iter().map(|p| (*p, sjekk::varsler(&rammer, &plan, p))).collect()
}

#[derive(Template)]
#[template(path = "serie/booket.html")]
pub(super) struct Booket {
    /// Team by team, earliest first.
    pub(super) moter: Vec<Rad>,
}

impl Booket {
    fn tittel(&self) -> String {
        match (self.moter.len(), self.team().len()) {
            (1, _) => "1 møte er booket".to_owned(),
            (antall, 1) => format!("{antall} møter er booket"),
            (antall, team) => format!("{antall} møter er booket i {team} team"),
        }
    }

    fn team(&self) -> Vec<&[Rad]> {
        self.moter.chunk_by(|a, b| a.forum == b.forum).collect()
    }

    fn sti(id: &Uuid) -> VisTeam {
        VisTeam { id: *id }
    }
}

impl Rad {
    fn nar(&self) -> String {
        let tidsrom = tid::tidsrom(klokke(self.start), klokke(self.slutt));
        format!("{}, {tidsrom}", stor(&tid::dato_i_ord(tid::dag(self.start))))
    }
}
