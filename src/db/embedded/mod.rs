//! Our own Postgres: the machine's server programs, run on a data folder of ours.
//!
//! Every process that uses a cluster holds a shared lock on `<folder>.lock`; the last one out turns off the light. A
//! second lock, `<folder>.dor`, is the door: it is held while somebody starts or stops the server, so that nobody
//! enters a house that is being closed. Both locks are let go by the system however a process ends.
mod plass;
mod programmer;

use std::{
    fmt::Write,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use sqlx::{
    Connection, PgConnection,
    postgres::{PgConnectOptions, PgSslMode},
};

use tokio::time::timeout;

use self::{plass::Plass, programmer::Programmer};
use super::roller;

/// The superuser of an embedded cluster.
pub const SJEF: &str = "postgres";

/// How long a server may take to recover after a crash.
const TALMODIGHET: Duration = Duration::from_mins(2);

#[derive(Debug, thiserror::Error)]
pub enum Feil {
    #[error("Fant ikke Postgres 15 eller nyere på maskinen. Kjør script/setup, eller installer pakken «postgresql»")]
    IngenPostgres,
    #[error(
        "Dataene er laget av Postgres {0}, som ikke lenger finnes på maskinen. Installer den versjonen, \
         eller flytt datamappen for å begynne på nytt"
    )]
    AnnenVersjon(u32),
    #[error("{0} kan ikke brukes som datamappe")]
    Mappe(PathBuf),
    #[error("{0} eies eller kan åpnes av andre. Slett mappen og prøv igjen")]
    UtryggMappe(PathBuf),
    #[error("{}: {feil}{}", sti.display(), rad(feil))]
    Fil { sti: PathBuf, feil: io::Error },
    #[error("Programmet {navn} stoppet med feil:\n{utskrift}")]
    Program { navn: &'static str, utskrift: String },
    #[error("Databasen svarte ikke riktig: {0}")]
    Db(#[from] sqlx::Error),
}

/// A started cluster, held open by this process until [`Klynge::slipp`].
pub struct Klynge {
    plass: Plass,
    programmer: Programmer,
    i_bruk: File,
    midlertidig: bool,
}

impl Klynge {
    /// Starts the cluster in `mappe`, made when it is not there, or joins it when it already runs.
    pub async fn start(mappe: &Path, si: &(dyn Fn(&str) + Sync)) -> Result<Self, Feil> {
        Self::apne(mappe, false, si).await
    }

    /// Starts a throw-away cluster for tests, under `mappe`: quick, unsafe in a power cut, gone afterwards.
    pub async fn midlertidig(mappe: &Path, si: &(dyn Fn(&str) + Sync)) -> Result<Self, Feil> {
        fs::create_dir_all(mappe).map_err(fil(mappe))?;
        rydd(mappe);
        Self::apne(&mappe.join(format!("{MIDLERTIDIG}{}", std::process::id())), true, si).await
    }

    async fn apne(mappe: &Path, midlertidig: bool, si: &(dyn Fn(&str) + Sync)) -> Result<Self, Feil> {
        let plass = Plass::finn(mappe)?;
        let dor = las(&plass, "dor")?;
        dor.lock().map_err(fil(&plass.navn))?;
        let i_bruk = las(&plass, "lock")?;
        i_bruk.lock_shared().map_err(fil(&plass.navn))?;
        let programmer = Programmer::finn(versjon(&plass.data))?;
        let klynge = Self { plass, programmer, i_bruk, midlertidig };
        if klynge.svarer().await? {
            si("Databasen går allerede.");
        } else {
            if versjon(&klynge.plass.data).is_none() {
                si(&format!("Lager en ny database i {} …", klynge.plass.navn.display()));
                klynge.lag()?;
            }
            si(&format!("Starter databasen (Postgres {}) …", klynge.programmer.versjon));
            klynge.start_tjener().await?;
        }
        roller::opprett(&klynge.forbindelse(SJEF, SJEF)).await?;
        Ok(klynge)
    }

    /// How to connect as `rolle`.
    pub fn forbindelse(&self, rolle: &str, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.plass.sokkel)
            .port(5432)
            .username(rolle)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
    }

    /// The same as an address that both this program and psql understand.
    pub fn adresse(&self, rolle: &str, database: &str) -> String {
        let mut vert = String::new();
        for byte in self.plass.sokkel.as_os_str().as_encoded_bytes() {
            // A String takes whatever is written to it.
            let _ = match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => write!(vert, "{}", char::from(*byte)),
                _ => write!(vert, "%{byte:02X}"),
            };
        }
        format!("postgres://{rolle}@{vert}/{database}")
    }

    /// Lets go of the cluster, and stops it when nobody else uses it: true when it was stopped.
    pub fn slipp(self) -> Result<bool, Feil> {
        let dor = las(&self.plass, "dor")?;
        dor.lock().map_err(fil(&self.plass.navn))?;
        self.i_bruk.unlock().map_err(fil(&self.plass.navn))?;
        if self.i_bruk.try_lock().is_err() {
            return Ok(false);
        }
        let mate = if self.midlertidig { "immediate" } else { "fast" };
        self.pg_ctl(&["stop", "-s", "-w", "-t", "60", "-m", mate])?;
        if self.midlertidig {
            self.plass.slett()?;
        }
        Ok(true)
    }

    /// Makes the data under another name, and gives it the right one when it is whole.
    fn lag(&self) -> Result<(), Feil> {
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

    async fn start_tjener(&self) -> Result<(), Feil> {
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
        let rask =
            if self.midlertidig { "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n" } else { "" };
        format!(
            "# Written at every start.\nlisten_addresses = ''\nport = 5432\nunix_socket_directories = '{sokkel}'\n\
             unix_socket_permissions = 0700\nmax_connections = 100\n{rask}"
        )
    }

    /// After a kill -9 the pid file stays. Postgres sees through a pid that is free, but not one that another program
    /// has been given since, and a server that lives without answering has to go first.
    fn fjern_spor_etter_drept(&self) -> Result<(), Feil> {
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
    async fn svarer(&self) -> Result<bool, Feil> {
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
}

const MIDLERTIDIG: &str = "midlertidig-";
const OPPSETT: &str = "samhandling.conf";
const LOGG: &str = "samhandling.log";
const STORSTE_LOGG: u64 = 5 << 20;

/// Removes throw-away clusters that nobody holds any more: their test run was killed.
fn rydd(mappe: &Path) {
    for fil in fs::read_dir(mappe).into_iter().flatten().flatten() {
        let navn = fil.file_name().to_string_lossy().into_owned();
        let Some(kjerne) = navn.strip_suffix(".lock").filter(|n| n.starts_with(MIDLERTIDIG)) else { continue };
        // Best effort: what cannot be removed now is tried again next time.
        let _ = rydd_en(&mappe.join(kjerne));
    }
}

fn rydd_en(mappe: &Path) -> Result<(), Feil> {
    let plass = Plass::finn(mappe)?;
    let i_bruk = las(&plass, "lock")?;
    if i_bruk.try_lock().is_err() {
        return Ok(());
    }
    if let Some(laget_av) = versjon(&plass.data) {
        let klynge = Klynge { programmer: Programmer::finn(Some(laget_av))?, plass, i_bruk, midlertidig: true };
        klynge.fjern_spor_etter_drept()?;
        return klynge.plass.slett();
    }
    plass.slett()
}

/// The major version that made the data; none when there is no data yet.
fn versjon(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("PG_VERSION")).ok()?.trim().parse().ok()
}

fn las(plass: &Plass, ending: &str) -> Result<File, Feil> {
    let sti = plass.ved_siden(ending);
    File::options().create(true).truncate(false).write(true).open(&sti).map_err(fil(&sti))
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

fn fil(sti: &Path) -> impl FnOnce(io::Error) -> Feil + use<> {
    let sti = sti.to_owned();
    move |feil| Feil::Fil { sti, feil }
}

fn rad(feil: &io::Error) -> &'static str {
    match feil.kind() {
        io::ErrorKind::PermissionDenied => ". Ble den laget av en annen bruker? Kjør som den, eller som root",
        io::ErrorKind::DirectoryNotEmpty => ". Mappen er ikke en database. Flytt den, og prøv igjen",
        _ => "",
    }
}
