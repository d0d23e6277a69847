//! A møte from booking to its last change: who may, what is refused, and what is said about it.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

use crate::{TestApp, id, testapp::Side};

const FORUM: &str = "/team/00000000-0000-0000-0a0a-000000000001";
/// Next week's møte, innkalt; and the one that is only planned.
const INNKALT: u32 = 1;
const FERDIG: u32 = 2;
const PAGAR: u32 = 3;
const PLANLAGT: u32 = 4;

fn sti(mote: u32) -> String {
    format!("/moter/{}", id("0a", "0c", mote))
}

fn element(mote: u32, plass: u32) -> String {
    id("0a", "0d", mote * 10 + plass).to_string()
}

fn bekreft(dato: &str, start: &str) -> String {
    format!("{FORUM}/book/bekreft?dato={dato}&start={start}")
}

fn post_bekreft() -> String {
    format!("{FORUM}/book/bekreft")
}

/// The first row of a query in the first region, as its owner sees it.
async fn rad<T>(app: &TestApp, sql: &str) -> T
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    let sql = format!("set app.region = '{}'; {sql}", id("0a", "00", 1));
    sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&app.eier).await.unwrap().get(0)
}

/// Where in the page's words each text stands; fails when one is missing.
fn rekkefolge(side: &Side, tekster: &[&str]) -> Vec<usize> {
    let alt = side.tekst();
    tekster.iter().map(|t| alt.find(t).unwrap_or_else(|| panic!("{t} mangler: {alt}"))).collect()
}

#[sqlx::test]
async fn a_rektor_books_in_two_steps_and_sees_the_mote(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&format!("{FORUM}/book")).await.er(StatusCode::OK);
    assert!(side.sier("Når skal TST Fjellheim skole møtes?") && side.sier("kl. 08.30–11.00"), "{}", side.tekst());
    let side = rektor.get(&bekreft("2026-12-03", "08:30")).await.er(StatusCode::OK);
    assert!(side.sier("Torsdag 3. desember 2026, kl. 08.30–11.00"), "{}", side.tekst());
    assert!(side.sier("PPT: Per Pedagog") && side.sier("09.15–10.15"), "{}", side.tekst());
    let svar =
        rektor.fyll(&side, &post_bekreft(), &[("sted", "Rom 12"), ("som", "innkalt")]).await.er(StatusCode::SEE_OTHER);
    let mote = rektor.folg(&svar).await.er(StatusCode::OK);
    assert!(mote.sier("Møtet er booket, og innkallingen er sendt"), "{}", mote.tekst());
    assert!(mote.sier("TST Fjellheim skole, torsdag 3. desember 2026") && mote.sier("Rom 12"), "{}", mote.tekst());
    assert!(mote.sier("Innkalt") && mote.sier("0 av 4 har svart"), "{}", mote.tekst());
    let mine = app.som("0a", 2).get("/moter").await.er(StatusCode::OK);
    assert!(mine.sier("Torsdag 3. desember") && mine.sier("Svaret ditt: Ikke svart"), "{}", mine.tekst());
}

#[sqlx::test]
async fn under_150_minutes_needs_a_reason_and_what_was_typed_is_kept(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&bekreft("2026-12-03", "08:30")).await;
    let kort = [("minutter_1", "15"), ("sted", "Biblioteket")];
    let svar = rektor.fyll(&side, &post_bekreft(), &kort).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Agendaen er på 120 minutter") && svar.sier("minst 150"), "{}", svar.tekst());
    assert!(svar.html.contains(r#"value="15""#) && svar.html.contains(r#"value="Biblioteket""#), "{}", svar.html);
    let grunn = [("kort_begrunnelse", "Bare ett tema denne gangen")];
    let svar = rektor.fyll(&svar, &post_bekreft(), &grunn).await.er(StatusCode::SEE_OTHER);
    let mote = rektor.folg(&svar).await.er(StatusCode::OK);
    assert!(mote.sier("Bare ett tema denne gangen") && mote.sier("kl. 08.30–10.30"), "{}", mote.tekst());
}

#[sqlx::test]
async fn a_booking_sent_twice_is_one_mote(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&bekreft("2026-12-03", "08:30")).await;
    let (hvor, felter) = (post_bekreft(), [("sted", "Rom 12")]);
    let (en, to) = tokio::join!(rektor.fyll(&side, &hvor, &felter), rektor.fyll(&side, &hvor, &felter));
    assert_eq!(en.er(StatusCode::SEE_OTHER).sted, to.er(StatusCode::SEE_OTHER).sted);
    assert_eq!(rad::<i64>(&app, "select count(*) from mote where sted = 'Rom 12'").await, 1);
}

#[sqlx::test]
async fn any_kind_of_forum_can_meet_and_a_short_one_too(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let forum = format!("/team/{}/book/bekreft", id("0a", "0a", 4));
    let koordinator = app.som("0a", 9);
    let side = koordinator.get(&format!("{forum}?dato=2026-12-03&start=10:00")).await.er(StatusCode::OK);
    let felter = [("minutter_1", "45"), ("sted", "Digitalt"), ("som", "planlagt")];
    let svar = koordinator.fyll(&side, &forum, &felter).await.er(StatusCode::SEE_OTHER);
    let mote = koordinator.folg(&svar).await.er(StatusCode::OK);
    assert!(mote.sier("Saker") && mote.sier("Planlagt") && mote.sier("kl. 10.00–10.45"), "{}", mote.tekst());
}

#[sqlx::test]
async fn a_day_that_cannot_be_is_refused_in_words_and_an_odd_one_only_warned_of(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let for_sent = rektor.get(&bekreft("2026-11-16", "08:30")).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(for_sent.sier("Tidspunktet er passert for mer enn et døgn siden"), "{}", for_sent.tekst());
    let tull = rektor.get(&bekreft("i+morgen", "tidlig")).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(tull.sier("Skriv «Dato» som dag, måned og år"), "{}", tull.tekst());
    rektor.get(&post_bekreft()).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let lordag = rektor.get(&bekreft("2026-11-28", "08:30")).await.er(StatusCode::OK);
    assert!(lordag.sier("Lørdag 28. november er i helgen"), "{}", lordag.tekst());
    let mai = rektor.get(&bekreft("2027-05-17", "08:30")).await.er(StatusCode::OK);
    assert!(mai.sier("er en helligdag"), "{}", mai.tekst());
}

#[sqlx::test]
async fn a_member_taken_elsewhere_is_a_warning_that_never_says_where(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let side = app.som("0a", 1).get(&bekreft("2026-11-26", "09:00")).await.er(StatusCode::OK);
    assert!(side.sier("PPT: Per Pedagog er opptatt 08.30–11.00"), "{}", side.tekst());
    assert!(!side.tekst().contains("Bjørka"), "{}", side.tekst());
    assert!(side.sier("Da kan alle:") && side.html.contains("bekreft?dato=2026-"), "{}", side.html);
}

#[sqlx::test]
async fn a_member_may_look_but_not_sort_and_a_stranger_sees_nothing(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let ppt = app.som("0a", 2);
    let side = ppt.get(&sti(INNKALT)).await.er(StatusCode::OK);
    assert!(!side.html.contains("/agenda\"") && !side.html.contains("/avlys\""), "{}", side.html);
    let flytt = format!("{}/agenda/{}/flytt", sti(INNKALT), element(INNKALT, 1));
    ppt.post(&flytt, &[("plass", "2")]).await.er(StatusCode::FORBIDDEN);
    for (under, felter) in [("agenda", vec![]), ("avlys", vec![("begrunnelse", "x")]), ("innkall", vec![])] {
        ppt.post(&format!("{}/{under}", sti(INNKALT)), &felter).await.er(StatusCode::FORBIDDEN);
    }
    ppt.get(&format!("{FORUM}/book")).await.er(StatusCode::FORBIDDEN);
    for andre in [app.som("0b", 1), app.som("0a", 11), app.som("0a", 10), app.som("0a", 6)] {
        andre.get(&sti(INNKALT)).await.er(StatusCode::NOT_FOUND);
        andre.post(&flytt, &[("plass", "2")]).await.er(StatusCode::NOT_FOUND);
    }
    for andre in [app.som("0b", 1), app.som("0a", 11)] {
        andre.get(&bekreft("2026-12-03", "08:30")).await.er(StatusCode::NOT_FOUND);
    }
}

#[sqlx::test]
async fn another_element_can_stand_anywhere_but_the_three_stay(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let agenda = format!("{}/agenda", sti(INNKALT));
    let side = rektor.get(&agenda).await.er(StatusCode::OK);
    let nytt = [("tittel", "<script>alert(1)</script>"), ("minutter", "20")];
    rektor.fyll(&side, &format!("{agenda}/nytt"), &nytt).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&agenda).await.er(StatusCode::OK);
    assert!(!side.html.contains("<script>alert") && side.sier("<script>alert(1)</script>"), "{}", side.html);
    assert!(side.sier("11.00–11.20"), "{}", side.tekst());

    let ny: Uuid = rad(&app, "select id from moteelement where minutter = 20").await;
    let flytt = format!("{agenda}/{ny}/flytt");
    rektor.fyll(&side, &flytt, &[("plass", "1")]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&sti(INNKALT)).await.er(StatusCode::OK);
    let plasser = rekkefolge(&side, &["08.30–08.50", "<script>", "08.50–09.35", "Generell diskusjon"]);
    assert!(plasser.is_sorted(), "{}", side.tekst());

    let fast = format!("{agenda}/{}", element(INNKALT, 1));
    let svar = rektor.post(&format!("{fast}/fjern"), &[]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("kan ikke fjernes"), "{}", svar.tekst());
    let svar = rektor.post(&format!("{fast}/flytt"), &[("plass", "4")]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("fast rekkefølge"), "{}", svar.tekst());
    rektor.post(&format!("{agenda}/{ny}/fjern"), &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(rad::<i64>(&app, "select count(*) from moteelement where minutter = 20").await, 0);
}

#[sqlx::test]
async fn two_who_sort_at_once_take_turns(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let agenda = format!("{}/agenda", sti(INNKALT));
    for tittel in ["En", "To"] {
        let nokkel = Uuid::new_v4().to_string();
        let felter = [("tittel", tittel), ("minutter", "10"), ("nokkel", nokkel.as_str())];
        rektor.post(&format!("{agenda}/nytt"), &felter).await.er(StatusCode::SEE_OTHER);
    }
    let nye: Vec<Uuid> = rad(&app, "select array_agg(id order by plass) from moteelement where minutter = 10").await;
    let (en, to) = (format!("{agenda}/{}/flytt", nye[0]), format!("{agenda}/{}/flytt", nye[1]));
    let (en, to) = tokio::join!(rektor.post(&en, &[("plass", "1")]), rektor.post(&to, &[("plass", "1")]));
    assert!(en.status == StatusCode::SEE_OTHER && to.status == StatusCode::SEE_OTHER, "{} {}", en.status, to.status);
    let plasser = "select count(distinct plass) from moteelement where mote_id = '00000000-0000-0000-0a0c-000000000001' and plass between 1 and 5";
    assert_eq!(rad::<i64>(&app, plasser).await, 5);
}

#[sqlx::test]
async fn a_stale_agenda_says_what_is_stored_now(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let agenda = format!("{}/agenda", sti(INNKALT));
    let gammel = rektor.get(&agenda).await.er(StatusCode::OK);
    let felt = format!("tittel_{}", element(INNKALT, 1));
    rektor.fyll(&gammel, &agenda, &[(&felt, "Planlegging av våren")]).await.er(StatusCode::SEE_OTHER);
    let svar = rektor.fyll(&gammel, &agenda, &[(&felt, "Min tittel")]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Noen andre har lagret «Planlegging av våren»"), "{}", svar.tekst());
    assert!(svar.html.contains(r#"value="Min tittel""#), "{}", svar.html);
    rektor.fyll(&svar, &agenda, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.get(&sti(INNKALT)).await.sier("Min tittel"));
}

#[sqlx::test]
async fn too_much_text_and_a_short_agenda_come_back_with_what_was_typed(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let agenda = format!("{}/agenda", sti(INNKALT));
    let side = rektor.get(&agenda).await;
    let (tittel, minutter) = (format!("tittel_{}", element(INNKALT, 2)), format!("minutter_{}", element(INNKALT, 2)));
    let langt = "å".repeat(10_000);
    let svar = rektor.fyll(&side, &agenda, &[(&tittel, &langt)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("har 10000 tegn. Det er plass til 200") && svar.html.contains(&langt), "{}", svar.tekst());
    let svar = rektor.fyll(&side, &agenda, &[(&minutter, "20")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Agendaen er på 110 minutter"), "{}", svar.tekst());
    let svar = rektor.fyll(&side, &agenda, &[(&minutter, "to")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.html.contains(r#"value="to""#), "{}", svar.html);
    let felter = [("minutter", "90"), ("tittel", langt.as_str())];
    let svar = rektor.fyll(&side, &format!("{agenda}/nytt"), &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.html.contains(&langt) && svar.html.contains(r#"value="90""#), "{}", svar.tekst());
}

#[sqlx::test]
async fn an_illegal_step_is_refused_whoever_sends_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let nokkel = Uuid::new_v4().to_string();
    let felter = [("begrunnelse", "x"), ("nokkel", nokkel.as_str())];
    for (mote, under, ord) in [
        (INNKALT, "innkall", "allerede sendt"),
        (PAGAR, "innkall", "allerede i gang"),
        (PAGAR, "avlys", "kan ikke avlyses"),
        (PAGAR, "flytt", "i gang"),
        (PAGAR, "agenda/nytt", "i gang"),
        (FERDIG, "innkall", "ferdigstilt og låst"),
        (FERDIG, "avlys", "ferdigstilt og låst"),
        (FERDIG, "agenda", "ferdigstilt og låst"),
        (FERDIG, "flytt", "ferdigstilt og låst"),
    ] {
        let svar = rektor.post(&format!("{}/{under}", sti(mote)), &felter).await.er(StatusCode::CONFLICT);
        assert!(svar.sier(ord), "{under}: {}", svar.tekst());
    }
    let ferdig = rektor.get(&sti(FERDIG)).await.er(StatusCode::OK);
    assert!(ferdig.sier("Notat fra") && ferdig.sier("Til stede"), "{}", ferdig.tekst());
    rektor.get(&format!("{}/agenda", sti(FERDIG))).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn calling_off_needs_a_reason_that_everybody_sees(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let avlys = format!("{}/avlys", sti(INNKALT));
    let side = rektor.get(&avlys).await.er(StatusCode::OK);
    let uten = rektor.fyll(&side, &avlys, &[("begrunnelse", "  ")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(uten.sier("Fyll ut «Hvorfor møtet avlyses»"), "{}", uten.tekst());
    rektor.fyll(&uten, &avlys, &[("begrunnelse", "Veien er stengt")]).await.er(StatusCode::SEE_OTHER);
    let side = app.som("0a", 2).get(&sti(INNKALT)).await.er(StatusCode::OK);
    assert!(side.sier("Møtet er avlyst. Veien er stengt"), "{}", side.tekst());
    rektor.get(&avlys).await.er(StatusCode::CONFLICT);
    rektor.post(&avlys, &[("begrunnelse", "Igjen")]).await.er(StatusCode::CONFLICT);
    rektor.get(&format!("{}/agenda", sti(INNKALT))).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn a_planned_mote_is_called_and_moved_and_then_all_must_answer_again(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&sti(PLANLAGT)).await.er(StatusCode::OK);
    rektor.fyll(&side, &format!("{}/innkall", sti(PLANLAGT)), &[]).await.er(StatusCode::SEE_OTHER);
    let svart =
        "update motedeltaker set svar = 'kommer' where mote_id = '00000000-0000-0000-0a0c-000000000004' returning fast";
    assert!(rad::<bool>(&app, svart).await);
    let flytt = format!("{}/flytt", sti(PLANLAGT));
    let side = rektor.get(&flytt).await.er(StatusCode::OK);
    let svar = rektor.fyll(&side, &flytt, &[("sted", "Kantina")]).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.folg(&svar).await.sier("4 av 4 har svart"), "a new place keeps the answers");
    let gammel = rektor.fyll(&side, &flytt, &[("start", "12:00")]).await.er(StatusCode::CONFLICT);
    assert!(gammel.sier("Noen andre har lagret"), "{}", gammel.tekst());
    let svar = rektor.fyll(&gammel, &flytt, &[("dato", "2026-12-10")]).await.er(StatusCode::SEE_OTHER);
    let mote = rektor.folg(&svar).await.er(StatusCode::OK);
    assert!(mote.sier("alle må svare på nytt") && mote.sier("0 av 4 har svart"), "{}", mote.tekst());
    assert!(
        mote.sier("torsdag 10. desember 2026, kl. 12.00–14.30") || mote.sier("kl. 12.00–14.30"),
        "{}",
        mote.tekst()
    );
}

#[sqlx::test]
async fn those_needed_this_once_are_added_and_taken_off_but_the_fixed_stay(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let deltakere = format!("{}/deltakere", sti(PLANLAGT));
    let side = rektor.get(&deltakere).await.er(StatusCode::OK);
    assert!(side.sier("Nils Nav") && !side.sier("Kåre Koordinator"), "{}", side.tekst());
    let nav = id("0a", "05", 5).to_string();
    assert!(side.html.contains(&nav), "{}", side.html);
    let svar = rektor.post(&deltakere, &[("person", &nav)]).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.folg(&svar).await.sier("Nils Nav er kalt inn"));
    app.som("0a", 5).get(&sti(PLANLAGT)).await.er(StatusCode::OK);
    let sok = rektor.get(&format!("{deltakere}?sok=koordinator")).await.er(StatusCode::OK);
    assert!(sok.sier("Kåre Koordinator") && !sok.sier("%"), "{}", sok.tekst());
    let andres = id("0b", "05", 5).to_string();
    rektor.post(&deltakere, &[("person", &andres)]).await.er(StatusCode::NOT_FOUND);
    let nav = "select id from motedeltaker where mote_id = '00000000-0000-0000-0a0c-000000000004' and not fast";
    let nav: Uuid = rad(&app, nav).await;
    rektor.post(&format!("{deltakere}/{nav}/fjern"), &[]).await.er(StatusCode::SEE_OTHER);
    app.som("0a", 5).get(&sti(PLANLAGT)).await.er(StatusCode::NOT_FOUND);
    let fast = id("0a", "0e", PLANLAGT * 10 + 2);
    let svar = rektor.post(&format!("{deltakere}/{fast}/fjern"), &[]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Faste medlemmer er alltid kalt inn"), "{}", svar.tekst());
}

#[sqlx::test]
async fn mine_moter_are_mine_alone(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let ppt = app.som("0a", 2).get("/moter").await.er(StatusCode::OK);
    let dager = ["I dag, onsdag 18. november", "Onsdag 25. november", "Torsdag 26. november", "Tidligere møter"];
    assert!(rekkefolge(&ppt, &dager).is_sorted() && ppt.sier("TST Bjørka barnehage"), "{}", ppt.tekst());
    assert!(!ppt.sier("Book møte") && ppt.sier("16.09.2026"), "{}", ppt.tekst());
    let rektor = app.som("0a", 1).get("/moter").await.er(StatusCode::OK);
    assert!(rektor.sier("Book møte") && !rektor.sier("Bjørka"), "{}", rektor.tekst());
    let sjef = app.som("0a", 7).get("/moter").await.er(StatusCode::OK);
    assert!(sjef.sier("Du har ingen møter framover"), "{}", sjef.tekst());
    app.som("0a", 10).get("/moter").await.er(StatusCode::FORBIDDEN);
}

#[sqlx::test]
async fn an_answer_is_given_where_the_mote_is_seen_and_attendance_once_the_day_has_come(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let ppt = app.som("0a", 2);
    let liste = ppt.get("/moter").await.er(StatusCode::OK);
    let svar = format!("{}/svar", sti(INNKALT));
    ppt.fyll(&liste, &svar, &[("svar", "kommer")]).await.er(StatusCode::SEE_OTHER);
    let side = ppt.get(&sti(INNKALT)).await.er(StatusCode::OK);
    assert!(side.sier("1 av 5 har svart") && side.html.contains(&format!("action=\"{svar}\"")), "{}", side.tekst());
    let side = ppt.get(&sti(PAGAR)).await.er(StatusCode::OK);
    let mitt = format!("{}/mitt-oppmote", sti(PAGAR));
    ppt.fyll(&side, &mitt, &[("oppmote", "til_stede")]).await.er(StatusCode::SEE_OTHER);
    assert!(ppt.get(&sti(PAGAR)).await.sier("Per Pedagog (deg) PPT, møteplikt Til stede"));
}
