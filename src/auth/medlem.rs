//! A signed-in member of one region: the only way to a transaction.
use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    Ender,
    adgang::Adgang,
    rett::{Handling, Rett, Rolletype},
};
use crate::{
    App, Error, Result,
    db::{Noteres, Scope, Tx},
    tid,
};

/// The account behind a session, and the role it has chosen to act in.
#[derive(Clone, Debug)]
pub struct Identitet {
    pub bruker: Uuid,
    pub epost: String,
    pub ma_bytte_passord: bool,
    /// Whether a code is asked for beside the password.
    pub har_totrinn: bool,
    /// Whether its holder has shown within ten minutes that it is them.
    pub nylig: bool,
    pub rolle: Option<Rolle>,
}

impl Identitet {
    /// Refuses an account that is not ready for use: it has a password that somebody else knows, or lacks the second step it needs.
    pub(super) fn krev_klar(&self, app: &App) -> Result<()> {
        if self.ma_bytte_passord {
            return Err(Error::MaByttePassord);
        }
        if self.mangler_totrinn(app) { Err(Error::MaSetteOppTotrinn) } else { Ok(()) }
    }

    /// What others know of its holder, and may guess a password from.
    pub(super) fn om(&self) -> Vec<&str> {
        let rolle = self.rolle.iter().flat_map(|r| [r.navn.as_str(), &r.region_navn, &r.visning]);
        rolle.chain([self.epost.as_str()]).collect()
    }

    /// Whether it must get a second step before anything else.
    pub(super) fn mangler_totrinn(&self, app: &App) -> bool {
        self.krever_totrinn(app) && !self.har_totrinn
    }

    /// Whether its role is not to be used without a second step.
    pub(super) fn krever_totrinn(&self, app: &App) -> bool {
        app.config.krev_totrinn && self.rolle.as_ref().is_some_and(|r| r.type_.krever_totrinn())
    }
}

/// The role a member acts in («på vegne av»): who, in which region, for which place.
#[derive(Clone, Debug)]
pub struct Rolle {
    pub id: Uuid,
    pub type_: Rolletype,
    pub region: Uuid,
    pub region_navn: String,
    pub kontakt: String,
    pub person: Uuid,
    pub navn: String,
    /// In words, as the header shows it: «Rektor, Tynset barneskole».
    pub visning: String,
    pub kommune: Option<Uuid>,
    pub enhet: Option<Uuid>,
    /// Whether the account has other roles to change to.
    pub har_flere: bool,
}

impl Rolle {
    /// Whose eyes an account looks through in this role.
    pub(super) fn scope(&self, bruker: Uuid, na: OffsetDateTime) -> Scope {
        let Self { id: rolle_id, region, person, type_, kommune, enhet, .. } = *self;
        Scope { region, bruker, person, rolle: type_.slug(), kommune, enhet, rolle_id, i_dag: tid::dag(na), na }
    }
}

/// Somebody signed in, acting in a role of one region.
#[derive(Clone)]
pub struct Medlem {
    app: App,
    bruker: Uuid,
    pub rolle: Rolle,
}

impl Medlem {
    pub fn person(&self) -> Uuid {
        self.rolle.person
    }

    /// Now, by the App's clock.
    pub fn na(&self) -> OffsetDateTime {
        self.app.na()
    }

    /// Today in the region's zone.
    pub fn i_dag(&self) -> Date {
        tid::lokal(self.na()).date()
    }

    /// Whether the role may ever do this, in any place: for menus and buttons.
    pub fn kan(&self, handling: Handling) -> bool {
        self.rolle.type_.omfang(handling) != super::rett::Omfang::Ingen
    }

    fn scope(&self) -> Scope {
        self.rolle.scope(self.bruker, self.na())
    }

    /// A write of the house's own, begun by whoever came by: in the same region, as nobody, with the reach of its koordinator.
    pub async fn write_for_huset<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let nil = Uuid::nil();
        let rolle = Rolletype::Regionkoordinator.slug();
        let scope =
            Scope { bruker: nil, person: nil, rolle, kommune: None, enhet: None, rolle_id: nil, ..self.scope() };
        let mut tx = self.app.db.write(scope, Noteres::Ingenting).await?;
        let answer = work(&mut tx).await?;
        tx.commit().await?;
        Ok(answer)
    }

    /// A transaction that only reads. What it may show is asked for with [`Rett::krev`] or joined to the member itself.
    pub async fn read(&self) -> Result<Tx> {
        self.app.db.read(self.scope(), Noteres::Ingenting).await
    }

    /// Opens a read and asks for a right in it. That a møte is opened is noted in the log.
    pub async fn read_med(&self, rett: Rett) -> Result<Tx> {
        let mut tx = self.app.db.read(self.scope(), rett.noteres()).await?;
        rett.krev(&mut tx, &self.rolle).await?;
        Ok(tx)
    }

    /// Opens a read of a møte and asks how the member stands to it: for a page with several buttons.
    pub async fn read_mote(&self, id: Uuid) -> Result<(Tx, Adgang)> {
        self.read_mote_som(id, Noteres::Mote(id)).await
    }

    /// The same for a møte that leaves the house as a file; `bare_ferdig` when there is one only of a ferdigstilt møte.
    pub async fn read_mote_til_fil(&self, id: Uuid, bare_ferdig: bool) -> Result<(Tx, Adgang)> {
        self.read_mote_som(id, Noteres::Fil(id, bare_ferdig)).await
    }

    async fn read_mote_som(&self, id: Uuid, noteres: Noteres) -> Result<(Tx, Adgang)> {
        let mut tx = self.app.db.read(self.scope(), noteres).await?;
        let adgang = Adgang::til_mote(&mut tx, &self.rolle, id).await?;
        Ok((tx, adgang))
    }

    /// The same for a tiltak.
    pub async fn read_tiltak(&self, id: Uuid) -> Result<(Tx, Adgang)> {
        let mut tx = self.app.db.read(self.scope(), Noteres::Tiltak(id)).await?;
        let adgang = Adgang::til_tiltak(&mut tx, &self.rolle, id).await?;
        Ok((tx, adgang))
    }

    /// The same for a sak.
    pub async fn read_sak(&self, id: Uuid) -> Result<(Tx, Adgang)> {
        let mut tx = self.app.db.read(self.scope(), Noteres::Sak(id)).await?;
        let adgang = Adgang::til_sak(&mut tx, &self.rolle, id).await?;
        Ok((tx, adgang))
    }

    /// The same for a bistandsforespørsel.
    pub async fn read_bistand(&self, id: Uuid) -> Result<(Tx, Ender)> {
        let mut tx = self.app.db.read(self.scope(), Noteres::Bistand(id)).await?;
        let ender = Ender::av(&mut tx, &self.rolle, id).await?;
        Ok((tx, ender))
    }

    /// Opens a read of the referater of a forum in a period, as one file, as far as the møter are open to the member.
    pub async fn read_referater(&self, forum: Uuid, (fra, til): (Date, Date)) -> Result<(Tx, Adgang)> {
        let mut tx = self.app.db.read(self.scope(), Noteres::Filer(forum, fra, til)).await?;
        let adgang = Adgang::til_forum(&mut tx, &self.rolle, forum).await?;
        Ok((tx, adgang))
    }

    /// Runs `work` in one transaction and commits if it succeeds. There is no
    /// write without a named right, and none held open while a body is read.
    pub async fn write<T>(&self, rett: Rett, work: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let mut tx = self.app.db.write(self.scope(), rett.noteres()).await?;
        rett.krev(&mut tx, &self.rolle).await?;
        let answer = work(&mut tx).await?;
        tx.commit().await?;
        Ok(answer)
    }

    /// As [`Self::write`], but a form sent twice (same `nokkel`) is one act: the second sending waits for
    /// the first and gets its answer, the path it led to.
    pub async fn write_once(
        &self,
        nokkel: Uuid,
        rett: Rett,
        work: impl AsyncFnOnce(&mut Tx) -> Result<String>,
    ) -> Result<String> {
        self.write(rett, async |tx| {
            let ny: Option<Uuid> = sqlx::query_scalar(
                "insert into innsending (nokkel, tid) values ($1, $2) on conflict do nothing returning nokkel",
            )
            .bind(nokkel)
            .bind(self.na())
            .fetch_optional(&mut **tx)
            .await?;
            if ny.is_none() {
                return Ok(sqlx::query_scalar(
                    "select svar from innsending where nokkel = $1 and bruker_id = gjeldende_bruker()",
                )
                .bind(nokkel)
                .fetch_one(&mut **tx)
                .await?);
            }
            let svar = work(tx).await?;
            sqlx::query("update innsending set svar = $2 where nokkel = $1")
                .bind(nokkel)
                .bind(&svar)
                .execute(&mut **tx)
                .await?;
            Ok(svar)
        })
        .await
    }
}

impl FromRequestParts<App> for Identitet {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        parts.extensions.get::<Arc<Identitet>>().map(|i| (**i).clone()).ok_or(Error::Utlogget)
    }
}

impl OptionalFromRequestParts<App> for Identitet {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Arc<Identitet>>().map(|i| (**i).clone()))
    }
}

impl FromRequestParts<App> for Medlem {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let identitet = <Identitet as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        identitet.krev_klar(app)?;
        let rolle = identitet.rolle.ok_or(Error::UtenRolle)?;
        Ok(Self { app: app.clone(), bruker: identitet.bruker, rolle })
    }
}
