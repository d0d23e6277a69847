//! What was asked for on the command line.
use std::{ffi::OsString, path::PathBuf};

use lexopt::{
    Arg::{Long, Short, Value},
    Parser, ValueExt,
};

use samhandling::hendelse::Hode;

use super::Svar;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kommando {
    Serve,
    Migrate,
    Demo,
    Bruker(NyBruker),
    DbUrl(DbUrl),
    Import(Import),
    VerifiserLogg(Vec<Hode>),
    Helse,
    Hjelp,
    Versjon,
}

/// A systemadministrator to be, in a region that may be new.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct NyBruker {
    pub(super) region: String,
    pub(super) navn: String,
    /// In lower case, as accounts have it.
    pub(super) epost: String,
    pub(super) nytt_passord: bool,
    /// Take the second step of the log-in away.
    pub(super) uten_totrinn: bool,
}

/// A file of enheter for a region.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) fil: PathBuf,
    pub(super) region: String,
    /// Save, and not only show.
    pub(super) utfor: bool,
    /// Lines with errors to leave out.
    pub(super) utelat: Vec<u64>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct DbUrl {
    pub(super) data: Option<PathBuf>,
    pub(super) midlertidig: bool,
    pub(super) stopp: bool,
    /// A program to run while the database is up; empty to print the address.
    pub(super) program: Vec<OsString>,
}

pub(super) fn les(mut argumenter: Parser) -> Svar<Kommando> {
    let kommando = match argumenter.next()? {
        None => Kommando::Serve,
        Some(Short('h') | Long("help" | "hjelp")) => Kommando::Hjelp,
        Some(Short('V') | Long("version")) => Kommando::Versjon,
        Some(Value(navn)) => match navn.string()?.as_str() {
            "serve" => Kommando::Serve,
            "migrate" => Kommando::Migrate,
            "demo" => Kommando::Demo,
            "helse" => Kommando::Helse,
            "bruker" => return bruker(argumenter),
            "import" => return import(argumenter),
            "logg" => return logg(argumenter),
            "db-url" => return db_url(argumenter),
            "hjelp" | "help" => Kommando::Hjelp,
            annet => return Err(format!("Kjenner ikke kommandoen «{annet}». Se samhandling --help").into()),
        },
        Some(annet) => return Err(ukjent(annet.unexpected())),
    };
    match argumenter.next()? {
        None => Ok(kommando),
        Some(Short('h') | Long("help" | "hjelp")) => Ok(Kommando::Hjelp),
        Some(annet) => Err(ukjent(annet.unexpected())),
    }
}

fn bruker(mut argumenter: Parser) -> Svar<Kommando> {
    let mut ny = NyBruker::default();
    while let Some(argument) = argumenter.next()? {
        match argument {
            Long("region") => ny.region = tekst(&mut argumenter)?,
            Long("navn") => ny.navn = tekst(&mut argumenter)?,
            Long("epost") => ny.epost = tekst(&mut argumenter)?.to_lowercase(),
            Long("nytt-passord") => ny.nytt_passord = true,
            Long("uten-totrinn") => ny.uten_totrinn = true,
            Short('h') | Long("help" | "hjelp") => return Ok(Kommando::Hjelp),
            annet => return Err(ukjent(annet.unexpected())),
        }
    }
    if ny.region.is_empty() || ny.navn.is_empty() || ny.epost.is_empty() {
        return Err("Skriv alle tre: samhandling bruker --region «Navn» --navn «Fullt navn» --epost adresse".into());
    }
    match ny.epost.split_once('@') {
        Some((foran, bak)) if !foran.is_empty() && !bak.is_empty() && !ny.epost.contains(char::is_whitespace) => {
            Ok(Kommando::Bruker(ny))
        }
        _ => Err(format!("«{}» er ikke en e-postadresse", ny.epost).into()),
    }
}

fn import(mut argumenter: Parser) -> Svar<Kommando> {
    let mut import = Import::default();
    while let Some(argument) = argumenter.next()? {
        match argument {
            Long("region") => import.region = tekst(&mut argumenter)?,
            Long("utfor") => import.utfor = true,
            Long("utelat") => {
                let linjer = tekst(&mut argumenter)?;
                let tall = linjer.split(',').map(|tall| tall.trim().parse());
                import.utelat = tall.collect::<Result<_, _>>().map_err(|_| "Skriv linjenumre: --utelat 3,17")?;
            }
            Short('h') | Long("help" | "hjelp") => return Ok(Kommando::Hjelp),
            Value(fil) if import.fil.as_os_str().is_empty() => import.fil = fil.into(),
            annet => return Err(ukjent(annet.unexpected())),
        }
    }
    if import.fil.as_os_str().is_empty() || import.region.is_empty() {
        return Err("Skriv fil og region: samhandling import enheter.csv --region «Navn»".into());
    }
    Ok(Kommando::Import(import))
}

fn logg(mut argumenter: Parser) -> Svar<Kommando> {
    let mut hoder = Vec::new();
    let mut verifiser = false;
    while let Some(argument) = argumenter.next()? {
        match argument {
            Long("hode") => hoder.push(tekst(&mut argumenter)?.parse()?),
            Value(hva) if hva == "verifiser" && !verifiser => verifiser = true,
            Short('h') | Long("help" | "hjelp") => return Ok(Kommando::Hjelp),
            annet => return Err(ukjent(annet.unexpected())),
        }
    }
    if verifiser { Ok(Kommando::VerifiserLogg(hoder)) } else { Err("Skriv samhandling logg verifiser".into()) }
}

fn tekst(argumenter: &mut Parser) -> Svar<String> {
    Ok(argumenter.value()?.string()?.trim().to_owned())
}

fn db_url(mut argumenter: Parser) -> Svar<Kommando> {
    let mut valg = DbUrl::default();
    while let Some(argument) = argumenter.next()? {
        match argument {
            Long("data") => valg.data = Some(argumenter.value()?.into()),
            Long("midlertidig") => valg.midlertidig = true,
            Long("stopp") => valg.stopp = true,
            Short('h') | Long("help" | "hjelp") => return Ok(Kommando::Hjelp),
            Value(program) => {
                valg.program.push(program);
                valg.program.extend(argumenter.raw_args()?);
            }
            annet => return Err(ukjent(annet.unexpected())),
        }
    }
    if valg.midlertidig && valg.program.is_empty() {
        return Err("--midlertidig trenger et program å kjøre: samhandling db-url --midlertidig -- PROGRAM".into());
    }
    Ok(Kommando::DbUrl(valg))
}

fn ukjent(feil: lexopt::Error) -> Box<dyn std::error::Error + Send + Sync> {
    match feil {
        lexopt::Error::UnexpectedOption(valg) => format!("Kjenner ikke valget «{valg}». Se samhandling --help").into(),
        feil => format!("{feil}. Se samhandling --help").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn les_linje(linje: &str) -> Svar<Kommando> {
        les(Parser::from_args(linje.split_whitespace()))
    }

    #[test]
    fn nothing_asked_for_is_the_server() {
        assert_eq!(les_linje("").unwrap(), Kommando::Serve);
        assert_eq!(les_linje("serve").unwrap(), Kommando::Serve);
    }

    #[test]
    fn help_is_never_far_away() {
        for linje in ["--help", "-h", "hjelp", "serve --help", "db-url --help"] {
            assert_eq!(les_linje(linje).unwrap(), Kommando::Hjelp, "{linje}");
        }
        for linje in ["server", "serve --rask", "serve na", "--rask"] {
            assert!(les_linje(linje).unwrap_err().to_string().contains("samhandling --help"), "{linje}");
        }
    }

    #[test]
    fn an_administrator_has_a_region_a_name_and_an_address() {
        let ny =
            les(Parser::from_args(["bruker", "--region", "Fjell", "--navn", "Kari N", "--epost=Kari@Fjell.example"]));
        let forventet = NyBruker {
            region: "Fjell".into(),
            navn: "Kari N".into(),
            epost: "kari@fjell.example".into(),
            nytt_passord: false,
            uten_totrinn: false,
        };
        assert_eq!(ny.unwrap(), Kommando::Bruker(forventet));
        for linje in ["bruker", "bruker --region A --navn B", "bruker --region A --navn B --epost kari", "bruker Kari"]
        {
            assert!(les_linje(linje).is_err(), "{linje}");
        }
    }

    #[test]
    fn an_import_has_a_file_and_a_region_and_saves_only_when_told() {
        let forventet = Import { fil: "a.csv".into(), region: "Fjell".into(), ..Import::default() };
        assert_eq!(les_linje("import a.csv --region Fjell").unwrap(), Kommando::Import(forventet));
        let forventet = Import { fil: "a.csv".into(), region: "Fjell".into(), utfor: true, utelat: vec![3, 17] };
        assert_eq!(
            les_linje("import --region Fjell --utelat 3,17 --utfor a.csv").unwrap(),
            Kommando::Import(forventet)
        );
        for linje in ["import", "import a.csv", "import a.csv b.csv --region F", "import a.csv --region F --utelat tre"]
        {
            assert!(les_linje(linje).is_err(), "{linje}");
        }
    }

    #[test]
    fn the_log_is_checked_against_heads_that_were_kept() {
        assert_eq!(les_linje("logg verifiser").unwrap(), Kommando::VerifiserLogg(vec![]));
        let hode = Hode { lopenr: 7, hash: vec![0xab; 32] };
        let linje = format!("logg verifiser --hode {hode}");
        assert_eq!(les_linje(&linje).unwrap(), Kommando::VerifiserLogg(vec![hode]));
        for linje in ["logg", "logg slett", "logg verifiser --hode 7", "logg verifiser verifiser"] {
            assert!(les_linje(linje).is_err(), "{linje}");
        }
    }

    #[test]
    fn everything_behind_the_program_belongs_to_it() {
        let program = ["cargo", "test", "--", "--midlertidig"].map(OsString::from).to_vec();
        for linje in
            ["db-url --midlertidig -- cargo test -- --midlertidig", "db-url --midlertidig cargo test -- --midlertidig"]
        {
            let forventet = DbUrl { midlertidig: true, program: program.clone(), ..DbUrl::default() };
            assert_eq!(les_linje(linje).unwrap(), Kommando::DbUrl(forventet), "{linje}");
        }
        assert!(les_linje("db-url --midlertidig").is_err());
    }
}
