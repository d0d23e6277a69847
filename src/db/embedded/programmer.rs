//! Which Postgres programs this machine has.
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::Feil;
use crate::config;

/// The oldest Postgres the migrations are written for.
const ELDSTE: u32 = 15;

/// The folder of one complete set of server programs, with its major version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Programmer {
    pub(super) versjon: u32,
    pub(super) mappe: PathBuf,
}

impl Programmer {
    /// The newest set, or the very version that made the data: a newer one cannot read it.
    pub(super) fn finn(laget_av: Option<u32>) -> Result<Self, Feil> {
        let alle = mapper().into_iter().filter_map(|m| Self::i(&m));
        match laget_av {
            Some(versjon) => alle.filter(|p| p.versjon == versjon).max().ok_or(Feil::AnnenVersjon(versjon)),
            None => alle.filter(|p| p.versjon >= ELDSTE).max().ok_or(Feil::IngenPostgres),
        }
    }

    fn i(mappe: &Path) -> Option<Self> {
        // Debian and Homebrew link a few programs into PATH; the whole set is where the link points.
        let postgres = mappe.join("postgres").canonicalize().ok()?;
        let mappe = postgres.parent()?.to_owned();
        if !["initdb", "pg_ctl"].iter().all(|p| mappe.join(p).is_file()) {
            return None;
        }
        let svar = Command::new(&postgres).arg("--version").output().ok()?;
        Some(Self { versjon: versjon(&String::from_utf8_lossy(&svar.stdout))?, mappe })
    }
}

/// The major version in «postgres (`PostgreSQL`) 17.2 (Debian 17.2-1)»; also of a beta, «18beta1».
fn versjon(svar: &str) -> Option<u32> {
    let tall = svar.split_once("(PostgreSQL) ")?.1;
    tall.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// PATH, then the places where packages put server programs outside it.
fn mapper() -> Vec<PathBuf> {
    let mut alle = config::programmapper();
    alle.extend(under("/usr/lib/postgresql", "").map(|m| m.join("bin")));
    alle.extend(under("/usr", "pgsql-").map(|m| m.join("bin")));
    for brew in ["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"] {
        alle.extend(under(brew, "postgresql").map(|m| m.join("bin")));
    }
    alle
}

fn under(mappe: &'static str, fornavn: &'static str) -> impl Iterator<Item = PathBuf> {
    let navn = move |m: &PathBuf| m.file_name().is_some_and(|n| n.to_string_lossy().starts_with(fornavn));
    fs::read_dir(mappe).into_iter().flatten().flatten().map(|f| f.path()).filter(navn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_postgres_says() {
        assert_eq!(versjon("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"), Some(15));
        assert_eq!(versjon("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(versjon("mysqld 9.0"), None);
    }

    #[test]
    fn data_of_a_version_that_is_gone_is_not_opened_by_another() {
        assert!(matches!(Programmer::finn(Some(9)), Err(Feil::AnnenVersjon(9))));
    }
}
