//! SQL for a series: the teams one may book for, and what was booked.
use sqlx::Row;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    Result,
    auth::{Handling, Medlem, rett::Omfang},
    db::Tx,
    enhet::Enhetstype,
    forum::Sted,
};

/// A team one may book for.
pub(super) struct Valgbart {
    pub(super) id: Uuid,
    pub(super) navn: String,
    pub(super) kommune: String,
    pub(super) sted: Sted,
}

/// The teams one may book a series for: those one leads, and with a kommune as reach those there and those one sits in.
pub(super) async fn team(tx: &mut Tx, medlem: &Medlem) -> Result<Vec<Valgbart>> {
    let rolle = &medlem.rolle;
    let i_kommunen = rolle.type_.omfang(Handling::BookSerie) == Omfang::Kommune;
    let rader = sqlx::query(
        "select f.id, f.navn, f.kommune_id, f.enhet_id, coalesce(k.navn, '') as kommune, e.type as enhetstype, e.antall
           from forum f
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
          where daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
            and (($1 and f.kommune_id = $2)
                 or exists (select from forum_medlem m
                             where m.region_id = f.region_id and m.forum_id = f.id and m.person_id = gjeldende_person()
                               and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag()
                               and ($1 or (m.leder and ($3::uuid is null or f.enhet_id = $3)))))
          order by k.navn nulls first, f.type = 'tst_enhet', f.navn, f.id",
    )
    .bind(i_kommunen)
    .bind(rolle.kommune)
    .bind(rolle.enhet)
    .fetch_all(&mut **tx)
    .await?;
    let team = rader.iter().map(|r| Valgbart {
        id: r.get("id"),
        navn: r.get("navn"),
        kommune: r.get("kommune"),
        sted: Sted {
            kommune: r.get("kommune_id"),
            enhet: r.get("enhet_id"),
            enhetstype: r.get::<Option<&str>, _>("enhetstype").and_then(|t| t.parse::<Enhetstype>().ok()),
            antall: r.get::<Option<i32>, _>("antall").map(i32::cast_unsigned),
        },
    });
    Ok(team.collect())
}

/// A møte of a series as its receipt lists it.
pub(super) struct Booket {
    pub(super) forum: Uuid,
    pub(super) navn: String,
    pub(super) start: OffsetDateTime,
    pub(super) slutt: OffsetDateTime,
}

/// What the one who asks booked from the first to the last id of a series, team by team.
pub(super) async fn booket(tx: &mut Tx, fra: Uuid, til: Uuid) -> Result<Vec<Booket>> {
    let rader = sqlx::query(
        "select f.id, f.navn, m.start, m.slutt
           from mote m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
          where m.id between $1 and $2 and m.opprettet_av = gjeldende_person() and m.status <> 'avlyst'
          order by f.navn, f.id, m.start
          limit 1000",
    )
    .bind(fra)
    .bind(til)
    .fetch_all(&mut **tx)
    .await?;
    let booket = |r: &sqlx::postgres::PgRow| Booket {
        forum: r.get("id"),
        navn: r.get("navn"),
        start: r.get("start"),
        slutt: r.get("slutt"),
    };
    Ok(rader.iter().map(booket).collect())
}
