//! The HTTP API, one file for each resource of `docs/api.md`. JSON in camelCase, times in RFC 3339.

pub mod auth;
pub mod ops;
pub mod problems;
pub mod profile;
pub mod realtime;
pub mod sessions;

pub use crate::views::run;

use crate::web::error::Error;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

const PER_PAGE: usize = 20;
const PER_PAGE_MAX: usize = 100;

/// One page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct List<T> {
    pub items: Vec<T>,
    pub page: usize,
    pub per_page: usize,
    pub total: usize,
}

/// `?page=1&perPage=20`.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageQuery {
    pub page: Option<usize>,
    pub per_page: Option<usize>,
}

impl PageQuery {
    /// Page (from 1) and its size, or the field that is wrong.
    pub fn resolve(self) -> Result<(usize, usize), Error> {
        let page = self.page.unwrap_or(1);
        let per_page = self.per_page.unwrap_or(PER_PAGE);
        if page == 0 {
            return Err(Error::field("page", "Pages count from 1."));
        }
        if per_page == 0 || per_page > PER_PAGE_MAX {
            return Err(Error::field(
                "perPage",
                format!("Ask for 1 to {PER_PAGE_MAX} at a time."),
            ));
        }
        Ok((page, per_page))
    }
}

/// A query string whose mistakes are told in the API's own form.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Params<T>, Error> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(params)) => Ok(Params(params)),
            Err(rejection) => Err(Error::field("query", rejection.body_text())),
        }
    }
}
