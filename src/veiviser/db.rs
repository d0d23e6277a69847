//! SQL for the veiviser: the teams one sits in, and when each meets next.
use sqlx::Row;
use time::Date;
use uuid::Uuid;

use crate::{Result, db::Tx};

/// A team of one's own.
pub(super) struct Team {
    pub(super) id: Uuid,
    pub(super) navn: String,
    pub(super) neste: Option<Date>,
}

pub(super) async fn team(tx: &mut Tx) -> Result<Vec<Team>> {
    let rader = sqlx::query(
        "select f.id, f.navn,
                (select min(m.dato) from mote m
                  where m.region_id = f.region_id and m.forum_id = f.id and m.status in ('planlagt', 'innkalt')
                    and m.dato >= i_dag()) as neste
           from forum f
          where f.type like 'tst%' and daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
            and exists (select from forum_medlem fm
                         where fm.region_id = f.region_id and fm.forum_id = f.id and fm.person_id = gjeldende_person()
                           and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag())
          order by neste, f.navn",
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rader.iter().map(|r| Team { id: r.get("id"), navn: r.get("navn"), neste: r.get("neste") }).collect())
}
