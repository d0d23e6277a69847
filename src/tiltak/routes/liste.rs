//! The list: mine, the team's, and those that are overdue.
use axum::extract::RawQuery;

use super::TiltakListe;
use crate::{
    Result,
    auth::{Medlem, Rett},
    tiltak::{utvalg, views},
    web::{Liste, Page},
};

pub(super) async fn liste(
    sti: TiltakListe,
    RawQuery(sporring): RawQuery,
    medlem: Medlem,
) -> Result<Page<views::Tiltaksliste>> {
    let mut tx = medlem.read_med(Rett::SeTiltak(None)).await?;
    // The nearest deadline first, unless the address says otherwise.
    let sporring = sporring.unwrap_or_default();
    let sorter = if sporring.contains("sorter=") { "" } else { "&sorter=frist" };
    let liste = Liste::ny(&sti.to_string(), &format!("{sporring}{sorter}"))?;
    let valgt = utvalg::Valgt::av(&liste);
    let (utdrag, telling) = utvalg::sok(&mut tx, &liste, &valgt).await?;
    Ok(Page(views::Tiltaksliste { liste, valgt, utdrag, telling, i_dag: medlem.i_dag() }))
}
