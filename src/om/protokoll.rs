//! Behandlingsprotokollen (GDPR artikkel 30): what the house stores, table for table and column for column, and why.
//! A test holds it to the tables as they are.
use crate::hendelse;

/// One behandling: the words of the protocol, and what is stored for it.
pub struct Behandling {
    pub navn: &'static str,
    pub formal: &'static str,
    pub registrerte: &'static str,
    pub grunnlag: &'static str,
    pub mottakere: &'static str,
    pub lagring: &'static str,
    /// Each table, and its columns with spaces between.
    pub tabeller: &'static [(&'static str, &'static str)],
}

pub const PROTOKOLL: [Behandling; 11] = [
    Behandling {
        navn: "Konto og innlogging",
        formal: "Vite hvem som logger inn, og holde andre ute",
        registrerte: "Ansatte og andre med innlogging",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav c og e, artikkel 32",
        mottakere: "Den det gjelder. Administratoren ser e-postadressen og om kontoen er sperret",
        lagring: "Økter virker i tolv timer, lenker i 30 minutter, koder til en ny region i 14 dager. Kontoen ligger til regionen sletter den",
        tabeller: &[
            ("bruker", "id epost passord_hash ma_bytte_passord demo sperret opprettet totrinn_nullstilt"),
            ("tilknytning", "bruker_id region_id"),
            ("kobling", "region_id person_id bruker_id kode_hash opprettet"),
            ("okt", "token_hash bruker_id region_id rolle_id opprettet sist_brukt bekreftet"),
            ("halv_okt", "token_hash bruker_id opprettet"),
            ("totrinn", "bruker_id hemmelighet siste_steg opprettet"),
            ("gjenopprettingskode", "bruker_id kode_hash"),
            ("engangslenke", "bruker_id token_hash opprettet"),
            ("innloggingsforsok", "nokkel feil sist"),
        ],
    },
    Behandling {
        navn: "Ansatte, roller og tilgang",
        formal: "Kalle inn de rette, og gi hver den tilgangen arbeidet krever",
        registrerte: "Ansatte og andre med plass i team",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav e; eForvaltningsforskriften § 15",
        mottakere: "Kolleger i regionen. De som bare ser tall, ser bare dem de arbeider med",
        lagring: "Avsluttes med en siste dag, og slettes ikke av seg selv",
        tabeller: &[
            (
                "person",
                "region_id id bruker_id navn tittel epost telefon tjeneste_id enhet_id gyldig_fra gyldig_til versjon",
            ),
            ("rolle", "region_id id person_id type kommune_id enhet_id gyldig_fra gyldig_til versjon"),
            ("tilgangskontroll", "region_id id rolle_id plass_id bekreftet bekreftet_av varslet"),
            ("tilgangsdag", "region_id dag"),
        ],
    },
    Behandling {
        navn: "Team",
        formal: "Vite hvem som sitter i hvert team, med hvilken fullmakt",
        registrerte: "Ansatte med plass i team",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav e",
        mottakere: "Kolleger i regionen",
        lagring: "Avsluttes med en siste dag, og slettes ikke av seg selv",
        tabeller: &[
            ("forum", "region_id id type navn mandat kommune_id enhet_id gyldig_fra gyldig_til versjon"),
            (
                "forum_medlem",
                "region_id id forum_id person_id tjenestetype tjeneste_id fast moteplikt leder vara_person_id gyldig_fra gyldig_til versjon fullmakt fullmakt_fra fullmakt_av kompetanse",
            ),
        ],
    },
    Behandling {
        navn: "Møter og oppmøte",
        formal: "Kalle inn til, holde og følge opp møter, og se om tjenestene møter som avtalt",
        registrerte: "Ansatte som er kalt inn, og fagfolk som kommer uten innlogging. Barn og foresatte bare som antall",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav e: samarbeid og samordning etter barnevernsloven, opplæringslova, barnehageloven og helse- og omsorgstjenesteloven",
        mottakere: "De som er kalt inn, og teamets leder. Andre ser tall",
        lagring: "Ingen frist er bygd",
        tabeller: &[
            (
                "mote",
                "region_id id forum_id motemal_id start minutter slutt dato sted status kort_begrunnelse avlyst_begrunnelse mangler_begrunnelse moteleder_id opprettet_av opprettet startet ferdigstilt ferdigstilt_av versjon lukket_arsak lukket_begrunnelse lukket lukket_av avlyst avlyst_av avlyst_fra angret angret_av last_innenfra",
            ),
            (
                "moteelement",
                "region_id id mote_id plass type tittel hjelp minutter gjennomfort notat notat_av notat_tid versjon startet pagar_fra brukt_sekunder",
            ),
            (
                "motedeltaker",
                "region_id id mote_id person_id tjenestetype fast moteplikt svar oppmote vara_navn grunn svar_tid oppmote_tid oppmote_av kom gikk gjest moteelement_id",
            ),
            (
                "medvirkning",
                "region_id mote_id barn_invitert barn_deltok barn_mate foresatte_invitert foresatte_deltok foresatte_mate begrunnelse endret_av endret versjon",
            ),
            (
                "kompetanseheving",
                "region_id id mote_id moteelement_id tema veileder_tjeneste veileder antall_ansatte opprettet_av opprettet versjon",
            ),
        ],
    },
    Behandling {
        navn: "Beslutning og referat",
        formal: "Dokumentere det møtet kom fram til, og rette eller ta ut det som er feil",
        registrerte: "De som var i møtet, og de det står noe om",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav e: samarbeid og samordning etter barnevernsloven, opplæringslova, barnehageloven og helse- og omsorgstjenesteloven; arkivlova",
        mottakere: "De som var kalt inn, og teamets leder. Det som er sagt rundt et barn, bare de som var kalt inn",
        lagring: "Ingen frist er bygd. Ferdigstilte møter er låst, men ord kan tas ut for godt",
        tabeller: &[
            ("beslutning", "region_id id moteelement_id tekst tjenestetype opprettet_av opprettet"),
            ("referat_versjon", "region_id id mote_id nr grunn rettet_av rettet"),
            ("referat_tekst", "region_id id versjon_id moteelement_id beslutning_id tekst"),
            ("referat_lesing", "region_id id mote_id nr person_id merknad tid"),
            (
                "sladding",
                "region_id id mote_id passasje grunn status avslag_grunn antall bedt_av bedt avgjort_av avgjort",
            ),
            ("sladding_varsel", "region_id sladding_id person_id kvittert"),
        ],
    },
    Behandling {
        navn: "Saker og tiltak",
        formal: "Ta opp det teamet skal drøfte, og følge opp det som er besluttet",
        registrerte: "De som melder og har ansvar. Barn skal ikke kunne kjennes igjen",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav e: samarbeid og samordning etter barnevernsloven, opplæringslova, barnehageloven og helse- og omsorgstjenesteloven",
        mottakere: "Teamet. Det som er rundt et barn, bare de som var kalt inn, og den som har ansvaret",
        lagring: "Ingen frist er bygd",
        tabeller: &[
            (
                "sak",
                "region_id id forum_id mote_id elementtype niva grunnlag samtykke_ref tittel beskrivelse minutter fast plass ikke_for status utfall avslag_grunn fra_sak_id meldt_av meldt avgjort_av avgjort versjon",
            ),
            (
                "tiltak",
                "region_id id forum_id mote_id moteelement_id beslutning_id mal hva niva tiltaksniva kategori styrker tjenestetype ansvarlig_id frist neste_evaluering utformet_med status skal_evalueres evalueres versjon opprettet_av opprettet",
            ),
            (
                "tiltak_evaluering",
                "region_id id tiltak_id tiltak_versjon mote_id virker notat videre neste_evaluering mal hva person_id tid",
            ),
        ],
    },
    Behandling {
        navn: "Bistand fra andre",
        formal: "Løfte det teamet ikke løser selv, og svare på det",
        registrerte: "De som ber og svarer",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav e: samarbeid og samordning etter barnevernsloven, opplæringslova, barnehageloven og helse- og omsorgstjenesteloven",
        mottakere: "Teamet som spør, og teamet eller tjenesten som blir spurt",
        lagring: "Ingen frist er bygd",
        tabeller: &[(
            "bistandsforesporsel",
            "region_id id fra_forum_id til_forum_id til_tjeneste_id opphav_id mote_id moteelement_id overskrift behov provd svarfrist status svar avvist_grunn opprettet_av opprettet mottatt_av mottatt avgjort_av avgjort besvart_av besvart lukket_av lukket versjon",
        )],
    },
    Behandling {
        navn: "Spørsmål etter møtet",
        formal: "Vite om møtene er til nytte, uten å vite hvem som mener hva",
        registrerte: "Ansatte som har vært i et møte",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav e",
        mottakere: "Teamets leder, som avrundet snitt når minst fem har svart",
        lagring: "Svarene lagres uten navn, møte og tid",
        tabeller: &[
            ("puls_svart", "region_id mote_id person_id"),
            ("pulssvar", "region_id id forum_id semester likeverd rad hyppighet"),
        ],
    },
    Behandling {
        navn: "Hendelseslogg og innsyn i den",
        formal: "Vise hvem som har gjort og lest hva, og oppdage misbruk",
        registrerte: "Alle med innlogging",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav c og e, artikkel 5 nr. 2 og 32; eForvaltningsforskriften § 15",
        mottakere: "Systemadministratoren. De som var i et møte, ser hvem som har åpnet det. Hver ser sitt eget",
        lagring: "Ingen frist er bygd. Ingen på nettsidene kan endre eller slette i loggen",
        tabeller: &[
            (
                "hendelse",
                "region_id lopenr tid slag bruker_id person_id rolle_id rolle_type av tabell rad_id mote_id operasjon felter verdier innhold tegn utfall fra foresporsel arsak forrige hash",
            ),
            ("loggsegl", "region_id nr lopenr hash segl tid"),
            ("oppslag", "region_id person_id time mote_id"),
            ("oppfolging", "region_id id person_id monster time kommentar sett_av sett"),
            ("brutt_glass", "region_id id mote_id grunn status bedt_av bedt avgjort_av avgjort avslag_grunn utloper"),
        ],
    },
    Behandling {
        navn: "Regionens oppsett",
        formal: "Vite hvilke kommuner, enheter, tjenester og regler som gjelder",
        registrerte: "Kontaktpersoner hos regionen og tjenestene",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav e",
        mottakere: "Alle i regionen",
        lagring: "Avsluttes med en siste dag, og slettes ikke av seg selv",
        tabeller: &[
            ("region", "id navn visjon kontakt_navn kontakt_epost"),
            ("kommune", "region_id id kommunenummer navn gyldig_fra gyldig_til versjon"),
            (
                "enhet",
                "region_id id kommune_id type orgnr navn antall trinn_fra trinn_til eier adresse gyldig_fra gyldig_til versjon",
            ),
            ("tjeneste", "region_id id type navn orgnr kontakt gyldig_fra gyldig_til versjon"),
            ("tjeneste_kommune", "region_id tjeneste_id kommune_id gyldig_fra gyldig_til"),
            (
                "regelsett",
                "region_id id kommune_id enhet_id min_varighet min_host min_var stor_host stor_var stor_skole stor_barnehage faste_tjenester host_start var_start begrunnelse versjon",
            ),
            ("motemal", "region_id id forum_type navn versjon gjeldende apning avrunding sjekk_for sjekk_etter"),
            ("motemal_element", "region_id id motemal_id plass type tittel hjelp minutter"),
        ],
    },
    Behandling {
        navn: "Skjemaer som er sendt",
        formal: "At et skjema som er sendt to ganger, blir gjort én gang, og at en import kan ses før den lagres",
        registrerte: "Den som sendte",
        grunnlag: "GDPR artikkel 6 nr. 1 bokstav e",
        mottakere: "Ingen",
        lagring: "Utkast til import virker i ett døgn og slettes ved en senere import. For nøklene er ingen frist bygd",
        tabeller: &[
            ("innsending", "region_id nokkel bruker_id svar tid"),
            ("importutkast", "region_id id bruker_id filnavn innhold opprettet"),
        ],
    },
];

impl Behandling {
    /// What is stored, in words: each column once, and none that only ties rows together.
    pub fn opplysninger(&self) -> String {
        let kolonner = self.tabeller.iter().flat_map(|(_, kolonner)| kolonner.split(' ')).map(str::to_owned);
        let mut en_gang: Vec<String> = Vec::new();
        for kolonne in kolonner {
            if !en_gang.contains(&kolonne) {
                en_gang.push(kolonne);
            }
        }
        hendelse::felter(&en_gang)
    }
}
