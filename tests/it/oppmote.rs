//! Answers and attendance: what a participant gives for themselves, and what the leader registers.
use axum::http::StatusCode;
use sqlx::{
    Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::macros::datetime;

use crate::{TestApp, id};

/// The møte called for next week, and the one under way now.
fn innkalt() -> String {
    format!("/moter/{}", id("0a", "0c", 1))
}

fn pagar() -> String {
    format!("/moter/{}", id("0a", "0c", 3))
}

fn pagar_oppmote(nr: u32) -> String {
    format!("{}/oppmote/{}", pagar(), id("0a", "0e", 30 + nr))
}

/// Svar, oppmøte, vara and grunn of participant `nr` of a møte.
async fn rad(app: &TestApp, mote: u32, nr: u32) -> [Option<String>; 4] {
    let rad = sqlx::query("select svar, oppmote, vara_navn, grunn from motedeltaker where id = $1")
        .bind(id("0a", "0e", mote * 10 + nr))
        .fetch_one(&app.eier)
        .await
        .unwrap();
    ["svar", "oppmote", "vara_navn", "grunn"].map(|navn| rad.get(navn))
}

fn ord<const N: usize>(verdier: [&str; N]) -> [Option<String>; N] {
    verdier.map(|v| (!v.is_empty()).then(|| v.to_owned()))
}

#[sqlx::test]
async fn ppt_answers_for_herself_and_comes_back_to_where_she_was(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (ppt, svar) = (app.som("0a", 2), innkalt() + "/svar");
    let kommer = ppt.post(&svar, &[("tilbake", "/moter?uke=48"), ("svar", "kommer")]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(kommer.sted.as_deref(), Some("/moter?uke=48"));
    let side = ppt.get(&svar).await.er(StatusCode::OK);
    let vara = [("svar", "sender_vara"), ("vara", "Kari <b>Vik</b>"), ("grunn", "annet")];
    ppt.fyll(&side, &svar, &vara).await.er(StatusCode::SEE_OTHER);
    assert_eq!(
        rad(&app, 1, 2).await,
        ord(["sender_vara", "", "Kari <b>Vik</b>", ""]),
        "a reason belongs to forfall only"
    );
    let side = ppt.get(&svar).await.er(StatusCode::OK);
    assert!(side.html.contains("Kari &#60;b&#62;Vik"), "{}", side.html);
    for _ in 0..2 {
        ppt.post(&svar, &[("svar", "forfall"), ("grunn", "reise_eller_vaer")]).await.er(StatusCode::SEE_OTHER);
    }
    assert_eq!(rad(&app, 1, 2).await, ord(["forfall", "", "", "reise_eller_vaer"]));
    assert_eq!(rad(&app, 1, 3).await, ord(["ubesvart", "", "", ""]), "nobody else's answer is touched");
}

#[sqlx::test]
async fn what_an_answer_lacks_is_said_at_the_field_and_nothing_is_stored(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let (ppt, svar) = (app.som("0a", 2), innkalt() + "/svar");
    let feil: [(&[(&str, &str)], &str); 6] = [
        (&[("svar", "sender_vara"), ("vara", "  ")], "Skriv navnet på den som møter som vara"),
        (&[("svar", "forfall")], "Velg en grunn for forfallet"),
        (&[("svar", "forfall"), ("grunn", "influensa")], "Velg en grunn for forfallet"),
        (&[("svar", "ubesvart")], "Velg om du kommer"),
        (&[("svar", "til_stede")], "Velg om du kommer"),
        (&[("svar", "sender_vara"), ("vara", "Ola 018190 00049")], "Ikke skriv et fødselsnummer"),
    ];
    for (felter, melding) in feil {
        let side = ppt.post(&svar, felter).await;
        assert!(side.status == StatusCode::UNPROCESSABLE_ENTITY && side.sier(melding), "{felter:?}: {}", side.tekst());
    }
    assert_eq!(rad(&app, 1, 2).await, ord(["ubesvart", "", "", ""]));
}

#[sqlx::test]
async fn nobody_answers_for_a_mote_that_is_over_or_not_theirs(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let ferdig = format!("/moter/{}", id("0a", "0c", 2));
    let (ppt, styrer) = (app.som("0a", 2), app.som("0a", 11));
    for (del, felter) in [("svar", ("svar", "kommer")), ("mitt-oppmote", ("oppmote", "til_stede"))] {
        let sti = format!("{ferdig}/{del}");
        ppt.post(&sti, &[felter]).await.er(StatusCode::CONFLICT);
        ppt.post(&sti, &[(felter.0, "tull")]).await.er(StatusCode::CONFLICT);
        ppt.get(&sti).await.er(StatusCode::CONFLICT);
        let sti = format!("{}/{del}", innkalt());
        styrer.post(&sti, &[felter]).await.er(StatusCode::NOT_FOUND);
        app.som("0b", 2).post(&sti, &[felter]).await.er(StatusCode::NOT_FOUND);
        app.som("0a", 10).post(&sti, &[felter]).await.er(StatusCode::NOT_FOUND);
    }
    sqlx::raw_sql("update mote set status = 'avlyst', avlyst_begrunnelse = 'Snø' where status = 'innkalt'")
        .execute(&app.eier)
        .await
        .unwrap();
    let side = ppt.post(&(innkalt() + "/svar"), &[("svar", "kommer")]).await.er(StatusCode::CONFLICT);
    assert!(side.sier("Møtet er avlyst"), "{}", side.tekst());
}

#[sqlx::test]
async fn own_attendance_opens_on_the_day_of_the_mote(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (ppt, mitt) = (app.som("0a", 2), innkalt() + "/mitt-oppmote");
    let tidlig = ppt.post(&mitt, &[("oppmote", "til_stede")]).await.er(StatusCode::CONFLICT);
    assert!(tidlig.sier("onsdag 25. november 2026"), "{}", tidlig.tekst());
    app.still_klokka(datetime!(2026-11-25 07:45 UTC));
    sqlx::raw_sql("update okt set sist_brukt = '2026-11-25 07:44Z', opprettet = '2026-11-25 07:00Z'")
        .execute(&app.eier)
        .await
        .unwrap();
    for feil in ["ikke_mott", "", "kommer"] {
        ppt.post(&mitt, &[("oppmote", feil)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let ute = [("oppmote", "til_stede"), ("tilbake", "https://ond.example/")];
    let videre = ppt.post(&mitt, &ute).await.er(StatusCode::SEE_OTHER);
    assert_eq!(videre.sted.as_deref(), Some("/"), "never on to another site");
    assert_eq!(rad(&app, 1, 2).await, ord(["ubesvart", "til_stede", "", ""]));
    let sent = ppt.post(&(innkalt() + "/svar"), &[("svar", "kommer")]).await.er(StatusCode::CONFLICT);
    assert!(sent.sier("allerede ført"), "{}", sent.tekst());
}

#[sqlx::test]
async fn the_leader_registers_everybody_with_one_tap_each(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, hold) = (app.som("0a", 1), pagar() + "/hold");
    let side = rektor.get(&hold).await.er(StatusCode::OK);
    assert!(side.sier("0 av 4 registrert, 0 til stede"), "{}", side.tekst());
    let ppt = rektor.fyll(&side, &pagar_oppmote(2), &[("oppmote", "til_stede")]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.folg(&ppt).await.er(StatusCode::OK);
    assert!(side.sier("Oppmøte lagret: Per Pedagog, til stede"), "{}", side.tekst());
    let vara = [("oppmote", "vara"), ("vara", "Kari Vik")];
    rektor.fyll(&side, &pagar_oppmote(3), &vara).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&hold).await;
    assert!(side.sier("2 av 4 registrert, 1 til stede og 1 vara"), "{}", side.tekst());
    let forfall = [("svar", "forfall"), ("grunn", "fravaer")];
    app.som("0a", 4).post(&(pagar() + "/svar"), &forfall).await.er(StatusCode::SEE_OTHER);
    let alle = rektor.fyll(&side, &(pagar() + "/alle-til-stede"), &[]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.folg(&alle).await;
    assert!(side.sier("3 av 4 registrert") && side.sier("Svarte: Forfall: fravær"), "{}", side.tekst());
    assert_eq!(rad(&app, 3, 4).await, ord(["forfall", "", "", "fravaer"]), "who has said no is not marked present");
    assert_eq!(rad(&app, 3, 3).await, ord(["ubesvart", "vara", "Kari Vik", ""]));
    rektor.post(&pagar_oppmote(4), &[("oppmote", "ikke_mott")]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&hold).await;
    assert!(side.sier("4 av 4 registrert") && !side.sier("Alle andre er til stede"), "{}", side.tekst());
}

#[sqlx::test]
async fn only_the_leader_registers_others_and_only_while_it_runs(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, til_stede) = (app.som("0a", 1), [("oppmote", "til_stede")]);
    app.som("0a", 2).post(&pagar_oppmote(3), &til_stede).await.er(StatusCode::FORBIDDEN);
    app.som("0a", 2).post(&(pagar() + "/alle-til-stede"), &[]).await.er(StatusCode::FORBIDDEN);
    app.som("0b", 1).post(&pagar_oppmote(3), &til_stede).await.er(StatusCode::NOT_FOUND);
    let annet_mote = format!("{}/oppmote/{}", pagar(), id("0a", "0e", 12));
    rektor.post(&annet_mote, &til_stede).await.er(StatusCode::NOT_FOUND);
    let ikke_startet = format!("{}/oppmote/{}", innkalt(), id("0a", "0e", 12));
    rektor.post(&ikke_startet, &til_stede).await.er(StatusCode::CONFLICT);
    let feil: [&[(&str, &str)]; 5] = [
        &[("oppmote", "syk")],
        &[("oppmote", "vara")],
        &[("oppmote", "vara"), ("vara", "018190 00049")],
        &[("oppmote", "forfall")],
        &[("oppmote", "forfall"), ("grunn", "syk")],
    ];
    for felter in feil {
        rektor.post(&pagar_oppmote(2), felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(rad(&app, 3, 2).await, ord(["ubesvart", "", "", ""]));
}

#[sqlx::test]
async fn one_who_is_nobody_here_is_logged_as_there_and_never_a_guardian(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let deltakere = pagar() + "/deltakere";
    let gjest = deltakere.clone() + "/gjest";
    let side = rektor.get(&deltakere).await.er(StatusCode::OK);
    assert!(side.sier("Barn og foresatte føres som antall"), "{}", side.tekst());
    for (felt, ord) in [("", "Fyll ut «Navn eller rolle»"), ("018190 00049", "et fødselsnummer")] {
        let svar = rektor.fyll(&side, &gjest, &[("tjenestetype", "annen"), ("navn", felt)]).await;
        assert!(svar.er(StatusCode::UNPROCESSABLE_ENTITY).sier(ord), "{felt}");
    }
    let bup = [("tjenestetype", "annen"), ("navn", "Eli <b>Berg</b>, BUP")];
    rektor.fyll(&side, &gjest, &bup).await.er(StatusCode::SEE_OTHER);
    rektor.fyll(&side, &gjest, &bup).await.er(StatusCode::SEE_OTHER);
    let hold = app.som("0a", 2).get(&(pagar() + "/hold")).await.er(StatusCode::OK);
    assert_eq!(
        hold.html.matches("Eli &#60;b&#62;Berg&#60;/b&#62;, BUP").count(),
        1,
        "sent twice is one: {}",
        hold.html
    );
    assert!(hold.sier("1 av 5 registrert, 1 til stede"), "{}", hold.tekst());
    // A guest owes nobody anything, and is taken off again; who was called in is not.
    let side = rektor.get(&deltakere).await.er(StatusCode::OK);
    let fjern = side.html.split('"').find(|d| d.starts_with(&deltakere) && d.ends_with("/fjern")).unwrap().to_owned();
    rektor.post(&fjern, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(!rektor.get(&deltakere).await.sier("BUP, gjest"));
    rektor.post(&format!("{deltakere}/{}/fjern", id("0a", "0e", 32)), &[]).await.er(StatusCode::CONFLICT);
    let for_ = format!("/moter/{}/deltakere/gjest", id("0a", "0c", 1));
    let nokkel = ("nokkel", "00000000-0000-4000-8000-0000000000cd");
    let svar = rektor.post(&for_, &[nokkel, bup[0], bup[1]]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Møtet er ikke startet"), "{}", svar.tekst());
}
