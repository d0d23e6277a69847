//! How children and guardians take part: said before what is about a child can be finished, and never with a name.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Aktor, Side, TestApp, id};

fn na(hva: &str) -> String {
    format!("/moter/{}/{hva}", id("0a", "0c", 3))
}

/// Says it as the leader does who has just opened the page.
async fn si(rektor: &Aktor, felter: &[(&str, &str)]) -> Side {
    let side = rektor.get(&na("medvirkning")).await.er(StatusCode::OK);
    rektor.fyll(&side, &na("medvirkning"), felter).await
}

const HORT: [(&str, &str); 4] =
    [("barn_invitert", "1"), ("barn_mate", "samtale"), ("foresatte_invitert", "2"), ("foresatte_mate", "skriftlig")];

/// Treats a sak about a child in the møte under way.
async fn droft_anonymt(rektor: &Aktor) {
    let sti = format!("/team/{}/meld/anonym", id("0a", "0a", 1));
    let side = rektor.get(&sti).await.er(StatusCode::OK);
    rektor.fyll(&side, &sti, &[("tittel", "Uro i overganger")]).await.er(StatusCode::SEE_OTHER);
    let hold = rektor.get(&na("hold")).await.er(StatusCode::OK);
    assert!(hold.sier("Det må gjøres før møtet ferdigstilles"), "{}", hold.tekst());
    let sak = hold.html.split("/saker/").find(|d| d.starts_with(|c: char| c.is_ascii_hexdigit())).unwrap();
    let behandle = format!("/saker/{}/behandle", &sak[..36]);
    rektor.fyll(&hold, &behandle, &[("utfall", "rad")]).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn what_is_about_a_child_is_not_finished_before_it_is_said_how_they_were_heard(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    droft_anonymt(&rektor).await;
    let side = rektor.get(&na("ferdigstill")).await.er(StatusCode::OK);
    assert!(side.sier("Skriv hvordan barnet og de foresatte medvirket") && side.html.contains(&na("medvirkning")));
    assert!(!side.html.contains("name=\"begrunnelse\""), "no reason is good enough: {}", side.html);
    let tvang = [("nokkel", "00000000-0000-4000-8000-00000000000b"), ("begrunnelse", "Vi glemte det")];
    let svar = rektor.post(&na("ferdigstill"), &tvang).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.sier("Skriv hvordan barnet og de foresatte medvirket"), "{}", svar.tekst());
    let sql = format!("update mote set status = 'ferdigstilt', ferdigstilt = now() where id = '{}'", id("0a", "0c", 3));
    assert_eq!(app.web(1, &sql).await.as_deref(), Some("SH002"));

    si(&rektor, &HORT).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&na("ferdigstill")).await.er(StatusCode::OK);
    let felter = [("begrunnelse", "Vi rakk ikke alt")];
    rektor.fyll(&side, &na("ferdigstill"), &felter).await.er(StatusCode::SEE_OTHER);
    let motet = app.som("0a", 2).get(&format!("/moter/{}", id("0a", "0c", 3))).await;
    assert!(motet.sier("Barn: 1 invitert, 0 deltok. Ble hørt i en samtale utenfor møtet."), "{}", motet.tekst());
    let flytt = format!(
        "select set_config('role', 'samhandling_web', true), set_config('app.region', '{}', true); \
         update medvirkning set mote_id = '{}'",
        id("0a", "00", 1),
        id("0a", "0c", 1)
    );
    let feil = sqlx::raw_sql(AssertSqlSafe(flytt)).execute(&app.eier).await.unwrap_err();
    assert_eq!(feil.as_database_error().unwrap().code().as_deref(), Some("42501"), "{feil}");
    let last = rektor.post(&na("medvirkning"), &HORT).await.er(StatusCode::CONFLICT);
    assert!(last.sier("Medvirkningen kan ikke endres"), "{}", last.tekst());
}

#[sqlx::test]
async fn what_cannot_be_is_refused_with_what_was_written(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let feil: [(&[(&str, &str)], &str); 5] = [
        (&[("barn_mate", "ikke")], "Skriv hvorfor noen ikke har medvirket"),
        (&[("foresatte_mate", "i_motet")], "Skriv hvor mange som deltok, når noen var med i møtet"),
        (&[("barn_invitert", "21")], "fra 0 til 20"),
        (&[("barn_mate", "noe")], "Hvordan de ble hørt"),
        (&[("begrunnelse", "Se 01010150074 i mappa")], "Teksten ser ut til å inneholde et fødselsnummer"),
    ];
    for (felter, ord) in feil {
        let svar = si(&rektor, felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(svar.sier(ord), "{felter:?}: {}", svar.tekst());
    }
    let langt = "x".repeat(10_000);
    si(&rektor, &[("begrunnelse", &langt)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    // An old page is told so, sees both, and can go on from there; the same page sent twice is one act.
    let gammel = rektor.get(&na("medvirkning")).await.er(StatusCode::OK);
    si(&rektor, &HORT).await.er(StatusCode::SEE_OTHER);
    rektor.fyll(&gammel, &na("medvirkning"), &HORT).await.er(StatusCode::SEE_OTHER);
    let sen = rektor.fyll(&gammel, &na("medvirkning"), &[("barn_invitert", "3")]).await.er(StatusCode::CONFLICT);
    assert!(sen.sier("Noen andre har lagret «1»") && sen.html.contains("value=\"3\""), "{}", sen.html);
    rektor.fyll(&sen, &na("medvirkning"), &[]).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.get(&na("hold")).await.sier("Barn: 3 invitert, 0 deltok."));
}

#[sqlx::test]
async fn the_invitation_says_why_who_and_what_rights_and_has_no_name(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let sti = format!("/moter/{}/invitasjon", id("0a", "0c", 1));
    let brev = app.som("0a", 2).get(&sti).await.er(StatusCode::OK);
    for ord in ["Onsdag 25. november 2026 kl. 08.30–11.00", "PPT: ", "Dere kan trekke samtykket når dere vil", "tolk"]
    {
        assert!(brev.sier(ord), "{ord}: {}", brev.tekst());
    }
    let barn = app.som("0a", 1).get(&format!("{sti}?til=barn")).await.er(StatusCode::OK);
    assert!(barn.sier("Vi vil gjerne høre hva du mener") && !barn.sier("samtykket"), "{}", barn.tekst());
    app.som("0b", 1).get(&sti).await.er(StatusCode::NOT_FOUND);
}
