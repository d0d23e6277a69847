//! SQL for persons.
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::skjema::Onsket;
use crate::{
    Result,
    auth::konto,
    db::Tx,
    forum::{self, Arving},
};

/// How many persons stand on one page of the list.
pub(super) const PER_SIDE: i64 = 50;

/// A line of the list.
#[derive(FromRow)]
pub(super) struct Linje {
    pub(super) id: Uuid,
    pub(super) navn: String,
    pub(super) tittel: String,
    pub(super) epost: String,
    pub(super) arbeidssted: String,
    pub(super) roller: Vec<String>,
    pub(super) har_innlogging: bool,
    pub(super) gyldig_til: Option<Date>,
    /// How many the whole list has.
    antall: i64,
}

/// A person with their account, if there is one.
#[derive(FromRow)]
pub(super) struct Person {
    pub(super) id: Uuid,
    pub(super) navn: String,
    pub(super) tittel: String,
    pub(super) epost: String,
    pub(super) telefon: String,
    pub(super) tjeneste_id: Option<Uuid>,
    pub(super) tjeneste: Option<String>,
    pub(super) enhet_id: Option<Uuid>,
    pub(super) enhet: Option<String>,
    pub(super) gyldig_fra: Date,
    pub(super) gyldig_til: Option<Date>,
    pub(super) versjon: i32,
    pub(super) bruker_id: Option<Uuid>,
    #[sqlx(flatten)]
    pub(super) konto: Konto,
    /// Whether a code is asked for beside the password.
    pub(super) har_totrinn: bool,
    /// Whether a code has been made for joining an account that exists.
    pub(super) venter_pa_kode: bool,
}

/// The account somebody logs in with; no e-mail when they have none.
#[derive(FromRow)]
pub(super) struct Konto {
    #[sqlx(rename = "konto_epost")]
    pub(super) epost: Option<String>,
    pub(super) sperret: bool,
    pub(super) ma_bytte_passord: bool,
    pub(super) i_flere_regioner: bool,
}

/// A seat in a forum that has not ended.
#[derive(FromRow)]
pub(super) struct Plass {
    pub(super) id: Uuid,
    pub(super) forum_id: Uuid,
    pub(super) navn: String,
    pub(super) leder: bool,
    pub(super) fast: bool,
    /// How many tiltak of the team they answer for that have not ended.
    pub(super) tiltak: i64,
    /// How many møter to come they lead.
    pub(super) moter: i64,
}

/// Something to choose in a form.
#[derive(FromRow)]
struct Alternativ {
    slag: String,
    id: Uuid,
    navn: String,
}

/// What can be chosen: id and name.
#[derive(Default)]
pub(super) struct Alternativer {
    pub(super) kommuner: Vec<(Uuid, String)>,
    pub(super) tjenester: Vec<(Uuid, String)>,
    pub(super) enheter: Vec<(Uuid, String)>,
}

/// One page of the persons that match, and how many there are in all.
pub(super) async fn liste(tx: &mut Tx, sok: &str, vis: &str, side: i64) -> Result<(Vec<Linje>, i64)> {
    let linjer: Vec<Linje> = sqlx::query_as(
        "select p.id, p.navn, p.tittel, p.epost, concat_ws(', ', e.navn, t.navn) as arbeidssted,
                p.bruker_id is not null as har_innlogging, p.gyldig_til, count(*) over () as antall,
                array(select distinct r.type from rolle r
                       where r.region_id = p.region_id and r.person_id = p.id
                         and daterange(r.gyldig_fra, r.gyldig_til, '[]') @> i_dag() order by r.type) as roller
           from person p
           left join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
           left join enhet e on e.region_id = p.region_id and e.id = p.enhet_id
          where position(lower($1) in lower(concat_ws(' ', p.navn, p.epost, p.tittel, e.navn, t.navn))) > 0
            and case $2 when 'alle' then true
                        when 'avsluttet' then coalesce(p.gyldig_til < i_dag(), false)
                        else coalesce(p.gyldig_til >= i_dag(), true) end
          order by p.navn, p.id
          limit $3 offset $4",
    )
    .bind(sok)
    .bind(vis)
    .bind(PER_SIDE)
    .bind((side - 1) * PER_SIDE)
    .fetch_all(&mut **tx)
    .await?;
    let antall = linjer.first().map_or(0, |l| l.antall);
    Ok((linjer, antall))
}

pub(super) async fn hent(tx: &mut Tx, id: Uuid) -> Result<Person> {
    let person = sqlx::query_as(
        "select p.id, p.navn, p.tittel, p.epost, p.telefon, p.tjeneste_id, t.navn as tjeneste, p.enhet_id, e.navn as enhet,
                p.gyldig_fra, p.gyldig_til, p.versjon, p.bruker_id, k.epost as konto_epost,
                coalesce(k.sperret, false) as sperret, coalesce(k.ma_bytte_passord, false) as ma_bytte_passord,
                coalesce(k.i_flere_regioner, false) as i_flere_regioner,
                exists (select from kobling ko where ko.region_id = p.region_id and ko.person_id = p.id) as venter_pa_kode,
                har_totrinn(p.bruker_id) as har_totrinn
           from person p
           left join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
           left join enhet e on e.region_id = p.region_id and e.id = p.enhet_id
           left join lateral kontostand(p.bruker_id) k on true
          where p.id = $1",
    );
    Ok(person.bind(id).fetch_one(&mut **tx).await?)
}

pub(super) async fn plasser(tx: &mut Tx, id: Uuid) -> Result<Vec<Plass>> {
    let plasser = sqlx::query_as(
        "select m.id, m.forum_id, f.navn, m.leder, m.fast, a.moter, a.tiltak
           from forum_medlem m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
          cross join lateral ansvar(m.forum_id, m.person_id) a
          where m.person_id = $1 and coalesce(m.gyldig_til >= i_dag(), true) and coalesce(f.gyldig_til >= i_dag(), true)
          order by f.navn",
    );
    Ok(plasser.bind(id).fetch_all(&mut **tx).await?)
}

/// What a person or a role can belong to: what is in use, and those already chosen.
pub(super) async fn alternativer(tx: &mut Tx, valgte: &[Uuid]) -> Result<Alternativer> {
    let rader: Vec<Alternativ> = sqlx::query_as(
        "select slag, id, navn from (
             select 'kommune' as slag, id, navn, navn as plass, gyldig_til from kommune
             union all
             select 'tjeneste', id, navn, navn, gyldig_til from tjeneste
             union all
             select 'enhet', e.id, e.navn || ' (' || k.navn || ')', k.navn || ' ' || e.navn, e.gyldig_til
               from enhet e join kommune k on k.region_id = e.region_id and k.id = e.kommune_id) alt
          where coalesce(gyldig_til >= i_dag(), true) or id = any ($1)
          order by slag, plass",
    )
    .bind(valgte)
    .fetch_all(&mut **tx)
    .await?;
    let mut alle = Alternativer::default();
    for rad in rader {
        let liste = match rad.slag.as_str() {
            "kommune" => &mut alle.kommuner,
            "tjeneste" => &mut alle.tjenester,
            _ => &mut alle.enheter,
        };
        liste.push((rad.id, rad.navn));
    }
    Ok(alle)
}

/// Those who can take over from somebody: everybody else in service, by name.
pub(super) async fn andre(tx: &mut Tx, id: Uuid) -> Result<Vec<(Uuid, String)>> {
    let andre = sqlx::query_as(
        "select p.id, concat_ws(', ', p.navn, nullif(p.tittel, ''), coalesce(e.navn, t.navn)) from person p
           left join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
           left join enhet e on e.region_id = p.region_id and e.id = p.enhet_id
          where p.id <> $1 and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
          order by p.navn, p.id",
    );
    Ok(andre.bind(id).fetch_all(&mut **tx).await?)
}

pub(super) async fn opprett(tx: &mut Tx, ny: &Onsket) -> Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into person (id, navn, tittel, epost, telefon, tjeneste_id, enhet_id, gyldig_fra, gyldig_til)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(&ny.navn)
    .bind(&ny.tittel)
    .bind(&ny.epost)
    .bind(&ny.telefon)
    .bind(ny.tjeneste)
    .bind(ny.enhet)
    .bind(ny.gyldig_fra)
    .bind(ny.gyldig_til)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Whether the change was made: not when somebody else has changed the person since `versjon`.
pub(super) async fn endre(tx: &mut Tx, id: Uuid, versjon: i32, ny: &Onsket) -> Result<bool> {
    let endret = sqlx::query(
        "update person set navn = $3, tittel = $4, epost = $5, telefon = $6, tjeneste_id = $7, enhet_id = $8,
                           gyldig_fra = $9, gyldig_til = $10, versjon = versjon + 1
          where id = $1 and versjon = $2",
    )
    .bind(id)
    .bind(versjon)
    .bind(&ny.navn)
    .bind(&ny.tittel)
    .bind(&ny.epost)
    .bind(&ny.telefon)
    .bind(ny.tjeneste)
    .bind(ny.enhet)
    .bind(ny.gyldig_fra)
    .bind(ny.gyldig_til)
    .execute(&mut **tx)
    .await?;
    folger(tx, id, endret.rows_affected(), ny.gyldig_til, &[]).await
}

/// Ends a person after `siste_dag`, and with them roles, seats and sessions. Whether it was done, as for [`endre`].
pub(super) async fn avslutt(tx: &mut Tx, id: Uuid, versjon: i32, siste_dag: Date, arvinger: &[Arving]) -> Result<bool> {
    let endret = sqlx::query("update person set gyldig_til = $3, versjon = versjon + 1 where id = $1 and versjon = $2")
        .bind(id)
        .bind(versjon)
        .bind(siste_dag)
        .execute(&mut **tx)
        .await?;
    folger(tx, id, endret.rows_affected(), Some(siste_dag), arvinger).await
}

/// What follows from a person's last day, when a row was changed; otherwise the page was stale or nobody is there.
async fn folger(tx: &mut Tx, id: Uuid, endret: u64, siste_dag: Option<Date>, arvinger: &[Arving]) -> Result<bool> {
    let bruker: Option<Uuid> =
        sqlx::query_scalar("select bruker_id from person where id = $1").bind(id).fetch_one(&mut **tx).await?;
    if endret == 0 {
        return Ok(false);
    }
    let Some(siste_dag) = siste_dag else { return Ok(true) };
    sqlx::query("delete from rolle where person_id = $1 and gyldig_fra > greatest($2, i_dag())")
        .bind(id)
        .bind(siste_dag)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "update rolle set gyldig_til = greatest(gyldig_fra, $2), versjon = versjon + 1
          where person_id = $1 and (gyldig_til is null or gyldig_til > greatest(gyldig_fra, $2))",
    )
    .bind(id)
    .bind(siste_dag)
    .execute(&mut **tx)
    .await?;
    forum::frigi_plasser(tx, id, siste_dag, arvinger).await?;
    if let Some(bruker) = bruker {
        let na_over: bool = sqlx::query_scalar("select $1 <= i_dag()").bind(siste_dag).fetch_one(&mut **tx).await?;
        if na_over {
            konto::avslutt_her(tx, bruker).await?;
        }
    }
    Ok(true)
}
