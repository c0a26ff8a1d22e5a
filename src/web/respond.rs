//! How answers leave: security headers, errors as JSON or as a page, never cached unless said.

use crate::web::{Web, error::Error, extract::Framing, pages};
use axum::{
    Json,
    body::Body,
    extract::{FromRequestParts, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use serde_json::json;
use std::any::Any;

/// Every page but the editor's: nothing inline, nothing from elsewhere.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; \
                   manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The room's own policy, with the nonce of this answer.
pub fn editor_csp(nonce: &str) -> HeaderValue {
    HeaderValue::from_str(&pages::interview::content_policy(nonce)).expect("a nonce is base64")
}

/// Puts the headers on that every answer carries.
pub async fn secure(State(web): State<Web>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, CSP);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "same-origin");
    put(
        HeaderName::from_static("permissions-policy"),
        "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
    );
    put(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    put(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    put(header::CACHE_CONTROL, "no-store");
    if web.public_url.scheme() == "https" {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Shows an [`Error`] the way this caller reads: JSON below `/api`, a page or a redirect elsewhere.
pub async fn show_errors(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let full = request
        .uri()
        .path_and_query()
        .map_or(path.clone(), |full| full.as_str().to_owned());
    let is_get = request.method() == axum::http::Method::GET;
    let headers = request.headers().clone();
    let is_htmx = headers.contains_key("hx-request");
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<Error>().cloned() else {
        return response;
    };
    if let Error::Ours { what } = &error {
        tracing::error!(path, "A request failed on our side: {what}");
    }
    let mut shown =
        if path.starts_with("/api/") || path == "/ws" || path == "/health" || path == "/ready" {
            as_json(&error)
        } else if matches!(error, Error::SignedOut) {
            let to = if is_get {
                format!("/login?next={}", encode(&full))
            } else {
                "/login".to_owned()
            };
            if is_htmx {
                (
                    [(HeaderName::from_static("hx-redirect"), to)],
                    StatusCode::OK,
                )
                    .into_response()
            } else {
                Redirect::to(&to).into_response()
            }
        } else {
            as_page(&web, &error, path, headers).await
        };
    if let Some(wait) = error.retry_after() {
        shown.headers_mut().insert(
            header::RETRY_AFTER,
            HeaderValue::from(wait.as_millis().div_ceil(1000).max(1) as u64),
        );
    }
    shown
}

fn as_json(error: &Error) -> Response {
    let mut body = json!({ "error": { "code": error.code(), "message": error.to_string() } });
    if let Some(fields) = error.fields() {
        body["error"]["fields"] = json!(fields);
    }
    (error.status(), Json(body)).into_response()
}

async fn as_page(
    web: &Web,
    error: &Error,
    path: String,
    headers: axum::http::HeaderMap,
) -> Response {
    // The request is gone by now; a new one with the same headers is recognised again.
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = path.parse().unwrap_or_default();
    *request.headers_mut() = headers;
    let who = crate::web::extract::recognise_quietly(web, &request);
    request.extensions_mut().insert(who);
    let (mut parts, _) = request.into_parts();
    match Framing::from_request_parts(&mut parts, web).await {
        Ok(framing) => (
            error.status(),
            page(&pages::error::of(
                framing.frame(error.status().to_string(), ""),
                error,
            )),
        )
            .into_response(),
        Err(_) => (error.status(), error.to_string()).into_response(),
    }
}

/// Percent-encodes a path with its query, to be carried in a query.
pub fn encode(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Where to go after signing in: only to a path of ours.
pub fn safe_next(next: Option<&str>) -> &str {
    next.and_then(safe_path).unwrap_or("/dashboard")
}

/// The text if it is a path of this server and nothing else: browsers read `//` and `/\` as another host, and skip
/// control characters on the way there.
pub fn safe_path(text: &str) -> Option<&str> {
    let ours = text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains('\\')
        && text.chars().all(|c| c.is_ascii_graphic());
    ours.then_some(text)
}

/// On to another page of ours, with a GET.
pub fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A rendered page.
pub fn page(template: &impl askama::Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => Error::Ours {
            what: format!("a template failed: {error}"),
        }
        .into_response(),
    }
}

/// What is answered when a handler panicked; the layer above has logged it.
pub fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    let body = Json(
        json!({ "error": { "code": "internal", "message": "Something went wrong on our side. Try again." } }),
    );
    (StatusCode::INTERNAL_SERVER_ERROR, body).into_response()
}
