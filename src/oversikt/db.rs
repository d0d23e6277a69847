//! SQL for the numbers: units with their møter in one semester, attendance per service, and the trend.
use sqlx::Row;
use time::Date;
use uuid::Uuid;

use super::tall::{Enhetstall, Oppmotetall, Sum};
use crate::{
    Result,
    db::Tx,
    enhet::Enhetstype,
    regelsett::{Grunnlag, Regler, Semester, Semestergrenser},
    tekst::under_fem,
    tjeneste::Tjenestetype,
};

/// A kommune of the region and its units, or none when it has no units.
pub(super) struct Kommunerad {
    pub(super) id: Uuid,
    pub(super) navn: String,
    pub(super) enheter: Vec<Enhetstall>,
}

/// What a semester is read with.
#[derive(Clone, Copy)]
pub(super) struct Vindu {
    pub(super) semester: Semester,
    pub(super) grenser: Semestergrenser,
    pub(super) idag: Date,
}

/// Every kommune (or the one asked for) with its units' standing in the semester, by name.
pub(super) async fn kommuner(
    tx: &mut Tx,
    regler: &Regler,
    vindu: Vindu,
    kommune: Option<Uuid>,
) -> Result<Vec<Kommunerad>> {
    let (steder, minst): (Vec<_>, Vec<_>) =
        regler.egne_varigheter().map(|(sted, minst)| (sted, minst.cast_signed())).unzip();
    let rader = sqlx::query(
        "with tall as materialized (
             select m.enhet_id,
                    count(*) filter (where er_planlagt(m)) as planlagt,
                    count(*) filter (where er_holdt(m, coalesce(ve.minst, vk.minst, $4))) as holdt,
                    count(*) filter (where m.brudd) as brudd
               from mote_tall m
               left join unnest($5::uuid[], $6::int[]) as ve (sted, minst) on ve.sted = m.enhet_id
               left join unnest($5::uuid[], $6::int[]) as vk (sted, minst) on vk.sted = m.kommune_id
              where m.forum_type = 'tst_enhet' and m.dato between $1 and $2
              group by m.enhet_id),
         team as materialized (
             select distinct on (f.enhet_id) f.enhet_id, f.id from forum f
              where f.type = 'tst_enhet' and f.gyldig_fra <= $7
                and (f.gyldig_til is null or f.gyldig_til >= $7)
              order by f.enhet_id, f.gyldig_fra desc)
         select k.id as kommune, k.navn as kommune_navn, e.id, e.navn, e.type, e.antall, team.id as forum,
                coalesce(t.planlagt, 0) as planlagt, coalesce(t.brudd, 0) as brudd, coalesce(t.holdt, 0) as holdt
           from kommune k
           left join enhet e on e.region_id = k.region_id and e.kommune_id = k.id
                            and e.gyldig_fra <= $2 and (e.gyldig_til is null or e.gyldig_til >= $1)
           left join team on team.enhet_id = e.id
           left join tall t on t.enhet_id = e.id
          where ($3::uuid is null or k.id = $3) and k.gyldig_fra <= $2 and (k.gyldig_til is null or k.gyldig_til >= $1)
          order by k.navn, e.type desc, e.navn",
    )
    .bind(vindu.semester.start(vindu.grenser))
    .bind(vindu.semester.slutt(vindu.grenser))
    .bind(kommune)
    .bind(regler.region().min_varighet.cast_signed())
    .bind(steder)
    .bind(minst)
    .bind(vindu.idag.clamp(vindu.semester.start(vindu.grenser), vindu.semester.slutt(vindu.grenser)))
    .fetch_all(&mut **tx)
    .await?;
    let mut kommuner: Vec<Kommunerad> = Vec::new();
    for rad in rader {
        let id = rad.get("kommune");
        if kommuner.last().is_none_or(|k| k.id != id) {
            kommuner.push(Kommunerad { id, navn: rad.get("kommune_navn"), enheter: Vec::new() });
        }
        if let (Some(her), Some(enhet)) = (kommuner.last_mut(), rad.get::<Option<Uuid>, _>("id")) {
            her.enheter.push(enhetstall(&rad, enhet, id, regler, vindu));
        }
    }
    Ok(kommuner)
}

/// The semester a day lies in, added up for a kommune or the whole region: what the first page shows in short.
pub async fn sum(tx: &mut Tx, regler: &Regler, idag: Date, kommune: Option<Uuid>) -> Result<(Semester, Sum)> {
    let grenser = regler.region().semestergrenser;
    let semester = Semester::for_dato(idag, grenser);
    let kommuner = kommuner(tx, regler, Vindu { semester, grenser, idag }, kommune).await?;
    Ok((semester, Sum::av(kommuner.iter().flat_map(|k| &k.enheter))))
}

fn enhetstall(rad: &sqlx::postgres::PgRow, enhet: Uuid, kommune: Uuid, regler: &Regler, vindu: Vindu) -> Enhetstall {
    let tall = |n: i64| u32::try_from(n).unwrap_or_default();
    let type_: Enhetstype = rad.get::<String, _>("type").parse().unwrap_or(Enhetstype::Skole);
    let antall: Option<u32> = rad.get::<Option<i32>, _>("antall").and_then(|n| u32::try_from(n).ok());
    let forum: Option<Uuid> = rad.get("forum");
    let regelsett = regler.for_enhet(kommune, enhet);
    let grunnlag = Grunnlag {
        krav: regelsett.krav(type_, antall, vindu.semester),
        holdt: tall(rad.get("holdt")),
        planlagt: tall(rad.get("planlagt")),
        har_team: forum.is_some(),
        semester: vindu.semester,
        grenser: vindu.grenser,
        idag: vindu.idag,
    };
    Enhetstall {
        navn: rad.get("navn"),
        type_navn: type_.navn(),
        antall: antall.map_or_else(|| "ikke oppgitt".to_owned(), under_fem),
        forum,
        stilling: grunnlag.stilling(),
        brudd: tall(rad.get("brudd")),
    }
}

/// Attendance per service in one semester.
pub(super) type Oppmoterad = (Tjenestetype, Oppmotetall);

/// Attendance per service in the first of `semestre`, and møter held in each of them.
pub(super) async fn oppmote_og_trend(
    tx: &mut Tx,
    semestre: &[Semester],
    grenser: Semestergrenser,
    kommune: Option<Uuid>,
) -> Result<(Vec<Oppmoterad>, Vec<u32>)> {
    let fra: Vec<Date> = semestre.iter().map(|s| s.start(grenser)).collect();
    let til: Vec<Date> = semestre.iter().map(|s| s.slutt(grenser)).collect();
    let rader = sqlx::query(
        "with semester as materialized (select * from unnest($1::date[], $2::date[]) with ordinality as s (fra, til, nr))
         select s.nr, null as tjenestetype, m.innkalt, 0::bigint as mott, 0::bigint as brudd
           from semester s
           cross join lateral (
               select count(*) as innkalt
                 from mote_tall m
                where m.forum_type = 'tst_enhet' and ($3::uuid is null or m.kommune_id = $3)
                  and m.dato between s.fra and s.til and m.status = 'ferdigstilt') m
          union all
         select s.nr, o.tjenestetype, sum(o.innkalt)::bigint, sum(o.mott)::bigint, sum(o.brudd)::bigint
           from semester s
           join oppmote_tall o on o.dato between s.fra and s.til and o.status = 'ferdigstilt' and o.forum_type = 'tst_enhet'
                              and ($3::uuid is null or o.kommune_id = $3)
          where s.nr = 1
          group by s.nr, o.tjenestetype",
    )
    .bind(fra)
    .bind(til)
    .bind(kommune)
    .fetch_all(&mut **tx)
    .await?;
    let tall = |n: i64| u32::try_from(n).unwrap_or_default();
    let mut oppmote = Vec::new();
    let mut trend = vec![0; semestre.len()];
    for rad in rader {
        let tjeneste = rad.get::<Option<String>, _>("tjenestetype").and_then(|t| t.parse().ok());
        let innkalt = tall(rad.get("innkalt"));
        if let Some(tjeneste) = tjeneste {
            oppmote
                .push((tjeneste, Oppmotetall { innkalt, mott: tall(rad.get("mott")), brudd: tall(rad.get("brudd")) }));
        } else if let Ok(nr) = usize::try_from(rad.get::<i64, _>("nr")) {
            trend[nr - 1] = innkalt;
        }
    }
    Ok((oppmote, trend))
}
