//! Who sees which rows inside a region: SQL as the web role, through somebody's eyes, gives what their pages show, and nothing more.
use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use sqlx::{
    AssertSqlSafe, Executor, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    TestApp, id,
    personer::PERSONER,
    ruter::{Krav, RUTER},
};

/// What people write, table by table: a column that holds it.
const TEKSTER: [(&str, &str); 13] = [
    ("moteelement", "notat"),
    ("beslutning", "tekst"),
    ("motedeltaker", "vara_navn"),
    ("medvirkning", "begrunnelse"),
    ("kompetanseheving", "tema"),
    ("referat_versjon", "grunn"),
    ("referat_tekst", "tekst"),
    ("referat_lesing", "merknad"),
    ("sladding", "grunn"),
    ("sak", "tittel"),
    ("tiltak", "hva"),
    ("tiltak_evaluering", "notat"),
    ("bistandsforesporsel", "overskrift"),
];

/// Gives every row of region 0a a word of its own in that column: «ord sak 7 dro».
async fn merk(app: &TestApp) {
    let begynn = format!("set session_replication_role = replica; set app.region = '{}';", id("0a", "00", 1));
    let merk = TEKSTER.map(|(tabell, kolonne)| {
        let naar = if tabell == "motedeltaker" { "and oppmote = 'vara'" } else { "" };
        format!(
            "with nr as (select ctid as her, row_number() over () as nr from {tabell} where region_id = gjeldende_region() {naar})
             update {tabell} set {kolonne} = 'ord{tabell}' || nr.nr || 'drops' from nr where {tabell}.ctid = nr.her;"
        )
    });
    let sql = begynn + &merk.concat() + "set session_replication_role = origin";
    app.eier.execute(AssertSqlSafe(sql)).await.unwrap();
}

/// The marked words in a text.
fn ordene(tekst: &str) -> impl Iterator<Item = &str> {
    tekst
        .split(|t: char| !t.is_ascii_alphanumeric() && t != '_')
        .filter(|o| o.starts_with("ord") && o.ends_with("drops"))
}

/// Every page of the house as it stands in the table of routes, with each row of its kind in turn.
async fn alle_sider(app: &TestApp) -> Vec<String> {
    let ider = |tabell: &'static str| async move {
        let sql = format!("select id::text from {tabell} where region_id = '{}'", id("0a", "00", 1));
        sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).fetch_all(&app.eier).await.unwrap()
    };
    let rader: BTreeMap<&str, Vec<String>> = BTreeMap::from([
        ("moter", ider("mote").await),
        ("team", ider("forum").await),
        ("tiltak", ider("tiltak").await),
        ("saker", ider("sak").await),
        ("bistand", ider("bistandsforesporsel").await),
    ]);
    let mut sider = BTreeSet::new();
    for rute in RUTER.iter().filter(|r| r.metode == Method::GET && !matches!(r.krav, Krav::Alle)) {
        let sti = rute.her("0a");
        if sti.ends_with("/direkte") || sti.contains(".pdf") {
            continue;
        }
        let deler: Vec<&str> = sti.split('/').collect();
        for ny in rader.get(deler[1]).into_iter().flatten() {
            if deler.len() > 2 {
                sider.insert([&deler[..2], &[ny.as_str()], &deler[3..]].concat().join("/"));
            }
        }
        sider.insert(sti);
    }
    sider.into_iter().collect()
}

#[sqlx::test]
async fn sql_shows_each_what_their_pages_show(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    merk(&app).await;
    let sider = alle_sider(&app).await;
    let (mut for_mye, mut for_lite, mut antall) = (Vec::new(), Vec::new(), 0);
    for (nr, person) in (1..).zip(&PERSONER) {
        let mut pa_sidene: BTreeMap<String, String> = BTreeMap::new();
        for sti in &sider {
            let side = app.som("0a", nr).get(sti).await;
            assert!(!side.status.is_server_error(), "{sti} som {nr}: {}", side.html);
            if side.status == StatusCode::OK {
                for ord in ordene(&side.html) {
                    pa_sidene.entry(ord.to_owned()).or_insert_with(|| sti.clone());
                }
            }
        }
        let mut i_basen = BTreeSet::new();
        for (tabell, kolonne) in TEKSTER {
            let rader = app.web_rader("0a", nr, &format!("select {kolonne}::text from {tabell}")).await.unwrap();
            let tekster: Vec<String> = rader.iter().filter_map(|r| r.get::<Option<String>, _>(0)).collect();
            i_basen.extend(tekster.iter().flat_map(|t| ordene(t)).map(ToOwned::to_owned));
        }
        antall += i_basen.len();
        let type_ = person.type_.slug();
        for_mye.extend(i_basen.iter().filter(|o| !pa_sidene.contains_key(*o)).map(|o| format!("{nr} {type_}: {o}")));
        for_lite.extend(
            pa_sidene.iter().filter(|(o, _)| !i_basen.contains(*o)).map(|(o, s)| format!("{nr} {type_}: {o} på {s}")),
        );
    }
    assert!(antall > 100, "{antall} ord");
    assert!(for_lite.is_empty(), "på en side, men ikke i basen:\n  {}", for_lite.join("\n  "));
    assert!(for_mye.is_empty(), "i basen, men ikke på noen side:\n  {}", for_mye.join("\n  "));
}
