//! The front door.
use axum::{Router, extract::State};
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{MittTeam, Tilgang, db, views};
use crate::{
    App, Result,
    auth::{Handling, Medlem, Rolletype},
    db::Tx,
    forum::{self, Maling},
    oversikt::{self, Sum},
    regelsett::{self, Semester},
    tilgang,
    web::Page,
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/")]
pub struct Hjem;

pub fn routes() -> Router<App> {
    Router::new().typed_get(hjem)
}

/// Each part asks only what belongs to the one who asks, or what their role reaches.
async fn hjem(_: Hjem, State(app): State<App>, medlem: Medlem) -> Result<Page<views::Hjem>> {
    let mut tx = medlem.read().await?;
    let ser_mote = medlem.kan(Handling::SeMote);
    let mut mitt = if ser_mote { db::mitt(&mut tx, &medlem.rolle, medlem.i_dag()).await? } else { db::Mitt::default() };
    let leder = medlem.rolle.type_ == Rolletype::Teamleder;
    let team = if leder { team(&mut tx, &medlem, medlem.rolle.enhet).await? } else { Vec::new() };
    let tall = if medlem.kan(Handling::SeOversikt) { Some(tall(&mut tx, &medlem).await?) } else { None };
    let gir_roller = medlem.kan(Handling::EndreRoller);
    let mut tilganger = Tilgang::default();
    if gir_roller {
        (tilganger, mitt.gjennomgang) = db::tilgang(&mut tx, &medlem.rolle, medlem.i_dag()).await?;
    }
    drop(tx);
    // The demo's people are never there to confirm anything.
    if !mitt.gjennomgang.gjort && !app.config.demo {
        tilgang::daglig(&medlem).await?;
    }
    Ok(Page(views::Hjem::ny(&medlem, mitt, team, tall, tilganger)))
}

/// The teams the member leads, each with its semester: three statements, whatever their number.
async fn team(tx: &mut Tx, medlem: &Medlem, enhet: Option<Uuid>) -> Result<Vec<MittTeam>> {
    let regler = regelsett::hent(tx).await?;
    let ledede = db::team(tx, enhet).await?;
    let mal: Vec<_> = ledede.iter().map(|l| Maling::ny(&regler, l.forum.sted, medlem.i_dag())).collect();
    let spenn: Vec<_> = ledede.iter().zip(&mal).map(|(l, m)| m.spenn(l.forum.id)).collect();
    let tall = forum::semestertall(tx, &spenn).await?;
    let team = ledede.into_iter().zip(mal).map(|(ledet, mal)| {
        let stilling = mal.stilling(tall.get(&ledet.forum.id).copied().unwrap_or_default());
        let mangler = mal.regelsett.faste_tjenester.iter().filter(|t| !ledet.faste.contains(t)).copied().collect();
        MittTeam { forum: ledet.forum, mal, stilling, mangler, ledige: ledet.ledige }
    });
    Ok(team.collect())
}

/// The numbers of one's own kommune, or of the region for those who act for no single one.
async fn tall(tx: &mut Tx, medlem: &Medlem) -> Result<(Semester, Sum)> {
    let regler = regelsett::hent(tx).await?;
    oversikt::sum(tx, &regler, medlem.i_dag(), medlem.rolle.kommune).await
}
