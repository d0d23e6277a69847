//! The faces of booking.
use askama::Template;
use time::{Date, OffsetDateTime, Time};
use uuid::Uuid;

use super::{
    super::om_dagen,
    BekreftMote, BookMote, Grunnlag, VARSEL,
    skjema::{Bekreftelse, Tidsvalg, minuttfelt},
};
use crate::{auth::Medlem, tekst::stor, tid, web::Feil};

/// How many suggestions step 1 shows, and how many step 2 shows when somebody is taken.
const FORSLAG: usize = 6;
const ANDRE_TIDER: usize = 3;

#[derive(Template)]
#[template(path = "mote/velg_tid.html")]
pub(super) struct VelgTid {
    navn: String,
    forum: Uuid,
    /// Value, day in words, clock.
    forslag: Vec<(String, String, String)>,
    valg: Tidsvalg,
    i_dag: Date,
    feil: Feil,
}

impl VelgTid {
    pub(super) fn ny(grunnlag: &Grunnlag, i_dag: Date, valg: Tidsvalg, feil: Feil) -> Self {
        let mut forslag: Vec<_> = grunnlag
            .forslag(i_dag, FORSLAG, grunnlag.lengde())
            .into_iter()
            .map(|f| {
                let verdi = format!("{}T{}", tid::iso(f.dato), tid::iso_kl(f.start));
                (verdi, stor(&tid::dag_i_ord(f.dato)), tid::tidsrom(f.start, f.slutt))
            })
            .collect();
        forslag.push(("egen".into(), "En annen dag".into(), "Skriv dag og klokkeslett nedenfor".into()));
        Self { navn: grunnlag.navn.clone(), forum: grunnlag.forum, forslag, valg, i_dag, feil }
    }

    fn team(&self) -> String {
        format!("/team/{}", self.forum)
    }

    fn bekreft(&self) -> String {
        BekreftMote { forum: self.forum }.to_string()
    }
}

#[derive(Template)]
#[template(path = "mote/bekreft.html")]
pub(super) struct Bekreft {
    grunnlag: Grunnlag,
    nokkel: Uuid,
    dato: Date,
    start: Time,
    sted: String,
    minutter: Vec<String>,
    kort_begrunnelse: String,
    krav: Option<u32>,
    i_dag: Date,
    na: OffsetDateTime,
    feil: Feil,
}

/// One element of the form: its field, its title and help, its clock times and what stands in it.
struct Linje<'a> {
    felt: String,
    tittel: &'a str,
    hjelp: &'a str,
    tid: String,
    minutter: &'a str,
}

impl Bekreft {
    pub(super) fn ny(grunnlag: Grunnlag, (dato, start): (Date, Time), krav: Option<u32>, medlem: &Medlem) -> Self {
        Self {
            nokkel: Uuid::new_v4(),
            dato,
            start,
            sted: grunnlag.sted.clone(),
            minutter: grunnlag.elementer.iter().map(|e| e.minutter.to_string()).collect(),
            kort_begrunnelse: String::new(),
            krav,
            i_dag: medlem.i_dag(),
            na: medlem.na(),
            feil: Feil::default(),
            grunnlag,
        }
    }

    /// The same page with what was typed, and what is wrong with it.
    pub(super) fn med(self, skrevet: Bekreftelse, feil: Feil) -> Self {
        let Bekreftelse { nokkel, sted, minutter, kort_begrunnelse, .. } = skrevet;
        Self { nokkel, sted, minutter, kort_begrunnelse, feil, ..self }
    }

    fn tall(&self) -> impl Iterator<Item = u32> {
        self.minutter.iter().map(|m| m.trim().parse().ok().filter(|m| *m <= 480).unwrap_or(0))
    }

    fn sum(&self) -> u32 {
        self.tall().sum()
    }

    fn linjer(&self) -> Vec<Linje<'_>> {
        let mut fra = self.start;
        let elementer = self.grunnlag.elementer.iter().enumerate();
        elementer
            .zip(self.tall().chain(std::iter::repeat(0)))
            .map(|((i, mal), minutter)| {
                let til = fra + time::Duration::minutes(minutter.into());
                let tid = format!("{}–{}", tid::kl(fra), tid::kl(til));
                fra = til;
                let skrevet = self.minutter.get(i).map_or("", String::as_str);
                Linje { felt: minuttfelt(i + 1), tittel: &mal.tittel, hjelp: &mal.hjelp, tid, minutter: skrevet }
            })
            .collect()
    }

    fn tid_i_ord(&self) -> String {
        let slutt = self.start + time::Duration::minutes(self.sum().into());
        format!("{}, {}", stor(&tid::dato_i_ord(self.dato)), tid::tidsrom(self.start, slutt))
    }

    /// Whether the reason for a short møte is asked for from the start.
    fn for_kort(&self) -> bool {
        self.krav.is_some_and(|krav| self.sum() < krav)
    }

    /// What is odd about the day; a warning, never a refusal.
    fn dagvarsel(&self) -> Option<String> {
        let passert = || tid::oyeblikk(self.dato, self.start) < self.na;
        om_dagen(self.dato).or_else(|| passert().then(|| "Tidspunktet er allerede passert.".into()))
    }

    /// Who is taken, and when; never where.
    fn opptatte(&self) -> Vec<String> {
        let fra = tid::oyeblikk(self.dato, self.start);
        let til = fra + time::Duration::minutes(self.sum().into());
        self.grunnlag.opptatte(fra, til)
    }

    /// Other times, as words and paths, for when somebody is taken.
    fn andre_tider(&self) -> Vec<(String, String)> {
        let forslag = self.grunnlag.forslag(self.i_dag.max(self.dato - VARSEL), ANDRE_TIDER, self.sum().max(30));
        let lenke = |f: super::Forslag| {
            let ord = format!("{}, {}", stor(&tid::dag_i_ord(f.dato)), tid::tidsrom(f.start, f.slutt));
            (ord, format!("{}?dato={}&start={}", self.sti(), tid::iso(f.dato), tid::iso_kl(f.start)))
        };
        forslag.into_iter().map(lenke).collect()
    }

    fn team(&self) -> String {
        format!("/team/{}", self.grunnlag.forum)
    }

    fn book(&self) -> String {
        BookMote { forum: self.grunnlag.forum }.to_string()
    }

    fn sti(&self) -> String {
        BekreftMote { forum: self.grunnlag.forum }.to_string()
    }
}
