//! The door of «Koble på».
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    super::{VisMote, db as mote},
    db, views,
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    tid,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre},
};

/// Call in somebody of a tjeneste to an element of the agenda.
#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/moter/{id}/element/{element}/koble-pa")]
pub struct KoblePa {
    pub id: Uuid,
    pub element: Uuid,
}

/// Whom, and to which of the two møter, as sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Valgt {
    pub(super) person: String,
    pub(super) mote: String,
}

impl Valgt {
    fn les(&self) -> Result<(Uuid, Uuid), Feil> {
        let mut les = Leser::default();
        let (person, mote) = (self.person.parse().ok(), self.mote.parse().ok());
        les.krev("person", person.is_some(), "Velg hvem dere trenger");
        les.krev("mote", mote.is_some(), "Velg hvilket møte");
        les.ferdig((person.unwrap_or_default(), mote.unwrap_or_default()))
    }
}

pub(in crate::mote) fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_post(koble)
}

async fn vis(sti: KoblePa, medlem: Medlem) -> Result<Page<views::Side>> {
    let valgt = Valgt { mote: sti.id.to_string(), ..Valgt::default() };
    Ok(Page(side(sti, &medlem, valgt, Feil::default()).await?))
}

async fn side(sti: KoblePa, medlem: &Medlem, valgt: Valgt, feil: Feil) -> Result<views::Side> {
    let mut tx = medlem.read_med(Rett::LedeMote(sti.id)).await?;
    let mote = mote::hent(&mut tx, sti.id).await?;
    mote.krev_ikke_slutt()?;
    let grunnlag = db::grunnlag(&mut tx, &mote, sti.element).await?;
    let tjenester = db::tjenester(&mut tx, &mote, grunnlag.neste.as_ref().map(|n| n.id)).await?;
    Ok(views::Side { sti, mote, grunnlag, tjenester, valgt, feil })
}

async fn koble(sti: KoblePa, medlem: Medlem, Skjema(valgt): Skjema<Valgt>) -> Utfall<views::Side> {
    let (person, til) = match valgt.les() {
        Ok(lest) => lest,
        Err(feil) => return Ok(Err(Page::med_feil(side(sti, &medlem, valgt, feil).await?))),
    };
    let skjedd = medlem.write(Rett::LedeMote(sti.id), async |tx| kall_inn(tx, sti, person, til).await).await?;
    let her = Videre::til(&VisMote { id: sti.id }).med(skjedd);
    Ok(Ok(if til == sti.id { her } else { her.og_sa("Se neste møte", &VisMote { id: til }) }))
}

/// Calls in to this møte or to the next one of the same forum, and says what happened.
async fn kall_inn(tx: &mut Tx, sti: KoblePa, person: Uuid, til: Uuid) -> Result<String> {
    let mote = mote::hent_for_endring(tx, sti.id).await?;
    mote.krev_ikke_slutt()?;
    let grunnlag = db::grunnlag(tx, &mote, sti.element).await?;
    let (start, element) = match grunnlag.neste {
        _ if til == sti.id => (mote.start, Some(sti.element)),
        Some(neste) if neste.id == til => {
            mote::hent_for_endring(tx, til).await?.krev_apent()?;
            (neste.start, neste.element)
        }
        _ => return Err(Error::IkkeFunnet),
    };
    let tjenester = db::tjenester(tx, &mote, None).await?;
    let den = tjenester.iter().flat_map(|t| &t.folk).find(|p| p.id == person).ok_or(Error::IkkeFunnet)?;
    let dag = tid::dato(tid::dag(start));
    let ny = db::kall_inn(tx, til, element, person).await?;
    let (navn, punkt) = (&den.navn, &grunnlag.tittel);
    Ok(if ny {
        format!("{navn} er kalt inn til «{punkt}» {dag}")
    } else {
        format!("{navn} var alt kalt inn til møtet {dag}")
    })
}
