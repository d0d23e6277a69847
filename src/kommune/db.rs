//! SQL for kommuner.
use time::Date;
use uuid::Uuid;

use super::{Kommune, Oppgitt};
use crate::{
    Error, Result,
    db::Tx,
    forum, tid,
    web::{Liste, PER_SIDE, Utdrag},
};

/// A kommune to choose in a form or a filter.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Kommunevalg {
    pub id: Uuid,
    pub navn: String,
    /// Whether it is with the region today.
    pub gjelder: bool,
}

/// Every kommune of the region by name, also those that have ended.
pub async fn velgbare(tx: &mut Tx) -> Result<Vec<Kommunevalg>> {
    Ok(sqlx::query_as(
        "select id, navn, daterange(gyldig_fra, gyldig_til, '[]') @> i_dag() as gjelder
           from kommune order by navn collate \"nb-x-icu\"",
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// One line of the list.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Rad {
    pub(super) id: Uuid,
    pub(super) kommunenummer: String,
    pub(super) navn: String,
    pub(super) enheter: i64,
    pub(super) gyldig_til: Option<Date>,
    totalt: i64,
}

pub(super) async fn sok(tx: &mut Tx, liste: &Liste) -> Result<Utdrag<Rad>> {
    let rader: Vec<Rad> = sqlx::query_as(
        r#"with treff as (
               select k.id, k.kommunenummer, k.navn, k.gyldig_til,
                      (select count(*) from enhet e where e.region_id = k.region_id and e.kommune_id = k.id
                          and daterange(e.gyldig_fra, e.gyldig_til, '[]') @> i_dag()) as enheter
                 from kommune k
                where ($1 = '' or strpos(lower(k.navn collate "nb-x-icu"), lower($1 collate "nb-x-icu")) > 0
                       or k.kommunenummer = $1)
                  and (coalesce(k.gyldig_til < i_dag(), false) = $2))
           select treff.*, (select count(*) from treff) as totalt from treff
            order by case $3 when 'kommunenummer' then kommunenummer end,
                     case $3 when '-kommunenummer' then kommunenummer end desc,
                     case $3 when 'enheter' then enheter end, case $3 when '-enheter' then enheter end desc,
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

pub(super) async fn hent(tx: &mut Tx, id: Uuid) -> Result<Kommune> {
    Ok(sqlx::query_as("select id, kommunenummer, navn, gyldig_fra, gyldig_til, versjon from kommune where id = $1")
        .bind(id)
        .fetch_one(&mut **tx)
        .await?)
}

pub(super) async fn opprett(tx: &mut Tx, id: Uuid, ny: &Oppgitt) -> Result<()> {
    sqlx::query("insert into kommune (id, kommunenummer, navn, gyldig_fra) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(&ny.kommunenummer)
        .bind(&ny.navn)
        .bind(ny.gyldig_fra)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Saves an edit; `false` when somebody else has saved since `versjon`.
pub(super) async fn lagre(tx: &mut Tx, id: Uuid, versjon: i32, ny: &Oppgitt) -> Result<bool> {
    let rader = sqlx::query(
        "update kommune set kommunenummer = $3, navn = $4, gyldig_fra = $5, versjon = versjon + 1
          where id = $1 and versjon = $2",
    )
    .bind(id)
    .bind(versjon)
    .bind(&ny.kommunenummer)
    .bind(&ny.navn)
    .bind(ny.gyldig_fra)
    .execute(&mut **tx)
    .await?;
    Ok(rader.rows_affected() == 1)
}

/// What stands in a kommune after a day: units that go on, and møter of its own fora.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Innhold {
    pub(super) enheter: i64,
    pub(super) moter: Vec<Date>,
    pub(super) team: Vec<String>,
    pub(super) roller: i64,
}

pub(super) async fn innhold(tx: &mut Tx, id: Uuid, etter: Date) -> Result<Innhold> {
    Ok(sqlx::query_as(
        "select (select count(*) from enhet where kommune_id = $1 and coalesce(gyldig_til > $2, true)) as enheter,
                (select coalesce(array_agg(m.dato order by m.dato), '{}')
                   from mote m join forum f on f.region_id = m.region_id and f.id = m.forum_id
                  where f.kommune_id = $1 and f.enhet_id is null and m.dato > $2
                    and m.status in ('planlagt', 'innkalt', 'pagar')) as moter,
                (select coalesce(array_agg(navn order by navn), '{}') from forum
                  where kommune_id = $1 and enhet_id is null and gyldig_til is null) as team,
                (select count(*) from rolle where kommune_id = $1 and coalesce(gyldig_til > $2, true)) as roller",
    )
    .bind(id)
    .bind(etter)
    .fetch_one(&mut **tx)
    .await?)
}

/// Ends a kommune with its own fora and what its tjenester do there. Refused while units or møter go on.
pub(super) async fn avslutt(tx: &mut Tx, id: Uuid, versjon: i32, siste_dag: Date) -> Result<bool> {
    let rader = sqlx::query(
        "update kommune set gyldig_til = $3, versjon = versjon + 1 where id = $1 and versjon = $2 and gyldig_til is null",
    )
    .bind(id)
    .bind(versjon)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    if rader.rows_affected() == 0 {
        return Ok(false);
    }
    krev_tom(&innhold(tx, id, siste_dag).await?)?;
    sqlx::query(
        "update tjeneste_kommune set gyldig_til = greatest($2, gyldig_fra)
          where kommune_id = $1 and coalesce(gyldig_til > $2, true)",
    )
    .bind(id)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    forum::avslutt_i_kommune(tx, id, siste_dag).await?;
    Ok(true)
}

fn krev_tom(innhold: &Innhold) -> Result<()> {
    if innhold.enheter > 0 {
        let ord = match innhold.enheter {
            1 => "Kommunen har én skole eller barnehage som fortsatt er med. Avslutt den først".to_owned(),
            n => format!("Kommunen har {n} skoler og barnehager som fortsatt er med. Avslutt dem først"),
        };
        return Err(Error::Regelbrudd(ord));
    }
    match innhold.moter.first() {
        None => Ok(()),
        Some(dag) => Err(Error::Regelbrudd(format!(
            "Kommunen har et møte {}, etter den siste dagen. Avlys eller flytt det først",
            tid::dato(*dag)
        ))),
    }
}

/// Takes the end away again, with the ends that came with it.
pub(super) async fn gjenapne(tx: &mut Tx, id: Uuid, versjon: i32) -> Result<bool> {
    let Some(til) = slutt(tx, id, versjon).await? else { return Ok(false) };
    sqlx::query("update kommune set gyldig_til = null, versjon = versjon + 1 where id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "update tjeneste_kommune tk set gyldig_til = null from tjeneste t
          where tk.kommune_id = $1 and tk.gyldig_til = $2
            and t.region_id = tk.region_id and t.id = tk.tjeneste_id and t.gyldig_til is null",
    )
    .bind(id)
    .bind(til)
    .execute(&mut **tx)
    .await?;
    forum::gjenapne_i_kommune(tx, id, til).await?;
    Ok(true)
}

/// The last day of a kommune that has one, held until the transaction ends.
async fn slutt(tx: &mut Tx, id: Uuid, versjon: i32) -> Result<Option<Date>> {
    let til: Option<Option<Date>> =
        sqlx::query_scalar("select gyldig_til from kommune where id = $1 and versjon = $2 for update")
            .bind(id)
            .bind(versjon)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(til.flatten())
}
