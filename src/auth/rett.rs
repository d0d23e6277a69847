//! What each role may do, where: one table, used by pages, by writes and by the tests of access.
use std::str::FromStr;

use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use super::{Ender, Rolle};
use crate::{Error, Result, db::Tx};

/// The kinds of role a person can act in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rolletype {
    Teamleder,
    Teammedlem,
    /// Called in to single møter.
    Invitert,
    Kommunekoordinator,
    Kommunalsjef,
    /// Numbers only.
    Kommunedirektor,
    /// Master data, rules and numbers.
    Regionkoordinator,
    /// Users and roles, no meeting content.
    Systemadministrator,
}

/// What can be done; the place it is done in stands in [`Rett`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    SeTeam,
    EndreTeam,
    OpprettTeam,
    BookMote,
    SeMote,
    LedeMote,
    SvareMote,
    SkriveNotat,
    SeOversikt,
    EndreGrunndata,
    SePersoner,
    EndreRoller,
    /// Send a bistandsforespørsel from a forum, and close it when it has been answered.
    Lofte,
    SeBistand,
    /// Receive, decide and answer a bistandsforespørsel.
    BehandleBistand,
    SeTiltak,
    EvaluereTiltak,
    /// Move it along.
    FolgeTiltak,
    /// Make, edit and end.
    EndreTiltak,
    /// Book a whole semester at once, for one team or many.
    BookSerie,
}

/// How far a right reaches; each step is asked of the place itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Omfang {
    /// Nowhere.
    Ingen,
    /// The møter one is invited to, the tiltak one answers for, and those of the fora one leads.
    Innkalt,
    /// The fora one is a member of.
    Egne,
    /// The fora one leads; as teamleder, those of the unit one acts for.
    Ledet,
    /// The kommune one acts for, and the fora one is a member of.
    Kommune,
    /// The whole region.
    Region,
}

use Omfang::{Egne, Ingen, Innkalt, Kommune, Ledet, Region};

/// THE table: how far each role reaches for each act. Rows and columns stand in the order of the enums.
#[rustfmt::skip]
pub const TABELL: [(Handling, [Omfang; 8]); 20] = [
    //                           leder    medlem   invitert koordin. sjef     direktør region   system
    (Handling::SeTeam,          [Egne,    Egne,    Ingen,   Kommune, Kommune, Ingen,   Region,  Ingen]),
    (Handling::EndreTeam,       [Ledet,   Ingen,   Ingen,   Kommune, Ingen,   Ingen,   Region,  Ingen]),
    (Handling::OpprettTeam,     [Ingen,   Ingen,   Ingen,   Kommune, Ingen,   Ingen,   Region,  Ingen]),
    (Handling::BookMote,        [Ledet,   Ingen,   Ingen,   Ledet,   Ledet,   Ingen,   Ledet,   Ingen]),
    (Handling::SeMote,          [Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Ingen]),
    (Handling::LedeMote,        [Ledet,   Ingen,   Ingen,   Ledet,   Ledet,   Ingen,   Ledet,   Ingen]),
    (Handling::SvareMote,       [Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Ingen]),
    (Handling::SkriveNotat,     [Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Ingen]),
    (Handling::SeOversikt,      [Ingen,   Ingen,   Ingen,   Kommune, Kommune, Region,  Region,  Ingen]),
    (Handling::EndreGrunndata,  [Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Region,  Ingen]),
    (Handling::SePersoner,      [Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Region,  Region]),
    (Handling::EndreRoller,     [Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Region]),
    (Handling::Lofte,           [Ledet,   Ingen,   Ingen,   Ledet,   Ingen,   Ingen,   Ingen,   Ingen]),
    (Handling::SeBistand,       [Egne,    Egne,    Ingen,   Kommune, Ingen,   Ingen,   Ingen,   Ingen]),
    (Handling::BehandleBistand, [Ledet,   Ingen,   Ingen,   Kommune, Ingen,   Ingen,   Ingen,   Ingen]),
    (Handling::SeTiltak,        [Egne,    Egne,    Egne,    Egne,    Ingen,   Ingen,   Egne,    Ingen]),
    (Handling::EvaluereTiltak,  [Egne,    Egne,    Egne,    Egne,    Ingen,   Ingen,   Egne,    Ingen]),
    (Handling::FolgeTiltak,     [Innkalt, Innkalt, Innkalt, Innkalt, Ingen,   Ingen,   Innkalt, Ingen]),
    (Handling::EndreTiltak,     [Ledet,   Ingen,   Ingen,   Ledet,   Ingen,   Ingen,   Ledet,   Ingen]),
    (Handling::BookSerie,       [Ledet,   Ingen,   Ingen,   Kommune, Ledet,   Ingen,   Ledet,   Ingen]),
];

impl Rolletype {
    pub const ALLE: [Self; 8] = [
        Self::Teamleder,
        Self::Teammedlem,
        Self::Invitert,
        Self::Kommunekoordinator,
        Self::Kommunalsjef,
        Self::Kommunedirektor,
        Self::Regionkoordinator,
        Self::Systemadministrator,
    ];

    /// How far the role reaches for an act.
    pub fn omfang(self, handling: Handling) -> Omfang {
        TABELL[handling as usize].1[self as usize]
    }

    /// The word in database and URL.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Teamleder => "teamleder",
            Self::Teammedlem => "teammedlem",
            Self::Invitert => "invitert",
            Self::Kommunekoordinator => "kommunekoordinator",
            Self::Kommunalsjef => "kommunalsjef",
            Self::Kommunedirektor => "kommunedirektor",
            Self::Regionkoordinator => "regionkoordinator",
            Self::Systemadministrator => "systemadministrator",
        }
    }

    /// The word on the screen.
    pub fn navn(self) -> &'static str {
        match self {
            Self::Teamleder => "Teamleder",
            Self::Teammedlem => "Teammedlem",
            Self::Invitert => "Invitert",
            Self::Kommunekoordinator => "Kommunekoordinator",
            Self::Kommunalsjef => "Kommunalsjef",
            Self::Kommunedirektor => "Kommunedirektør",
            Self::Regionkoordinator => "Regionkoordinator",
            Self::Systemadministrator => "Systemadministrator",
        }
    }
}

impl FromStr for Rolletype {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALLE.into_iter().find(|r| r.slug() == s).ok_or(())
    }
}

/// A right, always asked for in one place: `Rett::LedeMote(id)` is «lead that møte».
#[derive(Clone, Copy, Debug)]
pub enum Rett {
    SeTeam(Uuid),
    EndreTeam(Uuid),
    /// Make teams in a kommune; `None` is the page that covers as much as the role reaches.
    OpprettTeam(Option<Uuid>),
    /// Book a møte in a forum.
    BookMote(Uuid),
    /// Book a whole semester in a forum; `None` is the form for many, each asked of with [`Adgang::krev_i_fora`].
    BookSerie(Option<Uuid>),
    SeMote(Uuid),
    LedeMote(Uuid),
    /// Answer and log attendance for oneself.
    SvareMote(Uuid),
    /// Write in the notes of a møte, together with the others in the room.
    SkriveNotat(Uuid),
    /// See the numbers of a kommune; `None` is the page that shows as much as the role reaches.
    SeOversikt(Option<Uuid>),
    EndreGrunndata,
    SePersoner,
    EndreRoller,
    /// Lift something from a forum to the kommune.
    Lofte(Uuid),
    SeBistand(Uuid),
    /// Act for the forum that is asked.
    BehandleBistand(Uuid),
    /// Act for the forum that asked.
    LukkeBistand(Uuid),
    /// See a tiltak; `None` is the list of those of one's own teams.
    SeTiltak(Option<Uuid>),
    EvaluereTiltak(Uuid),
    FolgeTiltak(Uuid),
    EndreTiltak(Uuid),
    /// Make a tiltak in a møte.
    LageTiltak(Uuid),
    /// Something of one's own that any member may do: the answer to «who am I».
    Egen,
}

/// How a member stands to a place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Forhold {
    pub(super) kommune: Option<Uuid>,
    pub(super) enhet: Option<Uuid>,
    pub(super) leder: bool,
    pub(super) medlem: bool,
    pub(super) deltaker: bool,
}

impl Rett {
    /// 404 for what the member may not see, 403 for what they see but may not do.
    pub async fn krev(self, tx: &mut Tx, rolle: &Rolle) -> Result<()> {
        match self.held(tx, rolle).await? {
            Some(true) => Ok(()),
            Some(false) => Err(Error::IkkeTilgang),
            None => Err(Error::IkkeFunnet),
        }
    }

    /// Whether the right is held; `None` when the place itself is not to be seen.
    pub async fn held(self, tx: &mut Tx, rolle: &Rolle) -> Result<Option<bool>> {
        let reach = |handling| rolle.type_.omfang(handling);
        Ok(match self {
            Self::Egen => Some(true),
            Self::EndreGrunndata => Some(reach(Handling::EndreGrunndata) == Omfang::Region),
            Self::SePersoner => Some(reach(Handling::SePersoner) == Omfang::Region),
            Self::EndreRoller => Some(reach(Handling::EndreRoller) == Omfang::Region),
            Self::SeOversikt(None) => Some(reach(Handling::SeOversikt) != Omfang::Ingen),
            Self::BookSerie(None) => Some(reach(Handling::BookSerie) != Omfang::Ingen),
            Self::OpprettTeam(None) => Some(reach(Handling::OpprettTeam) != Omfang::Ingen),
            Self::SeTiltak(None) => Some(reach(Handling::SeTiltak) != Omfang::Ingen),
            Self::SeOversikt(Some(kommune)) | Self::OpprettTeam(Some(kommune)) => {
                let handling =
                    if matches!(self, Self::OpprettTeam(_)) { Handling::OpprettTeam } else { Handling::SeOversikt };
                let her = kommune_finnes(tx, kommune).await?;
                let sted = Forhold { kommune: Some(kommune), ..Forhold::default() };
                her.then(|| sted.innenfor(reach(handling), rolle))
            }
            Self::SeTeam(id) => {
                forhold(tx, "forum", id).await?.filter(|f| f.innenfor(reach(Handling::SeTeam), rolle)).map(|_| true)
            }
            Self::EndreTeam(id) | Self::BookMote(id) | Self::BookSerie(Some(id)) | Self::Lofte(id) => {
                let handling = match self {
                    Self::EndreTeam(_) => Handling::EndreTeam,
                    Self::BookSerie(_) => Handling::BookSerie,
                    Self::BookMote(_) => Handling::BookMote,
                    _ => Handling::Lofte,
                };
                forhold(tx, "forum", id)
                    .await?
                    .filter(|f| f.innenfor(reach(Handling::SeTeam), rolle) || f.innenfor(reach(handling), rolle))
                    .map(|f| f.innenfor(reach(handling), rolle))
            }
            Self::SeMote(id) => {
                forhold(tx, "mote", id).await?.filter(|f| f.innenfor(reach(Handling::SeMote), rolle)).map(|_| true)
            }
            Self::LedeMote(id) | Self::SvareMote(id) | Self::SkriveNotat(id) | Self::LageTiltak(id) => {
                let handling = match self {
                    Self::LedeMote(_) => Handling::LedeMote,
                    Self::SvareMote(_) => Handling::SvareMote,
                    Self::SkriveNotat(_) => Handling::SkriveNotat,
                    _ => Handling::EndreTiltak,
                };
                forhold(tx, "mote", id)
                    .await?
                    .filter(|f| f.innenfor(reach(Handling::SeMote), rolle))
                    .map(|f| f.innenfor(reach(handling), rolle))
            }
            Self::SeBistand(id) => Ender::finn(tx, rolle, id).await?.filter(Ender::synlig).map(|_| true),
            Self::BehandleBistand(id) => {
                Ender::finn(tx, rolle, id).await?.filter(Ender::synlig).map(|e| e.kan_behandle())
            }
            Self::LukkeBistand(id) => Ender::finn(tx, rolle, id).await?.filter(Ender::synlig).map(|e| e.kan_lukke()),
            Self::SeTiltak(Some(id)) | Self::EvaluereTiltak(id) | Self::FolgeTiltak(id) | Self::EndreTiltak(id) => {
                let handling = match self {
                    Self::EvaluereTiltak(_) => Handling::EvaluereTiltak,
                    Self::FolgeTiltak(_) => Handling::FolgeTiltak,
                    Self::EndreTiltak(_) => Handling::EndreTiltak,
                    _ => Handling::SeTiltak,
                };
                forhold(tx, "tiltak", id)
                    .await?
                    .filter(|f| f.innenfor(reach(Handling::SeTiltak), rolle))
                    .map(|f| f.innenfor(reach(handling), rolle))
            }
        })
    }
}

impl Forhold {
    pub(super) fn av(rad: &PgRow) -> Self {
        Self {
            kommune: rad.get("kommune_id"),
            enhet: rad.get("enhet_id"),
            leder: rad.get("leder"),
            medlem: rad.get("medlem"),
            deltaker: rad.get("deltaker"),
        }
    }

    pub(super) fn innenfor(&self, omfang: Omfang, rolle: &Rolle) -> bool {
        let ledet = self.leder && (rolle.enhet.is_none() || rolle.enhet == self.enhet);
        match omfang {
            Omfang::Ingen => false,
            Omfang::Innkalt => self.deltaker || ledet,
            Omfang::Egne => self.medlem,
            Omfang::Ledet => ledet,
            Omfang::Kommune => self.medlem || (self.kommune.is_some() && self.kommune == rolle.kommune),
            Omfang::Region => true,
        }
    }
}

/// What a member may do in one forum, møte or tiltak, known from one question: for a page with several buttons.
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

    async fn i(tx: &mut Tx, rolle: &Rolle, hva: &str, id: Uuid, se: Handling) -> Result<Self> {
        let forhold = forhold(tx, hva, id).await?.ok_or(Error::IkkeFunnet)?;
        let adgang = Self { forhold, rolle: rolle.clone() };
        if adgang.til(se) { Ok(adgang) } else { Err(Error::IkkeFunnet) }
    }

    /// Whether the role reaches this place for an act. Asked of a forum, `SeMote` is every møte it holds.
    pub fn til(&self, handling: Handling) -> bool {
        self.forhold.innenfor(self.rolle.type_.omfang(handling), &self.rolle)
    }

    /// Whether the role may ever do this, in any place.
    pub fn kan(&self, handling: Handling) -> bool {
        self.rolle.type_.omfang(handling) != Omfang::Ingen
    }
}

async fn kommune_finnes(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select from kommune where id = $1)").bind(id).fetch_one(&mut **tx).await?)
}

/// How the member stands to a forum, a møte or a tiltak; `None` when it does not exist here.
async fn forhold(tx: &mut Tx, hva: &str, id: Uuid) -> Result<Option<Forhold>> {
    let sql = match hva {
        "forum" => "select kommune_id, enhet_id, leder, medlem, deltaker from forhold_til_forum($1)",
        "tiltak" => "select kommune_id, enhet_id, leder, medlem, deltaker from forhold_til_tiltak($1)",
        _ => "select kommune_id, enhet_id, leder, medlem, deltaker from forhold_til_mote($1)",
    };
    let rad = sqlx::query(sql).bind(id).fetch_optional(&mut **tx).await?;
    Ok(rad.as_ref().map(Forhold::av))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_its_enums() {
        for (i, (handling, _)) in TABELL.iter().enumerate() {
            assert_eq!(*handling as usize, i);
        }
        for (i, rolle) in Rolletype::ALLE.into_iter().enumerate() {
            assert_eq!(rolle as usize, i);
            assert_eq!(rolle.slug().parse(), Ok(rolle));
        }
    }

    #[test]
    fn numbers_only_and_users_only_never_lead_a_mote() {
        for rolle in [Rolletype::Kommunedirektor, Rolletype::Systemadministrator] {
            assert_eq!(rolle.omfang(Handling::LedeMote), Omfang::Ingen);
        }
        assert_eq!(Rolletype::Systemadministrator.omfang(Handling::SeMote), Omfang::Ingen);
        for rolle in [Rolletype::Kommunalsjef, Rolletype::Kommunedirektor, Rolletype::Systemadministrator] {
            for handling in [Handling::SeTiltak, Handling::EvaluereTiltak, Handling::FolgeTiltak, Handling::EndreTiltak]
            {
                assert_eq!(rolle.omfang(handling), Omfang::Ingen, "{handling:?}");
            }
        }
    }
}
