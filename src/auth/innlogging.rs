//! E-mail and password: hashing, checking in constant company, and slowing down whoever guesses.
use std::{fmt::Write as _, net::IpAddr, sync::LazyLock};

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use sha2::{Digest, Sha256};
use sqlx::Row;
use time::{Duration, OffsetDateTime};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{App, Error, Result, db::ISammeSpor};

/// Failures before each further one costs a wait.
const FRIE_FORSOK: i32 = 5;
/// Failures older than this are forgotten; also the longest wait.
const GLEMT_ETTER: Duration = Duration::minutes(15);
/// The shortest password, in characters.
const MINSTE_LENGDE: usize = 12;

/// Each hash takes 19 MiB for a moment: two at a time is enough, and keeps the memory small.
static PLASS: Semaphore = Semaphore::const_new(2);

/// What an unknown e-mail is checked against, so that it takes the same time.
static INGEN: LazyLock<String> = LazyLock::new(|| hash("ingen har dette passordet").unwrap_or_default());

fn hash(passord: &str) -> Result<String> {
    Argon2::default()
        .hash_password(passord.as_bytes())
        .map(|h: argon2::password_hash::phc::PasswordHash| h.to_string())
        .map_err(|e| Error::Intern(e.to_string()))
}

/// The argon2id hash of a password, in PHC form.
pub async fn hash_passord(passord: String) -> Result<String> {
    i_kulissene(move || hash(&passord)).await?
}

async fn stemmer(passord: String, hash: Option<String>) -> Result<bool> {
    i_kulissene(move || {
        let kjent = hash.is_some();
        let hash = hash.unwrap_or_else(|| INGEN.clone());
        let riktig =
            PasswordHash::new(&hash).is_ok_and(|h| Argon2::default().verify_password(passord.as_bytes(), &h).is_ok());
        kjent && riktig
    })
    .await
}

async fn i_kulissene<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _plass = PLASS.acquire().await.map_err(|e| Error::Intern(e.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Intern(e.to_string()))
}

/// A password for the first log-in, to be read aloud or written down: four groups of four, 80 bits.
pub fn lag_passord() -> String {
    const TEGN: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789x"; // 32 that are not mistaken for one another
    let biter = Uuid::new_v4().into_bytes();
    let ekstra = Uuid::new_v4().into_bytes();
    let mut ord = String::new();
    for (i, b) in biter.iter().zip(ekstra).map(|(a, b)| a ^ b).enumerate() {
        if i > 0 && i % 4 == 0 {
            ord.push('-');
        }
        ord.push(char::from(TEGN[usize::from(b) % TEGN.len()]));
    }
    ord
}

/// Why a password is too weak, in words; `None` when it will do.
pub fn svakt_passord(passord: &str, epost: &str) -> Option<String> {
    let navn = epost.split('@').next().unwrap_or_default();
    if passord.chars().count() < MINSTE_LENGDE {
        Some(format!("Passordet må ha minst {MINSTE_LENGDE} tegn. Tre–fire ord du husker, er et godt passord"))
    } else if passord.len() > 200 {
        Some("Passordet kan ha høyst 200 tegn".into())
    } else if navn.len() > 2 && passord.to_lowercase().contains(navn) {
        Some("Passordet kan ikke inneholde navnet ditt fra e-postadressen".into())
    } else if passord.chars().all(|c| passord.starts_with(c)) {
        Some("Passordet kan ikke være samme tegn hele veien".into())
    } else {
        None
    }
}

/// The account for this e-mail and password. A wrong e-mail and a wrong password get the same answer in the same time.
pub(super) async fn logg_inn(app: &App, epost: &str, passord: String, adresse: IpAddr) -> Result<Option<Uuid>> {
    let epost = epost.trim().to_lowercase();
    let konto = nokkel("konto", &epost);
    tell_forsok(app, &konto).await?;
    tell_forsok(app, &nokkel("adresse", &adresse.to_string())).await?;
    let mut tx = app.db.utenfor().await?;
    let rad = sqlx::query("select id, passord_hash from bruker where epost = $1 and not sperret and (not demo or $2)")
        .bind(&epost)
        .bind(app.config.demo)
        .fetch_optional(&mut *tx)
        .await?;
    drop(tx);
    if !stemmer(passord, rad.as_ref().map(|r| r.get("passord_hash"))).await? {
        // Not waited for: an address that somebody has must not be answered later than one that nobody has.
        tokio::spawn(noter_feilet(app.clone(), epost).i_samme_spor());
        return Ok(None);
    }
    glem_forsok(app, &[konto, nokkel("adresse", &adresse.to_string())]).await?;
    Ok(rad.map(|r| r.get("id")))
}

async fn noter_feilet(app: App, epost: String) {
    let noter = async {
        let mut tx = app.db.utenfor().await?;
        sqlx::query("select noter_feilet_innlogging($1)").bind(&epost).execute(&mut *tx).await?;
        tx.commit().await
    };
    if let Err(error) = noter.await {
        tracing::error!(?error, "a failed log-in was not noted");
    }
}

/// Whether this is the account's password, for acts that ask for it again.
pub(super) async fn riktig_passord(app: &App, bruker: Uuid, passord: String) -> Result<bool> {
    let mut tx = app.db.utenfor().await?;
    let hash: String =
        sqlx::query_scalar("select passord_hash from bruker where id = $1").bind(bruker).fetch_one(&mut *tx).await?;
    drop(tx);
    stemmer(passord, Some(hash)).await
}

fn nokkel(slag: &str, verdi: &str) -> String {
    Sha256::digest(format!("{slag}:{verdi}")).iter().fold(String::new(), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// Counts one attempt before it is judged, so that many at once do not slip through; refuses while the wait lasts.
async fn tell_forsok(app: &App, nokkel: &str) -> Result<()> {
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
    let igjen = (sist + vent(feil) - na).whole_seconds();
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

/// How long after the last failure the next attempt is heard: 15 s after the fifth, then doubling.
fn vent(feil: i32) -> Duration {
    if feil < FRIE_FORSOK {
        return Duration::ZERO;
    }
    let dobling = u32::try_from(feil - FRIE_FORSOK).unwrap_or_default().min(6);
    Duration::seconds(15 * i64::from(2_u32.pow(dobling))).min(GLEMT_ETTER)
}

async fn glem_forsok(app: &App, nokler: &[String]) -> Result<()> {
    let mut tx = app.db.utenfor().await?;
    sqlx::query("delete from innloggingsforsok where nokkel = any ($1)").bind(nokler).execute(&mut *tx).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let ventetider: Vec<i64> = (0..14).map(|n| vent(n).whole_seconds()).collect();
        assert_eq!(ventetider, [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
    }

    #[test]
    fn a_made_password_is_long_enough_for_our_own_rule() {
        assert_eq!(svakt_passord(&lag_passord(), "ola@example.no"), None);
        assert!(svakt_passord("kort", "ola@example.no").is_some());
        assert!(svakt_passord("kari.nordmann-1234", "kari.nordmann@example.no").is_some());
    }
}
