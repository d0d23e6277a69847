//! The face of what is stored about oneself.
use askama::Template;

use super::db::Funn;
use crate::{hendelse, tekst};

#[derive(Template)]
#[template(path = "egne/vis.html")]
pub(super) struct Vis {
    pub(super) funn: Vec<Funn>,
}

impl Funn {
    /// «En deltaker i et møte».
    fn ting(&self) -> String {
        tekst::stor(hendelse::ting(&self.tabell))
    }

    /// «den det gjelder», «oppmøte ført av»: as what one stands there.
    fn som(&self) -> String {
        match self.kolonne.as_str() {
            "id" | "person_id" | "bruker_id" => "den det gjelder".to_owned(),
            kolonne => hendelse::felt(kolonne.trim_end_matches("_id")),
        }
    }
}
