//! A person's log-in: made, given a new password, closed and opened by the region's systemadministrator.
use askama::Template;
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    VisPerson,
    db::{self, Person},
    vakt,
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett, hash_passord, konto, lag_passord},
    db::Tx,
    web::{Page, Skjema, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/{id}/innlogging")]
pub(super) struct LagInnlogging {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/{id}/innlogging/passord")]
pub(super) struct NyttPassord {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/{id}/innlogging/sperr")]
pub(super) struct SperrInnlogging {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/{id}/innlogging/apne")]
pub(super) struct ApneInnlogging {
    pub(super) id: Uuid,
}

#[derive(Deserialize)]
struct Bestilling {
    nokkel: Uuid,
}

/// What is shown once: a password, or the code that joins an account somebody already has.
#[derive(Template)]
#[template(path = "person/hemmelig.html")]
struct Hemmelig {
    person: Person,
    ord: String,
    er_kode: bool,
}

impl Person {
    pub(super) fn innlogging(&self) -> LagInnlogging {
        LagInnlogging { id: self.id }
    }

    pub(super) fn nytt_passord(&self) -> NyttPassord {
        NyttPassord { id: self.id }
    }

    pub(super) fn sperr(&self) -> SperrInnlogging {
        SperrInnlogging { id: self.id }
    }

    pub(super) fn apne(&self) -> ApneInnlogging {
        ApneInnlogging { id: self.id }
    }
}

/// A secret to show once, or on to the person when it has been shown.
type Svar = Result<Result<Page<Hemmelig>, Videre>>;

pub(super) fn routes() -> Router<App> {
    Router::new().typed_post(lag).typed_post(nytt_passord).typed_post(sperr).typed_post(apne)
}

async fn lag(LagInnlogging { id }: LagInnlogging, medlem: Medlem, Skjema(raw): Skjema<Bestilling>) -> Svar {
    let hemmelig = lag_passord();
    // Slow on purpose, so not inside the transaction.
    let hash = hash_passord(hemmelig.clone()).await?;
    let mut vises = None;
    let sted = medlem
        .write_once(raw.nokkel, Rett::EndreRoller, async |tx| {
            let person = db::hent(tx, id).await?;
            krev_uten_innlogging(&person)?;
            let er_kode = match konto::opprett(tx, &person.epost, &hash, medlem.na()).await? {
                konto::Opprettet::Ny(bruker) => {
                    sqlx::query("update person set bruker_id = $2, versjon = versjon + 1 where id = $1")
                        .bind(id)
                        .bind(bruker)
                        .execute(&mut **tx)
                        .await?;
                    false
                }
                konto::Opprettet::Finnes(bruker) => {
                    krev_ledig(tx, bruker).await?;
                    konto::tilby_kobling(tx, id, bruker, &hemmelig, medlem.na()).await?;
                    true
                }
            };
            vises = Some((person, er_kode));
            Ok(VisPerson { id }.to_string())
        })
        .await?;
    Ok(vis_en_gang(vises, hemmelig, &sted))
}

async fn nytt_passord(NyttPassord { id }: NyttPassord, medlem: Medlem, Skjema(raw): Skjema<Bestilling>) -> Svar {
    let hemmelig = lag_passord();
    let hash = hash_passord(hemmelig.clone()).await?;
    let mut vises = None;
    let sted = medlem
        .write_once(raw.nokkel, Rett::EndreRoller, async |tx| {
            let person = db::hent(tx, id).await?;
            konto::sett_passord(tx, krev_innlogging(&person)?, &hash).await?;
            vises = Some((person, false));
            Ok(VisPerson { id }.to_string())
        })
        .await?;
    Ok(vis_en_gang(vises, hemmelig, &sted))
}

async fn sperr(SperrInnlogging { id }: SperrInnlogging, medlem: Medlem) -> Result<Videre> {
    sett_sperret(&medlem, id, true).await?;
    Ok(Videre::til(&VisPerson { id }).med("Innloggingen er sperret, og personen er logget ut"))
}

async fn apne(ApneInnlogging { id }: ApneInnlogging, medlem: Medlem) -> Result<Videre> {
    sett_sperret(&medlem, id, false).await?;
    Ok(Videre::til(&VisPerson { id }).med("Innloggingen er åpen igjen"))
}

async fn sett_sperret(medlem: &Medlem, id: Uuid, sperret: bool) -> Result<()> {
    medlem
        .write(Rett::EndreRoller, async |tx| {
            let bruker = krev_innlogging(&db::hent(tx, id).await?)?;
            vakt::behold_administrator(tx, async |tx| konto::sett_sperret(tx, bruker, sperret).await).await
        })
        .await
}

/// The first answer shows the secret; a second sending of the same form has none to show.
fn vis_en_gang(vises: Option<(Person, bool)>, hemmelig: String, sted: &str) -> Result<Page<Hemmelig>, Videre> {
    match vises {
        Some((person, er_kode)) => Ok(Page(Hemmelig { person, ord: hemmelig, er_kode })),
        None => Err(Videre::til(sted)
            .med("Passordet eller koden er laget og ble vist én gang. Fikk du det ikke med deg, kan du lage et nytt")),
    }
}

fn krev_uten_innlogging(person: &Person) -> Result<()> {
    match person.bruker_id {
        None => Ok(()),
        Some(_) => Err(Error::Regelbrudd(format!("{} har allerede en innlogging", person.navn))),
    }
}

fn krev_innlogging(person: &Person) -> Result<Uuid> {
    person.bruker_id.ok_or_else(|| Error::Regelbrudd(format!("{} har ingen innlogging ennå", person.navn)))
}

/// An account is one person in a region.
async fn krev_ledig(tx: &mut Tx, bruker: Uuid) -> Result<()> {
    let navn: Option<String> = sqlx::query_scalar("select navn from person where bruker_id = $1")
        .bind(bruker)
        .fetch_optional(&mut **tx)
        .await?;
    navn.map_or(Ok(()), |navn| {
        Err(Error::Regelbrudd(format!(
            "{navn} logger inn med denne e-postadressen. To personer kan ikke dele innlogging"
        )))
    })
}
