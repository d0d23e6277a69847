//! What becomes of fora when the place they work in ends, opens again or moves.
use time::Date;
use uuid::Uuid;

use crate::{Result, db::Tx};

/// Ends the fora round a unit.
pub async fn avslutt_ved_enhet(tx: &mut Tx, enhet: Uuid, siste_dag: Date) -> Result<()> {
    sqlx::query(
        "update forum set gyldig_til = greatest($2, gyldig_fra), versjon = versjon + 1
          where enhet_id = $1 and coalesce(gyldig_til > $2, true)",
    )
    .bind(enhet)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Opens the fora of a unit that ended with it, unless a new team has come in their place.
pub async fn gjenapne_ved_enhet(tx: &mut Tx, enhet: Uuid, siste_dag: Date) -> Result<()> {
    sqlx::query(
        "update forum f set gyldig_til = null, versjon = versjon + 1
          where f.enhet_id = $1 and f.gyldig_til = $2
            and not exists (select from forum ny where ny.region_id = f.region_id and ny.enhet_id = f.enhet_id
                                                   and ny.type = f.type and ny.gyldig_til is null)",
    )
    .bind(enhet)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends a kommune's own fora.
pub async fn avslutt_i_kommune(tx: &mut Tx, kommune: Uuid, siste_dag: Date) -> Result<()> {
    sqlx::query(
        "update forum set gyldig_til = greatest($2, gyldig_fra), versjon = versjon + 1
          where kommune_id = $1 and enhet_id is null and coalesce(gyldig_til > $2, true)",
    )
    .bind(kommune)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Opens the fora of a kommune that ended with it.
pub async fn gjenapne_i_kommune(tx: &mut Tx, kommune: Uuid, siste_dag: Date) -> Result<()> {
    sqlx::query(
        "update forum set gyldig_til = null, versjon = versjon + 1
          where kommune_id = $1 and enhet_id is null and gyldig_til = $2",
    )
    .bind(kommune)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets the fora round units that have moved to another kommune move with them.
pub async fn folg_enhetene(tx: &mut Tx) -> Result<()> {
    sqlx::query(
        "update forum f set kommune_id = e.kommune_id, versjon = f.versjon + 1
           from enhet e
          where e.region_id = f.region_id and e.id = f.enhet_id and f.kommune_id <> e.kommune_id",
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
