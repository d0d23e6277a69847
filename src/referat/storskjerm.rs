//! The face on the wall: big type, one element at a time, and nothing about a child or a family.
use askama::Template;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Beslutning, Bruk, Direkte, Hold, Punkt, Referat, Storskjerm, StorskjermPunkt};
use crate::{
    auth::Medlem,
    mote::{Elementtype, Status},
    sak::{Saker, Utfall},
};

#[derive(Template)]
#[template(path = "referat/storskjerm.html")]
pub(super) struct Side {
    referat: Referat,
    saker: Saker,
    /// The element that was asked for; else the one they are at.
    nr: Option<usize>,
    meg: Uuid,
    na: OffsetDateTime,
}

impl Side {
    pub(super) fn ny(referat: Referat, saker: Saker, nr: Option<usize>, medlem: &Medlem) -> Self {
        Self { referat, saker, nr, meg: medlem.person(), na: medlem.na() }
    }

    /// The element that is shown. When the møte is over there is none: the wall tells nothing of it.
    fn punkt(&self) -> Option<&Punkt> {
        if self.referat.status.er_slutt() {
            return None;
        }
        let punkter = &self.referat.punkter;
        match self.nr {
            Some(nr) => punkter.iter().find(|p| p.nr == nr),
            None => self.i_gang().or_else(|| punkter.iter().find(|p| !p.gjennomfort)).or(punkter.last()),
        }
    }

    fn i_gang(&self) -> Option<&Punkt> {
        self.referat.punkter.iter().find(|p| p.lop.pagar_fra.is_some())
    }

    /// Whether they are at another element than the one that is shown.
    fn andre_steder(&self) -> Option<&Punkt> {
        self.i_gang().filter(|i_gang| self.punkt().is_some_and(|vist| vist.nr != i_gang.nr))
    }

    fn bruk(&self, punkt: &Punkt) -> Option<Bruk> {
        punkt.lop.bruk(punkt.minutter, self.na)
    }

    /// The saker of the element as a wall may show them, and what came of those on systemnivå.
    fn saker(&self, punkt: &Punkt) -> Vec<(String, Option<Utfall>)> {
        let her = self.saker.under(punkt.nr - 1).iter();
        her.map(|s| (s.pa_veggen(), s.utfall().filter(|_| !s.er_individ()))).collect()
    }

    /// The decisions whose words a wall may show. Under the third element they may be about a child: only counted.
    fn beslutninger(punkt: &Punkt) -> &[Beslutning] {
        if punkt.elementtype == Elementtype::Observasjon { &[] } else { &punkt.beslutninger }
    }

    /// What is said of the decisions that are not shown.
    fn skjulte(punkt: &Punkt) -> Option<String> {
        let antall = punkt.beslutninger.len() - Self::beslutninger(punkt).len();
        let ord =
            if antall == 1 { "1 beslutning er ført".to_owned() } else { format!("{antall} beslutninger er ført") };
        (antall > 0)
            .then(|| format!("{ord}. Teksten vises ikke her, fordi punktet kan handle om et barn eller en familie."))
    }

    fn er_i_gang(&self) -> bool {
        self.referat.status == Status::Pagar
    }

    fn forrige(&self) -> Option<StorskjermPunkt> {
        let nr = self.punkt()?.nr.checked_sub(1).filter(|&nr| nr > 0)?;
        Some(StorskjermPunkt { id: self.referat.mote, nr })
    }

    fn neste(&self) -> Option<StorskjermPunkt> {
        let nr = self.punkt()?.nr + 1;
        (nr <= self.referat.punkter.len()).then_some(StorskjermPunkt { id: self.referat.mote, nr })
    }

    fn folg(&self) -> Storskjerm {
        Storskjerm { id: self.referat.mote }
    }

    fn hold(&self) -> Hold {
        Hold { id: self.referat.mote }
    }

    /// The stream that tells of changes.
    fn direkte(&self) -> Direkte {
        Direkte { id: self.referat.mote }
    }
}
