//! Journey 6: the regionkoordinator imports enheter from a file, after a look at what it would do.
use std::{env, fs};

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use super::{Hus, Skjerm};

/// One enhet that grows, one as it is, one that is new, one with an error, and one from outside the region.
const FIL: &str = "kommunenr;type;orgnr;navn;antall;fra;til;eier
3427;skole;974570068;Fjellheim skole;310;1;7;offentlig
3427;barnehage;974570203;Bjørka barnehage;59;1;5;offentlig
3428;skole;123456785;Øvre skole;54;1;7;privat
3427;skole;123456786;Gal skole;54;1;7;privat
5001;skole;987654325;By skole;54;1;7;privat
";

#[sqlx::test]
async fn the_koordinator_imports_after_a_preview_at_a_desk(pool: PgPoolOptions, connect: PgConnectOptions) {
    importer(&Hus::apne(pool, connect).await, Skjerm::Bred).await;
}

#[sqlx::test]
async fn the_koordinator_imports_after_a_preview_on_a_phone(pool: PgPoolOptions, connect: PgConnectOptions) {
    importer(&Hus::apne(pool, connect).await, Skjerm::Telefon).await;
}

async fn importer(hus: &Hus, skjerm: Skjerm) {
    let fil = env::temp_dir().join(format!("enheter-{}.csv", Uuid::new_v4()));
    fs::write(&fil, FIL).unwrap();
    let n = hus.som(9, skjerm).await;
    n.ga("/admin/import").await;
    n.velg_fil(&fil).await;
    n.klikk("Se forhåndsvisning").await;
    n.sier("Se over importen").await;
    n.sier("Gal skole").await;
    n.sier("Øvre skole").await;
    n.skjermbilde("import-forhandsvisning").await;
    n.klikk("Utelat linje 5").await;
    n.klikk("Importer 1 ny og 1 endret").await;
    n.sier("Importen er gjort: 1 ny og 1 endret").await;
    n.skjermbilde("import-ferdig").await;
    fs::remove_file(fil).unwrap();
}
