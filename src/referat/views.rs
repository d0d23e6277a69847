//! The faces of a møte that is held: page structs and the small questions their templates ask.
use askama::Template;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Bruk, Direkte, Ferdigstill, FjernBeslutning, Hold as HoldSti, Mangel, NyBeslutning, Punkt, Referat, SkrivNotat,
    Start, StartPunkt, StoppPunkt, Storskjerm, db, routes,
};
use crate::{
    auth::{self, Adgang, Medlem},
    kompetanse::{EndreKompetanse, FjernKompetanse, LoggKompetanse},
    medvirkning::VisMedvirkning,
    mote::{Elementtype, Handling, Status},
    oppmote::{self, Deltaker, Dyktighet, Telling},
    sak::{Saker, Utfall},
    tid,
    tiltak::{LagTiltak, LagTiltakUnder, VisTiltak},
    tjeneste::Tjenestetype,
    web::Feil,
};

/// Ids of the fields of one element; the page has many.
pub(super) fn notatfelt(punkt: Uuid) -> String {
    format!("notat-{punkt}")
}

pub(super) fn beslutningsfelt(punkt: Uuid) -> String {
    format!("beslutning-{punkt}")
}

pub(super) fn tjenestefelt(punkt: Uuid) -> String {
    format!("tjeneste-{punkt}")
}

/// The page a møte is run from.
#[derive(Template)]
#[template(path = "referat/hold.html")]
pub(super) struct Hold {
    pub(super) referat: Referat,
    pub(super) deltakere: Vec<Deltaker>,
    pub(super) saker: Saker,
    /// Whoever leads the møte decides and keeps the attendance; others write notes only.
    pub(super) adgang: Adgang,
    pub(super) meg: Uuid,
    pub(super) na: OffsetDateTime,
    pub(super) skrevet: Skrevet,
}

/// What could not be saved, and why.
#[derive(Default)]
pub(super) struct Skrevet {
    pub(super) punkt: Uuid,
    notat: Option<(String, bool, String)>,
    tekst: String,
    tjenestetype: String,
    feil: Feil,
}

impl Skrevet {
    pub(super) fn notat(punkt: Uuid, tekst: String, gjennomfort: bool, versjon: String, feil: Feil) -> Self {
        Self { punkt, notat: Some((tekst, gjennomfort, versjon)), feil, ..Self::default() }
    }

    pub(super) fn beslutning(punkt: Uuid, tekst: String, tjenestetype: String, feil: Feil) -> Self {
        Self { punkt, tekst, tjenestetype, feil, ..Self::default() }
    }
}

/// The form of an element's note: as stored, or as it was just written.
struct Notatskjema<'a> {
    tekst: &'a str,
    gjennomfort: bool,
    versjon: String,
    feil: Option<&'a str>,
}

/// The form of a new decision.
struct Beslutningsskjema<'a> {
    tekst: &'a str,
    tjenestetype: &'a str,
    tekst_feil: Option<&'a str>,
    tjeneste_feil: Option<&'a str>,
}

impl Hold {
    pub(super) fn ny(
        referat: Referat,
        deltakere: Vec<Deltaker>,
        saker: Saker,
        adgang: Adgang,
        medlem: &Medlem,
    ) -> Self {
        let (meg, na) = (medlem.person(), medlem.na());
        Self { referat, deltakere, saker, adgang, meg, na, skrevet: Skrevet::default() }
    }

    fn leder(&self) -> bool {
        self.adgang.til(auth::Handling::LedeMote)
    }

    /// Whether notes are written: by everybody in the room, while it is under way.
    fn noterer(&self) -> bool {
        self.referat.status == Status::Pagar
    }

    /// Whether the reader decides and keeps the attendance.
    fn skriver(&self) -> bool {
        self.leder() && self.noterer()
    }

    /// The stream that tells of the others' changes.
    fn direkte(&self) -> Direkte {
        Direkte { id: self.referat.mote }
    }

    fn kan_starte(&self) -> bool {
        self.leder() && self.referat.status.kan(Handling::Start)
    }

    fn her(&self) -> HoldSti {
        HoldSti { id: self.referat.mote }
    }

    /// How children and guardians take part stands under the element they are met in.
    fn viser_medvirkning(&self, punkt: &Punkt) -> bool {
        self.referat.er_tst && punkt.elementtype == Elementtype::Observasjon
    }

    fn start(&self) -> Start {
        Start { id: self.referat.mote }
    }

    fn ferdigstill(&self) -> Ferdigstill {
        Ferdigstill { id: self.referat.mote }
    }

    fn notatsti(&self, punkt: &Punkt) -> SkrivNotat {
        SkrivNotat { id: self.referat.mote, element: punkt.id }
    }

    fn beslutningssti(&self, punkt: &Punkt) -> NyBeslutning {
        NyBeslutning { id: self.referat.mote, element: punkt.id }
    }

    fn fjernsti(&self, beslutning: &super::Beslutning) -> FjernBeslutning {
        FjernBeslutning { id: self.referat.mote, beslutning: beslutning.id }
    }

    /// What a decision leads to: the tiltak it has become, or the form that makes one and comes back here.
    fn tiltakslenke(&self, beslutning: &super::Beslutning) -> Option<(&'static str, String)> {
        let lag = LagTiltak { id: self.referat.mote, beslutning: beslutning.id };
        match beslutning.tiltak {
            Some(id) if self.adgang.til(auth::Handling::SeTiltak) => {
                Some(("Se tiltaket", VisTiltak { id }.to_string()))
            }
            None if self.adgang.til(auth::Handling::EndreTiltak) => Some(("Lag tiltak", lag.fra_hold())),
            _ => None,
        }
    }

    /// Where the leader makes a tiltak under an element while the møte goes on.
    fn lag_tiltak(&self, punkt: &Punkt) -> Option<String> {
        let her = self.noterer() && self.adgang.til(auth::Handling::EndreTiltak);
        her.then(|| LagTiltakUnder { id: self.referat.mote, element: punkt.id }.fra_hold())
    }

    /// The element they are at, and how its time goes.
    fn i_gang(&self) -> Option<(&Punkt, Bruk)> {
        let punkt = self.referat.punkter.iter().find(|p| p.lop.pagar_fra.is_some())?;
        Some((punkt, self.bruk(punkt)?))
    }

    fn bruk(&self, punkt: &Punkt) -> Option<Bruk> {
        punkt.lop.bruk(punkt.minutter, self.na)
    }

    /// The element that comes after the one they are at, or the first that nobody has begun.
    fn neste(&self) -> Option<&Punkt> {
        let etter = self.i_gang().map_or(0, |(punkt, _)| punkt.nr);
        self.referat.punkter.iter().skip(etter).find(|p| p.lop.startet.is_none() && !p.gjennomfort)
    }

    fn start_punkt(&self, punkt: &Punkt) -> StartPunkt {
        StartPunkt { id: self.referat.mote, element: punkt.id }
    }

    fn stopp_punkt(&self, punkt: &Punkt) -> StoppPunkt {
        StoppPunkt { id: self.referat.mote, element: punkt.id }
    }

    fn storskjerm(&self) -> Storskjerm {
        Storskjerm { id: self.referat.mote }
    }

    /// Where the guidance under an element is logged; only one kind has such a log.
    fn logg(&self, punkt: &Punkt) -> Option<LoggKompetanse> {
        let veiledning = punkt.elementtype == Elementtype::Veiledning;
        veiledning.then_some(LoggKompetanse { id: self.referat.mote, element: punkt.id })
    }

    fn endre_kompetanse(&self, kompetanse: &Uuid) -> EndreKompetanse {
        EndreKompetanse { id: self.referat.mote, kompetanse: *kompetanse }
    }

    fn fjern_kompetanse(&self, kompetanse: &Uuid) -> FjernKompetanse {
        FjernKompetanse { id: self.referat.mote, kompetanse: *kompetanse }
    }

    fn alle_til_stede(&self) -> oppmote::AlleTilStede {
        oppmote::AlleTilStede { id: self.referat.mote }
    }

    /// What may come of a sak.
    fn utfall() -> Vec<(&'static str, &'static str)> {
        Utfall::alternativer()
    }

    fn telling(&self) -> Telling {
        Telling::av(&self.deltakere)
    }

    /// Whether those in the room can decide just now.
    fn dyktighet(&self) -> Dyktighet {
        Dyktighet::av(&self.deltakere, self.referat.moteleder_id, Some(self.na))
    }

    fn er_motedagen(&self) -> bool {
        tid::dag(self.referat.start) == tid::dag(self.na)
    }

    /// The reader's own row, when they may log their attendance now.
    fn egen(&self) -> Option<&Deltaker> {
        let dag = tid::dag(self.referat.start);
        oppmote::kan_fore_eget(self.referat.status, dag, tid::dag(self.na)).ok()?;
        self.deltakere.iter().find(|d| d.person == Some(self.meg))
    }

    fn notat<'a>(&'a self, punkt: &'a Punkt) -> Notatskjema<'a> {
        match &self.skrevet.notat {
            Some((tekst, gjennomfort, versjon)) if self.skrevet.punkt == punkt.id => Notatskjema {
                tekst,
                gjennomfort: *gjennomfort,
                versjon: versjon.clone(),
                feil: self.skrevet.feil.for_felt(&notatfelt(punkt.id)),
            },
            _ => Notatskjema {
                tekst: &punkt.notat,
                gjennomfort: punkt.gjennomfort,
                versjon: punkt.versjon.to_string(),
                feil: None,
            },
        }
    }

    fn beslutning(&self, punkt: &Punkt) -> Beslutningsskjema<'_> {
        let her = self.skrevet.punkt == punkt.id;
        Beslutningsskjema {
            tekst: if her { &self.skrevet.tekst } else { "" },
            tjenestetype: if her { &self.skrevet.tjenestetype } else { "" },
            tekst_feil: self.skrevet.feil.for_felt(&beslutningsfelt(punkt.id)),
            tjeneste_feil: self.skrevet.feil.for_felt(&tjenestefelt(punkt.id)),
        }
    }
}

impl Beslutningsskjema<'_> {
    fn har_feil(&self) -> bool {
        self.tekst_feil.is_some() || self.tjeneste_feil.is_some()
    }
}

/// Two texts for the same note: what is stored, and what was written on an older page.
#[derive(Template)]
#[template(path = "referat/konflikt.html")]
pub(super) struct Konflikt {
    sti: SkrivNotat,
    forum: String,
    punkt: Punkt,
    skrevet: String,
    samlet: String,
    gjennomfort: bool,
}

impl Konflikt {
    /// `None` when the element is no longer there.
    pub(super) fn ny(referat: Referat, punkt: Uuid, notat: db::Notat) -> Option<Self> {
        let id = referat.mote;
        let punkt = referat.punkter.into_iter().find(|p| p.id == punkt)?;
        Some(Self {
            sti: SkrivNotat { id, element: punkt.id },
            forum: referat.forum,
            samlet: samlet(&punkt.notat, &notat.tekst),
            gjennomfort: notat.gjennomfort || punkt.gjennomfort,
            skrevet: notat.tekst,
            punkt,
        })
    }

    fn motesti(&self) -> String {
        routes::mote(self.sti.id)
    }

    fn tilbake(&self) -> String {
        routes::punkt(self.sti.id, self.sti.element)
    }
}

/// A text that holds all of both.
fn samlet(lagret: &str, skrevet: &str) -> String {
    if skrevet.contains(lagret) {
        skrevet.to_owned()
    } else if lagret.contains(skrevet) {
        lagret.to_owned()
    } else {
        format!("{lagret}\n\n{skrevet}")
    }
}

/// What is missing before the end, each with the place where it is mended.
#[derive(Template)]
#[template(path = "referat/ferdig.html")]
pub(super) struct Ferdig {
    sti: Ferdigstill,
    referat: Referat,
    mangler: Vec<(Mangel, String, &'static str)>,
    begrunnelse: String,
    feil: Feil,
    nokkel: Uuid,
}

impl Ferdig {
    pub(super) fn ny(referat: Referat, mangler: Vec<Mangel>, begrunnelse: String, feil: Feil) -> Self {
        let sti = Ferdigstill { id: referat.mote };
        let mangler = mangler.into_iter().map(|mangel| med_lenke(mangel, &referat)).collect();
        Self { sti, mangler, referat, begrunnelse, feil, nokkel: Uuid::new_v4() }
    }

    fn hold(&self) -> HoldSti {
        HoldSti { id: self.referat.mote }
    }

    /// Whether something must be mended first.
    fn er_sperret(&self) -> bool {
        self.mangler.iter().any(|(mangel, ..)| mangel.sperrer())
    }
}

fn med_lenke(mangel: Mangel, referat: &Referat) -> (Mangel, String, &'static str) {
    let hold = HoldSti { id: referat.mote };
    let (sti, ord) = match &mangel {
        Mangel::IkkeDekket { tittel } | Mangel::Telefonnummer { tittel } => {
            let punkt = referat.punkter.iter().find(|p| p.tittel == *tittel).map(|p| p.id).unwrap_or_default();
            (routes::punkt(referat.mote, punkt), "Gå til punktet")
        }
        Mangel::UtenMedvirkning => (VisMedvirkning { id: referat.mote }.to_string(), "Før medvirkningen"),
        Mangel::ForKort { .. } => ("#begrunnelse".to_owned(), "Skriv begrunnelsen"),
        Mangel::IngenTilStede
        | Mangel::BruttMoteplikt { .. }
        | Mangel::IkkeRegistrert { .. }
        | Mangel::IkkeBeslutningsdyktig
        | Mangel::BesluttetUtenFullmakt { .. }
        | Mangel::BesluttetUtenNok { .. } => (format!("{hold}#oppmoteliste"), "Gå til oppmøtet"),
    };
    (mangel, sti, ord)
}

/// The services that can commit themselves, as a list to choose from.
fn tjenester() -> [(&'static str, &'static str); 6] {
    Tjenestetype::ALLE.map(|t| (t.slug(), t.navn()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_merged_text_holds_both(lagret in "\\PC{0,40}", skrevet in "\\PC{0,40}") {
            let begge = samlet(&lagret, &skrevet);
            prop_assert!(begge.contains(&lagret) && begge.contains(&skrevet));
        }
    }
}
