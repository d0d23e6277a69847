//! The end of a møte: what is missing is said first, and the leader decides.
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Ferdigstill;
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    mote::Handling,
    oppmote::{self, Dyktighet},
    referat::{Deltaker, Element, Ferdigstilling, Mangel, Punkt, Referat, Vedtak, db, views},
    regelsett,
    tekst::inneholder_telefonnummer,
    tid,
    tjeneste::Tjenestetype,
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
    let elementer: Vec<_> = referat.punkter.iter().map(element).collect();
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

fn element(punkt: &Punkt) -> Element {
    let mut tekster = std::iter::once(&punkt.notat).chain(punkt.beslutninger.iter().map(|b| &b.tekst));
    Element {
        tittel: punkt.tittel.clone(),
        gjennomfort: punkt.gjennomfort,
        har_notat: !punkt.notat.is_empty(),
        har_telefonnummer: tekster.any(|t| inneholder_telefonnummer(t)),
    }
}

/// A decision that is written down on another day says nothing of who was in the room.
fn vedtak(referat: &Referat, innkalte: &[oppmote::Deltaker]) -> Vedtak {
    let dyktig = |nar| Dyktighet::av(innkalte, referat.moteleder_id, nar).er_dyktig();
    let alle = || referat.punkter.iter().flat_map(|p| &p.beslutninger);
    let i_motet = |nar: &OffsetDateTime| tid::dag(*nar) == tid::dag(referat.start);
    let uten_fullmakt = alle().filter(|b| {
        let nar = Some(b.opprettet).filter(i_motet);
        b.tjeneste != Tjenestetype::Annen && !oppmote::kan_beslutte_for(innkalte, b.tjeneste, nar)
    });
    Vedtak {
        dyktig: dyktig(None),
        uten_nok: alle().map(|b| b.opprettet).filter(i_motet).filter(|nar| !dyktig(Some(*nar))).count(),
        uten_fullmakt: uten_fullmakt.count(),
    }
}

fn deltaker(d: &oppmote::Deltaker) -> Deltaker {
    let navn = match &d.navn {
        Some(navn) => format!("{} ({navn})", d.tjeneste.navn()),
        None => d.tjeneste.navn().to_owned(),
    };
    Deltaker { navn, fast: d.fast, moteplikt: d.moteplikt, oppmote: d.oppmote }
}
