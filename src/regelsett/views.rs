//! The faces of the rules.
use askama::Template;

use super::{
    Overstyring, Semestergrenser,
    db::Lagret,
    routes::{EndreRegler, EndreUnntak, FjernUnntak, NyttUnntak, VisRegler},
    skjema::{Raw, TALLREGLER, tall},
};
use crate::{tid, tjeneste::Tjenestetype, web::Feil};

#[derive(Template)]
#[template(path = "regelsett/vis.html")]
pub(super) struct Vis {
    pub(super) region: Lagret,
    pub(super) unntak: Vec<Lagret>,
}

/// A rule in words: its name, what it says, and why.
struct Regel {
    navn: &'static str,
    verdi: String,
    hvorfor: &'static str,
}

/// A rule that is otherwise in one place: its name, the region's and the place's own.
struct Forskjell {
    navn: &'static str,
    region: String,
    her: String,
}

const FASTE: (&str, &str) =
    ("Faste tjenester", "Planen sier at disse er faste deltakere i teamet og har møteplikt. Andre kommer ved behov.");
const SEMESTER: (&str, &str) = ("Semestrene", "Møtene telles for høst og vår hver for seg.");

/// Every rule in words; `None` where the set says nothing.
fn i_ord(over: &Overstyring) -> Vec<(&'static str, Option<String>, &'static str)> {
    let tall = TALLREGLER.iter().zip(tall(over)).map(|(regel, verdi)| {
        let ord = verdi.map(|verdi| match (regel.felt, verdi) {
            ("min_varighet", verdi) => format!("{verdi} minutter ({})", tid::timer(verdi)),
            (_, 1) if regel.etter == "møter" => "1 møte".to_owned(),
            (_, verdi) => format!("{verdi} {}", regel.etter),
        });
        (regel.navn, ord, regel.hvorfor)
    });
    let faste = over.faste_tjenester.as_deref().map(tjenester);
    let semester = over.semestergrenser.map(grenser);
    tall.chain([(FASTE.0, faste, FASTE.1), (SEMESTER.0, semester, SEMESTER.1)]).collect()
}

fn tjenester(alle: &[Tjenestetype]) -> String {
    alle.iter().map(|t| t.navn()).collect::<Vec<_>>().join(", ")
}

/// «høst fra 1. august, vår fra 1. januar»
fn grenser(grenser: Semestergrenser) -> String {
    let ord = |(maned, dag)| format!("{dag}. {}", tid::maned(maned));
    format!("høst fra {}, vår fra {}", ord(grenser.host()), ord(grenser.var()))
}

impl Vis {
    fn regler(&self) -> Vec<Regel> {
        let regel =
            |(navn, verdi, hvorfor): (_, Option<String>, _)| Regel { navn, verdi: verdi.unwrap_or_default(), hvorfor };
        i_ord(&self.region.over).into_iter().map(regel).collect()
    }

    fn forskjeller(&self, unntak: &Lagret) -> Vec<Forskjell> {
        let par = i_ord(&self.region.over).into_iter().zip(i_ord(&unntak.over));
        par.filter_map(|((navn, region, _), (_, her, _))| {
            Some(Forskjell { navn, region: region.unwrap_or_default(), her: her? })
        })
        .collect()
    }
}

impl Lagret {
    fn navn(&self) -> &str {
        self.sted.as_deref().unwrap_or("Regionen")
    }

    fn sti(&self) -> EndreUnntak {
        EndreUnntak { id: self.id }
    }
}

/// One form for the region's rules and for exceptions.
#[derive(Template)]
#[template(path = "regelsett/skjema.html")]
pub(super) struct Skjema {
    overskrift: String,
    sti: String,
    er_region: bool,
    felter: Raw,
    region: Overstyring,
    /// Where a new exception can be made; empty otherwise.
    steder: Vec<(String, String)>,
    fjern: Option<FjernUnntak>,
    feil: Feil,
}

/// A number's field: id, label, what was typed, help and unit.
type Tallfelt<'a> = (&'static str, &'static str, &'a str, String, &'static str);

impl Skjema {
    pub(super) fn region(felter: Raw, region: Overstyring, feil: Feil) -> Self {
        Self {
            overskrift: "Endre regionens regler".into(),
            sti: EndreRegler.to_string(),
            er_region: true,
            felter,
            region,
            steder: Vec::new(),
            fjern: None,
            feil,
        }
    }

    pub(super) fn nytt(felter: Raw, region: Overstyring, steder: Vec<(String, String)>, feil: Feil) -> Self {
        let overskrift = "Nytt unntak fra regionens regler".into();
        Self { overskrift, sti: NyttUnntak.to_string(), er_region: false, felter, region, steder, fjern: None, feil }
    }

    pub(super) fn unntak(felter: Raw, region: Overstyring, unntak: &Lagret, feil: Feil) -> Self {
        Self {
            overskrift: format!("Unntak for {}", unntak.navn()),
            sti: unntak.sti().to_string(),
            er_region: false,
            felter,
            region,
            steder: Vec::new(),
            fjern: Some(FjernUnntak { id: unntak.id }),
            feil,
        }
    }

    fn tallfelter(&self) -> Vec<Tallfelt<'_>> {
        let felter = TALLREGLER.iter().zip(self.felter.tall()).zip(tall(&self.region));
        felter
            .map(|((regel, skrevet), region)| {
                let region = region.unwrap_or_default();
                let hjelp = if self.er_region {
                    regel.hvorfor.to_owned()
                } else {
                    format!("Regionen: {region} {}", regel.etter)
                };
                (regel.felt, regel.navn, skrevet, hjelp, regel.etter)
            })
            .collect()
    }

    /// Services to tick: id, value, name and whether it is ticked.
    fn faste(&self) -> Vec<(String, &'static str, &'static str, bool)> {
        let arvet = !self.er_region && self.felter.tjenester != "egne" && self.felter.faste.is_empty();
        let av_regionen = self.region.faste_tjenester.as_deref().unwrap_or_default();
        let alle = Tjenestetype::ALLE.into_iter().filter(|t| *t != Tjenestetype::Annen).enumerate();
        alle.map(|(i, t)| {
            let id = if i == 0 { "faste".to_owned() } else { format!("faste-{}", i + 1) };
            let valgt = if arvet { av_regionen.contains(&t) } else { self.felter.faste.iter().any(|f| f == t.slug()) };
            (id, t.slug(), t.navn(), valgt)
        })
        .collect()
    }

    fn regionens_tjenester(&self) -> String {
        tjenester(self.region.faste_tjenester.as_deref().unwrap_or_default())
    }

    fn regionens_semestre(&self) -> String {
        format!(
            "Regionen: {}. Fyll ut begge, eller la begge stå tomme.",
            self.region.semestergrenser.map(grenser).unwrap_or_default()
        )
    }
}
