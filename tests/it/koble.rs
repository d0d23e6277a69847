//! «Koble på»: from an element of the agenda to somebody of a tjeneste, in two steps.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{TestApp, id};

/// The second element of a møte of the first region.
fn sti(mote: u32) -> String {
    format!("/moter/{}/element/{}/koble-pa", id("0a", "0c", mote), id("0a", "0d", mote * 10 + 2))
}

fn mote(nr: u32) -> String {
    format!("/moter/{}", id("0a", "0c", nr))
}

const PUNKT: &str = "«Veiledning eller kompetanseheving»";

#[sqlx::test]
async fn the_leader_calls_in_nav_to_an_element_of_the_next_mote(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let (rektor, nav) = (app.som("0a", 1), app.som("0a", 5));
    let agenda = rektor.get(&mote(1)).await.er(StatusCode::OK);
    assert!(agenda.html.contains(&sti(1)) && agenda.sier("Koble på en tjeneste"), "{}", agenda.tekst());
    let side = rektor.get(&sti(1)).await.er(StatusCode::OK);
    assert!(side.html.contains("<optgroup label=\"NAV i regionen\">"), "{}", side.html);
    assert!(side.sier("Nils Nav, NAV-veileder (kalt inn til dette møtet)"), "{}", side.tekst());
    assert!(side.sier("Neste møte, onsdag 9. desember 2026"), "{}", side.tekst());
    let (person, neste) = (id("0a", "05", 5).to_string(), id("0a", "0c", 4).to_string());
    let felter = [("person", person.as_str()), ("mote", neste.as_str())];
    let svar = rektor.fyll(&side, &sti(1), &felter).await.er(StatusCode::SEE_OTHER);
    let etter = rektor.folg(&svar).await.er(StatusCode::OK);
    assert!(etter.sier(&format!("Nils Nav er kalt inn til {PUNKT} 09.12.2026 Se neste møte")), "{}", etter.tekst());
    let neste = rektor.get(&mote(4)).await;
    assert!(neste.sier(&format!("Nils Nav NAV, ved behov, til {PUNKT}")), "{}", neste.tekst());
    rektor.post(&format!("{}/innkall", mote(4)), &[]).await.er(StatusCode::SEE_OTHER);
    let hos_nav = nav.get(&mote(4)).await.er(StatusCode::OK);
    assert!(hos_nav.sier(&format!("Du er kalt inn til {PUNKT}.")), "{}", hos_nav.tekst());

    // Once more is the same act.
    let igjen = rektor.fyll(&side, &sti(1), &felter).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.folg(&igjen).await.sier("Nils Nav var alt kalt inn til møtet 09.12.2026"));
    let sql = format!(
        "set app.region = '{}'; select count(*) from motedeltaker where mote_id = '{}' and person_id = '{person}'",
        id("0a", "00", 1),
        id("0a", "0c", 4)
    );
    assert_eq!(sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&app.eier).await.unwrap().get::<i64, _>(0), 1);
}

#[sqlx::test]
async fn nobody_else_and_nobody_from_elsewhere(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect.clone()).await;
    let rektor = app.som("0a", 1);
    for (nr, ventet) in [(2, 403), (5, 403), (6, 404), (9, 404), (11, 404)] {
        assert_eq!(app.som("0a", nr).get(&sti(1)).await.status.as_u16(), ventet, "{nr}");
    }
    app.som("0b", 1).get(&sti(1)).await.er(StatusCode::NOT_FOUND);
    rektor.get(&sti(2)).await.er(StatusCode::CONFLICT);
    let annet = format!("/moter/{}/element/{}/koble-pa", id("0a", "0c", 1), id("0a", "0d", 42));
    rektor.get(&annet).await.er(StatusCode::NOT_FOUND);
    let (nav, her) = (id("0a", "05", 5).to_string(), id("0a", "0c", 1).to_string());
    for (person, til) in [
        (id("0b", "05", 5).to_string(), her.clone()),
        // Without a tjeneste, so not of the catalogue.
        (id("0a", "05", 6).to_string(), her.clone()),
        (nav.clone(), id("0a", "0c", 5).to_string()),
        (nav.clone(), id("0a", "0c", 3).to_string()),
    ] {
        rektor.post(&sti(1), &[("person", &person), ("mote", &til)]).await.er(StatusCode::NOT_FOUND);
    }
    let tomt = rektor.post(&sti(1), &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(tomt.sier("Velg hvem dere trenger") && tomt.sier("Velg hvilket møte"), "{}", tomt.tekst());
    // The last møte has no next one.
    assert!(!rektor.get(&sti(4)).await.er(StatusCode::OK).sier("Neste møte"));
    // The database itself knows which element belongs to which møte.
    let feil = format!(
        "begin; set local role samhandling_web; set local app.region = '{}';
         insert into motedeltaker (id, mote_id, moteelement_id, person_id, tjenestetype, fast, moteplikt)
         values (gen_random_uuid(), '{}', '{}', '{nav}', 'nav', false, false)",
        id("0a", "00", 1),
        id("0a", "0c", 4),
        id("0a", "0d", 12)
    );
    let mut db = PgConnection::connect_with(&connect).await.unwrap();
    let svar = db.execute(AssertSqlSafe(feil)).await.unwrap_err().to_string();
    assert!(svar.contains("motedeltaker_til_element"), "{svar}");
}
