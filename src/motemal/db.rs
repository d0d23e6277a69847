//! SQL for motemaler.
use sqlx::FromRow;
use uuid::Uuid;

use super::mal::{Mal, Malelement};
use crate::{Result, db::Tx, forum::Forumtype};

/// A version of a motemal, without its elements.
#[derive(Clone, FromRow)]
pub(super) struct Malversjon {
    pub(super) id: Uuid,
    pub(super) forum_type: String,
    pub(super) navn: String,
    pub(super) versjon: i32,
    pub(super) gjeldende: bool,
    pub(super) apning: String,
    pub(super) avrunding: String,
    /// One thing on each line.
    pub(super) sjekk_for: String,
    pub(super) sjekk_etter: String,
    /// Minutes in all.
    pub(super) minutter: i64,
}

impl Malversjon {
    /// What the version says, with these elements.
    pub(super) fn mal(&self, elementer: Vec<Malelement>) -> Mal {
        let Self { navn, apning, avrunding, sjekk_for, sjekk_etter, .. } = self.clone();
        Mal { navn, apning, avrunding, sjekk_for, sjekk_etter, elementer }
    }
}

/// An element as it is stored.
#[derive(FromRow)]
struct Rad {
    #[sqlx(rename = "type")]
    type_: String,
    tittel: String,
    hjelp: String,
    minutter: i32,
}

/// Every version of every kind of forum, the newest first.
pub(super) async fn alle(tx: &mut Tx) -> Result<Vec<Malversjon>> {
    let alle = sqlx::query_as(
        "select m.id, m.forum_type, m.navn, m.versjon, m.gjeldende, m.apning, m.avrunding, m.sjekk_for, m.sjekk_etter,
                coalesce(e.minutter, 0) as minutter
           from motemal m
           left join lateral (select sum(e.minutter) as minutter from motemal_element e
                               where e.region_id = m.region_id and e.motemal_id = m.id) e on true
          order by m.versjon desc",
    );
    Ok(alle.fetch_all(&mut **tx).await?)
}

/// The elements of a version in order.
pub(super) async fn elementer(tx: &mut Tx, mal: Uuid) -> Result<Vec<Malelement>> {
    let rader: Vec<Rad> = sqlx::query_as(
        "select type, tittel, hjelp, minutter from motemal_element where motemal_id = $1 order by plass",
    )
    .bind(mal)
    .fetch_all(&mut **tx)
    .await?;
    let element = |r: Rad| {
        let elementtype = r.type_.parse().ok()?;
        Some(Malelement { elementtype, tittel: r.tittel, hjelp: r.hjelp, minutter: r.minutter.unsigned_abs() })
    };
    Ok(rader.into_iter().filter_map(element).collect())
}

/// Makes a new version that holds from now on; `None` when the one that holds is no longer `basert_pa`. Older versions
/// stay as they are, and so do the møter made from them.
pub(super) async fn ny_versjon(tx: &mut Tx, forum_type: Forumtype, basert_pa: i32, mal: &Mal) -> Result<Option<Uuid>> {
    let gjeldende: Option<i32> =
        sqlx::query_scalar("select versjon from motemal where forum_type = $1 and gjeldende for update")
            .bind(forum_type.slug())
            .fetch_optional(&mut **tx)
            .await?;
    if gjeldende.unwrap_or_default() != basert_pa {
        return Ok(None);
    }
    sqlx::query("update motemal set gjeldende = false where forum_type = $1 and gjeldende")
        .bind(forum_type.slug())
        .execute(&mut **tx)
        .await?;
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into motemal (id, forum_type, navn, apning, avrunding, sjekk_for, sjekk_etter, versjon)
         select $1, $2, $3, $4, $5, $6, $7, coalesce(max(versjon), 0) + 1 from motemal where forum_type = $2",
    )
    .bind(id)
    .bind(forum_type.slug())
    .bind(&mal.navn)
    .bind(&mal.apning)
    .bind(&mal.avrunding)
    .bind(&mal.sjekk_for)
    .bind(&mal.sjekk_etter)
    .execute(&mut **tx)
    .await?;
    let elementer = &mal.elementer;
    sqlx::query(
        "insert into motemal_element (id, motemal_id, plass, type, tittel, hjelp, minutter)
         select e.id, $1, e.plass, e.type, e.tittel, e.hjelp, e.minutter
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[])
                with ordinality as e (id, type, tittel, hjelp, minutter, plass)",
    )
    .bind(id)
    .bind(elementer.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>())
    .bind(elementer.iter().map(|e| e.elementtype.slug()).collect::<Vec<_>>())
    .bind(elementer.iter().map(|e| e.tittel.as_str()).collect::<Vec<_>>())
    .bind(elementer.iter().map(|e| e.hjelp.as_str()).collect::<Vec<_>>())
    .bind(elementer.iter().map(|e| e.minutter.cast_signed()).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await?;
    Ok(Some(id))
}
