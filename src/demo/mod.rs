//! Demo: three regions with invented people, a school year of møter behind them and some ahead.
//!
//! The one room that writes the tables of others, as their owner and before anybody is at work. Everything follows from the
//! region's name and today's date, so that two starts on the same day give the same demo.
mod bistand;
mod enheter;
mod etter;
mod folk;
mod grunnlag;
mod kalender;
mod lagring;
mod mote;
mod moter;
mod navn;
mod ord;
mod rader;
mod regioner;
mod rom;
mod sak;
mod team;
mod terning;
mod tiltak;
mod verksted;

use sqlx::{PgPool, Postgres, Transaction};
use time::{Duration, OffsetDateTime};

use self::{
    regioner::{REGIONER, Region},
    terning::id_for,
    verksted::Verksted,
};
use crate::{Result, auth::hash_passord, tid};

/// The password of every log-in of the demo.
pub const PASSORD: &str = "samhandling-demo";

/// Loads the regions that are not there yet, each in one transaction, and tells `si` how it goes.
///
/// `eier` is a pool of the tables' owner. Refuses when a region of one of these names is there already.
pub async fn last(eier: &PgPool, na: OffsetDateTime, si: impl Fn(&str)) -> Result<()> {
    let mut passord = None;
    for region in &REGIONER {
        let mut db = begynn(eier).await?;
        lagring::ga_inn(&mut db, id_for(region.domene), tid::dag(na)).await?;
        if lagring::finnes(&mut db, id_for(region.domene)).await? {
            continue;
        }
        let hash = match passord.take() {
            Some(hash) => hash,
            None => hash_passord(PASSORD.into()).await?,
        };
        let antall = lag(&mut db, region, &hash, na).await?;
        db.commit().await?;
        passord = Some(hash);
        si(&format!("Demodata: {} er lagt inn, med {antall}.", region.navn));
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the owner's own door, before any Tx")]
async fn begynn(eier: &PgPool) -> Result<Transaction<'static, Postgres>> {
    Ok(eier.begin().await?)
}

/// Makes a region and writes it; what it holds, in words.
async fn lag(
    db: &mut Transaction<'static, Postgres>,
    region: &'static Region,
    hash: &str,
    na: OffsetDateTime,
) -> Result<String> {
    let mut verksted = Verksted::ny(region, na);
    let kommuner = verksted.kommuner();
    verksted.regler(&kommuner);
    let maler = verksted.maler();
    let folk = verksted.folk(&kommuner);
    let team = verksted.teamene(&kommuner, &folk, &maler);
    verksted.moter(&team, &folk);
    let forespurt = verksted.bistand(&team);
    verksted.tiltak(&team);
    let kontakt = (folk.regionkoordinator.navn.as_str(), folk.regionkoordinator.epost.as_str());
    lagring::logg_pause(db, true).await?;
    lagring::region(db, id_for(region.domene), region, kontakt).await?;
    let fra = verksted.fra() - Duration::weeks(4 * 52);
    lagring::rader(db, &verksted.rader, (hash, fra, na)).await?;
    bistand::lagre(db, &forespurt).await?;
    tiltak::lagre(db, &verksted.rader).await?;
    sak::lagre(db, na).await?;
    etter::lagre(db, tid::dag(na), na).await?;
    lagring::logg_pause(db, false).await?;
    let rader = &verksted.rader;
    Ok(format!("{} enheter, {} team og {} møter", rader.enhet.len(), rader.forum.len(), rader.mote.len()))
}
