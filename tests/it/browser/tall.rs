//! Journey 4: the kommunedirektør sees the count go up when a møte is finished.
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Hus, Nettleser, Skjerm};

#[sqlx::test]
async fn the_kommunedirektor_sees_the_count_go_up_at_a_desk(pool: PgPoolOptions, connect: PgConnectOptions) {
    se_tallet_ga_opp(&Hus::apne(pool, connect).await, Skjerm::Bred).await;
}

#[sqlx::test]
async fn the_kommunedirektor_sees_the_count_go_up_on_a_phone(pool: PgPoolOptions, connect: PgConnectOptions) {
    se_tallet_ga_opp(&Hus::apne(pool, connect).await, Skjerm::Telefon).await;
}

async fn se_tallet_ga_opp(hus: &Hus, skjerm: Skjerm) {
    let n = hus.som(8, skjerm).await;
    n.klikk("Se hele oversikten").await;
    n.sier("1 av 9").await;
    n.skjermbilde("oversikt-foer").await;
    ferdigstill_uten_skjerm(hus).await;
    n.ga("/oversikt").await;
    n.sier("2 av 9").await;
    n.klikk("Tynset").await;
    n.sier("Fjellheim skole").await;
    n.sier("2 av 5 møter holdt").await;
    assert_ingen_motetekst(&n).await;
    n.skjermbilde("oversikt-kommune").await;
}

/// The rektor finishes the møte that is under way, through the same forms.
async fn ferdigstill_uten_skjerm(hus: &Hus) {
    let rektor = hus.app.som("0a", 1);
    let sti = "/moter/00000000-0000-0000-0a0c-000000000003";
    let hold = rektor.get(&format!("{sti}/hold")).await;
    rektor.fyll(&hold, &format!("{sti}/alle-til-stede"), &[]).await;
    let ferdig = rektor.get(&format!("{sti}/ferdigstill")).await;
    let grunn = [("begrunnelse", "Tiden gikk til én sak")];
    let svar = rektor.fyll(&ferdig, &format!("{sti}/ferdigstill"), &grunn).await;
    assert_eq!(svar.status, 303, "{}", svar.tekst());
}

async fn assert_ingen_motetekst(n: &Nettleser) {
    let tekst = n.tekst().await;
    assert!(!tekst.contains("Notat fra") && !tekst.contains("Tiden gikk til én sak"), "{tekst}");
}
