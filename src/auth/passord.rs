//! Passwords: hashed, checked in constant company, and refused when somebody would guess them.
use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use tokio::sync::Semaphore;
use uuid::Uuid;
use zxcvbn::{
    Score,
    feedback::{Feedback, Warning},
};

use crate::{Error, Result};

/// argon2id as OWASP's Password Storage Cheat Sheet advises: 19 MiB, two passes, one lane.
const MINNE: u32 = 19 * 1024;
const RUNDER: u32 = 2;
const LOP: u32 = 1;

/// The shortest and the longest password, in characters.
pub(super) const MINSTE_LENGDE: usize = 12;
const STORSTE_LENGDE: usize = 128;
/// How much of a password is judged; what comes behind only makes it better.
const VURDERES: usize = 100;
/// What must be left when the words that others would think of are taken away, in characters.
const EGNE_TEGN: usize = 6;

/// Words that everybody here thinks of first.
const NARLIGGENDE: [&str; 20] = [
    "samhandling",
    "passord",
    "velkommen",
    "sommer",
    "vinter",
    "høst",
    "vår",
    "skole",
    "barnehage",
    "kommune",
    "team",
    "helsesykepleier",
    "barnevern",
    "rektor",
    "norge",
    "hemmelig",
    "elsker",
    "innlogging",
    "møte",
    "eksempel",
];

/// Each hash takes 19 MiB for a moment: two at a time is enough, and keeps the memory small.
static PLASS: Semaphore = Semaphore::const_new(2);

/// What an unknown e-mail is checked against, so that it takes the same time.
static INGEN: LazyLock<String> = LazyLock::new(|| hash("ingen har dette passordet").unwrap_or_default());

/// How a password was found.
pub(super) enum Svar {
    Feil,
    Riktig {
        /// The same password hashed as today's advice has it, when it was stored with less.
        ny_hash: Option<String>,
    },
}

impl Svar {
    pub(super) fn er_riktig(&self) -> bool {
        matches!(self, Self::Riktig { .. })
    }
}

fn argon2id() -> Result<Argon2<'static>> {
    let params = Params::new(MINNE, RUNDER, LOP, None).map_err(|e| Error::Intern(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(passord: &str) -> Result<String> {
    argon2id()?
        .hash_password(passord.as_bytes())
        .map(|h: PasswordHash| h.to_string())
        .map_err(|e| Error::Intern(e.to_string()))
}

/// Whether a hash was made with less than today's advice.
fn er_svakere(hash: &PasswordHash) -> bool {
    let sterk = |p: Params| p.m_cost() >= MINNE && p.t_cost() >= RUNDER && p.p_cost() >= LOP;
    hash.algorithm.as_str() != "argon2id" || !Params::try_from(hash).is_ok_and(sterk)
}

/// The argon2id hash of a password, in PHC form.
pub async fn hash_passord(passord: String) -> Result<String> {
    i_kulissene(move || hash(&passord)).await?
}

/// Tries a password. An account that does not exist, or has no password, takes as long as a wrong one.
pub(super) async fn prov(passord: String, lagret: Option<String>) -> Result<Svar> {
    i_kulissene(move || {
        let kjent = lagret.as_deref().and_then(|h| PasswordHash::new(h).ok());
        let ingen = PasswordHash::new(&INGEN).ok();
        let Some(lagret) = kjent.as_ref().or(ingen.as_ref()) else { return Ok(Svar::Feil) };
        let stemmer = Argon2::default().verify_password(passord.as_bytes(), lagret).is_ok();
        if !stemmer || kjent.is_none() {
            return Ok(Svar::Feil);
        }
        Ok(Svar::Riktig { ny_hash: er_svakere(lagret).then(|| hash(&passord)).transpose()? })
    })
    .await?
}

async fn i_kulissene<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _plass = PLASS.acquire().await.map_err(|e| Error::Intern(e.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Intern(e.to_string()))
}

/// Something to be read aloud or written down: four groups of four, 80 bits.
pub fn lag_passord() -> String {
    const TEGN: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789x"; // 32 that are not mistaken for one another
    let biter = Uuid::new_v4().into_bytes();
    let ekstra = Uuid::new_v4().into_bytes();
    let mut ord = String::new();
    for (i, b) in biter.iter().zip(ekstra).map(|(a, b)| a ^ b).enumerate() {
        if i > 0 && i % 4 == 0 {
            ord.push('-');
        }
        ord.push(char::from(TEGN[usize::from(b) % TEGN.len()]));
    }
    ord
}

/// Why a password will not do, in words; `None` when it will. `om` is what others know of its holder: e-mail, name, region.
pub(super) fn svakt(passord: &str, om: &[&str]) -> Option<String> {
    let lengde = passord.chars().count();
    if lengde < MINSTE_LENGDE {
        return Some(format!("Passordet må ha minst {MINSTE_LENGDE} tegn. Tre–fire ord du husker, er et godt passord"));
    }
    if lengde > STORSTE_LENGDE {
        return Some(format!("Passordet kan ha høyst {STORSTE_LENGDE} tegn"));
    }
    let deler = om.iter().flat_map(|o| o.split(|c: char| !c.is_alphanumeric())).filter(|d| d.chars().count() > 2);
    let kjent: Vec<&str> = deler.collect();
    let ord: Vec<&str> = NARLIGGENDE.into_iter().chain(kjent.iter().copied()).collect();
    let lite = passord.to_lowercase();
    let bygger_pa = ord.iter().find(|o| lite.contains(&o.to_lowercase()));
    let egne_tegn = ord.iter().fold(lite.clone(), |rest, o| rest.replace(&o.to_lowercase(), "")).chars().count();
    let vurdert: String = passord.chars().take(VURDERES).collect();
    let funnet = zxcvbn::zxcvbn(&vurdert, &ord);
    let svakt = funnet.score() < Score::Three;
    match bygger_pa {
        Some(del) if svakt || egne_tegn < EGNE_TEGN => {
            return Some(format!("Passordet er lett å gjette, fordi det bygger på «{del}». {HELLER}"));
        }
        _ if !svakt => return None,
        _ => {}
    }
    let hvorfor = match funnet.feedback().and_then(Feedback::warning) {
        Some(Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess) => {
            "følger rekker på tastaturet"
        }
        Some(Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => {
            "gjentar det samme"
        }
        Some(Warning::SequencesLikeAbcAreEasyToGuess) => "følger alfabetet eller tallrekken",
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => {
            "bygger på et årstall eller en dato"
        }
        Some(Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess) => {
            "bygger på et navn"
        }
        Some(Warning::AWordByItselfIsEasyToGuess) => "er nesten bare ett ord",
        _ => "ligner et passord mange bruker",
    };
    Some(format!("Passordet er lett å gjette, fordi det {hvorfor}. {HELLER}"))
}

const HELLER: &str = "Velg tre–fire ord som ikke hører sammen";

#[cfg(test)]
mod tests {
    use super::*;

    const OM: [&str; 3] = ["kari.nordmann@tynset.example", "Kari Nordmann", "Nord-Østerdal"];

    #[test]
    fn what_is_long_and_nobody_else_would_think_of_will_do() {
        for godt in ["fire gode ord her", "hatt-elv-sykkel-lampe", &lag_passord(), "Ei krå, to vafler og en traktor"] {
            assert_eq!(svakt(godt, &OM), None, "{godt}");
        }
    }

    #[test]
    fn what_somebody_would_guess_is_refused_and_told_why() {
        for (darlig, hvorfor) in [
            ("kort", "minst 12 tegn"),
            (&"ø".repeat(129), "høyst 128 tegn"),
            ("kari.nordmann1", "bygger på «kari»"),
            ("Samhandling2026", "bygger på «samhandling»"),
            ("østerdal2026!", "bygger på «Østerdal»"),
            ("Velkommen2026!", "bygger på «velkommen»"),
            ("aaaaaaaaaaaaaaa", "gjentar det samme"),
            ("qwertyuiopåasdf", "lett å gjette"),
            ("123456789012", "lett å gjette"),
            ("password1234", "lett å gjette"),
            ("abcdefghijklmnop", "følger alfabetet"),
        ] {
            let svar = svakt(darlig, &OM).unwrap_or_else(|| panic!("{darlig} slapp gjennom"));
            assert!(svar.contains(hvorfor), "{darlig}: {svar}");
        }
    }

    #[test]
    fn a_hash_made_with_less_than_the_advice_is_made_anew() {
        let med = |m, t| {
            let svak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(m, t, 1, None).unwrap());
            let hash: PasswordHash = svak.hash_password(b"fire gode ord her").unwrap();
            er_svakere(&hash)
        };
        assert!(med(MINNE / 2, RUNDER) && med(MINNE, 1) && !med(MINNE, RUNDER));
    }

    #[tokio::test]
    async fn an_account_without_a_password_opens_for_none() {
        assert!(!prov(String::new(), Some("-".into())).await.unwrap().er_riktig());
        assert!(!prov("ingen har dette passordet".into(), None).await.unwrap().er_riktig());
        let hash = hash_passord("fire gode ord her".into()).await.unwrap();
        assert!(matches!(prov("fire gode ord her".into(), Some(hash)).await.unwrap(), Svar::Riktig { ny_hash: None }));
    }
}
