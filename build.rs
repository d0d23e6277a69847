//! Packs style, script, icons and font into the binary: hashed names, compressed once, nothing fetched at run time.
//!
//! Reads `node_modules` (made by `npm ci`) and `static/`; writes each file and a table of them, `assets.rs`, to `OUT_DIR`.
use std::{
    collections::BTreeSet,
    env,
    error::Error,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

type Result<T = (), E = Box<dyn Error>> = std::result::Result<T, E>;

const HTMX: &str = "htmx.org/dist/htmx.min.js";
const STYLE: &str = "@digdir/designsystemet-css/dist/src/index.css";
const THEME: &str = "@digdir/designsystemet-css/dist/theme/designsystemet.css";
const ICONS: &str = "@navikt/aksel-icons/dist/svg";
const FONT: &str = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";

fn main() {
    if let Err(error) = pack() {
        println!("cargo::error={error}");
    }
}

fn pack() -> Result {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    for path in ["build.rs", "migrations", "static", "templates", "src"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let modules = node_modules(&root)?;
    let npm = |path: &str| -> Result<PathBuf> {
        let path = modules.join(path);
        println!("cargo::rerun-if-changed={}", path.display());
        if path.exists() { Ok(path) } else { Err(missing().into()) }
    };
    let icons = npm(ICONS)?;
    let mut table = Table::new()?;

    let font = table.add("inter.woff2", "font/woff2", &fs::read(npm(FONT)?)?)?;
    let own = minify(&fs::read_to_string(root.join("static/app.css"))?).replace("inter.woff2", &font);
    // Paper is light, also when the screen is dark.
    let dark = "(prefers-color-scheme:dark)";
    let theme = fs::read_to_string(npm(THEME)?)?.replace(dark, &format!("screen and {dark}"));
    let style = [fs::read_to_string(npm(STYLE)?)?, theme, own].concat();
    table.add("app.css", "text/css; charset=utf-8", style.as_bytes())?;
    table.add("htmx.js", "text/javascript; charset=utf-8", &fs::read(npm(HTMX)?)?)?;
    for script in ["app.js", "direkte.js", "klokke.js"] {
        table.add(script, "text/javascript; charset=utf-8", &fs::read(root.join("static").join(script))?)?;
    }
    table.add("favicon.svg", "image/svg+xml", &fs::read(root.join("static/favicon.svg"))?)?;
    table.add("ikoner.svg", "image/svg+xml", sprite(&root, &icons)?.as_bytes())?;
    table.write()
}

/// Looks where Node looks: here, then in every folder above.
fn node_modules(root: &Path) -> Result<PathBuf> {
    let found = root.ancestors().map(|folder| folder.join("node_modules")).find(|it| it.join(HTMX).is_file());
    found.ok_or_else(|| {
        // A path that is not there makes Cargo look again next time.
        println!("cargo::rerun-if-changed=node_modules");
        missing().into()
    })
}

fn missing() -> &'static str {
    "node_modules mangler eller er gammel: kjør script/setup (eller npm ci). / \
     node_modules is missing or stale: run script/setup (or npm ci)."
}

struct Table {
    out: PathBuf,
    level: u32,
    rows: String,
}

impl Table {
    fn new() -> Result<Self> {
        let out = PathBuf::from(env::var("OUT_DIR")?);
        let level = if env::var("PROFILE")? == "release" { 11 } else { 5 };
        Ok(Self { out, level, rows: String::new() })
    }

    /// Adds one file under a name that holds its hash, and returns that name.
    fn add(&mut self, name: &str, kind: &str, bytes: &[u8]) -> Result<String> {
        let hash = Sha256::digest(bytes).iter().take(8).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let (stem, ending) = name.rsplit_once('.').ok_or("an asset needs an ending")?;
        let hashed = format!("{stem}-{hash}.{ending}");
        self.store(&hashed, || Ok(bytes.to_owned()))?;
        let packed =
            if ending == "woff2" { ["None".to_owned(), "None".to_owned()] } else { self.pack(&hashed, bytes)? };
        let [brotli, gzip] = packed;
        let plain = include(&hashed);
        writeln!(
            self.rows,
            "Asset {{ name: {name:?}, path: \"/static/{hashed}\", kind: {kind:?}, plain: {plain}, br: {brotli}, gzip: {gzip} }},"
        )?;
        Ok(hashed)
    }

    fn pack(&self, hashed: &str, bytes: &[u8]) -> Result<[String; 2]> {
        let level = self.level;
        let (br, gz) = (format!("{hashed}.{level}.br"), format!("{hashed}.{level}.gz"));
        self.store(&br, || {
            let mut out = Vec::new();
            let options = brotli::enc::BrotliEncoderParams { quality: i32::try_from(level)?, ..Default::default() };
            brotli::BrotliCompress(&mut &*bytes, &mut out, &options)?;
            Ok(out)
        })?;
        self.store(&gz, || {
            let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level.min(9)));
            out.write_all(bytes)?;
            Ok(out.finish()?)
        })?;
        Ok([format!("Some({})", include(&br)), format!("Some({})", include(&gz))])
    }

    /// Writes a file unless it is there: the name tells the content, so an unchanged file costs nothing.
    fn store(&self, name: &str, content: impl FnOnce() -> Result<Vec<u8>>) -> Result {
        let path = self.out.join(name);
        if !path.exists() {
            fs::write(path, content()?)?;
        }
        Ok(())
    }

    fn write(self) -> Result {
        fs::write(self.out.join("assets.rs"), format!("static TABLE: &[Asset] = &[\n{}];\n", self.rows))?;
        Ok(())
    }
}

fn include(name: &str) -> String {
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))")
}

/// Takes out comments and needless space. Strings stay as they are.
fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css.chars().peekable();
    let mut quote = None;
    while let Some(c) = rest.next() {
        match (quote, c) {
            (Some(open), _) => {
                out.push(c);
                if c == open {
                    quote = None;
                }
            }
            (None, '"' | '\'') => {
                quote = Some(c);
                out.push(c);
            }
            (None, '/') if rest.peek() == Some(&'*') => {
                let mut last = ' ';
                rest.next();
                while let Some(c) = rest.next_if(|&c| !(last == '*' && c == '/')) {
                    last = c;
                }
                rest.next();
            }
            (None, c) if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',']) {
                    out.push(' ');
                }
            }
            (None, '{' | '}' | ';' | ',') => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push(c);
            }
            (None, c) => out.push(c),
        }
    }
    out
}

/// One file with every Aksel icon whose name stands in quotes in a template or in the code.
fn sprite(root: &Path, icons: &Path) -> Result<String> {
    let mut names = BTreeSet::new();
    for folder in ["templates", "src"] {
        collect(&root.join(folder), icons, &mut names)?;
    }
    let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for name in names {
        let svg = fs::read_to_string(icons.join(format!("{name}.svg")))?;
        let start = svg.find('>').ok_or("an icon without a tag")? + 1;
        let end = svg.rfind("</svg>").ok_or("an icon without an end")?;
        write!(out, "<symbol id=\"{name}\" viewBox=\"0 0 24 24\" fill=\"none\">{}</symbol>", svg[start..end].trim())?;
    }
    out.push_str("</svg>");
    Ok(out)
}

fn collect(folder: &Path, icons: &Path, names: &mut BTreeSet<String>) -> Result {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, icons, names)?;
            continue;
        }
        if !path.extension().is_some_and(|ending| ending == "html" || ending == "rs") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let mut before = "";
        for (place, word) in text.split('"').enumerate() {
            if looks_like_an_icon(word) && icons.join(format!("{word}.svg")).is_file() {
                names.insert(word.to_owned());
            } else if place > 0
                && looks_like_an_icon(word)
                && ["ikon(", "ikon=", "ikon: "].iter().any(|it| before.ends_with(it))
            {
                return Err(format!("{}: Aksel has no icon named {word}", path.display()).into());
            }
            before = word;
        }
    }
    Ok(())
}

fn looks_like_an_icon(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(|c| c.is_ascii_alphanumeric())
}
