//! SQL for going through access.
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::frist::{apnet, fersk};
use crate::{
    Result,
    auth::{Medlem, Rolle},
    db::Tx,
};

/// An access that the one who asks answers for and has not confirmed.
#[derive(FromRow)]
pub(super) struct Linje {
    pub(super) id: Uuid,
    pub(super) slag: String,
    pub(super) navn: String,
    pub(super) tittel: String,
    /// The team, enhet or kommune it is for; empty when it is the whole region's.
    pub(super) sted: String,
    pub(super) fra: Date,
    pub(super) varslet: Option<Date>,
}

/// The most that one page asks of; the rest come when these are done.
pub(super) const FLEST: i64 = 50;

/// Those that wait, the ones that end first on top.
pub(super) async fn venter(tx: &mut Tx, rolle: &Rolle, i_dag: Date) -> Result<Vec<Linje>> {
    let linjer = sqlx::query_as(
        "select t.id, t.slag, p.navn, p.tittel, coalesce(f.navn, e.navn, k.navn, '') as sted, t.fra, t.varslet
           from tilganger_jeg_svarer_for($1, $2, $3, $4) t
           join person p on p.id = t.person_id
           left join forum f on f.region_id = p.region_id and f.id = t.forum_id
           left join enhet e on e.region_id = p.region_id and e.id = t.enhet_id
           left join kommune k on k.region_id = p.region_id and k.id = t.kommune_id
          where coalesce(t.bekreftet < $5, true)
          order by t.varslet nulls last, sted, t.slag, p.navn, t.id
          limit $6",
    );
    Ok(linjer
        .bind(fersk(i_dag))
        .bind(rolle.type_.slug())
        .bind(rolle.kommune)
        .bind(rolle.enhet)
        .bind(apnet(i_dag))
        .bind(FLEST)
        .fetch_all(&mut **tx)
        .await?)
}

/// Says that these are still needed.
pub(super) async fn bekreft(tx: &mut Tx, medlem: &Medlem, tilganger: &[(Uuid, String)]) -> Result<()> {
    let ider = |plass| -> Vec<Uuid> {
        tilganger.iter().filter(|(_, slag)| er_plass(slag) == plass).map(|(id, _)| *id).collect()
    };
    for (sql, ider) in [
        (
            "insert into tilgangskontroll (id, plass_id, bekreftet, bekreftet_av)
             select gen_random_uuid(), t, $2, $3 from unnest($1::uuid[]) t
             on conflict (region_id, plass_id) where plass_id is not null do update
             set bekreftet = excluded.bekreftet, bekreftet_av = excluded.bekreftet_av, varslet = null",
            ider(true),
        ),
        (
            "insert into tilgangskontroll (id, rolle_id, bekreftet, bekreftet_av)
             select gen_random_uuid(), t, $2, $3 from unnest($1::uuid[]) t
             on conflict (region_id, rolle_id) where rolle_id is not null do update
             set bekreftet = excluded.bekreftet, bekreftet_av = excluded.bekreftet_av, varslet = null",
            ider(false),
        ),
    ] {
        sqlx::query(sql).bind(ider).bind(medlem.i_dag()).bind(medlem.person()).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Whether a kind of access is a seat; the others are roles.
pub(super) fn er_plass(slag: &str) -> bool {
    matches!(slag, "plass" | "leder")
}
