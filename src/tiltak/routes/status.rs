//! A tiltak is moved along, or ended before it was begun.
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::{FlyttTiltak, VisTiltak};
use crate::{
    Error, Result,
    auth::{Handling, Medlem, Rett},
    db::Tx,
    tiltak::{Trekk, db, skjema::les_slutt, views},
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// The form as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::tiltak) struct Flytting {
    pub(in crate::tiltak) nokkel: String,
    pub(in crate::tiltak) trekk: String,
    pub(in crate::tiltak) skal_evalueres: String,
    pub(in crate::tiltak) evalueres: String,
}

type Slutt = Option<(bool, Option<Date>)>;

impl Flytting {
    fn les(&self, i_dag: Date) -> Result<(Trekk, Slutt), Feil> {
        let mut leser = Leser::default();
        let trekk = leser.valg("trekk", "Hva vil du gjøre?", &self.trekk);
        let avslutt = trekk == Some(Trekk::Avslutt);
        let slutt = avslutt.then(|| les_slutt(&mut leser, &self.skal_evalueres, &self.evalueres, i_dag));
        leser.ferdig((trekk.unwrap_or(Trekk::Start), slutt))
    }
}

pub(super) async fn vis(FlyttTiltak { id }: FlyttTiltak, medlem: Medlem) -> Result<Page<views::Flytt>> {
    let skjema = Flytting { nokkel: Uuid::new_v4().to_string(), ..Flytting::default() };
    Ok(Page(side(&medlem, id, skjema, Feil::default()).await?))
}

async fn side(medlem: &Medlem, id: Uuid, skjema: Flytting, feil: Feil) -> Result<views::Flytt> {
    let (mut tx, adgang) = medlem.read_tiltak(id).await?;
    if !adgang.til(Handling::FolgeTiltak) {
        return Err(Error::IkkeTilgang);
    }
    let tiltak = db::hent(&mut tx, id).await?;
    Ok(views::Flytt { leder: adgang.til(Handling::EndreTiltak), tiltak, felter: skjema, feil })
}

/// Whoever answers for it moves it along; only the leader ends it.
pub(super) async fn flytt(
    FlyttTiltak { id }: FlyttTiltak,
    medlem: Medlem,
    Skjema(skjema): Skjema<Flytting>,
) -> Utfall<views::Flytt> {
    let nokkel = les_nokkel(&skjema.nokkel)?;
    let (trekk, slutt) = match skjema.les(medlem.i_dag()) {
        Ok(trekk) => trekk,
        Err(feil) => return Ok(Err(Page::med_feil(side(&medlem, id, skjema, feil).await?))),
    };
    let rett = if trekk == Trekk::Avslutt { Rett::EndreTiltak(id) } else { Rett::FolgeTiltak(id) };
    let flytt = async |tx: &mut Tx| {
        let status = db::hent_for_endring(tx, id).await?.status.etter(trekk)?;
        db::flytt(tx, id, status, slutt).await?;
        Ok(VisTiltak { id }.to_string())
    };
    let sted = medlem.write_once(nokkel, rett, flytt).await?;
    let ord = match trekk {
        Trekk::Beslutt => "Tiltaket er besluttet",
        Trekk::Start => "Tiltaket er i gang",
        Trekk::TilEvaluering => "Tiltaket er sendt til evaluering",
        Trekk::Avslutt => "Tiltaket er avsluttet",
    };
    Ok(Ok(Videre::til(&sted).med(ord)))
}
