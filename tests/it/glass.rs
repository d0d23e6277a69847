//! Bryt glass: an administrator reads a møte they were not in only when another lets them, for a while, and the team knows.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::{Duration, macros::datetime};

use crate::{Aktor, TestApp, id};

/// Person 12 is made an administrator too.
async fn to_administratorer(pool: PgPoolOptions, connect: PgConnectOptions) -> (TestApp, Aktor, Aktor) {
    let app = TestApp::start(pool, connect).await;
    let sql =
        format!("update rolle set type = 'systemadministrator', kommune_id = null where id = '{}'", id("0a", "06", 12));
    app.eier.execute(AssertSqlSafe(sql)).await.unwrap();
    let (en, to) = (app.som("0a", 10), app.som("0a", 12));
    (app, en, to)
}

fn mote() -> String {
    format!("/moter/{}", id("0a", "0c", 3))
}

/// Asks to read the møte under way; gives the address of the request.
async fn be(en: &Aktor) -> String {
    let side = en.get("/admin/glass").await.er(StatusCode::OK);
    let adresse = format!("https://samhandling.example{}", mote());
    let felter = [("mote", adresse.as_str()), ("grunn", "Rektor får ikke ferdigstilt")];
    en.fyll(&side, "/admin/glass", &felter).await.er(StatusCode::SEE_OTHER).sted.unwrap()
}

async fn apne(hvem: &Aktor, sak: &str, timer: &str) -> crate::Side {
    let side = hvem.get(sak).await.er(StatusCode::OK);
    hvem.fyll(&side, &format!("{sak}/apne"), &[("timer", timer)]).await
}

#[sqlx::test]
async fn two_administrators_open_a_mote_for_a_while_and_the_team_is_told(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let (app, en, to) = to_administratorer(pool, connect).await;
    en.get(&mote()).await.er(StatusCode::NOT_FOUND);
    let sak = be(&en).await;
    let side = en.get(&sak).await.er(StatusCode::OK);
    assert!(
        !side.html.contains("/apne") && side.sier("En annen systemadministrator må ta stilling"),
        "{}",
        side.tekst()
    );
    let selv = [("timer", "1")];
    assert!(en.post(&format!("{sak}/apne"), &selv).await.er(StatusCode::CONFLICT).sier("Du har bedt om dette selv"));
    en.get(&mote()).await.er(StatusCode::NOT_FOUND);

    assert!(to.get("/").await.er(StatusCode::OK).sier("1 forespørsel om å bryte glass"));
    to.post(&format!("{sak}/apne"), &[("timer", "5")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    apne(&to, &sak, "2").await.er(StatusCode::SEE_OTHER);
    to.get(&mote()).await.er(StatusCode::NOT_FOUND);
    let side = en.get(&mote()).await.er(StatusCode::OK);
    assert!(side.sier("Notat fra Nordregionen") || side.sier("Generell diskusjon"), "{}", side.tekst());
    en.get(&format!("{}/agenda", mote())).await.er(StatusCode::FORBIDDEN);
    let notat = format!("{}/element/{}/notat", mote(), id("0a", "0d", 31));
    en.post(&notat, &[("notat", "Skrevet utenfra"), ("versjon", "1")]).await.er(StatusCode::FORBIDDEN);

    let ppt = app.som("0a", 2);
    let hjem = ppt.get("/").await.er(StatusCode::OK);
    assert!(
        hjem.sier("Møtet er åpnet for en administrator") && hjem.sier("Arne Admin har fått åpne møtet"),
        "{}",
        hjem.tekst()
    );
    let side = ppt.get(&mote()).await.er(StatusCode::OK);
    assert!(
        side.sier("Arne Admin fikk åpne møtet 18.11.2026 11.00, til 13.00. Godkjent av Alf Alvdal"),
        "{}",
        side.tekst()
    );
    assert!(side.sier("Rektor får ikke ferdigstilt"));

    app.still_klokka(datetime!(2026-11-18 10:00 UTC) + Duration::hours(2));
    en.get(&mote()).await.er(StatusCode::NOT_FOUND);
    assert!(en.get(&sak).await.er(StatusCode::OK).sier("Lukket"));
}

#[sqlx::test]
async fn it_is_refused_taken_back_or_ended_before_its_time(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (_, en, to) = to_administratorer(pool, connect).await;
    let sak = be(&en).await;
    let avsla = format!("{sak}/avsla");
    let side = to.get(&sak).await.er(StatusCode::OK);
    let side = to.fyll(&side, &avsla, &[("avslag", "")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    to.fyll(&side, &avsla, &[("avslag", "Ring rektor først")]).await.er(StatusCode::SEE_OTHER);
    assert!(en.get(&sak).await.sier("Ring rektor først"));
    to.post(&format!("{sak}/apne"), &[("timer", "1")]).await.er(StatusCode::CONFLICT);

    let sak = be(&en).await;
    en.post(&format!("{sak}/lukk"), &[]).await.er(StatusCode::SEE_OTHER);
    to.post(&format!("{sak}/apne"), &[("timer", "1")]).await.er(StatusCode::CONFLICT);

    let sak = be(&en).await;
    apne(&to, &sak, "4").await.er(StatusCode::SEE_OTHER);
    en.get(&mote()).await.er(StatusCode::OK);
    to.post(&format!("{sak}/lukk"), &[]).await.er(StatusCode::SEE_OTHER);
    en.get(&mote()).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn a_mote_locked_from_inside_stays_closed(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, en, to) = to_administratorer(pool, connect).await;
    let (sak, bedt) = (be(&en).await, be(&en).await);
    apne(&to, &sak, "4").await.er(StatusCode::SEE_OTHER);
    en.get(&mote()).await.er(StatusCode::OK);
    let (rektor, las) = (app.som("0a", 1), format!("{}/las", mote()));
    app.som("0a", 2).post(&las, &[("last", "ja")]).await.er(StatusCode::FORBIDDEN);
    let side = rektor.get(&mote()).await.er(StatusCode::OK);
    rektor.fyll(&side, &las, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.get(&mote()).await.sier("Møtet er låst innenfra"));
    en.get(&mote()).await.er(StatusCode::NOT_FOUND);
    to.post(&format!("{bedt}/apne"), &[("timer", "1")]).await.er(StatusCode::CONFLICT);
    let side = en.get("/admin/glass").await;
    let felter = [("mote", mote()), ("grunn", "Igjen".to_owned())];
    let felter: Vec<(&str, &str)> = felter.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let svar = en.fyll(&side, "/admin/glass", &felter).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Møtet er låst innenfra"), "{}", svar.tekst());
    rektor.post(&las, &[("last", "nei")]).await.er(StatusCode::SEE_OTHER);
    en.get(&mote()).await.er(StatusCode::OK);
}

#[sqlx::test]
async fn the_database_lets_nobody_in_alone(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, en, _) = to_administratorer(pool, connect).await;
    let ny = |status: &str, av: u32| {
        format!(
            "insert into brutt_glass (id, mote_id, grunn, status, bedt_av, bedt, avgjort_av, avgjort, utloper)
             values (gen_random_uuid(), '{}', 'x', '{status}', '{}', now(), null, null, null)",
            id("0a", "0c", 3),
            id("0a", "05", av)
        )
    };
    for (hvem, sql) in
        [(10, ny("apent", 10)), (10, ny("bedt", 12)), (1, ny("bedt", 1)), (10, "delete from brutt_glass".into())]
    {
        let kode = app.web(hvem, &sql).await;
        assert!(matches!(kode.as_deref(), Some("42501" | "23514")), "{hvem}: {sql}: {kode:?}");
    }
    be(&en).await;
    let apne = "update brutt_glass set status = 'apent', avgjort_av = gjeldende_person(), avgjort = now(), utloper = now() + interval ";
    assert_eq!(app.web(10, &format!("{apne} '1 hour'")).await.as_deref(), Some("23514"), "one's own");
    assert_eq!(app.web(12, &format!("{apne} '5 hours'")).await.as_deref(), Some("23514"), "too long");
    assert_eq!(app.web(12, &format!("{apne} '4 hours'")).await, None);
    assert_eq!(
        app.web(12, "update brutt_glass set utloper = utloper + interval '1 minute'").await.as_deref(),
        Some("SH006")
    );
}
