//! The program's own key: seals what must be stored, but never read in the database.
use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::Path,
};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::{Error, Result, tekst};

/// How many bytes the key has.
const LENGDE: usize = 32;

/// A key for AES-256-GCM.
pub struct Nokkel(LessSafeKey);

impl Nokkel {
    /// The key written as 64 hex digits; `None` when it is anything else.
    pub fn les(ord: &str) -> Option<Self> {
        let byte = tekst::fra_hex(ord.trim()).filter(|b| b.len() == LENGDE)?;
        UnboundKey::new(&AES_256_GCM, &byte).ok().map(|k| Self(LessSafeKey::new(k)))
    }

    /// The key in a file; the first time it is made there, for its owner alone.
    pub fn i_fil(sti: &Path) -> io::Result<Self> {
        match fs::read_to_string(sti) {
            Ok(ord) => Self::les(&ord).ok_or_else(|| io::Error::other("filen har ingen nøkkel")),
            Err(feil) if feil.kind() == io::ErrorKind::NotFound => Self::lag(sti),
            Err(feil) => Err(feil),
        }
    }

    fn lag(sti: &Path) -> io::Result<Self> {
        let mut byte = [0; LENGDE];
        getrandom::fill(&mut byte).map_err(io::Error::other)?;
        let ord = tekst::hex(&byte);
        if let Some(mappe) = sti.parent() {
            fs::create_dir_all(mappe)?;
        }
        let mut valg = OpenOptions::new();
        valg.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut valg, 0o600);
        valg.open(sti)?.write_all(ord.as_bytes())?;
        Self::les(&ord).ok_or_else(|| io::Error::other("nøkkelen kunne ikke brukes"))
    }

    /// Seals bytes so that they open only as what they are `om`: a row's secret is no use in another row.
    pub(super) fn forsegl(&self, klart: &[u8], om: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|e| Error::Intern(e.to_string()))?;
        let mut innhold = klart.to_vec();
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(om), &mut innhold)
            .map_err(|e| Error::Intern(e.to_string()))?;
        Ok([nonce.as_slice(), &innhold].concat())
    }

    /// What was sealed; `None` when it was sealed with another key, as something else, or has been changed.
    pub(super) fn apne(&self, forseglet: &[u8], om: &[u8]) -> Option<Vec<u8>> {
        let (nonce, innhold) = forseglet.split_first_chunk::<NONCE_LEN>()?;
        let mut innhold = innhold.to_vec();
        let klart = self.0.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(om), &mut innhold).ok()?;
        Some(klart.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_as_the_same_thing_alone() {
        let nokkel = Nokkel::les(&"a1".repeat(32)).unwrap();
        let forseglet = nokkel.forsegl(b"hemmelig", b"Kari").unwrap();
        assert_eq!(nokkel.apne(&forseglet, b"Kari").as_deref(), Some(b"hemmelig".as_slice()));
        assert_ne!(forseglet, nokkel.forsegl(b"hemmelig", b"Kari").unwrap(), "never sealed the same way twice");
        assert_eq!(nokkel.apne(&forseglet, b"Ola"), None);
        assert_eq!(Nokkel::les(&"a2".repeat(32)).unwrap().apne(&forseglet, b"Kari"), None);
        let mut endret = forseglet;
        endret[14] ^= 1;
        assert_eq!(nokkel.apne(&endret, b"Kari"), None);
        assert_eq!(nokkel.apne(b"kort", b"Kari"), None);
    }

    #[test]
    fn a_key_is_64_hex_digits_and_nothing_else() {
        for feil in ["", "a1", &"g1".repeat(32), &"a1".repeat(33), &"æ".repeat(32)] {
            assert!(Nokkel::les(feil).is_none(), "{feil}");
        }
    }

    #[test]
    fn a_key_made_in_a_file_is_the_same_next_time_and_its_owners_alone() {
        let fil = std::env::temp_dir().join(format!("samhandling-nokkel-{}", std::process::id()));
        let forseglet = Nokkel::i_fil(&fil).unwrap().forsegl(b"hemmelig", b"").unwrap();
        assert!(Nokkel::i_fil(&fil).unwrap().apne(&forseglet, b"").is_some());
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(&fil).unwrap()) & 0o777, 0o600);
        fs::write(&fil, "tull").unwrap();
        assert!(Nokkel::i_fil(&fil).is_err());
        fs::remove_file(&fil).unwrap();
    }
}
