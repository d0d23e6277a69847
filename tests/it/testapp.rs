//! The house as a test meets it: actors that go through the public door, over two regions of the same making.
use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    sync::{Arc, Mutex},
};

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header, request::Builder},
    response::Response,
};
use http_body_util::BodyExt;
use samhandling::{App, Config, auth::Nokkel, config::Database};
use scraper::{ElementRef, Html, Selector};
use sqlx::{
    AssertSqlSafe, Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions, PgRow},
};
use time::{OffsetDateTime, macros::datetime};
use tower::ServiceExt;
use uuid::Uuid;

/// The id of row `nr` of a kind in a region, as in `fixtures/to_regioner.sql`. Kinds: 01 kommune, 02 tjeneste,
/// 03 enhet, 04 bruker, 05 person, 06 rolle, 07 regelsett, 08 motemal, 09 its elements, 0a forum, 0b its members,
/// 0c møte, 0d element (møte × 10 + plass), 0e motedeltaker (møte × 10 + number); 0f, 10 and 21 are
/// in `fixtures/eksempler.sql`.
pub(crate) fn id(region: &str, kind: &str, nr: u32) -> Uuid {
    format!("00000000-0000-0000-{region}{kind}-{nr:012}").parse().unwrap()
}

#[derive(Clone)]
pub(crate) struct TestApp {
    router: axum::Router,
    /// The server behind the door.
    hus: App,
    klokke: Arc<Mutex<OffsetDateTime>>,
    /// The owner's own connection, which looks past nothing but may read what the web role may not.
    pub(crate) eier: PgPool,
}

/// Somebody signed in, or a stranger.
#[derive(Clone)]
pub(crate) struct Aktor {
    app: TestApp,
    kapsel: Option<String>,
}

/// What came back.
pub(crate) struct Side {
    pub(crate) sti: String,
    pub(crate) status: StatusCode,
    pub(crate) sted: Option<String>,
    pub(crate) kapsler: Vec<String>,
    pub(crate) html: String,
}

impl TestApp {
    /// Two regions, the web role, and the clock at Wednesday 18 November 2026, 11.00 in Oslo.
    pub(crate) async fn start(pool: PgPoolOptions, connect: PgConnectOptions) -> Self {
        Self::start_med(pool, connect, config()).await
    }

    /// The same with other settings.
    pub(crate) async fn start_med(pool: PgPoolOptions, connect: PgConnectOptions, config: Config) -> Self {
        let eier = PgPoolOptions::new().max_connections(2).connect_with(connect.clone()).await.unwrap();
        eier.execute(include_str!("fixtures/to_regioner.sql")).await.unwrap();
        eier.execute(include_str!("fixtures/bekreftet.sql")).await.unwrap();
        Self::over(eier, pool, connect, config).await
    }

    /// The house over a database that somebody has filled, at the same hour.
    pub(crate) async fn over(eier: PgPool, pool: PgPoolOptions, connect: PgConnectOptions, config: Config) -> Self {
        Self::med_klokke(eier, pool, connect, config, Arc::new(Mutex::new(datetime!(2026-11-18 10:00 UTC)))).await
    }

    /// The same house on a runtime of its own, as a server that starts again would have it: nothing lives on but the clock.
    pub(crate) async fn igjen(&self, pool: PgPoolOptions, connect: PgConnectOptions) -> Self {
        Self::med_klokke(self.eier.clone(), pool, connect, config(), self.klokke.clone()).await
    }

    async fn med_klokke(
        eier: PgPool,
        pool: PgPoolOptions,
        connect: PgConnectOptions,
        config: Config,
        klokke: Arc<Mutex<OffsetDateTime>>,
    ) -> Self {
        // The tests' own connection owns the tables and so looks past row security: the app must not use it.
        let web = pool
            .max_connections(5)
            .after_connect(|c, _| Box::pin(async move { c.execute("set role samhandling_web").await.map(drop) }))
            .connect_with(connect)
            .await
            .unwrap();
        let tid = klokke.clone();
        let app = App::med_klokke(web, Arc::new(config), Arc::new(move || *tid.lock().unwrap()));
        Self { router: samhandling::router(app.clone()), hus: app, klokke, eier }
    }

    /// Empties the house and fills it again, examples too.
    pub(crate) async fn begynn_forfra(&self) {
        self.eier
            .execute(
                // As a replica's, deletes wake no trigger: neither the keys' nor the lock of a ferdigstilt møte.
                "do $$ declare t text; begin
                     perform set_config('session_replication_role', 'replica', true);
                     for t in select relname from pg_class
                               where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> '_sqlx_migrations' loop
                         execute format('delete from %I', t);
                     end loop;
                 end $$",
            )
            .await
            .unwrap();
        self.eier.execute(include_str!("fixtures/to_regioner.sql")).await.unwrap();
        self.eier.execute(include_str!("fixtures/bekreftet.sql")).await.unwrap();
        self.med_eksempler().await;
    }

    /// Adds the rows that the table of routes names and other tests would stumble in.
    pub(crate) async fn med_eksempler(&self) {
        self.eier.execute(include_str!("fixtures/eksempler.sql")).await.unwrap();
    }

    /// What the web role gets when it sends SQL itself as person `nr` of a region, noted as a reader of every møte that is open to them,
    /// since content is read by nobody else. Refused, nothing of it stays.
    pub(crate) async fn web_rader(&self, region: &str, nr: u32, sql: &str) -> Result<Vec<PgRow>, sqlx::Error> {
        let noter = "do $$ begin perform slipp_inn(m.id) from mote m; end $$";
        self.web_unotert(region, nr, &format!("{noter}; {sql}")).await
    }

    /// The same, and the log is told of nothing.
    pub(crate) async fn web_unotert(&self, region: &str, nr: u32, sql: &str) -> Result<Vec<PgRow>, sqlx::Error> {
        let inn = format!(
            "set local role samhandling_web; set local app.region = '{}'; select tre_inn('{}', '2026-11-18'); {sql}",
            id(region, "00", 1),
            id(region, "06", nr)
        );
        // The first row is that of `tre_inn`.
        Ok(sqlx::raw_sql(AssertSqlSafe(inn)).fetch_all(&self.eier).await?.split_off(1))
    }

    /// The code that the database refuses SQL of the web role with, as person `nr` of the first region.
    pub(crate) async fn web(&self, nr: u32, sql: &str) -> Option<String> {
        Some(kode(&self.web_rader("0a", nr, sql).await.err()?))
    }

    /// The house itself, for what the server does by the clock.
    pub(crate) fn app(&self) -> &App {
        &self.hus
    }

    /// The door that a real browser comes through.
    pub(crate) fn router(&self) -> axum::Router {
        self.router.clone()
    }

    pub(crate) fn still_klokka(&self, na: OffsetDateTime) {
        *self.klokke.lock().unwrap() = na;
    }

    /// Person `nr` of a region: 1 teamleder, 2 PPT, 3 helsesykepleier, 4 barnevern, 5 NAV (invitert), 6 kommunekoordinator,
    /// 7 kommunalsjef, 8 kommunedirektør, 9 regionkoordinator, 10 systemadministrator, 11 another teamleder,
    /// 12 kommunalsjef of the other kommune, 13 politiker, 14 statsforvalter.
    pub(crate) fn som(&self, region: &str, nr: u32) -> Aktor {
        Aktor { app: self.clone(), kapsel: Some(format!("okt=p{nr}@{region}.example")) }
    }

    pub(crate) fn fremmed(&self) -> Aktor {
        Aktor { app: self.clone(), kapsel: None }
    }
}

/// The database's own code of an error.
pub(crate) fn kode(feil: &sqlx::Error) -> String {
    feil.as_database_error().and_then(|e| e.code().map(Cow::into_owned)).unwrap_or_default()
}

/// Settings of a test: no demo, no TLS, a database that is never opened by them.
pub(crate) fn config() -> Config {
    Config {
        port: 0,
        adresse: IpAddr::V4(Ipv4Addr::LOCALHOST),
        database: Database::Innebygd(PathBuf::new()),
        demo: false,
        krev_totrinn: false,
        nokkel: Nokkel::les(&"5a".repeat(32)),
        tls: false,
        stol_pa_proxy: false,
        logg_nokkel: None,
        json_logg: false,
        pool: 5,
    }
}

impl Aktor {
    pub(crate) async fn get(&self, sti: &str) -> Side {
        self.send(Request::get(sti), Body::empty()).await
    }

    /// Sends a form to a path, whatever the page looks like.
    pub(crate) async fn post(&self, sti: &str, felter: &[(&str, &str)]) -> Side {
        let kropp = serde_html_form::to_string(felter).unwrap();
        let request = Request::post(sti).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, kropp.into()).await
    }

    /// Fills the form that `side` sends to `handling` and sends it with everything else the form holds (hidden fields,
    /// values already there). Fails when the page has no such form or the form no such field.
    pub(crate) async fn fyll(&self, side: &Side, handling: &str, felter: &[(&str, &str)]) -> Side {
        let mut alle = side.skjema(handling);
        for (navn, verdi) in felter {
            assert!(side.har_felt(handling, navn), "skjemaet til {handling} har ikke feltet {navn}: {}", side.html);
            alle.retain(|(n, _)| n != navn);
            alle.push(((*navn).to_owned(), (*verdi).to_owned()));
        }
        let par: Vec<(&str, &str)> = alle.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.post(handling, &par).await
    }

    /// Follows a redirect.
    pub(crate) async fn folg(&self, side: &Side) -> Side {
        let sted = side.sted.as_deref().unwrap_or_else(|| panic!("ingen omdirigering: {} {}", side.status, side.html));
        let flash = side.kapsler.iter().find(|k| k.starts_with("flash=")).and_then(|k| k.split(';').next());
        let request = match flash {
            Some(flash) => Request::get(sted).header(header::COOKIE, flash),
            None => Request::get(sted),
        };
        self.send(request, Body::empty()).await
    }

    pub(crate) async fn send(&self, request: Builder, kropp: Body) -> Side {
        let sti = request.uri_ref().unwrap().to_string();
        let response = self.svar(request, kropp).await;
        let status = response.status();
        let verdi = |navn| response.headers().get(navn).map(|v| v.to_str().unwrap().to_owned());
        let sted = verdi(header::LOCATION);
        let kapsler =
            response.headers().get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap().to_owned()).collect();
        // A stream has no end to wait for.
        let strom = verdi(header::CONTENT_TYPE).is_some_and(|type_| type_ == "text/event-stream");
        let body = if strom { Bytes::new() } else { response.into_body().collect().await.unwrap().to_bytes() };
        Side { sti, status, sted, kapsler, html: String::from_utf8_lossy(&body).into_owned() }
    }

    /// The answer as it comes, with its body still to be read.
    pub(crate) async fn svar(&self, request: Builder, kropp: Body) -> Response {
        let request = match &self.kapsel {
            Some(kapsel) => request.header(header::COOKIE, kapsel),
            None => request,
        };
        self.app.router.clone().oneshot(request.body(kropp).unwrap()).await.unwrap()
    }

    /// The same browser after it got a session cookie.
    pub(crate) fn med_kapsel(&self, side: &Side) -> Self {
        self.med_navngitt_kapsel(side, "okt=")
    }

    /// The same browser after it got this cookie.
    pub(crate) fn med_navngitt_kapsel(&self, side: &Side, navn: &str) -> Self {
        let kapsel = side.kapsler.iter().find(|k| k.starts_with(navn)).and_then(|k| k.split(';').next()).unwrap();
        Self { app: self.app.clone(), kapsel: Some(kapsel.to_owned()) }
    }
}

impl Side {
    /// Fails with the page unless it has this status.
    pub(crate) fn er(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.sti, self.html);
        self
    }

    /// Whether the page says this, white space folded.
    pub(crate) fn sier(&self, tekst: &str) -> bool {
        self.tekst().contains(tekst)
    }

    /// The page's words alone.
    pub(crate) fn tekst(&self) -> String {
        let html = Html::parse_document(&self.html);
        html.root_element().text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    }

    fn skjema(&self, handling: &str) -> Vec<(String, String)> {
        let html = Html::parse_document(&self.html);
        let skjema = Selector::parse("form").unwrap();
        let skjema = html
            .select(&skjema)
            .find(|f| f.value().attr("action") == Some(handling))
            .unwrap_or_else(|| panic!("ingen skjema til {handling} på {}: {}", self.sti, self.html));
        skjema
            .select(&Selector::parse("input[name], textarea[name], select[name]").unwrap())
            .filter_map(verdi)
            .collect()
    }

    fn har_felt(&self, handling: &str, navn: &str) -> bool {
        let html = Html::parse_document(&self.html);
        let felt = Selector::parse(&format!("[name='{navn}']")).unwrap();
        html.select(&Selector::parse("form").unwrap())
            .filter(|f| f.value().attr("action") == Some(handling))
            .any(|f| f.select(&felt).next().is_some())
    }
}

/// What a field would send as it stands: nothing for a box that is not ticked.
fn verdi(felt: ElementRef) -> Option<(String, String)> {
    let el = felt.value();
    let av = matches!(el.attr("type"), Some("checkbox" | "radio")) && el.attr("checked").is_none();
    let verdi = match el.name() {
        "textarea" => felt.text().collect::<String>().trim_start_matches('\n').to_owned(),
        "select" => {
            let valgt = felt.select(&Selector::parse("option[selected]").unwrap()).next();
            valgt.and_then(|o| o.value().attr("value")).unwrap_or_default().to_owned()
        }
        _ => el.attr("value").unwrap_or_default().to_owned(),
    };
    (!av).then(|| (el.attr("name").unwrap().to_owned(), verdi))
}
