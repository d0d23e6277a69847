//! The doors of tjenester.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    db,
    views::{Felter, LISTEHODE, Rediger, Tjenesteliste, feltfeil},
};
use crate::{
    App, Error, Result,
    admin::{Avslutning, Utgang, Vist, finnes_fra, les_versjon, utgang},
    auth::{Medlem, Rett},
    kommune, tid,
    web::{Feil, Liste, Page, Skjema, Utfall, Videre, les_nokkel},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/tjenester")]
pub(super) struct Tjenester;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/tjenester/ny")]
pub(super) struct NyTjeneste;

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/admin/tjenester/{id}")]
pub(super) struct VisTjeneste {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/tjenester/{id}/avslutt")]
struct Avslutt {
    id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/tjenester/{id}/gjenapne")]
struct Gjenapne {
    id: Uuid,
}

impl Tjenester {
    pub(super) const STI: &'static str = Self::PATH;
}

impl NyTjeneste {
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

async fn liste(_: Tjenester, liste: Liste, medlem: Medlem) -> Result<Page<Tjenesteliste>> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let utdrag = db::sok(&mut tx, &liste).await?;
    Ok(Page(Tjenesteliste { hode: LISTEHODE, liste, utdrag, i_dag: medlem.i_dag() }))
}

async fn ny(_: NyTjeneste, medlem: Medlem) -> Result<Page<Rediger>> {
    Ok(Page(ny_side(&medlem, Felter::tom(medlem.i_dag()), Feil::default()).await?))
}

async fn ny_side(medlem: &Medlem, felter: Felter, feil: Feil) -> Result<Rediger> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let kommuner = kommune::velgbare(&mut tx).await?;
    Ok(Rediger::ny(felter, kommuner, feil))
}

async fn opprett(_: NyTjeneste, medlem: Medlem, Skjema(felter): Skjema<Felter>) -> Utfall<Rediger> {
    let oppgitt = match felter.les() {
        Ok(oppgitt) => oppgitt,
        Err(feil) => return Ok(Err(Page::med_feil(ny_side(&medlem, felter, feil).await?))),
    };
    let lagret = medlem.write_once(les_nokkel(&felter.nokkel)?, Rett::EndreGrunndata, async |tx| {
        let id = Uuid::now_v7();
        db::opprett(tx, id, &oppgitt).await?;
        Ok(VisTjeneste { id }.to_string())
    });
    match lagret.await {
        Ok(sti) => {
            let ord = format!("{} er lagt til", oppgitt.navn);
            Ok(Ok(Videre::til(&Tjenester).med(ord).og_sa("Se tjenesten", &sti)))
        }
        Err(error) => match feltfeil(&error) {
            Some(feil) => Ok(Err(Page::med_feil(ny_side(&medlem, felter, feil).await?))),
            None => Err(error),
        },
    }
}

async fn vis(VisTjeneste { id }: VisTjeneste, medlem: Medlem) -> Result<Page<Rediger>> {
    Ok(Page(side(&medlem, id, Vist::Lagret).await?))
}

async fn side(medlem: &Medlem, id: Uuid, vist: Vist<Felter>) -> Result<Rediger> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let tjeneste = db::hent(&mut tx, id).await?;
    let innhold = db::innhold(&mut tx, id).await?;
    let kommuner = kommune::velgbare(&mut tx).await?;
    Ok(Rediger::endre(&tjeneste, &innhold, kommuner, medlem.i_dag(), vist))
}

async fn lagre(sti: VisTjeneste, medlem: Medlem, Skjema(felter): Skjema<Felter>) -> Utfall<Rediger> {
    let oppgitt = match felter.les() {
        Ok(oppgitt) => oppgitt,
        Err(feil) => return Ok(Err(Page::med_feil(side(&medlem, sti.id, Vist::Skrevet(felter, feil)).await?))),
    };
    let versjon = les_versjon(&felter.versjon);
    let lagret = medlem.write(Rett::EndreGrunndata, async |tx| db::lagre(tx, sti.id, versjon, &oppgitt).await).await;
    match utgang(lagret, feltfeil)? {
        Utgang::Lagret => {
            Ok(Ok(Videre::til(&Tjenester).med(format!("{} er lagret", oppgitt.navn)).og_sa("Se tjenesten", &sti)))
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
    let ord = format!("Tjenesten avsluttes. Siste dag er {}", tid::dato(siste_dag));
    svar(&medlem, id, utgang(lagret, sluttfeil)?, skjema, ord).await
}

async fn gjenapne(Gjenapne { id }: Gjenapne, medlem: Medlem, Skjema(skjema): Skjema<Avslutning>) -> Utfall<Rediger> {
    let versjon = skjema.versjon();
    let lagret = medlem.write(Rett::EndreGrunndata, async |tx| db::gjenapne(tx, id, versjon).await).await;
    svar(&medlem, id, utgang(lagret, sluttfeil)?, skjema, "Tjenesten er gjenåpnet".to_owned()).await
}

fn sluttfeil(error: &Error) -> Option<Feil> {
    error.on_constraint("tjeneste_check").then(|| finnes_fra("siste_dag"))
}

/// After ending or reopening: the tjeneste's page, with what happened or why it did not.
async fn svar(medlem: &Medlem, id: Uuid, utgang: Utgang, skjema: Avslutning, ord: String) -> Utfall<Rediger> {
    match utgang {
        Utgang::Lagret => Ok(Ok(Videre::til(&VisTjeneste { id }).med(ord))),
        Utgang::Utdatert => Ok(Err(Page::utdatert(side(medlem, id, Vist::Slutt(skjema, Feil::utdatert(&[]))).await?))),
        Utgang::Feil(feil) => Ok(Err(Page::med_feil(side(medlem, id, Vist::Slutt(skjema, feil)).await?))),
    }
}
