//! Log-in by e-mail and password, and slowing down whoever guesses.
use std::net::IpAddr;

use sha2::{Digest, Sha256};
use sqlx::Row;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::passord::{self, Svar};
use crate::{App, Error, Result, db::ISammeSpor, tekst};

/// Failures before each further one costs a wait: of an account, and of an address that a whole kommune may share.
pub(super) const FRIE_FORSOK: i32 = 5;
const FRIE_FRA_ADRESSE: i32 = 50;
/// Failures older than this are forgotten; also the longest wait.
const GLEMT_ETTER: Duration = Duration::minutes(15);
/// The account for this e-mail and password. A wrong e-mail and a wrong password get the same answer in the same time.
pub(super) async fn logg_inn(app: &App, epost: &str, passord: String, adresse: IpAddr) -> Result<Option<Uuid>> {
    let epost = epost.trim().to_lowercase();
    let konto = nokkel("konto", &epost);
    for (forsok, frie) in [(&konto, FRIE_FORSOK), (&nokkel("adresse", &adresse.to_string()), FRIE_FRA_ADRESSE)] {
        tell_forsok(app, forsok, frie).await.inspect_err(|_| noter(app, Hvem::Epost(epost.clone()), IKKE_HORT))?;
    }
    let mut tx = app.db.utenfor().await?;
    let rad = sqlx::query("select id, passord_hash from bruker where epost = $1 and not sperret and (not demo or $2)")
        .bind(&epost)
        .bind(app.config.demo)
        .fetch_optional(&mut *tx)
        .await?;
    drop(tx);
    let svar = passord::prov(passord, rad.as_ref().map(|r| r.get("passord_hash"))).await?;
    let (Some(rad), Svar::Riktig { ny_hash }) = (rad, svar) else {
        noter(app, Hvem::Epost(epost), FEIL);
        return Ok(None);
    };
    // Whoever has one account does not get to try more passwords of others by it.
    glem_forsok(app, &[konto]).await?;
    if let Some(hash) = ny_hash {
        let mut tx = app.db.utenfor().await?;
        // Unless it has been changed meanwhile.
        sqlx::query("update bruker set passord_hash = $2 where id = $1 and passord_hash = $3")
            .bind(rad.get::<Uuid, _>("id"))
            .bind(hash)
            .bind(rad.get::<&str, _>("passord_hash"))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
    }
    Ok(Some(rad.get("id")))
}

/// An account as whoever tries is known by.
pub(super) enum Hvem {
    Epost(String),
    Bruker(Uuid),
}

/// The password or the code was wrong.
pub(super) const FEIL: &str = "feilet";
/// There had been too many before it.
pub(super) const IKKE_HORT: &str = "ikke_tilgang";

/// Tells the log of an attempt that did not succeed.
///
/// Not waited for: an address that somebody has must not be answered later than one that nobody has.
pub(super) fn noter(app: &App, hvem: Hvem, utfall: &'static str) {
    let app = app.clone();
    let noter = async move {
        let mut tx = app.db.utenfor().await?;
        let (epost, bruker) = match hvem {
            Hvem::Epost(epost) => (Some(epost), None),
            Hvem::Bruker(bruker) => (None, Some(bruker)),
        };
        sqlx::query("select noter_feilet_innlogging(coalesce($1, (select epost from bruker where id = $2)), $3)")
            .bind(epost)
            .bind(bruker)
            .bind(utfall)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    };
    let meld = async {
        if let Err(error) = noter.await {
            tracing::error!(?error, "a failed log-in was not noted");
        }
    };
    tokio::spawn(meld.i_samme_spor());
}

/// Whether this is the account's password, for acts that ask for it again. Guesses cost what they do at log-in.
pub(super) async fn riktig_passord(app: &App, bruker: Uuid, passord: String) -> Result<bool> {
    let mut tx = app.db.utenfor().await?;
    let (epost, hash): (String, String) =
        sqlx::query_as("select epost, passord_hash from bruker where id = $1").bind(bruker).fetch_one(&mut *tx).await?;
    drop(tx);
    let konto = nokkel("konto", &epost);
    tell_forsok(app, &konto, FRIE_FORSOK).await.inspect_err(|_| noter(app, Hvem::Bruker(bruker), IKKE_HORT))?;
    let riktig = passord::prov(passord, Some(hash)).await?.er_riktig();
    if riktig {
        glem_forsok(app, &[konto]).await?;
    } else {
        noter(app, Hvem::Bruker(bruker), FEIL);
    }
    Ok(riktig)
}

/// What attempts are counted under: an account, an address, or the codes of an account.
pub(super) fn nokkel(slag: &str, verdi: &str) -> String {
    tekst::hex(&Sha256::digest(format!("{slag}:{verdi}")))
}

/// Counts one attempt before it is judged, so that many at once do not slip through; refuses while the wait lasts.
pub(super) async fn tell_forsok(app: &App, nokkel: &str, frie: i32) -> Result<()> {
    let na = app.na();
    let mut tx = app.db.utenfor().await?;
    let rad = sqlx::query(
        "insert into innloggingsforsok as f (nokkel, feil, sist) values ($1, 0, $2)
         on conflict (nokkel) do update set feil = case when f.sist < $3 then 0 else f.feil end
         returning feil, sist",
    )
    .bind(nokkel)
    .bind(na)
    .bind(na - GLEMT_ETTER)
    .fetch_one(&mut *tx)
    .await?;
    let (feil, sist): (i32, OffsetDateTime) = (rad.get("feil"), rad.get("sist"));
    let igjen = (sist + vent(feil - frie) - na).whole_seconds();
    if igjen > 0 {
        return Err(Error::Vent(igjen));
    }
    sqlx::query("update innloggingsforsok set feil = feil + 1, sist = $2 where nokkel = $1")
        .bind(nokkel)
        .bind(na)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

/// How long after the last failure the next attempt is heard: 15 s after the last that was free, then doubling.
fn vent(over: i32) -> Duration {
    let Ok(dobling) = u32::try_from(over) else { return Duration::ZERO };
    let dobling = dobling.min(6);
    Duration::seconds(15 * i64::from(2_u32.pow(dobling))).min(GLEMT_ETTER)
}

pub(super) async fn glem_forsok(app: &App, nokler: &[String]) -> Result<()> {
    let mut tx = app.db.utenfor().await?;
    sqlx::query("delete from innloggingsforsok where nokkel = any ($1)").bind(nokler).execute(&mut *tx).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let ventetider: Vec<i64> = (0..14).map(|n| vent(n - FRIE_FORSOK).whole_seconds()).collect();
        assert_eq!(ventetider, [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
    }
}
