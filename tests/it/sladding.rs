//! Words are taken out of a ferdigstilt møte by two together, from everywhere they stand; what stays is who, when and why.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Aktor, Side, TestApp, id};

const MERKE: &str = "zirkongul";

fn mote(hva: &str) -> String {
    format!("/moter/{}{hva}", id("0a", "0c", 2))
}

fn ny() -> String {
    mote("/sladding")
}

async fn holdt(pool: PgPoolOptions, connect: PgConnectOptions) -> TestApp {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    sqlx::raw_sql("set session_replication_role = replica; delete from sladding_varsel; delete from sladding; set session_replication_role = origin")
        .execute(&app.eier)
        .await
        .unwrap();
    app
}

/// Asks for words to be taken out, and gives the page of what is asked for.
async fn be(hvem: &Aktor, passasje: &str) -> String {
    let side = hvem.get(&ny()).await.er(StatusCode::OK);
    let svar = hvem.fyll(&side, &ny(), &[("passasje", passasje), ("grunn", "Det hører ikke hjemme her")]).await;
    svar.er(StatusCode::SEE_OTHER).sted.unwrap()
}

async fn steg(hvem: &Aktor, sak: &str, hva: &str, felter: &[(&str, &str)]) -> Side {
    let side = hvem.get(sak).await.er(StatusCode::OK);
    hvem.fyll(&side, &format!("{sak}/{hva}"), felter).await
}

/// A step whose button is not on the page.
async fn prov(hvem: &Aktor, sak: &str, hva: &str, avslag: &str) -> Side {
    let felter = [("nokkel", &*uuid::Uuid::new_v4().to_string()), ("avslag", avslag)];
    hvem.post(&format!("{sak}/{hva}"), &felter).await.er(StatusCode::CONFLICT)
}

/// Puts the word into every column of the møte that people write in, and into what came of it, past every lock.
async fn plant_overalt(app: &TestApp) {
    let steder: Vec<(String, Vec<String>, String)> =
        sqlx::query_as("select * from sladdesteder()").fetch_all(&app.eier).await.unwrap();
    let forbi = async |sql: &str| {
        let region = id("0a", "00", 1);
        let alt = format!(
            "set app.region = '{region}'; set session_replication_role = replica; {sql}; reset session_replication_role; reset app.region"
        );
        sqlx::raw_sql(AssertSqlSafe(alt)).execute(&app.eier).await.unwrap().rows_affected()
    };
    let mote = id("0a", "0c", 2);
    let resten = format!(
        "update mote set kort_begrunnelse = 'Kort', mangler_begrunnelse = 'Mangler' where id = '{mote}';
         update motedeltaker set vara_navn = 'Vara' where mote_id = '{mote}';
         insert into referat_versjon (id, mote_id, nr, grunn, rettet_av, rettet)
             values ('{v}', '{mote}', 2, 'Rettet', '{p}', now());
         insert into referat_tekst (id, versjon_id, moteelement_id, tekst) values (gen_random_uuid(), '{v}', '{e}', 'Ny tekst');
         insert into referat_lesing (id, mote_id, nr, person_id, merknad, tid) values (gen_random_uuid(), '{mote}', 2, '{p}', 'Merket', now());
         insert into medvirkning (mote_id, begrunnelse, endret_av, endret) values ('{mote}', 'Syk', '{p}', now());
         insert into kompetanseheving (id, mote_id, moteelement_id, tema, veileder_tjeneste, antall_ansatte, opprettet_av, opprettet)
             values (gen_random_uuid(), '{mote}', '{e}', 'Tema', 'ppt', 4, '{p}', now());
         update sak set mote_id = '{mote}' where id = '{sak}';
         insert into sak (id, forum_id, elementtype, niva, tittel, status, fra_sak_id, meldt_av, meldt)
             values (gen_random_uuid(), '{forum}', 'generell', 'system', 'Igjen', 'satt_opp', '{sak}', '{p}', now());
         insert into sladding (id, mote_id, grunn, status, avslag_grunn, bedt_av, bedt, avgjort_av, avgjort)
             values (gen_random_uuid(), '{mote}', 'Gammel', 'avslatt', 'Nei', '{p}', now(), '{p2}', now());
         insert into brutt_glass (id, mote_id, grunn, status, bedt_av, bedt, avgjort_av, avgjort, avslag_grunn)
             values (gen_random_uuid(), '{mote}', 'Hjelp', 'avslatt', '{p}', now(), '{p2}', now(), 'Nei');
         insert into tiltak_evaluering (id, tiltak_id, tiltak_versjon, virker, notat, videre, neste_evaluering, mal, hva, person_id, tid)
             select gen_random_uuid(), t.id, 1, 'virker', 'Bra', 'viderefort', '2026-12-20', t.mal, t.hva, '{p}', now()
               from tiltak t where t.region_id = gjeldende_region() and t.mote_id = '{mote}'",
        v = id("0a", "50", 1),
        e = id("0a", "0d", 22),
        p = id("0a", "05", 2),
        p2 = id("0a", "05", 1),
        sak = id("0a", "22", 2),
        forum = id("0a", "0a", 1),
    );
    forbi(&resten).await;
    for (tabell, kolonner, hvor) in steder {
        let mut rader = 0;
        for kolonne in &kolonner {
            let sql = format!(
                "update {tabell} t set {kolonne} = t.{kolonne} || ' sa {MERKE}.'
                  where t.region_id = gjeldende_region() and t.{kolonne} <> '' and ({})",
                hvor.replace("$1", &format!("'{mote}'"))
            );
            rader += forbi(&sql).await;
        }
        assert!(rader > 0, "{tabell} has no row to plant in");
    }
}

/// Every column of text, in every table, that holds the word.
async fn der_ordet_star(app: &TestApp) -> Vec<String> {
    let alle: Vec<(String, String)> = sqlx::query_as(
        "select table_name::text, column_name::text from information_schema.columns natural join information_schema.tables
          where table_schema = 'public' and table_type = 'BASE TABLE' and data_type in ('text', 'jsonb') and table_name <> '_sqlx_migrations'",
    )
    .fetch_all(&app.eier)
    .await
    .unwrap();
    let mut steder = Vec::new();
    for (tabell, kolonne) in alle {
        let sql = format!("select count(*) from {tabell} where {kolonne}::text like '%{MERKE}%'");
        let antall: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&app.eier).await.unwrap();
        if antall > 0 {
            steder.push(format!("{tabell}.{kolonne}"));
        }
    }
    steder
}

#[sqlx::test]
async fn approved_by_another_the_words_are_gone_from_everything(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    plant_overalt(&app).await;
    let (ppt, rektor) = (app.som("0a", 2), app.som("0a", 1));
    let for_: Vec<String> = der_ordet_star(&app).await;
    assert!(for_.len() > 20, "{for_:?}");
    let sak = be(&ppt, MERKE).await;
    assert!(der_ordet_star(&app).await.contains(&"sladding.passasje".to_owned()));

    let hjem = rektor.get("/").await.er(StatusCode::OK);
    assert!(hjem.sier("Ta stilling til en sladding") && hjem.html.contains(&sak), "{}", hjem.tekst());
    let side = rektor.get(&sak).await.er(StatusCode::OK);
    for ord in ["Agenda og notat", "Beslutning", "Rettet versjon", "Merknad", "Bistandsforespørsel", "<del>"] {
        assert!(side.html.contains(ord), "{ord}: {}", side.tekst());
    }
    rektor.fyll(&side, &format!("{sak}/godkjenn"), &[]).await.er(StatusCode::SEE_OTHER);
    rektor.fyll(&side, &format!("{sak}/godkjenn"), &[]).await.er(StatusCode::SEE_OTHER); // sent twice
    assert_eq!(der_ordet_star(&app).await, [""; 0]);

    // Everything else stands, and the trace says who, when and why, not what.
    let side = ppt.get(&mote("/referat")).await.er(StatusCode::OK);
    for ord in [
        "sa [sladdet].",
        "18.11.2026: bedt om av Per Pedagog, godkjent av Rita Rektor 18.11.2026. Grunn: Det hører ikke hjemme her",
    ] {
        assert!(side.sier(ord), "{ord}: {}", side.tekst());
    }
    let pdf = crate::dokument::les(&ppt, &mote("/referat.pdf")).await.tekst();
    assert!(pdf.contains("sa [sladdet].") && pdf.contains("bedt om av Per Pedagog") && !pdf.contains(MERKE), "{pdf}");
    let gammel = ppt.get(&mote("/referat/versjon/1")).await.er(StatusCode::OK);
    assert!(gammel.sier("Notat fra Nordregionen sa [sladdet]."), "{}", gammel.tekst());
}

#[sqlx::test]
async fn those_who_had_received_it_are_asked_to_delete_it(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let (ppt, rektor) = (app.som("0a", 2), app.som("0a", 1));
    let sak = be(&ppt, "Vi mangler kompetanse").await; // in what was lifted to the kommune
    steg(&rektor, &sak, "godkjenn", &[]).await.er(StatusCode::SEE_OTHER);
    for (nr, varsles) in [(1, true), (2, true), (4, true), (5, true), (6, true), (7, false), (11, false)] {
        let hvem = app.som("0a", nr);
        let hjem = hvem.get("/").await.er(StatusCode::OK);
        assert_eq!(hjem.sier("Slett kopiene dine"), varsles, "{nr}: {}", hjem.tekst());
    }
    let varsel = format!("/sladding/{}", sak.rsplit('/').next().unwrap());
    let koordinator = app.som("0a", 6);
    koordinator.get(&mote("")).await.er(StatusCode::NOT_FOUND);
    let side = koordinator.get(&varsel).await.er(StatusCode::OK);
    assert!(side.sier("Slett kopiene dine") && !side.sier("mangler kompetanse"), "{}", side.tekst());
    koordinator.post(&varsel, &[]).await.er(StatusCode::SEE_OTHER);
    koordinator.post(&varsel, &[]).await.er(StatusCode::SEE_OTHER);
    assert!(!koordinator.get("/").await.sier("Slett kopiene dine"));
    assert!(rektor.get(&sak).await.sier("1 av 6 har bekreftet at kopiene deres er slettet"));
    app.som("0a", 11).get(&varsel).await.er(StatusCode::NOT_FOUND);
    app.som("0a", 11).post(&varsel, &[]).await.er(StatusCode::NOT_FOUND);
}

/// One who was called in this once reads the møte, not the team's tiltak: not through a sladding either.
#[sqlx::test]
async fn what_came_of_a_mote_is_not_read_through_a_sladding(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let kalt_inn = format!(
        "set session_replication_role = replica;
         insert into motedeltaker (region_id, id, mote_id, person_id, tjenestetype, fast, moteplikt)
             values ('{}', gen_random_uuid(), '{}', '{}', 'annen', false, false);
         set session_replication_role = origin",
        id("0a", "00", 1),
        id("0a", "0c", 2),
        id("0a", "05", 11)
    );
    sqlx::raw_sql(AssertSqlSafe(kalt_inn)).execute(&app.eier).await.unwrap();
    let gjest = app.som("0a", 11);
    let side = gjest.get(&ny()).await.er(StatusCode::OK);
    let svar = gjest.fyll(&side, &ny(), &[("passasje", "Mindre grupper"), ("grunn", "Grunn")]).await;
    assert!(
        svar.er(StatusCode::UNPROCESSABLE_ENTITY).sier("Vi finner ikke denne teksten"),
        "nor whether it stands there"
    );
    let sak = be(&app.som("0a", 2), "Mindre grupper").await;
    let side = gjest.get(&sak).await.er(StatusCode::OK);
    assert!(side.sier("Det blir også borte fra 1 tekst") && !side.sier("inn fra friminutt"), "{}", side.tekst());
    be(&gjest, "felles rutine").await;
}

#[sqlx::test]
async fn nobody_approves_their_own_and_a_refusal_leaves_no_words(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let (ppt, rektor, helse) = (app.som("0a", 2), app.som("0a", 1), app.som("0a", 3));
    let sak = be(&ppt, "felles rutine").await;
    let svar = prov(&ppt, &sak, "godkjenn", "").await;
    assert!(svar.sier("En annen som var i møtet, må ta stilling"), "{}", svar.tekst());
    prov(&ppt, &sak, "avsla", "Nei").await;
    prov(&rektor, &sak, "trekk", "").await;
    assert!(!ppt.get(&sak).await.sier("Godkjenn og sladd") && rektor.get(&sak).await.sier("Godkjenn og sladd"));
    let gammel = helse.get(&sak).await.er(StatusCode::OK);
    let tomt = steg(&rektor, &sak, "avsla", &[]).await.er(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(tomt.sier("Fyll ut «Hvorfor du avslår»"), "{}", tomt.tekst());
    let svar = steg(&rektor, &sak, "avsla", &[("avslag", "En felles rutine er greit")]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("gjentar det som skal bort"), "{}", svar.tekst());
    steg(&rektor, &sak, "avsla", &[("avslag", "Det er greit")]).await.er(StatusCode::SEE_OTHER);
    let svar = helse.fyll(&gammel, &format!("{sak}/godkjenn"), &[]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("allerede avgjort"), "{}", svar.tekst());
    let side = ppt.get(&sak).await.er(StatusCode::OK);
    assert!(side.sier("avslått av Rita Rektor") && side.sier("Det er greit") && !side.sier("felles rutine"));
    assert!(ppt.get(&mote("/referat")).await.sier("Vi prøver en felles rutine"));

    let sak = be(&ppt, "felles rutine").await;
    steg(&ppt, &sak, "trekk", &[]).await.er(StatusCode::SEE_OTHER);
    let svar = rektor.get(&sak).await.er(StatusCode::OK);
    assert!(svar.sier("trukket 18.11.2026") && !svar.sier("felles rutine"), "{}", svar.tekst());
}

#[sqlx::test]
async fn what_is_asked_for_is_whole_words_that_stand_there(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let ppt = app.som("0a", 2);
    let side = ppt.get(&ny()).await.er(StatusCode::OK);
    let for_langt = "ø".repeat(501);
    for (passasje, grunn, ord) in [
        ("", "Grunn", "Fyll ut «Teksten som skal bort»"),
        ("felles rutine", "", "Fyll ut «Hvorfor teksten skal bort»"),
        ("–", "Grunn", "Skriv minst to bokstaver eller tall"),
        ("felles rut", "Grunn", "Vi finner ikke denne teksten"),
        ("Felles rutine", "Grunn", "Vi finner ikke denne teksten"),
        (".*", "Grunn", "Skriv minst to bokstaver"),
        ("Vi.*rutine", "Grunn", "Vi finner ikke denne teksten"),
        ("felles rutine", "Vi har ingen felles rutine", "uten å gjenta det som skal bort"),
        ("<script>alert(1)</script>", "Grunn", "Vi finner ikke denne teksten"),
        (&*for_langt, "Grunn", "Det er plass til 500"),
    ] {
        let svar = ppt.fyll(&side, &ny(), &[("passasje", passasje), ("grunn", grunn)]).await;
        let svar = svar.er(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(svar.sier(ord) && !svar.html.contains("<script>alert"), "{passasje}: {}", svar.tekst());
    }
    let under_veis = format!("/moter/{}/sladding", id("0a", "0c", 3));
    let svar = ppt.get(&under_veis).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Rett teksten i møtet i stedet"), "{}", svar.tekst());
    let felles = [("passasje", "felles   rutine"), ("grunn", "Grunn")];
    let forst = ppt.fyll(&side, &ny(), &felles).await.er(StatusCode::SEE_OTHER).sted;
    assert_eq!(
        ppt.fyll(&side, &ny(), &felles).await.er(StatusCode::SEE_OTHER).sted,
        forst,
        "sent twice is one request"
    );
}

#[sqlx::test]
async fn a_correction_begun_before_does_not_put_the_words_back(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let (ppt, rektor) = (app.som("0a", 2), app.som("0a", 1));
    let begynt = rektor.get(&mote("/referat/rett")).await.er(StatusCode::OK);
    let annen = be(&app.som("0a", 3), "en felles rutine").await;
    let sak = be(&ppt, "felles rutine").await;
    steg(&rektor, &sak, "godkjenn", &[]).await.er(StatusCode::SEE_OTHER);
    let svar = rektor.fyll(&begynt, &mote("/referat/rett"), &[("grunn", "Skrivefeil")]).await.er(StatusCode::CONFLICT);
    assert!(svar.sier("Noen andre har lagret «Vi prøver en [sladdet]»"), "{}", svar.tekst());
    // What another had asked for meanwhile no longer holds the words either.
    let side = rektor.get(&annen).await.er(StatusCode::OK);
    assert!(side.sier("en [sladdet]") && !side.sier("felles rutine"), "{}", side.tekst());
}

#[sqlx::test]
async fn the_database_lets_nothing_else_through_the_lock(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let sak = be(&app.som("0a", 2), "felles rutine").await;
    let sak = sak.rsplit('/').next().unwrap();
    let sladd = format!("select sladd('{sak}', now())");
    for (hvem, sql, kode) in [
        (2, sladd.clone(), "SH005"),                                                 // one's own
        (5, sladd.clone(), "SH005"),                                                 // not in the møte
        (1, "select sladd(gen_random_uuid(), now())".into(), "SH005"),               // nothing
        (1, "update sladding set antall = 1".into(), "42501"),                       // approves by hand
        (1, "update sladding set status = 'utfores'".into(), "23514"),               // opens the lock
        (1, "update sladding set passasje = 'Vi', status = 'bedt'".into(), "SH005"), // other words than were asked for
        (1, "update sladding set mote_id = mote_id".into(), "42501"),
        (1, "delete from sladding".into(), "42501"),
        (1, "update referat_tekst set tekst = ''".into(), "42501"),
        (1, "update beslutning set tekst = 'Vi prøver en [sladdet]'".into(), "SH001"),
        (1, "update sladding_varsel set person_id = person_id".into(), "42501"),
    ] {
        assert_eq!(app.web(hvem, &sql).await.as_deref(), Some(kode), "{hvem}: {sql}");
    }
    // Another region's own people see no such request.
    let feil = app.web_rader("0b", 1, &sladd).await.unwrap_err();
    assert_eq!(feil.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref(), Some("SH005"));
}

/// A new column that people write in, of a table that hangs on a møte, must be named in `sladdesteder`, or be a closed list.
#[sqlx::test]
async fn no_text_of_a_mote_is_forgotten(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = TestApp::start(pool, connect).await;
    let glemt = "
        with recursive tabeller as (
            select 'mote'::regclass::oid as id
             union
            select c.conrelid from pg_constraint c join tabeller t on c.confrelid = t.id where c.contype = 'f')
        select a.attrelid::regclass::text || '.' || a.attname
          from tabeller t
          join pg_attribute a on a.attrelid = t.id and a.attnum > 0 and not a.attisdropped and a.atttypid in ('text'::regtype, 'jsonb'::regtype)
         where not exists (select from sladdesteder() s where s.tabell::regclass = t.id and a.attname = any (s.kolonner))
           and not exists (select from pg_constraint k
                            where k.conrelid = t.id and k.contype = 'c' and k.conkey = array[a.attnum]
                              and pg_get_constraintdef(k.oid) ~ '= ANY')
         order by 1";
    let alle = async || sqlx::query_scalar::<_, String>(glemt).fetch_all(&app.eier).await.unwrap();
    assert_eq!(alle().await, [""; 0]);
    sqlx::raw_sql("alter table beslutning add column ny text").execute(&app.eier).await.unwrap();
    assert_eq!(alle().await, ["beslutning.ny"]);
}
