//! The second step of a log-in: a code from an app on one's phone, or one of ten codes kept on paper.
mod db;
mod kode;
mod routes;
mod views;

pub(super) use db::{Stand, Svar, nullstill, prov, stand};
pub(super) use routes::{OppsettTotrinn, routes};

use super::rett::{Handling, Omfang, Rolletype};

impl Rolletype {
    /// Whether a role needs the second step: whoever may come into a møte, or looks after people and their access.
    pub fn krever_totrinn(self) -> bool {
        [Handling::SeMote, Handling::SePersoner, Handling::EndreRoller, Handling::EndreGrunndata]
            .into_iter()
            .any(|handling| self.omfang(handling) != Omfang::Ingen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_the_statsforvalter_see_people_or_what_is_said_of_them() {
        let uten = Rolletype::ALLE.into_iter().filter(|rolle| !rolle.krever_totrinn());
        assert!(uten.eq([Rolletype::Statsforvalter]));
    }
}
