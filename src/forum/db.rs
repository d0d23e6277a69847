//! SQL for fora. Membership is asked of the day: a seat holds from its first day to its last.
use std::collections::HashMap;

use sqlx::{Row, postgres::PgRow};
use time::Date;
use uuid::Uuid;

use super::{
    Evner, Forum, Motelinje, Plass, Sted,
    plass::Person,
    routes::Filter,
    views::{Kommunevalg, Rekkevidde},
};
use crate::{
    Error, Result,
    db::{Tx, les},
    puls::Tall,
};

/// The days of a semester as one forum's rules draw it, and the least length of a møte that counts there.
#[derive(Clone, Copy, Debug)]
pub struct Spenn {
    pub forum: Uuid,
    pub fra: Date,
    pub til: Date,
    pub min_varighet: u32,
}

/// A forum's møter in a semester.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Semestertall {
    pub holdt: u32,
    pub planlagt: u32,
}

/// Counts the semester's møter of many fora in one statement.
pub async fn semestertall(tx: &mut Tx, spenn: &[Spenn]) -> Result<HashMap<Uuid, Semestertall>> {
    let rader = sqlx::query("select forum, holdt, planlagt from semestertall($1, $2, $3, $4)")
        .bind(spenn.iter().map(|s| s.forum).collect::<Vec<_>>())
        .bind(spenn.iter().map(|s| s.fra).collect::<Vec<_>>())
        .bind(spenn.iter().map(|s| s.til).collect::<Vec<_>>())
        .bind(spenn.iter().map(|s| s.min_varighet.cast_signed()).collect::<Vec<_>>())
        .fetch_all(&mut **tx)
        .await?;
    Ok(rader.iter().map(|r| (r.get("forum"), tall(r))).collect())
}

fn tall(rad: &PgRow) -> Semestertall {
    Semestertall { holdt: antall(rad, "holdt"), planlagt: antall(rad, "planlagt") }
}

fn antall(rad: &PgRow, navn: &str) -> u32 {
    u32::try_from(rad.get::<i64, _>(navn)).unwrap_or(u32::MAX)
}

/// One page of the fora within reach (those of the region or the kommune, and always one's own), each with its leaders, and how
/// many there are in all.
pub(super) async fn liste(tx: &mut Tx, sa_langt: Rekkevidde, filter: &Filter) -> Result<(Vec<(Forum, String)>, u32)> {
    let rader = sqlx::query(
        "select f.id, f.navn, f.type, f.mandat, f.kommune_id, f.enhet_id, f.gyldig_til, k.navn as kommune, e.navn as enhet,
                e.type as enhetstype, e.antall, coalesce(l.ledere, '') as ledere, count(*) over () as treff
           from forum f
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
           left join lateral (
               select string_agg(p.navn, ', ' order by p.navn) as ledere
                 from forum_medlem m join person p on p.region_id = m.region_id and p.id = m.person_id
                where m.region_id = f.region_id and m.forum_id = f.id and m.leder
                  and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag()) l on true
          where daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
            and ($1 or f.kommune_id = $2
                 or exists (select from forum_medlem mitt
                             where mitt.region_id = f.region_id and mitt.forum_id = f.id and mitt.person_id = gjeldende_person()
                               and daterange(mitt.gyldig_fra, mitt.gyldig_til, '[]') @> i_dag()))
            and ($3 = '' or strpos(lower(concat_ws(' ', f.navn, e.navn, l.ledere)), lower($3)) > 0)
            and ($4::uuid is null or f.kommune_id = $4)
            and ($5 = '' or f.type = $5)
          order by k.navn nulls first, f.type = 'tst_enhet', f.navn, f.id
          limit $6 offset $7",
    )
    .bind(sa_langt.hele_regionen)
    .bind(sa_langt.kommune)
    .bind(filter.sok.trim())
    .bind(filter.kommune())
    .bind(filter.type_().map_or("", |t| t.slug()))
    .bind(Filter::PER_SIDE)
    .bind((filter.side() - 1) * Filter::PER_SIDE)
    .fetch_all(&mut **tx)
    .await?;
    let treff = rader.first().map_or(0, |r| antall(r, "treff"));
    let fora = rader.iter().map(|r| Ok((forum(r)?, r.get("ledere")))).collect::<Result<_>>()?;
    Ok((fora, treff))
}

/// The kommuner one can filter by, each with how many of its units have no team.
pub(super) async fn kommuner(tx: &mut Tx, sa_langt: Rekkevidde) -> Result<Vec<Kommunevalg>> {
    let rader = sqlx::query(
        "select k.id, k.navn,
                (select count(*) from enhet e
                  where e.region_id = k.region_id and e.kommune_id = k.id and daterange(e.gyldig_fra, e.gyldig_til, '[]') @> i_dag()
                    and not exists (select from forum t where t.region_id = e.region_id and t.enhet_id = e.id
                                                          and t.type = 'tst_enhet' and t.gyldig_til is null)) as uten_team
           from kommune k
          where daterange(k.gyldig_fra, k.gyldig_til, '[]') @> i_dag()
            and ($1 or k.id = $2 or exists (
                     select from forum f
                       join forum_medlem m on m.region_id = f.region_id and m.forum_id = f.id
                      where f.region_id = k.region_id and f.kommune_id = k.id and m.person_id = gjeldende_person()
                        and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag()))
          order by k.navn",
    )
    .bind(sa_langt.hele_regionen)
    .bind(sa_langt.kommune)
    .fetch_all(&mut **tx)
    .await?;
    let valg = |r: &PgRow| Kommunevalg { id: r.get("id"), navn: r.get("navn"), uten_team: antall(r, "uten_team") };
    Ok(rader.iter().map(valg).collect())
}

/// A forum with all its seats, those that have ended too: first the fixed ones, in the order of the services.
pub(super) async fn med_plasser(tx: &mut Tx, id: Uuid) -> Result<(Forum, Vec<Plass>)> {
    let rader = sqlx::query(
        "select f.id, f.navn, f.type, f.mandat, f.kommune_id, f.enhet_id, f.gyldig_til, k.navn as kommune, e.navn as enhet,
                e.type as enhetstype, e.antall, m.id as plass, m.tjenestetype, m.fast, m.moteplikt, m.leder, m.gyldig_fra,
                m.gyldig_til as siste_dag, p.id as person, p.navn as person_navn, p.tittel, p.epost, p.telefon,
                m.versjon, m.vara_person_id, v.navn as vara, t.navn as tjeneste, m.fullmakt, m.fullmakt_fra, m.fullmakt_av, m.kompetanse,
                exists (select from rolle r
                         where r.region_id = m.region_id and r.person_id = m.person_id
                           and (r.type in ('kommunekoordinator', 'kommunalsjef', 'regionkoordinator')
                                or (r.type = 'teamleder' and r.enhet_id = f.enhet_id))
                           and daterange(r.gyldig_fra, r.gyldig_til, '[]') @> i_dag()) as kan_lede
           from forum f
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
           left join forum_medlem m on m.region_id = f.region_id and m.forum_id = f.id
           left join person p on p.region_id = m.region_id and p.id = m.person_id
           left join person v on v.region_id = m.region_id and v.id = m.vara_person_id
           left join tjeneste t on t.region_id = m.region_id and t.id = coalesce(m.tjeneste_id, p.tjeneste_id)
          where f.id = $1
          order by m.fast desc, array_position('{enhet,ppt,helsesykepleier,barnevern,nav,annen}', m.tjenestetype),
                   m.leder desc, p.navn, m.id",
    )
    .bind(id)
    .fetch_all(&mut **tx)
    .await?;
    let forste = rader.first().ok_or(Error::IkkeFunnet)?;
    let med = |r: &&PgRow| r.get::<Option<Uuid>, _>("plass").is_some();
    Ok((forum(forste)?, rader.iter().filter(med).map(plass).collect::<Result<_>>()?))
}

/// The latest and coming møter of a forum, newest first, the semester's numbers, and for its leader what the pulse says.
pub(super) async fn moter(
    tx: &mut Tx,
    spenn: Spenn,
    leder: bool,
) -> Result<(Vec<Motelinje>, Semestertall, Option<Tall>)> {
    let rader = sqlx::query(
        "select m.id, m.start, m.minutter, m.sted, m.status, d.inviterte, d.har_svart, d.deltaker,
                count(*) filter (where m.dato between $2 and $3 and er_holdt(m, $4)) over () as holdt,
                count(*) filter (where m.dato between $2 and $3 and er_planlagt(m)) over () as planlagt,
                (select case when $5 then puls_tall($1, $2) end)::text as puls
           from mote m
           cross join lateral (
               select coalesce(sum(o.innkalt), 0)::bigint as inviterte, coalesce(sum(o.svart), 0)::bigint as har_svart,
                      exists (select from motedeltaker d
                               where d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person()) as deltaker
                 from oppmote_tall o where o.region_id = m.region_id and o.mote_id = m.id) d
          where m.forum_id = $1
          order by m.start desc limit 40",
    )
    .bind(spenn.forum)
    .bind(spenn.fra)
    .bind(spenn.til)
    .bind(spenn.min_varighet.cast_signed())
    .bind(leder)
    .fetch_all(&mut **tx)
    .await?;
    let linjer = rader.iter().map(|r| {
        Ok(Motelinje {
            id: r.get("id"),
            start: r.get("start"),
            minutter: r.get::<i32, _>("minutter").cast_unsigned(),
            sted: r.get("sted"),
            status: les(r, "status")?,
            inviterte: antall(r, "inviterte"),
            har_svart: antall(r, "har_svart"),
            deltaker: r.get("deltaker"),
        })
    });
    let linjer = linjer.collect::<Result<_>>()?;
    let puls = Tall::les(rader.first().and_then(|r| r.get("puls")))?;
    Ok((linjer, rader.first().map(tall).unwrap_or_default(), puls))
}

pub(super) fn forum(rad: &PgRow) -> Result<Forum> {
    let enhetstype = rad.get::<Option<&str>, _>("enhetstype").and_then(|t| t.parse().ok());
    Ok(Forum {
        id: rad.get("id"),
        navn: rad.get("navn"),
        type_: les(rad, "type")?,
        mandat: rad.get("mandat"),
        kommune: rad.get("kommune"),
        enhet: rad.get("enhet"),
        sted: Sted {
            kommune: rad.get("kommune_id"),
            enhet: rad.get("enhet_id"),
            enhetstype,
            antall: rad.get::<Option<i32>, _>("antall").map(i32::cast_unsigned),
        },
        gyldig_til: rad.get("gyldig_til"),
    })
}

/// What a seat brings.
pub(super) fn evner(rad: &PgRow) -> Evner {
    let kompetanse = rad.get::<Vec<String>, _>("kompetanse");
    Evner {
        fullmakt: rad.get("fullmakt"),
        fra: rad.get("fullmakt_fra"),
        av: rad.get("fullmakt_av"),
        kompetanse: kompetanse.iter().filter_map(|k| k.parse().ok()).collect(),
    }
}

fn plass(rad: &PgRow) -> Result<Plass> {
    let person = rad.get::<Option<Uuid>, _>("person").map(|id| Person {
        id,
        navn: rad.get("person_navn"),
        tittel: rad.get("tittel"),
        epost: rad.get("epost"),
        telefon: rad.get("telefon"),
        kan_lede: rad.get("kan_lede"),
    });
    Ok(Plass {
        id: rad.get("plass"),
        tjenestetype: les(rad, "tjenestetype")?,
        tjeneste: rad.get("tjeneste"),
        person,
        vara: rad.get("vara"),
        vara_id: rad.get("vara_person_id"),
        fast: rad.get("fast"),
        moteplikt: rad.get("moteplikt"),
        leder: rad.get("leder"),
        evner: evner(rad),
        gyldig_fra: rad.get("gyldig_fra"),
        gyldig_til: rad.get("siste_dag"),
        versjon: rad.get("versjon"),
    })
}
