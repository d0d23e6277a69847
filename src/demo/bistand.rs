//! Bistandsforespørsler of the demo: a few in each state, about the system round children and never about one of them.
use serde::Serialize;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime, Weekday, macros::time};
use uuid::Uuid;

use super::{
    lagring::json,
    team::{Slag, Team},
    verksted::Verksted,
};
use crate::{
    Result,
    bistand::Status::{self, Akseptert, Avvist, Besvart, Lukket, Mottatt, Sendt},
    tid,
    tjeneste::Tjenestetype,
};

/// How long the receiver gets.
const FRIST: Duration = Duration::days(14);

#[derive(Serialize)]
pub(super) struct Rad {
    id: Uuid,
    fra_forum_id: Uuid,
    til_forum_id: Option<Uuid>,
    til_tjeneste_id: Option<Uuid>,
    opphav_id: Option<Uuid>,
    mote_id: Option<Uuid>,
    moteelement_id: Option<Uuid>,
    overskrift: &'static str,
    behov: &'static str,
    provd: &'static str,
    #[serde(with = "tid::iso_dato")]
    svarfrist: Date,
    svar: &'static str,
    avvist_grunn: &'static str,
    opprettet_av: Uuid,
    /// Who acts for the forum that is asked, at every step.
    mottatt_av: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    opprettet: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    mottatt: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    avgjort: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    besvart: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    lukket: Option<OffsetDateTime>,
}

/// What is asked, how many days ago, how far it has come, and what came back.
struct Sak {
    overskrift: &'static str,
    behov: &'static str,
    provd: &'static str,
    dager: i64,
    status: Status,
    tilbake: &'static str,
}

const SAKER: [Sak; 6] = [
    Sak {
        overskrift: "Veiledning om språkmiljø",
        behov: "Vi trenger noen som kan veilede hele personalet i arbeid med flerspråklighet, gjerne over to møter.",
        provd: "Vi har hatt kurs på egen planleggingsdag og byttet erfaringer med naboskolen.",
        dager: 17,
        status: Besvart,
        tilbake: "PPT kommer på de to neste møtene og veileder personalet. Helsestasjonen deler brosjyrer til foreldre på fem språk.",
    },
    Sak {
        overskrift: "Felles rutine for overgang til skolen",
        behov: "Barnehagene gjør dette ulikt. Vi ønsker én rutine for kommunen, med datoer og ansvar.",
        provd: "Vi har laget et utkast sammen med barnehagen vi får flest fra.",
        dager: 3,
        status: Sendt,
        tilbake: "",
    },
    Sak {
        overskrift: "Foreldremøter om nettvett",
        behov: "Vi mangler noen som kan holde foreldremøter om skjerm og nettvett for alle trinn i vår.",
        provd: "Vi holdt ett møte selv, men få kom.",
        dager: 20,
        status: Akseptert,
        tilbake: "",
    },
    Sak {
        overskrift: "Mer tid med helsesykepleier",
        behov: "Helsesykepleier rekker ikke møtene våre når de legges på samme dag som helsestasjonen har åpent.",
        provd: "Vi har flyttet to møter, men det går ut over andre tjenester.",
        dager: 6,
        status: Mottatt,
        tilbake: "",
    },
    Sak {
        overskrift: "Midler til uteområdet",
        behov: "Uteområdet innbyr lite til lek. Vi ønsker støtte til en plan for det.",
        provd: "Elevrådet har kartlagt hva som mangler.",
        dager: 15,
        status: Avvist,
        tilbake: "Teamet har ingen midler. Ta det med i innspillet til budsjettet; kommunalsjefen tar imot.",
    },
    Sak {
        overskrift: "Kurs i traumebevisst arbeid",
        behov: "Vi er mange nye og trenger et felles grunnkurs.",
        provd: "To av oss har tatt nettkurset.",
        dager: 45,
        status: Lukket,
        tilbake: "Barneverntjenesten holder kurset for alle enhetene i kommunen på neste planleggingsdag.",
    },
];

impl Verksted {
    /// The main school asks twice, others once; the one that is accepted is sent on to PPT.
    pub(super) fn bistand(&mut self, team: &[Team]) -> Vec<Rad> {
        let enheter: Vec<_> = team.iter().filter(|t| matches!(t.slag, Slag::Enhet(_))).collect();
        let mut rader: Vec<Rad> = Vec::new();
        for (nr, sak) in SAKER.iter().enumerate() {
            let Some(fra) = enheter.get(if nr < 2 { 0 } else { nr * 3 % enheter.len().max(1) }) else { continue };
            let kommunens = team.iter().find(|t| t.slag == Slag::Kommune && t.kommune == fra.kommune);
            let Some(til) = kommunens else { continue };
            let rad = self.sak(sak, fra, til);
            let ppt = self.rader.tjeneste.iter().find(|t| t.type_ == Tjenestetype::Ppt.slug()).map(|t| t.id);
            if let (Akseptert, Some(ppt)) = (sak.status, ppt) {
                let videre = Sak { dager: 3, status: Sendt, tilbake: "", ..*sak };
                let ny = self.sak(&videre, til, til);
                rader.push(Rad { opphav_id: Some(rad.id), til_forum_id: None, til_tjeneste_id: Some(ppt), ..ny });
            }
            rader.push(rad);
        }
        rader
    }

    fn sak(&mut self, sak: &Sak, fra: &Team, til: &Team) -> Rad {
        let i_dag = self.i_dag;
        let nar = |dager: i64, klokke| tid::oyeblikk(hverdag(i_dag - Duration::days(sak.dager - dager)), klokke);
        let etter = |dager, klokke, ja: bool| ja.then(|| nar(dager, klokke));
        let opprettet = nar(0, time!(9:05));
        let mote =
            self.rader.mote.iter().filter(|m| m.forum_id == fra.forum && m.ferdigstilt.is_some_and(|f| f < opprettet));
        let mote = mote.max_by_key(|m| m.start).map(|m| m.id);
        let element = self.rader.moteelement.iter().find(|e| Some(e.mote_id) == mote && e.plass == 2).map(|e| e.id);
        let avvist = sak.status == Avvist;
        Rad {
            id: self.ider.neste(),
            fra_forum_id: fra.forum,
            til_forum_id: Some(til.forum),
            til_tjeneste_id: None,
            opphav_id: None,
            mote_id: mote,
            moteelement_id: element,
            overskrift: sak.overskrift,
            behov: sak.behov,
            provd: sak.provd,
            svarfrist: tid::dag(opprettet + FRIST),
            svar: if avvist { "" } else { sak.tilbake },
            avvist_grunn: if avvist { sak.tilbake } else { "" },
            opprettet_av: fra.leder.id,
            mottatt_av: til.leder.id,
            opprettet,
            mottatt: etter(1, time!(10:20), sak.status != Sendt),
            avgjort: etter(3, time!(12:40), sak.status > Mottatt),
            besvart: etter(9, time!(13:15), sak.status > Avvist),
            lukket: etter(12, time!(14:30), sak.status == Lukket),
        }
    }
}

/// The day itself, or the Monday after: nobody works in a weekend.
fn hverdag(dag: Date) -> Date {
    match dag.weekday() {
        Weekday::Saturday => dag + Duration::days(2),
        Weekday::Sunday => dag + Duration::DAY,
        _ => dag,
    }
}

/// Writes them and walks each through its states, as the database lets nobody begin elsewhere than at the beginning.
pub(super) async fn lagre(db: &mut PgConnection, rader: &[Rad]) -> Result<()> {
    let (forste, videre): (Vec<&Rad>, Vec<&Rad>) = rader.iter().partition(|r| r.opphav_id.is_none());
    let (forste, videre) = (json(&forste)?, json(&videre)?);
    for (sql, rader) in
        [(NY, &forste), (MOTTA, &forste), (AVGJOR, &forste), (NY, &videre), (SVAR, &forste), (LUKK, &forste)]
    {
        sqlx::query(sql).bind(rader).execute(&mut *db).await?;
    }
    Ok(())
}

const NY: &str = "
    insert into bistandsforesporsel (id, fra_forum_id, til_forum_id, til_tjeneste_id, opphav_id, mote_id, moteelement_id,
                                     overskrift, behov, provd, svarfrist, opprettet_av, opprettet)
    select id, fra_forum_id, til_forum_id, til_tjeneste_id, opphav_id, mote_id, moteelement_id, overskrift, behov, provd,
           svarfrist, opprettet_av, opprettet
      from json_populate_recordset(null::bistandsforesporsel, $1::text::json)";

const MOTTA: &str = "
    update bistandsforesporsel b set status = 'mottatt', mottatt = r.mottatt, mottatt_av = r.mottatt_av, versjon = b.versjon + 1
      from json_populate_recordset(null::bistandsforesporsel, $1::text::json) r
     where b.region_id = gjeldende_region() and b.id = r.id and r.mottatt is not null";

const AVGJOR: &str = "
    update bistandsforesporsel b
       set status = case r.avvist_grunn when '' then 'akseptert' else 'avvist' end, avvist_grunn = r.avvist_grunn,
           avgjort = r.avgjort, avgjort_av = r.mottatt_av, versjon = b.versjon + 1
      from json_populate_recordset(null::bistandsforesporsel, $1::text::json) r
     where b.region_id = gjeldende_region() and b.id = r.id and r.avgjort is not null";

const SVAR: &str = "
    update bistandsforesporsel b
       set status = 'besvart', svar = r.svar, besvart = r.besvart, besvart_av = r.mottatt_av, versjon = b.versjon + 1
      from json_populate_recordset(null::bistandsforesporsel, $1::text::json) r
     where b.region_id = gjeldende_region() and b.id = r.id and r.besvart is not null";

const LUKK: &str = "
    update bistandsforesporsel b
       set status = 'lukket', lukket = r.lukket, lukket_av = b.opprettet_av, versjon = b.versjon + 1
      from json_populate_recordset(null::bistandsforesporsel, $1::text::json) r
     where b.region_id = gjeldende_region() and b.id = r.id and r.lukket is not null";
