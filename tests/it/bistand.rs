//! From a team to its kommune and back: what is lifted, who sees it, and the answer on the agenda it came from.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Executor, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Aktor, Side, TestApp, id};

const SVAR: &str = "PPT kommer og veileder dere i januar";

fn loft() -> String {
    format!("/team/{}/loft", id("0a", "0a", 1))
}

fn mote(nr: u32) -> String {
    format!("/moter/{}", id("0a", "0c", nr))
}

/// The example's request: 1 sendt, 2 mottatt, 3 akseptert, 4 besvart.
fn eksempel(nr: u32) -> String {
    format!("/bistand/{}", id("0a", "21", nr))
}

/// What a rektor writes.
const SAK: [(&str, &str); 3] = [
    ("overskrift", "Veiledning om språkmiljø"),
    ("behov", "Vi mangler kompetanse om flerspråklighet"),
    ("provd", "Vi har hatt kurs i personalet"),
];

async fn antall(app: &TestApp) -> i64 {
    let sql = format!("set app.region = '{}'; select count(*) from bistandsforesporsel", id("0a", "00", 1));
    sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&app.eier).await.unwrap().get(0)
}

/// Lifts something from the møte that was held in September; the path of the request.
async fn loftet(rektor: &Aktor) -> String {
    let side = rektor.get(&format!("{}?mote={}", loft(), id("0a", "0c", 2))).await.er(StatusCode::OK);
    assert!(side.sier("TST Fjellheim skole ber Kommunalt TST Tynset om hjelp"), "{}", side.tekst());
    assert!(side.sier("Løftes fra møtet onsdag 16. september 2026"), "{}", side.tekst());
    let punkt = id("0a", "0d", 22).to_string();
    let felter: Vec<_> = SAK.into_iter().chain([("punkt", punkt.as_str())]).collect();
    let svar = rektor.fyll(&side, &loft(), &felter).await.er(StatusCode::SEE_OTHER);
    let sendt = rektor.folg(&svar).await.er(StatusCode::OK);
    assert!(sendt.sier("Forespørselen er sendt") && sendt.sier("Veiledning om språkmiljø"), "{}", sendt.tekst());
    svar.sted.unwrap()
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

#[sqlx::test]
async fn a_request_goes_from_the_school_to_the_kommune_and_the_answer_comes_home(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, koordinator) = (app.som("0a", 1), app.som("0a", 6));
    let knapp = rektor.get(&mote(2)).await.er(StatusCode::OK);
    assert!(knapp.sier("Løft til kommunen"), "{}", knapp.tekst());
    let sti = loftet(&rektor).await;

    let liste = koordinator.get("/bistand").await.er(StatusCode::OK);
    assert!(liste.sier("1 forespørsel") && liste.sier("02.12.2026, om 14 dager"), "{}", liste.tekst());
    let side = steg(&koordinator, &sti, "motta", &[]).await.er(StatusCode::SEE_OTHER);
    let side = koordinator.folg(&side).await;
    assert!(side.sier("Mottatt 18.11.2026 kl. 11.00 av Kåre Koordinator"), "{}", side.tekst());
    let side = steg(&koordinator, &sti, "avgjor", &[("avgjorelse", "aksepter")]).await.er(StatusCode::SEE_OTHER);
    assert!(koordinator.folg(&side).await.sier("Dere har tatt saken"));
    let side = steg(&koordinator, &sti, "svar", &[("svar", SVAR)]).await.er(StatusCode::SEE_OTHER);
    assert!(koordinator.folg(&side).await.sier("Svaret er sendt"));

    // On the agenda it was lifted from, and on the team's next møte; not on the one after.
    for (nr, star) in [(2, true), (1, true), (3, false), (4, false)] {
        let side = rektor.get(&mote(nr)).await.er(StatusCode::OK);
        let svar = format!("Svar fra Kommunalt TST Tynset: {SVAR}");
        assert_eq!(side.sier(&svar), star, "møte {nr}: {}", side.tekst());
    }
    assert!(rektor.get(&mote(2)).await.sier("«Veiledning eller kompetanseheving»"));

    let side = steg(&rektor, &sti, "lukk", &[]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.folg(&side).await;
    assert!(side.sier("Lukket 18.11.2026") && side.sier(SVAR), "{}", side.tekst());
    assert!(rektor.get(&mote(2)).await.sier(SVAR), "the answer stays when it is closed");
}

#[sqlx::test]
async fn a_refusal_needs_a_reason_and_the_sender_reads_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let koordinator = app.som("0a", 6);
    let uten = steg(&koordinator, &eksempel(2), "avgjor", &[("avgjorelse", "avvis")]).await;
    let uten = uten.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(uten.sier("Fyll ut «Hvorfor dere avviser»"), "{}", uten.tekst());
    let felter = [("avgjorelse", "avvis"), ("avvist_grunn", "Helsestasjonen kan dette bedre")];
    koordinator.fyll(&uten, &format!("{}/avgjor", eksempel(2)), &felter).await.er(StatusCode::SEE_OTHER);
    let rektor = app.som("0a", 1);
    let side = rektor.get(&mote(2)).await;
    assert!(side.sier("Avvist av Kommunalt TST Tynset: Helsestasjonen kan dette bedre"), "{}", side.tekst());
    steg(&rektor, &eksempel(2), "lukk", &[]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&eksempel(2)).await;
    assert!(side.sier("Avvist 18.11.2026") && side.sier("Lukket 18.11.2026"), "{}", side.tekst());
}

#[sqlx::test]
async fn members_of_both_fora_read_it_and_nobody_else(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    for nr in 1..=14 {
        let ser = [1, 2, 3, 4, 6].contains(&nr);
        let side = app.som("0a", nr).get(&eksempel(4)).await;
        assert_eq!(side.status == StatusCode::OK, ser, "{nr}: {}", side.status);
        assert_eq!(side.sier("PPT holder kurs for dere"), ser, "{nr}");
        let liste = app.som("0a", nr).get("/bistand").await;
        assert_eq!(liste.sier("4 forespørsler"), ser, "{nr}: {}", liste.tekst());
        // Called to the møte, but not a reader of requests.
        let side = app.som("0a", nr).get(&mote(1)).await;
        assert_eq!(side.sier("PPT holder kurs for dere"), ser && nr != 6, "{nr}: {}", side.tekst());
    }
    app.som("0b", 6).get(&eksempel(4)).await.er(StatusCode::NOT_FOUND);
    app.som("0a", 2).post(&format!("{}/motta", eksempel(1)), &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let nokkel = [("nokkel", "00000000-0000-4000-8000-00000000000a"), ("versjon", "1")];
    app.som("0a", 2).post(&format!("{}/motta", eksempel(1)), &nokkel).await.er(StatusCode::FORBIDDEN);
    app.som("0a", 1).post(&format!("{}/motta", eksempel(1)), &nokkel).await.er(StatusCode::FORBIDDEN);
    app.som("0a", 6).post(&format!("{}/lukk", eksempel(4)), &nokkel).await.er(StatusCode::FORBIDDEN);
}

#[sqlx::test]
async fn the_list_is_narrowed_and_says_what_is_late(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    app.eier.execute("update bistandsforesporsel set svarfrist = '2026-11-16'").await.unwrap();
    let (rektor, koordinator) = (app.som("0a", 1), app.som("0a", 6));
    let side = rektor.get("/bistand?over_frist=ja").await.er(StatusCode::OK);
    assert!(side.sier("3 forespørsler") && side.sier("16.11.2026, 2 dager over fristen"), "{}", side.tekst());
    for (sporring, ventet) in [
        ("retning=fra", "4 forespørsler"),
        ("retning=til", "Ingenting passer"),
        ("status=besvart", "1 forespørsel"),
        ("sok=OVERGANGER", "1 forespørsel"),
        ("sok=finnes+ikke", "Ingenting passer"),
        ("sorter=-sendt&side=9", "4 forespørsler"),
    ] {
        let side = rektor.get(&format!("/bistand?{sporring}")).await.er(StatusCode::OK);
        assert!(side.sier(ventet), "{sporring}: {}", side.tekst());
    }
    assert!(koordinator.get("/bistand?retning=til").await.sier("4 forespørsler"));
    assert!(koordinator.get(&eksempel(3)).await.sier("Svarfristen er ute"));
}

#[sqlx::test]
async fn the_first_page_says_what_waits_for_either_end(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    app.eier
        .execute("update bistandsforesporsel set svarfrist = '2026-11-16' where status = 'akseptert'")
        .await
        .unwrap();
    let (ny, ute, svar) =
        ("1 ny bistandsforespørsel", "Svarfristen er ute for 1 forespørsel", "1 forespørsel har fått svar");
    for (nr, ventet) in
        [(1, [false, false, true]), (6, [true, true, false]), (2, [false; 3]), (7, [false; 3]), (11, [false; 3])]
    {
        let side = app.som("0a", nr).get("/").await.er(StatusCode::OK);
        assert_eq!([ny, ute, svar].map(|ord| side.sier(ord)), ventet, "{nr}: {}", side.tekst());
    }
}

#[sqlx::test]
async fn a_stale_page_is_told_and_loses_nothing(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let koordinator = app.som("0a", 6);
    let sti = format!("{}/svar", eksempel(3));
    let (en, to) = (koordinator.get(&sti).await, koordinator.get(&sti).await);
    koordinator.fyll(&en, &sti, &[("svar", SVAR)]).await.er(StatusCode::SEE_OTHER);
    let sein = koordinator.fyll(&to, &sti, &[("svar", "Vi kommer i februar")]).await.er(StatusCode::CONFLICT);
    assert!(sein.sier("Forespørselen er allerede besvart"), "{}", sein.tekst());
    assert!(sein.sier(SVAR) && sein.html.contains("Vi kommer i februar"), "{}", sein.html);
    // A page of an older version, though the state would allow the step.
    let felter = [("nokkel", "00000000-0000-4000-8000-00000000000b"), ("versjon", "9")];
    koordinator.post(&format!("{}/motta", eksempel(1)), &felter).await.er(StatusCode::CONFLICT);
    // A step that the state does not allow is refused whoever sends it.
    let felter = [("nokkel", "00000000-0000-4000-8000-00000000000c"), ("versjon", "1")];
    app.som("0a", 1).post(&format!("{}/lukk", eksempel(1)), &felter).await.er(StatusCode::CONFLICT);
    koordinator.get(&format!("{}/avgjor", eksempel(1))).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn a_form_sent_twice_is_one_act(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&loft()).await.er(StatusCode::OK);
    let en = rektor.fyll(&side, &loft(), &SAK).await.er(StatusCode::SEE_OTHER);
    let to = rektor.fyll(&side, &loft(), &SAK).await.er(StatusCode::SEE_OTHER);
    assert_eq!((en.sted.clone(), antall(&app).await), (to.sted, 1));
    let (koordinator, sti) = (app.som("0a", 6), en.sted.unwrap());
    let side = koordinator.get(&sti).await;
    for _ in 0..2 {
        koordinator.fyll(&side, &format!("{sti}/motta"), &[]).await.er(StatusCode::SEE_OTHER);
    }
    assert!(koordinator.get(&sti).await.sier("Ta stilling til saken"));
}

#[sqlx::test]
async fn what_is_wrong_is_said_at_the_field_and_kept(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&loft()).await;
    let feil = [("behov", "Gutten 018190 00049"), ("svarfrist", "2026-11-17")];
    let svar = rektor.fyll(&side, &loft(), &feil).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Fyll ut «Hva det gjelder»") && svar.sier("ser ut til å inneholde et fødselsnummer"));
    assert!(svar.sier("Svarfristen må være i dag eller senere") && svar.html.contains("Gutten"), "{}", svar.html);
    for annet in [id("0a", "0c", 5), id("0b", "0c", 1), id("0a", "0c", 99)] {
        rektor.get(&format!("{}?mote={annet}", loft())).await.er(StatusCode::NOT_FOUND);
    }
    rektor.get(&format!("{}?mote=tull", loft())).await.er(StatusCode::NOT_FOUND);
    assert_eq!(antall(&app).await, 0);
}

#[sqlx::test]
async fn a_kommune_without_a_team_is_said_so(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.eier.execute("update forum set gyldig_til = '2026-11-01' where type = 'tst_kommune'").await.unwrap();
    let rektor = app.som("0a", 1);
    let side = rektor.get(&loft()).await.er(StatusCode::OK);
    assert!(
        side.sier("Tynset har ikke noe kommunalt TST ennå") && !side.sier("Send forespørselen"),
        "{}",
        side.tekst()
    );
    let felter =
        SAK.into_iter().chain([("nokkel", "00000000-0000-4000-8000-00000000000d"), ("svarfrist", "2026-12-01")]);
    let svar = rektor.post(&loft(), &felter.collect::<Vec<_>>()).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Tynset har ikke noe kommunalt TST"), "{}", svar.tekst());
    assert_eq!(antall(&app).await, 0);
}

#[sqlx::test]
async fn the_kommune_asks_another_team_in_turn_or_sends_it_back(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let (koordinator, styrer) = (app.som("0a", 6), app.som("0a", 11));
    let sti = format!("{}/send-videre", eksempel(2));
    let side = koordinator.get(&sti).await.er(StatusCode::OK);
    assert!(side.sier("TST Fjellheim skole (tilbake til avsenderen)"), "{}", side.tekst());
    let til = id("0a", "0a", 2).to_string();
    let svar = koordinator.fyll(&side, &sti, &[("til", "forum"), ("forum", &til)]).await.er(StatusCode::SEE_OTHER);
    let ny = svar.sted.unwrap();
    let side = styrer.get(&ny).await.er(StatusCode::OK);
    assert!(side.sier("Fra Kommunalt TST Tynset Til TST Bjørka barnehage"), "{}", side.tekst());
    assert!(!side.sier("Sendt videre fra"), "the first request is not theirs to see: {}", side.tekst());
    steg(&styrer, &ny, "motta", &[]).await.er(StatusCode::SEE_OTHER);
    // The school sees that it was sent on, and no more.
    app.som("0a", 1).get(&ny).await.er(StatusCode::NOT_FOUND);
    let side = app.som("0a", 1).get(&eksempel(2)).await;
    assert!(side.sier("Til TST Bjørka barnehage") && !side.html.contains(&ny), "{}", side.tekst());
    assert!(koordinator.get(&ny).await.sier("Sendt videre fra"));
    let utenfor = id("0a", "0a", 4).to_string();
    let side = koordinator.get(&sti).await;
    koordinator.fyll(&side, &sti, &[("til", "forum"), ("forum", &utenfor)]).await.er(StatusCode::NOT_FOUND);
    koordinator.get(&format!("{}/send-videre", eksempel(1))).await.er(StatusCode::CONFLICT);
}

/// Runs a statement as the koordinator of the first region, and takes it back; what the database says no with.
async fn som_web(app: &TestApp, sql: &str) -> Option<String> {
    app.web_rader("0a", 6, &format!("{sql}; rollback")).await.err().map(|feil| feil.to_string())
}

#[sqlx::test]
async fn the_database_refuses_the_same_moves_whoever_sends_them(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect.clone()).await;
    app.med_eksempler().await;
    let rad = |nr: u32| format!("where id = '{}'", id("0a", "21", nr));
    let sett = |status: &str, nr: u32, felter: &str| {
        format!("update bistandsforesporsel set status = '{status}'{felter} {}", rad(nr))
    };
    let naa = |hva: &str| format!(", {hva} = '2026-11-18', {hva}_av = gjeldende_person()");
    for (sql, grunn) in [
        (sett("besvart", 1, ""), "kan ikke gå fra sendt til besvart"),
        (sett("akseptert", 1, &naa("avgjort")), "kan ikke gå fra sendt til akseptert"),
        (sett("lukket", 3, &naa("lukket")), "kan ikke gå fra akseptert til lukket"),
        (sett("sendt", 2, ", mottatt = null, mottatt_av = null"), "kan ikke gå fra mottatt til sendt"),
        (sett("avvist", 2, &naa("avgjort")), "check"),
        (sett("besvart", 3, &naa("besvart")), "check"),
        (sett("mottatt", 1, ""), "check"),
        (sett("besvart", 4, ", svar = 'Noe annet'"), "kan ikke endres"),
        (format!("update bistandsforesporsel set behov = 'Noe annet' {}", rad(1)), "permission denied"),
        (format!("delete from bistandsforesporsel {}", rad(1)), "permission denied"),
        (ny("'besvart'", 3, "null"), "begynner som sendt"),
        (ny("'sendt'", 1, "null"), "check"),
        (ny("'sendt'", 3, &format!("'{}'", id("0a", "0c", 5))), "hører ikke til teamet"),
        (ny("'sendt'", 3, &format!("'{}'", id("0b", "0c", 2))), "hører ikke til teamet"),
    ] {
        let svar = som_web(&app, &sql).await.unwrap_or_default();
        assert!(svar.contains(grunn), "{sql}: ventet «{grunn}», fikk «{svar}»");
    }
    // What is allowed is allowed, so that the refusals above are for the reason they give.
    for sql in [
        sett("mottatt", 1, &naa("mottatt")),
        sett("avvist", 2, &format!("{}, avvist_grunn = 'Nei'", naa("avgjort"))),
        sett("besvart", 3, &format!("{}, svar = 'Ja'", naa("besvart"))),
        sett("lukket", 4, &naa("lukket")),
        ny("'sendt'", 3, &format!("'{}'", id("0a", "0c", 2))),
    ] {
        assert_eq!(som_web(&app, &sql).await, None, "{sql}");
    }
}

/// A new row from the school's team, to a forum and from a møte.
fn ny(status: &str, til: u32, mote: &str) -> String {
    format!(
        "insert into bistandsforesporsel (id, fra_forum_id, til_forum_id, mote_id, overskrift, behov, svarfrist, status, opprettet_av, opprettet)
         values (gen_random_uuid(), '{}', '{}', {mote}, 'Sak', 'Hjelp', '2026-12-01', {status}, gjeldende_person(), '2026-11-18')",
        id("0a", "0a", 1),
        id("0a", "0a", til)
    )
}
