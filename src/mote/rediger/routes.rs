//! The doors of changing a møte.
use axum::{Router, extract::Query};
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    db,
    skjema::{Agendaskjema, Avslag, Flytting, NyttElement, krev_lengde},
    views::{AgendaSide, FlyttSide},
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    mote::{Status, VisMote},
    web::{Feil, MedStatus, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// The agenda as the leader changes it.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/agenda")]
pub struct RedigerAgenda {
    pub id: Uuid,
}

impl RedigerAgenda {
    /// The page after an element or a sak was moved, which can undo it.
    pub fn etter_flytting(self, flyttet: Uuid, fra: usize) -> String {
        format!("{self}?flyttet={flyttet}&fra={fra}")
    }
}

/// What was just moved, and the place it stood at.
#[derive(Clone, Copy, Default, Deserialize)]
pub(super) struct Flyttet {
    pub(super) flyttet: Option<Uuid>,
    #[serde(default)]
    pub(super) fra: usize,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/agenda/nytt")]
struct LeggTilElement {
    id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/agenda/{element}/flytt")]
pub(super) struct FlyttElement {
    pub(super) id: Uuid,
    pub(super) element: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/agenda/{element}/fjern")]
pub(super) struct FjernElement {
    pub(super) id: Uuid,
    pub(super) element: Uuid,
}

/// Another day, time or place for the møte.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/flytt")]
pub struct FlyttMote {
    pub id: Uuid,
}

#[derive(Deserialize)]
struct Plass {
    plass: usize,
}

pub(in crate::mote) fn routes() -> Router<App> {
    Router::new()
        .typed_get(agenda)
        .typed_post(lagre)
        .typed_post(legg_til)
        .typed_post(flytt)
        .typed_post(fjern)
        .typed_get(flytt_side)
        .typed_post(flytt_mote)
}

/// What a form came to inside its transaction: done, or the draft it must be shown with again.
type Svar = std::result::Result<(), (db::Utkast, Avslag)>;

async fn agenda(
    RedigerAgenda { id }: RedigerAgenda,
    Query(flyttet): Query<Flyttet>,
    medlem: Medlem,
) -> Result<Page<AgendaSide>> {
    let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
    let utkast = db::hent(&mut tx, id).await?;
    krev_agenda(&utkast)?;
    Ok(Page(AgendaSide::ny(utkast).etter(flyttet)))
}

async fn lagre(
    sti: RedigerAgenda,
    medlem: Medlem,
    Skjema(felter): Skjema<Vec<(String, String)>>,
) -> Utfall<AgendaSide> {
    let skjema = Agendaskjema::fra(felter);
    let svar: Svar = medlem
        .write(Rett::LedeMote(sti.id), async |tx| {
            let mut utkast = db::hent_for_endring(tx, sti.id).await?;
            krev_agenda(&utkast)?;
            match skjema.bruk(&mut utkast) {
                Err(avslag) => Ok(Err((utkast, avslag))),
                Ok(kort) => {
                    db::lagre_agenda(tx, sti.id, &utkast.agenda).await?;
                    db::lagre_lengde(tx, sti.id, &utkast.agenda, kort.as_deref()).await.map(Ok)
                }
            }
        })
        .await?;
    match svar {
        Ok(()) => Ok(Ok(Videre::til(&sti).med("Agendaen er lagret").og_sa("Se møtet", &VisMote { id: sti.id }))),
        Err((utkast, avslag)) => Ok(Err(avvist(avslag, |feil| AgendaSide::ny(utkast).med(skjema, feil)))),
    }
}

async fn legg_til(
    LeggTilElement { id }: LeggTilElement,
    medlem: Medlem,
    Skjema(skjema): Skjema<NyttElement>,
) -> Utfall<AgendaSide> {
    let nokkel = les_nokkel(&skjema.nokkel)?;
    let mut avslag = None;
    let lagre = async |tx: &mut Tx| {
        let mut utkast = db::hent_for_endring(tx, id).await?;
        utkast.mote.krev_apent()?;
        let nytt = skjema.les().and_then(|nytt| {
            let lagt_til = utkast.agenda.legg_til(nytt.clone());
            lagt_til.map(|()| nytt).map_err(|regel| Feil::en("minutter", &regel.to_string()))
        });
        match nytt {
            Err(feil) => {
                avslag = Some((utkast, feil.into()));
                // Without a page to go to, nothing is kept, the key of the form neither.
                Err(Error::IkkeFunnet)
            }
            Ok(nytt) => {
                db::sett_inn(tx, id, &nytt).await?;
                let kort = utkast.kort();
                db::lagre_lengde(tx, id, &utkast.agenda, kort.as_deref()).await?;
                Ok(RedigerAgenda { id }.to_string())
            }
        }
    };
    let sted = medlem.write_once(nokkel, Rett::LedeMote(id), lagre).await;
    match avslag {
        Some((utkast, avslag)) => Ok(Err(avvist(avslag, |feil| AgendaSide::ny(utkast).med_nytt(skjema, feil)))),
        None => Ok(Ok(Videre::til(&sted?).med("Elementet er lagt til"))),
    }
}

async fn flytt(sti: FlyttElement, medlem: Medlem, Skjema(til): Skjema<Plass>) -> Result<Videre> {
    let fra = medlem
        .write(Rett::LedeMote(sti.id), async |tx| {
            let mut utkast = db::hent_for_endring(tx, sti.id).await?;
            krev_agenda(&utkast)?;
            let fra = utkast.agenda.elementer().iter().position(|e| e.id == sti.element);
            utkast.agenda.flytt(sti.element, til.plass)?;
            db::lagre_agenda(tx, sti.id, &utkast.agenda).await?;
            Ok(fra.map_or(1, |fra| fra + 1))
        })
        .await?;
    Ok(Videre::til(&RedigerAgenda { id: sti.id }.etter_flytting(sti.element, fra)))
}

async fn fjern(sti: FjernElement, medlem: Medlem) -> Utfall<AgendaSide> {
    let id = sti.id;
    let svar: Svar = medlem
        .write(Rett::LedeMote(id), async |tx| {
            let mut utkast = db::hent_for_endring(tx, id).await?;
            utkast.mote.krev_apent()?;
            utkast.agenda.fjern(sti.element)?;
            match krev_lengde(&utkast.agenda, utkast.krav, &utkast.mote.kort_begrunnelse) {
                Err(feil) => Ok(Err((db::hent(tx, id).await?, feil.into()))),
                Ok(kort) => {
                    db::slett(tx, id, sti.element).await?;
                    db::lagre_agenda(tx, id, &utkast.agenda).await?;
                    db::lagre_lengde(tx, id, &utkast.agenda, kort.as_deref()).await.map(Ok)
                }
            }
        })
        .await?;
    match svar {
        Ok(()) => Ok(Ok(Videre::til(&RedigerAgenda { id }).med("Elementet er fjernet"))),
        Err((utkast, avslag)) => Ok(Err(avvist(avslag, |feil| AgendaSide::ny(utkast).med_feil(feil)))),
    }
}

async fn flytt_side(FlyttMote { id }: FlyttMote, medlem: Medlem) -> Result<Page<FlyttSide>> {
    let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
    let utkast = db::hent(&mut tx, id).await?;
    utkast.mote.krev_apent()?;
    Ok(Page(FlyttSide::ny(utkast)))
}

async fn flytt_mote(
    FlyttMote { id }: FlyttMote,
    medlem: Medlem,
    Skjema(skjema): Skjema<Flytting>,
) -> Utfall<FlyttSide> {
    let svar = medlem
        .write(Rett::LedeMote(id), async |tx| {
            let utkast = db::hent_for_endring(tx, id).await?;
            utkast.mote.krev_apent()?;
            match skjema.les(&utkast, medlem.na()) {
                Err(avslag) => Ok(Err((utkast, avslag))),
                Ok((start, sted)) => {
                    let ny_tid = start != utkast.mote.start;
                    db::lagre_tid(tx, id, start, &sted, ny_tid).await?;
                    Ok(Ok(ny_tid))
                }
            }
        })
        .await?;
    match svar {
        Ok(true) => {
            let ord = "Møtet er flyttet. Svarene gjaldt den gamle tiden, så alle må svare på nytt";
            Ok(Ok(Videre::til(&VisMote { id }).med(ord)))
        }
        Ok(false) => Ok(Ok(Videre::til(&VisMote { id }).med("Stedet er lagret"))),
        Err((utkast, avslag)) => Ok(Err(avvist(avslag, |feil| FlyttSide::ny(utkast).med(skjema, feil)))),
    }
}

/// The page again, with the status that fits: 422 for what can be mended, 409 for a stale page.
fn avvist<T: askama::Template + Send + Sync + 'static>(avslag: Avslag, side: impl FnOnce(Feil) -> T) -> MedStatus<T> {
    match avslag {
        Avslag::Feil(feil) => Page::med_feil(side(feil)),
        Avslag::Utdatert(feil) => Page::utdatert(side(feil)),
    }
}

/// Order and minutes may be changed until the møte has ended.
fn krev_agenda(utkast: &db::Utkast) -> Result<()> {
    match utkast.mote.status {
        Status::Pagar => Ok(()),
        _ => utkast.mote.krev_apent(),
    }
}

impl db::Utkast {
    /// The reason to keep when something was added: it goes when the agenda has become long enough.
    fn kort(&self) -> Option<String> {
        let for_kort = self.krav.is_some_and(|krav| self.agenda.varighet() < krav);
        for_kort.then(|| self.mote.kort_begrunnelse.clone()).filter(|kort| !kort.is_empty())
    }
}
