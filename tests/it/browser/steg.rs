//! What people do on their way: the same steps with and without script.
use time::{OffsetDateTime, macros::datetime};

use super::nettleser::Nettleser;

/// The morning of the møte that the rektor books.
pub(super) const MOTEDAGEN: OffsetDateTime = datetime!(2026-12-03 07:00 UTC);
const FORUM: &str = "/team/00000000-0000-0000-0a0a-000000000001";

/// Books a møte of the team on the third of December and comes to its page.
pub(super) async fn book(n: &Nettleser) {
    n.ga(&format!("{FORUM}/book")).await;
    n.sier("Når skal TST Fjellheim skole møtes?").await;
    n.skjermbilde("book-1").await;
    n.ga(&format!("{FORUM}/book/bekreft?dato=2026-12-03&start=08:30")).await;
    n.sier("Steg 2 av 2").await;
    n.skjermbilde("book-2").await;
    n.fyll("Sted", "Møterom 2").await;
    n.klikk("Book og send innkalling").await;
    n.sier("Møtet er booket").await;
    n.sier("Generell diskusjon eller planlegging").await;
    n.skjermbilde("mote").await;
}

/// Runs the møte from its page to its end: attendance, notes, a decision, locked.
pub(super) async fn hold(n: &Nettleser) {
    n.klikk("Start møtet").await;
    n.klikk("Alle er til stede").await;
    n.sier("4 av 4").await;
    for _ in 0..3 {
        gjennomfor_neste(n).await;
    }
    n.skjermbilde("hold").await;
    n.klikk("Legg til beslutning").await;
    n.fyll("Hva er besluttet?", "Vi prøver en felles rutine for overganger").await;
    n.fyll("Hvilken tjeneste forplikter seg?", "PPT").await;
    n.klikk("Legg til beslutningen").await;
    n.sier("Vi prøver en felles rutine for overganger").await;
    n.klikk("Gå til ferdigstilling").await;
    n.sier("Ingenting mangler").await;
    n.skjermbilde("ferdigstill").await;
    n.klikk("Ferdigstill møtet").await;
    n.sier("Ferdigstilt").await;
}

/// Ticks the first element that is not done, and saves its note.
async fn gjennomfor_neste(n: &Nettleser) {
    let skjema = n.kryss_av_forste("gjennomfort").await;
    n.send(&skjema, "Lagre notat").await;
    n.sier("Lagret").await;
}
