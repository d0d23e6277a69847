//! Tiltak of the demo: a few for each team, made of its last decisions and come to different places in their life.
use std::collections::HashMap;

use serde::Serialize;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    rader::{Beslutning, Rader, Tiltak, TiltakEvaluering},
    team::{Slag, Team},
    verksted::Verksted,
};
use crate::{
    Error, Result, tid,
    tiltak::{Kategori, Status, Tiltaksniva, UtformetMed, Videre, Virkning},
};

/// The newest decision of a team first: where its tiltak stands, days from today to its deadline and to its evaluation.
const LOP: [(Status, i64, i64); 6] = [
    (Status::Besluttet, 30, 21),
    (Status::Pagar, 14, 20),
    (Status::TilEvaluering, 3, -2),
    (Status::Pagar, -9, 7),
    (Status::Viderefort, 45, 60),
    (Status::Avsluttet, -30, -30),
];

const MAL: [(&str, Kategori); 5] = [
    ("Dagen begynner rolig for alle.", Kategori::Laeringsmiljo),
    ("Foreldrene vet hvem de kan spørre, og hva som skjer videre.", Kategori::Foreldre),
    ("De voksne gjør det samme når det blir urolig.", Kategori::Kompetanse),
    ("Alle har noen å være sammen med i friminutt og utetid.", Kategori::Oppvekstmiljo),
    ("Ingen er borte uten at noen tar kontakt samme dag.", Kategori::Naervaer),
];

const NOTATER: [&str; 3] = [
    "De voksne sier at det er roligere. Barna er spurt, og er enige.",
    "Det virker der alle gjør det likt. To grupper er ikke kommet i gang.",
    "Målet er nådd, og rutinen er blitt en del av hverdagen.",
];

impl Verksted {
    /// Tiltak of every team that works round children; the møter must be there already.
    pub(super) fn tiltak(&mut self, team: &[Team]) {
        let elementer: HashMap<Uuid, Uuid> = self.rader.moteelement.iter().map(|e| (e.id, e.mote_id)).collect();
        let moter: HashMap<Uuid, (Uuid, OffsetDateTime)> =
            self.rader.mote.iter().map(|m| (m.id, (m.forum_id, m.start))).collect();
        let mut vedtak: HashMap<Uuid, Vec<(OffsetDateTime, Uuid, Beslutning)>> = HashMap::new();
        for beslutning in &self.rader.beslutning {
            let Some((mote, (forum, start))) =
                elementer.get(&beslutning.moteelement_id).and_then(|mote| Some((*mote, *moter.get(mote)?)))
            else {
                continue;
            };
            vedtak.entry(forum).or_default().push((start, mote, beslutning.clone()));
        }
        for (team, nr) in team.iter().zip(0..).filter(|(t, _)| t.slag != Slag::Direktorer) {
            let mut mine = vedtak.remove(&team.forum).unwrap_or_default();
            mine.sort_by_key(|(start, _, beslutning)| (std::cmp::Reverse(*start), beslutning.id));
            // The same words do not become two tiltak.
            let mut sett: Vec<&str> = Vec::new();
            mine.retain(|(_, _, b)| {
                !sett.contains(&b.tekst) && {
                    sett.push(b.tekst);
                    true
                }
            });
            for (fra, plass) in mine.iter().zip(0..LOP.len()) {
                self.ett_tiltak(team, fra, (nr, plass));
            }
        }
    }

    fn ett_tiltak(
        &mut self,
        team: &Team,
        (start, mote_id, beslutning): &(OffsetDateTime, Uuid, Beslutning),
        (nr, plass): (usize, usize),
    ) {
        let (status, frist, evaluering) = LOP[plass];
        let (mal, kategori) = MAL[(nr + plass) % MAL.len()];
        let sete = team.seter.iter().find(|s| s.type_.slug() == beslutning.tjenestetype && s.person.is_some());
        let ansvarlig = sete.and_then(|s| s.person.as_ref()).unwrap_or(&team.leder).id;
        let id = self.ider.neste();
        let forst = tid::dag(*start) + Duration::days(7);
        let (frist, evaluering) = (self.i_dag + Duration::days(frist), self.i_dag + Duration::days(evaluering));
        self.rader.tiltak.push(Tiltak {
            id,
            forum_id: team.forum,
            mote_id: *mote_id,
            moteelement_id: beslutning.moteelement_id,
            beslutning_id: beslutning.id,
            mal,
            hva: beslutning.tekst,
            tiltaksniva: if plass == 4 { Tiltaksniva::Sekundaer } else { Tiltaksniva::Primaer }.slug(),
            kategori: kategori.slug(),
            tjenestetype: beslutning.tjenestetype,
            ansvarlig_id: ansvarlig,
            frist: frist.max(forst),
            neste_evaluering: evaluering.max(forst),
            utformet_med: UtformetMed::ALLE[(nr + plass) % UtformetMed::ALLE.len()].slug(),
            opprettet_av: team.leder.id,
            opprettet: *start + Duration::hours(2),
            status,
        });
        let videre = match status {
            Status::Viderefort => Videre::Viderefort,
            Status::Avsluttet => Videre::Avsluttet,
            _ => return,
        };
        let sist = videre == Videre::Avsluttet;
        let virkning = if sist || nr % 2 == 0 { Virkning::Virker } else { Virkning::Delvis };
        let notat = NOTATER[if sist { 2 } else { nr % 2 }];
        self.rader.tiltak_evaluering.push(TiltakEvaluering {
            id: self.ider.neste(),
            tiltak_id: id,
            virker: virkning.slug(),
            notat,
            videre: videre.slug(),
            neste_evaluering: (!sist).then_some(evaluering),
            mal,
            hva: beslutning.tekst,
            person_id: team.leder.id,
            tid: (self.na - Duration::days(10)).max(*start + Duration::hours(3)).min(self.na),
        });
    }
}

/// Writes the tiltak and leads each through its life, as the database wants it.
pub(super) async fn lagre(db: &mut PgConnection, rader: &Rader) -> Result<()> {
    sqlx::query(TILTAK).bind(json(&rader.tiltak)?).execute(&mut *db).await?;
    let som = |statuser: &[Status]| -> Vec<Uuid> {
        rader.tiltak.iter().filter(|t| statuser.contains(&t.status)).map(|t| t.id).collect()
    };
    let evaluert = [Status::TilEvaluering, Status::Viderefort, Status::Avsluttet];
    let i_gang = [Status::Pagar, evaluert[0], evaluert[1], evaluert[2]];
    flytt(db, &som(&i_gang), Status::Pagar).await?;
    flytt(db, &som(&evaluert), Status::TilEvaluering).await?;
    sqlx::query(EVALUERING).bind(json(&rader.tiltak_evaluering)?).execute(&mut *db).await?;
    for status in &evaluert[1..] {
        flytt(db, &som(&[*status]), *status).await?;
    }
    Ok(())
}

async fn flytt(db: &mut PgConnection, tiltak: &[Uuid], status: Status) -> Result<()> {
    sqlx::query(
        "update tiltak set status = $2, skal_evalueres = case $2 when 'avsluttet' then false end, versjon = versjon + 1
          where region_id = gjeldende_region() and id = any ($1)",
    )
    .bind(tiltak)
    .bind(status.slug())
    .execute(db)
    .await?;
    Ok(())
}

fn json<T: Serialize>(rader: &[T]) -> Result<String> {
    serde_json::to_string(rader).map_err(|feil| Error::Intern(feil.to_string()))
}

const TILTAK: &str = "
    insert into tiltak (id, forum_id, mote_id, moteelement_id, beslutning_id, mal, hva, niva, tiltaksniva, kategori,
                        tjenestetype, ansvarlig_id, frist, neste_evaluering, utformet_med, status, opprettet_av, opprettet)
    select id, forum_id, mote_id, moteelement_id, beslutning_id, mal, hva, 'system', tiltaksniva, kategori, tjenestetype,
           ansvarlig_id, frist, neste_evaluering, utformet_med, 'besluttet', opprettet_av, opprettet
      from json_populate_recordset(null::tiltak, $1::text::json)";

const EVALUERING: &str = "
    insert into tiltak_evaluering (id, tiltak_id, tiltak_versjon, virker, notat, videre, neste_evaluering, mal, hva, person_id,
                                   tid)
    select v.id, v.tiltak_id, t.versjon, v.virker, v.notat, v.videre, v.neste_evaluering, v.mal, v.hva, v.person_id, v.tid
      from json_populate_recordset(null::tiltak_evaluering, $1::text::json) v
      join tiltak t on t.region_id = gjeldende_region() and t.id = v.tiltak_id";
