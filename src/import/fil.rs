//! A file of enheter as a whole: what kind of file it is, and its bytes as text.
use std::borrow::Cow;

use super::OVERSKRIFT;

/// The largest file that is read, in bytes.
pub const MAKS_BYTES: usize = 5 * 1024 * 1024;

/// A file that cannot be read at all, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Filfeil {
    #[error("Filen er tom. Velg en CSV-fil med overskrift og én enhet per linje.")]
    Tom,
    #[error("Filen er for stor. Den kan være på høyst 5 MB. Del den i flere filer.")]
    ForStor,
    #[error("Filen er et regneark. Åpne den og lagre den som «CSV (delt med semikolon)», og last opp på nytt.")]
    Regneark,
    #[error("Filen er ikke en tekstfil. Velg en CSV-fil, for eksempel lagret fra et regneark.")]
    Binar,
    #[error("Kolonnene er delt med komma eller tabulator. Lagre filen på nytt med semikolon mellom kolonnene.")]
    Skilletegn,
    #[error("Første linje i filen må være «{}». Den er «{funnet}».", OVERSKRIFT.join(";"))]
    Overskrift { funnet: String },
}

/// The bytes as text, or why they are none.
pub(super) fn tekst(bytes: &[u8]) -> Result<Cow<'_, str>, Filfeil> {
    let er_styretegn = |b: &u8| *b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r');
    match bytes {
        _ if bytes.len() > MAKS_BYTES => Err(Filfeil::ForStor),
        // Excel's new and old formats.
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(Filfeil::Regneark),
        _ if bytes.iter().any(er_styretegn) => Err(Filfeil::Binar),
        _ if bytes.trim_ascii().is_empty() => Err(Filfeil::Tom),
        _ => {
            let uten_bom = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            Ok(std::str::from_utf8(uten_bom)
                .map_or_else(|_| encoding_rs::WINDOWS_1252.decode_without_bom_handling(uten_bom).0, Cow::Borrowed))
        }
    }
}

impl From<Filfeil> for crate::Error {
    fn from(feil: Filfeil) -> Self {
        match feil {
            Filfeil::ForStor => Self::ForStor,
            _ => Self::Ugyldig(feil.to_string()),
        }
    }
}
