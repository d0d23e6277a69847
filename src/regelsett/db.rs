//! SQL for the rules: the region's own and every override, in one statement.
use std::collections::HashMap;

use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use super::{
    Overstyring, Regelsett, Semestergrenser, gjeldende,
    skjema::{self, Sted},
};
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

/// A stored set of rules with the place it is for.
pub(super) struct Lagret {
    pub(super) id: Uuid,
    /// The kommune or enhet; `None` is the region itself.
    pub(super) sted: Option<String>,
    pub(super) over: Overstyring,
    pub(super) versjon: i32,
}

/// The region's own rules first, then every exception: kommuner, then enheter.
pub(super) async fn alle(tx: &mut Tx) -> Result<Vec<Lagret>> {
    let rader = sqlx::query(
        "select r.*, coalesce(k.navn || ' (kommune)', e.navn || ' (' || ek.navn || ')') as sted
           from regelsett r
           left join kommune k on k.region_id = r.region_id and k.id = r.kommune_id
           left join enhet e on e.region_id = r.region_id and e.id = r.enhet_id
           left join kommune ek on ek.region_id = e.region_id and ek.id = e.kommune_id
          order by r.kommune_id is null and r.enhet_id is null desc, k.navn nulls last, ek.navn, e.navn",
    )
    .fetch_all(&mut **tx)
    .await?;
    let lagret = |rad: &PgRow| Lagret {
        id: rad.get("id"),
        sted: rad.get("sted"),
        over: overstyring(rad),
        versjon: rad.get("versjon"),
    };
    Ok(rader.iter().map(lagret).collect())
}

/// Kommuner and enheter that have no exception yet: the form's value and the name.
pub(super) async fn steder(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(
        "select verdi, navn from (
             select 1 as slag, 'kommune-' || k.id as verdi, k.navn || ' (kommune)' as navn, k.navn as plass, k.gyldig_til
               from kommune k
              where not exists (select from regelsett r where r.region_id = k.region_id and r.kommune_id = k.id)
             union all
             select 2, 'enhet-' || e.id, e.navn || ' (' || k.navn || ')', k.navn || ' ' || e.navn, e.gyldig_til
               from enhet e
               join kommune k on k.region_id = e.region_id and k.id = e.kommune_id
              where not exists (select from regelsett r where r.region_id = e.region_id and r.enhet_id = e.id)) steder
          where coalesce(gyldig_til >= i_dag(), true)
          order by slag, plass",
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Stores an exception for a place that has none.
pub(super) async fn legg_til(tx: &mut Tx, sted: Sted, over: &Overstyring) -> Result<()> {
    let (kommune, enhet) = match sted {
        Sted::Kommune(id) => (Some(id), None),
        Sted::Enhet(id) => (None, Some(id)),
    };
    let id = Uuid::now_v7();
    sqlx::query("insert into regelsett (id, kommune_id, enhet_id, begrunnelse) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(kommune)
        .bind(enhet)
        .bind(&over.begrunnelse)
        .execute(&mut **tx)
        .await?;
    endre(tx, id, 1, over).await.map(drop)
}

/// Whether the rules were stored: not when somebody else has changed them since `versjon`.
pub(super) async fn endre(tx: &mut Tx, id: Uuid, versjon: i32, over: &Overstyring) -> Result<bool> {
    let tall: Vec<Option<i32>> = skjema::tall(over).iter().map(|n| n.map(u32::cast_signed)).collect();
    let (var_start, host_start) = over.semestergrenser.map(Semestergrenser::tekst).unzip();
    let endret = sqlx::query(
        "update regelsett
            set min_varighet = ($3::int[])[1], min_host = ($3::int[])[2], min_var = ($3::int[])[3],
                stor_host = ($3::int[])[4], stor_var = ($3::int[])[5], stor_skole = ($3::int[])[6],
                stor_barnehage = ($3::int[])[7], faste_tjenester = $4, var_start = $5, host_start = $6,
                begrunnelse = $7, versjon = versjon + 1
          where id = $1 and versjon = $2",
    )
    .bind(id)
    .bind(versjon)
    .bind(tall)
    .bind(over.faste_tjenester.as_ref().map(|alle| alle.iter().map(|t| t.slug().to_owned()).collect::<Vec<_>>()))
    .bind(var_start)
    .bind(host_start)
    .bind(&over.begrunnelse)
    .execute(&mut **tx)
    .await?;
    if endret.rows_affected() == 0 {
        sqlx::query("select from regelsett where id = $1").bind(id).fetch_one(&mut **tx).await?;
    }
    Ok(endret.rows_affected() == 1)
}

/// Removes an exception, never the region's own rules. Whether it was still as it was seen.
pub(super) async fn fjern(tx: &mut Tx, id: Uuid, versjon: i32) -> Result<bool> {
    let sett: i32 = sqlx::query_scalar(
        "select versjon from regelsett where id = $1 and coalesce(kommune_id, enhet_id) is not null for update",
    )
    .bind(id)
    .fetch_one(&mut **tx)
    .await?;
    if sett == versjon {
        sqlx::query("delete from regelsett where id = $1").bind(id).execute(&mut **tx).await?;
    }
    Ok(sett == versjon)
}

/// Whether a TST's agenda is shorter than a møte must be.
pub(super) async fn har_for_kort_mal(tx: &mut Tx, min_varighet: u32) -> Result<bool> {
    let har = sqlx::query_scalar(
        "select exists (
             select from motemal m
               join motemal_element e on e.region_id = m.region_id and e.motemal_id = m.id
              where m.gjeldende and m.forum_type in ('tst_enhet', 'tst_kommune')
              group by m.id having sum(e.minutter) < $1)",
    );
    Ok(har.bind(i64::from(min_varighet)).fetch_one(&mut **tx).await?)
}
