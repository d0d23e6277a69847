//! What is about a single child: in the document for those who may read it, and out of it when they ask for that.
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Fil, agenda, hent, holdt, host, les, referat, skriv};
use crate::{TestApp, id};

/// Words that stand in everything about a single child.
const MERKE: &str = "KJENNETEGN";

/// Puts the mark in every field that may speak of a child: notes, decisions, saker, tiltak, titles and reasons.
pub(super) async fn merk(app: &TestApp) {
    let (region, team, person) = (id("0a", "00", 1), id("0a", "0a", 1), id("0a", "05", 1));
    let sak = |nr: u32, mote: u32, status: &str| {
        let mote = id("0a", "0c", mote);
        format!(
            "insert into sak (region_id, id, forum_id, mote_id, elementtype, niva, grunnlag, tittel, beskrivelse, status, utfall, meldt_av, meldt)
             values ('{region}', '{}', '{team}', '{mote}', 'observasjon', 'individ', 'anonym', '{MERKE} sak', '{MERKE} mer', '{status}',
                     {}, '{person}', '2026-09-01')",
            id("0a", "22", 90 + nr),
            if status == "behandlet" { "'drofting'" } else { "null" },
        )
    };
    let tiltak = |nr: u32, element: u32| {
        format!(
            "insert into tiltak (region_id, id, forum_id, mote_id, moteelement_id, mal, hva, niva, tiltaksniva, kategori, tjenestetype,
                                 ansvarlig_id, frist, neste_evaluering, utformet_med, status, opprettet_av, opprettet)
             values ('{region}', '{}', '{team}', '{}', '{}', '{MERKE} mål', '{MERKE} hva', 'individ', 'tertiaer', 'annet', 'ppt', '{person}',
                     '2026-12-01', '2026-12-09', 'barn', 'pagar', '{person}', '2026-09-16')",
            id("0a", "20", 90 + nr),
            id("0a", "0c", 2),
            id("0a", "0d", element),
        )
    };
    let beslutning = format!(
        "insert into beslutning (region_id, id, moteelement_id, tekst, tjenestetype, opprettet_av, opprettet)
         values ('{region}', '{}', '{}', '{MERKE} vedtak', 'ppt', '{person}', '2026-09-16')",
        id("0a", "0f", 90),
        id("0a", "0d", 23),
    );
    let ord = format!(
        "update moteelement set notat = '{MERKE} notat', tittel = '{MERKE} tittel' where id in ('{}', '{}', '{}');
         update moteelement set notat = '{MERKE} ved tiltaket' where id = '{}';
         update mote set mangler_begrunnelse = '{MERKE} grunn' where id = '{}'",
        id("0a", "0d", 13),
        id("0a", "0d", 23),
        id("0a", "0d", 33),
        id("0a", "0d", 22),
        id("0a", "0c", 2),
    );
    let alle =
        [sak(1, 2, "behandlet"), sak(2, 1, "satt_opp"), tiltak(1, 23), tiltak(2, 22), beslutning, ord].join("; ");
    skriv(app, &alle).await;
}

#[sqlx::test]
async fn what_is_about_a_child_is_left_out_when_asked(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    merk(&app).await;
    let ppt = app.som("0a", 2);
    for (sti, uten) in [
        (agenda(1), agenda(1) + "?uten_individ=1"),
        (referat(2), referat(2) + "?uten_individ=1"),
        (host(), host() + "&uten_individ=1"),
    ] {
        let med = les(&ppt, &sti).await;
        assert!(med.tekst().contains(MERKE), "{sti}: {}", med.tekst());
        let (filnavn, pdf) = hent(&ppt, &uten).await;
        let fil = Fil::ny(&pdf);
        let tekst = fil.tekst();
        assert!(tekst.contains("Det som gjelder enkeltbarn og familier, er utelatt fra dette dokumentet."), "{tekst}");
        assert!(!fil.alt().contains(MERKE) && !filnavn.contains(MERKE), "{uten}");
    }
    let tekst = les(&ppt, &(referat(2) + "?uten_individ=1")).await.tekst();
    for ord in ["Notat fra Nordregionen", "Vi prøver en felles rutine", "3. Observasjon eller samtaler", "er utelatt."]
    {
        assert!(tekst.contains(ord), "{ord}: {tekst}");
    }
    let tekst = les(&ppt, &referat(2)).await.tekst();
    for del in ["notat", "tittel", "vedtak", "sak", "mer", "hva", "mål", "grunn"] {
        assert!(tekst.contains(&format!("{MERKE} {del}")), "{del}: {tekst}");
    }
}

#[sqlx::test]
async fn what_was_logged_beside_the_notes_is_there_too(pool: PgPoolOptions, connect: PgConnectOptions) {
    let app = holdt(pool, connect).await;
    let (region, mote, rita) = (id("0a", "00", 1), id("0a", "0c", 2), id("0a", "05", 1));
    skriv(
        &app,
        &format!(
            "insert into medvirkning (region_id, mote_id, barn_invitert, barn_mate, foresatte_invitert, foresatte_deltok, foresatte_mate,
                                      endret_av, endret)
             values ('{region}', '{mote}', 1, 'samtale', 2, 1, 'i_motet', '{rita}', '2026-09-16');
             insert into kompetanseheving (region_id, id, mote_id, moteelement_id, tema, veileder_tjeneste, antall_ansatte, opprettet_av, opprettet)
             values ('{region}', gen_random_uuid(), '{mote}', '{}', 'Trygge overganger', 'ppt', 14, '{rita}', '2026-09-16')",
            id("0a", "0d", 22)
        ),
    )
    .await;
    let (kompetanse, barn) = ("Veiledning: Trygge overganger. Veileder: PPT. Nådde 14 ansatte.", "Barn: 1 invitert");
    let ppt = app.som("0a", 2);
    let hele = les(&ppt, &referat(2)).await.tekst();
    assert!(hele.contains(kompetanse) && hele.contains(barn), "{hele}");
    assert!(hele.contains("Foresatte: 2 invitert, 1 deltok. Var med i møtet."), "{hele}");
    assert!(ppt.get(&format!("/moter/{mote}/referat")).await.sier(barn));
    let uten = les(&ppt, &(referat(2) + "?uten_individ=ja")).await.tekst();
    assert!(uten.contains(kompetanse) && !uten.contains(barn), "{uten}");
}
