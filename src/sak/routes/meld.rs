//! «Meld behov» in two steps: what kind of need it is, and the words.
use super::{Meld, MeldBehov, VisSak};
use crate::{
    Error, Result,
    auth::{Adgang, Handling, Medlem, Rett},
    db::Tx,
    sak::{Slag, db, skjema::Melding, views},
    web::{Feil, Page, Skjema, Utfall, Videre, les_nokkel},
};

pub(super) async fn velg(MeldBehov { id }: MeldBehov, medlem: Medlem) -> Result<Page<views::Velg>> {
    let mut tx = medlem.read_med(Rett::MeldeBehov(id)).await?;
    let team = db::team(&mut tx, id).await?;
    Ok(Page(views::Velg { forum: id, team }))
}

pub(super) async fn vis(sti: Meld, medlem: Medlem) -> Result<Page<views::Meld>> {
    Ok(Page(side(sti, &medlem, Melding::tom(), Feil::default()).await?))
}

async fn side(sti: Meld, medlem: &Medlem, felter: Melding, feil: Feil) -> Result<views::Meld> {
    let slag = slag(&sti)?;
    let mut tx = medlem.read_med(Rett::MeldeBehov(sti.id)).await?;
    let team = db::team(&mut tx, sti.id).await?;
    if slag.grunnlag().is_some() && !team.er_tst {
        return Err(Error::IkkeFunnet);
    }
    Ok(views::Meld { forum: sti.id, team, slag, felter, feil, i_dag: medlem.i_dag() })
}

fn slag(sti: &Meld) -> Result<Slag> {
    sti.slag.parse().map_err(|_| Error::IkkeFunnet)
}

pub(super) async fn meld(sti: Meld, medlem: Medlem, Skjema(felter): Skjema<Melding>) -> Utfall<views::Meld> {
    let ny = match felter.les(slag(&sti)?) {
        Ok(ny) => ny,
        Err(feil) => return Ok(Err(Page::med_feil(side(sti, &medlem, felter, feil).await?))),
    };
    let na = medlem.na();
    let lagre = async |tx: &mut Tx| {
        let leder = Adgang::til_forum(tx, &medlem.rolle, sti.id).await?.til(Handling::LedeSak);
        if db::team(tx, sti.id).await?.avsluttet {
            return Err(Error::Regelbrudd("Teamet er avsluttet og tar ikke imot flere saker.".to_owned()));
        }
        let id = db::meld(tx, sti.id, &ny, leder, na).await?;
        Ok(VisSak { id }.to_string())
    };
    let sted = medlem.write_once(les_nokkel(&felter.nokkel)?, Rett::MeldeBehov(sti.id), lagre).await?;
    Ok(Ok(Videre::til(&sted).med("Saken er meldt. Her ser du hva som skjer med den")))
}
