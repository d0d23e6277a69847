//! The doors of auth: log in and out, choose role, change password.
use std::net::{IpAddr, Ipv4Addr};

use axum::{
    Router,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::{
    extract::{CookieJar, Query},
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Identitet, innlogging, konto as kontoer, okt, okter, views};
use crate::{
    App, Error, Result,
    web::{Feil, Page, Skjema, Utfall, Videre, adresse_av, trygg_sti},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/logg-inn")]
struct LoggInn;

#[derive(TypedPath, Deserialize)]
#[typed_path("/logg-ut")]
struct LoggUt;

#[derive(TypedPath, Deserialize)]
#[typed_path("/pa-vegne-av")]
struct PaVegneAv;

#[derive(TypedPath, Deserialize)]
#[typed_path("/konto")]
struct Konto;

#[derive(TypedPath, Deserialize)]
#[typed_path("/konto/koble")]
struct Koble;

/// Log out elsewhere.
#[derive(TypedPath, Deserialize)]
#[typed_path("/konto/okter")]
struct AvsluttOkter;

/// Where to go after log-in.
#[derive(Deserialize)]
struct Neste {
    neste: Option<String>,
}

#[derive(Deserialize)]
struct Innlogging {
    #[serde(default)]
    epost: String,
    #[serde(default)]
    passord: String,
    #[serde(default)]
    neste: String,
    /// A form that was sent after the session had ended: its path and its raw body.
    #[serde(default)]
    gjenoppta_sti: String,
    #[serde(default)]
    gjenoppta_skjema: String,
}

#[derive(Deserialize)]
struct Rollevalg {
    rolle: Uuid,
}

#[derive(Deserialize)]
struct NyttPassord {
    #[serde(default)]
    gjeldende: String,
    #[serde(default)]
    nytt: String,
    #[serde(default)]
    gjenta: String,
}

/// One session, or all the others (empty).
#[derive(Deserialize)]
struct Oktvalg {
    #[serde(default)]
    okt: String,
}

#[derive(Deserialize)]
struct Kode {
    #[serde(default)]
    kode: String,
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(innlogging_side)
        .typed_post(logg_inn)
        .typed_post(logg_ut)
        .typed_get(velg_side)
        .typed_post(velg)
        .typed_get(konto)
        .typed_post(bytt_passord)
        .typed_post(koble)
        .typed_post(avslutt_okter)
}

/// A path written so that it can stand in a query.
pub(super) fn i_adresse(sti: &str) -> String {
    sti.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

async fn innlogging_side(
    _: LoggInn,
    State(app): State<App>,
    Query(Neste { neste }): Query<Neste>,
    identitet: Option<Identitet>,
) -> Response {
    let neste = trygg_sti(neste.as_deref().unwrap_or("/")).to_owned();
    match identitet {
        Some(_) => Redirect::to(&neste).into_response(),
        None => Page(views::LoggInn::ny(neste, app.config.demo)).into_response(),
    }
}

async fn logg_inn(
    _: LoggInn,
    State(app): State<App>,
    adresse: Adresse,
    headers: HeaderMap,
    jar: CookieJar,
    Skjema(skjema): Skjema<Innlogging>,
) -> Result<Response> {
    let Some(bruker) = innlogging::logg_inn(&app, &skjema.epost, skjema.passord, adresse.0).await? else {
        let side = views::LoggInn {
            epost: skjema.epost,
            neste: trygg_sti(&skjema.neste).to_owned(),
            gjenoppta_sti: skjema.gjenoppta_sti,
            gjenoppta_skjema: skjema.gjenoppta_skjema,
            feil: Feil::en("epost", "E-postadressen eller passordet er feil. Prøv igjen"),
            demo: app.config.demo,
        };
        return Ok(Page::med_feil(side).into_response());
    };
    let (kapsel, valgt) = okt::apne(&app, bruker, okt::token(&app, &headers)).await?;
    let jar = jar.add(kapsel);
    if !skjema.gjenoppta_sti.is_empty() && valgt {
        let side = views::Gjenoppta::ny(trygg_sti(&skjema.gjenoppta_sti).to_owned(), &skjema.gjenoppta_skjema);
        return Ok((jar, Page(side)).into_response());
    }
    let neste = trygg_sti(&skjema.neste);
    let sted = if valgt { neste.to_owned() } else { format!("{}?neste={}", PaVegneAv::PATH, i_adresse(neste)) };
    Ok((jar, Redirect::to(&sted)).into_response())
}

/// What the browser has kept of unsaved notes goes with the session.
async fn logg_ut(
    _: LoggUt,
    State(app): State<App>,
    headers: HeaderMap,
    jar: CookieJar,
) -> Result<(CookieJar, [(&'static str, &'static str); 1], Videre)> {
    let token = okt::token(&app, &headers).ok_or(Error::Utlogget)?;
    let tom = okt::lukk(&app, &token).await?;
    Ok((jar.add(tom), [("clear-site-data", "\"storage\"")], Videre::til(&LoggInn).med("Du er logget ut")))
}

async fn velg_side(_: PaVegneAv, State(app): State<App>, identitet: Identitet) -> Result<Page<views::PaVegneAv>> {
    let mut tx = app.db.utenfor().await?;
    let valg = okt::mine_roller(&app, &mut tx, identitet.bruker).await?;
    Ok(Page(views::PaVegneAv { valg, na: identitet.rolle.map(|r| r.id) }))
}

async fn velg(
    _: PaVegneAv,
    State(app): State<App>,
    identitet: Identitet,
    headers: HeaderMap,
    Query(Neste { neste }): Query<Neste>,
    Skjema(valg): Skjema<Rollevalg>,
) -> Result<Redirect> {
    let token = okt::token(&app, &headers).ok_or(Error::Utlogget)?;
    okt::velg(&app, &token, identitet.bruker, valg.rolle).await?;
    Ok(Redirect::to(trygg_sti(neste.as_deref().unwrap_or("/"))))
}

async fn konto(
    _: Konto,
    State(app): State<App>,
    identitet: Identitet,
    headers: HeaderMap,
) -> Result<Page<views::Konto>> {
    Ok(Page(konto_side(&app, &identitet, &headers, Feil::default()).await?))
}

async fn konto_side(app: &App, identitet: &Identitet, headers: &HeaderMap, feil: Feil) -> Result<views::Konto> {
    let token = okt::token(app, headers).ok_or(Error::Utlogget)?;
    let okter = okter::mine(app, identitet.bruker, &token).await?;
    Ok(views::Konto { epost: identitet.epost.clone(), ma_bytte: identitet.ma_bytte_passord, okter, feil })
}

/// Logs the account out elsewhere: in one place, or in all.
async fn avslutt_okter(
    _: AvsluttOkter,
    State(app): State<App>,
    identitet: Identitet,
    headers: HeaderMap,
    Skjema(valg): Skjema<Oktvalg>,
) -> Result<Videre> {
    let token = okt::token(&app, &headers).ok_or(Error::Utlogget)?;
    let en = Some(valg.okt.as_str()).filter(|okt| !okt.is_empty());
    let ord = match okter::avslutt(&app, identitet.bruker, &token, en).await? {
        0 => "Du var alt logget ut der",
        _ => "Du er logget ut der",
    };
    Ok(Videre::til(&Konto).med(ord))
}

async fn bytt_passord(
    _: Konto,
    State(app): State<App>,
    identitet: Identitet,
    headers: HeaderMap,
    jar: CookieJar,
    Skjema(skjema): Skjema<NyttPassord>,
) -> Result<Response> {
    let mut feil = Feil::default();
    if !innlogging::riktig_passord(&app, identitet.bruker, skjema.gjeldende).await? {
        feil.legg_til("gjeldende", "Passordet du har nå, er ikke riktig");
    }
    if let Some(svakt) = innlogging::svakt_passord(&skjema.nytt, &identitet.epost) {
        feil.legg_til("nytt", &svakt);
    } else if skjema.nytt != skjema.gjenta {
        feil.legg_til("gjenta", "De to nye passordene er ikke like");
    }
    if !feil.er_tom() {
        return Ok(Page::med_feil(konto_side(&app, &identitet, &headers, feil).await?).into_response());
    }
    lagre_passord(&app, identitet.bruker, skjema.nytt).await?;
    let (kapsel, _) = okt::apne(&app, identitet.bruker, None).await?;
    let videre = Videre::til("/").med("Passordet er byttet. Du er logget ut alle andre steder");
    Ok((jar.add(kapsel), videre).into_response())
}

/// Joins the account to one more region, by a code that region's systemadministrator has given its holder.
async fn koble(
    _: Koble,
    State(app): State<App>,
    identitet: Identitet,
    headers: HeaderMap,
    Skjema(skjema): Skjema<Kode>,
) -> Utfall<views::Konto> {
    if identitet.ma_bytte_passord {
        return Err(Error::MaByttePassord);
    }
    let mut tx = app.db.utenfor().await?;
    let region = kontoer::koble(&mut tx, identitet.bruker, &skjema.kode, app.na()).await?;
    tx.commit().await?;
    if let Some(region) = region {
        return Ok(Ok(Videre::til(&PaVegneAv).med(format!("Innloggingen er knyttet til {region}"))));
    }
    let feil = Feil::en("kode", "Koden er feil eller for gammel. Be systemadministratoren om en ny");
    Ok(Err(Page::med_feil(konto_side(&app, &identitet, &headers, feil).await?)))
}

async fn lagre_passord(app: &App, bruker: Uuid, passord: String) -> Result<()> {
    let hash = innlogging::hash_passord(passord).await?;
    let mut tx = app.db.utenfor().await?;
    sqlx::query("update bruker set passord_hash = $2, ma_bytte_passord = false where id = $1")
        .bind(bruker)
        .bind(hash)
        .execute(&mut *tx)
        .await?;
    okt::avslutt_alle(&mut tx, bruker).await?;
    tx.commit().await
}

/// The address of whoever asks, as far as it can be trusted.
struct Adresse(IpAddr);

impl axum::extract::FromRequestParts<App> for Adresse {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &App) -> Result<Self> {
        let adresse = adresse_av(app, &parts.headers, &parts.extensions);
        Ok(Self(adresse.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_a_query_comes_back_whole() {
        assert_eq!(i_adresse("/team/1?a=b&c=æ"), "/team/1%3Fa%3Db%26c%3D%C3%A6");
    }
}
