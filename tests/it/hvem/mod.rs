//! Who are you: the second step, links that work once, and being asked once more.
mod i_loggen;
mod lenke;
mod nylig;
mod totrinn;

use std::fmt::Write as _;

use axum::http::StatusCode;
use ring::hmac;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{Aktor, Side, TestApp, id, testapp::config};

const PASSORD: &str = "fire gode ord her";
/// The hour of the tests, in seconds since 1970.
pub(crate) const NA: i64 = 1_794_996_000;

async fn med_passord(app: &TestApp, nr: u32) {
    let hash = samhandling::auth::hash_passord(PASSORD.into()).await.unwrap();
    sqlx::query("update bruker set passord_hash = $2 where id = $1")
        .bind(id("0a", "04", nr))
        .bind(hash)
        .execute(&app.eier)
        .await
        .unwrap();
}

/// Logs in with e-mail and password; what comes back may be a session or the question for a code.
async fn logg_inn(app: &TestApp, nr: u32) -> Side {
    let side = app.fremmed().get("/logg-inn").await;
    let epost = format!("p{nr}@0a.example");
    app.fremmed().fyll(&side, "/logg-inn", &[("epost", &epost), ("passord", PASSORD)]).await.er(StatusCode::SEE_OTHER)
}

/// The house as it is outside the demo: nobody gets anywhere without a second step.
async fn streng(pool: PgPoolOptions, connect: PgConnectOptions) -> TestApp {
    TestApp::start_med(pool, connect, samhandling::Config { krev_totrinn: true, ..config() }).await
}

/// The code of a secret, made here by the book and not by the house.
pub(crate) fn kode(hemmelighet: &str, sekunder: i64) -> String {
    const TEGN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut biter = String::new();
    for tegn in hemmelighet.chars() {
        write!(biter, "{:05b}", TEGN.find(tegn).unwrap()).unwrap();
    }
    let byte: Vec<u8> = biter
        .as_bytes()
        .chunks_exact(8)
        .map(|b| u8::from_str_radix(std::str::from_utf8(b).unwrap(), 2).unwrap())
        .collect();
    let nokkel = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &byte);
    let merke = hmac::sign(&nokkel, &(sekunder / 30).to_be_bytes());
    let merke = merke.as_ref();
    let fra = usize::from(merke[19] & 15);
    let tall = u32::from_be_bytes(merke[fra..fra + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", tall % 1_000_000)
}

/// The words in `<code>` on a page.
fn koder(side: &Side) -> Vec<String> {
    let html = scraper::Html::parse_document(&side.html);
    let kode = scraper::Selector::parse("main code").unwrap();
    html.select(&kode).map(|k| k.text().collect()).collect()
}

/// Sets up the second step: the secret, and the codes for paper.
async fn sett_opp(hvem: &Aktor, sekunder: i64) -> (String, Vec<String>) {
    let side = hvem.get("/konto/totrinn").await.er(StatusCode::OK);
    let hemmelighet = koder(&side)[0].replace(' ', "");
    let svar = hvem.fyll(&side, "/konto/totrinn", &[("kode", &kode(&hemmelighet, sekunder))]).await.er(StatusCode::OK);
    (hemmelighet, koder(&svar))
}
