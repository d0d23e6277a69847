//! The end of a møte: what is missing is said first, and the leader decides.
use serde::Deserialize;
use uuid::Uuid;

use super::Ferdigstill;
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    mote::Handling,
    oppmote::{self, Dyktighet},
    referat::{Deltaker, Element, Ferdigstilling, Mangel, Referat, Vedtak, db, views},
    regelsett, tid,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// The longest reason, in characters.
const LENGSTE_BEGRUNNELSE: usize = 1_000;
const FELT: &str = "begrunnelse";
const MANGLER_BEGRUNNELSE: &str = "Skriv hvorfor møtet ferdigstilles selv om noe mangler";

#[derive(Deserialize)]
pub(super) struct RaFerdig {
    #[serde(default)]
    nokkel: String,
    #[serde(default)]
    begrunnelse: String,
}

pub(super) async fn vis(Ferdigstill { id }: Ferdigstill, medlem: Medlem) -> Result<Page<views::Ferdig>> {
    Ok(Page(side(id, &medlem, String::new(), Feil::default()).await?))
}

/// Finishes and locks. Something missing needs a reason, which is stored with the møte.
pub(super) async fn ferdigstill(
    Ferdigstill { id }: Ferdigstill,
    medlem: Medlem,
    Skjema(ra): Skjema<RaFerdig>,
) -> Utfall<views::Ferdig> {
    let nokkel = les_nokkel(&ra.nokkel)?;
    let mut leser = Leser::default();
    let grunn = leser.valgfri(FELT, "Begrunnelse", &ra.begrunnelse, LENGSTE_BEGRUNNELSE);
    let na = medlem.na();
    let lagre = async |tx: &mut Tx| {
        db::las(tx, id).await?.overgang(Handling::Ferdigstill)?;
        let (_, mangler) = mangler(tx, id).await?;
        if let Some(sperre) = mangler.iter().find(|m| m.sperrer()) {
            return Err(Error::Ugyldig(sperre.to_string()));
        }
        if !mangler.is_empty() && grunn.is_empty() {
            return Err(Error::Ugyldig(MANGLER_BEGRUNNELSE.into()));
        }
        db::ferdigstill(tx, id, (!mangler.is_empty()).then_some(grunn.as_str()), na).await?;
        Ok(super::mote(id))
    };
    let feil = match leser.ferdig(()) {
        Err(feil) => feil,
        Ok(()) => match medlem.write_once(nokkel, Rett::LedeMote(id), lagre).await {
            Err(Error::Ugyldig(ord)) => Feil::en(FELT, &ord),
            annet => return Ok(Ok(Videre::til(&annet?).med("Møtet er ferdigstilt, og referatet er låst"))),
        },
    };
    Ok(Err(Page::med_feil(side(id, &medlem, ra.begrunnelse, feil).await?)))
}

async fn side(id: Uuid, medlem: &Medlem, begrunnelse: String, feil: Feil) -> Result<views::Ferdig> {
    let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
    let (referat, mangler) = mangler(&mut tx, id).await?;
    referat.status.overgang(Handling::Ferdigstill)?;
    Ok(views::Ferdig::ny(referat, mangler, begrunnelse, feil))
}

/// The møte and all that is missing in it, by the rules of its place.
async fn mangler(tx: &mut Tx, id: Uuid) -> Result<(Referat, Vec<Mangel>)> {
    let referat = db::hent(tx, id).await?;
    let regler = regelsett::hent(tx).await?.for_sted(referat.kommune, referat.enhet);
    let innkalte = oppmote::deltakere(tx, id).await?;
    let deltakere: Vec<_> = innkalte.iter().map(deltaker).collect();
    let elementer: Vec<_> = referat
        .punkter
        .iter()
        .map(|p| Element { tittel: p.tittel.clone(), gjennomfort: p.gjennomfort, har_notat: !p.notat.is_empty() })
        .collect();
    let ferdigstilling = Ferdigstilling {
        elementer: &elementer,
        deltakere: &deltakere,
        vedtak: vedtak(&referat, &innkalte),
        minutter: referat.minutter,
        // The least length is a rule for team; other fora are as long as they need.
        min_varighet: if referat.er_tst { regler.min_varighet } else { 0 },
        begrunnelse: referat.kort_begrunnelse.as_deref(),
        uten_medvirkning: referat.om_barn && !referat.medvirkning.er_avklart(),
    };
    let mangler = ferdigstilling.mangler();
    Ok((referat, mangler))
}

/// A decision that is written down on another day says nothing of who was in the room.
fn vedtak(referat: &Referat, innkalte: &[oppmote::Deltaker]) -> Vedtak {
    let dyktig = |nar| Dyktighet::av(innkalte, referat.moteleder_id, nar).er_dyktig();
    let fort = referat.punkter.iter().flat_map(|p| &p.beslutninger).map(|b| b.opprettet);
    let i_motet = fort.filter(|nar| tid::dag(*nar) == tid::dag(referat.start));
    Vedtak { dyktig: dyktig(None), uten_nok: i_motet.filter(|nar| !dyktig(Some(*nar))).count() }
}

fn deltaker(d: &oppmote::Deltaker) -> Deltaker {
    let navn = match &d.navn {
        Some(navn) => format!("{} ({navn})", d.tjeneste.navn()),
        None => d.tjeneste.navn().to_owned(),
    };
    Deltaker { navn, fast: d.fast, moteplikt: d.moteplikt, oppmote: d.oppmote }
}
