//! Whom a request may be sent on to: the tjenester that serve the kommune, and its other fora.
use sqlx::Row;
use uuid::Uuid;

use super::Mottaker;
use crate::{Error, Result, db::Tx};

/// How many of those who answer for a tjeneste are named.
const NEVNT: usize = 3;

/// A tjeneste or a forum that can be asked.
pub(super) struct Valg {
    til: Mottaker,
    navn: String,
    /// Those who answer for the tjeneste here, by name.
    folk: Vec<String>,
    /// Has got the same request already, and still owes an answer.
    venter: bool,
}

/// Everybody that can be asked.
pub(super) struct Mottakere(Vec<Valg>);

/// Those that a forum may send a request on to. Only the kommune's own team asks a tjeneste, and only one that is in use.
pub(super) async fn hent(tx: &mut Tx, forum: Uuid, opphav: Uuid) -> Result<Mottakere> {
    let rader = sqlx::query(
        r#"with meg as materialized (select f.region_id, f.id, f.type, f.kommune_id from forum f where f.id = $1),
           apne as materialized (
               select b.til_forum_id, b.til_tjeneste_id from bistandsforesporsel b
                where b.opphav_id = $2 and b.status in ('sendt', 'mottatt', 'akseptert'))
           select true as tjeneste, false as enhet, t.id, t.navn collate "nb-x-icu" as navn,
                  array(select p.navn from tjenestefolk() folk
                          join person p on p.region_id = t.region_id and p.id = folk.person_id
                         where folk.tjeneste_id = t.id and folk.kommune_id = meg.kommune_id order by p.navn) as folk,
                  t.id in (select til_tjeneste_id from apne) as venter
             from meg
             join tjeneste_kommune tk on tk.region_id = meg.region_id and tk.kommune_id = meg.kommune_id
                                     and daterange(tk.gyldig_fra, tk.gyldig_til, '[]') @> i_dag()
             join tjeneste t on t.region_id = tk.region_id and t.id = tk.tjeneste_id
                            and daterange(t.gyldig_fra, t.gyldig_til, '[]') @> i_dag()
            where meg.type = 'tst_kommune'
            union all
           select false, f.type = 'tst_enhet', f.id, f.navn, '{}', f.id in (select til_forum_id from apne)
             from meg
             join forum f on f.region_id = meg.region_id and f.kommune_id = meg.kommune_id and f.id <> meg.id
                         and daterange(f.gyldig_fra, f.gyldig_til, '[]') @> i_dag()
            order by enhet, navn, id"#,
    )
    .bind(forum)
    .bind(opphav)
    .fetch_all(&mut **tx)
    .await?;
    let valg = rader.iter().map(|r| Valg {
        til: if r.get("tjeneste") { Mottaker::Tjeneste(r.get("id")) } else { Mottaker::Forum(r.get("id")) },
        navn: r.get("navn"),
        folk: r.get("folk"),
        venter: r.get::<Option<bool>, _>("venter").unwrap_or_default(),
    });
    Ok(Mottakere(valg.collect()))
}

impl Mottakere {
    /// The one chosen: 404 when it is none of them, 409 when it has the request already.
    pub(super) fn velg(&self, id: Uuid) -> Result<Mottaker> {
        let valgt = self.0.iter().find(|valg| valg.id() == id).ok_or(Error::IkkeFunnet)?;
        if valgt.venter {
            let ord = format!("{} har allerede fått forespørselen og har ikke svart ennå.", valgt.navn);
            return Err(Error::Regelbrudd(ord));
        }
        Ok(valgt.til)
    }

    pub(super) fn er_tom(&self) -> bool {
        self.0.iter().all(|valg| valg.venter)
    }

    /// The tjenester: value, name, and who will read it there.
    pub(super) fn tjenester(&self) -> impl Iterator<Item = (Uuid, &str, String)> {
        let ledige = self.0.iter().filter(|valg| !valg.venter);
        ledige.filter_map(|valg| match valg.til {
            Mottaker::Tjeneste(id) => Some((id, valg.navn.as_str(), hvem_leser(&valg.folk))),
            Mottaker::Forum(_) => None,
        })
    }

    pub(super) fn fora(&self) -> impl Iterator<Item = (Uuid, &str)> {
        let ledige = self.0.iter().filter(|valg| !valg.venter);
        ledige.filter_map(|valg| match valg.til {
            Mottaker::Forum(id) => Some((id, valg.navn.as_str())),
            Mottaker::Tjeneste(_) => None,
        })
    }
}

impl Valg {
    fn id(&self) -> Uuid {
        match self.til {
            Mottaker::Forum(id) | Mottaker::Tjeneste(id) => id,
        }
    }
}

/// Who will read and answer for a tjeneste, in a sentence.
fn hvem_leser(folk: &[String]) -> String {
    match folk {
        [] => "Ingen i tjenesten er med i team eller møter i kommunen. Kommunekoordinatoren svarer for den.".to_owned(),
        [en] => format!("{en} leser og svarer."),
        [alle @ .., siste] if folk.len() <= NEVNT => format!("{} og {siste} leser og kan svare.", alle.join(", ")),
        _ => format!("{} og {} til leser og kan svare.", folk[..NEVNT].join(", "), folk.len() - NEVNT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_read_are_named_and_the_rest_counted() {
        let folk = |antall: usize| hvem_leser(&vec!["Kari".to_owned(); antall]);
        assert!(folk(0).contains("Kommunekoordinatoren svarer"));
        assert_eq!(folk(1), "Kari leser og svarer.");
        assert_eq!(folk(2), "Kari og Kari leser og kan svare.");
        assert_eq!(folk(3), "Kari, Kari og Kari leser og kan svare.");
        assert_eq!(folk(5), "Kari, Kari, Kari og 2 til leser og kan svare.");
    }
}
