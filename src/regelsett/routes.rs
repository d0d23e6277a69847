//! The doors of the rules: the region's own on one page, and the exceptions of kommuner and enheter.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    db::{self, Lagret},
    skjema::Raw,
    views,
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett},
    db::Tx,
    web::{Feil, Page, Skjema, Utfall, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/regelsett")]
pub(super) struct VisRegler;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/regelsett/endre")]
pub(super) struct EndreRegler;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/regelsett/unntak/ny")]
pub(super) struct NyttUnntak;

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/regelsett/unntak/{id}")]
pub(super) struct EndreUnntak {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/regelsett/unntak/{id}/fjern")]
pub(super) struct FjernUnntak {
    pub(super) id: Uuid,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Fjerning {
    versjon: i32,
}

pub fn routes() -> Router<App> {
    Router::new()
        .typed_get(vis)
        .typed_get(region_side)
        .typed_post(endre_region)
        .typed_get(nytt)
        .typed_post(legg_til)
        .typed_get(unntak_side)
        .typed_post(endre_unntak)
        .typed_post(fjern)
}

async fn vis(_: VisRegler, medlem: Medlem) -> Result<Page<views::Vis>> {
    let (region, unntak) = regler(&mut medlem.read_med(Rett::EndreGrunndata).await?).await?;
    Ok(Page(views::Vis { region, unntak }))
}

async fn region_side(_: EndreRegler, medlem: Medlem) -> Result<Page<views::Skjema>> {
    let (region, _) = regler(&mut medlem.read_med(Rett::EndreGrunndata).await?).await?;
    Ok(Page(views::Skjema::region(Raw::av(&region.over, region.versjon), region.over, Feil::default())))
}

async fn endre_region(_: EndreRegler, medlem: Medlem, Skjema(raw): Skjema<Raw>) -> Utfall<views::Skjema> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let (region, _) = regler(&mut tx).await?;
    drop(tx);
    let over = match raw.les_region() {
        Ok(over) => over,
        Err(feil) => return Ok(Err(Page::med_feil(views::Skjema::region(raw, region.over, feil)))),
    };
    let lagret = medlem
        .write(Rett::EndreGrunndata, async |tx| {
            let lagret = db::endre(tx, region.id, raw.versjon, &over).await?;
            Ok((lagret, db::har_for_kort_mal(tx, over.min_varighet.unwrap_or_default()).await?))
        })
        .await?;
    match lagret {
        (true, false) => Ok(Ok(Videre::til(&VisRegler).med("Reglene er lagret og gjelder fra nå"))),
        (true, true) => Ok(Ok(Videre::til(&VisRegler)
            .med("Reglene er lagret og gjelder fra nå. En møtemal er nå kortere enn regelen")
            .og_sa("Se møtemalene", "/admin/motemaler"))),
        (false, _) => {
            let ny = Raw::av(&region.over, region.versjon);
            let feil = raw.utdatert(&ny);
            let raw = Raw { versjon: region.versjon, ..raw };
            Ok(Err(Page::utdatert(views::Skjema::region(raw, region.over, feil))))
        }
    }
}

async fn nytt(_: NyttUnntak, medlem: Medlem) -> Result<Page<views::Skjema>> {
    let raw = Raw { nokkel: Uuid::new_v4().to_string(), ..Raw::default() };
    Ok(Page(nytt_skjema(&medlem, raw, Feil::default()).await?))
}

async fn legg_til(_: NyttUnntak, medlem: Medlem, Skjema(raw): Skjema<Raw>) -> Utfall<views::Skjema> {
    let nokkel = raw.nokkel.parse().map_err(|_| Error::Ugyldig("Last siden på nytt og prøv igjen".into()))?;
    let (sted, over) = match (raw.les_sted(), raw.les_unntak()) {
        (Ok(sted), Ok(over)) => (sted, over),
        (Err(feil), _) | (_, Err(feil)) => return Ok(Err(Page::med_feil(nytt_skjema(&medlem, raw, feil).await?))),
    };
    let svar = medlem
        .write_once(nokkel, Rett::EndreGrunndata, async |tx| {
            db::legg_til(tx, sted, &over).await?;
            Ok(VisRegler.to_string())
        })
        .await;
    match svar {
        Ok(sti) => Ok(Ok(Videre::til(&sti).med("Unntaket er lagt til og gjelder fra nå"))),
        Err(error) => Ok(Err(Page::med_feil(nytt_skjema(&medlem, raw, som_feil(error)?).await?))),
    }
}

async fn unntak_side(EndreUnntak { id }: EndreUnntak, medlem: Medlem) -> Result<Page<views::Skjema>> {
    let (region, unntak) = ett(&medlem, id).await?;
    let raw = Raw::av(&unntak.over, unntak.versjon);
    Ok(Page(views::Skjema::unntak(raw, region.over, &unntak, Feil::default())))
}

async fn endre_unntak(
    EndreUnntak { id }: EndreUnntak,
    medlem: Medlem,
    Skjema(raw): Skjema<Raw>,
) -> Utfall<views::Skjema> {
    let (region, unntak) = ett(&medlem, id).await?;
    let over = match raw.les_unntak() {
        Ok(over) => over,
        Err(feil) => return Ok(Err(Page::med_feil(views::Skjema::unntak(raw, region.over, &unntak, feil)))),
    };
    let lagret = medlem.write(Rett::EndreGrunndata, async |tx| db::endre(tx, id, raw.versjon, &over).await).await?;
    if lagret {
        return Ok(Ok(Videre::til(&VisRegler).med("Unntaket er lagret og gjelder fra nå")));
    }
    let feil = raw.utdatert(&Raw::av(&unntak.over, unntak.versjon));
    let raw = Raw { versjon: unntak.versjon, ..raw };
    Ok(Err(Page::utdatert(views::Skjema::unntak(raw, region.over, &unntak, feil))))
}

async fn fjern(
    FjernUnntak { id }: FjernUnntak,
    medlem: Medlem,
    Skjema(raw): Skjema<Fjerning>,
) -> Utfall<views::Skjema> {
    let fjernet = medlem.write(Rett::EndreGrunndata, async |tx| db::fjern(tx, id, raw.versjon).await).await?;
    if fjernet {
        return Ok(Ok(Videre::til(&VisRegler).med("Unntaket er fjernet. Regionens regler gjelder fra nå")));
    }
    let (region, unntak) = ett(&medlem, id).await?;
    let feil = Feil::en("versjon", "Noen andre har endret unntaket. Se over det som står nå, før du fjerner det");
    let raw = Raw::av(&unntak.over, unntak.versjon);
    Ok(Err(Page::utdatert(views::Skjema::unntak(raw, region.over, &unntak, feil))))
}

/// The region's own rules, and the exceptions.
async fn regler(tx: &mut Tx) -> Result<(Lagret, Vec<Lagret>)> {
    let mut alle = db::alle(tx).await?.into_iter();
    let region = alle.next().filter(|l| l.sted.is_none());
    let region = region.ok_or_else(|| Error::Intern("the region has no regelsett of its own".into()))?;
    Ok((region, alle.collect()))
}

/// The region's own rules, and one exception.
async fn ett(medlem: &Medlem, id: Uuid) -> Result<(Lagret, Lagret)> {
    let (region, unntak) = regler(&mut medlem.read_med(Rett::EndreGrunndata).await?).await?;
    let unntak = unntak.into_iter().find(|u| u.id == id).ok_or(Error::IkkeFunnet)?;
    Ok((region, unntak))
}

async fn nytt_skjema(medlem: &Medlem, raw: Raw, feil: Feil) -> Result<views::Skjema> {
    let mut tx = medlem.read_med(Rett::EndreGrunndata).await?;
    let (region, _) = regler(&mut tx).await?;
    Ok(views::Skjema::nytt(raw, region.over, db::steder(&mut tx).await?, feil))
}

/// An error of the database as words at the field it is about; any other error as it is.
fn som_feil(error: Error) -> Result<Feil> {
    let finnes = error.on_constraint("regelsett_sted");
    let ukjent = ["regelsett_region_id_kommune_id_fkey", "regelsett_region_id_enhet_id_fkey"];
    if finnes {
        Ok(Feil::en("sted", "Stedet har allerede et unntak. Endre det i stedet"))
    } else if ukjent.iter().any(|navn| error.on_constraint(navn)) {
        Ok(Feil::en("sted", "Velg et sted fra listen"))
    } else {
        Err(error)
    }
}
