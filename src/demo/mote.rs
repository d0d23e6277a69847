//! One møte with everything in it: elements, participants, attendance, notes and decisions.
use time::{Duration, OffsetDateTime, macros::time};
use uuid::Uuid;

use super::{
    grunnlag::Malelement,
    ord,
    rader::{Beslutning, Mote, Motedeltaker, Moteelement},
    team::{Plass, Sete, Slag, Team},
    terning::Terning,
    verksted::Verksted,
};
use crate::{
    mote::{Elementtype, Status},
    oppmote::{Forfallsgrunn, Oppmote, Svar},
    tid,
    tjeneste::Tjenestetype,
};

/// What is agreed before a møte gets its content.
pub(super) struct Avtale<'a> {
    pub(super) team: &'a Team,
    pub(super) start: OffsetDateTime,
    pub(super) status: Status,
    /// Beside the fixed members.
    pub(super) inviterte: &'a [Sete],
    /// The team's møter counted, so that no text comes twice in a row.
    pub(super) nr: usize,
}

/// How a coming møte is answered.
#[derive(Clone, Copy)]
pub(super) enum Svarvis {
    /// As it happens.
    Blandet,
    /// By everybody but this service.
    Nesten(Tjenestetype),
}

/// What a participant answered, and whether they came.
#[derive(Default)]
struct Deltakelse {
    svar: Option<Svar>,
    oppmote: Option<Oppmote>,
    grunn: Option<Forfallsgrunn>,
    vara: Option<String>,
}

impl Verksted {
    pub(super) fn mote(&mut self, avtale: &Avtale<'_>, svarvis: Svarvis, terning: &mut Terning) {
        let Avtale { team, start, status, nr, .. } = *avtale;
        let id = self.ider.neste();
        let elementer = elementer(avtale, terning);
        let minutter = elementer.iter().map(|(_, _, _, m)| m).sum();
        let kort = minutter < team.regel.min_varighet;
        let start = if minutter > 150 { til_helst(start) } else { start };
        let begrunnet =
            kort.then(|| terning.velg(ord::KORT)).filter(|_| status != Status::Ferdigstilt || terning.sjanse(80));
        let rakk_ikke = status == Status::Ferdigstilt && matches!(team.slag, Slag::Enhet(_)) && terning.sjanse(5);
        let plikt_brutt = self.deltakere(id, (avtale, start), svarvis, terning);
        let holdt = match status {
            Status::Ferdigstilt => elementer.len() - usize::from(rakk_ikke),
            Status::Pagar => 1,
            _ => 0,
        };
        let elementer = self.moteelementer(id, (avtale, start), &elementer, holdt);
        if status == Status::Ferdigstilt {
            self.beslutninger(avtale, start, &elementer[..holdt], terning);
        }
        let mangler = match status {
            Status::Ferdigstilt if rakk_ikke => Some(ord::MANGLER[2]),
            Status::Ferdigstilt if kort && begrunnet.is_none() => {
                Some("Møtet ble kortere enn planlagt. Vi ble ferdige.")
            }
            Status::Ferdigstilt if plikt_brutt => Some(terning.velg(&ord::MANGLER[..2])),
            _ => None,
        };
        let ferdig = status == Status::Ferdigstilt;
        self.rader.mote.push(Mote {
            id,
            forum_id: team.forum,
            motemal_id: team.mal,
            start,
            minutter,
            sted: team.steder[nr / 2 % team.steder.len()].clone(),
            // Locked only when everything is in it.
            status: if ferdig { Status::Pagar.slug() } else { status.slug() },
            kort_begrunnelse: begrunnet,
            avlyst_begrunnelse: (status == Status::Avlyst).then(|| terning.velg(ord::AVLYST)),
            mangler_begrunnelse: mangler,
            moteleder_id: team.leder.id,
            opprettet: (start - Duration::days(40)).min(self.na - Duration::days(3)),
            startet: matches!(status, Status::Pagar | Status::Ferdigstilt).then(|| start.min(self.na)),
            ferdigstilt: ferdig.then(|| start + Duration::minutes(i64::from(minutter) + 10)),
        });
    }

    /// The elements in order, the first `holdt` of them gone through; their keys.
    fn moteelementer(
        &mut self,
        mote_id: Uuid,
        (avtale, start): (&Avtale<'_>, OffsetDateTime),
        elementer: &[Malelement],
        holdt: usize,
    ) -> Vec<Uuid> {
        let mut slutt = start;
        let rader = elementer.iter().zip(1..).zip(0..).map(|((&(type_, tittel, hjelp, minutter), plass), indeks)| {
            slutt += Duration::minutes(minutter.into());
            let skrevet = indeks < holdt;
            let notat = if type_ == Elementtype::Annet && avtale.team.slag != Slag::Direktorer {
                "Gikk gjennom hvem som gjør hva, og satte datoer."
            } else {
                ord::notat(avtale.team.slag, type_, avtale.nr + indeks)
            };
            Moteelement {
                id: self.ider.neste(),
                mote_id,
                plass,
                type_: type_.slug(),
                tittel,
                hjelp,
                minutter,
                gjennomfort: skrevet,
                notat: if skrevet { notat } else { "" },
                notat_av: skrevet.then_some(avtale.team.leder.id),
                notat_tid: skrevet.then(|| slutt.min(self.na)),
            }
        });
        let rader: Vec<_> = rader.collect();
        let ider = rader.iter().map(|e| e.id).collect();
        self.rader.moteelement.extend(rader);
        ider
    }

    /// One to three decisions of services that sit in the team.
    fn beslutninger(&mut self, avtale: &Avtale<'_>, start: OffsetDateTime, elementer: &[Uuid], terning: &mut Terning) {
        let team = avtale.team;
        let mulige: Vec<_> =
            ord::vedtak(team.slag).iter().filter(|(t, _)| team.seter.iter().any(|s| s.type_ == *t)).collect();
        if mulige.is_empty() || elementer.is_empty() {
            return;
        }
        for nr in 0..=terning.tall(3) {
            let (tjeneste, tekst) = mulige[(avtale.nr * 3 + nr) % mulige.len()];
            let (id, moteelement_id) = (self.ider.neste(), terning.velg(elementer));
            self.rader.beslutning.push(Beslutning {
                id,
                moteelement_id,
                tekst,
                tjenestetype: tjeneste.slug(),
                opprettet_av: team.leder.id,
                opprettet: start + Duration::minutes(90),
            });
        }
    }

    /// Everybody invited; true when somebody who had to come neither came nor sent a stand-in.
    fn deltakere(
        &mut self,
        mote_id: Uuid,
        (avtale, start): (&Avtale<'_>, OffsetDateTime),
        svarvis: Svarvis,
        terning: &mut Terning,
    ) -> bool {
        let mut brutt = false;
        let seter = avtale.team.seter.iter().filter(|s| s.fast()).chain(avtale.inviterte);
        for (sete, nr) in seter.zip(0..) {
            let deltakelse = match avtale.status {
                Status::Ferdigstilt => self.holdt(avtale.team.kommune, sete, terning),
                Status::Pagar if nr < 2 => Deltakelse::til_stede(),
                Status::Planlagt => Deltakelse::default(),
                _ => svar(sete, svarvis, terning),
            };
            let kom = deltakelse.oppmote.is_some_and(Oppmote::oppfyller_moteplikt);
            brutt |= avtale.status == Status::Ferdigstilt && sete.moteplikt() && !kom;
            let oppmote_tid = deltakelse.oppmote.map(|_| (start + Duration::minutes(5)).min(self.na));
            self.rader.motedeltaker.push(Motedeltaker {
                id: self.ider.neste(),
                mote_id,
                person_id: sete.person.as_ref().map(|p| p.id),
                tjenestetype: sete.type_.slug(),
                fast: sete.fast(),
                moteplikt: sete.moteplikt(),
                svar: deltakelse.svar.unwrap_or(Svar::Ubesvart).slug(),
                oppmote: deltakelse.oppmote.map(Oppmote::slug),
                vara_navn: deltakelse.vara,
                grunn: deltakelse.grunn.map(Forfallsgrunn::slug),
                svar_tid: deltakelse.svar.map(|_| (start - Duration::days(6)).min(self.na - Duration::hours(20))),
                oppmote_tid,
                oppmote_av: oppmote_tid.map(|_| avtale.team.leder.id),
            });
        }
        brutt
    }

    /// How it went with one participant of a møte that has been held.
    fn holdt(&self, kommune: &str, sete: &Sete, terning: &mut Terning) -> Deltakelse {
        if sete.person.is_none() {
            return Deltakelse { oppmote: Some(Oppmote::IkkeMott), ..Deltakelse::default() };
        }
        let (kommer, sender_vara) = self.fremmote(kommune, sete.type_);
        if sete.plass == Plass::Leder || terning.sjanse(kommer) {
            return Deltakelse::til_stede();
        }
        let vara = sete.vara.as_ref().map(|v| v.navn.clone());
        match terning.tall(100) {
            kast if vara.is_some() && kast < if sender_vara { 85 } else { 30 } => {
                Deltakelse { svar: Some(Svar::SenderVara), oppmote: Some(Oppmote::Vara), grunn: None, vara }
            }
            kast if kast < 88 => Deltakelse {
                svar: Some(if terning.sjanse(70) { Svar::Forfall } else { Svar::Kommer }),
                oppmote: Some(Oppmote::Forfall),
                grunn: Some(grunn(terning)),
                vara: None,
            },
            _ => Deltakelse { oppmote: Some(Oppmote::IkkeMott), ..Deltakelse::default() },
        }
    }
}

impl Deltakelse {
    fn til_stede() -> Self {
        Self { svar: Some(Svar::Kommer), oppmote: Some(Oppmote::TilStede), ..Self::default() }
    }
}

/// The answer to a møte that is still to come.
fn svar(sete: &Sete, svarvis: Svarvis, terning: &mut Terning) -> Deltakelse {
    let kommer = Deltakelse { svar: Some(Svar::Kommer), ..Deltakelse::default() };
    let vara = sete.vara.as_ref().map(|v| v.navn.clone());
    match (svarvis, terning.tall(100)) {
        _ if sete.person.is_none() => Deltakelse::default(),
        (Svarvis::Nesten(tjeneste), _) if tjeneste == sete.type_ => Deltakelse::default(),
        _ if sete.plass == Plass::Leder => kommer,
        (Svarvis::Nesten(_), _) | (_, ..55) => kommer,
        (_, 55..66) if vara.is_some() => Deltakelse { svar: Some(Svar::SenderVara), vara, ..Deltakelse::default() },
        (_, 66..75) => Deltakelse { svar: Some(Svar::Forfall), grunn: Some(grunn(terning)), ..Deltakelse::default() },
        _ => Deltakelse::default(),
    }
}

fn grunn(terning: &mut Terning) -> Forfallsgrunn {
    use Forfallsgrunn::{Annet, AnnetOppdrag, Fravaer, ReiseEllerVaer};
    terning.velg(&[AnnetOppdrag, AnnetOppdrag, AnnetOppdrag, Fravaer, Fravaer, ReiseEllerVaer, ReiseEllerVaer, Annet])
}

/// The elements of the møte: the agenda's own, now and then shorter, longer or with one more.
fn elementer(avtale: &Avtale<'_>, terning: &mut Terning) -> Vec<Malelement> {
    let mut elementer = avtale.team.elementer.to_vec();
    if !matches!(avtale.team.slag, Slag::Enhet(_)) {
        return elementer;
    }
    let mut minutter = |nye: [u32; 3]| elementer.iter_mut().zip(nye).for_each(|(e, nye)| e.3 = nye);
    // What hangs on today's date is as the rules want it.
    let kast = if avtale.nr < 100 { terning.tall(100) } else { 50 };
    match kast {
        ..4 => minutter([60, 60, 60]),
        4..9 if avtale.status != Status::Planlagt => minutter([30, 30, 30]),
        9..12 => minutter([30, 45, 45]),
        _ if avtale.team.regel.min_varighet == 120 => minutter([35, 50, 35]),
        12..22 => {
            let overgang = "Hvem tar imot hvem, når, og hvem sier fra til foreldrene?";
            elementer.push((Elementtype::Annet, "Overgang fra barnehage til skole", overgang, 20));
        }
        _ => {}
    }
    elementer
}

/// A long møte begins early enough to end before lunch, or before the day does.
fn til_helst(start: OffsetDateTime) -> OffsetDateTime {
    let lokal = tid::lokal(start);
    let klokke = match lokal.time() {
        kl if kl == time!(9:00) => time!(8:30),
        kl if kl == time!(12:30) => time!(12:00),
        kl => kl,
    };
    tid::oyeblikk(lokal.date(), klokke)
}
