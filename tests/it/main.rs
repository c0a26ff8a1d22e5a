//! The integration tests: one module an area, one binary for all.

mod access;
mod contrast;
mod evaluation;
mod http;
mod insight;
mod interviewer;
mod pages;
mod sandbox;
mod store;
