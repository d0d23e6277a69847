//! SQL for roles.
use time::Date;
use uuid::Uuid;

use super::{AvsluttRolle, Onsket, Rolle};
use crate::{Error, Result, db::Tx, forum::Forumtype, person::vakt, tid};

pub(in crate::person) async fn for_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Rolle>> {
    let roller = sqlx::query_as(
        "select r.id, r.type, coalesce(e.navn, k.navn) as sted, r.gyldig_fra, r.gyldig_til, r.versjon,
                f.id as team_uten_plass
           from rolle r
           left join enhet e on e.region_id = r.region_id and e.id = r.enhet_id
           left join kommune k on k.region_id = r.region_id and k.id = r.kommune_id
           left join forum f on f.region_id = r.region_id and f.enhet_id = r.enhet_id and f.type = $2
                and f.gyldig_til is null
                and not exists (select from forum_medlem m
                                 where m.region_id = f.region_id and m.forum_id = f.id and m.person_id = r.person_id
                                   and coalesce(m.gyldig_til >= i_dag(), true))
          where r.person_id = $1
          order by r.gyldig_til desc nulls first, r.gyldig_fra, r.type, r.id",
    );
    Ok(roller.bind(person).bind(Forumtype::TstEnhet.slug()).fetch_all(&mut **tx).await?)
}

pub(super) async fn opprett(tx: &mut Tx, person: Uuid, ny: &Onsket) -> Result<()> {
    // Two who give the same role at once take turns, and the second is told that it is given.
    sqlx::query("select from person where id = $1 for update").bind(person).fetch_one(&mut **tx).await?;
    let gitt = sqlx::query(
        "insert into rolle (id, person_id, type, kommune_id, enhet_id, gyldig_fra, gyldig_til)
         select $1, $2, $3, $4, $5, $6, $7
          where not exists (select from rolle
                             where person_id = $2 and type = $3 and kommune_id is not distinct from $4
                               and enhet_id is not distinct from $5
                               and daterange(gyldig_fra, gyldig_til, '[]') && daterange($6, $7, '[]'))",
    )
    .bind(Uuid::now_v7())
    .bind(person)
    .bind(ny.type_.slug())
    .bind(ny.kommune)
    .bind(ny.enhet)
    .bind(ny.fra)
    .bind(ny.til)
    .execute(&mut **tx)
    .await?;
    if gitt.rows_affected() == 0 { Err(Error::Ugyldig(FINNES.into())) } else { Ok(()) }
}

const FINNES: &str = "Personen har allerede denne rollen i tidsrommet. Avslutt den først, eller velg andre datoer";

/// Ends a role after a day; one that then never was in force is taken back. Whether the role was still as it was seen.
pub(super) async fn sett_slutt(tx: &mut Tx, sti: &AvsluttRolle, versjon: i32, siste_dag: Date) -> Result<bool> {
    let (sett, fra): (i32, Date) =
        sqlx::query_as("select versjon, gyldig_fra from rolle where id = $1 and person_id = $2 for update")
            .bind(sti.rolle)
            .bind(sti.id)
            .fetch_one(&mut **tx)
            .await?;
    if sett != versjon {
        return Ok(false);
    }
    if siste_dag >= fra {
        sqlx::query("update rolle set gyldig_til = $2, versjon = versjon + 1 where id = $1")
            .bind(sti.rolle)
            .bind(siste_dag)
            .execute(&mut **tx)
            .await?;
        return Ok(true);
    }
    let tatt_tilbake = sqlx::query("delete from rolle where id = $1 and gyldig_fra >= i_dag()").bind(sti.rolle);
    if tatt_tilbake.execute(&mut **tx).await?.rows_affected() == 1 {
        return Ok(true);
    }
    Err(Error::Regelbrudd(format!("Rollen gjaldt fra {}. Siste dag kan ikke være før det", tid::dato(fra))))
}

/// Ends roles after a day, whoever holds them. The region keeps a systemadministrator.
pub async fn avslutt_roller(tx: &mut Tx, roller: &[Uuid], siste_dag: Date) -> Result<()> {
    if roller.is_empty() {
        return Ok(());
    }
    vakt::behold_administrator(tx, async |tx| {
        sqlx::query(
            "update rolle set gyldig_til = greatest(gyldig_fra, $2), versjon = versjon + 1
              where id = any ($1) and (gyldig_til is null or gyldig_til > $2)",
        )
        .bind(roller)
        .bind(siste_dag)
        .execute(&mut **tx)
        .await?;
        Ok(())
    })
    .await
}
