//! What becomes of somebody's seats when they leave: each ends, and a vacant one waits for its tjeneste to name another.
use time::Date;
use uuid::Uuid;

use crate::{Result, db::Tx};

/// Ends the seats of a person after `siste_dag` and opens vacant ones in their place; seats to come and the part as
/// vara are let go at once.
pub async fn frigi_plasser(tx: &mut Tx, person: Uuid, siste_dag: Date) -> Result<()> {
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
    let nye: Vec<Uuid> = gamle.iter().map(|_| Uuid::now_v7()).collect();
    sqlx::query(
        "with plass as (
             select m.*, ny.id as ny_id, greatest(m.gyldig_fra, $3) as slutt
               from unnest($1::uuid[], $2::uuid[]) as ny (gammel, id)
               join forum_medlem m on m.id = ny.gammel),
         sluttet as (
             update forum_medlem m set gyldig_til = plass.slutt, versjon = m.versjon + 1
               from plass where m.region_id = plass.region_id and m.id = plass.id)
         insert into forum_medlem (id, forum_id, tjenestetype, tjeneste_id, fast, moteplikt, leder, gyldig_fra, gyldig_til)
         select ny_id, forum_id, tjenestetype, tjeneste_id, fast, moteplikt, leder, slutt + 1, gyldig_til
           from plass where gyldig_til is null or gyldig_til > slutt",
    )
    .bind(&gamle)
    .bind(&nye)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
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
