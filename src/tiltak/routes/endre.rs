//! A tiltak is edited; an edit on a stale page shows both texts.
use super::{EndreTiltak, VisTiltak};
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    tiltak::{Tiltak, db, skjema::Felter, views},
    web::{Feil, Page, Skjema, Utfall, Videre},
};

pub(super) async fn vis(EndreTiltak { id }: EndreTiltak, medlem: Medlem) -> Result<Page<views::Rediger>> {
    let (tiltak, mulige) = hent(&medlem, id).await?;
    let felter = Felter::fra(&tiltak);
    Ok(Page(views::Rediger::endre(tiltak, felter, mulige, Feil::default())))
}

async fn hent(medlem: &Medlem, id: uuid::Uuid) -> Result<(Tiltak, Vec<db::Mulig>)> {
    let mut tx = medlem.read_med(Rett::EndreTiltak(id)).await?;
    let tiltak = db::hent(&mut tx, id).await?;
    tiltak.krev_apent()?;
    let mulige = db::mulige(&mut tx, tiltak.forum).await?;
    Ok((tiltak, mulige))
}

pub(super) async fn lagre(
    EndreTiltak { id }: EndreTiltak,
    medlem: Medlem,
    Skjema(felter): Skjema<Felter>,
) -> Utfall<views::Rediger> {
    let (na, mulige) = hent(&medlem, id).await?;
    let feil = match felter.les(medlem.i_dag(), Some((na.frist, na.neste_evaluering))) {
        Err(feil) => feil,
        Ok(ny) => {
            let versjon = felter.versjon();
            match medlem.write(Rett::EndreTiltak(id), async |tx| db::lagre(tx, id, versjon, &ny).await).await {
                Ok(true) => return Ok(Ok(Videre::til(&VisTiltak { id }).med("Tiltaket er lagret"))),
                Ok(false) => return utdatert(&medlem, id, felter).await,
                Err(Error::Ugyldig(ord)) => Feil::en("ansvarlig", &ord),
                Err(error) => return Err(error),
            }
        }
    };
    Ok(Err(Page::med_feil(views::Rediger::endre(na, felter, mulige, feil))))
}

async fn utdatert(medlem: &Medlem, id: uuid::Uuid, skrevet: Felter) -> Utfall<views::Rediger> {
    let (na, mulige) = hent(medlem, id).await?;
    let lagret = Felter::fra(&na);
    let feil = skrevet.utdatert(&lagret, &mulige);
    let felter = Felter { versjon: lagret.versjon, ..skrevet };
    Ok(Err(Page::utdatert(views::Rediger::endre(na, felter, mulige, feil))))
}
