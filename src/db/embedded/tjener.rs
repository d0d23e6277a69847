//! One server on one data folder: making, starting, mending and stopping it.
use std::{
    fs, io,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use sqlx::{
    Connection, PgConnection,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::time::timeout;

use super::{
    Feil, SJEF, fil,
    plass::{self, Plass},
    programmer::Programmer,
};

/// How long a server may take to recover after a crash.
const TALMODIGHET: Duration = Duration::from_mins(2);
const OPPSETT: &str = "samhandling.conf";
const LOGG: &str = "samhandling.log";
/// Bytes.
const STORSTE_LOGG: u64 = 5 << 20;

pub(super) struct Tjener {
    pub(super) plass: Plass,
    pub(super) programmer: Programmer,
    /// For tests: quick, but does not survive a power cut.
    pub(super) midlertidig: bool,
}

impl Tjener {
    /// The server of a place, by the version that made its data, or the newest when there is none.
    pub(super) fn i(plass: Plass, midlertidig: bool) -> Result<Self, Feil> {
        let programmer = Programmer::finn(versjon(&plass.data))?;
        Ok(Self { plass, programmer, midlertidig })
    }

    pub(super) fn har_data(&self) -> bool {
        versjon(&self.plass.data).is_some()
    }

    pub(super) fn forbindelse(&self, rolle: &str, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.plass.sokkel)
            .port(5432)
            .username(rolle)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
    }

    /// Makes the data under another name, and gives it the right one when it is whole.
    pub(super) fn lag(&self) -> Result<(), Feil> {
        let ny = self.plass.ny_mappe()?;
        let mut initdb = self.program("initdb");
        // No password: the socket lies in a folder that nobody but the owner (and root) can open, and there is no port.
        initdb.args(["--auth=trust", "--encoding=UTF8", "--username", SJEF, "--lc-messages=C"]);
        initdb.arg(format!("--locale={}", plass::SPRAK)).arg("-D").arg(&ny);
        if self.midlertidig {
            initdb.arg("--no-sync");
        }
        kjor("initdb", initdb)?;
        let oppsett = ny.join("postgresql.conf");
        let standard = fs::read_to_string(&oppsett).map_err(fil(&oppsett))?;
        self.plass.skriv(&oppsett, &format!("{standard}\ninclude_if_exists = '{OPPSETT}'\n"))?;
        self.plass.ta_i_bruk(&ny)
    }

    pub(super) async fn start(&self) -> Result<(), Feil> {
        self.plass.klargjor_sokkel()?;
        self.plass.skriv(&self.plass.data.join(OPPSETT), &self.oppsett())?;
        self.fjern_spor_etter_drept()?;
        let logg = self.plass.data.join(LOGG);
        if fs::metadata(&logg).is_ok_and(|m| m.len() > STORSTE_LOGG) {
            fs::remove_file(&logg).map_err(fil(&logg))?;
        }
        let sekunder = TALMODIGHET.as_secs().to_string();
        let logg = logg.to_string_lossy();
        let mut svar = Ok(());
        // The children of a killed server may need a moment to see it and leave.
        for _ in 0..6 {
            svar = self.pg_ctl(&["start", "-s", "-w", "-t", &sekunder, "-l", &logg]);
            if svar.is_ok() || self.svarer().await? {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(500));
        }
        svar.map_err(|feil| self.med_logg(feil))
    }

    fn oppsett(&self) -> String {
        let sokkel = self.plass.sokkel.to_string_lossy().replace('\'', "''");
        let felles = format!(
            "# Written at every start.\nlisten_addresses = ''\nport = 5432\nunix_socket_directories = '{sokkel}'\n\
             unix_socket_permissions = 0700\n"
        );
        let resten = if self.midlertidig {
            "max_connections = 300\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
        } else {
            "max_connections = 100\n"
        };
        felles + resten
    }

    /// After a kill -9 the pid file stays. Postgres sees through a pid that is free, but not one that another program
    /// has been given since, and a server that lives without answering has to go first.
    pub(super) fn fjern_spor_etter_drept(&self) -> Result<(), Feil> {
        let pidfil = self.plass.data.join("postmaster.pid");
        let Ok(innhold) = fs::read_to_string(&pidfil) else { return Ok(()) };
        let pid = innhold.lines().next().unwrap_or_default();
        if kommandolinje(pid).contains(&*self.plass.data.to_string_lossy()) {
            // Its children leave by themselves when they see that it is gone.
            let stoppet = self.pg_ctl(&["stop", "-s", "-w", "-t", "5", "-m", "immediate"]);
            return stoppet.or_else(|_| kjor("pg_ctl", self.pg_ctl_kill(pid)));
        }
        for spor in [pidfil, self.plass.sokkel.join(".s.PGSQL.5432.lock")] {
            match fs::remove_file(&spor) {
                Err(feil) if feil.kind() != io::ErrorKind::NotFound => return Err(Feil::Fil { sti: spor, feil }),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether the server takes connections; waits while it is on its way up or down.
    pub(super) async fn svarer(&self) -> Result<bool, Feil> {
        let frist = Instant::now() + TALMODIGHET;
        loop {
            let sjef = self.forbindelse(SJEF, SJEF);
            let Ok(svar) = timeout(Duration::from_secs(5), PgConnection::connect_with(&sjef)).await else {
                return Ok(false);
            };
            match svar {
                Ok(forbindelse) => {
                    forbindelse.close().await?;
                    return Ok(true);
                }
                Err(sqlx::Error::Database(feil)) if feil.code().as_deref() == Some("57P03") => {
                    if Instant::now() > frist {
                        return Err(sqlx::Error::Database(feil).into());
                    }
                    thread::sleep(Duration::from_millis(100));
                }
                Err(sqlx::Error::Io(_)) => return Ok(false),
                Err(feil) => return Err(feil.into()),
            }
        }
    }

    fn pg_ctl(&self, valg: &[&str]) -> Result<(), Feil> {
        let mut pg_ctl = self.program("pg_ctl");
        pg_ctl.args(valg).arg("-D").arg(&self.plass.data);
        kjor("pg_ctl", pg_ctl)
    }

    fn pg_ctl_kill(&self, pid: &str) -> Command {
        let mut pg_ctl = self.program("pg_ctl");
        pg_ctl.args(["kill", "KILL", pid]);
        pg_ctl
    }

    fn program(&self, navn: &str) -> Command {
        self.plass.program(&self.programmer.mappe.join(navn))
    }

    /// The end of the server's own log says what `pg_ctl` does not.
    fn med_logg(&self, feil: Feil) -> Feil {
        let Feil::Program { navn, utskrift } = feil else { return feil };
        let logg = fs::read_to_string(self.plass.data.join(LOGG)).unwrap_or_default();
        let linjer: Vec<&str> = logg.lines().collect();
        let siste = linjer[linjer.len().saturating_sub(12)..].join("\n");
        Feil::Program { navn, utskrift: format!("{utskrift}\n{siste}") }
    }

    pub(super) fn stopp(&self) -> Result<(), Feil> {
        let mate = if self.midlertidig { "immediate" } else { "fast" };
        self.pg_ctl(&["stop", "-s", "-w", "-t", "60", "-m", mate])
    }
}

/// The major version that made the data; none when there is no data yet.
fn versjon(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// How the process was started; empty when there is none. A slim container has no ps, macOS no /proc.
fn kommandolinje(pid: &str) -> String {
    if let Ok(linje) = fs::read(format!("/proc/{pid}/cmdline")) {
        return String::from_utf8_lossy(&linje).replace('\0', " ");
    }
    let svar = Command::new("ps").args(["-o", "args=", "-p", pid]).output();
    svar.map(|s| String::from_utf8_lossy(&s.stdout).into_owned()).unwrap_or_default()
}

fn kjor(navn: &'static str, mut kommando: Command) -> Result<(), Feil> {
    let feil = |utskrift| Feil::Program { navn, utskrift };
    let svar = kommando.output().map_err(|e| feil(e.to_string()))?;
    if svar.status.success() {
        return Ok(());
    }
    Err(feil(String::from_utf8_lossy(&[svar.stdout, svar.stderr].concat()).trim().to_owned()))
}
