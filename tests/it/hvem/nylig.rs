//! Being asked once more before a sensitive act.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::{Duration, macros::datetime};

use super::{NA, PASSORD, kode, med_passord, sett_opp};
use crate::{TestApp, id};

#[sqlx::test]
async fn a_role_given_after_ten_minutes_waits_for_the_password_and_nothing_typed_is_lost(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 10).await;
    let arne = app.som("0a", 10);
    let sti = format!("/admin/personer/{}/rolle/ny", id("0a", "05", 2));
    let side = arne.get(&sti).await.er(StatusCode::OK);
    app.still_klokka(datetime!(2026-11-18 10:06 UTC));
    let felter = [("type", "regionkoordinator"), ("fra", "2026-11-19")];
    let spor = arne.fyll(&side, &sti, &felter).await.er(StatusCode::UNAUTHORIZED);
    assert!(spor.sier("Bekreft at det er deg") && spor.sier("er tatt vare på"), "{}", spor.tekst());
    let svar = format!("{sti}?bekreft=ja");
    let feil = arne.fyll(&spor, &svar, &[("passord", "galt passord her")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("Passordet er ikke riktig"), "{}", feil.tekst());
    for _ in 0..5 {
        let igjen = arne.fyll(&spor, &svar, &[("passord", "galt passord her")]).await;
        assert!(
            igjen.er(StatusCode::UNPROCESSABLE_ENTITY).html.contains("regionkoordinator"),
            "what was typed is kept"
        );
    }
    app.still_klokka(datetime!(2026-11-18 10:07 UTC));
    let gitt = arne.fyll(&feil, &svar, &[("passord", PASSORD)]).await.er(StatusCode::SEE_OTHER);
    assert!(arne.folg(&gitt).await.sier("Rollen regionkoordinator er gitt"));
    // For ten minutes it is not asked again.
    app.still_klokka(datetime!(2026-11-18 10:15 UTC));
    let igjen = arne.get(&sti).await;
    arne.fyll(&igjen, &sti, &[("type", "invitert"), ("fra", "2026-11-19")]).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn a_code_will_do_and_the_act_is_still_judged_by_the_right(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_passord(&app, 2).await;
    let per = app.som("0a", 2);
    let (hemmelighet, _) = sett_opp(&per, NA).await;
    app.still_klokka(datetime!(2026-11-18 10:20 UTC));
    let sti = format!("/admin/personer/{}/rolle/ny", id("0a", "05", 2));
    let spor = per.post(&sti, &[("type", "systemadministrator")]).await.er(StatusCode::UNAUTHORIZED);
    let svar = format!("{sti}?bekreft=ja");
    let kode = kode(&hemmelighet, NA + 20 * 60);
    per.fyll(&spor, &svar, &[("kode", &kode)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let sti = format!("/admin/personer/{}/innlogging/sperr", id("0a", "05", 1));
    per.post(&sti, &[]).await.er(StatusCode::FORBIDDEN);
}

#[sqlx::test]
async fn every_act_that_gives_or_takes_access_asks(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.still_klokka(datetime!(2026-11-18 10:00 UTC) + Duration::minutes(20));
    let person = format!("/admin/personer/{}", id("0a", "05", 2));
    let (team, mote) = (format!("/team/{}", id("0a", "0a", 1)), format!("/moter/{}", id("0a", "0c", 2)));
    let (rolle, plass) = (id("0a", "06", 2), id("0a", "0b", 2));
    for (nr, sti) in [
        (10, format!("{person}/endre")),
        (10, format!("{person}/avslutt")),
        (10, format!("{person}/rolle/ny")),
        (10, format!("{person}/rolle/{rolle}/avslutt")),
        (10, format!("{person}/innlogging")),
        (10, format!("{person}/innlogging/passord")),
        (10, format!("{person}/innlogging/totrinn")),
        (10, format!("{person}/innlogging/sperr")),
        (10, format!("{person}/innlogging/apne")),
        (10, "/admin/glass".to_owned()),
        (10, format!("/admin/glass/{rolle}/apne")),
        (1, format!("{team}/medlem/ny")),
        (1, format!("{team}/medlem/{plass}")),
        (1, format!("{team}/medlem/{plass}/avslutt")),
        (1, format!("{mote}/sladding")),
        (1, format!("{mote}/sladding/{}/godkjenn", id("0a", "40", 1))),
        (1, "/konto/opplysninger".to_owned()),
        (1, "/konto/okter".to_owned()),
        (1, "/konto/totrinn".to_owned()),
        (1, "/konto/totrinn/koder".to_owned()),
        (1, "/konto/totrinn/av".to_owned()),
    ] {
        app.som("0a", nr).post(&sti, &[("nokkel", "")]).await.er(StatusCode::UNAUTHORIZED);
    }
}
