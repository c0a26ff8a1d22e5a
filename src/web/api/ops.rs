//! For whoever keeps the server running: is it up, is it ready, what can it do.

use crate::{
    sandbox::Availability,
    web::{Web, error::Error, openapi},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

pub async fn health(State(web): State<Web>) -> axum::Json<Value> {
    axum::Json(json!({
        "status": "ok",
        "uptimeMs": web.clock.now().since(web.started).as_millis() as u64,
        "connections": web.engine.live().connections(),
        "version": env!("CARGO_PKG_VERSION"),
    }))
}

/// 200 when a whole interview is possible, 503 with the failing part otherwise.
pub async fn ready(State(web): State<Web>) -> Response {
    let store = web
        .gate
        .open_interviews()
        .map(|_| ())
        .map_err(|error| error.to_string());
    let languages: serde_json::Map<String, Value> = web
        .sandbox
        .languages()
        .into_iter()
        .map(|(language, availability)| {
            (
                language.as_str().to_owned(),
                match availability {
                    Availability::Ready => json!("ready"),
                    Availability::Preparing => json!("preparing"),
                    Availability::Unavailable(reason) => json!(reason),
                },
            )
        })
        .collect();
    let some_language = web
        .sandbox
        .languages()
        .iter()
        .any(|(_, availability)| *availability == Availability::Ready);
    let problems = web.library.len();
    let failing: Vec<&str> = [
        store.is_err().then_some("store"),
        (!some_language).then_some("sandbox"),
        (problems == 0).then_some("problems"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let status = if failing.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({
        "status": if failing.is_empty() { "ready" } else { "not_ready" },
        "failing": failing,
        "languages": languages,
        "problems": problems,
    });
    (status, axum::Json(body)).into_response()
}

/// The API described by itself, in OpenAPI 3.1.
pub async fn openapi(State(web): State<Web>) -> Result<axum::Json<Value>, Error> {
    Ok(axum::Json(openapi::document(&web)))
}
