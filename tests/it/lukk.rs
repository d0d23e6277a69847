//! A møte that is not to be: closed without a referat, or called off by mistake; and the reminders of a referat that is late.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::{OffsetDateTime, macros::datetime};

use crate::{Side, TestApp, id};

const INNKALT: u32 = 1;
const FERDIG: u32 = 2;
const PAGAR: u32 = 3;
const PLANLAGT: u32 = 4;

fn sti(nr: u32, hva: &str) -> String {
    format!("/moter/{}{hva}", id("0a", "0c", nr))
}

async fn status(app: &TestApp, nr: u32) -> String {
    sqlx::query_scalar("select status from mote where id = $1")
        .bind(id("0a", "0c", nr))
        .fetch_one(&app.eier)
        .await
        .unwrap()
}

/// Moves the clock, and keeps everybody logged in.
async fn klokka(app: &TestApp, na: OffsetDateTime) {
    app.still_klokka(na);
    sqlx::query("update okt set sist_brukt = $1, opprettet = $1").bind(na).execute(&app.eier).await.unwrap();
}

async fn lukk(app: &TestApp, nr: u32, arsak: &str, begrunnelse: &str) -> Side {
    let (rektor, handling) = (app.som("0a", 1), sti(nr, "/lukk"));
    let side = rektor.get(&handling).await.er(StatusCode::OK);
    rektor.fyll(&side, &handling, &[("arsak", arsak), ("begrunnelse", begrunnelse)]).await
}

#[sqlx::test]
async fn a_mote_is_closed_without_a_referat_and_does_not_count(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, handling) = (app.som("0a", 1), sti(PLANLAGT, "/lukk"));
    for (arsak, grunn, ord) in [
        ("", "Grunn", "Velg «Hva har skjedd»"),
        ("dobbeltbooket", " ", "Fyll ut «Begrunnelse»"),
        ("feil", "018190 00049", "et fødselsnummer"),
        ("feil", &*"x".repeat(10_000), "Det er plass til 500"),
        ("ikke_holdt", "Snø", "Avlys møtet i stedet"),
    ] {
        let igjen = lukk(&app, PLANLAGT, arsak, grunn).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(igjen.sier(ord), "{ord}: {}", igjen.tekst());
    }
    let side = rektor.get(&handling).await.er(StatusCode::OK);
    let felter = [("arsak", "dobbeltbooket"), ("begrunnelse", "Vi <b>møtes</b> onsdag")];
    for _ in 0..2 {
        let svar = rektor.fyll(&side, &handling, &felter).await.er(StatusCode::SEE_OTHER);
        assert_eq!(svar.sted, Some(sti(PLANLAGT, "")), "sent twice is one act");
    }
    let side = app.som("0a", 2).get(&sti(PLANLAGT, "")).await.er(StatusCode::OK);
    let ord = "Lukket uten referat. Møtet var booket to ganger. Vi <b>møtes</b> onsdag Møtet teller ikke som holdt.";
    assert!(side.sier(ord) && !side.html.contains("<b>møtes"), "{}", side.tekst());
    assert!(
        rektor.get("/").await.sier("1 av 5 møter holdt i høst, 2 planlagt"),
        "one fewer is planned, none more held"
    );
    for hva in ["/lukk", "/avlys", "/start", "/innkall", "/ferdigstill", "/angre-avlysning", "/svar", "/flytt"] {
        let felter = [("nokkel", "00000000-0000-4000-8000-0000000000aa"), ("begrunnelse", "x")];
        let status = rektor.post(&sti(PLANLAGT, hva), &felter).await.status;
        assert!([StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY].contains(&status), "{hva}: {status}");
    }
    assert_eq!(status(&app, PLANLAGT).await, "lukket");
    for nr in [2, 3, 4] {
        app.som("0a", nr).get(&sti(INNKALT, "/lukk")).await.er(StatusCode::FORBIDDEN);
    }
}

#[sqlx::test]
async fn what_is_written_is_never_closed_away(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (ppt, rektor) = (app.som("0a", 2), app.som("0a", 1));
    let apen = rektor.get(&sti(PAGAR, "/lukk")).await.er(StatusCode::OK);
    let hold = ppt.get(&sti(PAGAR, "/hold")).await.er(StatusCode::OK);
    let notat = sti(PAGAR, &format!("/element/{}/notat", id("0a", "0d", 31)));
    ppt.fyll(&hold, &notat, &[("notat", "Vi var her")]).await.er(StatusCode::SEE_OTHER);
    let felter = [("arsak", "ikke_holdt"), ("begrunnelse", "Ingen kom")];
    let nei = rektor.fyll(&apen, &sti(PAGAR, "/lukk"), &felter).await.er(StatusCode::CONFLICT);
    assert!(nei.sier("Ferdigstill det i stedet"), "{}", nei.tekst());
    rektor.get(&sti(PAGAR, "/lukk")).await.er(StatusCode::CONFLICT);
    let sql = format!(
        "update mote set status = 'lukket', lukket_arsak = 'feil', lukket_begrunnelse = 'x' where id = '{}'",
        id("0a", "0c", PAGAR)
    );
    assert_eq!(app.web(1, &sql).await.as_deref(), Some("SH002"));
    assert_eq!(status(&app, PAGAR).await, "pagar");
}

#[sqlx::test]
async fn an_avlysning_by_mistake_is_taken_back_within_a_day(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, angre) = (app.som("0a", 1), sti(INNKALT, "/angre-avlysning"));
    let avlys = async || {
        let side = rektor.get(&sti(INNKALT, "/avlys")).await.er(StatusCode::OK);
        let svar = rektor.fyll(&side, &sti(INNKALT, "/avlys"), &[("begrunnelse", "Feil møte")]).await;
        rektor.folg(&svar.er(StatusCode::SEE_OTHER)).await.er(StatusCode::OK)
    };
    rektor.post(&angre, &[]).await.er(StatusCode::CONFLICT);
    let svar = app.som("0a", 2).get(&sti(INNKALT, "")).await;
    app.som("0a", 2).fyll(&svar, &sti(INNKALT, "/svar"), &[("svar", "kommer")]).await.er(StatusCode::SEE_OTHER);
    let side = avlys().await;
    assert!(side.sier("Du kan angre til torsdag 19. november 2026 kl. 11.00"), "{}", side.tekst());
    for nr in [2, 3, 5] {
        assert!(!app.som("0a", nr).get(&sti(INNKALT, "")).await.html.contains(&angre), "only who may cancel");
        app.som("0a", nr).post(&angre, &[]).await.er(StatusCode::FORBIDDEN);
    }
    app.som("0b", 1).post(&angre, &[]).await.er(StatusCode::NOT_FOUND);
    for _ in 0..2 {
        rektor.fyll(&side, &angre, &[]).await.er(StatusCode::SEE_OTHER);
        assert_eq!(status(&app, INNKALT).await, "innkalt", "as it stood, and twice is once");
    }
    assert!(app.som("0a", 2).get(&sti(INNKALT, "")).await.sier("1 av 5 har svart"), "the answers stand");
    let side = avlys().await;
    klokka(&app, datetime!(2026-11-19 10:00:01 UTC)).await;
    let sent = rektor.fyll(&side, &angre, &[]).await.er(StatusCode::CONFLICT);
    assert!(sent.sier("Torsdag 19. november 2026 kl. 11.00 gikk fristen"), "{}", sent.tekst());
    assert!(!rektor.get(&sti(INNKALT, "")).await.sier("Angre avlysningen"));
    assert_eq!(status(&app, INNKALT).await, "avlyst");
}

#[sqlx::test]
async fn the_database_refuses_the_moves_that_the_rules_refuse(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let alle = ["planlagt", "innkalt", "pagar", "ferdigstilt", "avlyst", "lukket"];
    let lovlige = [
        ("planlagt", "innkalt"),
        ("planlagt", "avlyst"),
        ("planlagt", "lukket"),
        ("innkalt", "pagar"),
        ("innkalt", "avlyst"),
        ("innkalt", "lukket"),
        ("pagar", "ferdigstilt"),
        ("pagar", "lukket"),
    ];
    let til = |nr: u32, status: &str| {
        let med = match status {
            "ferdigstilt" => ", ferdigstilt = now()",
            "avlyst" => ", avlyst_begrunnelse = 'x', avlyst = '2026-11-18', avlyst_fra = status",
            "lukket" => ", lukket_arsak = 'feil', lukket_begrunnelse = 'x'",
            _ => ", ferdigstilt = null, avlyst_begrunnelse = null, lukket_arsak = null",
        };
        format!("update mote set status = '{status}'{med} where id = '{}'", id("0a", "0c", nr))
    };
    for (nr, fra) in [(PLANLAGT, "planlagt"), (INNKALT, "innkalt"), (PAGAR, "pagar"), (FERDIG, "ferdigstilt")] {
        for mal in alle.iter().filter(|mal| **mal != fra) {
            // Tried and taken back, so that the next one comes to the same møte.
            let sql = format!("{}; select 1/0", til(nr, mal));
            let ventet = match (fra, lovlige.contains(&(fra, mal))) {
                ("ferdigstilt", _) => "SH001",
                (_, true) => "22012",
                (_, false) => "SH002",
            };
            assert_eq!(app.web(1, &sql).await.as_deref(), Some(ventet), "{fra} → {mal}");
        }
    }
    for slutt in ["avlyst", "lukket"] {
        for mal in alle.iter().filter(|mal| **mal != slutt) {
            let sql = format!("{}; {}", til(INNKALT, slutt), til(INNKALT, mal));
            assert_eq!(app.web(1, &sql).await.as_deref(), Some("SH002"), "{slutt} → {mal}");
        }
    }
    let angre = |status: &str, angret: &str| {
        format!(
            "{}; update mote set status = '{status}', avlyst_begrunnelse = null, avlyst_fra = null, angret = '{angret}' where id = '{}'",
            til(INNKALT, "avlyst"),
            id("0a", "0c", INNKALT)
        )
    };
    for (sql, kode) in [
        (angre("planlagt", "2026-11-18"), "SH002"), // not where it stood
        (angre("innkalt", "2026-11-19 00:00:01"), "SH002"), // too late
        (angre("innkalt", "2026-11-17"), "SH002"),
        (format!("{}; update mote set avlyst = now() where id = '{}'", til(INNKALT, "avlyst"), id("0a", "0c", INNKALT)), "SH002"),
        (
            format!(
                "insert into mote select (jsonb_populate_record(m, '{{\"id\": \"{}\"}}')).* from mote m where id = '{}'",
                id("0a", "0c", 99),
                id("0a", "0c", PAGAR)
            ),
            "428C9", // a generated column; the policy is tried below
        ),
        (
            format!(
                "insert into mote (id, forum_id, start, minutter, sted, status, opprettet_av, opprettet)
                 select gen_random_uuid(), forum_id, start, 150, sted, 'pagar', opprettet_av, opprettet from mote where id = '{}'",
                id("0a", "0c", PAGAR)
            ),
            "42501", // born in the middle of its life
        ),
    ] {
        assert_eq!(app.web(1, &sql).await.as_deref(), Some(kode), "{sql}");
    }
    assert_eq!(app.web(1, &angre("innkalt", "2026-11-18 23:59")).await, None);
}

#[sqlx::test]
async fn the_leader_is_reminded_after_three_days_and_more_strongly_after_seven(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    for (na, ord) in [
        (datetime!(2026-11-20 10:00 UTC), "Møtet er i gang"),
        (datetime!(2026-11-21 10:00 UTC), "Referatet mangler: 3 dager siden møtet"),
        (datetime!(2026-11-24 10:00 UTC), "Referatet mangler: 6 dager siden møtet"),
        (datetime!(2026-11-25 10:00 UTC), "Referatet haster: 7 dager siden møtet"),
    ] {
        klokka(&app, na).await;
        let side = rektor.get("/").await.er(StatusCode::OK);
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
        assert!(!ppt.get("/").await.sier("Referatet "), "only who leads is reminded");
    }
    let side = rektor.get("/").await;
    assert!(side.sier("Gjør referatet ferdig i dag") && side.html.contains(&sti(PAGAR, "/hold")), "{}", side.tekst());
    // A møte nobody started has no referat either, and may be closed.
    klokka(&app, datetime!(2026-11-29 10:00 UTC)).await;
    let side = rektor.get("/").await.er(StatusCode::OK);
    assert!(side.sier("Start møtet og skriv det dere gjorde, eller lukk det uten referat."), "{}", side.tekst());
    for nr in [INNKALT, PAGAR] {
        lukk(&app, nr, "ikke_holdt", "Ingen kunne").await.er(StatusCode::SEE_OTHER);
    }
    assert!(!rektor.get("/").await.sier("Referatet "), "closed, it asks for nothing");
}
