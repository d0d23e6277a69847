//! The seal on the end of a chain: only whoever has the key can make one, and the database does not have it.
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::kjede::{Hode, hex};

/// The shortest key, in bytes.
pub const MINSTE_NOKKEL: usize = 32;

/// What seals the log; it is never shown.
#[derive(Clone)]
pub struct Nokkel(Vec<u8>);

impl Nokkel {
    /// `None` for a key that is too short.
    pub fn ny(bytes: &[u8]) -> Option<Self> {
        (bytes.len() >= MINSTE_NOKKEL).then(|| Self(bytes.to_vec()))
    }

    /// The seal with this number on the end of a region's chain.
    pub(super) fn segl(&self, region: Uuid, nr: i64, hode: &Hode) -> Vec<u8> {
        self.mac(region, nr, hode).finalize().into_bytes().to_vec()
    }

    /// Whether a seal was made with this key, compared in constant time.
    pub(super) fn stemmer(&self, region: Uuid, nr: i64, hode: &Hode, segl: &[u8]) -> bool {
        self.mac(region, nr, hode).verify_slice(segl).is_ok()
    }

    fn mac(&self, region: Uuid, nr: i64, hode: &Hode) -> Hmac<Sha256> {
        // HMAC takes a key of any length.
        let mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
        mac.chain_update(format!("samhandling/logg/{region}/{nr}/{}/{}", hode.lopenr, hex(&hode.hash)).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_for_its_region_number_and_head_and_for_no_other() {
        let nokkel = Nokkel::ny(&[7; 32]).unwrap();
        let (region, annen) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let hode = Hode { lopenr: 5, hash: vec![1; 32] };
        let segl = nokkel.segl(region, 3, &hode);
        assert!(nokkel.stemmer(region, 3, &hode, &segl));
        assert!(!nokkel.stemmer(annen, 3, &hode, &segl));
        assert!(!nokkel.stemmer(region, 4, &hode, &segl));
        assert!(!nokkel.stemmer(region, 3, &Hode { lopenr: 6, ..hode.clone() }, &segl));
        assert!(!Nokkel::ny(&[8; 32]).unwrap().stemmer(region, 3, &hode, &segl));
        assert!(!nokkel.stemmer(region, 3, &hode, &[]));
        assert!(Nokkel::ny(&[7; 31]).is_none());
    }
}
