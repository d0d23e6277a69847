//! SQL for many enheter at once: what an import saves, in one statement each.
use sqlx::{Postgres, postgres::PgArguments, query::Query};
use uuid::Uuid;

use crate::{
    Error, Result,
    db::Tx,
    enhet::{Eier, Enhetstype},
    forum,
};

/// One enhet to be saved together with others, named by kommunenummer and orgnr.
#[derive(Clone, Debug)]
pub struct Enhetsrad {
    pub id: Uuid,
    pub kommunenr: String,
    pub type_: Enhetstype,
    pub orgnr: String,
    pub navn: String,
    pub antall: Option<u32>,
    pub fra: Option<u32>,
    pub til: Option<u32>,
    pub eier: Eier,
}

/// Adds enheter that are with the region from today.
pub async fn opprett_flere(tx: &mut Tx, rader: &[Enhetsrad]) -> Result<()> {
    let sql = "insert into enhet (id, kommune_id, type, orgnr, navn, antall, trinn_fra, trinn_til, eier, gyldig_fra)
               select r.id, k.id, r.type, r.orgnr, r.navn, r.antall, r.fra, r.til, r.eier, i_dag()
                 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::int[], $9::text[])
                      as r (id, kommunenr, type, orgnr, navn, antall, fra, til, eier)
                 join kommune k on k.kommunenummer = r.kommunenr";
    alle(kolonner(sqlx::query(sql), rader).execute(&mut **tx).await?.rows_affected(), rader)
}

/// Saves enheter over what was there. Their teams move along to another kommune.
pub async fn lagre_flere(tx: &mut Tx, rader: &[Enhetsrad]) -> Result<()> {
    let sql = "update enhet e set kommune_id = k.id, type = r.type, orgnr = r.orgnr, navn = r.navn, antall = r.antall,
                      trinn_fra = r.fra, trinn_til = r.til, eier = r.eier, versjon = e.versjon + 1
                 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::int[], $9::text[])
                      as r (id, kommunenr, type, orgnr, navn, antall, fra, til, eier)
                 join kommune k on k.kommunenummer = r.kommunenr
                where e.region_id = k.region_id and e.id = r.id";
    alle(kolonner(sqlx::query(sql), rader).execute(&mut **tx).await?.rows_affected(), rader)?;
    forum::folg_enhetene(tx).await
}

/// Binds the rows as columns.
fn kolonner<'q>(
    sporring: Query<'q, Postgres, PgArguments>,
    rader: &'q [Enhetsrad],
) -> Query<'q, Postgres, PgArguments> {
    let tall = |felt: fn(&Enhetsrad) -> Option<u32>| -> Vec<Option<i32>> {
        rader.iter().map(|r| felt(r).and_then(|tall| i32::try_from(tall).ok())).collect()
    };
    let tekst = |felt: fn(&Enhetsrad) -> &str| -> Vec<&'q str> { rader.iter().map(felt).collect() };
    sporring
        .bind(rader.iter().map(|r| r.id).collect::<Vec<Uuid>>())
        .bind(tekst(|r| &r.kommunenr))
        .bind(tekst(|r| r.type_.slug()))
        .bind(tekst(|r| &r.orgnr))
        .bind(tekst(|r| &r.navn))
        .bind(tall(|r| r.antall))
        .bind(tall(|r| r.fra))
        .bind(tall(|r| r.til))
        .bind(tekst(|r| r.eier.slug()))
}

/// All or nothing: a row that found no kommune, or no enhet, stops the rest.
fn alle(lagret: u64, rader: &[Enhetsrad]) -> Result<()> {
    if lagret == rader.len() as u64 {
        return Ok(());
    }
    Err(Error::Regelbrudd("Noen endret kommunene eller enhetene samtidig. Ingenting er lagret. Prøv igjen".into()))
}
