//! SQL for import: the draft between preview and import, and what the region has today.
use serde::{Deserialize, Serialize};
use sqlx::{PgPool, Row};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Forslag, Kjent, Lesning, OVERSKRIFT, Rad, Radfeil};
use crate::{
    Error, Result,
    auth::Rolletype,
    db::{Db, Noteres, Scope, Tx},
    enhet::{self, Enhetsrad},
    tid,
};

/// How long a draft waits for whoever made it.
const LEVETID: Duration = Duration::DAY;

/// The rows of a file as they were understood: what a draft keeps.
#[derive(Serialize, Deserialize)]
struct Innhold {
    rader: Vec<Rad>,
    feil: Vec<LagretFeil>,
}

#[derive(Serialize, Deserialize)]
struct LagretFeil {
    linje: u64,
    kommunenr: String,
    felt: String,
    navn: String,
    arsak: String,
}

impl From<Lesning> for Innhold {
    fn from(lesning: Lesning) -> Self {
        let feil = lesning.feil.into_iter().map(|Radfeil { linje, kommunenr, felt, navn, arsak }| LagretFeil {
            linje,
            kommunenr,
            felt: felt.to_owned(),
            navn,
            arsak,
        });
        Self { rader: lesning.rader, feil: feil.collect() }
    }
}

impl From<Innhold> for Lesning {
    fn from(innhold: Innhold) -> Self {
        let feil = innhold.feil.into_iter().map(|LagretFeil { linje, kommunenr, felt, navn, arsak }| Radfeil {
            linje,
            kommunenr,
            felt: OVERSKRIFT.into_iter().find(|kolonne| *kolonne == felt).unwrap_or("raden"),
            navn,
            arsak,
        });
        Self { rader: innhold.rader, feil: feil.collect() }
    }
}

/// Keeps what was read until it is confirmed, and throws out drafts that nobody came back for.
pub(super) async fn lagre_utkast(
    tx: &mut Tx,
    id: Uuid,
    filnavn: &str,
    lesning: Lesning,
    na: OffsetDateTime,
) -> Result<()> {
    let innhold = serde_json::to_string(&Innhold::from(lesning)).map_err(|e| Error::Intern(e.to_string()))?;
    sqlx::query("delete from importutkast where opprettet < $1").bind(na - LEVETID).execute(&mut **tx).await?;
    sqlx::query("insert into importutkast (id, filnavn, innhold, opprettet) values ($1, $2, $3::text::jsonb, $4)")
        .bind(id)
        .bind(filnavn)
        .bind(innhold)
        .bind(na)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A draft of one's own, with its file's name.
pub(super) async fn hent_utkast(tx: &mut Tx, id: Uuid, na: OffsetDateTime) -> Result<(String, Lesning)> {
    let rad = sqlx::query(
        "select filnavn, innhold::text as innhold from importutkast
          where id = $1 and bruker_id = gjeldende_bruker() and opprettet >= $2",
    )
    .bind(id)
    .bind(na - LEVETID)
    .fetch_one(&mut **tx)
    .await?;
    Ok((rad.get("filnavn"), pakk_ut(rad.get("innhold"))?))
}

/// Takes a draft of one's own out of the drawer. Two at once take turns, and the second finds nothing.
pub(super) async fn ta_utkast(tx: &mut Tx, id: Uuid, na: OffsetDateTime) -> Result<Lesning> {
    let innhold: String = sqlx::query_scalar(
        "delete from importutkast where id = $1 and bruker_id = gjeldende_bruker() and opprettet >= $2
         returning innhold::text",
    )
    .bind(id)
    .bind(na - LEVETID)
    .fetch_one(&mut **tx)
    .await?;
    pakk_ut(&innhold)
}

fn pakk_ut(innhold: &str) -> Result<Lesning> {
    let innhold: Innhold = serde_json::from_str(innhold).map_err(|e| Error::Intern(e.to_string()))?;
    Ok(innhold.into())
}

/// Compares what was read with the region as it is in this transaction.
pub(super) async fn foresla(tx: &mut Tx, lesning: Lesning) -> Result<Forslag> {
    let kommuner: Vec<String> =
        sqlx::query_scalar("select kommunenummer from kommune where coalesce(gyldig_til >= i_dag(), true)")
            .fetch_all(&mut **tx)
            .await?;
    let rader = sqlx::query(
        "select e.id, k.kommunenummer, e.type, e.orgnr, e.navn, e.antall, e.trinn_fra, e.trinn_til, e.eier
           from enhet e join kommune k on k.region_id = e.region_id and k.id = e.kommune_id
          where e.orgnr is not null",
    )
    .fetch_all(&mut **tx)
    .await?;
    let kjente = rader.iter().map(kjent).collect::<Result<Vec<Kjent>>>()?;
    Ok(Forslag::ny(lesning, &kommuner, &kjente))
}

fn kjent(rad: &sqlx::postgres::PgRow) -> Result<Kjent> {
    let tall = |navn| rad.get::<Option<i32>, _>(navn).map(i32::unsigned_abs);
    let ukjent = |e: crate::tekst::UkjentValg| Error::Intern(e.to_string());
    Ok(Kjent {
        id: rad.get("id"),
        kommunenr: rad.get("kommunenummer"),
        enhetstype: rad.get::<&str, _>("type").parse().map_err(ukjent)?,
        orgnr: rad.get("orgnr"),
        navn: rad.get("navn"),
        antall: tall("antall"),
        fra: tall("trinn_fra"),
        til: tall("trinn_til"),
        eier: rad.get::<&str, _>("eier").parse().map_err(ukjent)?,
    })
}

/// The same for whoever operates the server, as the tables' owner: what the file would do to a region by name, and with
/// `utelat`, the lines to leave out, it is done as well.
pub async fn med_kommando(
    eier: PgPool,
    region: &str,
    lesning: Lesning,
    utelat: Option<&[u64]>,
    na: OffsetDateTime,
) -> Result<Forslag> {
    let db = Db::new(eier);
    let id: Option<Uuid> = sqlx::query_scalar("select id from region where navn = $1")
        .bind(region)
        .fetch_optional(&mut *db.utenfor().await?)
        .await?;
    let id = id.ok_or_else(|| Error::Ugyldig(format!("Regionen «{region}» finnes ikke")))?;
    let (rolle, nil) = (Rolletype::Regionkoordinator.slug(), Uuid::nil());
    let i_dag = tid::dag(na);
    let scope =
        Scope { region: id, bruker: nil, person: nil, rolle, kommune: None, enhet: None, rolle_id: nil, i_dag, na };
    let mut tx = db.write(scope, Noteres::Ingenting).await?;
    let forslag = foresla(&mut tx, lesning).await?;
    if let Some(utelat) = utelat {
        forslag.krev_klart(utelat)?;
        gjennomfor(&mut tx, &forslag).await?;
        tx.commit().await?;
    }
    Ok(forslag)
}

/// Saves a proposal: everything, or with an error nothing.
pub(super) async fn gjennomfor(tx: &mut Tx, forslag: &Forslag) -> Result<()> {
    let nye: Vec<Enhetsrad> = forslag.nye.iter().map(|rad| enhetsrad(Uuid::now_v7(), rad)).collect();
    let endrede: Vec<Enhetsrad> = forslag.endrede.iter().map(|(rad, id, _)| enhetsrad(*id, rad)).collect();
    enhet::opprett_flere(tx, &nye).await.map_err(samtidig)?;
    enhet::lagre_flere(tx, &endrede).await
}

fn enhetsrad(id: Uuid, rad: &Rad) -> Enhetsrad {
    let Rad { kommunenr, enhetstype, orgnr, navn, antall, fra, til, eier, .. } = rad.clone();
    Enhetsrad { id, kommunenr, type_: enhetstype, orgnr, navn, antall, fra, til, eier }
}

/// Somebody else's import can have come in between comparing and saving.
fn samtidig(error: Error) -> Error {
    if error.on_constraint("enhet_orgnr") {
        return Error::Regelbrudd(
            "Noen andre la inn de samme enhetene samtidig. Ingenting er lagret. Se over og prøv igjen".into(),
        );
    }
    error
}
