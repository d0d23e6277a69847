//! Persons, their roles and their log-ins.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    TestApp, id,
    testapp::{Aktor, Side},
};

const KOORDINATOR: u32 = 9;
const ADMIN: u32 = 10;
/// The fields of a form.
type Felter = &'static [(&'static str, &'static str)];

const LISTE: &str = "/admin/personer";

fn sti(nr: u32) -> String {
    format!("{LISTE}/{}", id("0a", "05", nr))
}

fn rolle(nr: u32) -> String {
    format!("{}/rolle/{}/avslutt", sti(nr), id("0a", "06", nr))
}

async fn sql(app: &TestApp, sql: &'static str) {
    sqlx::raw_sql(sql).execute(&app.eier).await.unwrap();
}

async fn tell(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&app.eier).await.unwrap()
}

/// The link or code a page shows once.
fn hemmelig(side: &Side) -> String {
    let html = scraper::Html::parse_document(&side.html);
    let kode = scraper::Selector::parse("main code").unwrap();
    html.select(&kode).next().unwrap().text().collect()
}

/// A new person in a region; gives the path of their page.
async fn ny_person(aktor: &Aktor, navn: &str, epost: &str) -> String {
    let side = aktor.get("/admin/personer/ny").await.er(StatusCode::OK);
    let svar = aktor.fyll(&side, LISTE, &[("navn", navn), ("epost", epost)]).await.er(StatusCode::SEE_OTHER);
    svar.sted.unwrap()
}

#[sqlx::test]
async fn persons_are_for_those_who_look_after_them_and_roles_for_the_administrator_alone(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let her = sti(2);
    let sider = ["", "/endre", "/avslutt"].map(|s| format!("{her}{s}"));
    for nr in [1, 2, 5, 6, 7, 8] {
        for sti in sider.iter().map(String::as_str).chain([LISTE, "/admin/personer/ny"]) {
            app.som("0a", nr).get(sti).await.er(StatusCode::FORBIDDEN);
        }
        app.som("0a", nr).post(&sider[1], &[("navn", "X")]).await.er(StatusCode::FORBIDDEN);
        app.som("0a", nr).post(&sider[2], &[("siste_dag", "2026-11-18")]).await.er(StatusCode::FORBIDDEN);
    }
    let nokkel = id("0a", "ff", 1).to_string();
    let roller = [format!("{her}/rolle/ny"), rolle(2)];
    let konto = ["", "/passord", "/totrinn", "/sperr", "/apne"].map(|s| format!("{her}/innlogging{s}"));
    for nr in [1, 8, KOORDINATOR] {
        for sti in &roller {
            app.som("0a", nr).get(sti).await.er(StatusCode::FORBIDDEN);
        }
        for sti in roller.iter().chain(&konto) {
            app.som("0a", nr).post(sti, &[("nokkel", &nokkel)]).await.er(StatusCode::FORBIDDEN);
        }
    }
    for sti in sider.iter().chain(&roller) {
        app.som("0b", ADMIN).get(sti).await.er(StatusCode::NOT_FOUND);
    }
    for sti in &konto {
        app.som("0b", ADMIN).post(sti, &[("nokkel", &nokkel)]).await.er(StatusCode::NOT_FOUND);
    }
    let frist = [("siste_dag", "2026-11-18"), ("versjon", "1")];
    app.som("0b", ADMIN).post(&sider[2], &frist).await.er(StatusCode::NOT_FOUND);
    app.som("0b", ADMIN).post(&roller[1], &frist).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn the_list_is_searched_by_name_email_service_and_unit(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    for (sok, treff) in [
        ("rektor", "Rita Rektor"),
        ("P2@", "Per Pedagog"),
        ("helsestasjon", "Hanne Helse"),
        ("fjellheim", "Rita Rektor"),
    ] {
        let side = randi.get(&format!("{LISTE}?sok={sok}")).await.er(StatusCode::OK);
        assert!(side.sier(treff) && side.sier("1 person"), "{sok}: {}", side.tekst());
        assert!(!side.sier("Siri Sjef"), "{sok}");
    }
    sql(&app, "update person set gyldig_til = '2026-11-17' where navn = 'Nils Nav'").await;
    assert!(!randi.get(LISTE).await.sier("Nils Nav"));
    let side = randi.get(&format!("{LISTE}?vis=avsluttet")).await;
    assert!(side.sier("Nils Nav") && side.sier("1 person"), "{}", side.tekst());
    assert!(randi.get(&format!("{LISTE}?sok=%25")).await.sier("Ingen personer passer"));
    sql(&app, "set app.region = '00000000-0000-0000-0a00-000000000001';
               insert into person (id, navn, epost, gyldig_fra)
               select gen_random_uuid(), 'Person ' || n, 'n' || n || '@a.example', '2020-01-01' from generate_series(1, 60) n").await;
    let side = randi.get(LISTE).await;
    assert!(side.sier("73 personer") && side.sier("Side 1 av 2"), "{}", side.tekst());
    assert!(randi.get(&format!("{LISTE}?side=2&vis=")).await.sier("Side 2 av 2"));
}

#[sqlx::test]
async fn a_person_is_added_once_and_shown_as_typed(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let side = randi.get("/admin/personer/ny").await.er(StatusCode::OK);
    let feil = randi
        .fyll(&side, LISTE, &[("navn", "Ola 01010750160"), ("epost", "ola"), ("gyldig_fra", "i morgen")])
        .await
        .er(StatusCode::UNPROCESSABLE_ENTITY);
    for ord in ["fødselsnummer", "hel e-postadresse", "Første dag"] {
        assert!(feil.sier(ord), "{ord}: {}", feil.tekst());
    }
    let opptatt = randi.fyll(&side, LISTE, &[("navn", "Ola"), ("epost", "P1@0a.example")]).await;
    assert!(opptatt.er(StatusCode::UNPROCESSABLE_ENTITY).sier("har allerede denne e-postadressen"));
    let fremmed = randi
        .fyll(&side, LISTE, &[("navn", "Ola"), ("epost", "ola@a.example"), ("enhet", &id("0b", "03", 1).to_string())])
        .await;
    assert!(fremmed.er(StatusCode::UNPROCESSABLE_ENTITY).sier("Velg en enhet fra listen"));

    let felter =
        [("navn", "<script>Ola</script>"), ("epost", "Ola@A.example"), ("enhet", &id("0a", "03", 3).to_string())];
    let forste = randi.fyll(&side, LISTE, &felter).await.er(StatusCode::SEE_OTHER);
    let andre = randi.fyll(&side, LISTE, &felter).await.er(StatusCode::SEE_OTHER);
    assert_eq!(forste.sted, andre.sted);
    let side = randi.folg(&forste).await.er(StatusCode::OK);
    assert!(side.html.contains("&#60;script&#62;Ola") && !side.html.contains("<script>Ola"), "{}", side.html);
    assert!(side.sier("ola@a.example") && side.sier("Elvebakken skole"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_stale_edit_is_shown_beside_what_is_stored(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let endre = format!("{}/endre", sti(2));
    let side = randi.get(&endre).await.er(StatusCode::OK);
    randi.fyll(&side, &endre, &[("tittel", "Leder for PPT")]).await.er(StatusCode::SEE_OTHER);
    let gammel = randi.fyll(&side, &endre, &[("tittel", "Rådgiver")]).await.er(StatusCode::CONFLICT);
    assert!(gammel.sier("lagret «Leder for PPT»") && gammel.html.contains("Rådgiver"), "{}", gammel.html);
    randi.fyll(&gammel, &endre, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(randi.get(&sti(2)).await.sier("Rådgiver"));
}

#[sqlx::test]
async fn ending_a_person_ends_roles_frees_seats_and_closes_the_door(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    sql(
        &app,
        "set app.region = '00000000-0000-0000-0a00-000000000001';
               update forum_medlem set vara_person_id = '00000000-0000-0000-0a05-000000000002'
                where id = '00000000-0000-0000-0a0b-000000000003'",
    )
    .await;
    let randi = app.som("0a", KOORDINATOR);
    let avslutt = format!("{}/avslutt", sti(2));
    let side = randi.get(&avslutt).await.er(StatusCode::OK);
    for ord in ["Teammedlem", "TST Fjellheim skole", "TST Bjørka barnehage", "Kommunalt TST Tynset"] {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    randi.fyll(&side, &avslutt, &[("siste_dag", "")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let for_tidlig = randi.fyll(&side, &avslutt, &[("siste_dag", "2019-12-31")]).await;
    assert!(for_tidlig.er(StatusCode::UNPROCESSABLE_ENTITY).sier("før første dag"));
    randi.fyll(&side, &avslutt, &[("siste_dag", "2026-11-17")]).await.er(StatusCode::SEE_OTHER);

    app.som("0a", 2).get("/konto").await.er(StatusCode::SEE_OTHER);
    let mine = "select count(*) from rolle where person_id = '00000000-0000-0000-0a05-000000000002' and gyldig_til = '2026-11-17'";
    assert_eq!(tell(&app, mine).await, 1);
    let sluttet = "select count(*) from forum_medlem where person_id = '00000000-0000-0000-0a05-000000000002' and gyldig_til = '2026-11-17'";
    assert_eq!(tell(&app, sluttet).await, 3);
    let ledige = "select count(*) from forum_medlem where region_id = '00000000-0000-0000-0a00-000000000001' and person_id is null
                     and tjenestetype = 'ppt' and fast and gyldig_fra = '2026-11-18' and gyldig_til is null";
    assert_eq!(tell(&app, ledige).await, 3);
    assert_eq!(tell(&app, "select count(*) from forum_medlem where vara_person_id is not null").await, 0);
    let gammel = randi.fyll(&side, &avslutt, &[]).await.er(StatusCode::CONFLICT);
    assert!(gammel.sier("Noen andre har endret personen"), "{}", gammel.tekst());
    assert!(randi.get(&sti(2)).await.sier("Personen er avsluttet"));
}

#[sqlx::test]
async fn a_role_is_given_for_its_place_and_ended(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let arne = app.som("0a", ADMIN);
    let gi = format!("{}/rolle/ny", sti(2));
    let side = arne.get(&gi).await.er(StatusCode::OK);
    let feil = arne.fyll(&side, &gi, &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("Velg hvilken rolle"), "{}", feil.tekst());
    let feil = arne.fyll(&side, &gi, &[("type", "teamleder")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("Velg enheten rollen gjelder for"), "{}", feil.tekst());
    let annen = id("0b", "03", 1).to_string();
    let feil = arne.fyll(&side, &gi, &[("type", "teamleder"), ("enhet", &annen)]).await;
    assert!(feil.er(StatusCode::UNPROCESSABLE_ENTITY).sier("Velg en enhet fra listen"));

    let felter = [("type", "teamleder"), ("enhet", &id("0a", "03", 2).to_string())];
    let gitt = arne.fyll(&side, &gi, &felter).await.er(StatusCode::SEE_OTHER);
    arne.fyll(&side, &gi, &felter).await.er(StatusCode::SEE_OTHER);
    let igjen = arne.get(&gi).await;
    let igjen = arne.fyll(&igjen, &gi, &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(igjen.sier("har allerede denne rollen"), "{}", igjen.tekst());
    let vis = arne.folg(&gitt).await;
    assert!(vis.sier("ingen plass i et team") && vis.sier("Teamleder, Bjørka barnehage"), "{}", vis.tekst());

    let slutt = rolle(2);
    let side = arne.get(&slutt).await.er(StatusCode::OK);
    let tidlig = arne.fyll(&side, &slutt, &[("siste_dag", "2019-01-01")]).await.er(StatusCode::CONFLICT);
    assert!(tidlig.sier("Rollen gjaldt fra 01.01.2020"), "{}", tidlig.tekst());
    arne.fyll(&side, &slutt, &[("siste_dag", "2026-11-17")]).await.er(StatusCode::SEE_OTHER);
    arne.fyll(&side, &slutt, &[]).await.er(StatusCode::CONFLICT);
    app.som("0a", 2).get(LISTE).await.er(StatusCode::SEE_OTHER);
    let vis = arne.get(&sti(2)).await;
    assert!(vis.sier("Avsluttet Teammedlem 01.01.2020–17.11.2026"), "{}", vis.tekst());
}

#[sqlx::test]
async fn a_role_that_never_was_in_force_is_taken_back(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let arne = app.som("0a", ADMIN);
    let gi = format!("{}/rolle/ny", sti(2));
    let side = arne.get(&gi).await;
    arne.fyll(&side, &gi, &[("type", "regionkoordinator"), ("fra", "2027-01-01")]).await.er(StatusCode::SEE_OTHER);
    let ny: uuid::Uuid =
        sqlx::query_scalar("select id from rolle where gyldig_fra = '2027-01-01'").fetch_one(&app.eier).await.unwrap();
    assert!(arne.get(&sti(2)).await.sier("Kommer Regionkoordinator fra 01.01.2027"));
    let slutt = format!("{}/rolle/{ny}/avslutt", sti(2));
    let side = arne.get(&slutt).await;
    arne.fyll(&side, &slutt, &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(tell(&app, "select count(*) from rolle where gyldig_fra = '2027-01-01'").await, 0);
}

#[sqlx::test]
async fn the_last_administrator_cannot_be_taken_away_by_any_road(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let arne = app.som("0a", ADMIN);
    let randi = app.som("0a", KOORDINATOR);
    let veier: [(&Aktor, String, Felter); 4] = [
        (&arne, rolle(ADMIN), &[("siste_dag", "2027-06-30"), ("versjon", "1")]),
        (&randi, format!("{}/avslutt", sti(ADMIN)), &[("siste_dag", "2027-06-30"), ("versjon", "1")]),
        (&arne, format!("{}/innlogging/sperr", sti(ADMIN)), &[]),
        (
            &randi,
            format!("{}/endre", sti(ADMIN)),
            &[("navn", "Arne"), ("epost", "p10@0a.example"), ("gyldig_fra", "2027-01-01"), ("versjon", "1")],
        ),
    ];
    for (aktor, sti, felter) in &veier {
        let side = aktor.post(sti, felter).await.er(StatusCode::CONFLICT);
        assert!(side.sier("Regionen må alltid ha en systemadministrator"), "{}", side.tekst());
    }
    let gi = format!("{}/rolle/ny", sti(2));
    let side = arne.get(&gi).await;
    arne.fyll(&side, &gi, &[("type", "systemadministrator")]).await.er(StatusCode::SEE_OTHER);
    arne.post(&veier[0].1, veier[0].2).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn a_new_log_in_is_shown_once_and_leads_to_a_password_of_ones_own(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let arne = app.som("0a", ADMIN);
    let vis = ny_person(&arne, "Nina Ny", "nina@a.example").await;
    let gi = format!("{vis}/rolle/ny");
    let side = arne.get(&gi).await;
    arne.fyll(&side, &gi, &[("type", "teammedlem")]).await.er(StatusCode::SEE_OTHER);
    let lag = format!("{vis}/innlogging");
    let side = arne.get(&vis).await;
    let svar = arne.fyll(&side, &lag, &[]).await.er(StatusCode::OK);
    let lenke = hemmelig(&svar);
    assert!(svar.sier("Dette vises bare nå") && svar.sier("nina@a.example"), "{}", svar.tekst());
    let igjen = arne.fyll(&side, &lag, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(arne.folg(&igjen).await.sier("ble vist én gang"));
    assert!(!arne.get(&vis).await.html.contains(&lenke) && arne.get(&vis).await.sier("Har ikke valgt passord ennå"));

    let eget = "fire helt egne ord";
    let velg = async |lenke: &str| {
        let side = app.fremmed().get(lenke).await.er(StatusCode::OK);
        app.fremmed()
            .fyll(&side, "/ny-innlogging", &[("nytt", eget), ("gjenta", eget)])
            .await
            .er(StatusCode::SEE_OTHER);
    };
    velg(&lenke).await;
    let logg_inn = async || app.fremmed().post("/logg-inn", &[("epost", "nina@a.example"), ("passord", eget)]).await;
    let nina = app.fremmed().med_kapsel(&logg_inn().await.er(StatusCode::SEE_OTHER));
    nina.get("/admin/personer").await.er(StatusCode::FORBIDDEN);

    let side = arne.get(&vis).await;
    assert!(side.sier("Logger inn med nina@a.example") && side.sier("Åpen Lag lenke"), "{}", side.tekst());
    let nytt = arne.fyll(&side, &format!("{lag}/passord"), &[]).await.er(StatusCode::OK);
    assert_ne!(hemmelig(&nytt), lenke);
    nina.get("/konto").await.er(StatusCode::OK);
    velg(&hemmelig(&nytt)).await;
    nina.get("/konto").await.er(StatusCode::SEE_OTHER);
    arne.fyll(&side, &format!("{lag}/sperr"), &[]).await.er(StatusCode::SEE_OTHER);
    logg_inn().await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let side = arne.get(&vis).await;
    assert!(side.sier("Sperret"), "{}", side.tekst());
    arne.fyll(&side, &format!("{lag}/apne"), &[]).await.er(StatusCode::SEE_OTHER);
    logg_inn().await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn an_account_of_another_region_is_joined_by_its_holder_alone_and_mended_by_neither(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let (her, der) = (app.som("0a", ADMIN), app.som("0b", ADMIN));
    let vis = ny_person(&der, "Per Pedagog", "p2@0a.example").await;
    let side = der.get(&vis).await;
    let svar = der.fyll(&side, &format!("{vis}/innlogging"), &[]).await.er(StatusCode::OK);
    assert!(svar.sier("finnes fra før") && !svar.sier("Nordregionen"), "{}", svar.tekst());
    let kode = hemmelig(&svar);
    assert!(der.get(&vis).await.sier("Lag ny kode"));

    let konto = app.som("0a", 1).get("/konto").await;
    let feil = app.som("0a", 1).fyll(&konto, "/konto/koble", &[("kode", &kode)]).await;
    assert!(feil.er(StatusCode::UNPROCESSABLE_ENTITY).sier("Koden er feil"), "another holder's code");
    app.som("0a", 2).fyll(&konto, "/konto/koble", &[("kode", &kode)]).await.er(StatusCode::SEE_OTHER);
    app.som("0a", 2).fyll(&konto, "/konto/koble", &[("kode", &kode)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);

    for (admin, person) in [(&her, sti(2)), (&der, vis)] {
        let side = admin.get(&person).await.er(StatusCode::OK);
        assert!(
            side.sier("brukes også utenfor regionen") && !side.sier("Lag lenke for nytt passord"),
            "{}",
            side.tekst()
        );
        for hva in ["passord", "totrinn", "sperr", "apne"] {
            let nokkel = uuid::Uuid::new_v4().to_string();
            let sti = format!("{person}/innlogging/{hva}");
            let nei = admin.post(&sti, &[("nokkel", &nokkel)]).await.er(StatusCode::CONFLICT);
            assert!(nei.sier("utenfor regionen din"), "{}", nei.tekst());
        }
    }
    let hash: String = sqlx::query_scalar("select passord_hash from bruker where epost = 'p2@0a.example'")
        .fetch_one(&app.eier)
        .await
        .unwrap();
    assert_eq!(hash, "-");
}

#[sqlx::test]
async fn two_persons_of_a_region_do_not_share_a_log_in_and_an_old_code_is_dead(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let (her, der) = (app.som("0a", ADMIN), app.som("0b", ADMIN));
    sql(&app, "update person set epost = 'ny@a.example' where id = '00000000-0000-0000-0a05-000000000002'").await;
    let vis = ny_person(&her, "En Annen", "p2@0a.example").await;
    let side = her.get(&vis).await;
    let nei = her.fyll(&side, &format!("{vis}/innlogging"), &[]).await.er(StatusCode::CONFLICT);
    assert!(nei.sier("Per Pedagog logger inn med denne"), "{}", nei.tekst());

    let vis = ny_person(&der, "Per Pedagog", "p2@0a.example").await;
    let side = der.get(&vis).await;
    let kode = hemmelig(&der.fyll(&side, &format!("{vis}/innlogging"), &[]).await);
    app.still_klokka(time::macros::datetime!(2026-12-03 10:00 UTC));
    sql(&app, "update okt set sist_brukt = '2026-12-03 09:59Z', opprettet = '2026-12-03 09:00Z'").await;
    let konto = app.som("0a", 2).get("/konto").await;
    let gammel = app.som("0a", 2).fyll(&konto, "/konto/koble", &[("kode", &kode)]).await;
    gammel.er(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn who_leaves_with_open_tiltak_is_said_before_it_is_done(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", 9);
    let avslutt = format!("{}/avslutt", sti(2));
    assert!(!randi.get(&avslutt).await.er(StatusCode::OK).sier("Åpne tiltak følger plassen"));
    app.med_eksempler().await;
    let side = randi.get(&avslutt).await.er(StatusCode::OK);
    assert!(side.sier("Åpne tiltak følger plassen") && side.sier("TST Fjellheim skole (1 åpent)"), "{}", side.tekst());
}
