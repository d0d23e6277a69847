//! Filling and sending forms.
use fantoccini::{Locator, elements::Element};

use super::Nettleser;

impl Nettleser {
    /// Fills the first field to be seen whose label says this.
    pub(in crate::browser) async fn fyll(&self, etikett: &str, verdi: &str) {
        let felt = self.felt(etikett).await;
        if felt.tag_name().await.unwrap() == "select" {
            felt.select_by_label(verdi).await.unwrap();
        } else {
            felt.clear().await.unwrap();
            felt.send_keys(verdi).await.unwrap();
        }
    }

    async fn felt(&self, etikett: &str) -> Element {
        let id = self.finn_knapp(etikett).await.attr("for").await.unwrap();
        let id = id.unwrap_or_else(|| panic!("etiketten «{etikett}» hører ikke til noe felt"));
        self.klient.find(Locator::Id(&id)).await.unwrap()
    }

    /// Fills a field by its name in the form that is sent to a path with this ending.
    pub(in crate::browser) async fn fyll_i(&self, handling: &str, navn: &str, verdi: &str) {
        let felt = format!("form[action$='{handling}'] [name='{navn}']");
        let felt = self.klient.find(Locator::Css(&felt)).await.unwrap();
        felt.clear().await.unwrap();
        felt.send_keys(verdi).await.unwrap();
    }

    /// Writes on where the words of a field end.
    pub(in crate::browser) async fn skriv_videre(&self, handling: &str, navn: &str, ord: &str) {
        let felt = format!("form[action$='{handling}'] [name='{navn}']");
        self.klient.find(Locator::Css(&felt)).await.unwrap().send_keys(ord).await.unwrap();
    }

    /// The form that is sent to a path with this ending.
    pub(in crate::browser) async fn skjema(&self, handling: &str) -> Element {
        self.klient.find(Locator::Css(&format!("form[action$='{handling}']"))).await.unwrap()
    }

    /// What stands in a field of such a form.
    pub(in crate::browser) async fn innhold_i(&self, handling: &str, navn: &str) -> String {
        let felt = self.skjema(handling).await.find(Locator::Css(&format!("[name='{navn}']"))).await.unwrap();
        felt.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Ticks the first box of a name that is not ticked, and gives the form it stands in.
    pub(in crate::browser) async fn kryss_av_forste(&self, navn: &str) -> Element {
        let boks = self.klient.find_all(Locator::Css(&format!("input[type=checkbox][name='{navn}']"))).await.unwrap();
        for boks in boks {
            if !boks.is_selected().await.unwrap() {
                self.rull_til(&boks).await;
                boks.click().await.unwrap();
                self.sjekk().await;
                return boks.find(Locator::XPath("ancestor::form")).await.unwrap();
            }
        }
        self.mislykket(&format!("alle «{navn}» er krysset av")).await
    }

    /// Sends a form by its button that says this.
    pub(in crate::browser) async fn send(&self, skjema: &Element, knapp: &str) {
        self.trykk_knapp(skjema, knapp).await;
        self.sjekk().await;
    }

    /// The same where nobody answers.
    pub(in crate::browser) async fn send_uten_sjekk(&self, handling: &str, knapp: &str) {
        self.trykk_knapp(&self.skjema(handling).await, knapp).await;
    }

    async fn trykk_knapp(&self, skjema: &Element, knapp: &str) {
        let sti = format!(".//button[contains(normalize-space(.), \"{knapp}\")]");
        let knapp = skjema.find(Locator::XPath(&sti)).await.unwrap();
        self.rull_til(&knapp).await;
        knapp.click().await.unwrap();
    }
}
