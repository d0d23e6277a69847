//! «Mine møter»: those the one who asks is invited to or leads the forum of; the coming ones by day, the earlier by page.
use askama::Template;
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use sqlx::{Row, postgres::PgRow};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    BookMote, Status, VisMote,
    db::{les, les_mulig},
    klokke,
};
use crate::{
    App, Error, Result,
    auth::{self, Medlem},
    db::Tx,
    oppmote::{Oppmote, Svar},
    tid,
    web::Page,
};

/// Earlier møter on one page.
const PER_SIDE: i64 = 20;

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter")]
pub struct MineMoter;

/// Where to choose the team, for those who lead several.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/book")]
struct VelgTeam;

#[derive(Deserialize)]
struct Sidevalg {
    side: Option<i64>,
}

/// A forum the one who asks may book in.
struct Ledet {
    id: Uuid,
    navn: String,
}

impl Ledet {
    fn book(&self) -> String {
        BookMote { forum: self.id }.to_string()
    }
}

struct Rad {
    id: Uuid,
    forum: String,
    hvor: String,
    start: OffsetDateTime,
    slutt: OffsetDateTime,
    sted: String,
    status: Status,
    /// What the one who asks has answered; `None` when not invited.
    svar: Option<Svar>,
    oppmote: Option<Oppmote>,
}

impl Rad {
    fn tidsrom(&self) -> String {
        tid::tidsrom(klokke(self.start), klokke(self.slutt))
    }

    fn dato(&self) -> String {
        tid::dato(tid::dag(self.start))
    }

    fn sti(&self) -> String {
        VisMote { id: self.id }.to_string()
    }
}

/// The møter of one day, under the day in words.
struct Dag {
    overskrift: String,
    moter: Vec<Rad>,
}

#[derive(Template)]
#[template(path = "mote/mine.html")]
struct Mine {
    dager: Vec<Dag>,
    tidligere: Vec<Rad>,
    ledet: Vec<Ledet>,
    side: i64,
    sider: i64,
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
struct Velg {
    ledet: Vec<Ledet>,
}

pub(super) fn routes() -> Router<App> {
    Router::new().typed_get(mine).typed_get(velg_team)
}

async fn mine(_: MineMoter, medlem: Medlem, Query(valg): Query<Sidevalg>) -> Result<Page<Mine>> {
    if !medlem.kan(auth::Handling::SeMote) {
        return Err(Error::IkkeTilgang);
    }
    let side = valg.side.unwrap_or(1).clamp(1, 10_000);
    let mut tx = medlem.read().await?;
    let dager = etter_dag(kommende(&mut tx, medlem.rolle.enhet).await?, &medlem);
    let (tidligere, antall) = tidligere(&mut tx, medlem.rolle.enhet, side).await?;
    let ledet = ledet(&mut tx, &medlem).await?;
    Ok(Page(Mine { dager, tidligere, ledet, side, sider: (antall + PER_SIDE - 1) / PER_SIDE }))
}

async fn velg_team(_: VelgTeam, medlem: Medlem) -> Result<Page<Velg>> {
    if !medlem.kan(auth::Handling::BookMote) {
        return Err(Error::IkkeTilgang);
    }
    let mut tx = medlem.read().await?;
    Ok(Page(Velg { ledet: ledet(&mut tx, &medlem).await? }))
}

fn etter_dag(moter: Vec<Rad>, medlem: &Medlem) -> Vec<Dag> {
    let i_dag = medlem.i_dag();
    let mut dager: Vec<Dag> = Vec::new();
    for mote in moter {
        let dag = tid::dag(mote.start);
        let mut overskrift = if dag.year() == i_dag.year() { tid::dag_i_ord(dag) } else { tid::dato_i_ord(dag) };
        if dag == i_dag {
            overskrift = format!("I dag, {overskrift}");
        }
        match dager.last_mut().filter(|d| d.overskrift == overskrift) {
            Some(siste) => siste.moter.push(mote),
            None => dager.push(Dag { overskrift, moter: vec![mote] }),
        }
    }
    dager
}

/// Invited to, or leading the forum of; as teamleder of one unit only its own ($1).
macro_rules! mine_moter {
    ($hvilke:literal) => {
        concat!(
            "with mine as (
                 select d.region_id, d.mote_id as id from motedeltaker d where d.person_id = gjeldende_person()
                 union
                 select m.region_id, m.id from forum_medlem fm
                   join forum f on f.region_id = fm.region_id and f.id = fm.forum_id and ($1::uuid is null or f.enhet_id = $1)
                   join mote m on m.region_id = fm.region_id and m.forum_id = fm.forum_id
                  where fm.person_id = gjeldende_person() and fm.leder
                    and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag())
             select m.id, f.navn as forum, concat_ws(', ', e.navn, k.navn) as hvor, m.start, m.slutt, m.sted, m.status,
                    d.svar, d.oppmote, count(*) over () as antall
               from mine
               join mote m on m.region_id = mine.region_id and m.id = mine.id
               join forum f on f.region_id = m.region_id and f.id = m.forum_id
               left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
               left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
               left join motedeltaker d on d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person()
              where ",
            $hvilke
        )
    };
}

async fn kommende(tx: &mut Tx, enhet: Option<Uuid>) -> Result<Vec<Rad>> {
    let rader = sqlx::query(mine_moter!(
        "(m.dato >= i_dag() and m.status <> 'ferdigstilt' or m.status = 'pagar') order by m.start, f.navn limit 200"
    ))
    .bind(enhet)
    .fetch_all(&mut **tx)
    .await?;
    rader.iter().map(rad).collect()
}

/// One page of the earlier møter, latest first, and how many there are in all.
async fn tidligere(tx: &mut Tx, enhet: Option<Uuid>, side: i64) -> Result<(Vec<Rad>, i64)> {
    let rader = sqlx::query(mine_moter!(
        "not (m.dato >= i_dag() and m.status <> 'ferdigstilt' or m.status = 'pagar')
         order by m.start desc, f.navn limit $2 offset $3"
    ))
    .bind(enhet)
    .bind(PER_SIDE)
    .bind((side - 1) * PER_SIDE)
    .fetch_all(&mut **tx)
    .await?;
    let antall = rader.first().map_or(0, |r| r.get("antall"));
    Ok((rader.iter().map(rad).collect::<Result<_>>()?, antall))
}

async fn ledet(tx: &mut Tx, medlem: &Medlem) -> Result<Vec<Ledet>> {
    if !medlem.kan(auth::Handling::BookMote) {
        return Ok(Vec::new());
    }
    let rader = sqlx::query(
        "select distinct f.id, f.navn
           from forum_medlem fm
           join forum f on f.region_id = fm.region_id and f.id = fm.forum_id
          where fm.person_id = gjeldende_person() and fm.leder
            and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag()
            and daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
            and ($1::uuid is null or f.enhet_id = $1)
          order by f.navn, f.id",
    )
    .bind(medlem.rolle.enhet)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rader.iter().map(|r| Ledet { id: r.get("id"), navn: r.get("navn") }).collect())
}

fn rad(r: &PgRow) -> Result<Rad> {
    Ok(Rad {
        id: r.get("id"),
        forum: r.get("forum"),
        hvor: r.get("hvor"),
        start: r.get("start"),
        slutt: r.get("slutt"),
        sted: r.get("sted"),
        status: les(r, "status")?,
        svar: les_mulig(r, "svar")?,
        oppmote: les_mulig(r, "oppmote")?,
    })
}
