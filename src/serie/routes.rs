//! The doors of a series: what is wanted, the plan, and what was booked.
use std::collections::HashMap;

use axum::{Router, http::StatusCode};
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    db,
    plan::Behov,
    sjekk::{Plassert, Ramme},
    skjema::{Knapp, Onske, Rad, Raw, Rawteam, Valg},
    views,
};
use crate::{
    App, Error, Result,
    auth::{Adgang, Handling, Medlem, Rett},
    db::Tx,
    forum::{self, Maling, Sted},
    mote::{self, Grunnlag, NyttMote, Status},
    regelsett::{self, Semester, Semestergrenser, Stilling},
    tid,
    web::{Feil, MedStatus, Page, Skjema, Utfall, Videre},
};

/// Step 1: which teams, how often, which weekday and time.
#[derive(TypedPath, Deserialize)]
#[typed_path("/serie")]
pub struct Serie;

/// Step 1 for one team.
#[derive(TypedPath, Deserialize)]
#[typed_path("/team/{forum}/serie")]
pub struct SerieForTeam {
    pub forum: Uuid,
}

/// Step 2: the plan, to be changed and confirmed.
#[derive(TypedPath, Deserialize)]
#[typed_path("/serie/forslag")]
pub(super) struct Forslag;

/// The receipt.
#[derive(TypedPath, Deserialize)]
#[typed_path("/serie/booket")]
pub(super) struct Kvittering;

/// The first and the last møte of one sending.
#[derive(Deserialize)]
struct Spenn {
    fra: Option<Uuid>,
    til: Option<Uuid>,
}

/// A team about to be booked for a semester.
pub(super) struct Lag {
    pub(super) grunnlag: Grunnlag,
    pub(super) maling: Maling,
    pub(super) stilling: Stilling,
}

pub fn routes() -> Router<App> {
    Router::new().typed_get(velg).typed_get(velg_for_team).typed_get(foresla).typed_post(bekreft).typed_get(booket)
}

async fn velg(_: Serie, medlem: Medlem, Query(onske): Query<Onske>) -> Result<Page<views::Velg>> {
    let tx = medlem.read_med(Rett::BookSerie(None)).await?;
    Ok(Page(valgside(tx, &medlem, onske, Feil::default()).await?))
}

async fn velg_for_team(SerieForTeam { forum }: SerieForTeam, medlem: Medlem) -> Result<Page<views::Velg>> {
    let tx = medlem.read_med(Rett::BookSerie(Some(forum))).await?;
    let onske = Onske { team: vec![forum.to_string()], ..Onske::default() };
    Ok(Page(valgside(tx, &medlem, onske, Feil::default()).await?))
}

/// Step 1 as it was sent, or as it begins.
async fn valgside(mut tx: Tx, medlem: &Medlem, onske: Onske, feil: Feil) -> Result<views::Velg> {
    let regler = regelsett::hent(&mut tx).await?;
    let team = db::team(&mut tx, medlem).await?;
    let malinger: Vec<_> = team.iter().map(|t| Maling::ny(&regler, t.sted, medlem.i_dag())).collect();
    let spenn: Vec<_> = team.iter().zip(&malinger).map(|(t, m)| m.spenn(t.id)).collect();
    let tall = forum::semestertall(&mut tx, &spenn).await?;
    let stilling = |id: Uuid, m: &Maling| m.stilling(tall.get(&id).copied().unwrap_or_default());
    let rader = team.into_iter().zip(&malinger).map(|(t, m)| (stilling(t.id, m), m.nar(), t)).collect();
    let semestre = mulige(medlem.i_dag(), regler.region().semestergrenser);
    let onske = if onske.rytme.is_empty() { Onske::forste(onske.team, semestre[0]) } else { onske };
    Ok(views::Velg { rader, semestre, onske, feil })
}

/// This semester and the next.
fn mulige(i_dag: Date, grenser: Semestergrenser) -> [Semester; 2] {
    let na = Semester::for_dato(i_dag, grenser);
    [na, na.neste()]
}

async fn foresla(
    _: Forslag,
    medlem: Medlem,
    Query(onske): Query<Onske>,
) -> Result<std::result::Result<Page<views::Forslag>, MedStatus<views::Velg>>> {
    let mut tx = medlem.read_med(Rett::BookSerie(None)).await?;
    if onske.er_tomt() {
        return Ok(Err(Page::med_status(StatusCode::OK, valgside(tx, &medlem, onske, Feil::default()).await?)));
    }
    // Which semesters can be asked for follows the calendar alone here; each team's own limits come with its rules.
    match onske.les(&mulige(medlem.i_dag(), Semestergrenser::default())) {
        Ok(valg) => {
            let lag = hent(&mut tx, &medlem, &valg.team, valg.semester, None).await?;
            let raw = forslag(&lag, &valg, medlem.i_dag());
            Ok(Ok(Page(views::Forslag::ny(lag, raw, valg.semester, Some(valg.rytme), Feil::default()))))
        }
        Err(feil) => Ok(Err(Page::med_feil(valgside(tx, &medlem, onske, feil).await?))),
    }
}

/// The teams with their rules, their standing, and when their people are taken until the semester or the plan ends.
async fn hent(
    tx: &mut Tx,
    medlem: &Medlem,
    team: &[Uuid],
    semester: Semester,
    siste_dag: Option<Date>,
) -> Result<Vec<Lag>> {
    Adgang::krev_i_fora(tx, &medlem.rolle, Handling::BookSerie, team).await?;
    let regler = regelsett::hent(tx).await?;
    let slutt = semester.slutt(regler.region().semestergrenser) + Duration::weeks(8);
    let (fra, til) = (medlem.i_dag() - Duration::DAY, siste_dag.map_or(slutt, |dag| slutt.max(dag + Duration::DAY)));
    let grunnlag = mote::grunnlag(tx, team, fra, til).await?;
    let malinger: Vec<Maling> = grunnlag.iter().map(|g| maling(g, &regler, semester, medlem.i_dag())).collect();
    let spenn: Vec<_> = grunnlag.iter().zip(&malinger).map(|(g, m)| m.spenn(g.forum)).collect();
    let tall = forum::semestertall(tx, &spenn).await?;
    let lag = grunnlag.into_iter().zip(malinger).map(|(grunnlag, maling)| Lag {
        stilling: maling.stilling(tall.get(&grunnlag.forum).copied().unwrap_or_default()),
        grunnlag,
        maling,
    });
    Ok(lag.collect())
}

fn maling(grunnlag: &Grunnlag, regler: &regelsett::Regler, semester: Semester, i_dag: Date) -> Maling {
    let Grunnlag { kommune, enhet, enhetstype, antall, .. } = *grunnlag;
    let grenser = regler.for_sted(kommune, enhet).semestergrenser;
    Maling::ny(regler, Sted { kommune, enhet, enhetstype, antall }, i_dag.max(semester.start(grenser)))
}

/// The plan step 2 begins with: team by team, nobody in two places at once.
fn forslag(lag: &[Lag], valg: &Valg, i_dag: Date) -> Raw {
    let mut tatt: HashMap<Uuid, Vec<(OffsetDateTime, OffsetDateTime)>> = HashMap::new();
    let start = tid::iso_kl(valg.start);
    let mut team = Vec::new();
    for lag in lag {
        let folk = || lag.grunnlag.medlemmer.iter().filter_map(|m| m.person);
        let fra_for = lag.grunnlag.medlemmer.iter().flat_map(|m| m.opptatt.iter().copied());
        let opptatt: Vec<_> = fra_for.chain(folk().flat_map(|p| tatt.get(&p).cloned().unwrap_or_default())).collect();
        let (fra, til) = lag.vindu(i_dag);
        let (lengde, egne) = (lag.grunnlag.lengde(), lag.grunnlag.egne.as_slice());
        let behov = Behov { fra, til, ukedag: valg.ukedag, start: valg.start, lengde, egne, opptatt: &opptatt };
        let dager = behov.foresla(valg.rytme, lag.stilling.mangler());
        for dato in &dager {
            let tider = Plassert { team: 0, rad: 0, dato: *dato, start: valg.start }.tidsrom(lengde);
            folk().for_each(|p| tatt.entry(p).or_default().push(tider));
        }
        let rad = |dato: String| Rad { med: true, dato, start: start.clone() };
        let mut rader: Vec<Rad> = dager.iter().map(|d| rad(tid::iso(*d))).collect();
        rader.resize_with(rader.len().max(lag.tomme(valg.rytme)), || rad(String::new()));
        let (id, sted) = (lag.grunnlag.forum, lag.grunnlag.sted.clone());
        team.push(Rawteam { id, sted, kort: String::new(), rader });
    }
    Raw { nokkel: Uuid::new_v4(), semester: valg.semester.slug(), start, team, ..Raw::default() }
}

async fn bekreft(_: Forslag, medlem: Medlem, Skjema(felter): Skjema<Vec<(String, String)>>) -> Utfall<views::Forslag> {
    let (mut raw, knapp) = Raw::fra(&felter)?;
    let semester =
        raw.semester.parse().unwrap_or_else(|_| Semester::for_dato(medlem.i_dag(), Semestergrenser::default()));
    let mut tx = medlem.read_med(Rett::BookSerie(None)).await?;
    let lag = hent(&mut tx, &medlem, &raw.ider(), semester, raw.siste_dag(medlem.i_dag())).await?;
    drop(tx);
    if let Knapp::LeggTil(team) = knapp {
        raw.legg_til(team);
    }
    let Knapp::Bekreft(status) = knapp else {
        if raw.team.is_empty() {
            return Err(Error::Ugyldig("Vi forsto ikke skjemaet. Last siden på nytt og prøv igjen".into()));
        }
        let side = views::Forslag::ny(lag, raw, semester, None, Feil::default());
        return Ok(Err(Page::med_status(StatusCode::OK, side)));
    };
    let plan = match raw.les(&lag, medlem.na()) {
        Ok(plan) => plan,
        Err(feil) => return Ok(Err(Page::med_feil(views::Forslag::ny(lag, raw, semester, None, feil)))),
    };
    match lagre(&medlem, semester, &raw, &plan, status).await {
        Ok(sti) => {
            let innkalt = status == Status::Innkalt;
            Ok(Ok(Videre::til(&sti).med(if innkalt { "Innkallingene er sendt" } else { "Møtene er lagret som plan" })))
        }
        // Something has become odd since the page was made: it is shown before anything is booked.
        Err(Error::Regelbrudd(ord)) if ord.is_empty() => {
            let mut tx = medlem.read_med(Rett::BookSerie(None)).await?;
            let lag = hent(&mut tx, &medlem, &raw.ider(), semester, raw.siste_dag(medlem.i_dag())).await?;
            let feil = views::Forslag::usett(&lag, &raw);
            Ok(Err(Page::utdatert(views::Forslag::ny(lag, raw, semester, None, feil))))
        }
        Err(feil) => Err(feil),
    }
}

/// Books the whole plan in one write, unless it has warnings that nobody has seen. Gives the way to the receipt.
async fn lagre(medlem: &Medlem, semester: Semester, raw: &Raw, plan: &[Plassert], status: Status) -> Result<String> {
    medlem
        .write_once(raw.nokkel, Rett::BookSerie(None), async |tx| {
            let lag = hent(tx, medlem, &raw.ider(), semester, raw.siste_dag(medlem.i_dag())).await?;
            if !views::Forslag::usett(&lag, raw).er_tom() {
                return Err(Error::Regelbrudd(String::new()));
            }
            let moter: Vec<_> = plan.iter().map(|p| mote(&lag[p.team], &raw.team[p.team], p, status)).collect();
            let ider = mote::opprett(tx, &moter, medlem.na()).await?;
            let (fra, til) = ider.first().zip(ider.last()).ok_or(Error::IkkeFunnet)?;
            Ok(format!("{Kvittering}?fra={fra}&til={til}"))
        })
        .await
}

fn mote<'a>(lag: &'a Lag, skrevet: &'a Rawteam, plassert: &Plassert, status: Status) -> NyttMote<'a> {
    NyttMote {
        grunnlag: &lag.grunnlag,
        start: tid::oyeblikk(plassert.dato, plassert.start),
        minutter: lag.grunnlag.minutter(),
        sted: skrevet.sted.trim(),
        kort_begrunnelse: lag.er_for_kort().then(|| skrevet.kort.trim()),
        status,
    }
}

async fn booket(
    _: Kvittering,
    medlem: Medlem,
    Query(spenn): Query<Spenn>,
) -> Result<std::result::Result<Page<views::Booket>, Videre>> {
    let mut tx = medlem.read_med(Rett::BookSerie(None)).await?;
    let Some((fra, til)) = spenn.fra.zip(spenn.til) else { return Ok(Err(Videre::til(&Serie))) };
    let moter = db::booket(&mut tx, fra, til).await?;
    if moter.is_empty() { Err(Error::IkkeFunnet) } else { Ok(Ok(Page(views::Booket { moter }))) }
}

impl Lag {
    /// The days a plan for the semester may use: from a week ahead, so that people can plan.
    fn vindu(&self, i_dag: Date) -> (Date, Date) {
        let grenser = self.maling.regelsett.semestergrenser;
        let semester = self.maling.semester;
        ((i_dag + mote::VARSEL).max(semester.start(grenser)), semester.slutt(grenser))
    }

    /// How many empty rows to offer when one writes the days oneself.
    fn tomme(&self, rytme: super::Rytme) -> usize {
        let mangler = usize::try_from(self.stilling.mangler()).unwrap_or_default();
        if rytme == super::Rytme::EgneDatoer { mangler.clamp(2, 6) } else { 0 }
    }

    pub(super) fn ramme(&self) -> Ramme<'_> {
        let grenser = self.maling.regelsett.semestergrenser;
        Ramme { grunnlag: &self.grunnlag, semester: self.maling.semester, grenser }
    }

    /// The least minutes the rules ask of a møte of this team.
    fn krav(&self) -> u32 {
        if self.grunnlag.er_tst { self.maling.regelsett.min_varighet } else { 0 }
    }

    /// Whether the motemal is shorter than the rules of this place ask for.
    pub(super) fn er_for_kort(&self) -> bool {
        self.grunnlag.lengde() < self.krav()
    }

    pub(super) fn for_kort(&self) -> String {
        let (lengde, krav) = (self.grunnlag.lengde(), self.krav());
        format!("Malen er på {lengde} minutter, og regelen her er minst {krav}. Skriv hvorfor møtene er kortere")
    }
}
