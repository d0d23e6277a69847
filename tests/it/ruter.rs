//! Every route of the house with what it asks for: the one table that the tests of access and of statements go by.
//!
//! How far a role reaches stands in `auth::rett::TABELL` alone. Here stands which act a route is, and where.
mod rute;

use axum::http::Method;
use samhandling::auth::Handling;

use Handling::{
    BehandleBistand, BookMote, BookSerie, BryteGlass, EndreGrunndata, EndreRoller, EndreTeam, EndreTiltak,
    EvaluereTiltak, FolgeTiltak, LedeMote, LedeSak, Lofte, MeldeBehov, OpprettTeam, SeBistand, SeLofttall, SeLogg,
    SeMote, SeOversikt, SePersoner, SeSak, SeTeam, SeTiltak, SkriveNotat, Sladde, SvareForTjeneste, SvareMote,
};
use Krav::{Alle, I, Innlogget, Kan, Til};

/// A route, the rows its path stands for in the example, and what it asks for.
pub(crate) struct Rute {
    pub(crate) metode: Method,
    /// As `typed_path` writes it, and perhaps what is asked for behind it.
    pub(crate) sti: &'static str,
    rader: &'static [Rad],
    pub(crate) krav: Krav,
}

/// A row of the fixture: its kind and its number.
type Rad = (&'static str, u32);

/// What a route asks of the one who comes.
#[derive(Clone, Copy)]
pub(crate) enum Krav {
    /// Nothing.
    Alle,
    /// To be signed in.
    Innlogget,
    /// The right to an act somewhere: the page shows as much as the role reaches.
    Kan(Handling),
    /// To be one of those it was sent to; nobody else sees it.
    Til(&'static [u32]),
    /// The right to an act in one place.
    I(Handling, Sted),
}

#[derive(Clone, Copy)]
pub(crate) enum Sted {
    Forum(u32),
    Mote(u32),
    Kommune(u32),
    Bistand(u32),
    Tiltak(u32),
    Sak(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Svar {
    Ja,
    /// 403: it is seen, but not done.
    Nektet,
    /// 404: it is not even seen.
    Skjult,
}

const TYNSET: Sted = Sted::Kommune(1);
const TST: Sted = Sted::Forum(1);
const KOMMUNENS: Sted = Sted::Forum(3);
/// Next week's møte, innkalt.
const NESTE: Sted = Sted::Mote(1);
const HOLDT: Sted = Sted::Mote(2);
const NA: Sted = Sted::Mote(3);
const PLANLAGT: Sted = Sted::Mote(4);
const SENDT: Sted = Sted::Bistand(1);
const MOTTATT: Sted = Sted::Bistand(2);
const AKSEPTERT: Sted = Sted::Bistand(3);
const BESVART: Sted = Sted::Bistand(4);
/// Of the school's team: reported by PPT, and put on the agenda.
const MELDT: Sted = Sted::Sak(1);
const SATT_OPP: Sted = Sted::Sak(2);
/// Under way, PPT's.
const TILTAK: Sted = Sted::Tiltak(1);

const fn get(sti: &'static str, rader: &'static [Rad], krav: Krav) -> Rute {
    Rute { metode: Method::GET, sti, rader, krav }
}

const fn post(sti: &'static str, rader: &'static [Rad], krav: Krav) -> Rute {
    Rute { metode: Method::POST, sti, rader, krav }
}

#[rustfmt::skip]
pub(crate) const RUTER: &[Rute] = &[
    // Outside every region.
    get("/static/{name}", &[], Alle),
    get("/helse", &[], Alle),
    get("/klar", &[], Alle),
    get("/logg-inn", &[], Alle),
    post("/logg-inn", &[], Alle),
    get("/logg-inn/kode", &[], Alle),
    post("/logg-inn/kode", &[], Alle),
    get("/ny-innlogging", &[], Alle),
    post("/ny-innlogging", &[], Alle),
    post("/logg-ut", &[], Innlogget),
    get("/pa-vegne-av", &[], Innlogget),
    post("/pa-vegne-av", &[], Innlogget),
    get("/konto", &[], Innlogget),
    post("/konto", &[], Innlogget),
    post("/konto/koble", &[], Innlogget),
    post("/konto/okter", &[], Innlogget),
    get("/konto/opplysninger", &[], Innlogget),
    post("/konto/opplysninger", &[], Innlogget),
    get("/konto/oppslag", &[], Innlogget),
    get("/konto/totrinn", &[], Innlogget),
    post("/konto/totrinn", &[], Innlogget),
    post("/konto/totrinn/koder", &[], Innlogget),
    post("/konto/totrinn/av", &[], Innlogget),
    get("/personvern", &[], Alle),
    get("/personvern/protokoll", &[], Alle),
    get("/tilgjengelighet", &[], Alle),

    get("/veiviser", &[], Innlogget),
    get("/tilganger", &[], Innlogget),
    post("/tilganger", &[], Innlogget),
    get("/", &[], Innlogget),

    // Møte.
    get("/moter", &[], Kan(SeMote)),
    get("/moter/book", &[], Kan(BookMote)),
    get("/team/{forum}/book", &[("0a", 1)], I(BookMote, TST)),
    get("/team/{forum}/book/bekreft?dato=2026-12-03&start=08:30", &[("0a", 1)], I(BookMote, TST)),
    post("/team/{forum}/book/bekreft", &[("0a", 1)], I(BookMote, TST)),
    get("/moter/{id}", &[("0c", 1)], I(SeMote, NESTE)),
    post("/moter/{id}/innkall", &[("0c", 4)], I(LedeMote, PLANLAGT)),
    get("/moter/{id}/avlys", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/avlys", &[("0c", 1)], I(LedeMote, NESTE)),
    get("/moter/{id}/deltakere", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/deltakere", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/deltakere/gjest", &[("0c", 3)], I(LedeMote, NA)),
    post("/moter/{id}/deltakere/{deltaker}/fjern", &[("0c", 1), ("0e", 12)], I(LedeMote, NESTE)),
    get("/moter/{id}/element/{element}/koble-pa", &[("0c", 1), ("0d", 12)], I(LedeMote, NESTE)),
    post("/moter/{id}/element/{element}/koble-pa", &[("0c", 1), ("0d", 12)], I(LedeMote, NESTE)),
    get("/moter/{id}/agenda", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/agenda", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/las", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/agenda/nytt", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/agenda/{element}/flytt", &[("0c", 1), ("0d", 12)], I(LedeMote, NESTE)),
    post("/moter/{id}/agenda/{element}/fjern", &[("0c", 1), ("0d", 12)], I(LedeMote, NESTE)),
    get("/moter/{id}/medvirkning", &[("0c", 3)], I(SeMote, NA)),
    post("/moter/{id}/medvirkning", &[("0c", 3)], I(LedeMote, NA)),
    get("/moter/{id}/sett-av", &[("0c", 1)], I(SeMote, NESTE)),
    get("/moter/{id}/invitasjon", &[("0c", 1)], I(SeMote, NESTE)),
    get("/moter/{id}/flytt", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/flytt", &[("0c", 1)], I(LedeMote, NESTE)),

    // Serie.
    get("/serie", &[], Kan(BookSerie)),
    get("/team/{forum}/serie", &[("0a", 1)], I(BookSerie, TST)),
    get("/serie/forslag", &[], Kan(BookSerie)),
    post("/serie/forslag", &[], Kan(BookSerie)),
    get("/serie/booket", &[], Kan(BookSerie)),

    // Oppmøte.
    get("/moter/{id}/svar", &[("0c", 1)], I(SvareMote, NESTE)),
    post("/moter/{id}/svar", &[("0c", 1)], I(SvareMote, NESTE)),
    get("/moter/{id}/mitt-oppmote", &[("0c", 3)], I(SvareMote, NA)),
    post("/moter/{id}/mitt-oppmote", &[("0c", 3)], I(SvareMote, NA)),
    post("/moter/{id}/oppmote/{deltaker}", &[("0c", 3), ("0e", 32)], I(LedeMote, NA)),
    post("/moter/{id}/oppmote/{deltaker}/tid", &[("0c", 3), ("0e", 32)], I(LedeMote, NA)),
    post("/moter/{id}/alle-til-stede", &[("0c", 3)], I(LedeMote, NA)),

    // Referat.
    post("/moter/{id}/start", &[("0c", 1)], I(LedeMote, NESTE)),
    get("/moter/{id}/hold", &[("0c", 3)], I(SeMote, NA)),
    get("/moter/{id}/direkte", &[("0c", 3)], I(SeMote, NA)),
    post("/moter/{id}/element/{element}/notat", &[("0c", 3), ("0d", 31)], I(SkriveNotat, NA)),
    post("/moter/{id}/element/{element}/beslutning", &[("0c", 3), ("0d", 31)], I(LedeMote, NA)),
    post("/moter/{id}/beslutning/{beslutning}/fjern", &[("0c", 2), ("0f", 1)], I(LedeMote, HOLDT)),
    post("/moter/{id}/element/{element}/start", &[("0c", 3), ("0d", 31)], I(LedeMote, NA)),
    post("/moter/{id}/element/{element}/stopp", &[("0c", 3), ("0d", 31)], I(LedeMote, NA)),
    get("/moter/{id}/vis", &[("0c", 3)], I(SeMote, NA)),
    get("/moter/{id}/vis/{nr}", &[("0c", 3)], I(SeMote, NA)),
    get("/moter/{id}/ferdigstill", &[("0c", 3)], I(LedeMote, NA)),
    post("/moter/{id}/ferdigstill", &[("0c", 3)], I(LedeMote, NA)),

    // Kompetanse.
    get("/moter/{id}/element/{element}/kompetanse", &[("0c", 3), ("0d", 32)], I(SkriveNotat, NA)),
    post("/moter/{id}/element/{element}/kompetanse", &[("0c", 3), ("0d", 32)], I(SkriveNotat, NA)),
    get("/moter/{id}/kompetanse/{kompetanse}", &[("0c", 3), ("30", 1)], I(SkriveNotat, NA)),
    post("/moter/{id}/kompetanse/{kompetanse}", &[("0c", 3), ("30", 1)], I(SkriveNotat, NA)),
    post("/moter/{id}/kompetanse/{kompetanse}/fjern", &[("0c", 3), ("30", 1)], I(SkriveNotat, NA)),

    // Etter møtet.
    get("/moter/{id}/lukk", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/lukk", &[("0c", 1)], I(LedeMote, NESTE)),
    post("/moter/{id}/angre-avlysning", &[("0c", 1)], I(LedeMote, NESTE)),
    get("/moter/{id}/referat", &[("0c", 2)], I(SeMote, HOLDT)),
    get("/moter/{id}/referat/versjon/{nr}", &[("0c", 2)], I(SeMote, HOLDT)),
    post("/moter/{id}/referat/lest", &[("0c", 2)], I(SvareMote, HOLDT)),
    post("/moter/{id}/referat/merknad", &[("0c", 2)], I(SvareMote, HOLDT)),
    get("/moter/{id}/referat/rett", &[("0c", 2)], I(LedeMote, HOLDT)),
    post("/moter/{id}/referat/rett", &[("0c", 2)], I(LedeMote, HOLDT)),
    get("/moter/{id}/puls", &[("0c", 2)], I(SvareMote, HOLDT)),
    post("/moter/{id}/puls", &[("0c", 2)], I(SvareMote, HOLDT)),

    // Sladding.
    get("/moter/{id}/sladding", &[("0c", 2)], I(Sladde, HOLDT)),
    post("/moter/{id}/sladding", &[("0c", 2)], I(Sladde, HOLDT)),
    get("/moter/{id}/sladding/{sladding}", &[("0c", 2), ("40", 1)], I(Sladde, HOLDT)),
    post("/moter/{id}/sladding/{sladding}/godkjenn", &[("0c", 2), ("40", 1)], I(Sladde, HOLDT)),
    post("/moter/{id}/sladding/{sladding}/avsla", &[("0c", 2), ("40", 1)], I(Sladde, HOLDT)),
    post("/moter/{id}/sladding/{sladding}/trekk", &[("0c", 2), ("40", 1)], I(Sladde, HOLDT)),
    get("/sladding/{id}", &[("40", 2)], Til(&[1, 2, 3, 4])),
    post("/sladding/{id}", &[("40", 2)], Til(&[1, 2, 3, 4])),

    // Dokumenter.
    get("/moter/{id}/agenda.pdf", &[("0c", 1)], I(SeMote, NESTE)),
    get("/moter/{id}/referat.pdf", &[("0c", 2)], I(SeMote, HOLDT)),
    get("/team/{id}/referater.pdf?fra=2026-08-01&til=2026-12-31", &[("0a", 1)], I(SeTeam, TST)),

    // Bistandsforespørsler.
    get("/bistand", &[], Kan(SvareForTjeneste)),
    get("/bistand/{id}", &[("21", 1)], I(SeBistand, SENDT)),
    get("/team/{id}/loft", &[("0a", 1)], I(Lofte, TST)),
    post("/team/{id}/loft", &[("0a", 1)], I(Lofte, TST)),
    post("/bistand/{id}/motta", &[("21", 1)], I(BehandleBistand, SENDT)),
    get("/bistand/{id}/avgjor", &[("21", 2)], I(BehandleBistand, MOTTATT)),
    post("/bistand/{id}/avgjor", &[("21", 2)], I(BehandleBistand, MOTTATT)),
    get("/bistand/{id}/svar", &[("21", 3)], I(BehandleBistand, AKSEPTERT)),
    post("/bistand/{id}/svar", &[("21", 3)], I(BehandleBistand, AKSEPTERT)),
    post("/bistand/{id}/lukk", &[("21", 4)], I(Lofte, BESVART)),
    get("/bistand/{id}/send-videre", &[("21", 2)], I(BehandleBistand, MOTTATT)),
    post("/bistand/{id}/send-videre", &[("21", 2)], I(BehandleBistand, MOTTATT)),
    get("/team/{id}/loft/tall", &[("0a", 3)], I(SeLofttall, KOMMUNENS)),
    // Tiltak.
    get("/tiltak/nivaer", &[], Kan(SeTiltak)),
    get("/tiltak", &[], Kan(SeTiltak)),
    get("/tiltak/{id}", &[("20", 1)], I(SeTiltak, TILTAK)),
    get("/tiltak/{id}/endre", &[("20", 1)], I(EndreTiltak, TILTAK)),
    post("/tiltak/{id}/endre", &[("20", 1)], I(EndreTiltak, TILTAK)),
    get("/tiltak/{id}/evaluer", &[("20", 1)], I(EvaluereTiltak, TILTAK)),
    post("/tiltak/{id}/evaluer", &[("20", 1)], I(EvaluereTiltak, TILTAK)),
    get("/tiltak/{id}/status", &[("20", 1)], I(FolgeTiltak, TILTAK)),
    post("/tiltak/{id}/status", &[("20", 1)], I(FolgeTiltak, TILTAK)),
    get("/moter/{id}/beslutning/{beslutning}/tiltak", &[("0c", 2), ("0f", 1)], I(EndreTiltak, HOLDT)),
    post("/moter/{id}/beslutning/{beslutning}/tiltak", &[("0c", 2), ("0f", 1)], I(EndreTiltak, HOLDT)),
    get("/moter/{id}/element/{element}/tiltak", &[("0c", 2), ("0d", 21)], I(EndreTiltak, HOLDT)),
    post("/moter/{id}/element/{element}/tiltak", &[("0c", 2), ("0d", 21)], I(EndreTiltak, HOLDT)),

    // Saker.
    get("/team/{id}/meld", &[("0a", 1)], I(MeldeBehov, TST)),
    get("/team/{id}/meld/{slag}", &[("0a", 1)], I(MeldeBehov, TST)),
    post("/team/{id}/meld/{slag}", &[("0a", 1)], I(MeldeBehov, TST)),
    get("/saker/{id}", &[("22", 1)], I(SeSak, MELDT)),
    post("/saker/{id}/sett-opp", &[("22", 1)], I(LedeSak, MELDT)),
    post("/saker/{id}/avsla", &[("22", 1)], I(LedeSak, MELDT)),
    post("/saker/{id}/utsett", &[("22", 1)], I(LedeSak, MELDT)),
    post("/saker/{id}/angre", &[("22", 2)], I(LedeSak, SATT_OPP)),
    post("/saker/{id}/flytt", &[("22", 2)], I(LedeSak, SATT_OPP)),
    post("/saker/{id}/behandle", &[("22", 2)], I(LedeSak, SATT_OPP)),

    // Team.
    get("/team", &[], Kan(SeTeam)),
    get("/team/{id}", &[("0a", 1)], I(SeTeam, TST)),
    get("/team/{id}/medlem/ny", &[("0a", 1)], I(EndreTeam, TST)),
    post("/team/{id}/medlem/ny", &[("0a", 1)], I(EndreTeam, TST)),
    get("/team/{id}/medlem/{medlem}", &[("0a", 1), ("0b", 2)], I(EndreTeam, TST)),
    post("/team/{id}/medlem/{medlem}", &[("0a", 1), ("0b", 2)], I(EndreTeam, TST)),
    post("/team/{id}/medlem/{medlem}/avslutt", &[("0a", 1), ("0b", 2)], I(EndreTeam, TST)),

    get("/team/ny", &[], Kan(OpprettTeam)),
    post("/team/ny", &[], Kan(OpprettTeam)),
    get("/team/manglende", &[], Kan(OpprettTeam)),
    post("/team/manglende/opprett", &[], Kan(OpprettTeam)),
    get("/team/opprettet/{fra}/{til}", &[("0a", 1), ("0a", 2)], Kan(OpprettTeam)),
    get("/team/{id}/tiltak/overfor", &[("0a", 1)], I(EndreTiltak, TST)),
    post("/team/{id}/tiltak/overfor", &[("0a", 1)], I(EndreTiltak, TST)),
    get("/team/{id}/endre", &[("0a", 1)], I(EndreTeam, TST)),
    post("/team/{id}/endre", &[("0a", 1)], I(EndreTeam, TST)),
    post("/team/{id}/avslutt", &[("0a", 1)], I(EndreTeam, TST)),

    // Oversikt.
    get("/oversikt", &[], Kan(SeOversikt)),
    get("/oversikt/kommune/{id}", &[("01", 1)], I(SeOversikt, TYNSET)),

    get("/admin", &[], Kan(SePersoner)),
    get("/admin/glass", &[], Kan(BryteGlass)),
    post("/admin/glass", &[], Kan(BryteGlass)),
    get("/admin/glass/{id}", &[("50", 1)], Kan(BryteGlass)),
    post("/admin/glass/{id}/apne", &[("50", 1)], Kan(BryteGlass)),
    post("/admin/glass/{id}/avsla", &[("50", 1)], Kan(BryteGlass)),
    post("/admin/glass/{id}/lukk", &[("50", 1)], Kan(BryteGlass)),
    get("/admin/kommuner", &[], Kan(EndreGrunndata)),
    get("/admin/kommuner/ny", &[], Kan(EndreGrunndata)),
    post("/admin/kommuner/ny", &[], Kan(EndreGrunndata)),
    get("/admin/kommuner/{id}", &[("01", 1)], Kan(EndreGrunndata)),
    post("/admin/kommuner/{id}", &[("01", 1)], Kan(EndreGrunndata)),
    post("/admin/kommuner/{id}/avslutt", &[("01", 1)], Kan(EndreGrunndata)),
    post("/admin/kommuner/{id}/gjenapne", &[("01", 1)], Kan(EndreGrunndata)),
    get("/admin/tjenester", &[], Kan(EndreGrunndata)),
    get("/admin/tjenester/ny", &[], Kan(EndreGrunndata)),
    post("/admin/tjenester/ny", &[], Kan(EndreGrunndata)),
    get("/admin/tjenester/{id}", &[("02", 1)], Kan(EndreGrunndata)),
    post("/admin/tjenester/{id}", &[("02", 1)], Kan(EndreGrunndata)),
    post("/admin/tjenester/{id}/avslutt", &[("02", 1)], Kan(EndreGrunndata)),
    post("/admin/tjenester/{id}/gjenapne", &[("02", 1)], Kan(EndreGrunndata)),
    get("/admin/enheter", &[], Kan(EndreGrunndata)),
    get("/admin/enheter/ny", &[], Kan(EndreGrunndata)),
    post("/admin/enheter/ny", &[], Kan(EndreGrunndata)),
    get("/admin/enheter/{id}", &[("03", 1)], Kan(EndreGrunndata)),
    post("/admin/enheter/{id}", &[("03", 1)], Kan(EndreGrunndata)),
    post("/admin/enheter/{id}/avslutt", &[("03", 1)], Kan(EndreGrunndata)),
    post("/admin/enheter/{id}/gjenapne", &[("03", 1)], Kan(EndreGrunndata)),
    get("/admin/import", &[], Kan(EndreGrunndata)),
    post("/admin/import", &[], Kan(EndreGrunndata)),
    get("/admin/import/{id}", &[("10", 1)], Kan(EndreGrunndata)),
    post("/admin/import/{id}", &[("10", 1)], Kan(EndreGrunndata)),
    post("/admin/import/{id}/forkast", &[("10", 1)], Kan(EndreGrunndata)),
    get("/admin/motemaler", &[], Kan(EndreGrunndata)),
    get("/admin/motemaler/{id}", &[("08", 1)], Kan(EndreGrunndata)),
    get("/admin/motemaler/{id}/forskjell", &[("08", 1)], Kan(EndreGrunndata)),
    get("/admin/motemaler/type/{forum_type}", &[], Kan(EndreGrunndata)),
    post("/admin/motemaler/type/{forum_type}", &[], Kan(EndreGrunndata)),
    get("/admin/regelsett", &[], Kan(EndreGrunndata)),
    get("/admin/regelsett/endre", &[], Kan(EndreGrunndata)),
    post("/admin/regelsett/endre", &[], Kan(EndreGrunndata)),
    get("/admin/regelsett/unntak/ny", &[], Kan(EndreGrunndata)),
    post("/admin/regelsett/unntak/ny", &[], Kan(EndreGrunndata)),
    get("/admin/regelsett/unntak/{id}", &[("07", 2)], Kan(EndreGrunndata)),
    post("/admin/regelsett/unntak/{id}", &[("07", 2)], Kan(EndreGrunndata)),
    post("/admin/regelsett/unntak/{id}/fjern", &[("07", 2)], Kan(EndreGrunndata)),
    get("/admin/hendelser", &[], Kan(SeLogg)),
    get("/admin/oppfolging", &[], Kan(SeLogg)),
    get("/admin/oppfolging/{person}?monster=avvist&time=1795000000", &[("05", 2)], Kan(SeLogg)),
    post("/admin/oppfolging/{person}", &[("05", 2)], Kan(SeLogg)),
    get("/admin/personer", &[], Kan(SePersoner)),
    post("/admin/personer", &[], Kan(SePersoner)),
    get("/admin/personer/ny", &[], Kan(SePersoner)),
    get("/admin/personer/{id}", &[("05", 2)], Kan(SePersoner)),
    get("/admin/personer/{id}/endre", &[("05", 2)], Kan(SePersoner)),
    post("/admin/personer/{id}/endre", &[("05", 2)], Kan(SePersoner)),
    get("/admin/personer/{id}/avslutt", &[("05", 2)], Kan(SePersoner)),
    post("/admin/personer/{id}/avslutt", &[("05", 2)], Kan(SePersoner)),
    post("/admin/personer/{id}/innlogging", &[("05", 2)], Kan(EndreRoller)),
    post("/admin/personer/{id}/innlogging/passord", &[("05", 2)], Kan(EndreRoller)),
    post("/admin/personer/{id}/innlogging/totrinn", &[("05", 2)], Kan(EndreRoller)),
    post("/admin/personer/{id}/innlogging/sperr", &[("05", 2)], Kan(EndreRoller)),
    post("/admin/personer/{id}/innlogging/apne", &[("05", 2)], Kan(EndreRoller)),
    get("/admin/personer/{id}/rolle/ny", &[("05", 2)], Kan(EndreRoller)),
    post("/admin/personer/{id}/rolle/ny", &[("05", 2)], Kan(EndreRoller)),
    get("/admin/personer/{id}/rolle/{rolle}/avslutt", &[("05", 2), ("06", 2)], Kan(EndreRoller)),
    post("/admin/personer/{id}/rolle/{rolle}/avslutt", &[("05", 2), ("06", 2)], Kan(EndreRoller)),
];
