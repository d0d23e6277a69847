//! The face of one question: shall you come, or did you.
use askama::Template;
use uuid::Uuid;

use super::{Forfallsgrunn, MittOppmote, MittSvar, Oppmote, Svar, db};
use crate::{tid, web::Feil};

/// A page with one question about one møte: where links from outside lead, and where a form comes back with its errors.
#[derive(Template)]
#[template(path = "oppmote/sporsmal.html")]
pub(super) struct Sporsmal {
    handling: String,
    /// Whether it answers for one row of a list.
    i_liste: bool,
    /// The field that is asked for: `svar` or `oppmote`.
    felt: &'static str,
    tittel: String,
    etikett: &'static str,
    knapp: &'static str,
    forum: String,
    tid: String,
    alternativer: Vec<(&'static str, &'static str)>,
    skrevet: Skrevet,
}

/// What is chosen and written so far.
pub(super) struct Skrevet {
    pub(super) verdi: String,
    pub(super) vara: String,
    pub(super) grunn: String,
    pub(super) tilbake: String,
    pub(super) feil: Feil,
}

impl Skrevet {
    fn lagret(verdi: &str, rad: &db::Egen, mote: Uuid) -> Self {
        Self {
            verdi: verdi.to_owned(),
            vara: rad.vara.clone(),
            grunn: rad.grunn.clone(),
            tilbake: format!("/moter/{mote}"),
            feil: Feil::default(),
        }
    }
}

impl Sporsmal {
    pub(super) fn om_svar(id: Uuid, mote: db::Sporsmal, skrevet: Option<Skrevet>) -> Self {
        Self {
            handling: MittSvar { id }.to_string(),
            i_liste: false,
            felt: "svar",
            tittel: "Kommer du på møtet?".to_owned(),
            etikett: "Svaret ditt",
            knapp: "Send svaret",
            tid: nar(&mote),
            alternativer: Svar::VALG.iter().map(|s| (s.slug(), s.navn())).collect(),
            skrevet: skrevet.unwrap_or_else(|| Skrevet::lagret(&mote.deltaker.svar, &mote.deltaker, id)),
            forum: mote.forum,
        }
    }

    /// `handling` is where the form goes; `valg` what may be chosen.
    pub(super) fn om_oppmote(
        handling: String,
        id: Uuid,
        mote: db::Sporsmal,
        valg: &[Oppmote],
        skrevet: Option<Skrevet>,
    ) -> Self {
        Self {
            i_liste: handling != MittOppmote { id }.to_string(),
            handling,
            felt: "oppmote",
            tittel: format!("Oppmøtet til {}", mote.deltaker.hvem),
            etikett: "Oppmøte",
            knapp: "Lagre oppmøtet",
            tid: nar(&mote),
            alternativer: valg.iter().map(|o| (o.slug(), o.navn())).collect(),
            skrevet: skrevet.unwrap_or_else(|| Skrevet::lagret(&mote.deltaker.oppmote, &mote.deltaker, id)),
            forum: mote.forum,
        }
    }
}

fn grunner() -> [(&'static str, &'static str); 4] {
    Forfallsgrunn::ALLE.map(|g| (g.slug(), g.navn()))
}

fn nar(mote: &db::Sporsmal) -> String {
    let (start, slutt) = (tid::lokal(mote.start), tid::lokal(mote.slutt));
    format!("{}, {}", tid::dato_i_ord(start.date()), tid::tidsrom(start.time(), slutt.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Template)]
    #[template(
        ext = "html",
        source = r#"{% import "oppmote/svar.html" as oppmote %}{{ oppmote::svar(mote, "/moter", "sender_vara", vara=vara, om="TST 25.11.2026") }}{{ oppmote::mitt_oppmote(mote, "/", "forfall", grunn="annet_oppdrag") }}"#
    )]
    struct Rad {
        mote: Uuid,
        vara: &'static str,
    }

    #[test]
    fn the_choices_say_what_is_chosen_and_never_share_an_id() {
        let html = Rad { mote: Uuid::nil(), vara: "<b>Kari</b>" }.render().unwrap();
        let side = scraper::Html::parse_fragment(&html);
        let alle = |velger: &str| {
            let velger = scraper::Selector::parse(velger).unwrap();
            side.select(&velger).map(|e| e.text().collect::<String>()).collect::<Vec<_>>()
        };
        let valgte = alle("[data-variant=primary]");
        assert_eq!(valgte, ["Sender vara (valgt)", "Forfall (valgt)", "Annet oppdrag (valgt)"]);
        assert_eq!(alle("p"), ["Vara: <b>Kari</b>"]);
        for sti in ["svar", "mitt-oppmote"] {
            assert_eq!(alle(&format!("form[action='/moter/{}/{sti}']", Uuid::nil())).len(), 3, "{html}");
        }
        let mut ider: Vec<_> = html.split("id=\"").skip(1).filter_map(|del| del.split('"').next()).collect();
        let antall = ider.len();
        ider.sort_unstable();
        ider.dedup();
        assert_eq!(ider.len(), antall, "{html}");
    }
}
