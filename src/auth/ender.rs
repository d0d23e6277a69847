//! How a member stands to the two ends of a bistandsforespørsel: the forum that asks, and the forum or tjeneste that is asked.
use sqlx::Row;
use uuid::Uuid;

use super::{
    Rolle,
    adgang::{Forhold, Inngang},
    rett::Handling,
};
use crate::{Error, Result, db::Tx};

/// Both ends of one request, as the one who asks stands to them.
pub struct Ender {
    fra: Forhold,
    til: Forhold,
    /// A tjeneste is asked, by its own: all who answer for it may do what the leader of a forum does.
    tjeneste: bool,
    rolle: Rolle,
}

impl Ender {
    /// Asks once for all that a page with several buttons needs; 404 when the request is not to be seen.
    pub async fn av(tx: &mut Tx, rolle: &Rolle, id: Uuid) -> Result<Self> {
        Self::finn(tx, rolle, id).await?.filter(Self::synlig).ok_or(Error::IkkeFunnet)
    }

    /// `None` when there is no such request here.
    pub(super) async fn finn(tx: &mut Tx, rolle: &Rolle, id: Uuid) -> Result<Option<Self>> {
        let sql = "select kommune_id, enhet_id, leder, medlem, tjeneste from forhold_til_bistand($1) order by mottaker";
        let rader = sqlx::query(sql).bind(id).fetch_all(&mut **tx).await?;
        let [fra, til] = rader.as_slice() else { return Ok(None) };
        let forhold = |rad: &sqlx::postgres::PgRow| Forhold {
            kommune: rad.get("kommune_id"),
            enhet: rad.get("enhet_id"),
            leder: rad.get("leder"),
            medlem: rad.get("medlem"),
            inngang: Inngang::Ingen,
        };
        let tjeneste = til.get("tjeneste");
        Ok(Some(Self { fra: forhold(fra), til: forhold(til), tjeneste, rolle: rolle.clone() }))
    }

    /// The members of both fora, those who answer for the tjeneste, and the kommune's koordinator, as far as their role reaches.
    pub(super) fn synlig(&self) -> bool {
        let omfang = |handling| self.rolle.type_.omfang(handling);
        let ser_til = if self.tjeneste { Handling::SvareForTjeneste } else { Handling::SeBistand };
        self.fra.innenfor(omfang(Handling::SeBistand), &self.rolle) || self.til.innenfor(omfang(ser_til), &self.rolle)
    }

    /// Whether they may receive, decide and answer: a mere member of the forum that is asked may not.
    pub fn kan_behandle(&self) -> bool {
        let handling = if self.tjeneste { Handling::SvareForTjeneste } else { Handling::BehandleBistand };
        Self::som_leder(&self.til, handling, &self.rolle)
    }

    /// Whether they may close it: the leader of the forum that asked.
    pub fn kan_lukke(&self) -> bool {
        Self::som_leder(&self.fra, Handling::Lofte, &self.rolle)
    }

    fn som_leder(ende: &Forhold, handling: Handling, rolle: &Rolle) -> bool {
        Forhold { medlem: ende.leder, ..*ende }.innenfor(rolle.type_.omfang(handling), rolle)
    }
}
