//! Agenda and referat as PDF: the same words as the page, for the same readers, and a file that can be read aloud and kept.
//!
//! The files are read by programs that are not ours: poppler (`pdfinfo`, `pdftotext`, `pdffonts`) and qpdf.
mod enkeltbarn;

use std::{
    env, fs,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use sqlx::{
    AssertSqlSafe, Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

use crate::{Aktor, TestApp, id};

fn agenda(nr: u32) -> String {
    format!("/moter/{}/agenda.pdf", id("0a", "0c", nr))
}

fn referat(nr: u32) -> String {
    format!("/moter/{}/referat.pdf", id("0a", "0c", nr))
}

fn host() -> String {
    format!("/team/{}/referater.pdf?fra=2026-08-01&til=2026-12-31", id("0a", "0a", 1))
}

/// The house with the møte that was held in September; eksempler.sql gave it a decision and a tiltak.
async fn holdt(pool: PgPoolOptions, connect: PgConnectOptions) -> TestApp {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    app
}

/// Writes past the lock of a ferdigstilt møte.
async fn skriv(app: &TestApp, sql: &str) {
    let sql = format!("set session_replication_role = replica; {sql}; set session_replication_role = origin");
    app.eier.execute(AssertSqlSafe(sql)).await.unwrap();
}

/// A document as it comes: its file name and its bytes.
async fn hent(hvem: &Aktor, sti: &str) -> (String, Bytes) {
    let svar = hvem.svar(Request::get(sti), Body::empty()).await;
    assert_eq!(svar.status(), StatusCode::OK, "{sti}");
    let hode = |navn| svar.headers().get(navn).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
    assert_eq!(
        (hode(header::CONTENT_TYPE), hode(header::CACHE_CONTROL)),
        ("application/pdf".into(), "no-store".into())
    );
    let filnavn = hode(header::CONTENT_DISPOSITION);
    (filnavn, svar.into_body().collect().await.unwrap().to_bytes())
}

/// A PDF in a file of its own, as long as somebody reads it.
pub(crate) struct Fil(PathBuf);

impl Fil {
    pub(crate) fn ny(pdf: &[u8]) -> Self {
        let sti = env::temp_dir().join(format!("samhandling-{}.pdf", Uuid::new_v4()));
        fs::write(&sti, pdf).unwrap();
        Self(sti)
    }

    /// What an independent reader says of it. Never passed over: without the reader the test fails.
    fn les(&self, program: &str, foran: &[&str], bak: &[&str]) -> String {
        let svar = Command::new(program).args(foran).arg(&self.0).args(bak).output();
        let svar = svar.unwrap_or_else(|feil| panic!("{program} mangler ({feil}). Kjør script/setup test"));
        assert!(svar.status.success(), "{program}: {}", String::from_utf8_lossy(&svar.stderr));
        String::from_utf8_lossy(&svar.stdout).into_owned()
    }

    /// All that can be got out of it: what is drawn, what is read aloud, bookmarks, and every stream.
    pub(crate) fn alt(&self) -> String {
        [self.tekst(), self.les("pdfinfo", &["-struct-text"], &[]), self.les("qpdf", &["--qdf"], &["-"])].join("\n")
    }

    /// The words, white space folded.
    pub(crate) fn tekst(&self) -> String {
        let ut = self.les("pdftotext", &[], &["-"]);
        ut.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words without any white space: long ones are broken where the line ends.
    fn tett(&self) -> String {
        self.tekst().replace(' ', "")
    }
}

impl Drop for Fil {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A document, as somebody who asks for it gets it.
pub(crate) async fn les(hvem: &Aktor, sti: &str) -> Fil {
    Fil::ny(&hent(hvem, sti).await.1)
}

#[sqlx::test]
async fn the_referat_says_what_the_page_says(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let (filnavn, pdf) = hent(&app.som("0a", 2), &referat(2)).await;
    assert_eq!(filnavn, "attachment; filename=\"referat-2026-09-16.pdf\"");
    let tekst = Fil::ny(&pdf).tekst();
    let ventet = [
        "Referat, TST Fjellheim skole, onsdag 16. september 2026",
        "Onsdag 16. september 2026, kl. 08.30–11.00 (2,5 timer)",
        "Møterommet",
        "Rita Rektor",
        "Versjon 1, ferdigstilt 16.09.2026",
        "Per Pedagog PPT-rådgiver, PPT, møteplikt Til stede",
        "1. Generell diskusjon eller planlegging",
        "kl. 08.30–09.15, 45 minutter",
        "Notat fra Nordregionen",
        "Vi prøver en felles rutine",
        "Følges opp av: PPT",
        "Mindre grupper inn fra friminutt",
        "Ro i garderoben",
        "Per Pedagog, PPT",
        "01.12.2026",
        "09.12.2026",
        "3. Observasjon eller samtaler",
        "Nordregionen",
        "Side 1 av",
    ];
    for ord in ventet {
        assert!(tekst.contains(ord), "{ord}: {tekst}");
    }
}

#[sqlx::test]
async fn the_agenda_says_who_what_and_when(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let (filnavn, pdf) = hent(&app.som("0a", 2), &agenda(3)).await;
    assert_eq!(filnavn, "attachment; filename=\"agenda-2026-11-18.pdf\"");
    let tekst = Fil::ny(&pdf).tekst();
    for ord in ["kl. 09.30–10.15, 45 minutter", "Overgang til skole", "Åpne tiltak i teamet", "Innkalt", "Hanne Helse"]
    {
        assert!(tekst.contains(ord), "{ord}: {tekst}");
    }
    assert!(!tekst.contains("Ro i friminuttene"), "a need that waits for the leader is not on the agenda: {tekst}");
    // One who is called in when needed gets that agenda, and no other.
    assert!(les(&app.som("0a", 5), &agenda(1)).await.tekst().contains("Nils Nav"));
    app.som("0a", 5).get(&agenda(3)).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn only_those_who_may_read_the_page_get_the_file(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    for sti in [agenda(2), referat(2)] {
        // Others of the team's kommune, numbers only, users only, and another region.
        for hvem in [app.som("0a", 6), app.som("0a", 7), app.som("0a", 8), app.som("0a", 10), app.som("0b", 1)] {
            hvem.get(&sti).await.er(StatusCode::NOT_FOUND);
        }
        app.fremmed().get(&sti).await.er(StatusCode::SEE_OTHER);
        hent(&app.som("0a", 1), &sti).await;
    }
    for hvem in [app.som("0a", 8), app.som("0a", 10), app.som("0b", 1)] {
        hvem.get(&host()).await.er(StatusCode::NOT_FOUND);
    }
    // The kommune's koordinator sees the team, but was called in to none of its møter.
    let koordinator = app.som("0a", 6);
    let svar = koordinator.get(&host()).await.er(StatusCode::SEE_OTHER);
    assert!(koordinator.folg(&svar).await.sier("Det finnes ingen referater du kan lese fra denne perioden"));
    let uten_referat = app.som("0a", 1).get(&referat(1)).await.er(StatusCode::SEE_OTHER);
    assert_eq!(uten_referat.sted, Some(format!("/moter/{}", id("0a", "0c", 1))));
    let galt = host().replace("2026-12-31", "2029-12-31");
    app.som("0a", 1).get(&galt).await.er(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn the_file_can_be_read_aloud_and_kept(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    enkeltbarn::merk(&app).await;
    for sti in [agenda(1), agenda(3), referat(2), host()] {
        let fil = les(&app.som("0a", 1), &sti).await;
        let om = fil.les("pdfinfo", &[], &[]);
        let linje =
            |navn: &str| om.lines().find_map(|l| Some(l.strip_prefix(navn)?.trim().to_owned())).unwrap_or_default();
        assert_eq!((&*linje("Tagged:"), &*linje("Encrypted:"), &*linje("JavaScript:")), ("yes", "no", "no"), "{om}");
        assert!(linje("Title:").contains("TST Fjellheim skole") && linje("Page size:").contains("A4"), "{om}");
        let xmp: String = fil.les("pdfinfo", &["-meta"], &[]).split_whitespace().collect();
        for sagt in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
            assert!(xmp.contains(sagt), "{sagt}: {xmp}");
        }
        let treet = fil.les("pdfinfo", &["-struct-text"], &[]);
        for tagg in ["Document", "H1", "\"Møte i\"", "Table", "TH"] {
            assert!(treet.contains(tagg), "{tagg}: {treet}");
        }
        // name type encoding emb sub uni object ID: all of them embedded, and with their meaning.
        let skrifter = fil.les("pdffonts", &[], &[]);
        let rader: Vec<&str> = skrifter.lines().skip(2).collect();
        assert!(
            !rader.is_empty() && rader.iter().all(|r| r.contains("yes yes yes") && r.contains("Inter")),
            "{skrifter}"
        );
        assert!(fil.les("qpdf", &["--check"], &[]).contains("No syntax or stream encoding errors found"));
        assert!(fil.les("qpdf", &["--qdf"], &["-"]).contains("/Lang (nb-NO)"));
    }
}

#[sqlx::test]
async fn odd_words_stand_as_they_were_written(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let rart = [
        "#let x = 1; #panic(\"nei\") $ x^2 $ *fet* _skrå_ = Overskrift",
        "<script>alert(1)</script> @kilde <merke> // borte /* borte */ \\ [a] -- --- {b} `c` ~",
        "#import \"deler.typ\" #read(\"/etc/passwd\") https://eksempel.no/en/svært/lang/adresse/som/ikke/tar/slutt?a=b&c=d",
        "Máze guovddáš Đorđe Ærlig øks ñ ü ẞ Жанна Ελλάδα",
        "Tommel opp 👍🏽 familie 👩‍👩‍👧 flagg 🇳🇴 huket av ✅ 中文 عربى",
    ];
    let (langt, mye) = ("Minoritetsspråk".repeat(40), "Noe å si. ".repeat(1_000));
    let notat = format!("{}\n\n{langt}\n{}", rart.join("\n"), mye.trim());
    let sql = format!(
        "update moteelement set notat = $n${notat}$n$, tittel = $n${}$n$ where id = '{}'",
        rart[0],
        id("0a", "0d", 21)
    );
    skriv(&app, &sql).await;
    let sql = format!(
        "update person set navn = '{}', tittel = '{}' where id = '{}'",
        "Langenavnesen ".repeat(9),
        langt,
        id("0a", "05", 3)
    );
    skriv(&app, &sql).await;
    let fil = les(&app.som("0a", 1), &referat(2)).await;
    let (tekst, tett) = (fil.tekst(), fil.tett());
    for linje in &rart[..4] {
        assert!(tett.contains(&linje.replace(' ', "")), "{linje}: {}", &tekst[..4_000.min(tekst.len())]);
    }
    for ord in ["👍", "👩", "🇳", "✅", "中文", "Tommel opp"] {
        assert!(tekst.contains(ord), "{ord}");
    }
    assert!(tett.contains(&langt) && tekst.contains("Langenavnesen Langenavnesen"));
    assert_eq!(tekst.matches("Noe å si.").count(), 1_000);
    assert!(fil.les("qpdf", &["--check"], &[]).contains("No syntax or stream encoding errors found"));
}

#[sqlx::test]
async fn a_correction_is_what_the_document_says(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let (rektor, rett) = (app.som("0a", 1), format!("/moter/{}/referat/rett", id("0a", "0c", 2)));
    let side = rektor.get(&rett).await.er(StatusCode::OK);
    let notat = format!("notat-{}", id("0a", "0d", 21));
    let beslutning = format!("beslutning-{}", id("0a", "0f", 1));
    let felter = [("grunn", "Feil dag i notatet"), (&*notat, "Rett dag er torsdag"), (&*beslutning, "")];
    rektor.fyll(&side, &rett, &felter).await.er(StatusCode::SEE_OTHER);
    let merknad = format!("/moter/{}/referat", id("0a", "0c", 2));
    let side = app.som("0a", 2).get(&merknad).await;
    let sendt = app.som("0a", 2).fyll(&side, &(merknad + "/merknad"), &[("merknad", "Takk, nå stemmer det")]).await;
    sendt.er(StatusCode::SEE_OTHER);
    let tekst = les(&app.som("0a", 2), &referat(2)).await.tekst();
    for ord in
        ["Versjon 2, rettet 18.11.2026 av Rita Rektor", "Feil dag i notatet", "Rett dag er torsdag", "1 merknad til"]
    {
        assert!(tekst.contains(ord), "{ord}: {tekst}");
    }
    for borte in ["Vi prøver en felles rutine", "Takk, nå stemmer det"] {
        assert!(!tekst.contains(borte), "{borte}: {tekst}");
    }
    assert!(les(&app.som("0a", 2), &host()).await.tekst().contains("Rett dag er torsdag"));
}

#[sqlx::test]
async fn a_period_holds_the_referater_one_may_read(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    // One more was held, without PPT.
    let sql = format!(
        "update mote set status = 'ferdigstilt', ferdigstilt = slutt, startet = start where id = '{0}';
         update moteelement set notat = 'Bare for dem som var der' where mote_id = '{0}';
         delete from motedeltaker where mote_id = '{0}' and person_id = '{1}'",
        id("0a", "0c", 3),
        id("0a", "05", 2)
    );
    skriv(&app, &sql).await;
    let tekst = les(&app.som("0a", 1), &host()).await.tekst();
    let forst = tekst.rfind("Onsdag 16. september 2026").unwrap();
    assert!(forst < tekst.rfind("Onsdag 18. november 2026").unwrap(), "{tekst}");
    for ord in ["01.08.2026–31.12.2026", "2 møter", "Innhold", "Bare for dem som var der", "Notat fra Nordregionen"]
    {
        assert!(tekst.contains(ord), "{ord}: {tekst}");
    }
    let tekst = les(&app.som("0a", 2), &host()).await.tekst();
    assert!(tekst.contains("Notat fra Nordregionen") && !tekst.contains("Bare for dem som var der"), "{tekst}");
    assert!(tekst.contains("1 møte i perioden er ikke med, for du var ikke kalt inn."), "{tekst}");
}

#[sqlx::test]
async fn the_pages_lead_to_their_documents(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let rektor = app.som("0a", 1);
    let mote = |nr: u32| format!("/moter/{}", id("0a", "0c", nr));
    let team = format!("/team/{}", id("0a", "0a", 1));
    for (side, sti) in [
        (mote(1), agenda(1)),
        (mote(2), referat(2)),
        (mote(2) + "/referat", referat(2)),
        (team.clone(), host().replace('&', "&#38;")),
    ] {
        let html = rektor.get(&side).await.er(StatusCode::OK).html;
        assert!(html.contains(&format!("href=\"{sti}\"")), "{side}: {sti}");
        let uten = format!("href=\"{sti}{}uten_individ=1\"", if sti.contains('?') { "&#38;" } else { "?" });
        assert!(html.contains(&uten), "{side}: {uten}");
    }
    // Whoever may read none of them is not led there.
    assert!(!app.som("0a", 7).get(&team).await.er(StatusCode::OK).html.contains("referater.pdf"));
}

/// Thirty pages of notes, in a build that is not made for speed; `docs/speed.md` has the time of one that is.
#[sqlx::test]
async fn thirty_pages_do_not_make_one_wait(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let notat = format!(
        "repeat('{} ', 90) || E'\\n\\n' || repeat('Neste avsnitt handler om noe annet. ', 300)",
        "Vi snakket om overganger."
    );
    skriv(
        &app,
        &format!(
            "update moteelement set notat = repeat({notat} || E'\\n\\n', 3) where mote_id = '{}'",
            id("0a", "0c", 2)
        ),
    )
    .await;
    let rektor = app.som("0a", 1);
    les(&rektor, &referat(2)).await; // the fonts are read once
    let start = Instant::now();
    let (_, pdf) = hent(&rektor, &referat(2)).await;
    let tid = start.elapsed();
    let om = Fil::ny(&pdf).les("pdfinfo", &[], &[]);
    let sider: u32 = om.lines().find_map(|l| l.strip_prefix("Pages:")).unwrap().trim().parse().unwrap();
    assert!(sider >= 30, "{sider} sider");
    assert!(tid < Duration::from_secs(25), "{sider} sider tok {tid:?}");
}
