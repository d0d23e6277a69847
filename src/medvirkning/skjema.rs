//! The form of how children and guardians take part, as typed.
use serde::Deserialize;

use super::{Del, Mate, Medvirkning};
use crate::web::{Feil, Leser};

/// The longest reason, in characters.
const BEGRUNNELSE: usize = 1_000;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Felter {
    pub(super) versjon: String,
    pub(super) barn_invitert: String,
    pub(super) barn_deltok: String,
    pub(super) barn_mate: String,
    pub(super) foresatte_invitert: String,
    pub(super) foresatte_deltok: String,
    pub(super) foresatte_mate: String,
    pub(super) begrunnelse: String,
}

impl Felter {
    pub(super) fn av(lagret: &Medvirkning) -> Self {
        let mate = |mate: Option<Mate>| mate.map(Mate::slug).unwrap_or_default().to_owned();
        Self {
            versjon: lagret.versjon.to_string(),
            barn_invitert: lagret.barn.invitert.to_string(),
            barn_deltok: lagret.barn.deltok.to_string(),
            barn_mate: mate(lagret.barn.mate),
            foresatte_invitert: lagret.foresatte.invitert.to_string(),
            foresatte_deltok: lagret.foresatte.deltok.to_string(),
            foresatte_mate: mate(lagret.foresatte.mate),
            begrunnelse: lagret.begrunnelse.clone(),
        }
    }

    /// The row version of the page; one that is none fits no row.
    pub(super) fn versjon(&self) -> i32 {
        self.versjon.parse().unwrap_or(-1)
    }

    pub(super) fn les(&self) -> Result<Medvirkning, Feil> {
        let mut leser = Leser::default();
        let barn = del(&mut leser, "barn", [&self.barn_invitert, &self.barn_deltok, &self.barn_mate]);
        let foresatte =
            del(&mut leser, "foresatte", [&self.foresatte_invitert, &self.foresatte_deltok, &self.foresatte_mate]);
        let begrunnelse =
            leser.valgfri("begrunnelse", "Hvorfor noen ikke har medvirket", &self.begrunnelse, BEGRUNNELSE);
        let ikke = [barn, foresatte].iter().any(|d| d.mate == Some(Mate::Ikke));
        leser.krev("begrunnelse", !ikke || !begrunnelse.is_empty(), "Skriv hvorfor noen ikke har medvirket");
        leser.ferdig(Medvirkning { barn, foresatte, begrunnelse, versjon: self.versjon() })
    }
}

/// One side, with its fields named after it: `barn_invitert`.
fn del(leser: &mut Leser, hvem: &str, [invitert, deltok, mate]: [&String; 3]) -> Del {
    let mut tall = |hva: &str, navn: &str, raw: &str| match raw.trim() {
        "" => 0,
        raw => leser.tall(&format!("{hvem}_{hva}"), navn, raw, 0..=20).map_or(0, i32::unsigned_abs),
    };
    let (invitert, deltok) = (tall("invitert", "Invitert", invitert), tall("deltok", "Deltok", deltok));
    let felt = format!("{hvem}_mate");
    let mate = match mate.trim() {
        "" => None,
        raw => leser.valg(&felt, "Hvordan de ble hørt", raw),
    };
    let var_med = mate != Some(Mate::IMotet) || deltok > 0;
    leser.krev(&format!("{hvem}_deltok"), var_med, "Skriv hvor mange som deltok, når noen var med i møtet");
    Del { invitert, deltok, mate }
}
