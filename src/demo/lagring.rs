//! Writing a region's rows: one statement a table, in the order the foreign keys want.
use serde::Serialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{rader::Rader, regioner::Region, rom};
use crate::{Error, Result};

/// Names region, account, person and day for the transaction; the owner too is bound by row security.
pub(super) async fn ga_inn(db: &mut PgConnection, region: Uuid, i_dag: Date) -> Result<()> {
    sqlx::query(
        "select set_config('app.region', $1::text, true), set_config('app.bruker', $1::text, true),
                set_config('app.person', $1::text, true), set_config('app.i_dag', $2::text, true)",
    )
    .bind(region.to_string())
    .bind(i_dag.to_string())
    .execute(db)
    .await?;
    Ok(())
}

/// Turns the hendelseslogg off while a whole region is filled, and on again: that it was off is its first event.
pub(super) async fn logg_pause(db: &mut PgConnection, av: bool) -> Result<()> {
    sqlx::query("select logg_pause($1)").bind(av).execute(db).await?;
    Ok(())
}

pub(super) async fn finnes(db: &mut PgConnection, region: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select from region where id = $1)").bind(region).fetch_one(db).await?)
}

/// Makes the region itself; an error when one of that name was there before.
pub(super) async fn region(db: &mut PgConnection, id: Uuid, region: &Region, kontakt: (&str, &str)) -> Result<()> {
    let sql = "insert into region (id, navn, visjon, kontakt_navn, kontakt_epost) values ($1, $2, $3, $4, $5)";
    let svar = sqlx::query(sql)
        .bind(id)
        .bind(region.navn)
        .bind(region.visjon)
        .bind(kontakt.0)
        .bind(kontakt.1)
        .execute(db)
        .await
        .map_err(Error::from);
    match svar {
        Err(feil) if feil.on_constraint("region_navn") => Err(Error::Regelbrudd(format!(
            "Regionen {} finnes fra før og er ikke laget av demoen. Demodata trenger en tom database",
            region.navn
        ))),
        svar => svar.map(drop),
    }
}

/// Writes every row. `fra` is when kommuner, people and roles became valid.
pub(super) async fn rader(
    db: &mut PgConnection,
    rader: &Rader,
    (passord, fra, na): (&str, Date, OffsetDateTime),
) -> Result<()> {
    sqlx::query(
        "insert into bruker (id, epost, passord_hash, demo, opprettet)
         select id, epost, $2, true, $3 from json_populate_recordset(null::bruker, $1::text::json)",
    )
    .bind(json(&rader.bruker)?)
    .bind(passord)
    .bind(na)
    .execute(&mut *db)
    .await?;
    for (sql, rader) in [
        (KOMMUNE, json(&rader.kommune)?),
        (TJENESTE, json(&rader.tjeneste)?),
        (TJENESTE_KOMMUNE, json(&rader.tjeneste_kommune)?),
        (ENHET, json(&rader.enhet)?),
        (PERSON, json(&rader.person)?),
        (ROLLE, json(&rader.rolle)?),
    ] {
        sqlx::query(sql).bind(rader).bind(fra).execute(&mut *db).await?;
    }
    for (sql, rader) in [
        (REGELSETT, json(&rader.regelsett)?),
        (MOTEMAL, json(&rader.motemal)?),
        (MOTEMAL_ELEMENT, json(&rader.motemal_element)?),
        (FORUM, json(&rader.forum)?),
        (FORUM_MEDLEM, json(&rader.forum_medlem)?),
        (MOTE, json(&rader.mote)?),
        (MOTEELEMENT, json(&rader.moteelement)?),
        (MOTEDELTAKER, json(&rader.motedeltaker)?),
        (BESLUTNING, json(&rader.beslutning)?),
    ] {
        sqlx::query(sql).bind(rader).execute(&mut *db).await?;
    }
    rom::lagre(&mut *db, na).await?;
    ferdigstill(db, rader).await
}

/// Locks the møter that have been held, now that everything in them is written.
async fn ferdigstill(db: &mut PgConnection, rader: &Rader) -> Result<()> {
    let (id, tid): (Vec<_>, Vec<_>) = rader.mote.iter().filter_map(|m| Some((m.id, m.ferdigstilt?))).unzip();
    sqlx::query(
        "update mote m set status = 'ferdigstilt', ferdigstilt = f.tid, ferdigstilt_av = m.moteleder_id
           from unnest($1::uuid[], $2::timestamptz[]) as f (id, tid)
          where m.region_id = gjeldende_region() and m.id = f.id",
    )
    .bind(id)
    .bind(tid)
    .execute(db)
    .await?;
    Ok(())
}

pub(super) fn json<T: Serialize>(rader: &[T]) -> Result<String> {
    serde_json::to_string(rader).map_err(|feil| Error::Intern(feil.to_string()))
}

const KOMMUNE: &str = "
    insert into kommune (id, kommunenummer, navn, gyldig_fra)
    select id, kommunenummer, navn, $2 from json_populate_recordset(null::kommune, $1::text::json)";

const TJENESTE: &str = "
    insert into tjeneste (id, type, navn, kontakt, gyldig_fra)
    select id, type, navn, kontakt, $2 from json_populate_recordset(null::tjeneste, $1::text::json)";

const TJENESTE_KOMMUNE: &str = "
    insert into tjeneste_kommune (tjeneste_id, kommune_id, gyldig_fra)
    select tjeneste_id, kommune_id, $2 from json_populate_recordset(null::tjeneste_kommune, $1::text::json)";

const ENHET: &str = "
    insert into enhet (id, kommune_id, type, orgnr, navn, antall, trinn_fra, trinn_til, eier, gyldig_fra)
    select id, kommune_id, type, orgnr, navn, antall, trinn_fra, trinn_til, eier, $2
      from json_populate_recordset(null::enhet, $1::text::json)";

const PERSON: &str = "
    insert into person (id, bruker_id, navn, tittel, epost, tjeneste_id, enhet_id, gyldig_fra)
    select id, bruker_id, navn, tittel, epost, tjeneste_id, enhet_id, $2
      from json_populate_recordset(null::person, $1::text::json)";

const ROLLE: &str = "
    insert into rolle (id, person_id, type, kommune_id, enhet_id, gyldig_fra)
    select id, person_id, type, kommune_id, enhet_id, $2 from json_populate_recordset(null::rolle, $1::text::json)";

const REGELSETT: &str = "
    insert into regelsett (id, kommune_id, enhet_id, min_varighet, min_host, min_var, stor_host, stor_var, stor_skole,
                           stor_barnehage, faste_tjenester, host_start, var_start, begrunnelse)
    select id, kommune_id, enhet_id, min_varighet, min_host, min_var, stor_host, stor_var, stor_skole, stor_barnehage,
           faste_tjenester, host_start, var_start, begrunnelse
      from json_populate_recordset(null::regelsett, $1::text::json)";

const MOTEMAL: &str = "
    insert into motemal (id, forum_type, navn, versjon, apning, avrunding, sjekk_for, sjekk_etter)
    select id, forum_type, navn, 1, apning, avrunding, sjekk_for, sjekk_etter from json_populate_recordset(null::motemal, $1::text::json)";

const MOTEMAL_ELEMENT: &str = "
    insert into motemal_element (id, motemal_id, plass, type, tittel, hjelp, minutter)
    select id, motemal_id, plass, type, tittel, hjelp, minutter
      from json_populate_recordset(null::motemal_element, $1::text::json)";

const FORUM: &str = "
    insert into forum (id, type, navn, mandat, kommune_id, enhet_id, gyldig_fra)
    select id, type, navn, mandat, kommune_id, enhet_id, gyldig_fra
      from json_populate_recordset(null::forum, $1::text::json)";

const FORUM_MEDLEM: &str = "
    insert into forum_medlem (id, forum_id, person_id, tjenestetype, tjeneste_id, fast, moteplikt, leder,
                              vara_person_id, gyldig_fra, fullmakt_fra, fullmakt_av, kompetanse)
    select id, forum_id, person_id, tjenestetype, tjeneste_id, fast, moteplikt, leder, vara_person_id, gyldig_fra, fullmakt_fra,
           fullmakt_av, kompetanse
      from json_populate_recordset(null::forum_medlem, $1::text::json)";

const MOTE: &str = "
    insert into mote (id, forum_id, motemal_id, start, minutter, sted, status, kort_begrunnelse, avlyst_begrunnelse,
                      mangler_begrunnelse, moteleder_id, opprettet_av, opprettet, startet)
    select id, forum_id, motemal_id, start, minutter, sted, status, kort_begrunnelse, avlyst_begrunnelse,
           mangler_begrunnelse, moteleder_id, moteleder_id, opprettet, startet
      from json_populate_recordset(null::mote, $1::text::json)";

const MOTEELEMENT: &str = "
    insert into moteelement (id, mote_id, plass, type, tittel, hjelp, minutter, gjennomfort, notat, notat_av, notat_tid)
    select id, mote_id, plass, type, tittel, hjelp, minutter, gjennomfort, notat, notat_av, notat_tid
      from json_populate_recordset(null::moteelement, $1::text::json)";

const MOTEDELTAKER: &str = "
    insert into motedeltaker (id, mote_id, person_id, tjenestetype, fast, moteplikt, svar, oppmote, vara_navn, grunn,
                              svar_tid, oppmote_tid, oppmote_av)
    select id, mote_id, person_id, tjenestetype, fast, moteplikt, svar, oppmote, vara_navn, grunn, svar_tid,
           oppmote_tid, oppmote_av
      from json_populate_recordset(null::motedeltaker, $1::text::json)";

const BESLUTNING: &str = "
    insert into beslutning (id, moteelement_id, tekst, tjenestetype, opprettet_av, opprettet)
    select id, moteelement_id, tekst, tjenestetype, opprettet_av, opprettet
      from json_populate_recordset(null::beslutning, $1::text::json)";
