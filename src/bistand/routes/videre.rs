//! To ask somebody else in turn, a tjeneste or another forum: a new request, tied to the one it came from.
use time::OffsetDateTime;
use uuid::Uuid;

use super::{SendVidere, VisBistand, innsyn, krev_fersk, mottakere, som_mottaker};
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    bistand::{Foresporsel, Innsyn, Oppgitt, Status, db, skjema::Felter, views},
    db::Tx,
    web::{Feil, Page, Skjema, Utfall, Videre, les_nokkel},
};

pub(super) async fn vis(SendVidere { id }: SendVidere, medlem: Medlem) -> Result<Page<views::SendVidere>> {
    let (mut tx, foresporsel) = som_mottaker(&medlem, id).await?;
    let forum = avsender(&foresporsel, foresporsel.status)?;
    let felter = Felter::fra(&foresporsel, medlem.i_dag());
    let mottakere = mottakere::hent(&mut tx, forum, id).await?;
    Ok(Page(views::SendVidere { foresporsel, felter, mottakere, feil: Feil::default() }))
}

pub(super) async fn send(
    SendVidere { id }: SendVidere,
    medlem: Medlem,
    Skjema(felter): Skjema<Felter>,
) -> Utfall<views::SendVidere> {
    let (til, oppgitt) = match felter.les_videre(medlem.i_dag()) {
        Ok(oppgitt) => oppgitt,
        Err(feil) => return Ok(Err(Page::med_feil(igjen(&medlem, id, felter, feil).await?))),
    };
    let (na, innsyn, versjon) = (medlem.na(), innsyn(&medlem), felter.versjon.parse().unwrap_or_default());
    let ny = Ny { opphav: id, versjon, til, oppgitt };
    let skriv = async |tx: &mut Tx| opprett(tx, &ny, innsyn, na).await;
    match medlem.write_once(les_nokkel(&felter.nokkel)?, Rett::BehandleBistand(id), skriv).await {
        Ok(sti) => Ok(Ok(Videre::til(&sti)
            .med("Forespørselen er sendt videre")
            .og_sa("Se den opprinnelige", &VisBistand { id }))),
        Err(Error::Regelbrudd(ord)) => {
            Ok(Err(Page::utdatert(igjen(&medlem, id, felter, Feil::en("til", &ord)).await?)))
        }
        Err(feil) => Err(feil),
    }
}

/// What is sent on: from which request, as it was on the page, and to whom.
struct Ny {
    opphav: Uuid,
    versjon: i32,
    til: Uuid,
    oppgitt: Oppgitt,
}

/// Holds the first request while the new one is made, so that two who send it on take turns.
async fn opprett(tx: &mut Tx, ny: &Ny, innsyn: Innsyn, na: OffsetDateTime) -> Result<String> {
    let (status, lagret) = db::las(tx, ny.opphav).await?;
    let forum = avsender(&db::hent(tx, ny.opphav, innsyn).await?, status)?;
    krev_fersk(ny.versjon, lagret)?;
    let til = mottakere::hent(tx, forum, ny.opphav).await?.velg(ny.til)?;
    let fra = db::Avsender { forum, opphav: Some(ny.opphav), mote: None, punkt: None };
    let id = Uuid::now_v7();
    db::opprett(tx, id, (fra, til), &ny.oppgitt, na).await?;
    Ok(VisBistand { id }.to_string())
}

/// The page with what was typed; one who has taken the last step meanwhile is told so instead.
async fn igjen(medlem: &Medlem, id: Uuid, felter: Felter, feil: Feil) -> Result<views::SendVidere> {
    let (mut tx, foresporsel) = som_mottaker(medlem, id).await?;
    let forum = foresporsel.til.0.ok_or(Error::IkkeFunnet)?;
    let mottakere = mottakere::hent(&mut tx, forum, id).await?;
    Ok(views::SendVidere { foresporsel, felter, mottakere, feil })
}

/// The forum that asks in turn; only one that has received a request and not yet answered it may. A tjeneste answers or sends back.
fn avsender(foresporsel: &Foresporsel, status: Status) -> Result<Uuid> {
    let ord = match (status, foresporsel.til.0) {
        (_, None) => "En tjeneste svarer selv, eller sender saken tilbake med en grunn.",
        (Status::Sendt, _) => "Bekreft først at forespørselen er mottatt.",
        (Status::Mottatt | Status::Akseptert, Some(forum)) => return Ok(forum),
        _ => "Forespørselen er ferdig behandlet og kan ikke sendes videre.",
    };
    Err(Error::Regelbrudd(ord.to_owned()))
}
