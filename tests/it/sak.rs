//! What a team wants to talk about: reported, judged, treated, and back again when it was not.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Aktor, Side, TestApp, id};

const FODSELSNUMMER: &str = "Se 01010150074 i mappa";

fn meld(slag: &str) -> String {
    format!("/team/{}/meld/{slag}", id("0a", "0a", 1))
}

fn mote(nr: u32) -> String {
    format!("/moter/{}", id("0a", "0c", nr))
}

/// The example's: 1 reported by PPT, 2 in the møte under way.
fn eksempel(nr: u32) -> String {
    format!("/saker/{}", id("0a", "22", nr))
}

/// Reports a need as somebody does who was on the page; the path of the sak.
async fn meldt(hvem: &Aktor, slag: &str, tittel: &str) -> String {
    let side = hvem.get(&meld(slag)).await.er(StatusCode::OK);
    let felter = [("tittel", tittel), ("samtykke_ref", "Sak 2026/17")];
    let felter = &felter[..if slag == "samtykke" { 2 } else { 1 }];
    hvem.fyll(&side, &meld(slag), felter).await.er(StatusCode::SEE_OTHER).sted.unwrap()
}

/// Sends one of the forms on the page of a sak.
async fn steg(hvem: &Aktor, sti: &str, hva: &str, felter: &[(&str, &str)]) -> Side {
    let side = hvem.get(sti).await.er(StatusCode::OK);
    hvem.fyll(&side, &format!("{sti}/{hva}"), felter).await
}

/// The words of a page from one heading to the next.
fn under(side: &Side, fra: &str, til: &str) -> String {
    let tekst = side.tekst();
    let etter = tekst.split_once(fra).unwrap_or_else(|| panic!("«{fra}» mangler: {tekst}")).1;
    etter.split(til).next().unwrap_or_default().to_owned()
}

async fn antall(app: &TestApp) -> i64 {
    let sql = format!("set app.region = '{}'; select count(*) from sak", id("0a", "00", 1));
    sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&app.eier).await.unwrap().get(0)
}

/// Ends the møte under way, so that the one next week is the first open one.
async fn ferdigstill(app: &TestApp) {
    let rektor = app.som("0a", 1);
    let side = rektor.get(&(mote(3) + "/ferdigstill")).await.er(StatusCode::OK);
    let felter = [("begrunnelse", "Vi rakk ikke alt")];
    rektor.fyll(&side, &(mote(3) + "/ferdigstill"), &felter).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn a_member_reports_a_need_in_two_steps_and_sees_what_becomes_of_it(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    ferdigstill(&app).await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    let velg = ppt.get(&format!("/team/{}/meld", id("0a", "0a", 1))).await.er(StatusCode::OK);
    assert!(velg.sier("Hva gjelder det?") && velg.html.contains(&meld("veiledning")), "{}", velg.html);
    let sti = meldt(&ppt, "veiledning", "Ro i overgangene").await;
    let side = ppt.get(&sti).await.er(StatusCode::OK);
    let frist = "Neste møte er onsdag 25. november 2026. Saksfristen er 18.11.2026.";
    assert!(side.sier("Teamlederen skal ta stilling til saken") && side.sier(frist), "{}", side.tekst());
    assert!(!side.sier("Avslå saken"), "only the leader judges");

    let hjem = rektor.get("/").await.er(StatusCode::OK);
    assert!(hjem.sier("1 sak er meldt til teamet") && hjem.html.contains(&sti), "{}", hjem.tekst());
    assert!(!ppt.get("/").await.sier("er meldt til teamet"));
    let motet = rektor.get(&mote(1)).await.er(StatusCode::OK);
    assert!(motet.sier("Ta stilling til hver sak") && motet.html.contains(&sti), "{}", motet.tekst());
    steg(&rektor, &sti, "sett-opp", &[("minutter", "70")]).await.er(StatusCode::SEE_OTHER);
    assert!(!rektor.get("/").await.sier("er meldt til teamet"));
    let motet = ppt.get(&mote(1)).await.er(StatusCode::OK);
    let del = under(&motet, "Veiledning eller kompetanseheving", "Observasjon eller samtaler");
    assert!(del.contains("Ro i overgangene"), "{del}");
    assert!(del.contains("70 minutter, 10 mer enn denne delen av møtet har"), "{del}");
    assert!(!motet.sier("Meldt til møtet"), "{}", motet.tekst());
    assert!(ppt.get(&sti).await.sier("Saken tas opp onsdag 25. november 2026."));
}

#[sqlx::test]
async fn a_child_is_talked_about_only_on_a_basis_and_under_the_third_element(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let side = rektor.get(&meld("samtykke")).await.er(StatusCode::OK);
    let uten = rektor.fyll(&side, &meld("samtykke"), &[("tittel", "En familie")]).await;
    let uten = uten.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(uten.sier("Fyll ut «Hvor samtykket ligger»"), "{}", uten.tekst());
    for felt in ["tittel", "beskrivelse", "samtykke_ref"] {
        let felter = [("tittel", "En familie"), ("samtykke_ref", "Sak 1"), (felt, FODSELSNUMMER)];
        let svar = rektor.fyll(&side, &meld("samtykke"), &felter).await;
        assert!(
            svar.status == StatusCode::UNPROCESSABLE_ENTITY
                && svar.sier("Teksten ser ut til å inneholde et fødselsnummer"),
            "{felt}: {}",
            svar.tekst()
        );
    }
    assert_eq!(antall(&app).await, 0);
    rektor.get(&meld("noe-annet")).await.er(StatusCode::NOT_FOUND);

    let sti = meldt(&rektor, "samtykke", "En familie").await;
    let side = rektor.get(&sti).await.er(StatusCode::OK);
    assert!(side.sier("Individnivå, samtykke foreligger") && side.sier("Sak 2026/17"), "{}", side.tekst());
    // A forged form does not move it out from under the third element.
    let falsk = [("nokkel", "00000000-0000-4000-8000-00000000000a"), ("versjon", "1"), ("elementtype", "generell")];
    rektor.post(&format!("{sti}/sett-opp"), &falsk).await.er(StatusCode::SEE_OTHER);
    let side = rektor.get(&sti).await;
    assert!(side.sier("Observasjon eller samtaler") && !side.sier("Generell diskusjon"), "{}", side.tekst());
}

#[sqlx::test]
async fn what_was_not_treated_comes_back_by_itself_and_says_where_from(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let (rukket, fast, urort) = (
        meldt(&rektor, "enheten", "Rukket").await,
        meldt(&rektor, "enheten", "Fast").await,
        meldt(&rektor, "anonym", "Urørt").await,
    );
    steg(&rektor, &fast, "sett-opp", &[("elementtype", "generell"), ("fast", "ja")]).await.er(StatusCode::SEE_OTHER);
    let melding = meldt(&app.som("0a", 2), "enheten", "Bare meldt").await;
    let hold = rektor.get(&(mote(3) + "/hold")).await.er(StatusCode::OK);
    for sti in [&rukket, &fast] {
        let svar = rektor.fyll(&hold, &format!("{sti}/behandle"), &[("utfall", "rad")]).await.er(StatusCode::SEE_OTHER);
        assert!(svar.sted.unwrap().contains("/hold#sak-"), "back to where the møte is run from");
    }
    ferdigstill(&app).await;

    let na = rektor.get(&mote(1)).await.er(StatusCode::OK);
    assert!(!na.sier("Rukket"), "{}", na.tekst());
    for tittel in ["Fast", "Urørt", "Bare meldt"] {
        assert!(na.sier(tittel), "{tittel}: {}", na.tekst());
    }
    assert_eq!(na.tekst().matches("Kommer fra møtet 18.11.2026").count(), 2, "{}", na.tekst());
    assert!(rektor.get(&melding).await.sier("Teamlederen skal ta stilling"));
    // What it left stands in the møte as it was, and does not change.
    let da = rektor.get(&mote(3)).await.er(StatusCode::OK);
    assert!(da.sier("Råd gitt") && da.sier("Ikke behandlet"), "{}", da.tekst());
    let side = rektor.get(&urort).await.er(StatusCode::OK);
    assert!(side.sier("Møtet rakk ikke saken") && !side.html.contains("<form class=\"skjema"), "{}", side.tekst());
    let felter = [("nokkel", "00000000-0000-4000-8000-00000000000a"), ("versjon", "9")];
    rektor.post(&format!("{rukket}/angre"), &felter).await.er(StatusCode::CONFLICT);
}

#[sqlx::test]
async fn a_mote_called_off_leaves_its_saker_to_the_next(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    ferdigstill(&app).await;
    let rektor = app.som("0a", 1);
    let sti = meldt(&rektor, "enheten", "Venter på møtet").await;
    assert!(rektor.get(&mote(1)).await.sier("Venter på møtet"));
    let side = rektor.get(&(mote(1) + "/avlys")).await.er(StatusCode::OK);
    rektor.fyll(&side, &(mote(1) + "/avlys"), &[("begrunnelse", "Sykdom")]).await.er(StatusCode::SEE_OTHER);
    assert!(!rektor.get(&mote(1)).await.sier("Venter på møtet"));
    assert!(rektor.get(&mote(4)).await.sier("Venter på møtet"), "the one after it");
    // Put off, it passes that one too.
    steg(&rektor, &sti, "utsett", &[]).await.er(StatusCode::SEE_OTHER);
    assert!(!rektor.get(&mote(4)).await.sier("Venter på møtet"));
    assert!(rektor.get(&sti).await.sier("det første møtet som blir booket"));
}

#[sqlx::test]
async fn a_refusal_gives_its_reason_and_can_be_taken_back(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let (rektor, ppt) = (app.som("0a", 1), app.som("0a", 2));
    let uten = steg(&rektor, &eksempel(1), "avsla", &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(uten.sier("Fyll ut «Hvorfor saken ikke tas opp»"), "{}", uten.tekst());
    let gammel = rektor.get(&eksempel(1)).await;
    let grunn = [("grunn", "Tas i <b>personalmøtet</b>")];
    rektor.fyll(&uten, &format!("{}/avsla", eksempel(1)), &grunn).await.er(StatusCode::SEE_OTHER);
    let side = ppt.get(&eksempel(1)).await;
    assert!(side.html.contains("Tas i &#60;b&#62;personalmøtet&#60;/b&#62;"), "{}", side.html);
    assert!(!rektor.get(&mote(3)).await.sier("Ro i friminuttene"));
    // A page older than the refusal is told so, and changes nothing.
    let sent = rektor.fyll(&gammel, &format!("{}/sett-opp", eksempel(1)), &[]).await.er(StatusCode::CONFLICT);
    assert!(sent.sier("kan ikke settes på agendaen"), "{}", sent.tekst());
    steg(&rektor, &eksempel(1), "angre", &[]).await.er(StatusCode::SEE_OTHER);
    assert!(rektor.get(&mote(3)).await.sier("Ro i friminuttene"));
    let skrevet = [("grunn", "Vi venter på kartleggingen")];
    let sent = rektor.fyll(&gammel, &format!("{}/avsla", eksempel(1)), &skrevet).await.er(StatusCode::CONFLICT);
    assert!(sent.sier("Noen andre har endret saken"), "{}", sent.tekst());
    assert!(sent.html.contains("Vi venter på kartleggingen"), "what was written stands: {}", sent.html);
    rektor.fyll(&sent, &format!("{}/avsla", eksempel(1)), &skrevet).await.er(StatusCode::SEE_OTHER);
}

#[sqlx::test]
async fn only_a_tst_talks_about_a_child(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let koordinator = app.som("0a", 9);
    let sti = format!("/team/{}/meld", id("0a", "0a", 4));
    let side = koordinator.get(&sti).await.er(StatusCode::OK);
    assert!(
        side.html.contains(&format!("{sti}/enheten")) && !side.html.contains(&format!("{sti}/anonym")),
        "{}",
        side.html
    );
    koordinator.get(&format!("{sti}/anonym")).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn saker_are_put_in_order_and_a_move_can_be_undone(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let rektor = app.som("0a", 1);
    let mut stier = Vec::new();
    for tittel in ["Alfa", "Bravo", "Charlie"] {
        stier.push(meldt(&rektor, "enheten", tittel).await);
    }
    let agenda = mote(3) + "/agenda";
    let rekkefolge = |side: &Side| {
        let tekst = under(side, "Rekkefølgen på sakene", "Minutter");
        let mut sted: Vec<_> = ["Alfa", "Bravo", "Charlie"].map(|t| (tekst.find(t).unwrap(), &t[..1])).into();
        sted.sort_unstable();
        sted.into_iter().map(|(_, t)| t).collect::<String>()
    };
    let side = rektor.get(&agenda).await.er(StatusCode::OK);
    assert_eq!(rekkefolge(&side), "ABC");
    let etter = rektor.post(&format!("{}/flytt", stier[2]), &[("plass", "1")]).await.er(StatusCode::SEE_OTHER);
    let side = rektor.folg(&etter).await.er(StatusCode::OK);
    assert_eq!(rekkefolge(&side), "CAB");
    assert!(side.sier("Angre flyttingen av Charlie"), "{}", side.tekst());
    let angret = rektor.post(&format!("{}/flytt", stier[2]), &[("plass", "3")]).await.er(StatusCode::SEE_OTHER);
    assert_eq!(rekkefolge(&rektor.folg(&angret).await), "ABC");
    ferdigstill(&app).await;
    // What was not treated has come back as another sak; the old one lies in the locked møte.
    let last = rektor.post(&format!("{}/flytt", stier[0]), &[("plass", "1")]).await.er(StatusCode::CONFLICT);
    assert!(last.sier("Saken står ikke på agendaen"), "{}", last.tekst());
}

#[sqlx::test]
async fn a_need_sent_twice_is_one(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let ppt = app.som("0a", 2);
    let side = ppt.get(&meld("enheten")).await.er(StatusCode::OK);
    let felter = [("tittel", "En gang")];
    let forste = ppt.fyll(&side, &meld("enheten"), &felter).await.er(StatusCode::SEE_OTHER);
    let andre = ppt.fyll(&side, &meld("enheten"), &felter).await.er(StatusCode::SEE_OTHER);
    assert_eq!(forste.sted, andre.sted);
    assert_eq!(antall(&app).await, 1);
    let langt = "x".repeat(10_000);
    let for_langt = ppt.fyll(&side, &meld("enheten"), &[("tittel", "A"), ("beskrivelse", &langt)]).await;
    for_langt.er(StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test]
async fn only_the_team_and_those_in_the_mote_read_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    for nr in 1..=14 {
        let hvem = app.som("0a", nr);
        assert_eq!(hvem.get(&eksempel(2)).await.sier("Vi vil snakke om dette"), nr <= 4, "{nr}");
        let motet = hvem.get(&mote(3)).await;
        assert_eq!(motet.sier("Overgang til skole"), nr <= 4, "{nr}: {}", motet.tekst());
        for sti in ["/", "/oversikt", "/team", "/moter"] {
            assert!(!hvem.get(sti).await.sier("Vi vil snakke om dette"), "{nr} {sti}");
        }
    }
    // Invited to a single møte: reads its agenda, but is no member of the team.
    let invitert = app.som("0a", 5);
    ferdigstill(&app).await;
    let motet = invitert.get(&mote(1)).await.er(StatusCode::OK);
    assert!(motet.sier("Overgang til skole") && !motet.html.contains("/saker/"), "{}", motet.html);
    app.som("0b", 1).get(&eksempel(1)).await.er(StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn the_database_stands_behind_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    let (ny, oppe) = (id("0a", "22", 1), id("0a", "22", 2));
    let sett = |hva: &str, sak| format!("update sak set {hva} where id = '{sak}'");
    let avslatt = sett("status = 'avslatt', avslag_grunn = 'Nei'", ny);
    let behandlet = "status = 'behandlet', utfall = 'rad'";
    let last = sett("status = 'ferdigstilt', ferdigstilt = now()", id("0a", "0c", 3)).replace("sak", "mote");
    let forsok = [
        (sett(&format!("{behandlet}, mote_id = '{}'", id("0a", "0c", 3)), ny), "SH022"),
        (format!("{avslatt}; {}", sett("status = 'satt_opp', avslag_grunn = ''", ny)), "SH022"),
        (sett(&format!("mote_id = '{}'", id("0a", "0c", 5)), oppe), "SH022"), // another team's
        (sett(&format!("mote_id = '{}'", id("0a", "0c", 2)), oppe), "SH001"), // over
        (format!("{last}; {}", sett("tittel = 'Ny'", oppe)), "SH001"),
        (sett("status = 'behandlet'", oppe), "23514"), // no outcome
        (sett("status = 'avslatt'", ny), "23514"),     // no reason
        (sett("niva = 'individ'", ny), "42501"),
        (format!("delete from sak where id = '{ny}'"), "42501"),
        (
            format!(
                "insert into sak select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), \
                 'niva', 'individ', 'grunnlag', 'anonym'))).* from sak s where id = '{ny}'"
            ),
            "23514", // a child under the first element
        ),
        (
            format!(
                "insert into sak select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'niva', 'individ', \
                 'elementtype', 'observasjon', 'grunnlag', 'anonym', 'forum_id', '{}'))).* from sak s where id = '{ny}'",
                id("0a", "0a", 4)
            ),
            "SH022", // a child in kommunedirektørforum
        ),
    ];
    for (sql, ventet) in forsok {
        assert_eq!(app.web(1, &sql).await.as_deref(), Some(ventet), "{sql}");
    }
    assert_eq!(app.web(1, &sett(behandlet, oppe)).await, None);
}
