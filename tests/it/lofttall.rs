//! Løft in numbers: who sees them, that they add up, and that few children are never counted out loud.
use axum::http::StatusCode;
use sqlx::{
    AssertSqlSafe, Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{TestApp, id};

fn sti(forum: u32) -> String {
    format!("/team/{}/loft/tall", id("0a", "0a", forum))
}

async fn med_eksempler(pool: PgPoolOptions, connect: PgConnectOptions) -> TestApp {
    let app = TestApp::start(pool, connect).await;
    app.med_eksempler().await;
    app
}

/// As the owner in the first region, past what the life of a row allows.
async fn skriv(app: &TestApp, sql: &str) {
    let inn = format!(
        "set session_replication_role = replica; set app.region = '{}'; {sql}; set session_replication_role = origin",
        id("0a", "00", 1)
    );
    app.eier.execute(AssertSqlSafe(inn)).await.unwrap();
}

#[sqlx::test]
async fn the_team_of_the_kommune_sees_how_much_is_lifted_and_no_word_of_it(
    pool: PgPoolOptions,
    connect: PgConnectOptions,
) {
    let app = med_eksempler(pool, connect).await;
    skriv(&app, "update bistandsforesporsel set svarfrist = '2026-11-16' where status = 'akseptert'").await;
    for nr in [2, 6, 7] {
        let side = app.som("0a", nr).get(&sti(3)).await.er(StatusCode::OK);
        for ord in [
            "Løft i tall høsten 2026",
            "Løftet 4 Besvart 1",
            "Innen svarfristen 1 av 1",
            "3, 1 av dem over fristen",
            "8 dager",
        ] {
            assert!(side.sier(ord), "{nr} {ord}: {}", side.tekst());
        }
        assert!(side.sier("TST Fjellheim skole 4 1 0 1 av 1"), "{}", side.tekst());
        assert!(!side.sier("Veiledning om") && !side.sier("PPT holder kurs"), "{}", side.tekst());
    }
    let side = app.som("0a", 6).get(&format!("{}?semester=2026-var", sti(3))).await.er(StatusCode::OK);
    assert!(side.sier("Ingen team løftet noe våren 2026"), "{}", side.tekst());
    app.som("0a", 6).get(&format!("{}?semester=jul", sti(3))).await.er(StatusCode::NOT_FOUND);
    let liste = app.som("0a", 6).get("/bistand").await;
    assert!(liste.sier("Løft i tall: Kommunalt TST Tynset"), "{}", liste.tekst());
    assert!(app.som("0a", 6).get(&format!("/team/{}", id("0a", "0a", 3))).await.sier("Løft i tall"));
}

#[sqlx::test]
async fn nobody_else_sees_the_numbers(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    for (nr, ventet) in [(1, 404), (3, 404), (5, 404), (8, 404), (9, 403), (10, 404), (11, 404), (12, 404)] {
        assert_eq!(app.som("0a", nr).get(&sti(3)).await.status.as_u16(), ventet, "{nr}");
    }
    app.som("0b", 6).get(&sti(3)).await.er(StatusCode::NOT_FOUND);
    // A unit's own team has no such numbers.
    app.som("0a", 1).get(&sti(1)).await.er(StatusCode::NOT_FOUND);
    assert!(!app.som("0a", 3).get("/bistand").await.sier("Løft i tall"));
}

#[sqlx::test]
async fn what_was_solved_is_counted_where_it_was_solved(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = med_eksempler(pool, connect).await;
    let (region, ppt) = (id("0a", "00", 1), id("0a", "05", 2));
    // Seven tiltak of the school's team end as working: four of PPT's on systemnivå, one of the unit's own, and two round children;
    // one more did not work, and one had been lifted.
    skriv(
        &app,
        &format!(
            "insert into tiltak (region_id, id, forum_id, mote_id, moteelement_id, mal, hva, niva, tiltaksniva, kategori, tjenestetype,
                                 ansvarlig_id, frist, neste_evaluering, utformet_med, status, skal_evalueres, opprettet_av, opprettet)
             select region_id, gen_random_uuid(), forum_id, mote_id, moteelement_id, n::text, hva, case when n > 7 then 'individ' else 'system' end,
                    tiltaksniva, kategori, case when n = 5 then 'enhet' else 'ppt' end, ansvarlig_id, frist, neste_evaluering,
                    utformet_med, 'avsluttet', false, opprettet_av, opprettet
               from tiltak, generate_series(1, 9) n where region_id = '{region}';
             insert into tiltak_evaluering (region_id, id, tiltak_id, tiltak_versjon, virker, videre, mal, hva, person_id, tid)
             select region_id, gen_random_uuid(), id, 1, case mal when '6' then 'virker_ikke' else 'virker' end, 'avsluttet', mal, hva, '{ppt}',
                    '2026-11-01 09:00Z'
               from tiltak where region_id = '{region}' and status = 'avsluttet';
             insert into tiltak_evaluering (region_id, id, tiltak_id, tiltak_versjon, virker, videre, neste_evaluering, mal, hva, person_id, tid)
             select region_id, gen_random_uuid(), id, 0, 'delvis', 'loftet', '2026-10-20', mal, hva, '{ppt}', '2026-10-01 09:00Z'
               from tiltak where region_id = '{region}' and mal = '7'"
        ),
    )
    .await;
    // A sak that was talked through, and one that was passed on.
    let sak = |tittel: &str, utfall: &str| {
        format!(
            "insert into sak (region_id, id, forum_id, mote_id, elementtype, niva, tittel, status, utfall, meldt_av, meldt)
             values ('{region}', gen_random_uuid(), '{}', '{}', 'generell', 'system', '{tittel}', 'behandlet', '{utfall}', '{ppt}', '2026-09-10')",
            id("0a", "0a", 1),
            id("0a", "0c", 2)
        )
    };
    skriv(&app, &format!("{}; {}", sak("Ro", "veiledning"), sak("Uro", "loftet"))).await;
    let koordinator = app.som("0a", 6);
    let side = koordinator.get(&sti(3)).await.er(StatusCode::OK);
    assert!(side.sier("Enheten selv 1 ‹ 5 Teamet rundt enheten 5 ‹ 5 Kommunens eget team 1 ‹ 5"), "{}", side.tekst());
    assert!(side.sier("En tjeneste eller et annet team 0 –"), "{}", side.tekst());
    assert!(side.sier("6 av 7 på systemnivå (86 %) ble løst på enheten"), "{}", side.tekst());

    // What a tjeneste answered before the kommune did, was solved by the tjeneste.
    skriv(
        &app,
        &format!(
            "insert into bistandsforesporsel (region_id, id, fra_forum_id, til_tjeneste_id, opphav_id, overskrift, behov, svarfrist, status, svar,
                    opprettet_av, opprettet, mottatt_av, mottatt, avgjort_av, avgjort, besvart_av, besvart)
             values ('{region}', gen_random_uuid(), '{}', '{}', '{}', 'Sak', 'Hjelp', '2026-12-01', 'besvart', 'Ja', '{ppt}', '2026-11-12',
                     '{ppt}', '2026-11-13', '{ppt}', '2026-11-14', '{ppt}', '2026-11-15')",
            id("0a", "0a", 3),
            id("0a", "02", 1),
            id("0a", "21", 4)
        ),
    )
    .await;
    let side = koordinator.get(&sti(3)).await.er(StatusCode::OK);
    assert!(side.sier("Kommunens eget team 0 ‹ 5 En tjeneste eller et annet team 1"), "{}", side.tekst());
    assert!(side.sier("Sendt videre") && side.sier("PPT i regionen 1 1 0 1 av 1 0 3 dager"), "{}", side.tekst());
}
