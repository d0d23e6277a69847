//! A whole semester booked at once: what is proposed, what is said, and that it is one act.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::macros::datetime;

use crate::{
    Aktor, Side, TestApp, id,
    statements::{HOYST, Teller},
};

const PLAN: &str = "/serie/forslag";
const REKTOR: u32 = 1;
const KOORDINATOR: u32 = 6;
const STYRER: u32 = 11;

/// The plan of these teams of the first region for spring 2027, Wednesdays 08.30.
fn plan(fora: &[u32], rytme: &str) -> String {
    let team: Vec<String> = fora.iter().map(|nr| format!("team={}", id("0a", "0a", *nr))).collect();
    format!("{PLAN}?{}&semester=2027-var&rytme={rytme}&ukedag=3&start=08:30", team.join("&"))
}

/// The first row of a query in the first region, as its owner sees it.
async fn rad<T>(app: &TestApp, sql: &str) -> T
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    let sql = format!("set app.region = '{}'; {sql}", id("0a", "00", 1));
    sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&app.eier).await.unwrap().get(0)
}

async fn antall(app: &TestApp) -> i64 {
    rad(app, "select count(*) from mote where start > '2027-01-01'").await
}

/// The fields of a plan of one møte, as a page would have sent them.
fn felter<'a>(team: &'a str, dato: &'a str, start: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("nokkel", "00000000-0000-4000-8000-00000000aaaa"),
        ("semester", "2027-var"),
        ("start", "08:30"),
        ("team-1", team),
        ("sted-1", "Møterommet"),
        ("dato-1-1", dato),
        ("start-1-1", start),
        ("med-1-1", "ja"),
        ("knapp", "innkall"),
    ]
}

async fn bekreft(hvem: &Aktor, side: &Side, felter: &[(&str, &str)]) -> Side {
    let mut alle = vec![("knapp", "innkall")];
    alle.extend(felter);
    hvem.fyll(side, PLAN, &alle).await
}

#[sqlx::test]
async fn a_rektor_books_the_spring_in_two_steps(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", REKTOR);
    let team = format!("/team/{}", id("0a", "0a", 1));
    assert!(rektor.get(&team).await.html.contains(&format!("{team}/serie")));
    let valg = rektor.get(&format!("{team}/serie")).await.er(StatusCode::OK);
    assert!(valg.sier("Team: TST Fjellheim skole") && valg.sier("Vår 2027 Hele semesteret"), "{}", valg.tekst());
    let side = rektor.get(&plan(&[1], "regel")).await.er(StatusCode::OK);
    // A large school owes six in spring.
    assert!(side.sier("Her er forslag til 6 møter til.") && side.sier("2,5 timer"), "{}", side.tekst());
    assert!(side.sier("Onsdag 20. januar, kl. 08.30–11.00"), "{}", side.tekst());
    let svar =
        bekreft(&rektor, &side, &[("dato-1-1", "2027-01-21"), ("start-1-1", "12:00"), ("sted-1", "Rom 7")]).await;
    let kvittering = rektor.folg(&svar.er(StatusCode::SEE_OTHER)).await.er(StatusCode::OK);
    assert!(
        kvittering.sier("6 møter er booket") && kvittering.sier("Innkallingene er sendt"),
        "{}",
        kvittering.tekst()
    );
    assert!(kvittering.sier("Torsdag 21. januar 2027, kl. 12.00–14.30"), "{}", kvittering.tekst());
    assert!(kvittering.html.contains(&format!("href=\"{team}\"")), "{}", kvittering.html);
    assert_eq!(antall(&app).await, 6);
    // Each is as if it had been booked alone: agenda from the motemal, the fixed members called in, the rektor leading.
    let som_en = "select count(*) from mote m
                   where m.start > '2027-01-01' and m.status = 'innkalt' and m.minutter = 150 and m.sted = 'Rom 7'
                     and m.moteleder_id = '00000000-0000-0000-0a05-000000000001' and m.motemal_id is not null
                     and (select string_agg(e.type || e.minutter, ' ' order by e.plass) from moteelement e
                           where e.region_id = m.region_id and e.mote_id = m.id) = 'generell45 veiledning60 observasjon45'
                     and (select count(*) from motedeltaker d where d.region_id = m.region_id and d.mote_id = m.id and d.moteplikt) = 4";
    assert_eq!(rad::<i64>(&app, som_en).await, 6);
    assert!(app.som("0a", 2).get("/moter").await.sier("Torsdag 21. januar"));
    let igjen = rektor.get(&plan(&[1], "regel")).await.er(StatusCode::OK);
    assert!(igjen.sier("Kravet er dekket"), "{}", igjen.tekst());
}

#[sqlx::test]
async fn the_same_plan_sent_twice_at_once_is_one_set(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", REKTOR);
    let side = rektor.get(&plan(&[1], "regel")).await;
    let (en, to) = tokio::join!(bekreft(&rektor, &side, &[]), bekreft(&rektor, &side, &[]));
    let tre = bekreft(&rektor, &side, &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(en.er(StatusCode::SEE_OTHER).sted, to.er(StatusCode::SEE_OTHER).sted);
    assert!(tre.sted.unwrap().starts_with("/serie/booket?fra="));
    assert_eq!(antall(&app).await, 6);
}

#[sqlx::test]
async fn what_has_become_odd_since_the_page_was_made_is_shown_first(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", REKTOR);
    let gammel = rektor.get(&plan(&[1], "regel")).await;
    // The styrer, who shares PPT with the rektor, takes the same mornings meanwhile.
    let styrer = app.som("0a", STYRER);
    let side = styrer.get(&plan(&[2], "maned")).await.er(StatusCode::OK);
    bekreft(&styrer, &side, &[]).await.er(StatusCode::SEE_OTHER);
    let for_ = antall(&app).await;
    let svar = bekreft(&rektor, &gammel, &[]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("PPT: Per Pedagog er opptatt 08.30–11.00"), "{}", svar.tekst());
    assert_eq!(antall(&app).await, for_);
    // Having seen it, the rektor may still hold to the plan.
    bekreft(&rektor, &svar, &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(antall(&app).await, for_ + 6);
    // A fresh proposal would have kept clear of them.
    let ny = app.som("0a", KOORDINATOR).get(&plan(&[3], "maned")).await.er(StatusCode::OK);
    assert!(!ny.sier("er opptatt"), "{}", ny.tekst());
}

#[sqlx::test]
async fn a_koordinator_books_for_the_teams_of_the_kommune_with_nobody_in_two_places(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let koordinator = app.som("0a", KOORDINATOR);
    assert!(koordinator.get("/team").await.html.contains("href=\"/serie\""));
    let valg = koordinator.get("/serie").await.er(StatusCode::OK);
    assert!(valg.sier("TST Bjørka barnehage") && valg.sier("TST Fjellheim skole"), "{}", valg.tekst());
    assert!(!valg.sier("Kommunedirektørforum"), "{}", valg.tekst());
    let side = koordinator.get(&plan(&[1, 2, 3], "maned")).await.er(StatusCode::OK);
    assert!(!side.sier("opptatt") && !side.sier("på samme tid"), "{}", side.tekst());
    let svar = bekreft(&koordinator, &side, &[("sted-3", "Rådhuset"), ("kort-3", "Kommunens eget team")])
        .await
        .er(StatusCode::SEE_OTHER);
    let kvittering = koordinator.folg(&svar).await.er(StatusCode::OK);
    assert!(kvittering.sier("18 møter er booket i 3 team"), "{}", kvittering.tekst());
    let to_steder = "select count(*) from motedeltaker a
                       join motedeltaker b on b.region_id = a.region_id and b.person_id = a.person_id and b.mote_id > a.mote_id
                       join mote ma on ma.region_id = a.region_id and ma.id = a.mote_id
                       join mote mb on mb.region_id = b.region_id and mb.id = b.mote_id
                      where ma.start > '2027-01-01' and ma.start < mb.slutt and mb.start < ma.slutt";
    assert_eq!(rad::<i64>(&app, to_steder).await, 0);
    // The one who leads the team leads its møter, whoever booked them.
    let ledet = "select count(*) from mote where start > '2027-01-01' and moteleder_id = '00000000-0000-0000-0a05-00000000000%s'";
    assert_eq!(rad::<i64>(&app, &ledet.replace("00000%s", "000001")).await, 6);
}

#[sqlx::test]
async fn days_are_changed_removed_and_added_and_bad_ones_refused(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", REKTOR);
    let side = rektor.get(&plan(&[1], "egne")).await.er(StatusCode::OK);
    assert!(side.sier("Skriv dagene selv"), "{}", side.tekst());
    bekreft(&rektor, &side, &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let fler =
        rektor.fyll(&side, PLAN, &[("knapp", "legg-til-1"), ("dato-1-1", "2027-02-13")]).await.er(StatusCode::OK);
    assert!(fler.sier("Møte 7") && fler.sier("Lørdag 13. februar er i helgen"), "{}", fler.tekst());
    let sjekket = rektor
        .fyll(
            &side,
            PLAN,
            &[("knapp", "sjekk"), ("dato-1-1", "2027-05-17"), ("dato-1-2", "2027-09-01"), ("dato-1-3", "2026-11-25")],
        )
        .await
        .er(StatusCode::OK);
    for ord in ["grunnlovsdagen", "Dagen ligger utenfor vår 2027", "Teamet har alt et møte denne dagen"] {
        assert!(sjekket.sier(ord), "{ord}: {}", sjekket.tekst());
    }
    for (dato, ord) in
        [("2026-11-17", "er passert"), ("2030-01-01", "mer enn to år fram"), ("31.02.2027", "dag, måned og år")]
    {
        let svar = bekreft(&rektor, &side, &[("dato-1-1", dato)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(svar.sier(ord) && svar.html.contains(dato), "{ord}: {}", svar.tekst());
    }
    let dobbelt = [("dato-1-1", "2027-02-10"), ("dato-1-2", "10.2.2027")];
    let svar = bekreft(&rektor, &side, &dobbelt).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Det samme møtet står to ganger"), "{}", svar.tekst());
    let langt = "x".repeat(10_000);
    let svar = bekreft(&rektor, &side, &[("dato-1-1", "2027-02-10"), ("sted-1", &langt)]).await;
    assert!(svar.er(StatusCode::UNPROCESSABLE_ENTITY).sier("har 10000 tegn"));
    let svar = bekreft(&rektor, &side, &[("dato-1-1", "2027-02-10"), ("sted-1", "01010750160")]).await;
    assert!(svar.er(StatusCode::UNPROCESSABLE_ENTITY).sier("fødselsnummer"));
    assert_eq!(antall(&app).await, 0);
    let skript = [("dato-1-1", "2027-02-10"), ("sted-1", "<script>x</script>"), ("knapp", "plan")];
    let svar = rektor.fyll(&side, PLAN, &skript).await.er(StatusCode::SEE_OTHER);
    assert!(!rektor.folg(&svar).await.html.contains("<script>x"));
    assert_eq!(
        rad::<i64>(&app, "select count(*) from mote where start > '2027-01-01' and status = 'planlagt'").await,
        1
    );
}

#[sqlx::test]
async fn only_teams_one_may_book_for_whatever_is_sent(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (min, andres) = (id("0a", "0a", 1).to_string(), id("0b", "0a", 1).to_string());
    let onsdag = |team| felter(team, "2027-02-10", "08:30");
    for (nr, forum, ventet) in [
        (REKTOR, 2, StatusCode::NOT_FOUND),
        (STYRER, 1, StatusCode::NOT_FOUND),
        (KOORDINATOR, 4, StatusCode::NOT_FOUND),
        (7, 1, StatusCode::FORBIDDEN),
        (9, 1, StatusCode::FORBIDDEN),
        (2, 1, StatusCode::FORBIDDEN),
        (8, 1, StatusCode::FORBIDDEN),
        (10, 1, StatusCode::FORBIDDEN),
    ] {
        app.som("0a", nr).get(&plan(&[forum], "regel")).await.er(ventet);
        let team = id("0a", "0a", forum).to_string();
        app.som("0a", nr).post(PLAN, &felter(&team, "2027-02-10", "08:30")).await.er(ventet);
    }
    // One's own team beside another's books neither.
    app.som("0a", REKTOR).get(&plan(&[1, 2], "regel")).await.er(StatusCode::NOT_FOUND);
    let (fremmed, andre) = (id("0a", "0a", 2).to_string(), onsdag(&min));
    let begge = [
        ("team-2", fremmed.as_str()),
        ("sted-2", "X"),
        ("dato-2-1", "2027-02-11"),
        ("start-2-1", "08:30"),
        ("med-2-1", "ja"),
    ];
    app.som("0a", REKTOR).post(PLAN, &[andre.as_slice(), &begge].concat()).await.er(StatusCode::NOT_FOUND);
    app.som("0a", REKTOR).post(PLAN, &onsdag(&andres)).await.er(StatusCode::NOT_FOUND);
    app.som("0b", REKTOR).post(PLAN, &onsdag(&min)).await.er(StatusCode::NOT_FOUND);
    app.som("0a", REKTOR).post(PLAN, &onsdag("tull")).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(antall(&app).await, 0);
    // And the receipt of another's plan is nobody else's.
    let svar = app.som("0a", REKTOR).post(PLAN, &onsdag(&min)).await.er(StatusCode::SEE_OTHER);
    let sti = svar.sted.unwrap();
    app.som("0a", REKTOR).get(&sti).await.er(StatusCode::OK);
    app.som("0a", STYRER).get(&sti).await.er(StatusCode::NOT_FOUND);
    app.som("0b", REKTOR).get(&sti).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn late_in_autumn_the_plan_says_what_there_is_no_room_for(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", REKTOR);
    let hosten = plan(&[1], "regel").replace("2027-var", "2026-host");
    // One held, one under way and two planned of five: one is missing.
    let side = rektor.get(&hosten).await.er(StatusCode::OK);
    assert!(side.sier("Her er forslag til ett møte til") || side.sier("forslag til 1"), "{}", side.tekst());
    app.still_klokka(datetime!(2026-12-16 10:00 UTC));
    sqlx::query("update okt set sist_brukt = '2026-12-16 09:59Z', opprettet = '2026-12-16 09:00Z'")
        .execute(&app.eier)
        .await
        .unwrap();
    let side = rektor.get(&hosten).await.er(StatusCode::OK);
    assert!(side.sier("vi fant bare 0 dager"), "{}", side.tekst());
    for feil in ["2020-var", "tull", ""] {
        rektor.get(&plan(&[1], "regel").replace("2027-var", feil)).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let ingen = rektor.get(&plan(&[], "regel")).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ingen.sier("Velg minst ett team"), "{}", ingen.tekst());
}

#[sqlx::test]
async fn a_plan_costs_the_same_for_one_team_and_many(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let koordinator = app.som("0a", KOORDINATOR);
    let (teller, _vakt) = Teller::lytt();
    let (mut lest, mut skrevet) = (Vec::new(), Vec::new());
    for fora in [&[2][..], &[1, 2]] {
        teller.fra_null();
        let side = koordinator.get(&plan(fora, "maned")).await.er(StatusCode::OK);
        lest.push(teller.fra_null());
        let rader: Vec<String> = (1..=fora.len()).map(|nr| format!("sted-{nr}")).collect();
        let steder: Vec<_> = rader.iter().map(|felt| (felt.as_str(), "Rom 7")).collect();
        teller.fra_null();
        bekreft(&koordinator, &side, &steder).await.er(StatusCode::SEE_OTHER);
        skrevet.push(teller.fra_null());
        sqlx::query("delete from mote where start > '2027-01-01'").execute(&app.eier).await.unwrap();
    }
    assert!(lest[0] == lest[1] && lest[0] <= HOYST, "{lest:?}");
    assert_eq!(skrevet[0], skrevet[1]);
}
