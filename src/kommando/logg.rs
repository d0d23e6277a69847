//! `logg verifiser`: walks the hendelseslogg, and the key that seals it.
use std::{fs, io::ErrorKind, os::unix::fs::OpenOptionsExt as _, path::Path};

use samhandling::{
    App,
    config::{Config, Database},
    hendelse::{self, Hode, MINSTE_NOKKEL, Nokkel, Regionsvar},
    tid,
};
use tokio::time::{Duration, MissedTickBehavior, interval};

use super::{Svar, database, si};

/// How often the log is sealed.
const MELLOM: Duration = Duration::from_hours(1);
/// Where our own Postgres' key lies, beside its data.
const NOKKELFIL: &str = "logg.nokkel";

/// Tells how every region's log stands; an error when anything is wrong.
pub(super) async fn verifiser(config: Config, hoder: &[Hode]) -> Svar {
    let nokkel = nokkel(&config, false)?;
    database::med(&config, async |database, stopp| {
        let eier = database.eierpool().await?;
        let svar =
            stopp.eller(async { Ok(hendelse::verifiser(eier, nokkel.as_ref(), hoder, samhandling::na()).await?) });
        let (regioner, felles) = svar.await?;
        for region in &regioner {
            vis(region, nokkel.is_some());
        }
        felles.iter().for_each(si);
        match regioner.iter().map(|r| r.avvik.len()).sum::<usize>() + felles.len() {
            0 => Ok(()),
            1 => Err("Loggen har 1 avvik.".into()),
            antall => Err(format!("Loggen har {antall} avvik.").into()),
        }
    })
    .await
}

fn vis(region: &Regionsvar, har_nokkel: bool) {
    let antall = tid::tall(i64::try_from(region.antall).unwrap_or(i64::MAX));
    let dom = if region.avvik.is_empty() { "ingen avvik".to_owned() } else { format!("{} avvik", region.avvik.len()) };
    si(format!("{}: {antall} hendelser, {dom}.", region.navn));
    for avvik in &region.avvik {
        si(format!("  {avvik}."));
    }
    match region.forseglet {
        Some((nr, nar)) => {
            let lokal = tid::lokal(nar);
            let nar = format!("{} kl. {}", tid::dato(lokal.date()), tid::kl(lokal.time()));
            let ukjent = if har_nokkel { "" } else { " Uten LOGG_NOKKEL vet vi ikke om seglene er våre." };
            si(format!("  Forseglet til og med hendelse {nr}, {nar}.{ukjent}"));
        }
        None => si("  Ikke forseglet."),
    }
    if let Some(hode) = &region.hode {
        si(format!("  Hode: {hode}"));
    }
}

/// The key that seals the log: from the settings, or our own beside our own Postgres, made when it is asked for and not there.
pub(super) fn nokkel(config: &Config, lag: bool) -> Svar<Option<Nokkel>> {
    let ord = match (&config.logg_nokkel, &config.database) {
        (Some(nokkel), _) => Some(nokkel.clone()),
        (None, Database::Innebygd(mappe)) => egen(&mappe.with_file_name(NOKKELFIL), lag)?,
        (None, Database::Ekstern { .. }) => None,
    };
    let kort = format!(
        "LOGG_NOKKEL er for kort. Bruk minst {MINSTE_NOKKEL} tilfeldige tegn, for eksempel fra openssl rand -hex 32"
    );
    ord.map(|ord| Nokkel::ny(ord.as_bytes()).ok_or_else(|| kort.into())).transpose()
}

fn egen(fil: &Path, lag: bool) -> Svar<Option<String>> {
    match fs::read_to_string(fil) {
        Ok(nokkel) => return Ok(Some(nokkel.trim().to_owned())),
        Err(e) if e.kind() == ErrorKind::NotFound && lag => {}
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(format!("Kan ikke lese {}: {e}", fil.display()).into()),
    }
    let nokkel = samhandling::auth::lag_passord() + &samhandling::auth::lag_passord();
    if let Some(mappe) = fil.parent() {
        fs::create_dir_all(mappe)?;
    }
    let mut ny = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(fil)?;
    std::io::Write::write_all(&mut ny, nokkel.as_bytes())?;
    Ok(Some(nokkel))
}

/// Seals the log every hour, as long as the server lives.
pub(super) async fn forsegl_hver_time(app: App, nokkel: Nokkel) {
    let mut takt = interval(MELLOM);
    takt.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        takt.tick().await;
        forsegl(&app, &nokkel).await;
    }
}

/// Seals what has happened since the last time. That it fails is told, and tried again.
pub(super) async fn forsegl(app: &App, nokkel: &Nokkel) {
    match hendelse::forsegl(app, nokkel).await {
        Ok(0) => {}
        Ok(regioner) => tracing::info!(regioner, "the log is sealed"),
        Err(error) => tracing::error!(?error, "the log was not sealed"),
    }
}
