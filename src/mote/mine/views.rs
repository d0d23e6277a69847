//! The faces of «mine møter».
use askama::Template;

use super::{Ledet, Rad, routes::VelgTeam};
use crate::{auth::Medlem, mote::views::Valg, tekst::stor, tid};

/// How many møter can be answered from the list itself; the rest are answered on their own page, so that this one stays light.
const MED_VALG: usize = 10;

/// The møter of one day, under the day in words.
pub(super) struct Dag {
    overskrift: String,
    moter: Vec<Rad>,
}

#[derive(Template)]
#[template(path = "mote/mine.html")]
pub(super) struct Mine {
    pub(super) dager: Vec<Dag>,
    pub(super) tidligere: Vec<Rad>,
    pub(super) ledet: Vec<Ledet>,
    pub(super) side: i64,
    pub(super) sider: i64,
    pub(super) ser_bistand: bool,
    pub(super) ser_tiltak: bool,
}

impl Mine {
    /// Where «Book møte» leads; empty for those who lead no forum.
    fn book(&self) -> String {
        match self.ledet.as_slice() {
            [] => String::new(),
            [ett] => ett.book(),
            _ => VelgTeam.to_string(),
        }
    }
}

#[derive(Template)]
#[template(path = "mote/velg_team.html")]
pub(super) struct Velg {
    pub(super) ledet: Vec<Ledet>,
}

/// The møter gathered under their days.
pub(super) fn etter_dag(moter: Vec<Rad>, medlem: &Medlem) -> Vec<Dag> {
    let i_dag = medlem.i_dag();
    let mut plass = MED_VALG;
    let mut dager: Vec<Dag> = Vec::new();
    for mut mote in moter {
        let dag = tid::dag(mote.start);
        if mote.svar.is_some() && plass > 0 {
            mote.valg = Valg::na(mote.status, mote.oppmote.is_some(), dag, i_dag);
            plass -= usize::from(mote.valg != Valg::Ingen);
        }
        let mut overskrift = if dag.year() == i_dag.year() { tid::dag_i_ord(dag) } else { tid::dato_i_ord(dag) };
        if dag == i_dag {
            overskrift = format!("I dag, {overskrift}");
        }
        overskrift = stor(&overskrift);
        match dager.last_mut().filter(|d| d.overskrift == overskrift) {
            Some(siste) => siste.moter.push(mote),
            None => dager.push(Dag { overskrift, moter: vec![mote] }),
        }
    }
    dager
}
