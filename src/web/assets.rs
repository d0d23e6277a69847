//! Style, script, icons and font, built into the binary by `build.rs` and served for a year under names that hold their hash.
use axum::{
    Router,
    extract::Path,
    http::{
        HeaderMap, StatusCode,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY},
    },
    response::{IntoResponse, Response},
    routing::get,
};

struct Asset {
    name: &'static str,
    /// With the hash: `/static/app-0f3a….css`.
    path: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    br: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of an asset: `url("app.css")`. A name nobody packed gives an address that answers 404.
pub fn url(name: &str) -> &'static str {
    TABLE.iter().find(|asset| asset.name == name).map_or("/static/finnes-ikke", |asset| asset.path)
}

/// Serves every asset under `/static/`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{name}", get(serve))
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = TABLE.iter().find(|asset| asset.path.strip_prefix("/static/") == Some(&*name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (encoding, body) = asset.best_for(&headers);
    let headers =
        [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "public, max-age=31536000, immutable"), (VARY, "accept-encoding")];
    (headers, encoding.map(|encoding| [(CONTENT_ENCODING, encoding)]), body).into_response()
}

impl Asset {
    /// The smallest form the browser takes.
    fn best_for(&self, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
        let packed = [("br", self.br), ("gzip", self.gzip)];
        let taken = packed
            .into_iter()
            .find_map(|(encoding, body)| Some((encoding, body?)).filter(|_| takes(headers, encoding)));
        taken.map_or((None, self.plain), |(encoding, body)| (Some(encoding), body))
    }
}

/// Whether the browser takes this encoding; `q=0` says no.
fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    let said = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    said.flat_map(|value| value.split(',')).any(|part| {
        let (name, quality) = part.split_once(';').unwrap_or((part, "q=1"));
        let quality = quality.trim().trim_start_matches("q=").parse().unwrap_or(1.0_f32);
        name.trim().eq_ignore_ascii_case(encoding) && quality > 0.0
    })
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    async fn fetch(path: &str, accept: &str) -> Response {
        let request = Request::get(path).header(ACCEPT_ENCODING, accept).body(Body::empty()).unwrap();
        routes::<()>().oneshot(request).await.unwrap()
    }

    async fn body(response: Response) -> Vec<u8> {
        response.into_body().collect().await.unwrap().to_bytes().to_vec()
    }

    #[tokio::test]
    async fn each_browser_gets_the_smallest_form_it_takes() {
        for asset in TABLE {
            for (accept, encoding, bytes) in [
                ("gzip, deflate, br, zstd", Some("br"), asset.br),
                ("gzip;q=0.5, br;q=0", Some("gzip"), asset.gzip),
                ("identity", None, None),
            ] {
                let encoding = encoding.filter(|_| bytes.is_some());
                let response = fetch(asset.path, accept).await;
                assert_eq!(response.status(), StatusCode::OK, "{}", asset.path);
                assert_eq!(response.headers().get(CONTENT_ENCODING).map(|it| it.to_str().unwrap()), encoding);
                assert_eq!(response.headers()[CONTENT_TYPE], asset.kind);
                assert_eq!(response.headers()[VARY], "accept-encoding");
                assert_eq!(response.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
                assert_eq!(body(response).await, bytes.unwrap_or(asset.plain));
            }
        }
    }

    #[tokio::test]
    async fn a_name_nobody_packed_is_not_found() {
        for path in ["/static/app.css", "/static/finnes-ikke", "/static/..%2FCargo.toml"] {
            assert_eq!(fetch(path, "br").await.status(), StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(url("nope.css"), "/static/finnes-ikke");
    }

    #[test]
    fn the_style_names_the_font_that_is_packed() {
        let style = TABLE.iter().find(|asset| asset.name == "app.css").unwrap();
        let font = url("inter.woff2").strip_prefix("/static/").unwrap();
        assert!(std::str::from_utf8(style.plain).unwrap().contains(font));
    }

    #[test]
    fn every_asset_that_the_frame_names_is_packed() {
        let frame = include_str!("../../templates/base.html");
        let named: Vec<_> = frame.split("assets::url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(named.len() > 4);
        for name in named {
            assert!(TABLE.iter().any(|asset| asset.name == name), "{name}");
        }
    }
}
