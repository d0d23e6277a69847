//! Our own Postgres: the machine's server programs, run on a data folder of ours.
//!
//! Every process that uses a cluster holds a shared lock on `<folder>.lock`; the last one out turns off the light. A
//! second lock, `<folder>.dor`, is the door: it is held while somebody starts or stops the server, so that nobody
//! enters a house that is being closed. Both locks are let go by the system however a process ends.
mod plass;
mod programmer;
mod tjener;

use std::{
    fmt::Write,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use sqlx::postgres::PgConnectOptions;

use self::{plass::Plass, tjener::Tjener};
use super::roller;

/// The superuser of an embedded cluster.
pub const SJEF: &str = "postgres";

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
    tjener: Tjener,
    i_bruk: File,
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
        let mut plass = Plass::finn(mappe)?;
        let dor = las(&plass, "dor")?;
        dor.lock().map_err(fil(&plass.navn))?;
        let i_bruk = las(&plass, "lock")?;
        i_bruk.lock_shared().map_err(fil(&plass.navn))?;
        if plass.forlatt() {
            kast(plass)?;
            plass = Plass::finn(mappe)?;
        }
        let tjener = Tjener::i(plass, midlertidig)?;
        if tjener.svarer().await? {
            si("Databasen går allerede.");
        } else {
            if !tjener.har_data() {
                si(&format!("Lager en ny database i {} …", tjener.plass.navn.display()));
                tjener.lag()?;
            }
            si(&format!("Starter databasen (Postgres {}) …", tjener.programmer.versjon));
            tjener.start().await?;
        }
        roller::opprett(&tjener.forbindelse(SJEF, SJEF)).await?;
        Ok(Self { tjener, i_bruk })
    }

    /// How to connect as `rolle`.
    pub fn forbindelse(&self, rolle: &str, database: &str) -> PgConnectOptions {
        self.tjener.forbindelse(rolle, database)
    }

    /// The same as an address that both this program and psql understand.
    pub fn adresse(&self, rolle: &str, database: &str) -> String {
        let mut vert = String::new();
        for byte in self.tjener.plass.sokkel.as_os_str().as_encoded_bytes() {
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
        let plass = &self.tjener.plass;
        let dor = las(plass, "dor")?;
        dor.lock().map_err(fil(&plass.navn))?;
        self.i_bruk.unlock().map_err(fil(&plass.navn))?;
        if self.i_bruk.try_lock().is_err() {
            return Ok(false);
        }
        self.tjener.stopp()?;
        if self.tjener.midlertidig {
            plass.fjern_data()?;
            plass.fjern_laser()?;
        }
        Ok(true)
    }
}

const MIDLERTIDIG: &str = "midlertidig-";

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
    if las(&plass, "lock")?.try_lock().is_err() {
        return Ok(());
    }
    kast(plass)?;
    Plass::finn(mappe)?.fjern_laser()
}

/// Removes data that nobody wants any more, and first the server that may still run on it.
fn kast(plass: Plass) -> Result<(), Feil> {
    let tjener = Tjener::i(plass, true)?;
    tjener.fjern_spor_etter_drept()?;
    tjener.plass.fjern_data()
}

fn las(plass: &Plass, ending: &str) -> Result<File, Feil> {
    let sti = plass.ved_siden(ending);
    File::options().create(true).truncate(false).write(true).open(&sti).map_err(fil(&sti))
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
