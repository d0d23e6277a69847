//! What the pages of a møte show of saker: each under its element, and beside the agenda those the leader must judge.
use serde::Deserialize;
use time::{Date, Duration, Time};
use uuid::Uuid;

use super::{Grunnlag, Status, Utfall, VisSak, db};
use crate::{
    Error, Result,
    db::Tx,
    mote::{Elementtype, VisMote},
    tid,
    tiltak::Niva,
};

/// A sak beside a møte.
#[derive(Clone, Debug, Deserialize)]
pub struct VedMote {
    pub id: Uuid,
    elementtype: String,
    niva: String,
    grunnlag: Option<String>,
    pub tittel: String,
    pub beskrivelse: String,
    pub minutter: Option<u32>,
    pub fast: bool,
    status: String,
    utfall: Option<String>,
    pub versjon: i32,
    pub meldt_av: String,
    /// Reported after the saksfrist.
    pub sent: bool,
    fra_mote: Option<Uuid>,
    #[serde(with = "tid::iso_dato::option")]
    fra_dato: Option<Date>,
}

/// The saker of one møte.
#[derive(Clone, Debug, Default)]
pub struct Saker {
    /// For each element of the agenda, in order.
    under: Vec<Vec<VedMote>>,
    /// Reported, and not yet judged.
    pub meldt: Vec<VedMote>,
}

impl Saker {
    /// Those of a møte, spread over the elements of its agenda.
    pub async fn hent(tx: &mut Tx, mote: Uuid, elementer: &[Elementtype]) -> Result<Self> {
        Self::les(&db::ved_mote(tx, mote).await?, elementer)
    }

    /// Spreads what the statement `saker_ved_mote` gives over the elements of the agenda.
    pub fn les(json: &str, elementer: &[Elementtype]) -> Result<Self> {
        let alle: Vec<VedMote> = serde_json::from_str(json).map_err(|feil| Error::Intern(feil.to_string()))?;
        let (meldt, oppsatt) = alle.into_iter().partition(|s| s.status() == Status::Foreslatt);
        Ok(Self { under: fordel(oppsatt, elementer, VedMote::elementtype), meldt })
    }

    /// Where a sak stood under its element, counted from 1, and all under it in order once it has been put at `plass`.
    /// `None` when it is not on the agenda.
    pub(super) fn flytt(&self, sak: Uuid, plass: usize) -> Option<(usize, Vec<Uuid>)> {
        let under = self.under.iter().find(|her| her.iter().any(|s| s.id == sak))?;
        let mut ider: Vec<_> = under.iter().map(|s| s.id).collect();
        let fra = ider.iter().position(|&id| id == sak)?;
        let flyttet = ider.remove(fra);
        ider.insert((plass.max(1) - 1).min(ider.len()), flyttet);
        Some((fra + 1, ider))
    }

    /// Whether one of them on the agenda is about a child or a family.
    pub fn er_om_barn(&self) -> bool {
        self.under.iter().flatten().any(VedMote::er_individ)
    }

    /// Those of one element of the agenda, counted from 0.
    pub fn under(&self, nr: usize) -> &[VedMote] {
        self.under.get(nr).map_or(&[], Vec::as_slice)
    }

    /// Those of an element that begins at `fra`, each with its planned clock as far as the minutes are known:
    /// «kl. 08.45–09.00».
    pub fn med_klokke(&self, nr: usize, fra: Time) -> Vec<(&VedMote, Option<String>)> {
        let mut begynner = Some(fra);
        let klokke = |sak: &VedMote| {
            let (fra, minutter) = (begynner.take()?, sak.minutter?);
            let til = fra + Duration::minutes(minutter.into());
            begynner = Some(til);
            Some(tid::tidsrom(fra, til))
        };
        self.under(nr).iter().zip(self.under(nr).iter().map(klokke).collect::<Vec<_>>()).collect()
    }

    /// «Sakene er satt opp med 50 minutter, 5 mer enn denne delen av møtet har.», when they are more than there is time for.
    pub fn for_mye(&self, nr: usize, minutter: u32) -> Option<String> {
        let sum: u32 = self.under(nr).iter().filter_map(|s| s.minutter).sum();
        let over = sum.checked_sub(minutter).filter(|&over| over > 0)?;
        Some(format!("Sakene er satt opp med {sum} minutter, {over} mer enn denne delen av møtet har."))
    }
}

/// Each sak under the first element of its kind, or under the first of all; an agenda without elements has room for none.
fn fordel<T>(saker: Vec<T>, elementer: &[Elementtype], slag: impl Fn(&T) -> Elementtype) -> Vec<Vec<T>> {
    let mut under: Vec<Vec<T>> = elementer.iter().map(|_| Vec::new()).collect();
    for sak in saker {
        let plass = elementer.iter().position(|&e| e == slag(&sak)).unwrap_or(0);
        if let Some(her) = under.get_mut(plass) {
            her.push(sak);
        }
    }
    under
}

impl VedMote {
    fn elementtype(&self) -> Elementtype {
        self.elementtype.parse().unwrap_or(Elementtype::Generell)
    }

    /// Its state; a word we do not know is one that waits to be judged.
    pub fn status(&self) -> Status {
        self.status.parse().unwrap_or(Status::Foreslatt)
    }

    /// What came of it, once it has been treated.
    pub fn utfall(&self) -> Option<Utfall> {
        self.utfall.as_ref().and_then(|u| u.parse().ok())
    }

    pub fn er_individ(&self) -> bool {
        self.niva == Niva::Individ.slug()
    }

    /// As a wall may show it, where passers-by read: of one on individnivå only that it is one, and its basis.
    pub fn pa_veggen(&self) -> String {
        if self.niva == Niva::System.slug() {
            return self.tittel.clone();
        }
        let grunnlag = self.grunnlag.as_ref().and_then(|g| g.parse::<Grunnlag>().ok());
        grunnlag.map_or("Individsak".to_owned(), |g| format!("Individsak: {}", g.navn().to_lowercase()))
    }

    /// «Individnivå: anonym drøfting».
    pub fn grunnlag(&self) -> Option<String> {
        let grunnlag: Grunnlag = self.grunnlag.as_ref()?.parse().ok()?;
        Some(format!("{}: {}", Niva::Individ.kort(), grunnlag.navn().to_lowercase()))
    }

    pub fn sti(&self) -> String {
        VisSak { id: self.id }.to_string()
    }

    /// The path of one of its acts: «behandle», «angre».
    pub fn understi(&self, hva: &str) -> String {
        format!("{}/{hva}", self.sti())
    }

    /// The møte it was left behind by: its path and its day.
    pub fn fra(&self) -> Option<(String, String)> {
        Some((VisMote { id: self.fra_mote? }.to_string(), tid::dato(self.fra_dato?)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_sak_stands_once_and_under_its_own_element_when_there_is_one(
            saker in prop::collection::vec(0usize..3, 0..20), elementer in prop::collection::vec(0usize..4, 1..8),
        ) {
            let elementer: Vec<_> = elementer.into_iter().map(|nr| Elementtype::ALLE[nr]).collect();
            let under = fordel(saker.clone(), &elementer, |&nr| Elementtype::ALLE[nr]);
            prop_assert_eq!(under.iter().flatten().count(), saker.len());
            for (element, her) in elementer.iter().zip(&under) {
                for &nr in her {
                    let slag = Elementtype::ALLE[nr];
                    prop_assert!(*element == slag || !elementer.contains(&slag));
                }
            }
        }
    }

    fn sak(nr: u8, minutter: u32) -> String {
        format!(
            r#"{{"id":"00000000-0000-0000-0000-0000000000{nr:02}","elementtype":"generell","niva":"system","grunnlag":null,"tittel":"A",
            "beskrivelse":"","minutter":{minutter},"fast":false,"status":"satt_opp","utfall":null,"versjon":1,"meldt_av":"B","sent":false,
            "fra_mote":null,"fra_dato":null}}"#
        )
    }

    proptest! {
        #[test]
        fn a_move_can_be_undone(antall in 1u8..9, hvem in 0usize..9, til in 0usize..12) {
            let alle: Vec<_> = (0..antall).map(|nr| sak(nr, 10)).collect();
            let saker = Saker::les(&format!("[{}]", alle.join(",")), &[Elementtype::Generell]).unwrap();
            let for_: Vec<_> = saker.under(0).iter().map(|s| s.id).collect();
            let hvem = for_[hvem % for_.len()];
            let (fra, etter) = saker.flytt(hvem, til).unwrap();
            prop_assert_eq!(etter[til.clamp(1, for_.len()) - 1], hvem);
            let mut tilbake = etter;
            tilbake.retain(|&id| id != hvem);
            tilbake.insert(fra - 1, hvem);
            prop_assert_eq!(&tilbake, &for_);
            prop_assert_eq!(saker.flytt(Uuid::nil(), 1).is_some(), for_.contains(&Uuid::nil()));
        }
    }

    #[test]
    fn more_minutes_than_there_are_is_said_in_words() {
        let saker = Saker::les(&format!("[{},{}]", sak(1, 30), sak(2, 20)), &[Elementtype::Generell]).unwrap();
        assert_eq!(saker.for_mye(0, 50), None);
        let ord = "Sakene er satt opp med 50 minutter, 5 mer enn denne delen av møtet har.";
        assert_eq!(saker.for_mye(0, 45).as_deref(), Some(ord));
        let fra = time::macros::time!(8:35);
        let klokker: Vec<_> = saker.med_klokke(0, fra).into_iter().filter_map(|(_, klokke)| klokke).collect();
        assert_eq!(klokker, ["kl. 08.35–09.05", "kl. 09.05–09.25"]);
    }
}
