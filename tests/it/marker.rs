//! What is said about a child stays with those who were in the møte: a word is planted everywhere it can be written, and looked
//! for on every page and in every document, as everybody else, and in the log.
use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use http_body_util::BodyExt;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{Aktor, Side, TestApp, dokument::Fil, id, ruter::RUTER};

const MERKE: &str = "zirkongul";

#[derive(Clone, Default)]
struct Logg(Arc<Mutex<Vec<u8>>>);

impl io::Write for Logg {
    fn write(&mut self, linje: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(linje);
        Ok(linje.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn na(hva: &str) -> String {
    format!("/moter/{}{hva}", id("0a", "0c", 3))
}

/// Sends the form at `sti` of a page with the word in it.
async fn plant(rektor: &Aktor, side: &str, sti: &str, felter: &[(&str, &str)]) -> Side {
    let side = rektor.get(side).await.er(StatusCode::OK);
    rektor.fyll(&side, sti, felter).await.er(StatusCode::SEE_OTHER)
}

/// Writes the word about a child wherever the møte under way lets it be written.
async fn plant_overalt(rektor: &Aktor) {
    let team = format!("/team/{}", id("0a", "0a", 1));
    let meld = format!("{team}/meld/samtykke");
    let felter = [("tittel", MERKE), ("beskrivelse", MERKE), ("samtykke_ref", MERKE)];
    plant(rektor, &meld, &meld, &felter).await;
    let tredje = id("0a", "0d", 33);
    plant(rektor, &na("/hold"), &na(&format!("/element/{tredje}/notat")), &[("notat", MERKE)]).await;
    let beslutning = [("tekst", MERKE), ("tjenestetype", "ppt")];
    plant(rektor, &na("/hold"), &na(&format!("/element/{tredje}/beslutning")), &beslutning).await;
    let medvirkning = [("barn_mate", "ikke"), ("foresatte_mate", "ikke"), ("begrunnelse", MERKE)];
    plant(rektor, &na("/medvirkning"), &na("/medvirkning"), &medvirkning).await;
    let lag = rektor.get(&na("")).await.er(StatusCode::OK);
    let lag = lag.html.split('"').find(|d| d.starts_with(&na("/beslutning/")) && d.ends_with("/tiltak")).unwrap();
    let tiltak = [
        ("mal", MERKE),
        ("hva", MERKE),
        ("niva", "individ"),
        ("tiltaksniva", "sekundaer"),
        ("kategori", "laeringsmiljo"),
        ("utformet_med", "begge"),
        ("frist", "2026-12-20"),
        ("neste_evaluering", "2026-12-09"),
    ];
    plant(rektor, lag, lag, &tiltak).await;
}

/// Whoever neither was in the møte nor sits in the team, which follows its tiltak, and is shown the word all the same.
async fn lekkasjer(app: &TestApp) -> Vec<String> {
    let mut lekkasjer = Vec::new();
    for (region, nr) in (6..=14).map(|nr| ("0a", nr)).chain((1..=14).map(|nr| ("0b", nr))) {
        let hvem = app.som(region, nr);
        for rute in RUTER.iter().filter(|r| r.metode == Method::GET && !r.sti.ends_with("/direkte")) {
            let sti = rute.her("0a");
            if hvem.get(&sti).await.html.contains(MERKE) {
                lekkasjer.push(format!("{sti} som {nr}@{region}"));
            }
        }
    }
    lekkasjer
}

/// Whether a document holds the word, as independent readers read it; `None` for one who may not have it.
async fn i_dokumentet(hvem: &Aktor, sti: &str) -> Option<bool> {
    let svar = hvem.svar(Request::get(sti), Body::empty()).await;
    if svar.status() != StatusCode::OK {
        assert!(svar.status().is_client_error() || svar.status().is_redirection(), "{sti}: {}", svar.status());
        return None;
    }
    let pdf = svar.into_body().collect().await.unwrap().to_bytes();
    Some(Fil::ny(&pdf).alt().contains(MERKE))
}

/// Those in the room have the word in their documents, nobody has it in the version without single children, and no one else
/// has it at all.
async fn dokumentene_tier(app: &TestApp, stier: &[String]) {
    for sti in stier {
        let uten = format!("{sti}{}uten_individ=1", if sti.contains('?') { '&' } else { '?' });
        for nr in 1..=4 {
            let hvem = app.som("0a", nr);
            let svar = (i_dokumentet(&hvem, sti).await, i_dokumentet(&hvem, &uten).await);
            assert_eq!(svar, (Some(true), Some(false)), "{sti} som {nr}");
        }
        for (region, nr) in (5..=14).map(|nr| ("0a", nr)).chain((1..=14).map(|nr| ("0b", nr))) {
            let hvem = app.som(region, nr);
            for sti in [sti, &uten] {
                assert_ne!(i_dokumentet(&hvem, sti).await, Some(true), "{sti} som {nr}@{region}");
            }
        }
    }
}

#[sqlx::test]
async fn what_is_about_a_child_is_nowhere_else(pool: PgPoolOptions, connect: PgConnectOptions) {
    let logg = Logg::default();
    let skriver = {
        let logg = logg.clone();
        move || logg.clone()
    };
    let _her = tracing::subscriber::set_default(
        tracing_subscriber::fmt().with_env_filter("debug,sqlx::query=warn").with_writer(skriver).finish(),
    );
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    plant_overalt(&rektor).await;
    let hold = app.som("0a", 2).get(&na("/hold")).await.er(StatusCode::OK);
    assert!(hold.html.matches(MERKE).count() > 4, "those in the room read it: {}", hold.tekst());
    assert_eq!(lekkasjer(&app).await, [""; 0], "while the møte is under way");
    dokumentene_tier(&app, &[na("/agenda.pdf")]).await;

    let felter = [("begrunnelse", MERKE)];
    plant(&rektor, &na("/ferdigstill"), &na("/ferdigstill"), &felter).await;
    assert!(app.som("0a", 2).get(&na("/referat")).await.html.contains(MERKE));
    assert_eq!(lekkasjer(&app).await, [""; 0], "after the møte");
    let perioden = format!("/team/{}/referater.pdf?fra=2026-08-01&til=2026-12-31", id("0a", "0a", 1));
    dokumentene_tier(&app, &[na("/referat.pdf"), perioden]).await;
    let logg = String::from_utf8_lossy(&logg.0.lock().unwrap()).into_owned();
    assert!(
        logg.contains("/medvirkning") && !logg.contains(MERKE),
        "the log tells what was asked for, not what was said"
    );
}
