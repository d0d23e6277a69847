//! The doors of how children and guardians take part, and the invitation they get.
use axum::{Router, extract::Query};
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{db, skjema::Felter, views};
use crate::{
    App, Error, Result,
    auth::{Handling, Medlem, Rett},
    mote::VisMote,
    web::{Feil, Page, Skjema, Utfall, Videre},
};

/// How many take part in a møte, and in what way.
#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/moter/{id}/medvirkning")]
pub struct VisMedvirkning {
    pub id: Uuid,
}

/// The invitation to guardians or to a child, to be printed.
#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/moter/{id}/invitasjon")]
pub struct Invitasjon {
    pub id: Uuid,
}

#[derive(Deserialize)]
pub(super) struct Til {
    #[serde(default)]
    til: String,
}

pub fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_post(lagre).typed_get(invitasjon)
}

/// Read by exactly those who may see the møte; only its leader writes.
async fn vis(VisMedvirkning { id }: VisMedvirkning, medlem: Medlem) -> Result<Page<views::Vis>> {
    let (mut tx, adgang) = medlem.read_mote(id).await?;
    let leder = adgang.til(Handling::LedeMote);
    let mote = db::hent(&mut tx, id).await?.krev_tst()?;
    let felter = Felter::av(&mote.medvirkning);
    Ok(Page(views::Vis { id, mote, leder, felter, feil: Feil::default() }))
}

async fn lagre(sti: VisMedvirkning, medlem: Medlem, Skjema(felter): Skjema<Felter>) -> Utfall<views::Vis> {
    let na = medlem.na();
    let ny = felter.les();
    let svar = medlem
        .write(Rett::LedeMote(sti.id), async |tx| {
            let mote = db::hent_for_endring(tx, sti.id).await?.krev_tst()?;
            mote.krev_apent()?;
            match ny {
                Err(feil) => Ok(Err((mote, feil))),
                // The same words sent twice are one act.
                Ok(ny) if ny.sier_det_samme(&mote.medvirkning) => Ok(Ok(())),
                Ok(ny) if ny.versjon != mote.medvirkning.versjon => {
                    let feil = views::utdatert(&mote.medvirkning, &ny);
                    Ok(Err((mote, feil)))
                }
                Ok(ny) => db::lagre(tx, sti.id, &ny, na).await.map(Ok),
            }
        })
        .await?;
    let Err((mote, feil)) = svar else {
        return Ok(Ok(Videre::til(&sti).med("Medvirkningen er lagret").og_sa("Se møtet", &VisMote { id: sti.id })));
    };
    let er_utdatert = felter.versjon() != mote.medvirkning.versjon;
    let felter = Felter { versjon: mote.medvirkning.versjon.to_string(), ..felter };
    let side = views::Vis { id: sti.id, mote, leder: true, felter, feil };
    Ok(Err(if er_utdatert { Page::utdatert(side) } else { Page::med_feil(side) }))
}

async fn invitasjon(
    Invitasjon { id }: Invitasjon,
    Query(Til { til }): Query<Til>,
    medlem: Medlem,
) -> Result<Page<views::Invitasjon>> {
    let mut tx = medlem.read_med(Rett::SeMote(id)).await?;
    let mote = db::hent(&mut tx, id).await?.krev_tst()?;
    let innkalte = db::innkalte(&mut tx, id).await?;
    Ok(Page(views::Invitasjon::ny(id, mote, &innkalte, til == "barn")?))
}

impl db::Motet {
    /// Only a TST meets children and guardians.
    fn krev_tst(self) -> Result<Self> {
        if self.er_tst { Ok(self) } else { Err(Error::IkkeFunnet) }
    }

    fn krev_apent(&self) -> Result<()> {
        if !self.status.er_slutt() {
            return Ok(());
        }
        Err(Error::Regelbrudd(format!(
            "Møtet er {}. Medvirkningen kan ikke endres.",
            self.status.navn().to_lowercase()
        )))
    }
}
