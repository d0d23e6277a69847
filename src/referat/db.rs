//! SQL for the referat. Every write holds the møte first, so that nobody finishes it meanwhile.
use sqlx::{Row, postgres::PgRow};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Beslutning, Lop, Punkt, Referat};
use crate::{
    Error, Result,
    db::{Tx, les, les_ord},
    kompetanse::Heving,
    medvirkning::Medvirkning,
    mote::{Handling, Status},
    tid,
    tjeneste::Tjenestetype,
};

/// A møte with its elements, notes and decisions, in one statement.
pub async fn hent(tx: &mut Tx, mote: Uuid) -> Result<Referat> {
    let rader = sqlx::query(
        "select f.navn as forum, f.type like 'tst%' as er_tst, f.kommune_id, f.enhet_id, m.start, m.slutt, m.sted, m.status,
                m.minutter, m.kort_begrunnelse, m.moteleder_id, l.navn as moteleder, to_json(v)::text as medvirkning,
                exists (select from sak s
                         where s.region_id = m.region_id and s.mote_id = m.id and s.niva = 'individ' and s.status = 'behandlet') as om_barn,
                e.id, e.type, e.tittel, e.hjelp, e.minutter as punkt_minutter, e.gjennomfort, e.notat, e.notat_tid, e.versjon,
                e.startet, e.pagar_fra, e.brukt_sekunder, kompetanse_under(e)::text as kompetanse,
                av.navn as notat_av, b.ider, b.tekster, b.tjenester, b.tider, b.tiltak
           from mote m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
           left join person l on l.region_id = m.region_id and l.id = m.moteleder_id
           left join medvirkning v on v.region_id = m.region_id and v.mote_id = m.id
           left join moteelement e on e.region_id = m.region_id and e.mote_id = m.id
           left join person av on av.region_id = e.region_id and av.id = e.notat_av
           left join lateral (
               select array_agg(b.id order by b.opprettet, b.id) as ider, array_agg(b.tekst order by b.opprettet, b.id) as tekster,
                      array_agg(b.tjenestetype order by b.opprettet, b.id) as tjenester,
                      array_agg(b.opprettet order by b.opprettet, b.id) as tider, array_agg(t.id order by b.opprettet, b.id) as tiltak
                 from beslutning b
                 left join tiltak t on t.region_id = b.region_id and t.beslutning_id = b.id
                where b.region_id = e.region_id and b.moteelement_id = e.id) b on true
          where m.id = $1
          order by e.plass",
    )
    .bind(mote)
    .fetch_all(&mut **tx)
    .await?;
    let rad = rader.first().ok_or(Error::IkkeFunnet)?;
    let start: OffsetDateTime = rad.get("start");
    Ok(Referat {
        mote,
        forum: rad.get("forum"),
        er_tst: rad.get("er_tst"),
        kommune: rad.get("kommune_id"),
        enhet: rad.get("enhet_id"),
        start,
        slutt: rad.get("slutt"),
        sted: rad.get("sted"),
        status: les(rad, "status")?,
        minutter: rad.get::<i32, _>("minutter").unsigned_abs(),
        kort_begrunnelse: rad.get("kort_begrunnelse"),
        moteleder: rad.get("moteleder"),
        medvirkning: Medvirkning::les(rad.get("medvirkning"))?,
        om_barn: rad.get("om_barn"),
        moteleder_id: rad.get("moteleder_id"),
        punkter: punkter(&rader, start)?,
    })
}

/// The elements in order, each beginning where the one before it ends.
fn punkter(rader: &[PgRow], start: OffsetDateTime) -> Result<Vec<Punkt>> {
    let mut fra = tid::lokal(start).time();
    let med_punkt = rader.iter().filter_map(|rad| Some((rad.get::<Option<Uuid>, _>("id")?, rad)));
    let punkt = |(nr, (id, rad)): (usize, (Uuid, &PgRow))| {
        let minutter = rad.get::<i32, _>("punkt_minutter").unsigned_abs();
        let til = fra + Duration::minutes(minutter.into());
        Ok(Punkt {
            id,
            nr: nr + 1,
            elementtype: les(rad, "type")?,
            tittel: rad.get("tittel"),
            hjelp: rad.get("hjelp"),
            minutter,
            fra: std::mem::replace(&mut fra, til),
            til,
            lop: lop(rad),
            gjennomfort: rad.get("gjennomfort"),
            notat: rad.get("notat"),
            notat_av: rad.get("notat_av"),
            notat_tid: rad.get("notat_tid"),
            versjon: rad.get("versjon"),
            beslutninger: beslutninger(rad)?,
            kompetanse: Heving::les(rad.get("kompetanse"))?,
        })
    };
    med_punkt.enumerate().map(punkt).collect()
}

fn lop(rad: &PgRow) -> Lop {
    let brukt = Duration::seconds(rad.get::<i32, _>("brukt_sekunder").into());
    Lop { startet: rad.get("startet"), pagar_fra: rad.get("pagar_fra"), brukt }
}

fn beslutninger(rad: &PgRow) -> Result<Vec<Beslutning>> {
    let ider = rad.get::<Option<Vec<Uuid>>, _>("ider").unwrap_or_default();
    let tekster = rad.get::<Option<Vec<String>>, _>("tekster").unwrap_or_default();
    let tjenester = rad.get::<Option<Vec<String>>, _>("tjenester").unwrap_or_default();
    let tider = rad.get::<Option<Vec<OffsetDateTime>>, _>("tider").unwrap_or_default();
    let tiltak = rad.get::<Option<Vec<Option<Uuid>>>, _>("tiltak").unwrap_or_default();
    let ord = ider.into_iter().zip(tekster).zip(tjenester);
    let alle = ord.zip(tider.into_iter().zip(tiltak));
    alle.map(|(((id, tekst), tjeneste), (opprettet, tiltak))| {
        Ok(Beslutning { id, tekst, tjeneste: les_ord(&tjeneste)?, opprettet, tiltak })
    })
    .collect()
}

/// Begins the møte; one already under way goes on. Whoever begins it leads it, unless somebody else is named.
pub(super) async fn start(tx: &mut Tx, mote: Uuid, na: OffsetDateTime) -> Result<()> {
    let status = las(tx, mote).await?;
    if status == Status::Pagar {
        return Ok(());
    }
    sqlx::query(
        "update mote set status = $2, startet = $3, moteleder_id = coalesce(moteleder_id, gjeldende_person()),
                versjon = versjon + 1
          where id = $1",
    )
    .bind(mote)
    .bind(status.overgang(Handling::Start)?.slug())
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Begins an element; the one they were at ends. Begun twice it is begun once.
pub(super) async fn start_punkt(tx: &mut Tx, mote: Uuid, punkt: Uuid, na: OffsetDateTime) -> Result<()> {
    apent(las(tx, mote).await?)?;
    stopp_punkter(tx, mote, Some(punkt), na).await?;
    let antall = sqlx::query(
        "update moteelement set startet = coalesce(startet, $3), pagar_fra = coalesce(pagar_fra, $3) where mote_id = $1 and id = $2",
    )
    .bind(mote)
    .bind(punkt)
    .bind(na)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if antall == 0 { Err(Error::IkkeFunnet) } else { Ok(()) }
}

/// Ends an element, when it is the one they are at.
pub(super) async fn stopp_punkt(tx: &mut Tx, mote: Uuid, punkt: Uuid, na: OffsetDateTime) -> Result<()> {
    apent(las(tx, mote).await?)?;
    let i_gang: bool =
        sqlx::query_scalar("select pagar_fra is not null from moteelement where mote_id = $1 and id = $2")
            .bind(mote)
            .bind(punkt)
            .fetch_one(&mut **tx)
            .await?;
    if i_gang { stopp_punkter(tx, mote, None, na).await } else { Ok(()) }
}

/// Ends what is under way, all but `unntatt`. What nobody ended counts to an hour past the planned end at most, so that a
/// referat that is finished in the evening does not make a long møte.
async fn stopp_punkter(tx: &mut Tx, mote: Uuid, unntatt: Option<Uuid>, na: OffsetDateTime) -> Result<()> {
    sqlx::query(
        "update moteelement e
            set brukt_sekunder = e.brukt_sekunder + greatest(0, extract(epoch from
                    least($3, greatest(m.slutt + interval '1 hour', e.pagar_fra)) - e.pagar_fra))::int,
                pagar_fra = null
           from mote m
          where m.region_id = e.region_id and m.id = e.mote_id
            and e.mote_id = $1 and e.pagar_fra is not null and e.id is distinct from $2",
    )
    .bind(mote)
    .bind(unntatt)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Finishes the møte, with the reason why something is missing. From here on nothing in it changes.
pub(super) async fn ferdigstill(tx: &mut Tx, mote: Uuid, grunn: Option<&str>, na: OffsetDateTime) -> Result<()> {
    stopp_punkter(tx, mote, None, na).await?;
    sqlx::query(
        "update mote set status = 'ferdigstilt', ferdigstilt = $2, ferdigstilt_av = gjeldende_person(),
                mangler_begrunnelse = $3, versjon = versjon + 1
          where id = $1",
    )
    .bind(mote)
    .bind(na)
    .bind(grunn)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Where a møte stands, held for this transaction alone: only one at a time starts or finishes it.
pub(super) async fn las(tx: &mut Tx, mote: Uuid) -> Result<Status> {
    let status: String =
        sqlx::query_scalar("select status from mote where id = $1 for update").bind(mote).fetch_one(&mut **tx).await?;
    les_ord(&status)
}

/// Refuses unless the møte is under way, and keeps it so until the transaction ends.
async fn hold_apent(tx: &mut Tx, mote: Uuid) -> Result<()> {
    let status: String =
        sqlx::query_scalar("select status from mote where id = $1 for share").bind(mote).fetch_one(&mut **tx).await?;
    apent(les_ord(&status)?)
}

/// Notes and decisions are written while the møte is under way, and never else.
pub(super) fn apent(status: Status) -> Result<()> {
    Err(Error::Regelbrudd(match status {
        Status::Pagar => return Ok(()),
        Status::Planlagt | Status::Innkalt => "Møtet er ikke startet. Start møtet før du skriver referat.".into(),
        Status::Ferdigstilt => "Møtet er ferdigstilt og låst. Ingenting i det kan endres.".into(),
        Status::Avlyst => "Møtet er avlyst.".into(),
        Status::Lukket => "Møtet er lukket uten referat.".into(),
    }))
}

/// What an element's form holds.
pub(super) struct Notat {
    pub(super) tekst: String,
    pub(super) gjennomfort: bool,
    /// The version that was read before writing.
    pub(super) versjon: i32,
}

/// Stores a note. `false` when somebody else has stored another one since `versjon` was read; then nothing is changed.
pub(super) async fn lagre_notat(
    tx: &mut Tx,
    mote: Uuid,
    punkt: Uuid,
    notat: &Notat,
    na: OffsetDateTime,
) -> Result<bool> {
    hold_apent(tx, mote).await?;
    let rad =
        sqlx::query("select versjon, notat, gjennomfort from moteelement where mote_id = $1 and id = $2 for update")
            .bind(mote)
            .bind(punkt)
            .fetch_one(&mut **tx)
            .await?;
    // The same words sent twice are one act, however old the page is.
    if rad.get::<&str, _>("notat") == notat.tekst && rad.get::<bool, _>("gjennomfort") == notat.gjennomfort {
        return Ok(true);
    }
    if rad.get::<i32, _>("versjon") != notat.versjon {
        return Ok(false);
    }
    sqlx::query(
        "update moteelement
            set notat = $3, gjennomfort = $4, notat_av = gjeldende_person(), notat_tid = $5, versjon = versjon + 1
          where mote_id = $1 and id = $2",
    )
    .bind(mote)
    .bind(punkt)
    .bind(&notat.tekst)
    .bind(notat.gjennomfort)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// A decision under an element of this møte.
pub(super) async fn ny_beslutning(
    tx: &mut Tx,
    mote: Uuid,
    punkt: Uuid,
    (tekst, tjeneste): (&str, Tjenestetype),
    na: OffsetDateTime,
) -> Result<()> {
    hold_apent(tx, mote).await?;
    let antall = sqlx::query(
        "insert into beslutning (id, moteelement_id, tekst, tjenestetype, opprettet_av, opprettet)
         select $3, e.id, $4, $5, gjeldende_person(), $6 from moteelement e where e.mote_id = $1 and e.id = $2",
    )
    .bind(mote)
    .bind(punkt)
    .bind(Uuid::now_v7())
    .bind(tekst)
    .bind(tjeneste.slug())
    .bind(na)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if antall == 0 { Err(Error::IkkeFunnet) } else { Ok(()) }
}

/// Takes a decision away again.
pub(super) async fn fjern_beslutning(tx: &mut Tx, mote: Uuid, beslutning: Uuid) -> Result<()> {
    hold_apent(tx, mote).await?;
    let antall = sqlx::query(
        "delete from beslutning b using moteelement e
          where e.region_id = b.region_id and e.id = b.moteelement_id and e.mote_id = $1 and b.id = $2",
    )
    .bind(mote)
    .bind(beslutning)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if antall == 0 { Err(Error::IkkeFunnet) } else { Ok(()) }
}
