//! The doors of the log: for the administrator, for those of a møte, and for oneself.
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{monster::Monster, sok, sok::Sok, views};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    web::{Feil, Leser, Liste, Page, Skjema, Utfall, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/hendelser")]
pub(super) struct Hendelser;

/// «Til oppfølging».
#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/oppfolging")]
pub(super) struct Oppfolging;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/oppfolging/{person}")]
pub(super) struct FolgOpp {
    pub(super) person: Uuid,
}

/// «Hvem har sett dette?»
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/sett-av")]
pub(super) struct SettAv {
    pub(super) id: Uuid,
}

/// «Mine oppslag».
#[derive(TypedPath, Deserialize)]
#[typed_path("/konto/oppslag")]
pub(super) struct MineOppslag;

/// Which pattern of a person.
#[derive(Deserialize)]
struct Hvilket {
    #[serde(default)]
    monster: String,
    /// The hour, in seconds since 1970.
    #[serde(default)]
    time: String,
}

#[derive(Deserialize)]
struct Raa {
    #[serde(flatten)]
    hvilket: Hvilket,
    #[serde(default)]
    kommentar: String,
}

impl Hvilket {
    fn les(&self) -> Result<(Monster, OffsetDateTime)> {
        let monster = self.monster.parse().ok();
        let time = self.time.parse().ok().and_then(|sekunder| OffsetDateTime::from_unix_timestamp(sekunder).ok());
        let ukjent = || Error::Ugyldig("Velg hva du vil følge opp, fra listen «Til oppfølging»".into());
        monster.zip(time).ok_or_else(ukjent)
    }
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(liste)
        .typed_get(oppfolging)
        .typed_get(folg_opp_side)
        .typed_post(folg_opp)
        .typed_get(sett_av)
        .typed_get(mine)
}

async fn liste(_: Hendelser, liste: Liste, medlem: Medlem) -> Result<Page<views::Logg>> {
    let sok = Sok::av(&liste, medlem.i_dag());
    let mut tx = medlem.read_med(Rett::SeLogg).await?;
    let utdrag = sok::finn(&mut tx, &liste, &sok).await?;
    Ok(Page(views::Logg { liste, utdrag, sok }))
}

async fn oppfolging(_: Oppfolging, medlem: Medlem) -> Result<Page<views::Oppfolging>> {
    let mut tx = medlem.read_med(Rett::SeLogg).await?;
    Ok(Page(views::Oppfolging::ny(sok::funn(&mut tx).await?)))
}

async fn folg_opp_side(
    FolgOpp { person }: FolgOpp,
    medlem: Medlem,
    Query(hvilket): Query<Hvilket>,
) -> Result<Page<views::FolgOpp>> {
    Ok(Page(side(&medlem, person, hvilket.les()?, String::new(), Feil::default()).await?))
}

async fn side(
    medlem: &Medlem,
    person: Uuid,
    (monster, time): (Monster, OffsetDateTime),
    kommentar: String,
    feil: Feil,
) -> Result<views::FolgOpp> {
    let mut tx = medlem.read_med(Rett::SeLogg).await?;
    let navn = sok::navn(&mut tx, person).await?;
    Ok(views::FolgOpp { person, navn, monster, time, kommentar, feil })
}

async fn folg_opp(sti: FolgOpp, medlem: Medlem, Skjema(raa): Skjema<Raa>) -> Utfall<views::FolgOpp> {
    // First of all whether there is such a person here.
    sok::navn(&mut medlem.read_med(Rett::SeLogg).await?, sti.person).await?;
    let hvilket = raa.hvilket.les()?;
    let mut leser = Leser::default();
    let kommentar = leser.tekst("kommentar", "hva du fant ut", &raa.kommentar, 500);
    if let Err(feil) = leser.ferdig(()) {
        let side = side(&medlem, sti.person, hvilket, raa.kommentar, feil).await?;
        return Ok(Err(Page::med_feil(side)));
    }
    let na = medlem.na();
    let ny =
        medlem.write(Rett::SeLogg, async |tx| sok::merk_sett(tx, sti.person, hvilket, &kommentar, na).await).await?;
    let ord = if ny { "Merket som sett" } else { "Noen andre har alt merket dette som sett" };
    Ok(Ok(Videre::til(&Oppfolging).med(ord)))
}

async fn sett_av(SettAv { id }: SettAv, medlem: Medlem) -> Result<Page<views::SettAv>> {
    let mut tx = medlem.read_med(Rett::SeMote(id)).await?;
    let ((forum, dato), lesere) = sok::lesere(&mut tx, id).await?;
    Ok(Page(views::SettAv { id, forum, dato, lesere }))
}

async fn mine(_: MineOppslag, liste: Liste, medlem: Medlem) -> Result<Page<views::Mine>> {
    let mut tx = medlem.read_med(Rett::Egen).await?;
    let utdrag = sok::finn(&mut tx, &liste, &Sok::mine()).await?;
    Ok(Page(views::Mine { liste, utdrag }))
}
