//! Where a cluster lies on the disk, and as whom its programs run.
use std::{
    fs::{self, DirBuilder, File},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, fchown, lchown, symlink},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{self, Command, Stdio},
};

use sha2::{Digest, Sha256};

use super::{Feil, fil};

/// Longest data folder that still leaves room for the socket's name (104 bytes on macOS, 108 on Linux).
const LENGSTE_SOKKELMAPPE: usize = 88;

#[cfg(target_os = "macos")]
pub(super) const SPRAK: &str = "en_US.UTF-8";
#[cfg(not(target_os = "macos"))]
pub(super) const SPRAK: &str = "C.UTF-8";

/// The user and group that own the data, when that is not the one who runs us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bruker {
    uid: u32,
    gid: u32,
}

/// A cluster's place: what it is called, where it really lies, and who owns it.
pub(super) struct Plass {
    /// What the caller called it; locks lie beside it.
    pub(super) navn: PathBuf,
    /// The data folder itself, links followed.
    pub(super) data: PathBuf,
    pub(super) sokkel: PathBuf,
    bruker: Option<Bruker>,
}

impl Plass {
    pub(super) fn finn(mappe: &Path) -> Result<Self, Feil> {
        let (over, siste) = mappe.parent().zip(mappe.file_name()).ok_or_else(|| Feil::Mappe(mappe.to_owned()))?;
        let over = if over.as_os_str().is_empty() { Path::new(".") } else { over };
        fs::create_dir_all(over).map_err(fil(over))?;
        let over = over.canonicalize().map_err(fil(over))?;
        let navn = over.join(siste);
        let rot = id(&["-u"])? == 0;
        let (data, bruker) = match navn.canonicalize() {
            Ok(data) => {
                let eier = fs::metadata(&data).map_err(fil(&data))?;
                let bruker = Bruker { uid: eier.uid(), gid: eier.gid() };
                (
                    data,
                    if !rot {
                        None
                    } else if bruker.uid == 0 {
                        Some(upriviligert()?)
                    } else {
                        Some(bruker)
                    },
                )
            }
            Err(_) if rot => {
                let bruker = upriviligert()?;
                // A home folder like /root is closed to others, so the data cannot lie below it.
                let data = if bruker.kommer_inn_i(&over) { navn.clone() } else { i_var_lib(&navn) };
                (data, Some(bruker))
            }
            Err(_) => (navn.clone(), None),
        };
        let kort = data.as_os_str().len() <= LENGSTE_SOKKELMAPPE;
        let sokkel = if kort { data.clone() } else { PathBuf::from(format!("/tmp/samhandling-{}", kjennetegn(&data))) };
        Ok(Self { navn, data, sokkel, bruker })
    }

    /// The file or folder `name.<ending>` beside the cluster's name.
    pub(super) fn ved_siden(&self, ending: &str) -> PathBuf {
        med_ending(&self.navn, ending)
    }

    /// An empty folder beside the data that only the data's owner may open.
    pub(super) fn ny_mappe(&self) -> Result<PathBuf, Feil> {
        let over = self.data.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(over).map_err(fil(&self.data))?;
        let begynnelse = med_ending(&self.data, "ny-").into_os_string();
        for gammel in fs::read_dir(over).map_err(fil(over))?.flatten().map(|f| f.path()) {
            if gammel.as_os_str().as_encoded_bytes().starts_with(begynnelse.as_encoded_bytes()) {
                // An initdb that outlived its parent may still write there: it cannot touch ours, which has another name.
                let _ = fs::remove_dir_all(&gammel);
            }
        }
        let ny = med_ending(&self.data, &format!("ny-{}", process::id()));
        self.privat(&ny)?;
        Ok(ny)
    }

    /// Puts a finished data folder where it belongs: from here on the cluster exists, before it did not.
    pub(super) fn ta_i_bruk(&self, ny: &Path) -> Result<(), Feil> {
        if self.data.is_symlink() {
            fjern(&self.data)?;
        }
        fs::rename(ny, &self.data).map_err(fil(&self.data))?;
        if self.data != self.navn {
            fjern(&self.navn)?;
            symlink(&self.data, &self.navn).map_err(fil(&self.navn))?;
        }
        Ok(())
    }

    /// Makes the socket's folder, when it is not the data folder itself, and trusts no other's.
    pub(super) fn klargjor_sokkel(&self) -> Result<(), Feil> {
        if self.sokkel == self.data {
            return Ok(());
        }
        if !self.sokkel.exists() {
            self.privat(&self.sokkel)?;
        }
        let har = fs::symlink_metadata(&self.sokkel).map_err(fil(&self.sokkel))?;
        let eier = fs::metadata(&self.data).map_err(fil(&self.data))?.uid();
        if har.is_dir() && har.uid() == eier && har.mode() & 0o777 == 0o700 {
            return Ok(());
        }
        Err(Feil::UtryggMappe(self.sokkel.clone()))
    }

    /// Writes a file that the data's owner can read. Made anew each time: root never writes through another's link.
    pub(super) fn skriv(&self, sti: &Path, innhold: &str) -> Result<(), Feil> {
        fjern(sti)?;
        let mut ny = File::options().write(true).create_new(true).open(sti).map_err(fil(sti))?;
        ny.write_all(innhold.as_bytes()).map_err(fil(sti))?;
        self.bruker.map_or(Ok(()), |b| fchown(&ny, Some(b.uid), Some(b.gid)).map_err(fil(sti)))
    }

    /// A program run as the data's owner, out of reach of the terminal's Ctrl-C.
    pub(super) fn program(&self, program: &Path) -> Command {
        let mut kommando = Command::new(program);
        kommando.current_dir("/").process_group(0).stdin(Stdio::null()).env("LC_ALL", SPRAK);
        if let Some(bruker) = self.bruker {
            kommando.gid(bruker.gid).uid(bruker.uid);
        }
        kommando
    }

    /// Whether somebody has removed the name, to begin again, while the data lies elsewhere.
    pub(super) fn forlatt(&self) -> bool {
        self.data != self.navn && !self.navn.is_symlink() && self.data.exists()
    }

    pub(super) fn fjern_data(&self) -> Result<(), Feil> {
        fjern(&self.data)?;
        fjern(&self.navn)?;
        if self.sokkel == self.data { Ok(()) } else { fjern(&self.sokkel) }
    }

    pub(super) fn fjern_laser(&self) -> Result<(), Feil> {
        fjern(&self.ved_siden("dor"))?;
        fjern(&self.ved_siden("lock"))
    }

    fn privat(&self, mappe: &Path) -> Result<(), Feil> {
        DirBuilder::new().mode(0o700).create(mappe).map_err(fil(mappe))?;
        self.bruker.map_or(Ok(()), |b| lchown(mappe, Some(b.uid), Some(b.gid)).map_err(fil(mappe)))
    }
}

impl Bruker {
    fn kommer_inn_i(self, mappe: &Path) -> bool {
        let mut sh = Command::new("/bin/sh");
        sh.args(["-c", "cd \"$1\"", "sh"]).arg(mappe).current_dir("/").gid(self.gid).uid(self.uid);
        sh.stderr(Stdio::null()).status().is_ok_and(|s| s.success())
    }
}

/// Postgres refuses to run as root, so root lends it to a user who may do nothing else.
fn upriviligert() -> Result<Bruker, Feil> {
    let bruker = |navn: &str| Ok(Bruker { uid: id(&["-u", navn])?, gid: id(&["-g", navn])? });
    bruker("postgres").or_else(|_: Feil| bruker("nobody"))
}

fn id(valg: &[&str]) -> Result<u32, Feil> {
    let feil = |utskrift: String| Feil::Program { navn: "id", utskrift };
    let svar = Command::new("id").args(valg).output().map_err(|e| feil(e.to_string()))?;
    let tall: Option<i64> = String::from_utf8_lossy(&svar.stdout).trim().parse().ok();
    // macOS calls its nobody -2.
    tall.and_then(|n| u32::try_from(n.rem_euclid(1 << 32)).ok())
        .ok_or_else(|| feil(String::from_utf8_lossy(&svar.stderr).into_owned()))
}

fn i_var_lib(navn: &Path) -> PathBuf {
    PathBuf::from(format!("/var/lib/samhandling-{}", kjennetegn(navn)))
}

/// Twelve hex digits that are always the same for one path.
fn kjennetegn(sti: &Path) -> String {
    let sum = Sha256::digest(sti.as_os_str().as_encoded_bytes());
    let tall = sum.iter().take(6).fold(0_u64, |tall, byte| tall << 8 | u64::from(*byte));
    format!("{tall:012x}")
}

fn med_ending(sti: &Path, ending: &str) -> PathBuf {
    let mut navn = sti.as_os_str().to_owned();
    navn.push(".");
    navn.push(ending);
    PathBuf::from(navn)
}

/// Removes a file, a link or a whole folder; that it was not there is fine.
fn fjern(sti: &Path) -> Result<(), Feil> {
    let svar = match fs::symlink_metadata(sti) {
        Ok(m) if m.is_dir() => fs::remove_dir_all(sti),
        Ok(_) => fs::remove_file(sti),
        Err(e) => Err(e),
    };
    match svar {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(fil(sti)(e)),
        _ => Ok(()),
    }
}
