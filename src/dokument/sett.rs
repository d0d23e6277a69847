//! Sets the type: a template and its values in, a PDF out that can be read aloud (PDF/UA-1) and kept (PDF/A-2a).
use std::sync::LazyLock;

use serde::Serialize;
use tokio::{sync::Semaphore, task::spawn_blocking};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{Error, Result};

/// How many documents are set at once; more wait for their turn, so that pages are still answered.
const SAMTIDIG: usize = 2;
static PLASSER: Semaphore = Semaphore::const_new(SAMTIDIG);

/// The templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mal {
    Agenda,
    Referat,
}

/// What every document is made with, read once.
static VERKSTED: LazyLock<Result<Verksted, String>> = LazyLock::new(Verksted::nytt);

struct Verksted {
    agenda: Source,
    referat: Source,
    /// What the two share.
    deler: Source,
    /// Where a template reads its values.
    innhold: FileId,
    bibliotek: LazyHash<Library>,
    /// The fonts of the house; those of the machine are never looked for.
    skrifter: Vec<Font>,
    bok: LazyHash<FontBook>,
    standarder: PdfStandards,
}

impl Verksted {
    fn nytt() -> Result<Self, String> {
        let filer: [&'static [u8]; 3] = [
            include_bytes!("../../templates/dokument/skrift/Inter-Regular.ttf"),
            include_bytes!("../../templates/dokument/skrift/Inter-SemiBold.ttf"),
            include_bytes!("../../templates/dokument/skrift/Reserve.ttf"),
        ];
        let skrifter: Vec<Font> = filer.into_iter().flat_map(|fil| Font::iter(Bytes::new(fil))).collect();
        let standarder = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]);
        Ok(Self {
            agenda: kilde("agenda.typ", include_str!("../../templates/dokument/agenda.typ"))?,
            referat: kilde("referat.typ", include_str!("../../templates/dokument/referat.typ"))?,
            deler: kilde("deler.typ", include_str!("../../templates/dokument/deler.typ"))?,
            innhold: fil("innhold.json")?,
            bibliotek: LazyHash::new(Library::builder().build()),
            bok: LazyHash::new(FontBook::from_fonts(&skrifter)),
            skrifter,
            standarder: standarder.map_err(|feil| format!("{feil:?}"))?,
        })
    }
}

fn kilde(navn: &str, tekst: &str) -> Result<Source, String> {
    Ok(Source::new(fil(navn)?, tekst.to_owned()))
}

fn fil(navn: &str) -> Result<FileId, String> {
    let sti = VirtualPath::new(navn).map_err(|feil| format!("{navn}: {feil:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, sti).intern())
}

/// What the template can reach while one document is set: nothing of the machine, and no network.
struct Verden {
    verksted: &'static Verksted,
    mal: &'static Source,
    innhold: Bytes,
}

impl World for Verden {
    fn library(&self) -> &LazyHash<Library> {
        &self.verksted.bibliotek
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.verksted.bok
    }

    fn main(&self) -> FileId {
        self.mal.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let kilde = [self.mal, &self.verksted.deler].into_iter().find(|kilde| kilde.id() == id);
        kilde.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.verksted.innhold { Ok(self.innhold.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, nr: usize) -> Option<Font> {
        self.verksted.skrifter.get(nr).cloned()
    }

    /// The values say which day it is.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a document off the threads that answer requests.
pub(super) async fn pdf(mal: Mal, innhold: &impl Serialize) -> Result<Vec<u8>> {
    let innhold = serde_json::to_vec(innhold).map_err(|feil| Error::Intern(feil.to_string()))?;
    let plass = PLASSER.acquire().await.map_err(|feil| Error::Intern(feil.to_string()))?;
    let satt = spawn_blocking(move || {
        let _plass = plass;
        sett(mal, innhold)
    });
    // The words of a failure may quote the document, and so stay out of the log.
    let feil = |hva: &str| Error::Intern(format!("a document was not set: {hva}"));
    satt.await.map_err(|_| feil("typst panicked"))?.map_err(|_| feil("typst refused it"))
}

/// The PDF, or why there is none.
fn sett(mal: Mal, innhold: Vec<u8>) -> Result<Vec<u8>, String> {
    let verksted = VERKSTED.as_ref().map_err(Clone::clone)?;
    let mal = match mal {
        Mal::Agenda => &verksted.agenda,
        Mal::Referat => &verksted.referat,
    };
    let verden = Verden { verksted, mal, innhold: Bytes::new(innhold) };
    let valg = PdfOptions { standards: verksted.standarder.clone(), ..PdfOptions::default() };
    let dokument = typst::compile::<PagedDocument>(&verden).output;
    let pdf = dokument.and_then(|dokument| typst_pdf::pdf(&dokument, &valg));
    // Nothing of one document is kept until the next.
    typst::comemo::evict(0);
    pdf.map_err(|feil| format!("{feil:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn innhold() -> serde_json::Value {
        let navn = |n: &str| serde_json::json!([n]);
        let avsnitt = |n: &str| serde_json::json!([[[n]]]);
        let tiltak = serde_json::json!({ "hva": avsnitt("Gjøre noe"), "fakta": [["Mål", avsnitt("Ro")]] });
        serde_json::json!({
            "tittel": "Prøve, Team", "overskrift": ["Prøve", "Team"], "region": "Regionen", "dato": [2026, 11, 22], "laget": "Laget nå", "om": ["Om dokumentet."], "fakta": [],
            "moter": [{
                "tittel": navn("Onsdag"), "fakta": [["Sted", avsnitt("Rommet")]],
                "deltakere": [[navn("Per"), navn("PPT"), navn("Til stede")]], "apning": avsnitt("Velkommen"),
                "punkter": [{
                    "tittel": navn("1. Punkt"), "tid": "kl. 08.30–09.15", "hjelp": avsnitt("Husk"),
                    "saker": [{ "tittel": navn("Sak"), "om": navn("10 minutter"), "beskrivelse": avsnitt("Mer") }],
                    "notat": avsnitt("#panic() $x$"), "logget": [navn("#panic()")], "tiltak": [tiltak], "gjennomfort": true, "utelatt": false,
                    "beslutninger": [{ "tekst": avsnitt("Ja"), "tjeneste": "PPT", "tiltak": [tiltak] }],
                }],
                "avrunding": avsnitt("Takk"), "apne": [tiltak],
            }],
        })
    }

    #[test]
    fn each_template_keeps_both_standards() {
        for mal in [Mal::Agenda, Mal::Referat] {
            let pdf = sett(mal, serde_json::to_vec(&innhold()).unwrap()).unwrap();
            assert!(pdf.starts_with(b"%PDF-1.7"));
        }
    }

    #[test]
    fn a_document_without_its_values_is_refused_and_not_guessed() {
        assert!(sett(Mal::Referat, b"{}".to_vec()).is_err());
    }
}
