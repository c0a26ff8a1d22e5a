//! The embedded stylesheet, scripts, fonts and pictures: hashed names are kept for a year, brotli when the browser
//! takes it.

use crate::web::error::Error;
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const SHORT: HeaderValue = HeaderValue::from_static("public, max-age=3600");

pub async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Result<Response, Error> {
    let asset = interviewd_assets::get(&path).ok_or(Error::NotFound)?;
    let accepts = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let brotli = accepts
        .split(',')
        .any(|coding| coding.split(';').next().unwrap_or_default().trim() == "br");
    let mut response = match asset.br {
        Some(compressed) if brotli => {
            ([(header::CONTENT_ENCODING, "br")], compressed).into_response()
        }
        _ => asset.bytes.into_response(),
    };
    let out = response.headers_mut();
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(asset.mime)
            .unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(
        header::CACHE_CONTROL,
        if asset.immutable { FOREVER } else { SHORT },
    );
    Ok(response)
}

/// Browsers ask for it by themselves, whatever the pages say.
pub async fn favicon() -> impl IntoResponse {
    (
        StatusCode::MOVED_PERMANENTLY,
        [
            (
                header::LOCATION,
                HeaderValue::from_static(interviewd_assets::url("favicon.svg")),
            ),
            (header::CACHE_CONTROL, SHORT),
        ],
    )
}

/// What belongs to somebody is not for search engines.
pub async fn robots() -> impl IntoResponse {
    const ROBOTS: &str = "User-agent: *\nDisallow: /api/\nDisallow: /dashboard\nDisallow: /interview/\nDisallow: /sessions/\nDisallow: /settings\nDisallow: /start\n";
    (
        [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/plain; charset=utf-8"),
            ),
            (header::CACHE_CONTROL, SHORT),
        ],
        ROBOTS,
    )
}
