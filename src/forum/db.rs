//! SQL for fora.
use std::collections::HashMap;

use sqlx::Row;
use time::Date;
use uuid::Uuid;

use crate::{Result, db::Tx};

/// The days of a semester as one forum's rules draw it, and the least length of a møte that counts there.
#[derive(Clone, Copy, Debug)]
pub struct Spenn {
    pub forum: Uuid,
    pub fra: Date,
    pub til: Date,
    pub min_varighet: u32,
}

/// A forum's møter in a semester.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Semestertall {
    pub holdt: u32,
    pub planlagt: u32,
}

/// Counts the semester's møter of many fora in one statement; a forum without any is left out.
pub async fn semestertall(tx: &mut Tx, spenn: &[Spenn]) -> Result<HashMap<Uuid, Semestertall>> {
    let rader = sqlx::query(
        "select q.forum, count(*) filter (where er_holdt(m, q.min)) as holdt, count(*) filter (where er_planlagt(m)) as planlagt
           from unnest($1::uuid[], $2::date[], $3::date[], $4::int[]) as q (forum, fra, til, min)
           join mote m on m.forum_id = q.forum and m.dato between q.fra and q.til
          group by q.forum",
    )
    .bind(spenn.iter().map(|s| s.forum).collect::<Vec<_>>())
    .bind(spenn.iter().map(|s| s.fra).collect::<Vec<_>>())
    .bind(spenn.iter().map(|s| s.til).collect::<Vec<_>>())
    .bind(spenn.iter().map(|s| s.min_varighet.cast_signed()).collect::<Vec<_>>())
    .fetch_all(&mut **tx)
    .await?;
    let antall = |rad: &sqlx::postgres::PgRow, navn| u32::try_from(rad.get::<i64, _>(navn)).unwrap_or(u32::MAX);
    Ok(rader
        .iter()
        .map(|r| (r.get("forum"), Semestertall { holdt: antall(r, "holdt"), planlagt: antall(r, "planlagt") }))
        .collect())
}
