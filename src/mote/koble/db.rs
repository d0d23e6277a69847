//! SQL for calling in somebody of a tjeneste.
use sqlx::Row;
use uuid::Uuid;

use super::{Fagperson, Grunnlag, Neste, Tjeneste};
use crate::{Result, db::Tx, mote::Mote};

/// The element of a møte, and what the next møte of the forum is; 404 when the møte has no such element.
pub(super) async fn grunnlag(tx: &mut Tx, mote: &Mote, element: Uuid) -> Result<Grunnlag> {
    let rad = sqlx::query(
        "select e.tittel, n.id, n.start, n.element
           from moteelement e
           left join lateral (
               select n.id, n.start,
                      (select x.id from moteelement x
                        where x.region_id = n.region_id and x.mote_id = n.id and x.type = e.type order by x.plass limit 1) as element
                 from mote n
                where n.region_id = e.region_id and n.forum_id = $3 and n.start > $4 and n.status in ('planlagt', 'innkalt')
                order by n.start, n.id limit 1) n on true
          where e.mote_id = $1 and e.id = $2",
    )
    .bind(mote.id)
    .bind(element)
    .bind(mote.forum)
    .bind(mote.start)
    .fetch_one(&mut **tx)
    .await?;
    let neste = rad.get::<Option<Uuid>, _>("id").zip(rad.get("start"));
    let neste = neste.map(|(id, start)| Neste { id, start, element: rad.get("element") });
    Ok(Grunnlag { tittel: rad.get("tittel"), neste })
}

/// The tjenester that serve the kommune of the forum (all, when it is the region's), with their people: those who sit in a team
/// there come first.
pub(super) async fn tjenester(tx: &mut Tx, mote: &Mote, neste: Option<Uuid>) -> Result<Vec<Tjeneste>> {
    let rader = sqlx::query(
        r#"select t.id as tjeneste, t.navn as tjenestenavn, t.kontakt, p.id, p.navn, p.tittel,
                  exists (select from motedeltaker d where d.region_id = p.region_id and d.mote_id = $1 and d.person_id = p.id) as dette,
                  exists (select from motedeltaker d where d.region_id = p.region_id and d.mote_id = $2 and d.person_id = p.id) as neste
             from tjeneste t
             left join person p on p.region_id = t.region_id and p.tjeneste_id = t.id
                               and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
            where daterange(t.gyldig_fra, t.gyldig_til, '[]') @> i_dag()
              and ($3::uuid is null
                   or exists (select from tjeneste_kommune tk
                               where tk.region_id = t.region_id and tk.tjeneste_id = t.id and tk.kommune_id = $3
                                 and daterange(tk.gyldig_fra, tk.gyldig_til, '[]') @> i_dag()))
            order by t.navn collate "nb-x-icu", t.id,
                     not exists (select from forum_medlem m
                                   join forum f on f.region_id = m.region_id and f.id = m.forum_id and f.kommune_id = $3
                                  where m.region_id = p.region_id and m.person_id = p.id
                                    and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag()),
                     p.navn collate "nb-x-icu", p.id"#,
    )
    .bind(mote.id)
    .bind(neste)
    .bind(mote.kommune)
    .fetch_all(&mut **tx)
    .await?;
    let mut tjenester: Vec<(Uuid, Tjeneste)> = Vec::new();
    for rad in &rader {
        let id = rad.get("tjeneste");
        if tjenester.last().is_none_or(|(siste, _)| *siste != id) {
            let ny = Tjeneste { navn: rad.get("tjenestenavn"), kontakt: rad.get("kontakt"), folk: Vec::new() };
            tjenester.push((id, ny));
        }
        if let (Some((_, her)), Some(id)) = (tjenester.last_mut(), rad.get::<Option<Uuid>, _>("id")) {
            let (navn, tittel) = (rad.get("navn"), rad.get("tittel"));
            her.folk.push(Fagperson { id, navn, tittel, dette: rad.get("dette"), neste: rad.get("neste") });
        }
    }
    Ok(tjenester.into_iter().map(|(_, tjeneste)| tjeneste).collect())
}

/// Calls somebody in to an element of a møte; says whether they were not called in already.
pub(super) async fn kall_inn(tx: &mut Tx, mote: Uuid, element: Option<Uuid>, person: Uuid) -> Result<bool> {
    let svar = sqlx::query(
        "insert into motedeltaker (id, mote_id, moteelement_id, person_id, tjenestetype, fast, moteplikt)
         select $1, $2, $3, p.id, t.type, false, false
           from person p join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
          where p.id = $4
         on conflict do nothing",
    )
    .bind(Uuid::now_v7())
    .bind(mote)
    .bind(element)
    .bind(person)
    .execute(&mut **tx)
    .await?;
    Ok(svar.rows_affected() == 1)
}
