//! Who is invited to a møte: the fixed members stay, those needed this once are added and taken off.
use askama::Template;
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use sqlx::Row;
use uuid::Uuid;

use super::{
    Deltakere, Mote, VisMote,
    db::{self, Deltaker, les},
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    tjeneste::Tjenestetype,
    web::{Page, Skjema, Videre},
};

/// How many people a search shows.
const TREFF: i64 = 20;

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/deltakere/{deltaker}/fjern")]
struct FjernDeltaker {
    id: Uuid,
    deltaker: Uuid,
}

#[derive(Deserialize)]
struct Sok {
    #[serde(default)]
    sok: String,
}

#[derive(Deserialize)]
struct NyDeltaker {
    person: Uuid,
}

/// Somebody who could be invited.
struct Kandidat {
    id: Uuid,
    navn: String,
    tittel: String,
    tjeneste: Tjenestetype,
    hvor: String,
}

#[derive(Template)]
#[template(path = "mote/deltakere.html")]
struct Side {
    mote: Mote,
    deltakere: Vec<Deltaker>,
    kandidater: Vec<Kandidat>,
    sok: String,
}

impl Side {
    fn fjern(&self, deltaker: &Deltaker) -> String {
        FjernDeltaker { id: self.mote.id, deltaker: deltaker.id }.to_string()
    }
}

pub(super) fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_post(legg_til).typed_post(fjern)
}

async fn vis(Deltakere { id }: Deltakere, medlem: Medlem, Query(Sok { sok }): Query<Sok>) -> Result<Page<Side>> {
    let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
    let mote = db::hent(&mut tx, id).await?;
    mote.krev_apent()?;
    let sok: String = sok.replace('\0', "").trim().chars().take(100).collect();
    let deltakere = db::deltakere(&mut tx, id).await?;
    let kandidater = kandidater(&mut tx, &mote, &sok).await?;
    Ok(Page(Side { mote, deltakere, kandidater, sok }))
}

async fn legg_til(Deltakere { id }: Deltakere, medlem: Medlem, Skjema(ny): Skjema<NyDeltaker>) -> Result<Videre> {
    let navn = medlem
        .write(Rett::LedeMote(id), async |tx| {
            db::hent_for_endring(tx, id).await?.krev_apent()?;
            kall_inn(tx, id, ny.person).await
        })
        .await?;
    Ok(Videre::til(&Deltakere { id }).med(format!("{navn} er kalt inn")).og_sa("Se møtet", &VisMote { id }))
}

async fn fjern(FjernDeltaker { id, deltaker }: FjernDeltaker, medlem: Medlem) -> Result<Videre> {
    medlem
        .write(Rett::LedeMote(id), async |tx| {
            db::hent_for_endring(tx, id).await?.krev_apent()?;
            ta_av(tx, id, deltaker).await
        })
        .await?;
    Ok(Videre::til(&Deltakere { id }).med("Deltakeren er ikke lenger kalt inn"))
}

/// People of the region who are not invited: first those who sit in the forum when needed.
async fn kandidater(tx: &mut Tx, mote: &Mote, sok: &str) -> Result<Vec<Kandidat>> {
    let rader = sqlx::query(
        "select p.id, p.navn, p.tittel, coalesce(fm.tjenestetype, t.type, case when p.enhet_id is null then 'annen' else 'enhet' end) as type,
                coalesce(t.navn, e.navn, '') as hvor
           from person p
           left join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
           left join enhet e on e.region_id = p.region_id and e.id = p.enhet_id
           left join lateral (
               select fm.tjenestetype from forum_medlem fm
                where fm.region_id = p.region_id and fm.forum_id = $2 and fm.person_id = p.id
                  and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag() limit 1) fm on true
          where daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
            and (fm.tjenestetype is not null and $3 = ''
                 or $3 <> '' and concat_ws(' ', p.navn, p.tittel, t.navn, e.navn) ilike '%' || $4 || '%')
            and not exists (select from motedeltaker d
                             where d.region_id = p.region_id and d.mote_id = $1 and d.person_id = p.id)
          order by fm.tjenestetype is null, p.navn, p.id
          limit $5",
    )
    .bind(mote.id)
    .bind(mote.forum)
    .bind(sok)
    .bind(sok.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
    .bind(TREFF)
    .fetch_all(&mut **tx)
    .await?;
    let kandidat = |r: &sqlx::postgres::PgRow| {
        Ok(Kandidat {
            id: r.get("id"),
            navn: r.get("navn"),
            tittel: r.get("tittel"),
            tjeneste: les(r, "type")?,
            hvor: r.get("hvor"),
        })
    };
    rader.iter().map(kandidat).collect()
}

/// Invites somebody this once, and gives their name; once invited, one stays so.
async fn kall_inn(tx: &mut Tx, mote: Uuid, person: Uuid) -> Result<String> {
    let navn = sqlx::query_scalar(
        "with den as (
             select p.region_id, p.id, p.navn,
                    coalesce(t.type, case when p.enhet_id is null then 'annen' else 'enhet' end) as type
               from person p
               left join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
              where p.id = $2 and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()),
         ny as (
             insert into motedeltaker (id, mote_id, person_id, tjenestetype, fast, moteplikt)
             select $3, $1, den.id, den.type, false, false from den
             on conflict do nothing)
         select navn from den",
    )
    .bind(mote)
    .bind(person)
    .bind(Uuid::now_v7())
    .fetch_one(&mut **tx)
    .await?;
    Ok(navn)
}

async fn ta_av(tx: &mut Tx, mote: Uuid, deltaker: Uuid) -> Result<()> {
    let fast: bool = sqlx::query_scalar("select fast from motedeltaker where mote_id = $1 and id = $2")
        .bind(mote)
        .bind(deltaker)
        .fetch_one(&mut **tx)
        .await?;
    if fast {
        let ord = "Faste medlemmer er alltid kalt inn. Den som ikke kan komme, melder forfall eller sender vara.";
        return Err(Error::Regelbrudd(ord.to_owned()));
    }
    sqlx::query("delete from motedeltaker where mote_id = $1 and id = $2")
        .bind(mote)
        .bind(deltaker)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
