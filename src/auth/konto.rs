//! Accounts as an administrator meets them. An account may work in several regions, so the administrator of one may
//! mend only what is that region's alone.
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{lenke, okt, totrinn};
use crate::{Error, Result, db::Tx};

/// What became of the wish for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opprettet {
    Ny(Uuid),
    /// Somebody already has an account with this e-mail.
    Finnes(Uuid),
}

const FLERE_REGIONER: &str = "Innloggingen brukes også utenfor regionen din, så den kan ikke endres herfra. \
     Personen bytter passord og telefon selv på «Kontoen min». Du kan avslutte personen eller rollene i din region";

/// Makes an account that has no password before its holder chooses one by a link, unless the e-mail already has one.
pub async fn opprett(tx: &mut Tx, epost: &str, na: OffsetDateTime) -> Result<Opprettet> {
    let ny: Option<Uuid> = sqlx::query_scalar(
        "insert into bruker (id, epost, passord_hash, ma_bytte_passord, opprettet) values ($1, $2, '-', true, $3)
         on conflict (epost) do nothing returning id",
    )
    .bind(Uuid::now_v7())
    .bind(epost)
    .bind(na)
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(id) = ny {
        return Ok(Opprettet::Ny(id));
    }
    let id = sqlx::query_scalar("select id from bruker where epost = $1").bind(epost);
    Ok(Opprettet::Finnes(id.fetch_one(&mut **tx).await?))
}

/// Lets the holder of an account join it to a person here, with a code that is given to them and to nobody else.
pub async fn tilby_kobling(tx: &mut Tx, person: Uuid, bruker: Uuid, kode: &str, na: OffsetDateTime) -> Result<()> {
    sqlx::query(
        "insert into kobling (person_id, bruker_id, kode_hash, opprettet) values ($1, $2, $3, $4)
         on conflict (region_id, person_id) do update
         set bruker_id = excluded.bruker_id, kode_hash = excluded.kode_hash, opprettet = excluded.opprettet",
    )
    .bind(person)
    .bind(bruker)
    .bind(hash_kode(kode))
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Joins the account to the person the code was made for. The region's name, or `None` when the code is wrong or old.
pub(super) async fn koble(tx: &mut Tx, bruker: Uuid, kode: &str, na: OffsetDateTime) -> Result<Option<String>> {
    let region = sqlx::query_scalar("select koble($1, $2, $3)").bind(bruker).bind(hash_kode(kode)).bind(na);
    Ok(region.fetch_one(&mut **tx).await?)
}

fn hash_kode(kode: &str) -> Vec<u8> {
    Sha256::digest(kode.trim().to_lowercase().as_bytes()).to_vec()
}

/// A link by which the holder of an account of this region alone chooses a password: the path that is handed over.
pub async fn lag_lenke(tx: &mut Tx, bruker: Uuid, na: OffsetDateTime) -> Result<String> {
    krev_bare_her(tx, bruker).await?;
    lenke::lag(tx, bruker, na).await
}

/// Takes away the second step of an account of this region alone, and ends its sessions; its holder is told at the next log-in.
pub async fn nullstill_totrinn(tx: &mut Tx, bruker: Uuid, na: OffsetDateTime) -> Result<()> {
    krev_bare_her(tx, bruker).await?;
    totrinn::nullstill(tx, bruker).await?;
    let sagt = sqlx::query("update bruker set totrinn_nullstilt = $2 where id = $1").bind(bruker).bind(na);
    sagt.execute(&mut **tx).await?;
    okt::avslutt_alle(tx, bruker).await
}

/// Closes an account of this region alone and ends its sessions, or opens it again.
pub async fn sett_sperret(tx: &mut Tx, bruker: Uuid, sperret: bool) -> Result<()> {
    krev_bare_her(tx, bruker).await?;
    sqlx::query("update bruker set sperret = $2 where id = $1").bind(bruker).bind(sperret).execute(&mut **tx).await?;
    if sperret { okt::avslutt_alle(tx, bruker).await } else { Ok(()) }
}

/// Ends the sessions in which an account acts in this region.
pub async fn avslutt_her(tx: &mut Tx, bruker: Uuid) -> Result<()> {
    sqlx::query("delete from okt where bruker_id = $1 and region_id = gjeldende_region()")
        .bind(bruker)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Refuses an account that works elsewhere too. Holds the account, so that it does not come to do so meanwhile.
async fn krev_bare_her(tx: &mut Tx, bruker: Uuid) -> Result<()> {
    sqlx::query("select from bruker where id = $1 for update").bind(bruker).fetch_one(&mut **tx).await?;
    let flere: bool = sqlx::query_scalar("select i_flere_regioner($1)").bind(bruker).fetch_one(&mut **tx).await?;
    if flere { Err(Error::Regelbrudd(FLERE_REGIONER.into())) } else { Ok(()) }
}
