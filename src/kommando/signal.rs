//! The wish to stop: Ctrl-C, a supervisor's SIGTERM, or the terminal closing.
use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Svar;

pub(super) struct Stopp {
    avbryt: Signal,
    avslutt: Signal,
    lagt_pa: Signal,
}

impl Stopp {
    /// From here on the signals no longer end the process by themselves.
    pub(super) fn lytt() -> io::Result<Self> {
        Ok(Self {
            avbryt: signal(SignalKind::interrupt())?,
            avslutt: signal(SignalKind::terminate())?,
            lagt_pa: signal(SignalKind::hangup())?,
        })
    }

    pub(super) async fn vent(&mut self) {
        tokio::select! {
            _ = self.avbryt.recv() => {}
            _ = self.avslutt.recv() => {}
            _ = self.lagt_pa.recv() => {}
        }
    }
    /// Does the work, or gives it up when asked to stop.
    pub(super) async fn eller<T>(&mut self, arbeid: impl Future<Output = Svar<T>>) -> Svar<T> {
        tokio::select! {
            svar = arbeid => svar,
            () = self.vent() => Err("Avbrutt".into()),
        }
    }
}
