//! Kommuner, and the front page of administrasjon.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

const KOORDINATOR: u32 = 9;
const ADMIN: u32 = 10;

fn sti(nr: u32) -> String {
    format!("/admin/kommuner/{}", id("0a", "01", nr))
}

#[sqlx::test]
async fn the_front_page_leads_where_the_role_may_go(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let side = app.som("0a", KOORDINATOR).get("/admin").await.er(StatusCode::OK);
    for ord in ["2 kommuner", "3 enheter", "4 tjenester", "14 personer", "Importer enheter", "1 gjeldende mal"] {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    assert!(!side.sier("roller i bruk"), "{}", side.tekst());
    let side = app.som("0a", ADMIN).get("/admin").await.er(StatusCode::OK);
    assert!(side.sier("14 roller i bruk") && !side.sier("2 kommuner"), "{}", side.tekst());
    app.som("0a", 1).get("/admin").await.er(StatusCode::FORBIDDEN);
}

#[sqlx::test]
async fn only_who_may_change_master_data_comes_in(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for nr in [1, 2, 5, 6, 7, 8, ADMIN] {
        let aktor = app.som("0a", nr);
        for sti in ["/admin/kommuner", "/admin/kommuner/ny", &sti(1)] {
            aktor.get(sti).await.er(StatusCode::FORBIDDEN);
            if sti != "/admin/kommuner" {
                aktor.post(sti, &[("navn", "Os")]).await.er(StatusCode::FORBIDDEN);
            }
        }
        aktor
            .post(&format!("{}/avslutt", sti(1)), &[("siste_dag", "2026-12-01"), ("versjon", "1")])
            .await
            .er(StatusCode::FORBIDDEN);
        aktor.post(&format!("{}/gjenapne", sti(1)), &[("versjon", "1")]).await.er(StatusCode::FORBIDDEN);
    }
    app.som("0b", KOORDINATOR).get(&sti(1)).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn a_kommune_is_added_once_however_often_the_form_is_sent(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let side = randi.get("/admin/kommuner/ny").await.er(StatusCode::OK);
    let feil = randi.fyll(&side, "/admin/kommuner/ny", &[("kommunenummer", "34"), ("navn", "")]).await;
    let feil = feil.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("fire sifre") && feil.sier("Fyll ut «Navn»"), "{}", feil.tekst());
    let opptatt = randi.fyll(&side, "/admin/kommuner/ny", &[("kommunenummer", "3427"), ("navn", "Os")]).await;
    assert!(opptatt.er(StatusCode::UNPROCESSABLE_ENTITY).sier("har dette nummeret"));

    let felter = [("kommunenummer", "3430"), ("navn", "<script>Os</script>")];
    for _ in 0..2 {
        let svar = randi.fyll(&side, "/admin/kommuner/ny", &felter).await.er(StatusCode::SEE_OTHER);
        assert_eq!(svar.sted.as_deref(), Some("/admin/kommuner"));
    }
    let side = randi.get("/admin/kommuner").await.er(StatusCode::OK);
    assert!(side.sier("3 kommuner") && side.sier("<script>Os</script>"), "{}", side.tekst());
    assert!(!side.html.contains("<script>Os"));
    assert!(randi.get("/admin/kommuner?sok=tYN").await.sier("1 kommune"));
    assert!(app.som("0b", KOORDINATOR).get("/admin/kommuner").await.sier("2 kommuner"));
}

#[sqlx::test]
async fn a_stale_page_shows_both_versions_and_can_be_saved_again(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let gammel = randi.get(&sti(1)).await.er(StatusCode::OK);
    randi.fyll(&gammel, &sti(1), &[("navn", "Tynset kommune")]).await.er(StatusCode::SEE_OTHER);
    let svar = randi.fyll(&gammel, &sti(1), &[("navn", "Tynset by")]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("lagret «Tynset kommune»") && svar.html.contains("value=\"Tynset by\""), "{}", svar.tekst());
    randi.fyll(&svar, &sti(1), &[]).await.er(StatusCode::SEE_OTHER);
    assert!(randi.get(&sti(1)).await.sier("Tynset by"));
}

#[sqlx::test]
async fn a_kommune_ends_when_it_is_empty_and_opens_again_as_it_was(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let side = randi.get(&sti(1)).await;
    let avslutt = format!("{}/avslutt", sti(1));
    let nei = randi.fyll(&side, &avslutt, &[("siste_dag", "2026-11-30")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nei.sier("2 skoler og barnehager som fortsatt er med"), "{}", nei.tekst());
    let nei = randi.fyll(&side, &avslutt, &[("siste_dag", "2019-11-30")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nei.sier("før den første dagen"), "{}", nei.tekst());

    sqlx::raw_sql(
        "set app.region = '00000000-0000-0000-0a00-000000000001'; update enhet set gyldig_til = '2026-11-01'",
    )
    .execute(&app.eier)
    .await
    .unwrap();
    let ja = randi.fyll(&side, &avslutt, &[("siste_dag", "2026-11-17")]).await.er(StatusCode::SEE_OTHER);
    let side = randi.folg(&ja).await;
    assert!(side.sier("Siste dag var 17.11.2026"), "{}", side.tekst());
    assert_eq!(apne(&app).await, (0, 0), "its own forum and what its tjenester do there end with it");
    assert!(randi.get("/admin/kommuner").await.sier("1 kommune"));
    assert!(randi.get("/admin/kommuner?avsluttede=ja").await.sier("Avsluttet 17.11.2026"));

    randi.fyll(&side, &format!("{}/gjenapne", sti(1)), &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(apne(&app).await, (1, 4));
    randi.fyll(&side, &format!("{}/gjenapne", sti(1)), &[]).await.er(StatusCode::CONFLICT);
}

/// Open fora of the first kommune itself, and tjenester that serve it.
async fn apne(app: &TestApp) -> (i64, i64) {
    let antall = sqlx::query_as(
        "select (select count(*) from forum where kommune_id = $1 and enhet_id is null and gyldig_til is null),
                (select count(*) from tjeneste_kommune where kommune_id = $1 and gyldig_til is null)",
    );
    antall.bind(id("0a", "01", 1)).fetch_one(&app.eier).await.unwrap()
}
