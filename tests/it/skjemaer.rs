//! Every form on every page, sent once and sent fifty times at once, leaves the same house.
//!
//! The forms are those that the pages of the table of routes show, filled as they stand, with plausible words where they are empty.
//! What comes of one sending is counted, table by table; fifty at once must come to the same.
use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use futures_util::future::join_all;
use scraper::{ElementRef, Html, Selector};
use sqlx::{
    AssertSqlSafe,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    Aktor, TestApp, id,
    ruter::{Krav, RUTER},
};

const GANGER: usize = 50;

/// Forms that plausible words alone do not send; most are sent fifty times in `femti`, or twice in the test of their room.
const IKKE_AV_SEG_SELV: [&str; 23] = [
    "/admin/enheter/ny",
    "/admin/enheter/{id}/avslutt",
    "/admin/glass",
    "/admin/import",
    "/admin/import/{id}",
    "/admin/kommuner/ny",
    "/admin/kommuner/{id}/avslutt",
    "/admin/personer",
    "/admin/personer/{id}/endre",
    "/admin/personer/{id}/innlogging/passord",
    "/admin/personer/{id}/rolle/ny",
    "/admin/regelsett/unntak/ny",
    "/admin/regelsett/unntak/{id}",
    "/moter/{id}/agenda/{element}/flytt",
    "/moter/{id}/lukk",
    "/moter/{id}/medvirkning",
    "/moter/{id}/mitt-oppmote",
    "/moter/{id}/oppmote/{deltaker}",
    "/moter/{id}/referat/rett",
    "/moter/{id}/sladding",
    "/moter/{id}/svar",
    "/team/{id}/avslutt",
    "/team/{id}/medlem/ny",
];

/// A form: who sees it, on which page, where it is sent and with what.
struct Skjema {
    hvem: u32,
    side: String,
    felter: Vec<(String, String)>,
}

fn velg(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

/// What somebody would write in a field that stands empty.
fn fyll(felt: &ElementRef) -> String {
    let attributt = |navn| felt.value().attr(navn).unwrap_or_default();
    let navn = attributt("name");
    match (felt.value().name(), attributt("type")) {
        ("textarea", _) => match felt.text().collect::<String>().trim() {
            "" => "Ord om dette".to_owned(),
            ord => ord.to_owned(),
        },
        ("select", _) => {
            let (valgt, alle) = (velg("option[selected]"), velg("option"));
            let verdier = felt.select(&valgt).chain(felt.select(&alle)).filter_map(|v| v.value().attr("value"));
            verdier.filter(|v| !v.is_empty()).map(ToOwned::to_owned).next().unwrap_or_default()
        }
        _ if !attributt("value").is_empty() => attributt("value").to_owned(),
        (_, "date") => "2026-12-09".to_owned(),
        (_, "time") => "08:30".to_owned(),
        (_, "number") => "30".to_owned(),
        (_, "email") => "ny@0a.example".to_owned(),
        (_, "hidden") => String::new(),
        _ if navn == "orgnr" => "974760673".to_owned(),
        _ if navn.contains("antall") || navn.contains("minutter") => "30".to_owned(),
        _ => "Ord om dette".to_owned(),
    }
}

/// The fields of a form, filled; of radio buttons that none of is chosen, the first.
fn felter(skjema: &ElementRef) -> Vec<(String, String)> {
    let mut alle: Vec<(String, String)> = Vec::new();
    for felt in skjema.select(&velg("input[name], textarea[name], select[name]")) {
        let (navn, type_) = (felt.value().attr("name").unwrap(), felt.value().attr("type").unwrap_or_default());
        let valgt = felt.value().attr("checked").is_some();
        if type_ == "checkbox" && !valgt {
            continue;
        }
        if type_ == "radio" {
            if alle.iter().any(|(n, _)| n == navn) && !valgt {
                continue;
            }
            alle.retain(|(n, _)| n != navn);
        }
        alle.push((navn.to_owned(), fyll(&felt)));
    }
    let knapp = skjema.select(&velg("button[name]")).next();
    alle.extend(knapp.map(|k| {
        let attributt = |navn| k.value().attr(navn).unwrap_or_default().to_owned();
        (attributt("name"), attributt("value"))
    }));
    alle
}

/// The route that a path is one of.
fn rute(sti: &str) -> Option<&'static str> {
    let deler: Vec<&str> = sti.split('?').next()?.split('/').collect();
    let passer = |monster: &str| {
        let ventet: Vec<&str> = monster.split('/').collect();
        ventet.len() == deler.len() && ventet.iter().zip(&deler).all(|(v, d)| v.starts_with('{') || v == d)
    };
    let alle = RUTER.iter().filter(|r| r.metode == Method::POST).map(crate::ruter::Rute::monster);
    alle.filter(|m| passer(m)).min_by_key(|m| m.matches('{').count())
}

/// The forms of the house by the route they are sent to; of several alike, the first.
async fn alle_skjemaer(app: &TestApp) -> BTreeMap<&'static str, (String, Skjema)> {
    let mut alle = BTreeMap::new();
    for side in
        RUTER.iter().filter(|r| r.metode == Method::GET && !r.sti.ends_with("/direkte") && !r.sti.contains(".pdf"))
    {
        for hvem in [1, 2, 6, 9, 10] {
            let sti = side.her("0a");
            let svar = app.som("0a", hvem).get(&sti).await;
            if svar.status != StatusCode::OK {
                continue;
            }
            for skjema in Html::parse_document(&svar.html).select(&velg("form[method=post][action]")) {
                let til = skjema.value().attr("action").unwrap().to_owned();
                if let Some(rute) = rute(&til) {
                    let skjema = Skjema { hvem, side: sti.clone(), felter: felter(&skjema) };
                    alle.entry(rute).or_insert((til, skjema));
                }
            }
        }
    }
    alle
}

/// How many rows each table of the region holds, and how often they have been changed. Each refusal is an event of its own.
async fn tall(app: &TestApp) -> BTreeMap<String, i64> {
    let sql = format!(
        "set app.region = '{}';
         select c.relname::text, (xpath('/row/n/text()', query_to_xml(format(
                    case when exists (select from pg_attribute v where v.attrelid = c.oid and v.attname = 'versjon' and not v.attisdropped)
                         then 'select count(*) * 1000 + coalesce(sum(versjon), 0) as n from %I where region_id = gjeldende_region()'
                         else 'select count(*) * 1000 as n from %I t where region_id = gjeldende_region() and to_jsonb(t) ->> ''slag'' is distinct from ''avvist''' end, c.relname), true, true, '')))[1]::text::bigint
           from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attname = 'region_id' and not a.attisdropped
          where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not in ('okt', 'innsending')",
        id("0a", "00", 1)
    );
    let rader = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&app.eier).await.unwrap();
    rader.iter().map(|r| (sqlx::Row::get(r, 0), sqlx::Row::get(r, 1))).collect()
}

/// Sends the form of the page as it now stands, so many times at once; gives the statuses that came back.
async fn send(hvem: &Aktor, skjema: &Skjema, til: &str, ganger: usize) -> BTreeSet<u16> {
    let side = hvem.get(&skjema.side).await.er(StatusCode::OK);
    let mut na = skjema.felter.clone();
    for felt in
        Html::parse_document(&side.html).select(&velg(&format!("form[action='{til}'] input[type=hidden][name]")))
    {
        let (navn, verdi) = (felt.value().attr("name").unwrap(), felt.value().attr("value").unwrap_or_default());
        if let Some((_, gammel)) = na.iter_mut().find(|(n, _)| n == navn) {
            verdi.clone_into(gammel);
        }
    }
    let par: Vec<(&str, &str)> = na.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    join_all((0..ganger).map(|_| hvem.post(til, &par))).await.iter().map(|s| s.status.as_u16()).collect()
}

#[sqlx::test]
async fn every_form_of_every_page_sent_fifty_times_is_one_act(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let skjemaer = alle_skjemaer(&app).await;
    let (mut feil, mut sendt, mut urort) = (Vec::new(), 0, Vec::new());
    for (rute, (til, skjema)) in &skjemaer {
        if RUTER.iter().any(|r| r.monster() == *rute && matches!(r.krav, Krav::Alle | Krav::Innlogget)) {
            continue; // the account's own, tried in `auth`
        }
        app.begynn_forfra().await;
        let svar = send(&app.som("0a", skjema.hvem), skjema, til, 1).await;
        let en = tall(&app).await;
        if svar != BTreeSet::from([303]) {
            urort.push(*rute);
            continue;
        }
        sendt += 1;
        app.begynn_forfra().await;
        let svar = send(&app.som("0a", skjema.hvem), skjema, til, GANGER).await;
        let femti = tall(&app).await;
        let ulike: Vec<_> =
            en.iter().filter(|(t, n)| femti.get(*t) != Some(*n)).map(|(t, n)| (t, n, femti[t])).collect();
        // What is taken away is not found the second time.
        if !ulike.is_empty() || svar.iter().any(|s| ![303, 404, 409].contains(s)) {
            feil.push(format!("{rute} som {}: {svar:?} {ulike:?}", skjema.hvem));
        }
    }
    assert!(feil.is_empty(), "{} of {sendt}:\n  {}", feil.len(), feil.join("\n  "));
    assert_eq!(urort, IKKE_AV_SEG_SELV, "{sendt} were sent");
}
