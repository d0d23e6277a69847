//! The doors of a seat.
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::{ansvar::Ansvar, db, views};
use crate::{
    App, Error, Result,
    auth::{Adgang, Handling, Medlem, Rett, krev_nylig},
    db::Tx,
    forum::{self, Evner, VisTeam, plass::Onske, plass::Regelbrudd},
    mote, tid,
    tiltak::{self, OverforTiltak},
    tjeneste::Tjenestetype,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/team/{id}/medlem/ny")]
pub(in crate::forum) struct NyttMedlem {
    pub(in crate::forum) id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/team/{id}/medlem/{medlem}")]
pub(in crate::forum) struct EndreMedlem {
    pub(in crate::forum) id: Uuid,
    pub(in crate::forum) medlem: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/team/{id}/medlem/{medlem}/avslutt")]
pub(super) struct AvsluttMedlem {
    pub(super) id: Uuid,
    pub(super) medlem: Uuid,
}

/// The longest name of a role that gives authority, in characters.
const LENGSTE_ROLLE: usize = 120;

/// The service whose seat is missing, from the link that says so.
#[derive(Deserialize)]
struct Forslag {
    #[serde(default)]
    tjeneste: String,
}

/// The form of a seat, as it was sent.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Raw {
    pub(super) nokkel: Uuid,
    pub(super) versjon: i32,
    pub(super) tjenestetype: String,
    pub(super) person: String,
    pub(super) vara: String,
    pub(super) deltar: String,
    pub(super) moteplikt: String,
    pub(super) leder: String,
    pub(super) fullmakt: String,
    pub(super) fullmakt_fra: String,
    pub(super) fullmakt_av: String,
    pub(super) kompetanse: Vec<String>,
    pub(super) siste_dag: String,
    /// Whether a new person takes over møter and tiltak too.
    pub(super) overta: String,
}

impl Raw {
    pub(super) fn av(onske: &Onske, versjon: i32) -> Self {
        let id = |person: Option<Uuid>| person.map_or_else(String::new, |id| id.to_string());
        let ja = |svar: bool| if svar { "ja".to_owned() } else { String::new() };
        Self {
            nokkel: Uuid::new_v4(),
            versjon,
            tjenestetype: onske.tjenestetype.slug().to_owned(),
            person: id(onske.person),
            vara: id(onske.vara),
            deltar: if onske.fast { "fast" } else { "behov" }.to_owned(),
            moteplikt: ja(onske.moteplikt),
            leder: ja(onske.leder),
            fullmakt: ja(onske.evner.fullmakt),
            fullmakt_fra: onske.evner.fra.map(tid::iso).unwrap_or_default(),
            fullmakt_av: onske.evner.av.clone(),
            kompetanse: onske.evner.kompetanse.iter().map(|k| k.slug().to_owned()).collect(),
            siste_dag: String::new(),
            overta: String::new(),
        }
    }

    fn les(&self) -> Result<Onske, Feil> {
        let mut les = Leser::default();
        let tjenestetype = les.valg("tjenestetype", "Tjeneste", &self.tjenestetype).unwrap_or(Tjenestetype::Annen);
        les.krev("deltar", matches!(self.deltar.as_str(), "fast" | "behov"), "Velg «Deltar»");
        let mut valgfri = |felt, raw: &str| {
            let id = raw.parse().ok();
            les.krev(felt, raw.is_empty() || id.is_some(), "Velg en person fra listen");
            id
        };
        let (person, vara) = (valgfri("person", &self.person), valgfri("vara", &self.vara));
        let (fast, moteplikt) = (self.deltar == "fast", self.moteplikt == "ja");
        let evner = self.evner(&mut les);
        les.ferdig(Onske { tjenestetype, person, vara, fast, moteplikt, leder: self.leder == "ja", evner })
    }

    /// Without authority there is nobody who gave it.
    fn evner(&self, les: &mut Leser) -> Evner {
        let fra = les.valgfri_dato("fullmakt_fra", "Fullmakten gjelder fra", &self.fullmakt_fra);
        let av = les.valgfri("fullmakt_av", "Hvem som ga fullmakten", &self.fullmakt_av, LENGSTE_ROLLE);
        let kompetanse: Vec<_> = self.kompetanse.iter().filter_map(|k| k.parse().ok()).collect();
        les.krev("kompetanse", kompetanse.len() == self.kompetanse.len(), "Velg kompetanse fra listen");
        let (fra, av) = if self.fullmakt == "ja" { (fra, av) } else { (None, String::new()) };
        Evner { fullmakt: self.fullmakt == "ja", fra, av, kompetanse }
    }
}

/// What became of a form inside the transaction.
enum Svar {
    /// What happened, and where to hand over what somebody leaves behind.
    Lagret(String, Option<String>),
    Feil(Feil),
    Utdatert(Feil, i32),
}

pub(in crate::forum) fn routes() -> Router<App> {
    let vernet = krev_nylig(Router::new().typed_post(legg_til).typed_post(lagre).typed_post(avslutt));
    Router::new().typed_get(ny).typed_get(endre).merge(vernet)
}

async fn ny(
    NyttMedlem { id }: NyttMedlem,
    medlem: Medlem,
    Query(forslag): Query<Forslag>,
) -> Result<Page<views::Skjemaside>> {
    let raw = Raw {
        nokkel: Uuid::new_v4(),
        tjenestetype: forslag.tjeneste,
        deltar: "fast".to_owned(),
        moteplikt: "ja".to_owned(),
        fullmakt: "ja".to_owned(),
        ..Raw::default()
    };
    Ok(Page(side(&medlem, id, None, Some(raw), Feil::default()).await?))
}

async fn legg_til(
    NyttMedlem { id }: NyttMedlem,
    medlem: Medlem,
    Skjema(raw): Skjema<Raw>,
) -> Utfall<views::Skjemaside> {
    let onske = match raw.les().and_then(|onske| uten_brudd(onske, false, false)) {
        Ok(onske) => onske,
        Err(feil) => return Ok(Err(Page::med_feil(side(&medlem, id, None, Some(raw), feil).await?))),
    };
    let svar = medlem
        .write_once(raw.nokkel, Rett::EndreTeam(id), async |tx| {
            db::hold_forum(tx, id).await?;
            let plass = Uuid::now_v7();
            if onske.leder {
                db::ta_lederrollen(tx, id, plass).await?;
            }
            db::lagre(tx, id, plass, &onske, 0).await?;
            mote::sett_pa_kommende(tx, plass).await?;
            Ok(VisTeam { id }.to_string())
        })
        .await;
    match svar {
        Ok(sti) => {
            Ok(Ok(Videre::til(&sti).med("Medlemmet er lagt til. Faste medlemmer er også kalt inn til kommende møter")))
        }
        Err(feil) => Ok(Err(Page::med_feil(side(&medlem, id, None, Some(raw), sitter_alt(feil)?).await?))),
    }
}

async fn endre(sti: EndreMedlem, medlem: Medlem) -> Result<Page<views::Skjemaside>> {
    Ok(Page(side(&medlem, sti.id, Some(sti.medlem), None, Feil::default()).await?))
}

async fn lagre(sti: EndreMedlem, medlem: Medlem, Skjema(raw): Skjema<Raw>) -> Utfall<views::Skjemaside> {
    let svar = match raw.les() {
        Err(feil) => Ok(Svar::Feil(feil)),
        Ok(onske) => {
            let i_gar = medlem.i_dag().previous_day().unwrap_or(Date::MIN);
            medlem.write(Rett::EndreTeam(sti.id), async |tx| skriv(tx, &medlem, sti, (&raw, onske), i_gar).await).await
        }
    };
    svar_pa(&medlem, sti, raw, svar).await
}

async fn avslutt(
    AvsluttMedlem { id, medlem: plass }: AvsluttMedlem,
    medlem: Medlem,
    Skjema(raw): Skjema<Raw>,
) -> Utfall<views::Skjemaside> {
    let sti = EndreMedlem { id, medlem: plass };
    let mut les = Leser::default();
    let dato = les.dato("siste_dag", "Siste dag", &raw.siste_dag);
    let svar = match les.ferdig(dato) {
        Err(feil) => Ok(Svar::Feil(feil)),
        Ok(dato) => {
            medlem.write(Rett::EndreTeam(id), async |tx| ta_ut(tx, &medlem, sti, raw.versjon, dato).await).await
        }
    };
    svar_pa(&medlem, sti, raw, svar).await
}

/// Changes a seat, and the coming møter with it.
async fn skriv(
    tx: &mut Tx,
    medlem: &Medlem,
    sti: EndreMedlem,
    (raw, onske): (&Raw, Onske),
    i_gar: Date,
) -> Result<Svar> {
    db::hold_forum(tx, sti.id).await?;
    let for_ = db::hent(tx, sti.id, sti.medlem).await?;
    let (forum, _) = forum::db::med_plasser(tx, sti.id).await?;
    // Asked now: whoever gives their own seat away has no right left afterwards.
    let med_tiltak = overforer(tx, medlem, sti.id).await?;
    if for_.versjon != raw.versjon || for_.gyldig_til.is_some() {
        let personer = db::personer(tx, sti.id).await?;
        return Ok(Svar::Utdatert(views::forskjell(&forum, &personer, &for_, raw), for_.versjon));
    }
    let onske = match uten_brudd(onske, forum.type_.er_tst(), for_.onske.leder) {
        Ok(onske) => onske,
        Err(feil) => return Ok(Svar::Feil(feil)),
    };
    if onske.leder && !for_.onske.leder {
        db::ta_lederrollen(tx, sti.id, sti.medlem).await?;
    }
    db::lagre(tx, sti.id, sti.medlem, &onske, raw.versjon).await?;
    let gar = onske.person != for_.onske.person && for_.onske.person.is_some();
    if gar && raw.overta == "ja" {
        overta(tx, medlem, sti.id, (for_.onske.person, &onske), med_tiltak).await?;
    }
    if gar {
        mote::ta_av_kommende(tx, sti.id, for_.onske.person, for_.onske.tjenestetype, i_gar).await?;
    }
    mote::sett_pa_kommende(tx, sti.medlem).await?;
    let hva = "Endringen er lagret, også i kommende møter".to_owned();
    let (rest, overfor) = etterlatt(tx, medlem, sti.id, for_.onske.person.filter(|_| gar)).await?;
    Ok(Svar::Lagret(hva + &rest, overfor))
}

/// Gives what the last person of a seat was to do in the team to the next one, in the same step.
async fn overta(
    tx: &mut Tx,
    medlem: &Medlem,
    forum: Uuid,
    (fra, onske): (Option<Uuid>, &Onske),
    med_tiltak: bool,
) -> Result<()> {
    let Some(par) = fra.zip(onske.person) else { return Ok(()) };
    mote::overta(tx, forum, par, medlem.i_dag()).await?;
    if med_tiltak {
        tiltak::overta(tx, forum, par, onske.tjenestetype).await?;
    }
    Ok(())
}

/// Ends a seat after a day, and takes its person off the møter that come later.
async fn ta_ut(tx: &mut Tx, medlem: &Medlem, sti: EndreMedlem, versjon: i32, dato: Date) -> Result<Svar> {
    db::hold_forum(tx, sti.id).await?;
    let for_ = db::hent(tx, sti.id, sti.medlem).await?;
    if for_.versjon != versjon || for_.gyldig_til.is_some() {
        return Ok(Svar::Utdatert(Feil::utdatert(&[]), for_.versjon));
    }
    let (forum, _) = forum::db::med_plasser(tx, sti.id).await?;
    if forum.type_.er_tst() && for_.onske.leder {
        return Ok(Svar::Feil(Feil::en("siste_dag", &Regelbrudd::UtenLeder.to_string())));
    }
    if dato < for_.gyldig_fra {
        let melding = format!("Siste dag kan ikke være før første dag, {}", tid::dato(for_.gyldig_fra));
        return Ok(Svar::Feil(Feil::en("siste_dag", &melding)));
    }
    db::avslutt(tx, sti.medlem, dato).await?;
    let fjernet = mote::ta_av_kommende(tx, sti.id, for_.onske.person, for_.onske.tjenestetype, dato).await?;
    let moter = match fjernet {
        0 => "Ingen innkallinger er endret".to_owned(),
        1 => "1 ubesvart innkalling er fjernet".to_owned(),
        n => format!("{n} ubesvarte innkallinger er fjernet"),
    };
    let (rest, overfor) = etterlatt(tx, medlem, sti.id, for_.onske.person).await?;
    Ok(Svar::Lagret(format!("Plassen er avsluttet. Siste dag er {}. {moter}{rest}", tid::dato(dato)), overfor))
}

/// Whether one may give somebody's tiltak in the team to another.
async fn overforer(tx: &mut Tx, medlem: &Medlem, forum: Uuid) -> Result<bool> {
    Ok(Rett::OverforTiltak(forum).held(tx, &medlem.rolle).await? == Some(true))
}

/// What somebody who leaves a seat still answers for: the end of a sentence, and where to hand it over for the one who may.
async fn etterlatt(
    tx: &mut Tx,
    medlem: &Medlem,
    forum: Uuid,
    person: Option<Uuid>,
) -> Result<(String, Option<String>)> {
    let Some(person) = person else { return Ok((String::new(), None)) };
    let (navn, ansvar) = db::ansvar(tx, forum, person).await?;
    let Some(setning) = ansvar.setning(&navn) else { return Ok((String::new(), None)) };
    let kan = overforer(tx, medlem, forum).await?;
    let overfor = (kan && ansvar.tiltak > 0).then(|| overfor_fra(forum, person));
    let be = if ansvar.tiltak > 0 && !kan { ". Be teamlederen overføre tiltakene" } else { "" };
    Ok((format!(". {}{be}", setning.trim_end_matches('.')), overfor))
}

/// Where the tiltak of one person in a team are handed over.
pub(super) fn overfor_fra(forum: Uuid, person: Uuid) -> String {
    format!("{}?fra={person}", OverforTiltak { id: forum })
}

/// The answer to a form about a seat that exists.
async fn svar_pa(medlem: &Medlem, sti: EndreMedlem, mut raw: Raw, svar: Result<Svar>) -> Utfall<views::Skjemaside> {
    let feil = match svar {
        Ok(Svar::Lagret(tekst, overfor)) => {
            let videre = Videre::til(&VisTeam { id: sti.id }).med(tekst);
            return Ok(Ok(match overfor {
                Some(overfor) => videre.og_sa("Overfør tiltak", &overfor),
                None => videre,
            }));
        }
        Ok(Svar::Utdatert(feil, versjon)) => {
            raw.versjon = versjon;
            return Ok(Err(Page::utdatert(side(medlem, sti.id, Some(sti.medlem), Some(raw), feil).await?)));
        }
        Ok(Svar::Feil(feil)) => feil,
        Err(feil) => sitter_alt(feil)?,
    };
    Ok(Err(Page::med_feil(side(medlem, sti.id, Some(sti.medlem), Some(raw), feil).await?)))
}

/// The form of a seat (`None`: a new one), with what was written or else what is stored.
async fn side(
    medlem: &Medlem,
    id: Uuid,
    plass: Option<Uuid>,
    skrevet: Option<Raw>,
    feil: Feil,
) -> Result<views::Skjemaside> {
    let mut tx = medlem.read().await?;
    let adgang = Adgang::til_forum(&mut tx, &medlem.rolle, id).await?;
    if !adgang.til(Handling::EndreTeam) {
        return Err(Error::IkkeTilgang);
    }
    let (forum, plasser) = forum::db::med_plasser(&mut tx, id).await?;
    let personer = db::personer(&mut tx, id).await?;
    let na = match plass {
        Some(plass) => Some(plasser.iter().find(|p| p.id == plass).cloned().ok_or(Error::IkkeFunnet)?),
        None => None,
    };
    let lagret = na.as_ref().map(|na| Raw { siste_dag: tid::iso(medlem.i_dag()), ..Raw::av(&na.onske(), na.versjon) });
    // The page has two forms, and each keeps what the other shows.
    let raw = match (skrevet, lagret) {
        (Some(skrevet), Some(lagret)) if skrevet.deltar.is_empty() => Raw { siste_dag: skrevet.siste_dag, ..lagret },
        (Some(skrevet), Some(lagret)) => Raw { siste_dag: lagret.siste_dag, ..skrevet },
        (skrevet, lagret) => skrevet.or(lagret).unwrap_or_default(),
    };
    let (innkallinger, ansvar) = match &na {
        Some(na) => db::innkallinger(&mut tx, id, na.person.as_ref().map(|p| p.id)).await?,
        None => ((0, 0), Ansvar::default()),
    };
    let overforer = adgang.til(Handling::EndreTiltak);
    let leder = plasser.iter().find(|p| p.leder && p.gyldig_til.is_none_or(|til| til >= medlem.i_dag())).cloned();
    Ok(views::Skjemaside { forum, na, leder, personer, innkallinger, ansvar, overforer, raw, feil })
}

fn uten_brudd(onske: Onske, er_tst: bool, var_leder: bool) -> Result<Onske, Feil> {
    let mut les = Leser::default();
    for (felt, regel) in onske.regelbrudd(er_tst, var_leder) {
        les.krev(felt, false, &regel.to_string());
    }
    les.ferdig(onske)
}

/// The errors of the database that are the writer's to mend.
fn sitter_alt(feil: Error) -> Result<Feil> {
    let felter = [
        (
            "forum_medlem_en_gang",
            "person",
            "Personen sitter allerede i teamet. Velg en annen, eller endre plassen som finnes",
        ),
        ("forum_medlem_region_id_person_id_fkey", "person", "Velg en person fra listen"),
        ("forum_medlem_region_id_vara_person_id_fkey", "vara", "Velg en person fra listen"),
    ];
    match felter.into_iter().find(|(navn, ..)| feil.on_constraint(navn)) {
        Some((_, felt, melding)) => Ok(Feil::en(felt, melding)),
        None => Err(feil),
    }
}
