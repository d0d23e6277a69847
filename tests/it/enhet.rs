//! Enheter: found, added, edited, ended with their team and opened again.
use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

const KOORDINATOR: u32 = 9;

fn sti(nr: u32) -> String {
    format!("/admin/enheter/{}", id("0a", "03", nr))
}

#[sqlx::test]
async fn only_who_may_change_master_data_comes_in(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for nr in [1, 2, 6, 7, 8, 10] {
        let aktor = app.som("0a", nr);
        for sti in ["/admin/enheter", "/admin/enheter/ny", &sti(1)] {
            aktor.get(sti).await.er(StatusCode::FORBIDDEN);
        }
        for sti in
            ["/admin/enheter/ny".to_owned(), sti(1), format!("{}/avslutt", sti(1)), format!("{}/gjenapne", sti(1))]
        {
            aktor.post(&sti, &[("navn", "Ny"), ("siste_dag", "2026-12-01")]).await.er(StatusCode::FORBIDDEN);
        }
    }
    app.som("0b", KOORDINATOR).get(&sti(1)).await.er(StatusCode::NOT_FOUND);
    app.som("0b", KOORDINATOR)
        .post(&format!("{}/avslutt", sti(1)), &[("siste_dag", "2027-01-01"), ("versjon", "1")])
        .await
        .er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn the_list_is_narrowed_sorted_and_paged(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let liste =
        async |sporring: &str| randi.get(&format!("/admin/enheter?{sporring}")).await.er(StatusCode::OK).tekst();
    assert!(liste("sok=FJELL").await.contains("1 enhet Navn"));
    assert!(liste("sok=974+570+203").await.contains("Bjørka barnehage"));
    assert!(liste("type=skole").await.contains("2 enheter"));
    let alvdal = id("0a", "01", 2);
    assert!(liste(&format!("kommune={alvdal}&type=skole")).await.contains("Elvebakken skole Alvdal Skole 120 elever"));
    assert!(liste("kommune=tull&sok=%25&avsluttede=ja").await.contains("Ingenting passer"));
    let synkende = liste("sorter=-antall").await;
    let plass = |tekst: &str, navn: &str| tekst.find(navn).unwrap();
    assert!(
        plass(&synkende, "Fjellheim") < plass(&synkende, "Elvebakken")
            && plass(&synkende, "Elvebakken") < plass(&synkende, "Bjørka")
    );
    sqlx::raw_sql(
        "set app.region = '00000000-0000-0000-0a00-000000000001';
         insert into enhet (id, kommune_id, type, navn, eier, gyldig_fra)
         select gen_random_uuid(), '00000000-0000-0000-0a01-000000000001', 'skole', 'Øvre skole ' || n, 'offentlig', '2020-01-01'
           from generate_series(100, 159) n",
    )
    .execute(&app.eier)
    .await
    .unwrap();
    let (forste, siste) = (liste("").await, liste("side=9").await);
    assert!(forste.contains("63 enheter") && forste.contains("Side 1 av 2"), "{forste}");
    assert!(siste.contains("Side 2 av 2") && siste.contains("Øvre skole 159") && !siste.contains("Bjørka"), "{siste}");
}

#[sqlx::test]
async fn an_enhet_is_added_once_and_its_faults_are_said_at_the_fields(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let ny = "/admin/enheter/ny";
    let side = randi.get(ny).await.er(StatusCode::OK);
    let tom = randi.fyll(&side, ny, &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    for ord in ["Velg «Kommune»", "Velg «Type»", "Fyll ut «Navn»"] {
        assert!(tom.sier(ord), "{ord}: {}", tom.tekst());
    }
    let (tynset, andres) = (id("0a", "01", 1).to_string(), id("0b", "01", 1).to_string());
    let felter = [
        ("kommune", tynset.as_str()),
        ("type", "skole"),
        ("navn", "<script>alert(1)</script>"),
        ("orgnr", "974 570 068"),
        ("antall", "54"),
        ("trinn_fra", "7"),
        ("trinn_til", "1"),
    ];
    let feil = randi.fyll(&side, ny, &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("ikke være lavere enn det første"), "{}", feil.tekst());
    let feil =
        randi.fyll(&feil, ny, &[("trinn_fra", "1"), ("trinn_til", "7")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(feil.sier("En annen enhet i regionen har dette nummeret"), "{}", feil.tekst());
    let fremmed = randi.fyll(&feil, ny, &[("orgnr", ""), ("kommune", &andres)]).await;
    assert!(fremmed.er(StatusCode::UNPROCESSABLE_ENTITY).sier("Velg en kommune fra listen"));
    for _ in 0..2 {
        randi.fyll(&feil, ny, &[("orgnr", "")]).await.er(StatusCode::SEE_OTHER);
    }
    let liste = randi.get("/admin/enheter").await;
    assert!(liste.sier("4 enheter") && liste.sier("<script>alert(1)</script>"), "{}", liste.tekst());
    assert!(!liste.html.contains("<script>alert"));
    assert!(app.som("0b", KOORDINATOR).get("/admin/enheter").await.sier("3 enheter"));
}

#[sqlx::test]
async fn a_stale_page_shows_both_versions(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let gammel = randi.get(&sti(1)).await.er(StatusCode::OK);
    randi.fyll(&gammel, &sti(1), &[("antall", "310")]).await.er(StatusCode::SEE_OTHER);
    let svar = randi.fyll(&gammel, &sti(1), &[("antall", "299")]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("lagret «310»") && svar.html.contains("value=\"299\""), "{}", svar.tekst());
    let feil = randi.fyll(&gammel, &sti(1), &[("antall", "mange")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let svar = randi.fyll(&feil, &sti(1), &[("antall", "298")]).await;
    assert_eq!(svar.status, StatusCode::CONFLICT, "a page with an error is still the stale page");
}

#[sqlx::test]
async fn the_team_moves_with_its_unit_to_another_kommune(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let alvdal = id("0a", "01", 2);
    randi.fyll(&randi.get(&sti(1)).await, &sti(1), &[("kommune", &alvdal.to_string())]).await.er(StatusCode::SEE_OTHER);
    let kommune: uuid::Uuid = sqlx::query_scalar("select kommune_id from forum where id = $1")
        .bind(id("0a", "0a", 1))
        .fetch_one(&app.eier)
        .await
        .unwrap();
    assert_eq!(kommune, alvdal);
}

#[sqlx::test]
async fn an_enhet_ends_with_its_team_when_no_mote_is_to_come(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let side = randi.get(&sti(1)).await;
    assert!(side.sier("TST Fjellheim skole avsluttes samme dag"), "{}", side.tekst());
    let avslutt = format!("{}/avslutt", sti(1));
    let nei = randi.fyll(&side, &avslutt, &[("siste_dag", "2026-11-30")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nei.sier("et møte etter den siste dagen (09.12.2026)"), "{}", nei.tekst());
    let apent = async || -> (bool, bool) {
        sqlx::query_as("select e.gyldig_til is null, f.gyldig_til is null from enhet e join forum f on f.enhet_id = e.id where e.id = $1")
            .bind(id("0a", "03", 1))
            .fetch_one(&app.eier)
            .await
            .unwrap()
    };
    assert_eq!(apent().await, (true, true), "nothing of it is saved");

    let ja = randi.fyll(&side, &avslutt, &[("siste_dag", "2026-12-09")]).await.er(StatusCode::SEE_OTHER);
    assert!(randi.folg(&ja).await.sier("Avsluttes. Siste dag er 09.12.2026"));
    assert_eq!(apent().await, (false, false));
    randi.fyll(&side, &avslutt, &[("siste_dag", "2026-12-09")]).await.er(StatusCode::CONFLICT);

    let side = randi.get(&sti(1)).await;
    randi.fyll(&side, &format!("{}/gjenapne", sti(1)), &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(apent().await, (true, true));
}
