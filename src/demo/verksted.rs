//! The bench a region is made on: the rows so far, and what is needed to make the next.
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    kalender::Opptatt,
    navn::{Navn, epostnavn},
    rader::{Bruker, Person, Rader, Rolle},
    regioner::Region,
    terning::{Ider, Terning, id_for},
};
use crate::{
    auth::Rolletype,
    regelsett::{Semester, Semestergrenser},
    tid,
};

pub(super) struct Verksted {
    pub(super) region: &'static Region,
    pub(super) na: OffsetDateTime,
    pub(super) i_dag: Date,
    pub(super) ider: Ider,
    pub(super) rader: Rader,
    pub(super) opptatt: Opptatt,
    navn: Navn,
    mennesker: Terning,
}

/// Somebody of the demo, as the others speak of them.
#[derive(Clone, Debug)]
pub(super) struct Menneske {
    pub(super) id: Uuid,
    pub(super) navn: String,
    pub(super) epost: String,
}

/// Where somebody works.
#[derive(Clone, Copy, Default)]
pub(super) struct Arbeidssted {
    pub(super) tjeneste: Option<Uuid>,
    pub(super) enhet: Option<Uuid>,
}

impl Verksted {
    pub(super) fn ny(region: &'static Region, na: OffsetDateTime) -> Self {
        Self {
            region,
            na,
            i_dag: tid::dag(na),
            ider: Ider::ny(region.domene),
            rader: Rader::default(),
            opptatt: Opptatt::default(),
            navn: Navn::default(),
            mennesker: Terning::ny(region.domene),
        }
    }

    /// Dice of one thing's own, so that a change in one place does not move everything after it.
    pub(super) fn terning(&self, nokkel: &str) -> Terning {
        Terning::ny(&format!("{}/{nokkel}", self.region.domene))
    }

    /// The semesters with møter: from the autumn that began last school year, to this one.
    pub(super) fn semestre(&self) -> impl Iterator<Item = Semester> + use<> {
        let grenser = Semestergrenser::default();
        let denne = Semester::for_dato(self.i_dag, grenser);
        let skolear = if denne == Semester::host(denne.ar) { denne.ar } else { denne.ar - 1 };
        Semester::host(skolear - 1).til(denne)
    }

    /// The first day of all this.
    pub(super) fn fra(&self) -> Date {
        let forste = self.semestre().next().map(|s| s.start(Semestergrenser::default()));
        forste.unwrap_or(self.i_dag) - Duration::weeks(52)
    }

    /// Somebody without an account; most people of the demo never log in.
    pub(super) fn menneske(&mut self, tittel: &'static str, sted: Arbeidssted) -> Menneske {
        let navn = self.navn.neste(&mut self.mennesker);
        let epost = format!("{}@{}", epostnavn(&navn), self.region.domene);
        self.ansett(navn, epost, None, (tittel, sted))
    }

    /// Somebody who can log in, as `konto@` the region's domain.
    pub(super) fn bruker(&mut self, konto: &str, tittel: &'static str, sted: Arbeidssted) -> Menneske {
        let epost = format!("{konto}@{}", self.region.domene);
        let id = id_for(&epost);
        self.rader.bruker.push(Bruker { id, epost: epost.clone() });
        let navn = self.navn.neste(&mut Terning::ny(&epost));
        self.ansett(navn, epost, Some(id), (tittel, sted))
    }

    /// Somebody whose account is made in another region; the name is the same in both.
    pub(super) fn gjest(&mut self, epost: &str, tittel: &'static str, sted: Arbeidssted) -> Menneske {
        let navn = self.navn.neste(&mut Terning::ny(epost));
        self.ansett(navn, epost.to_owned(), Some(id_for(epost)), (tittel, sted))
    }

    fn ansett(
        &mut self,
        navn: String,
        epost: String,
        bruker_id: Option<Uuid>,
        (tittel, sted): (&'static str, Arbeidssted),
    ) -> Menneske {
        let id = self.ider.neste();
        let (tjeneste_id, enhet_id) = (sted.tjeneste, sted.enhet);
        let rad = Person { id, bruker_id, navn: navn.clone(), tittel, epost: epost.clone(), tjeneste_id, enhet_id };
        self.rader.person.push(rad);
        Menneske { id, navn, epost }
    }

    /// Gives somebody a role; `sted` is its kommune or unit, where the role has one.
    pub(super) fn rolle(&mut self, person: &Menneske, rolle: Rolletype, sted: Option<Uuid>) {
        let (id, enhet) = (self.ider.neste(), rolle == Rolletype::Teamleder);
        self.rader.rolle.push(Rolle {
            id,
            person_id: person.id,
            type_: rolle.slug(),
            kommune_id: sted.filter(|_| !enhet),
            enhet_id: sted.filter(|_| enhet),
        });
    }
}
