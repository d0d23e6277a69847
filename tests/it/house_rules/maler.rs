//! Templates: nothing that the browser's content policy would refuse, and nothing unescaped.
use super::{biter, ingen};
use crate::kilde::{self, Fil};

/// What a template must not hold, each with its reason.
fn brudd(fil: &Fil) -> Vec<String> {
    let tett: String = fil.tekst.split_whitespace().collect::<Vec<_>>().join(" ");
    let uten_rom = tett.replace(' ', "");
    let mut alle = Vec::new();
    let mut funn = |hva: &str| alle.push(format!("{}: {hva}", fil.sti));
    if uten_rom.contains("|safe") {
        funn("|safe slipper tekst inn som HTML");
    }
    if uten_rom.contains("escape\"none\"") || uten_rom.contains("escapenone") {
        funn("escape none slipper tekst inn som HTML");
    }
    for (navn, _) in attributter(&tett) {
        if navn == "style" {
            funn("style= hører hjemme i static/");
        } else if navn.starts_with("on") || navn.starts_with("hx-on") {
            funn(&format!("{navn}= hører hjemme i static/"));
        }
    }
    for rest in tett.split("<script").skip(1) {
        let innhold = rest.split_once('>').and_then(|(_, r)| r.split_once("</script>")).map_or("x", |(inn, _)| inn);
        if !innhold.trim().is_empty() {
            funn("<script> med tekst hører hjemme i static/");
        }
    }
    if tett.contains("<style") {
        funn("<style> hører hjemme i static/");
    }
    for opphav in ["src=\"http", "src=\"//", "href=\"//", "action=\"http"] {
        if tett.contains(opphav) {
            funn("ingenting hentes fra andre nettsteder");
        }
    }
    alle
}

/// The names in front of `="`, with where they stand: attributes, also those written between template tags.
fn attributter(tett: &str) -> impl Iterator<Item = (&str, usize)> {
    tett.match_indices('=').filter_map(|(i, _)| {
        let etter = tett[i + 1..].trim_start();
        let foran = &tett[..i];
        let fra = foran.rfind(|t: char| !(t.is_ascii_alphanumeric() || matches!(t, '-' | ':'))).map_or(0, |p| p + 1);
        let apner = foran[..fra].ends_with([' ', '}', '"', '\'']);
        (apner && etter.starts_with(['"', '\'', '{'])).then_some((&foran[fra..], i))
    })
}

#[test]
fn templates_hold_no_style_no_script_and_nothing_unescaped() {
    let alle: Vec<String> = kilde::filer("templates", "html").iter().flat_map(brudd).collect();
    ingen(&alle, "maler");
    // Code makes HTML in a few places too, such as a drawing of numbers.
    let i_kode = kilde::program().iter().flat_map(|k| {
        let tekst: String = k.tekster().collect::<Vec<_>>().join(" ");
        let html = tekst.contains('<') && tekst.contains("=\"");
        if html { brudd(&Fil { sti: k.sti.clone(), tekst }) } else { Vec::new() }
    });
    ingen(&i_kode.collect::<Vec<_>>(), "HTML i koden");
}

#[test]
fn the_rule_for_templates_bites() {
    for darlig in [
        "<p>{{ navn | safe }}</p>",
        "<p style=\"color: red\">",
        "<p{% if x %} style=\"color: red\"{% endif %}>",
        "<button onclick='x()'>",
        "<button hx-on:click=\"x()\">",
        "<script>\n alert(1) </script>",
        "<style>p {}</style>",
        "{% filter escape(\"none\") %}x",
        "<img src=\"https://bilde.example/a.png\">",
    ] {
        let fil = Fil { sti: "prøve.html".into(), tekst: darlig.replace("escape(\"none\")", "escape \"none\"") };
        biter(&brudd(&fil), darlig);
    }
    let god = "<script defer src=\"{{ url }}\"></script><a href=\"/x?a=b\" data-on=\"1\">{% if style == \"a\" %}x{% endif %}</a>";
    ingen(&brudd(&Fil { sti: "god.html".into(), tekst: god.into() }), "en god mal");
}
