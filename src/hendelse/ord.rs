//! The words of the log: what happened, to what, and how it went.
use crate::tekst::liste;

liste! {
    /// What kind of thing happened.
    Slag {
        Endring = "endring", "Endring";
        Lest = "lest", "Oppslag";
        Eksport = "eksport", "Lastet ned en fil";
        Avvist = "avvist", "Ble avvist";
        Innlogging = "innlogging", "Logget inn";
        InnloggingFeilet = "innlogging_feilet", "Mislykket innlogging";
        Utlogging = "utlogging", "Logget ut";
        RolleValgt = "rolle_valgt", "Byttet rolle";
        Konto = "konto", "Endring av innlogging";
        Loggpause = "loggpause", "Loggen var slått av";
    }
}

liste! {
    /// How it went.
    Utfall {
        Ok = "ok", "Gjort";
        IkkeTilgang = "ikke_tilgang", "Fikk ikke lov";
        IkkeFunnet = "ikke_funnet", "Fikk ikke se";
        Feilet = "feilet", "Mislyktes";
    }
}

liste! {
    /// A part of the house, as the log is searched.
    Omrade {
        Moter = "moter", "Møter";
        Referat = "referat", "Referat";
        Saker = "saker", "Saker";
        Tiltak = "tiltak", "Tiltak";
        Bistand = "bistand", "Bistandsforespørsler";
        Team = "team", "Team";
        Folk = "folk", "Personer og innlogging";
        Oppsett = "oppsett", "Oppsett av regionen";
    }
}

impl Omrade {
    /// The tables that belong to it.
    pub(super) fn tabeller(self) -> &'static [&'static str] {
        match self {
            Self::Moter => {
                &["mote", "moteelement", "motedeltaker", "beslutning", "medvirkning", "kompetanseheving", "brutt_glass"]
            }
            Self::Referat => &["referat_versjon", "referat_tekst", "referat_lesing", "sladding", "sladding_varsel"],
            Self::Saker => &["sak"],
            Self::Tiltak => &["tiltak", "tiltak_evaluering"],
            Self::Bistand => &["bistandsforesporsel"],
            Self::Team => &["forum", "forum_medlem"],
            Self::Folk => &["person", "rolle", "bruker", "kobling", "tilgangskontroll", "tilgangsdag", "oppfolging"],
            Self::Oppsett => &[
                "region",
                "kommune",
                "enhet",
                "tjeneste",
                "tjeneste_kommune",
                "regelsett",
                "motemal",
                "motemal_element",
            ],
        }
    }
}

/// What a row of a table is called.
pub fn ting(tabell: &str) -> &str {
    match tabell {
        "mote" => "møtet",
        "moteelement" => "et punkt på agendaen",
        "motedeltaker" => "en deltaker",
        "beslutning" => "en beslutning",
        "medvirkning" => "medvirkning",
        "kompetanseheving" => "kompetanseheving",
        "brutt_glass" => "en forespørsel om å bryte glass",
        "referat_versjon" => "en versjon av referatet",
        "referat_tekst" => "en tekst i referatet",
        "referat_lesing" => "en bekreftelse av referatet",
        "sladding" => "en forespørsel om sladding",
        "sladding_varsel" => "et varsel om sladding",
        "sak" => "en sak",
        "tiltak" => "et tiltak",
        "tiltak_evaluering" => "en evaluering av et tiltak",
        "bistandsforesporsel" => "en bistandsforespørsel",
        "forum" => "et team",
        "forum_medlem" => "en plass i et team",
        "person" => "en person",
        "rolle" => "en rolle",
        "bruker" => "en innlogging",
        "kobling" => "en kode for innlogging",
        "tilgangskontroll" => "gjennomgangen av en tilgang",
        "tilgangsdag" => "dagens gjennomgang av tilganger",
        "oppfolging" => "en oppfølging av loggen",
        "region" => "regionen",
        "kommune" => "en kommune",
        "enhet" => "en enhet",
        "tjeneste" => "en tjeneste",
        "tjeneste_kommune" => "en kommune som en tjeneste dekker",
        "regelsett" => "et regelsett",
        "motemal" => "en møtemal",
        "motemal_element" => "et punkt i en møtemal",
        "okt" => "et sted der noen er logget inn",
        "oppslag" => "et møte som er åpnet",
        "hendelse" => "en linje i hendelsesloggen",
        "puls_svart" => "et spørsmål etter et møte som er besvart",
        annet => annet,
    }
}

/// The part of the house that a request asked for, by method and route.
pub(super) fn sted(arsak: &str) -> Option<&'static str> {
    match arsak.split('/').nth(1)? {
        "moter" => Some("et møte"),
        "team" | "serie" => Some("et team"),
        "tiltak" => Some("et tiltak"),
        "saker" => Some("en sak"),
        "bistand" => Some("en bistandsforespørsel"),
        "oversikt" | "kommuner" => Some("en oversikt"),
        "admin" => Some("administrasjonen"),
        _ => None,
    }
}

/// What was done to it.
pub(super) fn gjort(operasjon: &str) -> &'static str {
    match operasjon {
        "ny" => "La til",
        "slettet" => "Slettet",
        _ => "Endret",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_an_area_has_a_word_of_its_own_and_stands_in_one_area() {
        let alle: Vec<&str> = Omrade::ALLE.iter().flat_map(|o| o.tabeller()).copied().collect();
        for tabell in &alle {
            assert!(ting(tabell) != *tabell || *tabell == "medvirkning" || *tabell == "kompetanseheving", "{tabell}");
            assert_eq!(alle.iter().filter(|t| t == &tabell).count(), 1, "{tabell}");
        }
    }

    #[test]
    fn a_refusal_tells_which_part_of_the_house_it_was() {
        assert_eq!((sted("GET /moter/{id}"), sted("POST /"), sted("")), (Some("et møte"), None, None));
    }
}
