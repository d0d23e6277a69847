//! A tiltak is evaluated: whether it works, and what next.
use time::Date;
use uuid::Uuid;

use super::{EvaluerTiltak, VisTiltak};
use crate::{
    Error, Result,
    auth::{Handling, Medlem, Rett},
    db::Tx,
    tiltak::{
        Status, Tiltak, UlovligTrekk, Videre as Neste, Virkning, db,
        skjema::{Evalueringsfelter, LENGST, dato_fra, les_slutt},
        views,
    },
    web::{Feil, Leser, Page, Skjema, Utfall, Videre, les_nokkel},
};

impl Evalueringsfelter {
    fn les(&self, i_dag: Date) -> Result<db::NyEvaluering, Feil> {
        let mut leser = Leser::default();
        let virkning = leser.valg("virker", "Virker tiltaket?", &self.virker);
        let notat = leser.valgfri("notat", "Hva ser dere?", &self.notat, LENGST);
        let videre = leser.valg("videre", "Hva gjør dere videre?", &self.videre);
        let mal = leser.tekst("mal", "Mål", &self.mal, LENGST);
        let hva = leser.tekst("hva", "Tiltak", &self.hva, LENGST);
        let avsluttes = videre == Some(Neste::Avsluttet);
        let gar_videre = videre.is_some() && !avsluttes;
        let neste = gar_videre.then(|| {
            dato_fra(&mut leser, "neste_evaluering", "Neste evaluering", &self.neste_evaluering, (i_dag, None))
        });
        let slutt = avsluttes.then(|| les_slutt(&mut leser, &self.skal_evalueres, &self.evalueres, i_dag));
        leser.ferdig(db::NyEvaluering {
            virkning: virkning.unwrap_or(Virkning::VirkerIkke),
            notat,
            videre: videre.unwrap_or(Neste::Endret),
            neste,
            mal,
            hva,
            slutt,
        })
    }
}

/// Why an evaluation could not be stored.
enum Nei {
    Utdatert,
    Regel(UlovligTrekk),
    Feil(Error),
}

pub(super) async fn vis(EvaluerTiltak { id }: EvaluerTiltak, medlem: Medlem) -> Result<Page<views::Evaluer>> {
    let (tiltak, leder) = hent(&medlem, id).await?;
    let felter = Evalueringsfelter::fra(&tiltak);
    Ok(Page(views::Evaluer { tiltak, leder, felter, feil: Feil::default() }))
}

async fn hent(medlem: &Medlem, id: Uuid) -> Result<(Tiltak, bool)> {
    let (mut tx, adgang) = medlem.read_tiltak(id).await?;
    if !adgang.til(Handling::EvaluereTiltak) {
        return Err(Error::IkkeTilgang);
    }
    let tiltak = db::hent(&mut tx, id).await?;
    if !tiltak.status.kan_evalueres() {
        return Err(UlovligTrekk::IkkeTilEvaluering(tiltak.status).into());
    }
    Ok((tiltak, adgang.til(Handling::EndreTiltak)))
}

pub(super) async fn lagre(
    EvaluerTiltak { id }: EvaluerTiltak,
    medlem: Medlem,
    Skjema(felter): Skjema<Evalueringsfelter>,
) -> Utfall<views::Evaluer> {
    let nokkel = les_nokkel(&felter.nokkel)?;
    let ny = match felter.les(medlem.i_dag()) {
        Ok(ny) => ny,
        Err(feil) => {
            let (tiltak, leder) = hent(&medlem, id).await?;
            return Ok(Err(Page::med_feil(views::Evaluer { tiltak, leder, felter, feil })));
        }
    };
    let nei = match skriv(&medlem, (id, felter.versjon()), nokkel, &ny).await {
        Ok(sted) => return Ok(Ok(Videre::til(&sted).med("Evalueringen er lagret"))),
        Err(Nei::Feil(error)) => return Err(error),
        Err(nei) => nei,
    };
    let (tiltak, leder) = hent(&medlem, id).await?;
    let (felter, feil) = nei.pa_siden(felter, &tiltak);
    Ok(Err(Page::utdatert(views::Evaluer { tiltak, leder, felter, feil })))
}

/// Stores it in one act; one under way is sent to evaluation on the way. Only the leader ends or lifts.
async fn skriv(
    medlem: &Medlem,
    (id, versjon): (Uuid, i32),
    nokkel: Uuid,
    ny: &db::NyEvaluering,
) -> Result<String, Nei> {
    let rett = if ny.videre.krever_leder() { Rett::EndreTiltak(id) } else { Rett::EvaluereTiltak(id) };
    let (na, mut nei) = (medlem.na(), None);
    let lagre = async |tx: &mut Tx| {
        let tiltak = db::hent_for_endring(tx, id).await?;
        let status = if tiltak.status == Status::Pagar { Status::TilEvaluering } else { tiltak.status };
        let endret = (&tiltak.mal, &tiltak.hva) != (&ny.mal, &ny.hva);
        let neste = status.evaluert(ny.virkning, ny.videre, endret);
        nei = match neste {
            Err(ulovlig @ (UlovligTrekk::VirkerIkkeUendret | UlovligTrekk::IngenEndring)) => Some(Nei::Regel(ulovlig)),
            Ok(_) if tiltak.versjon != versjon => Some(Nei::Utdatert),
            _ => None,
        };
        neste?;
        if nei.is_some() {
            return Err(Error::Regelbrudd("Noen andre har endret tiltaket i mellomtiden".into()));
        }
        if tiltak.status == Status::Pagar {
            db::flytt(tx, id, status, None).await?;
        }
        db::evaluer(tx, &tiltak, ny, na).await?;
        Ok(VisTiltak { id }.to_string())
    };
    let svar = medlem.write_once(nokkel, rett, lagre).await;
    svar.map_err(|error| nei.unwrap_or(Nei::Feil(error)))
}

impl Nei {
    /// The form as it comes back, with what is wrong at its field.
    fn pa_siden(&self, felter: Evalueringsfelter, na: &Tiltak) -> (Evalueringsfelter, Feil) {
        match self {
            Self::Regel(UlovligTrekk::IngenEndring) => {
                (felter, Feil::en("hva", &UlovligTrekk::IngenEndring.to_string()))
            }
            Self::Regel(ulovlig) => (felter, Feil::en("videre", &ulovlig.to_string())),
            Self::Utdatert | Self::Feil(_) => {
                let feil = Feil::utdatert(&[("mal", &na.mal, felter.mal.trim()), ("hva", &na.hva, felter.hva.trim())]);
                (Evalueringsfelter { versjon: na.versjon.to_string(), ..felter }, feil)
            }
        }
    }
}
