//! The handlers of pages and forms, one file for each page: parse → one call → show.
//!
//! What a page looks like is in `pages/` and its template, what it shows comes from `views`. To add one: a file here
//! beside its page, a line below, a line in `routes.rs`.

pub mod accounts;
pub mod dashboard;
pub mod design;
pub mod interview;
pub mod landing;
pub mod legal;
pub mod problems;
pub mod settings;
pub mod socket;
pub mod start;
pub mod summary;
pub mod theme;

use crate::{views::FieldErrors, web::error::Error};
use axum::response::{IntoResponse, Response};

/// What a refused form says: each sentence beside its field. `names` maps the API's field names to the form's.
fn errors_of(error: &Error, names: &[(&str, &str)]) -> FieldErrors {
    match error.fields() {
        Some(fields) => FieldErrors {
            summary: None,
            fields: fields
                .iter()
                .map(|(field, sentence)| {
                    let name = names
                        .iter()
                        .find(|(from, _)| from == field)
                        .map_or(field.as_str(), |(_, to)| to);
                    (name.to_owned(), sentence.clone())
                })
                .collect(),
        },
        None => FieldErrors {
            summary: Some(error.to_string()),
            fields: vec![],
        },
    }
}

/// Whether the form is shown again with what was wrong; everything else is an error page.
fn belongs_in_the_form(error: &Error) -> bool {
    matches!(
        error,
        Error::Fields(_)
            | Error::Unprocessable { .. }
            | Error::Conflict { .. }
            | Error::WrongPassword
            | Error::Refused(_)
            | Error::Busy { .. }
            | Error::TooMany { .. }
    )
}

/// The form again, with the status and `Retry-After` of the refusal.
fn again(error: &Error, page: Response) -> Response {
    let status = match error.status() {
        axum::http::StatusCode::UNAUTHORIZED => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        status => status,
    };
    let mut response = (status, page).into_response();
    *response.status_mut() = status;
    if let Some(wait) = error.retry_after() {
        let seconds = wait.as_millis().div_ceil(1000).max(1) as u64;
        response
            .headers_mut()
            .insert(axum::http::header::RETRY_AFTER, seconds.into());
    }
    response
}
