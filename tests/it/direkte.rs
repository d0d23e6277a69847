//! A møte that several have open: what one changes, the others are told at once.
use std::time::{Duration, Instant};

use axum::{
    body::{Body, BodyDataStream},
    http::{Request, StatusCode},
};
use futures_util::StreamExt;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::time::timeout;

use crate::testapp::{Aktor, TestApp, id};

/// The promise of the product: the others see it within a second.
const STRAKS: Duration = Duration::from_secs(1);

fn mote(nr: u32) -> String {
    format!("/moter/{}", id("0a", "0c", nr))
}

async fn folg(aktor: &Aktor, nr: u32) -> BodyDataStream {
    let svar = aktor.svar(Request::get(mote(nr) + "/direkte"), Body::empty()).await;
    assert_eq!(svar.status(), StatusCode::OK);
    let mut strom = svar.into_body().into_data_stream();
    assert_eq!(neste(&mut strom).await.unwrap(), "event: klar\ndata: na\n\n", "uten data hører nettleseren ingenting");
    strom
}

/// The house begins to listen for the first who follows, and tells when it does: what happened before is looked at anew.
async fn vent_til_huset_lytter(strom: &mut BodyDataStream) {
    timeout(Duration::from_secs(30), strom.next()).await.expect("huset lytter ikke").unwrap().unwrap();
}

/// What comes within a second, if anything.
async fn neste(strom: &mut BodyDataStream) -> Option<String> {
    let bit = timeout(STRAKS, strom.next()).await.ok()??.unwrap();
    Some(String::from_utf8(bit.to_vec()).unwrap())
}

#[sqlx::test]
async fn a_note_is_told_to_all_who_have_the_mote_open_and_to_nobody_else(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    let mut her = folg(&ppt, 3).await;
    vent_til_huset_lytter(&mut her).await;
    let mut annet = folg(&ppt, 1).await;
    let skriv = format!("{}/element/{}/notat", mote(3), id("0a", "0d", 31));
    let side = rektor.get(&(mote(3) + "/hold")).await.er(StatusCode::OK);
    let for_lagring = Instant::now();
    rektor.fyll(&side, &skriv, &[("notat", "Vi er i gang")]).await.er(StatusCode::SEE_OTHER);
    let hort = neste(&mut her).await.expect("endringen ble ikke fortalt");
    assert_eq!(hort, "event: endret\ndata: na\n\n");
    assert!(for_lagring.elapsed() < STRAKS, "{:?}", for_lagring.elapsed());
    assert_eq!(neste(&mut annet).await, None, "et annet møte fikk høre det");
}

#[sqlx::test]
async fn attendance_and_decisions_are_told_too(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    let mut her = folg(&rektor, 3).await;
    vent_til_huset_lytter(&mut her).await;
    let mitt = mote(3) + "/mitt-oppmote";
    let side = ppt.get(&mitt).await.er(StatusCode::OK);
    ppt.fyll(&side, &mitt, &[("oppmote", "til_stede")]).await.er(StatusCode::SEE_OTHER);
    assert!(neste(&mut her).await.is_some());
    let beslutning = format!("{}/element/{}/beslutning", mote(3), id("0a", "0d", 31));
    let side = rektor.get(&(mote(3) + "/hold")).await.er(StatusCode::OK);
    rektor
        .fyll(&side, &beslutning, &[("tekst", "PPT følger opp"), ("tjenestetype", "ppt")])
        .await
        .er(StatusCode::SEE_OTHER);
    assert!(neste(&mut her).await.is_some());
}

#[sqlx::test]
async fn the_clock_a_late_comer_and_what_the_staff_learn_are_told_too(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    let mut her = folg(&ppt, 3).await;
    vent_til_huset_lytter(&mut her).await;
    let side = rektor.get(&(mote(3) + "/hold")).await.er(StatusCode::OK);
    let start = format!("{}/element/{}/start", mote(3), id("0a", "0d", 32));
    rektor.fyll(&side, &start, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(neste(&mut her).await.is_some());
    let tid = format!("{}/oppmote/{}/tid", mote(3), id("0a", "0e", 33));
    rektor.fyll(&side, &tid, &[("na", "kom")]).await.er(StatusCode::SEE_OTHER);
    assert!(neste(&mut her).await.is_some());
    let logg = format!("{}/element/{}/kompetanse", mote(3), id("0a", "0d", 32));
    let side = rektor.get(&logg).await.er(StatusCode::OK);
    let felter = [("tema", "Lek"), ("tjenestetype", "ppt"), ("antall", "8")];
    rektor.fyll(&side, &logg, &felter).await.er(StatusCode::SEE_OTHER);
    assert!(neste(&mut her).await.is_some());
}
