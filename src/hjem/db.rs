//! SQL for the first page: it looks out of every window and writes nothing.
use sqlx::{Row, postgres::PgRow};
use time::Date;
use uuid::Uuid;

use super::{Bistandstall, MeldteSaker, MineTiltak, MittMote, TilLesing, Tilgang};
use crate::{
    Error, Result,
    auth::{Handling, Rolle, rett::Omfang},
    db::Tx,
    enhet::Enhetstype,
    forum::{Forum, Sted},
    glass, lesing, puls, sladding, tilgang,
    tjeneste::Tjenestetype,
};

/// What the first page knows of the one who asks: the service they come from, their møter that are not over, the earliest
/// first, how the tiltak they answer for stand, and the bistandsforespørsler, saker, referater and questions that wait for them.
#[derive(Default)]
pub(super) struct Mitt {
    pub(super) tjeneste: Option<Tjenestetype>,
    pub(super) moter: Vec<MittMote>,
    pub(super) tiltak: MineTiltak,
    pub(super) bistand: Bistandstall,
    pub(super) saker: MeldteSaker,
    pub(super) lesing: Vec<TilLesing>,
    pub(super) sladding: Vec<sladding::TilMeg>,
    pub(super) puls: Vec<puls::TilMeg>,
    pub(super) glass: Vec<glass::TilMeg>,
    pub(super) gjennomgang: tilgang::TilMeg,
}

/// What is mine. As teamleder of one unit (`enhet`) I lead only that unit's møter.
pub(super) async fn mitt(tx: &mut Tx, rolle: &Rolle, i_dag: Date) -> Result<Mitt> {
    let kan = |handling| rolle.type_.omfang(handling) != Omfang::Ingen;
    let rader = sqlx::query(
        "with ledet as (
             select fm.region_id, fm.forum_id from forum_medlem fm
               join forum f on f.region_id = fm.region_id and f.id = fm.forum_id and ($1::uuid is null or f.enhet_id = $1)
              where fm.person_id = gjeldende_person() and fm.leder and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag()),
         apne as materialized (
             select m.region_id, m.id, m.forum_id, m.start, m.slutt, m.sted, m.status, d.svar, d.oppmote, l.forum_id is not null as leder
               from mote m
               -- The limit has the open møter ask for my seat, instead of all seats I ever had.
               left join lateral (select d.id, d.svar, d.oppmote from motedeltaker d
                                   where d.region_id = m.region_id and d.mote_id = m.id and d.person_id = gjeldende_person()
                                   limit 1) d on true
               left join ledet l on l.region_id = m.region_id and l.forum_id = m.forum_id
              where m.status in ('planlagt', 'innkalt', 'pagar') and (d.id is not null or l.forum_id is not null)
              order by m.start, m.id limit 60),
         jeg as materialized (
             select p.region_id, t.type as tjenestetype, ti.over_fristen, ti.til_evaluering, sa.meldte, sa.eldste,
                    bistand_til_meg($1, $2, $4, $5)::text as bistand, referat_til_meg($3)::text as lesing,
                    sladding_til_meg()::text as sladding, puls_til_meg($6)::text as puls, glass_til_meg($7)::text as glass,
                    tilgang_til_meg($8, $9, $10, $2, $1)::text as gjennomgang
               from person p
               left join tjeneste t on t.region_id = p.region_id and t.id = p.tjeneste_id
               cross join lateral (
                   select count(*) filter (where t.frist < i_dag()) as over_fristen,
                          count(*) filter (where t.frist >= i_dag() and t.status in ('pagar', 'til_evaluering')
                                             and (t.status = 'til_evaluering' or t.neste_evaluering <= i_dag())) as til_evaluering
                     from tiltak t
                    where t.region_id = p.region_id and t.ansvarlig_id = p.id and t.status <> 'avsluttet'
                      and (t.region_id, t.forum_id) in (
                              select fm.region_id, fm.forum_id from forum_medlem fm
                               where fm.person_id = gjeldende_person()
                                 and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag())) ti
               cross join lateral (
                   select count(*) as meldte, (array_agg(s.id order by s.meldt, s.id))[1] as eldste
                     from ledet l
                     join sak s on s.region_id = l.region_id and s.forum_id = l.forum_id and s.status = 'foreslatt') sa
              where p.id = (select gjeldende_person()))
         select jeg.tjenestetype, m.id, f.navn as forum, coalesce(k.navn, '') as hvor, m.start, m.slutt, m.sted,
                m.status, m.svar, m.oppmote, coalesce(alle.inviterte, 0) as inviterte, coalesce(alle.har_svart, 0) as har_svart,
                m.leder, jeg.til_evaluering, jeg.over_fristen, jeg.bistand, jeg.meldte, jeg.eldste, jeg.lesing,
                jeg.sladding, jeg.puls, jeg.glass, jeg.gjennomgang
           from jeg
           left join apne m on m.region_id = jeg.region_id
           left join forum f on f.region_id = m.region_id and f.id = m.forum_id
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join lateral (select count(*) as inviterte, count(*) filter (where a.svar <> 'ubesvart') as har_svart
                                from motedeltaker a
                               where m.leder and a.region_id = m.region_id and a.mote_id = m.id) alle on true
          order by m.start, m.id",
    )
    .bind(rolle.enhet)
    .bind(rolle.kommune)
    .bind(lesing::FRIST_DAGER)
    .bind(kan(Handling::BehandleBistand))
    .bind(kan(Handling::SvareForTjeneste))
    .bind(puls::FRIST_DAGER)
    .bind(glass::VARSLES_DAGER)
    .bind(tilgang::apnet(i_dag))
    .bind(tilgang::fersk(i_dag))
    .bind(rolle.type_.slug())
    .fetch_all(&mut **tx)
    .await?;
    let bistand = rader.first().and_then(|r| serde_json::from_str(r.get("bistand")).ok()).unwrap_or_default();
    let lesing = rader.first().and_then(|r| serde_json::from_str(r.get("lesing")).ok()).unwrap_or_default();
    let sladding = rader.first().and_then(|r| serde_json::from_str(r.get("sladding")).ok()).unwrap_or_default();
    let puls = rader.first().and_then(|r| serde_json::from_str(r.get("puls")).ok()).unwrap_or_default();
    let glass = rader.first().and_then(|r| serde_json::from_str(r.get("glass")).ok()).unwrap_or_default();
    let gjennomgang = rader.first().and_then(|r| serde_json::from_str(r.get("gjennomgang")).ok()).unwrap_or_default();
    let tjeneste = rader.first().and_then(|r| mulig(r, "tjenestetype"));
    let moter = rader.iter().filter(|r| r.get::<Option<Uuid>, _>("id").is_some()).map(mote).collect::<Result<_>>()?;
    let tiltak = rader.first().map_or_else(MineTiltak::default, |r| MineTiltak {
        over_fristen: r.get("over_fristen"),
        til_evaluering: r.get("til_evaluering"),
    });
    let saker = rader
        .first()
        .and_then(|r| Some(MeldteSaker { antall: r.get("meldte"), eldste: r.get::<Option<Uuid>, _>("eldste")? }));
    Ok(Mitt {
        tjeneste,
        moter,
        tiltak,
        bistand,
        saker: saker.unwrap_or_default(),
        lesing,
        sladding,
        puls,
        glass,
        gjennomgang,
    })
}

/// A team I lead, with the services of its fixed seats, and of those that nobody has.
pub(super) struct Ledet {
    pub(super) forum: Forum,
    pub(super) faste: Vec<Tjenestetype>,
    pub(super) ledige: Vec<Tjenestetype>,
}

/// The teams round units that I lead; as teamleder of one unit only that unit's.
pub(super) async fn team(tx: &mut Tx, enhet: Option<Uuid>) -> Result<Vec<Ledet>> {
    let rader = sqlx::query(
        "select f.id, f.navn, f.type, f.mandat, f.kommune_id, f.enhet_id, f.gyldig_til, k.navn as kommune, e.navn as enhet,
                e.type as enhetstype, e.antall, p.faste, p.ledige
           from forum_medlem meg
           join forum f on f.region_id = meg.region_id and f.id = meg.forum_id and f.type = 'tst_enhet'
           join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
           join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           cross join lateral (
               select coalesce(array_agg(m.tjenestetype), '{}') as faste,
                      coalesce(array_agg(m.tjenestetype) filter (where m.person_id is null), '{}') as ledige
                 from forum_medlem m
                where m.region_id = f.region_id and m.forum_id = f.id and m.fast
                  and daterange(m.gyldig_fra, m.gyldig_til, '[]') @> i_dag()) p
          where meg.person_id = gjeldende_person() and meg.leder and ($1::uuid is null or f.enhet_id = $1)
            and daterange(meg.gyldig_fra, meg.gyldig_til, '[]') @> i_dag()
            and daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
          order by f.navn",
    )
    .bind(enhet)
    .fetch_all(&mut **tx)
    .await?;
    rader.iter().map(ledet).collect()
}

/// What the administrator of users has to look after.
pub(super) async fn tilgang(tx: &mut Tx, rolle: &Rolle, i_dag: Date) -> Result<(Tilgang, tilgang::TilMeg)> {
    let rad = sqlx::query(
        "select (select count(*) from person p
                  where p.bruker_id is not null and daterange(p.gyldig_fra, p.gyldig_til, '[]') @> i_dag()
                    and not exists (select from rolle r where r.region_id = p.region_id and r.person_id = p.id
                                                          and daterange(r.gyldig_fra, r.gyldig_til, '[]') @> i_dag())) as uten_rolle,
                (select count(*) from rolle r where r.gyldig_fra <= i_dag() and r.gyldig_til between i_dag() and i_dag() + 30) as utloper,
                (select count(*) from brutt_glass g where g.status = 'bedt' and g.bedt_av <> gjeldende_person()) as glass,
                tilgang_til_meg($1, $2, $3, $4, $5)::text as gjennomgang",
    )
    .bind(tilgang::apnet(i_dag))
    .bind(tilgang::fersk(i_dag))
    .bind(rolle.type_.slug())
    .bind(rolle.kommune)
    .bind(rolle.enhet)
    .fetch_one(&mut **tx)
    .await?;
    let gjennomgang = serde_json::from_str(rad.get("gjennomgang")).unwrap_or_default();
    let tilgang = Tilgang { uten_rolle: rad.get("uten_rolle"), utloper: rad.get("utloper"), glass: rad.get("glass") };
    Ok((tilgang, gjennomgang))
}

fn mote(rad: &PgRow) -> Result<MittMote> {
    Ok(MittMote {
        id: rad.get("id"),
        forum: rad.get("forum"),
        hvor: rad.get("hvor"),
        start: rad.get("start"),
        slutt: rad.get("slutt"),
        sted: rad.get("sted"),
        status: mulig(rad, "status").ok_or_else(|| ukjent("status"))?,
        inviterte: rad.get("inviterte"),
        har_svart: rad.get("har_svart"),
        leder: rad.get("leder"),
        svar: mulig(rad, "svar"),
        oppmote: mulig(rad, "oppmote"),
    })
}

fn ledet(rad: &PgRow) -> Result<Ledet> {
    let tjenester = |navn: &str| rad.get::<Vec<String>, _>(navn).iter().filter_map(|t| t.parse().ok()).collect();
    Ok(Ledet {
        forum: Forum {
            id: rad.get("id"),
            navn: rad.get("navn"),
            type_: mulig(rad, "type").ok_or_else(|| ukjent("type"))?,
            mandat: rad.get("mandat"),
            kommune: rad.get("kommune"),
            enhet: rad.get("enhet"),
            sted: Sted {
                kommune: rad.get("kommune_id"),
                enhet: rad.get("enhet_id"),
                enhetstype: mulig::<Enhetstype>(rad, "enhetstype"),
                antall: rad.get::<Option<i32>, _>("antall").map(i32::cast_unsigned),
            },
            gyldig_til: rad.get("gyldig_til"),
        },
        faste: tjenester("faste"),
        ledige: tjenester("ledige"),
    })
}

/// A word of a closed list, or none.
fn mulig<T: std::str::FromStr>(rad: &PgRow, navn: &str) -> Option<T> {
    rad.get::<Option<&str>, _>(navn).and_then(|ord| ord.parse().ok())
}

fn ukjent(navn: &str) -> Error {
    Error::Intern(format!("unknown {navn}"))
}
