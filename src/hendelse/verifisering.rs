//! The chain in the database, walked from end to end by its owner: the web role may not read it.
use sqlx::{PgPool, Row, postgres::PgRow};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    db::som_kommando,
    kjede::{Avvik, Hode, Ledd, Vandring},
    segl::Nokkel,
};
use crate::{
    Result,
    db::{Db, Noteres, Tx},
};

/// Rows read at a time.
const BUNT: i64 = 5000;

/// How a region's log stands.
pub struct Regionsvar {
    pub navn: String,
    pub antall: u64,
    pub hode: Option<Hode>,
    /// The row that the last seal was set on, and when.
    pub forseglet: Option<(i64, OffsetDateTime)>,
    pub avvik: Vec<Avvik>,
}

struct Segl {
    nr: i64,
    hode: Hode,
    mac: Vec<u8>,
    tid: OffsetDateTime,
}

/// Walks every region's chain, as the tables' owner: what is wrong in each, and what is wrong in all.
///
/// Without a key the seals are compared, but whether they are ours is not known. `hoder` are heads that were kept elsewhere.
pub async fn verifiser(
    eier: PgPool,
    nokkel: Option<&Nokkel>,
    hoder: &[Hode],
    na: OffsetDateTime,
) -> Result<(Vec<Regionsvar>, Vec<Avvik>)> {
    let db = Db::new(eier);
    let regioner: Vec<(Uuid, String)> =
        sqlx::query_as("select id, navn from region order by navn").fetch_all(&mut *db.utenfor().await?).await?;
    let mut funnet = vec![false; hoder.len()];
    let mut svar = Vec::new();
    for (id, navn) in regioner {
        let mut tx = db.read(som_kommando(id, na), Noteres::Ingenting).await?;
        svar.push(en_region(&mut tx, id, navn, nokkel, hoder, &mut funnet).await?);
    }
    let mut felles: Vec<Avvik> =
        hoder.iter().zip(funnet).filter(|(_, f)| !f).map(|(h, _)| Avvik::Hode(h.clone())).collect();
    felles.extend(avslatt(&mut db.utenfor().await?).await?);
    Ok((svar, felles))
}

async fn en_region(
    tx: &mut Tx,
    id: Uuid,
    navn: String,
    nokkel: Option<&Nokkel>,
    hoder: &[Hode],
    funnet: &mut [bool],
) -> Result<Regionsvar> {
    let segl = segl(tx).await?;
    let mut vandring = Vandring::begynn(&id.to_string());
    let mut passer = vec![false; segl.len()];
    let mut etter = 0;
    loop {
        let bunt = ledd(tx, etter).await?;
        for ledd in &bunt {
            vandring.ta(ledd);
            let her = |hode: &Hode| hode.lopenr == ledd.lopenr && hode.hash == ledd.hash;
            segl.iter().zip(&mut passer).filter(|(s, _)| her(&s.hode)).for_each(|(_, p)| *p = true);
            hoder.iter().zip(&mut *funnet).filter(|(h, _)| her(h)).for_each(|(_, f)| *f = true);
        }
        match bunt.last() {
            Some(siste) => etter = siste.lopenr,
            None => break,
        }
    }
    let mut avvik = std::mem::take(&mut vandring.avvik);
    for (ventet, (s, passer)) in (1..).zip(segl.iter().zip(passer)) {
        if s.nr != ventet && segl.iter().all(|andre| andre.nr != s.nr - 1) {
            avvik.push(Avvik::SeglMangler(s.nr));
        }
        if !passer {
            avvik.push(Avvik::Segl(s.nr, s.hode.lopenr));
        }
        if nokkel.is_some_and(|nokkel| !nokkel.stemmer(id, s.nr, &s.hode, &s.mac)) {
            avvik.push(Avvik::UekteSegl(s.nr));
        }
    }
    let forseglet = segl.last().map(|s| (s.hode.lopenr, s.tid));
    Ok(Regionsvar { navn, antall: vandring.antall, hode: vandring.hode(), forseglet, avvik })
}

/// The rows as text, put together as the trigger does (`lenk_hendelse`), but here: the database's own function may have been touched.
async fn ledd(tx: &mut Tx, etter: i64) -> Result<Vec<Ledd>> {
    let rader = sqlx::query(
        "select h.lopenr, h.forrige, h.hash, jsonb_build_array(
                    h.region_id, h.lopenr, (extract(epoch from h.tid) * 1000000)::bigint, h.slag, h.bruker_id, h.person_id, h.rolle_id,
                    h.rolle_type, h.av, h.tabell, h.rad_id, h.mote_id, h.operasjon, h.felter, h.verdier, h.innhold, h.tegn, h.utfall,
                    h.fra, h.foresporsel, h.arsak)::text as tekst
           from hendelse h where h.region_id = gjeldende_region() and h.lopenr > $1 order by h.lopenr limit $2",
    );
    let rader = rader.bind(etter).bind(BUNT).fetch_all(&mut **tx).await?;
    let ledd = |r: &PgRow| Ledd {
        lopenr: r.get("lopenr"),
        tekst: r.get("tekst"),
        forrige: r.get("forrige"),
        hash: r.get("hash"),
    };
    Ok(rader.iter().map(ledd).collect())
}

async fn segl(tx: &mut Tx) -> Result<Vec<Segl>> {
    let sql = "select nr, lopenr, hash, segl, tid from loggsegl where region_id = gjeldende_region() order by nr";
    let segl = |r: &PgRow| Segl {
        nr: r.get("nr"),
        hode: Hode { lopenr: r.get("lopenr"), hash: r.get("hash") },
        mac: r.get("segl"),
        tid: r.get("tid"),
    };
    Ok(sqlx::query(sql).fetch_all(&mut **tx).await?.iter().map(segl).collect())
}

/// Tables of a region that are not logged: the trigger is gone, or turned off.
async fn avslatt(tx: &mut Tx) -> Result<Vec<Avvik>> {
    let tabeller: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c
          where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
            and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'region_id' and not a.attisdropped)
            and c.relname not in ('loggsegl', 'innsending', 'importutkast', 'tilknytning', 'pulssvar', 'puls_svart')
            and (exists (select from pg_trigger g
                          where g.tgrelid = c.oid and (g.tgname like 'logg%' or g.tgname = 'lenk') and g.tgenabled in ('D', 'R'))
                 or not exists (select from pg_trigger g
                                 where g.tgrelid = c.oid and (g.tgname like 'logg%' or g.tgname = 'lenk')))
          order by 1",
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(tabeller.into_iter().map(Avvik::Avslatt).collect())
}
