//! What `WebDriver` does not say by itself: Chromium's own commands, and a close that also works when a test fails.
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command of chromedriver: where it is sent under the session, and its body.
#[derive(Debug)]
pub(super) struct Kommando(&'static str, Value);

impl Kommando {
    /// What the page has written to the console since last time.
    pub(super) fn konsoll() -> Self {
        Self("se/log", json!({ "type": "browser" }))
    }

    /// Makes the window as narrow as a phone. Chromedriver's own emulation of a phone hangs when JavaScript is off.
    pub(super) fn smal() -> Self {
        let mal = json!({ "width": 360, "height": 780, "deviceScaleFactor": 2, "mobile": false });
        Self("goog/cdp/execute", json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": mal }))
    }

    /// Takes the net away from the browser, or gives it back.
    pub(super) fn nett(finnes: bool) -> Self {
        let fart = if finnes { -1 } else { 0 };
        let nett = json!({ "offline": !finnes, "latency": 0, "download_throughput": fart, "upload_throughput": fart });
        Self("chromium/network_conditions", json!({ "network_conditions": nett }))
    }

    /// Shows pages as people with this wish see them: `dark` or `light`.
    pub(super) fn fargevalg(valg: &str) -> Self {
        let trekk = json!([{ "name": "prefers-color-scheme", "value": valg }]);
        Self("goog/cdp/execute", json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": trekk } }))
    }
}

impl WebDriverCompatibleCommand for Kommando {
    fn endpoint(&self, base: &Url, okt: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", okt.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.1.to_string()))
    }
}

/// Ends a session without a runtime: Chromium goes with it.
pub(super) fn avslutt(port: u16, okt: &str) {
    let Ok(mut strom) = TcpStream::connect(("127.0.0.1", port)) else { return };
    let _ = strom.set_read_timeout(Some(Duration::from_secs(10)));
    let sendt = write!(strom, "DELETE /session/{okt} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    let mut svar = Vec::new();
    let _ = sendt.and_then(|()| strom.read_to_end(&mut svar));
}
