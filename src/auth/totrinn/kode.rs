//! Codes that change every half minute (RFC 6238, HMAC-SHA-1, six digits): the one kind that every app makes.
use std::fmt::Write as _;

use ring::hmac;

/// Seconds a code lasts.
const STEG: i64 = 30;
/// How many steps the two clocks may differ.
const SLARK: i64 = 1;
/// Six digits.
const MODUL: u32 = 1_000_000;

/// The step of a moment, in seconds since 1970.
fn steg(sekunder: i64) -> i64 {
    sekunder.div_euclid(STEG)
}

/// The code of one step (RFC 4226, section 5.3).
fn kode(hemmelighet: &[u8], steg: i64) -> u32 {
    let nokkel = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, hemmelighet);
    let merke = hmac::sign(&nokkel, &steg.to_be_bytes());
    let merke = merke.as_ref();
    let fra = usize::from(merke.last().copied().unwrap_or_default() & 0xf);
    let fire = merke.get(fra..fra + 4).unwrap_or_default().iter().fold(0, |tall, b| tall << 8 | u32::from(*b));
    (fire & 0x7fff_ffff) % MODUL
}

/// What somebody typed as a code; spaces are how people read it.
fn les(skrevet: &str) -> Option<u32> {
    let siffer: String = skrevet.chars().filter(|c| !c.is_whitespace()).collect();
    (siffer.len() == 6 && siffer.bytes().all(|b| b.is_ascii_digit())).then(|| siffer.parse().ok()).flatten()
}

/// Whether something is written as a code, right or wrong.
pub(super) fn er_kode(skrevet: &str) -> bool {
    les(skrevet).is_some()
}

/// The step whose code this is, now or one step to either side; never the last one that was used, or one before it.
pub(super) fn treff(hemmelighet: &[u8], skrevet: &str, sekunder: i64, siste: i64) -> Option<i64> {
    let skrevet = les(skrevet)?;
    let na = steg(sekunder);
    // All are made, so that the time tells nothing of which it was.
    let alle = (na - SLARK..=na + SLARK).map(|s| (s, kode(hemmelighet, s) == skrevet && s > siste));
    alle.fold(None, |funnet, (s, stemmer)| if stemmer { Some(s) } else { funnet })
}

/// A secret as apps read it (RFC 4648 base32, without padding).
pub(super) fn base32(byte: &[u8]) -> String {
    const TEGN: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let femtall = |fem: &[u8]| {
        let tall = fem.iter().fold(0_u64, |tall, b| tall << 8 | u64::from(*b)) << (8 * (5 - fem.len()));
        let antall = (fem.len() * 8).div_ceil(5);
        (0..antall).map(move |i| char::from(TEGN[usize::try_from(tall >> (35 - 5 * i) & 31).unwrap_or_default()]))
    };
    byte.chunks(5).flat_map(femtall).collect()
}

/// The address an app reads from a QR code.
pub(super) fn otpauth(base32: &str, epost: &str) -> String {
    let mut hvem = String::new();
    for b in epost.bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => hvem.push(char::from(b)),
            _ => {
                let _ = write!(hvem, "%{b:02X}");
            }
        }
    }
    format!("otpauth://totp/Samhandling:{hvem}?secret={base32}&issuer=Samhandling")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The secret of the RFC's own table.
    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, the last six of its eight digits.
        for (sekunder, ventet) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(kode(RFC, steg(sekunder)), ventet, "{sekunder}");
        }
    }

    #[test]
    fn a_code_is_taken_one_step_early_or_late_and_never_twice() {
        let na = 1_111_111_109;
        assert_eq!(treff(RFC, "081 804", na, 0), Some(steg(na)));
        for utenfor in [-31, 30] {
            assert_eq!(treff(RFC, "081804", na + utenfor, 0), Some(steg(na)), "{utenfor}");
        }
        for utenfor in [-60, 62] {
            assert_eq!(treff(RFC, "081804", na + utenfor, 0), None, "{utenfor}");
        }
        assert_eq!(treff(RFC, "081804", na, steg(na)), None);
        assert_eq!(treff(RFC, "081804", na, steg(na) + 1), None);
        for feil in ["", "81804", "081805", "0818041", "o81804", "abcd-efgh-jkmn-pqrs"] {
            assert_eq!(treff(RFC, feil, na, 0), None, "{feil}");
        }
    }

    #[test]
    fn the_secret_is_written_as_the_rfc_writes_it() {
        for (byte, ventet) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(base32(byte.as_bytes()), ventet);
        }
        assert_eq!(
            otpauth("MY", "ola+1@a.example"),
            "otpauth://totp/Samhandling:ola%2B1%40a.example?secret=MY&issuer=Samhandling"
        );
    }

    proptest! {
        #[test]
        fn no_code_of_another_minute_is_taken(sekunder in 0_i64..4_000_000_000, unna in 3_i64..100) {
            let kode_da = format!("{:06}", kode(RFC, steg(sekunder) + unna));
            // One in a million is the same by chance.
            let like = (-1..=1).any(|s| kode(RFC, steg(sekunder) + s) == kode(RFC, steg(sekunder) + unna));
            prop_assert!(like || treff(RFC, &kode_da, sekunder, 0).is_none());
        }
    }
}
