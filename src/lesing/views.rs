//! The face of a referat as it is read.
use askama::Template;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{BekreftLest, SkrivMerknad, Stilling, VisReferat, VisVersjon, db::Leser, frist, kan_svare};
use crate::{
    auth::Medlem,
    dokument::ReferatPdf,
    mote::Elementtype,
    oppmote::Deltaker,
    referat::Punkt,
    rettelse::{Del, Endring, Historie, RettReferat, Versjon},
    sladding::BeOmSladding,
    tid,
    web::Feil,
};

#[derive(Template)]
#[template(path = "lesing/referat.html")]
pub(super) struct Referat {
    historie: Historie,
    nr: i32,
    punkter: Vec<Punkt>,
    endringer: Vec<Endring>,
    lesere: Vec<Leser>,
    deltakere: Vec<Deltaker>,
    frist: Date,
    leder: bool,
    meg: Uuid,
    i_dag: Date,
    nokkel: Uuid,
    merknad: String,
    feil: Feil,
}

impl Referat {
    pub(super) fn ny(
        historie: Historie,
        nr: i32,
        (lesere, deltakere): (Vec<Leser>, Vec<Deltaker>),
        leder: bool,
        medlem: &Medlem,
    ) -> Self {
        let laget = historie.versjon(nr).map_or(historie.referat.start, |v| v.tid);
        Self {
            punkter: historie.punkter(nr),
            endringer: historie.endringer(nr),
            historie,
            nr,
            lesere,
            deltakere,
            frist: frist(tid::dag(laget)),
            leder,
            meg: medlem.person(),
            i_dag: medlem.i_dag(),
            nokkel: Uuid::new_v4(),
            merknad: String::new(),
            feil: Feil::default(),
        }
    }

    /// The page again, with a remark that could not be saved.
    pub(super) fn med_feil(self, merknad: String, feil: Feil) -> Self {
        Self { merknad, feil, ..self }
    }

    fn id(&self) -> Uuid {
        self.historie.referat.mote
    }

    /// «TST Fjellheim skole, onsdag 25. november 2026».
    fn tittel(&self) -> String {
        let referat = &self.historie.referat;
        format!("{}, {}", referat.forum, tid::dato_i_ord(tid::dag(referat.start)))
    }

    fn versjon(&self) -> Option<&Versjon> {
        self.historie.versjon(self.nr)
    }

    fn er_gjeldende(&self) -> bool {
        self.nr == self.historie.gjeldende()
    }

    /// The other versions, the newest first.
    fn andre(&self) -> impl Iterator<Item = (&Versjon, VisVersjon)> {
        let andre = self.historie.versjoner.iter().rev().filter(|v| v.nr != self.nr);
        andre.map(|v| (v, VisVersjon { id: self.id(), nr: v.nr }))
    }

    fn gjeldende(&self) -> VisReferat {
        VisReferat { id: self.id() }
    }

    /// How children and guardians took part stands under the element they were met in.
    fn viser_medvirkning(&self, punkt: &Punkt) -> bool {
        punkt.elementtype == Elementtype::Observasjon && self.historie.referat.medvirkning.versjon > 0
    }

    fn pdf(&self) -> ReferatPdf {
        ReferatPdf { id: self.id() }
    }

    fn bekreft(&self) -> BekreftLest {
        BekreftLest { id: self.id() }
    }

    fn skriv_merknad(&self) -> SkrivMerknad {
        SkrivMerknad { id: self.id() }
    }

    fn be_om_sladding(&self) -> BeOmSladding {
        BeOmSladding { id: self.id() }
    }

    fn rett(&self) -> Option<RettReferat> {
        (self.leder && self.er_gjeldende()).then(|| RettReferat { id: self.id() })
    }

    fn stilling(&self, leser: &Leser) -> Stilling {
        let skrev = self.versjon().and_then(|v| v.av) == Some(leser.person);
        let merknad = leser.merknader.last().map(|(tid, _)| tid::dag(*tid));
        Stilling::ny(skrev, leser.lest.map(tid::dag), merknad, self.frist, self.i_dag)
    }

    /// How the one who reads stands to it; `None` when they were not called in.
    fn min(&self) -> Option<Stilling> {
        self.lesere.iter().find(|l| l.person == self.meg).map(|l| self.stilling(l))
    }

    fn kan_svare(&self) -> bool {
        kan_svare(self.min().is_some(), (self.nr, self.historie.gjeldende()), self.frist, self.i_dag).is_ok()
    }

    fn venter(&self) -> bool {
        self.min() == Some(Stilling::Venter)
    }

    fn er_meg(&self, leser: &Leser) -> bool {
        leser.person == self.meg
    }

    /// Whether a remark that was refused is to be shown, also after the deadline.
    fn viser_skjema(&self) -> bool {
        self.kan_svare() || !self.merknad.is_empty()
    }

    /// «3 av 4 er ferdige».
    fn telling(&self) -> String {
        let ferdige = self.lesere.iter().filter(|l| self.stilling(l).er_ferdig()).count();
        format!("{ferdige} av {} har lest eller regnes som å ha lest", self.lesere.len())
    }

    /// Everything that is remarked, the earliest first: who, when and what.
    fn merknader(&self) -> Vec<Merknad<'_>> {
        let alle = self.lesere.iter().flat_map(|leser| {
            leser.merknader.iter().map(|(tid, tekst)| Merknad { navn: &leser.navn, tid: *tid, tekst })
        });
        let mut alle: Vec<_> = alle.collect();
        alle.sort_by_key(|m| m.tid);
        alle
    }
}

/// A remark, as the page shows it.
struct Merknad<'a> {
    navn: &'a str,
    tid: OffsetDateTime,
    tekst: &'a str,
}

impl Merknad<'_> {
    /// «Per Pedagog, 19.11.2026 kl. 11.00».
    fn fra(&self) -> String {
        let nar = tid::lokal(self.tid);
        format!("{}, {} kl. {}", self.navn, tid::dato(nar.date()), tid::kl(nar.time()))
    }
}
