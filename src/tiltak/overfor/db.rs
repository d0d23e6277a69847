//! SQL for who answers for the open tiltak of a team.
use sqlx::Row;
use uuid::Uuid;

use crate::{
    Result,
    db::Tx,
    tiltak::{
        db::{Mulig, krev_medlem},
        kort,
    },
    tjeneste::Tjenestetype,
};

/// Somebody who answers for open tiltak in the team.
pub(super) struct Ansvarlig {
    pub(super) id: Uuid,
    pub(super) navn: String,
    /// Still sits in the team.
    pub(super) er_medlem: bool,
    /// The tiltak and their first words, the nearest deadline first.
    pub(super) tiltak: Vec<(Uuid, String)>,
}

/// The team's name, and everybody who answers for something open in it: those who have left come first.
pub(super) async fn ansvarlige(tx: &mut Tx, forum: Uuid) -> Result<(String, Vec<Ansvarlig>)> {
    let rader = sqlx::query(
        "select f.navn as forum, p.id, p.navn, a.tiltak, a.hva,
                exists (select from forum_medlem fm
                         where fm.region_id = f.region_id and fm.forum_id = f.id and fm.person_id = p.id
                           and fm.gyldig_fra <= i_dag() and (fm.gyldig_til is null or fm.gyldig_til >= i_dag())) as er_medlem
           from forum f
           left join lateral (
               select t.ansvarlig_id, array_agg(t.id order by t.frist, t.id) as tiltak, array_agg(t.hva order by t.frist, t.id) as hva
                 from tiltak t
                where t.region_id = f.region_id and t.forum_id = f.id and t.status <> 'avsluttet'
                group by t.ansvarlig_id) a on true
           left join person p on p.region_id = f.region_id and p.id = a.ansvarlig_id
          where f.id = $1
          order by er_medlem, p.navn, p.id",
    )
    .bind(forum)
    .fetch_all(&mut **tx)
    .await?;
    let navn = rader.first().ok_or(crate::Error::IkkeFunnet)?.get("forum");
    let ansvarlig = |rad: &sqlx::postgres::PgRow| {
        let id = rad.get::<Option<Uuid>, _>("id")?;
        let ider: Vec<Uuid> = rad.get("tiltak");
        let ord: Vec<String> = rad.get("hva");
        Some(Ansvarlig {
            id,
            navn: rad.get("navn"),
            er_medlem: rad.get("er_medlem"),
            tiltak: ider.into_iter().zip(ord.iter().map(|hva| kort(hva))).collect(),
        })
    };
    Ok((navn, rader.iter().filter_map(ansvarlig).collect()))
}

/// Gives the tiltak that `fra` still answers for to `til` and their service; how many they were.
pub(super) async fn overfor(tx: &mut Tx, forum: Uuid, fra: Uuid, til: &Mulig, tiltak: &[Uuid]) -> Result<u64> {
    krev_medlem(tx, forum, til.id).await?;
    let svar = sqlx::query(
        "update tiltak set ansvarlig_id = $3, tjenestetype = $4, versjon = versjon + 1
          where forum_id = $1 and ansvarlig_id = $2 and status <> 'avsluttet' and id = any ($5)",
    )
    .bind(forum)
    .bind(fra)
    .bind(til.id)
    .bind(til.tjeneste.slug())
    .bind(tiltak)
    .execute(&mut **tx)
    .await?;
    Ok(svar.rows_affected())
}

/// Gives all that `fra` answers for in the team to `til`, as of a service: they take over the seat too.
pub async fn overta(tx: &mut Tx, forum: Uuid, (fra, til): (Uuid, Uuid), tjeneste: Tjenestetype) -> Result<()> {
    let sql = "select tiltak_overtas($1, $2, $3, $4)";
    sqlx::query(sql).bind(forum).bind(fra).bind(til).bind(tjeneste.slug()).execute(&mut **tx).await?;
    Ok(())
}
