//! Everything over HTTP: one list of routes, each with its [`routes::Access`]; around them, in this order from the
//! outside in: security headers, errors shown as JSON or as a page, the cross-site guard, who is calling, bounds.
//!
//! A handler is: parse → one call → show. An `if` about interviews belongs in `domain`. To add a page: a struct in
//! `pages/`, a template, a line in `routes.rs`. To add an API call: a function in `api/`, a line in `routes.rs`, a row
//! in the access matrix.

pub mod api;
pub mod assets;
pub mod cookies;
pub mod error;
pub mod extract;
pub mod filters;
pub mod frame;
pub mod handlers;
pub mod limits;
pub mod markdown;
pub mod openapi;
pub mod pages;
pub mod respond;
pub mod routes;
pub mod serving;

use crate::{
    access::Gate,
    config::Config,
    edge::{Clock, Tasks},
    engine::Engine,
    problems::Library,
    realtime::Realtime,
    runs::Runs,
    sandbox::Sandbox,
    views::reader::Views,
};
use axum::{Router, extract::DefaultBodyLimit, middleware};
use std::sync::Arc;

pub use error::Error;

/// The body of a request; fifty kilobytes of code fit however they are escaped.
pub const BODY_BYTES_MAX: usize = 512 * 1024;

/// What handlers can reach. There is no store among it.
#[derive(Clone)]
pub struct Web(Arc<Parts>);

/// See [`Web`].
pub struct Parts {
    pub config: Config,
    pub public_url: url::Url,
    pub gate: Gate,
    pub engine: Engine,
    pub views: Views,
    pub library: Arc<Library>,
    pub sandbox: Arc<Sandbox>,
    pub runs: Runs,
    pub realtime: Realtime,
    pub limits: limits::Limits,
    pub cookies: cookies::Cookies,
    /// Form tokens are derived from it.
    pub form_key: Vec<u8>,
    pub clock: Clock,
    pub tasks: Tasks,
    pub started: interviewd_domain::time::Timestamp,
    /// Shows `/design`.
    pub dev: bool,
    /// `Some` with the demo account's address when the store is in memory and everybody may look.
    pub demo: Option<String>,
}

impl Web {
    pub fn new(parts: Parts) -> Web {
        Web(Arc::new(parts))
    }
}

impl std::ops::Deref for Web {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The whole public site.
pub fn router(web: Web) -> Router {
    let mut router = Router::new();
    for route in routes::all(&web) {
        router = router.route(route.path, route.handler);
    }
    router
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { Error::MethodNotAllowed })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(
            web.clone(),
            extract::bound_requests,
        ))
        .layer(middleware::from_fn_with_state(
            web.clone(),
            extract::recognise,
        ))
        .layer(middleware::from_fn_with_state(
            web.clone(),
            extract::refuse_cross_site,
        ))
        .layer(middleware::from_fn_with_state(
            web.clone(),
            respond::show_errors,
        ))
        .layer(middleware::from_fn_with_state(web.clone(), respond::secure))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(
            respond::after_panic,
        ))
        .with_state(web)
}
