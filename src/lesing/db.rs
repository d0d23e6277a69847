//! SQL for what is said of a referat.
use sqlx::{Row, postgres::PgRow};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    Error, Result,
    db::{Tx, les},
    oppmote::{self, Deltaker},
    tjeneste::Tjenestetype,
};

/// One who was called in, and what they have said of a version.
pub(super) struct Leser {
    pub(super) person: Uuid,
    pub(super) navn: String,
    pub(super) tjeneste: Tjenestetype,
    pub(super) lest: Option<OffsetDateTime>,
    /// The earliest first.
    pub(super) merknader: Vec<(OffsetDateTime, String)>,
}

/// Everybody who was called in: those with a name with what they have said of version `nr`, and who came.
pub(super) async fn lesere(tx: &mut Tx, mote: Uuid, nr: i32) -> Result<(Vec<Leser>, Vec<Deltaker>)> {
    let rader = sqlx::query(
        "select d.id, d.person_id, coalesce(p.navn, d.gjest) as navn, coalesce(p.tittel, '') as tittel, d.tjenestetype, d.fast,
                d.moteplikt, d.svar, d.oppmote, d.vara_navn, d.grunn, d.kom, d.gikk, har_fullmakt(d) as fullmakt,
                l.lest, l.tider, l.merknader
           from motedeltaker d
           left join person p on p.region_id = d.region_id and p.id = d.person_id
           left join lateral (
               select max(l.tid) filter (where l.merknad is null) as lest,
                      array_agg(l.tid order by l.tid, l.id) filter (where l.merknad is not null) as tider,
                      array_agg(l.merknad order by l.tid, l.id) filter (where l.merknad is not null) as merknader
                 from referat_lesing l
                where l.region_id = d.region_id and l.mote_id = d.mote_id and l.nr = $2 and l.person_id = d.person_id) l on true
          where d.mote_id = $1
          order by d.fast desc,
                   array_position(array['enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen'], d.tjenestetype),
                   coalesce(p.navn, d.gjest), d.id",
    )
    .bind(mote)
    .bind(nr)
    .fetch_all(&mut **tx)
    .await?;
    let med_navn = rader.iter().filter(|rad| rad.get::<Option<Uuid>, _>("person_id").is_some());
    Ok((med_navn.map(leser).collect::<Result<_>>()?, rader.iter().map(oppmote::deltaker).collect::<Result<_>>()?))
}

fn leser(rad: &PgRow) -> Result<Leser> {
    let tider = rad.get::<Option<Vec<OffsetDateTime>>, _>("tider").unwrap_or_default();
    let merknader = rad.get::<Option<Vec<String>>, _>("merknader").unwrap_or_default();
    Ok(Leser {
        person: rad.get("person_id"),
        navn: rad.get("navn"),
        tjeneste: les(rad, "tjenestetype")?,
        lest: rad.get("lest"),
        merknader: tider.into_iter().zip(merknader).collect(),
    })
}

/// What decides whether the one who asks may say something.
pub(super) struct Stand {
    pub(super) innkalt: bool,
    pub(super) gjeldende: i32,
    /// When the version that counts was made.
    pub(super) tid: OffsetDateTime,
}

/// How a ferdigstilt møte stands, held so that nobody corrects it meanwhile.
pub(super) async fn stand(tx: &mut Tx, mote: Uuid) -> Result<Stand> {
    let rad = sqlx::query(
        "select referat_nr(m.id) as nr, m.ferdigstilt, v.rettet,
                exists (select from motedeltaker d
                         where d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person()) as innkalt
           from mote m
           left join lateral (select max(v.rettet) as rettet from referat_versjon v
                               where v.region_id = m.region_id and v.mote_id = m.id) v on true
          where m.id = $1
            for share of m",
    )
    .bind(mote)
    .fetch_one(&mut **tx)
    .await?;
    let ferdigstilt: Option<OffsetDateTime> = rad.get("ferdigstilt");
    let ferdigstilt = ferdigstilt.ok_or_else(|| Error::Regelbrudd("Referatet er ikke ferdig ennå".into()))?;
    let rettet: Option<OffsetDateTime> = rad.get("rettet");
    Ok(Stand { innkalt: rad.get("innkalt"), gjeldende: rad.get("nr"), tid: rettet.unwrap_or(ferdigstilt) })
}

/// Says for the one who asks that version `nr` is read (once, however often it is said), or adds a remark.
pub(super) async fn svar(tx: &mut Tx, mote: Uuid, nr: i32, merknad: Option<&str>, na: OffsetDateTime) -> Result<()> {
    sqlx::query(
        "insert into referat_lesing (id, mote_id, nr, person_id, merknad, tid) values ($1, $2, $3, gjeldende_person(), $4, $5)
         on conflict (region_id, mote_id, nr, person_id) where merknad is null do nothing",
    )
    .bind(Uuid::now_v7())
    .bind(mote)
    .bind(nr)
    .bind(merknad)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
