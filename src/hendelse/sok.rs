//! The log as people read it: found by what they ask for, and by row security as far as it is theirs to see.
use serde_json::Value;
use sqlx::{Row, postgres::PgRow};
use time::{Date, Duration, OffsetDateTime, Time};
use uuid::Uuid;

use super::{
    monster::{self, Monster, Telling},
    ord::{Omrade, Slag},
};
use crate::{
    Result,
    db::{Tx, les, les_mulig},
    tid,
    web::{Liste, PER_SIDE, Utdrag},
};

/// How far back the list begins when nothing is said.
const DAGER: i64 = 7;

/// One event.
pub(super) struct Rad {
    pub(super) tid: OffsetDateTime,
    pub(super) slag: Slag,
    pub(super) utfall: super::ord::Utfall,
    pub(super) navn: Option<String>,
    pub(super) rolle_type: Option<String>,
    pub(super) av: String,
    /// Nobody signed in: the house itself.
    pub(super) huset: bool,
    pub(super) tabell: Option<String>,
    pub(super) operasjon: Option<String>,
    pub(super) felter: Vec<String>,
    pub(super) verdier: Option<Value>,
    pub(super) fra: Option<String>,
    pub(super) foresporsel: Option<String>,
    pub(super) arsak: Option<String>,
    /// The møte it was about: team and day.
    pub(super) mote: Option<(String, Date)>,
}

fn rad(r: &PgRow) -> Result<Rad> {
    let mote = r.get::<Option<String>, _>("forum").zip(r.get("dato"));
    Ok(Rad {
        tid: r.get("tid"),
        slag: les(r, "slag")?,
        utfall: les(r, "utfall")?,
        navn: r.get("navn"),
        rolle_type: r.get("rolle_type"),
        av: r.get("av"),
        huset: r.get("huset"),
        tabell: r.get("tabell"),
        operasjon: r.get("operasjon"),
        felter: r.get::<Option<_>, _>("felter").unwrap_or_default(),
        verdier: r.get::<Option<&str>, _>("verdier").and_then(|v| serde_json::from_str(v).ok()),
        fra: r.get("fra"),
        foresporsel: r.get("foresporsel"),
        arsak: r.get("arsak"),
        mote,
    })
}

/// What of the log is asked for.
pub(super) struct Sok {
    pub(super) fra: Date,
    pub(super) til: Option<Date>,
    pub(super) omrade: Option<Omrade>,
    /// Only what the one who asks has done, and no changes.
    bare_mine: bool,
}

impl Sok {
    /// What the address says; a date that is none counts as not said.
    pub(super) fn av(liste: &Liste, i_dag: Date) -> Self {
        Self {
            fra: tid::les_dato(liste.verdi("fra")).unwrap_or_else(|| i_dag.saturating_sub(Duration::days(DAGER))),
            til: tid::les_dato(liste.verdi("til")),
            omrade: liste.verdi("omrade").parse().ok(),
            bare_mine: false,
        }
    }

    /// Everything one has looked at oneself.
    pub(super) fn mine() -> Self {
        Self { fra: Date::MIN, til: None, omrade: None, bare_mine: true }
    }
}

/// One page of the log, the newest first.
pub(super) async fn finn(tx: &mut Tx, liste: &Liste, sok: &Sok) -> Result<Utdrag<Rad>> {
    let tidspunkt = |dag: Date| tid::oyeblikk(dag, Time::MIDNIGHT);
    let fra = (sok.fra != Date::MIN).then(|| tidspunkt(sok.fra));
    let tabeller: Option<Vec<&str>> = sok.omrade.map(|o| o.tabeller().to_vec());
    let rader = sqlx::query(
        r#"with treff as (
               select h.lopenr, h.tid, h.slag, h.utfall, h.region_id, h.person_id, h.bruker_id is null as huset, h.rolle_type, h.av, h.tabell, h.operasjon, h.felter,
                      h.verdier::text as verdier, h.fra, h.foresporsel, h.arsak, h.mote_id
                 from hendelse h
                where ($1::timestamptz is null or h.tid >= $1) and ($2::timestamptz is null or h.tid < $2)
                  and ($3 = '' or h.slag = $3) and ($4 = '' or h.utfall = $4) and ($5::text[] is null or h.tabell = any ($5))
                  and ($6 = '' or h.person_id in (select p.id from person p
                                where strpos(lower(p.navn collate "nb-x-icu"), lower($6 collate "nb-x-icu")) > 0))
                  and (not $7 or (h.person_id = gjeldende_person() and h.slag <> 'endring')))
           select t.*, p.navn, f.navn as forum, m.dato, (select count(*) from treff) as totalt
             from (select * from treff order by lopenr desc
                    limit $8 offset least($9 - 1, greatest((select count(*) from treff) - 1, 0) / $8) * $8) t
             left join person p on p.region_id = t.region_id and p.id = t.person_id
             left join mote m on m.region_id = t.region_id and m.id = t.mote_id
             left join forum f on f.region_id = m.region_id and f.id = m.forum_id
            order by t.lopenr desc"#,
    )
    .bind(fra)
    .bind(sok.til.and_then(Date::next_day).map(tidspunkt))
    .bind(liste.verdi("slag"))
    .bind(liste.verdi("utfall"))
    .bind(tabeller)
    .bind(liste.sok())
    .bind(sok.bare_mine)
    .bind(PER_SIDE)
    .bind(liste.side())
    .fetch_all(&mut **tx)
    .await?;
    let totalt = rader.first().map_or(0, |r| r.get("totalt"));
    Ok(Utdrag::ny(rader.iter().map(rad).collect::<Result<_>>()?, totalt, liste))
}

/// Somebody who has opened a møte.
pub(super) struct Leser {
    pub(super) navn: Option<String>,
    pub(super) rolle_type: Option<String>,
    /// Hours in which it was opened.
    pub(super) ganger: i64,
    pub(super) filer: i64,
    pub(super) sist: OffsetDateTime,
}

/// The team and the day of a møte, and those who have opened it, the last one first.
pub(super) async fn lesere(tx: &mut Tx, mote: Uuid) -> Result<((String, Date), Vec<Leser>)> {
    let rader = sqlx::query(
        "select f.navn as forum, m.dato, p.navn, l.rolle_type, l.ganger, l.filer, l.sist
           from mote m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
           left join lateral (
               select h.person_id, (array_agg(h.rolle_type order by h.lopenr desc))[1] as rolle_type,
                      count(*) filter (where h.slag = 'lest') as ganger, count(*) filter (where h.slag = 'eksport') as filer,
                      max(h.tid) as sist
                 from hendelse h
                where h.region_id = m.region_id and h.mote_id = m.id and h.slag in ('lest', 'eksport')
                group by h.person_id) l on true
           left join person p on p.region_id = m.region_id and p.id = l.person_id
          where m.id = $1
          order by l.sist desc, p.navn",
    )
    .bind(mote)
    .fetch_all(&mut **tx)
    .await?;
    let forste = rader.first().ok_or(crate::Error::IkkeFunnet)?;
    let leser = |r: &PgRow| {
        // Nobody has opened it yet: a row without a reader.
        let sist = r.get::<Option<_>, _>("sist")?;
        let (navn, rolle_type) = (r.get("navn"), r.get("rolle_type"));
        Some(Leser { navn, rolle_type, ganger: r.get("ganger"), filer: r.get("filer"), sist })
    };
    Ok(((forste.get("forum"), forste.get("dato")), rader.iter().filter_map(leser).collect()))
}

/// A pattern, and what an administrator has found out about it.
pub(super) struct Funn {
    pub(super) person: Uuid,
    pub(super) navn: String,
    pub(super) monster: Monster,
    pub(super) antall: i64,
    pub(super) time: OffsetDateTime,
    /// Who looked into it, when, and what they wrote.
    pub(super) sett: Option<(String, OffsetDateTime, String)>,
}

/// What should be looked into and what has been, the newest first.
pub(super) async fn funn(tx: &mut Tx) -> Result<Vec<Funn>> {
    let rader = sqlx::query(
        "select u.person_id, u.navn, u.timen, u.avvist, u.lest, u.feilet, o.monster, o.kommentar, o.sett, s.navn as sett_av
           from uvanlig_bruk($1, $2) u
           left join oppfolging o on o.region_id = gjeldende_region() and o.person_id = u.person_id and o.time = u.timen
           left join person s on s.region_id = gjeldende_region() and s.id = o.sett_av
          order by u.timen desc, u.navn, u.person_id",
    )
    .bind(monster::DAGER)
    .bind(i32::try_from(monster::MINST).unwrap_or_default())
    .fetch_all(&mut **tx)
    .await?;
    let mut alle: Vec<Funn> = Vec::new();
    for r in &rader {
        let time: OffsetDateTime = r.get("timen");
        let telling = Telling {
            avvist: r.get("avvist"),
            lest: r.get("lest"),
            feilet: r.get("feilet"),
            klokke: tid::lokal(time).hour(),
        };
        let om: Option<Monster> = les_mulig(r, "monster")?;
        for (monster, antall) in monster::i_timen(telling) {
            let person = r.get("person_id");
            let sett = (om == Some(monster)).then(|| (r.get("sett_av"), r.get("sett"), r.get("kommentar")));
            // Several patterns of one hour that are looked into come once for each.
            match alle.iter_mut().find(|f| f.person == person && f.time == time && f.monster == monster) {
                Some(kjent) => kjent.sett = kjent.sett.take().or(sett),
                None => alle.push(Funn { person, navn: r.get("navn"), monster, antall, time, sett }),
            }
        }
    }
    Ok(alle)
}

/// The name of somebody that a pattern is about.
pub(super) async fn navn(tx: &mut Tx, person: Uuid) -> Result<String> {
    Ok(sqlx::query_scalar("select navn from person where id = $1").bind(person).fetch_one(&mut **tx).await?)
}

/// Keeps that a pattern has been looked into; `false` when somebody already has.
pub(super) async fn merk_sett(
    tx: &mut Tx,
    person: Uuid,
    (monster, time): (Monster, OffsetDateTime),
    kommentar: &str,
    na: OffsetDateTime,
) -> Result<bool> {
    let svar = sqlx::query(
        "insert into oppfolging (id, person_id, monster, time, kommentar, sett) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(Uuid::now_v7())
    .bind(person)
    .bind(monster.slug())
    .bind(time)
    .bind(kommentar)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(svar.rows_affected() > 0)
}

/// For the card on the front page: events of the last day, and patterns that nobody has looked into.
pub async fn i_tall(tx: &mut Tx) -> Result<(i64, usize)> {
    let siste = sqlx::query_scalar("select count(*) from hendelse where tid > now() - interval '1 day'");
    let siste = siste.fetch_one(&mut **tx).await?;
    Ok((siste, funn(tx).await?.iter().filter(|f| f.sett.is_none()).count()))
}
