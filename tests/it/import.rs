//! The import of enheter: a file, its preview, and all or nothing.
use axum::http::{Request, StatusCode, header};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::macros::datetime;

use crate::{Aktor, Side, TestApp, id};

const KOORDINATOR: u32 = 9;
const TOPP: &str = "kommunenr;type;orgnr;navn;antall;fra;til;eier";
/// As the first enhet of the region stands, with more elever.
const FLERE_ELEVER: &str = "3427;skole;974570068;Fjellheim skole;310;1;7;offentlig";
const UENDRET: &str = "3427;barnehage;974570203;Bjørka barnehage;59;1;5;offentlig";
const NY: &str = "3428;skole;123456785;Øvre <script>skole</script>;54;1;7;privat";
const GAL: &str = "3427;skole;123456786;Gal skole;54;1;7;privat";
const UTENFOR: &str = "5001;skole;987654325;By skole;54;1;7;privat";

fn fil(linjer: &[&str]) -> Vec<u8> {
    format!("{TOPP}\n{}\n", linjer.join("\n")).into_bytes()
}

async fn last_opp(aktor: &Aktor, innhold: &[u8]) -> Side {
    let hode = "--SKILLE\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"enheter.csv\"\r\nContent-Type: text/csv\r\n\r\n";
    let kropp = [hode.as_bytes(), innhold, b"\r\n--SKILLE--\r\n"].concat();
    let request = Request::post("/admin/import").header(header::CONTENT_TYPE, "multipart/form-data; boundary=SKILLE");
    aktor.send(request, kropp.into()).await
}

/// Uploads a file that can be read and goes on to its preview.
async fn forhandsvis(aktor: &Aktor, linjer: &[&str]) -> (String, Side) {
    let svar = last_opp(aktor, &fil(linjer)).await.er(StatusCode::SEE_OTHER);
    let sti = svar.sted.unwrap();
    let side = aktor.get(&sti).await.er(StatusCode::OK);
    (sti, side)
}

async fn enheter(app: &TestApp, region: &str) -> Vec<(String, Option<i32>)> {
    sqlx::query_as("select navn, antall from enhet where region_id = $1 order by navn")
        .bind(id(region, "00", 1))
        .fetch_all(&app.eier)
        .await
        .unwrap()
}

#[sqlx::test]
async fn a_file_is_shown_and_then_saved_and_twice_changes_nothing(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let for_importen = (enheter(&app, "0a").await, enheter(&app, "0b").await);
    let (sti, side) = forhandsvis(&randi, &[FLERE_ELEVER, UENDRET, NY, UTENFOR]).await;
    for ord in [
        "Nye 1",
        "Endrede 1",
        "Uendrede 1",
        "Linjer med feil 0",
        "utenfor regionen (hoppes over) 1",
        "Antall: 303 → blir 310",
    ] {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    assert!(side.sier("Importer 1 ny og 1 endret") && !side.html.contains("<script>skole"), "{}", side.html);
    assert_eq!(enheter(&app, "0a").await, for_importen.0, "a preview saves nothing");

    let svar = randi.fyll(&side, &sti, &[]).await.er(StatusCode::SEE_OTHER);
    let liste = randi.folg(&svar).await;
    assert!(liste.sier("Importen er gjort: 1 ny og 1 endret") && liste.sier("4 enheter"), "{}", liste.tekst());
    let etter = enheter(&app, "0a").await;
    assert!(etter.contains(&("Fjellheim skole".to_owned(), Some(310))) && etter.len() == 4, "{etter:?}");
    assert_eq!(enheter(&app, "0b").await, for_importen.1);

    randi.fyll(&side, &sti, &[]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(enheter(&app, "0a").await, etter, "the same word twice is one act");
    randi.get(&sti).await.er(StatusCode::NOT_FOUND);
    let (_, igjen) = forhandsvis(&randi, &[FLERE_ELEVER, UENDRET, NY, UTENFOR]).await;
    assert!(igjen.sier("ingenting å importere") && igjen.sier("Uendrede 3"), "{}", igjen.tekst());
}

#[sqlx::test]
async fn lines_with_errors_are_mended_or_left_out_by_name(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let (sti, side) = forhandsvis(&randi, &[NY, GAL, NY]).await;
    assert!(side.sier("Linje 3: Gal skole orgnr:") && side.sier("står også på linje 2"), "{}", side.tekst());
    for utelat in [&[][..], &[("utelat", "3")][..]] {
        let nei = randi.fyll(&side, &sti, utelat).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nei.sier("har feil. Rett filen"), "{}", nei.tekst());
    }
    assert_eq!(enheter(&app, "0a").await.len(), 3);
    let nei = randi.fyll(&side, &sti, &[("utelat", "3")]).await;
    assert!(nei.html.contains("value=\"3\" checked"), "{}", nei.html);
    let merke = side.html.split("name=\"merke\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    randi.post(&sti, &[("merke", merke), ("utelat", "3"), ("utelat", "4")]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(enheter(&app, "0a").await.len(), 4);
}

#[sqlx::test]
async fn what_changed_since_the_preview_is_shown_before_anything_is_saved(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let (sti, side) = forhandsvis(&randi, &[FLERE_ELEVER, NY]).await;
    let sql = "update enhet set antall = 320 where orgnr = '974570068'";
    sqlx::query(sql).execute(&app.eier).await.unwrap();
    let svar = randi.fyll(&side, &sti, &[]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Noe er endret siden") && svar.sier("320 → blir 310"), "{}", svar.tekst());
    assert_eq!(enheter(&app, "0a").await.len(), 3);
    randi.fyll(&svar, &sti, &[]).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn an_error_in_the_middle_leaves_nothing(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let (sti, side) = forhandsvis(&randi, &[NY, FLERE_ELEVER]).await;
    // The new row is saved first; then the database says no to the changed one.
    sqlx::query("alter table enhet add constraint tull check (antall <> 310) not valid")
        .execute(&app.eier)
        .await
        .unwrap();
    let for_importen = enheter(&app, "0a").await;
    randi.fyll(&side, &sti, &[]).await.er(StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(enheter(&app, "0a").await, for_importen);
    randi.get(&sti).await.er(StatusCode::OK);
}

#[sqlx::test]
async fn a_file_that_is_no_list_of_enheter_is_refused_in_words(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let stor = vec![b'a'; 6 * 1024 * 1024];
    for (innhold, status, ord) in [
        (&b""[..], StatusCode::UNPROCESSABLE_ENTITY, "Filen er tom"),
        (b"PK\x03\x04regneark", StatusCode::UNPROCESSABLE_ENTITY, "regneark"),
        (b"\x00\x01\x02", StatusCode::UNPROCESSABLE_ENTITY, "ikke en tekstfil"),
        (b"navn,orgnr\na,b", StatusCode::UNPROCESSABLE_ENTITY, "delt med komma"),
        (b"navn;orgnr\na;b", StatusCode::UNPROCESSABLE_ENTITY, "linje i filen"),
        (&stor, StatusCode::PAYLOAD_TOO_LARGE, "5 MB"),
    ] {
        let svar = last_opp(&randi, innhold).await.er(status);
        assert!(svar.sier(ord), "{ord}: {}", svar.tekst());
        assert!(svar.html.contains("type=\"file\""), "the way to try again is on the page");
    }
    let uten = Request::post("/admin/import").header(header::CONTENT_TYPE, "multipart/form-data; boundary=SKILLE");
    let svar = randi.send(uten, "--SKILLE--\r\n".into()).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Velg en fil først"), "{}", svar.tekst());
    assert_eq!(
        sqlx::query_scalar::<_, i64>("select count(*) from importutkast").fetch_one(&app.eier).await.unwrap(),
        0
    );
}

#[sqlx::test]
async fn a_file_in_windows_1252_with_bom_or_not_reads_the_same(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let utf8 = fil(&[UENDRET]);
    let windows: Vec<u8> =
        String::from_utf8(utf8.clone()).unwrap().chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for innhold in [[&b"\xef\xbb\xbf"[..], &utf8].concat(), windows] {
        let svar = last_opp(&randi, &innhold).await.er(StatusCode::SEE_OTHER);
        assert!(randi.folg(&svar).await.sier("Uendrede 1"));
    }
}

#[sqlx::test]
async fn a_draft_is_ones_own_and_lives_a_day(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let randi = app.som("0a", KOORDINATOR);
    let (sti, side) = forhandsvis(&randi, &[NY]).await;
    let forkast = format!("{sti}/forkast");
    for nr in [1, 2, 6, 7, 8, 10] {
        let aktor = app.som("0a", nr);
        aktor.get("/admin/import").await.er(StatusCode::FORBIDDEN);
        last_opp(&aktor, &fil(&[NY])).await.er(StatusCode::FORBIDDEN);
        aktor.get(&sti).await.er(StatusCode::FORBIDDEN);
        aktor.post(&sti, &[]).await.er(StatusCode::FORBIDDEN);
        aktor.post(&forkast, &[]).await.er(StatusCode::FORBIDDEN);
    }
    // Another regionkoordinator of the same region, and one of another region.
    sqlx::query("update rolle set type = 'regionkoordinator' where id = $1")
        .bind(id("0a", "06", 10))
        .execute(&app.eier)
        .await
        .unwrap();
    for andre in [app.som("0a", 10), app.som("0b", KOORDINATOR)] {
        andre.get(&sti).await.er(StatusCode::NOT_FOUND);
        andre.post(&sti, &[]).await.er(StatusCode::NOT_FOUND);
        andre.post(&forkast, &[]).await.er(StatusCode::NOT_FOUND);
    }
    let kast = randi.fyll(&side, &forkast, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(randi.folg(&kast).await.sier("Filen er forkastet"));
    randi.get(&sti).await.er(StatusCode::NOT_FOUND);

    let (sti, _) = forhandsvis(&randi, &[NY]).await;
    sqlx::query("update importutkast set opprettet = $1")
        .bind(datetime!(2026-11-17 09:59 UTC))
        .execute(&app.eier)
        .await
        .unwrap();
    randi.get(&sti).await.er(StatusCode::NOT_FOUND);
    forhandsvis(&randi, &[NY]).await;
    assert_eq!(
        sqlx::query_scalar::<_, i64>("select count(*) from importutkast").fetch_one(&app.eier).await.unwrap(),
        1
    );
}
