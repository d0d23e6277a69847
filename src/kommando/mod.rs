//! The commands of the program, and how they are asked for.
mod argumenter;
mod bruker;
mod database;
mod db_url;
mod import;
mod logg;
mod serve;
mod signal;

use std::{
    error::Error,
    fmt::Display,
    io,
    io::{IsTerminal, Write},
    path::Path,
};

use samhandling::config::{self, Config};

use self::argumenter::{Kommando, NyBruker};

type Svar<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// Reads the arguments and does what they ask; the number is the exit code.
pub(crate) async fn kjor() -> Svar<u8> {
    match argumenter::les(lexopt::Parser::from_env())? {
        Kommando::Hjelp => si(include_str!("hjelp.txt").trim_end()),
        Kommando::Versjon => si(concat!("samhandling ", env!("CARGO_PKG_VERSION"))),
        Kommando::DbUrl(valg) => return db_url::kjor(valg).await,
        Kommando::Helse => serve::helse(&Config::fra_miljo()?)?,
        Kommando::Serve => serve::kjor(innled()?).await?,
        Kommando::Bruker(ny) => ny_bruker(innled()?, &ny).await?,
        Kommando::VerifiserLogg(hoder) => logg::verifiser(innled()?, &hoder).await?,
        Kommando::Import(valg) => import::kjor(innled()?, &valg).await?,
        Kommando::Migrate => migrate(innled()?).await?,
        Kommando::Demo => last_demo(innled()?).await?,
    }
    Ok(0)
}

/// Settings and log, which every command but the smallest needs first.
fn innled() -> Svar<Config> {
    let config = Config::fra_miljo()?;
    let logg = tracing_subscriber::fmt().with_env_filter(config::loggfilter()).with_writer(io::stderr);
    let logg = logg.with_ansi(io::stderr().is_terminal());
    if config.json_logg {
        logg.json().init();
    } else {
        logg.init();
    }
    Ok(config)
}

async fn migrate(config: Config) -> Svar {
    database::med(&config, async |database, stopp| {
        stopp.eller(database.migrer()).await?;
        si("Databasen er oppdatert.");
        Ok(())
    })
    .await
}

async fn last_demo(config: Config) -> Svar {
    database::med(&config, async |database, stopp| {
        stopp.eller(database.migrer()).await?;
        stopp.eller(database.demo()).await?;
        si("Demodata er på plass.");
        Ok(())
    })
    .await
}

async fn ny_bruker(config: Config, ny: &NyBruker) -> Svar {
    database::med(&config, async |database, stopp| {
        stopp.eller(database.migrer()).await?;
        stopp.eller(bruker::opprett(database.eier()?, ny, samhandling::na())).await
    })
    .await
}

/// Tells the person at the terminal one thing. That nobody reads it is no reason to stop.
fn si(linje: impl Display) {
    let _ = writeln!(io::stdout(), "{linje}");
}

/// The embedded cluster's usual folder.
fn vanlig_mappe() -> &'static Path {
    Path::new(config::DATAMAPPE)
}
