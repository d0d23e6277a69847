//! The doors of a forum.
use axum::Router;
use axum_extra::{
    extract::Query,
    routing::{RouterExt, TypedPath},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Forumtype, Maling, db, views};
use crate::{
    App, Error, Result,
    auth::{Adgang, Handling, Medlem},
    regelsett,
    web::Page,
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/team")]
pub struct ListTeam;

#[derive(TypedPath, Deserialize)]
#[typed_path("/team/{id}")]
pub struct VisTeam {
    pub id: Uuid,
}

/// What the list is narrowed to; anything that cannot be read narrows nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    pub(super) sok: String,
    pub(super) kommune: String,
    #[serde(rename = "type")]
    pub(super) type_: String,
    pub(super) side: String,
}

impl Filter {
    pub(super) const PER_SIDE: i64 = 50;

    pub(super) fn kommune(&self) -> Option<Uuid> {
        self.kommune.parse().ok()
    }

    pub(super) fn type_(&self) -> Option<Forumtype> {
        self.type_.parse().ok()
    }

    /// Counted from 1.
    pub(super) fn side(&self) -> i64 {
        self.side.parse().unwrap_or(1).clamp(1, 10_000)
    }
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(liste)
        .typed_get(vis)
        .merge(super::forvalt::routes())
        .merge(super::manglende::routes())
        .merge(super::medlem::routes())
}

async fn liste(_: ListTeam, medlem: Medlem, Query(filter): Query<Filter>) -> Result<Page<views::Liste>> {
    let sa_langt = views::Rekkevidde::av(&medlem.rolle, Handling::SeTeam).ok_or(Error::IkkeTilgang)?;
    let mut tx = medlem.read().await?;
    let regler = regelsett::hent(&mut tx).await?;
    let (fora, treff) = db::liste(&mut tx, sa_langt, &filter).await?;
    let kommuner = db::kommuner(&mut tx, sa_langt).await?;
    let mal: Vec<_> = fora.iter().map(|(f, _)| Maling::ny(&regler, f.sted, medlem.i_dag())).collect();
    let spenn: Vec<_> = fora.iter().zip(&mal).map(|((f, _), m)| m.spenn(f.id)).collect();
    let tall = db::semestertall(&mut tx, &spenn).await?;
    let rader = fora.into_iter().zip(mal).map(|((forum, ledere), mal)| views::Rad::ny(forum, ledere, &mal, &tall));
    Ok(Page(views::Liste {
        rader: rader.collect(),
        treff,
        filter,
        kommuner,
        kan_opprette: medlem.kan(Handling::OpprettTeam),
        kan_booke_serie: medlem.kan(Handling::BookSerie),
        rolle: medlem.rolle.type_,
    }))
}

async fn vis(VisTeam { id }: VisTeam, medlem: Medlem) -> Result<Page<views::Vis>> {
    let mut tx = medlem.read().await?;
    let adgang = Adgang::til_forum(&mut tx, &medlem.rolle, id).await?;
    let regler = regelsett::hent(&mut tx).await?;
    let (forum, plasser) = db::med_plasser(&mut tx, id).await?;
    let mal = Maling::ny(&regler, forum.sted, medlem.i_dag());
    let (moter, tall, puls) = db::moter(&mut tx, mal.spenn(id), adgang.til(Handling::LedeMote)).await?;
    Ok(Page(views::Vis { adgang, forum, plasser, mal, moter, tall, puls, i_dag: medlem.i_dag() }))
}
