//! SQL that makes, changes and ends fora.
use sqlx::Row;
use time::Date;
use uuid::Uuid;

use super::routes::Onske;
use crate::{
    Result,
    db::{Tx, les},
    forum::Forumtype,
};

/// What a form can choose between: kommuner and people of today, with id and words.
pub(super) struct Valg {
    pub(super) kommuner: Vec<(Uuid, String)>,
    pub(super) personer: Vec<(Uuid, String)>,
}

/// A forum as it is stored.
pub(super) struct Lagret {
    pub(super) type_: Forumtype,
    pub(super) navn: String,
    pub(super) mandat: String,
    pub(super) gyldig_fra: Date,
    pub(super) gyldig_til: Option<Date>,
    pub(super) versjon: i32,
    /// Møter that are not finished yet.
    pub(super) kommende: i64,
}

/// The kommuner the role may make fora in (all, or its own), and everybody who can lead.
pub(super) async fn valg(tx: &mut Tx, egen_kommune: Option<Uuid>) -> Result<Valg> {
    let rader = sqlx::query(
        "select 'kommune' as hva, k.id, k.navn from kommune k
          where daterange(k.gyldig_fra, k.gyldig_til, '[]') @> i_dag() and ($1::uuid is null or k.id = $1)
          union all
         select 'person', p.id, concat_ws(', ', p.navn, nullif(p.tittel, '')) from person p
          where daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
          order by 1, 3",
    )
    .bind(egen_kommune)
    .fetch_all(&mut **tx)
    .await?;
    let (kommuner, personer): (Vec<_>, Vec<_>) = rader.iter().partition(|r| r.get::<String, _>("hva") == "kommune");
    let par = |rader: Vec<&sqlx::postgres::PgRow>| rader.iter().map(|r| (r.get("id"), r.get("navn"))).collect();
    Ok(Valg { kommuner: par(kommuner), personer: par(personer) })
}

/// Makes a forum with its leader in the first seat.
pub(super) async fn opprett(tx: &mut Tx, id: Uuid, onske: &Onske) -> Result<()> {
    sqlx::query(
        "insert into forum (id, type, navn, mandat, kommune_id, gyldig_fra) values ($1, $2, $3, $4, $5, i_dag())",
    )
    .bind(id)
    .bind(onske.type_.slug())
    .bind(&onske.navn)
    .bind(&onske.mandat)
    .bind(onske.kommune)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "insert into forum_medlem (id, forum_id, person_id, tjenestetype, fast, moteplikt, leder, gyldig_fra)
         values ($1, $2, $3, 'annen', true, true, true, i_dag())",
    )
    .bind(Uuid::now_v7())
    .bind(id)
    .bind(onske.leder)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(super) async fn hent(tx: &mut Tx, id: Uuid) -> Result<Lagret> {
    let rad = sqlx::query(
        "select f.type, f.navn, f.mandat, f.gyldig_fra, f.gyldig_til, f.versjon,
                (select count(*) from mote m
                  where m.region_id = f.region_id and m.forum_id = f.id and er_planlagt(m)) as kommende
           from forum f where f.id = $1",
    )
    .bind(id)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Lagret {
        type_: les(&rad, "type")?,
        navn: rad.get("navn"),
        mandat: rad.get("mandat"),
        gyldig_fra: rad.get("gyldig_fra"),
        gyldig_til: rad.get("gyldig_til"),
        versjon: rad.get("versjon"),
        kommende: rad.get("kommende"),
    })
}

/// Saves name and mandat; false when somebody else has saved since `versjon`.
pub(super) async fn lagre(tx: &mut Tx, id: Uuid, navn: &str, mandat: &str, versjon: i32) -> Result<bool> {
    let svar =
        sqlx::query("update forum set navn = $2, mandat = $3, versjon = versjon + 1 where id = $1 and versjon = $4")
            .bind(id)
            .bind(navn)
            .bind(mandat)
            .bind(versjon)
            .execute(&mut **tx)
            .await?;
    Ok(svar.rows_affected() == 1)
}

pub(super) async fn avslutt(tx: &mut Tx, id: Uuid, siste_dag: Date) -> Result<()> {
    sqlx::query("update forum set gyldig_til = $2, versjon = versjon + 1 where id = $1")
        .bind(id)
        .bind(siste_dag)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
