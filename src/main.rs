//! Samhandling: møter, oppmøte and oversikt for kommuner that work together. This is the program; see `kommando`.
mod kommando;

use std::{
    io::{self, Write},
    process::ExitCode,
};

#[tokio::main]
async fn main() -> ExitCode {
    match kommando::kjor().await {
        Ok(kode) => kode.into(),
        Err(feil) => {
            let mut ord = feil.to_string();
            let mut arsak = feil.source();
            while let Some(neste) = arsak {
                // Some say their cause themselves.
                if !ord.contains(&neste.to_string()) {
                    ord = format!("{ord}: {neste}");
                }
                arsak = neste.source();
            }
            let _ = writeln!(io::stderr(), "{ord}");
            ExitCode::FAILURE
        }
    }
}
