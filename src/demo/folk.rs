//! The invented people of a region and the roles they hold.
use uuid::Uuid;

use super::{
    grunnlag::Kommune,
    verksted::{Arbeidssted, Menneske, Verksted},
};
use crate::{
    auth::Rolletype::{
        Invitert, Kommunalsjef, Kommunedirektor, Kommunekoordinator, Politiker, Regionkoordinator, Statsforvalter,
        Systemadministrator, Teamleder, Teammedlem,
    },
    enhet::Enhetstype,
    tjeneste::Tjenestetype::{self, Barnevern, Helsesykepleier, Nav, Ppt},
};

/// How many units one PPT-rådgiver or barnevernskontakt looks after, about.
const ENHETER_PER_RADGIVER: usize = 13;
/// How many units one helsesykepleier looks after, about.
const ENHETER_PER_HELSESYKEPLEIER: usize = 8;

/// A service with its people: the leader sits in the kommunale team and stands in for the others.
pub(super) struct Stab {
    pub(super) id: Uuid,
    pub(super) type_: Tjenestetype,
    pub(super) leder: Menneske,
    pub(super) folk: Vec<Menneske>,
}

/// The people of one kommune.
pub(super) struct Kommunefolk {
    pub(super) koordinator: Menneske,
    pub(super) sjef: Menneske,
    pub(super) direktor: Menneske,
    pub(super) helse: Stab,
    /// Leaders of the units, in the units' order, and a second from the larger schools.
    pub(super) enheter: Vec<(Menneske, Option<Menneske>)>,
}

pub(super) struct Folk {
    pub(super) regionkoordinator: Menneske,
    pub(super) ppt: Stab,
    pub(super) barnevern: Stab,
    pub(super) nav: Stab,
    /// Somebody from another region, and the kommune they work in.
    pub(super) gjest: Option<(Menneske, &'static str)>,
    pub(super) kommuner: Vec<Kommunefolk>,
}

impl Verksted {
    /// Everybody; the log-ins belong to the first kommune.
    pub(super) fn folk(&mut self, kommuner: &[Kommune]) -> Folk {
        let alle: Vec<&Kommune> = kommuner.iter().collect();
        let antall = kommuner.iter().map(|k| k.enheter.len()).sum::<usize>() / ENHETER_PER_RADGIVER;
        let region = self.region;
        let regionkoordinator =
            self.bruker("koordinator", "Koordinator for tverrfaglig samarbeid", Arbeidssted::default());
        let ppt_id = self.tjeneste(Ppt, region.ppt.into(), &alle);
        let gjest = region.gjest.map(|(epost, kommune)| {
            let sted = Arbeidssted { tjeneste: Some(ppt_id), enhet: None };
            let gjest = self.gjest(epost, "PPT-rådgiver", sted);
            self.rolle(&gjest, Teammedlem, None);
            (gjest, kommune)
        });
        let ppt = self.stab((ppt_id, Ppt), Some("ppt"), antall.max(2), ("Leder for PPT", "PPT-rådgiver"));
        let id = self.tjeneste(Barnevern, region.barnevern.into(), &alle);
        let titler = ("Leder for barneverntjenesten", "Barnevernskontakt");
        let barnevern = self.stab((id, Barnevern), Some("barnevern"), antall.max(2), titler);
        let id = self.tjeneste(Nav, region.nav.into(), &alle);
        let nav = self.stab((id, Nav), Some("nav"), 2, ("Avdelingsleder i NAV", "NAV-veileder"));
        self.rolle(&regionkoordinator, Regionkoordinator, None);
        let admin = self.bruker("admin", "Systemansvarlig", Arbeidssted::default());
        self.rolle(&admin, Systemadministrator, None);
        let andre = self.bruker("admin2", "IKT-rådgiver", Arbeidssted::default());
        self.rolle(&andre, Systemadministrator, None);
        let tilsyn = self.bruker("statsforvalter", "Rådgiver hos statsforvalteren", Arbeidssted::default());
        self.rolle(&tilsyn, Statsforvalter, None);
        let kommuner = kommuner.iter().enumerate().map(|(nr, k)| {
            let koordinator = (nr == 0).then(|| regionkoordinator.clone());
            self.kommunefolk(k, koordinator)
        });
        Folk { kommuner: kommuner.collect(), regionkoordinator, ppt, barnevern, nav, gjest }
    }

    /// A leader and `antall` others; the first of them has the account, if there is one.
    fn stab(
        &mut self,
        (id, type_): (Uuid, Tjenestetype),
        konto: Option<&str>,
        antall: usize,
        (leder, tittel): (&'static str, &'static str),
    ) -> Stab {
        let sted = Arbeidssted { tjeneste: Some(id), enhet: None };
        let leder = self.menneske(leder, sted);
        self.rolle(&leder, Teammedlem, None);
        let folk = (0..antall).map(|nr| {
            let ansatt = match konto.filter(|_| nr == 0) {
                Some(konto) => self.bruker(konto, tittel, sted),
                None => self.menneske(tittel, sted),
            };
            self.rolle(&ansatt, if type_ == Nav { Invitert } else { Teammedlem }, None);
            ansatt
        });
        Stab { folk: folk.collect(), id, type_, leder }
    }

    /// The people of a kommune; `koordinator` is there when somebody already does that work.
    fn kommunefolk(&mut self, kommune: &Kommune, koordinator: Option<Menneske>) -> Kommunefolk {
        let hoved = koordinator.is_some();
        let (ingensteds, her) = (Arbeidssted::default(), Some(kommune.id));
        let koordinator = koordinator.unwrap_or_else(|| self.menneske("Kommunekoordinator", ingensteds));
        self.rolle(&koordinator, Kommunekoordinator, her);
        let [sjef, direktor] = [("kommunalsjef", "Kommunalsjef oppvekst"), ("kommunedirektor", "Kommunedirektør")].map(
            |(konto, tittel)| {
                if hoved { self.bruker(konto, tittel, ingensteds) } else { self.menneske(tittel, ingensteds) }
            },
        );
        self.rolle(&sjef, Kommunalsjef, her);
        self.rolle(&direktor, Kommunedirektor, her);
        if hoved {
            let politiker = self.bruker("politiker", "Leder av oppvekstutvalget", ingensteds);
            self.rolle(&politiker, Politiker, her);
        }
        let id = self.tjeneste(Helsesykepleier, format!("Helsestasjonen i {}", kommune.navn), &[kommune]);
        let antall = (kommune.enheter.len() / ENHETER_PER_HELSESYKEPLEIER).max(1);
        let titler = ("Ledende helsesykepleier", "Helsesykepleier");
        let helse = self.stab((id, Helsesykepleier), hoved.then_some("helsesykepleier"), antall, titler);
        let enheter = kommune.enheter.iter().map(|enhet| self.enhetsfolk(enhet.id, enhet.fakta)).collect();
        Kommunefolk { koordinator, sjef, direktor, helse, enheter }
    }

    fn enhetsfolk(&mut self, id: Uuid, fakta: &super::enheter::Enhet) -> (Menneske, Option<Menneske>) {
        let sted = Arbeidssted { tjeneste: None, enhet: Some(id) };
        let skole = fakta.type_ == Enhetstype::Skole;
        let tittel = if skole { "Rektor" } else { "Styrer" };
        let leder = if fakta.navn == self.region.hovedskole {
            self.bruker("teamleder", tittel, sted)
        } else if fakta.navn == self.region.hovedbarnehage {
            self.bruker("styrer", tittel, sted)
        } else {
            self.menneske(tittel, sted)
        };
        self.rolle(&leder, Teamleder, Some(id));
        let stor = fakta.antall().is_some_and(|antall| antall >= if skole { 180 } else { 70 });
        let andre = stor.then(|| {
            let tittel = if skole { "Spesialpedagogisk koordinator" } else { "Pedagogisk leder" };
            let andre = self.menneske(tittel, sted);
            self.rolle(&andre, Teammedlem, None);
            andre
        });
        (leder, andre)
    }
}
