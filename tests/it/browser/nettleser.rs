//! One person's browser.
mod felt;

use std::{
    env, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, key::Key, wd::TimeoutConfiguration};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    sync::{Semaphore, SemaphorePermit},
    time::{sleep, timeout},
};
use uuid::Uuid;

use super::{
    Skjerm,
    wd::{self, Kommando},
};

/// How long a page may take to say what is waited for.
const TALMODIG: Duration = Duration::from_secs(40);
/// What chromedriver says.
type Ord = Lines<BufReader<ChildStdout>>;

/// Under plain `cargo test` too, no more than two at a time.
static PLASSER: Semaphore = Semaphore::const_new(2);

pub(super) struct Nettleser {
    klient: Client,
    driver: Option<Child>,
    /// Read no further, but kept open: chromedriver ends when nobody could hear it.
    _ord: Ord,
    port: u16,
    okt: String,
    profil: PathBuf,
    rot: String,
    skjerm: Skjerm,
    _plass: SemaphorePermit<'static>,
}

impl Nettleser {
    pub(super) async fn apne(hus: SocketAddr, skjerm: Skjerm) -> Self {
        let plass = PLASSER.acquire().await.unwrap();
        let profil = env::temp_dir().join(format!("samhandling-nettleser-{}", Uuid::new_v4()));
        let (driver, port, ord) = start_driver().await;
        let klient = ClientBuilder::new(HttpConnector::new())
            .capabilities(evner(&profil, skjerm))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|feil| {
                panic!("Chromium startet ikke ({}): {feil}", program("CHROMIUM", "chromium").display())
            });
        let tid = TimeoutConfiguration::new(Some(Duration::from_mins(2)), Some(Duration::from_mins(2)), None);
        klient.update_timeouts(tid).await.unwrap();
        if skjerm == Skjerm::SmalUtenSkript {
            klient.issue_cmd(Kommando::smal()).await.unwrap();
        }
        let okt = klient.session_id().await.unwrap().unwrap();
        Self {
            klient,
            driver: Some(driver),
            _ord: ord,
            port,
            okt,
            profil,
            rot: format!("http://{hus}"),
            skjerm,
            _plass: plass,
        }
    }

    /// As a browser that nobody has logged in with.
    pub(super) async fn glem_okta(&self) {
        self.klient.delete_all_cookies().await.unwrap();
    }

    /// Goes to a page of the house and checks it.
    pub(super) async fn ga(&self, sti: &str) {
        self.klient.goto(&format!("{}{sti}", self.rot)).await.unwrap();
        self.sjekk().await;
    }

    /// Clicks the link, button or label that says this, and checks what comes.
    pub(super) async fn klikk(&self, tekst: &str) {
        self.finn_knapp(tekst).await.click().await.unwrap_or_else(|feil| panic!("«{tekst}» kan ikke klikkes: {feil}"));
        self.sjekk().await;
    }

    /// The first to be seen of the links, buttons and labels that say this.
    async fn finn_knapp(&self, tekst: &str) -> Element {
        let slag = "self::a or self::button or self::summary or self::label";
        let sti = format!("//*[{slag}][contains(normalize-space(.), \"{tekst}\")]");
        let frist = tokio::time::Instant::now() + TALMODIG;
        loop {
            for element in self.klient.find_all(Locator::XPath(&sti)).await.unwrap() {
                if element.is_displayed().await.unwrap_or(false) {
                    self.rull_til(&element).await;
                    return element;
                }
            }
            if tokio::time::Instant::now() > frist {
                self.mislykket(&format!("finner ikke «{tekst}»")).await;
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Scrolls, as people do, until what they reach for is clear of the menu at the foot.
    async fn rull_til(&self, element: &Element) {
        let sikte = vec![serde_json::to_value(element).unwrap()];
        self.klient.execute("arguments[0].scrollIntoView({ block: 'center' })", sikte).await.unwrap();
    }

    /// The titles of a list that can be sorted, from the top.
    pub(super) async fn rekkefolge(&self) -> Vec<String> {
        let mut navn = Vec::new();
        for punkt in self.klient.find_all(Locator::Css("[data-punkt]")).await.unwrap() {
            navn.push(punkt.attr("data-navn").await.ok().flatten().unwrap_or_default());
        }
        navn
    }

    pub(super) async fn vent_til_nr(&self, plass: usize, navn: &str) {
        let frist = tokio::time::Instant::now() + TALMODIG;
        while self.rekkefolge().await.get(plass).map(String::as_str) != Some(navn) {
            if tokio::time::Instant::now() > frist {
                self.mislykket(&format!("{navn} står ikke som nr. {}: {:?}", plass + 1, self.rekkefolge().await)).await;
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Whether the page's own script has run.
    pub(super) async fn kjorer_skript(&self) -> bool {
        let html = self.klient.find(Locator::Css("html")).await.unwrap();
        html.attr("class").await.unwrap().unwrap_or_default().contains("med-skript")
    }

    /// Hands a file to the file field of the page.
    pub(super) async fn velg_fil(&self, fil: &Path) {
        let felt = self.klient.find(Locator::Css("input[type=file]")).await.unwrap();
        felt.send_keys(fil.to_str().unwrap()).await.unwrap();
    }

    /// Waits until the page says this.
    pub(super) async fn sier(&self, tekst: &str) {
        let frist = tokio::time::Instant::now() + TALMODIG;
        while !self.tekst().await.contains(tekst) {
            if tokio::time::Instant::now() > frist {
                self.mislykket(&format!("sier ikke «{tekst}», men: {}", self.tekst().await)).await;
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// What can be read on the page, white space folded.
    pub(super) async fn tekst(&self) -> String {
        let hele = async { self.klient.find(Locator::Css("body")).await?.text().await };
        hele.await.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Presses a key where the focus is.
    pub(super) async fn trykk(&self, tast: Key) {
        self.trykk_tegn(&String::from(char::from(tast))).await;
    }

    pub(super) async fn trykk_tegn(&self, tegn: &str) {
        self.klient.active_element().await.unwrap().send_keys(tegn).await.unwrap();
    }

    /// Tabs until the focus is on what says this, as one without a mouse does.
    pub(super) async fn tab_til(&self, tekst: &str) {
        for _ in 0..150 {
            if self.fokus().await.contains(tekst) {
                return;
            }
            self.trykk(Key::Tab).await;
        }
        self.mislykket(&format!("kommer ikke til «{tekst}» med tabulatoren")).await;
    }

    /// The words of what has the focus: its own, its label's or its name.
    pub(super) async fn fokus(&self) -> String {
        let skript =
            "const e = document.activeElement; if (e === document.body) return ''; return [e.labels?.[0]?.textContent, e.textContent, e.ariaLabel, e.name]
            .filter(t => t).join(' ').replace(/\\s+/g, ' ')";
        self.klient.execute(skript, vec![]).await.unwrap().as_str().unwrap_or_default().to_owned()
    }

    /// Fails unless what has the focus shows it: an outline, on something that can be seen.
    pub(super) async fn fokus_er_synlig(&self) {
        let skript = "const e = document.activeElement; if (e === document.body) return 'ingenting har fokus';
            const stil = getComputedStyle(e), r = e.getBoundingClientRect();
            if (stil.outlineStyle === 'none' || parseFloat(stil.outlineWidth) < 2) return 'ingen ramme: ' + e.outerHTML;
            if (r.width < 1 || r.height < 1 || stil.opacity === '0') return 'usynlig: ' + e.outerHTML;
            if (r.bottom < 1 || r.top > innerHeight - 1) return 'utenfor vinduet: ' + e.outerHTML;
            const x = Math.min(Math.max(r.left + r.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(r.top + r.height / 2, 0), innerHeight - 1);
            const over = document.elementFromPoint(x, y);
            return over && (e.contains(over) || over.contains(e)) ? '' : 'dekket av ' + over?.outerHTML.slice(0, 200) + ': ' + e.outerHTML;";
        let svar = self.klient.execute(skript, vec![]).await.unwrap();
        let svar = svar.as_str().unwrap_or_default();
        if !svar.is_empty() {
            self.mislykket(svar).await;
        }
    }

    /// Goes backwards with the tabulator, once.
    pub(super) async fn tab_tilbake(&self) {
        let begge = format!("{}{}", char::from(Key::Shift), char::from(Key::Tab));
        self.trykk_tegn(&begge).await;
    }

    pub(super) async fn sti(&self) -> String {
        self.klient.current_url().await.unwrap().path().to_owned()
    }

    pub(super) async fn fargevalg(&self, valg: &str) {
        self.klient.issue_cmd(Kommando::fargevalg(valg)).await.unwrap();
    }

    /// Takes the net away, or gives it back.
    pub(super) async fn nett(&self, finnes: bool) {
        self.klient.issue_cmd(Kommando::nett(finnes)).await.unwrap();
    }

    /// Lets go what the console has said: a server that is away is told there, and rightly.
    pub(super) async fn glem_konsollen(&self) {
        self.klient.issue_cmd(Kommando::konsoll()).await.unwrap();
    }

    /// Saves what is to be seen to `target/skjermbilder`, for people to look at.
    pub(super) async fn skjermbilde(&self, navn: &str) {
        let mappe = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/skjermbilder");
        fs::create_dir_all(&mappe).unwrap();
        let bredde = if self.skjerm.er_smal() { 360 } else { 1280 };
        fs::write(mappe.join(format!("{navn}-{bredde}.png")), self.klient.screenshot().await.unwrap()).unwrap();
    }

    /// Fails with a picture of the page.
    async fn mislykket(&self, hva: &str) -> ! {
        self.skjermbilde("mislykket").await;
        panic!("{}: {hva} (se target/skjermbilder/mislykket-*.png)", self.sti().await)
    }

    /// Checks the page one has come to.
    pub(super) async fn sjekk(&self) {
        let feil = self.feil_pa_siden().await;
        if !feil.is_empty() {
            self.mislykket(&format!("{} feil:\n{}", feil.len(), feil.join("\n"))).await;
        }
    }

    /// Goes to a page and tells what is wrong with it, each with its path.
    pub(super) async fn se_pa(&self, sti: &str) -> Vec<String> {
        self.klient.goto(&format!("{}{sti}", self.rot)).await.unwrap();
        self.feil_pa_siden().await.into_iter().map(|feil| format!("{sti}: {feil}")).collect()
    }

    async fn feil_pa_siden(&self) -> Vec<String> {
        self.vent_pa_siden().await;
        // axe waits on timers, which stand still without script; the same pages are seen by it with script.
        let mut feil = if self.skjerm.har_skript() { self.axe().await } else { Vec::new() };
        let bredde = "return [document.documentElement.scrollWidth, window.innerWidth]";
        let bredde = self.klient.execute(bredde, vec![]).await.unwrap();
        if bredde[0].as_i64() > bredde[1].as_i64() {
            feil.push(format!("siden er bredere enn vinduet: {bredde}"));
        }
        let linjer = self.klient.issue_cmd(Kommando::konsoll()).await.unwrap();
        let alvorlige = linjer.as_array().into_iter().flatten().filter(|l| l["level"] == "SEVERE");
        feil.extend(alvorlige.map(|l| format!("konsollen sier {}", l["message"])));
        feil
    }

    /// Until the page has come, and what a script swaps in it too.
    async fn vent_pa_siden(&self) {
        let klar = "return document.readyState === 'complete'
            && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, [aria-busy=true]')";
        let frist = tokio::time::Instant::now() + TALMODIG;
        sleep(Duration::from_millis(30)).await;
        while self.klient.execute(klar, vec![]).await.ok() != Some(Value::Bool(true)) {
            assert!(tokio::time::Instant::now() < frist, "{} blir aldri ferdig", self.sti().await);
            sleep(Duration::from_millis(30)).await;
        }
    }

    /// What axe finds against WCAG 2.1 A and AA, in words. `WebDriver` runs it beside the page's own content policy.
    async fn axe(&self) -> Vec<String> {
        const AXE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js"));
        let innlest = self.klient.execute("return typeof axe === 'object'", vec![]).await.unwrap();
        if innlest != Value::Bool(true) {
            self.klient.execute(AXE, vec![]).await.unwrap();
        }
        let skript = "const ferdig = arguments[arguments.length - 1];
            axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }, resultTypes: ['violations'] })
               .then(r => ferdig(r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html} (${n.failureSummary})`))), f => ferdig(['axe: ' + f]))";
        let svar = self.klient.execute_async(skript, vec![]).await.unwrap();
        svar.as_array().unwrap().iter().map(|b| b.as_str().unwrap_or_default().to_owned()).collect()
    }
}

impl Drop for Nettleser {
    fn drop(&mut self) {
        wd::avslutt(self.port, &self.okt);
        drop(self.driver.take()); // killed on drop
        let _ = fs::remove_dir_all(&self.profil);
    }
}

/// The program that a variable names, or the usual one.
fn program(variabel: &str, ellers: &str) -> PathBuf {
    env::var_os(variabel).filter(|v| !v.is_empty()).map_or_else(|| ellers.into(), PathBuf::from)
}

async fn start_driver() -> (Child, u16, Ord) {
    let program = program("CHROMEDRIVER", "chromedriver");
    let mut driver = Command::new(&program)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|feil| {
            panic!("Nettlesertestene trenger chromedriver, og «{}» startet ikke: {feil}. Kjør script/test, eller sett CHROMEDRIVER og CHROMIUM", program.display())
        });
    let mut linjer = BufReader::new(driver.stdout.take().unwrap()).lines();
    let port = async {
        while let Some(linje) = linjer.next_line().await.unwrap() {
            let port =
                linje.rsplit_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.').to_owned());
            if let Some(port) = port.and_then(|p| p.parse().ok()) {
                return port;
            }
        }
        panic!("chromedriver sa aldri hvilken port den lytter på");
    };
    let port = timeout(TALMODIG, port).await.expect("chromedriver svarer ikke");
    (driver, port, linjer)
}

fn evner(profil: &Path, skjerm: Skjerm) -> serde_json::Map<String, Value> {
    let mut flagg = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--lang=nb".to_owned(),
        "--window-size=1280,900".to_owned(),
    ];
    flagg.push(format!("--user-data-dir={}", profil.display()));
    let mut valg = json!({ "args": flagg });
    let binaer = program("CHROMIUM", "chromium");
    if let Some(binaer) = i_path(&binaer) {
        valg["binary"] = json!(binaer);
    }
    if skjerm == Skjerm::Telefon {
        let mal = json!({ "width": 360, "height": 780, "pixelRatio": 2.0, "touch": true });
        valg["mobileEmulation"] = json!({ "deviceMetrics": mal });
    }
    if !skjerm.har_skript() {
        valg["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    let evner = json!({ "goog:chromeOptions": valg, "goog:loggingPrefs": { "browser": "ALL" } });
    evner.as_object().unwrap().clone()
}

/// Where a program lies; chromedriver wants the whole path.
fn i_path(program: &Path) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return Some(program.to_owned());
    }
    env::split_paths(&env::var_os("PATH")?).map(|mappe| mappe.join(program)).find(|sti| sti.is_file())
}
