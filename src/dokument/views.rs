//! What a document says: the values its template is given, and what is left out when nothing about a single child is to stand in it.
use serde::Serialize;
use time::{Date, Duration};

use super::{
    db::{self, Mote, Team},
    sett::Mal,
    tekst::{Avsnitt, Linje, avsnitt, en_linje, linje},
};
use crate::{
    auth::Medlem,
    kompetanse::Heving,
    medvirkning::Medvirkning,
    mote::{Elementtype, Status},
    oppmote::Deltaker,
    sak::VedMote,
    tekst::stor,
    tid,
    tiltak::Niva,
};

/// A document to be set: its template, its values, and the name its file gets.
pub(super) struct Dokument {
    pub(super) mal: Mal,
    pub(super) innhold: Innhold,
    /// Says what it is and when it was, and never about whom.
    pub(super) filnavn: String,
}

/// The values of a template.
#[derive(Serialize)]
pub(super) struct Innhold {
    tittel: String,
    /// The same in two: what it is, and of what.
    overskrift: (&'static str, String),
    region: String,
    /// Year, month and day it was made.
    dato: (i32, u8, u8),
    laget: String,
    /// What the reader must know about the document itself.
    om: Vec<String>,
    fakta: Vec<(&'static str, Avsnitt)>,
    moter: Vec<Del>,
}

/// One møte of it.
#[derive(Serialize)]
struct Del {
    tittel: Linje,
    fakta: Vec<(&'static str, Avsnitt)>,
    deltakere: Vec<(Linje, Linje, Linje)>,
    apning: Avsnitt,
    punkter: Vec<Punkt>,
    avrunding: Avsnitt,
    apne: Vec<Tiltak>,
}

#[derive(Serialize)]
struct Punkt {
    tittel: Linje,
    tid: String,
    hjelp: Avsnitt,
    saker: Vec<Sak>,
    notat: Avsnitt,
    /// What else was logged under it, a line each.
    logget: Vec<Linje>,
    beslutninger: Vec<Beslutning>,
    tiltak: Vec<Tiltak>,
    gjennomfort: bool,
    /// Whether it is about a single child, and so left out.
    utelatt: bool,
}

#[derive(Serialize)]
struct Sak {
    tittel: Linje,
    om: Linje,
    beskrivelse: Avsnitt,
}

#[derive(Serialize)]
struct Beslutning {
    tekst: Avsnitt,
    tjeneste: &'static str,
    tiltak: Vec<Tiltak>,
}

#[derive(Serialize)]
struct Tiltak {
    hva: Avsnitt,
    fakta: Vec<(&'static str, Avsnitt)>,
}

impl Dokument {
    pub(super) fn agenda(mote: &Mote, uten_individ: bool, medlem: &Medlem) -> Self {
        let dag = tid::dag(mote.start);
        let tittel = ("Agenda", format!("{}, {}", mote.forum, tid::dato_i_ord(dag)));
        let del = Del::ny(mote, Mal::Agenda, uten_individ);
        let om = om_individ(std::slice::from_ref(mote), uten_individ);
        let over = match mote.status {
            Status::Avlyst => Some("Møtet er avlyst.".to_owned()),
            Status::Lukket => Some("Møtet er lukket uten referat.".to_owned()),
            _ => None,
        };
        let om = over.into_iter().chain(om).collect();
        Self {
            mal: Mal::Agenda,
            innhold: Innhold::ny(tittel, om, Vec::new(), vec![del], medlem),
            filnavn: format!("agenda-{}.pdf", tid::iso(dag)),
        }
    }

    pub(super) fn referat(mote: &Mote, uten_individ: bool, medlem: &Medlem) -> Self {
        let dag = tid::dag(mote.start);
        let tittel = ("Referat", format!("{}, {}", mote.forum, tid::dato_i_ord(dag)));
        let om = om_individ(std::slice::from_ref(mote), uten_individ);
        let om = om.into_iter().chain(om_tiltak(std::slice::from_ref(mote), medlem)).collect();
        let del = Del::ny(mote, Mal::Referat, uten_individ);
        Self {
            mal: Mal::Referat,
            innhold: Innhold::ny(tittel, om, Vec::new(), vec![del], medlem),
            filnavn: format!("referat-{}.pdf", tid::iso(dag)),
        }
    }

    /// All of them in one, the earliest first.
    pub(super) fn referater(
        team: &Team,
        (fra, til): (Date, Date),
        moter: &[Mote],
        uten_individ: bool,
        medlem: &Medlem,
    ) -> Self {
        let tittel = ("Referater", format!("{}, {}–{}", team.navn, tid::dato(fra), tid::dato(til)));
        let antall = |n: usize| if n == 1 { "1 møte".to_owned() } else { format!("{n} møter") };
        let utenfor = (team.utenfor > 0)
            .then(|| format!("{} i perioden er ikke med, for du var ikke kalt inn.", antall(team.utenfor)));
        let om = om_individ(moter, uten_individ).into_iter().chain(om_tiltak(moter, medlem)).chain(utenfor).collect();
        let fakta = vec![
            ("Periode", avsnitt(&format!("{}–{}", tid::dato(fra), tid::dato(til)))),
            ("Hører til", avsnitt(&team.hvor)),
            ("Referater", avsnitt(&antall(moter.len()))),
        ];
        let deler = moter.iter().map(|m| Del::ny(m, Mal::Referat, uten_individ)).collect();
        Self {
            mal: Mal::Referat,
            innhold: Innhold::ny(tittel, om, med_innhold(fakta), deler, medlem),
            filnavn: format!("referater-{}-{}.pdf", tid::iso(fra), tid::iso(til)),
        }
    }
}

impl Innhold {
    fn ny(
        (hva, av): (&'static str, String),
        om: Vec<String>,
        fakta: Vec<(&'static str, Avsnitt)>,
        moter: Vec<Del>,
        medlem: &Medlem,
    ) -> Self {
        let (i_dag, na) = (medlem.i_dag(), tid::lokal(medlem.na()));
        Self {
            tittel: format!("{hva}, {}", en_linje(&av)),
            overskrift: (hva, en_linje(&av)),
            region: en_linje(&medlem.rolle.region_navn),
            dato: (i_dag.year(), i_dag.month().into(), i_dag.day()),
            laget: format!("Laget {} kl. {}", tid::dato(i_dag), tid::kl(na.time())),
            om,
            fakta,
            moter,
        }
    }
}

impl Del {
    fn ny(mote: &Mote, mal: Mal, uten_individ: bool) -> Self {
        let dag = tid::dag(mote.start);
        let referat = mal == Mal::Referat;
        Self {
            tittel: linje(&stor(&tid::dato_i_ord(dag))),
            fakta: if referat { fakta_i_referat(mote, uten_individ) } else { fakta(mote) },
            deltakere: mote.deltakere.iter().map(|d| deltaker(d, referat)).collect(),
            apning: avsnitt(if referat { "" } else { &mote.apning }),
            punkter: punkter(mote, referat, uten_individ),
            avrunding: avsnitt(if referat { "" } else { &mote.avrunding }),
            apne: mote.apne.iter().filter(|t| !(uten_individ && t.niva == Niva::Individ)).map(Tiltak::ny).collect(),
        }
    }
}

/// What is known of a møte before it is held.
fn fakta(mote: &Mote) -> Vec<(&'static str, Avsnitt)> {
    let (start, slutt) = (tid::lokal(mote.start), tid::lokal(mote.slutt));
    let tidsrom = tid::tidsrom(start.time(), slutt.time());
    let nar = format!("{}, {tidsrom} ({})", stor(&tid::dato_i_ord(start.date())), tid::timer(mote.minutter));
    med_innhold(vec![
        ("Møte i", avsnitt(&mote.forum)),
        ("Tid", avsnitt(&nar)),
        ("Sted", avsnitt(&mote.sted)),
        ("Hører til", avsnitt(&mote.hvor)),
        ("Møteleder", avsnitt(&mote.moteleder)),
        ("Hvorfor møtet er kortere", avsnitt(&mote.kort_begrunnelse)),
    ])
}

/// The same, and which version it is. Reasons are written freely, and may speak of what is left out.
fn fakta_i_referat(mote: &Mote, uten_individ: bool) -> Vec<(&'static str, Avsnitt)> {
    let grunn = |grunn: &str| if uten_individ { Avsnitt::new() } else { avsnitt(grunn) };
    let mut alle = fakta(mote);
    if let Some(versjon) = &mote.versjon {
        alle.push(("Versjon", avsnitt(&versjon.i_ord())));
        alle.push(("Hvorfor det er rettet", grunn(&versjon.grunn)));
        alle.push(("Ferdigstilt med mangler", grunn(&mote.mangler_begrunnelse)));
        let merknader = match versjon.merknader {
            0 => String::new(),
            1 => "1 merknad til denne versjonen".to_owned(),
            n => format!("{n} merknader til denne versjonen"),
        };
        alle.push(("Merknader", avsnitt(&merknader)));
        let sladdet = mote.sladdinger.iter().filter(|s| s.er_utfort());
        alle.extend(sladdet.map(|s| ("Sladdet", avsnitt(&s.i_ord()))));
    }
    med_innhold(alle)
}

fn med_innhold(mut fakta: Vec<(&'static str, Avsnitt)>) -> Vec<(&'static str, Avsnitt)> {
    fakta.retain(|(_, verdi)| !verdi.is_empty());
    fakta
}

impl db::Versjon {
    /// «Versjon 2, rettet 24.11.2026 av Rita Rektor»; the first is ferdigstilt.
    fn i_ord(&self) -> String {
        let hva = if self.nr > 1 { "rettet" } else { "ferdigstilt" };
        let av = if self.av.is_empty() { String::new() } else { format!(" av {}", self.av) };
        format!("Versjon {}, {hva} {}{av}", self.nr, tid::dato(tid::dag(self.tid)))
    }
}

/// Name, role and service, and what they answered or whether they came.
fn deltaker(deltaker: &Deltaker, referat: bool) -> (Linje, Linje, Linje) {
    let plikt = match (deltaker.fast, deltaker.moteplikt) {
        (false, _) => ", ved behov",
        (true, true) => ", møteplikt",
        (true, false) => "",
    };
    let svar = if referat { deltaker.oppmote_i_ord() } else { deltaker.svar_i_ord() };
    let navn = deltaker.navn.as_deref().unwrap_or("Ingen er oppnevnt ennå");
    (linje(navn), linje(&format!("{}{plikt}", deltaker.rolle())), linje(&svar))
}

/// Whether an element is about a single child: by its kind, or by what was treated in it.
fn om_enkeltbarn(punkt: &db::Punkt, saker: &[VedMote]) -> bool {
    punkt.elementtype == Elementtype::Observasjon || punkt.individ || saker.iter().any(VedMote::er_individ)
}

fn punkter(mote: &Mote, referat: bool, uten_individ: bool) -> Vec<Punkt> {
    let mut fra = tid::lokal(mote.start).time();
    let punkt = |(nr, punkt): (usize, &db::Punkt)| {
        let til = fra + Duration::minutes(punkt.minutter.into());
        let tidsrom = tid::tidsrom(std::mem::replace(&mut fra, til), til);
        let saker = mote.saker.under(nr);
        let tid = format!("{tidsrom}, {} minutter", punkt.minutter);
        if uten_individ && om_enkeltbarn(punkt, saker) {
            return Punkt::utelatt(nr + 1, punkt.elementtype, tid);
        }
        let medvirkning = (punkt.elementtype == Elementtype::Observasjon).then_some(&mote.medvirkning);
        Punkt::ny(nr + 1, punkt, saker, tid, (referat, medvirkning))
    };
    mote.punkter.iter().enumerate().map(punkt).collect()
}

impl Punkt {
    fn ny(
        nr: usize,
        punkt: &db::Punkt,
        saker: &[VedMote],
        tid: String,
        (referat, medvirkning): (bool, Option<&Medvirkning>),
    ) -> Self {
        let (egne, under): (Vec<_>, Vec<_>) =
            punkt.tiltak.iter().partition(|t| !punkt.beslutninger.iter().any(|b| t.beslutning == Some(b.id)));
        let beslutning = |b: &db::Beslutning| Beslutning {
            tekst: avsnitt(&b.tekst),
            tjeneste: b.tjeneste.navn(),
            tiltak: under.iter().filter(|t| t.beslutning == Some(b.id)).map(|t| Tiltak::ny(t)).collect(),
        };
        Self {
            tittel: linje(&format!("{nr}. {}", punkt.tittel)),
            tid,
            hjelp: avsnitt(if referat { "" } else { &punkt.hjelp }),
            saker: saker.iter().map(Sak::ny).collect(),
            notat: avsnitt(if referat { &punkt.notat } else { "" }),
            logget: if referat { logget(punkt, medvirkning) } else { Vec::new() },
            beslutninger: punkt.beslutninger.iter().filter(|_| referat).map(beslutning).collect(),
            tiltak: egne.into_iter().filter(|_| referat).map(Tiltak::ny).collect(),
            gjennomfort: punkt.gjennomfort,
            utelatt: false,
        }
    }

    /// Only that it was there. Its title may have been written by the team, so it is called by its kind.
    fn utelatt(nr: usize, elementtype: Elementtype, tid: String) -> Self {
        Self {
            tittel: linje(&format!("{nr}. {}", elementtype.navn())),
            tid,
            hjelp: Avsnitt::new(),
            saker: Vec::new(),
            notat: Avsnitt::new(),
            logget: Vec::new(),
            beslutninger: Vec::new(),
            tiltak: Vec::new(),
            gjennomfort: true,
            utelatt: true,
        }
    }
}

/// What the staff were guided in, and how children and guardians took part.
fn logget(punkt: &db::Punkt, medvirkning: Option<&Medvirkning>) -> Vec<Linje> {
    let heving = |h: &Heving| format!("Veiledning: {}. Veileder: {}. Nådde {}.", h.tema, h.hvem(), h.nadde());
    let medvirket = medvirkning.filter(|m| m.versjon > 0);
    let ord = medvirket.iter().flat_map(|m| m.i_ord().into_iter().chain([m.begrunnelse.clone()]));
    punkt.kompetanse.iter().map(heving).chain(ord).filter(|o| !o.is_empty()).map(|ord| linje(&ord)).collect()
}

impl Sak {
    fn ny(sak: &VedMote) -> Self {
        let minutter = sak.minutter.map(|m| format!("{m} minutter"));
        let utfall = sak.utfall().map(|u| u.navn().to_owned());
        let ikke = (sak.status() == crate::sak::Status::IkkeBehandlet).then(|| sak.status().to_string());
        let fra = sak.fra().map(|(_, dag)| format!("Kommer fra møtet {dag}"));
        let fast = sak.fast.then(|| "Fast sak".to_owned());
        let om: Vec<String> = [minutter, utfall, ikke, sak.grunnlag(), fra, fast].into_iter().flatten().collect();
        Self { tittel: linje(&sak.tittel), om: linje(&om.join(" · ")), beskrivelse: avsnitt(&sak.beskrivelse) }
    }
}

impl Tiltak {
    fn ny(tiltak: &db::Tiltak) -> Self {
        let fakta = vec![
            ("Mål", avsnitt(&tiltak.mal)),
            ("Ansvarlig", avsnitt(&format!("{}, {}", tiltak.ansvarlig, tiltak.tjeneste))),
            ("Frist", avsnitt(&tid::dato(tiltak.frist))),
            ("Neste evaluering", avsnitt(&tid::dato(tiltak.evaluering))),
            ("Status", avsnitt(tiltak.status.navn())),
        ];
        Self { hva: avsnitt(&tiltak.hva), fakta: med_innhold(fakta) }
    }
}

/// What the document says about children and families: that they are left out, or that they are there.
fn om_individ(moter: &[Mote], uten_individ: bool) -> Option<String> {
    let ord = if uten_individ {
        "Det som gjelder enkeltbarn og familier, er utelatt fra dette dokumentet."
    } else {
        "Dokumentet inneholder det som er skrevet om enkeltbarn og familier. Del det bare med dem som har rett til å lese det."
    };
    (uten_individ || moter.iter().any(har_individ)).then(|| ord.to_owned())
}

/// Whether anything is written about a single child.
fn har_individ(mote: &Mote) -> bool {
    let skrevet = |(nr, punkt): (usize, &db::Punkt)| {
        let saker = mote.saker.under(nr);
        let referat = !punkt.notat.is_empty() || !punkt.beslutninger.is_empty() || !punkt.tiltak.is_empty();
        om_enkeltbarn(punkt, saker) && (referat || !saker.is_empty())
    };
    mote.punkter.iter().enumerate().any(skrevet) || mote.apne.iter().any(|t| t.niva == Niva::Individ)
}

/// Tiltak live on after the møte.
fn om_tiltak(moter: &[Mote], medlem: &Medlem) -> Option<String> {
    let har = moter.iter().flat_map(|m| &m.punkter).any(|p| !p.tiltak.is_empty());
    har.then(|| format!("Tiltakene står slik de var {}.", tid::dato(medlem.i_dag())))
}
