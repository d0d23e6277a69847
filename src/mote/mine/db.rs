//! SQL for «mine møter».
use sqlx::{Row, postgres::PgRow};

use super::{super::views::Valg, Ledet, PER_SIDE, Rad};
use crate::{
    Result,
    auth::{Handling, Medlem},
    db::{Tx, les, les_mulig},
};

/// Invited to, or leading the forum of; as teamleder of one unit only its own ($1). The coming ones ($2) earliest first, the
/// earlier ones latest first.
const MINE: &str = "
    with mine as (
        select d.region_id, d.mote_id as id from motedeltaker d where d.person_id = gjeldende_person()
        union
        select m.region_id, m.id from forum_medlem fm
          join forum f on f.region_id = fm.region_id and f.id = fm.forum_id and ($1::uuid is null or f.enhet_id = $1)
          join mote m on m.region_id = fm.region_id and m.forum_id = fm.forum_id
         where fm.person_id = gjeldende_person() and fm.leder and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag())
    select m.id, f.navn as forum, concat_ws(', ', e.navn, k.navn) as hvor, m.start, m.slutt, m.sted, m.status,
           d.svar, d.oppmote, coalesce(d.vara_navn, '') as vara, d.grunn, count(*) over () as antall
      from mine
      join mote m on m.region_id = mine.region_id and m.id = mine.id
      join forum f on f.region_id = m.region_id and f.id = m.forum_id
      left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
      left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
      left join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person()
     where (m.dato >= i_dag() and m.status not in ('ferdigstilt', 'lukket') or m.status = 'pagar') = $2
     order by case when $2 then m.start end, m.start desc, f.navn
     limit $3 offset $4";

/// The most coming møter one page shows.
const FLEST: i64 = 200;

/// The møter that are still to come, or under way.
pub(super) async fn kommende(tx: &mut Tx, medlem: &Medlem) -> Result<Vec<Rad>> {
    let rader =
        sqlx::query(MINE).bind(medlem.rolle.enhet).bind(true).bind(FLEST).bind(0_i64).fetch_all(&mut **tx).await?;
    rader.iter().map(rad).collect()
}

/// One page of the earlier møter, and how many there are in all.
pub(super) async fn tidligere(tx: &mut Tx, medlem: &Medlem, side: i64) -> Result<(Vec<Rad>, i64)> {
    let rader = sqlx::query(MINE)
        .bind(medlem.rolle.enhet)
        .bind(false)
        .bind(PER_SIDE)
        .bind((side - 1) * PER_SIDE)
        .fetch_all(&mut **tx)
        .await?;
    let antall = rader.first().map_or(0, |r| r.get("antall"));
    Ok((rader.iter().map(rad).collect::<Result<_>>()?, antall))
}

/// The fora the one who asks may book in.
pub(super) async fn ledet(tx: &mut Tx, medlem: &Medlem) -> Result<Vec<Ledet>> {
    if !medlem.kan(Handling::BookMote) {
        return Ok(Vec::new());
    }
    let rader = sqlx::query(
        "select distinct f.id, f.navn
           from forum_medlem fm
           join forum f on f.region_id = fm.region_id and f.id = fm.forum_id
          where fm.person_id = gjeldende_person() and fm.leder
            and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag()
            and daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
            and ($1::uuid is null or f.enhet_id = $1)
          order by f.navn, f.id",
    )
    .bind(medlem.rolle.enhet)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rader.iter().map(|r| Ledet { id: r.get("id"), navn: r.get("navn") }).collect())
}

fn rad(r: &PgRow) -> Result<Rad> {
    Ok(Rad {
        id: r.get("id"),
        forum: r.get("forum"),
        hvor: r.get("hvor"),
        start: r.get("start"),
        slutt: r.get("slutt"),
        sted: r.get("sted"),
        status: les(r, "status")?,
        svar: les_mulig(r, "svar")?,
        oppmote: les_mulig(r, "oppmote")?,
        vara: r.get("vara"),
        grunn: les_mulig(r, "grunn")?,
        valg: Valg::Ingen,
    })
}
