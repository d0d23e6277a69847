//! The doors of answers and attendance.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Detaljer, Forfallsgrunn, Oppmote, Regelbrudd, Svar, db, kan_fore, kan_fore_eget, kan_svare, tider,
    views::{Skrevet, Sporsmal},
};
use crate::{
    App, Result,
    auth::{Medlem, Rett},
    web::{Feil, Page, Skjema, Utfall, Videre, trygg_sti},
};

/// One's own answer to an invitation.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/svar")]
pub struct MittSvar {
    pub id: Uuid,
}

/// One's own attendance.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/mitt-oppmote")]
pub struct MittOppmote {
    pub id: Uuid,
}

/// A participant's attendance, as the leader registers it.
#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/oppmote/{deltaker}")]
pub struct Registrer {
    pub id: Uuid,
    pub deltaker: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/moter/{id}/alle-til-stede")]
pub struct AlleTilStede {
    pub id: Uuid,
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(svar_side)
        .typed_post(svar)
        .typed_get(mitt_oppmote_side)
        .typed_post(mitt_oppmote)
        .typed_post(registrer)
        .typed_post(tider::registrer)
        .typed_post(alle_til_stede)
}

/// The fields of an answer or an attendance, as they were sent.
#[derive(Deserialize)]
struct Ra {
    #[serde(default)]
    tilbake: String,
    #[serde(default)]
    svar: String,
    #[serde(default)]
    oppmote: String,
    #[serde(default)]
    vara: String,
    #[serde(default)]
    grunn: String,
}

impl Ra {
    fn svar(&self) -> Result<(Svar, Detaljer), Feil> {
        let svar = self.svar.parse().ok().filter(|svar| Svar::VALG.contains(svar));
        let svar: Svar = svar.ok_or_else(|| Feil::en("svar", "Velg om du kommer, sender vara eller melder forfall"))?;
        svar.med(Some(&self.vara), self.grunn()).map(|med| (svar, med)).map_err(|regel| ved_felt(&regel))
    }

    fn oppmote(&self, valg: &[Oppmote]) -> Result<(Oppmote, Detaljer), Feil> {
        let oppmote = self.oppmote.parse().ok().filter(|oppmote| valg.contains(oppmote));
        let oppmote: Oppmote = oppmote.ok_or_else(|| Feil::en("oppmote", "Velg et oppmøte"))?;
        oppmote.med(Some(&self.vara), self.grunn()).map(|med| (oppmote, med)).map_err(|regel| ved_felt(&regel))
    }

    fn grunn(&self) -> Option<Forfallsgrunn> {
        self.grunn.parse().ok()
    }

    /// Where the form was filled in, or the page of the møte.
    fn tilbake(&self, mote: Uuid) -> String {
        if self.tilbake.is_empty() { format!("/moter/{mote}") } else { trygg_sti(&self.tilbake).to_owned() }
    }

    fn som_skrevet(self, verdi: &str, feil: Feil, mote: Uuid) -> Skrevet {
        let tilbake = self.tilbake(mote);
        Skrevet { verdi: verdi.to_owned(), vara: self.vara, grunn: self.grunn, tilbake, feil }
    }
}

/// What a participant can log for themselves: nobody writes that they did not come without a word.
const EGNE: [Oppmote; 3] = [Oppmote::TilStede, Oppmote::Vara, Oppmote::Forfall];

fn ved_felt(regel: &Regelbrudd) -> Feil {
    Feil::en(if *regel == Regelbrudd::ManglerGrunn { "grunn" } else { "vara" }, &regel.to_string())
}

async fn svar_side(MittSvar { id }: MittSvar, medlem: Medlem) -> Result<Page<Sporsmal>> {
    Ok(Page(sporsmal_om_svar(id, &medlem, None).await?))
}

async fn svar(MittSvar { id }: MittSvar, medlem: Medlem, Skjema(ra): Skjema<Ra>) -> Utfall<Sporsmal> {
    let (svar, med) = match ra.svar() {
        Ok(svar) => svar,
        Err(feil) => {
            let valgt = ra.svar.clone();
            let side = sporsmal_om_svar(id, &medlem, Some(ra.som_skrevet(&valgt, feil, id))).await?;
            return Ok(Err(Page::med_feil(side)));
        }
    };
    let na = medlem.na();
    medlem.write(Rett::SvareMote(id), async |tx| db::lagre_svar(tx, id, svar, &med, na).await).await?;
    let ord = match svar {
        Svar::SenderVara => format!("du sender {} som vara", med.vara.unwrap_or_default()),
        Svar::Forfall => "du har meldt forfall".to_owned(),
        Svar::Kommer | Svar::Ubesvart => "du kommer".to_owned(),
    };
    Ok(Ok(Videre::til(&ra.tilbake(id)).med(format!("Svaret ditt er lagret: {ord}"))))
}

async fn sporsmal_om_svar(id: Uuid, medlem: &Medlem, skrevet: Option<Skrevet>) -> Result<Sporsmal> {
    let mut tx = medlem.read_med(Rett::SvareMote(id)).await?;
    let mote = db::sporsmal(&mut tx, id, None).await?;
    kan_svare(mote.status, !mote.deltaker.oppmote.is_empty())?;
    Ok(Sporsmal::om_svar(id, mote, skrevet))
}

async fn mitt_oppmote_side(MittOppmote { id }: MittOppmote, medlem: Medlem) -> Result<Page<Sporsmal>> {
    Ok(Page(sporsmal_om_eget(id, &medlem, None).await?))
}

async fn mitt_oppmote(MittOppmote { id }: MittOppmote, medlem: Medlem, Skjema(ra): Skjema<Ra>) -> Utfall<Sporsmal> {
    let (oppmote, med) = match ra.oppmote(&EGNE) {
        Ok(oppmote) => oppmote,
        Err(feil) => {
            let valgt = ra.oppmote.clone();
            let side = sporsmal_om_eget(id, &medlem, Some(ra.som_skrevet(&valgt, feil, id))).await?;
            return Ok(Err(Page::med_feil(side)));
        }
    };
    let nar = (medlem.na(), medlem.i_dag());
    medlem.write(Rett::SvareMote(id), async |tx| db::lagre_oppmote(tx, id, None, (oppmote, &med), nar).await).await?;
    let ord = oppmote.navn().to_lowercase();
    Ok(Ok(Videre::til(&ra.tilbake(id)).med(format!("Oppmøtet ditt er lagret: {ord}"))))
}

async fn sporsmal_om_eget(id: Uuid, medlem: &Medlem, skrevet: Option<Skrevet>) -> Result<Sporsmal> {
    let mut tx = medlem.read_med(Rett::SvareMote(id)).await?;
    let mote = db::sporsmal(&mut tx, id, None).await?;
    kan_fore_eget(mote.status, mote.dato, medlem.i_dag())?;
    Ok(Sporsmal::om_oppmote(MittOppmote { id }.to_string(), id, mote, &EGNE, skrevet))
}

async fn registrer(sti: Registrer, medlem: Medlem, Skjema(ra): Skjema<Ra>) -> Utfall<Sporsmal> {
    let Registrer { id, deltaker } = sti;
    let (oppmote, med) = match ra.oppmote(&Oppmote::ALLE) {
        Ok(oppmote) => oppmote,
        Err(feil) => {
            let mut tx = medlem.read_med(Rett::LedeMote(id)).await?;
            let mote = db::sporsmal(&mut tx, id, Some(deltaker)).await?;
            kan_fore(mote.status)?;
            let valgt = ra.oppmote.clone();
            let skrevet = ra.som_skrevet(&valgt, feil, id);
            return Ok(Err(Page::med_feil(Sporsmal::om_oppmote(
                sti.to_string(),
                id,
                mote,
                &Oppmote::ALLE,
                Some(skrevet),
            ))));
        }
    };
    let nar = (medlem.na(), medlem.i_dag());
    let hvem = medlem
        .write(Rett::LedeMote(id), async |tx| db::lagre_oppmote(tx, id, Some(deltaker), (oppmote, &med), nar).await)
        .await?;
    let ord = oppmote.navn().to_lowercase();
    Ok(Ok(Videre::til(&ra.tilbake(id)).med(format!("Oppmøte lagret: {hvem}, {ord}"))))
}

async fn alle_til_stede(AlleTilStede { id }: AlleTilStede, medlem: Medlem, Skjema(ra): Skjema<Ra>) -> Result<Videre> {
    let na = medlem.na();
    let (fort, igjen) = medlem.write(Rett::LedeMote(id), async |tx| db::alle_til_stede(tx, id, na).await).await?;
    let rest = if igjen > 0 {
        format!(". {igjen} har meldt forfall eller vara, eller har ingen i plassen: før dem for seg")
    } else {
        String::new()
    };
    Ok(Videre::til(&ra.tilbake(id)).med(format!("{fort} er ført som til stede{rest}")))
}
