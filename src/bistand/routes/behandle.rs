//! To decide and to answer: the steps of the one that is asked that need words.
use super::{Avgjor, GiSvar, gjor, som_mottaker};
use crate::{
    Error, Result,
    auth::{Medlem, Rett},
    bistand::{Handling, skjema::Steg, views},
    web::{Feil, Page, Skjema, Utfall, Videre},
};

pub(super) async fn avgjor_side(Avgjor { id }: Avgjor, medlem: Medlem) -> Result<Page<views::Avgjor>> {
    let (_, foresporsel) = som_mottaker(&medlem, id).await?;
    foresporsel.status.overgang(Handling::Aksepter)?;
    Ok(Page(views::Avgjor { steg: Steg::ny(foresporsel.versjon), foresporsel, feil: Feil::default() }))
}

pub(super) async fn avgjor(sti: Avgjor, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Utfall<views::Avgjor> {
    let (handling, grunn) = match steg.avgjorelse() {
        Ok(avgjorelse) => avgjorelse,
        Err(feil) => return Ok(Err(Page::med_feil(avgjor_igjen(sti, &medlem, steg, feil).await?))),
    };
    match gjor(&medlem, Rett::BehandleBistand(sti.id), sti.id, &steg, (handling, &grunn)).await {
        Ok(videre) if handling == Handling::Aksepter => Ok(Ok(Videre::til(&videre)
            .med("Dere har tatt saken, og avsenderen ser det")
            .og_sa("Skriv svaret", &GiSvar { id: sti.id }))),
        Ok(videre) => Ok(Ok(Videre::til(&videre).med("Saken er avvist og sendt tilbake, og avsenderen ser grunnen"))),
        // What was written is not lost because somebody else was first.
        Err(Error::Regelbrudd(ord)) => {
            let feil = Feil::en("avgjorelse", &ord);
            Ok(Err(Page::utdatert(avgjor_igjen(sti, &medlem, steg, feil).await?)))
        }
        Err(feil) => Err(feil),
    }
}

async fn avgjor_igjen(Avgjor { id }: Avgjor, medlem: &Medlem, steg: Steg, feil: Feil) -> Result<views::Avgjor> {
    let (_, foresporsel) = som_mottaker(medlem, id).await?;
    Ok(views::Avgjor { foresporsel, steg, feil })
}

pub(super) async fn svar_side(GiSvar { id }: GiSvar, medlem: Medlem) -> Result<Page<views::GiSvar>> {
    let (_, foresporsel) = som_mottaker(&medlem, id).await?;
    foresporsel.status.overgang(Handling::Svar)?;
    let steg = Steg { svar: foresporsel.svar_fra_andre(), ..Steg::ny(foresporsel.versjon) };
    Ok(Page(views::GiSvar { steg, foresporsel, feil: Feil::default() }))
}

pub(super) async fn svar(sti: GiSvar, medlem: Medlem, Skjema(steg): Skjema<Steg>) -> Utfall<views::GiSvar> {
    let svar = match steg.svar() {
        Ok(svar) => svar,
        Err(feil) => return Ok(Err(Page::med_feil(svar_igjen(sti, &medlem, steg, feil).await?))),
    };
    match gjor(&medlem, Rett::BehandleBistand(sti.id), sti.id, &steg, (Handling::Svar, &svar)).await {
        Ok(videre) => {
            let ord = "Svaret er sendt, og avsenderen ser det. Det står også på agendaen til teamet som spurte";
            Ok(Ok(Videre::til(&videre).med(ord)))
        }
        Err(Error::Regelbrudd(ord)) => {
            let feil = Feil::en("svar", &ord);
            Ok(Err(Page::utdatert(svar_igjen(sti, &medlem, steg, feil).await?)))
        }
        Err(feil) => Err(feil),
    }
}

async fn svar_igjen(GiSvar { id }: GiSvar, medlem: &Medlem, steg: Steg, feil: Feil) -> Result<views::GiSvar> {
    let (_, foresporsel) = som_mottaker(medlem, id).await?;
    Ok(views::GiSvar { foresporsel, steg, feil })
}
