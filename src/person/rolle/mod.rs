//! The roles of a person: what they may act as, where, from when and to when.
mod db;

use askama::Template;
use axum::Router;
use axum_extra::routing::{RouterExt, TypedPath};
use serde::Deserialize;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::{
    VisPerson,
    db::{self as personer, Alternativer, Person},
    vakt, views,
};
use crate::{
    App, Error, Result,
    auth::{Medlem, Rett, Rolletype, krev_nylig},
    forum::VisTeam,
    tid,
    web::{Feil, Leser, Page, Skjema, Utfall, Videre},
};

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/{id}/rolle/ny")]
pub(super) struct NyRolle {
    pub(super) id: Uuid,
}

#[derive(TypedPath, Deserialize)]
#[typed_path("/admin/personer/{id}/rolle/{rolle}/avslutt")]
pub(super) struct AvsluttRolle {
    pub(super) id: Uuid,
    pub(super) rolle: Uuid,
}

/// A role as the person's page shows it.
#[derive(FromRow)]
pub(super) struct Rolle {
    pub(super) id: Uuid,
    #[sqlx(rename = "type")]
    type_: String,
    /// The kommune or enhet it is for.
    sted: Option<String>,
    pub(super) gyldig_fra: Date,
    pub(super) gyldig_til: Option<Date>,
    versjon: i32,
    /// The team of the enhet a teamleder leads, where the person has no seat.
    team_uten_plass: Option<Uuid>,
}

/// What a kind of role stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sted {
    Region,
    Kommune,
    Enhet,
}

/// A role somebody wants to give.
struct Onsket {
    type_: Rolletype,
    kommune: Option<Uuid>,
    enhet: Option<Uuid>,
    fra: Date,
    til: Option<Date>,
}

#[derive(Deserialize)]
struct Ny {
    nokkel: Uuid,
    #[serde(flatten)]
    felter: Raw,
}

/// The fields as they were typed.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    #[serde(rename = "type")]
    type_: String,
    kommune: String,
    enhet: String,
    fra: String,
    til: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Slutt {
    versjon: i32,
    siste_dag: String,
}

pub use db::avslutt_roller;
pub(super) use db::for_person;

pub(super) fn routes() -> Router<App> {
    let vernet = krev_nylig(Router::new().typed_post(gi).typed_post(avslutt));
    Router::new().typed_get(ny).typed_get(avslutt_side).merge(vernet)
}

fn sted_for(type_: Rolletype) -> Sted {
    match type_ {
        Rolletype::Kommunekoordinator | Rolletype::Kommunalsjef | Rolletype::Kommunedirektor | Rolletype::Politiker => {
            Sted::Kommune
        }
        Rolletype::Teamleder => Sted::Enhet,
        _ => Sted::Region,
    }
}

/// What a role is for, for whoever gives it.
fn forklaring(type_: Rolletype) -> &'static str {
    match type_ {
        Rolletype::Teamleder => "Booker, holder og ferdigstiller møtene i teamet på en enhet. Velg enhet under.",
        Rolletype::Teammedlem => "Ser teamene sine, svarer på innkallinger og fører eget oppmøte.",
        Rolletype::Invitert => "Ser bare de møtene personen er kalt inn til.",
        Rolletype::Kommunekoordinator => "Lager og endrer team i en kommune og ser tallene der. Velg kommune under.",
        Rolletype::Kommunalsjef => "Ser team og tall i en kommune. Velg kommune under.",
        Rolletype::Kommunedirektor => "Ser tall for hele regionen, ikke hva som er sagt i møter. Velg kommune under.",
        Rolletype::Regionkoordinator => "Endrer grunndata, personer og regler, og ser tall for hele regionen.",
        Rolletype::Systemadministrator => "Styrer personer, roller og innlogging. Ser ikke møter eller team.",
        Rolletype::Politiker => "Ser tall for en kommune, ikke hva som er sagt i møter. Velg kommune under.",
        Rolletype::Statsforvalter => "Ser tall for hele regionen, ikke hva som er sagt i møter.",
    }
}

impl Rolle {
    fn navn(&self) -> &'static str {
        self.type_.parse::<Rolletype>().map_or("Ukjent rolle", Rolletype::navn)
    }

    /// «Teamleder, Fjellheim skole»
    pub(super) fn i_ord(&self) -> String {
        self.sted.as_ref().map_or_else(|| self.navn().to_owned(), |sted| format!("{}, {sted}", self.navn()))
    }

    /// «fra 01.08.2026» or «01.08.2026–31.07.2027»
    pub(super) fn tidsrom(&self) -> String {
        views::tidsrom(self.gyldig_fra, self.gyldig_til)
    }

    /// The page of the team where the person ought to have a seat.
    pub(super) fn team(&self) -> Option<VisTeam> {
        self.team_uten_plass.map(|id| VisTeam { id })
    }

    pub(super) fn gjelder(&self, dag: Date) -> bool {
        !self.kommer(dag) && !self.er_avsluttet(dag)
    }

    pub(super) fn kommer(&self, dag: Date) -> bool {
        self.gyldig_fra > dag
    }

    pub(super) fn er_avsluttet(&self, dag: Date) -> bool {
        self.gyldig_til.is_some_and(|til| til < dag)
    }
}

impl Person {
    pub(super) fn ny_rolle(&self) -> NyRolle {
        NyRolle { id: self.id }
    }
}

impl Raw {
    fn les(&self) -> Result<Onsket, Feil> {
        let mut leser = Leser::default();
        let type_ = Rolletype::ALLE.into_iter().find(|t| t.slug() == self.type_);
        leser.krev("type", type_.is_some(), "Velg hvilken rolle personen skal ha");
        let type_ = type_.unwrap_or(Rolletype::Invitert);
        let mut sted = |felt: &str, raw: &str, her: Sted, mangler: &str| -> Option<Uuid> {
            let valgt = raw.parse().ok();
            let hit = sted_for(type_) == her;
            leser.krev(felt, !hit || valgt.is_some(), mangler);
            let overflodig = format!("{} gjelder ikke for en {felt}. La feltet stå tomt", type_.navn());
            leser.krev(felt, hit || raw.is_empty() || self.type_.is_empty(), &overflodig);
            valgt.filter(|_| hit)
        };
        let kommune = sted("kommune", &self.kommune, Sted::Kommune, "Velg kommunen rollen gjelder for");
        let enhet = sted("enhet", &self.enhet, Sted::Enhet, "Velg enheten rollen gjelder for");
        let fra = leser.dato("fra", "Første dag", &self.fra);
        let til = leser.valgfri_dato("til", "Siste dag", &self.til);
        leser.krev("til", til.is_none_or(|til| til >= fra), "Siste dag kan ikke være før første dag");
        leser.ferdig(Onsket { type_, kommune, enhet, fra, til })
    }
}

async fn ny(NyRolle { id }: NyRolle, medlem: Medlem) -> Result<Page<Gi>> {
    let felter = Raw { fra: tid::iso(medlem.i_dag()), ..Raw::default() };
    Ok(Page(gi_side(&medlem, id, felter, Feil::default()).await?))
}

async fn gi(NyRolle { id }: NyRolle, medlem: Medlem, Skjema(raw): Skjema<Ny>) -> Utfall<Gi> {
    let onsket = match raw.felter.les() {
        Ok(onsket) => onsket,
        Err(feil) => return Ok(Err(Page::med_feil(gi_side(&medlem, id, raw.felter, feil).await?))),
    };
    let svar = medlem
        .write_once(raw.nokkel, Rett::EndreRoller, async |tx| {
            db::opprett(tx, id, &onsket).await?;
            Ok(VisPerson { id }.to_string())
        })
        .await;
    match svar {
        Ok(sted) => Ok(Ok(Videre::til(&sted).med(gitt(onsket.type_)))),
        Err(error) => Ok(Err(Page::med_feil(gi_side(&medlem, id, raw.felter, som_feil(error)?).await?))),
    }
}

/// What is said when a role has been given.
fn gitt(type_: Rolletype) -> String {
    let navn = type_.navn().to_lowercase();
    match type_ {
        Rolletype::Teamleder | Rolletype::Teammedlem => format!(
            "Rollen {navn} er gitt. Den gir ingen plass i et team; det gjør regionkoordinatoren eller \
             kommunekoordinatoren på teamets side"
        ),
        _ => format!("Rollen {navn} er gitt"),
    }
}

async fn avslutt_side(sti: AvsluttRolle, medlem: Medlem) -> Result<Page<Avslutt>> {
    let siste_dag = tid::iso(medlem.i_dag());
    Ok(Page(avslutning(&medlem, &sti, siste_dag, Feil::default()).await?))
}

async fn avslutt(sti: AvsluttRolle, medlem: Medlem, Skjema(raw): Skjema<Slutt>) -> Utfall<Avslutt> {
    let mut leser = Leser::default();
    let dag = leser.dato("siste_dag", "Siste dag", &raw.siste_dag);
    let dag = match leser.ferdig(dag) {
        Ok(dag) => dag,
        Err(feil) => return Ok(Err(Page::med_feil(avslutning(&medlem, &sti, raw.siste_dag, feil).await?))),
    };
    let gjort = medlem
        .write(Rett::EndreRoller, async |tx| {
            vakt::behold_administrator(tx, async |tx| db::sett_slutt(tx, &sti, raw.versjon, dag).await).await
        })
        .await?;
    if gjort {
        return Ok(Ok(Videre::til(&VisPerson { id: sti.id }).med("Rollen er avsluttet")));
    }
    let feil = Feil::en("siste_dag", "Noen andre har endret rollen mens du så på siden. Se over, og avslutt igjen");
    Ok(Err(Page::utdatert(avslutning(&medlem, &sti, raw.siste_dag, feil).await?)))
}

#[derive(Template)]
#[template(path = "person/rolle_ny.html")]
struct Gi {
    person: Person,
    felter: Raw,
    alternativer: Alternativer,
    feil: Feil,
    nokkel: Uuid,
}

impl Gi {
    fn typer() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        Rolletype::ALLE.into_iter().map(|t| (t.slug(), t.navn(), forklaring(t)))
    }
}

async fn gi_side(medlem: &Medlem, id: Uuid, felter: Raw, feil: Feil) -> Result<Gi> {
    let mut tx = medlem.read_med(Rett::EndreRoller).await?;
    let person = personer::hent(&mut tx, id).await?;
    let alternativer = personer::alternativer(&mut tx, &[]).await?;
    Ok(Gi { person, felter, alternativer, feil, nokkel: Uuid::new_v4() })
}

#[derive(Template)]
#[template(path = "person/rolle_avslutt.html")]
struct Avslutt {
    person: Person,
    rolle: Rolle,
    siste_dag: String,
    feil: Feil,
    i_dag: Date,
}

impl Avslutt {
    fn handling(&self) -> AvsluttRolle {
        AvsluttRolle { id: self.person.id, rolle: self.rolle.id }
    }

    fn hjelp(&self) -> &'static str {
        if self.rolle.gyldig_fra >= self.i_dag {
            "Rollen gjelder ut denne dagen. Velger du en dag før den begynner, tas den tilbake."
        } else {
            "Rollen gjelder ut denne dagen. Velg i går for å avslutte med en gang."
        }
    }
}

async fn avslutning(medlem: &Medlem, sti: &AvsluttRolle, siste_dag: String, feil: Feil) -> Result<Avslutt> {
    let mut tx = medlem.read_med(Rett::EndreRoller).await?;
    let person = personer::hent(&mut tx, sti.id).await?;
    let roller = db::for_person(&mut tx, sti.id).await?;
    let rolle = roller.into_iter().find(|r| r.id == sti.rolle).ok_or(Error::IkkeFunnet)?;
    Ok(Avslutt { person, rolle, siste_dag, feil, i_dag: medlem.i_dag() })
}

/// An error of the database as words at the field it is about; any other error as it is.
fn som_feil(error: Error) -> Result<Feil> {
    match error {
        Error::Ugyldig(melding) => Ok(Feil::en("type", &melding)),
        e if e.on_constraint("rolle_region_id_kommune_id_fkey") => {
            Ok(Feil::en("kommune", "Velg en kommune fra listen"))
        }
        e if e.on_constraint("rolle_region_id_enhet_id_fkey") => Ok(Feil::en("enhet", "Velg en enhet fra listen")),
        e => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(type_: &str, kommune: &str, enhet: &str) -> Raw {
        let fra = "2026-11-18".to_owned();
        Raw { type_: type_.into(), kommune: kommune.into(), enhet: enhet.into(), fra, til: String::new() }
    }

    #[test]
    fn a_role_stands_in_the_place_it_is_for_and_nowhere_else() {
        let her = Uuid::nil().to_string();
        for type_ in Rolletype::ALLE {
            let (kommune, enhet) = match sted_for(type_) {
                Sted::Region => ("", ""),
                Sted::Kommune => (her.as_str(), ""),
                Sted::Enhet => ("", her.as_str()),
            };
            let rett = raw(type_.slug(), kommune, enhet).les().map(|r| (r.kommune.is_some(), r.enhet.is_some()));
            assert_eq!(rett.ok(), Some((!kommune.is_empty(), !enhet.is_empty())), "{}", type_.navn());
            let begge = raw(type_.slug(), &her, &her).les();
            assert!(begge.is_err(), "{}", type_.navn());
        }
        assert_eq!(raw("", "", "").les().err().map(|f| f.alle().len()), Some(1));
    }
}
