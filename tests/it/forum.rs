//! The teams: who sees them, what their pages say, and how seats come and go.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

use crate::{TestApp, id};

const TEAM: &str = "/team/00000000-0000-0000-0a0a-000000000001";

/// Runs SQL as the owner, standing in region 0a.
async fn sql(app: &TestApp, sql: &str) {
    let med_region = format!("set app.region = '{}'; {sql}", id("0a", "00", 1));
    sqlx::raw_sql(AssertSqlSafe(med_region)).execute(&app.eier).await.unwrap();
}

async fn tall(app: &TestApp, sql: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&app.eier).await.unwrap()
}

/// Seat `nr` of the fixture.
fn plass(nr: u32) -> String {
    format!("{TEAM}/medlem/{}", id("0a", "0b", nr))
}

#[sqlx::test]
async fn everyone_sees_the_teams_their_role_reaches(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let ser = async |nr: u32, navn: &[&str], ikke: &[&str]| {
        let side = app.som("0a", nr).get("/team").await.er(StatusCode::OK);
        for n in navn {
            assert!(side.sier(n), "{nr} ser ikke {n}: {}", side.tekst());
        }
        for n in ikke {
            assert!(!side.sier(n), "{nr} ser {n}");
        }
    };
    let (skole, barnehage, kommunalt, direktorer) =
        ("TST Fjellheim skole", "TST Bjørka barnehage", "Kommunalt TST Tynset", "Kommunedirektørforum");
    ser(1, &[skole, "Rita Rektor", "1 av 5 møter holdt i høst, 3 planlagt"], &[barnehage, kommunalt]).await;
    ser(2, &[skole, barnehage, kommunalt], &["TST Elvebakken"]).await;
    ser(6, &[skole, barnehage, kommunalt], &[]).await;
    ser(9, &[skole, barnehage, kommunalt, direktorer], &[]).await;
    ser(12, &["Du er ikke med i noe team ennå"], &[skole]).await;
    for nr in [5, 8, 10] {
        app.som("0a", nr).get("/team").await.er(StatusCode::FORBIDDEN);
    }
}

#[sqlx::test]
async fn the_list_is_narrowed_by_words_kommune_and_kind(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let region = app.som("0a", 9);
    let side = region.get("/team?sok=bj%C3%B8rka").await.er(StatusCode::OK);
    assert!(side.sier("TST Bjørka barnehage") && !side.sier("TST Fjellheim skole"), "{}", side.tekst());
    let side = region.get("/team?type=tst_kommune").await;
    assert!(side.sier("Kommunalt TST Tynset") && !side.sier("TST Fjellheim skole"), "{}", side.tekst());
    let side = region.get(&format!("/team?kommune={}", id("0a", "01", 2))).await;
    assert!(side.sier("Ingen team passer") && side.sier("Vis alle team"), "{}", side.tekst());
    assert!(side.sier("1 enhet har ikke noe team"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_team_of_another_region_or_another_unit_is_not_there(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.som("0b", 9).get(TEAM).await.er(StatusCode::NOT_FOUND);
    app.som("0a", 11).get(TEAM).await.er(StatusCode::NOT_FOUND);
    app.som("0a", 12).get(TEAM).await.er(StatusCode::NOT_FOUND);
    app.som("0a", 8).get(TEAM).await.er(StatusCode::NOT_FOUND);
    app.fremmed().get(TEAM).await.er(StatusCode::SEE_OTHER);
    app.som("0a", 11).get(&format!("{TEAM}/medlem/ny")).await.er(StatusCode::NOT_FOUND);
    app.som("0a", 2).get(&format!("{TEAM}/medlem/ny")).await.er(StatusCode::FORBIDDEN);
    app.som("0a", 2).post(&plass(3), &[]).await.er(StatusCode::FORBIDDEN);
    app.som("0a", 7)
        .post(&format!("{}/avslutt", plass(3)), &[("siste_dag", "18.11.2026")])
        .await
        .er(StatusCode::FORBIDDEN);
    app.som("0b", 9)
        .post(&format!("{}/avslutt", plass(3)), &[("siste_dag", "18.11.2026")])
        .await
        .er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn the_team_page_says_who_sits_there_and_how_the_semester_stands(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let side = app.som("0a", 1).get(TEAM).await.er(StatusCode::OK);
    for ord in ["Rita Rektor", "Per Pedagog", "Fast, med møteplikt", "Ved behov", "Leder teamet", "303 elever"] {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    assert!(side.sier("1 av 5 møter holdt i høst, 3 planlagt") && side.sier("Book møte"), "{}", side.tekst());
    assert!(side.html.contains(&format!("/moter/{}", id("0a", "0c", 1))), "the leader may see the møte");

    let koordinator = app.som("0a", 6).get(TEAM).await.er(StatusCode::OK);
    assert!(koordinator.sier("onsdag 25. november 2026") && !koordinator.html.contains("/moter/0"), "date, no way in");
    assert!(!koordinator.sier("Book møte") && koordinator.sier("Legg til medlem"), "{}", koordinator.tekst());
    let ppt = app.som("0a", 2).get(TEAM).await.er(StatusCode::OK);
    assert!(!ppt.sier("Legg til medlem") && ppt.html.contains("/moter/0"), "{}", ppt.tekst());
}

#[sqlx::test]
async fn a_vacant_seat_and_a_missing_service_are_said_with_what_to_do(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    sql(&app, "update forum_medlem set person_id = null where tjenestetype = 'ppt'").await;
    sql(&app, "update forum_medlem set gyldig_til = '2026-11-17' where tjenestetype = 'barnevern'").await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(TEAM).await.er(StatusCode::OK);
    assert!(side.sier("PPT har ikke navngitt noen ennå"), "{}", side.tekst());
    assert!(side.sier("Barnevern har ingen fast plass i teamet"), "{}", side.tekst());
    assert!(side.sier("Tidligere medlemmer (1)") && !side.sier("PPT har ingen fast plass"), "{}", side.tekst());

    let skjema = rektor.get(&format!("{TEAM}/medlem/ny?tjeneste=barnevern")).await.er(StatusCode::OK);
    let berit = id("0a", "05", 4).to_string();
    let svar =
        rektor.fyll(&skjema, &format!("{TEAM}/medlem/ny"), &[("person", &berit)]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.folg(&svar).await.er(StatusCode::OK);
    assert!(side.sier("Medlemmet er lagt til") && !side.sier("ingen fast plass"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_new_fixed_member_is_called_to_coming_moter_once(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let sti = format!("{TEAM}/medlem/ny");
    let skjema = rektor.get(&sti).await.er(StatusCode::OK);
    let felter = [("tjenestetype", "annen"), ("person", &*id("0a", "05", 6).to_string())];
    rektor.fyll(&skjema, &sti, &felter).await.er(StatusCode::SEE_OTHER);
    rektor.fyll(&skjema, &sti, &felter).await.er(StatusCode::SEE_OTHER);
    let hans = format!("person_id = '{}'", id("0a", "05", 6));
    assert_eq!(
        tall(&app, &format!("select count(*) from forum_medlem where gyldig_fra = '2026-11-18' and {hans}")).await,
        1
    );
    assert_eq!(tall(&app, &format!("select count(*) from motedeltaker where {hans}")).await, 2, "innkalt and planlagt");

    let skjema = rektor.get(&sti).await;
    let igjen = rektor.fyll(&skjema, &sti, &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(igjen.sier("sitter allerede i teamet"), "{}", igjen.tekst());
}

#[sqlx::test]
async fn a_member_who_leaves_is_taken_off_later_moter_and_never_deleted(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&plass(3)).await.er(StatusCode::OK);
    assert!(side.sier("Ubesvart innkalling til 2 kommende møter etter siste dag fjernes"), "{}", side.tekst());
    let avslutt = format!("{}/avslutt", plass(3));
    let for_tidlig =
        rektor.fyll(&side, &avslutt, &[("siste_dag", "2020-01-01")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(for_tidlig.sier("Siste dag kan ikke være før første dag"), "{}", for_tidlig.tekst());
    let igjen = rektor.fyll(&for_tidlig, &plass(3), &[]).await.er(StatusCode::SEE_OTHER);
    assert!(
        rektor.folg(&igjen).await.sier("Hanne Helse Helsesykepleier Fast, med møteplikt"),
        "the other form is whole"
    );
    let side = rektor.get(&plass(3)).await;
    let svar = rektor.fyll(&side, &avslutt, &[("siste_dag", "2026-11-30")]).await.er(StatusCode::SEE_OTHER);
    let team = rektor.folg(&svar).await;
    assert!(team.sier("Siste dag er 30.11.2026") && team.sier("1 ubesvart innkalling er fjernet"), "{}", team.tekst());
    let hennes = format!("person_id = '{}'", id("0a", "05", 3));
    assert_eq!(tall(&app, &format!("select count(*) from forum_medlem where {hennes}")).await, 1);
    assert_eq!(
        tall(&app, &format!("select count(*) from motedeltaker where {hennes}")).await,
        3,
        "held, under way, next week"
    );
    rektor.fyll(&side, &avslutt, &[("siste_dag", "2026-12-01")]).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn the_last_leader_stays_until_another_takes_the_role(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&plass(1)).await.er(StatusCode::OK);
    let svar = rektor.fyll(&side, &plass(1), &[("leder", "nei")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Et TST må ha en leder"), "{}", svar.tekst());
    let ut = rektor.fyll(&side, &format!("{}/avslutt", plass(1)), &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ut.sier("Et TST må ha en leder"), "{}", ut.tekst());

    let koordinator = app.som("0a", 6);
    let side = koordinator.get(&plass(2)).await.er(StatusCode::OK);
    assert!(side.sier("Rita Rektor leder teamet nå"), "{}", side.tekst());
    koordinator.fyll(&side, &plass(2), &[("leder", "ja")]).await.er(StatusCode::SEE_OTHER);
    let ledere = "select count(*) from forum_medlem where leder and forum_id = '00000000-0000-0000-0a0a-000000000001'";
    assert_eq!(tall(&app, ledere).await, 1);
    let team = koordinator.get(TEAM).await;
    assert!(team.sier("Per Pedagog leder teamet, men har ikke rollen teamleder her"), "{}", team.tekst());
    rektor.get(&plass(1)).await.er(StatusCode::FORBIDDEN);
}

#[sqlx::test]
async fn a_seat_that_changes_hands_passes_its_unanswered_invitations_on(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    sql(&app, &format!("update motedeltaker set svar = 'kommer' where mote_id = '{}'", id("0a", "0c", 1))).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&plass(3)).await;
    rektor.fyll(&side, &plass(3), &[("person", &id("0a", "05", 6).to_string())]).await.er(StatusCode::SEE_OTHER);
    let pa = async |nr: u32, mote: u32| {
        let sql = format!(
            "select count(*) from motedeltaker where person_id = '{}' and mote_id = '{}'",
            id("0a", "05", nr),
            id("0a", "0c", mote)
        );
        tall(&app, &sql).await
    };
    assert_eq!((pa(3, 1).await, pa(6, 1).await), (1, 1), "an answer stands, and the new one is called as well");
    assert_eq!((pa(3, 4).await, pa(6, 4).await), (0, 1));

    let tom = rektor.get(&plass(3)).await;
    rektor.fyll(&tom, &plass(3), &[("person", "")]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(TEAM).await;
    assert!(side.sier("Helsesykepleier har ikke navngitt noen ennå"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_stale_page_shows_what_somebody_else_has_stored(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, koordinator) = (app.som("0a", 1), app.som("0a", 6));
    let (hans, hennes) = (rektor.get(&plass(4)).await, koordinator.get(&plass(4)).await);
    rektor.fyll(&hans, &plass(4), &[("deltar", "behov"), ("moteplikt", "nei")]).await.er(StatusCode::SEE_OTHER);
    let vara = id("0a", "05", 3).to_string();
    let svar = koordinator.fyll(&hennes, &plass(4), &[("vara", &vara)]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Noen andre har lagret «Ved behov» mens du skrev"), "{}", svar.tekst());
    koordinator.fyll(&svar, &plass(4), &[]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(TEAM).await;
    assert!(side.sier("Hanne Helse"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_seat_must_keep_the_rules(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&plass(3)).await;
    let hanne = id("0a", "05", 3).to_string();
    for (felter, regel) in [
        (&[("deltar", "behov"), ("moteplikt", "ja")][..], "Møteplikt gjelder bare faste medlemmer"),
        (&[("vara", hanne.as_str())], "Et medlem kan ikke være sin egen vara"),
        (&[("person", ""), ("leder", "ja")], "Teamlederen må ha et navn"),
        (&[("person", "Hanne")], "Velg en person fra listen"),
        (&[("tjenestetype", "politi")], "Velg «Tjeneste»"),
    ] {
        let svar = rektor.fyll(&side, &plass(3), felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(svar.sier(regel), "{regel}: {}", svar.tekst());
    }
    let fremmed = id("0b", "05", 3).to_string();
    let svar = rektor.fyll(&side, &plass(3), &[("person", &fremmed)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Velg en person fra listen"), "{}", svar.tekst());
}

#[sqlx::test]
async fn the_wizard_makes_the_missing_teams_once_and_says_which_seats_are_vacant(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    sql(&app, "update forum set gyldig_til = '2026-10-31' where enhet_id = '00000000-0000-0000-0a03-000000000002'")
        .await;
    let region = app.som("0a", 9);
    let side = region.get("/team/manglende").await.er(StatusCode::OK);
    for ord in
        ["Opprett 2 team", "Bjørka barnehage: Stine Styrer, leder", "Elvebakken skole: ingen ennå", "PPT: Per Pedagog"]
    {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    assert!(side.sier("Helsesykepleier: ingen ennå") && !side.sier("Fjellheim"), "{}", side.tekst());

    let forste = region.fyll(&side, "/team/manglende/opprett", &[]).await.er(StatusCode::SEE_OTHER);
    let igjen = region.fyll(&side, "/team/manglende/opprett", &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(forste.sted, igjen.sted, "sent twice is one act");
    let kvittering = region.folg(&forste).await.er(StatusCode::OK);
    assert!(
        kvittering.sier("2 team er opprettet") && kvittering.sier("2 plasser står tomme"),
        "{}",
        kvittering.tekst()
    );
    assert!(kvittering.sier("TST Elvebakken skole Ingen leder"), "{}", kvittering.tekst());
    let apne = "select count(*) from forum where type = 'tst_enhet' and gyldig_til is null and region_id = '00000000-0000-0000-0a00-000000000001'";
    assert_eq!(tall(&app, apne).await, 3);

    let ny = Uuid::new_v4().to_string();
    let enhet = id("0a", "03", 3).to_string();
    let svar =
        region.post("/team/manglende/opprett", &[("nokkel", &ny), ("enhet", &enhet)]).await.er(StatusCode::SEE_OTHER);
    assert!(region.folg(&svar).await.sier("Alle enhetene har team"), "nothing was doubled");
    assert_eq!(tall(&app, apne).await, 3);
}

#[sqlx::test]
async fn the_wizard_keeps_to_its_kommune_and_its_region(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let koordinator = app.som("0a", 6);
    assert!(koordinator.get("/team/manglende").await.er(StatusCode::OK).sier("Alle enhetene har team"));
    let alvdal = id("0a", "01", 2).to_string();
    koordinator.get(&format!("/team/manglende?kommune={alvdal}")).await.er(StatusCode::NOT_FOUND);
    for nr in [1, 2, 5, 7, 8, 10] {
        app.som("0a", nr).get("/team/manglende").await.er(StatusCode::FORBIDDEN);
    }
    let (nokkel, enhet) = (Uuid::new_v4().to_string(), id("0a", "03", 3).to_string());
    let felter = [("nokkel", nokkel.as_str()), ("enhet", enhet.as_str())];
    koordinator.post("/team/manglende/opprett", &felter).await.er(StatusCode::SEE_OTHER);
    app.som("0b", 9).post("/team/manglende/opprett", &felter).await.er(StatusCode::SEE_OTHER);
    app.som("0a", 1).post("/team/manglende/opprett", &felter).await.er(StatusCode::FORBIDDEN);
    assert_eq!(tall(&app, &format!("select count(*) from forum where enhet_id = '{enhet}'")).await, 0);

    let region = app.som("0a", 9);
    let side = region.get(&format!("/team/manglende?kommune={alvdal}")).await.er(StatusCode::OK);
    let tomt = region.post("/team/manglende/opprett", &[("nokkel", &nokkel), ("kommune", &alvdal)]).await;
    assert!(tomt.er(StatusCode::UNPROCESSABLE_ENTITY).sier("Velg minst én enhet"));
    let svar = region.fyll(&side, "/team/manglende/opprett", &[]).await.er(StatusCode::SEE_OTHER);
    let sted = svar.sted.clone().unwrap();
    app.som("0b", 9).get(&sted).await.er(StatusCode::NOT_FOUND);
    app.som("0a", 6).get(&sted).await.er(StatusCode::NOT_FOUND);
    region.get(&sted).await.er(StatusCode::OK);
}

#[sqlx::test]
async fn what_a_member_still_answers_for_is_handed_over_when_the_seat_ends(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let (rektor, koordinator) = (app.som("0a", 1), app.som("0a", 6));
    let overfor = format!("{TEAM}/tiltak/overfor?fra={}", id("0a", "05", 2));
    let side = rektor.get(&plass(2)).await.er(StatusCode::OK);
    assert!(side.sier("Per Pedagog har 1 åpent tiltak i dette teamet."), "{}", side.tekst());
    assert!(side.html.contains(&overfor) && side.sier("Overfør tiltak"), "{}", side.html);
    // The koordinator may end the seat, but the tiltak are the leader's to hand over.
    let hos_koordinator = koordinator.get(&plass(2)).await.er(StatusCode::OK);
    assert!(hos_koordinator.sier("Be teamlederen overføre tiltakene") && !hos_koordinator.html.contains(&overfor));
    assert!(!rektor.get(&plass(3)).await.sier("Overfør tiltak"), "nothing is open there");

    let svar = rektor.fyll(&side, &format!("{}/avslutt", plass(2)), &[("siste_dag", "2026-11-18")]).await;
    let team = rektor.folg(&svar.er(StatusCode::SEE_OTHER)).await;
    assert!(team.sier("Per Pedagog har 1 åpent tiltak i dette teamet Overfør tiltak"), "{}", team.tekst());
    assert!(team.html.contains(&overfor));
    let side = rektor.get(&overfor).await.er(StatusCode::OK);
    let felter = [("til", &*id("0a", "05", 3).to_string())];
    rektor.fyll(&side, &format!("{TEAM}/tiltak/overfor"), &felter).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn a_request_that_somebody_received_is_not_forgotten_with_their_seat(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let hos_ppt = format!("mottatt_av = '{}' where status = 'akseptert'", id("0a", "05", 2));
    let som_eier = "set session_replication_role = replica; update bistandsforesporsel set";
    sql(&app, &format!("{som_eier} {hos_ppt}; set session_replication_role = origin")).await;
    let sti = format!("/team/{}/medlem/{}", id("0a", "0a", 3), id("0a", "0b", 9));
    let side = app.som("0a", 6).get(&sti).await.er(StatusCode::OK);
    assert!(side.sier("Per Pedagog har tatt imot 1 bistandsforespørsel som ikke er besvart."), "{}", side.tekst());
    assert!(side.sier("Se forespørslene") && !side.sier("Overfør tiltak"), "{}", side.tekst());
}
