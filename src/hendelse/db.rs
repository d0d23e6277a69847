//! The log as the web role writes and reads it.
use sqlx::Row;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{kjede::Hode, segl::Nokkel};
use crate::{
    App, Result,
    db::{Noteres, Scope, Tx},
    tid,
};

/// The eyes of the server itself: nobody's, in no role.
pub(super) fn som_kommando(region: Uuid, na: OffsetDateTime) -> Scope {
    let nil = Uuid::nil();
    Scope {
        region,
        bruker: nil,
        person: nil,
        rolle: "",
        kommune: None,
        enhet: None,
        rolle_id: nil,
        i_dag: tid::dag(na),
        na,
    }
}

/// Seals the chain of every region that something has happened in since the last time; how many.
pub async fn forsegl(app: &App, nokkel: &Nokkel) -> Result<u32> {
    let mut antall = 0;
    for region in app.db.ta_berorte() {
        let mut tx = app.db.write(som_kommando(region, app.na()), Noteres::Ingenting).await?;
        if forsegl_en(&mut tx, region, nokkel).await? {
            antall += 1;
        }
        tx.commit().await?;
    }
    Ok(antall)
}

async fn forsegl_en(tx: &mut Tx, region: Uuid, nokkel: &Nokkel) -> Result<bool> {
    // Two servers take turns.
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('loggsegl/' || gjeldende_region(), 0))")
        .execute(&mut **tx)
        .await?;
    let rad = sqlx::query(
        "select h.lopenr, h.hash, coalesce(s.nr, 0) + 1 as nr, s.lopenr as forrige
           from logghode() h left join lateral (
                select nr, lopenr from loggsegl where region_id = gjeldende_region() order by nr desc limit 1) s on true",
    )
    .fetch_one(&mut **tx)
    .await?;
    let (Some(lopenr), Some(hash)) = (rad.get::<Option<i64>, _>("lopenr"), rad.get::<Option<Vec<u8>>, _>("hash"))
    else {
        return Ok(false);
    };
    if rad.get::<Option<i64>, _>("forrige") == Some(lopenr) {
        return Ok(false);
    }
    let (nr, hode) = (rad.get::<i64, _>("nr"), Hode { lopenr, hash });
    sqlx::query("insert into loggsegl (nr, lopenr, hash, segl) values ($1, $2, $3, $4)")
        .bind(nr)
        .bind(hode.lopenr)
        .bind(&hode.hash)
        .bind(nokkel.segl(region, nr, &hode))
        .execute(&mut **tx)
        .await?;
    Ok(true)
}
