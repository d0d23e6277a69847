//! `serve`: the web, from the first word on the terminal to the last.
use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use axum::extract::ConnectInfo;
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use samhandling::{
    App,
    auth::{DEMOBRUKERE, DEMOREGIONER, Nokkel},
    config::{Config, Database, NOKKELFIL},
    demo,
};
use tokio::{net::TcpListener, time::sleep};

use super::{Svar, database, logg, si, signal::Stopp};

/// How long a request may take to send its head, and a kept connection to send the next one.
const HODE: Duration = Duration::from_secs(30);
/// How long we still answer after `/klar` has begun to say no, so that whoever leads people here has seen it.
const AV: Duration = Duration::from_secs(1);
/// How long requests under way may take to finish when we stop.
const FRIST: Duration = Duration::from_secs(10);

pub(super) async fn kjor(mut config: Config) -> Svar {
    config.nokkel = Some(nokkel(&mut config)?);
    let config = Arc::new(config);
    // First of all, so that a taken port is told before anything is started.
    let lytter = lytt(&config).await?;
    let nokkel = logg::nokkel(&config, true)?;
    if nokkel.is_none() {
        tracing::warn!("LOGG_NOKKEL is not set: the log is not sealed");
    }
    database::med(&config, async |database, stopp| {
        let start = async {
            if database.kan_migrere() {
                si("Oppdaterer databasen …");
                database.migrer().await?;
                if config.demo {
                    database.demo().await?;
                }
            }
            database.app(config.clone()).await
        };
        let app = stopp.eller(start).await?;
        let adresse = lytter.local_addr()?;
        si(format!("Klar: http://{adresse}"));
        if config.demo {
            demo_innlogginger();
        }
        let forsegler = nokkel.clone().map(|nokkel| tokio::spawn(logg::forsegl_hver_time(app.clone(), nokkel)));
        tjen(lytter, app.clone(), stopp).await;
        if let (Some(oppgave), Some(nokkel)) = (forsegler, nokkel) {
            oppgave.abort();
            logg::forsegl(&app, &nokkel).await;
        }
        Ok(())
    })
    .await
}

/// The key of the settings; on our own database, and in the demo, one that we keep in a file.
fn nokkel(config: &mut Config) -> Svar<Nokkel> {
    match config.nokkel.take() {
        Some(nokkel) => Ok(nokkel),
        None if config.demo || matches!(config.database, Database::Innebygd(_)) => {
            Nokkel::i_fil(NOKKELFIL.as_ref()).map_err(|feil| format!("{NOKKELFIL} kan ikke brukes: {feil}").into())
        }
        None => Err("Sett SAMHANDLING_NOKKEL (64 heksadesimale siffer, for eksempel fra openssl rand -hex 32), \
                     eller SAMHANDLING_NOKKEL_FILE"
            .into()),
    }
}

/// Who can log in to the demo, and how.
fn demo_innlogginger() {
    let konti: Vec<_> = DEMOBRUKERE.iter().map(|(konto, _)| format!("{konto}@")).collect();
    si("Demo-innlogginger:");
    si(format!("  E-post:  {}", konti.join(" ")));
    si(format!("  med      {}", DEMOREGIONER.join(" · ")));
    si(format!("  Passord: {}", demo::PASSORD));
}

async fn lytt(config: &Config) -> Svar<TcpListener> {
    let adresse = SocketAddr::new(config.adresse, config.port);
    let mut forsok = 0;
    loop {
        match TcpListener::bind(adresse).await {
            Ok(lytter) => return Ok(lytter),
            // One that was just killed may still be on its way out.
            Err(feil) if feil.kind() == io::ErrorKind::AddrInUse && forsok < 10 => {
                forsok += 1;
                sleep(Duration::from_millis(100)).await;
            }
            Err(feil) if feil.kind() == io::ErrorKind::AddrInUse => {
                let (port, neste) = (config.port, config.port.saturating_add(1));
                return Err(format!("Porten {port} er opptatt. Velg en annen, for eksempel PORT={neste}").into());
            }
            Err(feil) => return Err(format!("Kan ikke lytte på {adresse}: {feil}").into()),
        }
    }
}

/// Answers until asked to stop, then lets requests under way finish. axum's own loop sets no limit on slow heads.
async fn tjen(lytter: TcpListener, app: App, stopp: &mut Stopp) {
    let router = samhandling::router(app.clone());
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HODE);
    let apne = GracefulShutdown::new();
    {
        let mut slutt = pin!(async {
            stopp.vent().await;
            app.steng();
            si("Stopper. Venter på sider som er underveis …");
            sleep(AV).await;
        });
        loop {
            let (strom, fra) = tokio::select! {
                () = &mut slutt => break,
                ny = lytter.accept() => match ny {
                    Ok(ny) => ny,
                    Err(feil) => {
                        // Most likely out of file handles: some are freed soon.
                        tracing::warn!(%feil, "a connection was not taken");
                        sleep(Duration::from_millis(100)).await;
                        continue;
                    }
                },
            };
            // A page is written in one go; waiting for more only makes it late.
            let _ = strom.set_nodelay(true);
            let svarer = TowerToHyperService::new(router.clone());
            let svar = service_fn(move |mut foresporsel: Request<Incoming>| {
                foresporsel.extensions_mut().insert(ConnectInfo(fra));
                svarer.call(foresporsel)
            });
            let forbindelse = apne.watch(http.serve_connection(TokioIo::new(strom), svar));
            tokio::spawn(async move {
                if let Err(feil) = forbindelse.await {
                    tracing::debug!(%feil, "a connection ended early");
                }
            });
        }
    }
    drop(lytter);
    tokio::select! {
        () = apne.shutdown() => {}
        () = sleep(FRIST) => {}
        () = stopp.vent() => {}
    }
}

/// Asks the running server whether it is alive: the health check of the container, which has no curl.
pub(super) fn helse(config: &Config) -> Svar {
    let vert = if config.adresse.is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { config.adresse };
    let mut svar = [0; 12];
    let adresse = SocketAddr::new(vert, config.port);
    let mut strom =
        TcpStream::connect_timeout(&adresse, FRIST).map_err(|e| format!("Ingen svarer på {adresse}: {e}"))?;
    strom.set_read_timeout(Some(FRIST))?;
    strom.write_all(b"GET /helse HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    strom.read_exact(&mut svar)?;
    if svar.ends_with(b" 200") { Ok(()) } else { Err("Tjenesten svarer, men er ikke frisk".into()) }
}
