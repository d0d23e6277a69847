//! The doors of persons: list, look, make, change, end.
use axum::{Router, extract::Query};
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{db, rolle, skjema::Raw, vakt, views};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett, krev_nylig},
    db::Tx,
    forum::Arving,
    tid,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer")]
pub struct ListPersoner;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/ny")]
pub(super) struct NyPerson;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/{id}")]
pub struct VisPerson {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/{id}/endre")]
pub(super) struct EndrePerson {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/{id}/avslutt")]
pub(super) struct AvsluttPerson {
    pub(super) id: Uuid,
}

/// What the list shows.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Utvalg {
    pub(super) sok: String,
    pub(super) vis: String,
    side: String,
}

#[derive(Deserialize)]
struct Ny {
    nokkel: Uuid,
    #[serde(flatten)]
    felter: Raw,
}

/// The form as typed: beside version and day, a field for each seat with who takes over.
#[derive(Default)]
pub(super) struct Avslutning {
    versjon: i32,
    pub(super) siste_dag: String,
    pub(super) arvinger: Vec<Arving>,
}

impl Avslutning {
    fn fra(par: Vec<(String, String)>) -> Self {
        let mut felter = Self::default();
        for (navn, verdi) in par {
            match navn.as_str() {
                "versjon" => felter.versjon = verdi.parse().unwrap_or_default(),
                "siste_dag" => felter.siste_dag = verdi,
                plass => felter.arvinger.extend(plass.parse().ok().zip(verdi.parse().ok())),
            }
        }
        felter
    }
}

pub(super) fn routes() -> Router<App> {
    Router::new()
        .typed_get(liste)
        .typed_get(ny)
        .typed_post(opprett)
        .typed_get(vis)
        .typed_get(endre_side)
        .typed_get(avslutt_side)
        .merge(krev_nylig(Router::new().typed_post(endre).typed_post(avslutt)))
}

async fn liste(_: ListPersoner, medlem: Medlem, Query(utvalg): Query<Utvalg>) -> Result<Page<views::Liste>> {
    let side = utvalg.side.parse().unwrap_or(1).clamp(1, 100_000);
    let mut tx = medlem.read_med(Rett::SePersoner).await?;
    let (linjer, antall) = db::liste(&mut tx, utvalg.sok.trim(), &utvalg.vis, side).await?;
    Ok(Page(views::Liste { linjer, antall, side, sok: utvalg.sok, vis: utvalg.vis, i_dag: medlem.i_dag() }))
}

async fn ny(_: NyPerson, medlem: Medlem) -> Result<Page<views::Skjema>> {
    let felter = Raw::ny(medlem.i_dag());
    Ok(Page(skjema(&medlem, None, felter, Feil::default()).await?))
}

async fn opprett(_: ListPersoner, medlem: Medlem, Skjema(raw): Skjema<Ny>) -> Utfall<views::Skjema> {
    let onsket = match raw.felter.les() {
        Ok(onsket) => onsket,
        Err(feil) => return med_feil(&medlem, None, raw.felter, feil).await,
    };
    let svar = medlem
        .write_once(raw.nokkel, Rett::SePersoner, async |tx| {
            Ok(VisPerson { id: db::opprett(tx, &onsket).await? }.to_string())
        })
        .await;
    match svar {
        Ok(sted) => Ok(Ok(Videre::til(&sted).med(format!("{} er lagt til", onsket.navn)))),
        Err(error) => med_feil(&medlem, None, raw.felter, som_feil(error)?).await,
    }
}

async fn vis(VisPerson { id }: VisPerson, medlem: Medlem) -> Result<Page<views::Vis>> {
    let mut tx = medlem.read_med(Rett::SePersoner).await?;
    let person = db::hent(&mut tx, id).await?;
    let roller = rolle::for_person(&mut tx, id).await?;
    let plasser = db::plasser(&mut tx, id).await?;
    Ok(Page(views::Vis::ny(person, roller, plasser, &medlem)))
}

async fn endre_side(EndrePerson { id }: EndrePerson, medlem: Medlem) -> Result<Page<views::Skjema>> {
    let mut tx = medlem.read_med(Rett::SePersoner).await?;
    let person = db::hent(&mut tx, id).await?;
    let valgte: Vec<Uuid> = [person.tjeneste_id, person.enhet_id].into_iter().flatten().collect();
    let alternativer = db::alternativer(&mut tx, &valgte).await?;
    Ok(Page(views::Skjema::ny(Some(id), Raw::av(&person), alternativer, Feil::default())))
}

async fn endre(EndrePerson { id }: EndrePerson, medlem: Medlem, Skjema(raw): Skjema<Raw>) -> Utfall<views::Skjema> {
    let onsket = match raw.les() {
        Ok(onsket) => onsket,
        Err(feil) => return med_feil(&medlem, Some(id), raw, feil).await,
    };
    let svar = medlem
        .write(Rett::SePersoner, async |tx| {
            vakt::behold_administrator(tx, async |tx| db::endre(tx, id, raw.versjon, &onsket).await).await
        })
        .await;
    match svar {
        Ok(true) => Ok(Ok(Videre::til(&VisPerson { id }).med(format!("{} er lagret", onsket.navn)))),
        Ok(false) => utdatert(&medlem, id, raw).await,
        Err(error) => med_feil(&medlem, Some(id), raw, som_feil(error)?).await,
    }
}

async fn avslutt_side(AvsluttPerson { id }: AvsluttPerson, medlem: Medlem) -> Result<Page<views::Avslutt>> {
    let skrevet = Avslutning { siste_dag: tid::iso(medlem.i_dag()), ..Avslutning::default() };
    Ok(Page(avslutning(&medlem, id, skrevet, Feil::default()).await?))
}

async fn avslutt(
    AvsluttPerson { id }: AvsluttPerson,
    medlem: Medlem,
    Skjema(par): Skjema<Vec<(String, String)>>,
) -> Utfall<views::Avslutt> {
    let raw = Avslutning::fra(par);
    let mut leser = Leser::default();
    let dag = leser.dato("siste_dag", "Siste dag", &raw.siste_dag);
    let dag = match leser.ferdig(dag) {
        Ok(dag) => dag,
        Err(feil) => return Ok(Err(Page::med_feil(avslutning(&medlem, id, raw, feil).await?))),
    };
    let svar = medlem
        .write(Rett::SePersoner, async |tx| {
            let avslutt = async |tx: &mut Tx| db::avslutt(tx, id, raw.versjon, dag, &raw.arvinger).await;
            vakt::behold_administrator(tx, avslutt).await
        })
        .await;
    let feil = match svar {
        Ok(true) => {
            return Ok(Ok(Videre::til(&VisPerson { id }).med(format!("Siste dag er satt til {}", tid::dato(dag)))));
        }
        Ok(false) => {
            let side = avslutning(&medlem, id, raw, Feil::en("siste_dag", ENDRET)).await?;
            return Ok(Err(Page::utdatert(side)));
        }
        Err(error) if error.on_constraint("forum_medlem_region_id_person_id_fkey") => {
            Feil::en("siste_dag", "En av dem som skulle ta over, finnes ikke lenger. Velg en annen")
        }
        Err(error) if error.on_constraint("person_check") => Feil::en("siste_dag", FOR_TIDLIG),
        Err(error) => return Err(error),
    };
    Ok(Err(Page::med_feil(avslutning(&medlem, id, raw, feil).await?)))
}

const ENDRET: &str = "Noen andre har endret personen mens du så på siden. Se over det som følger, og avslutt igjen";
const FOR_TIDLIG: &str = "Siste dag kan ikke være før første dag";

async fn avslutning(medlem: &Medlem, id: Uuid, skrevet: Avslutning, feil: Feil) -> Result<views::Avslutt> {
    let mut tx = medlem.read_med(Rett::SePersoner).await?;
    let person = db::hent(&mut tx, id).await?;
    let roller =
        rolle::for_person(&mut tx, id).await?.into_iter().filter(|r| !r.er_avsluttet(medlem.i_dag())).collect();
    let plasser = db::plasser(&mut tx, id).await?;
    let andre = if plasser.is_empty() { Vec::new() } else { db::andre(&mut tx, id).await? };
    Ok(views::Avslutt { person, roller, plasser, andre, skrevet, feil })
}

/// The form with what was typed.
async fn skjema(medlem: &Medlem, id: Option<Uuid>, felter: Raw, feil: Feil) -> Result<views::Skjema> {
    let mut tx = medlem.read_med(Rett::SePersoner).await?;
    let valgte: Vec<Uuid> = [&felter.tjeneste, &felter.enhet].into_iter().filter_map(|id| id.parse().ok()).collect();
    let alternativer = db::alternativer(&mut tx, &valgte).await?;
    if let Some(id) = id {
        db::hent(&mut tx, id).await?;
    }
    Ok(views::Skjema::ny(id, felter, alternativer, feil))
}

async fn med_feil(medlem: &Medlem, id: Option<Uuid>, felter: Raw, feil: Feil) -> Utfall<views::Skjema> {
    Ok(Err(Page::med_feil(skjema(medlem, id, felter, feil).await?)))
}

/// The form again with what somebody else has stored meanwhile beside what was typed.
async fn utdatert(medlem: &Medlem, id: Uuid, mut felter: Raw) -> Utfall<views::Skjema> {
    let mut tx = medlem.read_med(Rett::SePersoner).await?;
    let lagret = Raw::av(&db::hent(&mut tx, id).await?);
    drop(tx);
    felter.versjon = lagret.versjon;
    let mut side = skjema(medlem, Some(id), felter, Feil::default()).await?;
    side.feil = side.felter.utdatert(&lagret, |id| side.alternativer.ord(id));
    Ok(Err(Page::utdatert(side)))
}

/// An error of the database as words at the field it is about; any other error as it is.
fn som_feil(error: Error) -> Result<Feil> {
    match error {
        e if e.on_constraint("person_epost") => {
            Ok(Feil::en("epost", "Noen i regionen har allerede denne e-postadressen"))
        }
        e if e.on_constraint("person_region_id_tjeneste_id_fkey") => {
            Ok(Feil::en("tjeneste", "Velg en tjeneste fra listen"))
        }
        e if e.on_constraint("person_region_id_enhet_id_fkey") => Ok(Feil::en("enhet", "Velg en enhet fra listen")),
        e => Err(e),
    }
}
