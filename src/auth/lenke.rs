//! A link that works once: whoever is given it chooses the password of one account.
//!
//! Only the token's hash is stored. Looking at the page uses nothing up, since mail programs look at links too.
use axum::{
    Router,
    extract::State,
    http::{HeaderName, header},
};
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use sqlx::Row;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{inn::LoggInn, innlogging, okt, passord, views};
use crate::{
    App, Error, Result,
    db::Tx,
    web::{Feil, MedStatus, Page, Skjema, Videre},
};

/// How long a link works.
const VARER: Duration = Duration::minutes(30);

#[derive(TypedPath, Deserialize)]
#[typed_path("/ny-innlogging")]
pub(super) struct NyInnlogging;

/// The token stands behind the question mark, where our own log never looks.
#[derive(Deserialize)]
struct Lenke {
    #[serde(default)]
    lenke: String,
}

#[derive(Deserialize)]
struct Valgt {
    #[serde(default)]
    lenke: String,
    #[serde(default)]
    nytt: String,
    #[serde(default)]
    gjenta: String,
}

/// The account behind a link, and what others know of its holder.
struct Konto {
    bruker: Uuid,
    epost: String,
}

/// The browser tells nobody where it came from: the address holds the token.
type UtenSpor<T> = ([(HeaderName, &'static str); 1], T);

fn uten_spor<T>(svar: T) -> UtenSpor<T> {
    ([(header::REFERRER_POLICY, "no-referrer")], svar)
}

pub(super) fn routes() -> Router<App> {
    Router::new().typed_get(side).typed_post(velg)
}

/// Makes a link for an account, and gives the path that is handed over; an earlier one works no more.
pub(super) async fn lag(tx: &mut Tx, bruker: Uuid, na: OffsetDateTime) -> Result<String> {
    let token = okt::nytt_token()?;
    sqlx::query(
        "insert into engangslenke (bruker_id, token_hash, opprettet) values ($1, $2, $3)
         on conflict (bruker_id) do update set token_hash = excluded.token_hash, opprettet = excluded.opprettet",
    )
    .bind(bruker)
    .bind(okt::hash(&token))
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(format!("{NyInnlogging}?lenke={token}"))
}

async fn side(
    _: NyInnlogging,
    State(app): State<App>,
    Query(Lenke { lenke }): Query<Lenke>,
) -> Result<UtenSpor<Page<views::NyInnlogging>>> {
    let konto = finn(&app, &lenke).await?;
    Ok(uten_spor(Page(views::NyInnlogging { epost: konto.map(|k| k.epost), lenke, feil: Feil::default() })))
}

async fn velg(
    _: NyInnlogging,
    State(app): State<App>,
    Skjema(valgt): Skjema<Valgt>,
) -> Result<UtenSpor<Result<Videre, MedStatus<views::NyInnlogging>>>> {
    let konto = finn(&app, &valgt.lenke).await?;
    let feil = match &konto {
        Some(konto) => feil_i(&valgt, konto),
        None => Feil::en("lenke", "Lenken er brukt eller for gammel"),
    };
    if let Some(konto) = konto.as_ref().filter(|_| feil.er_tom())
        && bruk(&app, konto, &valgt).await?
    {
        return Ok(uten_spor(Ok(Videre::til(&LoggInn).med("Passordet er valgt. Logg inn med det nå"))));
    }
    let epost = konto.filter(|_| !feil.er_tom()).map(|k| k.epost);
    Ok(uten_spor(Err(Page::med_feil(views::NyInnlogging { epost, lenke: valgt.lenke, feil }))))
}

fn feil_i(valgt: &Valgt, konto: &Konto) -> Feil {
    let mut feil = Feil::default();
    if let Some(svakt) = passord::svakt(&valgt.nytt, &[&konto.epost]) {
        feil.legg_til("nytt", &svakt);
    } else if valgt.nytt != valgt.gjenta {
        feil.legg_til("gjenta", "De to passordene er ikke like");
    }
    feil
}

/// The account a link is for, while it works.
async fn finn(app: &App, lenke: &str) -> Result<Option<Konto>> {
    let mut tx = app.db.utenfor().await?;
    let rad = sqlx::query(
        "select b.id, b.epost from engangslenke l join bruker b on b.id = l.bruker_id and not b.sperret
          where l.token_hash = $1 and l.opprettet > $2",
    )
    .bind(okt::hash(lenke))
    .bind(app.na() - VARER)
    .fetch_optional(&mut *tx)
    .await?;
    Ok(rad.map(|r| Konto { bruker: r.get("id"), epost: r.get("epost") }))
}

/// Uses the link up and sets the password, in one act. Whether it still worked.
async fn bruk(app: &App, konto: &Konto, valgt: &Valgt) -> Result<bool> {
    // Slow on purpose, so not inside the transaction.
    let hash = passord::hash_passord(valgt.nytt.clone()).await?;
    let mut tx = app.db.utenfor().await?;
    let brukt = sqlx::query("delete from engangslenke where bruker_id = $1 and token_hash = $2 and opprettet > $3")
        .bind(konto.bruker)
        .bind(okt::hash(&valgt.lenke))
        .bind(app.na() - VARER)
        .execute(&mut *tx)
        .await?;
    if brukt.rows_affected() == 0 {
        return Ok(false);
    }
    let satt =
        sqlx::query("update bruker set passord_hash = $2, ma_bytte_passord = false where id = $1 and not sperret");
    if satt.bind(konto.bruker).bind(hash).execute(&mut *tx).await?.rows_affected() == 0 {
        return Err(Error::IkkeFunnet);
    }
    okt::avslutt_alle(&mut tx, konto.bruker).await?;
    tx.commit().await?;
    innlogging::glem_forsok(app, &[innlogging::nokkel("konto", &konto.epost)]).await?;
    Ok(true)
}
