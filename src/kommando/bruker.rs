//! `bruker`: a systemadministrator, and the region itself when it is new. From there on people are made in the browser.
use samhandling::{
    auth::{hash_passord, lag_passord},
    mote::Elementtype::{self, Generell, Observasjon, Veiledning},
    regelsett::Regelsett,
    tid,
};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Svar, argumenter::NyBruker, si};

/// An agenda: kind of forum, name, and the three elements with their minutes.
type Mal = (&'static str, &'static str, [(Elementtype, i32); 3]);

/// The agendas of a new region.
const MALER: [Mal; 2] = [
    ("tst_enhet", "TST på enheten", [(Generell, 45), (Veiledning, 60), (Observasjon, 45)]),
    ("tst_kommune", "Kommunalt TST", [(Generell, 50), (Veiledning, 50), (Observasjon, 50)]),
];

/// Makes it all in one transaction, as the owner, and tells the password once.
pub(super) async fn opprett(eier: &PgConnectOptions, ny: &NyBruker, na: OffsetDateTime) -> Svar {
    let mut db = PgConnection::connect_with(eier).await?;
    let mut tx = db.begin().await?;
    let kjent: Option<Uuid> =
        sqlx::query_scalar("select id from region where navn = $1").bind(&ny.region).fetch_optional(&mut *tx).await?;
    let region = kjent.unwrap_or_else(Uuid::now_v7);
    let bruker = Uuid::now_v7();
    ga_inn(&mut tx, region, bruker, na).await?;
    if kjent.is_none() {
        ny_region(&mut tx, region, ny).await?;
    }
    let passord = konto(&mut tx, bruker, ny, na).await?;
    if ny.uten_totrinn {
        uten_totrinn(&mut tx, &ny.epost, na).await?;
    }
    administrator(&mut tx, ny, na).await?;
    tx.commit().await?;
    db.close().await?;
    if kjent.is_none() {
        si(format!("Regionen {} er opprettet, med vanlige regler og agendaer.", ny.region));
    }
    si(format!("{} er systemadministrator i {}.", ny.navn, ny.region));
    si(format!("  E-post:  {}", ny.epost));
    si(match passord {
        Some(passord) => format!("  Passord: {passord} (byttes ved første innlogging)"),
        None => "  Passord: det samme som før (--nytt-passord lager et nytt)".to_owned(),
    });
    Ok(())
}

/// The owner too is bound by row security, so it says which region it is in.
async fn ga_inn(tx: &mut PgConnection, region: Uuid, bruker: Uuid, na: OffsetDateTime) -> Svar {
    sqlx::query(
        "select set_config('app.region', $1::text, true), set_config('app.bruker', $2::text, true),
                set_config('app.person', $2::text, true), set_config('app.i_dag', $3::text, true)",
    )
    .bind(region.to_string())
    .bind(bruker.to_string())
    .bind(tid::dag(na).to_string())
    .execute(tx)
    .await?;
    Ok(())
}

async fn ny_region(tx: &mut PgConnection, region: Uuid, ny: &NyBruker) -> Svar {
    sqlx::query("insert into region (id, navn, kontakt_navn, kontakt_epost) values ($1, $2, $3, $4)")
        .bind(region)
        .bind(&ny.region)
        .bind(&ny.navn)
        .bind(&ny.epost)
        .execute(&mut *tx)
        .await?;
    let regel = Regelsett::default();
    let (var_start, host_start) = regel.semestergrenser.tekst();
    let tall = [
        regel.min_varighet,
        regel.min_host,
        regel.min_var,
        regel.stor_host,
        regel.stor_var,
        regel.stor_skole,
        regel.stor_barnehage,
    ];
    sqlx::query(
        "insert into regelsett (id, min_varighet, min_host, min_var, stor_host, stor_var, stor_skole, stor_barnehage,
                                faste_tjenester, host_start, var_start)
         values ($1, ($2::int[])[1], ($2::int[])[2], ($2::int[])[3], ($2::int[])[4], ($2::int[])[5], ($2::int[])[6],
                 ($2::int[])[7], $3, $4, $5)",
    )
    .bind(Uuid::now_v7())
    .bind(tall.map(u32::cast_signed).to_vec())
    .bind(regel.faste_tjenester.iter().map(|t| t.slug().to_owned()).collect::<Vec<String>>())
    .bind(host_start)
    .bind(var_start)
    .execute(&mut *tx)
    .await?;
    for mal in MALER {
        ny_mal(tx, mal).await?;
    }
    Ok(())
}

async fn ny_mal(tx: &mut PgConnection, (forum_type, navn, elementer): Mal) -> Svar {
    let mal = Uuid::now_v7();
    sqlx::query("insert into motemal (id, forum_type, navn, versjon) values ($1, $2, $3, 1)")
        .bind(mal)
        .bind(forum_type)
        .bind(navn)
        .execute(&mut *tx)
        .await?;
    for (plass, (type_, minutter)) in (1..).zip(elementer) {
        let sql = "insert into motemal_element (id, motemal_id, plass, type, tittel, minutter)
                   values ($1, $2, $3, $4, $5, $6)";
        let rad = sqlx::query(sql).bind(Uuid::now_v7()).bind(mal).bind(plass);
        rad.bind(type_.slug()).bind(type_.navn()).bind(minutter).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Makes the account, or gives a known one a new password when asked; the password, when there is a new one.
async fn konto(tx: &mut PgConnection, id: Uuid, ny: &NyBruker, na: OffsetDateTime) -> Svar<Option<String>> {
    let kjent: bool = sqlx::query_scalar("select exists (select from bruker where epost = $1)")
        .bind(&ny.epost)
        .fetch_one(&mut *tx)
        .await?;
    if kjent && !ny.nytt_passord {
        return Ok(None);
    }
    let passord = lag_passord();
    sqlx::query(
        "insert into bruker (id, epost, passord_hash, ma_bytte_passord, opprettet) values ($1, $2, $3, true, $4)
         on conflict (epost) do update set passord_hash = $3, ma_bytte_passord = true, sperret = false",
    )
    .bind(id)
    .bind(&ny.epost)
    .bind(hash_passord(passord.clone()).await?)
    .bind(na)
    .execute(&mut *tx)
    .await?;
    // Whoever was logged in with the old password is not any more.
    sqlx::query("delete from okt where bruker_id = (select id from bruker where epost = $1)")
        .bind(&ny.epost)
        .execute(tx)
        .await?;
    Ok(Some(passord))
}

/// Takes the second step of the log-in away; its holder is told when they log in.
async fn uten_totrinn(tx: &mut PgConnection, epost: &str, na: OffsetDateTime) -> Svar {
    for sql in [
        "delete from gjenopprettingskode where bruker_id = (select id from bruker where epost = $1)",
        "delete from totrinn where bruker_id = (select id from bruker where epost = $1)",
        "delete from okt where bruker_id = (select id from bruker where epost = $1)",
    ] {
        sqlx::query(sql).bind(epost).execute(&mut *tx).await?;
    }
    let sagt = sqlx::query("update bruker set totrinn_nullstilt = $2 where epost = $1").bind(epost).bind(na);
    sagt.execute(tx).await?;
    si("Totrinnskoden er tatt bort.");
    Ok(())
}

async fn administrator(tx: &mut PgConnection, ny: &NyBruker, na: OffsetDateTime) -> Svar {
    let person: Uuid = sqlx::query_scalar(
        "insert into person (id, bruker_id, navn, tittel, epost, gyldig_fra)
         select $1, b.id, $2, 'Systemadministrator', b.epost, $4 from bruker b where b.epost = $3
         on conflict (region_id, epost) do update set bruker_id = excluded.bruker_id, gyldig_til = null
         returning id",
    )
    .bind(Uuid::now_v7())
    .bind(&ny.navn)
    .bind(&ny.epost)
    .bind(tid::dag(na))
    .fetch_one(&mut *tx)
    .await?;
    sqlx::query(
        "insert into rolle (id, person_id, type, gyldig_fra)
         select $1, $2, 'systemadministrator', $3
          where not exists (select from rolle where person_id = $2 and type = 'systemadministrator'
                               and daterange(gyldig_fra, gyldig_til, '[]') @> $3)",
    )
    .bind(Uuid::now_v7())
    .bind(person)
    .bind(tid::dag(na))
    .execute(tx)
    .await?;
    Ok(())
}
