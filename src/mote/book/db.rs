//! SQL for booking.
use sqlx::{Row, postgres::PgRow};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    super::{Elementtype, db::les},
    FastMedlem, Grunnlag, Malelement, SYNSRAND,
    skjema::Booking,
};
use crate::{Error, Result, db::Tx};

/// The forum with its motemal, and its fixed members on `dato` with when they are taken till then and in the coming weeks.
pub(super) async fn grunnlag(tx: &mut Tx, forum: Uuid, i_dag: Date, dato: Date) -> Result<Grunnlag> {
    let mut grunnlag = hent_forum(tx, forum).await?;
    let fra = i_dag.min(dato) - Duration::days(1);
    let til = (i_dag + SYNSRAND).max(dato) + Duration::days(1);
    let rader = sqlx::query(
        "select fm.person_id, coalesce(p.navn, '') as navn, fm.tjenestetype, fm.moteplikt, o.fra, o.til
           from forum_medlem fm
           left join person p on p.region_id = fm.region_id and p.id = fm.person_id
           left join lateral (
               select array_agg(m.start order by m.start) as fra, array_agg(m.slutt order by m.start) as til
                 from motedeltaker d
                 join mote m on m.region_id = d.region_id and m.id = d.mote_id
                where d.region_id = fm.region_id and d.person_id = fm.person_id and d.svar in ('ubesvart', 'kommer')
                  and m.status in ('planlagt', 'innkalt', 'pagar') and m.dato between $3 and $4) o on true
          where fm.forum_id = $1 and fm.fast and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> $2::date
          order by array_position(array['enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen'], fm.tjenestetype),
                   p.navn, fm.id",
    )
    .bind(forum)
    .bind(dato)
    .bind(fra)
    .bind(til)
    .fetch_all(&mut **tx)
    .await?;
    grunnlag.medlemmer = rader.iter().map(medlem).collect::<Result<_>>()?;
    Ok(grunnlag)
}

fn medlem(rad: &PgRow) -> Result<FastMedlem> {
    let tider = |navn: &str| rad.get::<Option<Vec<OffsetDateTime>>, _>(navn).unwrap_or_default();
    Ok(FastMedlem {
        person: rad.get("person_id"),
        navn: rad.get("navn"),
        tjeneste: les(rad, "tjenestetype")?,
        moteplikt: rad.get("moteplikt"),
        opptatt: tider("fra").into_iter().zip(tider("til")).collect(),
    })
}

/// The forum and its motemal's elements; a kind of forum without a motemal gets one element of an hour.
async fn hent_forum(tx: &mut Tx, forum: Uuid) -> Result<Grunnlag> {
    let rader = sqlx::query(
        "select f.navn, f.type like 'tst%' as er_tst, f.kommune_id, f.enhet_id, concat_ws(', ', e.navn, k.navn) as hvor,
                concat_ws(', ', e.navn, nullif(e.adresse, '')) as sted, mal.id as motemal,
                daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag() as gjelder,
                me.type, me.tittel, me.hjelp, me.minutter
           from forum f
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
           left join motemal mal on mal.region_id = f.region_id and mal.forum_type = f.type and mal.gjeldende
           left join motemal_element me on me.region_id = mal.region_id and me.motemal_id = mal.id
          where f.id = $1
          order by me.plass",
    )
    .bind(forum)
    .fetch_all(&mut **tx)
    .await?;
    let forst = rader.first().ok_or(Error::IkkeFunnet)?;
    if !forst.get::<bool, _>("gjelder") {
        return Err(Error::Regelbrudd("Teamet er avsluttet, så det kan ikke bookes møter i det".to_owned()));
    }
    let elementer = if forst.get::<Option<String>, _>("type").is_some() {
        rader.iter().map(malelement).collect::<Result<_>>()?
    } else {
        vec![saker()]
    };
    Ok(Grunnlag {
        forum,
        navn: forst.get("navn"),
        hvor: forst.get("hvor"),
        er_tst: forst.get("er_tst"),
        kommune: forst.get("kommune_id"),
        enhet: forst.get("enhet_id"),
        sted: forst.get("sted"),
        motemal: forst.get("motemal"),
        elementer,
        medlemmer: Vec::new(),
    })
}

fn saker() -> Malelement {
    Malelement { elementtype: Elementtype::Annet, tittel: "Saker".to_owned(), hjelp: String::new(), minutter: 60 }
}

fn malelement(rad: &PgRow) -> Result<Malelement> {
    Ok(Malelement {
        elementtype: les(rad, "type")?,
        tittel: rad.get("tittel"),
        hjelp: rad.get("hjelp"),
        minutter: rad.get::<i32, _>("minutter").unsigned_abs(),
    })
}

/// Makes the møte with its elements in order and invites the fixed members, vacant seats too.
pub(super) async fn opprett(tx: &mut Tx, grunnlag: &Grunnlag, booking: &Booking, na: OffsetDateTime) -> Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into mote (id, forum_id, motemal_id, start, minutter, sted, status, kort_begrunnelse, moteleder_id, opprettet_av, opprettet)
         values ($1, $2, $3, $4, $5, $6, $7, $8, gjeldende_person(), gjeldende_person(), $9)",
    )
    .bind(id)
    .bind(grunnlag.forum)
    .bind(grunnlag.motemal)
    .bind(booking.start)
    .bind(booking.minutter.iter().sum::<i32>())
    .bind(&booking.sted)
    .bind(booking.status.slug())
    .bind(&booking.kort_begrunnelse)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    sett_inn_elementer(tx, id, grunnlag, &booking.minutter).await?;
    inviter(tx, id, &grunnlag.medlemmer).await?;
    Ok(id)
}

async fn sett_inn_elementer(tx: &mut Tx, mote: Uuid, grunnlag: &Grunnlag, minutter: &[i32]) -> Result<()> {
    let elementer = &grunnlag.elementer;
    sqlx::query(
        "insert into moteelement (id, mote_id, plass, type, tittel, hjelp, minutter)
         select e.id, $1, e.plass, e.type, e.tittel, e.hjelp, e.minutter
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[])
                with ordinality as e (id, type, tittel, hjelp, minutter, plass)",
    )
    .bind(mote)
    .bind(elementer.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>())
    .bind(elementer.iter().map(|e| e.elementtype.slug()).collect::<Vec<_>>())
    .bind(elementer.iter().map(|e| e.tittel.as_str()).collect::<Vec<_>>())
    .bind(elementer.iter().map(|e| e.hjelp.as_str()).collect::<Vec<_>>())
    .bind(minutter)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn inviter(tx: &mut Tx, mote: Uuid, medlemmer: &[FastMedlem]) -> Result<()> {
    sqlx::query(
        "insert into motedeltaker (id, mote_id, person_id, tjenestetype, fast, moteplikt)
         select d.id, $1, d.person, d.tjenestetype, true, d.moteplikt
           from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bool[]) as d (id, person, tjenestetype, moteplikt)
         on conflict do nothing",
    )
    .bind(mote)
    .bind(medlemmer.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>())
    .bind(medlemmer.iter().map(|m| m.person).collect::<Vec<_>>())
    .bind(medlemmer.iter().map(|m| m.tjeneste.slug()).collect::<Vec<_>>())
    .bind(medlemmer.iter().map(|m| m.moteplikt).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await?;
    Ok(())
}
