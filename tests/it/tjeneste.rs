//! Tjenester and the kommuner they serve.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

const KOORDINATOR: u32 = 9;

fn sti(nr: u32) -> String {
    format!("/admin/tjenester/{}", id("0a", "02", nr))
}

#[sqlx::test]
async fn only_who_may_change_master_data_comes_in(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for nr in [1, 2, 6, 7, 8, 10] {
        let aktor = app.som("0a", nr);
        for sti in ["/admin/tjenester", "/admin/tjenester/ny", &sti(1)] {
            aktor.get(sti).await.er(StatusCode::FORBIDDEN);
        }
        for sti in
            ["/admin/tjenester/ny".to_owned(), sti(1), format!("{}/avslutt", sti(1)), format!("{}/gjenapne", sti(1))]
        {
            aktor.post(&sti, &[("navn", "Ny"), ("siste_dag", "2026-12-01")]).await.er(StatusCode::FORBIDDEN);
        }
    }
    app.som("0b", KOORDINATOR).get(&sti(1)).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn a_tjeneste_serves_the_kommuner_that_are_ticked(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let ny = "/admin/tjenester/ny";
    let side = randi.get(ny).await.er(StatusCode::OK);
    let alvdal = id("0a", "01", 2).to_string();
    let felter = [("type", "annen"), ("navn", "Familievernet"), ("orgnr", "123 456 786"), ("kommune", &alvdal)];
    let feil = randi.fyll(&side, ny, &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("det siste er et kontrollsiffer"), "{}", feil.tekst());
    for _ in 0..2 {
        randi.fyll(&feil, ny, &[("orgnr", "123 456 785")]).await.er(StatusCode::SEE_OTHER);
    }
    let liste = randi.get("/admin/tjenester?sok=familie").await;
    assert!(liste.sier("1 tjeneste") && liste.sier("Familievernet Annen tjeneste Alvdal Med"), "{}", liste.tekst());
    let opptatt = randi.fyll(&randi.get(ny).await, ny, &felter[..2]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(opptatt.sier("har dette navnet"), "{}", opptatt.tekst());
    let andres = id("0b", "01", 1).to_string();
    let fremmed = [("type", "annen"), ("navn", "Ny"), ("kommune", &andres)];
    randi.fyll(&randi.get(ny).await, ny, &fremmed).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let enhet = randi.fyll(&randi.get(ny).await, ny, &[("type", "enhet"), ("navn", "Ny")]).await;
    enhet.er(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn what_it_no_longer_serves_keeps_its_dates(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let gammel = randi.get(&sti(1)).await.er(StatusCode::OK);
    let alvdal = id("0a", "01", 2).to_string();
    let til = async || -> Vec<Option<time::Date>> {
        sqlx::query_scalar("select gyldig_til from tjeneste_kommune where tjeneste_id = $1 order by kommune_id")
            .bind(id("0a", "02", 1))
            .fetch_all(&app.eier)
            .await
            .unwrap()
    };
    randi.fyll(&gammel, &sti(1), &[("kommune", &alvdal)]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(til().await, [Some(time::macros::date!(2026 - 11 - 17)), None]);

    let svar = randi.fyll(&gammel, &sti(1), &[("navn", "PPT")]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("lagret «Alvdal» mens du skrev"), "{}", svar.tekst());
    randi
        .post(
            &sti(1),
            &[
                ("versjon", "2"),
                ("type", "ppt"),
                ("navn", "PPT"),
                ("gyldig_fra", "2020-01-01"),
                ("kommune", &alvdal),
                ("kommune", &id("0a", "01", 1).to_string()),
            ],
        )
        .await
        .er(StatusCode::SEE_OTHER);
    assert_eq!(til().await, [None, None]);
}

#[sqlx::test]
async fn a_tjeneste_ends_with_what_it_serves_and_opens_again(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let side = randi.get(&sti(1)).await;
    assert!(side.sier("Én person hører til tjenesten"), "{}", side.tekst());
    let avslutt = format!("{}/avslutt", sti(1));
    let tomt = randi.fyll(&side, &avslutt, &[("siste_dag", "snart")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(tomt.html.contains("value=\"snart\""), "{}", tomt.html);
    randi.fyll(&side, &avslutt, &[("siste_dag", "2026-12-31")]).await.er(StatusCode::SEE_OTHER);
    let side = randi.get(&sti(1)).await;
    assert!(side.sier("Siste dag er 31.12.2026"), "{}", side.tekst());
    assert!(randi.get("/admin/tjenester").await.sier("Avsluttes 31.12.2026"));
    randi.fyll(&side, &format!("{}/gjenapne", sti(1)), &[]).await.er(StatusCode::SEE_OTHER);
    let apne: i64 =
        sqlx::query_scalar("select count(*) from tjeneste_kommune where tjeneste_id = $1 and gyldig_til is null")
            .bind(id("0a", "02", 1))
            .fetch_one(&app.eier)
            .await
            .unwrap();
    assert_eq!(apne, 2);
}
