//! SQL for the numbers: requests by the day they were sent, and what was solved by the day it was.
use sqlx::Row;
use time::{Date, Duration, OffsetDateTime, Time};
use uuid::Uuid;

use super::tall::{Lost, Tall};
use crate::{
    Error, Result,
    db::{Tx, les},
    tid,
};

/// The first moment of a semester, and the first after it.
pub(super) struct Vindu {
    fra: OffsetDateTime,
    til: OffsetDateTime,
}

impl Vindu {
    pub(super) fn av(forste: Date, siste: Date) -> Self {
        let midnatt = |dag| tid::oyeblikk(dag, Time::MIDNIGHT);
        Self { fra: midnatt(forste), til: midnatt(siste + Duration::DAY) }
    }
}

/// The numbers of one kommune's own team.
pub(super) struct Loft {
    pub(super) forum: String,
    /// What was lifted to it, by who lifted, and in all.
    pub(super) inn: Vec<(String, Tall)>,
    pub(super) sum: Tall,
    /// What it has sent on, by who was asked.
    pub(super) ut: Vec<(String, Tall)>,
}

/// Counts the requests to and from a kommune's own team that were sent in the semester; 404 for any other forum.
pub(super) async fn loft(tx: &mut Tx, forum: Uuid, vindu: &Vindu) -> Result<Loft> {
    let rader = sqlx::query(
        r#"with meg as materialized (
               select f.region_id, f.id, f.navn from forum f where f.id = $1 and f.type = 'tst_kommune'),
           alle as materialized (
               select b.til_forum_id is not distinct from meg.id as inn, b.opprettet, b.besvart, b.svarfrist, b.avvist, b.ferdig,
                      case when b.til_forum_id is not distinct from meg.id then b.fra else b.til end as hvem
                 from meg
                 join bistand_tall b on b.region_id = meg.region_id and (b.til_forum_id = meg.id or b.fra_forum_id = meg.id)
                where b.opprettet >= $2 and b.opprettet < $3)
           select meg.navn, a.inn, a.hvem, count(a.opprettet) as sendt, count(a.besvart) as besvart,
                  count(*) filter (where a.avvist) as avvist,
                  count(*) filter (where (a.ferdig at time zone 'Europe/Oslo')::date <= a.svarfrist) as innen_frist,
                  count(*) filter (where a.ferdig is null and a.svarfrist < i_dag()) as over_frist,
                  percentile_disc(0.5) within group (order by (a.besvart at time zone 'Europe/Oslo')::date
                                                              - (a.opprettet at time zone 'Europe/Oslo')::date) as dager
             from meg left join alle a on true
            group by grouping sets ((meg.navn, a.inn, a.hvem), (meg.navn, a.inn))
            order by grouping(a.hvem), a.hvem collate "nb-x-icu""#,
    )
    .bind(forum)
    .bind(vindu.fra)
    .bind(vindu.til)
    .fetch_all(&mut **tx)
    .await?;
    let navn = rader.first().ok_or(Error::IkkeFunnet)?.get("navn");
    let mut loft = Loft { forum: navn, inn: Vec::new(), sum: Tall::default(), ut: Vec::new() };
    for rad in &rader {
        match (rad.get("inn"), rad.get::<Option<String>, _>("hvem")) {
            (Some(true), Some(hvem)) => loft.inn.push((hvem, tall(rad))),
            (Some(true), None) => loft.sum = tall(rad),
            (Some(false), Some(hvem)) => loft.ut.push((hvem, tall(rad))),
            _ => {}
        }
    }
    Ok(loft)
}

fn tall(rad: &sqlx::postgres::PgRow) -> Tall {
    let antall = |kolonne: &str| u32::try_from(rad.get::<i64, _>(kolonne)).unwrap_or_default();
    Tall {
        sendt: antall("sendt"),
        besvart: antall("besvart"),
        avvist: antall("avvist"),
        innen_frist: antall("innen_frist"),
        over_frist: antall("over_frist"),
        dager: rad.get::<Option<i32>, _>("dager").and_then(|n| u32::try_from(n).ok()),
    }
}

/// Where things were solved in the kommune of the team: tiltak that worked and ended without being lifted, saker that were talked
/// through and not passed on (those on every agenda aside), and requests that were answered, by the last who had to answer.
pub(super) async fn lost(tx: &mut Tx, forum: Uuid, vindu: &Vindu) -> Result<Lost> {
    let rader = sqlx::query(
        "with meg as materialized (select f.region_id, f.kommune_id from forum f where f.id = $1),
         lost as (
             select case when t.forum_type = 'tst_kommune' then 'kommune' when t.tjenestetype = 'enhet' then 'enhet' else 'tst' end as hvor,
                    t.niva
               from meg
               join tiltak_tall t on t.region_id = meg.region_id and t.kommune_id = meg.kommune_id
                                 and t.forum_type in ('tst_enhet', 'tst_kommune') and t.lost >= $2 and t.lost < $3
              union all
             select case s.forum_type when 'tst_kommune' then 'kommune' else 'tst' end, s.niva
               from meg
               join sak_tall s on s.region_id = meg.region_id and s.kommune_id = meg.kommune_id
                              and s.forum_type in ('tst_enhet', 'tst_kommune') and s.start >= $2 and s.start < $3
                              and s.status = 'behandlet' and not s.fast and s.utfall in ('drofting', 'rad', 'veiledning')
              union all
             select case when b.av_tjeneste then 'tjeneste' else 'kommune' end, 'system'
               from bistand_tall b
              where b.til_forum_id = $1 and b.besvart >= $2 and b.besvart < $3)
         select hvor, count(*) filter (where niva = 'system') as system, count(*) filter (where niva = 'individ') as individ
           from lost group by hvor",
    )
    .bind(forum)
    .bind(vindu.fra)
    .bind(vindu.til)
    .fetch_all(&mut **tx)
    .await?;
    let antall =
        |rad: &sqlx::postgres::PgRow, kolonne: &str| u32::try_from(rad.get::<i64, _>(kolonne)).unwrap_or_default();
    let linje = |rad| Ok((les(rad, "hvor")?, antall(rad, "system"), antall(rad, "individ")));
    Ok(Lost(rader.iter().map(linje).collect::<Result<_>>()?))
}

/// The kommunale team whose numbers somebody may see: those they are a member of, and those of `kommune`.
pub async fn kommunale_team(tx: &mut Tx, kommune: Option<Uuid>) -> Result<Vec<(Uuid, String)>> {
    let rader = sqlx::query(
        "select f.id, f.navn from forum f
          where f.type = 'tst_kommune' and daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
            and (f.kommune_id = $1 or exists (
                     select from forum_medlem m
                      where m.region_id = f.region_id and m.forum_id = f.id and m.person_id = gjeldende_person()
                        and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag()))
          order by f.navn, f.id",
    )
    .bind(kommune)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rader.iter().map(|r| (r.get("id"), r.get("navn"))).collect())
}
