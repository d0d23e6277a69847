//! To ask somebody else in turn: a new request, tied to the one it came from.
use uuid::Uuid;

use super::{SendVidere, VisBistand, krev_fersk, som_mottaker};
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    bistand::{Foresporsel, Status, db, skjema::Felter, views},
    web::{Feil, Page, Skjema, Utfall, Videre, les_nokkel},
};

pub(super) async fn vis(SendVidere { id }: SendVidere, medlem: Medlem) -> Result<Page<views::SendVidere>> {
    let (mut tx, foresporsel) = som_mottaker(&medlem, id).await?;
    avsender(&foresporsel, foresporsel.status)?;
    let felter = Felter::fra(&foresporsel, medlem.i_dag());
    let fora = db::fora(&mut tx, foresporsel.kommune, foresporsel.til.0).await?;
    Ok(Page(views::SendVidere { foresporsel, felter, fora, feil: Feil::default() }))
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
    let na = medlem.na();
    let sendt = medlem.write_once(les_nokkel(&felter.nokkel)?, Rett::BehandleBistand(id), async |tx| {
        let (status, lagret) = db::las(tx, id).await?;
        let foresporsel = db::hent(tx, id, None).await?;
        let forum = avsender(&foresporsel, status)?;
        krev_fersk(felter.versjon.parse().unwrap_or_default(), lagret)?;
        if !db::fora(tx, foresporsel.kommune, Some(forum)).await?.iter().any(|(f, _)| *f == til) {
            return Err(Error::IkkeFunnet);
        }
        let fra = db::Avsender { forum, opphav: Some(id), mote: None, punkt: None };
        let ny = Uuid::now_v7();
        db::opprett(tx, ny, (fra, til), &oppgitt, na).await?;
        Ok(VisBistand { id: ny }.to_string())
    });
    match sendt.await {
        Ok(sti) => Ok(Ok(Videre::til(&sti)
            .med("Forespørselen er sendt videre")
            .og_sa("Se den opprinnelige", &VisBistand { id }))),
        Err(Error::Regelbrudd(ord)) => {
            Ok(Err(Page::utdatert(igjen(&medlem, id, felter, Feil::en("til", &ord)).await?)))
        }
        Err(feil) => Err(feil),
    }
}

async fn igjen(medlem: &Medlem, id: Uuid, felter: Felter, feil: Feil) -> Result<views::SendVidere> {
    let (mut tx, foresporsel) = som_mottaker(medlem, id).await?;
    let fora = db::fora(&mut tx, foresporsel.kommune, foresporsel.til.0).await?;
    Ok(views::SendVidere { foresporsel, felter, fora, feil })
}

/// The forum that asks in turn; only one that has received a request and not yet answered it may.
fn avsender(foresporsel: &Foresporsel, status: Status) -> Result<Uuid> {
    let ord = match status {
        Status::Sendt => "Bekreft først at forespørselen er mottatt.",
        Status::Mottatt | Status::Akseptert => {
            return foresporsel.til.0.ok_or(Error::IkkeFunnet);
        }
        _ => "Forespørselen er ferdig behandlet og kan ikke sendes videre.",
    };
    Err(Error::Regelbrudd(ord.to_owned()))
}
