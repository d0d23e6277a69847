//! Our own Postgres: made once, shared, stopped by the last one out, and mended after a kill.
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use samhandling::db::{
    embedded::Klynge,
    roller::{DATABASE, EIER, WEB},
};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

/// A folder of its own for one test, gone afterwards.
struct Mappe(PathBuf);

impl Mappe {
    fn ny(navn: &str) -> Self {
        let mappe = env::temp_dir().join(format!("samhandling-{navn}-{}", std::process::id()));
        fs::create_dir_all(&mappe).unwrap();
        Self(mappe)
    }

    fn innhold(&self) -> Vec<PathBuf> {
        fs::read_dir(&self.0).unwrap().map(|f| f.unwrap().path()).collect()
    }
}

impl Drop for Mappe {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn start(mappe: &Path) -> Klynge {
    Klynge::start(mappe, &|_| ()).await.unwrap()
}

async fn sporr(som: &PgConnectOptions, sql: &'static str) -> sqlx::Result<i32> {
    let mut db = PgConnection::connect_with(som).await?;
    let svar = sqlx::query_scalar(sql).fetch_one(&mut db).await;
    db.close().await?;
    svar
}

#[tokio::test]
async fn the_last_one_out_stops_it_and_a_kill_loses_nothing() {
    let mappe = Mappe::ny("klynge");
    let data = mappe.0.join("postgres");
    let (forste, andre) = (start(&data).await, start(&data).await);
    let eier = forste.forbindelse(EIER, DATABASE);
    assert!(!forste.slipp().unwrap(), "the other one still uses it");
    let web = andre.forbindelse(WEB, DATABASE);
    assert_eq!(sporr(&web, "select 1").await.unwrap(), 1);

    let mut db = PgConnection::connect_with(&eier).await.unwrap();
    sqlx::query("create table skrevet as select 7 as tall").execute(&mut db).await.unwrap();
    let pid = fs::read_to_string(data.join("postmaster.pid")).unwrap().lines().next().unwrap().to_owned();
    assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
    let tredje = start(&data).await;
    assert_eq!(sporr(&tredje.forbindelse(EIER, DATABASE), "select tall from skrevet").await.unwrap(), 7);

    assert!(!andre.slipp().unwrap());
    assert!(tredje.slipp().unwrap(), "nobody else uses it");
    assert!(sporr(&web, "select 1").await.is_err(), "it is stopped");
}

#[tokio::test]
async fn nobody_reaches_it_but_through_the_owners_folder() {
    let mappe = Mappe::ny("alene");
    let klynge = Klynge::midlertidig(&mappe.0, &|_| ()).await.unwrap();
    let sjef = klynge.forbindelse("postgres", "postgres");
    let porter = "select count(*)::int from pg_settings where name = 'listen_addresses' and setting <> ''";
    assert_eq!(sporr(&sjef, porter).await.unwrap(), 0);
    assert!(klynge.slipp().unwrap());
}

#[tokio::test]
async fn a_throw_away_leaves_nothing_and_clears_what_a_killed_one_left() {
    let mappe = Mappe::ny("midlertidig");
    let drept = mappe.0.join("midlertidig-1");
    fs::create_dir_all(drept.join("base")).unwrap();
    fs::write(mappe.0.join("midlertidig-1.lock"), "").unwrap();
    let klynge = Klynge::midlertidig(&mappe.0, &|_| ()).await.unwrap();
    assert!(!drept.exists());
    assert_eq!(sporr(&klynge.forbindelse(WEB, DATABASE), "select 1").await.unwrap(), 1);
    assert!(klynge.slipp().unwrap());
    assert_eq!(mappe.innhold(), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_long_path_still_has_room_for_the_socket() {
    let mappe = Mappe::ny("lang");
    let klynge = Klynge::midlertidig(&mappe.0.join("en-mappe-med-langt-navn".repeat(4)), &|_| ()).await.unwrap();
    let adresse: PgConnectOptions = klynge.adresse(EIER, DATABASE).parse().unwrap();
    assert_eq!(sporr(&adresse, "select 1").await.unwrap(), 1);
    assert!(klynge.slipp().unwrap());
}
