//! A person's log-in: made, given a link for a new password, without its second step, closed and opened by the region's
//! systemadministrator.
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
    auth::{Medlem, Rett, konto, krev_nylig, lag_passord},
    db::Tx,
    web::{Page, Skjema, Vert, Videre},
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
#[typed_path("/admin/personer/{id}/innlogging/totrinn")]
pub(super) struct NullstillTotrinn {
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

/// What is shown once: a link, or the code that joins an account somebody already has.
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

    pub(super) fn nullstill_totrinn(&self) -> NullstillTotrinn {
        NullstillTotrinn { id: self.id }
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
    let vernet = Router::new().typed_post(lag).typed_post(nytt_passord).typed_post(nullstill).typed_post(sperr);
    krev_nylig(vernet.typed_post(apne))
}

async fn lag(LagInnlogging { id }: LagInnlogging, medlem: Medlem, vert: Vert, Skjema(raw): Skjema<Bestilling>) -> Svar {
    let mut vises = None;
    let sted = medlem
        .write_once(raw.nokkel, Rett::EndreRoller, async |tx| {
            let person = db::hent(tx, id).await?;
            krev_uten_innlogging(&person)?;
            vises = Some(match konto::opprett(tx, &person.epost, medlem.na()).await? {
                konto::Opprettet::Ny(bruker) => {
                    sqlx::query("update person set bruker_id = $2, versjon = versjon + 1 where id = $1")
                        .bind(id)
                        .bind(bruker)
                        .execute(&mut **tx)
                        .await?;
                    let ord = vert.adresse(&konto::lag_lenke(tx, bruker, medlem.na()).await?);
                    Hemmelig { person, ord, er_kode: false }
                }
                konto::Opprettet::Finnes(bruker) => {
                    krev_ledig(tx, bruker).await?;
                    let ord = lag_passord();
                    konto::tilby_kobling(tx, id, bruker, &ord, medlem.na()).await?;
                    Hemmelig { person, ord, er_kode: true }
                }
            });
            Ok(VisPerson { id }.to_string())
        })
        .await?;
    Ok(vis_en_gang(vises, &sted))
}

async fn nytt_passord(
    NyttPassord { id }: NyttPassord,
    medlem: Medlem,
    vert: Vert,
    Skjema(raw): Skjema<Bestilling>,
) -> Svar {
    let mut vises = None;
    let sted = medlem
        .write_once(raw.nokkel, Rett::EndreRoller, async |tx| {
            let person = db::hent(tx, id).await?;
            let sti = konto::lag_lenke(tx, krev_innlogging(&person)?, medlem.na()).await?;
            vises = Some(Hemmelig { person, ord: vert.adresse(&sti), er_kode: false });
            Ok(VisPerson { id }.to_string())
        })
        .await?;
    Ok(vis_en_gang(vises, &sted))
}

async fn nullstill(NullstillTotrinn { id }: NullstillTotrinn, medlem: Medlem) -> Result<Videre> {
    medlem
        .write(Rett::EndreRoller, async |tx| {
            let bruker = krev_innlogging(&db::hent(tx, id).await?)?;
            konto::nullstill_totrinn(tx, bruker, medlem.na()).await
        })
        .await?;
    let ord = "Totrinnskoden er tatt bort, og personen er logget ut. Personen får vite det ved neste innlogging";
    Ok(Videre::til(&VisPerson { id }).med(ord))
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
fn vis_en_gang(vises: Option<Hemmelig>, sted: &str) -> Result<Page<Hemmelig>, Videre> {
    vises.map(Page).ok_or_else(|| {
        Videre::til(sted)
            .med("Lenken eller koden er laget og ble vist én gang. Fikk du den ikke med deg, kan du lage en ny")
    })
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
