//! Pages that are kept up to date: a stream that says when something has changed, and never what.
use std::{convert::Infallible, time::Duration};

use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures_util::stream;
use tokio::{
    sync::{
        broadcast::{Receiver, error::RecvError},
        watch,
    },
    time::{Instant, sleep_until},
};
use uuid::Uuid;

use crate::{App, db::Varsel};

/// How long one stream lasts. The browser asks for a new one by itself, and its session and right are asked for again.
const LENGST: Duration = Duration::from_mins(10);
/// How often a line is sent where nothing happens, so that nobody on the way takes the stream for dead.
const LIVSTEGN: Duration = Duration::from_secs(20);

/// What a message carries: a browser takes no heed of an empty one.
const NA: &str = "na";

/// Follows one thing of one region. The first message comes at once.
struct Strom {
    region: Uuid,
    id: Uuid,
    varsler: Receiver<Varsel>,
    stopp: watch::Receiver<bool>,
    slutt: Instant,
    startet: bool,
}

/// The stream of a thing: an event `endret` each time it has changed.
pub(crate) fn folg(app: &App, region: Uuid, id: Uuid) -> Response {
    let strom = Strom {
        region,
        id,
        varsler: app.db.varsler().folg(),
        stopp: app.stopp.subscribe(),
        slutt: Instant::now() + LENGST,
        startet: false,
    };
    let hendelser = stream::unfold(strom, |mut strom| async move {
        let hendelse = strom.neste().await?;
        Some((Ok::<_, Infallible>(hendelse), strom))
    });
    // A proxy must not gather what is to be seen at once.
    ([("x-accel-buffering", "no")], Sse::new(hendelser).keep_alive(KeepAlive::new().interval(LIVSTEGN))).into_response()
}

impl Strom {
    /// The next change; `None` when the stream ends.
    async fn neste(&mut self) -> Option<Event> {
        if *self.stopp.borrow() {
            return None;
        }
        if !self.startet {
            self.startet = true;
            return Some(Event::default().event("klar").data(NA));
        }
        loop {
            tokio::select! {
                varsel = self.varsler.recv() => match varsel {
                    Ok(Varsel::Endret { region, id }) if (region, id) != (self.region, self.id) => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => return Some(Event::default().event("endret").data(NA)),
                    Err(RecvError::Closed) => return None,
                },
                _ = self.stopp.changed() => return None,
                () = sleep_until(self.slutt) => return None,
            }
        }
    }
}
