//! SQL for how children and guardians take part. The database refuses a change once the møte is ferdigstilt.
use sqlx::Row;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Medvirkning;
use crate::{Error, Result, db::Tx, mote::Status};

/// A møte with what is stored of it.
pub(super) struct Motet {
    pub(super) forum: String,
    pub(super) er_tst: bool,
    pub(super) enhet: Option<String>,
    pub(super) start: OffsetDateTime,
    pub(super) slutt: OffsetDateTime,
    pub(super) sted: String,
    pub(super) status: Status,
    pub(super) moteleder: Option<String>,
    pub(super) medvirkning: Medvirkning,
}

pub(super) async fn hent(tx: &mut Tx, mote: Uuid) -> Result<Motet> {
    let rad = sqlx::query(
        "select f.navn as forum, f.type like 'tst%' as er_tst, e.navn as enhet, m.start, m.slutt, m.sted, m.status, l.navn as moteleder,
                to_json(v)::text as medvirkning
           from mote m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
           left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
           left join person l on l.region_id = m.region_id and l.id = m.moteleder_id
           left join medvirkning v on v.region_id = m.region_id and v.mote_id = m.id
          where m.id = $1",
    )
    .bind(mote)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Motet {
        forum: rad.get("forum"),
        er_tst: rad.get("er_tst"),
        enhet: rad.get("enhet"),
        start: rad.get("start"),
        slutt: rad.get("slutt"),
        sted: rad.get("sted"),
        status: crate::db::les(&rad, "status")?,
        moteleder: rad.get("moteleder"),
        medvirkning: Medvirkning::les(rad.get("medvirkning"))?,
    })
}

impl Medvirkning {
    /// Reads a row as JSON; no row is that nothing is said yet.
    pub(crate) fn les(json: Option<&str>) -> Result<Self> {
        let Some(json) = json else { return Ok(Self::default()) };
        serde_json::from_str(json).map_err(|feil| Error::Intern(feil.to_string()))
    }
}

/// Those called in: the service of each seat, and the name of the one who has it.
pub(super) async fn innkalte(tx: &mut Tx, mote: Uuid) -> Result<Vec<(String, Option<String>)>> {
    Ok(sqlx::query_as(
        "select d.tjenestetype, p.navn
           from motedeltaker d
           left join person p on p.region_id = d.region_id and p.id = d.person_id
          where d.mote_id = $1
          order by d.fast desc,
                   array_position(array['enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen'], d.tjenestetype), p.navn, d.id",
    )
    .bind(mote)
    .fetch_all(&mut **tx)
    .await?)
}

/// As [`hent`], holding the møte until the transaction ends, so that two people writing take turns.
pub(super) async fn hent_for_endring(tx: &mut Tx, mote: Uuid) -> Result<Motet> {
    sqlx::query("select from mote where id = $1 for update").bind(mote).fetch_one(&mut **tx).await?;
    hent(tx, mote).await
}

pub(super) async fn lagre(tx: &mut Tx, mote: Uuid, ny: &Medvirkning, na: OffsetDateTime) -> Result<()> {
    let tall = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    sqlx::query(
        "insert into medvirkning (mote_id, barn_invitert, barn_deltok, barn_mate, foresatte_invitert, foresatte_deltok, foresatte_mate,
                                  begrunnelse, endret_av, endret)
         values ($1, $2, $3, $4, $5, $6, $7, $8, gjeldende_person(), $9)
         on conflict (region_id, mote_id) do update
            set barn_invitert = excluded.barn_invitert, barn_deltok = excluded.barn_deltok, barn_mate = excluded.barn_mate,
                foresatte_invitert = excluded.foresatte_invitert, foresatte_deltok = excluded.foresatte_deltok,
                foresatte_mate = excluded.foresatte_mate, begrunnelse = excluded.begrunnelse, endret_av = excluded.endret_av,
                endret = excluded.endret, versjon = medvirkning.versjon + 1",
    )
    .bind(mote)
    .bind(tall(ny.barn.invitert))
    .bind(tall(ny.barn.deltok))
    .bind(ny.barn.mate.map(super::Mate::slug))
    .bind(tall(ny.foresatte.invitert))
    .bind(tall(ny.foresatte.deltok))
    .bind(ny.foresatte.mate.map(super::Mate::slug))
    .bind(&ny.begrunnelse)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
