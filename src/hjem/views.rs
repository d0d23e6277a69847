//! The face of the first page.
use askama::Template;
use time::{Date, Duration};

use super::{
    Bistandstall, MeldteSaker, MineTiltak, MittMote, MittTeam, TilLesing, Tilgang,
    db::Mitt,
    oppgaver::{self, Oppgave},
};
use crate::{
    auth::{Handling, Medlem, Rolletype, rett::Omfang},
    glass::{self, Glass},
    lesing::VisReferat,
    mote::{BookMote, Status, VisMote},
    oppmote::Svar,
    oversikt::Sum,
    puls::{self, SvarPuls},
    regelsett::Semester,
    sak::VisSak,
    sladding, tid,
    tilgang::{self, GjennomgaTilganger},
    tiltak::TiltakListe,
    tjeneste::Tjenestetype,
};

/// How far ahead the first page looks.
const FREMOVER: Duration = Duration::weeks(6);
/// The most møter it lists.
const FLEST: usize = 12;

#[derive(Template)]
#[template(path = "hjem/hjem.html")]
pub(super) struct Hjem {
    fornavn: String,
    rolle: Rolletype,
    i_dag: Date,
    tjeneste: Option<Tjenestetype>,
    moter: Vec<MittMote>,
    tiltak: MineTiltak,
    team: Vec<MittTeam>,
    tall: Option<(Semester, Sum)>,
    tilgang: Tilgang,
    bistand: Bistandstall,
    saker: MeldteSaker,
    lesing: Vec<TilLesing>,
    sladding: Vec<sladding::TilMeg>,
    glass: Vec<glass::TilMeg>,
    puls: Vec<puls::TilMeg>,
    gjennomgang: tilgang::TilMeg,
    /// Whether the numbers are one kommune's.
    for_kommune: bool,
}

/// The møter of one day, under the day in words.
struct Dag<'a> {
    overskrift: String,
    moter: Vec<&'a MittMote>,
}

impl Hjem {
    pub(super) fn ny(
        medlem: &Medlem,
        mitt: Mitt,
        team: Vec<MittTeam>,
        tall: Option<(Semester, Sum)>,
        tilgang: Tilgang,
    ) -> Self {
        let Mitt { tjeneste, moter, tiltak, bistand, saker, lesing, sladding, puls, glass, gjennomgang } = mitt;
        Self {
            fornavn: medlem.rolle.navn.split(' ').next().unwrap_or_default().to_owned(),
            rolle: medlem.rolle.type_,
            i_dag: medlem.i_dag(),
            tjeneste,
            moter,
            tiltak,
            team,
            tall,
            tilgang,
            bistand,
            saker,
            lesing,
            sladding,
            puls,
            glass,
            gjennomgang,
            for_kommune: medlem.rolle.kommune.is_some(),
        }
    }

    fn kan(&self, handling: Handling) -> bool {
        self.rolle.omfang(handling) != Omfang::Ingen
    }

    fn oppgaver(&self) -> Vec<Oppgave<'_>> {
        let moter = self.moter.iter().filter_map(|m| oppgaver::av_mote(m, self.i_dag, self.kan(Handling::LedeMote)));
        let team = self.team.iter().flat_map(oppgaver::av_team);
        let uten_team =
            self.tall.filter(|_| self.kan(Handling::OpprettTeam)).map(|(_, sum)| sum.enheter - sum.med_team);
        let opprett = uten_team.filter(|n| *n > 0).map(Oppgave::OpprettTeam);
        let mine_tiltak = Some(self.tiltak).filter(|_| self.kan(Handling::SeTiltak)).unwrap_or_default();
        let tiltak = oppgaver::av_tiltak(mine_tiltak);
        let svarer = self.kan(Handling::BehandleBistand) || self.kan(Handling::SvareForTjeneste);
        let bistand = Some(self.bistand).filter(|_| svarer).unwrap_or_default();
        let bistand = oppgaver::av_bistand(bistand);
        let tilgang = oppgaver::av_tilgang(self.tilgang);
        let lesing = self.lesing.iter().map(Oppgave::Les);
        let saker = Some(self.saker).filter(|s| s.antall > 0 && self.kan(Handling::LedeSak)).map(Oppgave::MeldteSaker);
        let sladding =
            self.sladding.iter().filter(|s| !s.avgjores() || self.kan(Handling::Sladde)).map(Oppgave::Sladding);
        let andres = bistand
            .chain(saker)
            .chain(tilgang)
            .chain(oppgaver::av_gjennomgang(self.gjennomgang))
            .chain(lesing)
            .chain(sladding)
            .chain(self.glass.iter().map(Oppgave::GlassHosMeg))
            .chain(self.puls.iter().map(Oppgave::Puls));
        let mut alle: Vec<_> = moter.chain(tiltak).chain(team).chain(opprett).chain(andres).collect();
        alle.sort_by_key(Oppgave::rekkefolge);
        alle
    }

    fn noe_haster(&self) -> bool {
        self.oppgaver().iter().any(Oppgave::haster)
    }

    /// More than the one møte that has a card of its own.
    fn har_flere(&self) -> bool {
        self.dager().iter().map(|d| d.moter.len()).sum::<usize>() > 1
    }

    fn i_dag_i_ord(&self) -> String {
        tid::dato_i_ord(self.i_dag)
    }

    /// The møte that comes next, or is under way.
    fn neste(&self) -> Option<&MittMote> {
        self.moter.iter().find(|m| m.status == Status::Pagar || m.dag() >= self.i_dag)
    }

    /// The coming weeks, day by day.
    fn dager(&self) -> Vec<Dag<'_>> {
        let mut dager: Vec<Dag> = Vec::new();
        let kommende = self.moter.iter().filter(|m| m.dag() >= self.i_dag && m.dag() <= self.i_dag + FREMOVER);
        for mote in kommende.take(FLEST) {
            let overskrift = self.overskrift(mote.dag());
            match dager.last_mut().filter(|d| d.overskrift == overskrift) {
                Some(dag) => dag.moter.push(mote),
                None => dager.push(Dag { overskrift, moter: vec![mote] }),
            }
        }
        dager
    }

    fn overskrift(&self, dag: Date) -> String {
        match (dag - self.i_dag).whole_days() {
            0 => format!("I dag, {}", tid::dag_i_ord(dag)),
            1 => format!("I morgen, {}", tid::dag_i_ord(dag)),
            _ if dag.year() == self.i_dag.year() => tid::dag_i_ord(dag),
            _ => tid::dato_i_ord(dag),
        }
    }

    fn er_leder(&self) -> bool {
        self.rolle == Rolletype::Teamleder
    }

    fn er_barnevern(&self) -> bool {
        self.tjeneste == Some(Tjenestetype::Barnevern)
    }
}

impl MittMote {
    fn nar(&self) -> String {
        format!("{}, {}", tid::dag_i_ord(self.dag()), self.klokka())
    }

    fn dag_med_ar(&self) -> String {
        tid::dato_i_ord(self.dag())
    }

    fn klokka(&self) -> String {
        tid::tidsrom(tid::lokal(self.start).time(), tid::lokal(self.slutt).time())
    }

    /// «TST Fjellheim skole 25.11.2026», for screen readers.
    fn om(&self) -> String {
        format!("{} {}", self.forum, tid::dato(self.dag()))
    }

    /// The next thing one does with it, as a button says it, and where.
    fn sti(&self) -> String {
        VisMote { id: self.id }.to_string()
    }

    fn svar_slug(&self) -> &'static str {
        self.svar.unwrap_or(Svar::Ubesvart).slug()
    }
}

impl MittTeam {
    /// The service as the team calls it: its own unit by name.
    fn tjeneste(&self, type_: Tjenestetype) -> &str {
        match (type_, &self.forum.enhet) {
            (Tjenestetype::Enhet, Some(enhet)) => enhet,
            _ => type_.navn(),
        }
    }

    fn book(&self) -> String {
        BookMote { forum: self.forum.id }.to_string()
    }

    fn sti(&self) -> String {
        crate::forum::VisTeam { id: self.forum.id }.to_string()
    }
}

/// How a task is said: what, about whom, and the rest.
impl Oppgave<'_> {
    fn hva(&self) -> String {
        match self {
            Self::Ferdigstill(_) => "Møtet er i gang".to_owned(),
            Self::Purring(_, dager) if self.er_siste_purring() => {
                format!("Referatet haster: {dager} dager siden møtet")
            }
            Self::Purring(_, dager) => format!("Referatet mangler: {dager} dager siden møtet"),
            Self::IkkeHoldt(_) => "Dagen er passert, og møtet er ikke ferdigstilt".to_owned(),
            Self::Start(_) => "Møtet er i dag".to_owned(),
            Self::Oppmote(_) => "Før oppmøtet ditt".to_owned(),
            Self::Svar(_) => "Svar på innkallingen".to_owned(),
            Self::KallInn(_) => "Send innkalling".to_owned(),
            Self::Les(r) if r.nr > 1 => "Referatet er rettet: les det på nytt".to_owned(),
            Self::Les(_) => "Les referatet".to_owned(),
            Self::Sladding(s) => s.hva().to_owned(),
            Self::Puls(_) => "Hvordan var møtet?".to_owned(),
            Self::TiltakOverFristen(antall) => format!("{antall} tiltak er over fristen"),
            Self::TiltakTilEvaluering(antall) => format!("{antall} tiltak skal evalueres"),
            Self::Book(_) => "Book møte".to_owned(),
            Self::Mangler(_, t) => format!("{t} har ingen fast plass i teamet"),
            Self::Ledig(team, t) => format!("{} har ikke navngitt noen", team.tjeneste(*t)),
            Self::OpprettTeam(antall) => format!("{} ikke noe team", telt(*antall, "enhet har", "enheter har")),
            Self::UtenRolle(t) => {
                format!("{} konto, men ingen rolle", telt(t.uten_rolle, "person har", "personer har"))
            }
            Self::BruttGlass(t) => format!("{} om å bryte glass", telt(t.glass, "forespørsel", "forespørsler")),
            Self::GlassHosMeg(_) => "Møtet er åpnet for en administrator".to_owned(),
            Self::RollerUtloper(t) => format!("{} innen 30 dager", telt(t.utloper, "rolle går ut", "roller går ut")),
            Self::GjennomgaTilganger(t) => format!("Gå gjennom {}", telt(t.venter, "tilgang", "tilganger")),
            Self::TilgangSlutter(t) => {
                format!("{} snart", telt(t.egne, "av tilgangene dine slutter", "av tilgangene dine slutter"))
            }
            Self::BistandUte(n) => format!("Svarfristen er ute for {}", telt(*n, "forespørsel", "forespørsler")),
            Self::NyBistand(n) => telt(*n, "ny bistandsforespørsel", "nye bistandsforespørsler"),
            Self::BistandSvart(n) => telt(*n, "forespørsel har fått svar", "forespørsler har fått svar"),
            Self::MeldteSaker(s) => telt(s.antall, "sak er meldt til teamet", "saker er meldt til teamet"),
        }
    }

    fn hvem(&self) -> &str {
        match self {
            Self::Ferdigstill(m)
            | Self::IkkeHoldt(m)
            | Self::Purring(m, _)
            | Self::Start(m)
            | Self::Oppmote(m)
            | Self::Svar(m)
            | Self::KallInn(m) => &m.forum,
            Self::Les(r) => &r.forum,
            Self::Sladding(s) => s.forum(),
            Self::GlassHosMeg(g) => g.forum(),
            Self::Puls(p) => &p.forum,
            Self::Book(team) | Self::Mangler(team, _) | Self::Ledig(team, _) => &team.forum.navn,
            Self::TiltakOverFristen(_)
            | Self::TiltakTilEvaluering(_)
            | Self::OpprettTeam(_)
            | Self::UtenRolle(_)
            | Self::BruttGlass(_)
            | Self::RollerUtloper(_)
            | Self::GjennomgaTilganger(_)
            | Self::TilgangSlutter(_)
            | Self::BistandUte(_)
            | Self::NyBistand(_)
            | Self::BistandSvart(_)
            | Self::MeldteSaker(_) => "",
        }
    }

    fn detalj(&self) -> String {
        match self {
            Self::Ferdigstill(m) | Self::Oppmote(m) | Self::KallInn(m) => m.nar(),
            Self::IkkeHoldt(m) => format!("{}. Start møtet og skriv det dere gjorde, eller avlys det.", m.nar()),
            Self::Purring(m, _) => format!("{}. {}", m.nar(), self.purring(m)),
            Self::Start(m) => m.klokka(),
            Self::Svar(m) => [m.nar(), m.sted.clone(), m.hvor.clone()].join(" · ").trim_end_matches(" · ").to_owned(),
            Self::TiltakOverFristen(_) => "Du er ansvarlig. Gjør ferdig, evaluer eller avtal en ny dato.".to_owned(),
            Self::TiltakTilEvaluering(_) => "Du er ansvarlig. Se om det virker, og hva dere gjør videre.".to_owned(),
            Self::Les(r) => {
                let (motedag, frist) = (tid::dato(r.motedag), tid::dato(r.frist));
                format!("Møtet {motedag}. Bekreft eller skriv en merknad innen {frist}.")
            }
            Self::Sladding(s) => s.detalj(),
            Self::Puls(p) => format!("Møtet {}. Svar anonymt på et par spørsmål.", tid::dato(p.motedag)),
            Self::Book(team) => team.stilling.setning(),
            Self::Mangler(..) => "Tjenesten har møteplikt i teamet.".to_owned(),
            Self::Ledig(..) => "Plassen står tom. Be tjenesten navngi noen.".to_owned(),
            Self::OpprettTeam(_) => "Alle skoler og barnehager skal ha et team.".to_owned(),
            Self::UtenRolle(_) => "Uten rolle kan de logge inn, men ikke se noe.".to_owned(),
            Self::BruttGlass(_) => "En annen administrator vil lese et møte. Les grunnen, og ta stilling.".to_owned(),
            Self::GlassHosMeg(g) => g.detalj(),
            Self::RollerUtloper(_) => "Gi ny sluttdato, eller la rollen gå ut.".to_owned(),
            Self::GjennomgaTilganger(_) => "Bekreft dem som fortsatt trenger den, og avslutt resten.".to_owned(),
            Self::TilgangSlutter(t) => {
                let dag = t.slutter().map(tid::dato).unwrap_or_default();
                format!("Ingen har bekreftet at du trenger den. Trenger du den etter {dag}, si fra til lederen din.")
            }
            Self::BistandUte(_) => "De som spurte, venter på dere.".to_owned(),
            Self::NyBistand(_) => "Bekreft at dere har mottatt den, så vet avsenderen det.".to_owned(),
            Self::BistandSvart(_) => "Les svaret, ta det med i teamet, og lukk forespørselen.".to_owned(),
            Self::MeldteSaker(_) => {
                "Sett på agendaen, utsett eller avslå, så vet den som meldte, hva som skjer.".to_owned()
            }
        }
    }

    /// The button's words and where it leads; what is answered in place has none.
    fn lenke(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Purring(m, _) if m.status == Status::Pagar => Some(("Gå til møtet", m.sti() + "/hold")),
            Self::Ferdigstill(m) => Some(("Gå til møtet", m.sti() + "/hold")),
            Self::Start(m) => Some(("Se møtet og start", m.sti())),
            Self::IkkeHoldt(m) | Self::Purring(m, _) => Some(("Se møtet", m.sti())),
            Self::KallInn(m) => Some(("Se møtet og kall inn", m.sti())),
            Self::Sladding(s) => Some(s.lenke()),
            Self::Les(r) => Some(("Les referatet", VisReferat { id: r.mote }.to_string())),
            Self::Puls(p) => Some(("Svar på spørsmålene", SvarPuls { id: p.mote }.to_string())),
            Self::TiltakOverFristen(_) | Self::TiltakTilEvaluering(_) => {
                Some(("Se tiltakene dine", TiltakListe.to_string()))
            }
            Self::Book(team) => Some(("Book møte", team.book())),
            Self::Mangler(team, t) => {
                Some(("Legg til plass", format!("{}/medlem/ny?tjeneste={}", team.sti(), t.slug())))
            }
            Self::Ledig(team, _) => Some(("Se teamet", team.sti())),
            Self::OpprettTeam(_) => Some(("Opprett team som mangler", "/team/manglende".to_owned())),
            Self::BruttGlass(_) => Some(("Se og avgjør", Glass.to_string())),
            Self::GlassHosMeg(g) => Some(("Se hvem og hvorfor", g.sti())),
            Self::UtenRolle(_) | Self::RollerUtloper(_) => Some(("Se personer", "/admin/personer".to_owned())),
            Self::GjennomgaTilganger(_) => Some(("Gå gjennom tilganger", GjennomgaTilganger.to_string())),
            Self::BistandUte(_) => Some(("Se forespørslene", "/bistand?retning=til&over_frist=ja".to_owned())),
            Self::NyBistand(_) => Some(("Se forespørslene", "/bistand?retning=til&status=sendt".to_owned())),
            Self::BistandSvart(_) => Some(("Les svaret", "/bistand?retning=fra".to_owned())),
            Self::MeldteSaker(s) => Some(("Ta stilling", VisSak { id: s.eldste }.to_string())),
            Self::Oppmote(_) | Self::Svar(_) | Self::TilgangSlutter(_) => None,
        }
    }

    /// What to do about a referat that is late, said more strongly when it is very late.
    fn purring(&self, mote: &MittMote) -> &'static str {
        match (mote.status == Status::Pagar, self.er_siste_purring()) {
            (true, false) => "Gjør referatet ferdig, så de andre kan lese det.",
            (true, true) => "De andre kan ikke lese hva dere ble enige om. Gjør referatet ferdig i dag.",
            (false, false) => "Start møtet og skriv det dere gjorde, eller lukk det uten referat.",
            (false, true) => {
                "Møtet teller ikke før referatet er ferdig. Skriv det i dag, eller lukk møtet uten referat."
            }
        }
    }

    fn haster(&self) -> bool {
        self.er_siste_purring() || matches!(self, Self::Ferdigstill(_) | Self::Start(_))
    }
}

/// «1 enhet har», «7 enheter har».
fn telt(antall: impl Into<i64>, en: &str, flere: &str) -> String {
    match antall.into() {
        1 => format!("1 {en}"),
        n => format!("{n} {flere}"),
    }
}
