//! The door of going through access.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use time::Duration;
use uuid::Uuid;

use super::{daglig, db, views};
use crate::{
    App, Result,
    auth::{Medlem, Rett, krev_nylig},
    web::{Feil, Page, Skjema, Utfall, Videre},
};

/// The access that the one who asks answers for.
#[derive(TypedPath, Deserialize)]
#[typed_path("/tilganger")]
pub struct GjennomgaTilganger;

pub fn routes() -> Router<App> {
    Router::new().typed_get(vis).merge(krev_nylig(Router::new().typed_post(lagre)))
}

async fn vis(_: GjennomgaTilganger, medlem: Medlem) -> Result<Page<views::Gjennomga>> {
    Ok(Page(side(&medlem, Vec::new(), Feil::default()).await?))
}

async fn side(medlem: &Medlem, valg: Vec<(String, String)>, feil: Feil) -> Result<views::Gjennomga> {
    let mut tx = medlem.read().await?;
    let linjer = db::venter(&mut tx, &medlem.rolle, medlem.i_dag()).await?;
    Ok(views::Gjennomga { linjer, valg, feil })
}

/// Each field is named by an access and says what becomes of it. Only those that still wait for the one who asks are touched.
async fn lagre(
    _: GjennomgaTilganger,
    medlem: Medlem,
    Skjema(valg): Skjema<Vec<(String, String)>>,
) -> Utfall<views::Gjennomga> {
    let (mut bekreftet, mut avsluttet) = (Vec::new(), Vec::new());
    for (id, svar) in valg.iter().filter_map(|(id, svar)| Some((id.parse::<Uuid>().ok()?, svar.as_str()))) {
        match svar {
            "bekreft" => bekreftet.push(id),
            "avslutt" => avsluttet.push(id),
            _ => {}
        }
    }
    if bekreftet.is_empty() && avsluttet.is_empty() {
        let feil = Feil::en("tilganger", "Velg «Bekreft» eller «Avslutt» for minst én");
        return Ok(Err(Page::med_feil(side(&medlem, valg, feil).await?)));
    }
    let i_gar = medlem.i_dag() - Duration::DAY;
    let (b, a) = medlem
        .write(Rett::Egen, async |tx| {
            let linjer = db::venter(tx, &medlem.rolle, medlem.i_dag()).await?;
            let valgte = |ider: &[Uuid]| -> Vec<(Uuid, String)> {
                linjer.iter().filter(|l| ider.contains(&l.id)).map(|l| (l.id, l.slag.clone())).collect()
            };
            let (behold, ta_bort) = (valgte(&bekreftet), valgte(&avsluttet));
            db::bekreft(tx, &medlem, &behold).await?;
            daglig::avslutt(tx, &ta_bort, i_gar).await?;
            Ok((behold.len(), ta_bort.len()))
        })
        .await?;
    Ok(Ok(Videre::til(&GjennomgaTilganger).med(views::gjort(b, a))))
}
