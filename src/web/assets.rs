pub fn routes<S: Clone + Send + Sync + 'static>() -> axum::Router<S> {
    axum::Router::new()
}
pub fn url(_: &str) -> &'static str {
    ""
}
