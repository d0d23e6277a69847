//! The pulse after a møte: those who were there are asked once, and nobody can tell who answered what.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Aktor, Side, TestApp, id};

fn motet(hva: &str) -> String {
    format!("/moter/{}{hva}", id("0a", "0c", 3))
}

fn team() -> String {
    format!("/team/{}", id("0a", "0a", 1))
}

/// The møte of today is over; everybody came but barnevernet.
async fn holdt(app: &TestApp) -> Aktor {
    let rektor = app.som("0a", 1);
    let hold = rektor.get(&motet("/hold")).await.er(StatusCode::OK);
    rektor.fyll(&hold, &motet("/alle-til-stede"), &[]).await.er(StatusCode::SEE_OTHER);
    let borte = motet(&format!("/oppmote/{}", id("0a", "0e", 34)));
    rektor.post(&borte, &[("oppmote", "ikke_mott")]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&motet("/ferdigstill")).await.er(StatusCode::OK);
    let felter = [("begrunnelse", "Vi rakk ikke alt")];
    rektor.fyll(&side, &motet("/ferdigstill"), &felter).await.er(StatusCode::SEE_OTHER);
    rektor
}

async fn svar(hvem: &Aktor, felter: &[(&str, &str)]) -> Side {
    let side = hvem.get(&motet("/puls")).await.er(StatusCode::OK);
    hvem.fyll(&side, &motet("/puls"), felter).await
}

/// As the owner, past the locks.
async fn sql(app: &TestApp, sql: &str) {
    let region = id("0a", "00", 1);
    let sql = format!(
        "begin; set local app.region = '{region}'; set local session_replication_role = replica; {sql}; commit"
    );
    app.eier.execute(AssertSqlSafe(sql)).await.unwrap();
}

async fn tall(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&app.eier).await.unwrap()
}

/// What the web role gets when it asks as a person.
async fn som_web(app: &TestApp, person: u32, sporsmal: &str) -> Result<Option<String>, String> {
    match app.web_rader("0a", person, sporsmal).await {
        Ok(rader) => Ok(rader.first().and_then(|r| sqlx::Row::get::<Option<String>, _>(r, 0))),
        Err(feil) => Err(feil.as_database_error().unwrap().code().unwrap().into_owned()),
    }
}

#[sqlx::test]
async fn those_who_were_there_are_asked_once(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (ppt, barnevern) = (app.som("0a", 2), app.som("0a", 4));
    assert!(ppt.get(&motet("/puls")).await.er(StatusCode::OK).sier("kommer når møtet er ferdigstilt"));
    holdt(&app).await;
    let hjem = ppt.get("/").await.er(StatusCode::OK);
    assert!(hjem.sier("Hvordan var møtet?") && hjem.html.contains(&motet("/puls")), "{}", hjem.tekst());
    assert!(ppt.get(&motet("")).await.html.contains(&motet("/puls")));
    let side = ppt.get(&motet("/puls")).await.er(StatusCode::OK);
    assert!(side.sier("Ble du møtt som en likeverdig part?") && side.sier("Svaret er anonymt."), "{}", side.tekst());
    assert!(!side.sier("Møtes dere passe ofte?"), "there are more møter this semester");

    let tomt = svar(&ppt, &[("rad", "6")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(tomt.sier("Velg et tall fra 1 til 5"), "{}", tomt.tekst());
    let felter = [("likeverd", "4"), ("rad", "5")];
    let takk = svar(&ppt, &felter).await.er(StatusCode::SEE_OTHER);
    assert!(ppt.folg(&takk).await.sier("Takk for svaret. Det er anonymt"));
    // Sent again, it counts no more; and what was answered is nowhere.
    ppt.post(&motet("/puls"), &felter).await.er(StatusCode::SEE_OTHER);
    assert_eq!(tall(&app, "select count(*) from pulssvar").await, 1);
    assert!(ppt.get(&motet("/puls")).await.sier("Takk, du har svart"));
    for side in ["/", &motet("")] {
        assert!(!ppt.get(side).await.html.contains(&motet("/puls")), "{side}");
    }

    assert!(barnevern.get(&motet("/puls")).await.sier("Bare de som var til stede"));
    assert!(!barnevern.get("/").await.sier("Hvordan var møtet?"));
    barnevern.post(&motet("/puls"), &felter).await.er(StatusCode::CONFLICT);
    app.som("0a", 5).get(&motet("/puls")).await.er(StatusCode::NOT_FOUND);
    let feil = som_web(&app, 4, &format!("insert into puls_svart (mote_id) values ('{}')", id("0a", "0c", 3))).await;
    assert_eq!(feil, Err("SH004".to_owned()), "the database asks too");

    app.still_klokka(time::macros::datetime!(2026-12-03 10:00 UTC));
    sql(&app, "update okt set sist_brukt = '2026-12-03 09:59Z', opprettet = '2026-12-03 09:00Z'").await;
    let helse = app.som("0a", 3);
    assert!(!helse.get("/").await.er(StatusCode::OK).sier("Hvordan var møtet?"));
    assert!(helse.get(&motet("/puls")).await.sier("Fristen for å svare er ute"));
}

#[sqlx::test]
async fn the_leader_sees_what_five_have_answered_and_no_fewer(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = holdt(&app).await;
    let forum = id("0a", "0a", 1);
    sql(
        &app,
        &format!(
            "insert into pulssvar (forum_id, semester, likeverd, rad, hyppighet)
             select '{forum}', '2026-08-01', l, 3, null from unnest('{{5,4,4,5}}'::int[]) l"
        ),
    )
    .await;
    let side = rektor.get(&team()).await.er(StatusCode::OK);
    assert!(side.sier("når minst fem har svart") && !side.sier("likeverdig part"), "{}", side.tekst());
    svar(&app.som("0a", 2), &[("likeverd", "4"), ("rad", "4")]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&team()).await.er(StatusCode::OK);
    assert!(side.sier("Minst 5 svar i høst"), "{}", side.tekst());
    assert!(side.sier("likeverdig part 4,5 av 5") && side.sier("Fikk råd de kan bruke 3 av 5"), "{}", side.tekst());
    assert!(!side.sier("Hvor ofte teamet møtes"), "nobody was asked");
    // One more moves neither the number nor the halves: nothing is learnt of it.
    svar(&app.som("0a", 3), &[("likeverd", "4"), ("rad", "3")]).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.get(&team()).await.sier("Minst 5 svar i høst"));
    for nr in [2, 3, 6, 9] {
        assert!(!app.som("0a", nr).get(&team()).await.sier("Hva deltakerne synes"), "{nr}");
    }
}

#[sqlx::test]
async fn the_last_mote_of_the_semester_asks_whether_they_meet_often_enough(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = holdt(&app).await;
    let kommende = format!("'{}', '{}'", id("0a", "0c", 1), id("0a", "0c", 4));
    sql(&app, &format!("update mote set status = 'avlyst', avlyst_begrunnelse = 'Uvær' where id in ({kommende})"))
        .await;
    let felter = [("likeverd", "4"), ("rad", "5")];
    let mangler = svar(&rektor, &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(mangler.sier("Møtes dere passe ofte?") && mangler.sier("For sjelden"), "{}", mangler.tekst());
    assert_eq!(tall(&app, "select count(*) from puls_svart").await, 0, "nothing is kept of what was not finished");
    let alt = [felter[0], felter[1], ("hyppighet", "for_sjelden")];
    svar(&rektor, &alt).await.er(StatusCode::SEE_OTHER);
    assert_eq!(tall(&app, "select count(*) from pulssvar where hyppighet = 'for_sjelden'").await, 1);
}

#[sqlx::test]
async fn nothing_leads_from_an_answer_to_the_one_who_gave_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    holdt(&app).await;
    for (nr, likeverd) in [(1, "5"), (2, "4"), (3, "1")] {
        svar(&app.som("0a", nr), &[("likeverd", likeverd), ("rad", "3")]).await.er(StatusCode::SEE_OTHER);
    }
    let kolonner: Vec<String> = sqlx::query_scalar(
        "select column_name::text from information_schema.columns where table_name = 'pulssvar' order by 1",
    )
    .fetch_all(&app.eier)
    .await
    .unwrap();
    assert_eq!(kolonner, ["forum_id", "hyppighet", "id", "likeverd", "rad", "region_id", "semester"]);
    // All three came into the table in one act, the last one's: neither time nor place on the disk tells them apart.
    assert_eq!(tall(&app, "select count(distinct xmin::text) from pulssvar").await, 1);
    for skjult in ["id", "ctid", "xmin", "likeverd"] {
        let svar = som_web(&app, 1, &format!("select {skjult}::text from pulssvar")).await;
        assert_eq!(svar, Err("42501".to_owned()), "{skjult}");
    }
    let mine = som_web(&app, 2, "select string_agg(person_id::text, ' ') from puls_svart").await;
    assert_eq!(mine, Ok(Some(id("0a", "05", 2).to_string())), "one knows of oneself alone");
    assert_eq!(som_web(&app, 6, "select string_agg(person_id::text, ' ') from puls_svart").await, Ok(None));
    for endring in
        ["update pulssvar set likeverd = 5", "update puls_svart set mote_id = mote_id", "delete from puls_svart"]
    {
        assert_eq!(som_web(&app, 1, endring).await, Err("42501".to_owned()), "{endring}");
    }
}
