//! The web role may add to the log through the database's own triggers, and otherwise only read what is its person's to read.
use axum::http::StatusCode;
use sqlx::{
    Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::eier;
use crate::{TestApp, id, testapp};

const NEI: Option<&str> = Some("42501");

async fn som_web(app: &TestApp, nr: u32, sql: &str) -> Option<String> {
    Some(testapp::kode(&app.web_unotert("0a", nr, sql).await.err()?))
}

#[sqlx::test]
async fn the_log_can_neither_be_changed_nor_emptied_nor_turned_off(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for sql in [
        "update hendelse set utfall = 'feilet'",
        "update hendelse set person_id = null where lopenr = 1",
        "delete from hendelse",
        "truncate hendelse",
        "delete from hendelse where lopenr = 1",
        "alter table hendelse disable trigger lenk",
        "alter table mote disable trigger logg",
        "drop trigger logg on mote",
        "set session_replication_role = replica",
        "select logg_pause(true)",
        "select loggfor_tabell('mote')",
        "create trigger x before insert on hendelse for each row execute function lenk_hendelse()",
        "update loggsegl set nr = 1",
        "delete from loggsegl",
        "delete from oppslag",
        "update oppslag set time = now()",
        "select hash from hendelse",
        "select innhold from hendelse",
    ] {
        assert_eq!(som_web(&app, 1, sql).await.as_deref(), NEI, "{sql}");
    }
    // Nor by holding back what is written at commit.
    let sql = format!(
        "set constraints all deferred; update sak set versjon = versjon where id = '{}'; set constraints all immediate",
        id("0a", "22", 1)
    );
    assert_eq!(som_web(&app, 1, &sql).await, None);
}

#[sqlx::test]
async fn nobody_writes_in_the_log_by_hand_for_another_or_at_another_time(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let andre = id("0a", "05", 2);
    for sql in [
        // Not the caller's to say.
        format!("insert into hendelse (slag, person_id) values ('eksport', '{andre}')"),
        "insert into hendelse (slag, tid) values ('eksport', now())".into(),
        "insert into hendelse (slag, lopenr) values ('eksport', 1)".into(),
        "insert into hendelse (slag, av) values ('eksport', 'samhandling_eier')".into(),
        "insert into hendelse (slag, fra) values ('eksport', '10.0.0.1')".into(),
        "insert into hendelse (slag, hash, forrige) values ('eksport', '\\x00', '\\x00')".into(),
        format!("insert into hendelse (slag, region_id) values ('eksport', '{}')", id("0b", "00", 1)),
        // Told by triggers alone.
        "insert into hendelse (slag, tabell) values ('endring', 'mote')".into(),
        "insert into hendelse (slag) values ('lest')".into(),
        "insert into hendelse (slag) values ('innlogging')".into(),
        "insert into hendelse (slag) values ('konto')".into(),
        "insert into hendelse (slag) values ('loggpause')".into(),
        format!("insert into oppslag (mote_id, person_id) values ('{}', '{andre}')", id("0a", "0c", 1)),
    ] {
        assert_eq!(som_web(&app, 1, &sql).await.as_deref(), NEI, "{sql}");
    }
    // What a caller may say is written in their own name, now, and behind what is there.
    let slutt = app.loggslutt().await;
    assert_eq!(som_web(&app, 1, "insert into hendelse (slag, tabell) values ('eksport', 'mote')").await, None);
    let ny = app.logg(slutt, "true").await;
    assert_eq!((ny.len(), ny[0].lopenr, ny[0].person_id), (1, slutt + 1, Some(id("0a", "05", 1))));
    let sql = "select now() - max(tid) < interval '1 minute' and bool_or(av = 'samhandling_web') from hendelse where slag = 'eksport'";
    assert!(sqlx::query(sql).fetch_one(&app.eier).await.unwrap().get::<bool, _>(0));
}

#[sqlx::test]
async fn a_reader_is_noted_only_where_the_mote_is_open_to_them(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let slutt = app.loggslutt().await;
    let inn = |nr| format!("insert into oppslag (mote_id) values ('{}')", id("0a", "0c", nr));
    assert_eq!(som_web(&app, 11, &inn(1)).await.as_deref(), NEI, "another team's leader");
    assert_eq!(som_web(&app, 1, &inn(1)).await, None);
    let slippes = format!("select slipp_inn('{}'); select slipp_inn('{}')", id("0a", "0c", 2), id("0a", "0c", 5));
    assert_eq!(som_web(&app, 1, &slippes).await, None, "twice, and one that is not open");
    assert_eq!(som_web(&app, 1, &slippes).await, None);
    let lest: Vec<_> = app.logg(slutt, "slag = 'lest'").await.into_iter().map(|h| h.mote_id).collect();
    assert_eq!(lest, [Some(id("0a", "0c", 1)), Some(id("0a", "0c", 2))]);
}

/// How many events each sees, of how many.
async fn synlig(app: &TestApp, region: &str, nr: u32) -> (i64, i64) {
    let sql = "select count(*), count(*) filter (where person_id is distinct from gjeldende_person() and mote_id is null) from hendelse";
    let rader = app.web_unotert(region, nr, sql).await.unwrap();
    (rader[0].get(0), rader[0].get(1))
}

#[sqlx::test]
async fn one_sees_ones_own_those_of_a_mote_what_is_done_in_it_and_the_administrator_all(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let mote = format!("/moter/{}", id("0a", "0c", 1));
    for nr in [1, 2, 8] {
        app.som("0a", nr).get(&mote).await;
    }
    let alle: i64 = sqlx::query_scalar("select count(*) from hendelse where region_id = $1")
        .bind(id("0a", "00", 1))
        .fetch_one(&app.eier)
        .await
        .unwrap();
    assert_eq!(synlig(&app, "0a", 10).await.0, alle);
    let (rektor, andres) = synlig(&app, "0a", 1).await;
    assert!(rektor > 1 && rektor < alle && andres == 0, "{rektor} {andres}");
    // The kommunedirektør was refused, which is their own; nothing else is.
    let direktor = synlig(&app, "0a", 8).await;
    assert_eq!(direktor.1, 0);
    assert!(direktor.0 < rektor, "{direktor:?} {rektor}");
}

#[sqlx::test]
async fn a_mote_is_open_to_those_whose_page_it_is_and_to_nobody_else(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    // One is locked from inside, and an administrator has broken the glass of another.
    let sql = "update mote set last_innenfra = true where id = '{1}';
               set session_replication_role = replica;
               insert into brutt_glass (region_id, id, mote_id, grunn, status, bedt_av, bedt, avgjort_av, avgjort, utloper)
               select '{region}', gen_random_uuid(), m, 'Hjelp', 'apent', '{admin}', t, '{annen}', t, t + interval '2 hours'
                 from (values (uuid '{1}'), (uuid '{3}')) x (m), (values (timestamptz '2026-11-18 09:30Z')) y (t);
               set session_replication_role = origin";
    let bytt = [
        ("{1}", id("0a", "0c", 1)),
        ("{3}", id("0a", "0c", 3)),
        ("{region}", id("0a", "00", 1)),
        ("{admin}", id("0a", "05", 10)),
        ("{annen}", id("0a", "05", 9)),
    ];
    eier(&app, &bytt.iter().fold(sql.to_owned(), |sql, (her, id)| sql.replace(her, &id.to_string()))).await;
    let alle: Vec<uuid::Uuid> = sqlx::query_scalar("select id from mote where region_id = $1 order by id")
        .bind(id("0a", "00", 1))
        .fetch_all(&app.eier)
        .await
        .unwrap();
    let (mut apne, mut stengt) = (0, 0);
    for nr in 1..=14 {
        for mote in &alle {
            let sql = format!("select set_config('app.na', '1794996000', true); select apner_mote('{mote}')");
            let i_basen: bool = app.web_unotert("0a", nr, &sql).await.unwrap()[1].get(0);
            let side = app.som("0a", nr).get(&format!("/moter/{mote}")).await.status == StatusCode::OK;
            assert_eq!(i_basen, side, "{nr} {mote}");
            *if side { &mut apne } else { &mut stengt } += 1;
        }
    }
    assert!(apne > 10 && stengt > 10, "{apne} {stengt}");
}
