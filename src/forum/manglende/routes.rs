//! The doors of the wizard.
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{db, views};
use crate::{
    App, Error, Result,
    auth::{Handling, Medlem, Rett},
    forum::{self, views::Rekkevidde},
    regelsett,
    web::{Feil, Page, Skjema, Utfall, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/team/manglende")]
pub(super) struct Manglende;

#[derive(TypedPath, Deserialize)]
#[typed_path("/team/manglende/opprett")]
pub(super) struct Opprett;

/// What one sending of the wizard made: the first and the last of its teams.
#[derive(TypedPath, Deserialize)]
#[typed_path("/team/opprettet/{fra}/{til}")]
struct Opprettet {
    fra: Uuid,
    til: Uuid,
}

#[derive(Deserialize)]
struct Utvalg {
    #[serde(default)]
    kommune: String,
}

/// The kommune the page was for (empty: all within reach), and the units that are checked.
#[derive(Deserialize)]
struct Raw {
    nokkel: Uuid,
    #[serde(default)]
    kommune: String,
    #[serde(default)]
    enhet: Vec<Uuid>,
}

pub(in crate::forum) fn routes() -> Router<App> {
    Router::new().typed_get(manglende).typed_post(opprett).typed_get(opprettet)
}

async fn manglende(_: Manglende, medlem: Medlem, Query(utvalg): Query<Utvalg>) -> Result<Page<views::Veiviser>> {
    Ok(Page(side(&medlem, &utvalg.kommune, Uuid::new_v4(), None, Feil::default()).await?))
}

async fn opprett(_: Opprett, medlem: Medlem, Skjema(raw): Skjema<Raw>) -> Utfall<views::Veiviser> {
    if raw.enhet.is_empty() {
        let feil = Feil::en("enheter", "Velg minst én enhet som skal få team");
        return Ok(Err(Page::med_feil(side(&medlem, &raw.kommune, raw.nokkel, Some(&[]), feil).await?)));
    }
    let (sa_langt, kommune) = sted(&medlem, &raw.kommune)?;
    let sti = medlem
        .write_once(raw.nokkel, Rett::OpprettTeam(kommune), async |tx| {
            let regler = regelsett::hent(tx).await?;
            let (enheter, tilbud) = (db::enheter(tx, sa_langt, kommune).await?, db::tilbud(tx).await?);
            let valgte = enheter.iter().filter(|e| raw.enhet.contains(&e.id));
            let med_plasser: Vec<_> = valgte.map(|e| (e, e.forslag(&regler, &tilbud))).collect();
            let laget = db::opprett(tx, &med_plasser).await?;
            let ender = laget.first().copied().zip(laget.last().copied());
            Ok(ender.map_or(Manglende.to_string(), |(fra, til)| Opprettet { fra, til }.to_string()))
        })
        .await?;
    let videre = Videre::til(&sti);
    let ingen_nye = sti == Manglende.to_string();
    Ok(Ok(if ingen_nye {
        videre.med("Alle enhetene du valgte, har team fra før. Ingenting er endret")
    } else {
        videre
    }))
}

async fn opprettet(Opprettet { fra, til }: Opprettet, medlem: Medlem) -> Result<Page<views::Kvittering>> {
    let (sa_langt, _) = sted(&medlem, "")?;
    let mut tx = medlem.read().await?;
    let team = db::nye(&mut tx, sa_langt, fra, til).await?;
    if team.is_empty() { Err(Error::IkkeFunnet) } else { Ok(Page(views::Kvittering { team })) }
}

/// How far the member may make teams, and the kommune asked for; 404 when that is another's.
fn sted(medlem: &Medlem, kommune: &str) -> Result<(Rekkevidde, Option<Uuid>)> {
    let sa_langt = Rekkevidde::av(&medlem.rolle, Handling::OpprettTeam).ok_or(Error::IkkeTilgang)?;
    let kommune = if kommune.is_empty() { None } else { Some(kommune.parse().map_err(|_| Error::IkkeFunnet)?) };
    let innenfor = sa_langt.hele_regionen || kommune.is_none() || kommune == sa_langt.kommune;
    if innenfor { Ok((sa_langt, kommune)) } else { Err(Error::IkkeFunnet) }
}

/// The wizard's page; `valgte` are the units that are checked, all when `None`.
async fn side(
    medlem: &Medlem,
    kommune: &str,
    nokkel: Uuid,
    valgte: Option<&[Uuid]>,
    feil: Feil,
) -> Result<views::Veiviser> {
    let (sa_langt, valgt) = sted(medlem, kommune)?;
    let mut tx = medlem.read().await?;
    let regler = regelsett::hent(&mut tx).await?;
    let kommuner = forum::db::kommuner(&mut tx, sa_langt).await?;
    let enheter = db::enheter(&mut tx, sa_langt, valgt).await?;
    let tilbud = db::tilbud(&mut tx).await?;
    let rader = enheter.into_iter().map(|enhet| {
        let forslag = enhet.forslag(&regler, &tilbud);
        let avkrysset = valgte.is_none_or(|valgte| valgte.contains(&enhet.id));
        views::Rad { enhet, forslag, avkrysset }
    });
    Ok(views::Veiviser { nokkel, kommuner, valgt, rader: rader.collect(), feil })
}
