//! The tiltak of the teams one sits in, narrowed, sorted and counted in one statement.
use sqlx::{Row, postgres::PgRow};
use time::Date;
use uuid::Uuid;

use super::{Frist, Niva, Status, VisTiltak, frist_i_ord, kort};
use crate::{
    Error, Result,
    db::Tx,
    web::{Liste, PER_SIDE, Utdrag},
};

/// Which of them: «mine», «team» or «forfalte».
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Utvalg {
    Mine,
    Team,
    Forfalte,
}

impl Utvalg {
    pub(super) const ALLE: [Self; 3] = [Self::Mine, Self::Team, Self::Forfalte];

    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Team => "team",
            Self::Forfalte => "forfalte",
        }
    }

    pub(super) fn navn(self) -> &'static str {
        match self {
            Self::Mine => "Mine",
            Self::Team => "Teamets",
            Self::Forfalte => "Over fristen",
        }
    }
}

/// What the address narrows the list to; what cannot be read narrows nothing.
pub(super) struct Valgt {
    pub(super) utvalg: Utvalg,
    /// One team alone.
    pub(super) team: Option<Uuid>,
    /// `None` is those that have not ended.
    pub(super) status: Option<Status>,
    /// The ended ones too.
    pub(super) alle: bool,
}

impl Valgt {
    pub(super) fn av(liste: &Liste) -> Self {
        let utvalg = Utvalg::ALLE.into_iter().find(|u| u.slug() == liste.verdi("vis"));
        let status = liste.verdi("status");
        Self {
            utvalg: utvalg.unwrap_or(Utvalg::Mine),
            team: liste.verdi("team").parse().ok(),
            status: status.parse().ok(),
            alle: status == "alle",
        }
    }

    fn status(&self) -> &'static str {
        if self.alle { "alle" } else { self.status.map_or("", Status::slug) }
    }
}

/// How many there are of each kind, the ended ones not counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling {
    mine: i64,
    team: i64,
    forfalte: i64,
}

impl Telling {
    pub(super) fn av(self, utvalg: Utvalg) -> i64 {
        match utvalg {
            Utvalg::Mine => self.mine,
            Utvalg::Team => self.team,
            Utvalg::Forfalte => self.forfalte,
        }
    }
}

/// One line of the list.
#[derive(Clone, Debug)]
pub(super) struct Rad {
    id: Uuid,
    hva: String,
    pub(super) team: String,
    pub(super) ansvarlig: String,
    pub(super) frist: Date,
    pub(super) neste_evaluering: Date,
    pub(super) niva: Niva,
    pub(super) status: Status,
}

impl Rad {
    pub(super) fn sti(&self) -> String {
        VisTiltak { id: self.id }.to_string()
    }

    pub(super) fn tittel(&self) -> String {
        kort(&self.hva)
    }

    pub(super) fn frist_i_ord(&self, i_dag: Date) -> Frist {
        frist_i_ord(self.status, (self.frist, self.neste_evaluering), i_dag)
    }
}

pub(super) async fn sok(tx: &mut Tx, liste: &Liste, valgt: &Valgt) -> Result<(Utdrag<Rad>, Telling)> {
    let rader = sqlx::query(
        r#"with mine as (
               select t.id, t.hva, t.mal, t.niva, t.frist, t.neste_evaluering, t.status, p.navn as ansvarlig, f.navn as team,
                      t.ansvarlig_id = gjeldende_person() as min, t.status <> 'avsluttet' as apen,
                      t.status <> 'avsluttet' and (t.frist < i_dag() or t.neste_evaluering < i_dag()) as forfalt
                 from tiltak t
                 join forum f on f.region_id = t.region_id and f.id = t.forum_id
                 join person p on p.region_id = t.region_id and p.id = t.ansvarlig_id
                where (t.region_id, t.forum_id) in (
                          select fm.region_id, fm.forum_id from forum_medlem fm
                           where fm.person_id = gjeldende_person() and daterange(fm.gyldig_fra, fm.gyldig_til, '[]') @> i_dag())
                  and ($1::uuid is null or t.forum_id = $1)),
           treff as (
               select * from mine
                where case $2 when 'mine' then min when 'forfalte' then forfalt else true end
                  and case $3 when 'alle' then true when '' then apen else status = $3 end
                  and ($4 = '' or strpos(lower(concat_ws(' ', hva, mal, ansvarlig, team) collate "nb-x-icu"),
                                         lower($4 collate "nb-x-icu")) > 0)),
           tall as (
               select count(*) filter (where min and apen) as mine, count(*) filter (where apen) as team,
                      count(*) filter (where forfalt) as forfalte, (select count(*) from treff) as totalt
                 from mine),
           side as (
               select * from treff
                order by case $5 when 'frist' then frist end, case $5 when '-frist' then frist end desc,
                         case $5 when 'evaluering' then neste_evaluering end,
                         case $5 when '-evaluering' then neste_evaluering end desc,
                         case $5 when 'ansvarlig' then ansvarlig end collate "nb-x-icu",
                         case $5 when '-ansvarlig' then ansvarlig end collate "nb-x-icu" desc,
                         case $5 when 'status' then status end, case $5 when '-status' then status end desc,
                         case $5 when '-navn' then hva end collate "nb-x-icu" desc,
                         hva collate "nb-x-icu", id
                limit $6 offset least($7 - 1, greatest((select totalt from tall) - 1, 0) / $6) * $6)
           select tall.mine, tall.team as teamets, tall.forfalte, tall.totalt, side.*
             from tall left join side on true"#,
    )
    .bind(valgt.team)
    .bind(valgt.utvalg.slug())
    .bind(valgt.status())
    .bind(liste.sok())
    .bind(liste.sorter())
    .bind(PER_SIDE)
    .bind(liste.side())
    .fetch_all(&mut **tx)
    .await?;
    let forste = rader.first().ok_or(Error::IkkeFunnet)?;
    let telling = Telling { mine: forste.get("mine"), team: forste.get("teamets"), forfalte: forste.get("forfalte") };
    let totalt = forste.get("totalt");
    let funnet = rader.iter().filter(|r| r.get::<Option<Uuid>, _>("id").is_some());
    Ok((Utdrag::ny(funnet.map(rad).collect::<Result<_>>()?, totalt, liste), telling))
}

fn rad(rad: &PgRow) -> Result<Rad> {
    Ok(Rad {
        id: rad.get("id"),
        hva: rad.get("hva"),
        team: rad.get("team"),
        ansvarlig: rad.get("ansvarlig"),
        frist: rad.get("frist"),
        neste_evaluering: rad.get("neste_evaluering"),
        niva: crate::db::les(rad, "niva")?,
        status: crate::db::les(rad, "status")?,
    })
}
