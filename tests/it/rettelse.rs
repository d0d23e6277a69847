//! A ferdigstilt referat is corrected by a new version: the old ones stay, and the database keeps every one of them locked.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Aktor, Side, TestApp, id};

/// Looks like a fødselsnummer of a test person.
const FODSELSNUMMER: &str = "018190 00049";

fn referat() -> String {
    format!("/moter/{}/referat", id("0a", "0c", 2))
}

fn rett() -> String {
    referat() + "/rett"
}

fn notat(plass: u32) -> String {
    format!("notat-{}", id("0a", "0d", 20 + plass))
}

fn beslutning() -> String {
    format!("beslutning-{}", id("0a", "0f", 1))
}

/// The house with the møte that was held in September, and one decision in it.
async fn holdt(pool: PgPoolOptions, connect: PgConnectOptions) -> (TestApp, Aktor) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let rektor = app.som("0a", 1);
    (app, rektor)
}

/// The correction that most of the tests begin with.
async fn rettet(rektor: &Aktor) -> Side {
    let side = rektor.get(&rett()).await.er(StatusCode::OK);
    let felter = [("grunn", "Feil dag i notatet"), (&*notat(1), "Notat fra Sørregionen"), (&*beslutning(), "")];
    rektor.fyll(&side, &rett(), &felter).await.er(StatusCode::SEE_OTHER);
    side
}

async fn antall(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from referat_versjon").fetch_one(&app.eier).await.unwrap()
}

#[sqlx::test]
async fn a_correction_says_who_when_why_and_what(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, rektor) = holdt(pool, connect).await;
    let skjema = rettet(&rektor).await;
    let igjen = [("grunn", "Feil dag i notatet"), (&*notat(1), "Notat fra Sørregionen"), (&*beslutning(), "")];
    rektor.fyll(&skjema, &rett(), &igjen).await.er(StatusCode::SEE_OTHER);
    assert_eq!(antall(&app).await, 1, "sent twice is one correction");

    let ppt = app.som("0a", 2);
    let side = ppt.get(&referat()).await.er(StatusCode::OK);
    assert!(side.sier("Versjon 2, rettet 18.11.2026 av Rita Rektor: Feil dag i notatet"), "{}", side.tekst());
    for ord in ["<del>", "<ins>", "Nordregionen", "Sørregionen", "Vi prøver en felles rutine"] {
        assert!(side.html.contains(ord), "what changed is shown: {ord}: {}", side.html);
    }
    let gammel = referat() + "/versjon/1";
    assert!(side.html.contains(&format!("href=\"{gammel}\"")), "{}", side.html);
    let side = ppt.get(&gammel).await.er(StatusCode::OK);
    assert!(side.sier("Dette er en eldre versjon") && side.sier("Vi prøver en felles rutine"), "{}", side.tekst());
    assert!(side.sier("Notat fra Nordregionen") && !side.sier("Sørregionen"), "{}", side.tekst());
    // The møte's own page says what counts now.
    let side = ppt.get(referat().trim_end_matches("/referat")).await.er(StatusCode::OK);
    assert!(side.sier("Notat fra Sørregionen") && !side.sier("felles rutine"), "{}", side.tekst());
    // Taken out, a decision can be put in again.
    let side = rektor.get(&rett()).await.er(StatusCode::OK);
    let felter = [("grunn", "Den gjaldt likevel"), (&*beslutning(), "Vi prøver en felles rutine")];
    rektor.fyll(&side, &rett(), &felter).await.er(StatusCode::SEE_OTHER);
    let side = ppt.get(&referat()).await.er(StatusCode::OK);
    assert!(side.sier("Versjon 3") && side.sier("Følges opp av: PPT"), "{}", side.tekst());
}

#[sqlx::test]
async fn a_new_version_asks_everybody_again(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, rektor) = holdt(pool, connect).await;
    let ppt = app.som("0a", 2);
    assert!(!ppt.get("/").await.sier("les det på nytt"), "the deadline of the first went by in September");
    rettet(&rektor).await;
    let hjem = ppt.get("/").await.er(StatusCode::OK);
    assert!(hjem.sier("Referatet er rettet: les det på nytt"), "{}", hjem.tekst());
    let (lest, merknad) = (referat() + "/lest", referat() + "/merknad");
    let side = ppt.get(&referat()).await.er(StatusCode::OK);
    assert!(side.sier("Per Pedagog (deg) PPT Ikke svart ennå") && side.sier("innen 23.11.2026"), "{}", side.tekst());
    ppt.fyll(&side, &lest, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(!ppt.get("/").await.sier("les det på nytt"));
    // Corrected once more: what was said of version 2 stays with it, and a page that shows it is stale.
    let skjema = rektor.get(&rett()).await.er(StatusCode::OK);
    let felter = [("grunn", "Enda en feil"), (&*notat(2), "Et annet notat")];
    rektor.fyll(&skjema, &rett(), &felter).await.er(StatusCode::SEE_OTHER);
    let svar = ppt.fyll(&side, &lest, &[]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Referatet er rettet mens du leste"), "{}", svar.tekst());
    let svar = ppt.fyll(&side, &merknad, &[("merknad", "Om den gamle")]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Les den nye versjonen først") && svar.sier("Om den gamle"), "{}", svar.tekst());
    assert!(ppt.get(&(referat() + "/versjon/2")).await.sier("Lest 18.11.2026"));
    assert!(ppt.get(&referat()).await.sier("Per Pedagog (deg) PPT Ikke svart ennå"));
}

#[sqlx::test]
async fn a_correction_needs_a_reason_a_change_and_a_fresh_page(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, rektor) = holdt(pool, connect).await;
    let side = rektor.get(&rett()).await.er(StatusCode::OK);
    let for_langt = "ø".repeat(20_001);
    let farlig = "Nytt <script>alert(1)</script>";
    for (grunn, tekst, ord) in [
        ("", "Endret", "Fyll ut «Hvorfor referatet rettes»"),
        ("Grunn", "Notat fra Nordregionen", "Ingenting er endret"),
        ("Grunn", &*format!("Ring {FODSELSNUMMER}"), "et fødselsnummer"),
        ("Grunn", &*for_langt, "Det er plass til 20000"),
    ] {
        let felter = [("grunn", grunn), (&*notat(1), tekst)];
        let igjen = rektor.fyll(&side, &rett(), &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(igjen.sier(ord) && igjen.html.contains(tekst), "{ord}: {}", igjen.tekst());
    }
    assert_eq!(antall(&app).await, 0);
    rektor.fyll(&side, &rett(), &[("grunn", "Først"), (&*notat(1), farlig)]).await.er(StatusCode::SEE_OTHER);
    // The second saver is told, and sees both.
    let ny = rektor.get(&rett()).await.er(StatusCode::OK);
    let felter = [
        ("grunn", "Så"),
        ("versjon", "1"),
        ("nokkel", "00000000-0000-4000-8000-0000000000bb"),
        (&*notat(1), "Mitt notat"),
    ];
    let sent = rektor.fyll(&ny, &rett(), &felter).await.er(StatusCode::CONFLICT);
    assert!(sent.sier(farlig) && sent.sier("Mitt notat") && !sent.html.contains("<script>alert"), "{}", sent.tekst());
    rektor.fyll(&sent, &rett(), &[]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&referat()).await.er(StatusCode::OK);
    assert!(side.sier("Versjon 3") && side.sier("Mitt notat") && !side.html.contains("<script>alert"));
    // Somebody else's element is not one of this referat's.
    let andres = format!("notat-{}", id("0a", "0d", 31));
    let versjon =
        [("versjon", "3.1"), ("nokkel", "00000000-0000-4000-8000-0000000000cc"), ("grunn", "x"), (&*andres, "y")];
    rektor.post(&rett(), &versjon).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    for nr in [2, 3, 4] {
        let nei = app.som("0a", nr);
        nei.get(&rett()).await.er(StatusCode::FORBIDDEN);
        nei.post(&rett(), &versjon).await.er(StatusCode::FORBIDDEN);
        assert!(!nei.get(&referat()).await.sier("Rett referatet"));
    }
    let apent = format!("/moter/{}/referat/rett", id("0a", "0c", 3));
    rektor.get(&apent).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn versions_are_read_by_those_in_the_mote_and_nobody_else(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, rektor) = holdt(pool, connect).await;
    rettet(&rektor).await;
    for nr in 1..=14 {
        let (status, leder) = match nr {
            1 => (StatusCode::OK, true),
            2..=4 => (StatusCode::OK, false),
            _ => (StatusCode::NOT_FOUND, false),
        };
        for sti in [referat(), referat() + "/versjon/1", referat() + "/versjon/2"] {
            let side = app.som("0a", nr).get(&sti).await.er(status);
            assert_eq!(side.sier("Sørregionen") || side.sier("felles rutine"), nr <= 4, "{nr} {sti}");
            assert_eq!(side.sier("Rett referatet"), leder && !sti.ends_with('1'), "{nr} {sti}");
        }
        app.som("0b", nr).get(&referat()).await.er(StatusCode::NOT_FOUND);
    }
}

#[sqlx::test]
async fn the_database_itself_keeps_every_version_locked(pool: PgPoolOptions, connect: PgConnectOptions) {
    let (app, rektor) = holdt(pool, connect).await;
    let (m, e, b) = (id("0a", "0c", 2), id("0a", "0d", 21), id("0a", "0f", 1));
    // Nobody sees a beslutning before they are noted as a reader.
    let inne = format!("select set_config('app.i_dag', '2026-11-18', true); select slipp_inn('{m}');");
    let versjon = |mote, nr: i32, person| {
        format!(
            "insert into referat_versjon (id, mote_id, nr, grunn, rettet_av, rettet)
             values ('{}', '{mote}', {nr}, 'Grunn', '{}', now())",
            id("0a", "ff", nr.unsigned_abs()),
            id("0a", "05", person)
        )
    };
    let tekst = |nr: u32, element| {
        format!(
            "insert into referat_tekst (id, versjon_id, moteelement_id, tekst)
             values (gen_random_uuid(), '{}', '{element}', 'Tekst')",
            id("0a", "ff", nr)
        )
    };
    for (sql, kode) in [
        (versjon(id("0a", "0c", 3), 2, 1), "SH003"), // not ferdigstilt
        (versjon(m, 3, 1), "SH003"),                 // out of order
        (versjon(m, 1, 1), "SH003"),
        (versjon(m, 2, 2), "SH003"), // in somebody else's name
        (format!("{}; {}", versjon(m, 2, 1), tekst(2, id("0a", "0d", 31))), "SH001"), // another møte's element
        (versjon(id("0b", "0c", 2), 2, 1), "SH003"),
        // What was locked at the end is as locked as ever.
        (format!("update mote set sted = 'x' where id = '{m}'"), "SH001"),
        (format!("update moteelement set notat = 'x' where id = '{e}'"), "SH001"),
        (format!("{inne} update beslutning set tekst = 'x' where id = '{b}'"), "SH001"),
        (format!("{inne} delete from beslutning where id = '{b}'"), "SH001"),
    ] {
        assert_eq!(app.web(1, &sql).await.as_deref(), Some(kode), "{sql}");
    }
    rettet(&rektor).await;
    let ny: uuid::Uuid = sqlx::query_scalar("select id from referat_versjon").fetch_one(&app.eier).await.unwrap();
    let til = format!(
        "insert into referat_tekst (id, versjon_id, moteelement_id, beslutning_id, tekst)
         values (gen_random_uuid(), '{ny}', '{e}', null, 'Lagt til i ettertid')"
    );
    assert_eq!(app.web(1, &til).await.as_deref(), Some("SH001"), "nothing comes to a version afterwards");
    for sql in ["referat_versjon set grunn = 'x'", "referat_tekst set tekst = 'x'"] {
        assert_eq!(app.web(1, &format!("update {sql}")).await.as_deref(), Some("42501"), "{sql}");
        let eier = format!("update {sql}");
        let nei = sqlx::raw_sql(AssertSqlSafe(eier)).execute(&app.eier).await.unwrap_err();
        assert_eq!(
            nei.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref(),
            Some("SH001"),
            "not even the owner"
        );
    }
    for tabell in ["referat_versjon", "referat_tekst"] {
        assert_eq!(app.web(1, &format!("delete from {tabell}")).await.as_deref(), Some("42501"), "{tabell}");
    }
    let lovlig = format!("{}; {}", versjon(m, 3, 1), tekst(3, e));
    assert_eq!(app.web(1, &lovlig).await, None);
}
