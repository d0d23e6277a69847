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
            let _ = writeln!(io::stderr(), "{feil}");
            ExitCode::FAILURE
        }
    }
}
