//! Motemaler: versions of the agenda that møter are made from.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

const KOORDINATOR: u32 = 9;
const ADMIN: u32 = 10;
const LISTE: &str = "/admin/motemaler";
const NY: &str = "/admin/motemaler/type/tst_enhet";

fn forste() -> String {
    format!("{LISTE}/{}", id("0a", "08", 1))
}

#[sqlx::test]
async fn only_the_regionkoordinator_comes_to_the_maler(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for nr in [1, 2, 6, 7, 8, ADMIN] {
        for sti in [LISTE, NY, &forste()] {
            app.som("0a", nr).get(sti).await.er(StatusCode::FORBIDDEN);
        }
        app.som("0a", nr)
            .post(NY, &[("navn", "X"), ("nokkel", "00000000-0000-4000-8000-000000000001")])
            .await
            .er(StatusCode::FORBIDDEN);
        app.som("0a", nr).post(NY, &[("knapp", "legg-til")]).await.er(StatusCode::FORBIDDEN);
    }
    app.som("0b", KOORDINATOR).get(&forste()).await.er(StatusCode::NOT_FOUND);
    app.som("0a", KOORDINATOR).get("/admin/motemaler/type/saunaklubb").await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn a_new_version_holds_from_now_on_and_changes_no_mote(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let bilde = "select string_agg(tittel || minutter, ',' order by id) from moteelement";
    let for_: String = sqlx::query_scalar(bilde).fetch_one(&app.eier).await.unwrap();
    let side = randi.get(NY).await.er(StatusCode::OK);
    let fnr = randi.fyll(&side, NY, &[("tittel-1", "01010750160"), ("minutter-2", "")]).await;
    let fnr = fnr.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(fnr.sier("fødselsnummer") && fnr.sier("Fyll ut «Minutter»"), "{}", fnr.tekst());
    let kort = randi.fyll(&side, NY, &[("minutter-1", "44")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kort.sier("Malen er på 149 minutter"), "{}", kort.tekst());
    let felter =
        [("tittel-1", "<script>Åpning</script>"), ("hjelp-1", "Hva har skjedd siden sist?"), ("minutter-1", "60")];
    let svar = randi.fyll(&side, NY, &felter).await.er(StatusCode::SEE_OTHER);
    randi.fyll(&side, NY, &felter).await.er(StatusCode::SEE_OTHER);
    let vis = randi.folg(&svar).await.er(StatusCode::OK);
    for ord in ["Versjon 2", "Gjelder nå", "165 minutter", "Hva har skjedd siden sist?", "Versjon 1: TST på enheten"]
    {
        assert!(vis.sier(ord), "{ord}: {}", vis.tekst());
    }
    assert!(!vis.html.contains("<script>Åpning"), "{}", vis.html);
    let gammel = randi.get(&forste()).await.er(StatusCode::OK);
    assert!(gammel.sier("Eldre versjon") && gammel.sier("150 minutter"), "{}", gammel.tekst());
    let etter: String = sqlx::query_scalar(bilde).fetch_one(&app.eier).await.unwrap();
    assert_eq!(for_, etter);

    let igjen = randi.get(NY).await;
    let fra_for = id("0a", "ff", 7).to_string();
    let gammel = randi.fyll(&side, NY, &[("nokkel", &fra_for), ("navn", "Min mal")]).await.er(StatusCode::CONFLICT);
    assert!(gammel.sier("Noen andre har laget en ny versjon") && gammel.html.contains("Min mal"), "{}", gammel.html);
    assert!(gammel.sier("Lagret av noen andre: versjon 2"), "{}", gammel.tekst());
    randi.fyll(&gammel, NY, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(randi.get(LISTE).await.sier("Min mal"));
    drop(igjen);
}

#[sqlx::test]
async fn rows_are_added_moved_and_removed_by_buttons_alone(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let side = randi.get(NY).await;
    let side = randi.fyll(&side, NY, &[("knapp", "legg-til")]).await.er(StatusCode::OK);
    assert!(side.sier("Element 4"), "{}", side.tekst());
    let side = randi.fyll(&side, NY, &[("tittel-4", "Pause"), ("knapp", "opp-4")]).await.er(StatusCode::OK);
    let byttet = randi.fyll(&side, NY, &[("knapp", "ned-1")]).await.er(StatusCode::OK);
    let feil = randi.fyll(&byttet, NY, &[("knapp", "lagre")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("fast rekkefølge"), "{}", feil.tekst());
    let uten = randi.fyll(&side, NY, &[("knapp", "fjern-1")]).await.er(StatusCode::OK);
    let feil = randi.fyll(&uten, NY, &[("knapp", "lagre")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("«Generell diskusjon eller planlegging» mangler"), "{}", feil.tekst());
    let svar = randi.fyll(&side, NY, &[("knapp", "lagre")]).await.er(StatusCode::SEE_OTHER);
    let vis = randi.folg(&svar).await;
    assert!(vis.sier("3. Pause Annet – 15 4. Observasjon"), "{}", vis.tekst());
}

#[sqlx::test]
async fn a_forum_without_a_mal_gets_its_first(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let liste = randi.get(LISTE).await.er(StatusCode::OK);
    assert!(liste.sier("Kommunedirektørforum Lag mal"), "{}", liste.tekst());
    let ny = "/admin/motemaler/type/kommunedirektorforum";
    let side = randi.get(ny).await.er(StatusCode::OK);
    let svar = randi.fyll(&side, ny, &[("minutter-1", "90")]).await.er(StatusCode::SEE_OTHER);
    assert!(randi.folg(&svar).await.sier("Versjon 1 for Kommunedirektørforum"));
}

#[sqlx::test]
async fn a_version_is_previewed_and_its_difference_said_and_a_mote_keeps_the_one_it_came_from(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let mote = format!("/moter/{}", id("0a", "0c", 1));
    let side = randi.get(NY).await.er(StatusCode::OK);
    let nytt = [
        ("apning", "Barnets <beste> først"),
        ("avrunding", "En runde til slutt"),
        ("sjekk_for", "Rom er bestilt\r\n\r\n Alle har svart "),
        ("sjekk_etter", "Referatet er sendt"),
        ("minutter-1", "60"),
    ];
    let vist = randi.fyll(&side, NY, &[&nytt[..], &[("knapp", "vis")]].concat()).await.er(StatusCode::OK);
    assert!(vist.sier("Slik blir agendaen") && vist.sier("09.30–10.30 Veiledning"), "{}", vist.tekst());
    assert!(!randi.get(LISTE).await.sier("eldre"));
    let lang = "x".repeat(10_000);
    let svar = randi.fyll(&side, NY, &[("apning", &lang), ("sjekk_for", "01010750160")]).await;
    let svar = svar.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("har 10000 tegn") && svar.sier("fødselsnummer"), "{}", svar.tekst());
    let svar = randi.fyll(&side, NY, &nytt).await.er(StatusCode::SEE_OTHER);
    let ny = randi.folg(&svar).await.er(StatusCode::OK);
    assert!(ny.sier("Rom er bestilt Alle har svart") && ny.sier("Hva er nytt i versjon 2?"), "{}", ny.tekst());
    let forskjell = randi.get(&format!("{}/forskjell", svar.sted.as_deref().unwrap())).await.er(StatusCode::OK);
    for ord in [
        "har 60 minutter. Før var det 45.",
        "Åpningen er ny: «Barnets <beste> først».",
        "Nytt i sjekklisten før møtet: «Alle har svart».",
    ] {
        assert!(forskjell.sier(ord), "{ord}: {}", forskjell.tekst());
    }
    assert!(!forskjell.html.contains("<beste>"));
    assert!(randi.get(&format!("{}/forskjell", forste())).await.er(StatusCode::OK).sier("har ingen tidligere versjon"));
    let andres = format!("{}/forskjell?fra={}", forste(), id("0b", "08", 1));
    randi.get(&andres).await.er(StatusCode::NOT_FOUND);
    let rektor = app.som("0a", 1);
    let gammelt = rektor.get(&mote).await.er(StatusCode::OK);
    assert!(
        gammelt.sier("Møtemalen TST på enheten, versjon 1") && !gammelt.sier("Barnets <beste>"),
        "{}",
        gammelt.tekst()
    );
    let bestill = format!("/team/{}/book/bekreft", id("0a", "0a", 1));
    let side = rektor.get(&format!("{bestill}?dato=2026-12-03&start=08:30")).await.er(StatusCode::OK);
    let svar = rektor.fyll(&side, &bestill, &[("som", "innkalt")]).await.er(StatusCode::SEE_OTHER);
    let nytt = rektor.folg(&svar).await.er(StatusCode::OK);
    for ord in
        ["versjon 2", "Åpning: Barnets <beste> først", "Avrunding: En runde til slutt", "Før møtet Rom er bestilt"]
    {
        assert!(nytt.sier(ord), "{ord}: {}", nytt.tekst());
    }
    assert!(!app.som("0a", 2).get(svar.sted.as_deref().unwrap()).await.sier("Rom er bestilt"));
    // The database itself refuses to change a version.
    for sql in [
        "update motemal set navn = 'X'",
        "delete from motemal",
        "update motemal_element set minutter = 5",
        "delete from motemal_element",
    ] {
        let som_web = sqlx::AssertSqlSafe(format!("set role samhandling_web; {sql}"));
        let feil = sqlx::raw_sql(som_web).execute(&app.eier).await.unwrap_err();
        sqlx::raw_sql("reset role").execute(&app.eier).await.unwrap();
        assert!(feil.to_string().contains("permission denied"), "{sql}: {feil}");
    }
}
