//! When a participant came late or left early, as the leader logs it: with one tap as it happens, or by clock times.
use askama::Template;
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use time::Time;
use uuid::Uuid;

use super::{
    Trykk,
    db::{self, Tidssvar},
    kan_fore,
};
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    tid,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, trygg_sti},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/oppmote/{deltaker}/tid")]
pub struct RegistrerTid {
    pub id: Uuid,
    pub deltaker: Uuid,
}

/// What is logged.
pub(super) enum Tider {
    /// It happens now.
    Na(Trykk),
    /// Clock times of the day of the møte, and both as they stood when the page was read.
    Klokke { kom: Option<Time>, gikk: Option<Time>, lest: (String, String) },
}

/// The form as sent.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Ra {
    tilbake: String,
    na: String,
    kom: String,
    gikk: String,
    kom_for: String,
    gikk_for: String,
}

impl Ra {
    fn les(&self) -> Result<Tider, Feil> {
        if let Ok(trykk) = self.na.parse() {
            return Ok(Tider::Na(trykk));
        }
        let mut leser = Leser::default();
        let mut klokke = |felt, navn, raw: &str| (!raw.trim().is_empty()).then(|| leser.klokke(felt, navn, raw));
        let (kom, gikk) = (klokke("kom", "Kom", &self.kom), klokke("gikk", "Gikk", &self.gikk));
        leser.ferdig(Tider::Klokke { kom, gikk, lest: (self.kom_for.clone(), self.gikk_for.clone()) })
    }

    /// Where the form was filled in, or the page of the møte.
    fn tilbake(&self, mote: Uuid) -> String {
        if self.tilbake.is_empty() { format!("/moter/{mote}") } else { trygg_sti(&self.tilbake).to_owned() }
    }
}

/// The clock times again, with what is wrong with them.
#[derive(Template)]
#[template(path = "oppmote/tider.html")]
pub(super) struct Side {
    sti: RegistrerTid,
    hvem: String,
    forum: String,
    nar: String,
    ra: Ra,
    feil: Feil,
}

pub(super) async fn registrer(sti: RegistrerTid, medlem: Medlem, Skjema(ra): Skjema<Ra>) -> Utfall<Side> {
    let (id, deltaker) = (sti.id, sti.deltaker);
    let tider = match ra.les() {
        Ok(tider) => tider,
        Err(feil) => return Ok(Err(Page::med_feil(side(sti, &medlem, ra, feil).await?))),
    };
    let na = medlem.na();
    let lagre = medlem.write(Rett::LedeMote(id), async |tx| db::lagre_tider(tx, id, deltaker, tider, na).await);
    match lagre.await {
        Ok(Tidssvar::Lagret(hvem, opphold)) => {
            let ord = opphold.i_ord().unwrap_or_else(|| "til stede hele tiden".to_owned());
            Ok(Ok(Videre::til(&ra.tilbake(id)).med(format!("Oppmøte lagret: {hvem}, {ord}"))))
        }
        Ok(Tidssvar::Utdatert(lagret)) => {
            let (kom, gikk) = lagret.klokker();
            let feil = Feil::utdatert(&[("kom", &kom, ra.kom.trim()), ("gikk", &gikk, ra.gikk.trim())]);
            let ra = Ra { kom_for: kom, gikk_for: gikk, ..ra };
            Ok(Err(Page::utdatert(side(sti, &medlem, ra, feil).await?)))
        }
        Err(Error::Ugyldig(ord)) => Ok(Err(Page::med_feil(side(sti, &medlem, ra, Feil::en("gikk", &ord)).await?))),
        Err(feil) => Err(feil),
    }
}

async fn side(sti: RegistrerTid, medlem: &Medlem, ra: Ra, feil: Feil) -> Result<Side> {
    let mut tx = medlem.read_med(Rett::LedeMote(sti.id)).await?;
    let mote = db::sporsmal(&mut tx, sti.id, Some(sti.deltaker)).await?;
    kan_fore(mote.status)?;
    let (start, slutt) = (tid::lokal(mote.start), tid::lokal(mote.slutt));
    let nar = format!("{}, {}", tid::dato_i_ord(start.date()), tid::tidsrom(start.time(), slutt.time()));
    let ra = Ra { tilbake: ra.tilbake(sti.id), ..ra };
    Ok(Side { hvem: mote.deltaker.hvem, forum: mote.forum, nar, sti, ra, feil })
}
