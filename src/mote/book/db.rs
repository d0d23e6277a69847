//! SQL for booking: what møter are made from, and the making of them, one or many.
use serde::Deserialize;
use sqlx::{Row, postgres::PgRow};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{super::Elementtype, FastMedlem, Grunnlag, Malelement, NyttMote, SYNSRAND};
use crate::{
    Error, Result,
    db::{Tx, les_mulig, les_ord},
    tid,
};

/// The forum with its motemal, and its fixed members on `dato` with when they are taken till then and in the coming weeks.
pub(super) async fn grunnlag_pa(tx: &mut Tx, forum: Uuid, i_dag: Date, dato: Date) -> Result<Grunnlag> {
    let fra = i_dag.min(dato) - Duration::days(1);
    let til = (i_dag + SYNSRAND).max(dato) + Duration::days(1);
    let mut grunnlag = grunnlag(tx, &[forum], fra, til).await?.pop().ok_or(Error::IkkeFunnet)?;
    grunnlag.medlemmer.retain(|m| m.gjelder(dato));
    Ok(grunnlag)
}

/// Each forum with its motemal's elements, and the fixed members it has between two days with when they are taken then. A kind
/// of forum without a motemal gets one element of an hour; a forum that has ended is refused. In the order of `team`.
pub(crate) async fn grunnlag(tx: &mut Tx, team: &[Uuid], fra: Date, til: Date) -> Result<Vec<Grunnlag>> {
    let rader = sqlx::query(
        "select f.id, f.navn, f.type like 'tst%' as er_tst, f.kommune_id, f.enhet_id, concat_ws(', ', e.navn, k.navn) as hvor,
                concat_ws(', ', e.navn, nullif(e.adresse, '')) as sted, e.type as enhetstype, e.antall, mal.id as motemal,
                daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag() as gjelder, me.elementer::text, fm.medlemmer::text,
                leder.person_id as leder,
                array(select m.dato from mote m
                       where m.region_id = f.region_id and m.forum_id = f.id and m.status in ('planlagt', 'innkalt', 'pagar')
                         and m.dato between $2 and $3 order by m.start) as egne
           from unnest($1::uuid[]) with ordinality as q (forum, nr)
           join forum f on f.id = q.forum
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
           left join motemal mal on mal.region_id = f.region_id and mal.forum_type = f.type and mal.gjeldende
           left join lateral (
               select json_agg(json_build_object('type', me.type, 'tittel', me.tittel, 'hjelp', me.hjelp, 'minutter', me.minutter)
                               order by me.plass) as elementer
                 from motemal_element me where me.region_id = mal.region_id and me.motemal_id = mal.id) me on true
           left join lateral (
               select fm.person_id from forum_medlem fm
                where fm.region_id = f.region_id and fm.forum_id = f.id and fm.leder and fm.person_id is not null
                  and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag()
                order by fm.person_id = gjeldende_person() desc, fm.gyldig_fra, fm.id limit 1) leder on true
           left join lateral (
               select json_agg(json_build_object('person', fm.person_id, 'navn', coalesce(p.navn, ''), 'tjeneste', fm.tjenestetype,
                                   'moteplikt', fm.moteplikt, 'fra', fm.gyldig_fra, 'til', fm.gyldig_til,
                                   'opptatt', coalesce(opptatt(fm.person_id, $2, $3), '[]'::json))
                          order by array_position(array['enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen'], fm.tjenestetype),
                                   p.navn, fm.id) as medlemmer
                 from forum_medlem fm
                 left join person p on p.region_id = fm.region_id and p.id = fm.person_id
                where fm.region_id = f.region_id and fm.forum_id = f.id and fm.fast
                  and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') && daterange($2, $3, '[]')) fm on true
          order by q.nr",
    )
    .bind(team)
    .bind(fra)
    .bind(til)
    .fetch_all(&mut **tx)
    .await?;
    if rader.len() == team.len() { rader.iter().map(av_rad).collect() } else { Err(Error::IkkeFunnet) }
}

fn av_rad(rad: &PgRow) -> Result<Grunnlag> {
    let navn: String = rad.get("navn");
    if !rad.get::<bool, _>("gjelder") {
        return Err(Error::Regelbrudd(format!("{navn} er avsluttet, så det kan ikke bookes møter i det")));
    }
    let elementer: Vec<Elementrad> = json(rad, "elementer")?;
    let medlemmer: Vec<Medlemsrad> = json(rad, "medlemmer")?;
    Ok(Grunnlag {
        forum: rad.get("id"),
        navn,
        hvor: rad.get("hvor"),
        er_tst: rad.get("er_tst"),
        kommune: rad.get("kommune_id"),
        enhet: rad.get("enhet_id"),
        enhetstype: les_mulig(rad, "enhetstype")?,
        antall: rad.get::<Option<i32>, _>("antall").map(i32::cast_unsigned),
        sted: rad.get("sted"),
        motemal: rad.get("motemal"),
        leder: rad.get("leder"),
        elementer: if elementer.is_empty() {
            vec![saker()]
        } else {
            elementer.into_iter().map(Elementrad::les).collect::<Result<_>>()?
        },
        medlemmer: medlemmer.into_iter().map(Medlemsrad::les).collect::<Result<_>>()?,
        egne: rad.get("egne"),
    })
}

/// What Postgres has gathered in one column; nothing gathered is an empty list.
fn json<T: for<'de> Deserialize<'de>>(rad: &PgRow, kolonne: &str) -> Result<Vec<T>> {
    let Some(tekst) = rad.get::<Option<String>, _>(kolonne) else { return Ok(Vec::new()) };
    serde_json::from_str(&tekst).map_err(|feil| Error::Intern(format!("{kolonne}: {feil}")))
}

#[derive(Deserialize)]
struct Elementrad {
    r#type: String,
    tittel: String,
    hjelp: String,
    minutter: u32,
}

#[derive(Deserialize)]
struct Medlemsrad {
    person: Option<Uuid>,
    navn: String,
    tjeneste: String,
    moteplikt: bool,
    fra: String,
    til: Option<String>,
    opptatt: Vec<(i64, i64)>,
}

impl Elementrad {
    fn les(self) -> Result<Malelement> {
        let elementtype = les_ord(&self.r#type)?;
        Ok(Malelement { elementtype, tittel: self.tittel, hjelp: self.hjelp, minutter: self.minutter })
    }
}

impl Medlemsrad {
    fn les(self) -> Result<FastMedlem> {
        let dag = |iso: &str| tid::les_dato(iso).ok_or_else(|| Error::Intern(format!("a day is «{iso}»")));
        let tid = |s: i64| OffsetDateTime::from_unix_timestamp(s).map_err(|_| Error::Intern(format!("a time is {s}")));
        Ok(FastMedlem {
            person: self.person,
            navn: self.navn,
            tjeneste: les_ord(&self.tjeneste)?,
            moteplikt: self.moteplikt,
            fra: dag(&self.fra)?,
            til: self.til.as_deref().map(dag).transpose()?,
            opptatt: self.opptatt.into_iter().map(|(fra, til)| Ok((tid(fra)?, tid(til)?))).collect::<Result<_>>()?,
        })
    }
}

fn saker() -> Malelement {
    Malelement { elementtype: Elementtype::Annet, tittel: "Saker".to_owned(), hjelp: String::new(), minutter: 60 }
}

/// Makes møter with their elements in order and invites the fixed members, vacant seats too: three statements however many.
/// Gives their ids, rising, in the order of `moter`.
pub(crate) async fn opprett(tx: &mut Tx, moter: &[NyttMote<'_>], na: OffsetDateTime) -> Result<Vec<Uuid>> {
    let ider: Vec<Uuid> = moter.iter().map(|_| Uuid::now_v7()).collect();
    sqlx::query(
        "insert into mote (id, forum_id, motemal_id, start, minutter, sted, status, kort_begrunnelse, moteleder_id, opprettet_av,
                           opprettet)
         select m.id, m.forum, m.motemal, m.start, m.minutter, m.sted, m.status, m.kort, m.leder, gjeldende_person(), $10
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::int[], $6::text[], $7::text[], $8::text[], $9::uuid[])
                as m (id, forum, motemal, start, minutter, sted, status, kort, leder)",
    )
    .bind(&ider)
    .bind(moter.iter().map(|m| m.grunnlag.forum).collect::<Vec<_>>())
    .bind(moter.iter().map(|m| m.grunnlag.motemal).collect::<Vec<_>>())
    .bind(moter.iter().map(|m| m.start).collect::<Vec<_>>())
    .bind(moter.iter().map(|m| m.minutter.iter().sum::<i32>()).collect::<Vec<_>>())
    .bind(moter.iter().map(|m| m.sted).collect::<Vec<_>>())
    .bind(moter.iter().map(|m| m.status.slug()).collect::<Vec<_>>())
    .bind(moter.iter().map(|m| m.kort_begrunnelse).collect::<Vec<_>>())
    .bind(moter.iter().map(|m| m.grunnlag.leder).collect::<Vec<_>>())
    .bind(na)
    .execute(&mut **tx)
    .await?;
    sett_inn_elementer(tx, &ider, moter).await?;
    inviter(tx, &ider, moter).await?;
    Ok(ider)
}

async fn sett_inn_elementer(tx: &mut Tx, ider: &[Uuid], moter: &[NyttMote<'_>]) -> Result<()> {
    let hvert = |(id, mote): (&Uuid, &NyttMote<'_>)| {
        let id = *id;
        let elementer = (1_i32..).zip(mote.grunnlag.elementer.clone()).zip(mote.minutter.clone());
        elementer.map(move |((plass, element), minutter)| (id, plass, element, minutter))
    };
    let alle: Vec<_> = ider.iter().zip(moter).flat_map(hvert).collect();
    sqlx::query(
        "insert into moteelement (id, mote_id, plass, type, tittel, hjelp, minutter)
         select e.id, e.mote, e.plass, e.type, e.tittel, e.hjelp, e.minutter
           from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::int[])
                as e (id, mote, plass, type, tittel, hjelp, minutter)",
    )
    .bind(alle.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>())
    .bind(alle.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(alle.iter().map(|(_, plass, ..)| *plass).collect::<Vec<_>>())
    .bind(alle.iter().map(|(_, _, e, _)| e.elementtype.slug()).collect::<Vec<_>>())
    .bind(alle.iter().map(|(_, _, e, _)| e.tittel.as_str()).collect::<Vec<_>>())
    .bind(alle.iter().map(|(_, _, e, _)| e.hjelp.as_str()).collect::<Vec<_>>())
    .bind(alle.iter().map(|(.., minutter)| *minutter).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Calls in those whose seat holds on the day of each møte.
async fn inviter(tx: &mut Tx, ider: &[Uuid], moter: &[NyttMote<'_>]) -> Result<()> {
    let hvert = |(id, mote): (&Uuid, &NyttMote<'_>)| {
        let (id, dato) = (*id, tid::dag(mote.start));
        let medlemmer: Vec<FastMedlem> = mote.grunnlag.medlemmer.iter().filter(|m| m.gjelder(dato)).cloned().collect();
        medlemmer.into_iter().map(move |m| (id, m))
    };
    let alle: Vec<_> = ider.iter().zip(moter).flat_map(hvert).collect();
    sqlx::query(
        "insert into motedeltaker (id, mote_id, person_id, tjenestetype, fast, moteplikt)
         select d.id, d.mote, d.person, d.tjenestetype, true, d.moteplikt
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bool[]) as d (id, mote, person, tjenestetype, moteplikt)
         on conflict do nothing",
    )
    .bind(alle.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>())
    .bind(alle.iter().map(|(mote, _)| *mote).collect::<Vec<_>>())
    .bind(alle.iter().map(|(_, m)| m.person).collect::<Vec<_>>())
    .bind(alle.iter().map(|(_, m)| m.tjeneste.slug()).collect::<Vec<_>>())
    .bind(alle.iter().map(|(_, m)| m.moteplikt).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await?;
    Ok(())
}
