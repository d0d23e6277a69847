//! What a person looks at.

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Skjerm {
    /// 1280 px wide.
    Bred,
    /// 360 px wide, with a touch screen.
    Telefon,
    /// 1280 px wide, JavaScript turned off.
    UtenSkript,
    /// 360 px wide, JavaScript turned off.
    SmalUtenSkript,
}

impl Skjerm {
    pub(super) fn er_smal(self) -> bool {
        matches!(self, Self::Telefon | Self::SmalUtenSkript)
    }

    pub(super) fn har_skript(self) -> bool {
        matches!(self, Self::Bred | Self::Telefon)
    }
}
