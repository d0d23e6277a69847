//! The doors of import: a file in, its preview, and the word that saves it.
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, multipart::MultipartError},
    http::StatusCode,
};
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Filfeil, MAKS_BYTES, db, les,
    views::{Forhandsvisning, Opplasting},
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    tekst,
    web::{Feil, MedStatus, Page, Skjema, Utfall, Videre},
};

/// So much of a request is read to its end, so that a far too large file gets an answer and not a broken connection.
const STORSTE_SENDING: usize = 120 * 1024 * 1024;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/import")]
pub(super) struct Import;

#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/admin/import/{id}")]
pub(super) struct VisUtkast {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/import/{id}/forkast")]
pub(super) struct Forkast {
    pub(super) id: Uuid,
}

/// What whoever confirms has seen, and the lines they leave out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Bekreftelse {
    merke: String,
    utelat: Vec<u64>,
}

pub fn routes() -> Router<App> {
    let opplasting = Router::new().typed_post(last_opp).layer(DefaultBodyLimit::max(STORSTE_SENDING));
    Router::new().typed_get(velg).typed_get(vis).typed_post(importer).typed_post(forkast).merge(opplasting)
}

async fn velg(_: Import, medlem: Medlem) -> Result<Page<Opplasting>> {
    medlem.read_med(Rett::EndreGrunndata).await.map(drop)?;
    Ok(Page(Opplasting { feil: Feil::default() }))
}

async fn last_opp(_: Import, medlem: Medlem, skjema: Multipart) -> Utfall<Opplasting> {
    medlem.read_med(Rett::EndreGrunndata).await.map(drop)?;
    let mottatt = motta(skjema).await?;
    let lesning = match mottatt.les() {
        Ok(lesning) => lesning,
        Err(feil) => return Ok(Err(avvis(&feil))),
    };
    let id = Uuid::now_v7();
    let na = medlem.na();
    medlem.write(Rett::EndreGrunndata, async |tx| db::lagre_utkast(tx, id, &mottatt.navn, lesning, na).await).await?;
    Ok(Ok(Videre::til(&VisUtkast { id })))
}

/// The upload page again, with what is wrong with the file.
fn avvis(feil: &str) -> MedStatus<Opplasting> {
    let status = if feil == Filfeil::ForStor.to_string() {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Page::med_status(status, Opplasting { feil: Feil::en("fil", feil) })
}

/// A file as it came in; one that is too large has lost its content.
#[derive(Default)]
struct Mottatt {
    navn: String,
    bytes: Vec<u8>,
    for_stor: bool,
}

impl Mottatt {
    fn les(&self) -> Result<super::Lesning, String> {
        if self.for_stor {
            return Err(Filfeil::ForStor.to_string());
        }
        if self.navn.is_empty() && self.bytes.is_empty() {
            return Err("Velg en fil først".to_owned());
        }
        les(&self.bytes).map_err(|feil| feil.to_string())
    }
}

async fn motta(mut skjema: Multipart) -> Result<Mottatt> {
    let mut fil = Mottatt::default();
    while let Some(mut felt) = skjema.next_field().await.map_err(|e| avbrutt(&e))? {
        let er_filen = felt.name() == Some("fil");
        if er_filen {
            felt.file_name().unwrap_or_default().clone_into(&mut fil.navn);
        }
        // What is too much is read and thrown away: an answer in the middle of a sending is a broken connection.
        while let Some(bit) = felt.chunk().await.map_err(|e| avbrutt(&e))? {
            if er_filen && !fil.for_stor {
                fil.bytes.extend_from_slice(&bit);
            }
            if fil.bytes.len() > MAKS_BYTES {
                fil.for_stor = true;
                fil.bytes = Vec::new();
            }
        }
    }
    fil.navn = vist_navn(&fil.navn);
    Ok(fil)
}

/// A file's name as it may be kept: short, and without numbers that are somebody's.
fn vist_navn(navn: &str) -> String {
    if tekst::Kjennetegn::i(navn).is_some() {
        return "filen".to_owned();
    }
    navn.chars().filter(|tegn| !tegn.is_control()).take(100).collect()
}

fn avbrutt(feil: &MultipartError) -> Error {
    if feil.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::ForStor;
    }
    Error::Ugyldig("Filen kom ikke hel fram. Prøv å laste den opp på nytt".into())
}

async fn vis(sti: VisUtkast, medlem: Medlem) -> Result<Page<Forhandsvisning>> {
    Ok(Page(side(&medlem, sti, &[], Feil::default()).await?))
}

async fn side(medlem: &Medlem, sti: VisUtkast, utelat: &[u64], feil: Feil) -> Result<Forhandsvisning> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let (filnavn, lesning) = db::hent_utkast(&mut tx, sti.id, medlem.na()).await?;
    let forslag = db::foresla(&mut tx, lesning).await?;
    Ok(Forhandsvisning { sti, filnavn, forslag, utelat: utelat.to_vec(), feil })
}

async fn importer(sti: VisUtkast, medlem: Medlem, Skjema(bekreftelse): Skjema<Bekreftelse>) -> Utfall<Forhandsvisning> {
    let mut gjort = "Importen er gjort".to_owned();
    let lagret = medlem.write_once(sti.id, Rett::EndreGrunndata, async |tx| {
        let lesning = db::ta_utkast(tx, sti.id, medlem.na()).await?;
        let forslag = db::foresla(tx, lesning).await?;
        if forslag.merke() != bekreftelse.merke {
            return Err(Error::Regelbrudd(ENDRET.into()));
        }
        forslag.krev_klart(&bekreftelse.utelat)?;
        db::gjennomfor(tx, &forslag).await?;
        gjort = format!("Importen er gjort: {}", forslag.i_ord());
        Ok("/admin/enheter".to_owned())
    });
    match lagret.await {
        Ok(sted) => Ok(Ok(Videre::til(&sted).med(gjort))),
        Err(Error::Ugyldig(ord)) => {
            Ok(Err(Page::med_feil(side(&medlem, sti, &bekreftelse.utelat, Feil::en("utelat", &ord)).await?)))
        }
        Err(Error::Regelbrudd(ord)) => {
            Ok(Err(Page::utdatert(side(&medlem, sti, &bekreftelse.utelat, Feil::en("importer", &ord)).await?)))
        }
        Err(error) => Err(error),
    }
}

const ENDRET: &str = "Noe er endret siden du så forhåndsvisningen. Se over den nye før du importerer";

async fn forkast(Forkast { id }: Forkast, medlem: Medlem) -> Result<Videre> {
    let na = medlem.na();
    medlem.write(Rett::EndreGrunndata, async |tx| db::ta_utkast(tx, id, na).await.map(drop)).await?;
    Ok(Videre::til(&Import).med("Filen er forkastet. Ingenting er lagret"))
}
