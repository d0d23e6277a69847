//! What was said in the demo's møter: about places, routines and grown-ups, never about a child.
use super::team::Slag;
use crate::{
    enhet::Enhetstype::{Barnehage, Skole},
    mote::Elementtype,
    tjeneste::Tjenestetype::{self, Annen, Barnevern, Enhet, Helsesykepleier, Nav, Ppt},
};

type Ord = &'static [&'static str];
pub(super) type Vedtak = &'static [(Tjenestetype, &'static str)];

/// What a kind of forum wrote at an element of its møte number `nr`.
pub(super) fn notat(slag: Slag, element: Elementtype, nr: usize) -> &'static str {
    let liste = match (slag, element) {
        (Slag::Enhet(Skole), Elementtype::Generell) => SKOLE_GENERELL,
        (Slag::Enhet(Skole), Elementtype::Veiledning) => SKOLE_VEILEDNING,
        (Slag::Enhet(Skole), _) => SKOLE_OBSERVASJON,
        (Slag::Enhet(Barnehage), Elementtype::Generell) => BARNEHAGE_GENERELL,
        (Slag::Enhet(Barnehage), Elementtype::Veiledning) => BARNEHAGE_VEILEDNING,
        (Slag::Enhet(Barnehage), _) => BARNEHAGE_OBSERVASJON,
        (Slag::Kommune, _) => KOMMUNE,
        (Slag::Direktorer, _) => DIREKTORER,
    };
    liste[nr % liste.len()]
}

/// What a kind of forum may decide, with the service that binds itself.
pub(super) fn vedtak(slag: Slag) -> Vedtak {
    match slag {
        Slag::Enhet(Skole) => VEDTAK_SKOLE,
        Slag::Enhet(Barnehage) => VEDTAK_BARNEHAGE,
        Slag::Kommune => VEDTAK_KOMMUNE,
        Slag::Direktorer => VEDTAK_DIREKTORER,
    }
}

pub(super) const AVLYST: Ord = &[
    "For få av de faste deltakerne kunne møte. Nytt møte bookes.",
    "Veien over fjellet var stengt på grunn av uvær.",
    "Rektor og styrer ble kalt inn til beredskapsmøte i kommunen.",
    "Enheten hadde planleggingsdag samme dag.",
    "To av tjenestene var opptatt i annet oppdrag på kort varsel.",
];

pub(super) const KORT: Ord = &[
    "Bare ett tema på agendaen. Resten tas i neste møte.",
    "Flere måtte rekke ferga. Veiledningen ble kortet ned.",
    "Møtet ble holdt digitalt og med kortere innledning.",
];

pub(super) const MANGLER: Ord = &[
    "En fast deltaker meldte forfall samme dag. Referatet er sendt tjenesten.",
    "Tjenesten kunne ikke sende vara. Punktet tas opp igjen i neste møte.",
    "Vi rakk ikke det siste punktet. Det står først på neste agenda.",
];

const SKOLE_GENERELL: Ord = &[
    "Gikk gjennom beslutningene fra forrige møte. To er gjennomført, én videreføres. Elevrådet ønsker roligere overganger etter friminutt.",
    "Skolemiljøet på mellomtrinnet var hovedtema. Elevrådet og FAU har gitt innspill. Voksne skal være ute først og gå inn sist.",
    "Planla overgangen fra barnehage til 1. trinn: felles foreldremøte, besøksdager og hvem som inviterer.",
    "Så på tallene fra elevundersøkelsen. Trivselen er god, men mange savner arbeidsro. Vi vil begynne med timestart og ryddige overganger.",
    "Laget plan for møtene resten av skoleåret. Hvert møte får ett hovedtema, slik at tjenestene kan forberede seg.",
    "Drøftet hvordan skolen melder behov tidlig. Terskelen for å ta kontakt skal være lav, også før noe er utredet.",
    "Foreldresamarbeid: FAU ønsker en kveld om nettvett og søvn. Helsesykepleier og skolen planlegger sammen.",
    "Mobilbruk og friminutt. Elevene foreslår flere aktiviteter inne på kalde dager. Skolen prøver dette i seks uker.",
    "Skolefravær på systemnivå: rutinen er kjent, men brukes ulikt på trinnene. Felles gjennomgang på personalmøtet.",
];

const SKOLE_VEILEDNING: Ord = &[
    "PPT veiledet trinnlederne om klasseledelse og tydelige rutiner. Personalet prøver to grep til neste møte.",
    "Helsesykepleier gikk gjennom hvordan voksne kan snakke med elever om psykisk helse i klasserommet.",
    "Barnevernet fortalte om opplysningsplikten og om hva som skjer etter en melding. God tid til spørsmål.",
    "Veiledning om språk og begreper i alle fag. PPT deler opplegget, og skolen prøver det på 3. og 4. trinn.",
    "Kompetanseheving: trygge overganger. Vi øvde på en samtale med foresatte, to og to.",
    "Arbeidet med felles forståelse av «tidlig innsats». Trinnene beskrev hva de gjør i dag, og hva de vil gjøre før.",
    "PPT la fram hvordan tilpasset opplæring kan planlegges for hele klassen først.",
    "Gjennomgang av samtykke og taushetsplikt. Skolen lager en kort huskeliste til personalrommet.",
];

const SKOLE_OBSERVASJON: Ord = &[
    "PPT og helsesykepleier var ute i to friminutt og så på hvordan uteområdet brukes. Funnene er delt med trinnene på systemnivå.",
    "Observerte overgangen fra gymsal til klasserom. Lite som minner om en rutine; trinnet lager en.",
    "Samtale med elevrådet om arbeidsro. De foreslår tydeligere start på timen og mindre bytte av rom.",
    "Så på læringsmiljøet i to timer på hvert trinn. Mye god ledelse, lite variasjon i arbeidsmåter.",
    "Anonym drøfting av hvordan skolen møter høyt fravær. Rutinen holder, men første samtale kommer for sent.",
    "Ingen observasjoner denne gangen. Tiden ble brukt til å planlegge neste runde sammen med trinnlederne.",
    "Observerte skolestart om morgenen ved bussen og garderobene. To voksne til på plass ville gjort stor forskjell.",
];

const BARNEHAGE_GENERELL: Ord = &[
    "Gikk gjennom forrige møte. Nye rutiner i garderoben virker, og foreldrene merker roligere henting.",
    "Planla overgangen til skolen: hvilke møter, hvilke skjemaer og hvem som inviterer foreldrene.",
    "Drøftet hvordan barnas egne ord kommer fram i planene. Personalet prøver samtaleark med bilder.",
    "Tema var bemanning og gruppestørrelse i ettermiddagstimene. Styrer ser på vaktplanen.",
    "Foreldresamarbeid: hvordan ta opp en uro tidlig. Vi leste gjennom handlingsveilederen sammen.",
    "Planla halvåret. Språkmiljø i høst, lek og vennskap i vår.",
    "Tilvenning av de yngste. Barnehagen vil prøve tre dager sammen med foresatte i stedet for én.",
];

const BARNEHAGE_VEILEDNING: Ord = &[
    "PPT veiledet om språkmiljø ved måltidet. Personalet prøver færre spørsmål og mer undring.",
    "Helsesykepleier snakket om søvn og hverdagsrytme, og hva barnehagen kan si til foreldrene.",
    "Barnevernet gikk gjennom hva personalet skal se etter, og når og hvordan en uro meldes videre.",
    "Veiledning om lek: hvordan en voksen kan hjelpe flere inn i leken uten å ta den over.",
    "Kompetanseheving om overganger gjennom dagen. Avdelingene tegnet dagen sin og fant to steder å begynne.",
    "PPT viste hvordan avdelingen kan kartlegge språkmiljøet sitt, ikke enkeltbarn.",
];

const BARNEHAGE_OBSERVASJON: Ord = &[
    "Observerte garderoben og utgangen på to avdelinger. Små grupper gir ro; det videreføres.",
    "PPT observerte samspill ved måltidet. Tilbakemelding gitt til hele avdelingen.",
    "Samtale med pedagogiske ledere om lekemiljøet. Rommene ryddes i tydelige soner.",
    "Anonym drøfting av hvordan barnehagen møter foreldre som er urolige for språket.",
    "Så på uteområdet sammen med helsesykepleier. Krokene bak boden trenger en voksen.",
    "Ingen observasjoner denne gangen. Vi avtalte tid og sted for neste runde.",
];

const KOMMUNE: Ord = &[
    "Teamene melder det samme: overgangen fra barnehage til skole trenger felles rutine i hele kommunen.",
    "Gikk gjennom tallene for møter og oppmøte. To team trenger hjelp til å komme i gang.",
    "Drøftet felles foreldrekveld for alle skoler og barnehager, med helsestasjonen som vert.",
    "Flere enheter ber om veiledning i arbeid med skolefravær. PPT og helsestasjonen lager ett felles opplegg.",
    "Barn og unges råd har sagt sin mening om hjelp på skolen: de vil vite hvem de kan gå til.",
    "Så på hvordan tjenestene kan møte ved vara når veien er lang. Digital deltakelse skal være unntaket.",
];

const DIREKTORER: Ord = &[
    "Tallene for semesteret ble lagt fram. De fleste enhetene er i rute, og avvikene er kjent.",
    "Møteplikten ble drøftet. Kommunene er enige om at tjenestene skal sende vara med fullmakt.",
    "Bemanningen i de interkommunale tjenestene ble gjennomgått. Saken følges opp i neste møte.",
    "Kommunene beskrev hvordan planen er kjent blant de ansatte. Ny runde på personalmøter.",
    "Felles satsing på tidlig innsats videreføres. Kommunene bruker samme ord og samme mal.",
];

const VEDTAK_SKOLE: Vedtak = &[
    (Enhet, "Skolen innfører felles timestart på alle trinn fra neste måned."),
    (Enhet, "Rektor tar rutinen for skolefravær opp på neste personalmøte."),
    (Enhet, "Skolen setter inn to voksne til i første friminutt i seks uker."),
    (Ppt, "PPT veileder trinnlederne to ganger før neste møte."),
    (Ppt, "PPT deler opplegg for begrepsarbeid med alle lærere."),
    (Helsesykepleier, "Helsesykepleier holder foreldrekveld om søvn og nettvett sammen med FAU."),
    (Helsesykepleier, "Helsesykepleier utvider åpen dør til to dager i uka."),
    (Barnevern, "Barnevernet informerer hele personalet om opplysningsplikten på planleggingsdagen."),
    (Barnevern, "Barnevernet er tilgjengelig på telefon for anonym drøfting hver onsdag."),
    (Enhet, "Elevrådet får saken tilbake med svar innen to uker."),
];

const VEDTAK_BARNEHAGE: Vedtak = &[
    (Enhet, "Barnehagen deler inn i mindre grupper i garderoben ut semesteret."),
    (Enhet, "Styrer endrer vaktplanen slik at ettermiddagen har én voksen til."),
    (Ppt, "PPT observerer språkmiljøet på to avdelinger før neste møte."),
    (Ppt, "PPT gir personalet en time veiledning om lek."),
    (Helsesykepleier, "Helsesykepleier deltar på foreldremøtet og snakker om hverdagsrytme."),
    (Barnevern, "Barnevernet kommer på personalmøtet og går gjennom meldeplikten."),
    (Enhet, "Barnehagen inviterer skolen til felles møte om overgangen."),
    (Helsesykepleier, "Helsestasjonen lager felles ark om søvn på fem språk."),
];

const VEDTAK_KOMMUNE: Vedtak = &[
    (Annen, "Kommunalsjefen legger fram felles rutine for overgangen fra barnehage til skole."),
    (Ppt, "PPT lager en kursrekke som alle enheter kan melde seg på."),
    (Helsesykepleier, "Helsestasjonen er vert for én felles foreldrekveld i semesteret."),
    (Barnevern, "Barnevernet oppnevner vara med fullmakt for alle team."),
    (Nav, "NAV møter ungdomsskolenes team når det meldes behov."),
    (Annen, "Koordinatoren hjelper to team med å sette møtedatoer for resten av året."),
];

const VEDTAK_DIREKTORER: Vedtak = &[
    (Annen, "Kommunene sørger for at alle enheter har team innen semesteret er slutt."),
    (Annen, "Tjenestene skal sende vara med fullmakt når den faste ikke kan møte."),
    (Annen, "Regionkoordinatoren legger fram tall for møter og oppmøte hvert halvår."),
    (Annen, "Planen tas opp på personalmøter i alle kommuner før sommeren."),
];
