//! The doors of those who look after fora.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{db, views};
use crate::{
    App, Error, Result,
    auth::{Handling, Medlem, Rett, rett::Omfang},
    forum::{Forumtype, VisTeam},
    tid,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/team/ny")]
pub(in crate::forum) struct NyttTeam;

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/team/{id}/endre")]
pub(in crate::forum) struct EndreTeam {
    pub(in crate::forum) id: Uuid,
}

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/team/{id}/avslutt")]
pub(super) struct AvsluttTeam {
    pub(super) id: Uuid,
}

/// The forms of a forum, as they were sent.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Raw {
    pub(super) nokkel: Uuid,
    pub(super) versjon: i32,
    #[serde(rename = "type")]
    pub(super) type_: String,
    pub(super) navn: String,
    pub(super) mandat: String,
    pub(super) kommune: String,
    pub(super) leder: String,
    pub(super) siste_dag: String,
}

/// A forum somebody wants.
pub(super) struct Onske {
    pub(super) type_: Forumtype,
    pub(super) navn: String,
    pub(super) mandat: String,
    pub(super) kommune: Option<Uuid>,
    pub(super) leder: Uuid,
}

impl Raw {
    fn les(&self) -> Result<Onske, Feil> {
        let mut les = Leser::default();
        let type_ = les.valg("type", "Type", &self.type_).unwrap_or(Forumtype::Arbeidsgruppe);
        les.krev("type", type_ != Forumtype::TstEnhet, "Team på enhetene opprettes med veiviseren");
        let (navn, mandat) = les_ord(&mut les, self);
        let kommune = self.kommune.parse().ok();
        les.krev("kommune", self.kommune.is_empty() || kommune.is_some(), "Velg en kommune fra listen");
        les.krev("kommune", type_ != Forumtype::TstKommune || kommune.is_some(), "Velg kommunen teamet er for");
        let leder = les.valg("leder", "Leder", &self.leder).unwrap_or_default();
        les.ferdig(Onske { type_, navn, mandat, kommune, leder })
    }
}

fn les_ord(les: &mut Leser, raw: &Raw) -> (String, String) {
    (les.tekst("navn", "Navn", &raw.navn, 200), les.valgfri("mandat", "Mandat", &raw.mandat, 2000))
}

pub(in crate::forum) fn routes() -> Router<App> {
    Router::new().typed_get(ny).typed_post(opprett).typed_get(endre).typed_post(lagre).typed_post(avslutt)
}

/// Where a new forum may be made: in a kommune by whoever may make teams there, in the region by its coordinator.
fn rett(kommune: Option<Uuid>) -> Rett {
    kommune.map_or(Rett::EndreGrunndata, |id| Rett::OpprettTeam(Some(id)))
}

/// The one kommune the role reaches, or none when it reaches them all.
fn egen_kommune(medlem: &Medlem) -> Option<Uuid> {
    let hele = medlem.rolle.type_.omfang(Handling::OpprettTeam) == Omfang::Region;
    medlem.rolle.kommune.filter(|_| !hele)
}

async fn ny(_: NyttTeam, medlem: Medlem) -> Result<Page<views::Ny>> {
    let kommune = egen_kommune(&medlem).map_or_else(String::new, |id| id.to_string());
    let raw = Raw { nokkel: Uuid::new_v4(), kommune, ..Raw::default() };
    Ok(Page(ny_side(&medlem, raw, Feil::default()).await?))
}

async fn ny_side(medlem: &Medlem, raw: Raw, feil: Feil) -> Result<views::Ny> {
    let egen = egen_kommune(medlem);
    let mut tx = medlem.read_med(rett(egen)).await?;
    let valg = db::valg(&mut tx, egen).await?;
    Ok(views::Ny { valg, hele_regionen: egen.is_none(), raw, feil })
}

async fn opprett(_: NyttTeam, medlem: Medlem, Skjema(raw): Skjema<Raw>) -> Utfall<views::Ny> {
    let onske = match raw.les() {
        Ok(onske) => onske,
        Err(feil) => return Ok(Err(Page::med_feil(ny_side(&medlem, raw, feil).await?))),
    };
    let svar = medlem
        .write_once(raw.nokkel, rett(onske.kommune), async |tx| {
            let id = Uuid::now_v7();
            db::opprett(tx, id, &onske).await?;
            Ok(VisTeam { id }.to_string())
        })
        .await;
    match svar {
        Ok(sti) => Ok(Ok(Videre::til(&sti).med(format!("{} er opprettet. Legg til resten av medlemmene", onske.navn)))),
        Err(feil) if feil.on_constraint("forum_medlem_region_id_person_id_fkey") => {
            let feil = Feil::en("leder", "Velg en person fra listen");
            Ok(Err(Page::med_feil(ny_side(&medlem, raw, feil).await?)))
        }
        Err(feil) => Err(feil),
    }
}

async fn endre(EndreTeam { id }: EndreTeam, medlem: Medlem) -> Result<Page<views::Endre>> {
    let lagret = db::hent(&mut medlem.read_med(Rett::EndreTeam(id)).await?, id).await?;
    let raw = Raw {
        versjon: lagret.versjon,
        navn: lagret.navn.clone(),
        mandat: lagret.mandat.clone(),
        siste_dag: tid::iso(medlem.i_dag()),
        ..Raw::default()
    };
    Ok(Page(views::Endre { id, lagret, kan_avslutte: medlem.kan(Handling::OpprettTeam), raw, feil: Feil::default() }))
}

async fn lagre(EndreTeam { id }: EndreTeam, medlem: Medlem, Skjema(raw): Skjema<Raw>) -> Utfall<views::Endre> {
    let mut les = Leser::default();
    let ord = les_ord(&mut les, &raw);
    let (navn, mandat) = match les.ferdig(ord) {
        Ok(ord) => ord,
        Err(feil) => return Ok(Err(Page::med_feil(endre_side(&medlem, id, raw, feil).await?))),
    };
    let rett = Rett::EndreTeam(id);
    if medlem.write(rett, async |tx| db::lagre(tx, id, &navn, &mandat, raw.versjon).await).await? {
        return Ok(Ok(Videre::til(&VisTeam { id }).med("Endringen er lagret")));
    }
    Ok(Err(Page::utdatert(utdatert(&medlem, id, raw).await?)))
}

async fn avslutt(AvsluttTeam { id }: AvsluttTeam, medlem: Medlem, Skjema(raw): Skjema<Raw>) -> Utfall<views::Endre> {
    let mut les = Leser::default();
    let dag = les.dato("siste_dag", "Siste dag", &raw.siste_dag);
    let svar = match les.ferdig(dag) {
        Err(feil) => Err(feil),
        // A leader looks after the team, but only those who can make one end it.
        Ok(_) if !medlem.kan(Handling::OpprettTeam) => return Err(Error::IkkeTilgang),
        Ok(dag) => {
            medlem
                .write(Rett::EndreTeam(id), async |tx| {
                    let lagret = db::hent(tx, id).await?;
                    if let Err(feil) = kan_avsluttes(&lagret, dag) {
                        return Ok(Err(feil));
                    }
                    db::avslutt(tx, id, dag).await.map(Ok)
                })
                .await?
        }
    };
    match svar {
        Ok(()) => {
            let ord = format!("Siste dag er satt til {}. Det som er skrevet, blir stående", tid::dato(dag));
            Ok(Ok(Videre::til(&VisTeam { id }).med(ord)))
        }
        Err(feil) => Ok(Err(Page::med_feil(endre_side(&medlem, id, raw, feil).await?))),
    }
}

fn kan_avsluttes(lagret: &db::Lagret, dag: time::Date) -> Result<(), Feil> {
    let mut les = Leser::default();
    let kommende = match lagret.kommende {
        1 => "Det er ett møte som ikke er holdt ennå. Ferdigstill eller avlys det først".to_owned(),
        n => format!("Det er {n} møter som ikke er holdt ennå. Ferdigstill eller avlys dem først"),
    };
    les.krev("siste_dag", lagret.kommende == 0, &kommende);
    let for_tidlig = format!("Siste dag kan ikke være før første dag, {}", tid::dato(lagret.gyldig_fra));
    les.krev("siste_dag", dag >= lagret.gyldig_fra, &for_tidlig);
    les.krev("siste_dag", lagret.gyldig_til.is_none(), "Noen andre har avsluttet det allerede");
    les.ferdig(())
}

async fn endre_side(medlem: &Medlem, id: Uuid, raw: Raw, feil: Feil) -> Result<views::Endre> {
    let lagret = db::hent(&mut medlem.read_med(Rett::EndreTeam(id)).await?, id).await?;
    // What was not in the form that came back stands as it is stored.
    let raw = if raw.navn.is_empty() && raw.mandat.is_empty() {
        Raw { navn: lagret.navn.clone(), mandat: lagret.mandat.clone(), versjon: lagret.versjon, ..raw }
    } else {
        raw
    };
    Ok(views::Endre { id, lagret, kan_avslutte: medlem.kan(Handling::OpprettTeam), raw, feil })
}

async fn utdatert(medlem: &Medlem, id: Uuid, raw: Raw) -> Result<views::Endre> {
    let lagret = db::hent(&mut medlem.read_med(Rett::EndreTeam(id)).await?, id).await.map_err(|_| Error::IkkeFunnet)?;
    let feil = Feil::utdatert(&[("navn", &lagret.navn, &raw.navn), ("mandat", &lagret.mandat, &raw.mandat)]);
    let raw = Raw { versjon: lagret.versjon, siste_dag: tid::iso(medlem.i_dag()), ..raw };
    Ok(views::Endre { id, lagret, kan_avslutte: medlem.kan(Handling::OpprettTeam), raw, feil })
}
