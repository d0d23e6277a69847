//! Every route × every role × a stranger × another region, from the one table in `ruter.rs`.
use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, Request, StatusCode, header};
use sqlx::{
    AssertSqlSafe, Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    TestApp,
    kilde::{self, Kilde, Ord, parentes},
    personer::PERSONER,
    ruter::{Krav, RUTER, Rute, Svar},
    testapp::{Aktor, Side},
};

/// What every form is sent with: the hidden fields of a page, and what some forms cannot be read without. Empty otherwise.
const TOMT_SKJEMA: [(&str, &str); 7] = [
    ("nokkel", "00000000-0000-4000-8000-000000000001"),
    ("versjon", "1"),
    ("person", "00000000-0000-0000-0a05-000000000006"),
    ("punkt", "00000000-0000-0000-0a0d-000000000021"),
    ("plass", "2"),
    ("dato", "2026-12-03"),
    ("start", "08:30"),
];

async fn be_om(rute: &Rute, aktor: &Aktor, sti: &str) -> Side {
    if rute.metode == Method::GET {
        aktor.get(sti).await
    } else if rute.sti == "/admin/import" {
        let fil = "--S\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"tom.csv\"\r\n\r\n\r\n--S--\r\n";
        let request = Request::post(sti).header(header::CONTENT_TYPE, "multipart/form-data; boundary=S");
        aktor.send(request, fil.into()).await
    } else {
        // A new person has no version yet.
        let felter = TOMT_SKJEMA.into_iter().filter(|(navn, _)| rute.sti != "/admin/personer" || *navn != "versjon");
        aktor.post(sti, &felter.collect::<Vec<_>>()).await
    }
}

/// What is wrong with an answer, if anything.
fn feil(rute: &Rute, hvem: &str, side: &Side, ventet: &[u16]) -> Option<String> {
    let ut = ["/logg-ut", "/logg-inn/kode"].contains(&rute.sti);
    let til_innlogging = side.sted.as_deref().is_some_and(|s| s.starts_with("/logg-inn")) && !ut;
    let riktig = ventet.contains(&side.status.as_u16()) && !(til_innlogging && hvem != "en fremmed");
    (!riktig).then(|| format!("{} {} som {hvem}: {}, ventet {ventet:?}", rute.metode, side.sti, side.status.as_u16()))
}

fn ventet(rute: &Rute, svar: Svar) -> &'static [u16] {
    match svar {
        Svar::Ja if rute.metode == Method::GET => &[200, 303],
        Svar::Ja if rute.sti.starts_with("/logg-inn") || rute.sti == "/ny-innlogging" => &[422, 429],
        // A new password is shown once, on the page that answers.
        Svar::Ja if rute.sti.contains("/innlogging") || rute.sti == "/konto/opplysninger" => &[200, 303, 409, 422],
        Svar::Ja => &[303, 409, 422],
        Svar::Nektet => &[403],
        Svar::Skjult => &[404],
    }
}

fn til_fremmede(rute: &Rute) -> &'static [u16] {
    match rute.krav {
        Krav::Alle => ventet(rute, Svar::Ja),
        _ if rute.metode == Method::GET => &[303],
        _ => &[401],
    }
}

#[track_caller]
fn ingen(feil: &[String]) {
    assert!(feil.is_empty(), "{} feil:\n  {}", feil.len(), feil.join("\n  "));
}

#[sqlx::test]
async fn every_role_gets_what_the_table_of_rights_says(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let mut alle = Vec::new();
    for rute in RUTER {
        let sti = rute.her("0a");
        let side = be_om(rute, &app.fremmed(), &sti).await;
        alle.extend(feil(rute, "en fremmed", &side, til_fremmede(rute)));
        for nr in 1..=14 {
            let side = be_om(rute, &app.som("0a", nr), &sti).await;
            let hvem = format!("{:?} ({nr})", PERSONER[nr as usize - 1].type_);
            alle.extend(feil(rute, &hvem, &side, ventet(rute, rute.svar_til(nr))));
            if rute.metode == Method::POST && [StatusCode::OK, StatusCode::SEE_OTHER].contains(&side.status) {
                app.begynn_forfra().await; // the next one comes to the same house
            }
        }
    }
    ingen(&alle);
}

#[sqlx::test]
async fn another_region_sees_nothing_and_changes_nothing(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let foer = avtrykk(&app).await;
    let mut alle = Vec::new();
    for rute in RUTER.iter().filter(|r| r.sti != "/logg-ut") {
        for nr in 1..=14 {
            let andre = app.som("0b", nr);
            let hvem = format!("{:?} ({nr}) i en annen region", PERSONER[nr as usize - 1].type_);
            // Whoever holds the right at home also tries a path that is half their own.
            let halvt = |a, b| rute.blandet(a, b).filter(|_| rute.svar_til(nr) == Svar::Ja);
            for sti in [Some(rute.her("0a")), halvt("0b", "0a"), halvt("0a", "0b")].into_iter().flatten() {
                let side = be_om(rute, &andre, &sti).await;
                let nei = rute.har_rader() && !matches!(rute.krav, Krav::Alle);
                // A form that lacks everything may be refused before its second row is looked for.
                let ventet: &[u16] = match (nei, rute.svar_til(nr)) {
                    (true, Svar::Ja) if sti.contains("-0b") && rute.metode == Method::GET => &[200, 404],
                    (true, Svar::Ja) if sti.contains("-0b") => &[404, 409, 422],
                    (true, Svar::Ja | Svar::Skjult) => &[404],
                    (true, Svar::Nektet) => &[403, 404],
                    (false, svar) => ventet(rute, svar),
                };
                alle.extend(feil(rute, &hvem, &side, ventet));
                for spor in ["00000000-0000-0000-0a", "Nordregionen", "@0a.example"] {
                    let utenom_stien = side.html.replace(&sti, "");
                    if utenom_stien.contains(spor) {
                        alle.push(format!("{} {sti} som {hvem} viser {spor}", rute.metode));
                    }
                }
            }
        }
    }
    ingen(&alle);
    assert_eq!(avtrykk(&app).await, foer, "rader i region 0a er endret fra region 0b");
}

/// A fingerprint of every row of region 0a, table by table.
async fn avtrykk(app: &TestApp) -> Vec<(String, Option<String>)> {
    let tabeller: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'region_id'
          where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'okt' order by 1",
    )
    .fetch_all(&app.eier)
    .await
    .unwrap();
    let mut alle = Vec::new();
    for tabell in tabeller {
        let sql = format!(
            "select md5(string_agg(t::text, '|' order by t::text)) from {tabell} t where region_id::text like '%-0a00-%'"
        );
        let avtrykk: Option<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&app.eier).await.unwrap();
        alle.push((tabell, avtrykk));
    }
    assert!(alle.len() > 10 && alle.iter().any(|(t, a)| t == "mote" && a.is_some()), "{alle:?}");
    alle
}

#[sqlx::test]
async fn the_fingerprint_sees_a_changed_row(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let foer = avtrykk(&app).await;
    app.eier.execute("update kommune set navn = navn || '!' where region_id::text like '%-0b00-%'").await.unwrap();
    assert_eq!(avtrykk(&app).await, foer);
    app.eier.execute("update kommune set navn = navn || '!' where region_id::text like '%-0a00-%'").await.unwrap();
    assert_ne!(avtrykk(&app).await, foer);
}

const METODER: [&str; 6] = ["get", "post", "put", "patch", "delete", "any"];

/// The routes that the source has: method and path.
fn i_koden(alle: &[Kilde]) -> BTreeSet<(String, String)> {
    let stier: BTreeMap<(&str, &str), &str> = alle.iter().flat_map(stier).collect();
    let mut ruter = BTreeSet::new();
    for kilde in alle {
        for (i, par) in kilde.ord.windows(2).enumerate() {
            if par[1] != Ord::Tegn('(') {
                continue;
            }
            let inni = &kilde.ord[i + 2..parentes(&kilde.ord, i + 1)];
            let navn = par[0].navn().unwrap_or_default();
            if let Some(metode) = navn.strip_prefix("typed_").filter(|m| METODER.contains(m)) {
                let handler: Vec<&str> = inni.iter().filter_map(Ord::navn).collect();
                let type_ = forste_parameter(alle, kilde, &handler, &stier);
                let sti = type_.unwrap_or_else(|| panic!("{}: {handler:?} har ingen typed_path", kilde.sti));
                ruter.insert((metode.to_uppercase(), sti.to_owned()));
            } else if navn == "route" && inni.first().is_some_and(|o| o.tekst().is_some()) {
                let metoder = inni.windows(2).filter(|to| to[1] == Ord::Tegn('(')).filter_map(|to| to[0].navn());
                for metode in metoder.filter(|m| METODER.contains(m)) {
                    ruter.insert((metode.to_uppercase(), inni[0].tekst().unwrap().to_owned()));
                }
            }
        }
    }
    ruter
}

/// The types that stand for a path, by file.
fn stier(kilde: &Kilde) -> Vec<((&str, &str), &str)> {
    let steder = kilde.ord.iter().enumerate().filter(|(_, o)| o.er("typed_path"));
    steder
        .map(|(i, _)| {
            let sti = kilde.ord[i + 2].tekst().unwrap();
            let type_ = kilde.ord[i..].windows(2).find(|to| to[0].er("struct")).and_then(|to| to[1].navn());
            ((kilde.sti.as_str(), type_.unwrap()), sti)
        })
        .collect()
}

/// The path in the first parameter of a handler, looked for in its own file first, then in its room.
fn forste_parameter<'a>(
    alle: &'a [Kilde],
    her: &'a Kilde,
    handler: &[&str],
    stier: &BTreeMap<(&'a str, &'a str), &'a str>,
) -> Option<&'a str> {
    let navn = handler.last()?;
    let modul = handler.len().checked_sub(2).map(|i| handler[i]);
    let fil = alle.iter().filter(|k| k.rom() == her.rom()).find(|k| match modul {
        Some(modul) => k.modul().last() == Some(&modul),
        None => k.sti == her.sti,
    })?;
    let funksjoner = fil.ord.windows(2).enumerate().filter(|(_, to)| to[0].er("fn") && to[1].er(navn));
    let lister = funksjoner.map(|(i, _)| &fil.ord[i + 2..parentes(&fil.ord, i + 2)]);
    let parametre = lister.filter_map(|liste| liste.split(|o| *o == Ord::Tegn(',')).next());
    let typer: Vec<&str> = parametre.flatten().filter_map(Ord::navn).collect();
    let i = |filer: &dyn Fn(&str) -> bool| {
        stier.iter().find(|((fil, type_), _)| filer(fil) && typer.contains(type_)).map(|(_, sti)| *sti)
    };
    let rommet = format!("src/{}/", her.rom());
    i(&|f| f == fil.sti).or_else(|| i(&|f| f == her.sti)).or_else(|| i(&|f| f.starts_with(&rommet)))
}

#[test]
fn the_table_names_every_route_and_no_other() {
    let i_koden = i_koden(kilde::program());
    let i_tabellen: BTreeSet<(String, String)> =
        RUTER.iter().map(|r| (r.metode.to_string(), r.monster().to_owned())).collect();
    assert_eq!(i_tabellen.len(), RUTER.len(), "en rute står to ganger");
    let mangler: Vec<_> = i_koden.difference(&i_tabellen).collect();
    assert!(mangler.is_empty(), "skriv disse inn i tests/it/ruter.rs: {mangler:#?}");
    let borte: Vec<_> = i_tabellen.difference(&i_koden).collect();
    assert!(borte.is_empty(), "disse finnes ikke lenger: {borte:#?}");
}

#[test]
fn a_route_is_found_however_it_is_written() {
    let kilder = [
        Kilde::les(
            "src/mote/routes.rs",
            r#"#[derive(TypedPath)] #[typed_path("/moter/{id}")] pub struct Vis { id: Uuid }
            fn routes() { Router::new().typed_get(vis).typed_post(endre::lagre).route("/rett", get(x).post(y)) }
            async fn vis(Vis { id }: Vis, medlem: Medlem) {}"#,
        ),
        Kilde::les(
            "src/mote/endre.rs",
            r#"#[typed_path("/moter/{id}/endre")] pub(super) struct Endre { id: Uuid }
            pub(super) async fn lagre(sti: Endre) {}"#,
        ),
    ];
    let ruter = i_koden(&kilder);
    let ventet = [("GET", "/moter/{id}"), ("POST", "/moter/{id}/endre"), ("GET", "/rett"), ("POST", "/rett")];
    assert_eq!(ruter, ventet.map(|(m, s)| (m.to_owned(), s.to_owned())).into_iter().collect());
}

#[test]
fn each_act_of_the_table_of_rights_is_asked_for_by_a_route() {
    for (handling, _) in samhandling::auth::rett::TABELL {
        let bruker = |r: &Rute| matches!(r.krav, Krav::Kan(h) | Krav::I(h, _) if h == handling);
        assert!(RUTER.iter().any(bruker), "{handling:?} står i TABELL, men ingen rute spør etter den");
    }
}
