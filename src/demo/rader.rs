//! The rows of a region, and how they are written: one statement a table.
use serde::Serialize;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{tid, tiltak::Status};

/// Everything of one region, table by table, in the order the foreign keys want.
#[derive(Default)]
pub(super) struct Rader {
    pub(super) bruker: Vec<Bruker>,
    pub(super) kommune: Vec<Kommune>,
    pub(super) tjeneste: Vec<Tjeneste>,
    pub(super) tjeneste_kommune: Vec<TjenesteKommune>,
    pub(super) enhet: Vec<Enhet>,
    pub(super) person: Vec<Person>,
    pub(super) rolle: Vec<Rolle>,
    pub(super) regelsett: Vec<Regelsett>,
    pub(super) motemal: Vec<Motemal>,
    pub(super) motemal_element: Vec<MotemalElement>,
    pub(super) forum: Vec<Forum>,
    pub(super) forum_medlem: Vec<ForumMedlem>,
    pub(super) mote: Vec<Mote>,
    pub(super) moteelement: Vec<Moteelement>,
    pub(super) motedeltaker: Vec<Motedeltaker>,
    pub(super) beslutning: Vec<Beslutning>,
    pub(super) tiltak: Vec<Tiltak>,
    pub(super) tiltak_evaluering: Vec<TiltakEvaluering>,
}

#[derive(Serialize)]
pub(super) struct Bruker {
    pub(super) id: Uuid,
    pub(super) epost: String,
}

#[derive(Serialize)]
pub(super) struct Kommune {
    pub(super) id: Uuid,
    pub(super) kommunenummer: &'static str,
    pub(super) navn: &'static str,
}

#[derive(Serialize)]
pub(super) struct Tjeneste {
    pub(super) id: Uuid,
    #[serde(rename = "type")]
    pub(super) type_: &'static str,
    pub(super) navn: String,
    pub(super) kontakt: String,
}

#[derive(Serialize)]
pub(super) struct TjenesteKommune {
    pub(super) tjeneste_id: Uuid,
    pub(super) kommune_id: Uuid,
}

#[derive(Serialize)]
pub(super) struct Enhet {
    pub(super) id: Uuid,
    pub(super) kommune_id: Uuid,
    #[serde(rename = "type")]
    pub(super) type_: &'static str,
    pub(super) orgnr: Option<String>,
    pub(super) navn: &'static str,
    pub(super) antall: Option<u32>,
    pub(super) trinn_fra: Option<u32>,
    pub(super) trinn_til: Option<u32>,
    pub(super) eier: &'static str,
}

#[derive(Serialize)]
pub(super) struct Person {
    pub(super) id: Uuid,
    pub(super) bruker_id: Option<Uuid>,
    pub(super) navn: String,
    pub(super) tittel: &'static str,
    pub(super) epost: String,
    pub(super) tjeneste_id: Option<Uuid>,
    pub(super) enhet_id: Option<Uuid>,
}

#[derive(Serialize)]
pub(super) struct Rolle {
    pub(super) id: Uuid,
    pub(super) person_id: Uuid,
    #[serde(rename = "type")]
    pub(super) type_: &'static str,
    pub(super) kommune_id: Option<Uuid>,
    pub(super) enhet_id: Option<Uuid>,
}

#[derive(Default, Serialize)]
pub(super) struct Regelsett {
    pub(super) id: Uuid,
    pub(super) kommune_id: Option<Uuid>,
    pub(super) enhet_id: Option<Uuid>,
    pub(super) min_varighet: Option<u32>,
    pub(super) min_host: Option<u32>,
    pub(super) min_var: Option<u32>,
    pub(super) stor_host: Option<u32>,
    pub(super) stor_var: Option<u32>,
    pub(super) stor_skole: Option<u32>,
    pub(super) stor_barnehage: Option<u32>,
    pub(super) faste_tjenester: Option<Vec<&'static str>>,
    pub(super) host_start: Option<String>,
    pub(super) var_start: Option<String>,
    pub(super) begrunnelse: &'static str,
}

#[derive(Serialize)]
pub(super) struct Motemal {
    pub(super) id: Uuid,
    pub(super) forum_type: &'static str,
    pub(super) navn: &'static str,
    pub(super) apning: &'static str,
    pub(super) avrunding: &'static str,
    pub(super) sjekk_for: &'static str,
    pub(super) sjekk_etter: &'static str,
}

#[derive(Serialize)]
pub(super) struct MotemalElement {
    pub(super) id: Uuid,
    pub(super) motemal_id: Uuid,
    pub(super) plass: u32,
    #[serde(rename = "type")]
    pub(super) type_: &'static str,
    pub(super) tittel: &'static str,
    pub(super) hjelp: &'static str,
    pub(super) minutter: u32,
}

#[derive(Serialize)]
pub(super) struct Forum {
    pub(super) id: Uuid,
    #[serde(rename = "type")]
    pub(super) type_: &'static str,
    pub(super) navn: String,
    pub(super) mandat: &'static str,
    pub(super) kommune_id: Option<Uuid>,
    pub(super) enhet_id: Option<Uuid>,
    #[serde(with = "tid::iso_dato")]
    pub(super) gyldig_fra: Date,
}

#[derive(Serialize)]
pub(super) struct ForumMedlem {
    pub(super) id: Uuid,
    pub(super) forum_id: Uuid,
    pub(super) person_id: Option<Uuid>,
    pub(super) tjenestetype: &'static str,
    pub(super) tjeneste_id: Option<Uuid>,
    pub(super) fast: bool,
    pub(super) moteplikt: bool,
    pub(super) leder: bool,
    pub(super) vara_person_id: Option<Uuid>,
    #[serde(with = "tid::iso_dato")]
    pub(super) gyldig_fra: Date,
    #[serde(with = "tid::iso_dato::option")]
    pub(super) fullmakt_fra: Option<Date>,
    pub(super) fullmakt_av: &'static str,
    pub(super) kompetanse: Vec<&'static str>,
}

#[derive(Serialize)]
pub(super) struct Mote {
    pub(super) id: Uuid,
    pub(super) forum_id: Uuid,
    pub(super) motemal_id: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) start: OffsetDateTime,
    pub(super) minutter: u32,
    pub(super) sted: String,
    pub(super) status: &'static str,
    pub(super) kort_begrunnelse: Option<&'static str>,
    pub(super) avlyst_begrunnelse: Option<&'static str>,
    pub(super) mangler_begrunnelse: Option<&'static str>,
    pub(super) moteleder_id: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) opprettet: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) startet: Option<OffsetDateTime>,
    /// Set last, as a ferdigstilt møte takes no more rows.
    #[serde(skip)]
    pub(super) ferdigstilt: Option<OffsetDateTime>,
}

#[derive(Serialize)]
pub(super) struct Moteelement {
    pub(super) id: Uuid,
    pub(super) mote_id: Uuid,
    pub(super) plass: u32,
    #[serde(rename = "type")]
    pub(super) type_: &'static str,
    pub(super) tittel: &'static str,
    pub(super) hjelp: &'static str,
    pub(super) minutter: u32,
    pub(super) gjennomfort: bool,
    pub(super) notat: &'static str,
    pub(super) notat_av: Option<Uuid>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) notat_tid: Option<OffsetDateTime>,
}

#[derive(Serialize)]
pub(super) struct Motedeltaker {
    pub(super) id: Uuid,
    pub(super) mote_id: Uuid,
    pub(super) person_id: Option<Uuid>,
    pub(super) tjenestetype: &'static str,
    pub(super) fast: bool,
    pub(super) moteplikt: bool,
    pub(super) svar: &'static str,
    pub(super) oppmote: Option<&'static str>,
    pub(super) vara_navn: Option<String>,
    pub(super) grunn: Option<&'static str>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) svar_tid: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) oppmote_tid: Option<OffsetDateTime>,
    pub(super) oppmote_av: Option<Uuid>,
}

#[derive(Clone, Serialize)]
pub(super) struct Beslutning {
    pub(super) id: Uuid,
    pub(super) moteelement_id: Uuid,
    pub(super) tekst: &'static str,
    pub(super) tjenestetype: &'static str,
    pub(super) opprettet_av: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) opprettet: OffsetDateTime,
}

#[derive(Serialize)]
pub(super) struct Tiltak {
    pub(super) id: Uuid,
    pub(super) forum_id: Uuid,
    pub(super) mote_id: Uuid,
    pub(super) moteelement_id: Uuid,
    pub(super) beslutning_id: Uuid,
    pub(super) mal: &'static str,
    pub(super) hva: &'static str,
    pub(super) tiltaksniva: &'static str,
    pub(super) kategori: &'static str,
    pub(super) tjenestetype: &'static str,
    pub(super) ansvarlig_id: Uuid,
    #[serde(with = "tid::iso_dato")]
    pub(super) frist: Date,
    #[serde(with = "tid::iso_dato")]
    pub(super) neste_evaluering: Date,
    pub(super) utformet_med: &'static str,
    pub(super) opprettet_av: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) opprettet: OffsetDateTime,
    /// Where it has come to; every tiltak begins at the beginning.
    #[serde(skip)]
    pub(super) status: Status,
}

#[derive(Serialize)]
pub(super) struct TiltakEvaluering {
    pub(super) id: Uuid,
    pub(super) tiltak_id: Uuid,
    pub(super) virker: &'static str,
    pub(super) notat: &'static str,
    pub(super) videre: &'static str,
    #[serde(with = "tid::iso_dato::option")]
    pub(super) neste_evaluering: Option<Date>,
    pub(super) mal: &'static str,
    pub(super) hva: &'static str,
    pub(super) person_id: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) tid: OffsetDateTime,
}
