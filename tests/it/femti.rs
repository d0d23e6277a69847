//! The same form sent fifty times at once is one act: a finger that trembles, a net that tries again, a page left open in two tabs.
use axum::http::StatusCode;
use futures_util::future::join_all;
use sqlx::{
    AssertSqlSafe, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Aktor, Side, TestApp, id};

const GANGER: usize = 50;

/// A form: the page it stands on, where it is sent, what is typed, and the number that one act makes one larger.
struct Skjema {
    side: String,
    sti: String,
    felter: Vec<(&'static str, String)>,
    teller: &'static str,
}

fn skjema(side: String, sti: String, felter: &[(&'static str, &str)], teller: &'static str) -> Skjema {
    Skjema { side, sti, felter: felter.iter().map(|(n, v)| (*n, (*v).to_owned())).collect(), teller }
}

fn alle() -> Vec<Skjema> {
    let mote = |nr, hva: &str| format!("/moter/{}{hva}", id("0a", "0c", nr));
    let team = |hva: &str| format!("/team/{}{hva}", id("0a", "0a", 1));
    let (punkt, tiltak) = (id("0a", "0d", 31), format!("/tiltak/{}", id("0a", "20", 1)));
    let (ppt, helse) = (id("0a", "05", 2).to_string(), id("0a", "05", 3).to_string());
    let book = team("/book/bekreft");
    let kompetanse = format!("/element/{}/kompetanse", id("0a", "0d", 32));
    let sladding = format!("/sladding/{}", id("0a", "40", 1));
    let lag = format!("/beslutning/{}/tiltak", id("0a", "0f", 1));
    vec![
        skjema(format!("{book}?dato=2026-12-03&start=08:30"), book, &[("sted", "Rom 12")], "select count(*) from mote"),
        skjema(team("/meld/enheten"), team("/meld/enheten"), &[("tittel", "Ro i gangen")], "select count(*) from sak"),
        skjema(
            team("/loft"),
            team("/loft"),
            &[("overskrift", "Veiledning"), ("behov", "Vi trenger råd"), ("provd", "Vi har hatt kurs")],
            "select count(*) from bistandsforesporsel",
        ),
        skjema(
            mote(3, "/hold"),
            mote(3, &format!("/element/{punkt}/beslutning")),
            &[("tekst", "PPT følger opp"), ("tjenestetype", "ppt")],
            "select count(*) from beslutning",
        ),
        skjema(
            mote(3, "/hold"),
            mote(3, &format!("/element/{punkt}/notat")),
            &[("notat", "Vi ble enige")],
            "select sum(versjon) from moteelement",
        ),
        skjema(
            mote(3, "/medvirkning"),
            mote(3, "/medvirkning"),
            &[("barn_invitert", "1")],
            "select coalesce(sum(versjon), 0) from medvirkning",
        ),
        skjema(
            format!("{tiltak}/evaluer"),
            format!("{tiltak}/evaluer"),
            &[("virker", "virker"), ("videre", "viderefort"), ("neste_evaluering", "2026-12-09")],
            "select count(*) from tiltak_evaluering",
        ),
        skjema(
            team(&format!("/tiltak/overfor?fra={ppt}")),
            team("/tiltak/overfor"),
            &[("til", &helse), ("tiltak", &id("0a", "20", 1).to_string())],
            "select sum(versjon) from tiltak",
        ),
        skjema(
            mote(3, "/deltakere"),
            mote(3, "/deltakere/gjest"),
            &[("tjenestetype", "annen"), ("navn", "Eli Berg, BUP")],
            "select count(*) from motedeltaker",
        ),
        skjema(
            mote(3, &kompetanse),
            mote(3, &kompetanse),
            &[("tema", "Lek"), ("tjenestetype", "ppt"), ("antall", "8")],
            "select count(*) from kompetanseheving",
        ),
        skjema(
            mote(2, "/sladding"),
            mote(2, "/sladding"),
            &[("passasje", "felles rutine"), ("grunn", "Det kan kjennes igjen")],
            "select count(*) from sladding",
        ),
        skjema(
            mote(2, &sladding),
            mote(2, &format!("{sladding}/godkjenn")),
            &[],
            "select count(*) from sladding where status = 'godkjent'",
        ),
        skjema(
            mote(2, &lag),
            mote(2, &lag),
            &[
                ("mal", "Alle kommer i gang med dagen"),
                ("niva", "system"),
                ("tiltaksniva", "primaer"),
                ("kategori", "laeringsmiljo"),
                ("utformet_med", "begge"),
                ("frist", "2026-12-20"),
                ("neste_evaluering", "2026-12-09"),
            ],
            "select count(*) from tiltak",
        ),
        skjema(
            mote(3, "/ferdigstill"),
            mote(3, "/ferdigstill"),
            &[("begrunnelse", "Vi rakk ikke alt")],
            "select count(*) from mote where status = 'ferdigstilt'",
        ),
    ]
}

async fn tall(app: &TestApp, sql: &str) -> i64 {
    let sql = format!("set app.region = '{}'; {sql}", id("0a", "00", 1));
    sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&app.eier).await.unwrap().get(0)
}

/// Sends what the form would, as many times as there are, all at once.
async fn send_alle(rektor: &Aktor, side: &Side, skjema: &Skjema) -> Vec<Side> {
    let felter: Vec<_> = skjema.felter.iter().map(|(n, v)| (*n, v.as_str())).collect();
    join_all((0..GANGER).map(|_| rektor.fyll(side, &skjema.sti, &felter))).await
}

#[sqlx::test]
async fn every_form_sent_fifty_times_at_once_is_one_act(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    for skjema in alle() {
        app.begynn_forfra().await;
        let rektor = app.som("0a", 1);
        let side = rektor.get(&skjema.side).await.er(StatusCode::OK);
        let for_ = tall(&app, skjema.teller).await;
        let svar = send_alle(&rektor, &side, &skjema).await;
        assert_eq!(tall(&app, skjema.teller).await, for_ + 1, "{}", skjema.sti);
        // Whoever came second is told the same, or that it is done.
        let ukjente: Vec<_> = svar
            .iter()
            .filter(|s| ![StatusCode::SEE_OTHER, StatusCode::CONFLICT].contains(&s.status))
            .map(|s| (s.status, s.tekst()))
            .collect();
        assert!(ukjente.is_empty(), "{}: {ukjente:?}", skjema.sti);
        let steder: std::collections::BTreeSet<_> = svar.iter().filter_map(|s| s.sted.clone()).collect();
        assert_eq!(steder.len(), 1, "{}: {steder:?}", skjema.sti);
    }
}
