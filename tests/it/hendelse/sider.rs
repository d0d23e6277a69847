//! The pages of the log: the administrator's, that of a møte, and one's own.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::eier;
use crate::{TestApp, id};

fn mote(hva: &str) -> String {
    format!("/moter/{}{hva}", id("0a", "0c", 1))
}

#[sqlx::test]
async fn those_of_a_mote_see_who_has_opened_it_and_others_do_not(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.som("0a", 2).get(&mote("")).await.er(StatusCode::OK);
    let side = app.som("0a", 1).get(&mote("/sett-av")).await.er(StatusCode::OK);
    assert!(side.sier("Per Pedagog") && side.sier("Rita Rektor") && side.sier("2 personer"), "{}", side.tekst());
    assert!(!side.sier("Hanne Helse"));
    for andre in [8, 10, 11] {
        app.som("0a", andre).get(&mote("/sett-av")).await.er(StatusCode::NOT_FOUND);
    }
    assert!(app.som("0a", 1).get(&mote("")).await.html.contains(&mote("/sett-av")));
}

#[sqlx::test]
async fn my_own_reads_are_mine_to_see(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.som("0a", 2).get(&mote("")).await.er(StatusCode::OK);
    app.som("0a", 8).get(&mote("")).await.er(StatusCode::NOT_FOUND);
    let ppt = app.som("0a", 2).get("/konto/oppslag").await.er(StatusCode::OK);
    assert!(ppt.sier("Leste et møte") && ppt.sier("TST Fjellheim skole, 25.11.2026"), "{}", ppt.tekst());
    let direktor = app.som("0a", 8).get("/konto/oppslag").await.er(StatusCode::OK);
    assert!(direktor.sier("Ble avvist") && !direktor.sier("Leste et møte"), "{}", direktor.tekst());
}

#[sqlx::test]
async fn the_administrator_finds_events_by_who_what_and_how_it_went(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let ppt = app.som("0a", 2);
    let na = format!("/moter/{}", id("0a", "0c", 3));
    let hold = ppt.get(&format!("{na}/hold")).await.er(StatusCode::OK);
    let notat = format!("{na}/element/{}/notat", id("0a", "0d", 31));
    ppt.fyll(&hold, &notat, &[("notat", "Vi snakket om zirkongul")]).await.er(StatusCode::SEE_OTHER);
    app.som("0a", 8).get(&mote("")).await.er(StatusCode::NOT_FOUND);
    let admin = app.som("0a", 10);
    let finn = async |hva: &str| admin.get(&format!("/admin/hendelser?{hva}")).await.er(StatusCode::OK);
    let alt = finn("sok=Per").await;
    assert!(alt.sier("Endret et punkt på agendaen") && alt.sier("notat") && !alt.sier("zirkongul"), "{}", alt.tekst());
    assert!(!finn("sok=Dag+D").await.sier("Per Pedagog"));
    assert!(finn("slag=avvist").await.sier("Dag Direktør") && !finn("slag=avvist").await.sier("Per Pedagog"));
    assert!(finn("utfall=ikke_funnet").await.sier("Fikk ikke se"));
    assert!(
        finn("omrade=moter&sok=Per").await.sier("Endret et punkt")
            && !finn("omrade=team&sok=Per").await.sier("Per Pedagog")
    );
    assert!(finn("fra=2040-01-01").await.sier("Ingen hendelser passer"));
    assert!(finn("fra=tull&til=tull&side=9&slag=tull").await.sier("Ingen hendelser passer"));
    for andre in [1, 2, 8, 9] {
        app.som("0a", andre).get("/admin/hendelser").await.er(StatusCode::FORBIDDEN);
    }
}

#[sqlx::test]
async fn much_in_an_hour_is_a_task_until_an_administrator_has_seen_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let admin = app.som("0a", 10);
    let tomt = admin.get("/admin/oppfolging").await.er(StatusCode::OK);
    assert!(tomt.sier("Ingenting å følge opp nå"), "{}", tomt.tekst());
    for _ in 0..12 {
        app.som("0a", 8).get(&mote("")).await.er(StatusCode::NOT_FOUND);
    }
    // All in one hour, whenever the test runs.
    let samme = "alter table hendelse disable trigger lenk;
                 update hendelse set tid = date_trunc('hour', now()) where slag = 'avvist'; alter table hendelse enable trigger lenk;";
    eier(&app, samme).await;
    let liste = admin.get("/admin/oppfolging").await.er(StatusCode::OK);
    assert!(liste.sier("Dag Direktør") && liste.sier("Ble avvist 12 ganger"), "{}", liste.tekst());
    assert!(admin.get("/admin").await.sier("1 å se på"));
    let sti = format!("/admin/oppfolging/{}", id("0a", "05", 8));
    let lenke =
        liste.html.split('"').find(|d| d.starts_with(&sti)).unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let skjema = admin.get(&lenke).await.er(StatusCode::OK);
    let fnr = admin.fyll(&skjema, &sti, &[("kommentar", "Gjelder 01010112345 og 13097248022")]).await;
    assert_eq!(fnr.status, StatusCode::UNPROCESSABLE_ENTITY);
    let svar = admin.fyll(&skjema, &sti, &[("kommentar", "Brukte en gammel lenke")]).await.er(StatusCode::SEE_OTHER);
    let etter = admin.folg(&svar).await;
    assert!(etter.sier("Brukte en gammel lenke") && etter.sier("Sett av Arne Admin"), "{}", etter.tekst());
    assert!(admin.get("/admin").await.sier("Ingenting nå"));
    let logget = app.logg(0, "tabell = 'oppfolging'").await;
    assert_eq!(logget.len(), 1);
    assert!(logget[0].tegn.as_ref().unwrap().contains("\"kommentar\": [0, 22]"), "{:?}", logget[0].tegn);
}
