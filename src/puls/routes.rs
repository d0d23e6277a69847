//! The one door of the pulse: its questions after a møte, and the answer.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::{
    db::{self, Motet, Svar},
    stilling::Stilling,
    views,
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    mote::VisMote,
    regelsett::{self, Semester},
    web::{Feil, Leser, Page, Skjema, Utfall, Videre},
};

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/moter/{id}/puls")]
pub struct SvarPuls {
    pub id: Uuid,
}

pub fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_post(svar)
}

/// The form as sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) likeverd: String,
    pub(super) rad: String,
    pub(super) hyppighet: String,
}

impl Felter {
    fn les(&self, er_siste: bool) -> Result<Svar, Feil> {
        let mut leser = Leser::default();
        let likeverd = leser.tall("likeverd", views::LIKEVERD, &self.likeverd, 1..=5);
        let rad = leser.tall("rad", views::RAD, &self.rad, 1..=5);
        for (felt, mangler) in [("likeverd", likeverd.is_none()), ("rad", rad.is_none())] {
            leser.krev(felt, !mangler, "Velg et tall fra 1 til 5");
        }
        let hyppighet = if er_siste { leser.valg("hyppighet", views::HYPPIGHET, &self.hyppighet) } else { None };
        leser.ferdig(Svar { likeverd: likeverd.unwrap_or(1), rad: rad.unwrap_or(1), hyppighet })
    }
}

/// A møte and the semester it lies in: its first day, and whether the forum meets again before its last.
async fn i_semesteret(tx: &mut Tx, id: Uuid, i_dag: Date) -> Result<(Motet, Date, bool)> {
    let regler = regelsett::hent(tx).await?;
    let mote = db::hent(tx, id, i_dag).await?;
    let grenser = regler.for_sted(mote.kommune, mote.enhet).semestergrenser;
    let semester = Semester::for_dato(mote.dato, grenser);
    let er_siste = mote.neste.is_none_or(|neste| neste > semester.slutt(grenser));
    Ok((mote, semester.start(grenser), er_siste))
}

async fn side(sti: SvarPuls, medlem: &Medlem, felter: Felter) -> Result<views::Puls> {
    let mut tx = medlem.read_med(Rett::SvareMote(sti.id)).await?;
    let (mote, _, er_siste) = i_semesteret(&mut tx, sti.id, medlem.i_dag()).await?;
    Ok(views::Puls { sti, mote, er_siste, felter, feil: Feil::default() })
}

async fn vis(sti: SvarPuls, medlem: Medlem) -> Result<Page<views::Puls>> {
    Ok(Page(side(sti, &medlem, Felter::default()).await?))
}

/// Counted once, however often it is sent.
async fn svar(sti: SvarPuls, medlem: Medlem, Skjema(felter): Skjema<Felter>) -> Utfall<views::Puls> {
    let feil = medlem
        .write(Rett::SvareMote(sti.id), async |tx| {
            let (mote, semester, er_siste) = i_semesteret(tx, sti.id, medlem.i_dag()).await?;
            match mote.stilling {
                Stilling::Svart => return Ok(None),
                Stilling::Apen => {}
                annen => return Err(Error::Regelbrudd(annen.ord().to_owned())),
            }
            match felter.les(er_siste) {
                Err(feil) => return Ok(Some(feil)),
                Ok(svar) if db::merk_svart(tx, sti.id).await? => db::legg_til(tx, sti.id, semester, svar).await?,
                Ok(_) => {}
            }
            Ok(None)
        })
        .await?;
    match feil {
        None => Ok(Ok(Videre::til(&VisMote { id: sti.id }).med("Takk for svaret. Det er anonymt"))),
        Some(feil) => Ok(Err(Page::med_feil(views::Puls { feil, ..side(sti, &medlem, felter).await? }))),
    }
}
