//! SQL for the second step.
use sqlx::Row;
use time::OffsetDateTime;
use uuid::Uuid;

use super::kode;
use crate::{
    App, Error, Result,
    auth::{
        innlogging::{self, FRIE_FORSOK, Hvem, glem_forsok, nokkel, noter, tell_forsok},
        lag_passord, okt,
    },
    db::Tx,
};

/// How many codes one keeps for the day the phone is lost.
const GJENOPPRETTINGSKODER: usize = 10;

/// How the second step of an account stands.
pub(in crate::auth) struct Stand {
    /// When it was set up; `None` when it is not.
    pub(in crate::auth) opprettet: Option<OffsetDateTime>,
    /// Codes on paper that are left.
    pub(in crate::auth) koder_igjen: i64,
    /// When an administrator took it away, and it has not been set up since.
    pub(in crate::auth) nullstilt: Option<OffsetDateTime>,
}

pub(in crate::auth) async fn stand(app: &App, bruker: Uuid) -> Result<Stand> {
    let mut tx = app.db.utenfor().await?;
    let rad = sqlx::query(
        "select t.opprettet, b.totrinn_nullstilt as nullstilt,
                (select count(*) from gjenopprettingskode g where g.bruker_id = b.id) as koder
           from bruker b left join totrinn t on t.bruker_id = b.id where b.id = $1",
    )
    .bind(bruker)
    .fetch_one(&mut *tx)
    .await?;
    Ok(Stand { opprettet: rad.get("opprettet"), koder_igjen: rad.get("koder"), nullstilt: rad.get("nullstilt") })
}

/// How a code was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::auth) enum Svar {
    Feil,
    Riktig,
    /// One of those on paper; so many are left.
    PaPapir(i64),
}

/// Tries a code, from the app or from paper, and uses it up. Guesses cost what they do for passwords.
pub(in crate::auth) async fn prov(app: &App, bruker: Uuid, skrevet: &str) -> Result<Svar> {
    let forsok = nokkel("kode", &bruker.to_string());
    tell_forsok(app, &forsok, FRIE_FORSOK)
        .await
        .inspect_err(|_| noter(app, Hvem::Bruker(bruker), innlogging::IKKE_HORT))?;
    let mut tx = app.db.utenfor().await?;
    let svar = if kode::er_kode(skrevet) {
        fra_appen(app, &mut tx, bruker, skrevet).await?
    } else {
        pa_papir(&mut tx, bruker, skrevet).await?
    };
    tx.commit().await?;
    if svar == Svar::Feil {
        noter(app, Hvem::Bruker(bruker), innlogging::FEIL);
    } else {
        glem_forsok(app, &[forsok]).await?;
    }
    Ok(svar)
}

async fn fra_appen(app: &App, tx: &mut Tx, bruker: Uuid, skrevet: &str) -> Result<Svar> {
    // Two who send the same code at once take turns, and the second comes too late.
    let rad = sqlx::query("select hemmelighet, siste_steg from totrinn where bruker_id = $1 for update")
        .bind(bruker)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(rad) = rad else { return Ok(Svar::Feil) };
    let hemmelighet = app.nokkel()?.apne(rad.get("hemmelighet"), bruker.as_bytes());
    let hemmelighet = hemmelighet.ok_or_else(|| Error::Intern("a secret was sealed with another key".into()))?;
    let treff = kode::treff(&hemmelighet, skrevet, app.na().unix_timestamp(), rad.get("siste_steg"));
    let Some(steg) = treff else { return Ok(Svar::Feil) };
    sqlx::query("update totrinn set siste_steg = $2 where bruker_id = $1")
        .bind(bruker)
        .bind(steg)
        .execute(&mut **tx)
        .await?;
    Ok(Svar::Riktig)
}

async fn pa_papir(tx: &mut Tx, bruker: Uuid, skrevet: &str) -> Result<Svar> {
    let brukt = sqlx::query("delete from gjenopprettingskode where bruker_id = $1 and kode_hash = $2")
        .bind(bruker)
        .bind(okt::hash(&skrevet.trim().to_lowercase()))
        .execute(&mut **tx)
        .await?;
    if brukt.rows_affected() == 0 {
        return Ok(Svar::Feil);
    }
    let igjen = sqlx::query_scalar("select count(*) from gjenopprettingskode where bruker_id = $1").bind(bruker);
    Ok(Svar::PaPapir(igjen.fetch_one(&mut **tx).await?))
}

/// Sets up the secret when the code is one of its own, and gives the codes to keep on paper; `None` when it is not.
pub(super) async fn sett_opp(
    app: &App,
    bruker: Uuid,
    hemmelighet: &[u8],
    skrevet: &str,
) -> Result<Option<Vec<String>>> {
    let na = app.na();
    let Some(steg) = kode::treff(hemmelighet, skrevet, na.unix_timestamp(), 0) else { return Ok(None) };
    let forseglet = app.nokkel()?.forsegl(hemmelighet, bruker.as_bytes())?;
    let mut tx = app.db.utenfor().await?;
    sqlx::query(
        "insert into totrinn (bruker_id, hemmelighet, siste_steg, opprettet) values ($1, $2, $3, $4)
         on conflict (bruker_id) do update
         set hemmelighet = excluded.hemmelighet, siste_steg = excluded.siste_steg, opprettet = excluded.opprettet",
    )
    .bind(bruker)
    .bind(forseglet)
    .bind(steg)
    .bind(na)
    .execute(&mut *tx)
    .await?;
    sqlx::query("update bruker set totrinn_nullstilt = null where id = $1").bind(bruker).execute(&mut *tx).await?;
    let koder = nye_koder(&mut tx, bruker).await?;
    tx.commit().await?;
    Ok(Some(koder))
}

/// New codes for paper; those from before are worth nothing.
pub(super) async fn nye_koder(tx: &mut Tx, bruker: Uuid) -> Result<Vec<String>> {
    let koder: Vec<String> = (0..GJENOPPRETTINGSKODER).map(|_| lag_passord()).collect();
    let hasher: Vec<Vec<u8>> = koder.iter().map(|k| okt::hash(k)).collect();
    sqlx::query("delete from gjenopprettingskode where bruker_id = $1").bind(bruker).execute(&mut **tx).await?;
    sqlx::query("insert into gjenopprettingskode (bruker_id, kode_hash) select $1, unnest($2::bytea[])")
        .bind(bruker)
        .bind(hasher)
        .execute(&mut **tx)
        .await?;
    Ok(koder)
}

/// Takes the second step away: its holder has lost phone and paper, or does not want it where it is not needed.
pub(in crate::auth) async fn nullstill(tx: &mut Tx, bruker: Uuid) -> Result<()> {
    sqlx::query("delete from gjenopprettingskode where bruker_id = $1").bind(bruker).execute(&mut **tx).await?;
    sqlx::query("delete from totrinn where bruker_id = $1").bind(bruker).execute(&mut **tx).await?;
    sqlx::query("delete from halv_okt where bruker_id = $1").bind(bruker).execute(&mut **tx).await?;
    Ok(())
}
