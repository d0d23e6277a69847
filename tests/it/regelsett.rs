//! The region's rules, and the exceptions from them.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

const KOORDINATOR: u32 = 9;
const ADMIN: u32 = 10;
const VIS: &str = "/admin/regelsett";
const ENDRE: &str = "/admin/regelsett/endre";
const NYTT: &str = "/admin/regelsett/unntak/ny";

/// The path of the only exception there is.
async fn unntak(app: &TestApp) -> String {
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from regelsett where begrunnelse <> ''").fetch_one(&app.eier).await.unwrap();
    format!("{VIS}/unntak/{id}")
}

#[sqlx::test]
async fn only_the_regionkoordinator_comes_to_the_rules(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let noe = format!("{VIS}/unntak/{}", id("0a", "07", 1));
    for nr in [1, 2, 6, 7, 8, ADMIN] {
        for sti in [VIS, ENDRE, NYTT, &noe] {
            app.som("0a", nr).get(sti).await.er(StatusCode::FORBIDDEN);
        }
        for sti in [ENDRE, &noe, &format!("{noe}/fjern")] {
            app.som("0a", nr).post(sti, &[("versjon", "1")]).await.er(StatusCode::FORBIDDEN);
        }
        let nokkel = id("0a", "ff", 1).to_string();
        app.som("0a", nr).post(NYTT, &[("nokkel", &nokkel)]).await.er(StatusCode::FORBIDDEN);
    }
    // The region's own rules are no exception, and nothing removes them.
    let randi = app.som("0a", KOORDINATOR);
    randi.get(&noe).await.er(StatusCode::NOT_FOUND);
    randi.post(&format!("{noe}/fjern"), &[("versjon", "1")]).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn the_regions_rules_are_changed_with_their_reasons_in_sight(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let vis = randi.get(VIS).await.er(StatusCode::OK);
    for ord in ["150 minutter (2,5 timer)", "2 møter", "300 elever", "Barnevern", "høst fra 1. august", "kapittel 6"]
    {
        assert!(vis.sier(ord), "{ord}: {}", vis.tekst());
    }
    let side = randi.get(ENDRE).await.er(StatusCode::OK);
    let feil = randi
        .fyll(&side, ENDRE, &[("min_varighet", "10"), ("min_host", ""), ("host_start", "32.13.")])
        .await
        .er(StatusCode::UNPROCESSABLE_ENTITY);
    for ord in ["helt tall fra 30 til 480", "Fyll ut «Møter om høsten»", "to datoer som finnes"] {
        assert!(feil.sier(ord), "{ord}: {}", feil.tekst());
    }
    let svar = randi.fyll(&side, ENDRE, &[("min_varighet", "180"), ("min_host", "3")]).await.er(StatusCode::SEE_OTHER);
    let vis = randi.folg(&svar).await;
    for ord in ["gjelder fra nå", "møtemal er nå kortere", "180 minutter (3 timer)", "3 møter"] {
        assert!(vis.sier(ord), "{ord}: {}", vis.tekst());
    }
    let gammel = randi.fyll(&side, ENDRE, &[("min_varighet", "120")]).await.er(StatusCode::CONFLICT);
    assert!(gammel.sier("lagret «180»"), "{}", gammel.tekst());
    randi.fyll(&gammel, ENDRE, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(randi.get(VIS).await.sier("120 minutter"));
    assert!(app.som("0b", KOORDINATOR).get(VIS).await.sier("150 minutter"), "another region keeps its own");
}

#[sqlx::test]
async fn an_exception_is_made_with_a_reason_changed_and_removed(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let side = randi.get(NYTT).await.er(StatusCode::OK);
    let sted = format!("enhet-{}", id("0a", "03", 3));
    let feil =
        randi.fyll(&side, NYTT, &[("sted", &sted), ("min_host", "1")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("Skriv hvorfor regelen er en annen her"), "{}", feil.tekst());
    let andres = format!("enhet-{}", id("0b", "03", 3));
    let hvorfor = "<script>Fire elever</script>";
    for (sted, ord) in [("", "Velg kommunen eller enheten"), (andres.as_str(), "Velg et sted fra listen")] {
        let felter = [("sted", sted), ("min_host", "1"), ("begrunnelse", hvorfor)];
        let feil = randi.fyll(&side, NYTT, &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(feil.sier(ord), "{ord}: {}", feil.tekst());
    }
    let felter = [("sted", sted.as_str()), ("min_host", "1"), ("begrunnelse", hvorfor)];
    for _ in 0..2 {
        randi.fyll(&side, NYTT, &felter).await.er(StatusCode::SEE_OTHER);
    }
    let vis = randi.get(VIS).await;
    assert!(vis.sier("Elvebakken skole (Alvdal)") && vis.sier("Møter om høsten 1 møte 2 møter"), "{}", vis.tekst());
    assert!(!vis.html.contains("<script>Fire"), "{}", vis.html);
    let igjen = randi.get(NYTT).await;
    assert!(!igjen.sier("Elvebakken skole"), "a place has one exception");
    let opptatt = randi.fyll(&igjen, NYTT, &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(opptatt.sier("har allerede et unntak"), "{}", opptatt.tekst());

    let sti = unntak(&app).await;
    app.som("0b", KOORDINATOR).get(&sti).await.er(StatusCode::NOT_FOUND);
    app.som("0b", KOORDINATOR).post(&format!("{sti}/fjern"), &[("versjon", "2")]).await.er(StatusCode::NOT_FOUND);
    let side = randi.get(&sti).await.er(StatusCode::OK);
    let tomt = randi.fyll(&side, &sti, &[("min_host", "")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(tomt.sier("minst én regel"), "{}", tomt.tekst());
    let fnr = randi.fyll(&side, &sti, &[("begrunnelse", "Gjelder 01010750160")]).await;
    assert!(fnr.er(StatusCode::UNPROCESSABLE_ENTITY).sier("fødselsnummer"));
    randi.fyll(&side, &sti, &[("min_host", "0")]).await.er(StatusCode::SEE_OTHER);
    let gammel = randi.fyll(&side, &sti, &[("min_host", "2")]).await.er(StatusCode::CONFLICT);
    assert!(gammel.sier("lagret «0»"), "{}", gammel.tekst());
    let fjern = format!("{sti}/fjern");
    randi.fyll(&side, &fjern, &[]).await.er(StatusCode::CONFLICT);
    randi.fyll(&gammel, &fjern, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(randi.get(VIS).await.sier("Regionens regler gjelder overalt"));
}
