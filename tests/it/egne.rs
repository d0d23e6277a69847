//! Everybody sees and takes along what is stored about themselves, and nothing about others.
use axum::http::StatusCode;
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{TestApp, id};

const STI: &str = "/konto/opplysninger";

#[sqlx::test]
async fn all_that_names_me_is_there_and_no_words_of_others(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    for nr in [1, 2, 5, 10, 13] {
        let meg = app.som("0a", nr);
        let side = meg.get(STI).await.er(StatusCode::OK);
        assert!(side.sier("En person den det gjelder 1"), "{nr}: {}", side.tekst());
        let fil = meg.fyll(&side, STI, &[]).await.er(StatusCode::OK);
        let alt: Value = serde_json::from_str(&fil.html).unwrap();
        assert_eq!(alt["person.id"][0]["epost"], format!("p{nr}@0a.example"));
        let min_id = id("0a", "05", nr).to_string();
        for (sted, rader) in alt.as_object().unwrap() {
            let kolonne = sted.split('.').nth(1).unwrap();
            for rad in rader.as_array().unwrap() {
                assert!(kolonne == "bruker_id" || sted == "bruker.id" || rad[kolonne] == min_id, "{nr}: {sted}: {rad}");
            }
        }
        for ord in ["Notat fra", "passord", "token", "hash"] {
            assert!(!fil.html.contains(ord), "{nr}: {ord}");
        }
    }
    let deltok: i64 = sqlx::query_scalar("select count(*) from motedeltaker where person_id = $1")
        .bind(id("0a", "05", 2))
        .fetch_one(&app.eier)
        .await
        .unwrap();
    let fil = app.som("0a", 2).post(STI, &[]).await.er(StatusCode::OK);
    let alt: Value = serde_json::from_str(&fil.html).unwrap();
    assert_eq!(i64::try_from(alt["motedeltaker.person_id"].as_array().unwrap().len()), Ok(deltok));
    let sagt = "select count(*) from hendelse where slag = 'eksport' and tabell = 'person' and person_id = rad_id";
    assert_eq!(sqlx::query_scalar::<_, i64>(sagt).fetch_one(&app.eier).await.unwrap(), 6);
}
