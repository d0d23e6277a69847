//! The door of administrasjon.
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use sqlx::Row;
use time::Date;

use super::views::{Forside, Kort};
use crate::{
    App, Result,
    auth::{Handling, Medlem, Rett},
    db::Tx,
    hendelse, tid,
    web::Page,
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin")]
struct Admin;

pub fn routes() -> Router<App> {
    Router::new().typed_get(forside)
}

async fn forside(_: Admin, medlem: Medlem) -> Result<Page<Forside>> {
    let mut tx = medlem.read_med(Rett::SePersoner).await?;
    let antall = tell(&mut tx).await?;
    let logg = if medlem.kan(Handling::SeLogg) { Some(hendelse::i_tall(&mut tx).await?) } else { None };
    let kort = alle_kort(&antall).into_iter().filter(|(handling, _)| medlem.kan(*handling)).map(|(_, kort)| kort);
    Ok(Page(Forside { kort: kort.chain(logg.into_iter().flat_map(loggkort)).collect() }))
}

/// How much there is of everything today.
struct Antall {
    kommuner: i64,
    enheter: i64,
    tjenester: i64,
    unntak: i64,
    motemaler: i64,
    sist_lagt_til: Option<Date>,
    personer: i64,
    roller: i64,
    glass: i64,
}

async fn tell(tx: &mut Tx) -> Result<Antall> {
    let r = sqlx::query(
        "select (select count(*) from kommune where daterange(gyldig_fra, gyldig_til, '[]') @> i_dag()) as kommuner,
                (select count(*) from enhet where daterange(gyldig_fra, gyldig_til, '[]') @> i_dag()) as enheter,
                (select count(*) from tjeneste where daterange(gyldig_fra, gyldig_til, '[]') @> i_dag()) as tjenester,
                (select count(*) from regelsett where coalesce(kommune_id, enhet_id) is not null) as unntak,
                (select count(*) from motemal where gjeldende) as motemaler,
                (select max(gyldig_fra) from enhet) as sist_lagt_til,
                (select count(*) from person where daterange(gyldig_fra, gyldig_til, '[]') @> i_dag()) as personer,
                (select count(*) from rolle where daterange(gyldig_fra, gyldig_til, '[]') @> i_dag()) as roller,
                (select count(*) from brutt_glass where status = 'bedt') as glass",
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Antall {
        kommuner: r.get("kommuner"),
        enheter: r.get("enheter"),
        tjenester: r.get("tjenester"),
        unntak: r.get("unntak"),
        motemaler: r.get("motemaler"),
        sist_lagt_til: r.get("sist_lagt_til"),
        personer: r.get("personer"),
        roller: r.get("roller"),
        glass: r.get("glass"),
    })
}

/// The cards of the log: what should be looked into comes first.
fn loggkort((siste_dogn, apne): (i64, usize)) -> [Kort; 2] {
    let antall = i64::try_from(apne).unwrap_or(i64::MAX);
    [
        Kort {
            ord: "Til oppfølging",
            sti: "/admin/oppfolging",
            ikon: "ExclamationmarkTriangle",
            antall: if apne == 0 { "Ingenting nå".to_owned() } else { format!("{} å se på", tid::tall(antall)) },
            setning: "Bruk som er uvanlig mye eller på uvanlig tid.",
        },
        Kort {
            ord: "Hendelseslogg",
            sti: "/admin/hendelser",
            ikon: "Clipboard",
            antall: format!(
                "{} {} siste døgn",
                tid::tall(siste_dogn),
                if siste_dogn == 1 { "hendelse" } else { "hendelser" }
            ),
            setning: "Se hvem som har gjort hva, når og hvorfra.",
        },
    ]
}

fn alle_kort(antall: &Antall) -> [(Handling, Kort); 9] {
    let kort = |ord, sti, ikon, antall, setning| Kort { ord, sti, ikon, antall, setning };
    let tell = |tall: i64, en: &str, flere: &str| format!("{} {}", tid::tall(tall), if tall == 1 { en } else { flere });
    let sist = antall
        .sist_lagt_til
        .map_or_else(|| "Ingen enheter ennå".to_owned(), |d| format!("Sist lagt til {}", tid::dato(d)));
    [
        (
            Handling::EndreGrunndata,
            kort(
                "Kommuner",
                "/admin/kommuner",
                "Buildings3",
                tell(antall.kommuner, "kommune", "kommuner"),
                "Legg til en kommune i samarbeidet, eller avslutt en som går ut.",
            ),
        ),
        (
            Handling::EndreGrunndata,
            kort(
                "Skoler og barnehager",
                "/admin/enheter",
                "House",
                tell(antall.enheter, "enhet", "enheter"),
                "Hold orden på enhetene som skal ha et tverrfaglig samhandlingsteam.",
            ),
        ),
        (
            Handling::EndreGrunndata,
            kort(
                "Tjenester",
                "/admin/tjenester",
                "HandShakeHeart",
                tell(antall.tjenester, "tjeneste", "tjenester"),
                "Si hvilke tjenester som finnes, og hvilke kommuner de dekker.",
            ),
        ),
        (
            Handling::EndreGrunndata,
            kort(
                "Importer enheter",
                "/admin/import",
                "Upload",
                sist,
                "Hent skoler og barnehager fra en CSV-fil. Du ser alt før noe lagres.",
            ),
        ),
        (
            Handling::EndreGrunndata,
            kort(
                "Regelsett",
                "/admin/regelsett",
                "Tasklist",
                format!("Felles regler og {}", tell(antall.unntak, "unntak", "unntak")),
                "Bestem hvor mange og hvor lange møter hver enhet skal ha.",
            ),
        ),
        (
            Handling::EndreGrunndata,
            kort(
                "Møtemaler",
                "/admin/motemaler",
                "FileText",
                tell(antall.motemaler, "gjeldende mal", "gjeldende maler"),
                "Endre agendaen nye møter blir laget fra.",
            ),
        ),
        (
            Handling::SePersoner,
            kort(
                "Personer",
                "/admin/personer",
                "PersonGroup",
                tell(antall.personer, "person", "personer"),
                "Finn dem som arbeider i regionen, og hvor de hører til.",
            ),
        ),
        (
            Handling::EndreRoller,
            kort(
                "Roller",
                "/admin/personer",
                "ShieldLock",
                tell(antall.roller, "rolle i bruk", "roller i bruk"),
                "Gi og avslutt roller på siden til hver person.",
            ),
        ),
        (
            Handling::BryteGlass,
            kort(
                "Bryt glass",
                "/admin/glass",
                "ExclamationmarkTriangle",
                tell(antall.glass, "forespørsel venter", "forespørsler venter"),
                "Be om å få lese ett møte, eller ta stilling til det en annen administrator ber om.",
            ),
        ),
    ]
}
