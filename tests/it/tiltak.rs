//! A tiltak from the decision it is made of to its end, and what stands in its way.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Executor, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Aktor, TestApp, id};

const FODSELSNUMMER: &str = "018190 00049";

fn mote(nr: u32) -> String {
    format!("/moter/{}", id("0a", "0c", nr))
}

/// The tiltak of the example, or one of its pages.
fn tiltak(hva: &str) -> String {
    format!("/tiltak/{}{hva}", id("0a", "20", 1))
}

/// The form that makes a tiltak of the decision of the møte that is held.
fn lag() -> String {
    format!("{}/beslutning/{}/tiltak", mote(2), id("0a", "0f", 1))
}

async fn spor(app: &TestApp, sql: &str) -> String {
    let rad = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&app.eier).await.unwrap();
    rad.get::<Option<String>, _>(0).unwrap_or_default()
}

async fn status(app: &TestApp) -> String {
    spor(app, &format!("select status from tiltak where id = '{}'", id("0a", "20", 1))).await
}

async fn med_eksempler(pool: PgPoolOptions, connect: PgConnectOptions) -> TestApp {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    app
}

/// What a new tiltak needs beside what the decision gives.
const NYTT: [(&str, &str); 7] = [
    ("mal", "Alle kommer i gang med dagen"),
    ("niva", "system"),
    ("tiltaksniva", "primaer"),
    ("kategori", "laeringsmiljo"),
    ("utformet_med", "begge"),
    ("frist", "2026-12-20"),
    ("neste_evaluering", "2026-12-09"),
];

#[sqlx::test]
async fn a_tiltak_can_be_proposed_without_a_decision(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let sti = format!("{}/element/{}/tiltak", mote(3), id("0a", "0d", 31));
    let hold = rektor.get(&(mote(3) + "/hold")).await.er(StatusCode::OK);
    assert!(hold.html.contains(&format!("{sti}?fra=hold")), "{}", hold.html);
    let side = rektor.get(&format!("{sti}?fra=hold")).await.er(StatusCode::OK);
    assert!(!side.sier("Beslutning: «"), "{}", side.tekst());
    let ppt = id("0a", "05", 2).to_string();
    let felter = [("hva", "Vi prøver faste plasser"), ("tjenestetype", "ppt"), ("ansvarlig", ppt.as_str())];
    let felter: Vec<_> = NYTT.into_iter().chain(felter).collect();
    let svar = rektor.fyll(&side, &sti, &felter).await.er(StatusCode::SEE_OTHER);
    assert_eq!(svar.sted.as_deref(), Some(format!("{}/hold#punkt-{}", mote(3), id("0a", "0d", 31)).as_str()));
    let sql =
        format!("select status || ' ' || (beslutning_id is null) from tiltak where mote_id = '{}'", id("0a", "0c", 3));
    assert_eq!(spor(&app, &sql).await, "foreslatt true");
    // An element of another møte is not under this one.
    let annet = format!("{}/element/{}/tiltak", mote(3), id("0a", "0d", 21));
    rektor.get(&annet).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn somebody_leaves_and_another_takes_over_in_one_step(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let rektor = app.som("0a", 1);
    let sti = format!("/team/{}/tiltak/overfor", id("0a", "0a", 1));
    let velg = rektor.get(&sti).await.er(StatusCode::OK);
    let fra = format!("{sti}?fra={}", id("0a", "05", 2));
    assert!(velg.html.contains(&fra) && velg.sier("1 åpent tiltak"), "{}", velg.tekst());
    let side = rektor.get(&fra).await.er(StatusCode::OK);
    let (en, til) = (id("0a", "20", 1).to_string(), id("0a", "05", 3).to_string());
    for (felter, ord) in [
        ([("til", ""), ("tiltak", en.as_str())], "Velg hvem som tar over"),
        ([("til", "00000000-0000-0000-0a05-000000000011"), ("tiltak", en.as_str())], "Velg hvem som tar over"),
        ([("til", til.as_str()), ("tiltak", "")], "Velg minst ett tiltak"),
    ] {
        let svar = rektor.fyll(&side, &sti, &felter).await.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(svar.sier(ord), "{ord}: {}", svar.tekst());
    }
    let felter = [("til", til.as_str()), ("tiltak", en.as_str())];
    let for_ = rektor.fyll(&side, &sti, &felter).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.folg(&for_).await.sier("Tiltaket er overført"));
    rektor.fyll(&side, &sti, &felter).await.er(StatusCode::SEE_OTHER); // the same form again is the same act
    let na = spor(&app, &format!("select ansvarlig_id || ' ' || versjon from tiltak where id = '{en}'")).await;
    assert_eq!(na, format!("{til} 2"));
    // An old page finds nothing left to hand over.
    let gammel = [
        ("nokkel", "00000000-0000-4000-8000-00000000000c"),
        ("fra", &id("0a", "05", 2).to_string()),
        felter[0],
        felter[1],
    ];
    rektor.post(&sti, &gammel).await.er(StatusCode::CONFLICT);
}

/// Sends an evaluation of the example's tiltak.
async fn evaluer(aktor: &Aktor, felter: &[(&str, &str)]) -> crate::Side {
    let side = aktor.get(&tiltak("/evaluer")).await.er(StatusCode::OK);
    aktor.fyll(&side, &tiltak("/evaluer"), felter).await
}

async fn flytt(aktor: &Aktor, trekk: &str) -> crate::Side {
    let nokkel = uuid::Uuid::new_v4().to_string();
    aktor.post(&tiltak("/status"), &[("nokkel", &nokkel), ("trekk", trekk)]).await
}

#[sqlx::test]
async fn from_a_decision_to_the_end(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    let side = rektor.get(&mote(2)).await.er(StatusCode::OK);
    assert!(side.sier("Lag tiltak") && side.html.contains(&lag()), "{}", side.html);
    assert!(!ppt.get(&mote(2)).await.html.contains(&lag()), "only who leads the team");

    let side = rektor.get(&lag()).await.er(StatusCode::OK);
    for ord in ["Vi prøver en felles rutine", "Per Pedagog", "2026-11-25"] {
        assert!(side.html.contains(ord), "filled from the decision: {ord}");
    }
    rektor.fyll(&side, &lag(), &[("mal", FODSELSNUMMER)]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    let mut steder = Vec::new();
    for _ in 0..2 {
        steder.push(rektor.fyll(&side, &lag(), &NYTT).await.er(StatusCode::SEE_OTHER).sted.unwrap());
    }
    assert_eq!(steder[0], steder[1], "sent twice is one act");
    assert_eq!(spor(&app, "select count(*)::text from tiltak where beslutning_id is not null").await, "1");
    let her = steder[0].clone();
    assert_eq!(rektor.get(&lag()).await.er(StatusCode::SEE_OTHER).sted, Some(her.clone()), "it is there already");

    let side = ppt.get(&her).await.er(StatusCode::OK);
    for ord in
        ["Besluttet", "Alle kommer i gang med dagen", "Generell diskusjon eller planlegging", "Barn og foresatte"]
    {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    assert!(side.html.contains(&mote(2)) && !side.html.contains(&format!("{her}/endre")), "{}", side.html);
    ppt.fyll(&side, &format!("{her}/status"), &[]).await.er(StatusCode::SEE_OTHER);
    assert!(ppt.get(&her).await.sier("Pågår"));
    let neste = ppt.get(&mote(1)).await.er(StatusCode::OK);
    assert!(neste.sier("Åpne tiltak i teamet") && neste.sier("Vi prøver en felles rutine"), "{}", neste.tekst());

    let evaluering = format!("{her}/evaluer");
    let side = ppt.get(&evaluering).await.er(StatusCode::OK);
    let fortsett = [("virker", "virker"), ("videre", "viderefort"), ("neste_evaluering", "2027-01-20")];
    for _ in 0..2 {
        let videre = ppt.fyll(&side, &evaluering, &fortsett).await.er(StatusCode::SEE_OTHER);
        assert_eq!(videre.sted.as_deref(), Some(her.as_str()));
    }
    assert_eq!(spor(&app, "select count(*)::text from tiltak_evaluering").await, "1", "sent twice is one act");
    let side = rektor.get(&her).await.er(StatusCode::OK);
    assert!(side.sier("Videreført") && side.sier("20.01.2027") && side.html.contains(&mote(3)), "{}", side.tekst());
    rektor.fyll(&side, &format!("{her}/status"), &[]).await.er(StatusCode::SEE_OTHER);

    let side = rektor.get(&evaluering).await.er(StatusCode::OK);
    let slutt = [("virker", "virker"), ("videre", "avsluttet")];
    let igjen = rektor.fyll(&side, &evaluering, &slutt).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(igjen.sier("Svar på om tiltaket skal evalueres senere"), "{}", igjen.tekst());
    let slutt = [slutt[0], slutt[1], ("skal_evalueres", "ja"), ("evalueres", "2027-05-20")];
    rektor.fyll(&igjen, &evaluering, &slutt).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&her).await.er(StatusCode::OK);
    assert!(side.sier("Avsluttet") && side.sier("Ja, 20.05.2027"), "{}", side.tekst());
    rektor.get(&evaluering).await.er(StatusCode::CONFLICT);
    rektor.get(&format!("{her}/endre")).await.er(StatusCode::CONFLICT);
    assert!(!rektor.get("/tiltak?vis=team").await.sier("felles rutine"), "the ended ones are not open");
    assert!(rektor.get("/tiltak?vis=team&status=alle").await.sier("felles rutine"));
}

#[sqlx::test]
async fn what_does_not_work_is_done_otherwise(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let ppt = app.som("0a", 2);
    let felter = [("virker", "virker_ikke"), ("videre", "viderefort"), ("neste_evaluering", "2027-01-20")];
    let nei = evaluer(&ppt, &[&felter[..], &[("notat", "Uroen er den samme")]].concat()).await;
    let nei = nei.er(StatusCode::CONFLICT);
    assert!(nei.sier("kan ikke fortsette som før") && nei.html.contains("Uroen er den samme"), "{}", nei.tekst());
    let nei = evaluer(&ppt, &[felter[0], ("videre", "endret"), felter[2]]).await.er(StatusCode::CONFLICT);
    assert!(nei.sier("Skriv hva dere gjør annerledes"), "{}", nei.tekst());
    assert_eq!(status(&app).await, "pagar");
    let nytt = [felter[0], ("videre", "endret"), felter[2], ("hva", "To voksne i garderoben")];
    evaluer(&ppt, &nytt).await.er(StatusCode::SEE_OTHER);
    let side = ppt.get(&tiltak("")).await.er(StatusCode::OK);
    for ord in ["Endret", "To voksne i garderoben", "Tiltaket før endringen", "Mindre grupper inn fra friminutt"] {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
}

#[sqlx::test]
async fn an_edit_on_a_stale_page_shows_both(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&tiltak("/endre")).await.er(StatusCode::OK);
    rektor.fyll(&side, &tiltak("/endre"), &[("mal", "Først lagret")]).await.er(StatusCode::SEE_OTHER);
    let begge = rektor.fyll(&side, &tiltak("/endre"), &[("mal", "Skrevet etterpå")]).await.er(StatusCode::CONFLICT);
    assert!(begge.sier("Først lagret") && begge.html.contains("Skrevet etterpå"), "{}", begge.tekst());
    rektor.fyll(&begge, &tiltak("/endre"), &[]).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.get(&tiltak("")).await.sier("Skrevet etterpå"));

    let gammel = rektor.get(&tiltak("/evaluer")).await.er(StatusCode::OK);
    let side = rektor.get(&tiltak("/endre")).await.er(StatusCode::OK);
    rektor.fyll(&side, &tiltak("/endre"), &[("mal", "Nyeste mål")]).await.er(StatusCode::SEE_OTHER);
    let felter = [("virker", "virker"), ("videre", "viderefort"), ("neste_evaluering", "2027-01-20")];
    let igjen = rektor.fyll(&gammel, &tiltak("/evaluer"), &felter).await.er(StatusCode::CONFLICT);
    assert!(igjen.sier("Nyeste mål"), "{}", igjen.tekst());
    assert_eq!(status(&app).await, "pagar");

    let utenfor = id("0a", "05", 11).to_string();
    let side = rektor.get(&tiltak("/endre")).await.er(StatusCode::OK);
    let nei = rektor.fyll(&side, &tiltak("/endre"), &[("ansvarlig", &utenfor)]).await;
    assert!(nei.er(StatusCode::UNPROCESSABLE_ENTITY).sier("Velg en som sitter i teamet"));
}

#[sqlx::test]
async fn each_does_what_is_theirs(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    app.eier
        .execute("update tiltak set niva = 'individ', hva = 'MARKØR om et barn', versjon = versjon + 1")
        .await
        .unwrap();
    // The numbers' roles, the other team's leader, the other kommune, and another region.
    for (region, nr) in [("0a", 6), ("0a", 7), ("0a", 8), ("0a", 9), ("0a", 10), ("0a", 11), ("0a", 12), ("0b", 1)] {
        let andre = app.som(region, nr);
        let motet = id(region, "0c", 1);
        for sti in [tiltak(""), tiltak("/endre"), tiltak("/evaluer"), tiltak("/status")] {
            andre.get(&sti).await.er(StatusCode::NOT_FOUND);
        }
        flytt(&andre, "til_evaluering").await.er(StatusCode::NOT_FOUND);
        for sti in ["/".to_owned(), "/tiltak?vis=team&status=alle".to_owned(), format!("/moter/{motet}")] {
            if region == "0a" {
                assert!(!andre.get(&sti).await.html.contains("MARKØR"), "{sti} som {nr}");
            }
        }
    }
    // A member sees and evaluates, but does not move, edit or end it.
    let helse = app.som("0a", 3);
    assert!(helse.get("/tiltak?vis=team").await.sier("MARKØR"));
    flytt(&helse, "til_evaluering").await.er(StatusCode::FORBIDDEN);
    helse.get(&tiltak("/endre")).await.er(StatusCode::FORBIDDEN);
    let slutt = [("virker", "virker"), ("videre", "avsluttet")];
    let side = helse.get(&tiltak("/evaluer")).await.er(StatusCode::OK);
    assert!(side.sier("Bare teamlederen kan avslutte") && !side.html.contains("skal_evalueres"));
    let felter: Vec<_> =
        [&slutt[..], &[("skal_evalueres", "nei"), ("mal", "Mål"), ("hva", "Noe"), ("versjon", "2")]].concat();
    let nokkel = uuid::Uuid::new_v4().to_string();
    helse.post(&tiltak("/evaluer"), &[&felter[..], &[("nokkel", &nokkel)]].concat()).await.er(StatusCode::FORBIDDEN);
    // Who answers for it moves it along.
    let ppt = app.som("0a", 2);
    flytt(&ppt, "avslutt").await.er(StatusCode::UNPROCESSABLE_ENTITY);
    flytt(&ppt, "til_evaluering").await.er(StatusCode::SEE_OTHER);
    for trekk in ["til_evaluering", "start", "beslutt"] {
        for aktor in [&ppt, &app.som("0a", 1)] {
            flytt(aktor, trekk).await.er(StatusCode::CONFLICT);
        }
    }
    let felter = [("virker", "delvis"), ("videre", "viderefort"), ("neste_evaluering", "2026-12-09")];
    evaluer(&helse, &felter).await.er(StatusCode::SEE_OTHER);
    assert_eq!(status(&app).await, "viderefort");
}

#[sqlx::test]
async fn the_list_says_what_is_overdue(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let ppt = app.som("0a", 2);
    let tom = ppt.get("/tiltak?vis=forfalte").await.er(StatusCode::OK);
    assert!(tom.sier("Ingen tiltak er over fristen"), "{}", tom.tekst());
    app.eier.execute("update tiltak set frist = '2026-11-06', versjon = versjon + 1").await.unwrap();
    let side = ppt.get("/tiltak?vis=forfalte").await.er(StatusCode::OK);
    assert!(side.sier("12 dager over fristen") && side.sier("Over fristen (1)"), "{}", side.tekst());
    assert!(ppt.get("/tiltak").await.sier("Mindre grupper inn"), "mine, when nothing is said");
    assert!(app.som("0a", 1).get("/tiltak").await.sier("Du har ikke ansvar for noen åpne tiltak"));
    assert!(ppt.get("/tiltak?vis=team&sok=garderoben").await.sier("Mindre grupper inn"));
    assert!(ppt.get("/tiltak?vis=team&sok=svømming").await.sier("Ingen tiltak passer"));
    for sorter in ["frist", "-frist", "evaluering", "ansvarlig", "-status", "navn", "-navn"] {
        ppt.get(&format!("/tiltak?vis=team&sorter={sorter}")).await.er(StatusCode::OK);
    }
    let mote = ppt.get(&mote(1)).await.er(StatusCode::OK);
    assert!(mote.sier("12 dager over fristen"), "{}", mote.tekst());
    let hjem = ppt.get("/").await.er(StatusCode::OK);
    assert!(hjem.sier("1 tiltak er over fristen"), "{}", hjem.tekst());
    let team = ppt.get(&format!("/team/{}", id("0a", "0a", 1))).await.er(StatusCode::OK);
    assert!(team.sier("Se tiltakene til teamet"));
}

#[sqlx::test]
async fn the_database_stands_behind_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let (t, p) = (id("0a", "20", 1), id("0a", "05", 1));
    let evaluering = |versjon: u32, virker: &str, videre: &str| {
        format!(
            "insert into tiltak_evaluering (id, tiltak_id, tiltak_versjon, virker, videre, neste_evaluering, mal, hva, person_id, tid) \
             values (gen_random_uuid(), '{t}', {versjon}, '{virker}', '{videre}', '2027-01-01', 'Mål', 'Hva', '{p}', now())"
        )
    };
    let til = |status: &str| format!("update tiltak set status = '{status}', versjon = versjon + 1 where id = '{t}'");
    let evaluert = format!("{}; {}", til("til_evaluering"), evaluering(2, "virker", "viderefort"));
    let forsok = [
        (til("besluttet"), "SH020"),
        (til("viderefort"), "SH020"),
        (til("endret"), "SH020"),
        (format!("{}; {}", til("til_evaluering"), til("viderefort")), "SH020"),
        (format!("{evaluert}; {}", til("endret")), "SH020"),
        (evaluering(1, "virker", "viderefort"), "SH020"),
        (format!("{}; {}", til("til_evaluering"), evaluering(2, "virker_ikke", "viderefort")), "23514"),
        (
            format!("{}; {}; {}", til("til_evaluering"), evaluering(2, "virker_ikke", "endret"), til("endret")),
            "SH020", // said to be changed, and is not
        ),
        (format!("update tiltak set mal = 'Uten versjon' where id = '{t}'"), "SH020"),
        (format!("update tiltak set mote_id = '{}', versjon = 2 where id = '{t}'", id("0a", "0c", 1)), "SH020"),
        (format!("{evaluert}; update tiltak_evaluering set notat = 'x'"), "42501"),
        (format!("{evaluert}; delete from tiltak_evaluering"), "42501"),
        (format!("delete from tiltak where id = '{t}'"), "42501"),
        (
            format!(
                "insert into tiltak select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid()))).* \
                 from tiltak t where id = '{t}'"
            ),
            "SH020", // begun in the middle of its life
        ),
    ];
    for (sql, ventet) in forsok {
        assert_eq!(app.web(1, &sql).await.as_deref(), Some(ventet), "{sql}");
    }
    assert_eq!(app.web(1, &format!("{evaluert}; {}", til("viderefort"))).await, None);
    assert_eq!(status(&app).await, "viderefort");
}
