//! SQL for who is invited.
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use super::Kandidat;
use crate::{
    Error, Result,
    db::{Tx, les},
    mote::Mote,
    tjeneste::Tjenestetype,
};

/// How many people a search shows.
const TREFF: i64 = 20;

/// People of the region who are not invited: first those who sit in the forum when needed.
pub(super) async fn kandidater(tx: &mut Tx, mote: &Mote, sok: &str) -> Result<Vec<Kandidat>> {
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
    let kandidat = |r: &PgRow| {
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
pub(super) async fn kall_inn(tx: &mut Tx, mote: Uuid, person: Uuid) -> Result<String> {
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

/// Logs a guest as being there.
pub(super) async fn ta_imot(tx: &mut Tx, mote: Uuid, tjeneste: Tjenestetype, navn: &str) -> Result<()> {
    sqlx::query(
        "insert into motedeltaker (id, mote_id, tjenestetype, fast, moteplikt, gjest, oppmote)
         values ($1, $2, $3, false, false, $4, 'til_stede')",
    )
    .bind(Uuid::now_v7())
    .bind(mote)
    .bind(tjeneste.slug())
    .bind(navn)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes off one who was called in this once, before the møte begins; a guest also while it is under way.
pub(super) async fn ta_av(tx: &mut Tx, mote: &Mote, deltaker: Uuid) -> Result<()> {
    let rad = sqlx::query("select fast, gjest is not null as gjest from motedeltaker where mote_id = $1 and id = $2")
        .bind(mote.id)
        .bind(deltaker)
        .fetch_one(&mut **tx)
        .await?;
    if !rad.get::<bool, _>("gjest") {
        mote.krev_apent()?;
    }
    if rad.get("fast") {
        let ord = "Faste medlemmer er alltid kalt inn. Den som ikke kan komme, melder forfall eller sender vara.";
        return Err(Error::Regelbrudd(ord.to_owned()));
    }
    sqlx::query("delete from motedeltaker where mote_id = $1 and id = $2")
        .bind(mote.id)
        .bind(deltaker)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
