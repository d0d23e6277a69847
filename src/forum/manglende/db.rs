//! SQL for the wizard.
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use super::{Enhet, Forslag, Tilbud, Valgt};
use crate::{
    Result,
    db::{Tx, les},
    forum::views::Rekkevidde,
    tjeneste::Tjenestetype,
};

/// The most units that are shown and made at once.
pub(super) const FLEST: i64 = 200;

/// Units within reach that have no team, and who leads them.
pub(super) async fn enheter(tx: &mut Tx, sa_langt: Rekkevidde, kommune: Option<Uuid>) -> Result<Vec<Enhet>> {
    let rader = sqlx::query(
        "select e.id, e.navn, e.type, e.kommune_id, k.navn as kommune, coalesce(l.id, a.id) as leder, coalesce(l.navn, a.navn) as leder_navn
           from enhet e
           join kommune k on k.region_id = e.region_id and k.id = e.kommune_id
           left join lateral (
               select p.id, p.navn from rolle r join person p on p.region_id = r.region_id and p.id = r.person_id
                where r.region_id = e.region_id and r.enhet_id = e.id and r.type = 'teamleder'
                  and daterange(r.gyldig_fra, r.gyldig_til, '[]') @> i_dag() and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
                order by r.gyldig_fra desc, p.navn limit 1) l on true
           left join lateral (
               select min(p.id::text)::uuid as id, min(p.navn) as navn from person p
                where p.region_id = e.region_id and p.enhet_id = e.id and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
               having count(*) = 1) a on true
          where daterange(e.gyldig_fra, e.gyldig_til, '[]') @> i_dag()
            and ($1 or e.kommune_id = $2) and ($3::uuid is null or e.kommune_id = $3)
            and not exists (select from forum f where f.region_id = e.region_id and f.enhet_id = e.id
                                                  and f.type = 'tst_enhet' and f.gyldig_til is null)
          order by k.navn, e.type desc, e.navn, e.id limit $4",
    )
    .bind(sa_langt.hele_regionen)
    .bind(sa_langt.kommune)
    .bind(kommune)
    .bind(FLEST)
    .fetch_all(&mut **tx)
    .await?;
    let enhet = |r: &PgRow| {
        Ok(Enhet {
            id: r.get("id"),
            navn: r.get("navn"),
            type_: les(r, "type")?,
            kommune: r.get("kommune_id"),
            kommune_navn: r.get("kommune"),
            leder: valgt(r, "leder", "leder_navn"),
        })
    };
    rader.iter().map(enhet).collect()
}

/// Every tjeneste and kommune it serves, with its only person and the one who sits in more than half of the kommune's teams.
pub(super) async fn tilbud(tx: &mut Tx) -> Result<Vec<Tilbud>> {
    let rader = sqlx::query(
        "select tk.kommune_id, t.id, t.type, e.id as eneste, e.navn as eneste_navn, m.id as mest, m.navn as mest_navn
           from tjeneste_kommune tk
           join tjeneste t on t.region_id = tk.region_id and t.id = tk.tjeneste_id
           left join lateral (
               select min(p.id::text)::uuid as id, min(p.navn) as navn from person p
                where p.region_id = t.region_id and p.tjeneste_id = t.id and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
               having count(*) = 1) e on true
           left join lateral (
               select p.id, p.navn
                 from forum f
                 join forum_medlem s on s.region_id = f.region_id and s.forum_id = f.id and s.tjenestetype = t.type
                                    and daterange(s.gyldig_fra, s.gyldig_til, '[]') @> i_dag()
                 join person p on p.region_id = s.region_id and p.id = s.person_id and p.tjeneste_id = t.id
                              and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
                where f.region_id = tk.region_id and f.kommune_id = tk.kommune_id and f.type = 'tst_enhet' and f.gyldig_til is null
                group by p.id, p.navn
               having count(*) * 2 > (select count(*) from forum alle
                                       where alle.region_id = tk.region_id and alle.kommune_id = tk.kommune_id
                                         and alle.type = 'tst_enhet' and alle.gyldig_til is null)
                order by count(*) desc, p.id limit 1) m on true
          where daterange(tk.gyldig_fra, tk.gyldig_til, '[]') @> i_dag() and daterange(t.gyldig_fra, t.gyldig_til, '[]') @> i_dag()",
    )
    .fetch_all(&mut **tx)
    .await?;
    let tilbud = |r: &PgRow| {
        Ok(Tilbud {
            kommune: r.get("kommune_id"),
            tjeneste: r.get("id"),
            type_: les(r, "type")?,
            eneste: valgt(r, "eneste", "eneste_navn"),
            mest: valgt(r, "mest", "mest_navn"),
        })
    };
    rader.iter().map(tilbud).collect()
}

fn valgt(rad: &PgRow, id: &str, navn: &str) -> Option<Valgt> {
    rad.get::<Option<Uuid>, _>(id).map(|id| Valgt { id, navn: rad.get(navn) })
}

/// Makes a team for each unit that still has none; gives the ids of those it made, in order.
pub(super) async fn opprett(tx: &mut Tx, enheter: &[(&Enhet, Vec<Forslag>)]) -> Result<Vec<Uuid>> {
    let ider: Vec<Uuid> = enheter.iter().map(|_| Uuid::now_v7()).collect();
    let laget: Vec<Uuid> = sqlx::query_scalar(
        "insert into forum (id, type, navn, kommune_id, enhet_id, gyldig_fra)
         select id, 'tst_enhet', 'TST ' || navn, kommune, enhet, i_dag()
           from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) as ny (id, navn, kommune, enhet)
             on conflict (region_id, enhet_id) where type = 'tst_enhet' and gyldig_til is null do nothing
         returning id",
    )
    .bind(&ider)
    .bind(enheter.iter().map(|(e, _)| e.navn.clone()).collect::<Vec<_>>())
    .bind(enheter.iter().map(|(e, _)| e.kommune).collect::<Vec<_>>())
    .bind(enheter.iter().map(|(e, _)| e.id).collect::<Vec<_>>())
    .fetch_all(&mut **tx)
    .await?;
    let nye = ider.iter().zip(enheter).filter(|(id, _)| laget.contains(id));
    let plasser: Vec<(Uuid, &Forslag)> = nye.flat_map(|(id, (_, f))| f.iter().map(|f| (*id, f))).collect();
    sett_inn(tx, &plasser).await?;
    Ok(ider.into_iter().filter(|id| laget.contains(id)).collect())
}

async fn sett_inn(tx: &mut Tx, plasser: &[(Uuid, &Forslag)]) -> Result<()> {
    sqlx::query(
        "insert into forum_medlem (id, forum_id, person_id, tjenestetype, tjeneste_id, fast, moteplikt, leder, gyldig_fra)
         select id, forum, person, type, tjeneste, true, true, leder, i_dag()
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::bool[])
                as ny (id, forum, person, type, tjeneste, leder)",
    )
    .bind(plasser.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>())
    .bind(plasser.iter().map(|(forum, _)| *forum).collect::<Vec<_>>())
    .bind(plasser.iter().map(|(_, f)| f.person.as_ref().map(|p| p.id)).collect::<Vec<_>>())
    .bind(plasser.iter().map(|(_, f)| f.tjenestetype.slug()).collect::<Vec<_>>())
    .bind(plasser.iter().map(|(_, f)| f.tjeneste).collect::<Vec<_>>())
    .bind(plasser.iter().map(|(_, f)| f.leder).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A team the wizard has made.
pub(super) struct Nytt {
    pub(super) id: Uuid,
    pub(super) navn: String,
    pub(super) leder: Option<String>,
    /// Seats without a person.
    pub(super) ledige: Vec<Tjenestetype>,
}

/// The teams made in one go: their ids follow each other in time.
pub(super) async fn nye(tx: &mut Tx, sa_langt: Rekkevidde, fra: Uuid, til: Uuid) -> Result<Vec<Nytt>> {
    let rader = sqlx::query(
        "select f.id, f.navn, max(p.navn) filter (where m.leder) as leder,
                coalesce(array_agg(m.tjenestetype) filter (where m.fast and m.person_id is null), '{}') as ledige
           from forum f
           left join forum_medlem m on m.region_id = f.region_id and m.forum_id = f.id
                                   and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag()
           left join person p on p.region_id = m.region_id and p.id = m.person_id
          where f.id between $3 and $4 and f.type = 'tst_enhet' and ($1 or f.kommune_id = $2)
          group by f.region_id, f.id, f.navn order by f.id",
    )
    .bind(sa_langt.hele_regionen)
    .bind(sa_langt.kommune)
    .bind(fra)
    .bind(til)
    .fetch_all(&mut **tx)
    .await?;
    let nytt = |r: &PgRow| Nytt {
        id: r.get("id"),
        navn: r.get("navn"),
        leder: r.get("leder"),
        ledige: r.get::<Vec<String>, _>("ledige").iter().filter_map(|t| t.parse().ok()).collect(),
    };
    Ok(rader.iter().map(nytt).collect())
}
