//! SQL that keeps coming møter in step with the seats of their team. Only møter that have not begun are touched.
use time::Date;
use uuid::Uuid;

use crate::{Result, db::Tx, tjeneste::Tjenestetype};

/// Takes somebody (`None`: an empty seat of this service) off the forum's møter after a day, unless they have answered.
/// Gives how many møter that was.
pub async fn ta_av_kommende(
    tx: &mut Tx,
    forum: Uuid,
    person: Option<Uuid>,
    tjenestetype: Tjenestetype,
    etter: Date,
) -> Result<u64> {
    let svar = sqlx::query(
        "delete from motedeltaker d using mote m
          where m.region_id = d.region_id and m.id = d.mote_id and m.forum_id = $1 and m.status in ('planlagt', 'innkalt')
            and m.dato > $4 and d.svar = 'ubesvart' and d.oppmote is null
            and (d.person_id = $2 or ($2 is null and d.person_id is null and d.tjenestetype = $3))",
    )
    .bind(forum)
    .bind(person)
    .bind(tjenestetype.slug())
    .bind(etter)
    .execute(&mut **tx)
    .await?;
    Ok(svar.rows_affected())
}

/// Gives one person's part in the forum's møter after a day to another: those they lead, and those they are called to. What was
/// answered was another's answer.
pub async fn overta(tx: &mut Tx, forum: Uuid, (fra, til): (Uuid, Uuid), etter: Date) -> Result<()> {
    for sql in [
        "update mote set moteleder_id = $3
          where forum_id = $1 and moteleder_id = $2 and status in ('planlagt', 'innkalt') and dato > $4",
        "update motedeltaker d set person_id = $3, svar = 'ubesvart', svar_tid = null, grunn = null, vara_navn = null
           from mote m
          where m.region_id = d.region_id and m.id = d.mote_id and m.forum_id = $1 and m.status in ('planlagt', 'innkalt')
            and m.dato > $4 and d.person_id = $2 and d.oppmote is null
            and not exists (select from motedeltaker alt where alt.region_id = d.region_id and alt.mote_id = d.mote_id and alt.person_id = $3)",
        "delete from motedeltaker d using mote m
          where m.region_id = d.region_id and m.id = d.mote_id and m.forum_id = $1 and m.status in ('planlagt', 'innkalt')
            and m.dato > $4 and d.person_id = $2 and d.oppmote is null and $3::uuid is not null",
    ] {
        sqlx::query(sql).bind(forum).bind(fra).bind(til).bind(etter).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Gives the forum's coming møter what a seat now says: its person takes an empty place of the same service or a new one.
/// A seat that is not fixed changes only the møter its person is called to already. Gives how many møter they were added to.
pub async fn sett_pa_kommende(tx: &mut Tx, plass: Uuid) -> Result<u64> {
    sqlx::query(
        "update motedeltaker d set fast = s.fast, moteplikt = s.moteplikt, tjenestetype = s.tjenestetype
           from forum_medlem s join mote m on m.region_id = s.region_id and m.forum_id = s.forum_id
          where s.id = $1 and d.region_id = m.region_id and d.mote_id = m.id and d.person_id = s.person_id
            and m.status in ('planlagt', 'innkalt') and m.dato >= i_dag()",
    )
    .bind(plass)
    .execute(&mut **tx)
    .await?;
    let fylt = sqlx::query(
        "update motedeltaker set person_id = ledig.person, moteplikt = ledig.moteplikt
           from (select distinct on (m.id) d.region_id, d.id, s.person_id as person, s.moteplikt
                   from forum_medlem s
                   join mote m on m.region_id = s.region_id and m.forum_id = s.forum_id
                   join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id and d.person_id is null
                                      and d.tjenestetype = s.tjenestetype
                  where s.id = $1 and s.fast and s.person_id is not null and m.status in ('planlagt', 'innkalt')
                    and m.dato >= i_dag() and daterange(s.gyldig_fra, s.gyldig_til, '[]') @> m.dato
                    and not exists (select from motedeltaker alt where alt.region_id = m.region_id and alt.mote_id = m.id
                                                                   and alt.person_id = s.person_id)) ledig
          where motedeltaker.region_id = ledig.region_id and motedeltaker.id = ledig.id",
    )
    .bind(plass)
    .execute(&mut **tx)
    .await?;
    let nye = sqlx::query(
        "insert into motedeltaker (id, mote_id, person_id, tjenestetype, fast, moteplikt)
         select gen_random_uuid(), m.id, s.person_id, s.tjenestetype, s.fast, s.moteplikt
           from forum_medlem s join mote m on m.region_id = s.region_id and m.forum_id = s.forum_id
          where s.id = $1 and s.fast and m.status in ('planlagt', 'innkalt') and m.dato >= i_dag()
            and daterange(s.gyldig_fra, s.gyldig_til, '[]') @> m.dato
            and not exists (select from motedeltaker d
                             where d.region_id = m.region_id and d.mote_id = m.id
                               and (d.person_id = s.person_id
                                    or (s.person_id is null and d.person_id is null and d.tjenestetype = s.tjenestetype)))",
    )
    .bind(plass)
    .execute(&mut **tx)
    .await?;
    Ok(fylt.rows_affected() + nye.rows_affected())
}
