//! What the environment says: the only place that reads it.
//!
//! Every value has a default that suits a laptop. `DATABASE_URL` turns the embedded Postgres off.
use std::{
    env, fs,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    str::FromStr,
    thread,
};

use sqlx::postgres::PgConnectOptions;
use tracing_subscriber::EnvFilter;

use crate::auth::Nokkel;

/// How this process runs, read once at the start.
#[expect(clippy::struct_excessive_bools, reason = "switches that have nothing to do with one another")]
pub struct Config {
    /// `PORT`, 3000.
    pub port: u16,
    /// `ADRESSE`: the address to listen on, 127.0.0.1.
    pub adresse: IpAddr,
    pub database: Database,
    /// `SAMHANDLING_DEMO`: load invented data and open the demo log-ins. On with the embedded Postgres only.
    pub demo: bool,
    /// `SAMHANDLING_TLS`: people reach us by https, so cookies are `Secure` and named `__Host-`.
    pub tls: bool,
    /// `SAMHANDLING_PROXY`: a proxy of ours stands in front, so `X-Forwarded-For` tells who asks.
    pub stol_pa_proxy: bool,
    /// Whether everybody who needs a second step of the log-in must set it up; in the demo they may.
    pub krev_totrinn: bool,
    /// `SAMHANDLING_NOKKEL`: the key that seals what must not be read in the database. The demo makes its own.
    pub nokkel: Option<Nokkel>,
    /// `LOGG=json`: one JSON object a line instead of text.
    pub json_logg: bool,
    /// `LOGG_NOKKEL`: seals the hendelseslogg.
    pub logg_nokkel: Option<String>,
    /// `SAMHANDLING_POOL`: database connections held by the web, two for each core.
    pub pool: u32,
}

/// Which Postgres to use.
pub enum Database {
    /// Our own, with its data in this folder.
    Innebygd(PathBuf),
    /// One that somebody else operates.
    Ekstern {
        /// `DATABASE_URL`: the web role, which owns nothing.
        web: Option<Box<PgConnectOptions>>,
        /// `MIGRATE_DATABASE_URL`: the owner, used for migrations alone.
        eier: Option<Box<PgConnectOptions>>,
    },
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Feil {
    /// The value itself is left out: it may be a secret.
    #[error("{navn} har en verdi som ikke kan brukes. {hjelp}")]
    Verdi { navn: &'static str, hjelp: &'static str },
    #[error("{navn}_FILE peker på en fil som ikke kan leses: {fil}")]
    Fil { navn: &'static str, fil: String },
    #[error("Både {0} og {0}_FILE er satt. Behold én av dem")]
    Dobbelt(&'static str),
}

impl Config {
    pub fn fra_miljo() -> Result<Self, Feil> {
        Self::les(|navn| env::var(navn).ok())
    }

    /// Reads the settings through `hent`; an empty value counts as unset.
    pub fn les(hent: impl Fn(&str) -> Option<String>) -> Result<Self, Feil> {
        let hent = |navn: &str| hent(navn).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let database = database(&hent)?;
        let egen = matches!(database, Database::Innebygd(_));
        let demo = bryter(&hent, "SAMHANDLING_DEMO", egen)?;
        Ok(Self {
            port: tall(&hent, "PORT", 3000, "Skriv et portnummer, for eksempel 3000.")?,
            adresse: tall(&hent, "ADRESSE", Ipv4Addr::LOCALHOST.into(), "Skriv en IP-adresse, for eksempel 0.0.0.0.")?,
            demo,
            krev_totrinn: !demo,
            nokkel: nokkel(&hent)?,
            tls: bryter(&hent, "SAMHANDLING_TLS", false)?,
            stol_pa_proxy: bryter(&hent, "SAMHANDLING_PROXY", false)?,
            json_logg: valg(&hent, "LOGG", &[("tekst", false), ("json", true)], false, "Skriv tekst eller json.")?,
            pool: match tall(&hent, "SAMHANDLING_POOL", to_per_kjerne(), POOL)? {
                0 => return Err(Feil::Verdi { navn: "SAMHANDLING_POOL", hjelp: POOL }),
                antall => antall,
            },
            logg_nokkel: hemmelig(&hent, "LOGG_NOKKEL", "LOGG_NOKKEL_FILE")?,
            database,
        })
    }
}

/// Where the embedded Postgres keeps its data, under the working folder.
pub const DATAMAPPE: &str = "var/postgres";

/// Where our own key is kept, when we operate the database ourselves.
pub const NOKKELFIL: &str = "var/nokkel";

const POOL: &str = "Skriv et antall forbindelser, for eksempel 8.";

/// What is logged: `RUST_LOG`, or our own lines from info and the libraries' warnings.
pub fn loggfilter() -> EnvFilter {
    uten_adresser(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,samhandling=info")))
}

/// However low it is set: `tower_http` tells whole addresses, with the ids and the words in them.
pub fn uten_adresser(filter: EnvFilter) -> EnvFilter {
    let taus = "tower_http=warn".parse().into_iter();
    taus.fold(filter, EnvFilter::add_directive)
}

/// The folders where the shell finds programs.
pub fn programmapper() -> Vec<PathBuf> {
    env::var_os("PATH").map(|sti| env::split_paths(&sti).collect()).unwrap_or_default()
}

/// More connections than this only wait for each other's cores (docs/speed.md), and the slowest page waits longest.
fn to_per_kjerne() -> u32 {
    thread::available_parallelism().map_or(4, |n| u32::try_from(n.get() * 2).unwrap_or(32)).clamp(4, 32)
}

fn database(hent: &impl Fn(&str) -> Option<String>) -> Result<Database, Feil> {
    let web = forbindelse(hent, "DATABASE_URL", "DATABASE_URL_FILE")?;
    let eier = forbindelse(hent, "MIGRATE_DATABASE_URL", "MIGRATE_DATABASE_URL_FILE")?;
    if web.is_none() && eier.is_none() {
        return Ok(Database::Innebygd(DATAMAPPE.into()));
    }
    Ok(Database::Ekstern { web, eier })
}

fn forbindelse(
    hent: &impl Fn(&str) -> Option<String>,
    navn: &'static str,
    fil: &str,
) -> Result<Option<Box<PgConnectOptions>>, Feil> {
    let hjelp = "Skriv postgres://bruker:passord@vert:5432/database.";
    let les = |v: String| match v.trim() {
        v if v.starts_with("postgres://") || v.starts_with("postgresql://") => v.parse().ok().map(Box::new),
        _ => None,
    };
    hemmelig(hent, navn, fil)?.map(|v| les(v).ok_or(Feil::Verdi { navn, hjelp })).transpose()
}

fn nokkel(hent: &impl Fn(&str) -> Option<String>) -> Result<Option<Nokkel>, Feil> {
    let navn = "SAMHANDLING_NOKKEL";
    let hjelp = "Skriv 64 heksadesimale siffer, for eksempel fra openssl rand -hex 32.";
    let verdi = hemmelig(hent, navn, "SAMHANDLING_NOKKEL_FILE")?;
    verdi.map(|v| Nokkel::les(&v).ok_or(Feil::Verdi { navn, hjelp })).transpose()
}

/// A secret as it stands in the environment, or in the file that the environment names.
fn hemmelig(hent: &impl Fn(&str) -> Option<String>, navn: &'static str, fil: &str) -> Result<Option<String>, Feil> {
    match (hent(navn), hent(fil)) {
        (Some(_), Some(_)) => Err(Feil::Dobbelt(navn)),
        (None, Some(fil)) => fs::read_to_string(&fil).map(Some).map_err(|_| Feil::Fil { navn, fil }),
        (verdi, None) => Ok(verdi),
    }
}

fn tall<T: FromStr>(
    hent: &impl Fn(&str) -> Option<String>,
    navn: &'static str,
    ellers: T,
    hjelp: &'static str,
) -> Result<T, Feil> {
    hent(navn).map_or(Ok(ellers), |v| v.parse().map_err(|_| Feil::Verdi { navn, hjelp }))
}

fn bryter(hent: &impl Fn(&str) -> Option<String>, navn: &'static str, ellers: bool) -> Result<bool, Feil> {
    let ord = [("1", true), ("ja", true), ("true", true), ("0", false), ("nei", false), ("false", false)];
    valg(hent, navn, &ord, ellers, "Skriv ja eller nei.")
}

fn valg<T: Copy>(
    hent: &impl Fn(&str) -> Option<String>,
    navn: &'static str,
    ord: &[(&str, T)],
    ellers: T,
    hjelp: &'static str,
) -> Result<T, Feil> {
    let Some(verdi) = hent(navn) else { return Ok(ellers) };
    let treff = ord.iter().find(|(o, _)| verdi.eq_ignore_ascii_case(o));
    treff.map(|(_, svar)| *svar).ok_or(Feil::Verdi { navn, hjelp })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn les(miljo: &[(&str, &str)]) -> Result<Config, Feil> {
        Config::les(|navn| miljo.iter().find(|(n, _)| *n == navn).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn an_empty_environment_is_a_demo_on_this_machine_alone() {
        let config = les(&[("PORT", " ")]).unwrap();
        assert!(matches!(config.database, Database::Innebygd(_)));
        assert!(config.demo && !config.krev_totrinn && config.nokkel.is_none());
        assert!(!config.tls && !config.stol_pa_proxy && !config.json_logg);
        assert_eq!((config.port, config.adresse), (3000, Ipv4Addr::LOCALHOST.into()));
    }

    #[test]
    fn somebody_elses_database_gets_no_demo_unless_asked() {
        let url = ("DATABASE_URL", "postgres://web:hemmelig@db/samhandling");
        let config = les(&[url]).unwrap();
        assert!(!config.demo && config.krev_totrinn);
        let Database::Ekstern { web: Some(web), eier: None } = config.database else { panic!("not external") };
        assert_eq!((web.get_username(), web.get_host()), ("web", "db"));
        assert!(les(&[url, ("SAMHANDLING_DEMO", "Ja")]).unwrap().demo);
    }

    #[test]
    fn a_bad_value_is_named_and_never_repeated() {
        for (navn, verdi) in [
            ("PORT", "hemmelig"),
            ("PORT", "70000"),
            ("ADRESSE", "hemmelig"),
            ("SAMHANDLING_TLS", "hemmelig"),
            ("LOGG", "hemmelig"),
            ("SAMHANDLING_POOL", "0"),
            ("DATABASE_URL", "mysql://web:hemmelig@db/x"),
            ("MIGRATE_DATABASE_URL", "hemmelig"),
            ("SAMHANDLING_NOKKEL", "hemmelig"),
        ] {
            let feil = les(&[(navn, verdi)]).err().unwrap().to_string();
            assert!(feil.contains(navn) && !feil.contains("hemmelig"), "{feil}");
        }
    }

    #[test]
    fn a_secret_may_lie_in_a_file_but_not_in_two_places() {
        let fil = env::temp_dir().join(format!("samhandling-config-{}", std::process::id()));
        fs::write(&fil, "postgres://web:hemmelig@db/samhandling\n").unwrap();
        let sti = fil.to_str().unwrap();
        let config = les(&[("DATABASE_URL_FILE", sti)]).unwrap();
        assert!(matches!(config.database, Database::Ekstern { web: Some(_), .. }));
        let begge = les(&[("DATABASE_URL_FILE", sti), ("DATABASE_URL", "postgres://a@b/c")]);
        assert_eq!(begge.err(), Some(Feil::Dobbelt("DATABASE_URL")));
        fs::remove_file(&fil).unwrap();
        assert!(matches!(les(&[("DATABASE_URL_FILE", sti)]).err(), Some(Feil::Fil { .. })));
    }
}
