//! `db-url`: the embedded database for other programs.
use std::{os::unix::process::ExitStatusExt, path::Path, process::ExitStatus};

use samhandling::db::{
    embedded::{Klynge, SJEF},
    roller::{DATABASE, EIER},
};
use tokio::process::{Child, Command};

use super::{Svar, argumenter::DbUrl, si, signal::Stopp, vanlig_mappe};

pub(super) async fn kjor(valg: DbUrl) -> Svar<u8> {
    let mappe = valg.data.as_deref().unwrap_or_else(|| vanlig_mappe());
    if valg.program.is_empty() {
        return adresse(mappe, valg.stopp).await;
    }
    let mut stopp = Stopp::lytt()?;
    let klynge = if valg.midlertidig {
        Klynge::midlertidig(valg.data.as_deref().unwrap_or(Path::new("var")), &|_| ()).await?
    } else {
        Klynge::start(mappe, &|_| ()).await?
    };
    let (program, argumenter) = valg.program.split_first().ok_or("Ingen program å kjøre")?;
    // Tests make databases of their own and look past row security while they do it.
    let barn = Command::new(program).args(argumenter).env("DATABASE_URL", klynge.adresse(SJEF, SJEF)).spawn();
    let svar = match barn {
        Ok(barn) => vent_pa(barn, &mut stopp).await.map_err(Into::into),
        Err(feil) => Err(format!("{} kunne ikke startes: {feil}", program.display()).into()),
    };
    klynge.slipp()?;
    svar.map(utgang)
}

/// Prints the owner's address and leaves the database running for whoever asked.
async fn adresse(mappe: &Path, stopp: bool) -> Svar<u8> {
    let klynge = Klynge::start(mappe, &|_| ()).await?;
    if stopp {
        let stoppet = klynge.slipp()?;
        si(if stoppet { "Databasen er stoppet." } else { "Databasen er i bruk av andre og går videre." });
    } else {
        si(klynge.adresse(EIER, DATABASE));
    }
    Ok(0)
}

/// Waits for the child. It has heard a Ctrl-C itself, so that is not sent again; a SIGTERM reached only us.
async fn vent_pa(mut barn: Child, stopp: &mut Stopp) -> std::io::Result<ExitStatus> {
    loop {
        tokio::select! {
            svar = barn.wait() => return svar,
            () = stopp.vent() => if let Some(pid) = barn.id() {
                Command::new("kill").args(["-TERM", &pid.to_string()]).status().await?;
            }
        }
    }
}

/// The child's own exit code, as a shell would tell it.
fn utgang(svar: ExitStatus) -> u8 {
    let kode = svar.code().or_else(|| svar.signal().map(|s| 128 + s)).unwrap_or(1);
    u8::try_from(kode).unwrap_or(1)
}
