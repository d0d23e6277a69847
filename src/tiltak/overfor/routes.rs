//! The door of handing over tiltak.
use axum::{Router, extract::Query};
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{db, views};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    forum::VisTeam,
    tiltak::db::mulige,
    web::{Feil, Page, Skjema, Utfall, Videre, les_nokkel},
};

/// Who answers for the open tiltak of a team, and who takes over.
#[derive(TypedPath, Deserialize, Clone, Copy)]
#[typed_path("/team/{id}/tiltak/overfor")]
pub struct OverforTiltak {
    pub id: Uuid,
}

/// Whose tiltak are handed over; nobody's until one is chosen.
#[derive(Default, Deserialize)]
pub(super) struct Fra {
    fra: Option<Uuid>,
}

/// The form as typed.
#[derive(Default)]
pub(super) struct Felter {
    nokkel: String,
    fra: Uuid,
    pub(super) til: String,
    pub(super) tiltak: Vec<Uuid>,
}

pub(in crate::tiltak) fn routes() -> Router<App> {
    Router::new().typed_get(vis).typed_post(overfor)
}

async fn vis(sti: OverforTiltak, Query(Fra { fra }): Query<Fra>, medlem: Medlem) -> Result<Page<views::Overfor>> {
    Ok(Page(side(sti, fra, &medlem).await?))
}

async fn side(sti: OverforTiltak, fra: Option<Uuid>, medlem: &Medlem) -> Result<views::Overfor> {
    let mut tx = medlem.read_med(Rett::OverforTiltak(sti.id)).await?;
    let (forum, ansvarlige) = db::ansvarlige(&mut tx, sti.id).await?;
    let mulige = mulige(&mut tx, sti.id).await?;
    Ok(views::Overfor::ny(sti, forum, ansvarlige, mulige, fra))
}

async fn overfor(
    sti: OverforTiltak,
    medlem: Medlem,
    Skjema(felter): Skjema<Vec<(String, String)>>,
) -> Utfall<views::Overfor> {
    let felter = Felter::fra(felter);
    let nokkel = les_nokkel(&felter.nokkel)?;
    let mut antall = 0;
    let gjor = async |tx: &mut Tx| {
        let mulige = mulige(tx, sti.id).await?;
        let til = mulige.iter().find(|m| m.id.to_string() == felter.til && m.id != felter.fra);
        let til = til.ok_or_else(|| Error::Ugyldig("Velg hvem som tar over".into()))?;
        antall = db::overfor(tx, sti.id, felter.fra, til, &felter.tiltak).await?;
        if antall == 0 {
            return Err(Error::Regelbrudd(
                "Ingen av tiltakene kunne overføres. De er overført eller avsluttet.".into(),
            ));
        }
        Ok(VisTeam { id: sti.id }.to_string())
    };
    let feil = if felter.tiltak.is_empty() {
        Feil::en("tiltak", "Velg minst ett tiltak")
    } else {
        match medlem.write_once(nokkel, Rett::OverforTiltak(sti.id), gjor).await {
            Err(Error::Ugyldig(ord)) => Feil::en("til", &ord),
            annet => return Ok(Ok(Videre::til(&annet?).med(ord(antall, felter.tiltak.len())))),
        }
    };
    Ok(Err(Page::med_feil(side(sti, Some(felter.fra), &medlem).await?.med(felter, feil))))
}

/// How many were handed over; some may have been changed by others meanwhile.
fn ord(antall: u64, valgt: usize) -> String {
    match antall {
        0 => "Tiltakene er overført".to_owned(),
        1 if valgt == 1 => "Tiltaket er overført".to_owned(),
        n if n == valgt as u64 => format!("{n} tiltak er overført"),
        n => format!("{n} av {valgt} tiltak er overført. Resten var overført eller avsluttet av noen andre"),
    }
}

impl Felter {
    fn fra(par: Vec<(String, String)>) -> Self {
        let mut felter = Self::default();
        for (navn, verdi) in par {
            match navn.as_str() {
                "nokkel" => felter.nokkel = verdi,
                "fra" => felter.fra = verdi.parse().unwrap_or_default(),
                "til" => felter.til = verdi,
                "tiltak" => felter.tiltak.extend(verdi.parse::<Uuid>()),
                _ => {}
            }
        }
        felter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_how_many_were_handed_over() {
        assert_eq!(ord(1, 1), "Tiltaket er overført");
        assert_eq!(ord(3, 3), "3 tiltak er overført");
        assert!(ord(1, 3).starts_with("1 av 3 tiltak er overført"));
    }
}
