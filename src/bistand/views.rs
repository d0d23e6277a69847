//! The faces of bistandsforespørsler, and the small questions their templates ask.
use askama::Template;
use time::Date;
use uuid::Uuid;

use super::{
    Foresporsel, Grunnlag, Handling, Hendelse, Innsyn, Motevalg, Opphavsmote, SendtVidere, Status, VisBistand,
    db::Rad,
    frist_i_ord,
    mottakere::Mottakere,
    over_frist, routes,
    skjema::{ET_FORUM, Felter, Steg},
};
use crate::{
    auth::Ender,
    forum::VisTeam,
    lofttall::Lofttall,
    mote::VisMote,
    tid,
    web::{Feil, Liste, Utdrag},
};

#[derive(Template)]
#[template(path = "bistand/liste.html")]
pub(super) struct Oversikt {
    pub(super) liste: Liste,
    pub(super) utdrag: Utdrag<Rad>,
    pub(super) i_dag: Date,
    pub(super) innsyn: Innsyn,
    /// The kommunale team whose numbers one may see.
    pub(super) tall: Vec<(Uuid, String)>,
}

impl Oversikt {
    fn i_tall(&self) -> impl Iterator<Item = (Lofttall, &str)> {
        self.tall.iter().map(|(id, navn)| (Lofttall { id: *id }, navn.as_str()))
    }

    /// What the list holds, in a sentence.
    fn ingress(&self) -> &'static str {
        match self.innsyn {
            Innsyn { kommune: Some(_), .. } => "Alt som er løftet til eller fra team i kommunen din.",
            Innsyn { fora: true, .. } => {
                "Det teamene dine har løftet, og det de og tjenesten din er bedt om å hjelpe med."
            }
            Innsyn { fora: false, .. } => "Det tjenesten din er bedt om å hjelpe med.",
        }
    }

    /// The directions one may look in: value, words, and whether it is the one chosen.
    fn retninger(&self) -> Vec<(&'static str, &'static str, bool)> {
        let valgt = self.liste.verdi("retning");
        [("fra", "Sendt av oss"), ("til", "Sendt til oss")].map(|(v, ord)| (v, ord, v == valgt)).into()
    }

    fn frist(&self, rad: &Rad) -> String {
        frist_i_ord(rad.status, rad.svarfrist, self.i_dag)
    }

    fn over(&self, rad: &Rad) -> bool {
        over_frist(rad.status, rad.svarfrist, self.i_dag)
    }

    fn statuser(&self) -> Vec<(&'static str, &'static str, bool)> {
        let valgt = self.liste.verdi("status");
        Status::ALLE.iter().map(|s| (s.slug(), s.navn(), s.slug() == valgt)).collect()
    }
}

impl Rad {
    fn sti(&self) -> VisBistand {
        VisBistand { id: self.id }
    }

    fn sendt(&self) -> String {
        tid::dato(tid::dag(self.opprettet))
    }
}

#[derive(Template)]
#[template(path = "bistand/vis.html")]
pub(super) struct Vis {
    f: Foresporsel,
    kan_behandle: bool,
    kan_lukke: bool,
    i_dag: Date,
    steg: Steg,
}

impl Vis {
    pub(super) fn ny(f: Foresporsel, ender: &Ender, i_dag: Date) -> Self {
        let steg = Steg::ny(f.versjon);
        Self { kan_behandle: ender.kan_behandle(), kan_lukke: ender.kan_lukke(), f, i_dag, steg }
    }

    fn kan(&self, handling: Handling) -> bool {
        let rett = if handling == Handling::Lukk { self.kan_lukke } else { self.kan_behandle };
        rett && self.f.status.kan(handling)
    }

    fn kan_sende_videre(&self) -> bool {
        self.kan_behandle && self.f.status.kan_sendes_videre() && self.f.til.0.is_some()
    }

    /// The request that this one was sent on from, for the one who takes what came back further.
    fn svar_videre(&self) -> Option<String> {
        let tilbake = matches!(self.f.status, Status::Besvart | Status::Avvist) && self.kan_lukke;
        self.f.opphav.as_ref().filter(|_| tilbake).map(|(id, _)| VisBistand { id: *id }.to_string())
    }

    /// To close it is the next step, unless what came back is first to be taken further.
    fn lukkevariant(&self) -> &'static str {
        if self.svar_videre().is_some() { "secondary" } else { "primary" }
    }

    fn frist(&self) -> String {
        frist_i_ord(self.f.status, self.f.innhold.svarfrist, self.i_dag)
    }

    fn over(&self) -> bool {
        over_frist(self.f.status, self.f.innhold.svarfrist, self.i_dag)
    }

    /// Who is waited for, in a sentence; empty when it is closed.
    fn hva_na(&self) -> String {
        let (fra, til) = (&self.f.fra.1, &self.f.til.1);
        match self.f.status {
            Status::Sendt => format!("{til} har ikke bekreftet at forespørselen er mottatt ennå."),
            Status::Mottatt => format!("{til} skal ta stilling til om de tar saken."),
            Status::Akseptert => format!("{til} har tatt saken og skal svare."),
            Status::Avvist => {
                format!("{til} har avvist saken og sendt den tilbake. {fra} lukker forespørselen når grunnen er lest.")
            }
            Status::Besvart => format!("{til} har svart. {fra} lukker forespørselen når svaret er lest."),
            Status::Lukket => String::new(),
        }
    }
}

impl Foresporsel {
    pub(super) fn sti(&self) -> String {
        VisBistand { id: self.id }.to_string()
    }

    /// The path of one of its acts: «motta», «svar» …
    fn understi(&self, hva: &str) -> String {
        format!("{}/{hva}", self.sti())
    }

    fn frist(&self) -> String {
        tid::dato(self.innhold.svarfrist)
    }

    /// What those it was sent on to have answered: the beginning of one's own answer. Empty when none has.
    pub(super) fn svar_fra_andre(&self) -> String {
        let svar = self.videre.iter().filter(|v| !v.svar.is_empty());
        svar.map(|v| format!("Svar fra {}: {}", v.til, v.svar)).collect::<Vec<_>>().join("\n\n")
    }
}

impl Opphavsmote {
    fn sti(&self) -> VisMote {
        VisMote { id: self.id }
    }

    fn dag(&self) -> String {
        tid::dato_i_ord(tid::dag(self.start))
    }
}

impl Hendelse {
    fn nar(&self) -> String {
        let lokal = tid::lokal(self.nar);
        format!("{} kl. {}", tid::dato(lokal.date()), tid::kl(lokal.time()))
    }
}

impl SendtVidere {
    fn sti(&self) -> VisBistand {
        VisBistand { id: self.id }
    }

    fn status(&self) -> Status {
        self.status.parse().unwrap_or(Status::Sendt)
    }
}

#[derive(Template)]
#[template(path = "bistand/loft.html")]
pub(super) struct Loft {
    pub(super) grunnlag: Grunnlag,
    pub(super) felter: Felter,
    pub(super) feil: Feil,
}

impl Loft {
    fn sti(&self) -> routes::Loft {
        routes::Loft { id: self.grunnlag.forum.0 }
    }

    /// Where one came from: the møte, or the team.
    fn tilbake(&self) -> String {
        match &self.grunnlag.mote {
            Some(mote) => mote.sti(),
            None => self.grunnlag.team(),
        }
    }

    fn punkter(&self) -> Vec<(Uuid, String)> {
        self.grunnlag.mote.iter().flat_map(|mote| mote.punkter.clone()).collect()
    }

    fn kan_sende(&self) -> bool {
        self.grunnlag.mottaker.is_some() && !self.grunnlag.avsluttet
    }
}

impl Grunnlag {
    fn team(&self) -> String {
        VisTeam { id: self.forum.0 }.to_string()
    }

    /// Why nothing can be lifted from here, and what to do about it.
    pub(super) fn uten_mottaker(&self) -> String {
        match self.kommune.as_str() {
            _ if self.avsluttet => "Teamet er avsluttet og kan ikke løfte flere saker.".to_owned(),
            kommune if self.er_kommunens => {
                format!("Dette er kommunens eget team i {kommune}. Saker løftes hit fra teamene på enhetene.")
            }
            "" => "Forumet hører ikke til én kommune og har derfor ikke noe kommunalt team å løfte til.".to_owned(),
            kommune => format!(
                "{kommune} har ikke noe kommunalt TST ennå. Be kommunekoordinatoren opprette det; da kan dere løfte saken herfra."
            ),
        }
    }
}

impl Motevalg {
    fn sti(&self) -> String {
        VisMote { id: self.id }.to_string()
    }

    fn dag(&self) -> String {
        tid::dato_i_ord(tid::dag(self.start))
    }
}

#[derive(Template)]
#[template(path = "bistand/avgjor.html")]
pub(super) struct Avgjor {
    pub(super) foresporsel: Foresporsel,
    pub(super) steg: Steg,
    pub(super) feil: Feil,
}

impl Avgjor {
    fn valg(&self) -> [(&'static str, &'static str, String); 2] {
        let tilbake = format!("{} får saken tilbake med grunnen, så de kommer videre", self.foresporsel.fra.1);
        [("aksepter", "Ta saken", "Dere svarer innen fristen".to_owned()), ("avvis", "Avvis og send tilbake", tilbake)]
    }
}

#[derive(Template)]
#[template(path = "bistand/svar.html")]
pub(super) struct GiSvar {
    pub(super) foresporsel: Foresporsel,
    pub(super) steg: Steg,
    pub(super) feil: Feil,
}

#[derive(Template)]
#[template(path = "bistand/send_videre.html")]
pub(super) struct SendVidere {
    pub(super) foresporsel: Foresporsel,
    pub(super) felter: Felter,
    pub(super) mottakere: Mottakere,
    pub(super) feil: Feil,
}

impl SendVidere {
    /// The tjenester, each with who reads it, and last the choice of a team or a forum.
    fn tjenester(&self) -> Vec<(String, &str, String)> {
        let tjenester = self.mottakere.tjenester().map(|(id, navn, hvem)| (id.to_string(), navn, hvem));
        let forum = "Medlemmene leser, og lederen svarer.".to_owned();
        let et_forum = self.har_fora().then(|| (ET_FORUM.to_owned(), "Et annet team eller forum i kommunen", forum));
        tjenester.chain(et_forum).collect()
    }

    fn har_tjenester(&self) -> bool {
        self.mottakere.tjenester().next().is_some()
    }

    fn om_forum(&self) -> &'static str {
        if self.har_tjenester() { "Bare når du har valgt et annet team eller forum" } else { "" }
    }

    fn har_fora(&self) -> bool {
        self.mottakere.fora().next().is_some()
    }

    /// The other fora; the one that asked is named as such.
    fn fora(&self) -> Vec<(Uuid, String)> {
        let fra = self.foresporsel.fra.0;
        let navn = |(id, navn): (Uuid, &str)| {
            (id, if id == fra { format!("{navn} (tilbake til avsenderen)") } else { navn.to_owned() })
        };
        self.mottakere.fora().map(navn).collect()
    }
}
