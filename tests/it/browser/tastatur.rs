//! From a need that is reported to a tiltak that is handed over, with the keyboard alone.
//!
//! No step here clicks: what is reached is reached with the tabulator, and shows that it has the focus.
use fantoccini::key::Key;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use time::macros::datetime;

use super::{Hus, Nettleser, PASSORD, Skjerm};
use crate::testapp::id;

#[sqlx::test]
async fn a_mote_from_need_to_handed_over_tiltak_by_keyboard_alone(pool: PgPoolOptions, connect: PgConnectOptions) {
    let hus = Hus::apne(pool, connect).await;
    ferdigstill_det_som_er_i_gang(&hus).await;
    let n = Nettleser::apne(hus.adresse, Skjerm::Bred).await;
    logg_inn(&n, 2).await;
    meld(&n, "Ro i friminuttene").await;
    meld(&n, "Overgang til ungdomsskolen").await;
    logg_inn(&n, 1).await;
    for _ in 0..2 {
        sett_opp_neste(&n).await;
    }
    sorter_sakene(&n).await;

    // The day of the møte; the night has ended the session.
    hus.klokka_er(datetime!(2026-11-25 07:30 UTC));
    logg_inn(&n, 1).await;
    n.ga(&mote("")).await;
    enter(&n, "Start møtet").await;
    n.sier("Møtet er i gang").await;
    hold(&n).await;
    ferdigstill(&n).await;
    les_og_merk(&n).await;
    rett(&n).await;
    evaluer(&n).await;
    overfor(&n).await;
}

fn mote(hva: &str) -> String {
    format!("/moter/{}{hva}", id("0a", "0c", 1))
}

fn team(hva: &str) -> String {
    format!("/team/{}{hva}", id("0a", "0a", 1))
}

/// Tabs to what says this and sees that it shows the focus.
async fn til(n: &Nettleser, ord: &str) {
    n.tab_til(ord).await;
    n.fokus_er_synlig().await;
}

/// Goes on from where the focus is, also when it is already on something that says the same.
async fn videre_til(n: &Nettleser, ord: &str) {
    n.trykk(Key::Tab).await;
    til(n, ord).await;
}

async fn enter(n: &Nettleser, ord: &str) {
    til(n, ord).await;
    n.trykk(Key::Enter).await;
}

async fn mellomrom(n: &Nettleser, ord: &str) {
    til(n, ord).await;
    n.trykk_tegn(" ").await;
}

async fn skriv(n: &Nettleser, felt: &str, ord: &str) {
    til(n, felt).await;
    n.trykk_tegn(ord).await;
}

/// Chooses the next of a list or of a group.
async fn pil_ned(n: &Nettleser, felt: &str) {
    til(n, felt).await;
    n.trykk(Key::Down).await;
}

async fn logg_inn(n: &Nettleser, nr: u32) {
    n.glem_okta().await;
    n.ga("/logg-inn").await;
    skriv(n, "E-postadresse", &format!("p{nr}@0a.example")).await;
    skriv(n, "Passord", PASSORD).await;
    n.trykk(Key::Enter).await;
    n.sier("Logg ut").await;
}

/// A new need is put on the next open møte: the one of today must be over.
async fn ferdigstill_det_som_er_i_gang(hus: &Hus) {
    let (rektor, sti) = (hus.app.som("0a", 1), format!("/moter/{}/ferdigstill", id("0a", "0c", 3)));
    let side = rektor.get(&sti).await;
    let svar = rektor.fyll(&side, &sti, &[("begrunnelse", "Vi måtte gå")]).await;
    assert_eq!(svar.status, 303, "{}", svar.tekst());
}

async fn meld(n: &Nettleser, tittel: &str) {
    n.ga(&team("")).await;
    enter(n, "Meld behov").await;
    n.sier("Hva gjelder det?").await;
    enter(n, "Noe som gjelder enheten").await;
    n.sier("Neste møte er onsdag 25. november 2026").await;
    // Nothing written: the focus is in the list of what is missing, and the list leads to the field.
    enter(n, "Meld behovet").await;
    n.sier("For å gå videre").await;
    n.glem_konsollen().await; // it tells of the 422
    n.sjekk().await;
    assert!(n.fokus().await.contains("For å gå videre"), "feilene tar fokus: {}", n.fokus().await);
    n.trykk(Key::Tab).await;
    n.trykk(Key::Enter).await;
    assert!(n.fokus().await.contains("Hva det gjelder"), "{}", n.fokus().await);
    n.trykk_tegn(tittel).await;
    enter(n, "Meld behovet").await;
    n.sier("Saken er meldt").await;
    n.sjekk().await;
}

/// The leader takes the sak that has waited longest.
async fn sett_opp_neste(n: &Nettleser) {
    n.ga("/").await;
    enter(n, "Ta stilling").await;
    n.sier("Sett saken på agendaen").await;
    skriv(n, "Tid Valgfritt", "15").await;
    enter(n, "Sett på agendaen").await;
    n.sier("Saken står på agendaen").await;
    n.sjekk().await;
}

async fn sorter_sakene(n: &Nettleser) {
    n.ga(&mote("")).await;
    enter(n, "Rediger agenda").await;
    n.sier("Rekkefølgen på sakene").await;
    enter(n, "Flytt ned Ro i friminuttene").await;
    n.sier("Angre flyttingen").await;
    n.sjekk().await;
    let saker = n.rekkefolge().await.split_off(3);
    assert_eq!(saker, ["Overgang til ungdomsskolen", "Ro i friminuttene"]);
    assert!(n.fokus().await.starts_with("Flytt opp Ro i friminuttene"), "fokus følger saken: {}", n.fokus().await);
    n.fokus_er_synlig().await;
    n.trykk(Key::Enter).await;
    n.vent_til_nr(3, "Ro i friminuttene").await;
    assert!(n.fokus().await.starts_with("Flytt ned Ro i friminuttene"), "{}", n.fokus().await);
    n.tab_tilbake().await;
    n.fokus_er_synlig().await;
}

async fn hold(n: &Nettleser) {
    enter(n, "Alle er til stede").await;
    n.sier("5 av 5").await;
    n.sjekk().await;
    n.fokus_er_synlig().await;
    enter(n, "Start punktet Generell").await;
    n.sier("Nå: 1. Generell").await;
    n.sjekk().await;
    for notat in ["Vi så på friminuttene", "PPT viste hvordan vi deler i grupper", "Ingen saker om enkeltbarn"] {
        videre_til(n, "Notat Valgfritt").await;
        n.trykk_tegn(notat).await;
        mellomrom(n, "Gjennomført").await;
        n.sier("Lagret kl. 08.30.00").await;
        enter(n, "Lagre notat").await;
        n.sjekk().await;
        n.fokus_er_synlig().await;
    }
    n.skjermbilde("tastatur-hold").await;
    besluttet(n).await;
    n.ga(&mote("/hold")).await;
    enter(n, "Inviter og før medvirkning").await;
    n.sier("Navn lagres ikke").await;
    skriv(n, "Invitert", "1").await;
    skriv(n, "Deltok", "1").await;
    pil_ned(n, "Hvordan barnet ble hørt").await;
    skriv(n, "Invitert", "2").await;
    skriv(n, "Deltok", "2").await;
    pil_ned(n, "Hvordan de foresatte ble hørt").await;
    enter(n, "Lagre").await;
    n.sier("Medvirkningen er lagret").await;
    n.sjekk().await;
    n.ga(&mote("/hold")).await;
    enter(n, "Før kompetanseheving").await;
    n.sier("Antall ansatte").await;
    skriv(n, "Tema", "Lek i friminuttet").await;
    pil_ned(n, "Hvem veiledet?").await;
    skriv(n, "Antall ansatte", "12").await;
    enter(n, "Lagre").await;
    n.sier("Nådde 12 ansatte").await;
    n.sjekk().await;
}

/// A decision, and the tiltak it becomes.
async fn besluttet(n: &Nettleser) {
    n.ga(&mote("/hold")).await;
    enter(n, "Legg til beslutning").await;
    skriv(n, "Hva er besluttet?", "Vi deler friminuttene i to").await;
    pil_ned(n, "Hvilken tjeneste forplikter seg?").await;
    enter(n, "Legg til beslutningen").await;
    n.sier("Beslutningen er lagret").await;
    n.sjekk().await;
    enter(n, "Lag tiltak: Vi deler").await;
    n.sier("Ansvarlig tjeneste").await;
    skriv(n, "Mål", "Ro i friminuttene").await;
    skriv(n, "Tiltak Må", "To puljer ut").await;
    mellomrom(n, "Systemnivå").await;
    mellomrom(n, "Primær").await;
    n.trykk(Key::Down).await;
    pil_ned(n, "Tema").await;
    mellomrom(n, "Barn og foresatte").await;
    skriv(n, "Frist", "12122026").await;
    skriv(n, "Neste evaluering", "12122026").await;
    enter(n, "Lag tiltaket").await;
    n.sier("Se tiltaket").await;
    n.sjekk().await;
}

async fn ferdigstill(n: &Nettleser) {
    enter(n, "Gå til ferdigstilling").await;
    n.sier("Når møtet er ferdigstilt").await;
    n.sjekk().await;
    if n.tekst().await.contains("Hvorfor ferdigstilles møtet likevel?") {
        skriv(n, "Hvorfor ferdigstilles møtet likevel?", "Vi ble ferdige før tiden").await;
    }
    enter(n, "Ferdigstill møtet").await;
    n.sier("Ferdigstilt").await;
    n.sjekk().await;
}

/// PPT confirms and remarks.
async fn les_og_merk(n: &Nettleser) {
    logg_inn(n, 2).await;
    n.ga(&mote("")).await;
    enter(n, "Les og bekreft referatet").await;
    n.sier("Hvem har lest").await;
    enter(n, "Jeg har lest referatet").await;
    n.sier("Du har bekreftet").await;
    n.sjekk().await;
    enter(n, "Skriv en merknad").await;
    skriv(n, "Merknad Må", "Puljene var tre, ikke to").await;
    enter(n, "Lagre merknaden").await;
    n.sier("Puljene var tre, ikke to").await;
    n.sjekk().await;
    // And how it was.
    n.ga(&mote("/puls")).await;
    mellomrom(n, "1, ikke i det hele tatt").await;
    n.trykk(Key::Down).await;
    n.trykk(Key::Tab).await;
    n.fokus_er_synlig().await;
    n.trykk_tegn(" ").await;
    enter(n, "Send svaret").await;
    n.sier("Takk for svaret").await;
    n.sjekk().await;
}

async fn rett(n: &Nettleser) {
    logg_inn(n, 1).await;
    n.ga(&mote("/referat")).await;
    enter(n, "Rett referatet").await;
    n.sier("Du lager versjon 2").await;
    skriv(n, "Hvorfor referatet rettes", "Antallet puljer var feil").await;
    til(n, "Notat").await;
    n.trykk_tegn(". Vi deler i tre").await;
    enter(n, "Lagre ny versjon").await;
    n.sier("Antallet puljer var feil").await;
    n.sjekk().await;
}

async fn evaluer(n: &Nettleser) {
    n.ga("/tiltak").await;
    enter(n, "To puljer ut").await;
    enter(n, "Sett i gang tiltaket").await;
    n.sier("Pågår").await;
    n.sjekk().await;
    enter(n, "Evaluer tiltaket").await;
    n.sier("Virker tiltaket?").await;
    mellomrom(n, "Virker").await;
    n.trykk(Key::Tab).await;
    skriv(n, "Hva ser dere?", "Det er roligere").await;
    n.trykk(Key::Tab).await;
    n.fokus_er_synlig().await;
    n.trykk_tegn(" ").await;
    skriv(n, "Neste evaluering", "12122026").await;
    enter(n, "Lagre evalueringen").await;
    n.sier("Det er roligere").await;
    n.sjekk().await;
}

async fn overfor(n: &Nettleser) {
    n.ga(&team("/tiltak/overfor")).await;
    enter(n, "Rita Rektor").await;
    n.sier("Velg hvem som tar over").await;
    til(n, "To puljer ut").await;
    pil_ned(n, "Ny ansvarlig").await;
    enter(n, "Overfør").await;
    n.sier("Tiltaket er overført").await;
    n.sjekk().await;
}
