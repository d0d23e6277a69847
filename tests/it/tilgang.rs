//! Access is gone through twice a year, and what nobody confirms ends.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::{Date, OffsetDateTime, Time, macros::date};

use crate::{Aktor, TestApp, id};

/// The open tiltak that person 11 answers for.
const STINE: &str =
    "select count(*) from tiltak where ansvarlig_id = '00000000-0000-0000-0a05-000000000011' and status <> 'avsluttet'";

/// The house on a day at noon, with nothing confirmed yet.
async fn ubekreftet(pool: PgPoolOptions, connect: PgConnectOptions) -> TestApp {
    let app = TestApp::start(pool, connect).await;
    app.eier.execute("delete from tilgangskontroll; delete from tilgangsdag").await.unwrap();
    app
}

async fn den(app: &TestApp, dag: Date) {
    let na = OffsetDateTime::new_utc(dag, Time::from_hms(11, 0, 0).unwrap());
    app.still_klokka(na);
    let sql = format!("update okt set sist_brukt = '{dag} 11:00Z', opprettet = '{dag} 11:00Z'");
    app.eier.execute(AssertSqlSafe(sql)).await.unwrap();
}

/// Chooses the same for all that wait for somebody.
async fn svar_alle(hvem: &Aktor, svar: &str) -> String {
    let side = hvem.get("/tilganger").await.er(StatusCode::OK);
    let html = scraper::Html::parse_document(&side.html);
    let felt = scraper::Selector::parse("main input[type=radio]").unwrap();
    let mut navn: Vec<String> = html.select(&felt).map(|f| f.value().attr("name").unwrap().to_owned()).collect();
    navn.dedup();
    let felter: Vec<(&str, &str)> = navn.iter().map(|n| (n.as_str(), svar)).collect();
    let svar = hvem.post("/tilganger", &felter).await.er(StatusCode::SEE_OTHER);
    hvem.folg(&svar).await.tekst()
}

#[sqlx::test]
async fn each_answers_for_their_own_and_nobody_for_themselves(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = ubekreftet(pool, connect).await;
    den(&app, date!(2026 - 09 - 01)).await;
    for (nr, ventet, ikke) in [
        (1, "Per Pedagog: Plass i TST Fjellheim skole", "Rita Rektor:"),
        (6, "Rita Rektor: Leder i TST Fjellheim skole", "Elvebakken"),
        (6, "Siri Sjef: Kommunalsjef, Tynset", "Kåre Koordinator:"),
        (9, "Per Pedagog: Rollen teammedlem", "Randi Region:"),
        (10, "Randi Region: Rollen regionkoordinator", "Arne Admin:"),
        // Nobody coordinates Alvdal.
        (10, "Alf Alvdal: Kommunalsjef, Alvdal", "Siri Sjef:"),
    ] {
        let side = app.som("0a", nr).get("/tilganger").await.er(StatusCode::OK);
        let tekst = side.tekst();
        let liste = tekst.split("Bekreft dem som").nth(1).unwrap();
        assert!(liste.contains(ventet) && !liste.contains(ikke), "{nr}: {ventet} uten {ikke}: {tekst}");
        assert!(app.som("0a", nr).get("/").await.sier("Gå gjennom tilganger"), "{nr}");
    }
    for nr in [2, 5, 7] {
        assert!(app.som("0a", nr).get("/tilganger").await.sier("Ingen tilganger venter på deg"), "{nr}");
    }
    // What somebody else answers for is not touched, whatever is sent.
    let andres = id("0a", "06", 9).to_string();
    app.som("0a", 1).post("/tilganger", &[(&andres, "avslutt")]).await.er(StatusCode::SEE_OTHER);
    app.som("0b", 10).post("/tilganger", &[(&andres, "avslutt")]).await.er(StatusCode::SEE_OTHER);
    app.som("0a", 9).get("/").await.er(StatusCode::OK);
    app.som("0a", 1).post("/tilganger", &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn what_is_confirmed_stays_and_what_is_ended_is_gone_at_once(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = ubekreftet(pool, connect).await;
    den(&app, date!(2026 - 09 - 10)).await;
    let tekst = svar_alle(&app.som("0a", 1), "bekreft").await;
    assert!(tekst.contains("4 tilganger er bekreftet") && tekst.contains("Ingen tilganger venter"), "{tekst}");
    let tekst = svar_alle(&app.som("0a", 11), "avslutt").await;
    assert!(tekst.contains("1 tilgang er avsluttet"), "{tekst}");
    let per = app.som("0a", 2);
    per.get(&format!("/team/{}", id("0a", "0a", 1))).await.er(StatusCode::OK);
    per.get(&format!("/team/{}", id("0a", "0a", 2))).await.er(StatusCode::NOT_FOUND);
    // Whoever leads a team answers for its seats, in whatever role.
    let leder = "update forum_medlem set leder = person_id = '00000000-0000-0000-0a05-000000000008' where forum_id = '00000000-0000-0000-0a0a-000000000004'";
    app.eier.execute(leder).await.unwrap();
    let tekst = svar_alle(&app.som("0a", 8), "avslutt").await;
    assert!(tekst.contains("1 tilgang er avsluttet"), "{tekst}");
    // A role ended the same way ends the session's reach at once.
    svar_alle(&app.som("0a", 10), "avslutt").await;
    let ute = app.som("0a", 9).get("/").await.er(StatusCode::SEE_OTHER);
    assert_eq!(ute.sted.as_deref(), Some("/pa-vegne-av"));
}

#[sqlx::test]
async fn what_nobody_confirms_is_warned_of_and_ends_thirty_days_later(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = ubekreftet(pool, connect).await;
    let (rita, per) = (app.som("0a", 1), app.som("0a", 2));
    den(&app, date!(2026 - 09 - 30)).await;
    assert!(!per.get("/").await.sier("tilgangene dine slutter"));
    den(&app, date!(2026 - 10 - 05)).await;
    rita.get("/").await.er(StatusCode::OK);
    assert!(rita.get("/tilganger").await.sier("Slutter 04.11.2026 om den ikke bekreftes"));
    let hjem = per.get("/").await;
    assert!(
        hjem.sier("tilgangene dine slutter snart") && hjem.sier("Trenger du den etter 04.11.2026"),
        "{}",
        hjem.tekst()
    );
    // Rita confirms the seats, the regionkoordinator forgets the roles.
    svar_alle(&rita, "bekreft").await;
    den(&app, date!(2026 - 11 - 04)).await;
    per.get("/").await.er(StatusCode::OK);
    den(&app, date!(2026 - 11 - 05)).await;
    app.som("0a", 10).get("/").await.er(StatusCode::OK);
    assert_eq!(per.get("/").await.er(StatusCode::SEE_OTHER).sted.as_deref(), Some("/pa-vegne-av"));
    // The seat is still there, and so is the region's only systemadministrator.
    let plass: bool = sqlx::query_scalar("select gyldig_til is null from forum_medlem where id = $1")
        .bind(id("0a", "0b", 2))
        .fetch_one(&app.eier)
        .await
        .unwrap();
    assert!(plass);
    app.som("0a", 10).get("/admin").await.er(StatusCode::OK);
}

#[sqlx::test]
async fn whoever_leaves_hands_over_seat_moter_and_tiltak_in_one_step(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let randi = app.som("0a", 9);
    let sti = format!("/admin/personer/{}/avslutt", id("0a", "05", 2));
    let side = randi.get(&sti).await.er(StatusCode::OK);
    assert!(side.sier("Hvem tar over?") && side.sier("1 åpent tiltak"), "{}", side.tekst());
    let (plass, stine) = (id("0a", "0b", 2).to_string(), id("0a", "05", 11).to_string());
    randi.fyll(&side, &sti, &[("siste_dag", "2026-11-18"), (&plass, &stine)]).await.er(StatusCode::SEE_OTHER);
    let tell = async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&app.eier).await.unwrap() };
    assert_eq!(tell(STINE).await, 1);
    let hos = |nr| format!("/moter/{}", id("0a", "0c", nr));
    den(&app, date!(2026 - 11 - 19)).await;
    app.som("0a", 11).get(&hos(1)).await.er(StatusCode::OK);
    app.som("0a", 11).get(&format!("/team/{}", id("0a", "0a", 1))).await.er(StatusCode::OK);
    let igjen = "select count(*) from motedeltaker d join mote m on m.region_id = d.region_id and m.id = d.mote_id
                  where d.person_id = '00000000-0000-0000-0a05-000000000002' and m.dato > '2026-11-18' and m.status in ('planlagt', 'innkalt')";
    assert_eq!(tell(igjen).await, 0);
}

#[sqlx::test]
async fn the_leader_hands_over_with_the_seat(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let rita = app.som("0a", 1);
    let sti = format!("/team/{}/medlem/{}", id("0a", "0a", 1), id("0a", "0b", 2));
    let side = rita.get(&sti).await.er(StatusCode::OK);
    let kare = id("0a", "05", 6).to_string();
    rita.fyll(&side, &sti, &[("person", &kare), ("overta", "ja")]).await.er(StatusCode::SEE_OTHER);
    let tiltak: i64 = sqlx::query_scalar(
        "select count(*) from tiltak where ansvarlig_id = '00000000-0000-0000-0a05-000000000006' and status <> 'avsluttet'",
    )
    .fetch_one(&app.eier)
    .await
    .unwrap();
    assert_eq!(tiltak, 1);
    app.som("0a", 6).get(&format!("/moter/{}", id("0a", "0c", 1))).await.er(StatusCode::OK);
}

#[sqlx::test]
async fn a_leader_gives_away_the_lead_or_their_own_seat(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let rita = app.som("0a", 1);
    let plass = |nr| format!("/team/{}/medlem/{}", id("0a", "0a", 1), id("0a", "0b", nr));
    let kare = id("0a", "05", 6).to_string();
    let tell = async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&app.eier).await.unwrap() };
    let ritas = "select count(*) from tiltak where ansvarlig_id = '00000000-0000-0000-0a05-000000000001' and status <> 'avsluttet'";
    let kares = "select count(*) from tiltak where ansvarlig_id = '00000000-0000-0000-0a05-000000000006' and status <> 'avsluttet'";
    let gi_rita = "update tiltak set ansvarlig_id = '00000000-0000-0000-0a05-000000000001', tjenestetype = 'enhet', versjon = versjon + 1 where ansvarlig_id = '00000000-0000-0000-0a05-000000000002' and status <> 'avsluttet'";
    app.eier.execute(gi_rita).await.unwrap();
    let antall = tell(ritas).await;
    assert!(antall > 0);

    // Her own seat goes to another, with the lead, the møter to come and the tiltak.
    let side = rita.get(&plass(1)).await.er(StatusCode::OK);
    let svar = rita.fyll(&side, &plass(1), &[("person", &kare), ("overta", "ja")]).await.er(StatusCode::SEE_OTHER);
    let side = rita.folg(&svar).await;
    assert!(side.sier("Endringen er lagret, også i kommende møter"), "{}", side.tekst());
    assert_eq!((tell(ritas).await, tell(kares).await), (0, antall));
    let ledes = "select count(*) from mote m where m.moteleder_id = '00000000-0000-0000-0a05-000000000006'
                    and exists (select from motedeltaker d where d.region_id = m.region_id and d.mote_id = m.id and d.person_id = m.moteleder_id)";
    assert_eq!(tell(ledes).await, 2, "the two to come");

    // The new leader gives only the lead to Per, who sits there already.
    app.eier.execute("update rolle set type = 'teamleder', kommune_id = null, enhet_id = '00000000-0000-0000-0a03-000000000001' where id = '00000000-0000-0000-0a06-000000000006'").await.unwrap();
    let kare = app.som("0a", 6);
    let side = kare.get(&plass(2)).await.er(StatusCode::OK);
    let svar = kare.fyll(&side, &plass(2), &[("leder", "ja")]).await.er(StatusCode::SEE_OTHER);
    assert!(kare.folg(&svar).await.sier("Endringen er lagret"));
    kare.get(&plass(2)).await.er(StatusCode::FORBIDDEN);
}
