//! SQL for what the staff learned. Every write holds the møte first, so that nobody finishes it meanwhile.
use sqlx::{Row, postgres::PgRow};
use time::OffsetDateTime;
use uuid::Uuid;

use super::skjema::Oppgitt;
use crate::{
    Error, Result,
    db::{Tx, les},
    mote::Status,
    tjeneste::Tjenestetype,
};

/// The element it is logged under.
pub(super) struct Punkt {
    pub(super) mote: Uuid,
    pub(super) element: Uuid,
    pub(super) forum: String,
    pub(super) tittel: String,
    status: Status,
}

impl Punkt {
    /// Says no, in words, unless the møte is under way.
    pub(super) fn krev_i_gang(&self) -> Result<()> {
        Err(Error::Regelbrudd(match self.status {
            Status::Pagar => return Ok(()),
            Status::Ferdigstilt => "Møtet er ferdigstilt og låst. Ingenting i det kan endres.".into(),
            _ => "Kompetanseheving føres mens møtet er i gang.".into(),
        }))
    }
}

/// One that is stored.
pub(super) struct Lagret {
    pub(super) tema: String,
    pub(super) tjeneste: Tjenestetype,
    pub(super) veileder: String,
    pub(super) antall: i32,
    pub(super) versjon: i32,
}

fn som_punkt(rad: &PgRow) -> Result<Punkt> {
    Ok(Punkt {
        mote: rad.get("mote_id"),
        element: rad.get("element"),
        forum: rad.get("forum"),
        tittel: rad.get("tittel"),
        status: les(rad, "status")?,
    })
}

/// An element that is for guidance; others have no such log.
pub(super) async fn punkt(tx: &mut Tx, mote: Uuid, element: Uuid) -> Result<Punkt> {
    let rad = sqlx::query(
        "select e.mote_id, e.id as element, e.tittel, f.navn as forum, m.status
           from moteelement e
           join mote m on m.region_id = e.region_id and m.id = e.mote_id
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
          where e.mote_id = $1 and e.id = $2 and e.type = 'veiledning'",
    )
    .bind(mote)
    .bind(element)
    .fetch_one(&mut **tx)
    .await?;
    som_punkt(&rad)
}

pub(super) async fn hent(tx: &mut Tx, mote: Uuid, id: Uuid) -> Result<(Punkt, Lagret)> {
    let rad = sqlx::query(
        "select e.mote_id, e.id as element, e.tittel, f.navn as forum, m.status,
                k.tema, k.veileder_tjeneste, k.veileder, k.antall_ansatte, k.versjon
           from kompetanseheving k
           join moteelement e on e.region_id = k.region_id and e.id = k.moteelement_id
           join mote m on m.region_id = k.region_id and m.id = k.mote_id
           join forum f on f.region_id = m.region_id and f.id = m.forum_id
          where k.mote_id = $1 and k.id = $2",
    )
    .bind(mote)
    .bind(id)
    .fetch_one(&mut **tx)
    .await?;
    let lagret = Lagret {
        tema: rad.get("tema"),
        tjeneste: les(&rad, "veileder_tjeneste")?,
        veileder: rad.get("veileder"),
        antall: rad.get("antall_ansatte"),
        versjon: rad.get("versjon"),
    };
    Ok((som_punkt(&rad)?, lagret))
}

/// Keeps the møte as it is until the transaction ends.
async fn hold(tx: &mut Tx, mote: Uuid) -> Result<()> {
    sqlx::query("select from mote where id = $1 for share").bind(mote).fetch_one(&mut **tx).await?;
    Ok(())
}

pub(super) async fn opprett(
    tx: &mut Tx,
    (mote, element): (Uuid, Uuid),
    ny: &Oppgitt,
    na: OffsetDateTime,
) -> Result<()> {
    hold(tx, mote).await?;
    punkt(tx, mote, element).await?.krev_i_gang()?;
    sqlx::query(
        "insert into kompetanseheving (id, mote_id, moteelement_id, tema, veileder_tjeneste, veileder, antall_ansatte,
                                       opprettet_av, opprettet)
         values ($1, $2, $3, $4, $5, $6, $7, gjeldende_person(), $8)",
    )
    .bind(Uuid::now_v7())
    .bind(mote)
    .bind(element)
    .bind(&ny.tema)
    .bind(ny.tjeneste.slug())
    .bind(&ny.veileder)
    .bind(ny.antall)
    .bind(na)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Saves an edit and gives its element; `None` when somebody else has saved since `versjon`.
pub(super) async fn lagre(tx: &mut Tx, (mote, id): (Uuid, Uuid), versjon: i32, ny: &Oppgitt) -> Result<Option<Uuid>> {
    hold(tx, mote).await?;
    hent(tx, mote, id).await?.0.krev_i_gang()?;
    let element = sqlx::query_scalar(
        "update kompetanseheving set tema = $4, veileder_tjeneste = $5, veileder = $6, antall_ansatte = $7, versjon = versjon + 1
          where mote_id = $1 and id = $2 and versjon = $3
         returning moteelement_id",
    )
    .bind(mote)
    .bind(id)
    .bind(versjon)
    .bind(&ny.tema)
    .bind(ny.tjeneste.slug())
    .bind(&ny.veileder)
    .bind(ny.antall)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(element)
}

/// Takes it away, and gives the element it stood under.
pub(super) async fn fjern(tx: &mut Tx, mote: Uuid, id: Uuid) -> Result<Uuid> {
    hold(tx, mote).await?;
    let (punkt, _) = hent(tx, mote, id).await?;
    punkt.krev_i_gang()?;
    sqlx::query("delete from kompetanseheving where mote_id = $1 and id = $2")
        .bind(mote)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(punkt.element)
}
