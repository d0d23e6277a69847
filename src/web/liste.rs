//! Lists: what their address asks for, and the addresses that ask for it otherwise.
use axum::{extract::FromRequestParts, http::request::Parts};

use crate::Error;

/// Rows on one page of a list.
pub const PER_SIDE: i64 = 50;

/// What the address of a list asks for: words to find, filters, the column to sort by and the page.
#[derive(Clone, Debug, Default)]
pub struct Liste {
    sti: String,
    felter: Vec<(String, String)>,
}

impl Liste {
    pub fn ny(sti: &str, sporring: &str) -> Result<Self, Error> {
        let felter: Vec<(String, String)> = serde_html_form::from_str(sporring).map_err(|_| Error::IkkeFunnet)?;
        Ok(Self { sti: sti.to_owned(), felter })
    }

    /// The value of a filter; empty when the address does not name it.
    pub fn verdi(&self, felt: &str) -> &str {
        self.felter.iter().find(|(navn, _)| navn == felt).map_or("", |(_, verdi)| verdi.trim())
    }

    pub fn sok(&self) -> &str {
        self.verdi("sok")
    }

    pub fn sti(&self) -> &str {
        &self.sti
    }

    /// Whether anything narrows the list.
    pub fn er_innsnevret(&self) -> bool {
        self.felter.iter().any(|(navn, verdi)| navn != "sorter" && navn != "side" && !verdi.trim().is_empty())
    }

    /// The page asked for, from 1.
    pub fn side(&self) -> i64 {
        self.verdi("side").parse().ok().filter(|side| (1..=1_000_000).contains(side)).unwrap_or(1)
    }

    /// The column to sort by, with a hyphen in front when it falls; by name when nothing is said.
    pub fn sorter(&self) -> &str {
        Some(self.verdi("sorter")).filter(|s| !s.is_empty()).unwrap_or("navn")
    }

    /// How the list stands by a column, as `aria-sort` says it; empty when it does not.
    pub fn sortert(&self, kolonne: &str) -> &'static str {
        match self.sorter().strip_prefix('-') {
            Some(fallende) if fallende == kolonne => "descending",
            None if self.sorter() == kolonne => "ascending",
            _ => "",
        }
    }

    /// The same list by another column; the column it already stands by turns round.
    pub fn lenke_sorter(&self, kolonne: &str) -> String {
        let snu = if self.sortert(kolonne) == "ascending" { "-" } else { "" };
        self.lenke("sorter", &format!("{snu}{kolonne}"))
    }

    /// The same list, ending where the number of a page goes.
    pub fn lenke_side(&self) -> String {
        self.lenke("side", "")
    }

    /// Page and sorting are not carried through a new search; the rest is.
    fn lenke(&self, felt: &str, verdi: &str) -> String {
        let resten = self.felter.iter().filter(|(navn, v)| navn != felt && navn != "side" && !v.is_empty());
        let par: Vec<(&str, &str)> = resten.map(|(n, v)| (n.as_str(), v.as_str())).chain([(felt, verdi)]).collect();
        format!("{}?{}", self.sti, serde_html_form::to_string(par).unwrap_or_default())
    }
}

impl<S: Sync> FromRequestParts<S> for Liste {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Self::ny(parts.uri.path(), parts.uri.query().unwrap_or_default())
    }
}

/// One page of what was found, and how much there is in all.
#[derive(Debug)]
pub struct Utdrag<T> {
    pub rader: Vec<T>,
    pub totalt: i64,
    pub side: i64,
    pub sider: i64,
}

impl<T> Utdrag<T> {
    /// A page past the last shows the last.
    pub fn ny(rader: Vec<T>, totalt: i64, liste: &Liste) -> Self {
        let sider = ((totalt + PER_SIDE - 1) / PER_SIDE).max(1);
        Self { rader, totalt, side: liste.side().min(sider), sider }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_filters_when_it_sorts_and_turns_pages() {
        let liste = Liste::ny("/admin/enheter", "sok=%C3%85s+%26&type=skole&side=3&kommune=").unwrap();
        assert_eq!((liste.sok(), liste.side(), liste.sortert("navn")), ("Ås &", 3, "ascending"));
        assert_eq!(liste.lenke_sorter("navn"), "/admin/enheter?sok=%C3%85s+%26&type=skole&sorter=-navn");
        assert_eq!(liste.lenke_sorter("antall"), "/admin/enheter?sok=%C3%85s+%26&type=skole&sorter=antall");
        assert_eq!(liste.lenke_side(), "/admin/enheter?sok=%C3%85s+%26&type=skole&side=");
        assert!(liste.er_innsnevret() && !Liste::ny("/x", "sorter=navn").unwrap().er_innsnevret());
    }

    #[test]
    fn a_page_that_is_none_is_the_first_and_one_past_the_end_the_last() {
        for side in ["0", "-1", "x", "99999999999999999999", ""] {
            assert_eq!(Liste::ny("/x", &format!("side={side}")).unwrap().side(), 1, "{side}");
        }
        let utdrag = Utdrag::<()>::ny(vec![], 51, &Liste::ny("/x", "side=9").unwrap());
        assert_eq!((utdrag.side, utdrag.sider), (2, 2));
    }
}
