//! What each role may do, where: one table, used by pages, by writes and by the tests of access.
use std::str::FromStr;

use uuid::Uuid;

use super::{
    Ender, Rolle,
    adgang::{Forhold, forhold},
};
use crate::{
    Error, Result,
    db::{Noteres, Tx},
};

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
    /// Numbers only, of one kommune.
    Politiker,
    /// Numbers only, of the region.
    Statsforvalter,
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
    /// Report something a team should talk about.
    MeldeBehov,
    SeSak,
    /// Put it on the agenda, put it off, decline it, say what came of it.
    LedeSak,
    /// Book a whole semester at once, for one team or many.
    BookSerie,
    /// Ask for words to be taken out of a ferdigstilt møte, and judge what another has asked for.
    Sladde,
    /// See, receive, decide and answer a bistandsforespørsel sent to the tjeneste one comes from.
    SvareForTjeneste,
    /// See how much is lifted to a kommune's own team, in numbers.
    SeLofttall,
    /// Ask to read a møte one was not in, and let another administrator do so.
    BryteGlass,
    /// See who has done what in the region: events, never content.
    SeLogg,
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
pub const TABELL: [(Handling, [Omfang; 10]); 28] = [
    //                           leder    medlem   invitert koordin. sjef     direktør region   system politiker statsf.
    (Handling::SeTeam,          [Egne,    Egne,    Ingen,   Kommune, Kommune, Ingen,   Region,  Ingen, Ingen,   Ingen]),
    (Handling::EndreTeam,       [Ledet,   Ingen,   Ingen,   Kommune, Ingen,   Ingen,   Region,  Ingen, Ingen,   Ingen]),
    (Handling::OpprettTeam,     [Ingen,   Ingen,   Ingen,   Kommune, Ingen,   Ingen,   Region,  Ingen, Ingen,   Ingen]),
    (Handling::BookMote,        [Ledet,   Ingen,   Ingen,   Ledet,   Ledet,   Ingen,   Ledet,   Ingen, Ingen,   Ingen]),
    (Handling::SeMote,          [Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Ingen, Innkalt, Ingen]),
    (Handling::LedeMote,        [Ledet,   Ingen,   Ingen,   Ledet,   Ledet,   Ingen,   Ledet,   Ingen, Ingen,   Ingen]),
    (Handling::SvareMote,       [Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Ingen, Innkalt, Ingen]),
    (Handling::SkriveNotat,     [Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Ingen, Innkalt, Ingen]),
    (Handling::SeOversikt,      [Ingen,   Ingen,   Ingen,   Kommune, Kommune, Region,  Region,  Ingen, Kommune, Region]),
    (Handling::EndreGrunndata,  [Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Region,  Ingen, Ingen,   Ingen]),
    (Handling::SePersoner,      [Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Region,  Region, Ingen,   Ingen]),
    (Handling::EndreRoller,     [Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Region, Ingen,   Ingen]),
    (Handling::Lofte,           [Ledet,   Ingen,   Ingen,   Ledet,   Ingen,   Ingen,   Ingen,   Ingen, Ingen,   Ingen]),
    (Handling::SeBistand,       [Egne,    Egne,    Ingen,   Kommune, Ingen,   Ingen,   Ingen,   Ingen, Ingen,   Ingen]),
    (Handling::BehandleBistand, [Ledet,   Ingen,   Ingen,   Kommune, Ingen,   Ingen,   Ingen,   Ingen, Ingen,   Ingen]),
    (Handling::SeTiltak,        [Egne,    Egne,    Egne,    Egne,    Ingen,   Ingen,   Egne,    Ingen, Ingen,   Ingen]),
    (Handling::EvaluereTiltak,  [Egne,    Egne,    Egne,    Egne,    Ingen,   Ingen,   Egne,    Ingen, Ingen,   Ingen]),
    (Handling::FolgeTiltak,     [Innkalt, Innkalt, Innkalt, Innkalt, Ingen,   Ingen,   Innkalt, Ingen, Ingen,   Ingen]),
    (Handling::EndreTiltak,     [Ledet,   Ingen,   Ingen,   Ledet,   Ingen,   Ingen,   Ledet,   Ingen, Ingen,   Ingen]),
    (Handling::MeldeBehov,      [Egne,    Egne,    Ingen,   Egne,    Egne,    Egne,    Egne,    Ingen, Egne,    Ingen]),
    (Handling::SeSak,           [Egne,    Egne,    Ingen,   Egne,    Egne,    Egne,    Egne,    Ingen, Egne,    Ingen]),
    (Handling::LedeSak,         [Ledet,   Ingen,   Ingen,   Ledet,   Ledet,   Ingen,   Ledet,   Ingen, Ingen,   Ingen]),
    (Handling::BookSerie,       [Ledet,   Ingen,   Ingen,   Kommune, Ledet,   Ingen,   Ledet,   Ingen, Ingen,   Ingen]),
    (Handling::Sladde,          [Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Innkalt, Ingen, Innkalt, Ingen]),
    (Handling::SvareForTjeneste, [Egne,   Egne,    Egne,    Kommune, Ingen,   Ingen,   Ingen,   Ingen, Ingen,   Ingen]),
    (Handling::SeLofttall,      [Egne,    Egne,    Ingen,   Kommune, Kommune, Ingen,   Ingen,   Ingen, Ingen,   Ingen]),
    (Handling::BryteGlass,      [Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Region, Ingen,   Ingen]),
    (Handling::SeLogg,          [Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Ingen,   Region, Ingen,   Ingen]),
];

impl Rolletype {
    pub const ALLE: [Self; 10] = [
        Self::Teamleder,
        Self::Teammedlem,
        Self::Invitert,
        Self::Kommunekoordinator,
        Self::Kommunalsjef,
        Self::Kommunedirektor,
        Self::Regionkoordinator,
        Self::Systemadministrator,
        Self::Politiker,
        Self::Statsforvalter,
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
            Self::Politiker => "politiker",
            Self::Statsforvalter => "statsforvalter",
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
            Self::Politiker => "Politiker",
            Self::Statsforvalter => "Statsforvalter",
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
    /// Take words out of a ferdigstilt møte, two together.
    Sladde(Uuid),
    /// See the numbers of a kommune; `None` is the page that shows as much as the role reaches.
    SeOversikt(Option<Uuid>),
    EndreGrunndata,
    SePersoner,
    EndreRoller,
    BryteGlass,
    SeLogg,
    /// Lift something from a forum to the kommune.
    Lofte(Uuid),
    SeBistand(Uuid),
    /// Act for the forum or the tjeneste that is asked.
    BehandleBistand(Uuid),
    /// Act for the forum that asked.
    LukkeBistand(Uuid),
    /// See the numbers of a kommune's own team.
    SeLofttall(Uuid),
    /// See a tiltak; `None` is the list of those of one's own teams.
    SeTiltak(Option<Uuid>),
    EvaluereTiltak(Uuid),
    FolgeTiltak(Uuid),
    EndreTiltak(Uuid),
    /// Make a tiltak in a møte.
    LageTiltak(Uuid),
    /// Hand over the tiltak of a forum from one to another.
    OverforTiltak(Uuid),
    /// Report a need to a forum.
    MeldeBehov(Uuid),
    LedeSak(Uuid),
    /// Something of one's own that any member may do: the answer to «who am I».
    Egen,
}

impl Rett {
    /// What the log is told when the right is used: the møte, tiltak, sak or request whose content it opens.
    pub(super) fn noteres(self) -> Noteres {
        match self {
            Self::SeMote(id)
            | Self::LedeMote(id)
            | Self::SvareMote(id)
            | Self::SkriveNotat(id)
            | Self::Sladde(id)
            | Self::LageTiltak(id) => Noteres::Mote(id),
            Self::SeTiltak(Some(id)) | Self::EvaluereTiltak(id) | Self::FolgeTiltak(id) | Self::EndreTiltak(id) => {
                Noteres::Tiltak(id)
            }
            Self::LedeSak(id) => Noteres::Sak(id),
            Self::SeBistand(id) | Self::BehandleBistand(id) | Self::LukkeBistand(id) => Noteres::Bistand(id),
            _ => Noteres::Ingenting,
        }
    }

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
            Self::BryteGlass => Some(reach(Handling::BryteGlass) == Omfang::Region),
            Self::SeLogg => Some(reach(Handling::SeLogg) == Omfang::Region),
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
            Self::EndreTeam(id)
            | Self::BookMote(id)
            | Self::BookSerie(Some(id))
            | Self::Lofte(id)
            | Self::SeLofttall(id)
            | Self::OverforTiltak(id)
            | Self::MeldeBehov(id) => {
                let handling = match self {
                    Self::EndreTeam(_) => Handling::EndreTeam,
                    Self::BookSerie(_) => Handling::BookSerie,
                    Self::BookMote(_) => Handling::BookMote,
                    Self::MeldeBehov(_) => Handling::MeldeBehov,
                    Self::OverforTiltak(_) => Handling::EndreTiltak,
                    Self::SeLofttall(_) => Handling::SeLofttall,
                    _ => Handling::Lofte,
                };
                forhold(tx, "forum", id)
                    .await?
                    .filter(|f| f.innenfor(reach(Handling::SeTeam), rolle) || f.innenfor(reach(handling), rolle))
                    .map(|f| f.innenfor(reach(handling), rolle))
            }
            Self::SeMote(id) => forhold(tx, "mote", id).await?.filter(|f| f.ser_mote(rolle)).map(|_| true),
            Self::LedeMote(id)
            | Self::SvareMote(id)
            | Self::SkriveNotat(id)
            | Self::Sladde(id)
            | Self::LageTiltak(id) => {
                let handling = match self {
                    Self::LedeMote(_) => Handling::LedeMote,
                    Self::SvareMote(_) => Handling::SvareMote,
                    Self::SkriveNotat(_) => Handling::SkriveNotat,
                    Self::Sladde(_) => Handling::Sladde,
                    _ => Handling::EndreTiltak,
                };
                forhold(tx, "mote", id).await?.filter(|f| f.ser_mote(rolle)).map(|f| f.innenfor(reach(handling), rolle))
            }
            Self::LedeSak(id) => forhold(tx, "sak", id)
                .await?
                .filter(|f| f.innenfor(reach(Handling::SeSak), rolle))
                .map(|f| f.innenfor(reach(Handling::LedeSak), rolle)),
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

async fn kommune_finnes(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select from kommune where id = $1)").bind(id).fetch_one(&mut **tx).await?)
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
        for rolle in [
            Rolletype::Kommunedirektor,
            Rolletype::Politiker,
            Rolletype::Statsforvalter,
            Rolletype::Systemadministrator,
        ] {
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
