//! A tiltak is made: of a decision, or under an element of the agenda.
use axum::extract::Query;
use serde::Deserialize;

use super::{Kilde, LagTiltak, LagTiltakUnder, VisTiltak};
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    tiltak::{db, skjema::Felter, views},
    web::{Feil, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// Where the form was opened: on the page the møte is run from, or else on the page of the møte.
#[derive(Deserialize)]
pub(super) struct Fra {
    #[serde(default)]
    fra: String,
}

pub(super) async fn vis(
    sti: LagTiltak,
    Query(Fra { fra }): Query<Fra>,
    medlem: Medlem,
) -> Result<Result<Page<views::Rediger>, Videre>> {
    skjema(&sti.into(), fra, &medlem).await
}

pub(super) async fn vis_under(
    sti: LagTiltakUnder,
    Query(Fra { fra }): Query<Fra>,
    medlem: Medlem,
) -> Result<Result<Page<views::Rediger>, Videre>> {
    skjema(&sti.into(), fra, &medlem).await
}

pub(super) async fn opprett(sti: LagTiltak, medlem: Medlem, Skjema(felter): Skjema<Felter>) -> Utfall<views::Rediger> {
    lag(&sti.into(), &medlem, felter).await
}

pub(super) async fn opprett_under(
    sti: LagTiltakUnder,
    medlem: Medlem,
    Skjema(felter): Skjema<Felter>,
) -> Utfall<views::Rediger> {
    lag(&sti.into(), &medlem, felter).await
}

/// The form, filled from the decision if there is one; one that has become a tiltak already leads to it.
async fn skjema(kilde: &Kilde, fra_side: String, medlem: &Medlem) -> Result<Result<Page<views::Rediger>, Videre>> {
    let mut tx = medlem.read_med(Rett::LageTiltak(kilde.mote)).await?;
    let fra = db::utgangspunkt(&mut tx, kilde).await?;
    if let Some(id) = fra.tiltak {
        return Ok(Err(Videre::til(&VisTiltak { id })));
    }
    let mulige = db::mulige(&mut tx, fra.forum).await?;
    let felter = Felter { fra: fra_side, ..Felter::av(&fra, &mulige) };
    Ok(Ok(Page(views::Rediger::ny(kilde, fra, felter, mulige, Feil::default()))))
}

async fn lag(kilde: &Kilde, medlem: &Medlem, felter: Felter) -> Utfall<views::Rediger> {
    let nokkel = les_nokkel(&felter.nokkel)?;
    let feil = match felter.les(medlem.i_dag(), None) {
        Err(feil) => feil,
        Ok(ny) => {
            let na = medlem.na();
            let lagre = async |tx: &mut Tx| {
                let id = db::opprett(tx, kilde, (&ny, felter.begynner()), na).await?;
                Ok(VisTiltak { id }.to_string())
            };
            match medlem.write_once(nokkel, Rett::LageTiltak(kilde.mote), lagre).await {
                Err(Error::Ugyldig(ord)) => Feil::en("ansvarlig", &ord),
                Err(error) if error.on_constraint("tiltak_beslutning") => return Err(db::allerede()),
                annet => return Ok(Ok(tilbake(kilde, &felter.fra, &annet?))),
            }
        }
    };
    let mut tx = medlem.read_med(Rett::LageTiltak(kilde.mote)).await?;
    let fra = db::utgangspunkt(&mut tx, kilde).await?;
    let mulige = db::mulige(&mut tx, fra.forum).await?;
    Ok(Err(Page::med_feil(views::Rediger::ny(kilde, fra, felter, mulige, feil))))
}

/// On to the tiltak, or back to the page the møte is run from with a link to it.
fn tilbake(kilde: &Kilde, fra: &str, tiltak: &str) -> Videre {
    match kilde.pa_hold(fra) {
        Some(hold) => Videre::til(&hold).med("Tiltaket er laget").og_sa("Se tiltaket", tiltak),
        None => Videre::til(tiltak).med("Tiltaket er laget. Det står på agendaen til det er avsluttet"),
    }
}
