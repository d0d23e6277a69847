//! The watch that a region always keeps a systemadministrator.
use sqlx::PgConnection;

use crate::{Error, Result, db::Tx};

const SISTE: &str = "Regionen må alltid ha en systemadministrator med åpen innlogging og uten sluttdato. \
     Gi rollen til en annen først";

/// Does the work, and undoes it when it takes away the region's last systemadministrator.
///
/// Whoever wants to take away another meanwhile waits, and is then judged by what this one did.
pub(super) async fn behold_administrator<T>(tx: &mut Tx, arbeid: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    sqlx::query("select from rolle where type = 'systemadministrator' order by id for update")
        .execute(&mut **tx)
        .await?;
    let hadde = har_administrator(tx).await?;
    let svar = arbeid(tx).await?;
    if hadde && !har_administrator(tx).await? {
        return Err(Error::Regelbrudd(SISTE.into()));
    }
    Ok(svar)
}

async fn har_administrator(db: &mut PgConnection) -> Result<bool> {
    let har = sqlx::query_scalar(
        "select exists (
             select from rolle r
               join person p on p.region_id = r.region_id and p.id = r.person_id
               join lateral kontostand(p.bruker_id) k on not k.sperret
              where r.type = 'systemadministrator' and r.gyldig_fra <= i_dag() and r.gyldig_til is null
                and p.gyldig_fra <= i_dag() and p.gyldig_til is null)",
    );
    Ok(har.fetch_one(db).await?)
}
