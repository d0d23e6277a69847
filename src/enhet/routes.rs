//! The doors of enheter.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    db,
    views::{Enhetsliste, Felter, LISTEHODE, Rediger, feltfeil},
};
use crate::{
    App, Error, Result,
    admin::{Avslutning, Utgang, Vist, finnes_fra, les_versjon, utgang},
    auth::{Medlem, Rett},
    kommune, tid,
    web::{Feil, Liste, Page, Skjema, Utfall, Videre, les_nokkel},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/enheter")]
pub(super) struct Enheter;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/enheter/ny")]
pub(super) struct NyEnhet;

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/admin/enheter/{id}")]
pub(super) struct VisEnhet {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/enheter/{id}/avslutt")]
struct Avslutt {
    id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/enheter/{id}/gjenapne")]
struct Gjenapne {
    id: Uuid,
}

impl Enheter {
    pub(super) const STI: &'static str = Self::PATH;
}

impl NyEnhet {
    pub(super) const STI: &'static str = Self::PATH;
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(liste)
        .typed_get(ny)
        .typed_post(opprett)
        .typed_get(vis)
        .typed_post(lagre)
        .typed_post(avslutt)
        .typed_post(gjenapne)
}

async fn liste(_: Enheter, liste: Liste, medlem: Medlem) -> Result<Page<Enhetsliste>> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let utdrag = db::sok(&mut tx, &liste).await?;
    let kommuner = kommune::velgbare(&mut tx).await?;
    Ok(Page(Enhetsliste { hode: LISTEHODE, liste, utdrag, kommuner, i_dag: medlem.i_dag() }))
}

async fn ny(_: NyEnhet, medlem: Medlem) -> Result<Page<Rediger>> {
    Ok(Page(ny_side(&medlem, Felter::tom(medlem.i_dag()), Feil::default()).await?))
}

async fn ny_side(medlem: &Medlem, felter: Felter, feil: Feil) -> Result<Rediger> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let kommuner = kommune::velgbare(&mut tx).await?;
    Ok(Rediger::ny(felter, kommuner, feil))
}

async fn opprett(_: NyEnhet, medlem: Medlem, Skjema(felter): Skjema<Felter>) -> Utfall<Rediger> {
    let oppgitt = match felter.les() {
        Ok(oppgitt) => oppgitt,
        Err(feil) => return Ok(Err(Page::med_feil(ny_side(&medlem, felter, feil).await?))),
    };
    let lagret = medlem.write_once(les_nokkel(&felter.nokkel)?, Rett::EndreGrunndata, async |tx| {
        let id = Uuid::now_v7();
        db::opprett(tx, id, &oppgitt).await?;
        Ok(VisEnhet { id }.to_string())
    });
    match lagret.await {
        Ok(sti) => {
            let ord = format!("{} er lagt til", oppgitt.navn);
            Ok(Ok(Videre::til(&Enheter).med(ord).og_sa("Se enheten", &sti)))
        }
        Err(error) => match feltfeil(&error) {
            Some(feil) => Ok(Err(Page::med_feil(ny_side(&medlem, felter, feil).await?))),
            None => Err(error),
        },
    }
}

async fn vis(VisEnhet { id }: VisEnhet, medlem: Medlem) -> Result<Page<Rediger>> {
    Ok(Page(side(&medlem, id, Vist::Lagret).await?))
}

async fn side(medlem: &Medlem, id: Uuid, vist: Vist<Felter>) -> Result<Rediger> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let enhet = db::hent(&mut tx, id).await?;
    let innhold = db::innhold(&mut tx, id, medlem.i_dag()).await?;
    let kommuner = kommune::velgbare(&mut tx).await?;
    Ok(Rediger::endre(&enhet, &innhold, kommuner, medlem.i_dag(), vist))
}

async fn lagre(sti: VisEnhet, medlem: Medlem, Skjema(felter): Skjema<Felter>) -> Utfall<Rediger> {
    let oppgitt = match felter.les() {
        Ok(oppgitt) => oppgitt,
        Err(feil) => return Ok(Err(Page::med_feil(side(&medlem, sti.id, Vist::Skrevet(felter, feil)).await?))),
    };
    let versjon = les_versjon(&felter.versjon);
    let lagret = medlem.write(Rett::EndreGrunndata, async |tx| db::lagre(tx, sti.id, versjon, &oppgitt).await).await;
    match utgang(lagret, feltfeil)? {
        Utgang::Lagret => {
            Ok(Ok(Videre::til(&Enheter).med(format!("{} er lagret", oppgitt.navn)).og_sa("Se enheten", &sti)))
        }
        Utgang::Utdatert => Ok(Err(Page::utdatert(side(&medlem, sti.id, Vist::Utdatert(felter)).await?))),
        Utgang::Feil(feil) => Ok(Err(Page::med_feil(side(&medlem, sti.id, Vist::Skrevet(felter, feil)).await?))),
    }
}

async fn avslutt(Avslutt { id }: Avslutt, medlem: Medlem, Skjema(skjema): Skjema<Avslutning>) -> Utfall<Rediger> {
    let siste_dag = match skjema.les() {
        Ok(dag) => dag,
        Err(feil) => return Ok(Err(Page::med_feil(side(&medlem, id, Vist::Slutt(skjema, feil)).await?))),
    };
    let versjon = skjema.versjon();
    let lagret = medlem.write(Rett::EndreGrunndata, async |tx| db::avslutt(tx, id, versjon, siste_dag).await).await;
    let ord = format!("Enheten avsluttes. Siste dag er {}", tid::dato(siste_dag));
    svar(&medlem, id, utgang(lagret, sluttfeil)?, skjema, ord).await
}

async fn gjenapne(Gjenapne { id }: Gjenapne, medlem: Medlem, Skjema(skjema): Skjema<Avslutning>) -> Utfall<Rediger> {
    let versjon = skjema.versjon();
    let lagret = medlem.write(Rett::EndreGrunndata, async |tx| db::gjenapne(tx, id, versjon).await).await;
    svar(&medlem, id, utgang(lagret, sluttfeil)?, skjema, "Enheten er gjenåpnet".to_owned()).await
}

fn sluttfeil(error: &Error) -> Option<Feil> {
    error.on_constraint("enhet_check").then(|| finnes_fra("siste_dag"))
}

/// After ending or reopening: the enhet's page, with what happened or why it did not.
async fn svar(medlem: &Medlem, id: Uuid, utgang: Utgang, skjema: Avslutning, ord: String) -> Utfall<Rediger> {
    match utgang {
        Utgang::Lagret => Ok(Ok(Videre::til(&VisEnhet { id }).med(ord))),
        Utgang::Utdatert => Ok(Err(Page::utdatert(side(medlem, id, Vist::Slutt(skjema, Feil::utdatert(&[]))).await?))),
        Utgang::Feil(feil) => Ok(Err(Page::med_feil(side(medlem, id, Vist::Slutt(skjema, feil)).await?))),
    }
}
