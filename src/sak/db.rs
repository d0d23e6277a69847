//! SQL for saker. The move itself is checked by `sak_gang` too; every write holds the sak first.
use sqlx::{Row, postgres::PgRow};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Motet, Ny, Oppsett, Sak, Status, Utfall};
use crate::{
    Result,
    db::{Tx, les, les_mulig, les_ord},
    mote::Elementtype,
};

/// A forum as the form of a need knows it.
pub(super) struct Team {
    pub(super) navn: String,
    pub(super) avsluttet: bool,
    /// Whether it may talk about a child: only a TST does.
    pub(super) er_tst: bool,
    pub(super) neste: Option<OffsetDateTime>,
}

pub(super) async fn team(tx: &mut Tx, forum: Uuid) -> Result<Team> {
    let rad = sqlx::query(
        "select f.navn, coalesce(f.gyldig_til < i_dag(), false) as avsluttet, f.type like 'tst%' as er_tst,
                (select min(m.start) from mote m
                  where m.region_id = f.region_id and m.forum_id = f.id and m.status in ('planlagt', 'innkalt')) as neste
           from forum f where f.id = $1",
    )
    .bind(forum)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Team {
        navn: rad.get("navn"),
        avsluttet: rad.get("avsluttet"),
        er_tst: rad.get("er_tst"),
        neste: rad.get("neste"),
    })
}

/// Reports a need. What the leader reports stands on the agenda at once, in the møte that is under way if there is one.
pub(super) async fn meld(tx: &mut Tx, forum: Uuid, ny: &Ny, av_leder: bool, na: OffsetDateTime) -> Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into sak (id, forum_id, elementtype, niva, grunnlag, samtykke_ref, tittel, beskrivelse, status, meldt_av, meldt,
                          avgjort_av, avgjort, mote_id)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, gjeldende_person(), $10::timestamptz,
                case when $11 then gjeldende_person() end, case when $11 then $10::timestamptz end,
                (select m.id from mote m where $11 and m.forum_id = $2 and m.status = 'pagar' order by m.start limit 1)",
    )
    .bind(id)
    .bind(forum)
    .bind(ny.slag.elementtype().slug())
    .bind(ny.slag.niva().slug())
    .bind(ny.slag.grunnlag().map(super::Grunnlag::slug))
    .bind(&ny.samtykke_ref)
    .bind(&ny.tittel)
    .bind(&ny.beskrivelse)
    .bind(if av_leder { Status::SattOpp.slug() } else { Status::Foreslatt.slug() })
    .bind(na)
    .bind(av_leder)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// The kinds of the elements of a møte, in order.
pub(super) async fn elementer(tx: &mut Tx, mote: Uuid) -> Result<Vec<Elementtype>> {
    let typer: Vec<String> = sqlx::query_scalar("select type from moteelement where mote_id = $1 order by plass")
        .bind(mote)
        .fetch_all(&mut **tx)
        .await?;
    typer.iter().map(|ord| les_ord(ord)).collect()
}

/// Stores the order of saker that stand under one element.
pub(super) async fn lagre_rekkefolge(tx: &mut Tx, saker: &[Uuid]) -> Result<()> {
    sqlx::query(
        "update sak set plass = ny.plass from unnest($1::uuid[]) with ordinality as ny (id, plass)
          where sak.id = ny.id and sak.plass <> ny.plass",
    )
    .bind(saker)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A sak, with the møte it stands on or waits for.
pub(super) async fn hent(tx: &mut Tx, id: Uuid) -> Result<Sak> {
    let rad = sqlx::query(
        "select s.id, s.forum_id, f.navn as forum, s.elementtype, s.niva, s.grunnlag, s.samtykke_ref, s.tittel, s.beskrivelse,
                s.minutter, s.fast, s.status, s.utfall, s.avslag_grunn, s.meldt_av, p.navn as meldt_av_navn, s.meldt, s.versjon,
                m.id as mote, m.start, m.status as mote_status, fm.id as fra_mote, fm.dato as fra_dato
           from sak s
           join forum f on f.region_id = s.region_id and f.id = s.forum_id
           join person p on p.region_id = s.region_id and p.id = s.meldt_av
           left join lateral (
               select m.id, m.start, m.status from mote m
                where m.region_id = s.region_id and m.forum_id = s.forum_id
                  and (m.id = s.mote_id
                       or (s.mote_id is null and m.status in ('planlagt', 'innkalt', 'pagar')
                           and (s.ikke_for is null or s.ikke_for <= m.dato)))
                order by m.start limit 1) m on true
           left join sak fra on fra.region_id = s.region_id and fra.id = s.fra_sak_id
           left join mote fm on fm.region_id = fra.region_id and fm.id = fra.mote_id
          where s.id = $1",
    )
    .bind(id)
    .fetch_one(&mut **tx)
    .await?;
    les_sak(&rad)
}

/// As [`hent`], holding the sak until the transaction ends.
pub(super) async fn hent_for_endring(tx: &mut Tx, id: Uuid) -> Result<Sak> {
    sqlx::query("select from sak where id = $1 for update").bind(id).fetch_one(&mut **tx).await?;
    hent(tx, id).await
}

fn les_sak(rad: &PgRow) -> Result<Sak> {
    let mote = match rad.get::<Option<Uuid>, _>("mote") {
        Some(id) => Some(Motet { id, start: rad.get("start"), status: les(rad, "mote_status")? }),
        None => None,
    };
    Ok(Sak {
        id: rad.get("id"),
        forum: (rad.get("forum_id"), rad.get("forum")),
        elementtype: les(rad, "elementtype")?,
        niva: les(rad, "niva")?,
        grunnlag: les_mulig(rad, "grunnlag")?,
        samtykke_ref: rad.get("samtykke_ref"),
        tittel: rad.get("tittel"),
        beskrivelse: rad.get("beskrivelse"),
        minutter: rad.get::<Option<i32>, _>("minutter").map(i32::unsigned_abs),
        fast: rad.get("fast"),
        status: les(rad, "status")?,
        utfall: les_mulig(rad, "utfall")?,
        avslag_grunn: rad.get("avslag_grunn"),
        meldt_av: (rad.get("meldt_av"), rad.get("meldt_av_navn")),
        meldt: rad.get("meldt"),
        versjon: rad.get("versjon"),
        mote,
        fra: rad.get::<Option<Uuid>, _>("fra_mote").map(|id| (id, rad.get("fra_dato"))),
    })
}

/// Where a sak stands after a step; the møte under way takes in what is put up meanwhile.
pub(super) async fn lagre_status(
    tx: &mut Tx,
    id: Uuid,
    status: Status,
    (grunn, utfall): (&str, Option<Utfall>),
    na: OffsetDateTime,
) -> Result<()> {
    sqlx::query(
        "update sak s set status = $2, avslag_grunn = $3, utfall = $4, avgjort = case when $2 <> 'foreslatt' then $5::timestamptz end,
                avgjort_av = case when $2 <> 'foreslatt' then gjeldende_person() end,
                mote_id = case when $2 in ('satt_opp', 'behandlet') then coalesce(s.mote_id,
                    (select m.id from mote m
                      where m.region_id = s.region_id and m.forum_id = s.forum_id and m.status = 'pagar'
                        and (s.ikke_for is null or s.ikke_for <= m.dato)
                      order by m.start limit 1)) end,
                versjon = versjon + 1
          where id = $1",
    )
    .bind(id)
    .bind(status.slug())
    .bind(grunn)
    .bind(utfall.map(Utfall::slug))
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How it stands on the agenda.
pub(super) async fn lagre_oppsett(tx: &mut Tx, id: Uuid, oppsett: Oppsett) -> Result<()> {
    sqlx::query("update sak set elementtype = $2, minutter = $3, fast = $4 where id = $1")
        .bind(id)
        .bind(oppsett.elementtype.slug())
        .bind(oppsett.minutter.map(u32::cast_signed))
        .bind(oppsett.fast)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Puts a sak off: it waits for a møte on a later day than the one it stands on.
pub(super) async fn utsett(tx: &mut Tx, id: Uuid, mote: &Motet) -> Result<()> {
    sqlx::query("update sak set mote_id = null, ikke_for = $2, versjon = versjon + 1 where id = $1")
        .bind(id)
        .bind(crate::tid::dag(mote.start).next_day())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The saker of a møte as `Saker::les` reads them, for pages that do not read the møte itself.
pub(super) async fn ved_mote(tx: &mut Tx, mote: Uuid) -> Result<String> {
    Ok(sqlx::query_scalar("select saker_ved_mote(m)::text from mote m where m.id = $1")
        .bind(mote)
        .fetch_one(&mut **tx)
        .await?)
}
