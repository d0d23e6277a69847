//! SQL for the rules: the region's own and every override, in one statement.
use std::collections::HashMap;

use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use super::{Overstyring, Regelsett, Semestergrenser, gjeldende};
use crate::{Error, Result, db::Tx, tjeneste::Tjenestetype};

/// Every rule of a region, ready to be asked for a kommune or a unit.
pub struct Regler {
    region: Regelsett,
    kommuner: HashMap<Uuid, Overstyring>,
    enheter: HashMap<Uuid, Overstyring>,
}

impl Regler {
    /// The region's own rules.
    pub fn region(&self) -> &Regelsett {
        &self.region
    }

    /// The rules that hold in a place: the region's, then its kommune's, then the unit's.
    pub fn for_sted(&self, kommune: Option<Uuid>, enhet: Option<Uuid>) -> Regelsett {
        gjeldende(
            &self.region,
            kommune.and_then(|id| self.kommuner.get(&id)),
            enhet.and_then(|id| self.enheter.get(&id)),
        )
    }

    /// The rules that hold at a unit.
    pub fn for_enhet(&self, kommune: Uuid, enhet: Uuid) -> Regelsett {
        self.for_sted(Some(kommune), Some(enhet))
    }

    /// The kommuner and units with a least length of their own, in minutes.
    pub fn egne_varigheter(&self) -> impl Iterator<Item = (Uuid, u32)> {
        self.kommuner.iter().chain(&self.enheter).filter_map(|(sted, over)| Some((*sted, over.min_varighet?)))
    }

    /// What a kommune has decided otherwise.
    pub fn for_kommune(&self, kommune: Uuid) -> Option<&Overstyring> {
        self.kommuner.get(&kommune)
    }
}

/// The rules of the region one stands in. A region without rules of its own is an error of ours.
pub async fn hent(tx: &mut Tx) -> Result<Regler> {
    let rader = sqlx::query(
        "select kommune_id, enhet_id, min_varighet, min_host, min_var, stor_host, stor_var, stor_skole, stor_barnehage,
                faste_tjenester, host_start, var_start, begrunnelse
           from regelsett",
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut regler = Regler { region: Regelsett::default(), kommuner: HashMap::new(), enheter: HashMap::new() };
    let mut har_egne = false;
    for rad in rader {
        let over = overstyring(&rad);
        match (rad.get::<Option<Uuid>, _>("kommune_id"), rad.get::<Option<Uuid>, _>("enhet_id")) {
            (Some(kommune), _) => drop(regler.kommuner.insert(kommune, over)),
            (None, Some(enhet)) => drop(regler.enheter.insert(enhet, over)),
            (None, None) => {
                regler.region = regler.region.med(&over);
                har_egne = true;
            }
        }
    }
    if har_egne { Ok(regler) } else { Err(Error::Intern("the region has no regelsett of its own".into())) }
}

/// A row of regelsett as the rules know it.
pub(super) fn overstyring(rad: &PgRow) -> Overstyring {
    let tall = |navn: &str| rad.get::<Option<i32>, _>(navn).and_then(|n| u32::try_from(n).ok());
    let dag = |navn: &str| rad.get::<Option<String>, _>(navn);
    let tjenester = |navn: &str| {
        rad.get::<Option<Vec<String>>, _>(navn)
            .map(|alle| alle.iter().filter_map(|t| t.parse::<Tjenestetype>().ok()).collect())
    };
    Overstyring {
        min_varighet: tall("min_varighet"),
        min_host: tall("min_host"),
        min_var: tall("min_var"),
        stor_host: tall("stor_host"),
        stor_var: tall("stor_var"),
        stor_skole: tall("stor_skole"),
        stor_barnehage: tall("stor_barnehage"),
        faste_tjenester: tjenester("faste_tjenester"),
        semestergrenser: dag("var_start")
            .zip(dag("host_start"))
            .and_then(|(var, host)| Semestergrenser::fra_tekst(&var, &host).ok()),
        begrunnelse: rad.get("begrunnelse"),
    }
}
