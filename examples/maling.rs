//! Measures what a page costs: Hjem, a møte and oversikt beside bare handlers, in one run. `script/bench` starts it.
//!
//! A bare møte runs the very statements that the page ran (heard from the driver's own log) on a pooled connection and
//! answers the very bytes of the page: what is left of the difference is ours.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on has failed, and speaks to the terminal"
)]

use std::{
    fmt::Write as _,
    io,
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use http_body_util::BodyExt;
use samhandling::{App, Config, config::Database, db};
use sha2::Digest;
use sqlx::{
    AssertSqlSafe, Either, Executor, PgPool, SqlSafeStr, TypeInfo,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::OffsetDateTime;
use tokio::{net::TcpListener, process::Command};
use tower::ServiceExt;
use tracing::field::{Field, Visit};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
};
use uuid::Uuid;

/// Seconds each measurement lasts, and how long a page is warmed up before: each connection plans a statement anew the
/// first five times.
const VARIGHET: u32 = 10;
const OPPVARMING: u32 = 3;
/// Connections to the database: what a server of two cores takes.
const POOL: u32 = 4;
/// The last measurement: the same page when only the region is fenced.
const UTEN: &str = "Møte uten policyene på person";
const KAPPLOP: [u32; 3] = [1, 8, 32];
/// What `db::Db::read` sends for the leader of `maling.sql`.
const BEGIN: &str = "
    select format('begin isolation level repeatable read, read only; set local app.region = %L; set local app.bruker = %L; \
                   set local app.person = %L; set local app.rolle = %L; set local app.kommune = %L; set local app.enhet = %L; \
                   set local app.i_dag = %L; set local app.na = %L',
                  '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000b1', md5('person1')::uuid, 'teamleder', '',
                  md5('enhet1')::uuid, current_date, extract(epoch from now())::bigint)";
/// The floor of a region stays, the one inside it goes: what the policies by person cost is the difference.
const UTEN_HVEM: &str = "
    do $$
    declare p record;
    begin
        for p in select polrelid::regclass as tabell from pg_policy where polname = 'hvem' loop
            execute format('drop policy hvem on %s', p.tabell);
        end loop;
    end $$";

#[tokio::main]
async fn main() {
    // One line a request is written, as in service, but nobody reads it.
    tracing_subscriber::fmt().with_env_filter("warn,samhandling=info").with_writer(io::sink).init();
    let (eier, web) = database().await;
    let mote: Uuid = sqlx::query_scalar("select md5('mote1-2')::uuid").fetch_one(&web).await.unwrap();
    let app = App::new(web.clone(), Arc::new(config()));
    let sider =
        [("Hjem", "/".to_owned(), 1), ("Møte", format!("/moter/{mote}"), 1), ("Oversikt", "/oversikt".to_owned(), 2)];

    let mut router = Router::new().route("/_konstant", get(async || "ok")).route(
        "/_select1",
        get({
            let web = web.clone();
            async move || sqlx::query("select 1").execute(&web).await.map(|_| "ok").map_err(|e| e.to_string())
        }),
    );
    for (navn, sti, bruker) in &sider {
        let (bytes, setninger) = lytt(&app, sti, *bruker).await;
        println!("{navn}: {} byte, {} SQL-setninger", bytes.len(), setninger.len());
        if *navn == "Møte" {
            let bar = Arc::new(Bar::ny(&web, setninger, bytes, mote).await);
            bar.kjor().await.unwrap();
            router = router.route("/_bar", get(async move || bar.svar().await));
        }
    }
    let router = router.merge(samhandling::router(app));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let adresse = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });

    let mut malinger = vec![
        ("Konstant svar".to_owned(), "/_konstant".to_owned(), 1),
        ("`select 1`".to_owned(), "/_select1".to_owned(), 1),
    ];
    malinger.push(("Møte, bar: samme SQL, samme byte".to_owned(), "/_bar".to_owned(), 1));
    malinger.extend(sider.into_iter().map(|(navn, sti, bruker)| (format!("**{navn}**"), sti, bruker)));
    println!(
        "\n| Hva som svarer | req/s, 1 | p50 / p99 ms | req/s, 8 | p50 / p99 ms | req/s, 32 | p50 / p99 ms |\n|---|---|---|---|---|---|---|"
    );
    malinger.push((UTEN.to_owned(), format!("/moter/{mote}"), 1));
    for (navn, sti, bruker) in malinger {
        if navn == UTEN {
            eier.execute(UTEN_HVEM).await.unwrap();
        }
        let mut rad = format!("| {navn} |");
        wrk(&format!("{adresse}{sti}"), 8, bruker, OPPVARMING).await;
        for samtidige in KAPPLOP {
            let [per_sekund, p50, p99] = wrk(&format!("{adresse}{sti}"), samtidige, bruker, VARIGHET).await;
            let _ = write!(rad, " {per_sekund:.0} | {p50:.1} / {p99:.1} |");
        }
        println!("{rad}");
    }
    println!("\nMinne etter målingen: {:.0} MB", minne().await);
}

fn config() -> Config {
    Config {
        port: 0,
        adresse: IpAddr::from([127, 0, 0, 1]),
        database: Database::Innebygd(PathBuf::new()),
        demo: false,
        krev_totrinn: false,
        nokkel: None,
        tls: false,
        stol_pa_proxy: false,
        logg_nokkel: None,
        json_logg: false,
        pool: POOL,
    }
}

/// A database of its own with ten years of one region: its owner, and the web role.
async fn database() -> (PgPool, PgPool) {
    let sjef: PgConnectOptions =
        std::env::var("DATABASE_URL").expect("script/bench setter DATABASE_URL").parse().unwrap();
    let eier = PgPool::connect_with(sjef.clone()).await.unwrap();
    for setning in ["drop database if exists maling", "create database maling"] {
        eier.execute(setning).await.unwrap();
    }
    let her = sjef.database("maling");
    db::migrering::migrer(&her).await.unwrap();
    let eier = PgPool::connect_with(her.clone()).await.unwrap();
    eier.execute(include_str!("maling.sql")).await.unwrap();
    // What Postgres would otherwise tidy up after the load in the middle of the measurement.
    for setning in ["vacuum analyze", "checkpoint"] {
        eier.execute(setning).await.unwrap();
    }
    let web = PgPoolOptions::new()
        .max_connections(POOL)
        .after_connect(|c, _| Box::pin(async move { c.execute("set role samhandling_web").await.map(drop) }))
        .connect_with(her)
        .await
        .unwrap();
    (eier, web)
}

fn kapsel(bruker: u32) -> String {
    format!("okt=maling{bruker}")
}

/// Asks for a page (after a first time that warms the caches), and hears which statements it runs.
async fn lytt(app: &App, sti: &str, bruker: u32) -> (Bytes, Vec<String>) {
    let hort = Arc::new(Mutex::new(Vec::new()));
    let lytter = tracing_subscriber::registry().with(Lytter(hort.clone()));
    let _her = tracing::subscriber::set_default(lytter);
    let mut bytes = Bytes::new();
    for _ in 0..2 {
        hort.lock().unwrap().clear();
        let request = Request::get(sti).header(header::COOKIE, kapsel(bruker)).body(Body::empty()).unwrap();
        let response = samhandling::router(app.clone()).oneshot(request).await.unwrap();
        assert!(response.status().is_success(), "{sti}: {}", response.status());
        bytes = response.into_body().collect().await.unwrap().to_bytes();
    }
    let setninger = hort.lock().unwrap().clone();
    (bytes, setninger)
}

/// What the møte's page does, without the page: its statements on one connection, and its bytes.
struct Bar {
    web: PgPool,
    /// The message that opens the page's transaction; the log says only `begin`.
    begin: String,
    setninger: Vec<(String, Vec<String>)>,
    bytes: Bytes,
    mote: Uuid,
}

#[expect(clippy::disallowed_methods, reason = "a bare handler is measured for what the house costs")]
impl Bar {
    async fn ny(web: &PgPool, setninger: Vec<String>, bytes: Bytes, mote: Uuid) -> Self {
        let begin: String = sqlx::query_scalar(BEGIN).fetch_one(web).await.unwrap();
        let mut kobling = web.acquire().await.unwrap();
        kobling.execute(AssertSqlSafe(begin.as_str())).await.unwrap();
        let mut med_typer = Vec::new();
        for sql in setninger {
            let beskrevet = kobling.describe(AssertSqlSafe(sql.clone()).into_sql_str()).await.unwrap();
            let typer = beskrevet.parameters().and_then(Either::left).unwrap_or_default();
            med_typer.push((sql, typer.iter().map(|t| t.name().to_owned()).collect()));
        }
        kobling.execute("rollback").await.unwrap();
        Self { web: web.clone(), begin, setninger: med_typer, bytes, mote }
    }

    async fn svar(&self) -> Response {
        match self.kjor().await {
            Ok(()) => Html(self.bytes.clone()).into_response(),
            Err(feil) => (StatusCode::INTERNAL_SERVER_ERROR, feil.to_string()).into_response(),
        }
    }

    async fn kjor(&self) -> Result<(), sqlx::Error> {
        let mut kobling = self.web.acquire().await?;
        for (sql, typer) in &self.setninger {
            if sql == "begin" {
                kobling.execute(AssertSqlSafe(self.begin.as_str())).await?;
                continue;
            }
            let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
            for type_ in typer {
                query = match type_.as_str() {
                    "BOOL" => query.bind(true),
                    "UUID" => query.bind(self.mote),
                    "BYTEA" => query.bind(sha2::Sha256::digest(b"maling1").to_vec()),
                    "TIMESTAMPTZ" => query.bind(OffsetDateTime::now_utc()),
                    "DATE" => query.bind(OffsetDateTime::now_utc().date()),
                    annet => panic!("ingen verdi for {annet} i {sql}"),
                };
            }
            query.fetch_all(&mut *kobling).await?;
        }
        kobling.execute("rollback").await?;
        Ok(())
    }
}

/// Requests a second and the p50 and p99 in ms, with so many connections at once.
async fn wrk(adresse: &str, samtidige: u32, bruker: u32, sekunder: u32) -> [f64; 3] {
    let traader = samtidige.min(2);
    let svar = Command::new("wrk")
        .args([format!("-t{traader}"), format!("-c{samtidige}"), format!("-d{sekunder}s"), "--latency".into()])
        .args(["-H", &format!("Cookie: {}", kapsel(bruker)), adresse])
        .output()
        .await
        .expect("wrk finnes ikke");
    let tekst = String::from_utf8_lossy(&svar.stdout).into_owned();
    assert!(!tekst.contains("Non-2xx"), "{adresse}: {tekst}");
    let etter = |navn: &str| {
        let linje =
            tekst.lines().find_map(|l| l.trim().strip_prefix(navn)).unwrap_or_else(|| panic!("{navn}: {tekst}"));
        let verdi = linje.trim();
        let tall: f64 = verdi.trim_end_matches(char::is_alphabetic).parse().unwrap();
        match verdi.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.') {
            "us" => tall / 1000.0,
            "s" => tall * 1000.0,
            _ => tall,
        }
    };
    [etter("Requests/sec:"), etter("50%"), etter("99%")]
}

/// Resident memory of this process, in MB.
async fn minne() -> f64 {
    let svar = Command::new("ps").args(["-o", "rss=", "-p", &std::process::id().to_string()]).output().await.unwrap();
    String::from_utf8_lossy(&svar.stdout).trim().parse::<f64>().unwrap() / 1024.0
}

/// Hears the driver's own log of statements.
struct Lytter(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> Layer<S> for Lytter {
    fn enabled(&self, om: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        om.target() == "sqlx::query"
    }

    fn on_event(&self, hendelse: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut setning = Setning::default();
        hendelse.record(&mut setning);
        let hele = if setning.hele.trim().is_empty() { setning.kort } else { setning.hele };
        self.0.lock().unwrap().push(hele.trim().to_owned());
    }
}

/// A statement as the log tells it: short ones in `summary`, long ones whole in `db.statement`.
#[derive(Default)]
struct Setning {
    kort: String,
    hele: String,
}

impl Visit for Setning {
    fn record_str(&mut self, felt: &Field, verdi: &str) {
        match felt.name() {
            "summary" => verdi.clone_into(&mut self.kort),
            "db.statement" => verdi.clone_into(&mut self.hele),
            _ => {}
        }
    }

    fn record_debug(&mut self, felt: &Field, verdi: &dyn std::fmt::Debug) {
        self.record_str(felt, &format!("{verdi:?}"));
    }
}
