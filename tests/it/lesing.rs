//! The referat as it is read: members confirm it or remark on it, and silence counts when the deadline is over.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::macros::datetime;

use crate::{Aktor, TestApp, id};

/// Looks like a fødselsnummer of a test person.
const FODSELSNUMMER: &str = "018190 00049";

fn mote(nr: u32) -> String {
    format!("/moter/{}", id("0a", "0c", nr))
}

fn referat(nr: u32) -> String {
    mote(nr) + "/referat"
}

fn sti(hva: &str) -> String {
    format!("{}/{hva}", referat(3))
}

/// The møte under way, ferdigstilt by its leader on Wednesday 18 November: the deadline is Monday the 23rd.
async fn ferdigstilt(pool: PgPoolOptions, connect: PgConnectOptions) -> (TestApp, Aktor) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let ferdig = mote(3) + "/ferdigstill";
    let side = rektor.get(&ferdig).await.er(StatusCode::OK);
    rektor.fyll(&side, &ferdig, &[("begrunnelse", "Brannalarm")]).await.er(StatusCode::SEE_OTHER);
    (app, rektor)
}

async fn antall(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from referat_lesing").fetch_one(&app.eier).await.unwrap()
}

#[sqlx::test]
async fn a_member_confirms_once_and_all_in_the_mote_see_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, rektor) = ferdigstilt(pool, connect).await;
    let ppt = app.som("0a", 2);
    let hjem = ppt.get("/").await.er(StatusCode::OK);
    let oppgave =
        "Les referatet TST Fjellheim skole Møtet 18.11.2026. Bekreft eller skriv en merknad innen 23.11.2026.";
    assert!(hjem.sier(oppgave), "{}", hjem.tekst());
    assert!(!rektor.get("/").await.sier("Les referatet"), "who wrote it has read it");

    let side = ppt.get(&referat(3)).await.er(StatusCode::OK);
    assert!(side.sier("Versjon 1, ferdigstilt 18.11.2026 av Rita Rektor, med mangler: Brannalarm"), "{}", side.tekst());
    assert!(side.sier("Ikke svart ennå") && side.sier("Skrev referatet"), "{}", side.tekst());
    for _ in 0..2 {
        let svar = ppt.fyll(&side, &sti("lest"), &[]).await.er(StatusCode::SEE_OTHER);
        assert!(ppt.folg(&svar).await.sier("Du har bekreftet at du har lest referatet"));
    }
    assert_eq!(antall(&app).await, 1, "saying it twice is saying it once");
    let side = app.som("0a", 4).get(&referat(3)).await.er(StatusCode::OK);
    assert!(side.sier("Per Pedagog PPT Lest 18.11.2026") && side.sier("2 av 4 har lest"), "{}", side.tekst());
    assert!(!ppt.get("/").await.sier("Les referatet"));
}

#[sqlx::test]
async fn a_remark_is_kept_as_written_and_seen_by_those_in_the_mote(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, rektor) = ferdigstilt(pool, connect).await;
    let (helse, merknad) = (app.som("0a", 3), sti("merknad"));
    let side = helse.get(&referat(3)).await.er(StatusCode::OK);
    let langt = "æ".repeat(10_000);
    for (tekst, ord) in
        [("  ", "Fyll ut «Merknad»"), (FODSELSNUMMER, "et fødselsnummer"), (&langt, "Det er plass til 2000")]
    {
        let igjen = helse.fyll(&side, &merknad, &[("merknad", tekst)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(igjen.sier(ord) && igjen.html.contains(tekst.trim()), "{}", igjen.tekst());
    }
    let tekst = "Vi avtalte <script>alert(1)</script> onsdag & torsdag";
    for _ in 0..2 {
        helse.fyll(&side, &merknad, &[("merknad", tekst)]).await.er(StatusCode::SEE_OTHER);
    }
    assert_eq!(antall(&app).await, 1, "sent twice is one remark");
    let side = rektor.get(&referat(3)).await.er(StatusCode::OK);
    assert!(side.sier(tekst) && side.sier("Hanne Helse, 18.11.2026 kl. 11.00"), "{}", side.tekst());
    assert!(side.sier("Merknad 18.11.2026") && !side.html.contains("<script>alert"));
    // Those who were not called in see neither the referat nor what is said of it, whatever else they see.
    for nr in [5, 6, 7, 8, 9, 10, 11, 12] {
        for sti in [referat(3), sti("versjon/1")] {
            app.som("0a", nr).get(&sti).await.er(StatusCode::NOT_FOUND);
        }
        for hva in ["lest", "merknad"] {
            let felter =
                [("versjon", "1"), ("nokkel", "00000000-0000-4000-8000-0000000000aa"), ("merknad", "Jeg også")];
            app.som("0a", nr).post(&sti(hva), &felter).await.er(StatusCode::NOT_FOUND);
        }
    }
    app.som("0b", 1).get(&referat(3)).await.er(StatusCode::NOT_FOUND);
    assert_eq!(antall(&app).await, 1);
}

#[sqlx::test]
async fn silence_counts_as_read_when_the_deadline_is_over(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, _) = ferdigstilt(pool, connect).await;
    let (ppt, helse) = (app.som("0a", 2), app.som("0a", 3));
    app.still_klokka(datetime!(2026-11-23 22:30 UTC)); // the last half hour of the last day
    sqlx::raw_sql("update okt set sist_brukt = '2026-11-23 22:29Z', opprettet = '2026-11-23 22:00Z'")
        .execute(&app.eier)
        .await
        .unwrap();
    let side = ppt.get(&referat(3)).await.er(StatusCode::OK);
    assert!(side.sier("Jeg har lest referatet") && helse.get("/").await.sier("Les referatet"), "{}", side.tekst());
    ppt.fyll(&side, &sti("lest"), &[]).await.er(StatusCode::SEE_OTHER);
    let apen = helse.get(&referat(3)).await.er(StatusCode::OK);

    app.still_klokka(datetime!(2026-11-23 23:30 UTC));
    let side = ppt.get(&referat(3)).await.er(StatusCode::OK);
    assert!(side.sier("Hanne Helse Helsesykepleier Regnes som lest, ingen svar innen 23.11.2026"), "{}", side.tekst());
    assert!(side.sier("Lest 23.11.2026") && !side.sier("Skriv en merknad"), "{}", side.tekst());
    assert!(!helse.get("/").await.sier("Les referatet"));
    let svar = helse.fyll(&apen, &sti("lest"), &[]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Fristen var 23.11.2026"), "{}", svar.tekst());
    let svar =
        helse.fyll(&apen, &sti("merknad"), &[("merknad", "For sent")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Si fra til møtelederen") && svar.sier("For sent"), "what was written is still there");
    assert_eq!(antall(&app).await, 1);
}

#[sqlx::test]
async fn there_is_no_referat_before_the_end(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let ppt = app.som("0a", 2);
    assert_eq!(ppt.get(&referat(3)).await.er(StatusCode::SEE_OTHER).sted, Some(mote(3)));
    ppt.get(&sti("versjon/1")).await.er(StatusCode::NOT_FOUND);
    ppt.post(&sti("lest"), &[("versjon", "1")]).await.er(StatusCode::CONFLICT);
    ppt.post(&sti("lest"), &[("versjon", "én")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    for nr in ["0", "-1", "2", "99999999999999", "x"] {
        let svar = ppt.get(&format!("{}/versjon/{nr}", referat(2))).await;
        assert!([StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST].contains(&svar.status), "{nr}: {}", svar.status);
    }
}

#[sqlx::test]
async fn the_database_lets_nobody_speak_for_another_or_take_it_back(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, _) = ferdigstilt(pool, connect).await;
    let lest = |mote: u32, nr: i32, person: u32| {
        format!(
            "insert into referat_lesing (id, mote_id, nr, person_id, tid) values (gen_random_uuid(), '{}', {nr}, '{}', now())",
            id("0a", "0c", mote),
            id("0a", "05", person)
        )
    };
    for (hvem, sql, kode) in [
        (2, lest(3, 1, 3), "SH003"), // for somebody else
        (2, lest(3, 2, 2), "SH003"), // a version that is not there
        (5, lest(3, 1, 5), "SH003"), // not called in
        (2, lest(1, 1, 2), "SH003"), // not ferdigstilt
    ] {
        assert_eq!(app.web(hvem, &sql).await.as_deref(), Some(kode), "{sql}");
    }
    assert_eq!(app.web(2, &lest(3, 1, 2)).await, None);
    assert_eq!(app.web(2, &lest(3, 1, 2)).await.as_deref(), Some("23505"), "once");
    for sql in ["update referat_lesing set tid = now()", "delete from referat_lesing"] {
        assert_eq!(app.web(2, sql).await.as_deref(), Some("42501"), "{sql}");
        let eier = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&app.eier).await.unwrap_err();
        assert_eq!(
            eier.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref(),
            Some("SH001"),
            "{sql}"
        );
    }
}
