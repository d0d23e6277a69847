//! The closed lists of a sak: what kind of need it is, on what basis a child is talked about, and how it ended.
use crate::{mote::Elementtype, tekst::liste, tiltak::Niva};

liste! {
    /// What kind of need is reported. The choice comes before the words, so that nobody writes about a child without a basis.
    Slag {
        Enheten = "enheten", "Noe som gjelder enheten";
        Veiledning = "veiledning", "Veiledning eller kompetanse";
        Anonym = "anonym", "Et barn eller en familie, drøftet anonymt";
        Samtykke = "samtykke", "Et barn eller en familie, med samtykke";
    }
}

liste! {
    /// What lets a team talk about a child (krav 45).
    Grunnlag {
        Anonym = "anonym", "Anonym drøfting";
        Samtykke = "samtykke", "Samtykke foreligger";
    }
}

liste! {
    /// What the møte did with it.
    Utfall {
        Drofting = "drofting", "Drøftet";
        Rad = "rad", "Råd gitt";
        Veiledning = "veiledning", "Veiledning gitt";
        Tiltak = "tiltak", "Tiltak besluttet";
        Loftet = "loftet", "Løftet til kommunen";
        Henvist = "henvist", "Henvist videre";
        Bekymring = "bekymring", "Bekymringsmelding gjennomgått";
    }
}

impl Slag {
    /// What it is for, under the choice.
    pub fn forklaring(self) -> &'static str {
        match self {
            Self::Enheten => "Miljø, rutiner, overganger eller noe dere vil planlegge",
            Self::Veiledning => "Noe personalet trenger å lære eller få råd om",
            Self::Anonym => "Ingen i møtet skal kunne kjenne igjen barnet",
            Self::Samtykke => "De som kan samtykke, har sagt ja, og det er skrevet ned et annet sted",
        }
    }

    /// The element of the agenda it goes under from the start.
    pub fn elementtype(self) -> Elementtype {
        match self {
            Self::Enheten => Elementtype::Generell,
            Self::Veiledning => Elementtype::Veiledning,
            Self::Anonym | Self::Samtykke => Elementtype::Observasjon,
        }
    }

    pub fn grunnlag(self) -> Option<Grunnlag> {
        match self {
            Self::Enheten | Self::Veiledning => None,
            Self::Anonym => Some(Grunnlag::Anonym),
            Self::Samtykke => Some(Grunnlag::Samtykke),
        }
    }

    pub fn niva(self) -> Niva {
        if self.grunnlag().is_some() { Niva::Individ } else { Niva::System }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_a_child_has_a_basis_and_goes_under_the_third_element() {
        for &slag in Slag::ALLE {
            assert_eq!(slag.grunnlag().is_some(), slag.niva() == Niva::Individ);
            assert_eq!(slag.niva() == Niva::Individ, slag.elementtype() == Elementtype::Observasjon);
        }
    }
}
