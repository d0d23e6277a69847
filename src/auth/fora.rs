//! A right asked for in many fora at once, in one statement.
use uuid::Uuid;

use super::{
    Rolle,
    adgang::{Adgang, Forhold},
    rett::Handling,
};
use crate::{Error, Result, db::Tx};

impl Adgang {
    /// Asks for an act in many fora at once: 404 when one of them is not to be seen, 403 when it may not be done there.
    pub async fn krev_i_fora(tx: &mut Tx, rolle: &Rolle, handling: Handling, fora: &[Uuid]) -> Result<()> {
        let rader = sqlx::query(
            "select r.kommune_id, r.enhet_id, r.leder, r.medlem, r.deltaker
               from unnest($1::uuid[]) as f (id), lateral forhold_til_forum(f.id) r",
        );
        let rader = rader.bind(fora).fetch_all(&mut **tx).await?;
        let steder: Vec<Forhold> = rader.iter().map(Forhold::av).collect();
        let (se, gjore) = (rolle.type_.omfang(Handling::SeTeam), rolle.type_.omfang(handling));
        if steder.len() < fora.len() || !steder.iter().all(|f| f.innenfor(se, rolle) || f.innenfor(gjore, rolle)) {
            return Err(Error::IkkeFunnet);
        }
        if steder.iter().all(|f| f.innenfor(gjore, rolle)) { Ok(()) } else { Err(Error::IkkeTilgang) }
    }
}
