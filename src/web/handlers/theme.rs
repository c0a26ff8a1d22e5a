//! `/theme`: light, dark, or as the system says; kept in a cookie of this browser.

use crate::web::{
    Web,
    error::Error,
    extract::Verified,
    respond::{safe_path, see},
};
use axum::{extract::State, http::header, response::Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Form {
    theme: String,
    #[serde(default)]
    next: String,
}

pub async fn choose(
    State(web): State<Web>,
    Verified(form): Verified<Form>,
) -> Result<Response, Error> {
    let theme = match form.theme.as_str() {
        "light" => Some("light"),
        "dark" => Some("dark"),
        "system" => None,
        _ => return Err(Error::field("theme", "Use light, dark or system.")),
    };
    let mut response = see(safe_path(&form.next).unwrap_or("/"));
    response
        .headers_mut()
        .append(header::SET_COOKIE, web.cookies.set_theme(theme));
    Ok(response)
}
