//! The door to a correction.
use std::collections::HashMap;

use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{Historie, db, views};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    mote::VisMote,
    referat::{LENGSTE_BESLUTNING, LENGSTE_NOTAT},
    web::{Feil, Leser, MedStatus, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// The longest reason, in characters.
const LENGSTE_GRUNN: usize = 1_000;

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/referat/rett")]
pub struct RettReferat {
    pub id: Uuid,
}

pub fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_post(rett)
}

/// A correction as typed; the texts by the id of their field.
#[derive(Default)]
pub(super) struct Skrevet {
    nokkel: String,
    versjon: String,
    pub(super) grunn: String,
    pub(super) tekster: HashMap<String, String>,
}

impl Skrevet {
    fn av(felter: Vec<(String, String)>) -> Self {
        let mut skrevet = Self::default();
        for (navn, verdi) in felter {
            match navn.as_str() {
                "nokkel" => skrevet.nokkel = verdi,
                "versjon" => skrevet.versjon = verdi,
                "grunn" => skrevet.grunn = verdi,
                _ => drop(skrevet.tekster.insert(navn, verdi)),
            }
        }
        skrevet
    }

    /// The texts of the new version, each as long as it may be. A field that was not sent keeps its text.
    fn les(&self, historie: &Historie) -> Result<(String, Vec<db::NyTekst>), Feil> {
        let mut leser = Leser::default();
        let mut tekster = Vec::new();
        for felt in views::felter(historie) {
            let maks = if felt.beslutning.is_some() { LENGSTE_BESLUTNING } else { LENGSTE_NOTAT };
            let raw = self.tekster.get(&felt.id).unwrap_or(&felt.lagret);
            let ord = leser.valgfri(&felt.id, &felt.etikett, raw, maks);
            tekster.push(db::NyTekst { element: felt.element, beslutning: felt.beslutning, ord });
        }
        let grunn = leser.tekst("grunn", "Hvorfor referatet rettes", &self.grunn, LENGSTE_GRUNN);
        leser.ferdig((grunn, tekster))
    }

    /// What the new version holds, or the page again: with errors, or beside what somebody else has saved meanwhile.
    fn ny_versjon(&self, historie: &Historie) -> Result<(String, Vec<db::NyTekst>), Box<MedStatus<views::Rett>>> {
        let igjen = |feil| views::Rett::ny(historie, self, feil);
        let (grunn, tekster) = self.les(historie).map_err(|feil| Box::new(Page::med_feil(igjen(feil))))?;
        let felter = views::felter(historie);
        let par: Vec<_> =
            felter.iter().zip(&tekster).map(|(f, t)| (f.id.as_str(), f.lagret.as_str(), t.ord.as_str())).collect();
        if self.versjon != historie.stempel() {
            return Err(Box::new(Page::utdatert(igjen(Feil::utdatert(&par)))));
        }
        if par.iter().all(|(_, lagret, skrevet)| lagret == skrevet) {
            let felt = felter.first().map_or("grunn", |f| f.id.as_str());
            return Err(Box::new(Page::med_feil(igjen(Feil::en(felt, "Ingenting er endret. Rett teksten først")))));
        }
        Ok((grunn, tekster))
    }
}

async fn vis(RettReferat { id }: RettReferat, medlem: Medlem) -> Result<Page<views::Rett>> {
    let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
    let historie = hent(&mut tx, id).await?;
    Ok(Page(views::Rett::ny(&historie, &Skrevet::default(), Feil::default())))
}

/// Adds a version. On a page that was read before somebody else corrected, nothing is added, and both texts are shown.
async fn rett(
    RettReferat { id }: RettReferat,
    medlem: Medlem,
    Skjema(felter): Skjema<Vec<(String, String)>>,
) -> Utfall<views::Rett> {
    let skrevet = Skrevet::av(felter);
    let nokkel = les_nokkel(&skrevet.nokkel)?;
    let na = medlem.na();
    let mut igjen = None;
    let lagre = async |tx: &mut Tx| {
        let historie = hent(tx, id).await?;
        match skrevet.ny_versjon(&historie) {
            Ok((grunn, tekster)) => db::rett(tx, (id, historie.gjeldende() + 1), &grunn, &tekster, na).await?,
            Err(side) => igjen = Some(side),
        }
        // Without a page to go to, nothing is kept, the key of the form neither.
        if igjen.is_some() { Err(Error::IkkeFunnet) } else { Ok(format!("{}/referat", VisMote { id })) }
    };
    let sted = medlem.write_once(nokkel, Rett::LedeMote(id), lagre).await;
    match igjen {
        Some(side) => Ok(Err(*side)),
        None => {
            Ok(Ok(Videre::til(&sted?).med("Referatet er rettet. De som var kalt inn, blir bedt om å lese det på nytt")))
        }
    }
}

/// A referat that may be corrected: one that is ferdigstilt.
async fn hent(tx: &mut Tx, id: Uuid) -> Result<Historie> {
    match db::hent(tx, id).await {
        Err(Error::IkkeFunnet) => {
            Err(Error::Regelbrudd("Møtet er ikke ferdigstilt. Bare et ferdig referat kan rettes".into()))
        }
        annet => annet,
    }
}
