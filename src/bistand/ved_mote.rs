//! What the page of a møte shows of requests: what was lifted from it, and what has come back to its team.
use uuid::Uuid;

use super::{Status, VisBistand};
use crate::{
    Error, Result,
    auth::{Handling, Rolle, rett::Omfang},
};

/// A request beside a møte.
#[derive(Debug, serde::Deserialize)]
pub struct VedMote {
    id: Uuid,
    pub overskrift: String,
    status: String,
    svar: String,
    avvist_grunn: String,
    pub til: String,
    pub punkt: Option<String>,
    /// Those it was sent on to.
    pub videre: Vec<String>,
    /// Lifted from this very møte; otherwise answered since the møte before it.
    pub herfra: bool,
    medlem: bool,
    kommuner: Vec<Uuid>,
}

impl VedMote {
    /// Those that the role may see, of what the statement `bistand_ved_mote` gives.
    pub fn les(json: &str, rolle: &Rolle) -> Result<Vec<Self>> {
        let alle: Vec<Self> = serde_json::from_str(json).map_err(|feil| Error::Intern(feil.to_string()))?;
        let omfang = rolle.type_.omfang(Handling::SeBistand);
        Ok(alle.into_iter().filter(|ved| ved.synlig(omfang, rolle.kommune)).collect())
    }

    fn synlig(&self, omfang: Omfang, kommune: Option<Uuid>) -> bool {
        match omfang {
            Omfang::Ingen => false,
            Omfang::Region => true,
            Omfang::Kommune => self.medlem || kommune.is_some_and(|k| self.kommuner.contains(&k)),
            Omfang::Innkalt | Omfang::Egne | Omfang::Ledet => self.medlem,
        }
    }

    /// Its state; a word we do not know is a request just sent.
    pub fn status(&self) -> Status {
        self.status.parse().unwrap_or(Status::Sendt)
    }

    pub fn sti(&self) -> String {
        VisBistand { id: self.id }.to_string()
    }

    /// What has come back, when anything has: «Svar fra Kommunalt TST Tynset», and the words.
    pub fn tilbake(&self) -> Option<(String, &str)> {
        match (self.svar.as_str(), self.avvist_grunn.as_str()) {
            ("", "") => None,
            ("", grunn) => Some((format!("Avvist av {}", self.til), grunn)),
            (svar, _) => Some((format!("Svar fra {}", self.til), svar)),
        }
    }
}
