//! SQL for the versions of a referat.
use std::collections::HashMap;

use sqlx::{Row, postgres::PgRow};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Historie, Versjon};
use crate::{Error, Result, db::Tx, referat, sladding::Spor};

/// A ferdigstilt referat with all its versions, in two statements.
pub async fn hent(tx: &mut Tx, mote: Uuid) -> Result<Historie> {
    let referat = referat::hent(tx, mote).await?;
    let rader = sqlx::query(
        "select m.ferdigstilt, m.ferdigstilt_av, coalesce(fp.navn, '') as ferdigstilt_navn,
                coalesce(m.mangler_begrunnelse, '') as mangler, v.nr, v.grunn, v.rettet, v.rettet_av,
                coalesce(vp.navn, '') as rettet_navn, t.elementer, t.beslutninger, t.tekster,
                sladdinger_ved_mote(m)::text as sladdinger
           from mote m
           left join person fp on fp.region_id = m.region_id and fp.id = m.ferdigstilt_av
           left join referat_versjon v on v.region_id = m.region_id and v.mote_id = m.id
           left join person vp on vp.region_id = v.region_id and vp.id = v.rettet_av
           left join lateral (
               select array_agg(t.moteelement_id order by t.id) as elementer, array_agg(t.beslutning_id order by t.id) as beslutninger,
                      array_agg(t.tekst order by t.id) as tekster
                 from referat_tekst t
                where t.region_id = v.region_id and t.versjon_id = v.id) t on true
          where m.id = $1 and m.ferdigstilt is not null
          order by v.nr",
    )
    .bind(mote)
    .fetch_all(&mut **tx)
    .await?;
    let forste = rader.first().ok_or(Error::IkkeFunnet)?;
    let sladdinger = Spor::les(forste.get("sladdinger"))?;
    let forste = Versjon {
        nr: 1,
        tid: forste.get("ferdigstilt"),
        av: forste.get("ferdigstilt_av"),
        av_navn: forste.get("ferdigstilt_navn"),
        grunn: forste.get("mangler"),
        tekster: HashMap::new(),
    };
    let senere = rader.iter().filter_map(versjon);
    Ok(Historie { referat, versjoner: std::iter::once(forste).chain(senere).collect(), sladdinger })
}

/// A correction; `None` when there is none.
fn versjon(rad: &PgRow) -> Option<Versjon> {
    let nr = rad.get::<Option<i32>, _>("nr")?;
    let elementer = rad.get::<Option<Vec<Uuid>>, _>("elementer").unwrap_or_default();
    let beslutninger = rad.get::<Option<Vec<Option<Uuid>>>, _>("beslutninger").unwrap_or_default();
    let tekster = rad.get::<Option<Vec<String>>, _>("tekster").unwrap_or_default();
    Some(Versjon {
        nr,
        tid: rad.get("rettet"),
        av: rad.get("rettet_av"),
        av_navn: rad.get("rettet_navn"),
        grunn: rad.get("grunn"),
        tekster: elementer.into_iter().zip(beslutninger).zip(tekster).collect(),
    })
}

/// A text of the new version: of an element's note, or of one of its decisions.
pub(super) struct NyTekst {
    pub(super) element: Uuid,
    pub(super) beslutning: Option<Uuid>,
    pub(super) ord: String,
}

/// Adds version `nr` with all its texts. The database itself refuses a number that is taken.
pub(super) async fn rett(
    tx: &mut Tx,
    (mote, nr): (Uuid, i32),
    grunn: &str,
    tekster: &[NyTekst],
    na: OffsetDateTime,
) -> Result<()> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into referat_versjon (id, mote_id, nr, grunn, rettet_av, rettet)
         values ($1, $2, $3, $4, gjeldende_person(), $5)",
    )
    .bind(id)
    .bind(mote)
    .bind(nr)
    .bind(grunn)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "insert into referat_tekst (id, versjon_id, moteelement_id, beslutning_id, tekst)
         select ny.id, $1, ny.element, ny.beslutning, ny.tekst
           from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) as ny (id, element, beslutning, tekst)",
    )
    .bind(id)
    .bind(tekster.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>())
    .bind(tekster.iter().map(|t| t.element).collect::<Vec<_>>())
    .bind(tekster.iter().map(|t| t.beslutning).collect::<Vec<_>>())
    .bind(tekster.iter().map(|t| t.ord.as_str()).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await?;
    Ok(())
}
