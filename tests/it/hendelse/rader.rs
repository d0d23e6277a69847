//! What the log says of what people do: who, in which role, what, and never in whose words.
use std::time::Duration;

use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::eier;
use crate::{TestApp, id};

const MERKE: &str = "zirkongul";

fn na(hva: &str) -> String {
    format!("/moter/{}{hva}", id("0a", "0c", 3))
}

#[sqlx::test]
async fn a_change_tells_who_did_what_in_which_role_and_not_in_what_words(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let ppt = app.som("0a", 2);
    let hold = ppt.get(&na("/hold")).await.er(StatusCode::OK);
    let element = id("0a", "0d", 31);
    let slutt = app.loggslutt().await;
    let sti = na(&format!("/element/{element}/notat"));
    ppt.fyll(&hold, &sti, &[("notat", "Vi snakket om zirkongul")]).await.er(StatusCode::SEE_OTHER);
    let hendelser = app.logg(slutt, "slag = 'endring'").await;
    let h = &hendelser[0];
    assert_eq!((h.person_id, h.rolle_type.as_deref()), (Some(id("0a", "05", 2)), Some("teammedlem")));
    assert_eq!((h.tabell.as_deref(), h.operasjon.as_deref()), (Some("moteelement"), Some("endret")));
    assert_eq!((h.rad_id, h.mote_id), (Some(element), Some(id("0a", "0c", 3))));
    assert!(h.felter.as_ref().unwrap().contains(&"notat".to_owned()));
    assert_eq!((h.tegn.as_deref(), h.verdier.as_deref()), (Some("{\"notat\": [0, 23]}"), None));
    assert!(h.innhold.as_ref().unwrap().contains("\"versjon\": [1, 2]"), "{:?}", h.innhold);
    assert_eq!(h.arsak.as_deref(), Some("POST /moter/{id}/element/{element}/notat"));
    assert_eq!((h.utfall.as_str(), h.fra.as_deref()), ("ok", Some("0.0.0.0")));
}

#[sqlx::test]
async fn a_role_is_logged_by_its_values(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let slutt = app.loggslutt().await;
    let sti = format!("/admin/personer/{}/rolle/ny", id("0a", "05", 3));
    let admin = app.som("0a", 10);
    let ny = admin.get(&sti).await.er(StatusCode::OK);
    let felter = [("type", "kommunalsjef"), ("kommune", &*id("0a", "01", 1).to_string()), ("fra", "2026-11-18")];
    let svar = admin.fyll(&ny, &sti, &felter).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.html);
    let h = &app.logg(slutt, "slag = 'endring' and tabell = 'rolle'").await[0];
    assert_eq!(h.operasjon.as_deref(), Some("ny"));
    assert!(h.verdier.as_ref().unwrap().contains("\"type\": [null, \"kommunalsjef\"]"), "{:?}", h.verdier);
}

/// Writes the word into every column of text that takes it, with the log awake and every other trigger asleep.
async fn plant(app: &TestApp) -> (usize, Vec<String>) {
    let kolonner: Vec<(String, String)> = sqlx::query_as(
        "select c.relname::text, a.attname::text from pg_class c
           join pg_trigger g on g.tgrelid = c.oid and g.tgname = 'logg'
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and a.atttypid in ('text'::regtype, 'jsonb'::regtype)
          where a.attname <> all (loggkolonner(c.oid)) and c.relname <> 'oppslag' order by 1, 2",
    )
    .fetch_all(&app.eier)
    .await
    .unwrap();
    let (mut plantet, mut ikke) = (0, Vec::new());
    for (tabell, kolonne) in kolonner {
        let sql = format!(
            "alter table {tabell} disable trigger user; alter table {tabell} enable trigger logg;
             update {tabell} set {kolonne} = coalesce({kolonne}, '') || '{MERKE}'
              where ctid = (select max(ctid) from {tabell});
             set constraints all immediate; alter table {tabell} enable trigger user"
        );
        match sqlx::raw_sql(AssertSqlSafe(sql)).execute(&app.eier).await {
            Ok(svar) if svar.rows_affected() > 0 => plantet += 1,
            _ => ikke.push(format!("{tabell}.{kolonne}")),
        }
    }
    (plantet, ikke)
}

#[sqlx::test]
async fn no_word_that_people_write_is_in_the_log(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let alle =
        async || -> i64 { sqlx::query_scalar("select count(*) from hendelse").fetch_one(&app.eier).await.unwrap() };
    let foer = alle().await;
    eier(&app, &format!("set app.region = '{}'", id("0a", "00", 1))).await;
    let (plantet, ikke) = plant(&app).await;
    // Numbers in the form of text take no word, and some tables have no row in the example.
    assert!(plantet > 45, "{plantet} planted, not in {ikke:?}");
    assert!(alle().await - foer >= i64::try_from(plantet).unwrap());
    let funn: i64 = sqlx::query_scalar("select count(*) from hendelse h where h::text ilike $1")
        .bind(format!("%{MERKE}%"))
        .fetch_one(&app.eier)
        .await
        .unwrap();
    assert_eq!(funn, 0);
    let navn: i64 =
        sqlx::query_scalar("select count(*) from hendelse h join person p on h::text ilike '%' || p.navn || '%'")
            .fetch_one(&app.eier)
            .await
            .unwrap();
    assert_eq!(navn, 0, "nobody is named");
}

#[sqlx::test]
async fn a_mote_that_is_opened_is_read_once_an_hour_and_a_refusal_is_told_every_time(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let slutt = app.loggslutt().await;
    for side in ["", "/hold", "/direkte", ""] {
        app.som("0a", 2).get(&na(side)).await;
    }
    let lest = app.logg(slutt, "slag = 'lest'").await;
    assert_eq!(lest.len(), 1, "{lest:?}");
    assert_eq!((lest[0].person_id, lest[0].mote_id), (Some(id("0a", "05", 2)), Some(id("0a", "0c", 3))));
    for _ in 0..2 {
        app.som("0a", 8).get(&na("")).await.er(StatusCode::NOT_FOUND);
    }
    app.som("0a", 2).get(&format!("/moter/{}/avlys", id("0a", "0c", 1))).await.er(StatusCode::FORBIDDEN);
    app.som("0a", 2).get("/finnes-ikke").await.er(StatusCode::NOT_FOUND);
    let avvist: Vec<_> =
        app.logg(slutt, "slag = 'avvist'").await.into_iter().map(|h| (h.person_id, h.rad_id, h.utfall)).collect();
    let borte = (Some(id("0a", "05", 8)), Some(id("0a", "0c", 3)), "ikke_funnet".to_owned());
    let nektet = (Some(id("0a", "05", 2)), Some(id("0a", "0c", 1)), "ikke_tilgang".to_owned());
    assert_eq!(avvist, [borte.clone(), borte, nektet]);
}

#[sqlx::test]
async fn a_sak_and_a_request_that_are_opened_are_reads_too(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let (sak, bistand) = (id("0a", "22", 2), id("0a", "21", 1));
    let slutt = app.loggslutt().await;
    for sti in [format!("/saker/{sak}"), format!("/bistand/{bistand}")] {
        for _ in 0..2 {
            app.som("0a", 1).get(&sti).await.er(StatusCode::OK);
        }
        app.som("0a", 14).get(&sti).await.er(StatusCode::NOT_FOUND);
    }
    let lest: Vec<_> =
        app.logg(slutt, "slag = 'lest'").await.into_iter().map(|h| (h.person_id, h.rad_id, h.mote_id)).collect();
    let rektor = Some(id("0a", "05", 1));
    assert_eq!(lest, [(rektor, Some(sak), Some(id("0a", "0c", 3))), (rektor, Some(bistand), Some(id("0a", "0c", 2)))]);
    let sett = app.som("0a", 2).get(&na("/sett-av")).await.er(StatusCode::OK);
    assert!(sett.sier("Rita Rektor"), "{}", sett.tekst());
}

#[sqlx::test]
async fn a_pdf_is_an_export(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let slutt = app.loggslutt().await;
    let sti = format!("/moter/{}/referat.pdf", id("0a", "0c", 2));
    app.som("0a", 1).get(&sti).await.er(StatusCode::OK);
    app.som("0a", 8).get(&sti).await.er(StatusCode::NOT_FOUND);
    let ut = app.logg(slutt, "slag = 'eksport'").await;
    assert_eq!(ut.len(), 1);
    assert_eq!((ut[0].person_id, ut[0].mote_id), (Some(id("0a", "05", 1)), Some(id("0a", "0c", 2))));
}

#[sqlx::test]
async fn log_ins_that_fail_and_succeed_and_log_outs_are_told(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let hash = samhandling::auth::hash_passord("riktig hest batteri".into()).await.unwrap();
    sqlx::query("update bruker set passord_hash = $1 where epost = 'p2@0a.example'")
        .bind(hash)
        .execute(&app.eier)
        .await
        .unwrap();
    let slutt = app.loggslutt().await;
    let forsok = async |epost: &str, passord: &str| {
        app.fremmed().post("/logg-inn", &[("epost", epost), ("passord", passord)]).await
    };
    forsok("p2@0a.example", "feil hest batteri").await.er(StatusCode::UNPROCESSABLE_ENTITY);
    forsok("ingen@0a.example", "feil hest batteri").await.er(StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..100 {
        if app.loggslutt().await > slutt {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await; // it is told after the answer
    }
    let inne = forsok("p2@0a.example", "riktig hest batteri").await.er(StatusCode::SEE_OTHER);
    app.fremmed().med_kapsel(&inne).post("/logg-ut", &[]).await.er(StatusCode::SEE_OTHER);
    let slag: Vec<_> = app.logg(slutt, "true").await.into_iter().map(|h| (h.slag, h.person_id, h.utfall)).collect();
    let ppt = |slag: &str, utfall: &str| (slag.to_owned(), Some(id("0a", "05", 2)), utfall.to_owned());
    assert_eq!(slag, [ppt("innlogging_feilet", "feilet"), ppt("innlogging", "ok"), ppt("utlogging", "ok")]);
}
