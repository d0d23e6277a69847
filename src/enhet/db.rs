//! SQL for enheter.
mod flere;

pub use flere::{Enhetsrad, lagre_flere, opprett_flere};
use sqlx::{Postgres, postgres::PgArguments, query::Query};
use time::Date;
use uuid::Uuid;

use super::{Enhet, Oppgitt};
use crate::{
    Error, Result,
    db::Tx,
    forum, tid,
    web::{Liste, PER_SIDE, Utdrag},
};

/// One line of the list.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Rad {
    pub(super) id: Uuid,
    #[sqlx(rename = "type")]
    pub(super) type_: String,
    pub(super) navn: String,
    pub(super) kommune: String,
    pub(super) antall: Option<i32>,
    pub(super) gyldig_til: Option<Date>,
    totalt: i64,
}

pub(super) async fn sok(tx: &mut Tx, liste: &Liste) -> Result<Utdrag<Rad>> {
    let rader: Vec<Rad> = sqlx::query_as(
        r#"with treff as (
               select e.id, e.type, e.navn, k.navn as kommune, e.antall, e.gyldig_til
                 from enhet e join kommune k on k.region_id = e.region_id and k.id = e.kommune_id
                where ($1 = '' or strpos(lower(e.navn collate "nb-x-icu"), lower($1 collate "nb-x-icu")) > 0
                       or e.orgnr = replace($1, ' ', ''))
                  and (coalesce(e.gyldig_til < i_dag(), false) = $2)
                  and ($6 = '' or e.type = $6) and ($7::uuid is null or e.kommune_id = $7))
           select treff.*, (select count(*) from treff) as totalt from treff
            order by case $3 when 'kommune' then kommune end collate "nb-x-icu",
                     case $3 when '-kommune' then kommune end collate "nb-x-icu" desc,
                     case $3 when 'type' then type end, case $3 when '-type' then type end desc,
                     case $3 when 'antall' then antall end, case $3 when '-antall' then antall end desc nulls last,
                     case $3 when '-navn' then navn end collate "nb-x-icu" desc,
                     navn collate "nb-x-icu", id
            limit $4 offset least($5 - 1, greatest((select count(*) from treff) - 1, 0) / $4) * $4"#,
    )
    .bind(liste.sok())
    .bind(liste.verdi("avsluttede") == "ja")
    .bind(liste.sorter())
    .bind(PER_SIDE)
    .bind(liste.side())
    .bind(liste.verdi("type"))
    .bind(liste.verdi("kommune").parse::<Uuid>().ok())
    .fetch_all(&mut **tx)
    .await?;
    let totalt = rader.first().map_or(0, |rad| rad.totalt);
    Ok(Utdrag::ny(rader, totalt, liste))
}

pub(super) async fn hent(tx: &mut Tx, id: Uuid) -> Result<Enhet> {
    Ok(sqlx::query_as(
        "select id, kommune_id, type, orgnr, navn, antall, trinn_fra, trinn_til, eier, adresse, gyldig_fra, gyldig_til,
                versjon
           from enhet where id = $1",
    )
    .bind(id)
    .fetch_one(&mut **tx)
    .await?)
}

pub(super) async fn opprett(tx: &mut Tx, id: Uuid, ny: &Oppgitt) -> Result<()> {
    let sql =
        "insert into enhet (id, kommune_id, type, orgnr, navn, antall, trinn_fra, trinn_til, eier, adresse, gyldig_fra)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    felter(sqlx::query(sql).bind(id), ny).execute(&mut **tx).await?;
    Ok(())
}

/// Saves an edit; `false` when somebody else has saved since `versjon`. The team moves along to another kommune.
pub(super) async fn lagre(tx: &mut Tx, id: Uuid, versjon: i32, ny: &Oppgitt) -> Result<bool> {
    let sql = "update enhet set kommune_id = $2, type = $3, orgnr = $4, navn = $5, antall = $6, trinn_fra = $7,
                      trinn_til = $8, eier = $9, adresse = $10, gyldig_fra = $11, versjon = versjon + 1
                where id = $1 and versjon = $12";
    let rader = felter(sqlx::query(sql).bind(id), ny).bind(versjon).execute(&mut **tx).await?;
    forum::folg_enhetene(tx).await?;
    Ok(rader.rows_affected() == 1)
}

type Sporring<'q> = Query<'q, Postgres, PgArguments>;

/// Binds what a form says, from the second place on.
fn felter<'q>(sporring: Sporring<'q>, ny: &'q Oppgitt) -> Sporring<'q> {
    sporring
        .bind(ny.kommune)
        .bind(ny.type_.slug())
        .bind(&ny.orgnr)
        .bind(&ny.navn)
        .bind(ny.antall)
        .bind(ny.trinn_fra)
        .bind(ny.trinn_til)
        .bind(ny.eier.slug())
        .bind(&ny.adresse)
        .bind(ny.gyldig_fra)
}

/// What stands round a unit after a day: its teams, their møter, its people.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Innhold {
    pub(super) team: Vec<String>,
    pub(super) moter: Vec<Date>,
    pub(super) personer: i64,
}

pub(super) async fn innhold(tx: &mut Tx, id: Uuid, etter: Date) -> Result<Innhold> {
    Ok(sqlx::query_as(
        "select (select coalesce(array_agg(navn order by navn), '{}') from forum
                  where enhet_id = $1 and coalesce(gyldig_til > $2, true)) as team,
                (select coalesce(array_agg(m.dato order by m.dato), '{}')
                   from mote m join forum f on f.region_id = m.region_id and f.id = m.forum_id
                  where f.enhet_id = $1 and m.dato > $2 and m.status in ('planlagt', 'innkalt', 'pagar')) as moter,
                (select count(*) from person where enhet_id = $1 and coalesce(gyldig_til > $2, true)) as personer",
    )
    .bind(id)
    .bind(etter)
    .fetch_one(&mut **tx)
    .await?)
}

/// Ends a unit and its team. Refused while møter are to come after the last day.
pub(super) async fn avslutt(tx: &mut Tx, id: Uuid, versjon: i32, siste_dag: Date) -> Result<bool> {
    let rader = sqlx::query(
        "update enhet set gyldig_til = $3, versjon = versjon + 1 where id = $1 and versjon = $2 and gyldig_til is null",
    )
    .bind(id)
    .bind(versjon)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    if rader.rows_affected() == 0 {
        return Ok(false);
    }
    krev_uten_moter(&innhold(tx, id, siste_dag).await?.moter)?;
    forum::avslutt_ved_enhet(tx, id, siste_dag).await?;
    Ok(true)
}

fn krev_uten_moter(moter: &[Date]) -> Result<()> {
    let dager: Vec<String> = moter.iter().take(3).map(|dag| tid::dato(*dag)).collect();
    match moter.len() {
        0 => Ok(()),
        1 => Err(Error::Regelbrudd(format!(
            "Teamet har et møte etter den siste dagen ({}). Avlys eller flytt det først",
            dager.concat()
        ))),
        antall => Err(Error::Regelbrudd(format!(
            "Teamet har {antall} møter etter den siste dagen ({}{}). Avlys eller flytt dem først",
            dager.join(", "),
            if antall > dager.len() { " …" } else { "" }
        ))),
    }
}

/// Takes the end away again, for the unit and the team that ended with it.
pub(super) async fn gjenapne(tx: &mut Tx, id: Uuid, versjon: i32) -> Result<bool> {
    let slutt: Option<(Option<Date>, bool)> = sqlx::query_as(
        "select e.gyldig_til, k.gyldig_til is null
           from enhet e join kommune k on k.region_id = e.region_id and k.id = e.kommune_id
          where e.id = $1 and e.versjon = $2 for update of e",
    )
    .bind(id)
    .bind(versjon)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((Some(til), kommunen_er_med)) = slutt else { return Ok(false) };
    if !kommunen_er_med {
        return Err(Error::Regelbrudd("Kommunen er avsluttet. Gjenåpne den først".into()));
    }
    sqlx::query("update enhet set gyldig_til = null, versjon = versjon + 1 where id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    forum::gjenapne_ved_enhet(tx, id, til).await?;
    Ok(true)
}
