//! Notes, which everybody in the room writes, and decisions, which the leader writes, while the møte is under way.
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::{FjernBeslutning, NyBeslutning, SkrivNotat, hold};
use crate::{
    Error, Result,
    auth::{Handling, Medlem, Rett},
    db::Tx,
    referat::{LENGSTE_BESLUTNING, LENGSTE_NOTAT, db, views},
    tid,
    tjeneste::Tjenestetype,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, les_nokkel},
};

#[derive(Deserialize)]
pub(super) struct RaNotat {
    #[serde(default)]
    notat: String,
    #[serde(default)]
    gjennomfort: String,
    #[serde(default)]
    versjon: String,
}

impl RaNotat {
    fn les(&self, punkt: Uuid) -> Result<db::Notat, Feil> {
        let mut leser = Leser::default();
        let tekst = leser.valgfri(&views::notatfelt(punkt), "Notat", &self.notat, LENGSTE_NOTAT);
        // A version that is no number is older than all others: the page will show what is stored.
        let versjon = self.versjon.parse().unwrap_or_default();
        leser.ferdig(db::Notat { tekst, gjennomfort: !self.gjennomfort.is_empty(), versjon })
    }
}

/// Saves a note. A page that was read before somebody else saved gets both texts, and nothing is lost.
pub(super) async fn skriv(sti: SkrivNotat, medlem: Medlem, Skjema(ra): Skjema<RaNotat>) -> Result<Response> {
    let SkrivNotat { id, element } = sti;
    let notat = match ra.les(element) {
        Ok(notat) => notat,
        Err(feil) => {
            let skrevet = views::Skrevet::notat(element, ra.notat, !ra.gjennomfort.is_empty(), ra.versjon, feil);
            return Ok(hold::med_feil(id, &medlem, Handling::SkriveNotat, skrevet).await?.into_response());
        }
    };
    let na = medlem.na();
    if medlem.write(Rett::SkriveNotat(id), async |tx| db::lagre_notat(tx, id, element, &notat, na).await).await? {
        let kl = tid::lagret_kl(tid::lokal(na).time());
        let videre = Videre::til(&super::punkt(id, element)).med(format!("Notatet er lagret kl. {kl}"));
        return Ok(videre.into_response());
    }
    let mut tx = medlem.read_med(Rett::SkriveNotat(id)).await?;
    let referat = db::hent(&mut tx, id).await?;
    let side = views::Konflikt::ny(referat, element, notat).ok_or(Error::IkkeFunnet)?;
    Ok(Page::utdatert(side).into_response())
}

#[derive(Deserialize)]
pub(super) struct RaBeslutning {
    #[serde(default)]
    nokkel: String,
    #[serde(default)]
    tekst: String,
    #[serde(default)]
    tjenestetype: String,
}

impl RaBeslutning {
    fn les(&self, punkt: Uuid) -> Result<(String, Tjenestetype), Feil> {
        let mut leser = Leser::default();
        let tekst = leser.tekst(&views::beslutningsfelt(punkt), "Beslutning", &self.tekst, LENGSTE_BESLUTNING);
        let felt = views::tjenestefelt(punkt);
        let tjeneste = leser.valg(&felt, "Tjenesten som forplikter seg", &self.tjenestetype);
        leser.ferdig((tekst, tjeneste.unwrap_or(Tjenestetype::Annen)))
    }
}

pub(super) async fn ny_beslutning(
    NyBeslutning { id, element }: NyBeslutning,
    medlem: Medlem,
    Skjema(ra): Skjema<RaBeslutning>,
) -> Utfall<views::Hold> {
    let nokkel = les_nokkel(&ra.nokkel)?;
    let (tekst, tjeneste) = match ra.les(element) {
        Ok(beslutning) => beslutning,
        Err(feil) => {
            let skrevet = views::Skrevet::beslutning(element, ra.tekst, ra.tjenestetype, feil);
            return Ok(Err(hold::med_feil(id, &medlem, Handling::LedeMote, skrevet).await?));
        }
    };
    let na = medlem.na();
    let lagre = async |tx: &mut Tx| {
        db::ny_beslutning(tx, id, element, (&tekst, tjeneste), na).await?;
        Ok(super::punkt(id, element))
    };
    let sted = medlem.write_once(nokkel, Rett::LedeMote(id), lagre).await?;
    Ok(Ok(Videre::til(&sted).med(format!("Beslutningen er lagret. {} følger den opp", tjeneste.navn()))))
}

#[derive(Deserialize)]
pub(super) struct RaFjerning {
    #[serde(default)]
    nokkel: String,
    /// The element whose page part to come back to.
    #[serde(default)]
    punkt: String,
}

pub(super) async fn fjern_beslutning(
    FjernBeslutning { id, beslutning }: FjernBeslutning,
    medlem: Medlem,
    Skjema(ra): Skjema<RaFjerning>,
) -> Result<Videre> {
    let nokkel = les_nokkel(&ra.nokkel)?;
    let sted = super::punkt(id, ra.punkt.parse().unwrap_or_default());
    let fjern = async |tx: &mut Tx| {
        db::fjern_beslutning(tx, id, beslutning).await?;
        Ok(sted)
    };
    let sted = medlem.write_once(nokkel, Rett::LedeMote(id), fjern).await?;
    Ok(Videre::til(&sted).med("Beslutningen er fjernet"))
}
