//! SQL for sladding. The replacement itself is the database's (`sladd`), so that nothing else can rewrite what is locked.
use sqlx::Row;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Spor, Status};
use crate::{Error, Result, db::Tx};

/// A request, and the møte it is about.
pub(super) struct Sladding {
    pub(super) motet: Motet,
    pub(super) spor: Spor,
    /// The words, while somebody has to judge.
    pub(super) passasje: Option<String>,
    /// Whether the one who looks has asked for it.
    pub(super) egen: bool,
}

/// A ferdigstilt møte, as a headline says it.
pub(super) struct Motet {
    pub(super) id: Uuid,
    pub(super) forum: String,
    pub(super) dag: Date,
}

/// A text that holds the words, as it is and as it would be.
pub(super) struct Treff {
    /// The table it stands in.
    pub(super) tabell: String,
    pub(super) tekst: String,
    pub(super) etter: String,
}

/// The møte, when it is ferdigstilt.
pub(super) async fn motet(tx: &mut Tx, id: Uuid) -> Result<Motet> {
    let rad = sqlx::query(
        "select m.dato, f.navn, m.status = 'ferdigstilt' as ferdig
           from mote m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
          where m.id = $1",
    )
    .bind(id)
    .fetch_one(&mut **tx)
    .await?;
    if !rad.get::<bool, _>("ferdig") {
        return Err(Error::Regelbrudd("Møtet er ikke ferdigstilt. Rett teksten i møtet i stedet".into()));
    }
    Ok(Motet { id, forum: rad.get("navn"), dag: rad.get("dato") })
}

/// A request of this møte.
pub(super) async fn hent(tx: &mut Tx, mote: Uuid, id: Uuid) -> Result<Sladding> {
    let rad = sqlx::query(
        "select m.dato, f.navn, s.passasje, s.bedt_av = gjeldende_person() as egen, sladdinger_ved_mote(m)::text as spor
           from sladding s
           join mote m on m.region_id = s.region_id and m.id = s.mote_id
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
          where s.id = $1 and m.id = $2",
    )
    .bind(id)
    .bind(mote)
    .fetch_one(&mut **tx)
    .await?;
    let spor = Spor::les(rad.get("spor"))?.into_iter().find(|s| s.id == id).ok_or(Error::IkkeFunnet)?;
    let motet = Motet { id: mote, forum: rad.get("navn"), dag: rad.get("dato") };
    Ok(Sladding { motet, spor, passasje: rad.get("passasje"), egen: rad.get("egen") })
}

/// Every text that holds the words and that the one who asks may read, and how many there are besides.
pub(super) async fn treff(tx: &mut Tx, mote: Uuid, passasje: &str) -> Result<(Vec<Treff>, usize)> {
    let rader = sqlx::query(
        "select t.tabell, t.for_, t.etter, alle.antall
           from (select sladdetall($1, $2) as antall) alle
           left join sladdetreff($1, $2) t on t.tabell <> 'sladding'",
    );
    let rader = rader.bind(mote).bind(passasje).fetch_all(&mut **tx).await?;
    let alle = rader.first().map_or(0, |r| usize::try_from(r.get::<i64, _>("antall")).unwrap_or_default());
    let lest = rader.iter().filter_map(|r| {
        Some(Treff { tabell: r.get::<Option<_>, _>("tabell")?, tekst: r.get("for_"), etter: r.get("etter") })
    });
    let lest: Vec<_> = lest.collect();
    let resten = alle.saturating_sub(lest.len());
    Ok((lest, resten))
}

/// Whether the words stand in a text that the one who asks may read, and whether the reason repeats them.
pub(super) async fn prov(tx: &mut Tx, mote: Uuid, (passasje, grunn): (&str, &str)) -> Result<(bool, bool)> {
    let rad = sqlx::query(
        "select exists (select from sladdetreff($1, $2) t where t.tabell <> 'sladding') as finnes, sladdet($3, $2) <> $3 as gjentar",
    );
    let rad = rad.bind(mote).bind(passasje).bind(grunn).fetch_one(&mut **tx).await?;
    Ok((rad.get("finnes"), rad.get("gjentar")))
}

pub(super) async fn be(tx: &mut Tx, (id, mote): (Uuid, Uuid), ord: (&str, &str), na: OffsetDateTime) -> Result<()> {
    sqlx::query(
        "insert into sladding (id, mote_id, passasje, grunn, bedt_av, bedt) values ($1, $2, $3, $4, gjeldende_person(), $5)",
    )
    .bind(id)
    .bind(mote)
    .bind(ord.0)
    .bind(ord.1)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the words out of everything, and gives the number of texts they stood in.
pub(super) async fn godkjenn(tx: &mut Tx, id: Uuid, na: OffsetDateTime) -> Result<i32> {
    Ok(sqlx::query_scalar("select sladd($1, $2)").bind(id).bind(na).fetch_one(&mut **tx).await?)
}

/// Ends a request without taking anything out; the words of the request itself go.
pub(super) async fn avslutt(tx: &mut Tx, id: Uuid, status: Status, grunn: &str, na: OffsetDateTime) -> Result<()> {
    let endret = sqlx::query(
        "update sladding set status = $2, passasje = null, avslag_grunn = $3, avgjort_av = gjeldende_person(), avgjort = $4
          where id = $1",
    );
    endret.bind(id).bind(status.slug()).bind(grunn).bind(na).execute(&mut **tx).await?;
    Ok(())
}

/// Words that were taken out of what the one who asks had received.
pub(super) struct Varsel {
    pub(super) forum: String,
    pub(super) motedag: Date,
    pub(super) grunn: String,
    pub(super) sladdet: OffsetDateTime,
    pub(super) kvittert: Option<OffsetDateTime>,
}

pub(super) async fn varsel(tx: &mut Tx, id: Uuid) -> Result<Varsel> {
    let rad = sqlx::query(
        "select m.forum as navn, m.dato, s.grunn, s.avgjort, v.kvittert
           from sladding_varsel v
           join sladding s on s.region_id = v.region_id and s.id = v.sladding_id
           join lateral motehode(s.mote_id) m on true
          where v.sladding_id = $1 and v.person_id = gjeldende_person()",
    );
    let rad = rad.bind(id).fetch_one(&mut **tx).await?;
    Ok(Varsel {
        forum: rad.get("navn"),
        motedag: rad.get("dato"),
        grunn: rad.get("grunn"),
        sladdet: rad.get("avgjort"),
        kvittert: rad.get("kvittert"),
    })
}

/// Says for the one who asks that their copies are gone; said again, it stays as it was first said.
pub(super) async fn kvitter(tx: &mut Tx, id: Uuid, na: OffsetDateTime) -> Result<()> {
    let svar = sqlx::query(
        "update sladding_varsel set kvittert = coalesce(kvittert, $2) where sladding_id = $1 and person_id = gjeldende_person()",
    );
    let svar = svar.bind(id).bind(na).execute(&mut **tx).await?;
    if svar.rows_affected() == 0 { Err(Error::IkkeFunnet) } else { Ok(()) }
}
