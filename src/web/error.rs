//! What a caller is told when something is not done: one type, mapped once to status, JSON or a page.
//!
//! Handlers return [`Error`]; the outermost layer (`web::show_errors`) turns it into JSON below `/api` and into a
//! page elsewhere. Faults of ours are logged there, once, without what the caller sent.

use crate::{
    engine,
    sandbox::{Advice, SandboxError},
    store::StoreError,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use interviewd_domain::interview::Refusal;
use std::{collections::BTreeMap, time::Duration};

/// Why a request was not answered as asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Malformed(String),
    #[error("Sign in to go on.")]
    SignedOut,
    #[error("The e-mail address or the password is not right.")]
    WrongPassword,
    #[error(
        "This request came from another site and was not carried out. Reload the page and try again."
    )]
    CrossSite,
    #[error("There is nothing here under that name, or it is not yours.")]
    NotFound,
    #[error("This address does not take that method.")]
    MethodNotAllowed,
    #[error("{0}")]
    Refused(Refusal),
    #[error("{message}")]
    Conflict { code: &'static str, message: String },
    #[error("Some fields need another look.")]
    Fields(BTreeMap<String, String>),
    #[error("{message}")]
    Unprocessable { code: &'static str, message: String },
    #[error("That is more than this server takes at once.")]
    TooLarge,
    #[error("Too many requests. Try again in {} s.", .retry_after.as_secs().max(1))]
    TooMany { retry_after: Duration },
    #[error("{message}")]
    Busy {
        message: String,
        retry_after: Duration,
    },
    #[error("Something went wrong on our side. What you had stored is still there; try again.")]
    Ours { what: String },
}

impl Error {
    pub fn status(&self) -> StatusCode {
        match self {
            Error::Malformed(_) => StatusCode::BAD_REQUEST,
            Error::SignedOut | Error::WrongPassword => StatusCode::UNAUTHORIZED,
            Error::CrossSite => StatusCode::FORBIDDEN,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Error::Refused(refusal) => match refusal {
                Refusal::NoCredits => StatusCode::PAYMENT_REQUIRED,
                Refusal::CodeTooLong => StatusCode::PAYLOAD_TOO_LARGE,
                Refusal::TextTooLong { .. } | Refusal::EmptyText | Refusal::LanguageNotOffered => {
                    StatusCode::UNPROCESSABLE_ENTITY
                }
                Refusal::TooSoon { .. } => StatusCode::TOO_MANY_REQUESTS,
                Refusal::NotAllowed => StatusCode::NOT_FOUND,
                Refusal::AlreadyEnded
                | Refusal::NotEnded
                | Refusal::StaleRevision { .. }
                | Refusal::RunInProgress
                | Refusal::AlreadyEvaluated
                | Refusal::EvaluationUnderWay => StatusCode::CONFLICT,
            },
            Error::Conflict { .. } => StatusCode::CONFLICT,
            Error::Fields(_) | Error::Unprocessable { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Error::Ours { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The `error.code` of the HTTP API.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Malformed(_) => "malformed",
            Error::SignedOut => "not_signed_in",
            Error::WrongPassword => "wrong_credentials",
            Error::CrossSite => "cross_site",
            Error::NotFound => "not_found",
            Error::MethodNotAllowed => "method_not_allowed",
            Error::Refused(refusal) => refusal.code(),
            Error::Conflict { code, .. } | Error::Unprocessable { code, .. } => code,
            Error::Fields(_) => "invalid_fields",
            Error::TooLarge => "too_large",
            Error::TooMany { .. } => "too_many_requests",
            Error::Busy { .. } => "busy",
            Error::Ours { .. } => "internal",
        }
    }

    pub fn fields(&self) -> Option<&BTreeMap<String, String>> {
        match self {
            Error::Fields(fields) => Some(fields),
            _ => None,
        }
    }

    /// When asking again makes sense, for `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Error::TooMany { retry_after } | Error::Busy { retry_after, .. } => Some(*retry_after),
            Error::Refused(Refusal::TooSoon { retry_after_ms }) => {
                Some(Duration::from_millis(*retry_after_ms))
            }
            _ => None,
        }
    }

    /// One field that needs another look.
    pub fn field(name: &str, message: impl Into<String>) -> Error {
        Error::Fields(BTreeMap::from([(name.to_owned(), message.into())]))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Error {
        Error::Ours {
            what: error.to_string(),
        }
    }
}

impl From<engine::Error> for Error {
    fn from(error: engine::Error) -> Error {
        match error {
            engine::Error::Refused(refusal) => Error::Refused(refusal),
            engine::Error::Gone => Error::NotFound,
            engine::Error::EmailTaken => Error::Conflict {
                code: "email_taken",
                message: "There is already an account with this e-mail address. Log in instead."
                    .to_owned(),
            },
            engine::Error::Store(error) => error.into(),
        }
    }
}

impl From<SandboxError> for Error {
    fn from(error: SandboxError) -> Error {
        match &error {
            SandboxError::Busy | SandboxError::Preparing(_) => match error.advice() {
                Advice::RetryAfter(retry_after) => Error::Busy {
                    message: error.to_string(),
                    retry_after,
                },
                Advice::GiveUp => Error::Ours {
                    what: error.to_string(),
                },
            },
            SandboxError::Unavailable { .. } => Error::Unprocessable {
                code: "language_unavailable",
                message: error.to_string(),
            },
            SandboxError::SourceTooLong => Error::TooLarge,
            SandboxError::InvalidInput(message) => Error::field("customInput", message.clone()),
            SandboxError::Problem { .. } | SandboxError::Lost => Error::Ours {
                what: error.to_string(),
            },
        }
    }
}

/// Carries the error to the outermost layer, which knows how this caller wants to be told.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
