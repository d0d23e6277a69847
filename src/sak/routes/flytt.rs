//! The order of the saker on an agenda.
use serde::Deserialize;

use super::FlyttSak;
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    mote::RedigerAgenda,
    sak::{Saker, db},
    web::{Skjema, Videre},
};

#[derive(Deserialize)]
pub(super) struct Plass {
    plass: usize,
}

/// Puts a sak at a place among those under the same element, counted from 1; the page it comes back to can undo it.
pub(super) async fn flytt(FlyttSak { id }: FlyttSak, medlem: Medlem, Skjema(til): Skjema<Plass>) -> Result<Videre> {
    let sti = medlem
        .write(Rett::LedeSak(id), async |tx| {
            let mote = db::hent_for_endring(tx, id).await?.mote.filter(|m| !m.status.er_slutt());
            let utenfor = || Error::Regelbrudd("Saken står ikke på agendaen til et møte som skal holdes.".to_owned());
            let mote = mote.ok_or_else(utenfor)?.id;
            let elementer = db::elementer(tx, mote).await?;
            let flyttet = Saker::hent(tx, mote, &elementer).await?.flytt(id, til.plass);
            let (fra, saker) = flyttet.ok_or_else(utenfor)?;
            db::lagre_rekkefolge(tx, &saker).await?;
            Ok(RedigerAgenda { id: mote }.etter_flytting(id, fra))
        })
        .await?;
    Ok(Videre::til(&sti))
}
