//! What the pages of bryt glass show.
use askama::Template;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Avgjorelse, LENGST, Status, VisGlass,
    db::Foresporsel,
    nar,
    routes::{Apne, Avsla, Lukk, Skrevet},
};
use crate::{mote::VisMote, tid, web::Feil};

#[derive(Template)]
#[template(path = "glass/liste.html")]
pub(super) struct Liste {
    alle: Vec<Foresporsel>,
    na: OffsetDateTime,
    skrevet: Skrevet,
    feil: Feil,
    nokkel: Uuid,
}

impl Liste {
    pub(super) fn ny(alle: Vec<Foresporsel>, na: OffsetDateTime, skrevet: Skrevet, feil: Feil) -> Self {
        Self { alle, na, skrevet, feil, nokkel: Uuid::new_v4() }
    }
}

#[derive(Template)]
#[template(path = "glass/vis.html")]
pub(super) struct Vis {
    pub(super) sak: Foresporsel,
    pub(super) na: OffsetDateTime,
    pub(super) avslag: String,
    pub(super) feil: Feil,
}

impl Vis {
    fn kan(&self, avgjorelse: Avgjorelse) -> bool {
        self.sak.na_status(self.na).avgjor(avgjorelse, self.sak.egen).is_ok()
    }

    fn lukkeord(&self) -> &'static str {
        if self.sak.status == Status::Apent { "Lukk møtet nå" } else { "Trekk forespørselen" }
    }

    /// How long it may be open, for the form: hours and words.
    fn timer() -> Vec<(String, String)> {
        let ord = |t: i64| if t == 1 { "1 time".to_owned() } else { format!("{t} timer") };
        (1..=LENGST.whole_hours()).map(|t| (t.to_string(), ord(t))).collect()
    }

    /// The møte itself, for the one who was let in, as long as it lasts.
    fn motet(&self) -> Option<VisMote> {
        let apent = self.sak.egen && self.sak.na_status(self.na) == Status::Apent;
        apent.then_some(VisMote { id: self.sak.mote })
    }
}

impl Foresporsel {
    fn sti(&self) -> VisGlass {
        VisGlass { id: self.id }
    }

    fn tittel(&self) -> String {
        format!("{}, {}", self.forum, tid::dato(self.dag))
    }

    /// Where it stands: what has run out is closed.
    fn na_status(&self, na: OffsetDateTime) -> Status {
        match (self.status, self.utloper) {
            (Status::Apent, Some(utloper)) if utloper <= na => Status::Lukket,
            (status, _) => status,
        }
    }

    /// What has happened, in order.
    fn hendelser(&self) -> Vec<String> {
        let bedt = format!("{}: bedt om av {}", nar(self.bedt), self.bedt_av);
        let avgjort = self.avgjort.zip(self.avgjort_av.as_ref()).map(|(tid_, av)| match self.utloper {
            Some(til) => format!("{}: åpnet til {} av {av}", nar(tid_), tid::kl(tid::lokal(til).time())),
            None => format!("{}: avslått av {av}", nar(tid_)),
        });
        std::iter::once(bedt).chain(avgjort).collect()
    }

    fn apne(&self) -> Apne {
        Apne { id: self.id }
    }

    fn avsla(&self) -> Avsla {
        Avsla { id: self.id }
    }

    fn lukk(&self) -> Lukk {
        Lukk { id: self.id }
    }
}
