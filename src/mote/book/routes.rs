//! The doors of booking.
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::{
    super::{Status, VisMote},
    Grunnlag, db,
    skjema::{Bekreftelse, Tidsvalg},
    views,
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    regelsett,
    web::{Feil, MedStatus, Page, Skjema, Utfall, Videre},
};

/// Step 1: day and time.
#[derive(TypedPath, Deserialize)]
#[typed_path("/team/{forum}/book")]
pub struct BookMote {
    pub forum: Uuid,
}

/// Step 2: see what will be booked, and book it.
#[derive(TypedPath, Deserialize)]
#[typed_path("/team/{forum}/book/bekreft")]
pub struct BekreftMote {
    pub forum: Uuid,
}

pub(in crate::mote) fn routes() -> Router<App> {
    Router::new().typed_get(velg_tid).typed_get(bekreft).typed_post(book)
}

async fn velg_tid(BookMote { forum }: BookMote, medlem: Medlem) -> Result<Page<views::VelgTid>> {
    Ok(Page(tidsside(forum, &medlem, Tidsvalg::default(), Feil::default()).await?))
}

async fn tidsside(forum: Uuid, medlem: &Medlem, valg: Tidsvalg, feil: Feil) -> Result<views::VelgTid> {
    let mut tx = medlem.read_med(Rett::BookMote(forum)).await?;
    let grunnlag = db::grunnlag_pa(&mut tx, forum, medlem.i_dag(), medlem.i_dag()).await?;
    Ok(views::VelgTid::ny(&grunnlag, medlem.i_dag(), valg, feil))
}

async fn bekreft(
    BekreftMote { forum }: BekreftMote,
    medlem: Medlem,
    Query(valg): Query<Tidsvalg>,
) -> Result<std::result::Result<Page<views::Bekreft>, MedStatus<views::VelgTid>>> {
    match valg.les(medlem.na()) {
        Ok((dato, start)) => {
            let (grunnlag, krav) = hent(forum, &medlem, dato).await?;
            Ok(Ok(Page(views::Bekreft::ny(grunnlag, (dato, start), krav, &medlem))))
        }
        Err(feil) => Ok(Err(Page::med_feil(tidsside(forum, &medlem, valg, feil).await?))),
    }
}

async fn book(
    BekreftMote { forum }: BekreftMote,
    medlem: Medlem,
    Skjema(felter): Skjema<Vec<(String, String)>>,
) -> Utfall<views::Bekreft> {
    let skjema = Bekreftelse::fra(felter)?;
    let (dato, start) = skjema.tid.les(medlem.na()).map_err(|feil| ugyldig(&feil))?;
    let (grunnlag, krav) = hent(forum, &medlem, dato).await?;
    let booking = match skjema.les(&grunnlag, crate::tid::oyeblikk(dato, start), krav) {
        Ok(booking) => booking,
        Err(feil) => {
            let side = views::Bekreft::ny(grunnlag, (dato, start), krav, &medlem);
            return Ok(Err(Page::med_feil(side.med(skjema, feil))));
        }
    };
    let sti = medlem
        .write_once(skjema.nokkel, Rett::BookMote(forum), async |tx| {
            let laget = db::opprett(tx, &[booking.mote(&grunnlag)], medlem.na()).await?;
            let id = laget.first().copied().ok_or(Error::IkkeFunnet)?;
            Ok(VisMote { id }.to_string())
        })
        .await?;
    let ord = if booking.status == Status::Innkalt {
        "Møtet er booket, og innkallingen er sendt"
    } else {
        "Møtet er lagret som plan. Send innkallingen når du er klar"
    };
    Ok(Ok(Videre::til(&sti).med(ord)))
}

/// What the møte is made from, and the least length the rules ask of it.
async fn hent(forum: Uuid, medlem: &Medlem, dato: Date) -> Result<(Grunnlag, Option<u32>)> {
    let mut tx = medlem.read_med(Rett::BookMote(forum)).await?;
    let grunnlag = db::grunnlag_pa(&mut tx, forum, medlem.i_dag(), dato).await?;
    let regler = regelsett::hent(&mut tx).await?.for_sted(grunnlag.kommune, grunnlag.enhet);
    let krav = grunnlag.er_tst.then_some(regler.min_varighet);
    Ok((grunnlag, krav))
}

/// The words of the first error, for a field that the page does not let anybody change.
fn ugyldig(feil: &Feil) -> Error {
    Error::Ugyldig(feil.alle().first().map(|(_, ord)| ord.clone()).unwrap_or_default())
}
