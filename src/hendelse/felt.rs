//! The names of columns as people read them.

/// Those that are not their own words when `_` becomes a space.
const ORD: [(&str, &str); 64] = [
    ("apning", "åpning"),
    ("arsak", "årsak"),
    ("avslag_grunn", "grunn til avslag"),
    ("avvist_grunn", "grunn til at den ble avvist"),
    ("barn_deltok", "barnet deltok"),
    ("barn_invitert", "barnet ble invitert"),
    ("barn_mate", "hvordan barnet ble hørt"),
    ("bedt", "bedt om"),
    ("brukt_sekunder", "sekunder brukt"),
    ("demo", "demokonto"),
    ("elementtype", "punkt på agendaen"),
    ("engangslenke", "lenke til å velge passord"),
    ("epost", "e-post"),
    ("foresatte_mate", "hvordan foresatte ble hørt"),
    ("foresporsel", "forespørsel"),
    ("forum_type", "type team"),
    ("fullmakt_av", "fullmakt gitt av"),
    ("gikk", "gikk kl."),
    ("gjenopprettingskode", "gjenopprettingskoder"),
    ("gjennomfort", "gjennomført"),
    ("host_start", "høsten begynner"),
    ("ikke_for", "ikke før"),
    ("kode_hash", "kode"),
    ("kom", "kom kl."),
    ("kontakt_epost", "e-post til kontakten"),
    ("kontakt_navn", "navn på kontakten"),
    ("kvittert", "lest"),
    ("last_innenfra", "låst innenfra"),
    ("lopenr", "løpenummer"),
    ("lukket_arsak", "hvorfor det ble lukket"),
    ("ma_bytte_passord", "må bytte passord"),
    ("mal", "mål"),
    ("min_host", "møter om høsten"),
    ("min_var", "møter om våren"),
    ("min_varighet", "varighet"),
    ("monster", "mønster"),
    ("moteplikt", "møteplikt"),
    ("niva", "nivå"),
    ("nokkel", "nøkkel"),
    ("nr", "nummer"),
    ("oppmote", "oppmøte"),
    ("oppmote_av", "oppmøte ført av"),
    ("oppmote_tid", "oppmøte ført"),
    ("orgnr", "organisasjonsnummer"),
    ("pagar_fra", "pågår fra"),
    ("passord_hash", "passord"),
    ("provd", "hva som er prøvd"),
    ("samtykke_ref", "hvor samtykket ligger"),
    ("sjekk_etter", "sjekkliste etter"),
    ("sjekk_for", "sjekkliste før"),
    ("stor_barnehage", "grense for stor barnehage"),
    ("stor_host", "møter om høsten for store"),
    ("stor_skole", "grense for stor skole"),
    ("stor_var", "møter om våren for store"),
    ("svar_tid", "svarte"),
    ("tid", "tidspunkt"),
    ("tiltaksniva", "tiltaksnivå"),
    ("token_hash", "kapselens hash"),
    ("totrinn", "totrinnskode"),
    ("totrinn_nullstilt", "totrinnskode tatt bort"),
    ("utloper", "utløper"),
    ("var_start", "våren begynner"),
    ("veileder_tjeneste", "veilederens tjeneste"),
    ("vara_navn", "navn på vara"),
];

/// One column in words.
pub fn felt(navn: &str) -> String {
    let kjent = ORD.iter().find(|(kolonne, _)| *kolonne == navn);
    kjent.map_or_else(|| navn.replace('_', " "), |(_, ord)| (*ord).to_owned())
}

/// Many, without those that only tie rows together.
pub fn felter(navn: &[String]) -> String {
    let ord = navn.iter().filter(|n| n.as_str() != "id" && n.as_str() != "versjon" && !n.ends_with("_id"));
    ord.map(|n| felt(n)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_in_words_and_ids_left_out() {
        let navn = ["id", "gyldig_til", "person_id", "versjon", "status", "oppmote"].map(str::to_owned);
        assert_eq!(felter(&navn), "gyldig til, status, oppmøte");
    }
}
