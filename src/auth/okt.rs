//! Sessions: a random token in a cookie, only its hash in the database.
use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use sha2::{Digest, Sha256};
use sqlx::Row;
use time::Duration;
use uuid::Uuid;

use super::{Identitet, Rolle, Rolletype, avvist, nylig, views};
use crate::{
    App, Error, Result,
    db::Tx,
    tekst, tid,
    web::{MedStatus, Page, er_skjema},
};

/// How long a session lasts (as in `ga_inn`): a working day, however it is used.
const VARER: Duration = Duration::hours(12);
/// The largest form kept through a log-in, in bytes.
const STORSTE_SKJEMA: usize = 256 * 1024;

/// The cookie's name: `__Host-` binds it to this host and TLS.
fn navn(app: &App) -> &'static str {
    if app.config.tls { "__Host-okt" } else { "okt" }
}

/// A cookie of ours: for this host alone, and out of reach of scripts.
pub(super) fn kapsel(app: &App, navn: &'static str, verdi: String) -> Cookie<'static> {
    Cookie::build((navn, verdi)).path("/").http_only(true).same_site(SameSite::Lax).secure(app.config.tls).build()
}

/// What nobody can guess: 256 random bits as hex.
pub(super) fn nytt_token() -> Result<String> {
    let mut tilfeldig = [0_u8; 32];
    getrandom::fill(&mut tilfeldig).map_err(|e| Error::Intern(e.to_string()))?;
    Ok(tekst::hex(&tilfeldig))
}

/// The hash a token is stored as.
pub(super) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The token the browser sent, if any.
pub(super) fn token(app: &App, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(navn(app)).map(|c| c.value().to_owned())
}

/// Opens a session and gives the cookie for it. An earlier session of the same account in this browser lends its role.
pub(super) async fn apne(app: &App, bruker: Uuid, gammel: Option<String>) -> Result<(Cookie<'static>, bool)> {
    let token = nytt_token()?;
    let mut tx = app.db.utenfor().await?;
    let utlopt = "delete from okt where least(sist_brukt, opprettet) <= $1";
    sqlx::query(utlopt).bind(app.na() - VARER).execute(&mut *tx).await?;
    let forrige: Option<(Option<Uuid>, Option<Uuid>)> =
        sqlx::query_as("delete from okt where token_hash = $1 and bruker_id = $2 returning region_id, rolle_id")
            .bind(gammel.as_deref().map(hash).unwrap_or_default())
            .bind(bruker)
            .fetch_optional(&mut *tx)
            .await?;
    let roller = mine_roller(app, &mut tx, bruker).await?;
    let valgt = match (roller.as_slice(), forrige) {
        ([eneste], _) => Some((eneste.region, eneste.rolle)),
        (alle, Some((_, Some(rolle)))) => alle.iter().find(|r| r.rolle == rolle).map(|r| (r.region, r.rolle)),
        _ => None,
    };
    sqlx::query(
        "insert into okt (token_hash, bruker_id, region_id, rolle_id, opprettet, sist_brukt) values ($1, $2, $3, $4, $5, $5)",
    )
    .bind(hash(&token))
    .bind(bruker)
    .bind(valgt.map(|v| v.0))
    .bind(valgt.map(|v| v.1))
    .bind(app.na())
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok((kapsel(app, navn(app), token), valgt.is_some()))
}

/// A role the account may act in.
pub(super) struct Valg {
    pub(super) region: Uuid,
    pub(super) region_navn: String,
    pub(super) rolle: Uuid,
    pub(super) type_: Option<Rolletype>,
    pub(super) visning: String,
}

impl Valg {
    /// The role by its name where the title does not say it: «Regionkoordinator: Rådgiver, Tynset».
    pub(super) fn tekst(&self) -> String {
        match self.type_ {
            Some(type_) if !self.visning.starts_with(type_.navn()) => format!("{}: {}", type_.navn(), self.visning),
            _ => self.visning.clone(),
        }
    }
}

pub(super) async fn mine_roller(app: &App, tx: &mut Tx, bruker: Uuid) -> Result<Vec<Valg>> {
    let rader = sqlx::query("select region_id, region, rolle_id, type, visning from mine_roller($1, $2)")
        .bind(bruker)
        .bind(tid::lokal(app.na()).date())
        .fetch_all(&mut **tx)
        .await?;
    Ok(rader
        .into_iter()
        .map(|r| Valg {
            region: r.get("region_id"),
            region_navn: r.get("region"),
            rolle: r.get("rolle_id"),
            type_: r.get::<&str, _>("type").parse().ok(),
            visning: r.get("visning"),
        })
        .collect())
}

/// Lets the session act in one of the account's own roles.
pub(super) async fn velg(app: &App, token: &str, bruker: Uuid, rolle: Uuid) -> Result<()> {
    let mut tx = app.db.utenfor().await?;
    let roller = mine_roller(app, &mut tx, bruker).await?;
    let valg = roller.iter().find(|r| r.rolle == rolle).ok_or(Error::IkkeFunnet)?;
    sqlx::query("update okt set region_id = $3, rolle_id = $4 where token_hash = $1 and bruker_id = $2")
        .bind(hash(token))
        .bind(bruker)
        .bind(valg.region)
        .bind(valg.rolle)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

/// Ends one session and takes its cookie away.
pub(super) async fn lukk(app: &App, token: &str) -> Result<Cookie<'static>> {
    let mut tx = app.db.utenfor().await?;
    sqlx::query("delete from okt where token_hash = $1").bind(hash(token)).execute(&mut *tx).await?;
    tx.commit().await?;
    let mut tom = kapsel(app, navn(app), String::new());
    tom.make_removal();
    Ok(tom)
}

/// Ends every session of an account: its password has changed, or it has been closed.
pub async fn avslutt_alle(tx: &mut Tx, bruker: Uuid) -> Result<()> {
    sqlx::query("delete from okt where bruker_id = $1").bind(bruker).execute(&mut **tx).await?;
    Ok(())
}

/// Notes that the session's holder has just shown that it is them.
pub(super) async fn sett_bekreftet(app: &App, token: &str) -> Result<()> {
    let mut tx = app.db.utenfor().await?;
    sqlx::query("update okt set bekreftet = $2 where token_hash = $1")
        .bind(hash(token))
        .bind(app.na())
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

async fn finn(app: &App, token: &str) -> Result<Option<Identitet>> {
    let sql = "select g.*, coalesce(o.bekreftet, o.opprettet) > $4 as nylig,
                      exists (select from totrinn t where t.bruker_id = g.bruker_id) as har_totrinn
                 from ga_inn($1, $2, $3) g join okt o on o.token_hash = $1";
    let rad = sqlx::query(sql)
        .bind(hash(token))
        .bind(app.na())
        .bind(tid::lokal(app.na()).date())
        .bind(app.na() - nylig::VARER)
        .fetch_optional(app.db.pool())
        .await?;
    Ok(rad.map(|r| Identitet {
        bruker: r.get("bruker_id"),
        epost: r.get("epost"),
        ma_bytte_passord: r.get("ma_bytte_passord"),
        har_totrinn: r.get("har_totrinn"),
        nylig: r.get("nylig"),
        rolle: r.get::<Option<String>, _>("type").and_then(|t| t.parse().ok()).map(|type_| Rolle {
            id: r.get("rolle_id"),
            type_,
            region: r.get("region_id"),
            region_navn: r.get("region"),
            kontakt: r.get("kontakt"),
            person: r.get("person_id"),
            navn: r.get("navn"),
            visning: r.get("visning"),
            kommune: r.get("kommune_id"),
            enhet: r.get("enhet_id"),
            har_flere: r.get("har_flere"),
        }),
    }))
}

/// Finds who asks and tells both the handler and the frame. Without a session a page leads to log-in,
/// and a form is kept until its writer has logged in again: nothing written is lost.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let identitet = match token(&app, request.headers()) {
        Some(token) => match finn(&app, &token).await {
            Ok(identitet) => identitet,
            Err(error) => return error.into_response(),
        },
        None => None,
    };
    let Some(mut identitet) = identitet else {
        return uten_okt(request, next).await;
    };
    request = match nylig::bekreft(&app, &mut identitet, request).await {
        Ok(request) => request,
        Err(mut svar) => {
            svar.extensions_mut().insert(Arc::new(identitet));
            return svar;
        }
    };
    let identitet = Arc::new(identitet);
    request.extensions_mut().insert(identitet.clone());
    let sted = avvist::sted(&request);
    let mut response = next.run(request).await;
    if let Err(error) = avvist::noter(&app, &identitet, sted, response.status()).await {
        return error.into_response();
    }
    response.extensions_mut().insert(identitet);
    response
}

async fn uten_okt(request: Request, next: Next) -> Response {
    let sti = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    if request.method() == Method::POST
        && !request.uri().path().starts_with("/logg-inn")
        && request.uri().path() != "/ny-innlogging"
        && er_skjema(request.headers())
    {
        return match behold(request.into_body(), sti).await {
            Ok(side) => side.into_response(),
            Err(error) => error.into_response(),
        };
    }
    let get = request.method() == Method::GET;
    let response = next.run(request).await;
    if get && response.status() == StatusCode::UNAUTHORIZED {
        return Redirect::to(&format!("/logg-inn?neste={}", super::routes::i_adresse(&sti))).into_response();
    }
    response
}

async fn behold(body: Body, sti: String) -> Result<MedStatus<views::LoggInn>> {
    let skjema = les_kropp(body).await?;
    Ok(Page::med_status(StatusCode::UNAUTHORIZED, views::LoggInn::for_skjema(sti, skjema)))
}

/// A form's body as it was sent.
pub(super) async fn les_kropp(body: Body) -> Result<String> {
    let skjema = axum::body::to_bytes(body, STORSTE_SKJEMA).await.map_err(|_| Error::ForStor)?;
    String::from_utf8(skjema.to_vec()).map_err(|_| Error::Ugyldig("Skjemaet kunne ikke leses".into()))
}
