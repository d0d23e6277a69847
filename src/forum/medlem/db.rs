//! SQL for seats.
use sqlx::{Row, postgres::PgRow};
use time::Date;
use uuid::Uuid;

use super::{ansvar::Ansvar, views::Personvalg};
use crate::{
    Result,
    db::{Tx, les},
    forum::{self, plass::Onske},
};

/// A seat as it is stored, held until the transaction ends.
pub(super) struct Lagret {
    pub(super) onske: Onske,
    pub(super) versjon: i32,
    pub(super) gyldig_fra: Date,
    pub(super) gyldig_til: Option<Date>,
}

/// Takes the forum, so that two people who change its seats at once take turns.
pub(super) async fn hold_forum(tx: &mut Tx, forum: Uuid) -> Result<()> {
    sqlx::query("select from forum where id = $1 for update").bind(forum).fetch_one(&mut **tx).await?;
    Ok(())
}

pub(super) async fn hent(tx: &mut Tx, forum: Uuid, id: Uuid) -> Result<Lagret> {
    let rad = sqlx::query(
        "select tjenestetype, person_id, vara_person_id, fast, moteplikt, leder, versjon, gyldig_fra, gyldig_til,
                fullmakt, fullmakt_fra, fullmakt_av, kompetanse
           from forum_medlem where forum_id = $1 and id = $2",
    )
    .bind(forum)
    .bind(id)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Lagret {
        onske: Onske {
            tjenestetype: les(&rad, "tjenestetype")?,
            person: rad.get("person_id"),
            vara: rad.get("vara_person_id"),
            fast: rad.get("fast"),
            moteplikt: rad.get("moteplikt"),
            leder: rad.get("leder"),
            evner: forum::db::evner(&rad),
        },
        versjon: rad.get("versjon"),
        gyldig_fra: rad.get("gyldig_fra"),
        gyldig_til: rad.get("gyldig_til"),
    })
}

/// Those who can take a seat: they work in the kommune or for it, or belong to no single place, or sit in the forum already.
pub(super) async fn personer(tx: &mut Tx, forum: Uuid) -> Result<Vec<Personvalg>> {
    let rader = sqlx::query(
        "select p.id, p.navn, concat_ws(', ', nullif(p.tittel, ''), coalesce(t.navn, e.navn)) as hvem
           from forum f
           join person p on p.region_id = f.region_id and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
           left join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
           left join enhet e on e.region_id = p.region_id and e.id = p.enhet_id
          where f.id = $1
            and (f.kommune_id is null or e.kommune_id = f.kommune_id or (p.tjeneste_id is null and p.enhet_id is null)
                 or exists (select from tjeneste_kommune tk
                             where tk.region_id = p.region_id and tk.tjeneste_id = p.tjeneste_id and tk.kommune_id = f.kommune_id
                               and daterange(tk.gyldig_fra, tk.gyldig_til, '[]') @> i_dag())
                 or exists (select from forum_medlem m where m.region_id = f.region_id and m.forum_id = f.id
                                                         and p.id in (m.person_id, m.vara_person_id)))
          order by p.navn, p.id",
    )
    .bind(forum)
    .fetch_all(&mut **tx)
    .await?;
    let valg = |r: &PgRow| Personvalg { id: r.get("id"), navn: r.get("navn"), hvem: r.get("hvem") };
    Ok(rader.iter().map(valg).collect())
}

/// How many coming møter of the forum somebody is called to (not answered, answered), and what they answer for there.
pub(super) async fn innkallinger(tx: &mut Tx, forum: Uuid, person: Option<Uuid>) -> Result<((i64, i64), Ansvar)> {
    let rad = sqlx::query("select ubesvart, besvart, tiltak, bistand from ansvar($1, $2)")
        .bind(forum)
        .bind(person)
        .fetch_one(&mut **tx)
        .await?;
    Ok(((rad.get("ubesvart"), rad.get("besvart")), Ansvar { tiltak: rad.get("tiltak"), bistand: rad.get("bistand") }))
}

/// Somebody's name, and what they answer for in the forum.
pub(super) async fn ansvar(tx: &mut Tx, forum: Uuid, person: Uuid) -> Result<(String, Ansvar)> {
    let rad =
        sqlx::query("select p.navn, a.tiltak, a.bistand from person p, lateral ansvar($1, p.id) a where p.id = $2")
            .bind(forum)
            .bind(person)
            .fetch_one(&mut **tx)
            .await?;
    Ok((rad.get("navn"), Ansvar { tiltak: rad.get("tiltak"), bistand: rad.get("bistand") }))
}

/// Stores a new seat, or changes an old one when `versjon` is still its own; says whether it did.
///
/// The seat belongs to its person's tjeneste; an empty one to the only tjeneste of its kind that serves the kommune.
pub(super) async fn lagre(tx: &mut Tx, forum: Uuid, id: Uuid, onske: &Onske, versjon: i32) -> Result<bool> {
    let svar = sqlx::query(
        "insert into forum_medlem (id, forum_id, person_id, tjenestetype, vara_person_id, fast, moteplikt, leder, gyldig_fra, fullmakt,
                                   fullmakt_fra, fullmakt_av, kompetanse, tjeneste_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, i_dag(), $10, $11, $12, $13,
                 coalesce((select tjeneste_id from person where id = $3),
                          (select min(t.id::text)::uuid
                             from forum f
                             join tjeneste_kommune tk on tk.region_id = f.region_id and tk.kommune_id = f.kommune_id
                             join tjeneste t on t.region_id = tk.region_id and t.id = tk.tjeneste_id and t.type = $4
                            where f.id = $2 and daterange(tk.gyldig_fra, tk.gyldig_til, '[]') @> i_dag()
                              and daterange(t.gyldig_fra, t.gyldig_til, '[]') @> i_dag()
                           having count(*) = 1)))
         on conflict (region_id, id) do update
            set person_id = excluded.person_id, tjenestetype = excluded.tjenestetype, vara_person_id = excluded.vara_person_id,
                fast = excluded.fast, moteplikt = excluded.moteplikt, leder = excluded.leder, tjeneste_id = excluded.tjeneste_id,
                fullmakt = excluded.fullmakt, fullmakt_fra = excluded.fullmakt_fra, fullmakt_av = excluded.fullmakt_av,
                kompetanse = excluded.kompetanse,
                versjon = forum_medlem.versjon + 1
          where forum_medlem.versjon = $9",
    )
    .bind(id)
    .bind(forum)
    .bind(onske.person)
    .bind(onske.tjenestetype.slug())
    .bind(onske.vara)
    .bind(onske.fast)
    .bind(onske.moteplikt)
    .bind(onske.leder)
    .bind(versjon)
    .bind(onske.evner.fullmakt)
    .bind(onske.evner.fra)
    .bind(&onske.evner.av)
    .bind(onske.evner.kompetanse.iter().map(|k| k.slug()).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await?;
    Ok(svar.rows_affected() == 1)
}

/// Takes the leader's role from everybody in the forum, so that one seat can get it.
pub(super) async fn ta_lederrollen(tx: &mut Tx, forum: Uuid, unntatt: Uuid) -> Result<()> {
    sqlx::query(
        "update forum_medlem set leder = false, versjon = versjon + 1
          where forum_id = $1 and id <> $2 and leder and (gyldig_til is null or gyldig_til >= i_dag())",
    )
    .bind(forum)
    .bind(unntatt)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(super) async fn avslutt(tx: &mut Tx, id: Uuid, siste_dag: Date) -> Result<()> {
    sqlx::query("update forum_medlem set gyldig_til = $2, versjon = versjon + 1 where id = $1")
        .bind(id)
        .bind(siste_dag)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
