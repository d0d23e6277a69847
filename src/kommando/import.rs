//! `import`: enheter from a file, shown first and saved when told.
use std::fs;

use samhandling::{
    config::Config,
    import::{Filfeil, Forslag, Hindring, MAKS_BYTES, les, med_kommando},
};

use super::{Svar, argumenter::Import, database, si};

pub(super) async fn kjor(config: Config, valg: &Import) -> Svar {
    let fil = valg.fil.display();
    let storrelse = fs::metadata(&valg.fil).map_err(|e| format!("Kan ikke lese {fil}: {e}"))?.len();
    if usize::try_from(storrelse).map_or(true, |bytes| bytes > MAKS_BYTES) {
        return Err(Filfeil::ForStor.into());
    }
    let bytes = fs::read(&valg.fil).map_err(|e| format!("Kan ikke lese {fil}: {e}"))?;
    // Read before the database is started: most bad files are seen at once.
    les(&bytes)?;
    database::med(&config, async |database, stopp| {
        stopp.eller(database.migrer()).await?;
        let na = samhandling::na();
        let eier = database.eierpool().await?;
        let forslag =
            stopp.eller(async { Ok(med_kommando(eier.clone(), &valg.region, les(&bytes)?, None, na).await?) });
        let forslag = forslag.await?;
        vis(&forslag);
        let svar: Svar<&str> = match forslag.krev_klart(&valg.utelat) {
            Err(Hindring::Ingenting) => Ok("Ingenting å importere: alt er lagret fra før."),
            Err(Hindring::IkkeUtelatt(linjer)) => {
                let linjer: Vec<String> = linjer.iter().map(u64::to_string).collect();
                Err(format!("Rett filen, eller utelat linjene: --utelat {}", linjer.join(",")).into())
            }
            Err(hindring) => Err(hindring.into()),
            Ok(()) if !valg.utfor => Ok("Ingenting er lagret ennå. Kjør én gang til med --utfor for å importere."),
            Ok(()) => {
                med_kommando(eier.clone(), &valg.region, les(&bytes)?, Some(&valg.utelat), na).await?;
                Ok("Importen er gjort.")
            }
        };
        eier.close().await;
        si(svar?);
        Ok(())
    })
    .await
}

fn vis(forslag: &Forslag) {
    for rad in &forslag.nye {
        si(format!("  ny       {} {}", rad.kommunenr, rad.navn));
    }
    for (rad, _, endringer) in &forslag.endrede {
        let ord: Vec<String> = endringer.iter().map(|e| format!("{} {} → {}", e.felt, e.gammel, e.ny)).collect();
        si(format!("  endret   {} {}: {}", rad.kommunenr, rad.navn, ord.join(", ")));
    }
    for linje in &forslag.feil {
        let ord: Vec<String> = linje.feil.iter().map(|(felt, arsak)| format!("{felt}: {arsak}")).collect();
        si(format!("  feil     linje {} {}: {}", linje.linje, linje.navn, ord.join(" · ")));
    }
    let (ord, feil) = (forslag.i_ord(), forslag.feil.len());
    si(format!("{ord}, {} uendret, {feil} med feil, {} utenfor regionen.", forslag.uendret, forslag.utenfor));
}
