//! A server that can be killed in the middle of everything, and started again on the same port over the same database.
use std::net::SocketAddr;

use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    sync::oneshot,
};

use crate::TestApp;

pub(super) struct Tjener {
    pub(super) adresse: SocketAddr,
    app: TestApp,
    pool: PgPoolOptions,
    connect: PgConnectOptions,
    gar: Option<Runtime>,
}

impl Tjener {
    pub(super) async fn start(app: TestApp, pool: PgPoolOptions, connect: PgConnectOptions) -> Self {
        let adresse = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut tjener = Self { adresse, app, pool, connect, gar: None };
        tjener.start_igjen().await;
        tjener
    }

    /// Everything of the server's own is on this runtime: its listener, its connections, its pool.
    pub(super) async fn start_igjen(&mut self) {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (klar, lytter) = oneshot::channel();
        let (app, pool, connect) = (self.app.clone(), self.pool.clone(), self.connect.clone());
        let adresse = self.adresse;
        runtime.spawn(async move {
            let lytter = TcpListener::bind(adresse).await.unwrap();
            let router = app.igjen(pool, connect).await.router();
            let tjeneste: IntoMakeServiceWithConnectInfo<_, SocketAddr> = router.into_make_service_with_connect_info();
            klar.send(lytter.local_addr().unwrap()).unwrap();
            axum::serve(lytter, tjeneste).await
        });
        self.adresse = lytter.await.unwrap();
        self.gar = Some(runtime);
    }

    /// Ends the server where it stands: nothing is finished, nobody is told.
    pub(super) fn drep(&mut self) {
        self.gar.take().unwrap().shutdown_background();
    }
}

impl Drop for Tjener {
    fn drop(&mut self) {
        if let Some(runtime) = self.gar.take() {
            runtime.shutdown_background();
        }
    }
}
