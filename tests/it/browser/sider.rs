//! Every page that the table of routes names and a role may see: axe, console and width, on both screens, light and dark.
use axum::http::Method;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Hus, Nettleser, Skjerm};
use crate::ruter::{RUTER, Rute, Svar};

/// All whose pages are looked at, in the order in which a page finds its first.
const ALLE: [u32; 11] = [1, 2, 4, 5, 6, 7, 8, 9, 10, 13, 14];

#[sqlx::test]
async fn every_page_of_a_leader_is_sound_at_a_desk(pool: PgPoolOptions, connect: PgConnectOptions) {
    se_alt(&Hus::apne(pool, connect).await, Skjerm::Bred, |nr| nr == 1).await;
}

#[sqlx::test]
async fn every_page_of_a_leader_is_sound_on_a_phone(pool: PgPoolOptions, connect: PgConnectOptions) {
    se_alt(&Hus::apne(pool, connect).await, Skjerm::Telefon, |nr| nr == 1).await;
}

#[sqlx::test]
async fn every_other_page_is_sound_at_a_desk(pool: PgPoolOptions, connect: PgConnectOptions) {
    se_alt(&Hus::apne(pool, connect).await, Skjerm::Bred, |nr| nr != 1).await;
}

#[sqlx::test]
async fn every_other_page_is_sound_on_a_phone(pool: PgPoolOptions, connect: PgConnectOptions) {
    se_alt(&Hus::apne(pool, connect).await, Skjerm::Telefon, |nr| nr != 1).await;
}

async fn se_alt(hus: &Hus, skjerm: Skjerm, hvem: fn(u32) -> bool) {
    hus.app.med_eksempler().await;
    let n = Nettleser::apne(hus.adresse, skjerm).await;
    let mut feil = Vec::new();
    feil.extend(n.se_pa("/logg-inn").await);
    for nr in ALLE.into_iter().filter(|nr| hvem(*nr)) {
        hus.logg_inn(&n, nr).await;
        for rute in RUTER.iter().filter(|r| er_side(r) && r.svar_til(nr) == Svar::Ja && forste(r) == nr || r.sti == "/")
        {
            let sti = rute.her("0a");
            n.fargevalg("light").await;
            feil.extend(n.se_pa(&sti).await);
            n.skjermbilde(&format!("side-{nr}{}", navn(rute))).await;
            n.fargevalg("dark").await;
            feil.extend(n.se_pa(&sti).await);
        }
        n.fargevalg("light").await;
    }
    assert!(feil.is_empty(), "{} feil:\n{}", feil.len(), feil.join("\n"));
}

fn er_side(rute: &Rute) -> bool {
    rute.metode == Method::GET
        && !["/static/{name}", "/helse", "/klar", "/logg-inn", "/moter/{id}/direkte"].contains(&rute.sti)
}

/// The first who may see a page: there it is looked at.
fn forste(rute: &Rute) -> u32 {
    ALLE.into_iter().find(|nr| rute.svar_til(*nr) == Svar::Ja).unwrap_or(0)
}

fn navn(rute: &Rute) -> String {
    rute.monster().replace(['/', '{', '}'], "-")
}
