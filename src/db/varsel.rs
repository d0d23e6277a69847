//! What others have changed, as Postgres tells it (`migrations/0013_direkte.sql`): it reaches every server on the database.
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{PgPool, postgres::PgListener};
use tokio::{sync::broadcast, time::sleep};
use uuid::Uuid;

/// The channel of Postgres that the triggers speak on.
const KANAL: &str = "endret";
/// Messages a slow reader may be behind before it is told to look at everything again.
const KO: usize = 1024;
/// How long to wait before listening again when the connection was lost.
const PAUSE: Duration = Duration::from_secs(1);

/// Something has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Varsel {
    /// This thing of this region.
    Endret { region: Uuid, id: Uuid },
    /// Perhaps everything: some messages may have been missed.
    Alt,
}

/// Passes on what Postgres tells, from one connection of the pool to all who follow.
#[derive(Clone)]
pub(crate) struct Varsler {
    pool: PgPool,
    ut: broadcast::Sender<Varsel>,
    lytter: Arc<AtomicBool>,
}

impl Varsler {
    pub(super) fn ny(pool: PgPool) -> Self {
        Self { pool, ut: broadcast::channel(KO).0, lytter: Arc::default() }
    }

    /// All that changes from now on. The first who asks makes the server listen.
    pub(crate) fn folg(&self) -> broadcast::Receiver<Varsel> {
        let mottaker = self.ut.subscribe();
        if !self.lytter.swap(true, Ordering::SeqCst) {
            tokio::spawn(self.clone().lytt());
        }
        mottaker
    }

    /// Listens as long as somebody follows, and begins again when the connection is lost.
    async fn lytt(self) {
        while self.ut.receiver_count() > 0 && !self.pool.is_closed() {
            tokio::select! {
                Err(feil) = self.lytt_til_brudd() => {
                    tracing::warn!(%feil, "changes are not heard; trying again");
                    sleep(PAUSE).await;
                }
                () = self.ut.closed() => {}
            }
        }
        self.lytter.store(false, Ordering::SeqCst);
        // Somebody may have come just now, and have seen that we still listened.
        if self.ut.receiver_count() > 0 {
            drop(self.folg());
        }
    }

    async fn lytt_til_brudd(&self) -> Result<(), sqlx::Error> {
        let mut lytter = PgListener::connect_with(&self.pool).await?;
        lytter.listen(KANAL).await?;
        // That nobody follows just now is no fault.
        let _ = self.ut.send(Varsel::Alt);
        loop {
            let varsel = lytter.try_recv().await?.and_then(|melding| les(melding.payload()));
            let _ = self.ut.send(varsel.unwrap_or(Varsel::Alt));
        }
    }
}

fn les(tekst: &str) -> Option<Varsel> {
    let (region, id) = tekst.split_once('/')?;
    Some(Varsel::Endret { region: region.parse().ok()?, id: id.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_region_and_the_thing() {
        let (region, id) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(les(&format!("{region}/{id}")), Some(Varsel::Endret { region, id }));
        assert_eq!(les("noe annet"), None);
    }
}
