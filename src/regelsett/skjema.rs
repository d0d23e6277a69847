//! The form of a set of rules: the region's own, which is whole, or what a kommune or an enhet decides otherwise.
use serde::Deserialize;
use time::Month;
use uuid::Uuid;

use super::{Overstyring, Semestergrenser};
use crate::{
    tid,
    tjeneste::Tjenestetype,
    web::{Feil, Leser},
};

/// A rule that is a number: its field, label, unit, limits and why it is there.
pub(super) struct Tallregel {
    pub(super) felt: &'static str,
    pub(super) navn: &'static str,
    pub(super) etter: &'static str,
    fra: i32,
    til: i32,
    pub(super) hvorfor: &'static str,
}

/// The rules that are numbers (Strategisk plan, Nord-Østerdal, kap. 6).
#[rustfmt::skip]
pub(super) const TALLREGLER: [Tallregel; 7] = [
    Tallregel { felt: "min_varighet", navn: "Minste varighet", etter: "minutter", fra: 30, til: 480,
        hvorfor: "Planen sier at teamet setter av minst 2,5 timer til møtepunktene. Et kortere møte trenger en begrunnelse for å telle." },
    Tallregel { felt: "min_host", navn: "Møter om høsten", etter: "møter", fra: 0, til: 12,
        hvorfor: "Planen sier minst 2 møter i høstsemesteret." },
    Tallregel { felt: "min_var", navn: "Møter om våren", etter: "møter", fra: 0, til: 12,
        hvorfor: "Planen sier minst 3 møter i vårsemesteret." },
    Tallregel { felt: "stor_host", navn: "Møter om høsten på store enheter", etter: "møter", fra: 0, til: 12,
        hvorfor: "Planen sier at de største kan ha møte hver måned." },
    Tallregel { felt: "stor_var", navn: "Møter om våren på store enheter", etter: "møter", fra: 0, til: 12,
        hvorfor: "Planen sier at de største kan ha møte hver måned." },
    Tallregel { felt: "stor_skole", navn: "En skole er stor fra", etter: "elever", fra: 1, til: 5000,
        hvorfor: "Planen nevner ikke noe tall. Regionen velger." },
    Tallregel { felt: "stor_barnehage", navn: "En barnehage er stor fra", etter: "barn", fra: 1, til: 5000,
        hvorfor: "Planen nevner ikke noe tall. Regionen velger." },
];

/// The fields as they were typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Raw {
    pub(super) nokkel: String,
    pub(super) versjon: i32,
    /// «kommune-…» or «enhet-…» with an id, when a new exception is made.
    pub(super) sted: String,
    pub(super) min_varighet: String,
    pub(super) min_host: String,
    pub(super) min_var: String,
    pub(super) stor_host: String,
    pub(super) stor_var: String,
    pub(super) stor_skole: String,
    pub(super) stor_barnehage: String,
    /// «egne» when an exception has services of its own.
    pub(super) tjenester: String,
    pub(super) faste: Vec<String>,
    pub(super) var_start: String,
    pub(super) host_start: String,
    pub(super) begrunnelse: String,
}

/// The place of an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sted {
    Kommune(Uuid),
    Enhet(Uuid),
}

/// The numbers of a set of rules, in the order of [`TALLREGLER`].
pub(super) fn tall(over: &Overstyring) -> [Option<u32>; 7] {
    [
        over.min_varighet,
        over.min_host,
        over.min_var,
        over.stor_host,
        over.stor_var,
        over.stor_skole,
        over.stor_barnehage,
    ]
}

/// «01.08.», as the day a semester begins is written.
pub(super) fn dag((maned, dag): (Month, u8)) -> String {
    format!("{dag:02}.{:02}.", u8::from(maned))
}

/// Month and day from «01.08.», «1.8» or «1. august».
fn les_dag(tekst: &str) -> Option<(u8, u8)> {
    let (dag, rest) = tekst.trim().split_once('.')?;
    let rest = rest.trim().trim_end_matches('.').to_lowercase();
    let fra_ord = || (1..=12).find(|m| Month::try_from(*m).is_ok_and(|m| tid::maned(m) == rest));
    Some((rest.parse().ok().or_else(fra_ord)?, dag.trim().parse().ok()?))
}

impl Raw {
    pub(super) fn av(over: &Overstyring, versjon: i32) -> Self {
        let [min_varighet, min_host, min_var, stor_host, stor_var, stor_skole, stor_barnehage] =
            tall(over).map(|n| n.map(|n| n.to_string()).unwrap_or_default());
        let grenser = over.semestergrenser;
        Self {
            versjon,
            min_varighet,
            min_host,
            min_var,
            stor_host,
            stor_var,
            stor_skole,
            stor_barnehage,
            tjenester: if over.faste_tjenester.is_some() { "egne".into() } else { String::new() },
            faste: over.faste_tjenester.iter().flatten().map(|t| t.slug().to_owned()).collect(),
            var_start: grenser.map(|g| dag(g.var())).unwrap_or_default(),
            host_start: grenser.map(|g| dag(g.host())).unwrap_or_default(),
            begrunnelse: over.begrunnelse.clone(),
            ..Self::default()
        }
    }

    /// What was typed for the numbers, in the order of [`TALLREGLER`].
    pub(super) fn tall(&self) -> [&str; 7] {
        [
            &self.min_varighet,
            &self.min_host,
            &self.min_var,
            &self.stor_host,
            &self.stor_var,
            &self.stor_skole,
            &self.stor_barnehage,
        ]
    }

    /// The region's own rules: every one of them.
    pub(super) fn les_region(&self) -> Result<Overstyring, Feil> {
        let mut leser = Leser::default();
        let mut over = self.les_tall(&mut leser);
        for (regel, verdi) in TALLREGLER.iter().zip(tall(&over)) {
            leser.krev(regel.felt, verdi.is_some(), &format!("Fyll ut «{}»", regel.navn));
        }
        over.faste_tjenester = Some(self.les_faste(&mut leser));
        over.semestergrenser = self.les_grenser(&mut leser);
        leser.ferdig(over)
    }

    /// An exception: at least one rule that is otherwise, and why.
    pub(super) fn les_unntak(&self) -> Result<Overstyring, Feil> {
        let mut leser = Leser::default();
        let mut over = self.les_tall(&mut leser);
        over.faste_tjenester = (self.tjenester == "egne").then(|| self.les_faste(&mut leser));
        if !self.var_start.trim().is_empty() || !self.host_start.trim().is_empty() {
            over.semestergrenser = self.les_grenser(&mut leser);
        }
        over.begrunnelse = leser.valgfri("begrunnelse", "Begrunnelse", &self.begrunnelse, 500);
        if let Err(mangler) = over.krev_begrunnelse() {
            leser.krev("begrunnelse", false, &mangler.to_string());
        }
        let noe =
            tall(&over).iter().any(Option::is_some) || over.faste_tjenester.is_some() || over.semestergrenser.is_some();
        leser.krev("min_varighet", noe, "Skriv minst én regel som er annerledes enn i regionen");
        leser.ferdig(over)
    }

    /// The place of a new exception.
    pub(super) fn les_sted(&self) -> Result<Sted, Feil> {
        let les = |(slag, id): (&str, &str)| match (slag, id.parse().ok()?) {
            ("kommune", id) => Some(Sted::Kommune(id)),
            ("enhet", id) => Some(Sted::Enhet(id)),
            _ => None,
        };
        let sted = self.sted.split_once('-').and_then(les);
        sted.ok_or_else(|| Feil::en("sted", "Velg kommunen eller enheten unntaket gjelder for"))
    }

    fn les_tall(&self, leser: &mut Leser) -> Overstyring {
        let mut tall = TALLREGLER
            .iter()
            .zip(self.tall())
            .map(|(r, raw)| leser.tall(r.felt, r.navn, raw, r.fra..=r.til).map(i32::unsigned_abs));
        let mut neste = || tall.next().flatten();
        Overstyring {
            min_varighet: neste(),
            min_host: neste(),
            min_var: neste(),
            stor_host: neste(),
            stor_var: neste(),
            stor_skole: neste(),
            stor_barnehage: neste(),
            ..Overstyring::default()
        }
    }

    fn les_faste(&self, leser: &mut Leser) -> Vec<Tjenestetype> {
        let faste: Vec<Tjenestetype> = Tjenestetype::ALLE
            .into_iter()
            .filter(|t| *t != Tjenestetype::Annen && self.faste.iter().any(|f| f == t.slug()))
            .collect();
        leser.krev("faste", !faste.is_empty(), "Velg minst én fast tjeneste");
        faste
    }

    fn les_grenser(&self, leser: &mut Leser) -> Option<Semestergrenser> {
        let mut les = |felt: &str, navn: &str, raw: &str| {
            let dag = les_dag(raw);
            leser.krev(felt, dag.is_some(), &format!("Skriv «{navn}» som dag og måned, for eksempel 01.08."));
            dag
        };
        let var = les("var_start", "Vårsemesteret begynner", &self.var_start);
        let host = les("host_start", "Høstsemesteret begynner", &self.host_start);
        let grenser = Semestergrenser::fra_tall(var?, host?);
        if let Err(feil) = &grenser {
            leser.krev("host_start", false, &feil.to_string());
        }
        grenser.ok()
    }

    /// What is stored now beside what was typed, where they differ.
    pub(super) fn utdatert(&self, lagret: &Self) -> Feil {
        let ord = |raw: &Self| {
            let valgt = |t: &Tjenestetype| raw.faste.iter().any(|f| f == t.slug());
            Tjenestetype::ALLE.into_iter().filter(valgt).map(Tjenestetype::navn).collect::<Vec<_>>().join(", ")
        };
        let (faste, mine) = (ord(lagret), ord(self));
        let mut felter: Vec<(&str, &str, &str)> = TALLREGLER
            .iter()
            .zip(lagret.tall().into_iter().zip(self.tall()))
            .map(|(regel, (lagret, skrevet))| (regel.felt, lagret, skrevet.trim()))
            .collect();
        felter.extend([
            ("faste", faste.as_str(), mine.as_str()),
            ("var_start", &lagret.var_start, self.var_start.trim()),
            ("host_start", &lagret.host_start, self.host_start.trim()),
            ("begrunnelse", &lagret.begrunnelse, self.begrunnelse.trim()),
        ]);
        Feil::utdatert(&felter)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::regelsett::Regelsett;

    #[test]
    fn a_day_is_read_however_it_is_written() {
        for tekst in ["01.08.", "1.8", " 1. 8. ", "1. august", "01.08"] {
            assert_eq!(les_dag(tekst), Some((8, 1)), "{tekst}");
        }
        for feil in ["", "august", "1", "a.b", "1.", "1.augus"] {
            assert_eq!(les_dag(feil), None, "{feil}");
        }
    }

    #[test]
    fn an_exception_says_what_and_why() {
        let tom = Raw::default().les_unntak().unwrap_err();
        let felter: Vec<&str> = tom.alle().iter().map(|(f, _)| f.as_str()).collect();
        assert_eq!(felter, ["begrunnelse", "min_varighet"]);
        let raw = Raw { min_host: "1".into(), begrunnelse: "Fire elever".into(), ..Raw::default() };
        assert_eq!(raw.les_unntak().unwrap().min_host, Some(1));
        assert!(raw.les_region().is_err());
    }

    proptest! {
        #[test]
        fn rules_survive_the_form(tall in prop::array::uniform7(1u32..=12), min in 30u32..=480) {
            let [_, a, b, c, d, e, f] = tall;
            let over = Overstyring {
                min_varighet: Some(min), min_host: Some(a), min_var: Some(b), stor_host: Some(c), stor_var: Some(d),
                stor_skole: Some(e), stor_barnehage: Some(f),
                faste_tjenester: Some(Regelsett::default().faste_tjenester),
                semestergrenser: Some(Semestergrenser::default()),
                begrunnelse: "Prøves ut".into(),
            };
            prop_assert_eq!(Raw::av(&over, 1).les_unntak().unwrap(), over.clone());
            let region = Overstyring { begrunnelse: String::new(), ..over };
            prop_assert_eq!(Raw::av(&region, 1).les_region().unwrap(), region);
        }
    }
}
