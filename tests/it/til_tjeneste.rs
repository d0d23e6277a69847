//! From the kommune's team on to a tjeneste, and back with an answer or a reason: who may see it, and who may act.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Executor, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

use crate::{Aktor, Side, TestApp, id};

const SVAR: &str = "PPT kommer på personalmøtet i januar";

/// The example's request: 1 sendt, 2 mottatt, 3 akseptert, all from the school to the kommune's team.
fn eksempel(nr: u32) -> String {
    format!("/bistand/{}", id("0a", "21", nr))
}

fn tjeneste(nr: u32) -> String {
    id("0a", "02", nr).to_string()
}

/// Sends the form of a step that its page shows.
async fn steg(hvem: &Aktor, sti: &str, hva: &str, felter: &[(&str, &str)]) -> Side {
    let side = match hva {
        "motta" | "lukk" => hvem.get(sti).await,
        _ => hvem.get(&format!("{sti}/{hva}")).await,
    };
    let side = side.er(StatusCode::OK);
    hvem.fyll(&side, &format!("{sti}/{hva}"), felter).await
}

/// The koordinator sends what was accepted on to a tjeneste; the path of the new request.
async fn sendt(koordinator: &Aktor, nr: u32) -> String {
    let svar = steg(koordinator, &eksempel(3), "send-videre", &[("til", &tjeneste(nr))]).await;
    svar.er(StatusCode::SEE_OTHER).sted.unwrap()
}

async fn med_eksempler(pool: PgPoolOptions, connect: PgConnectOptions) -> TestApp {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    app
}

/// How many wait for the tjenester of the first region.
async fn antall(app: &TestApp) -> i64 {
    let sql = format!(
        "set app.region = '{}'; select count(*) from bistandsforesporsel where til_tjeneste_id is not null",
        id("0a", "00", 1)
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&app.eier).await.unwrap().get(0)
}

#[sqlx::test]
async fn a_tjeneste_is_asked_and_its_answer_comes_home_to_the_school(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let (rektor, ppt, koordinator) = (app.som("0a", 1), app.som("0a", 2), app.som("0a", 6));
    let side = koordinator.get(&format!("{}/send-videre", eksempel(3))).await.er(StatusCode::OK);
    assert!(side.sier("PPT i regionen") && side.sier("Per Pedagog leser og svarer."), "{}", side.tekst());
    let sti = sendt(&koordinator, 1).await;
    let side = koordinator.get(&sti).await.er(StatusCode::OK);
    assert!(side.sier("Til PPT i regionen") && side.sier("Sendt videre fra Veiledning om lek"), "{}", side.tekst());
    assert!(!side.sier("Bekreft at den er mottatt"), "the tjeneste answers for itself: {}", side.tekst());

    assert!(ppt.get("/").await.sier("1 ny bistandsforespørsel"), "{}", ppt.get("/").await.tekst());
    let liste = ppt.get("/bistand?retning=til&status=sendt").await.er(StatusCode::OK);
    assert!(liste.sier("til PPT i regionen"), "{}", liste.tekst());
    let side = steg(&ppt, &sti, "motta", &[]).await.er(StatusCode::SEE_OTHER);
    assert!(ppt.folg(&side).await.sier("av Per Pedagog"));
    steg(&ppt, &sti, "avgjor", &[("avgjorelse", "aksepter")]).await.er(StatusCode::SEE_OTHER);
    steg(&ppt, &sti, "svar", &[("svar", SVAR)]).await.er(StatusCode::SEE_OTHER);
    assert!(!ppt.get("/").await.sier("ny bistandsforespørsel"));

    // The koordinator reads it on both, takes it along, and closes.
    assert!(koordinator.get("/").await.sier("1 forespørsel har fått svar"));
    let side = koordinator.get(&sti).await;
    assert!(side.sier("Ta det med til den som spurte først") && side.sier(SVAR), "{}", side.tekst());
    assert!(koordinator.get(&eksempel(3)).await.sier(&format!("Svar fra PPT i regionen: {SVAR}")));
    assert!(rektor.get(&eksempel(3)).await.sier("Til PPT i regionen"));
    assert!(!rektor.get(&eksempel(3)).await.sier(SVAR), "the school waits for the kommune's own answer");
    let side = steg(&koordinator, &eksempel(3), "svar", &[]).await.er(StatusCode::SEE_OTHER);
    assert!(koordinator.folg(&side).await.sier("Svaret er sendt"));
    steg(&koordinator, &sti, "lukk", &[]).await.er(StatusCode::SEE_OTHER);
    let mote = rektor.get(&format!("/moter/{}", id("0a", "0c", 2))).await.er(StatusCode::OK);
    assert!(mote.sier("Sendt videre til PPT i regionen"), "{}", mote.tekst());
    assert!(mote.sier(&format!("Svar fra Kommunalt TST Tynset: Svar fra PPT i regionen: {SVAR}")), "{}", mote.tekst());
}

#[sqlx::test]
async fn a_tjeneste_sends_it_back_with_a_reason_and_another_may_be_asked(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = med_eksempler(pool, connect).await;
    let (helse, koordinator) = (app.som("0a", 3), app.som("0a", 6));
    let sti = sendt(&koordinator, 2).await;
    steg(&helse, &sti, "motta", &[]).await.er(StatusCode::SEE_OTHER);
    let side = helse.get(&format!("{sti}/avgjor")).await.er(StatusCode::OK);
    assert!(side.sier("Avvis og send tilbake Kommunalt TST Tynset får saken tilbake"), "{}", side.tekst());
    let uten = helse.fyll(&side, &format!("{sti}/avgjor"), &[("avgjorelse", "avvis")]).await;
    uten.er(StatusCode::UNPROCESSABLE_ENTITY);
    let felter = [("avgjorelse", "avvis"), ("avvist_grunn", "PPT kan dette bedre")];
    let svar = helse.fyll(&side, &format!("{sti}/avgjor"), &felter).await.er(StatusCode::SEE_OTHER);
    assert!(helse.folg(&svar).await.sier("Saken er avvist og sendt tilbake"));
    let side = koordinator.get(&eksempel(3)).await;
    assert!(side.sier("Sendt tilbake av Helsestasjonen i Tynset: PPT kan dette bedre"), "{}", side.tekst());
    assert!(koordinator.get(&sti).await.sier("har avvist saken og sendt den tilbake"));
    // A tjeneste answers or sends back; it does not send on.
    let ny = sendt(&koordinator, 1).await;
    steg(&app.som("0a", 2), &ny, "motta", &[]).await.er(StatusCode::SEE_OTHER);
    app.som("0a", 2).get(&format!("{ny}/send-videre")).await.er(StatusCode::CONFLICT);
    // The one that sent it back may be asked again.
    sendt(&koordinator, 2).await;
}

#[sqlx::test]
async fn only_the_tjeneste_and_the_kommune_see_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let koordinator = app.som("0a", 6);
    // To NAV: its person has the role of one called in, and a seat when needed. PPT sits in the team that sends it.
    let sti = sendt(&koordinator, 4).await;
    for nr in 1..=14 {
        let ser = [2, 5, 6].contains(&nr);
        let side = app.som("0a", nr).get(&sti).await;
        assert_eq!(side.status, if ser { StatusCode::OK } else { StatusCode::NOT_FOUND }, "{nr}");
        let liste = app.som("0a", nr).get("/bistand").await;
        assert_eq!(liste.html.contains(&sti), ser, "{nr}: {}", liste.tekst());
        let nokkel = [("nokkel", "00000000-0000-4000-8000-00000000000a"), ("versjon", "1")];
        let svar = app.som("0a", nr).post(&format!("{sti}/motta"), &nokkel).await;
        let ventet = match nr {
            5 => StatusCode::SEE_OTHER,
            2 | 6 => StatusCode::FORBIDDEN,
            _ => StatusCode::NOT_FOUND,
        };
        assert_eq!(svar.status, ventet, "{nr}");
    }
    app.som("0b", 5).get(&sti).await.er(StatusCode::NOT_FOUND);
    app.som("0b", 6).get(&sti).await.er(StatusCode::NOT_FOUND);
    // One called in sees what the tjeneste is asked, and nothing of the teams.
    let nav = app.som("0a", 5);
    let liste = nav.get("/bistand").await.er(StatusCode::OK);
    assert!(liste.sier("1 forespørsel") && liste.sier("Det tjenesten din er bedt om"), "{}", liste.tekst());
    let side = nav.get(&sti).await;
    assert!(!side.sier("Sendt videre fra"), "the first request is not theirs: {}", side.tekst());
    assert!(nav.get("/moter").await.sier("Bistandsforespørsler"));
    for nr in 1..=4 {
        nav.get(&eksempel(nr)).await.er(StatusCode::NOT_FOUND);
    }
}

#[sqlx::test]
async fn one_who_leaves_the_kommune_or_the_tjeneste_answers_no_more(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let koordinator = app.som("0a", 6);
    let sti = sendt(&koordinator, 3).await;
    let barnevern = app.som("0a", 4);
    barnevern.get(&sti).await.er(StatusCode::OK);
    let region = format!("set app.region = '{}';", id("0a", "00", 1));
    for (av, pa) in [
        ("update forum_medlem set gyldig_til = '2026-11-17' where", "update forum_medlem set gyldig_til = null where"),
        (
            "update tjeneste_kommune set gyldig_til = '2026-11-17' where",
            "update tjeneste_kommune set gyldig_til = null where",
        ),
    ] {
        let hvem = if av.contains("forum_medlem") {
            format!("person_id = '{}'", id("0a", "05", 4))
        } else {
            format!("tjeneste_id = '{}' and kommune_id = '{}'", id("0a", "02", 3), id("0a", "01", 1))
        };
        app.eier.execute(AssertSqlSafe(format!("{region} {av} {hvem}"))).await.unwrap();
        barnevern.get(&sti).await.er(StatusCode::NOT_FOUND);
        assert!(!barnevern.get("/").await.sier("ny bistandsforespørsel"));
        // The kommune acts for a tjeneste that nobody answers for, and finds it among what it is asked.
        assert!(koordinator.get("/bistand?retning=til").await.html.contains(&sti));
        assert!(koordinator.get(&sti).await.sier("Bekreft at den er mottatt"), "{av}");
        assert!(
            koordinator.get("/").await.sier("2 nye bistandsforespørsler"),
            "{}",
            koordinator.get("/").await.tekst()
        );
        app.eier.execute(AssertSqlSafe(format!("{region} {pa} {hvem}"))).await.unwrap();
        assert!(koordinator.get("/").await.sier("1 ny bistandsforespørsel"));
    }
    barnevern.get(&sti).await.er(StatusCode::OK);
}

#[sqlx::test]
async fn one_called_in_when_needed_answers_without_a_seat(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let region = format!("set app.region = '{}';", id("0a", "00", 1));
    let uten =
        format!("{region} update forum_medlem set gyldig_til = '2026-11-17' where person_id = '{}'", id("0a", "05", 5));
    app.eier.execute(AssertSqlSafe(uten)).await.unwrap();
    let koordinator = app.som("0a", 6);
    assert!(koordinator.get(&format!("{}/send-videre", eksempel(3))).await.sier("Nils Nav leser og svarer."));
    let sti = sendt(&koordinator, 4).await;
    app.som("0a", 5).get(&sti).await.er(StatusCode::OK);
    let aldri = format!("{region} delete from motedeltaker where person_id = '{}'", id("0a", "05", 5));
    app.eier.execute(AssertSqlSafe(aldri)).await.unwrap();
    app.som("0a", 5).get(&sti).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn only_a_tjeneste_in_use_here_can_be_chosen(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let koordinator = app.som("0a", 6);
    let side = koordinator.get(&format!("{}/send-videre", eksempel(3))).await.er(StatusCode::OK);
    let region = format!("set app.region = '{}';", id("0a", "00", 1));
    let slutt = format!("{region} update tjeneste set gyldig_til = '2026-11-17' where id = '{}'", id("0a", "02", 3));
    app.eier.execute(AssertSqlSafe(slutt)).await.unwrap();
    let sti = format!("{}/send-videre", eksempel(3));
    assert!(!koordinator.get(&sti).await.sier("Barneverntjenesten"));
    for til in [tjeneste(3), id("0b", "02", 1).to_string(), Uuid::nil().to_string()] {
        koordinator.fyll(&side, &sti, &[("til", &til)]).await.er(StatusCode::NOT_FOUND);
    }
    let svar = koordinator.fyll(&side, &sti, &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Velg hvem forespørselen skal sendes til"), "{}", svar.tekst());
    let svar = koordinator.fyll(&side, &sti, &[("til", "forum")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Velg team eller forum"), "{}", svar.tekst());
    assert_eq!(antall(&app).await, 0);
}

#[sqlx::test]
async fn the_same_tjeneste_is_asked_once_however_many_send(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let koordinator = app.som("0a", 6);
    let sti = format!("{}/send-videre", eksempel(3));
    // One form twice is one act; two pages at the same time are one request and one refusal in words.
    let (en, to) = (koordinator.get(&sti).await, koordinator.get(&sti).await);
    let til = tjeneste(1);
    let felter = [("til", til.as_str())];
    let (a, b, c) = tokio::join!(
        koordinator.fyll(&en, &sti, &felter),
        koordinator.fyll(&en, &sti, &felter),
        koordinator.fyll(&to, &sti, &felter)
    );
    let nei: Vec<&Side> = [&a, &b, &c].into_iter().filter(|s| s.status == StatusCode::CONFLICT).collect();
    assert!(!nei.is_empty() && nei.iter().all(|s| s.sier("PPT i regionen har allerede fått forespørselen")));
    assert_eq!(antall(&app).await, 1);
    assert!(!koordinator.get(&sti).await.sier("PPT i regionen"), "it is not offered while it waits");
}

/// Runs a statement as the koordinator of the first region, and takes it back; what the database says no with.
async fn som_web(app: &TestApp, sql: &str) -> Option<String> {
    app.web_rader("0a", 6, &format!("{sql}; rollback")).await.err().map(|feil| feil.to_string())
}

/// A new row to a tjeneste: from which forum, to which tjeneste, and the request before it.
fn ny(fra: u32, til: Uuid, opphav: Option<u32>) -> String {
    let opphav = opphav.map_or("null".to_owned(), |nr| format!("'{}'", id("0a", "21", nr)));
    format!(
        "insert into bistandsforesporsel (id, fra_forum_id, til_tjeneste_id, opphav_id, overskrift, behov, svarfrist, opprettet_av, opprettet)
         values (gen_random_uuid(), '{}', '{til}', {opphav}, 'Sak', 'Hjelp', '2026-12-01', gjeldende_person(), '2026-11-18 09:00Z');",
        id("0a", "0a", fra)
    )
}

#[sqlx::test]
async fn the_database_refuses_what_the_pages_refuse(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect.clone()).await;
    let ppt = id("0a", "02", 1);
    let slutt = format!(
        "set app.region = '{}'; update tjeneste set gyldig_til = '2026-11-17' where id = '{}'",
        id("0a", "00", 1),
        id("0a", "02", 3)
    );
    app.eier.execute(AssertSqlSafe(slutt)).await.unwrap();
    for (sql, grunn) in [
        (ny(1, ppt, None), "Bare kommunens eget team"),
        (ny(3, ppt, None), "Bare kommunens eget team"),
        (ny(3, ppt, Some(1)), "Bare den som har tatt imot"),
        (ny(3, ppt, Some(4)), "Bare den som har tatt imot"),
        (ny(1, ppt, Some(3)), "Bare"),
        (ny(3, id("0a", "02", 3), Some(3)), "betjener ikke kommunen"),
        (ny(3, id("0b", "02", 1), Some(3)), "betjener ikke kommunen"),
        (ny(3, ppt, Some(3)) + &ny(3, ppt, Some(3)), "bistandsforesporsel_apen_tjeneste"),
    ] {
        let svar = som_web(&app, &sql).await.unwrap_or_default();
        assert!(svar.contains(grunn), "{sql}: ventet «{grunn}», fikk «{svar}»");
    }
    assert_eq!(som_web(&app, &(ny(3, ppt, Some(3)) + &ny(3, ppt, Some(2)))).await, None);
}
