//! The integration tests: one module an area, one binary for all.

#![allow(
    clippy::disallowed_methods,
    reason = "tests are the outside world: they start processes, wait and measure"
)]

mod access;
mod attacks;
mod browser;
mod config;
mod contrast;
mod evaluation;
mod http;
mod insight;
mod interviewer;
mod live;
mod pages;
mod problems;
mod queue;
mod sandbox;
mod store;
mod stored_shapes;
mod tidy;
