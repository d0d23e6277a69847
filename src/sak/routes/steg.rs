//! The leader's steps with a sak. Each is taken once, and only on a page as new as the sak.
use uuid::Uuid;

use super::{Angre, Avsla, Behandle, SettOpp, Utsett, VisSak, som_leder};
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    mote,
    sak::{self, Sak, Status, Trekk, db, skjema::Steg, views},
    tekst::UkjentValg,
    web::{Feil, MedStatus, Page, Skjema, Utfall, Videre, les_nokkel},
};

pub(super) async fn sett_opp(
    SettOpp { id }: SettOpp,
    medlem: Medlem,
    Skjema(steg): Skjema<Steg>,
) -> Utfall<views::Vis> {
    let sak = som_leder(&medlem, id).await?;
    let oppsett = match steg.oppsett(sak.niva) {
        Ok(oppsett) => oppsett,
        Err(feil) => return Ok(Err(igjen(sak, &medlem, steg, feil))),
    };
    let na = medlem.na();
    let sti = gjor(&medlem, id, &steg, Trekk::SettOpp, async |tx, _, status| {
        db::lagre_oppsett(tx, id, oppsett).await?;
        db::lagre_status(tx, id, status, ("", None), na).await
    })
    .await;
    match sti {
        Ok(sti) => Ok(Ok(Videre::til(&sti).med("Saken står på agendaen"))),
        Err(feil) => Ok(Err(utdatert(&medlem, id, steg, (Trekk::SettOpp, "minutter"), feil).await?)),
    }
}

pub(super) async fn avsla(Avsla { id }: Avsla, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Utfall<views::Vis> {
    let grunn = match steg.grunn() {
        Ok(grunn) => grunn,
        Err(feil) => return Ok(Err(igjen(som_leder(&medlem, id).await?, &medlem, steg, feil))),
    };
    let na = medlem.na();
    let sti = gjor(&medlem, id, &steg, Trekk::Avsla, async |tx, _, status| {
        db::lagre_status(tx, id, status, (&grunn, None), na).await
    })
    .await;
    match sti {
        Ok(sti) => Ok(Ok(Videre::til(&sti).med("Saken er avslått, og den som meldte den, ser hvorfor"))),
        Err(feil) => Ok(Err(utdatert(&medlem, id, steg, (Trekk::Avsla, "grunn"), feil).await?)),
    }
}

pub(super) async fn utsett(Utsett { id }: Utsett, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Result<Videre> {
    let sti = gjor(&medlem, id, &steg, Trekk::Utsett, async |tx, sak, _| match &sak.mote {
        Some(mote) => db::utsett(tx, id, mote).await,
        None => Err(Error::Regelbrudd("Saken venter alt på neste møte som blir booket.".to_owned())),
    })
    .await?;
    Ok(Videre::til(&sti).med("Saken er utsatt til møtet etter"))
}

pub(super) async fn angre(Angre { id }: Angre, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Result<Videre> {
    let na = medlem.na();
    let sti = gjor(&medlem, id, &steg, Trekk::Angre, async |tx, _, status| {
        db::lagre_status(tx, id, status, ("", None), na).await
    })
    .await?;
    Ok(Videre::til(&sti).med("Avgjørelsen er tatt tilbake"))
}

/// What came of it, said while the møte goes on.
pub(super) async fn behandle(Behandle { id }: Behandle, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Result<Videre> {
    let utfall: Result<sak::Utfall, UkjentValg> = steg.utfall.parse();
    let utfall = match utfall {
        Ok(utfall) => utfall,
        // Who may not do it, is told that first.
        Err(ukjent) => return som_leder(&medlem, id).await.and(Err(Error::Ugyldig(ukjent.to_string()))),
    };
    let na = medlem.na();
    let sti = gjor(&medlem, id, &steg, Trekk::Behandle, async |tx, _, status| {
        db::lagre_status(tx, id, status, ("", Some(utfall)), na).await
    })
    .await?;
    Ok(Videre::til(&sti).med(format!("Saken er behandlet: {}", utfall.navn().to_lowercase())))
}

/// The same page with what is wrong in what was written.
fn igjen(sak: Sak, medlem: &Medlem, steg: Steg, feil: Feil) -> MedStatus<views::Vis> {
    Page::med_feil(views::Vis { sak, leder: true, i_dag: medlem.i_dag(), steg, feil })
}

/// The page as it is now with what was written on an older one, when the step can still be taken; otherwise the refusal.
async fn utdatert(
    medlem: &Medlem,
    id: Uuid,
    steg: Steg,
    (trekk, felt): (Trekk, &str),
    feil: Error,
) -> Result<MedStatus<views::Vis>> {
    let Error::Regelbrudd(ord) = &feil else { return Err(feil) };
    let sak = som_leder(medlem, id).await?;
    if !sak.status.kan(trekk, sak.i_mote()) {
        return Err(feil);
    }
    let steg = Steg { versjon: sak.versjon.to_string(), ..steg };
    let feil = Feil::en(felt, ord);
    Ok(Page::utdatert(views::Vis { sak, leder: true, i_dag: medlem.i_dag(), steg, feil }))
}

/// Takes one step, once; the path to come back to.
async fn gjor(
    medlem: &Medlem,
    id: Uuid,
    steg: &Steg,
    trekk: Trekk,
    lagre: impl AsyncFnOnce(&mut Tx, &Sak, Status) -> Result<()>,
) -> Result<String> {
    let gjor = async |tx: &mut Tx| {
        let sak = db::hent_for_endring(tx, id).await?;
        let status = sak.status.etter(trekk, sak.i_mote())?;
        if sak.versjon != steg.versjon() {
            let ord = "Noen andre har endret saken mens du hadde siden åpen. Se hva som er nytt, og prøv igjen.";
            return Err(Error::Regelbrudd(ord.to_owned()));
        }
        lagre(tx, &sak, status).await?;
        Ok(match (&sak.mote, steg.tilbake.as_str()) {
            (Some(mote), "hold") => format!("{}/hold#sak-{id}", mote::VisMote { id: mote.id }),
            _ => VisSak { id }.to_string(),
        })
    };
    medlem.write_once(les_nokkel(&steg.nokkel)?, Rett::LedeSak(id), gjor).await
}
