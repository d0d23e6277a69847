//! What the staff were guided in: themes and numbers under the second element, locked with the rest.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

/// Looks like a fødselsnummer of a test person: month + 80, and both control digits right.
const FODSELSNUMMER: &str = "018190 00049";

fn mote(nr: u32) -> String {
    format!("/moter/{}", id("0a", "0c", nr))
}

fn logg(mote_nr: u32, plass: u32) -> String {
    format!("{}/element/{}/kompetanse", mote(mote_nr), id("0a", "0d", mote_nr * 10 + plass))
}

async fn antall(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from kompetanseheving").fetch_one(&app.eier).await.unwrap()
}

#[sqlx::test]
async fn guidance_is_logged_in_the_room_and_stands_in_the_referat(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, ppt, hold) = (app.som("0a", 1), app.som("0a", 2), mote(3) + "/hold");
    let side = ppt.get(&hold).await.er(StatusCode::OK);
    assert!(side.html.contains(&logg(3, 2)) && !side.html.contains(&logg(3, 1)), "under guidance alone: {}", side.html);
    let side = ppt.get(&logg(3, 2)).await.er(StatusCode::OK);
    for (felter, ord) in [
        (vec![("tema", "Lek"), ("tjenestetype", "annen"), ("antall", "8")], "hvilken rolle eller tjeneste"),
        (vec![("tema", FODSELSNUMMER), ("tjenestetype", "ppt"), ("antall", "8")], "et fødselsnummer"),
        (vec![("tema", "Lek"), ("veileder", FODSELSNUMMER), ("antall", "8")], "et fødselsnummer"),
        (vec![("tema", "Lek"), ("tjenestetype", "ppt"), ("antall", "0")], "et helt tall fra 1 til 999"),
        (vec![("tema", ""), ("tjenestetype", "ppt"), ("antall", "8")], "Fyll ut «Tema»"),
    ] {
        let igjen = ppt.fyll(&side, &logg(3, 2), &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(igjen.sier(ord), "{ord}: {}", igjen.tekst());
    }
    let felter = [("tema", "Språkmiljø <b>"), ("tjenestetype", "ppt"), ("antall", "8")];
    for _ in 0..2 {
        let svar = ppt.fyll(&side, &logg(3, 2), &felter).await.er(StatusCode::SEE_OTHER);
        assert_eq!(svar.sted, Some(format!("{hold}#punkt-{}", id("0a", "0d", 32))));
    }
    let annen = [("tema", "Overganger"), ("tjenestetype", "annen"), ("veileder", "Statped"), ("antall", "1")];
    let side = rektor.get(&logg(3, 2)).await.er(StatusCode::OK);
    rektor.fyll(&side, &logg(3, 2), &annen).await.er(StatusCode::SEE_OTHER);
    assert_eq!(antall(&app).await, 2, "sent twice is one act");
    let side = rektor.get(&hold).await.er(StatusCode::OK);
    for ord in ["Språkmiljø <b>", "Veiledet av: PPT. Nådde 8 ansatte.", "Veiledet av: Statped. Nådde 1 ansatt."] {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    let slutt = [("nokkel", "0190a1b2-0000-7000-8000-000000000001"), ("begrunnelse", "Vi ble ferdige")];
    rektor.post(&(mote(3) + "/ferdigstill"), &slutt).await.er(StatusCode::SEE_OTHER);
    for (sti, ord) in [(mote(3), "PPT veiledet 8 ansatte"), (mote(3) + "/referat", "Nådde 8 ansatte")] {
        let side = ppt.get(&sti).await.er(StatusCode::OK);
        assert!(side.sier(ord), "{sti}: {}", side.tekst());
    }
    rektor.get(&logg(3, 2)).await.er(StatusCode::CONFLICT);
    rektor.get(&logg(3, 1)).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn two_who_edit_are_told_and_a_wrong_one_is_taken_away(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    let endre = format!("{}/kompetanse/{}", mote(3), id("0a", "30", 1));
    let side = rektor.get(&endre).await.er(StatusCode::OK);
    assert!(side.html.contains("Språkmiljø"), "{}", side.html);
    ppt.fyll(&side, &endre, &[("antall", "12")]).await.er(StatusCode::SEE_OTHER);
    let begge = rektor.fyll(&side, &endre, &[("antall", "10")]).await.er(StatusCode::CONFLICT);
    assert!(begge.sier("Noen andre har lagret «12»") && begge.html.contains("value=\"10\""), "{}", begge.html);
    rektor.fyll(&begge, &endre, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(ppt.get(&(mote(3) + "/hold")).await.sier("Nådde 10 ansatte"));
    rektor.fyll(&begge, &endre, &[("antall", "mange")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let feil_mote = format!("{}/kompetanse/{}", mote(1), id("0a", "30", 1));
    rektor.get(&feil_mote).await.er(StatusCode::NOT_FOUND);

    let lukk = [("arsak", "feil"), ("begrunnelse", "Booket ved en feil")];
    let lukk = [&[("nokkel", "0190a1b2-0000-7000-8000-000000000004")], &lukk[..]].concat();
    rektor.post(&(mote(3) + "/lukk"), &lukk).await.er(StatusCode::CONFLICT);
    let nokkel = [("nokkel", "0190a1b2-0000-7000-8000-000000000003")];
    for _ in 0..2 {
        rektor.post(&(endre.clone() + "/fjern"), &nokkel).await.er(StatusCode::SEE_OTHER);
    }
    assert!(ppt.get(&(mote(3) + "/hold")).await.sier("Ikke ført ennå"));
}

#[sqlx::test]
async fn the_database_locks_the_log_and_keeps_it_under_guidance(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let ny = |mote: u32, element: u32, tjeneste: &str| {
        format!(
            "insert into kompetanseheving (id, mote_id, moteelement_id, tema, veileder_tjeneste, antall_ansatte, opprettet_av, opprettet)
             values (gen_random_uuid(), '{}', '{}', 'Lek', '{tjeneste}', 3, '{}', now())",
            id("0a", "0c", mote),
            id("0a", "0d", element),
            id("0a", "05", 1)
        )
    };
    for (sql, kode) in [
        (ny(3, 31, "ppt"), "SH004"),
        (ny(3, 12, "ppt"), "SH004"),
        (ny(1, 12, "ppt"), "SH004"),
        (ny(2, 22, "ppt"), "SH001"),
        (ny(3, 32, "annen"), "23514"),
        (
            format!(
                "update mote set status = 'lukket', lukket_arsak = 'feil', lukket_begrunnelse = 'x' where id = '{}'",
                id("0a", "0c", 3)
            ),
            "SH002",
        ),
    ] {
        assert_eq!(app.web(1, &sql).await.as_deref(), Some(kode), "{sql}");
    }
    assert_eq!(app.web(1, &ny(3, 32, "ppt")).await, None);
    let slutt = [("nokkel", "0190a1b2-0000-7000-8000-000000000001"), ("begrunnelse", "Vi ble ferdige")];
    app.som("0a", 1).post(&(mote(3) + "/ferdigstill"), &slutt).await.er(StatusCode::SEE_OTHER);
    for sql in [
        "update kompetanseheving set antall_ansatte = 9 where region_id = gjeldende_region()",
        "delete from kompetanseheving where region_id = gjeldende_region()",
    ] {
        assert_eq!(app.web(1, sql).await.as_deref(), Some("SH001"), "{sql}");
    }
    let flytt = format!("update kompetanseheving set mote_id = '{}'", id("0a", "0c", 1));
    assert_eq!(app.web(1, &flytt).await.as_deref(), Some("42501"), "another møte's log stays there");
}
