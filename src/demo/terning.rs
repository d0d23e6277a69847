//! Dice that always fall the same way, so that the demo is the same at every start.
use uuid::{Builder, Uuid};

/// Pseudo-random numbers from a key (`SplitMix64` over an FNV-1a hash).
#[derive(Clone)]
pub(super) struct Terning(u64);

impl Terning {
    pub(super) fn ny(nokkel: &str) -> Self {
        Self(nokkel.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
    }

    fn neste(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, but not with, `under`; 0 when there is nothing below.
    pub(super) fn tall(&mut self, under: usize) -> usize {
        let under = u64::try_from(under).unwrap_or(1).max(1);
        usize::try_from(self.neste() % under).unwrap_or_default()
    }

    pub(super) fn sjanse(&mut self, prosent: usize) -> bool {
        self.tall(100) < prosent
    }

    /// One of a list that is not empty.
    pub(super) fn velg<T: Copy>(&mut self, av: &[T]) -> T {
        av[self.tall(av.len())]
    }
}

/// Keys of rows: `UUIDv7`, each later than the one before.
pub(super) struct Ider {
    millisekund: u64,
    terning: Terning,
}

impl Ider {
    /// 1 August 2024, in milliseconds: before anything in the demo happens.
    const FORSTE: u64 = 1_722_470_400_000;

    pub(super) fn ny(nokkel: &str) -> Self {
        Self { millisekund: Self::FORSTE, terning: Terning::ny(nokkel) }
    }

    pub(super) fn neste(&mut self) -> Uuid {
        self.millisekund += 1;
        let mut tilfeldig = [0; 10];
        let (forste, siste) = (self.terning.neste().to_be_bytes(), self.terning.neste().to_be_bytes());
        tilfeldig[..8].copy_from_slice(&forste);
        tilfeldig[8..].copy_from_slice(&siste[..2]);
        Builder::from_unix_timestamp_millis(self.millisekund, &tilfeldig).into_uuid()
    }
}

/// The key that belongs to one name alone, such as an account's e-mail.
pub(super) fn id_for(nokkel: &str) -> Uuid {
    Ider::ny(nokkel).neste()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_gives_the_same_fall_and_another_key_another() {
        let kast = |nokkel| {
            let mut terning = Terning::ny(nokkel);
            (0..20).map(|_| terning.tall(6)).collect::<Vec<_>>()
        };
        assert_eq!(kast("Tynset"), kast("Tynset"));
        assert_ne!(kast("Tynset"), kast("Tolga"));
        assert!((0..6).all(|side| kast("Tynset").contains(&side) || kast("Tolga").contains(&side)));
    }

    #[test]
    fn keys_are_version_seven_and_rise() {
        let mut ider = Ider::ny("region");
        let rekke: Vec<_> = (0..100).map(|_| ider.neste()).collect();
        assert!(rekke.is_sorted() && rekke.iter().all(|id| id.get_version_num() == 7));
        assert_eq!(rekke[0], id_for("region"));
    }
}
