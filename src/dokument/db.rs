//! SQL for documents: everything a møte says, for one or for many, in two statements.
use std::{borrow::Cow, fmt::Display, str::FromStr};

use serde::{Deserialize, Deserializer, de::Error as _};
use sqlx::{Row, postgres::PgRow};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    Error, Result,
    db::{Tx, les},
    kompetanse::Heving,
    medvirkning::Medvirkning,
    mote::{Elementtype, Status},
    oppmote::{self, Deltaker},
    sak::Saker,
    sladding::Spor,
    tid,
    tiltak::{self, Niva},
    tjeneste::Tjenestetype,
};

/// A møte with all that is to stand in its document.
pub(super) struct Mote {
    pub(super) forum: String,
    /// The unit and the kommune in words, as far as the forum has them.
    pub(super) hvor: String,
    pub(super) start: OffsetDateTime,
    pub(super) slutt: OffsetDateTime,
    pub(super) sted: String,
    pub(super) status: Status,
    pub(super) minutter: u32,
    pub(super) moteleder: String,
    pub(super) kort_begrunnelse: String,
    pub(super) mangler_begrunnelse: String,
    pub(super) apning: String,
    pub(super) avrunding: String,
    pub(super) saker: Saker,
    pub(super) punkter: Vec<Punkt>,
    pub(super) deltakere: Vec<Deltaker>,
    /// How children and guardians took part.
    pub(super) medvirkning: Medvirkning,
    /// The team's tiltak that have not ended, for those who may see them, while the møte is not over.
    pub(super) apne: Vec<Tiltak>,
    /// What has been taken out of it, or is asked to be.
    pub(super) sladdinger: Vec<Spor>,
    /// The version that counts, once it is ferdigstilt.
    pub(super) versjon: Option<Versjon>,
}

/// The version of a referat that counts.
pub(super) struct Versjon {
    pub(super) nr: i32,
    pub(super) tid: OffsetDateTime,
    pub(super) av: String,
    /// Why the one before it was corrected; empty for the first.
    pub(super) grunn: String,
    pub(super) merknader: i64,
}

/// An element of the agenda, in the words of the version that counts.
#[derive(Deserialize)]
pub(super) struct Punkt {
    #[serde(deserialize_with = "ord")]
    pub(super) elementtype: Elementtype,
    pub(super) tittel: String,
    pub(super) hjelp: String,
    pub(super) minutter: u32,
    pub(super) gjennomfort: bool,
    pub(super) notat: String,
    /// Whether a tiltak round a single child came out of it, also one that the reader may not see.
    pub(super) individ: bool,
    pub(super) beslutninger: Vec<Beslutning>,
    pub(super) tiltak: Vec<Tiltak>,
    /// What the staff were guided in.
    pub(super) kompetanse: Vec<Heving>,
}

#[derive(Deserialize)]
pub(super) struct Beslutning {
    pub(super) id: Uuid,
    pub(super) tekst: String,
    #[serde(deserialize_with = "ord")]
    pub(super) tjeneste: Tjenestetype,
}

#[derive(Deserialize)]
pub(super) struct Tiltak {
    pub(super) beslutning: Option<Uuid>,
    pub(super) hva: String,
    pub(super) mal: String,
    #[serde(deserialize_with = "ord")]
    pub(super) niva: Niva,
    #[serde(deserialize_with = "ord")]
    pub(super) tjeneste: Tjenestetype,
    pub(super) ansvarlig: String,
    #[serde(with = "tid::iso_dato")]
    pub(super) frist: Date,
    #[serde(with = "tid::iso_dato")]
    pub(super) evaluering: Date,
    #[serde(deserialize_with = "ord")]
    pub(super) status: tiltak::Status,
}

/// A team, and how many of the period's referater the one who asks may not read.
pub(super) struct Team {
    pub(super) navn: String,
    pub(super) hvor: String,
    pub(super) utenfor: usize,
}

/// A team and its ferdigstilte møter in a period: all of them, or those the one who asks was called in to.
pub(super) async fn team(
    tx: &mut Tx,
    forum: Uuid,
    (fra, til): (Date, Date),
    (alle, innkalt): (bool, bool),
) -> Result<(Team, Vec<Uuid>)> {
    let rad = sqlx::query(
        "select f.navn, concat_ws(', ', e.navn, k.navn) as hvor, m.ider, m.antall
           from forum f
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
           left join lateral (
               select count(*) as antall,
                      array_agg(m.id order by m.start, m.id) filter (where $4 or $5 and exists (
                          select from motedeltaker d
                           where d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person())) as ider
                 from mote m
                where m.region_id = f.region_id and m.forum_id = f.id and m.dato between $2 and $3
                  and m.status = 'ferdigstilt') m on true
          where f.id = $1",
    )
    .bind(forum)
    .bind(fra)
    .bind(til)
    .bind(alle)
    .bind(innkalt)
    .fetch_one(&mut **tx)
    .await?;
    let ider = rad.get::<Option<Vec<Uuid>>, _>("ider").unwrap_or_default();
    let antall = usize::try_from(rad.get::<i64, _>("antall")).unwrap_or_default();
    Ok((Team { navn: rad.get("navn"), hvor: rad.get("hvor"), utenfor: antall.saturating_sub(ider.len()) }, ider))
}

/// These møter, the earliest first; tiltak only when `tiltak`. What a correction says stands instead of what was locked.
pub(super) async fn moter(tx: &mut Tx, ider: &[Uuid], tiltak: bool) -> Result<Vec<Mote>> {
    let rader = sqlx::query(
        "select m.id, m.start, m.slutt, m.sted, m.status, m.minutter, f.navn as forum,
                concat_ws(', ', e.navn, k.navn) as hvor, coalesce(l.navn, '') as moteleder,
                coalesce(m.kort_begrunnelse, '') as kort, coalesce(m.mangler_begrunnelse, '') as mangler,
                coalesce(mal.apning, '') as apning, coalesce(mal.avrunding, '') as avrunding,
                saker_ved_mote(m)::text as saker, sladdinger_ved_mote(m)::text as sladdinger, coalesce(v.nr, 1) as nr, coalesce(v.rettet, m.ferdigstilt) as tid,
                coalesce(av.navn, '') as av, coalesce(v.grunn, '') as grunn, s.merknader, p.alle::text as punkter,
                t.alle::text as apne,
                to_json(md)::text as medvirkning
           from mote m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
           left join person l on l.region_id = m.region_id and l.id = m.moteleder_id
           left join motemal mal on mal.region_id = m.region_id and mal.id = m.motemal_id
           left join medvirkning md on md.region_id = m.region_id and md.mote_id = m.id
           left join lateral (
               select v.id, v.nr, v.rettet, v.rettet_av, v.grunn from referat_versjon v
                where v.region_id = m.region_id and v.mote_id = m.id
                order by v.nr desc limit 1) v on true
           left join person av on av.region_id = m.region_id and av.id = coalesce(v.rettet_av, m.ferdigstilt_av)
           left join lateral (
               select count(*) as merknader from referat_lesing r
                where r.region_id = m.region_id and r.mote_id = m.id and r.nr = coalesce(v.nr, 1) and r.merknad is not null) s on true
           left join lateral (
               select coalesce(json_agg(json_build_object(
                          'elementtype', p.type, 'tittel', p.tittel, 'hjelp', p.hjelp, 'minutter', p.minutter,
                          'gjennomfort', p.gjennomfort, 'notat', coalesce(rn.tekst, p.notat), 'beslutninger', b.alle,
                          'individ', om_et_barn(p.id), 'tiltak', t.alle, 'kompetanse', kompetanse_under(p)) order by p.plass), '[]') as alle
                 from moteelement p
                 left join referat_tekst rn on rn.region_id = p.region_id and rn.versjon_id = v.id and rn.moteelement_id = p.id
                                           and rn.beslutning_id is null
                 left join lateral (
                     select coalesce(json_agg(json_build_object('id', b.id, 'tekst', coalesce(rb.tekst, b.tekst),
                                                                'tjeneste', b.tjenestetype) order by b.opprettet, b.id)
                                     filter (where coalesce(rb.tekst, b.tekst) <> ''), '[]') as alle
                       from beslutning b
                       left join referat_tekst rb on rb.region_id = b.region_id and rb.versjon_id = v.id and rb.beslutning_id = b.id
                      where b.region_id = p.region_id and b.moteelement_id = p.id) b on true
                 left join lateral (
                     select coalesce(json_agg(json_build_object(
                                'beslutning', t.beslutning_id, 'hva', t.hva, 'mal', t.mal, 'niva', t.niva, 'tjeneste', t.tjenestetype,
                                'ansvarlig', a.navn, 'frist', t.frist, 'evaluering', t.neste_evaluering, 'status', t.status)
                                order by t.opprettet, t.id) filter (where $2), '[]') as alle
                       from tiltak t
                       join person a on a.region_id = t.region_id and a.id = t.ansvarlig_id
                      where t.region_id = p.region_id and t.moteelement_id = p.id) t on true
                where p.region_id = m.region_id and p.mote_id = m.id) p on true
           left join lateral (
               select coalesce(json_agg(json_build_object(
                          'beslutning', null, 'hva', t.hva, 'mal', t.mal, 'niva', t.niva, 'tjeneste', t.tjenestetype,
                          'ansvarlig', a.navn, 'frist', t.frist, 'evaluering', t.neste_evaluering, 'status', t.status)
                          order by t.frist, t.id), '[]') as alle
                 from tiltak t
                 join person a on a.region_id = t.region_id and a.id = t.ansvarlig_id
                where $2 and t.region_id = m.region_id and t.forum_id = m.forum_id and t.status <> 'avsluttet'
                  and m.status in ('planlagt', 'innkalt', 'pagar')) t on true
          where m.id = any($1)
          order by m.start, m.id",
    )
    .bind(ider)
    .bind(tiltak)
    .fetch_all(&mut **tx)
    .await?;
    let mut deltakere = oppmote::deltakere_i(tx, ider).await?;
    let moter = rader.iter().map(|rad| {
        let (mine, andre): (Vec<_>, Vec<_>) =
            deltakere.drain(..).partition(|(mote, _)| *mote == rad.get::<Uuid, _>("id"));
        deltakere = andre;
        mote(rad, mine)
    });
    moter.collect()
}

fn mote(rad: &PgRow, deltakere: Vec<(Uuid, Deltaker)>) -> Result<Mote> {
    let punkter: Vec<Punkt> = json(rad, "punkter")?;
    let elementer: Vec<_> = punkter.iter().map(|p| p.elementtype).collect();
    Ok(Mote {
        forum: rad.get("forum"),
        hvor: rad.get("hvor"),
        start: rad.get("start"),
        slutt: rad.get("slutt"),
        sted: rad.get("sted"),
        status: les(rad, "status")?,
        minutter: rad.get::<i32, _>("minutter").unsigned_abs(),
        moteleder: rad.get("moteleder"),
        kort_begrunnelse: rad.get("kort"),
        mangler_begrunnelse: rad.get("mangler"),
        apning: rad.get("apning"),
        avrunding: rad.get("avrunding"),
        saker: Saker::les(rad.get("saker"), &elementer)?,
        punkter,
        deltakere: deltakere.into_iter().map(|(_, deltaker)| deltaker).collect(),
        apne: json(rad, "apne")?,
        sladdinger: Spor::les(rad.get("sladdinger"))?,
        medvirkning: Medvirkning::les(rad.get("medvirkning"))?,
        versjon: rad.get::<Option<OffsetDateTime>, _>("tid").map(|tid| Versjon {
            nr: rad.get("nr"),
            tid,
            av: rad.get("av"),
            grunn: rad.get("grunn"),
            merknader: rad.get("merknader"),
        }),
    })
}

fn json<T: for<'de> Deserialize<'de>>(rad: &PgRow, kolonne: &str) -> Result<T> {
    serde_json::from_str(rad.get(kolonne)).map_err(|feil| Error::Intern(format!("{kolonne}: {feil}")))
}

/// A word of a closed list.
fn ord<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(fra: D) -> Result<T, D::Error> {
    Cow::<str>::deserialize(fra)?.parse().map_err(D::Error::custom)
}
