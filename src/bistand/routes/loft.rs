//! «Løft til kommunen»: a team asks its kommune's own team for help.
use axum_extra::extract::Query;
use serde::Deserialize;
use uuid::Uuid;

use super::{Loft, VisBistand};
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    bistand::{Grunnlag, Mottaker, db, skjema::Felter, views},
    web::{Feil, Page, Skjema, Utfall, Videre, les_nokkel},
};

#[derive(Deserialize)]
pub(super) struct FraMote {
    #[serde(default)]
    mote: String,
}

pub(super) async fn vis(sti: Loft, medlem: Medlem, Query(fra): Query<FraMote>) -> Result<Page<views::Loft>> {
    let felter = Felter { mote: fra.mote, ..Felter::tom(medlem.i_dag()) };
    Ok(Page(side(sti, &medlem, felter, Feil::default()).await?))
}

async fn side(Loft { id }: Loft, medlem: &Medlem, felter: Felter, feil: Feil) -> Result<views::Loft> {
    let mut tx = medlem.read_med(Rett::Lofte(id)).await?;
    let grunnlag = db::grunnlag(&mut tx, id, mote(&felter)?).await?;
    Ok(views::Loft { grunnlag, felter, feil })
}

pub(super) async fn send(sti: Loft, medlem: Medlem, Skjema(felter): Skjema<Felter>) -> Utfall<views::Loft> {
    let oppgitt = match felter.les(medlem.i_dag()) {
        Ok(oppgitt) => oppgitt,
        Err(feil) => return Ok(Err(Page::med_feil(side(sti, &medlem, felter, feil).await?))),
    };
    let (na, mote) = (medlem.na(), mote(&felter)?);
    let sendt = medlem
        .write_once(les_nokkel(&felter.nokkel)?, Rett::Lofte(sti.id), async |tx| {
            let grunnlag = db::grunnlag(tx, sti.id, mote).await?;
            let fra = db::Avsender { forum: sti.id, opphav: None, mote, punkt: punkt(&grunnlag, &felter)? };
            let id = Uuid::now_v7();
            db::opprett(tx, id, (fra, mottaker(&grunnlag)?), &oppgitt, na).await?;
            Ok(VisBistand { id }.to_string())
        })
        .await?;
    Ok(Ok(Videre::til(&sendt).med("Forespørselen er sendt. Svaret kommer på agendaen til teamet")))
}

/// The møte it is lifted from; an id that is none is a møte that does not exist.
fn mote(felter: &Felter) -> Result<Option<Uuid>> {
    let mote = felter.mote.trim();
    if mote.is_empty() { Ok(None) } else { mote.parse().map(Some).map_err(|_| Error::IkkeFunnet) }
}

/// The point it belongs to, one of the møte's own.
fn punkt(grunnlag: &Grunnlag, felter: &Felter) -> Result<Option<Uuid>> {
    if felter.punkt.is_empty() {
        return Ok(None);
    }
    let punkter = grunnlag.mote.iter().flat_map(|mote| &mote.punkter);
    let valgt = punkter.map(|(id, _)| *id).find(|id| id.to_string() == felter.punkt);
    valgt.map(Some).ok_or(Error::IkkeFunnet)
}

fn mottaker(grunnlag: &Grunnlag) -> Result<Mottaker> {
    let til = grunnlag.mottaker.as_ref().filter(|_| !grunnlag.avsluttet);
    til.map(|(id, _)| Mottaker::Forum(*id)).ok_or_else(|| Error::Regelbrudd(grunnlag.uten_mottaker()))
}
