//! A møte from start to end: run from one page, written down, finished and locked.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

use crate::{TestApp, id};

/// Looks like a fødselsnummer of a test person: month + 80, and both control digits right.
const FODSELSNUMMER: &str = "018190 00049";

fn mote(nr: u32) -> String {
    format!("/moter/{}", id("0a", "0c", nr))
}

/// A path under element `plass` of a møte.
fn element(nr: u32, plass: u32, hva: &str) -> String {
    format!("{}/element/{}/{hva}", mote(nr), id("0a", "0d", nr * 10 + plass))
}

async fn spor(app: &TestApp, sql: &str) -> String {
    let rad = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&app.eier).await.unwrap();
    rad.get::<Option<String>, _>(0).unwrap_or_default()
}

async fn status(app: &TestApp, nr: u32) -> String {
    spor(app, &format!("select status from mote where id = '{}'", id("0a", "0c", nr))).await
}

async fn notat(app: &TestApp, plass: u32) -> String {
    spor(app, &format!("select notat from moteelement where id = '{}'", id("0a", "0d", 30 + plass))).await
}

#[sqlx::test]
async fn the_leader_runs_a_mote_from_start_to_end(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, hold) = (app.som("0a", 1), mote(1) + "/hold");
    let side = rektor.get(&hold).await.er(StatusCode::OK);
    for _ in 0..2 {
        let videre = rektor.fyll(&side, &(mote(1) + "/start"), &[]).await.er(StatusCode::SEE_OTHER);
        assert_eq!(videre.sted.as_deref(), Some(hold.as_str()), "starting twice is one start");
    }
    let side = rektor.get(&hold).await.er(StatusCode::OK);
    for ord in ["kl. 08.30–09.15", "kl. 09.15–10.15", "kl. 10.15–11.00", "Pågår", "0 av 5 registrert"] {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    for plass in 1..=3 {
        let skrevet = [("notat", "Linje én\r\nlinje to <script>"), ("gjennomfort", "ja")];
        let svar = rektor.fyll(&side, &element(1, plass, "notat"), &skrevet).await.er(StatusCode::SEE_OTHER);
        assert!(rektor.folg(&svar).await.sier("Notatet er lagret kl. 11.00.00"));
    }
    let vedtak = [("tekst", "Vi prøver <b>ny rutine</b>"), ("tjenestetype", "ppt")];
    for _ in 0..2 {
        rektor.fyll(&side, &element(1, 2, "beslutning"), &vedtak).await.er(StatusCode::SEE_OTHER);
    }
    rektor.fyll(&side, &(mote(1) + "/alle-til-stede"), &[]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&hold).await.er(StatusCode::OK);
    assert!(!side.html.contains("<script>") && !side.html.contains("<b>ny"), "{}", side.html);
    assert_eq!(side.html.matches("ny rutine").count(), 3, "one decision, named once more on each of its buttons");

    let side = rektor.get(&(mote(1) + "/ferdigstill")).await.er(StatusCode::OK);
    assert!(side.sier("Ingenting mangler"), "{}", side.tekst());
    for _ in 0..2 {
        let slutt = rektor.fyll(&side, &(mote(1) + "/ferdigstill"), &[]).await.er(StatusCode::SEE_OTHER);
        assert_eq!(slutt.sted, Some(mote(1)), "finishing twice is one end");
    }
    assert_eq!(status(&app, 1).await, "ferdigstilt");
    assert_eq!(rektor.get(&hold).await.er(StatusCode::SEE_OTHER).sted, Some(mote(1)));
    let side = app.som("0a", 2).get(&mote(1)).await.er(StatusCode::OK);
    assert!(side.sier("linje to <script>") && side.sier("ny rutine"), "{}", side.tekst());
}

#[sqlx::test]
async fn what_is_missing_is_said_and_needs_a_reason(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, ferdig) = (app.som("0a", 1), mote(3) + "/ferdigstill");
    let side = rektor.get(&ferdig).await.er(StatusCode::OK);
    let ord = [
        "Ingen er registrert til stede",
        "Oppmøtet til PPT (Per Pedagog) er ikke ført",
        "«Veiledning eller kompetanseheving» er ikke gjennomført",
    ];
    for ord in ord {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    assert!(side.html.contains(&format!("{}/hold#punkt-{}", mote(3), id("0a", "0d", 32))), "{}", side.html);
    for (grunn, melding) in [("", "Skriv hvorfor møtet ferdigstilles"), (FODSELSNUMMER, "et fødselsnummer")] {
        let igjen = rektor.fyll(&side, &ferdig, &[("begrunnelse", grunn)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(igjen.sier(melding) && igjen.html.contains(grunn), "{}", igjen.tekst());
    }
    assert_eq!(status(&app, 3).await, "pagar");
    let grunn = [("begrunnelse", "Brannalarm: vi måtte avbryte")];
    rektor.fyll(&side, &ferdig, &grunn).await.er(StatusCode::SEE_OTHER);
    let lagret = format!(
        "select mangler_begrunnelse || ', ' || p.navn from mote m join person p on p.id = m.ferdigstilt_av where m.id = '{}'",
        id("0a", "0c", 3)
    );
    assert_eq!(spor(&app, &lagret).await, "Brannalarm: vi måtte avbryte, Rita Rektor");
}

#[sqlx::test]
async fn two_who_write_at_once_get_both_texts_and_lose_nothing(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, sti) = (app.som("0a", 1), element(3, 1, "notat"));
    let side = rektor.get(&(mote(3) + "/hold")).await.er(StatusCode::OK);
    rektor.fyll(&side, &sti, &[("notat", "Først <i>lagret</i>")]).await.er(StatusCode::SEE_OTHER);
    let begge = rektor.fyll(&side, &sti, &[("notat", "Skrevet <u>samtidig</u>")]).await.er(StatusCode::CONFLICT);
    assert!(begge.sier("Først <i>lagret</i>") && begge.sier("Skrevet <u>samtidig</u>"), "{}", begge.tekst());
    assert!(begge.sier("av Rita Rektor") && !begge.html.contains("<u>"), "{}", begge.html);
    assert_eq!(notat(&app, 1).await, "Først <i>lagret</i>");
    rektor.fyll(&begge, &sti, &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(notat(&app, 1).await, "Først <i>lagret</i>\n\nSkrevet <u>samtidig</u>");
    let likt = [("notat", "Først <i>lagret</i>\r\n\r\nSkrevet <u>samtidig</u>"), ("versjon", "1")];
    rektor.post(&sti, &likt).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn a_note_is_kept_where_it_was_written_when_it_cannot_be_saved(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, sti) = (app.som("0a", 1), element(3, 2, "notat"));
    let side = rektor.get(&(mote(3) + "/hold")).await.er(StatusCode::OK);
    let skrevet = format!("Eleven har {FODSELSNUMMER} & <script>alert(1)</script>");
    let igjen = rektor.fyll(&side, &sti, &[("notat", &skrevet)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(igjen.sier("et fødselsnummer") && igjen.sier(&skrevet), "{}", igjen.tekst());
    assert!(igjen.html.contains(&format!("href=\"#notat-{}\"", id("0a", "0d", 32))), "{}", igjen.html);
    assert!(!igjen.html.contains("<script>alert"));
    let langt = "æ".repeat(10_000);
    rektor.fyll(&igjen, &sti, &[("notat", &langt)]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(notat(&app, 2).await, langt);
    let for_langt = "ø".repeat(20_001);
    let igjen =
        rektor.post(&sti, &[("notat", &for_langt), ("versjon", "2")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(igjen.html.contains(&for_langt) && igjen.sier("Det er plass til 20000"));
    rektor.post(&sti, &[("notat", "a\0b")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn a_decision_names_its_service_and_can_be_taken_away(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, hold, sti) = (app.som("0a", 1), mote(3) + "/hold", element(3, 1, "beslutning"));
    let side = rektor.get(&hold).await.er(StatusCode::OK);
    let igjen = rektor.fyll(&side, &sti, &[("tekst", "Ny rutine")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(igjen.sier("Velg «Tjenesten som forplikter seg»") && igjen.html.contains("Ny rutine"), "{}", igjen.tekst());
    for felter in [[("tekst", ""), ("tjenestetype", "ppt")], [("tekst", FODSELSNUMMER), ("tjenestetype", "nav")]] {
        rektor.fyll(&side, &sti, &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    }
    rektor.post(&sti, &[("tekst", "Uten nøkkel"), ("tjenestetype", "ppt")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    rektor.fyll(&igjen, &sti, &[("tjenestetype", "barnevern")]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&hold).await.er(StatusCode::OK);
    assert!(side.sier("Følges opp av: Barnevern"), "{}", side.tekst());
    let beslutning = spor(&app, "select id::text from beslutning").await;
    let fjern = format!("{}/beslutning/{beslutning}/fjern", mote(3));
    let felter = [("nokkel", Uuid::new_v4().to_string())];
    let nokkel = [("nokkel", felter[0].1.as_str())];
    let feil_mote = format!("{}/beslutning/{beslutning}/fjern", mote(1));
    rektor.post(&(mote(1) + "/start"), &[]).await.er(StatusCode::SEE_OTHER);
    rektor.post(&feil_mote, &nokkel).await.er(StatusCode::NOT_FOUND);
    for _ in 0..2 {
        rektor.fyll(&side, &fjern, &[]).await.er(StatusCode::SEE_OTHER);
    }
    assert_eq!(spor(&app, "select count(*)::text from beslutning").await, "0");
}

#[sqlx::test]
async fn others_look_on_and_log_their_own_attendance(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (ppt, hold) = (app.som("0a", 2), mote(3) + "/hold");
    let side = ppt.get(&hold).await.er(StatusCode::OK);
    assert!(!side.html.contains("/beslutning\"") && !side.html.contains("/ferdigstill"), "{}", side.html);
    let notat = element(3, 1, "notat");
    ppt.fyll(&side, &notat, &[("notat", "PPT skriver også")]).await.er(StatusCode::SEE_OTHER);
    assert!(ppt.get(&hold).await.er(StatusCode::OK).sier("PPT skriver også"));
    let mitt = mote(3) + "/mitt-oppmote";
    let svar = ppt.fyll(&side, &mitt, &[("oppmote", "til_stede")]).await.er(StatusCode::SEE_OTHER);
    let side = ppt.folg(&svar).await.er(StatusCode::OK);
    assert!(side.sier("Oppmøtet ditt er lagret: til stede") && side.sier("1 av 4 registrert"), "{}", side.tekst());
    for (sti, felter) in skriv(3).into_iter().filter(|(sti, _)| *sti != notat) {
        ppt.post(&sti, &felter).await.er(StatusCode::FORBIDDEN);
    }
    ppt.get(&(mote(3) + "/ferdigstill")).await.er(StatusCode::FORBIDDEN);
    for (region, nr) in [("0a", 11), ("0b", 1), ("0a", 10), ("0a", 9)] {
        let fremmed = app.som(region, nr);
        fremmed.get(&hold).await.er(StatusCode::NOT_FOUND);
        for (sti, felter) in skriv(3) {
            fremmed.post(&sti, &felter).await.er(StatusCode::NOT_FOUND);
        }
    }
}

/// Everything that can be sent to a møte by this room and oppmøte, filled in rightly.
fn skriv(nr: u32) -> Vec<(String, Vec<(&'static str, &'static str)>)> {
    let nokkel = ("nokkel", "0190a1b2-0000-7000-8000-000000000001");
    let beslutning = id("0a", "0e", 1);
    vec![
        (mote(nr) + "/start", vec![]),
        (element(nr, 1, "notat"), vec![("notat", "Noe nytt"), ("versjon", "1")]),
        (element(nr, 1, "beslutning"), vec![nokkel, ("tekst", "Noe"), ("tjenestetype", "ppt")]),
        (format!("{}/beslutning/{beslutning}/fjern", mote(nr)), vec![nokkel]),
        (mote(nr) + "/ferdigstill", vec![nokkel, ("begrunnelse", "Fordi")]),
        (mote(nr) + "/alle-til-stede", vec![]),
        (format!("{}/oppmote/{}", mote(nr), id("0a", "0e", nr * 10 + 2)), vec![("oppmote", "ikke_mott")]),
    ]
}

#[sqlx::test]
async fn a_finished_mote_answers_409_and_the_database_stands_behind_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    for (sti, felter) in skriv(2) {
        rektor.post(&sti, &felter).await.er(StatusCode::CONFLICT);
    }
    let feil = [(element(2, 1, "notat"), "notat"), (mote(2) + "/ferdigstill", "begrunnelse")];
    for (sti, felt) in feil {
        let nokkel = Uuid::new_v4().to_string();
        rektor.post(&sti, &[(felt, FODSELSNUMMER), ("nokkel", &nokkel)]).await.er(StatusCode::CONFLICT);
    }
    rektor.get(&(mote(2) + "/ferdigstill")).await.er(StatusCode::CONFLICT);
    let (m, e, d) = (id("0a", "0c", 2), id("0a", "0d", 21), id("0a", "0e", 22));
    let forsok = [
        format!("update mote set sted = 'Annet sted' where id = '{m}'"),
        format!("update mote set status = 'pagar', ferdigstilt = null where id = '{m}'"),
        format!("update moteelement set notat = 'Omskrevet' where id = '{e}'"),
        format!("delete from moteelement where id = '{e}'"),
        format!("update motedeltaker set oppmote = 'ikke_mott' where id = '{d}'"),
        format!(
            "insert into beslutning (id, moteelement_id, tekst, tjenestetype, opprettet_av, opprettet) \
             values ('{d}', '{e}', 'Ny', 'ppt', '{}', now())",
            id("0a", "05", 1)
        ),
        // Nothing is carried out of it either, into a møte that is open.
        format!("update moteelement set mote_id = '{}', plass = 9 where id = '{e}'", id("0a", "0c", 3)),
        format!("update motedeltaker set mote_id = '{}' where id = '{d}'", id("0a", "0c", 1)),
    ];
    for sql in forsok {
        assert_eq!(app.web(1, &sql).await.as_deref(), Some("SH001"), "{sql}");
    }
}

#[sqlx::test]
async fn somebody_who_comes_along_is_added_while_it_runs(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, deltakere) = (app.som("0a", 1), mote(3) + "/deltakere");
    rektor.get(&deltakere).await.er(StatusCode::OK);
    let nav = id("0a", "05", 5).to_string();
    rektor.post(&deltakere, &[("person", &nav)]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&(mote(3) + "/hold")).await.er(StatusCode::OK);
    assert!(side.sier("Nils Nav") && side.sier("0 av 5 registrert"), "{}", side.tekst());
    rektor.post(&(mote(2) + "/deltakere"), &[("person", &nav)]).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn nothing_is_written_before_the_start(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    for (sti, felter) in skriv(1).into_iter().skip(1) {
        rektor.post(&sti, &felter).await.er(StatusCode::CONFLICT);
    }
    let side = rektor.post(&(mote(4) + "/start"), &[]).await.er(StatusCode::CONFLICT);
    assert!(side.sier("Send innkallingen før du starter møtet"), "{}", side.tekst());
    let side = rektor.get(&(mote(1) + "/ferdigstill")).await.er(StatusCode::CONFLICT);
    assert!(side.sier("Start møtet før du ferdigstiller det"), "{}", side.tekst());
    sqlx::raw_sql("update mote set moteleder_id = null where status = 'innkalt'").execute(&app.eier).await.unwrap();
    rektor.post(&(mote(1) + "/start"), &[]).await.er(StatusCode::SEE_OTHER);
    let leder = format!(
        "select p.navn from mote m join person p on p.id = m.moteleder_id where m.id = '{}'",
        id("0a", "0c", 1)
    );
    assert_eq!(spor(&app, &leder).await, "Rita Rektor", "whoever starts it leads it");
}

#[sqlx::test]
async fn a_note_written_while_the_session_ended_lands_after_log_in(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let hash = samhandling::auth::hash_passord("fire gode ord her".into()).await.unwrap();
    let eier = "update bruker set passord_hash = $1 where epost = 'p1@0a.example'";
    sqlx::query(eier).bind(hash).execute(&app.eier).await.unwrap();
    let (rektor, sti) = (app.som("0a", 1), element(3, 1, "notat"));
    let side = rektor.get(&(mote(3) + "/hold")).await.er(StatusCode::OK);
    sqlx::raw_sql("delete from okt").execute(&app.eier).await.unwrap();
    let ute = rektor.fyll(&side, &sti, &[("notat", "Skrevet «lenge» & vel")]).await.er(StatusCode::UNAUTHORIZED);
    let inn = [("epost", "p1@0a.example"), ("passord", "fire gode ord her")];
    let inne = app.fremmed().fyll(&ute, "/logg-inn", &inn).await.er(StatusCode::OK);
    let rektor = app.fremmed().med_kapsel(&inne);
    rektor.fyll(&inne, &sti, &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(notat(&app, 1).await, "Skrevet «lenge» & vel");
}
