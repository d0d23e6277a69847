//! SQL for answers and attendance.
use sqlx::{Row, postgres::PgRow};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Deltaker, Detaljer, Forfallsgrunn, Opphold, Oppmote, Svar, Trykk, kan_fore, kan_fore_eget, kan_svare, tider::Tider,
};
use crate::{
    Error, Result,
    db::{Tx, les, les_mulig},
    mote::Status,
    tjeneste::Tjenestetype,
};

/// A møte as its participant sees it on a page of one question, with what they have given so far.
pub(super) struct Sporsmal {
    pub(super) forum: String,
    pub(super) start: OffsetDateTime,
    pub(super) slutt: OffsetDateTime,
    pub(super) status: Status,
    pub(super) dato: Date,
    pub(super) deltaker: Egen,
}

/// What a row of motedeltaker holds of answer and attendance.
pub(super) struct Egen {
    /// The person, or the service whose seat is empty.
    pub(super) hvem: String,
    pub(super) svar: String,
    pub(super) oppmote: String,
    pub(super) vara: String,
    pub(super) grunn: String,
}

/// Everybody invited to a møte: those who must come first, then by service and name.
pub async fn deltakere(tx: &mut Tx, mote: Uuid) -> Result<Vec<Deltaker>> {
    Ok(deltakere_i(tx, &[mote]).await?.into_iter().map(|(_, deltaker)| deltaker).collect())
}

/// The same of many møter, each with its møte.
pub async fn deltakere_i(tx: &mut Tx, moter: &[Uuid]) -> Result<Vec<(Uuid, Deltaker)>> {
    let rader = sqlx::query(
        "select d.mote_id, d.id, d.person_id, coalesce(p.navn, d.gjest) as navn, coalesce(p.tittel, '') as tittel, d.tjenestetype, d.fast,
                d.moteplikt, d.svar, d.oppmote, d.vara_navn, d.grunn, d.kom, d.gikk, har_fullmakt(d) as fullmakt
           from motedeltaker d
           left join person p on p.region_id = d.region_id and p.id = d.person_id
          where d.mote_id = any($1)
          order by d.moteplikt desc, d.fast desc,
                   array_position(array['enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen'], d.tjenestetype),
                   coalesce(p.navn, d.gjest), d.id",
    )
    .bind(moter)
    .fetch_all(&mut **tx)
    .await?;
    rader.iter().map(|rad| Ok((rad.get("mote_id"), deltaker(rad)?))).collect()
}

/// A participant of a row with the columns that [`deltakere`] asks for.
pub fn deltaker(rad: &PgRow) -> Result<Deltaker> {
    Ok(Deltaker {
        id: rad.get("id"),
        person: rad.get("person_id"),
        navn: rad.get("navn"),
        tittel: rad.get("tittel"),
        tjeneste: les(rad, "tjenestetype")?,
        fast: rad.get("fast"),
        moteplikt: rad.get("moteplikt"),
        fullmakt: rad.get("fullmakt"),
        svar: les(rad, "svar")?,
        oppmote: les_mulig(rad, "oppmote")?,
        vara: rad.get("vara_navn"),
        grunn: les_mulig(rad, "grunn")?,
        opphold: opphold(rad),
    })
}

fn opphold(rad: &PgRow) -> Opphold {
    Opphold { kom: rad.get("kom"), gikk: rad.get("gikk") }
}

/// The møte and one participant's row: their own, or the one named.
pub(super) async fn sporsmal(tx: &mut Tx, mote: Uuid, deltaker: Option<Uuid>) -> Result<Sporsmal> {
    let rad = sqlx::query(
        "select f.navn as forum, m.start, m.slutt, m.status, m.dato, d.tjenestetype, coalesce(p.navn, d.gjest) as navn, d.svar, d.oppmote, d.vara_navn, d.grunn
           from mote m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
           join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id
            and case when $2::uuid is null then d.person_id = gjeldende_person() else d.id = $2 end
           left join person p on p.region_id = d.region_id and p.id = d.person_id
          where m.id = $1",
    )
    .bind(mote)
    .bind(deltaker)
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(if deltaker.is_some() { Error::IkkeFunnet } else { Error::IkkeTilgang })?;
    let tekst = |navn: &str| rad.get::<Option<String>, _>(navn).unwrap_or_default();
    Ok(Sporsmal {
        forum: rad.get("forum"),
        start: rad.get("start"),
        slutt: rad.get("slutt"),
        status: les(&rad, "status")?,
        dato: rad.get("dato"),
        deltaker: Egen {
            hvem: hvem(&rad)?,
            svar: tekst("svar"),
            oppmote: tekst("oppmote"),
            vara: tekst("vara_navn"),
            grunn: tekst("grunn"),
        },
    })
}

/// Where a møte stands, held until the transaction ends so that it cannot be finished meanwhile.
async fn hold_fast(tx: &mut Tx, mote: Uuid) -> Result<(Status, Date)> {
    let rad =
        sqlx::query("select status, dato from mote where id = $1 for share").bind(mote).fetch_one(&mut **tx).await?;
    Ok((les(&rad, "status")?, rad.get("dato")))
}

/// Stores one's own answer.
pub(super) async fn lagre_svar(tx: &mut Tx, mote: Uuid, svar: Svar, med: &Detaljer, na: OffsetDateTime) -> Result<()> {
    let (status, _) = hold_fast(tx, mote).await?;
    let fort: Option<bool> = sqlx::query_scalar(
        "select oppmote is not null from motedeltaker where mote_id = $1 and person_id = gjeldende_person() for update",
    )
    .bind(mote)
    .fetch_optional(&mut **tx)
    .await?;
    kan_svare(status, fort.ok_or(Error::IkkeTilgang)?)?;
    sqlx::query(
        "update motedeltaker set svar = $2, vara_navn = $3, grunn = $4, svar_tid = $5
          where mote_id = $1 and person_id = gjeldende_person()",
    )
    .bind(mote)
    .bind(svar.slug())
    .bind(&med.vara)
    .bind(med.grunn.map(Forfallsgrunn::slug))
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Stores attendance: a participant's own, or as the leader registers it for `deltaker`. Gives whose it is.
pub(super) async fn lagre_oppmote(
    tx: &mut Tx,
    mote: Uuid,
    deltaker: Option<Uuid>,
    (oppmote, med): (Oppmote, &Detaljer),
    (na, i_dag): (OffsetDateTime, Date),
) -> Result<String> {
    let (status, dato) = hold_fast(tx, mote).await?;
    if deltaker.is_some() {
        kan_fore(status)?;
    } else {
        kan_fore_eget(status, dato, i_dag)?;
    }
    let rad = sqlx::query(
        "update motedeltaker d
            set oppmote = $3, vara_navn = $4, grunn = $5, oppmote_tid = $6, oppmote_av = gjeldende_person(),
                kom = case when $3 in ('til_stede', 'vara') then d.kom end, gikk = case when $3 in ('til_stede', 'vara') then d.gikk end
          where d.mote_id = $1 and case when $2::uuid is null then d.person_id = gjeldende_person() else d.id = $2 end
         returning d.tjenestetype, (select p.navn from person p where p.region_id = d.region_id and p.id = d.person_id)",
    )
    .bind(mote)
    .bind(deltaker)
    .bind(oppmote.slug())
    .bind(&med.vara)
    .bind(med.grunn.map(Forfallsgrunn::slug))
    .bind(na)
    .fetch_optional(&mut **tx)
    .await?;
    hvem(&rad.ok_or(if deltaker.is_some() { Error::IkkeFunnet } else { Error::IkkeTilgang })?)
}

/// How to speak of a participant: the person, or the service whose seat is empty.
fn hvem(rad: &PgRow) -> Result<String> {
    let tjeneste: Tjenestetype = les(rad, "tjenestetype")?;
    Ok(rad.get::<Option<String>, _>("navn").unwrap_or_else(|| tjeneste.navn().to_owned()))
}

/// Registers as present everybody who is not registered and has not said that they stay away. Gives how many, and how many
/// are still left.
pub(super) async fn alle_til_stede(tx: &mut Tx, mote: Uuid, na: OffsetDateTime) -> Result<(u64, i64)> {
    kan_fore(hold_fast(tx, mote).await?.0)?;
    let fort = sqlx::query(
        "update motedeltaker
            set oppmote = 'til_stede', vara_navn = null, grunn = null, oppmote_tid = $2, oppmote_av = gjeldende_person()
          where mote_id = $1 and oppmote is null and person_id is not null and svar in ('ubesvart', 'kommer')",
    )
    .bind(mote)
    .bind(na)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    let igjen = sqlx::query_scalar("select count(*) from motedeltaker where mote_id = $1 and oppmote is null")
        .bind(mote)
        .fetch_one(&mut **tx)
        .await?;
    Ok((fort, igjen))
}

/// What became of clock times that were sent.
pub(super) enum Tidssvar {
    /// Stored: whose they are, and what now stands.
    Lagret(String, Opphold),
    /// Somebody else had stored these since the page was read; nothing is changed.
    Utdatert(Opphold),
}

/// Stores when a participant came and left, as the leader registers it. Whoever has a clock time was there.
pub(super) async fn lagre_tider(
    tx: &mut Tx,
    mote: Uuid,
    deltaker: Uuid,
    tider: Tider,
    na: OffsetDateTime,
) -> Result<Tidssvar> {
    let rad = sqlx::query(
        "select status, case when (startet at time zone 'Europe/Oslo')::date = dato then least(start, startet) else start end as begynte
           from mote where id = $1 for share",
    )
    .bind(mote)
    .fetch_one(&mut **tx)
    .await?;
    kan_fore(les(&rad, "status")?)?;
    let begynte = rad.get("begynte");
    let rad = sqlx::query(
        "select d.tjenestetype, d.oppmote, d.kom, d.gikk,
                (select p.navn from person p where p.region_id = d.region_id and p.id = d.person_id) as navn
           from motedeltaker d where d.mote_id = $1 and d.id = $2 for update",
    )
    .bind(mote)
    .bind(deltaker)
    .fetch_one(&mut **tx)
    .await?;
    let (lagret, oppmote) = (opphold(&rad), les_mulig::<Oppmote>(&rad, "oppmote")?);
    let kom = oppmote.is_some_and(Oppmote::oppfyller_moteplikt);
    let nytt = match tider {
        Tider::Na(trykk) if kom || trykk == Trykk::Kom => lagret.etter(trykk, na),
        Tider::Na(_) => return Err(Error::Regelbrudd("Før først at de er til stede.".into())),
        Tider::Klokke { kom, gikk, lest } => {
            let nytt = Opphold::av_klokke(kom, gikk, begynte);
            if nytt.klokker() != lagret.klokker() && lest != lagret.klokker() {
                return Ok(Tidssvar::Utdatert(lagret));
            }
            nytt
        }
    };
    let nytt = nytt.sjekk(begynte)?;
    sqlx::query(
        "update motedeltaker
            set kom = $3, gikk = $4, oppmote_tid = $5, oppmote_av = gjeldende_person(),
                oppmote = case when $6 then 'til_stede' else oppmote end,
                vara_navn = case when $6 then null else vara_navn end, grunn = case when $6 then null else grunn end
          where mote_id = $1 and id = $2",
    )
    .bind(mote)
    .bind(deltaker)
    .bind(nytt.kom)
    .bind(nytt.gikk)
    .bind(na)
    .bind(!kom && nytt.er_notert())
    .execute(&mut **tx)
    .await?;
    Ok(Tidssvar::Lagret(hvem(&rad)?, nytt))
}
