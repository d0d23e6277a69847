//! Fora of any kind: made, changed and ended by those who may, and by nobody else.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

const KOMMUNALT: &str = "/team/00000000-0000-0000-0a0a-000000000003";

#[sqlx::test]
async fn the_region_makes_a_forum_of_any_kind_once(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let region = app.som("0a", 9);
    let side = region.get("/team/ny").await.er(StatusCode::OK);
    let leder = id("0a", "05", 9).to_string();
    let felter = [("type", "fagrad"), ("navn", "Fagråd oppvekst <b>"), ("leder", leder.as_str())];
    let forste = region.fyll(&side, "/team/ny", &felter).await.er(StatusCode::SEE_OTHER);
    let andre = region.fyll(&side, "/team/ny", &felter).await.er(StatusCode::SEE_OTHER);
    assert_eq!(forste.sted, andre.sted, "sent twice, made once");
    let team = region.folg(&forste).await.er(StatusCode::OK);
    assert!(team.sier("Fagråd oppvekst <b>") && team.sier("Randi Region"), "{}", team.tekst());
}

#[sqlx::test]
async fn what_is_missing_is_said_at_its_field(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let region = app.som("0a", 9);
    let side = region.get("/team/ny").await;
    let svar = region.fyll(&side, "/team/ny", &[("type", "tst_kommune"), ("navn", "Kommunalt TST Alvdal")]).await;
    let svar = svar.er(StatusCode::UNPROCESSABLE_ENTITY);
    for ord in ["Velg kommunen teamet er for", "Velg «Leder»"] {
        assert!(svar.sier(ord), "{ord}: {}", svar.tekst());
    }
    assert!(svar.html.contains("Kommunalt TST Alvdal"), "what was typed is still there");
}

#[sqlx::test]
async fn a_koordinator_makes_teams_at_home_only_and_others_not_at_all(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let koordinator = app.som("0a", 6);
    let leder = id("0a", "05", 6).to_string();
    let side = koordinator.get("/team/ny").await.er(StatusCode::OK);
    assert!(!side.sier("Hele regionen") && !side.html.contains(">Alvdal<"), "{}", side.tekst());
    let borte = id("0a", "01", 2).to_string();
    let felter =
        [("type", "arbeidsgruppe"), ("navn", "Gruppe"), ("leder", leder.as_str()), ("kommune", borte.as_str())];
    koordinator.fyll(&side, "/team/ny", &felter).await.er(StatusCode::FORBIDDEN);
    for nr in [1, 2, 7, 8, 10] {
        app.som("0a", nr).get("/team/ny").await.er(StatusCode::FORBIDDEN);
    }
}

#[sqlx::test]
async fn two_who_change_the_same_team_both_see_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (en, to) = (app.som("0a", 6), app.som("0a", 9));
    let sti = format!("{KOMMUNALT}/endre");
    let (min, din) = (en.get(&sti).await.er(StatusCode::OK), to.get(&sti).await.er(StatusCode::OK));
    en.fyll(&min, &sti, &[("navn", "TST Tynset kommune")]).await.er(StatusCode::SEE_OTHER);
    let svar = to.fyll(&din, &sti, &[("navn", "TST for Tynset")]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("TST Tynset kommune") && svar.html.contains("TST for Tynset"), "{}", svar.tekst());
    to.fyll(&svar, &sti, &[]).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn a_team_ends_when_its_moter_are_done_and_only_by_those_who_may_make_one(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let skole = "/team/00000000-0000-0000-0a0a-000000000001";
    let (rektor, koordinator) = (app.som("0a", 1), app.som("0a", 6));
    let dag = [("siste_dag", "30.11.2026")];
    rektor.post(&format!("{skole}/avslutt"), &dag).await.er(StatusCode::FORBIDDEN);
    let svar = koordinator.post(&format!("{skole}/avslutt"), &dag).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Det er 3 møter som ikke er holdt ennå"), "{}", svar.tekst());
    let side = koordinator.get(&format!("{KOMMUNALT}/endre")).await;
    let slutt = koordinator.fyll(&side, &format!("{KOMMUNALT}/avslutt"), &dag).await.er(StatusCode::SEE_OTHER);
    assert!(koordinator.folg(&slutt).await.sier("Siste dag er satt til 30.11.2026"));
    app.som("0b", 6).get(&format!("{KOMMUNALT}/endre")).await.er(StatusCode::NOT_FOUND);
}
