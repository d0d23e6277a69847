//! The doors of a møte: its page, calling people in, calling it off.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{Avlysning, Handling, book, db, deltakere, koble, lukk, mine, rediger, views};
use crate::{
    App, Error, Result,
    auth::{self, Medlem, Rett},
    db::Tx,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}")]
pub struct VisMote {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/innkall")]
pub struct InnkallTilMote {
    pub id: Uuid,
}

/// Where a møte is locked from inside, or opened again.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/las")]
struct LasMote {
    id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/avlys")]
pub struct AvlysMote {
    pub id: Uuid,
}

#[derive(Deserialize)]
struct RaAvlysning {
    #[serde(default)]
    begrunnelse: String,
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(vis)
        .typed_post(innkall)
        .typed_get(avlys_side)
        .typed_post(avlys)
        .typed_post(las)
        .merge(book::routes())
        .merge(deltakere::routes())
        .merge(koble::routes())
        .merge(lukk::routes())
        .merge(mine::routes())
        .merge(rediger::routes())
}

async fn vis(VisMote { id }: VisMote, medlem: Medlem) -> Result<Page<views::Vis>> {
    // One question gives all: whether the møte may be seen at all, whether it may be led, and the team's tiltak seen.
    let (mut tx, adgang) = medlem.read_mote(id).await?;
    let (mote, apne) = db::hent_med_tiltak(&mut tx, id, adgang.til(auth::Handling::SeTiltak)).await?;
    let punkter = db::punkter(&mut tx, id).await?;
    let deltakere = db::deltakere(&mut tx, id).await?;
    Ok(Page(views::Vis::ny(mote, (punkter, apne), deltakere, adgang, &medlem)?))
}

async fn innkall(InnkallTilMote { id }: InnkallTilMote, medlem: Medlem) -> Result<Videre> {
    medlem
        .write(Rett::LedeMote(id), async |tx| {
            let mote = db::hent_for_endring(tx, id).await?;
            let status = mote.status.overgang(Handling::Innkall)?;
            db::lagre_status(tx, id, status).await
        })
        .await?;
    Ok(Videre::til(&VisMote { id }).med("Innkallingen er sendt. Deltakerne ser møtet under «Møter» og kan svare"))
}

/// What the button of the lock sends.
#[derive(Deserialize)]
struct Laslag {
    #[serde(default)]
    last: String,
}

/// Only one who is called in locks: whoever leads by office alone would shut themselves out.
async fn las(LasMote { id }: LasMote, medlem: Medlem, Skjema(skjema): Skjema<Laslag>) -> Result<Videre> {
    let last = skjema.last == "ja";
    let lagre = async |tx: &mut Tx| {
        let mote = db::hent_for_endring(tx, id).await?;
        if mote.status.er_slutt() {
            return Err(Error::Regelbrudd("Møtet er over. Låsen kan ikke endres.".into()));
        }
        let deltakere = db::deltakere(tx, id).await?;
        if !deltakere.iter().any(|d| d.person == Some(medlem.person())) {
            return Err(Error::Regelbrudd("Bare en som selv er innkalt, kan låse møtet innenfra.".into()));
        }
        db::las(tx, id, last).await
    };
    medlem.write(Rett::LedeMote(id), lagre).await?;
    let beskjed = if last { "Møtet er låst innenfra" } else { "Låsen er åpnet" };
    Ok(Videre::til(&VisMote { id }).med(beskjed))
}

async fn avlys_side(AvlysMote { id }: AvlysMote, medlem: Medlem) -> Result<Page<views::Avlys>> {
    let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
    let mote = db::hent(&mut tx, id).await?;
    mote.status.overgang(Handling::Avlys)?;
    Ok(Page(views::Avlys { mote, begrunnelse: String::new(), feil: Feil::default() }))
}

async fn avlys(sti: AvlysMote, medlem: Medlem, Skjema(skjema): Skjema<RaAvlysning>) -> Utfall<views::Avlys> {
    let id = sti.id;
    let mut leser = Leser::default();
    let begrunnelse = leser.tekst("begrunnelse", "Hvorfor møtet avlyses", &skjema.begrunnelse, 500);
    match leser.ferdig(begrunnelse) {
        Ok(begrunnelse) => {
            let na = medlem.na();
            let fra = medlem
                .write(Rett::LedeMote(id), async |tx| {
                    let mote = db::hent_for_endring(tx, id).await?;
                    let status = mote.status.overgang(Handling::Avlys)?;
                    db::avlys(tx, &mote, status, &begrunnelse, na).await?;
                    Ok(mote.status)
                })
                .await?;
            let frist = Avlysning { fra, tid: na }.frist_i_ord();
            Ok(Ok(Videre::til(&VisMote { id })
                .med(format!("Møtet er avlyst. Deltakerne ser begrunnelsen. Du kan angre til {frist}"))))
        }
        Err(feil) => {
            let Page(side) = avlys_side(sti, medlem).await?;
            Ok(Err(Page::med_feil(views::Avlys { begrunnelse: skjema.begrunnelse, feil, ..side })))
        }
    }
}
