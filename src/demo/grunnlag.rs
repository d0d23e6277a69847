//! What a region stands on before anybody works in it: places, services, rules and agendas.
use uuid::Uuid;

use super::{
    enheter,
    rader::{self, Motemal, MotemalElement, TjenesteKommune},
    verksted::Verksted,
};
use crate::{
    mote::Elementtype::{self, Annet, Generell, Observasjon, Veiledning},
    regelsett::Regelsett,
    tjeneste::Tjenestetype,
};

pub(super) struct Kommune {
    pub(super) id: Uuid,
    pub(super) nummer: &'static str,
    pub(super) navn: &'static str,
    pub(super) enheter: Vec<Enhet>,
}

pub(super) struct Enhet {
    pub(super) id: Uuid,
    pub(super) fakta: &'static enheter::Enhet,
}

/// An agenda to make møter from.
pub(super) struct Mal {
    pub(super) id: Uuid,
    pub(super) elementer: &'static [Malelement],
}

/// Type, title, prompts and minutes.
pub(super) type Malelement = (Elementtype, &'static str, &'static str, u32);

/// The agendas of a region, by kind of forum.
pub(super) struct Maler {
    pub(super) enhet: Mal,
    pub(super) kommune: Mal,
    pub(super) direktorer: Mal,
}

impl Verksted {
    pub(super) fn kommuner(&mut self) -> Vec<Kommune> {
        let fakta: Vec<_> = self.region.kommuner.iter().filter_map(|nummer| enheter::kommune(nummer)).collect();
        fakta.into_iter().map(|k| self.kommune(k)).collect()
    }

    fn kommune(&mut self, fakta: &'static enheter::Kommune) -> Kommune {
        let id = self.ider.neste();
        self.rader.kommune.push(rader::Kommune { id, kommunenummer: fakta.nummer, navn: fakta.navn });
        let enheter = fakta.enheter.iter().map(|enhet| self.enhet(id, enhet)).collect();
        Kommune { id, nummer: fakta.nummer, navn: fakta.navn, enheter }
    }

    fn enhet(&mut self, kommune_id: Uuid, fakta: &'static enheter::Enhet) -> Enhet {
        let id = self.ider.neste();
        self.rader.enhet.push(rader::Enhet {
            id,
            kommune_id,
            type_: fakta.type_.slug(),
            orgnr: fakta.orgnr(),
            navn: fakta.navn,
            antall: fakta.antall(),
            trinn_fra: fakta.trinn().map(|(fra, _)| fra),
            trinn_til: fakta.trinn().map(|(_, til)| til),
            eier: fakta.eier.slug(),
        });
        Enhet { id, fakta }
    }

    /// A service that serves these kommuner.
    pub(super) fn tjeneste(&mut self, type_: Tjenestetype, navn: String, kommuner: &[&Kommune]) -> Uuid {
        let id = self.ider.neste();
        let kontakt = format!("post@{}", self.region.domene);
        self.rader.tjeneste.push(rader::Tjeneste { id, type_: type_.slug(), navn, kontakt });
        let steder = kommuner.iter().map(|k| TjenesteKommune { tjeneste_id: id, kommune_id: k.id });
        self.rader.tjeneste_kommune.extend(steder);
        id
    }

    /// The region's rules, and what one kommune and one unit have decided otherwise.
    pub(super) fn regler(&mut self, kommuner: &[Kommune]) {
        let regel = Regelsett::default();
        let (var_start, host_start) = regel.semestergrenser.tekst();
        let id = self.ider.neste();
        self.rader.regelsett.push(rader::Regelsett {
            id,
            min_varighet: Some(regel.min_varighet),
            min_host: Some(regel.min_host),
            min_var: Some(regel.min_var),
            stor_host: Some(regel.stor_host),
            stor_var: Some(regel.stor_var),
            stor_skole: Some(regel.stor_skole),
            stor_barnehage: Some(regel.stor_barnehage),
            faste_tjenester: Some(regel.faste_tjenester.iter().map(|t| t.slug()).collect()),
            host_start: Some(host_start),
            var_start: Some(var_start),
            ..rader::Regelsett::default()
        });
        let (nummer, minutter, begrunnelse) = self.region.kommuneregel;
        for kommune in kommuner.iter().filter(|k| k.nummer == nummer) {
            let (id, kommune_id, min_varighet) = (self.ider.neste(), Some(kommune.id), Some(minutter));
            let rad = rader::Regelsett { id, kommune_id, min_varighet, begrunnelse, ..rader::Regelsett::default() };
            self.rader.regelsett.push(rad);
        }
        let Some((navn, host, var, begrunnelse)) = self.region.enhetsregel else { return };
        for enhet in kommuner.iter().flat_map(|k| &k.enheter).filter(|e| e.fakta.navn == navn) {
            let (id, enhet_id, min_host, min_var) = (self.ider.neste(), Some(enhet.id), Some(host), Some(var));
            let rad = rader::Regelsett { id, enhet_id, min_host, min_var, begrunnelse, ..rader::Regelsett::default() };
            self.rader.regelsett.push(rad);
        }
    }

    pub(super) fn maler(&mut self) -> Maler {
        Maler {
            enhet: self.mal("tst_enhet", "TST på enheten", TST_ENHET),
            kommune: self.mal("tst_kommune", "Kommunalt TST", TST_KOMMUNE),
            direktorer: self.mal("kommunedirektorforum", "Kommunedirektørforum", DIREKTORER),
        }
    }

    fn mal(&mut self, forum_type: &'static str, navn: &'static str, elementer: &'static [Malelement]) -> Mal {
        let motemal_id = self.ider.neste();
        let (apning, avrunding, sjekk_for, sjekk_etter) = (APNING, AVRUNDING, SJEKK_FOR, SJEKK_ETTER);
        let rad = Motemal { id: motemal_id, forum_type, navn, apning, avrunding, sjekk_for, sjekk_etter };
        self.rader.motemal.push(rad);
        for (plass, (type_, tittel, hjelp, minutter)) in (1..).zip(elementer.iter().copied()) {
            let (id, type_) = (self.ider.neste(), type_.slug());
            self.rader.motemal_element.push(MotemalElement { id, motemal_id, plass, type_, tittel, hjelp, minutter });
        }
        Mal { id: motemal_id, elementer }
    }
}

const APNING: &str = "Vi er her for barnets beste. Hva vil det vi gjør i dag bety for barna?";
const AVRUNDING: &str = "Hver sier kort: Hva tar jeg med meg, og hva gjør jeg til neste gang?";
const SJEKK_FOR: &str = "Alle faste medlemmer har svart, eller sender vara
Punktene er meldt inn minst en uke før
Rom eller lenke er klart";
const SJEKK_ETTER: &str = "Referatet er ferdigstilt innen to dager
Hvert tiltak har ansvarlig, frist og dato for evaluering
De som ikke kom, vet hva de skal gjøre";

const TST_ENHET: &[Malelement] = &[
    (
        Generell,
        "Generell diskusjon eller planlegging",
        "Hva ble vi enige om sist, og er det gjort? Hvordan er det på enheten nå? Hva sier barna? Hva ønsker foreldrene?",
        45,
    ),
    (
        Veiledning,
        "Veiledning eller kompetanseheving",
        "Hva strever de voksne med? Hvem av oss kan noe om dette? Hva skal prøves ut til neste møte?",
        60,
    ),
    (
        Observasjon,
        "Observasjon eller samtaler",
        "Hva skal vi se etter, og hvor? Er drøftingen anonym, eller foreligger samtykke? Ikke skriv navn.",
        45,
    ),
];

const TST_KOMMUNE: &[Malelement] = &[
    (
        Generell,
        "Generell diskusjon eller planlegging",
        "Hva går igjen i teamene? Hva kan kommunen gjøre tidligere? Hvilke team trenger hjelp?",
        50,
    ),
    (Veiledning, "Veiledning eller kompetanseheving", "Hva trenger flere enheter å lære? Hvem kan holde det?", 50),
    (
        Observasjon,
        "Observasjon eller samtaler",
        "Hva viser tallene for møter og oppmøte? Hva sier barn, unge og foresatte?",
        50,
    ),
];

const DIREKTORER: &[Malelement] = &[
    (Generell, "Status i kommunene", "Er teamene på plass? Hvor holdes det for få møter? Hvorfor?", 40),
    (Annet, "Tjenestene", "Møter tjenestene? Har de nok folk, og fullmakt til å binde tjenesten?", 50),
    (Annet, "Beslutninger og oppfølging", "Hva bestemmer vi i dag, og hvem følger det opp til neste møte?", 30),
];
