//! What becomes of somebody's seats when they leave: each ends, and another takes over, or it waits for its tjeneste to name one.
use sqlx::Row;
use time::Date;
use uuid::Uuid;

use crate::{
    Result,
    db::{Tx, les},
    mote, tiltak,
};

/// Who takes over a seat: the seat and the person.
pub type Arving = (Uuid, Uuid);

/// Ends the seats of a person after `siste_dag`; seats to come and the part as vara are let go at once. Those named take over.
pub async fn frigi_plasser(tx: &mut Tx, person: Uuid, siste_dag: Date, arvinger: &[Arving]) -> Result<()> {
    // A seat that began after a last day in the past has at least the day it began.
    let gamle: Vec<Uuid> = sqlx::query_scalar(
        "select id from forum_medlem
          where person_id = $1 and gyldig_fra <= greatest($2, i_dag()) and (gyldig_til is null or gyldig_til > $2)
          for update",
    )
    .bind(person)
    .bind(siste_dag)
    .fetch_all(&mut **tx)
    .await?;
    frigi(tx, &gamle, siste_dag, arvinger).await?;
    sqlx::query(
        "update forum_medlem
            set person_id = case when person_id = $1 then null else person_id end,
                vara_person_id = nullif(vara_person_id, $1), versjon = versjon + 1
          where (person_id = $1 and gyldig_fra > greatest($2, i_dag()))
             or (vara_person_id = $1 and (gyldig_til is null or gyldig_til > $2))",
    )
    .bind(person)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends seats after `siste_dag`. In the place of each comes the one who takes over, with the møter to come and the open tiltak, or a
/// vacant seat.
pub async fn frigi(tx: &mut Tx, plasser: &[Uuid], siste_dag: Date, arvinger: &[Arving]) -> Result<()> {
    let nye: Vec<Uuid> = plasser.iter().map(|_| Uuid::now_v7()).collect();
    let arv: Vec<Option<Uuid>> =
        plasser.iter().map(|plass| arvinger.iter().find(|(p, _)| p == plass).map(|(_, til)| *til)).collect();
    // Whoever sits in the forum already takes over from their own seat, and this one is vacant.
    let rader = sqlx::query(
        "with plass as (
             select m.*, ny.id as ny_id, greatest(m.gyldig_fra, $3) as slutt, ny.til,
                    (select s.tjenestetype from forum_medlem s
                      where s.region_id = m.region_id and s.forum_id = m.forum_id and s.person_id = ny.til
                        and coalesce(s.gyldig_til >= i_dag(), true) limit 1) as sitter
               from unnest($1::uuid[], $2::uuid[], $4::uuid[]) as ny (gammel, id, til)
               join forum_medlem m on m.id = ny.gammel),
         sluttet as (
             update forum_medlem m set gyldig_til = plass.slutt, versjon = m.versjon + 1
               from plass where m.region_id = plass.region_id and m.id = plass.id),
         ny as (
             insert into forum_medlem (id, forum_id, tjenestetype, tjeneste_id, fast, moteplikt, leder, gyldig_fra, gyldig_til, person_id)
             select ny_id, forum_id, tjenestetype, tjeneste_id, fast, moteplikt, leder, slutt + 1, gyldig_til,
                    case when sitter is null then til end
               from plass where gyldig_til is null or gyldig_til > slutt)
         select ny_id, forum_id, person_id, til, tjenestetype, coalesce(sitter, tjenestetype) as som from plass",
    )
    .bind(plasser)
    .bind(&nye)
    .bind(siste_dag)
    .bind(&arv)
    .fetch_all(&mut **tx)
    .await?;
    for rad in rader {
        let (forum, til): (Uuid, Option<Uuid>) = (rad.get("forum_id"), rad.get("til"));
        let Some(fra) = rad.get::<Option<Uuid>, _>("person_id") else { continue };
        if let Some(til) = til {
            mote::overta(tx, forum, (fra, til), siste_dag).await?;
            tiltak::overta(tx, forum, (fra, til), les(&rad, "som")?).await?;
        }
        mote::ta_av_kommende(tx, forum, Some(fra), les(&rad, "tjenestetype")?, siste_dag).await?;
        mote::sett_pa_kommende(tx, rad.get("ny_id")).await?;
    }
    Ok(())
}
