//! The demo as its owner loads it: whole, once, the same every time, and with nobody's secrets in it.
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use samhandling::{
    Config,
    auth::{DEMOBRUKERE, DEMOREGIONER},
    db::{migrering::MIGRERINGER, roller::EIER},
    demo,
    tekst::{inneholder_fodselsnummer, orgnr_gyldig},
};
use sqlx::{
    AssertSqlSafe, Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::{OffsetDateTime, macros::datetime};

use crate::{TestApp, testapp::config};

const NA: OffsetDateTime = datetime!(2026-11-18 10:00 UTC);
/// The roles of the log-ins, in the order of `DEMOBRUKERE`.
const ROLLER: [&str; 13] = [
    "teamleder",
    "teamleder",
    "teammedlem",
    "teammedlem",
    "teammedlem",
    "invitert",
    "kommunalsjef",
    "kommunedirektor",
    "politiker",
    "statsforvalter",
    "kommunekoordinator,regionkoordinator",
    "systemadministrator",
    "systemadministrator",
];

/// An empty database that belongs to the owner: a pool of the owner's, and one that looks past row security.
async fn tom(connect: PgConnectOptions) -> (PgPool, PgPool) {
    let en = || PgPoolOptions::new().max_connections(1);
    let alt = en().connect_with(connect.clone()).await.unwrap();
    let navn = connect.get_database().unwrap();
    alt.execute(AssertSqlSafe(format!("alter database \"{navn}\" owner to {EIER}"))).await.unwrap();
    let som_eier = "set role samhandling_eier";
    let eier = en()
        .after_connect(move |c, _| Box::pin(async move { c.execute(som_eier).await.map(drop) }))
        .connect_with(connect)
        .await
        .unwrap();
    MIGRERINGER.run(&eier).await.unwrap();
    (eier, alt)
}

/// Every row of the demo in words, without what differs each time (the salted hash).
async fn avtrykk(alt: &PgPool) -> Vec<String> {
    let tabeller = "region kommune tjeneste tjeneste_kommune enhet person rolle regelsett motemal motemal_element forum \
                    forum_medlem mote moteelement motedeltaker beslutning kompetanseheving medvirkning referat_versjon referat_tekst pulssvar tiltak tiltak_evaluering bistandsforesporsel sak \
                    tilknytning";
    let mut alle = Vec::new();
    for tabell in tabeller.split(' ') {
        let sql = format!("select row_to_json(t)::text from {tabell} t order by 1");
        let rader: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(alt).await.unwrap();
        assert!(!rader.is_empty(), "{tabell} is empty");
        alle.extend(rader);
    }
    alle.extend(
        sqlx::query_scalar::<_, String>(
            "select row_to_json(b)::text from (select id, epost from bruker where demo) b order by 1",
        )
        .fetch_all(alt)
        .await
        .unwrap(),
    );
    alle
}

#[sqlx::test(migrations = false)]
async fn loaded_once_and_the_same_every_time(_: PgPoolOptions, connect: PgConnectOptions) {
    let (eier, alt) = tom(connect).await;
    let start = Instant::now();
    demo::last(&eier, NA, |_| ()).await.unwrap();
    // Under a second on a quiet machine. A crowded one says little; this catches a loop of single rows.
    assert!(start.elapsed() < Duration::from_mins(1), "loading took {:?}", start.elapsed());
    let forste = avtrykk(&alt).await;
    // Row by row, field by field; keys have digits of their own.
    for rad in &forste {
        for felt in rad.split('"').filter(|felt| felt.parse::<uuid::Uuid>().is_err()) {
            assert!(!inneholder_fodselsnummer(felt), "{felt}: {rad}");
        }
    }

    demo::last(&eier, NA + time::Duration::days(40), |linje| panic!("loaded again: {linje}")).await.unwrap();
    assert!(avtrykk(&alt).await == forste, "a second start changed something");

    // Emptied by hand and loaded anew: the same to the last letter.
    alt.execute("truncate region, bruker cascade").await.unwrap();
    demo::last(&eier, NA, |_| ()).await.unwrap();
    assert!(avtrykk(&alt).await == forste, "the same day gave another demo");
}

#[sqlx::test(migrations = false)]
async fn a_region_broken_off_is_begun_again_and_the_others_are_left_alone(_: PgPoolOptions, connect: PgConnectOptions) {
    let (eier, alt) = tom(connect).await;
    demo::last(&eier, NA, |_| ()).await.unwrap();
    let forste = avtrykk(&alt).await;
    // As if the power went before the last region was committed.
    alt.execute(
        "set session_replication_role = replica; set app.region = '00000000-0000-0000-0000-000000000000';
         create temp table siste as select id from region where navn like '0–24%';
         delete from tilknytning where region_id in (select id from siste);
         delete from bruker where epost like '%@0-24.example'; delete from region where id in (select id from siste)",
    )
    .await
    .unwrap();
    for tabell in ["kommune", "tjeneste", "tjeneste_kommune", "enhet", "person", "rolle", "regelsett", "motemal"]
        .into_iter()
        .chain(["motemal_element", "forum", "forum_medlem", "mote", "moteelement", "motedeltaker", "beslutning"])
        .chain([
            "tiltak",
            "tiltak_evaluering",
            "bistandsforesporsel",
            "sak",
            "kompetanseheving",
            "medvirkning",
            "referat_tekst",
            "referat_versjon",
            "pulssvar",
            "tilgangskontroll",
        ])
    {
        let sql = format!("delete from {tabell} where region_id in (select id from siste)");
        alt.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    demo::last(&eier, NA, |linje| assert!(linje.contains("0–24"), "{linje}")).await.unwrap();
    assert!(avtrykk(&alt).await == forste);
}

#[sqlx::test(migrations = false)]
async fn every_log_in_is_there_with_its_role_and_its_day(_: PgPoolOptions, connect: PgConnectOptions) {
    let (eier, alt) = tom(connect).await;
    demo::last(&eier, NA, |_| ()).await.unwrap();
    let roller =
        "select string_agg(r.type, ',' order by r.type) from person p join rolle r on r.region_id = p.region_id
                   and r.person_id = p.id join bruker b on b.id = p.bruker_id and b.demo where p.epost = $1
                   group by p.region_id order by p.region_id";
    for (domene, (konto, rolle)) in
        DEMOREGIONER.iter().flat_map(|d| DEMOBRUKERE.iter().map(|(k, _)| k).zip(ROLLER).map(move |kr| (d, kr)))
    {
        let epost = format!("{konto}@{domene}");
        let funnet: Vec<String> = sqlx::query_scalar(roller).bind(&epost).fetch_all(&alt).await.unwrap();
        let regioner = if epost == "ppt@nord-osterdal.example" { 2 } else { 1 };
        assert_eq!(funnet, vec![rolle; regioner], "{epost}");
    }
    let i_dag: Vec<String> = sqlx::query_scalar(
        "select p.epost from mote m join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id
           join person p on p.region_id = d.region_id and p.id = d.person_id
          where m.dato = '2026-11-18' and m.status = 'innkalt' and p.epost like '%@nord-osterdal.example' and p.bruker_id is not null
          order by 1",
    )
    .fetch_all(&alt)
    .await
    .unwrap();
    assert_eq!(i_dag.join(" ").replace("@nord-osterdal.example", ""), "barnevern helsesykepleier ppt teamleder");
    let (team, kommuner): (i64, i64) = sqlx::query_as(
        "select count(*), count(distinct f.kommune_id) from forum_medlem m join forum f on f.region_id = m.region_id and f.id = m.forum_id
           join person p on p.region_id = m.region_id and p.id = m.person_id and p.epost = 'ppt@nord-osterdal.example'
           join region r on r.id = p.region_id and r.navn = 'Nord-Østerdal'",
    )
    .fetch_one(&alt)
    .await
    .unwrap();
    assert!(team >= 10 && kommuner >= 4, "{team} team in {kommuner} kommuner");
}

#[sqlx::test(migrations = false)]
async fn regions_of_a_plausible_size_with_right_numbers_and_days(_: PgPoolOptions, connect: PgConnectOptions) {
    let (eier, alt) = tom(connect).await;
    demo::last(&eier, NA, |_| ()).await.unwrap();
    let storrelser: Vec<(String, i64, i64, i64)> = sqlx::query_as(
        "select navn, (select count(*) from enhet e where e.region_id = r.id),
                (select count(*) from forum f where f.region_id = r.id and f.type = 'tst_enhet'),
                (select count(*) from mote m where m.region_id = r.id) from region r order by navn",
    )
    .fetch_all(&alt)
    .await
    .unwrap();
    for (region, enheter, team, moter) in storrelser {
        assert!((20..80).contains(&enheter) && team < enheter && team * 10 > enheter * 7, "{region}: {team}/{enheter}");
        assert!((team * 5..team * 12).contains(&moter), "{region}: {moter} møter");
    }
    let orgnr: Vec<String> =
        sqlx::query_scalar("select orgnr from enhet where orgnr is not null").fetch_all(&alt).await.unwrap();
    assert!(orgnr.len() > 130 && orgnr.iter().all(|nr| orgnr_gyldig(nr)));
    for feil in [
        "select 'på en fridag ' || dato from mote where extract(isodow from dato) > 5 or extract(month from dato) = 7",
        "select 'for tidlig holdt ' || dato from mote where status = 'ferdigstilt' and dato >= '2026-11-18'",
        "select 'glemt ' || dato from mote where status in ('planlagt', 'innkalt') and dato < '2026-11-18'",
        "select 'hos to samtidig ' || p.navn from mote m join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id
           join person p on p.region_id = d.region_id and p.id = d.person_id
           join motedeltaker e on e.region_id = d.region_id and e.person_id = d.person_id and e.mote_id <> d.mote_id
           join mote n on n.region_id = e.region_id and n.id = e.mote_id and n.start < m.slutt and m.start < n.slutt",
        "select 'minutter ' || m.id from mote m where minutter <> (select sum(minutter) from moteelement e
          where e.region_id = m.region_id and e.mote_id = m.id)",
    ] {
        let funn: Vec<String> = sqlx::query_scalar(feil).fetch_all(&alt).await.unwrap();
        assert!(funn.is_empty(), "{funn:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn every_log_in_opens_its_front_page(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (eier, alt) = tom(connect.clone()).await;
    demo::last(&eier, NA, |_| ()).await.unwrap();
    let app = TestApp::over(alt, pool, connect, Config { demo: true, ..config() }).await;
    for (domene, konto) in DEMOREGIONER.iter().flat_map(|d| DEMOBRUKERE.iter().map(move |(k, _)| (d, k))) {
        let epost = format!("{konto}@{domene}");
        let inn = app.fremmed().post("/logg-inn", &[("epost", &epost), ("passord", demo::PASSORD)]).await;
        let inne = app.fremmed().med_kapsel(&inn.er(StatusCode::SEE_OTHER));
        let valg = inne.get("/pa-vegne-av").await.er(StatusCode::OK);
        let roller = match (*konto, epost.as_str()) {
            ("koordinator", _) | (_, "ppt@nord-osterdal.example") => 2,
            _ => 1,
        };
        assert_eq!(valg.html.matches("name=\"rolle\"").count(), roller, "{epost}: {}", valg.html);
        if roller == 1 {
            let hjem = inne.get("/").await.er(StatusCode::OK);
            assert!(hjem.html.contains("<h1"), "{epost}");
        }
    }
}
