//! In the room: who comes late and leaves early, whether the team can decide, and what becomes of a decision.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::macros::datetime;

use crate::{Side, TestApp, id, testapp::Aktor};

/// The møte under way: Wednesday 18 November 2026, kl. 09.30–12.00; it is 11.00.
fn mote() -> String {
    format!("/moter/{}", id("0a", "0c", 3))
}

fn hold() -> String {
    mote() + "/hold"
}

fn oppmote(nr: u32) -> String {
    format!("{}/oppmote/{}", mote(), id("0a", "0e", 30 + nr))
}

fn tid(nr: u32) -> String {
    oppmote(nr) + "/tid"
}

async fn spor(app: &TestApp, sql: &str) -> String {
    let rad = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&app.eier).await.unwrap();
    rad.get::<Option<String>, _>(0).unwrap_or_default()
}

/// Attendance of participant `nr`, with the clocks in Oslo: «`til_stede` 09:45 -».
async fn rad(app: &TestApp, nr: u32) -> String {
    let kl = |kolonne| format!("coalesce(to_char({kolonne} at time zone 'Europe/Oslo', 'HH24:MI'), '-')");
    let sql = format!(
        "select concat_ws(' ', coalesce(oppmote, '?'), {}, {}) from motedeltaker where id = '{}'",
        kl("kom"),
        kl("gikk"),
        id("0a", "0e", 30 + nr)
    );
    spor(app, &sql).await
}

async fn sett(rektor: &Aktor, nr: u32, oppmote_: &str) {
    rektor.post(&oppmote(nr), &[("oppmote", oppmote_)]).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn a_late_comer_and_an_early_leaver_are_logged_with_a_tap(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&hold()).await.er(StatusCode::OK);
    let svar = rektor.fyll(&side, &tid(2), &[("na", "kom")]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.folg(&svar).await.er(StatusCode::OK);
    assert!(side.sier("Oppmøte lagret: Per Pedagog, kom kl. 11.00"), "{}", side.tekst());
    assert!(side.sier("Til stede, kom kl. 11.00"), "who has a clock time was there: {}", side.tekst());
    app.still_klokka(datetime!(2026-11-18 10:40 UTC));
    for _ in 0..2 {
        rektor.post(&tid(2), &[("na", "gikk")]).await.er(StatusCode::SEE_OTHER);
        app.still_klokka(datetime!(2026-11-18 10:45 UTC));
    }
    assert_eq!(rad(&app, 2).await, "til_stede 11:00 11:40", "the second tap is the same act");
    let side = rektor.get(&hold()).await;
    assert!(side.sier("1 til stede, 1 har gått") && side.sier("Kom tilbake"), "{}", side.tekst());
    rektor.post(&tid(2), &[("na", "kom_tilbake")]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(rad(&app, 2).await, "til_stede 11:00 -");
    sett(&rektor, 2, "ikke_mott").await;
    assert_eq!(rad(&app, 2).await, "ikke_mott - -", "who did not come has no clock times");
    let nei = rektor.post(&tid(2), &[("na", "gikk")]).await.er(StatusCode::CONFLICT);
    assert!(nei.sier("Før først at de er til stede"), "{}", nei.tekst());
}

#[sqlx::test]
async fn clock_times_are_written_and_stand_in_the_referat(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    rektor.post(&(mote() + "/alle-til-stede"), &[]).await.er(StatusCode::SEE_OTHER);
    let klokker = [("kom", "09:45"), ("gikk", "10.50")];
    rektor.post(&tid(3), &[klokker[0], klokker[1], ("tilbake", &hold())]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(rad(&app, 3).await, "til_stede 09:45 10:50");
    for (kom, gikk, ord) in [
        ("10:50", "09:45", "ikke ha gått før de kom"),
        ("", "09:30", "Møtet begynte kl. 09.30"),
        ("kvart på ti", "", "time og minutt"),
    ] {
        let galt = [("kom", kom), ("gikk", gikk), ("kom_for", "09:45"), ("gikk_for", "10:50")];
        let side = rektor.post(&tid(3), &galt).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(side.sier(ord) && side.sier("Når kom og gikk Hanne Helse?"), "{ord}: {}", side.tekst());
    }
    let grunn = [("nokkel", "0190a1b2-0000-7000-8000-000000000001"), ("begrunnelse", "Vi ble ferdige")];
    rektor.post(&(mote() + "/ferdigstill"), &grunn).await.er(StatusCode::SEE_OTHER);
    for sti in [mote(), mote() + "/referat"] {
        let side = app.som("0a", 2).get(&sti).await.er(StatusCode::OK);
        assert!(side.sier("Til stede, kom kl. 09.45, gikk kl. 10.50"), "{sti}: {}", side.tekst());
    }
    rektor.post(&tid(3), &[("kom", "10:00")]).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn two_who_write_clock_times_are_told_of_each_other(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    sett(&rektor, 2, "til_stede").await;
    let skriv = |kom: &'static str| [("kom", kom), ("gikk", ""), ("kom_for", ""), ("gikk_for", "")];
    rektor.post(&tid(2), &skriv("09:45")).await.er(StatusCode::SEE_OTHER);
    rektor.post(&tid(2), &skriv("09:45")).await.er(StatusCode::SEE_OTHER);
    let begge = rektor.post(&tid(2), &skriv("10:00")).await.er(StatusCode::CONFLICT);
    assert!(begge.sier("Noen andre har lagret «09:45»") && begge.html.contains("value=\"10:00\""), "{}", begge.html);
    assert_eq!(rad(&app, 2).await, "til_stede 09:45 -");
    rektor.fyll(&begge, &tid(2), &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(rad(&app, 2).await, "til_stede 10:00 -");
}

#[sqlx::test]
async fn the_database_keeps_clock_times_right_by_itself(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    sett(&rektor, 2, "til_stede").await;
    let sett_tid = |nr: u32, tider: &str| {
        format!(
            "update motedeltaker set {tider} where region_id = gjeldende_region() and id = '{}'",
            id("0a", "0e", nr)
        )
    };
    for (nr, tider, kode) in [
        (32, "kom = '2026-11-19 09:00Z'", "SH004"),
        (32, "gikk = '2026-11-18 08:30Z'", "SH004"),
        (32, "kom = '2026-11-18 10:00Z', gikk = '2026-11-18 09:00Z'", "23514"),
        (33, "kom = '2026-11-18 09:00Z'", "23514"),
        (32, "kom = '2026-11-18 09:00Z', oppmote = 'ikke_mott'", "23514"),
        (22, "kom = '2026-09-16 07:00Z'", "SH001"),
    ] {
        assert_eq!(app.web(1, &sett_tid(nr, tider)).await.as_deref(), Some(kode), "{tider}");
    }
    assert_eq!(app.web(1, &sett_tid(32, "kom = '2026-11-18 09:00Z'")).await, None);
}

#[sqlx::test]
async fn the_page_says_whether_the_team_can_decide_just_now(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let sier = async |ord: &str| -> Side {
        let side = app.som("0a", 2).get(&hold()).await.er(StatusCode::OK);
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
        side
    };
    sier("Når oppmøtet er ført, står det her om dere er beslutningsdyktige.").await;
    sett(&rektor, 1, "til_stede").await;
    sier("Dere er ikke beslutningsdyktige nå. Bare 1 av 4 faste tjenester er til stede. Det trengs minst 2.").await;
    sett(&rektor, 2, "til_stede").await;
    let side = sier("Dere er beslutningsdyktige. Møtelederen og 2 av 4 faste tjenester er til stede.").await;
    assert!(side.sier("Helsesykepleier (Hanne Helse) er ikke ført; Barnevern"), "{}", side.tekst());
    rektor.post(&tid(2), &[("na", "gikk")]).await.er(StatusCode::SEE_OTHER);
    sier("Mangler av dem som har møteplikt: PPT (Per Pedagog) gikk kl. 11.00").await;
    sett(&rektor, 3, "til_stede").await;
    rektor.post(&tid(1), &[("na", "gikk")]).await.er(StatusCode::SEE_OTHER);
    sier("Møtelederen er ikke til stede, og bare 1 av 4 faste tjenester er her.").await;
}

#[sqlx::test]
async fn one_without_authority_is_there_but_the_team_cannot_decide(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    for (nr, oppmote_) in [(1, "til_stede"), (2, "til_stede"), (3, "ikke_mott"), (4, "ikke_mott")] {
        sett(&rektor, nr, oppmote_).await;
    }
    assert!(rektor.get(&hold()).await.sier("Dere er beslutningsdyktige"));
    let plass = format!("/team/{}/medlem/{}", id("0a", "0a", 1), id("0a", "0b", 2));
    let side = rektor.get(&plass).await.er(StatusCode::OK);
    let med =
        [("fullmakt", "ja"), ("fullmakt_fra", "2026-08-01"), ("fullmakt_av", "PPT-lederen"), ("kompetanse", "sprak")];
    rektor.fyll(&side, &plass, &med).await.er(StatusCode::SEE_OTHER);
    let team = rektor.get(&format!("/team/{}", id("0a", "0a", 1))).await.er(StatusCode::OK);
    assert!(
        team.sier("Fullmakt fra 01.08.2026 av PPT-lederen") && team.sier("Språk, lesing og skriving"),
        "{}",
        team.tekst()
    );
    assert!(rektor.get(&hold()).await.sier("Dere er beslutningsdyktige"));
    let side = rektor.get(&plass).await.er(StatusCode::OK);
    rektor.fyll(&side, &plass, &[("fullmakt", ""), ("fullmakt_av", "PPT-lederen")]).await.er(StatusCode::SEE_OTHER);
    let hold = rektor.get(&hold()).await.er(StatusCode::OK);
    assert!(hold.sier("Dere er ikke beslutningsdyktige nå"), "{}", hold.tekst());
    assert!(hold.sier("PPT (Per Pedagog) er her uten fullmakt til å beslutte"), "{}", hold.tekst());
    let ukjent = [("fullmakt", "ja"), ("kompetanse", "trolldom")];
    let side = rektor.get(&plass).await.er(StatusCode::OK);
    rektor.fyll(&side, &plass, &ukjent).await.er(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn a_decision_made_by_too_few_is_said_before_the_end(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let ferdig = mote() + "/ferdigstill";
    sett(&rektor, 1, "til_stede").await;
    let side = rektor.get(&ferdig).await.er(StatusCode::OK);
    assert!(side.sier("Dere var ikke beslutningsdyktige."), "{}", side.tekst());
    rektor.post(&(mote() + "/alle-til-stede"), &[]).await.er(StatusCode::SEE_OTHER);
    for nr in [2, 3, 4] {
        rektor.post(&tid(nr), &[("na", "gikk")]).await.er(StatusCode::SEE_OTHER);
    }
    app.still_klokka(datetime!(2026-11-18 10:30 UTC));
    let besluttet = [
        ("nokkel", "0190a1b2-0000-7000-8000-000000000002"),
        ("tekst", "Vi prøver en ny rutine"),
        ("tjenestetype", "enhet"),
    ];
    let beslutning = format!("{}/element/{}/beslutning", mote(), id("0a", "0d", 31));
    rektor.post(&beslutning, &besluttet).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&ferdig).await.er(StatusCode::OK);
    assert!(side.sier("Én beslutning er ført mens dere ikke var beslutningsdyktige."), "{}", side.tekst());
    assert!(!side.sier("Dere var ikke beslutningsdyktige."), "{}", side.tekst());
    // It binds a tjeneste that is not in the room, and an old one says how to reach somebody.
    let nav =
        [("nokkel", "0190a1b2-0000-7000-8000-000000000003"), ("tekst", "Ring 99 88 77 66"), ("tjenestetype", "nav")];
    let nei = rektor.post(&beslutning, &nav).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nei.sier("Teksten ser ut til å inneholde et telefonnummer"), "{}", nei.tekst());
    let nav = [nav[0], ("tekst", "Ring NAV"), nav[2]];
    rektor.post(&beslutning, &nav).await.er(StatusCode::SEE_OTHER);
    let gammel = "update beslutning set tekst = 'Ring 99 88 77 66' where tekst = 'Ring NAV'";
    sqlx::raw_sql(gammel).execute(&app.eier).await.unwrap();
    let side = rektor.get(&ferdig).await.er(StatusCode::OK);
    assert!(side.sier("Én beslutning binder en tjeneste som ikke var til stede med fullmakt."), "{}", side.tekst());
    assert!(side.sier("noe som ser ut som et telefonnummer"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_decision_becomes_a_tiltak_and_one_comes_back_to_the_room(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    let beslutning = format!("{}/element/{}/beslutning", mote(), id("0a", "0d", 31));
    let side = rektor.get(&hold()).await.er(StatusCode::OK);
    let felter = [("tekst", "Felles rutine for overganger"), ("tjenestetype", "ppt")];
    rektor.fyll(&side, &beslutning, &felter).await.er(StatusCode::SEE_OTHER);
    let vedtak = spor(&app, "select id::text from beslutning").await;
    let lag = format!("{}/beslutning/{vedtak}/tiltak", mote());
    let side = rektor.get(&hold()).await.er(StatusCode::OK);
    assert!(side.html.contains(&format!("{lag}?fra=hold")), "{}", side.html);
    assert!(!ppt.get(&hold()).await.html.contains(&lag), "only who leads the team");

    let side = rektor.get(&format!("{lag}?fra=hold")).await.er(StatusCode::OK);
    let tilbake = format!("{}#vedtak-{vedtak}", hold());
    assert!(side.html.contains(&format!("href=\"{tilbake}\"")), "{}", side.html);
    let tiltak = [
        ("mal", "Trygge overganger"),
        ("niva", "system"),
        ("tiltaksniva", "primaer"),
        ("kategori", "overgang"),
        ("frist", "2027-02-01"),
        ("neste_evaluering", "2027-02-10"),
        ("utformet_med", "ingen"),
    ];
    let igjen = rektor.fyll(&side, &lag, &tiltak[1..]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..2 {
        let svar = rektor.fyll(&igjen, &lag, &tiltak).await.er(StatusCode::SEE_OTHER);
        assert_eq!(svar.sted.as_ref(), Some(&tilbake));
        let side = rektor.folg(&svar).await.er(StatusCode::OK);
        assert!(
            side.sier("Tiltaket er laget") && side.sier("Se tiltaket") && !side.html.contains(&lag),
            "{}",
            side.html
        );
    }
    assert_eq!(spor(&app, "select count(*)::text from tiltak").await, "1");
    assert!(ppt.get(&hold()).await.sier("Se tiltaket"), "the others in the room see it too");
}
