//! The three regions of the demo: where they are, what they have decided, and where it is not going well.
use crate::tjeneste::Tjenestetype::{self, Barnevern, Helsesykepleier, Ppt};

/// How one region of the demo is made.
pub(super) struct Region {
    /// The domain of its people's e-mail addresses.
    pub(super) domene: &'static str,
    pub(super) navn: &'static str,
    pub(super) visjon: &'static str,
    /// Numbers of its kommuner; the demo's log-ins belong to the first.
    pub(super) kommuner: &'static [&'static str],
    /// The school `teamleder@` leads and the kindergarten `styrer@` leads.
    pub(super) hovedskole: &'static str,
    pub(super) hovedbarnehage: &'static str,
    pub(super) ppt: &'static str,
    pub(super) barnevern: &'static str,
    pub(super) nav: &'static str,
    /// Large units with a team that hardly meets.
    pub(super) stille: &'static [&'static str],
    /// Units without a team, beside those that chance leaves without.
    pub(super) uten_team: &'static [&'static str],
    /// In which kommune a service comes how often, in percent, and whether it sends a stand-in when it does not.
    pub(super) sjelden: &'static [Sjelden],
    /// A kommune with a shorter møte than the region's, and why.
    pub(super) kommuneregel: (&'static str, u32, &'static str),
    /// A unit with fewer møter than the region's, in autumn and spring, and why.
    pub(super) enhetsregel: Option<(&'static str, u32, u32, &'static str)>,
    /// An account of another region whose holder works in a kommune here too.
    pub(super) gjest: Option<(&'static str, &'static str)>,
}

/// A service that is often not there itself.
pub(super) struct Sjelden {
    pub(super) tjeneste: Tjenestetype,
    pub(super) kommune: &'static str,
    pub(super) til_stede: usize,
    pub(super) sender_vara: bool,
}

/// In the order of `auth::DEMOREGIONER`.
pub(super) const REGIONER: [Region; 3] = [
    Region {
        domene: "nord-osterdal.example",
        navn: "Nord-Østerdal",
        visjon: "Ett lag rundt barn og unge",
        kommuner: &["3427", "3424", "3426", "3428", "3429"],
        hovedskole: "Tynset barneskole",
        hovedbarnehage: "Haverslia barnehage",
        ppt: "PPT i Nord-Østerdal",
        barnevern: "Barnevernet i Nord-Østerdal",
        nav: "NAV i Nord-Østerdal",
        stille: &["Tronstua barnehage"],
        uten_team: &["Lekestua barnehage", "Vingelen barnehage"],
        sjelden: &[
            Sjelden { tjeneste: Barnevern, kommune: "3428", til_stede: 52, sender_vara: false },
            Sjelden { tjeneste: Helsesykepleier, kommune: "3424", til_stede: 50, sender_vara: true },
        ],
        kommuneregel: ("3429", 120, "Skolen og barnehagen ligger vegg i vegg og forbereder møtene sammen."),
        enhetsregel: Some((
            "Fåset barnehage",
            1,
            2,
            "Barnehagen har 17 barn og møter sammen med Haverslia én gang i semesteret.",
        )),
        gjest: None,
    },
    Region {
        domene: "vaernesregionen.example",
        navn: "Værnesregionen",
        visjon: "Tidlig innsats, tett på",
        kommuner: &["5035", "5034", "5036", "5032", "5033"],
        hovedskole: "Halsen barneskole",
        hovedbarnehage: "Sandskogan barnehage",
        ppt: "PPT i Værnesregionen",
        barnevern: "Barnevernet i Værnesregionen",
        nav: "NAV i Værnesregionen",
        stille: &["Fosslia skole", "Medbroen gårdsbarnehage"],
        uten_team: &[
            "Eventyrskogen familiebarnehage Hans og Grete",
            "Lasseliten familiebarnehage Siritun",
            "Dragsten barnehage",
        ],
        sjelden: &[
            Sjelden { tjeneste: Barnevern, kommune: "5032", til_stede: 58, sender_vara: false },
            Sjelden { tjeneste: Helsesykepleier, kommune: "5036", til_stede: 60, sender_vara: true },
            Sjelden { tjeneste: Ppt, kommune: "5034", til_stede: 70, sender_vara: false },
        ],
        kommuneregel: ("5033", 120, "Én skole og én barnehage: teamene møtes samme dag og har felles innledning."),
        enhetsregel: None,
        gjest: Some(("ppt@nord-osterdal.example", "5033")),
    },
    Region {
        domene: "0-24.example",
        navn: "0–24-piloten i Trøndelag",
        visjon: "Samordnet hjelp fra 0 til 24 år",
        kommuner: &["5001", "5014", "5007", "5060"],
        hovedskole: "Kolstad skole",
        hovedbarnehage: "Persaunet barnehage",
        ppt: "PPT i 0–24-piloten",
        barnevern: "Barnevernet i 0–24-piloten",
        nav: "NAV i 0–24-piloten",
        stille: &["Høknes barneskole", "Kolvereid barnehage"],
        uten_team: &["Kysthaven åpen barnehage", "Mausund oppvekstsenter avd barnehage", "Stjerten barnehage"],
        sjelden: &[
            Sjelden { tjeneste: Barnevern, kommune: "5007", til_stede: 60, sender_vara: false },
            Sjelden { tjeneste: Helsesykepleier, kommune: "5014", til_stede: 55, sender_vara: true },
        ],
        kommuneregel: ("5014", 120, "Båt og ferge til øyene: møtene holdes mellom to avganger."),
        enhetsregel: Some((
            "Sørburøy skole",
            1,
            1,
            "Skolen har svært få elever. Ellers møter den sammen med Nabeita skole.",
        )),
        gjest: None,
    },
];
