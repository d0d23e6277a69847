//! The time of the elements, seen by all in the room, and the wall that shows it without a word about a child.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::macros::datetime;
use uuid::Uuid;

use crate::{Side, TestApp, id, testapp::Aktor};

/// The møte under way; it is 11.00.
fn mote() -> String {
    format!("/moter/{}", id("0a", "0c", 3))
}

fn hold() -> String {
    mote() + "/hold"
}

fn vis() -> String {
    mote() + "/vis"
}

fn punkt(plass: u32, hva: &str) -> String {
    format!("{}/element/{}/{hva}", mote(), id("0a", "0d", 30 + plass))
}

async fn start(rektor: &Aktor, plass: u32) -> Side {
    rektor.post(&punkt(plass, "start"), &[("nokkel", &Uuid::new_v4().to_string())]).await.er(StatusCode::SEE_OTHER)
}

/// Seconds used of an element, and whether it is under way.
async fn brukt(app: &TestApp, plass: u32) -> (i32, bool) {
    let sql = "select brukt_sekunder, pagar_fra is not null from moteelement where id = $1";
    sqlx::query_as(sql).bind(id("0a", "0d", 30 + plass)).fetch_one(&app.eier).await.unwrap()
}

#[sqlx::test]
async fn the_leader_starts_an_element_and_all_see_its_time(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    let side = rektor.get(&hold()).await.er(StatusCode::OK);
    assert!(side.sier("Ingen punkt er i gang") && side.sier("Start 1. Generell diskusjon"), "{}", side.tekst());
    for _ in 0..2 {
        rektor.fyll(&side, &punkt(1, "start"), &[]).await.er(StatusCode::SEE_OTHER);
    }
    app.still_klokka(datetime!(2026-11-18 10:12:30 UTC));
    let hos_ppt = ppt.get(&hold()).await.er(StatusCode::OK);
    for ord in ["Nå: 1. Generell diskusjon", "33 minutter igjen", "Brukt 12 av 45 minutter"] {
        assert!(hos_ppt.sier(ord), "{ord}: {}", hos_ppt.tekst());
    }
    assert!(!hos_ppt.html.contains("/start\""), "only the leader starts");

    start(&rektor, 2).await;
    assert_eq!((brukt(&app, 1).await, brukt(&app, 2).await), ((750, false), (0, true)), "one at a time");
    rektor.fyll(&side, &punkt(1, "start"), &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(brukt(&app, 1).await, (750, false), "an old page sent again does not begin it anew");
    app.still_klokka(datetime!(2026-11-18 11:17:30 UTC));
    assert!(ppt.get(&hold()).await.sier("5 minutter over tiden"));
    start(&rektor, 1).await;
    app.still_klokka(datetime!(2026-11-18 11:20:00 UTC));
    let side = rektor.get(&hold()).await.er(StatusCode::OK);
    assert!(side.sier("Brukt 15 av 45 minutter") && side.sier("Brukt 65 av 60 minutter"), "{}", side.tekst());
    rektor.fyll(&side, &punkt(1, "stopp"), &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(brukt(&app, 1).await, (900, false));
    assert!(ppt.get(&hold()).await.sier("Ingen punkt er i gang"));
}

#[sqlx::test]
async fn the_clock_stops_with_the_mote_and_does_not_run_all_day(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    start(&rektor, 3).await;
    app.still_klokka(datetime!(2026-11-18 18:00 UTC));
    sqlx::raw_sql("update okt set sist_brukt = '2026-11-18 17:59Z'").execute(&app.eier).await.unwrap();
    let slutt = [("nokkel", "0190a1b2-0000-7000-8000-000000000001"), ("begrunnelse", "Vi ble ferdige")];
    rektor.post(&(mote() + "/ferdigstill"), &slutt).await.er(StatusCode::SEE_OTHER);
    assert_eq!(brukt(&app, 3).await, (2 * 3600, false), "to an hour past the planned end, kl. 13.00");
    assert!(rektor.get(&(mote() + "/referat")).await.sier("Begynte kl. 11.00. Brukt 120 av 45 minutter"));
    let nokkel = [("nokkel", "0190a1b2-0000-7000-8000-000000000002")];
    rektor.post(&punkt(1, "start"), &nokkel).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn the_database_keeps_the_clock_by_itself(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    start(&app.som("0a", 1), 1).await;
    for (nr, sett, kode) in [
        (32, "startet = now(), pagar_fra = now()", "23505"),
        (12, "startet = now(), pagar_fra = now()", "SH004"),
        (22, "startet = now(), pagar_fra = now()", "SH001"),
        (32, "brukt_sekunder = 60", "23514"),
        (31, "startet = startet - interval '1 hour'", "SH004"),
        (31, "brukt_sekunder = -1", "SH004"),
    ] {
        let sql = format!("update moteelement set {sett} where id = '{}'", id("0a", "0d", nr));
        assert_eq!(app.web(1, &sql).await.as_deref(), Some(kode), "{sett}");
    }
}

/// Adds a sak on individnivå and decisions under the first and the third element.
async fn med_et_barn(app: &TestApp) {
    let sql = format!(
        "insert into sak (region_id, id, forum_id, mote_id, elementtype, niva, grunnlag, tittel, beskrivelse, status, utfall, meldt_av, meldt)
             select m.region_id, gen_random_uuid(), m.forum_id, m.id, 'observasjon', 'individ', 'anonym', 'HEMMELIG TITTEL',
                    'HEMMELIG TEKST', 'satt_opp', null, m.opprettet_av, now()
               from mote m where m.id = '{mote}';
         insert into sak (region_id, id, forum_id, mote_id, elementtype, niva, tittel, status, minutter, meldt_av, meldt)
             select m.region_id, gen_random_uuid(), m.forum_id, m.id, 'generell', 'system', 'Ro i friminuttene', 'satt_opp', 20, m.opprettet_av, now()
               from mote m where m.id = '{mote}';
         insert into beslutning (region_id, id, moteelement_id, tekst, tjenestetype, opprettet_av, opprettet)
             select e.region_id, gen_random_uuid(), e.id, v.tekst, 'ppt', m.opprettet_av, now()
               from moteelement e join mote m on m.region_id = e.region_id and m.id = e.mote_id
               join (values (1, 'Vi lager en felles plan'), (3, 'HEMMELIG BESLUTNING')) as v (plass, tekst) on v.plass = e.plass
              where m.id = '{mote}';
         update moteelement set notat = 'HEMMELIG NOTAT' where mote_id = '{mote}'",
        mote = id("0a", "0c", 3)
    );
    let innstilt = format!("select set_config('app.region', '{}', false); {sql}", id("0a", "00", 1));
    app.eier.execute(AssertSqlSafe(innstilt)).await.unwrap();
}

#[sqlx::test]
async fn the_wall_shows_the_present_element_and_nothing_about_a_child(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_et_barn(&app).await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    start(&rektor, 1).await;
    let vegg = ppt.get(&vis()).await.er(StatusCode::OK);
    for ord in
        ["1. Generell diskusjon", "45 minutter igjen", "Ro i friminuttene", "Vi lager en felles plan", "PPT følger opp"]
    {
        assert!(vegg.sier(ord), "{ord}: {}", vegg.tekst());
    }
    assert!(!vegg.html.contains("Hovedmeny") && !vegg.html.contains("Per Pedagog"), "no menu: {}", vegg.html);
    start(&rektor, 3).await;
    let vegg = ppt.get(&vis()).await.er(StatusCode::OK);
    for ord in ["3. Observasjon eller samtaler", "Individsak: anonym drøfting", "1 beslutning er ført."] {
        assert!(vegg.sier(ord), "{ord}: {}", vegg.tekst());
    }
    for nr in 1..=3 {
        let sti = format!("{}/{nr}", vis());
        let side = rektor.get(&sti).await.er(StatusCode::OK);
        assert!(!side.html.contains("HEMMELIG"), "{}", side.html);
        assert_eq!(side.sier("Følg møtet: nå punkt 3"), nr != 3, "{}", side.tekst());
    }
    rektor.get(&format!("{}/4", vis())).await.er(StatusCode::NOT_FOUND);
    let slutt = [("nokkel", "0190a1b2-0000-7000-8000-000000000001"), ("begrunnelse", "Vi ble ferdige")];
    rektor.post(&(mote() + "/ferdigstill"), &slutt).await.er(StatusCode::SEE_OTHER);
    for sti in [vis(), vis() + "/3"] {
        let over = rektor.get(&sti).await.er(StatusCode::OK);
        assert!(
            over.sier("Møtet er over") && !over.html.contains("HEMMELIG"),
            "the wall never leads on to the referat"
        );
    }
}

#[sqlx::test]
async fn a_sak_has_its_clock_from_when_the_element_began(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    med_et_barn(&app).await;
    let rektor = app.som("0a", 1);
    assert!(rektor.get(&hold()).await.sier("Etter planen kl. 09.30–09.50"));
    start(&rektor, 1).await;
    assert!(rektor.get(&hold()).await.sier("Etter planen kl. 11.00–11.20"));
}
