//! Every SQL text in the program: asked of the real database, and of the house.
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, SqlSafeStr,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{biter, ingen};
use crate::kilde::{self, Kilde, Ord};

/// The tables of accounts and sessions, which only `auth` reads and writes; the demo and the commands fill them.
const KONTOER: [&str; 7] =
    ["bruker", "okt", "innloggingsforsok", "totrinn", "gjenopprettingskode", "halv_okt", "engangslenke"];
const KONTOER_FOR: [&str; 3] = ["auth", "demo", "kommando"];
/// SQL that the owner of the database runs, not the web role.
const EIERENS: [&str; 5] =
    ["src/db/roller.rs", "src/db/embedded", "src/demo", "src/hendelse/verifisering.rs", "src/kommando/bruker.rs"];

/// The SQL of a file: what is handed to sqlx, and every other text that begins like a statement.
fn sql(k: &Kilde) -> Vec<String> {
    let mut alle: Vec<String> = Vec::new();
    let mut i = 0;
    while i < k.ord.len() {
        let (tekst, etter) = sammensatt(&k.ord, i);
        i = etter;
        if let Some(tekst) = tekst
            && (ser_ut_som_sql(&tekst) || alle_til_sqlx(&k.ord, i))
        {
            alle.push(tekst);
        }
    }
    alle
}

/// A text, or the texts of a `concat!`, and where to go on.
fn sammensatt(ord: &[Ord], i: usize) -> (Option<String>, usize) {
    if ord[i].er("concat") && ord.get(i + 1) == Some(&Ord::Tegn('!')) {
        let slutt = kilde::parentes(ord, i + 2);
        return (Some(ord[i..slutt].iter().filter_map(Ord::tekst).collect()), slutt);
    }
    (ord[i].tekst().map(str::to_owned), i + 1)
}

fn ser_ut_som_sql(tekst: &str) -> bool {
    let mut ord = tekst.split_whitespace();
    let forste = ord.next().unwrap_or_default();
    match forste {
        "select" | "with" => ord.next().is_some(),
        "insert" => ord.next() == Some("into"),
        "delete" => ord.next() == Some("from"),
        "update" => tekst.contains(" set "),
        _ => false,
    }
}

/// Whether the text that ends before `i` is the first argument of one of sqlx's functions.
fn alle_til_sqlx(ord: &[Ord], i: usize) -> bool {
    let foran = |n: usize| i.checked_sub(n).and_then(|i| ord.get(i));
    foran(2) == Some(&Ord::Tegn('('))
        && foran(3).and_then(Ord::navn).is_some_and(|f| ["query", "query_as", "query_scalar"].contains(&f))
}

/// SQL put together while the program runs: sqlx takes it only by this name.
fn satt_sammen(k: &Kilde) -> Vec<String> {
    let funn = k.ord.iter().any(|o| o.er("AssertSqlSafe") || o.er("QueryBuilder"));
    funn.then(|| format!("{} setter sammen SQL", k.sti)).into_iter().collect()
}

/// Words of SQL, letters and underscores only.
fn ordene(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|t: char| !(t.is_alphanumeric() || t == '_')).filter(|o| !o.is_empty())
}

fn kontoer(k: &Kilde) -> Vec<String> {
    if KONTOER_FOR.contains(&k.rom()) {
        return Vec::new();
    }
    let mut funn = Vec::new();
    for sql in sql(k) {
        let mut forrige = "";
        for ord in ordene(&sql) {
            if KONTOER.contains(&ord) && ["from", "join", "into", "update", "using"].contains(&forrige) {
                funn.push(format!("{} bruker tabellen {ord}", k.sti));
            }
            forrige = ord;
        }
    }
    funn
}

/// SQL that says which region: only the transaction may, the session that remembers it, and the owner who founds one.
fn sier_region(k: &Kilde) -> Vec<String> {
    if ["auth", "demo", "kommando"].contains(&k.rom()) {
        return Vec::new();
    }
    let sql = sql(k).into_iter().map(|s| s.split_whitespace().collect::<String>());
    let region = sql.filter(|s| {
        ["region_id=$", "region_id='", "region_id=any($", "set_config('app", "setlocalapp"]
            .iter()
            .any(|d| s.contains(d))
    });
    region.map(|s| format!("{}: {s}", k.sti)).collect()
}

fn store_bokstaver(k: &Kilde) -> Vec<String> {
    let stort = |s: &String| {
        ordene(s).any(|o| ["SELECT", "FROM", "WHERE", "INSERT", "UPDATE", "DELETE", "JOIN", "AND"].contains(&o))
    };
    sql(k).into_iter().filter(stort).map(|s| format!("{}: {s}", k.sti)).collect()
}

/// Prepares a statement and lets Postgres plan it: it knows every name, and the web role may do it.
async fn prov(db: &mut PgConnection, sql: &str) -> Result<(), sqlx::Error> {
    let antall =
        sql.split('$').skip(1).filter_map(|s| s.split(|t: char| !t.is_ascii_digit()).next()?.parse().ok()).max();
    let verdier = vec!["null"; antall.unwrap_or(0)].join(", ");
    let verdier = if verdier.is_empty() { verdier } else { format!("({verdier})") };
    let alt = format!("{INNE}; prepare prov as {sql}; explain execute prov{verdier}; deallocate prov; commit");
    let svar = db.execute(AssertSqlSafe(alt).into_sql_str()).await.map(drop);
    db.execute("rollback; deallocate all").await?;
    svar
}

/// In a region, as a page is.
const INNE: &str = "begin; set local app.region = '00000000-0000-0000-0000-000000000000';
    set local app.bruker = '00000000-0000-0000-0000-000000000000';
    set local app.person = '00000000-0000-0000-0000-000000000000'; set local app.rolle = 'teamleder';
    set local app.kommune = ''; set local app.enhet = ''; set local app.i_dag = '2026-11-18'";

#[sqlx::test]
async fn every_statement_of_the_program_is_one_the_web_role_may_run(_: PgPoolOptions, connect: PgConnectOptions) {
    let mut db = PgConnection::connect_with(&connect).await.unwrap();
    db.execute("set role samhandling_web").await.unwrap();
    let mut brudd = Vec::new();
    let mut antall = 0;
    for kilde in kilde::program().iter().filter(|k| !EIERENS.iter().any(|e| k.sti.starts_with(e))) {
        for sql in sql(kilde) {
            antall += 1;
            if let Err(feil) = prov(&mut db, &sql).await {
                brudd.push(format!("{}: {feil}\n    {sql}", kilde.sti));
            }
        }
    }
    assert!(antall > 10, "bare {antall} setninger funnet");
    ingen(&brudd, "SQL som databasen ikke godtar");
    for darlig in [
        "select navnet from person",
        "select 1 from person where navn = $1 and",
        "insert into region (id, navn) values ($1, $2)",
        "delete from mote where id = $1",
    ] {
        assert!(prov(&mut db, darlig).await.is_err(), "{darlig}");
    }
    prov(&mut db, "select navn from person where id = $1").await.unwrap();
}

#[test]
fn sql_is_a_text_that_can_be_read_and_names_no_region() {
    let alle = kilde::program();
    ingen(&alle.iter().flat_map(sier_region).collect::<Vec<_>>(), "ingen SQL sier hvilken region");
    ingen(&alle.iter().flat_map(store_bokstaver).collect::<Vec<_>>(), "SQL skrives med små bokstaver");
    let satt_sammen_her: Vec<String> =
        alle.iter().filter(|k| !SETTER_SAMMEN.contains(&k.sti.as_str())).flat_map(satt_sammen).collect();
    ingen(&satt_sammen_her, "SQL står som tekst i koden");
    let kilde = |sql: &str| Kilde::les("src/mote/db.rs", &format!("fn f() {{ sqlx::query(\"{sql}\") }}"));
    biter(&sier_region(&kilde("select 1 from mote where region_id = $1")), "a region by value");
    biter(&store_bokstaver(&kilde("select navn FROM person")), "capitals");
    let darlig = "fn f() { sqlx::query(AssertSqlSafe(format!(\"select {x}\"))) }";
    biter(&satt_sammen(&Kilde::les("src/mote/db.rs", darlig)), "SQL put together");
}

/// Where a transaction begins: three ids and a date of ours go into the text.
const SETTER_SAMMEN: [&str; 1] = ["src/db/mod.rs"];

#[test]
fn only_auth_knows_accounts_and_sessions() {
    ingen(&kilde::program().iter().flat_map(kontoer).collect::<Vec<_>>(), "kontoer og økter hører til auth");
    let darlig = r#"fn f() { sqlx::query("select p.navn from person p join bruker b on b.id = p.bruker_id") }"#;
    biter(&kontoer(&Kilde::les("src/person/db.rs", darlig)), "a room that reads accounts");
}
