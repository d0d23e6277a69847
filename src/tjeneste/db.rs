//! SQL for tjenester and the kommuner they serve.
use time::Date;
use uuid::Uuid;

use super::{Oppgitt, Tjeneste};
use crate::{
    Result,
    db::Tx,
    web::{Liste, PER_SIDE, Utdrag},
};

/// One line of the list.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Rad {
    pub(super) id: Uuid,
    #[sqlx(rename = "type")]
    pub(super) type_: String,
    pub(super) navn: String,
    /// Names of the kommuner it serves today.
    pub(super) kommuner: Vec<String>,
    pub(super) gyldig_til: Option<Date>,
    totalt: i64,
}

pub(super) async fn sok(tx: &mut Tx, liste: &Liste) -> Result<Utdrag<Rad>> {
    let rader: Vec<Rad> = sqlx::query_as(
        r#"with treff as (
               select t.id, t.type, t.navn, t.gyldig_til,
                      array(select k.navn from tjeneste_kommune tk
                              join kommune k on k.region_id = tk.region_id and k.id = tk.kommune_id
                             where tk.region_id = t.region_id and tk.tjeneste_id = t.id
                               and daterange(tk.gyldig_fra, tk.gyldig_til, '[]') @> i_dag()
                             order by k.navn collate "nb-x-icu") as kommuner
                 from tjeneste t
                where ($1 = '' or strpos(lower(t.navn collate "nb-x-icu"), lower($1 collate "nb-x-icu")) > 0
                       or t.orgnr = replace($1, ' ', ''))
                  and (coalesce(t.gyldig_til < i_dag(), false) = $2))
           select treff.*, (select count(*) from treff) as totalt from treff
            order by case $3 when 'type' then type end, case $3 when '-type' then type end desc,
                     case $3 when '-navn' then navn end collate "nb-x-icu" desc,
                     navn collate "nb-x-icu", id
            limit $4 offset least($5 - 1, greatest((select count(*) from treff) - 1, 0) / $4) * $4"#,
    )
    .bind(liste.sok())
    .bind(liste.verdi("avsluttede") == "ja")
    .bind(liste.sorter())
    .bind(PER_SIDE)
    .bind(liste.side())
    .fetch_all(&mut **tx)
    .await?;
    let totalt = rader.first().map_or(0, |rad| rad.totalt);
    Ok(Utdrag::ny(rader, totalt, liste))
}

pub(super) async fn hent(tx: &mut Tx, id: Uuid) -> Result<Tjeneste> {
    Ok(sqlx::query_as(
        "select t.id, t.type, t.navn, t.orgnr, t.kontakt, t.gyldig_fra, t.gyldig_til, t.versjon,
                array(select tk.kommune_id from tjeneste_kommune tk
                       where tk.region_id = t.region_id and tk.tjeneste_id = t.id and tk.gyldig_til is null
                       order by tk.kommune_id) as kommuner
           from tjeneste t where t.id = $1",
    )
    .bind(id)
    .fetch_one(&mut **tx)
    .await?)
}

pub(super) async fn opprett(tx: &mut Tx, id: Uuid, ny: &Oppgitt) -> Result<()> {
    sqlx::query("insert into tjeneste (id, type, navn, orgnr, kontakt, gyldig_fra) values ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(ny.type_.slug())
        .bind(&ny.navn)
        .bind(&ny.orgnr)
        .bind(&ny.kontakt)
        .bind(ny.gyldig_fra)
        .execute(&mut **tx)
        .await?;
    betjen(tx, id, &ny.kommuner).await
}

/// Saves an edit; `false` when somebody else has saved since `versjon`.
pub(super) async fn lagre(tx: &mut Tx, id: Uuid, versjon: i32, ny: &Oppgitt) -> Result<bool> {
    let rader = sqlx::query(
        "update tjeneste set type = $3, navn = $4, orgnr = $5, kontakt = $6, gyldig_fra = $7, versjon = versjon + 1
          where id = $1 and versjon = $2",
    )
    .bind(id)
    .bind(versjon)
    .bind(ny.type_.slug())
    .bind(&ny.navn)
    .bind(&ny.orgnr)
    .bind(&ny.kontakt)
    .bind(ny.gyldig_fra)
    .execute(&mut **tx)
    .await?;
    if rader.rows_affected() == 0 {
        return Ok(false);
    }
    betjen(tx, id, &ny.kommuner).await?;
    Ok(true)
}

/// Lets a tjeneste serve just these kommuner from today. What it has served before today keeps its dates.
async fn betjen(tx: &mut Tx, id: Uuid, kommuner: &[Uuid]) -> Result<()> {
    sqlx::query(
        "with borte as (
             delete from tjeneste_kommune
              where tjeneste_id = $1 and not kommune_id = any ($2) and gyldig_fra >= i_dag())
         update tjeneste_kommune set gyldig_til = i_dag() - 1
          where tjeneste_id = $1 and not kommune_id = any ($2) and gyldig_fra < i_dag() and gyldig_til is null",
    )
    .bind(id)
    .bind(kommuner)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "insert into tjeneste_kommune (tjeneste_id, kommune_id, gyldig_fra) select $1, unnest($2::uuid[]), i_dag()
         on conflict (region_id, tjeneste_id, kommune_id) do update set gyldig_til = null",
    )
    .bind(id)
    .bind(kommuner)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who still belongs to a tjeneste: people, and seats in teams.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Innhold {
    pub(super) personer: i64,
    pub(super) plasser: i64,
}

pub(super) async fn innhold(tx: &mut Tx, id: Uuid) -> Result<Innhold> {
    Ok(sqlx::query_as(
        "select (select count(*) from person where tjeneste_id = $1 and coalesce(gyldig_til >= i_dag(), true)) as personer,
                (select count(*) from forum_medlem fm
                   left join person p on p.region_id = fm.region_id and p.id = fm.person_id
                  where (fm.tjeneste_id = $1 or p.tjeneste_id = $1) and coalesce(fm.gyldig_til >= i_dag(), true)) as plasser",
    )
    .bind(id)
    .fetch_one(&mut **tx)
    .await?)
}

/// Ends a tjeneste, and what it does in every kommune.
pub(super) async fn avslutt(tx: &mut Tx, id: Uuid, versjon: i32, siste_dag: Date) -> Result<bool> {
    let rader = sqlx::query(
        "update tjeneste set gyldig_til = $3, versjon = versjon + 1 where id = $1 and versjon = $2 and gyldig_til is null",
    )
    .bind(id)
    .bind(versjon)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    if rader.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "update tjeneste_kommune set gyldig_til = greatest($2, gyldig_fra)
          where tjeneste_id = $1 and coalesce(gyldig_til > $2, true)",
    )
    .bind(id)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// Takes the end away again, with the ends that came with it.
pub(super) async fn gjenapne(tx: &mut Tx, id: Uuid, versjon: i32) -> Result<bool> {
    let til: Option<Option<Date>> =
        sqlx::query_scalar("select gyldig_til from tjeneste where id = $1 and versjon = $2 for update")
            .bind(id)
            .bind(versjon)
            .fetch_optional(&mut **tx)
            .await?;
    let Some(til) = til.flatten() else { return Ok(false) };
    sqlx::query("update tjeneste set gyldig_til = null, versjon = versjon + 1 where id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "update tjeneste_kommune tk set gyldig_til = null from kommune k
          where tk.tjeneste_id = $1 and tk.gyldig_til = $2
            and k.region_id = tk.region_id and k.id = tk.kommune_id and k.gyldig_til is null",
    )
    .bind(id)
    .bind(til)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}
