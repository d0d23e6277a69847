//! Once a day in each region, by the first who comes: those that nobody has confirmed are warned of, and end in their time.
use time::{Date, Duration};
use uuid::Uuid;

use super::{
    db::er_plass,
    frist::{apnet, fersk, varsles, varslet_senest},
};
use crate::{Result, auth::Medlem, db::Tx, forum, person};

/// Sees to it, once a day: warns, and ends what was warned of thirty days ago.
pub async fn daglig(medlem: &Medlem) -> Result<()> {
    let i_dag = medlem.i_dag();
    medlem
        .write_for_huset(async |tx| {
            let forst = sqlx::query("insert into tilgangsdag (dag) values (i_dag()) on conflict do nothing");
            if forst.execute(&mut **tx).await?.rows_affected() == 0 {
                return Ok(());
            }
            avslutt_ubekreftede(tx, i_dag).await?;
            if varsles(i_dag) { varsle(tx, i_dag).await } else { Ok(()) }
        })
        .await
}

/// Those that nobody has confirmed, and nobody has been told of yet.
async fn varsle(tx: &mut Tx, i_dag: Date) -> Result<()> {
    for sql in [
        "insert into tilgangskontroll (id, plass_id, varslet)
         select gen_random_uuid(), t.id, i_dag() from tilganger($1) t
          where t.slag in ('plass', 'leder') and coalesce(t.bekreftet < $2, true) and coalesce(t.varslet < $2, true)
         on conflict (region_id, plass_id) where plass_id is not null do update set varslet = excluded.varslet",
        "insert into tilgangskontroll (id, rolle_id, varslet)
         select gen_random_uuid(), t.id, i_dag() from tilganger($1) t
          where t.slag not in ('plass', 'leder') and coalesce(t.bekreftet < $2, true) and coalesce(t.varslet < $2, true)
         on conflict (region_id, rolle_id) where rolle_id is not null do update set varslet = excluded.varslet",
    ] {
        sqlx::query(sql).bind(fersk(i_dag)).bind(apnet(i_dag)).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Those that were warned of, and not confirmed in time. A team keeps its leader's seat, and the region a systemadministrator.
async fn avslutt_ubekreftede(tx: &mut Tx, i_dag: Date) -> Result<()> {
    let ute: Vec<(Uuid, String)> = sqlx::query_as(
        "select t.id, t.slag from tilganger($1) t
          where t.varslet between $2 and $3 and coalesce(t.bekreftet < $2, true)
            and (t.slag <> 'systemadministrator'
                 or exists (select from tilganger($1) andre
                             where andre.slag = 'systemadministrator' and andre.person_id <> t.person_id and andre.bekreftet >= $2))",
    )
    .bind(fersk(i_dag))
    .bind(apnet(i_dag))
    .bind(varslet_senest(i_dag))
    .fetch_all(&mut **tx)
    .await?;
    avslutt(tx, &ute, i_dag - Duration::DAY).await
}

/// Ends seats and roles after a day: a seat waits for its tjeneste to name another, and the møter to come are told.
pub(super) async fn avslutt(tx: &mut Tx, tilganger: &[(Uuid, String)], siste_dag: Date) -> Result<()> {
    let plasser: Vec<Uuid> = tilganger.iter().filter(|(_, slag)| er_plass(slag)).map(|(id, _)| *id).collect();
    let roller: Vec<Uuid> = tilganger.iter().filter(|(_, slag)| !er_plass(slag)).map(|(id, _)| *id).collect();
    forum::frigi(tx, &plasser, siste_dag, &[]).await?;
    person::avslutt_roller(tx, &roller, siste_dag).await
}
