//! The doors of closing a møte, and of taking back an avlysning.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{Lukkearsak, db, views};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    mote::{Handling, Status, VisMote, db as motedb},
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, les_nokkel},
};

const LENGSTE_BEGRUNNELSE: usize = 500;

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/lukk")]
pub struct LukkMote {
    pub id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/angre-avlysning")]
pub struct AngreAvlysning {
    pub id: Uuid,
}

pub(in crate::mote) fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_post(lukk).typed_post(angre)
}

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RaLukking {
    nokkel: String,
    pub(super) arsak: String,
    pub(super) begrunnelse: String,
}

impl RaLukking {
    fn les(&self) -> Result<(Lukkearsak, String), Feil> {
        let mut leser = Leser::default();
        let arsak = leser.valg("arsak", "Hva har skjedd", &self.arsak);
        let begrunnelse = leser.tekst("begrunnelse", "Begrunnelse", &self.begrunnelse, LENGSTE_BEGRUNNELSE);
        leser.ferdig((arsak.unwrap_or(Lukkearsak::Feil), begrunnelse))
    }
}

async fn vis(LukkMote { id }: LukkMote, medlem: Medlem) -> Result<Page<views::Lukk>> {
    Ok(Page(side(id, &medlem, RaLukking::default(), Feil::default()).await?))
}

async fn side(id: Uuid, medlem: &Medlem, ra: RaLukking, feil: Feil) -> Result<views::Lukk> {
    let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
    let mote = motedb::hent(&mut tx, id).await?;
    mote.status.overgang(Handling::Lukk)?;
    krev_tomt(&mut tx, id).await?;
    Ok(views::Lukk::ny(mote, ra, feil))
}

/// Closes it without a referat. It does not count as held.
async fn lukk(LukkMote { id }: LukkMote, medlem: Medlem, Skjema(ra): Skjema<RaLukking>) -> Utfall<views::Lukk> {
    let (nokkel, na, i_dag) = (les_nokkel(&ra.nokkel)?, medlem.na(), medlem.i_dag());
    let (arsak, begrunnelse) = match ra.les() {
        Ok(lest) => lest,
        Err(feil) => return Ok(Err(Page::med_feil(side(id, &medlem, ra, feil).await?))),
    };
    let lagre = async |tx: &mut Tx| {
        let mote = motedb::hent_for_endring(tx, id).await?;
        let status = mote.status.overgang(Handling::Lukk)?;
        krev_tomt(tx, id).await?;
        arsak.passer(mote.dato(), i_dag).map_err(|ord| Error::Ugyldig(ord.into()))?;
        db::lukk(tx, id, status, (arsak, &begrunnelse), na).await?;
        Ok(mote.sti())
    };
    match medlem.write_once(nokkel, Rett::LedeMote(id), lagre).await {
        Err(Error::Ugyldig(ord)) => Ok(Err(Page::med_feil(side(id, &medlem, ra, Feil::en("arsak", &ord)).await?))),
        sted => Ok(Ok(Videre::til(&sted?).med("Møtet er lukket uten referat. Det teller ikke som holdt"))),
    }
}

/// Nobody's words disappear behind a closed door.
async fn krev_tomt(tx: &mut Tx, id: Uuid) -> Result<()> {
    if db::er_skrevet_i(tx, id).await? {
        let ord =
            "Det er skrevet notater eller beslutninger i møtet. Ferdigstill det i stedet, så blir de tatt vare på";
        return Err(Error::Regelbrudd(ord.into()));
    }
    Ok(())
}

/// Sets the møte back to what it was. Sent twice, it is done once.
async fn angre(AngreAvlysning { id }: AngreAvlysning, medlem: Medlem) -> Result<Videre> {
    let na = medlem.na();
    medlem
        .write(Rett::LedeMote(id), async |tx| {
            let mote = motedb::hent_for_endring(tx, id).await?;
            match (mote.status, mote.avlysning) {
                (Status::Avlyst, Some(avlysning)) => db::angre(tx, id, avlysning.angre(na)?, na).await,
                (Status::Planlagt | Status::Innkalt, _) if mote.angret.is_some() => Ok(()),
                (Status::Avlyst, None) => {
                    Err(Error::Regelbrudd("Avlysningen kan ikke angres. Book et nytt møte".into()))
                }
                _ => Err(Error::Regelbrudd("Møtet er ikke avlyst".into())),
            }
        })
        .await?;
    Ok(Videre::til(&VisMote { id }).med("Avlysningen er angret. Møtet står som før, med svarene som var gitt"))
}
