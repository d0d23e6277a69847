//! The closed lists a tiltak is described by.
use crate::tekst::liste;

liste! {
    /// Work with the unit as a whole, or round a child or a family.
    Niva {
        System = "system", "Systemnivå: enheten som helhet";
        Individ = "individ", "Individnivå: rundt et barn eller en familie";
    }
}

liste! {
    /// How far to the left the effort is made (Strategisk plan, Nord-Østerdal, kap. 6).
    Tiltaksniva {
        Primaer = "primaer", "Primær: for alle";
        Sekundaer = "sekundaer", "Sekundær: når det er risiko";
        Tertiaer = "tertiaer", "Tertiær: når behovet er etablert";
    }
}

liste! {
    /// What it is about; «bolig, inntekt og fritid også er viktige element» (the same plan).
    Kategori {
        Laeringsmiljo = "laeringsmiljo", "Læring og lek";
        Oppvekstmiljo = "oppvekstmiljo", "Oppvekstmiljø";
        Naervaer = "naervaer", "Nærvær i skole og barnehage";
        Overgang = "overgang", "Overganger";
        Foreldre = "foreldre", "Samarbeid med foreldre";
        Kompetanse = "kompetanse", "Kompetanse hos ansatte";
        Bolig = "bolig", "Bolig";
        Inntekt = "inntekt", "Inntekt";
        Fritid = "fritid", "Fritid";
        Annet = "annet", "Annet";
    }
}

liste! {
    /// Who took part in shaping it.
    UtformetMed {
        Begge = "begge", "Barn og foresatte";
        Barn = "barn", "Barn";
        Foresatte = "foresatte", "Foresatte";
        Ingen = "ingen", "Ingen av dem";
    }
}

impl Niva {
    /// «Systemnivå».
    pub fn kort(self) -> &'static str {
        match self {
            Self::System => "Systemnivå",
            Self::Individ => "Individnivå",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_read_back() {
        assert!(Niva::ALLE.iter().all(|v| v.slug().parse() == Ok(*v)));
        assert!(Tiltaksniva::ALLE.iter().all(|v| v.slug().parse() == Ok(*v)));
        assert!(Kategori::ALLE.iter().all(|v| v.slug().parse() == Ok(*v)));
        assert!(UtformetMed::ALLE.iter().all(|v| v.slug().parse() == Ok(*v)));
    }
}
