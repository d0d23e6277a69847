//! The clock of the elements, which the leader starts and all in the room see.
use serde::Deserialize;

use super::{StartPunkt, StoppPunkt};
use crate::{
    Result,
    auth::{Medlem, Rett},
    db::Tx,
    referat::db,
    web::{Skjema, Videre, les_nokkel},
};

#[derive(Deserialize)]
pub(super) struct Ra {
    #[serde(default)]
    nokkel: String,
}

/// An old page sent again does not begin it anew.
pub(super) async fn start(
    StartPunkt { id, element }: StartPunkt,
    medlem: Medlem,
    Skjema(ra): Skjema<Ra>,
) -> Result<Videre> {
    let na = medlem.na();
    let start = async |tx: &mut Tx| {
        db::start_punkt(tx, id, element, na).await?;
        Ok(super::punkt(id, element))
    };
    let sted = medlem.write_once(les_nokkel(&ra.nokkel)?, Rett::LedeMote(id), start).await?;
    Ok(Videre::til(&sted).med("Punktet er startet"))
}

pub(super) async fn stopp(
    StoppPunkt { id, element }: StoppPunkt,
    medlem: Medlem,
    Skjema(ra): Skjema<Ra>,
) -> Result<Videre> {
    let na = medlem.na();
    let stopp = async |tx: &mut Tx| {
        db::stopp_punkt(tx, id, element, na).await?;
        Ok(super::punkt(id, element))
    };
    let sted = medlem.write_once(les_nokkel(&ra.nokkel)?, Rett::LedeMote(id), stopp).await?;
    Ok(Videre::til(&sted).med("Punktet er avsluttet"))
}
