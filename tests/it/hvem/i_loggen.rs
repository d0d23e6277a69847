//! What an account is opened with never comes into the log; that it was made, used or refused does.
use std::time::Duration;

use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{NA, PASSORD, koder, logg_inn, med_passord, sett_opp};
use crate::{TestApp, id};

const NYTT: &str = "hatt elv sykkel lampe";

/// Everything secret that the database holds of an account, as the log would write it.
async fn lagret(app: &TestApp) -> Vec<String> {
    sqlx::query_scalar(
        "with h (hemmelig) as (
             select passord_hash from bruker
             union all select token_hash::text from okt
             union all select token_hash::text from halv_okt
             union all select token_hash::text from engangslenke
             union all select hemmelighet::text from totrinn
             union all select kode_hash::text from gjenopprettingskode
             union all select kode_hash::text from kobling)
         select ltrim(hemmelig, '\\x') from h where length(hemmelig) > 20",
    )
    .fetch_all(&app.eier)
    .await
    .unwrap()
}

/// Whether the log holds this somewhere.
async fn i_loggen(app: &TestApp, hva: &str) -> bool {
    sqlx::query_scalar("select exists (select from hendelse h where strpos(h::text, $1) > 0)")
        .bind(hva)
        .fetch_one(&app.eier)
        .await
        .unwrap()
}

/// How many attempts the log tells of that failed, when it has been told: that is after the answer.
async fn mislykte(app: &TestApp, etter: i64, ventet: usize) -> Vec<(Option<uuid::Uuid>, String)> {
    for _ in 0..200 {
        let alle = app.logg(etter, "slag = 'innlogging_feilet'").await;
        if alle.len() >= ventet {
            return alle.into_iter().map(|h| (h.person_id, h.utfall)).collect();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never told");
}

#[sqlx::test]
async fn no_secret_of_an_account_is_in_the_log_and_what_was_done_with_it_is(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 2).await;
    let slutt = app.loggslutt().await;
    let per = app.som("0a", 2);
    let (hemmelighet, papir) = sett_opp(&per, NA).await;
    logg_inn(&app, 2).await;
    let mut hemmelige = lagret(&app).await;
    let (arne, person) = (app.som("0a", 10), format!("/admin/personer/{}", id("0a", "05", 2)));
    let side = arne.get(&person).await.er(StatusCode::OK);
    let lenke =
        koder(&arne.fyll(&side, &format!("{person}/innlogging/passord"), &[]).await.er(StatusCode::OK))[0].clone();
    hemmelige.extend(lagret(&app).await);
    let side = app.fremmed().get(&lenke).await;
    let felter = [("nytt", NYTT), ("gjenta", NYTT)];
    app.fremmed().fyll(&side, "/ny-innlogging", &felter).await.er(StatusCode::SEE_OTHER);
    let side = arne.get(&person).await.er(StatusCode::OK);
    arne.fyll(&side, &format!("{person}/innlogging/totrinn"), &[]).await.er(StatusCode::SEE_OTHER);
    hemmelige.extend(lagret(&app).await);
    let token = lenke.split_once('=').unwrap().1.to_owned();
    hemmelige.extend([hemmelighet, token, NYTT.into(), PASSORD.into()]);
    hemmelige.extend(papir);
    assert!(hemmelige.len() > 60, "{}", hemmelige.len());
    for hemmelig in &hemmelige {
        assert!(!i_loggen(&app, hemmelig).await, "{hemmelig}");
    }
    let (selv, admin) = (Some(id("0a", "05", 2)), Some(id("0a", "05", 10)));
    let konto = app.logg(slutt, "slag = 'konto'").await;
    let fortalt = |hvem, hva: &str, operasjon: &str| {
        konto.iter().any(|h| {
            h.person_id == hvem
                && h.operasjon.as_deref() == Some(operasjon)
                && h.felter.as_ref().unwrap().contains(&hva.to_owned())
        })
    };
    for (hvem, hva, operasjon) in [
        (selv, "totrinn", "ny"),
        (selv, "gjenopprettingskode", "ny"),
        (admin, "engangslenke", "ny"),
        (selv, "engangslenke", "slettet"),
        (selv, "passord_hash", "endret"),
        (admin, "totrinn", "slettet"),
        (admin, "gjenopprettingskode", "slettet"),
    ] {
        assert!(fortalt(hvem, hva, operasjon), "{hva} {operasjon}: {konto:#?}");
    }
}

#[sqlx::test]
async fn a_wrong_code_is_a_log_in_that_failed_and_so_is_one_too_many(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 1).await;
    sett_opp(&app.som("0a", 1), NA - 30).await;
    let halv = app.fremmed().med_navngitt_kapsel(&logg_inn(&app, 1).await, "halv=");
    let slutt = app.loggslutt().await;
    let feil = (Some(id("0a", "05", 1)), "feilet".to_owned());
    halv.post("/logg-inn/kode", &[("kode", "000000")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(mislykte(&app, slutt, 1).await, std::slice::from_ref(&feil));
    for _ in 0..4 {
        halv.post("/logg-inn/kode", &[("kode", "000000")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    }
    mislykte(&app, slutt, 5).await;
    halv.post("/logg-inn/kode", &[("kode", "000000")]).await.er(StatusCode::TOO_MANY_REQUESTS);
    let alle = mislykte(&app, slutt, 6).await;
    assert_eq!(alle[5], (feil.0, "ikke_tilgang".to_owned()));
    // The same for the password that is asked for again.
    let svar =
        app.som("0a", 1).post("/konto", &[("gjeldende", "feil hest batteri"), ("nytt", NYTT), ("gjenta", NYTT)]).await;
    assert!(svar.status.is_client_error(), "{}", svar.status);
    assert_eq!(mislykte(&app, slutt, 7).await[6], feil);
}
