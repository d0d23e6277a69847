//! How a member stands to a place, and what that lets them do there.
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use super::{
    Rolle,
    rett::{Handling, Omfang},
};
use crate::{Error, Result, db::Tx};

/// How a member stands to a place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Forhold {
    pub(super) kommune: Option<Uuid>,
    pub(super) enhet: Option<Uuid>,
    pub(super) leder: bool,
    pub(super) medlem: bool,
    pub(super) inngang: Inngang,
}

/// How a member comes in to a møte of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Inngang {
    #[default]
    Ingen,
    /// Called in; to a tiltak: answers for it.
    Innkalt,
    /// Let in by broken glass, to read it.
    Glass,
}

impl Forhold {
    pub(super) fn av(rad: &PgRow) -> Self {
        Self {
            kommune: rad.get("kommune_id"),
            enhet: rad.get("enhet_id"),
            leder: rad.get("leder"),
            medlem: rad.get("medlem"),
            inngang: match (rad.get("deltaker"), rad.try_get("glass")) {
                (true, _) => Inngang::Innkalt,
                (false, Ok(true)) => Inngang::Glass,
                _ => Inngang::Ingen,
            },
        }
    }

    /// Whether the møte is to be seen at all.
    pub(super) fn ser_mote(&self, rolle: &Rolle) -> bool {
        self.inngang == Inngang::Glass || self.innenfor(rolle.type_.omfang(Handling::SeMote), rolle)
    }

    pub(super) fn innenfor(&self, omfang: Omfang, rolle: &Rolle) -> bool {
        let ledet = self.leder && (rolle.enhet.is_none() || rolle.enhet == self.enhet);
        match omfang {
            Omfang::Ingen => false,
            Omfang::Innkalt => self.inngang == Inngang::Innkalt || ledet,
            Omfang::Egne => self.medlem,
            Omfang::Ledet => ledet,
            Omfang::Kommune => self.medlem || (self.kommune.is_some() && self.kommune == rolle.kommune),
            Omfang::Region => true,
        }
    }
}

/// What a member may do in one forum, møte, tiltak or sak, known from one question: for a page with several buttons.
pub struct Adgang {
    forhold: Forhold,
    rolle: Rolle,
}

impl Adgang {
    /// How one stands to a forum; 404 when it is not to be seen.
    pub async fn til_forum(tx: &mut Tx, rolle: &Rolle, id: Uuid) -> Result<Self> {
        Self::i(tx, rolle, "forum", id, Handling::SeTeam).await
    }

    /// How one stands to a møte; 404 when it is not to be seen.
    pub async fn til_mote(tx: &mut Tx, rolle: &Rolle, id: Uuid) -> Result<Self> {
        Self::i(tx, rolle, "mote", id, Handling::SeMote).await
    }

    /// How one stands to a tiltak; 404 when it is not to be seen.
    pub async fn til_tiltak(tx: &mut Tx, rolle: &Rolle, id: Uuid) -> Result<Self> {
        Self::i(tx, rolle, "tiltak", id, Handling::SeTiltak).await
    }

    /// How one stands to a sak; 404 when it is not to be seen.
    pub async fn til_sak(tx: &mut Tx, rolle: &Rolle, id: Uuid) -> Result<Self> {
        Self::i(tx, rolle, "sak", id, Handling::SeSak).await
    }

    /// Asks for an act in many fora at once: 404 when one of them is not to be seen, 403 when it may not be done there.
    pub async fn krev_i_fora(tx: &mut Tx, rolle: &Rolle, handling: Handling, fora: &[Uuid]) -> Result<()> {
        let rader = sqlx::query(
            "select r.kommune_id, r.enhet_id, r.leder, r.medlem, r.deltaker
               from unnest($1::uuid[]) as f (id), lateral forhold_til_forum(f.id) r",
        );
        let rader = rader.bind(fora).fetch_all(&mut **tx).await?;
        let steder: Vec<Forhold> = rader.iter().map(Forhold::av).collect();
        let (se, gjore) = (rolle.type_.omfang(Handling::SeTeam), rolle.type_.omfang(handling));
        if steder.len() < fora.len() || !steder.iter().all(|f| f.innenfor(se, rolle) || f.innenfor(gjore, rolle)) {
            return Err(Error::IkkeFunnet);
        }
        if steder.iter().all(|f| f.innenfor(gjore, rolle)) { Ok(()) } else { Err(Error::IkkeTilgang) }
    }

    async fn i(tx: &mut Tx, rolle: &Rolle, hva: &str, id: Uuid, se: Handling) -> Result<Self> {
        let forhold = forhold(tx, hva, id).await?.ok_or(Error::IkkeFunnet)?;
        let adgang = Self { forhold, rolle: rolle.clone() };
        if adgang.til(se) { Ok(adgang) } else { Err(Error::IkkeFunnet) }
    }

    /// Whether the role reaches this place for an act. Asked of a forum, `SeMote` is every møte it holds.
    pub fn til(&self, handling: Handling) -> bool {
        (handling == Handling::SeMote && self.forhold.inngang == Inngang::Glass)
            || self.forhold.innenfor(self.rolle.type_.omfang(handling), &self.rolle)
    }

    /// Whether the role may ever do this, in any place.
    pub fn kan(&self, handling: Handling) -> bool {
        self.rolle.type_.omfang(handling) != Omfang::Ingen
    }
}

/// How the member stands to a forum, a møte, a tiltak or a sak; `None` when it does not exist here.
pub(super) async fn forhold(tx: &mut Tx, hva: &str, id: Uuid) -> Result<Option<Forhold>> {
    let sql = match hva {
        "forum" => "select kommune_id, enhet_id, leder, medlem, deltaker from forhold_til_forum($1)",
        "sak" => "select kommune_id, enhet_id, leder, medlem, deltaker from forhold_til_sak($1)",
        "tiltak" => "select kommune_id, enhet_id, leder, medlem, deltaker from forhold_til_tiltak($1)",
        _ => "select kommune_id, enhet_id, leder, medlem, deltaker, glass_apent($1) as glass from forhold_til_mote($1)",
    };
    let rad = sqlx::query(sql).bind(id).fetch_optional(&mut **tx).await?;
    Ok(rad.as_ref().map(Forhold::av))
}
