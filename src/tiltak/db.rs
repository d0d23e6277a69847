//! SQL for tiltak and their evaluations.
use sqlx::{Row, postgres::PgRow};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Status, Tiltak, Videre, Virkning, routes::Kilde, skjema::Oppgitt};
use crate::{
    Error, Result,
    db::{Tx, les},
    forum::Kompetanse,
    tid,
    tjeneste::Tjenestetype,
};

pub(super) async fn hent(tx: &mut Tx, id: Uuid) -> Result<Tiltak> {
    let rad = sqlx::query(
        "select t.*, f.navn as forum, m.dato as motedag, coalesce(e.tittel, '') as punkt, b.tekst as beslutning, p.navn as ansvarlig,
                av.navn as laget_av
           from tiltak t
           join forum f on f.region_id = t.region_id and f.id = t.forum_id
           join mote m on m.region_id = t.region_id and m.id = t.mote_id
           -- What was said in the møte is for those who were in it.
           left join moteelement e on e.region_id = t.region_id and e.id = t.moteelement_id
           join person p on p.region_id = t.region_id and p.id = t.ansvarlig_id
           join person av on av.region_id = t.region_id and av.id = t.opprettet_av
           left join beslutning b on b.region_id = t.region_id and b.id = t.beslutning_id
          where t.id = $1",
    )
    .bind(id)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Tiltak {
        id,
        forum: rad.get("forum_id"),
        forum_navn: rad.get("forum"),
        mote: rad.get("mote_id"),
        motedag: rad.get("motedag"),
        punkt: rad.get("punkt"),
        beslutning: rad.get("beslutning"),
        mal: rad.get("mal"),
        hva: rad.get("hva"),
        niva: les(&rad, "niva")?,
        tiltaksniva: les(&rad, "tiltaksniva")?,
        kategori: les(&rad, "kategori")?,
        styrker: rad.get("styrker"),
        tjeneste: les(&rad, "tjenestetype")?,
        ansvarlig: rad.get("ansvarlig_id"),
        ansvarlig_navn: rad.get("ansvarlig"),
        frist: rad.get("frist"),
        neste_evaluering: rad.get("neste_evaluering"),
        utformet_med: les(&rad, "utformet_med")?,
        status: les(&rad, "status")?,
        skal_evalueres: rad.get("skal_evalueres"),
        evalueres: rad.get("evalueres"),
        versjon: rad.get("versjon"),
        opprettet_av: rad.get("laget_av"),
        opprettet: tid::dag(rad.get("opprettet")),
    })
}

/// As [`hent`], holding it until the transaction ends, so that two people moving it take turns.
pub(super) async fn hent_for_endring(tx: &mut Tx, id: Uuid) -> Result<Tiltak> {
    sqlx::query("select from tiltak where id = $1 for update").bind(id).fetch_one(&mut **tx).await?;
    hent(tx, id).await
}

/// Somebody who sits in the team today, and may answer for its tiltak.
#[derive(Clone, Debug)]
pub(super) struct Mulig {
    pub(super) id: Uuid,
    pub(super) navn: String,
    pub(super) tjeneste: Tjenestetype,
    /// What the team counts on them for.
    pub(super) kompetanse: Vec<Kompetanse>,
}

pub(super) async fn mulige(tx: &mut Tx, forum: Uuid) -> Result<Vec<Mulig>> {
    let rader = sqlx::query(
        "select p.id, p.navn, fm.tjenestetype, fm.kompetanse
           from forum_medlem fm
           join person p on p.region_id = fm.region_id and p.id = fm.person_id
          where fm.forum_id = $1 and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag()
          order by p.navn, p.id",
    )
    .bind(forum)
    .fetch_all(&mut **tx)
    .await?;
    let mulig = |r: &PgRow| {
        let kompetanse = r.get::<Vec<String>, _>("kompetanse").iter().filter_map(|k| k.parse().ok()).collect();
        Ok(Mulig { id: r.get("id"), navn: r.get("navn"), tjeneste: les(r, "tjenestetype")?, kompetanse })
    };
    rader.iter().map(mulig).collect()
}

/// Refuses one who does not sit in the team: the words go to the field.
pub(super) async fn krev_medlem(tx: &mut Tx, forum: Uuid, person: Uuid) -> Result<()> {
    let medlem: bool = sqlx::query_scalar(
        "select exists (select from forum_medlem fm
                         where fm.forum_id = $1 and fm.person_id = $2
                           and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag())",
    )
    .bind(forum)
    .bind(person)
    .fetch_one(&mut **tx)
    .await?;
    if medlem { Ok(()) } else { Err(Error::Ugyldig("Velg en som sitter i teamet".into())) }
}

/// A decision of a møte, or an element of its agenda, as a tiltak begins from it.
#[derive(Clone, Debug)]
pub(super) struct Utgangspunkt {
    pub(super) forum: Uuid,
    pub(super) forum_navn: String,
    pub(super) motedag: Date,
    pub(super) punkt: String,
    /// The decision: its id, its words and the service that commits itself.
    pub(super) beslutning: Option<(Uuid, String, Tjenestetype)>,
    element: Uuid,
    /// The tiltak it has become already.
    pub(super) tiltak: Option<Uuid>,
    /// The day of the team's next møte.
    pub(super) neste_mote: Option<Date>,
}

pub(super) async fn utgangspunkt(tx: &mut Tx, kilde: &Kilde) -> Result<Utgangspunkt> {
    let rad = sqlx::query(
        "select m.forum_id, f.navn as forum, m.dato, e.id as element, e.tittel, b.id as beslutning, b.tekst, b.tjenestetype, t.id as tiltak,
                (select min(n.dato) from mote n where n.region_id = m.region_id and n.forum_id = m.forum_id and n.dato > i_dag()
                                                  and n.status in ('planlagt', 'innkalt')) as neste_mote
           from moteelement e
           left join beslutning b on b.region_id = e.region_id and b.moteelement_id = e.id and b.id = $2
           join mote m on m.region_id = e.region_id and m.id = e.mote_id
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
           left join tiltak t on t.region_id = b.region_id and t.beslutning_id = b.id
          where m.id = $1 and (b.id = $2 or e.id = $2)",
    )
    .bind(kilde.mote)
    .bind(kilde.id)
    .fetch_one(&mut **tx)
    .await?;
    let beslutning = match rad.get::<Option<Uuid>, _>("beslutning") {
        Some(id) => Some((id, rad.get("tekst"), les(&rad, "tjenestetype")?)),
        None => None,
    };
    Ok(Utgangspunkt {
        forum: rad.get("forum_id"),
        forum_navn: rad.get("forum"),
        motedag: rad.get("dato"),
        punkt: rad.get("tittel"),
        beslutning,
        element: rad.get("element"),
        tiltak: rad.get("tiltak"),
        neste_mote: rad.get("neste_mote"),
    })
}

/// A decision becomes a tiltak once.
pub(super) fn allerede() -> Error {
    Error::Regelbrudd("Det er allerede laget et tiltak av denne beslutningen.".into())
}

type Sporring<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// Binds what a form says, in the order of its fields.
fn felter<'q>(sporring: Sporring<'q>, ny: &'q Oppgitt) -> Sporring<'q> {
    sporring
        .bind(&ny.mal)
        .bind(&ny.hva)
        .bind(ny.niva.slug())
        .bind(ny.tiltaksniva.slug())
        .bind(ny.kategori.slug())
        .bind(&ny.styrker)
        .bind(ny.tjeneste.slug())
        .bind(ny.ansvarlig)
        .bind(ny.frist)
        .bind(ny.neste_evaluering)
        .bind(ny.utformet_med.slug())
}

/// Makes a tiltak; a decision that has become one already makes no other.
pub(super) async fn opprett(
    tx: &mut Tx,
    kilde: &Kilde,
    (ny, status): (&Oppgitt, Status),
    na: OffsetDateTime,
) -> Result<Uuid> {
    let fra = utgangspunkt(tx, kilde).await?;
    if fra.tiltak.is_some() {
        return Err(allerede());
    }
    krev_medlem(tx, fra.forum, ny.ansvarlig).await?;
    let id = Uuid::now_v7();
    let sql = "insert into tiltak (id, forum_id, mote_id, moteelement_id, beslutning_id, mal, hva, niva, tiltaksniva, kategori, styrker,
                             tjenestetype, ansvarlig_id, frist, neste_evaluering, utformet_med, status, opprettet_av, opprettet)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, gjeldende_person(), $18)";
    let beslutning = fra.beslutning.map(|(id, ..)| id);
    let sporring = sqlx::query(sql).bind(id).bind(fra.forum).bind(kilde.mote).bind(fra.element).bind(beslutning);
    felter(sporring, ny).bind(status.slug()).bind(na).execute(&mut **tx).await?;
    Ok(id)
}

/// Saves an edit; `false` when somebody else has saved since `versjon`.
pub(super) async fn lagre(tx: &mut Tx, id: Uuid, versjon: i32, ny: &Oppgitt) -> Result<bool> {
    let na = hent_for_endring(tx, id).await?;
    na.krev_apent()?;
    if na.versjon != versjon {
        return Ok(false);
    }
    if na.ansvarlig != ny.ansvarlig {
        krev_medlem(tx, na.forum, ny.ansvarlig).await?;
    }
    let sql = "update tiltak set mal = $3, hva = $4, niva = $5, tiltaksniva = $6, kategori = $7, styrker = $8, tjenestetype = $9,
                ansvarlig_id = $10, frist = $11, neste_evaluering = $12, utformet_med = $13, versjon = versjon + 1
          where id = $1 and versjon = $2";
    felter(sqlx::query(sql).bind(id).bind(versjon), ny).execute(&mut **tx).await?;
    Ok(true)
}

/// Stores where a tiltak has come to; one that ends says whether it is to be looked at once more, and when.
pub(super) async fn flytt(tx: &mut Tx, id: Uuid, status: Status, slutt: Option<(bool, Option<Date>)>) -> Result<()> {
    sqlx::query(
        "update tiltak set status = $2, skal_evalueres = $3, evalueres = $4, versjon = versjon + 1 where id = $1",
    )
    .bind(id)
    .bind(status.slug())
    .bind(slutt.map(|(skal, _)| skal))
    .bind(slutt.and_then(|(_, nar)| nar))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What an evaluation says.
#[derive(Clone, Debug)]
pub(super) struct NyEvaluering {
    pub(super) virkning: Virkning,
    pub(super) notat: String,
    pub(super) videre: Videre,
    /// `None` for one that ends.
    pub(super) neste: Option<Date>,
    pub(super) mal: String,
    pub(super) hva: String,
    pub(super) slutt: Option<(bool, Option<Date>)>,
}

/// Stores an evaluation and what it leads to, of a tiltak that is held and stands to evaluation.
pub(super) async fn evaluer(tx: &mut Tx, tiltak: &Tiltak, ny: &NyEvaluering, na: OffsetDateTime) -> Result<()> {
    sqlx::query(
        "insert into tiltak_evaluering (id, tiltak_id, tiltak_versjon, mote_id, virker, notat, videre, neste_evaluering, mal, hva,
                                        person_id, tid)
         select $1, t.id, t.versjon,
                (select m.id from mote m where m.region_id = t.region_id and m.forum_id = t.forum_id and m.status = 'pagar'
                  order by m.start desc limit 1),
                $3, $4, $5, $6, t.mal, t.hva, gjeldende_person(), $7
           from tiltak t where t.id = $2",
    )
    .bind(Uuid::now_v7())
    .bind(tiltak.id)
    .bind(ny.virkning.slug())
    .bind(&ny.notat)
    .bind(ny.videre.slug())
    .bind(ny.neste)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    let endret = ny.videre == Videre::Endret;
    sqlx::query(
        "update tiltak set status = $2, mal = $3, hva = $4, neste_evaluering = coalesce($5, neste_evaluering),
                skal_evalueres = $6, evalueres = $7, versjon = versjon + 1
          where id = $1",
    )
    .bind(tiltak.id)
    .bind(ny.videre.slug())
    .bind(if endret { &ny.mal } else { &tiltak.mal })
    .bind(if endret { &ny.hva } else { &tiltak.hva })
    .bind(ny.neste)
    .bind(ny.slutt.map(|(skal, _)| skal))
    .bind(ny.slutt.and_then(|(_, nar)| nar))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An evaluation as it is read afterwards.
#[derive(Clone, Debug)]
pub(super) struct Evaluering {
    pub(super) virkning: Virkning,
    pub(super) notat: String,
    pub(super) videre: Videre,
    pub(super) neste: Option<Date>,
    pub(super) mal: String,
    pub(super) hva: String,
    pub(super) hvem: String,
    pub(super) tid: OffsetDateTime,
    /// The møte it was said in: id and day.
    pub(super) mote: Option<(Uuid, Date)>,
}

/// The evaluations of a tiltak, newest first.
pub(super) async fn evalueringer(tx: &mut Tx, tiltak: Uuid) -> Result<Vec<Evaluering>> {
    let rader = sqlx::query(
        "select v.virker, v.notat, v.videre, v.neste_evaluering, v.mal, v.hva, p.navn, v.tid, v.mote_id, m.dato
           from tiltak_evaluering v
           join person p on p.region_id = v.region_id and p.id = v.person_id
           left join mote m on m.region_id = v.region_id and m.id = v.mote_id
          where v.tiltak_id = $1
          order by v.tiltak_versjon desc",
    )
    .bind(tiltak)
    .fetch_all(&mut **tx)
    .await?;
    let evaluering = |r: &PgRow| {
        Ok(Evaluering {
            virkning: les(r, "virker")?,
            notat: r.get("notat"),
            videre: les(r, "videre")?,
            neste: r.get("neste_evaluering"),
            mal: r.get("mal"),
            hva: r.get("hva"),
            hvem: r.get("navn"),
            tid: r.get("tid"),
            mote: r.get::<Option<Uuid>, _>("mote_id").zip(r.get("dato")),
        })
    };
    rader.iter().map(evaluering).collect()
}
