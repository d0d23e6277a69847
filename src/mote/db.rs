//! SQL for one møte. No query names the region: the transaction already stands in one.
use sqlx::{Row, postgres::PgRow};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Agenda, Avlysning, FraMal, Mote, Moteelement, Status};
use crate::{
    Error, Result,
    db::{Tx, les, les_mulig},
    glass::Brudd,
    kompetanse::Heving,
    medvirkning::Medvirkning,
    oppmote::{Forfallsgrunn, Opphold, Oppmote, Svar},
    puls,
    tiltak::Apent,
    tjeneste::Tjenestetype,
};

/// An element of the agenda with what was written down under it.
pub(super) struct Punkt {
    pub(super) element: Moteelement,
    pub(super) hjelp: String,
    pub(super) notat: String,
    pub(super) gjennomfort: bool,
    pub(super) beslutninger: Vec<Beslutning>,
    /// What the staff were guided in.
    pub(super) kompetanse: Vec<Heving>,
}

/// What the møte decided, and the service that commits itself.
pub(super) struct Beslutning {
    pub(super) id: Uuid,
    /// The tiltak it has become.
    pub(super) tiltak: Option<Uuid>,
    pub(super) tekst: String,
    pub(super) tjeneste: Tjenestetype,
}

/// Somebody invited, or the seat of a service that has named nobody.
pub(super) struct Deltaker {
    pub(super) id: Uuid,
    pub(super) person: Option<Uuid>,
    pub(super) navn: String,
    pub(super) tittel: String,
    pub(super) tjeneste: Tjenestetype,
    pub(super) fast: bool,
    pub(super) moteplikt: bool,
    pub(super) svar: Svar,
    pub(super) oppmote: Option<Oppmote>,
    pub(super) vara: String,
    pub(super) grunn: Option<Forfallsgrunn>,
    pub(super) opphold: Opphold,
    /// The one element they are called in to; empty when it is the whole møte.
    pub(super) punkt: String,
}

pub(super) async fn hent(tx: &mut Tx, id: Uuid) -> Result<Mote> {
    Ok(hent_med_tiltak(tx, id, false).await?.0)
}

/// A møte, and with `tiltak` those of its forum that have not ended, the nearest deadline first.
pub(super) async fn hent_med_tiltak(tx: &mut Tx, id: Uuid, tiltak: bool) -> Result<(Mote, Vec<Apent>)> {
    let rad = sqlx::query(
        "select m.forum_id, m.start, m.slutt, m.sted, m.status, m.versjon, f.navn as forum, f.type like 'tst%' as er_tst,
                f.kommune_id, f.enhet_id, concat_ws(', ', e.navn, k.navn) as hvor,
                coalesce(m.kort_begrunnelse, '') as kort, coalesce(m.avlyst_begrunnelse, '') as avlyst,
                coalesce(m.mangler_begrunnelse, '') as mangler, coalesce(p.navn, '') as moteleder,
                m.avlyst as avlyst_tid, m.avlyst_fra, m.angret, m.lukket_arsak, coalesce(m.lukket_begrunnelse, '') as lukket_begrunnelse,
                bistand_ved_mote(m)::text as bistand, saker_ved_mote(m)::text as saker, to_json(v)::text as medvirkning,
                puls_venter(m, $3) as puls, glass_ved_mote(m)::text as glass, m.last_innenfra,
                mal.navn as mal, mal.versjon as malversjon, mal.apning, mal.avrunding, mal.sjekk_for, mal.sjekk_etter, apne.*
           from mote m
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
           left join kommune k on k.region_id = f.region_id and k.id = f.kommune_id
           left join enhet e on e.region_id = f.region_id and e.id = f.enhet_id
           left join person p on p.region_id = m.region_id and p.id = m.moteleder_id
           left join motemal mal on mal.region_id = m.region_id and mal.id = m.motemal_id
           left join medvirkning v on v.region_id = m.region_id and v.mote_id = m.id
           left join lateral (
               select array_agg(t.id order by t.frist, t.id) as tiltak, array_agg(t.hva order by t.frist, t.id) as hva,
                      array_agg(a.navn order by t.frist, t.id) as ansvarlig, array_agg(t.frist order by t.frist, t.id) as frist,
                      array_agg(t.neste_evaluering order by t.frist, t.id) as evaluering,
                      array_agg(t.status order by t.frist, t.id) as tiltak_status
                 from tiltak t
                 join person a on a.region_id = t.region_id and a.id = t.ansvarlig_id
                where $2 and t.region_id = m.region_id and t.forum_id = m.forum_id and t.status <> 'avsluttet') apne on true
          where m.id = $1",
    )
    .bind(id)
    .bind(tiltak)
    .bind(puls::FRIST_DAGER)
    .fetch_one(&mut **tx)
    .await?;
    let apne = apne(&rad)?;
    let avlyst = les_mulig(&rad, "avlyst_fra")?.zip(rad.get::<Option<OffsetDateTime>, _>("avlyst_tid"));
    let lukket = les_mulig(&rad, "lukket_arsak")?.map(|arsak| (arsak, rad.get("lukket_begrunnelse")));
    let mote = Mote {
        id,
        forum: rad.get("forum_id"),
        forum_navn: rad.get("forum"),
        er_tst: rad.get("er_tst"),
        kommune: rad.get("kommune_id"),
        enhet: rad.get("enhet_id"),
        hvor: rad.get("hvor"),
        start: rad.get("start"),
        slutt: rad.get("slutt"),
        sted: rad.get("sted"),
        status: les(&rad, "status")?,
        kort_begrunnelse: rad.get("kort"),
        avlyst_begrunnelse: rad.get("avlyst"),
        mangler_begrunnelse: rad.get("mangler"),
        avlysning: avlyst.map(|(fra, tid)| Avlysning { fra, tid }),
        angret: rad.get("angret"),
        lukket,
        moteleder: rad.get("moteleder"),
        versjon: rad.get("versjon"),
        mal: fra_mal(&rad),
        bistand: rad.get("bistand"),
        saker: rad.get("saker"),
        medvirkning: Medvirkning::les(rad.get("medvirkning"))?,
        puls: rad.get("puls"),
        glass: Brudd::les(rad.get("glass"))?,
        last_innenfra: rad.get("last_innenfra"),
    };
    Ok((mote, apne))
}

fn fra_mal(rad: &PgRow) -> Option<FraMal> {
    let navn = rad.get::<Option<String>, _>("mal")?;
    Some(FraMal {
        navn,
        versjon: rad.get("malversjon"),
        apning: rad.get("apning"),
        avrunding: rad.get("avrunding"),
        sjekk_for: rad.get("sjekk_for"),
        sjekk_etter: rad.get("sjekk_etter"),
    })
}

fn apne(rad: &PgRow) -> Result<Vec<Apent>> {
    let ider = rad.get::<Option<Vec<Uuid>>, _>("tiltak").unwrap_or_default();
    let ord = |kolonne: &str| rad.get::<Option<Vec<String>>, _>(kolonne).unwrap_or_default();
    let datoer = |kolonne: &str| rad.get::<Option<Vec<Date>>, _>(kolonne).unwrap_or_default();
    let hvem_og_hva = ider.into_iter().zip(ord("hva")).zip(ord("ansvarlig"));
    let nar = datoer("frist").into_iter().zip(datoer("evaluering"));
    let alle = hvem_og_hva.zip(nar).zip(ord("tiltak_status"));
    alle.map(|((((id, hva), ansvarlig), (frist, neste_evaluering)), status)| {
        let status = status.parse().map_err(|_| Error::Intern(format!("tiltak_status holds «{status}»")))?;
        Ok(Apent { id, hva, ansvarlig, frist, neste_evaluering, status })
    })
    .collect()
}

/// As [`hent`], holding the møte until the transaction ends, so that two people changing it take turns.
pub(super) async fn hent_for_endring(tx: &mut Tx, id: Uuid) -> Result<Mote> {
    sqlx::query("select from mote where id = $1 for update").bind(id).fetch_one(&mut **tx).await?;
    hent(tx, id).await
}

/// The agenda in order, with notes and decisions.
pub(super) async fn punkter(tx: &mut Tx, mote: Uuid) -> Result<Vec<Punkt>> {
    let rader = sqlx::query(
        "select e.id, e.type, e.tittel, e.minutter, e.hjelp, coalesce(rn.tekst, e.notat) as notat, e.gjennomfort,
                kompetanse_under(e)::text as kompetanse,
                b.id as beslutning, nullif(coalesce(rb.tekst, b.tekst), '') as tekst, b.tjenestetype, t.id as tiltak
           from moteelement e
           left join beslutning b on b.region_id = e.region_id and b.moteelement_id = e.id
           -- What a correction says, stands instead of what was locked.
           left join lateral (select v.id from referat_versjon v
                               where v.region_id = e.region_id and v.mote_id = e.mote_id
                               order by v.nr desc limit 1) v on true
           left join referat_tekst rn on rn.region_id = e.region_id and rn.versjon_id = v.id and rn.moteelement_id = e.id
                                     and rn.beslutning_id is null
           left join referat_tekst rb on rb.region_id = b.region_id and rb.versjon_id = v.id and rb.beslutning_id = b.id
           left join tiltak t on t.region_id = b.region_id and t.beslutning_id = b.id
          where e.mote_id = $1
          order by e.plass, b.opprettet, b.id",
    )
    .bind(mote)
    .fetch_all(&mut **tx)
    .await?;
    let mut punkter: Vec<Punkt> = Vec::new();
    for rad in &rader {
        let element = element(rad)?;
        if punkter.last().is_none_or(|p| p.element.id != element.id) {
            punkter.push(Punkt {
                element,
                hjelp: rad.get("hjelp"),
                notat: rad.get("notat"),
                gjennomfort: rad.get("gjennomfort"),
                beslutninger: Vec::new(),
                kompetanse: Heving::les(rad.get("kompetanse"))?,
            });
        }
        if let (Some(punkt), Some(tekst)) = (punkter.last_mut(), rad.get::<Option<String>, _>("tekst")) {
            let (id, tiltak, tjeneste) = (rad.get("beslutning"), rad.get("tiltak"), les(rad, "tjenestetype")?);
            punkt.beslutninger.push(Beslutning { id, tiltak, tekst, tjeneste });
        }
    }
    Ok(punkter)
}

/// The agenda alone.
pub(super) async fn agenda(tx: &mut Tx, mote: &Mote) -> Result<Agenda> {
    let rader = sqlx::query("select id, type, tittel, minutter from moteelement where mote_id = $1 order by plass")
        .bind(mote.id)
        .fetch_all(&mut **tx)
        .await?;
    let elementer = rader.iter().map(element).collect::<Result<_>>()?;
    Ok(Agenda::new(elementer, mote.status.er_slutt()))
}

fn element(rad: &PgRow) -> Result<Moteelement> {
    Ok(Moteelement {
        id: rad.get("id"),
        elementtype: les(rad, "type")?,
        tittel: rad.get("tittel"),
        minutter: rad.get::<i32, _>("minutter").unsigned_abs(),
    })
}

/// Everybody invited: the fixed members first, service by service.
pub(super) async fn deltakere(tx: &mut Tx, mote: Uuid) -> Result<Vec<Deltaker>> {
    let rader = sqlx::query(
        "select d.id, d.person_id, coalesce(p.navn, d.gjest, '') as navn, coalesce(p.tittel, '') as tittel, d.tjenestetype, d.fast,
                d.moteplikt, d.svar, d.oppmote, coalesce(d.vara_navn, '') as vara, d.grunn, d.kom, d.gikk,
                coalesce(e.tittel, '') as punkt
           from motedeltaker d
           left join person p on p.region_id = d.region_id and p.id = d.person_id
           left join moteelement e on e.region_id = d.region_id and e.mote_id = d.mote_id and e.id = d.moteelement_id
          where d.mote_id = $1
          order by d.fast desc,
                   array_position(array['enhet', 'ppt', 'helsesykepleier', 'barnevern', 'nav', 'annen'], d.tjenestetype),
                   coalesce(p.navn, d.gjest), d.id",
    )
    .bind(mote)
    .fetch_all(&mut **tx)
    .await?;
    rader.iter().map(deltaker).collect()
}

fn deltaker(rad: &PgRow) -> Result<Deltaker> {
    Ok(Deltaker {
        id: rad.get("id"),
        person: rad.get("person_id"),
        navn: rad.get("navn"),
        tittel: rad.get("tittel"),
        tjeneste: les(rad, "tjenestetype")?,
        fast: rad.get("fast"),
        moteplikt: rad.get("moteplikt"),
        svar: les(rad, "svar")?,
        oppmote: les_mulig(rad, "oppmote")?,
        vara: rad.get("vara"),
        grunn: les_mulig(rad, "grunn")?,
        opphold: Opphold { kom: rad.get("kom"), gikk: rad.get("gikk") },
        punkt: rad.get("punkt"),
    })
}

/// Stores a new status.
pub(super) async fn lagre_status(tx: &mut Tx, mote: Uuid, status: Status) -> Result<()> {
    sqlx::query("update mote set status = $2, versjon = versjon + 1 where id = $1")
        .bind(mote)
        .bind(status.slug())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Locks the møte from inside, or opens that lock.
pub(super) async fn las(tx: &mut Tx, mote: Uuid, last: bool) -> Result<()> {
    sqlx::query("update mote set last_innenfra = $2, versjon = versjon + 1 where id = $1 and last_innenfra <> $2")
        .bind(mote)
        .bind(last)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Calls a møte off, and keeps where it stood, so that it can be taken back.
pub(super) async fn avlys(
    tx: &mut Tx,
    mote: &Mote,
    status: Status,
    begrunnelse: &str,
    na: OffsetDateTime,
) -> Result<()> {
    sqlx::query(
        "update mote set status = $2, avlyst_begrunnelse = $3, avlyst = $4, avlyst_av = gjeldende_person(), avlyst_fra = status,
                angret = null, angret_av = null, versjon = versjon + 1
          where id = $1",
    )
    .bind(mote.id)
    .bind(status.slug())
    .bind(begrunnelse)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
