//! Who may know whom, and how long a file may be.
use super::{biter, ingen};
use crate::kilde::{self, Kilde};

/// What every room stands on, and what knows no room.
const KJERNE: [&str; 7] = ["auth", "config", "db", "error", "tekst", "tid", "web"];
/// The commands are no room: they may know all of them.
const KOMMANDOER: [&str; 3] = ["demo", "kommando", "lib"];
/// Frameworks and the outside world: a rule has nothing to do with them.
const RAMMEVERK: [&str; 7] = ["sqlx", "axum", "axum_extra", "askama", "tokio", "tower", "tower_http"];
/// What tells the time or opens the data.
const OMVERDENEN: [&str; 6] = ["now_utc", "now_local", "SystemTime", "Instant", "App", "Tx"];

/// The rules of the house. A new one is written in here.
const REGLER: [&str; 42] = [
    "admin/grunndata",
    "auth/totrinn/kode",
    "bistand/tilstand",
    "dokument/tekst",
    "enhet/slag",
    "forum/evner",
    "forum/plass",
    "forum/semester",
    "forum/slag",
    "hendelse/kjede",
    "hendelse/monster",
    "hendelse/ord",
    "hendelse/segl",
    "import/les",
    "import/sammenlign",
    "lesing/stilling",
    "lofttall/tall",
    "mote/agenda",
    "mote/element",
    "mote/helligdager",
    "mote/lukk/arsak",
    "mote/tilstand",
    "motemal/forskjell",
    "motemal/mal",
    "oppmote/dyktig",
    "oppmote/nar",
    "oppmote/opphold",
    "oppmote/svar",
    "oversikt/tall",
    "referat/ferdig",
    "referat/lop",
    "regelsett/krav",
    "regelsett/semester",
    "regelsett/status",
    "rettelse/endring",
    "sak/tilstand",
    "serie/plan",
    "serie/sjekk",
    "sladding/tilstand",
    "tilgang/frist",
    "tiltak/nivaer/fordeling",
    "tiltak/tilstand",
];

fn er_rom(k: &Kilde) -> bool {
    !KJERNE.contains(&k.rom()) && !KOMMANDOER.contains(&k.rom())
}

fn rammeverk_i_regel(k: &Kilde) -> Vec<String> {
    let stier = k.stier();
    let mut funn: Vec<&str> = Vec::new();
    for sti in &stier {
        funn.extend(sti.first().map(String::as_str).filter(|s| RAMMEVERK.contains(s)));
        funn.extend(sti.iter().map(String::as_str).filter(|s| OMVERDENEN.contains(s)));
    }
    funn.sort_unstable();
    funn.dedup();
    funn.into_iter().map(|f| format!("{} kjenner {f}", k.sti)).collect()
}

fn andres_db(k: &Kilde) -> Vec<String> {
    let mut funn: Vec<String> = k
        .stier()
        .into_iter()
        .filter(|s| s.len() > 2 && s[0] == "crate" && s[2] == "db" && s[1] != k.rom())
        .map(|s| format!("{} bruker {}", k.sti, s[..3].join("::")))
        .collect();
    funn.dedup();
    funn
}

fn rom_i_kjernen(k: &Kilde, rom: &[&str]) -> Vec<String> {
    if !KJERNE.contains(&k.rom()) {
        return Vec::new();
    }
    let stier = k.stier().into_iter();
    stier
        .filter(|s| s.len() > 1 && s[0] == "crate" && rom.contains(&s[1].as_str()))
        .map(|s| format!("{} kjenner {}", k.sti, s[1]))
        .collect()
}

fn rom(alle: &[Kilde]) -> Vec<&str> {
    let mut rom: Vec<&str> = alle.iter().filter(|k| er_rom(k)).map(Kilde::rom).collect();
    rom.dedup();
    rom
}

fn over_400_linjer(sti: &str, tekst: &str) -> Option<String> {
    let linjer = tekst.lines().count();
    (linjer > 400).then(|| format!("{sti} har {linjer} linjer"))
}

#[test]
fn rules_know_no_framework_no_database_and_no_clock() {
    let regler: Vec<&Kilde> =
        kilde::program().iter().filter(|k| REGLER.contains(&k.modul().join("/").as_str())).collect();
    assert_eq!(regler.len(), REGLER.len(), "hver regel i listen finnes");
    ingen(&regler.into_iter().flat_map(rammeverk_i_regel).collect::<Vec<_>>(), "en regel kjenner ikke omverdenen");
    for darlig in [
        "use sqlx::Row;",
        "use axum::{response::Html};",
        "fn f() { askama::x() }",
        "use time::OffsetDateTime; fn f() { OffsetDateTime::now_utc() }",
        "use crate::{tid, db::Tx};",
        "use crate::App;",
    ] {
        biter(&rammeverk_i_regel(&Kilde::les("src/mote/agenda.rs", darlig)), darlig);
    }
}

#[test]
fn no_room_reaches_into_anothers_db() {
    ingen(
        &kilde::program().iter().flat_map(andres_db).collect::<Vec<_>>(),
        "et rom kjenner bare det andres mod.rs viser",
    );
    for darlig in
        ["use crate::mote::db;", "use crate::{mote::{db::hent, Mote}};", "fn f() { super::super::mote::db::x() }"]
    {
        biter(&andres_db(&Kilde::les("src/forum/routes.rs", darlig)), darlig);
    }
    biter(&andres_db(&Kilde::les("src/kommando/demo.rs", "use samhandling::mote::db;")), "a command");
    ingen(
        &andres_db(&Kilde::les("src/mote/routes.rs", "use super::db; use crate::{db::Tx, mote::db as d};")),
        "sin egen",
    );
}

#[test]
fn the_kernel_knows_no_room() {
    let alle = kilde::program();
    let rom = rom(alle);
    assert!(rom.contains(&"mote") && !rom.contains(&"auth"), "{rom:?}");
    ingen(&alle.iter().flat_map(|k| rom_i_kjernen(k, &rom)).collect::<Vec<_>>(), "kjernen kjenner ingen rom");
    biter(&rom_i_kjernen(&Kilde::les("src/web/frame.rs", "use crate::mote::Mote;"), &rom), "a room in the frame");
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let filer = [("src", "rs"), ("tests", "rs"), ("templates", "html"), ("static", "js")];
    let alle = filer.into_iter().flat_map(|(mappe, ending)| kilde::filer(mappe, ending));
    ingen(
        &alle.filter_map(|f| over_400_linjer(&f.sti, &f.tekst)).collect::<Vec<_>>(),
        "en fil på over 400 linjer er to",
    );
    assert!(over_400_linjer("x.rs", &"\n".repeat(401)).is_some());
}
